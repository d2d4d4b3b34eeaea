"""What the log names: objects, records and what was erased of them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from answerable.errors import RecordFaulty
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_deeds
from answerable.ledger.objects import Store, object_path, opened_path, read_record
from answerable.ledger.records import Record, decode_record
from answerable.ledger.vault import private_record_path, read_private_record

MOST_MAP = 1 << 17
"""Largest object that may be the map of a record, in bytes."""

_ID = re.compile(r"sha256:[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Erased:
    """What the log says was destroyed of an object or record.

    Args:
        at: When, the last time.
        reason: The reason code of that time.
        fields: Fields of a record that were destroyed, over all times.
        whole: Whether the bytes of an object were.
    """

    at: str
    reason: str
    fields: frozenset[str] = frozenset()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Inventory:
    """What the log names.

    Args:
        events: All deeds, in order.
        records: The records among what it names, by id; those that are private and cannot be
            opened here are missing.
        private: Ids that belong to private captures.
        erased: Id to what was erased of it.
    """

    events: tuple[Event, ...]
    records: Mapping[str, Record]
    private: frozenset[str]
    erased: Mapping[str, Erased] = field(default_factory=dict)

    def schema_of(self, record_id: str) -> str:
        """Return the schema of a record without its version, such as `answerable.capture`."""
        record = self.records.get(record_id)
        return str(record.values.get("schema", "")).partition("/")[0] if record else ""

    def users_of(self, object_id: str) -> tuple[str, ...]:
        """Return the ids of the records whose shown fields name an object, in order of the log."""
        return tuple(
            record_id
            for record_id, record in self.records.items()
            if object_id in set(find_ids(record.values))
        )


def take_inventory(ledger: Ledger, *, private: bool = False) -> Inventory:
    """Read the log and the records that it names.

    Args:
        ledger: The ledger.
        private: Whether to open private records too, for which the private key is needed.

    Raises:
        LogFaulty: The log was damaged or edited.
        RecordFaulty, ObjectFaulty: A record is not the one that was sealed.
        KeyMissing, KeyRefused: `private` is asked for, and they cannot be opened.

    Cost:
        Memory for the log and all records.
    """
    events = tuple(read_deeds(ledger))
    secret = find_private(events)
    records: dict[str, Record] = {}
    for event in events:
        for named in find_named(event):
            if named not in records and (private or named not in secret):
                found = find_record(ledger.store, named)
                records.update({named: found} if found else {})
    return Inventory(events, records, secret, find_erased(events))


def find_erased(events: Iterable[Event]) -> dict[str, Erased]:
    """Return what the log says was erased, by id."""
    found: dict[str, Erased] = {}
    for event in events:
        note_erased(event, found)
    return found


def note_erased(event: Event, found: dict[str, Erased]) -> None:
    """Add what a deed erased to what was erased before."""
    if event.act != "source.erase":
        return
    before = found.get(event.obj, Erased("", ""))
    fields = event.refs.get("fields")
    names = frozenset(map(str, fields)) if isinstance(fields, list) else frozenset()
    whole = before.whole or not names
    reason = str(event.refs.get("reason", "no reason told"))
    found[event.obj] = Erased(event.at, reason, before.fields | names, whole)


def find_private(events: Iterable[Event]) -> frozenset[str]:
    """Return the ids that belong to private captures: what a private deed was done to."""
    found: set[str] = set()
    for event in events:
        note_private(event, found)
    return frozenset(found)


def note_private(event: Event, found: set[str]) -> None:
    """Add what a deed was done to, if the deed is private or about a private capture."""
    about = (event.obj, event.refs.get("capture"))
    if event.refs.get("private") == 1 or any(each in found for each in about):
        found.add(event.obj)


def find_named(event: Event) -> Iterator[str]:
    """Give the ids that a deed names; its form was checked when the log was read."""
    yield event.obj
    for ref in event.refs.values():
        for each in ref if isinstance(ref, list) else (ref,):
            if isinstance(each, str) and each.startswith("sha256:"):
                yield each


def find_kept(event: Event) -> Iterator[str]:
    """Give the ids of what a deed says is in the store.

    The digest of a file that was handed on tells which one it was; the file is not kept.
    """
    if event.act != "source.export":
        return find_named(event)
    return (each for each in find_named(event) if each != event.refs.get("file"))


def find_record(store: Store, record_id: str) -> Record | None:
    """Return the record of an id, None where it is no record or nothing of it is opened here.

    Raises:
        RecordFaulty, ObjectFaulty: It is not the one that was sealed.
        KeyMissing, KeyRefused: It is private and cannot be opened.
    """
    if private_record_path(store, record_id).is_file():
        return read_private_record(store, record_id)
    return read_record(store, record_id) if opened_path(store, record_id).is_file() else None


def is_record(store: Store, object_id: str) -> bool:
    """Tell whether an id is that of a record, also where none of its fields is opened here."""
    if opened_path(store, object_id).is_file() or private_record_path(store, object_id).is_file():
        return True
    path = object_path(store, object_id)
    try:
        if path.stat().st_size > MOST_MAP:
            return False
        return "schema" in decode_record(object_id, path.read_bytes(), b"").commitments
    except (OSError, RecordFaulty):
        return False


def find_ids(value: Any) -> Iterator[str]:
    """Give every id that a value names, at any depth."""
    if isinstance(value, str):
        if _ID.fullmatch(value):
            yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from find_ids(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from find_ids(each)
