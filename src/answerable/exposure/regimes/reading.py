"""Rules read from YAML, held to the schema, with the line of every fault."""

import difflib
import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from answerable.engine.yaml_text import YamlText, read_yaml
from answerable.errors import RegimeFaulty
from answerable.model.link import WHOLE
from answerable.model.regime import Regime, Window

SCHEMA_ID = "answerable.regime/1"

_PERCENT = WHOLE // 100
_LISTS = ("interests", "controls", "control_shares", "relations", "not_computed")


@cache
def known_regimes() -> dict[str, Regime]:
    """Return the rules that ship with answerable, by id in alphabetical order.

    What is computed of them is no legal advice, and each says what is not computed.

    Example:
        >>> known_regimes()["ofac-50"].threshold
        50000000
    """
    folder = resources.files("answerable.exposure.regimes")
    found = [
        read_regime(entry.read_bytes(), entry.name)
        for entry in folder.iterdir()
        if entry.name.endswith(".yaml")
    ]
    return {regime.id: regime for regime in sorted(found, key=lambda each: each.id)}


def load_regimes(folder: Path) -> dict[str, Regime]:
    """Return the shipped rules and those of a folder, by id; its own come last.

    Args:
        folder: Where `*.yaml` files of the form `answerable.regime/1` lie; it need not exist.

    Raises:
        RegimeFaulty: A file cannot be used, or has the id of a rule that is known already.
    """
    regimes = dict(known_regimes())
    for path in sorted(folder.glob("*.yaml")):
        regime = load_regime(path)
        if regime.id in regimes:
            raise RegimeFaulty(
                str(path), 1, f"There is a rule {regime.id} already.", "Give yours another id."
            )
        regimes[regime.id] = regime
    return regimes


def load_regime(path: Path) -> Regime:
    """Return the rule of a file.

    Args:
        path: YAML of the form `answerable.regime/1`, UTF-8.

    Raises:
        RegimeFaulty: It cannot be read or used; the error names the line and how to mend it.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        why = f"It cannot be read ({error.strerror or error})."
        raise RegimeFaulty(str(path), 0, why, "Check the path.") from error
    return read_regime(data, str(path))


def read_regime(data: bytes, path: str = "regime.yaml") -> Regime:
    r"""Return the rule of a YAML text; `path` only serves error messages.

    Raises:
        RegimeFaulty: It is no YAML, or no rule.

    Example:
        >>> read_regime(b"schema: answerable.regime/1\nid: My Rule")
        Traceback (most recent call last):
        ...
        answerable.errors.RegimeFaulty: The rule of regime.yaml, line 2 cannot be used: id is
        'My Rule', which has not the form that is asked for. Id of the rule: small letters, digits
        and hyphens.
    """
    read = read_yaml(data)
    for fault in read.faults:
        raise RegimeFaulty(path, fault.place.line, fault.sentence, fault.mend)
    errors = list(_validator().iter_errors(read.content))
    if errors:
        raise _translate(min(errors, key=lambda each: _rank(each, read)), read, path)
    regime = _make_regime(read.content)
    _check_sense(regime, read, path)
    return regime


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the form `answerable.regime/1`."""
    file = resources.files("answerable.exposure.regimes") / "regime.schema.json"
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def find_window(regime: Regime, day: date) -> Window:
    """Return the standing of a rule on a day.

    Returns:
        Its window; before the first one the rule is `scheduled`, and where no window speaks of the
        day its standing is `not_verified`.

    Example:
        >>> rule = known_regimes()["bis-affiliates"]
        >>> [find_window(rule, date(2025, month, 1)).status for month in (9, 10, 12)]
        ['scheduled', 'in_force', 'suspended']
    """
    text = day.isoformat()
    for window in regime.windows:
        if (window.from_ or "") <= text and (window.until is None or text <= window.until):
            return window
    first = regime.windows[0].from_
    if first is not None and text < first:
        before = date.fromisoformat(first) - timedelta(days=1)
        return Window(None, before.isoformat(), "scheduled")
    return Window(None, None, "not_verified")


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


def _rank(error: ValidationError, read: YamlText) -> tuple[bool, int]:
    return error.validator == "required", _line(tuple(error.absolute_path), read)


def _line(way: tuple[str | int, ...], read: YamlText) -> int:
    while way and way not in read.places:
        way = way[:-1]
    place = read.places.get(way)
    return place.line if place else 0


