"""Custody: who held a capture, who looked at it, to whom it went, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from answerable.errors import (
    KeyMissing,
    KeyRefused,
    ObjectFaulty,
    ObjectMissing,
    RecordFaulty,
    UsageError,
)
from answerable.evidence.capture_records import keep_any_record, read_capture
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, append_deed, read_deeds
from answerable.ledger.objects import read_record
from answerable.ledger.records import seal_fields
from answerable.ledger.vault import read_private_record

CUSTODY_SCHEMA = "answerable.custody/1"
Verb = Literal["transfer", "review", "unlock", "dispose"]
VERBS: tuple[Verb, ...] = get_args(Verb)
"""What can be done with a capture besides making it."""


@dataclass(frozen=True, slots=True)
class Custody:
    """One thing that was done with a capture, besides making it.

    Args:
        id: Id of its record; empty before it is logged.
        capture: Id of the capture.
        verb: `transfer`: it, or a copy, was handed to somebody. `review`: a person looked at it
            and says how they found it. `unlock`: a person marks a private capture as one whose
            text may be indexed here; it stays encrypted and is never exported. `dispose`: copies
            of it elsewhere were destroyed or given back.
        by: Who did it, by the name they choose to be known by.
        at: UTC, `2026-11-24T14:02:03Z`; as the person says, the log has its own time.
        to: To whom or where it went, else None.
        reason: Why, else None.
        note: What else is to be said, such as on what medium, else None.
    """

    id: str
    capture: str
    verb: Verb
    by: str
    at: str
    to: str | None = None
    reason: str | None = None
    note: str | None = None


def note_custody(
    ledger: Ledger,
    capture_id: str,
    verb: Verb,
    *,
    by: str,
    to: str | None = None,
    reason: str | None = None,
    note: str | None = None,
    at: str | None = None,
) -> Custody:
    """Log what was done with a capture. Names and words go into a record, never into the log.

    Args:
        ledger: The ledger.
        capture_id: Its id, which may be shortened.
        verb: What was done.
        by: Who did it.
        to: To whom or where it went; needed for `transfer`.
        reason: Why; needed for `unlock` and `dispose`.
        note: What else is to be said.
        at: When it was done, UTC `2026-11-24T14:02:03Z`; by default now.

    Raises:
        CaptureUnknown: No capture, or more than one, has this id.
        UsageError: Something that this verb needs is missing, or it does not fit this capture.
        OutputUnwritable: The disk refused it.

    Source:
        Berkeley Protocol on Digital Open Source Investigations (2022), paragraph 167.
    """
    capture = read_capture(ledger, capture_id)
    _check(verb, capture.private, {"by": by, "to": to, "reason": reason})
    when = at or ledger.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    fields = {
        "capture": capture.id,
        "verb": verb,
        "by": by,
        "at": when,
        "to": to,
        "reason": reason,
        "note": note,
    }
    kept = {key: value for key, value in fields.items() if value is not None}
    record = seal_fields({"schema": CUSTODY_SCHEMA, **kept})
    keep_any_record(ledger, record, private=capture.private)
    refs: dict[str, str | int] = {"capture": capture.id}
    if capture.private:
        refs["private"] = 1
    append_deed(ledger, f"source.{verb}", record.id, refs)
    return Custody(record.id, capture.id, verb, by, when, to, reason, note)


def _check(verb: str, private: bool, given: Mapping[str, str | None]) -> None:
    if verb not in VERBS:
        raise UsageError(f"{verb!r} is no verb of custody. Use one of {', '.join(VERBS)}.")
    needed = {"transfer": ("by", "to"), "review": ("by",)}.get(verb, ("by", "reason"))
    missing = [name for name in needed if not (given[name] or "").strip()]
    if missing:
        raise UsageError(f"To log `{verb}`, say also: {', '.join(missing)}.")
    if verb == "unlock" and not private:
        raise UsageError("This capture is not private: its text is indexed already.")


def list_custody(ledger: Ledger, capture_id: str) -> list[Custody]:
    """Return what was done with a capture, in the order of the log.

    A record that cannot be read here (private, and the key is missing; erased) is given with its
    verb and the log's time alone.

    Raises:
        CaptureUnknown: No capture, or more than one, has this id.
        LogFaulty: The log is not as it was written.
    """
    capture = read_capture(ledger, capture_id)
    return [
        _to_custody(ledger, event)
        for event in read_deeds(ledger)
        if _verb_of(event) in VERBS and event.refs.get("capture") == capture.id
    ]


def _verb_of(event: Event) -> str:
    return event.act.partition("source.")[2]


def _to_custody(ledger: Ledger, event: Event) -> Custody:
    read = read_private_record if event.refs.get("private") == 1 else read_record
    try:
        values = read(ledger.store, event.obj).values
    except (KeyMissing, KeyRefused, ObjectMissing, ObjectFaulty, RecordFaulty):
        values = {}
    verb: Verb = _verb_of(event)  # type: ignore[assignment]  # the caller looked
    return Custody(
        id=event.obj,
        capture=str(event.refs["capture"]),
        verb=verb,
        by=values.get("by", ""),
        at=values.get("at", event.at),
        to=values.get("to"),
        reason=values.get("reason"),
        note=values.get("note"),
    )


def list_unlocked(ledger: Ledger) -> frozenset[str]:
    """Return the ids of the private captures that a person marked as ones that may be indexed."""
    return frozenset(
        str(event.refs["capture"])
        for event in read_deeds(ledger)
        if event.act == "source.unlock" and "capture" in event.refs
    )
