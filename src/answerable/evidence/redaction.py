"""Redaction and erasure: what is left out of an export, and what is destroyed for good.

Redaction leaves the workspace as it is. Erasure destroys; the log keeps that, when and for what
reason code, so that everything else still verifies and nobody mistakes it for damage.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from answerable.errors import ErasureRefused, KeyMissing, KeyRefused
from answerable.evidence.inventory import Inventory, find_ids, is_record, take_inventory
from answerable.evidence.search.tables import index_path
from answerable.ledger.events import Event, Ref
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.objects import erase_fields, erase_object, has_object
from answerable.ledger.records import Record, withhold
from answerable.ledger.vault import (
    erase_private,
    erase_private_fields,
    has_private,
    private_record_path,
)

PERSONAL = {
    "answerable.capture": frozenset({"operator", "contact", "host", "path", "file_name"}),
    "answerable.custody": frozenset({"by", "to", "note", "reason"}),
}
"""Fields that are withheld from every export unless they are asked for: they tell of the people
who did the work, and nobody needs them to check it."""

_CODE = re.compile(r"[a-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class Erasure:
    """What was destroyed, and what remains that came of it.

    Args:
        what: Id of the object or record.
        fields: Names of the fields that were destroyed; empty where an object was.
        captures: Captures that held the object; each of them lacks it now.
        remains: Objects that were made from it and are still there, such as its text. Erase each
            of them as well where its content has to go.
        quoted_by: Records that quote from it or from what was made of it.
        event: The deed in the log.
    """

    what: str
    fields: tuple[str, ...]
    captures: tuple[str, ...]
    remains: tuple[str, ...]
    quoted_by: tuple[str, ...]
    event: Event


def redact(record: Record, names: Collection[str] = (), keep: Collection[str] = ()) -> Record:
    """Return a record as an export shows it: without personal and other withheld fields.

    The record keeps its id, and whoever gets it sees that the fields are missing.

    Args:
        record: The record.
        names: More fields to withhold, such as `by`; records without such a field are as before.
        keep: Fields of `PERSONAL` to show after all.

    Example:
        >>> from answerable.ledger.records import seal_fields
        >>> record = seal_fields({"schema": "answerable.custody/1", "verb": "review", "by": "Ada"})
        >>> sorted(redact(record).values), redact(record).id == record.id
        (['schema', 'verb'], True)
    """
    kind = str(record.values.get("schema", "")).partition("/")[0]
    hidden = (PERSONAL.get(kind, frozenset()) - set(keep)) | (set(names) - {"schema"})
    return withhold(record, hidden & record.opened.keys())


def erase(
    ledger: Ledger, what: str, reason: str, *, fields: Iterable[str] = (), shared: bool = False
) -> Erasure:
    """Destroy the bytes of an object, or salt and value of fields of a record, for good.

    **This cannot be undone**: ask the user before. The deed is logged first, then the bytes are
    removed; broken off in between, `verify` says so, and the same call ends it. Copies elsewhere,
    earlier exports, backups and what the disk keeps of a removed file are not reached.

    Args:
        ledger: The ledger.
        what: Id of an object or record, public or private.
        reason: A code such as `data_subject_request`, `source_protection`, `court_order`,
            `retention_ended`, `filed_in_error`; it stands in the log and must name nobody.
        fields: For a record: which fields; all but `schema` by default.
        shared: Whether to erase an object also where several captures hold it.

    Returns:
        What was destroyed, and what remains that came of it: nothing else is destroyed with it.

    Raises:
        ErasureRefused: Nothing of that id is there to be erased, several captures hold it and
            `shared` is not set, or the reason is no code.
        OutputUnwritable: The disk refused it.
        LogFaulty, RecordFaulty, KeyMissing, KeyRefused: See `take_inventory`.
    """
    if not _CODE.fullmatch(reason):
        raise ErasureRefused(what, "the reason is no code (a-z, 0-9, `.`, `_`, `-`, at most 64)")
    private = _is_private(ledger, what)
    inventory = _take(ledger, what, private=private)
    users = inventory.users_of(what)
    captures = tuple(each for each in users if inventory.schema_of(each) == "answerable.capture")
    names = _choose_fields(ledger, inventory, what, tuple(fields))
    if not names:
        _check_object(ledger, inventory, what, captures, shared=shared)
    event = _log_erasure(ledger, inventory, what, reason, names, private=private)
    _destroy(ledger, what, names, private=private)
    _forget_index(ledger)
    remains = _find_made_from(inventory, what)
    quoted = {user for each in (what, *remains) for user in _find_quoting(inventory, each)}
    left = tuple(each for each in remains if _is_there(ledger, each))
    return Erasure(what, names, captures, left, tuple(sorted(quoted)), event)


def _is_there(ledger: Ledger, object_id: str) -> bool:
    return has_object(ledger.store, object_id) or has_private(ledger.store, object_id)


def _is_private(ledger: Ledger, what: str) -> bool:
    store = ledger.store
    return has_private(store, what) or private_record_path(store, what).is_file()


def _take(ledger: Ledger, what: str, *, private: bool) -> Inventory:
    """Return what the log names; a private object can be destroyed also without its key."""
    try:
        return take_inventory(ledger, private=private)
    except (KeyMissing, KeyRefused):
        if not has_private(ledger.store, what):
            raise
        return take_inventory(ledger)


def _choose_fields(
    ledger: Ledger, inventory: Inventory, what: str, asked: tuple[str, ...]
) -> tuple[str, ...]:
    record = inventory.records.get(what)
    if record is None:
        if asked or is_record(ledger.store, what):
            raise ErasureRefused(what, "no fields of such a record are here")
        return ()
    for name in asked:
        if name not in record.commitments or name == "schema":
            why = f"the record has no field {name!r} that could be erased"
            raise ErasureRefused(what, why)
    return tuple(sorted(asked)) or tuple(sorted(record.commitments.keys() - {"schema"}))


def _check_object(
    ledger: Ledger, inventory: Inventory, what: str, captures: tuple[str, ...], *, shared: bool
) -> None:
    if len(captures) > 1 and not shared:
        others = f"{len(captures)} captures hold it, and each of them would lack it"
        raise ErasureRefused(what, others, "Say that it is shared, if that is meant.", captures)
    if any(event.obj == what for event in inventory.events if event.act == "key.add"):
        raise ErasureRefused(what, "it is a public key, without which nothing verifies")
    if not _is_there(ledger, what) and what not in inventory.erased:
        raise ErasureRefused(what, "there is no such object")


def _log_erasure(
    ledger: Ledger,
    inventory: Inventory,
    what: str,
    reason: str,
    names: tuple[str, ...],
    *,
    private: bool,
) -> Event:
    refs: dict[str, Ref] = {"reason": reason}
    refs |= {"fields": list(names)} if names else {}
    refs |= {"private": 1} if private else {}
    for event in inventory.events:  # broken off between deed and destruction: the deed stands
        if (event.act, event.obj, event.refs) == ("source.erase", what, refs):
            return event
    return append_deed(ledger, "source.erase", what, refs)


def _destroy(ledger: Ledger, what: str, names: tuple[str, ...], *, private: bool) -> None:
    if names:
        (erase_private_fields if private else erase_fields)(ledger.store, what, names)
    else:
        (erase_private if private else erase_object)(ledger.store, what)


def _forget_index(ledger: Ledger) -> None:
    """Delete the search index, which may hold words of what was destroyed; it is made anew."""
    index = index_path(ledger)
    for path in index.parent.glob(f"{index.name}*"):
        ledger.disk.remove(path)


def _find_made_from(inventory: Inventory, what: str) -> tuple[str, ...]:
    """Return the objects that were made from an object, and what was made from those."""
    found = [what]
    parts = [part for record in inventory.records.values() for part in _parts_of(record)]
    for parent in found:
        found += [
            part["object"]
            for part in parts
            if part.get("parent") == parent and part.get("object") not in found
        ]
    return tuple(found[1:])


def _parts_of(record: Record) -> list[dict[str, Any]]:
    values = record.values
    parts = values.get("parts", [values.get("part")])
    return [part for part in parts if isinstance(part, dict)] if isinstance(parts, list) else []


def _find_quoting(inventory: Inventory, object_id: str) -> Iterable[str]:
    for record_id, record in inventory.records.items():
        if object_id in set(find_ids(record.values.get("passages"))):
            yield record_id
