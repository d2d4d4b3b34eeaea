"""Objects and records: is all that the log names here, and as it was sealed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from answerable.errors import KeyMissing, KeyRefused, LedgerError
from answerable.evidence.inventory import Erased, find_ids, is_record
from answerable.evidence.packages.verifier import Report
from answerable.evidence.verification.log import LogNames
from answerable.ledger.log import Ledger
from answerable.ledger.objects import (
    check_object,
    has_object,
    list_objects,
    read_record,
)
from answerable.ledger.records import Record
from answerable.ledger.vault import (
    check_private,
    has_private,
    list_private,
    private_record_path,
    read_private_record,
)

Tell = Callable[[str, int, int], None]

RESTORE = "Do not rely on it; restore it from a copy of the workspace."
FOREVER = "Nothing can be done, by design."
NEEDS_KEY = "Run it again where the private key is."
AGAIN = "Erase it again with the same reason."
NOTHING = Erased("", "")

_STEP = 100  # objects between two tellings


@dataclass(slots=True)
class Found:
    """What was learned of the log's objects, for the checks that follow.

    Args:
        erased: Id to what was erased of it.
        parts: Capture to its parts as recorded, those that were derived after the others.
        derived: Records of derivatives: own id, capture, part.
        untold: Captures whose parts, and records of derivatives whose part, are erased or not told.
        quoting: Records that hold passages or sources, in order of the log.
        seen: All ids that were checked.
    """

    erased: Mapping[str, Erased]
    parts: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    derived: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    untold: set[str] = field(default_factory=set)
    quoting: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


def check_content(
    ledger: Ledger, names: LogNames, report: Report, tell: Tell = lambda *_: None
) -> Found:
    """Check every object and record that the log names, and whatever else lies in the store.

    Args:
        ledger: The ledger; its private key is used where it is there.
        names: What the log names.
        report: Gets what was found.
        tell: Told about progress.

    Returns:
        What the checks of derivatives and quotations need.

    Cost:
        Reads every object once, in pieces; memory for ids only, not for objects.
    """
    found = Found(names.erased)
    waiting = list(names.named)
    for named in waiting:
        if named in found.seen:
            continue
        found.seen.add(named)
        if len(found.seen) % _STEP == 0:
            tell("Checking objects", len(found.seen), max(len(waiting), len(found.seen)))
        record = _check_named(ledger, named, found, report, private=named in names.private)
        if record is not None:
            _note_record(record, found)
            waiting += [each for each in find_ids(record.values) if each not in found.seen]
    _check_rest(ledger, found, report)
    return found


def _check_named(
    ledger: Ledger, named: str, found: Found, report: Report, *, private: bool
) -> Record | None:
    store = ledger.store
    if has_private(store, named):
        _judge(partial(check_private, store, named), "private object", named, report)
        return None
    if not has_object(store, named):
        _report_missing(named, found, report, private=private)
        return None
    if not _judge(partial(check_object, store, named), "object", named, report):
        return None
    if private and is_record(store, named):
        return _check_private_record(ledger, named, found, report)
    return _check_record(ledger, named, found, report) if is_record(store, named) else None


def _judge(check: Callable[[], None], kind: str, named: str, report: Report) -> bool:
    try:
        check()
    except (LedgerError, OSError) as error:
        report.add("broken", kind, named, _say(error), RESTORE)
        return False
    report.add("ok", kind, named)
    return True


def _say(error: LedgerError | OSError) -> str:
    why = getattr(error, "why", None) or getattr(error, "strerror", None) or str(error)
    field_name = getattr(error, "field", None)
    at = f"at its field {field_name}, " if field_name else ""
    return f"It is not as it was sealed: {at}{why}."


def _report_missing(named: str, found: Found, report: Report, *, private: bool) -> None:
    erased = found.erased.get(named)
    if erased is not None and erased.whole:
        says = f"It was erased on {erased.at} ({erased.reason})."
        report.add("erased", "object", named, says, FOREVER)
    elif private:
        says = "It belongs to private evidence, which this copy does not hold."
        report.add("unverifiable", "private object", named, says, "Check it where it is kept.")
    else:
        says = "It is missing, and no deed says that it was erased."
        report.add("broken", "object", named, says, "Restore it from a copy of the workspace.")


def _check_private_record(
    ledger: Ledger, named: str, found: Found, report: Report
) -> Record | None:
    if not private_record_path(ledger.store, named).is_file():
        says = "It belongs to private evidence, which this copy does not hold."
        report.add("unverifiable", "private record", named, says, "Check it where it is kept.")
        return None
    try:
        record = read_private_record(ledger.store, named)
    except (KeyMissing, KeyRefused) as error:
        says = f"It is encrypted, and could not be opened here: {error.why}."
        report.add("unverifiable", "private record", named, says, NEEDS_KEY)
        return None
    except (LedgerError, OSError) as error:
        report.add("broken", "private record", named, _say(error), RESTORE)
        return None
    return _judge_fields(record, "private record", found, report)


def _check_record(ledger: Ledger, named: str, found: Found, report: Report) -> Record | None:
    try:
        record = read_record(ledger.store, named)
    except (LedgerError, OSError) as error:
        report.add("broken", "record", named, _say(error), RESTORE)
        return None
    return _judge_fields(record, "record", found, report)


def _judge_fields(record: Record, kind: str, found: Found, report: Report) -> Record:
    erased = found.erased.get(record.id, NOTHING)
    gone = set(record.withheld)
    if gone - erased.fields:
        lacks = ", ".join(sorted(gone - erased.fields))
        says = f"Fields of it are missing, and no deed says that they were erased: {lacks}."
        report.add("broken", kind, record.id, says, "Restore it from a copy of the workspace.")
    elif gone:
        says = f"Fields of it were erased on {erased.at}: {', '.join(sorted(gone))}."
        report.add("erased", kind, record.id, says, FOREVER)
    else:
        report.add("ok", kind, record.id)
    if still := sorted(erased.fields & record.opened.keys()):
        says = f"The log says that fields were erased which are still here: {', '.join(still)}."
        report.add("pending", "erasure", record.id, says, AGAIN)
    return record


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _note_record(record: Record, found: Found) -> None:
    values = record.values
    kind = str(values.get("schema")).partition("/")[0]
    if (kind == "answerable.capture" and "parts" not in values) or (
        kind == "answerable.derivative" and not {"capture", "part"} <= values.keys()
    ):
        found.untold.add(record.id)
    elif kind == "answerable.capture":
        found.parts.setdefault(record.id, [])[:0] = _maps(values.get("parts"))
    elif kind == "answerable.derivative":
        capture, parts = str(values.get("capture")), _maps([values.get("part")])
        found.parts.setdefault(capture, []).extend(parts)
        found.derived += [(record.id, capture, part) for part in parts]
    if _maps(values.get("passages")) or _maps(values.get("sources")):
        found.quoting.append(record.id)


def _maps(value: Any) -> list[dict[str, Any]]:
    return [each for each in _as_list(value) if isinstance(each, dict)]


def _check_rest(ledger: Ledger, found: Found, report: Report) -> None:
    """Check what no deed names: left by a run that was broken off, or put there by hand."""
    store = ledger.store
    for named in list_objects(store):
        if named in found.erased and found.erased[named].whole:
            says = "The log says that it was erased, and it is still here."
            report.add("pending", "erasure", named, says, AGAIN)
        if named not in found.seen:
            _judge(partial(check_object, store, named), "object", named, report)
    for named in list_private(store):
        if named not in found.seen:
            _judge(partial(check_private, store, named), "private object", named, report)
