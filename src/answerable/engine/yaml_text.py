"""YAML read with the place of every value; only plain values, and no value guessed.

The rules for plain words are those of the YAML 1.2 core schema without floats: `on`, `yes` and
`2020-07-14` stay text. Tags, references and repeated keys are refused: none is needed here,
and each can make a file mean something else than it seems to.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

Path = tuple[str | int, ...]
"""Way from the top of a file to a value, such as `("claims", 3, "grade")`."""

MOST_BYTES = 4_000_000
_DEEPEST = 12
_MOST_VALUES = 500_000
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_WORDS: dict[str, bool | None] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """Line and column of a value, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlFault:
    """Why a text, or a part of it, cannot be read; as in `Fault`, but without file."""

    place: Place
    code: str
    sentence: str
    mend: str


@dataclass(slots=True)
class YamlText:
    """What was read.

    Args:
        content: Maps, lists, text, integers, true, false and None. None where the text is empty
            or could not be read.
        places: Where each value, or the key before it, begins.
        faults: What was wrong.
    """

    content: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    faults: list[YamlFault] = field(default_factory=list)


def read_yaml(data: bytes) -> YamlText:
    r"""Read YAML, with the place of every value.

    Args:
        data: UTF-8, at most four megabytes, nested at most twelve deep.

    Example:
        >>> read = read_yaml(b"claims:\n  - id: first\n    on: 2020-07-14\n")
        >>> read.content
        {'claims': [{'id': 'first', 'on': '2020-07-14'}]}
        >>> read.places["claims", 0, "on"]
        Place(line=3, column=5)
        >>> read_yaml(b"a: 1\na: 2").faults[0].sentence
        'The key a stands here a second time.'
    """
    read, text = YamlText(), ""
    try:
        text = _decode(data)
        read.faults.extend(_refused(text))
        if not read.faults:
            node = yaml.compose(text, Loader=_Loader)
            read.content = _build(node, (), read) if node is not None else None
    except _Refused as refusal:
        read.faults.append(refusal.fault)
    except yaml.YAMLError as error:
        read.faults.append(_syntax(error, text))
    return read


class _Refused(Exception):
    def __init__(self, fault: YamlFault) -> None:
        super().__init__(fault.sentence)
        self.fault = fault


def _decode(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise _Refused(
            YamlFault(
                Place(1, 1),
                "too_large",
                f"The file has {len(data):,} bytes, over the limit of {MOST_BYTES:,}.",
                "Split it into several.",
            )
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise _Refused(
            YamlFault(
                Place(line, 1),
                "no_utf8",
                "The file is not UTF-8 from here on.",
                "Save it with the encoding UTF-8.",
            )
        ) from error


def _refused(text: str) -> Iterator[YamlFault]:
    """Give what is valid YAML but not read here: references, tags, endless nesting."""
    depth = 0
    for values, event in enumerate(yaml.parse(text, Loader=_Loader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST or values > _MOST_VALUES:
            what = "nested too deep" if depth > _DEEPEST else "more values than are read"
            yield _fault(event, "too_large", f"The file is refused: {what}.", "Make it plainer.")
            return
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield _fault(
                event,
                "yaml_reference",
                "References (&name, *name) are not read.",
                "Write the value out; put text that begins with & or * in quotes.",
            )
        elif getattr(event, "tag", None):
            yield _fault(
                event,
                "yaml_tag",
                f"The tag {str(event.tag)[:80]} is not read.",  # type: ignore[attr-defined]
                "Delete it; put text that begins with ! in quotes.",
            )


def _fault(event: yaml.Event, code: str, sentence: str, mend: str) -> YamlFault:
    return YamlFault(_place(event.start_mark), code, sentence, mend)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark is not None else Place(1, 1)


def _syntax(error: yaml.YAMLError, text: str) -> YamlFault:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    why = " ".join(problem.split())[:200]
    shift = _tell_shift(text, _place(mark).line, why)
    if shift:
        mend = (
            "Begin the lines of one entry in the same column, with spaces; text with a colon and a "
            "space in it goes in quotes."
        )
        return YamlFault(_place(mark), "no_yaml", shift, mend)
    return YamlFault(_place(mark), "no_yaml", f"This is no YAML: {why}.", _advise(why))


def _tell_shift(text: str, number: int, why: str) -> str:
    """Say how far a line is shifted against the one above it, empty where that is not the fault."""
    *before, line = text.split("\n")[:number] or [""]
    above = [each for each in before if each.strip() and not each.lstrip().startswith("#")]
    if not above or above[-1].rstrip().endswith((":", "|", ">", ",", "{", "[")):
        return ""
    shift = _indent(line) - _indent(above[-1])
    if shift > 0 and "mapping values are not allowed" in why:
        way = "right"
    elif shift < 0 and "did not find expected" in why:
        way = "left"
    else:
        return ""
    return (
        f"The indentation is wrong: this line begins {abs(shift)} further {way} than the one above."
    )


def _indent(line: str) -> int:
    """Return the column at which the fields of a line begin, behind its hyphens."""
    return len(line) - len(line.lstrip(" -"))


def _advise(why: str) -> str:
    if "cannot start any token" in why:
        return "Indent with spaces, not with a tab; text that begins with @, % or ` goes in quotes."
    if "mapping values are not allowed" in why or "expected <block end>" in why:
        return (
            "Text with a colon and a space in it goes in quotes; and the lines of one entry must "
            "begin in the same column."
        )
    if "special characters" in why or "control characters" in why:
        return "Delete the invisible character."
    return "Look at this line and the one before it: a quotation mark or a bracket may be open."


def _build(node: yaml.Node, path: Path, read: YamlText) -> Any:
    read.places.setdefault(path, _place(node.start_mark))
    if isinstance(node, yaml.MappingNode):
        return _build_map(node, path, read)
    if isinstance(node, yaml.SequenceNode):
        return [_build(each, (*path, i), read) for i, each in enumerate(node.value)]
    return _plain(node)


def _build_map(node: yaml.MappingNode, path: Path, read: YamlText) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key_node, value_node in node.value:
        place = _place(key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            read.faults.append(
                YamlFault(place, "no_yaml", "A key is no plain text.", "Write a word and a colon.")
            )
            continue
        key = str(key_node.value)
        if key in content:
            read.faults.append(
                YamlFault(
                    place,
                    "key_twice",
                    f"The key {key[:80]} stands here a second time.",
                    "Keep one of the two.",
                )
            )
            continue
        read.places[(*path, key)] = place
        content[key] = _build(value_node, (*path, key), read)
    return content


def _plain(node: yaml.Node) -> str | int | bool | None:
    text = str(node.value)
    if getattr(node, "style", None):
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INTEGER.fullmatch(text) else text
