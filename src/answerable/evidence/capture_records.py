"""Capture records: how captures are sealed in the log, and read back from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from typing import Any

from answerable.errors import (
    CaptureUnknown,
    KeyMissing,
    KeyRefused,
    ObjectFaulty,
    ObjectMissing,
    RecordFaulty,
    UsageError,
)
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, append_deed, read_deeds
from answerable.ledger.objects import keep_bytes, keep_record, read_bytes, read_record
from answerable.ledger.records import Record, seal_fields
from answerable.ledger.vault import (
    keep_private,
    keep_private_record,
    read_private,
    read_private_record,
)
from answerable.model.capture import Capture, Part, Role, Via

CAPTURE_SCHEMA = "answerable.capture/1"
DERIVATIVE_SCHEMA = "answerable.derivative/1"
CASE_SCHEMA = "answerable.case/1"
_LONGEST_NAME = 100
_SHORTEST_ID = 8
_MADE = ("source.collect", "source.import")


def name_software(*more: str) -> str:
    """Return this program and its version, and what else took part.

    Example:
        >>> name_software("Chromium 140.0").partition(" ")[0]
        'answerable'
    """
    return ", ".join((f"answerable {version('answerable')}", *more))


def case_record(ledger: Ledger, name: str) -> str:
    """Return the id of a case's record; on first use the case is opened in the log.

    Args:
        ledger: The ledger.
        name: Name of the case's folder.

    Raises:
        UsageError: The name is empty, too long, or none of a folder.
    """
    if not name.strip() or len(name) > _LONGEST_NAME or set(name) & set("/\\\0\n\r"):
        raise UsageError(f"{name[:100]!r} is no name of a case. Give the name of its folder.")
    for event in read_deeds(ledger):
        if event.act == "case.open" and _read_values(ledger, event).get("name") == name:
            return event.obj
    record = seal_fields({"schema": CASE_SCHEMA, "name": name})
    append_deed(ledger, "case.open", keep_record(ledger.store, record))
    return record.id


def keep_part(
    ledger: Ledger,
    role: Role,
    data: bytes,
    media_type: str,
    *,
    private: bool,
    parent: str | None = None,
    tool: str | None = None,
) -> Part:
    """Keep the bytes of a part, encrypted where they are private; they are on the disk after it."""
    keep = keep_private if private else keep_bytes
    return Part(role, keep(ledger.store, data), media_type, len(data), parent, tool)


def read_part(ledger: Ledger, capture: Capture, part: Part) -> bytes:
    """Return the bytes of a part, decrypted where the capture is private.

    Raises:
        ObjectMissing, ObjectFaulty: They are not there, or not as they were sealed.
        KeyMissing, KeyRefused: They are encrypted, and the key is missing or stays shut.
    """
    read: Callable[..., bytes] = read_private if capture.private else read_bytes
    return read(ledger.store, part.object)


def seal_capture(ledger: Ledger, act: str, capture: Capture) -> Capture:
    """Seal what is said of a capture and log it; its parts must be kept already.

    When this returns, the capture is acknowledged and on the disk: first the objects, then the
    record, then the deed. Broken off in between, the log does not know it, and it may be captured
    again.

    Args:
        ledger: The ledger.
        act: `source.collect`, or `source.import` for what other tools made.
        capture: Its id is not looked at.

    Returns:
        The capture with its id.
    """
    case = case_record(ledger, capture.case)
    fields = asdict(capture) | {"schema": CAPTURE_SCHEMA}
    del fields["id"]
    record = seal_fields(fields)
    refs: dict[str, str | int] = {"case": case}
    if capture.private:
        refs["private"] = 1
    keep_any_record(ledger, record, private=capture.private)
    append_deed(ledger, act, record.id, refs)
    return replace(capture, id=record.id)


def keep_any_record(ledger: Ledger, record: Record, *, private: bool) -> str:
    """Keep a record, its opened fields encrypted where they are private."""
    keep = keep_private_record if private else keep_record
    return keep(ledger.store, record)


def list_captures(ledger: Ledger) -> list[Capture]:
    """Return every capture that the log knows, in its order, with what was made of it later.

    None is left out. Of one whose record cannot be read here, only the id is known: its `url` is
    empty, it has no parts, and `problems` says why: `locked` (private, and the key is not here),
    `erased` (its fields were erased or are withheld), `record_missing`, `record_faulty`.

    Args:
        ledger: The ledger.

    Raises:
        LogFaulty: The log is not as it was written.

    Cost:
        Two small files are read per capture and per part made of it: 0.3 s for 1,000 captures.
    """
    made: dict[str, _Found] = {}
    for event in read_deeds(ledger):
        if event.act in _MADE:
            made[event.obj] = _Found(event)
        elif event.act == "source.derive":
            _note_derived(ledger, made, event)
    return [_to_capture(ledger, found) for found in made.values()]


def read_capture(ledger: Ledger, capture_id: str) -> Capture:
    """Return one capture, with what was made of it later.

    Args:
        ledger: The ledger.
        capture_id: Its id, with or without `sha256:`; 8 or more digits are enough where no other
            capture's id begins with them.

    Raises:
        CaptureUnknown: None has this id, or several have.
        LogFaulty: The log is not as it was written.

    Cost:
        The log is read once; records only of this capture and of what was made of it.
    """
    digits = capture_id.removeprefix("sha256:").lower()
    if len(digits) < _SHORTEST_ID:
        raise CaptureUnknown(capture_id, f"it has fewer than {_SHORTEST_ID} digits")
    made: dict[str, _Found] = {}
    for event in read_deeds(ledger):
        if event.act in _MADE and event.obj.removeprefix("sha256:").startswith(digits):
            made[event.obj] = _Found(event)
        elif event.act == "source.derive":
            _note_derived(ledger, made, event)
    if len(made) != 1:
        why = (
            f"{len(made)} captures begin with it"
            if made
            else find_digest(list_captures(ledger), digits)
        )
        raise CaptureUnknown(capture_id, why)
    return _to_capture(ledger, next(iter(made.values())))


def find_digest(captures: Iterable[Capture], digits: str) -> str:
    """Say of which capture it is the digest of a file, where it is one."""
    for each in captures:
        if any(part.object.removeprefix("sha256:").startswith(digits) for part in each.parts):
            return f"it is the digest of a file; the id of its capture is {each.id}"
    return "none begins with it"


@dataclass(slots=True)
class _Found:
    event: Event
    parts: list[Part] = field(default_factory=list)


def _note_derived(ledger: Ledger, made: Mapping[str, _Found], event: Event) -> None:
    """Add a later part; a deed that names its capture spares reading the records of others."""
    named = event.refs.get("capture")
    if named is not None and named not in made:
        return
    values = _read_values(ledger, event)
    found = made.get(str(values.get("capture")))
    if found is not None and isinstance(values.get("part"), Mapping):
        found.parts.append(_to_part(values["part"]))


def _to_capture(ledger: Ledger, found: _Found) -> Capture:
    event = found.event
    private = event.refs.get("private") == 1
    try:
        record = _read(ledger, event)
    except (KeyMissing, KeyRefused):
        return _unreadable(event, private, "locked")
    except ObjectMissing:
        return _unreadable(event, private, "record_missing")
    except (RecordFaulty, ObjectFaulty):
        return _unreadable(event, private, "record_faulty")
    values = record.values
    if not {"url", "captured_at", "parts", "case", "via"} <= values.keys():
        return _unreadable(event, private, "erased")
    return Capture(
        id=event.obj,
        case=values["case"],
        url=values["url"],
        captured_at=values["captured_at"],
        via=values["via"],
        parts=(*map(_to_part, values["parts"]), *found.parts),
        title=values.get("title"),
        final_url=values.get("final_url"),
        private=private,
        problems=tuple(values.get("problems", ())),
        software=values.get("software", ""),
    )


def _unreadable(event: Event, private: bool, problem: str) -> Capture:
    via: Via = "import" if event.act == "source.import" else "file"
    return Capture(event.obj, "", "", event.at, via, (), private=private, problems=(problem,))


def _to_part(values: Mapping[str, Any]) -> Part:
    return Part(
        role=values["role"],
        object=values["object"],
        media_type=values["media_type"],
        size=values["size"],
        parent=values.get("parent"),
        tool=values.get("tool"),
    )


def _read(ledger: Ledger, event: Event) -> Record:
    read = read_private_record if event.refs.get("private") == 1 else read_record
    return read(ledger.store, event.obj)


def _read_values(ledger: Ledger, event: Event) -> Mapping[str, Any]:
    """Return what a record says here; nothing where it cannot be read."""
    try:
        return _read(ledger, event).values
    except (KeyMissing, KeyRefused, ObjectMissing, RecordFaulty, ObjectFaulty):
        return {}
