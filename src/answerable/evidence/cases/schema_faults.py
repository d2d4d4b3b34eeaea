"""What a JSON Schema says is wrong, in sentences for the person who writes the case."""

import difflib
import re
from collections.abc import Iterator
from typing import Any

from jsonschema.exceptions import ValidationError
from rapidfuzz import fuzz, process

from answerable.engine.yaml_text import Path
from answerable.evidence.cases.forms import describe, field_names, validator

SchemaFault = tuple[Path, str, str, str]
"""Path of the value, code, sentence, mend."""

_SINGULAR = {
    "sources": "source",
    "claims": "claim",
    "rebuttals": "rebuttal",
    "replies": "request for an answer",
    "retractions": "retraction",
    "decisions": "decision",
    "opinions": "opinion",
    "asks": "ask",
    "dates": "date",
    "corrections": "correction",
}
_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list, one entry a line, each after a hyphen",
    "object": "a map: fields, one a line, indented",
}


def find_schema_faults(form: str, content: Any) -> Iterator[SchemaFault]:
    """Give what is wrong with a file's content by its schema.

    Example:
        >>> for _, _, sentence, mend in find_schema_faults("opinions", {}):
        ...     print(sentence, mend)
        The field opinions is missing. Add it: One entry for each view.
    """
    for error in validator(form).iter_errors(content):
        yield from _translate(form, error, content)


def _translate(form: str, error: ValidationError, content: Any) -> Iterator[SchemaFault]:
    path = tuple(error.absolute_path)
    where = name_place(path, content)
    if error.validator == "additionalProperties":
        yield from _unknown_fields(form, error, path, where)
    elif error.validator == "required":
        yield from _missing(form, error, path, where)
    elif error.instance == "" and error.validator == "pattern":
        return  # that it is empty was said already
    elif error.instance is None:
        sentence = f"{where} is empty."
        yield path, "empty", sentence, _mend(form, path, "Give a value, or delete the line.")
    else:
        sentence, mend = _value_fault(error, where)
        yield path, _CODES.get(str(error.validator), "value"), sentence, _mend(form, path, mend)


_CODES = {"type": "type", "enum": "unknown_word", "pattern": "form", "const": "schema_version"}


def name_place(path: Path, content: Any) -> str:
    """Name a value for people: the entry it belongs to by its id, then the field.

    Example:
        >>> name_place(("claims", 0, "grade", "by"), {"claims": [{"id": "first"}]})
        'Claim first: grade, by'
    """
    if not path:
        return "The file"
    words = [str(step + 1) if isinstance(step, int) else str(step) for step in path]
    if path[0] not in _SINGULAR or len(path) == 1:
        return f"The field {', '.join(words)}"
    entry = f"{_SINGULAR[str(path[0])]} {_entry_name(path, content)}"
    return _capital(f"{entry}: {', '.join(words[2:])}" if len(path) > 2 else entry)


def _entry_name(path: Path, content: Any) -> str:
    try:
        entry = content[path[0]][path[1]]
        name = entry.get("id") or entry.get("key") or entry.get("claim")
    except (KeyError, IndexError, TypeError, AttributeError):
        name = None
    number = path[1] + 1 if isinstance(path[1], int) else path[1]
    return str(name)[:80] if isinstance(name, str) else f"number {number}"


def _unknown_fields(
    form: str, error: ValidationError, path: Path, where: str
) -> Iterator[SchemaFault]:
    known = field_names(form, path)
    for name in _instance(error):
        if name in known:
            continue
        if str(name).isdigit():
            yield (*path, name), "unknown_field", *_split_number(where, str(name))
            continue
        near = difflib.get_close_matches(str(name), known, 1)
        mend = f"Did you mean {near[0]}?" if near else f"Fields are: {', '.join(known)}."
        sentence = _capital(f"{_of(where)}there is no field {str(name)[:80]!r}.")
        yield (*path, name), "unknown_field", sentence, mend


def _split_number(where: str, digits: str) -> tuple[str, str]:
    return (
        _capital(f"{_of(where)}a comma splits a number before {digits[:80]}."),
        "Write the digits alone, such as 1840: no comma in numbers.",
    )


def _instance(error: ValidationError) -> Any:
    return error.instance


def _rule(error: ValidationError) -> Any:
    return error.validator_value


def _capital(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]


def _of(where: str) -> str:
    return "" if where == "The file" else f"{where}: "


def _missing(form: str, error: ValidationError, path: Path, where: str) -> Iterator[SchemaFault]:
    [name] = [n for n in _rule(error) if error.message.startswith(f"{n!r} ")]
    text = describe(form, (*path, name))
    sentence = _capital(f"{_of(where)}the field {name} is missing.")
    yield path, "missing_field", sentence, f"Add it: {text}"


def _value_fault(error: ValidationError, where: str) -> tuple[str, str]:
    value = _show(error.instance)
    limit = _rule(error)
    match error.validator:
        case "type":
            return _type_fault(error, where)
        case "enum":
            return f"{where} is {value}, which is no word of its list.", _nearest(error)
        case "const":
            return f"{where} is {value}, but this program reads {limit}.", ""
        case "maxLength":
            return f"{where} is longer than {limit:,} characters.", "Shorten it."
        case "maxItems":
            return f"{where} has more than {limit:,} entries.", "Shorten it."
        case "minLength" | "minItems":
            return f"{where} is empty.", "Give a value, or delete the line."
        case "uniqueItems":
            return f"{where} names something twice.", "Keep one of the two."
        case "minimum" | "maximum":
            return f"{where} is {value}, out of its range.", ""
    return f"{where} is {value}, which has not the form that is asked for.", _form(str(limit))


def _form(pattern: str) -> str:
    return 'Write it as "YYYY-MM-DD", such as 2026-01-06.' if pattern == _DAY else ""


_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_MOST_WORDS = 12
_NEAR = 75


def _type_fault(error: ValidationError, where: str) -> tuple[str, str]:
    wanted = _rule(error)
    kinds = [wanted] if isinstance(wanted, str) else list(wanted)
    asked = " or ".join(_TYPES.get(kind, kind) for kind in kinds)
    sentence = f"{where} is {_show(error.instance)}; it must be {asked}."
    if "string" in kinds and isinstance(error.instance, int):
        return sentence, "Put it in quotes."
    if kinds == ["string"] and isinstance(error.instance, dict) and "name" in error.instance:
        return sentence, "Write the name alone."
    is_number = "integer" in kinds and isinstance(error.instance, str)
    if is_number and re.fullmatch(r"\d+(,\d+)+", str(error.instance)):
        return sentence, "Write the digits alone: no comma in numbers."
    return sentence, ""


def _show(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return "a map" if isinstance(value, dict) else "a list"
    if isinstance(value, int):
        return str(value)
    return repr(value if len(value) <= 80 else f"{value[:79]}…")


def _nearest(error: ValidationError) -> str:
    words: list[str] = [str(word) for word in _rule(error)]
    near = process.extractOne(str(error.instance), words, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if near is not None:
        return f"Did you mean {near[0]}?"
    return f"Words are: {', '.join(words)}." if len(words) <= _MOST_WORDS else ""


def _mend(form: str, path: Path, first: str) -> str:
    text = describe(form, path)
    return f"{first} {text}".strip() or "Look at the schema of this file."