def _translate(error: ValidationError, read: YamlText, path: str) -> RegimeFaulty:
    way = tuple(error.absolute_path)
    name = ", ".join(str(step + 1 if isinstance(step, int) else step) for step in way)
    described = error.schema if isinstance(error.schema, dict) else {}
    mend = str(described.get("description", "Look at the schema of this form."))
    value = error.instance
    shown = repr(value)[:80] if not isinstance(value, dict | list) else "a list or map"
    rule: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            return _unknown_field(error, read, path, way)
        case "required":
            there: Any = error.instance
            field = next(each for each in rule if each not in there)
            why = f"The field {field} is missing{f' in {name}' if name else ''}."
            mend = str(described["properties"][field].get("description", "Add it."))
        case "enum" | "const":
            words = rule if isinstance(rule, list) else [rule]
            why = f"{name} is {shown}, which is none of its words."
            mend = f"Words are: {', '.join(map(str, words))}."
        case "type":
            kinds = [rule] if isinstance(rule, str) else rule
            why = f"{name or 'The file'} is {shown}; it must be of the type {' or '.join(kinds)}."
        case _:
            why = f"{name} is {shown}, which has not the form that is asked for."
    return RegimeFaulty(path, _line(way, read), why, mend)


def _unknown_field(
    error: ValidationError, read: YamlText, path: str, way: tuple[str | int, ...]
) -> RegimeFaulty:
    described: Any = error.schema
    instance: Any = error.instance
    known = list(described["properties"])
    name = next(str(each) for each in instance if each not in known)
    near = difflib.get_close_matches(name, known, 1)
    mend = f"Did you mean {near[0]}?" if near else f"Fields are: {', '.join(known)}."
    return RegimeFaulty(path, _line((*way, name), read), f"There is no field {name[:80]!r}.", mend)


def _make_regime(content: Mapping[str, Any]) -> Regime:
    plain: dict[str, Any] = {
        name: content[name]
        for name in (
            "id", "version", "title", "issuer", "summary", "checked_on", "inclusive", "pool",
            "control_means", "holding_means", "relations_mean", "direction", "foreign_only",
            "unknown_is", "warnings", "note",
        )
        if name in content
    }  # fmt: skip
    lists: dict[str, Any] = {name: tuple(content.get(name, ())) for name in _LISTS}
    return Regime(
        **plain,
        **lists,
        seeds=tuple(content["seeds"]),
        sources=tuple(content["sources"]),
        windows=tuple(
            Window(each.get("from"), each.get("until"), each["status"], each.get("source"))
            for each in content["windows"]
        ),
        threshold=_read_percent(content.get("threshold_percent")),
        control_threshold=_read_percent(content.get("control_threshold_percent")),
    )


def _read_percent(value: str | int | None) -> int | None:
    """Return a percentage in millionths of a percent, exactly."""
    if value is None:
        return None
    whole, _, part = str(value).partition(".")
    return int(whole) * _PERCENT + int((part + "000000")[:6])


def _check_sense(regime: Regime, read: YamlText, path: str) -> None:
    """Refuse what no schema sees: rules that can say nothing, sums without line, wrong days."""

    def refuse(field: str, why: str, mend: str) -> None:
        raise RegimeFaulty(path, _line((field,), read), why, mend)

    if regime.threshold is None and regime.interests:
        refuse("interests", "There are interests to sum and no line.", "Add threshold_percent.")
    if regime.threshold is not None and not regime.interests:
        refuse("threshold_percent", "There is a line and nothing to sum.", "Add interests.")
    if regime.control_shares and regime.control_threshold is None:
        refuse("control_shares", "There is no line for it.", "Add control_threshold_percent.")
    for field, share in (
        ("threshold_percent", regime.threshold),
        ("control_threshold_percent", regime.control_threshold),
    ):
        if share is not None and share > WHOLE:
            refuse(field, "It is over 100.", "Give a percentage from 0 to 100.")
    if regime.relations and regime.threshold is None:
        refuse("relations", "They need a line for stakes.", "Add threshold_percent and interests.")
    _check_windows(regime, read, path)


def _check_windows(regime: Regime, read: YamlText, path: str) -> None:
    last = ""
    for place, window in enumerate(regime.windows):
        line = _line(("windows", place), read)
        for day in filter(None, (window.from_, window.until)):
            try:
                date.fromisoformat(day)
            except ValueError as error:
                why = f"{day} is no day of the calendar."
                raise RegimeFaulty(path, line, why, "Mend it, or leave it out.") from error
        begins, ends = window.from_ or "", window.until or "9999-12-31"
        if begins > ends or (place and begins <= last):
            why = "This window overlaps the one before it, or ends before it begins."
            raise RegimeFaulty(path, line, why, "Put windows in the order of their days.")
        last = ends
