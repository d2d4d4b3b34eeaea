"""Filing: each judgement and resolution becomes a sealed record and a deed; undo is another."""

from collections.abc import Mapping
from typing import Any

from answerable.exposure.judgements.records import (
    AGREEMENT,
    JUDGEMENT,
    RESOLUTION,
    WITHDRAWAL,
    open_agreement,
    open_judgement,
    open_resolution,
    open_withdrawal,
    seal_basis,
    seal_supplier,
)
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.objects import keep_record
from answerable.ledger.records import seal_fields
from answerable.model.judgement import (
    Agreement,
    Basis,
    Judgement,
    Resolution,
    Verdict,
    Withdrawal,
)

Fields = dict[str, Any]


def file_judgement(
    ledger: Ledger,
    finding: str,
    verdict: Verdict,
    why: str,
    basis: Basis,
    *,
    name: str | None = None,
    until: str | None = None,
) -> Judgement:
    """File a judgement; when this returns, it is on the disk.

    Words and names go into a sealed record; the log holds its id alone.

    Args:
        ledger: The ledger of a workspace.
        finding: Id of the finding.
        verdict: `same`, `different` or `unsure`.
        why: The reason, in the reviewer's words.
        basis: What it rests on.
        name: The name the reviewer chooses to be known by.
        until: Last day on which it counts, ISO.

    Raises:
        DeedRefused, LogBusy, LogFaulty, OutputUnwritable: See `append_deed`.
    """
    fields: Fields = {
        "finding": finding,
        "company": basis.company["id"],
        "verdict": verdict,
        "why": why,
        **seal_basis(basis),
        "name": name,
        "until": until,
    }
    event, kept = _file(ledger, "judgement.file", JUDGEMENT, fields)
    return open_judgement(event.obj, event.by, event.at, kept)


def file_agreement(
    ledger: Ledger, judgement: Judgement, why: str, *, name: str | None = None
) -> Agreement:
    """File that another reviewer came to the same verdict."""
    fields = {"judgement": judgement.id, "why": why, "name": name}
    event, kept = _file(ledger, "judgement.agree", AGREEMENT, fields, of=judgement.id)
    return open_agreement(event.obj, event.by, event.at, kept)


def file_withdrawal(
    ledger: Ledger, filed: Judgement | Resolution, why: str, *, name: str | None = None
) -> Withdrawal:
    """File that a judgement or resolution is taken back; what stood before it stays replaced."""
    kind = "judgement" if isinstance(filed, Judgement) else "resolution"
    fields = {"of": filed.id, "why": why, "name": name}
    event, kept = _file(ledger, f"{kind}.withdraw", WITHDRAWAL, fields, of=filed.id)
    return open_withdrawal(event.obj, event.by, event.at, kept)


def file_resolution(
    ledger: Ledger,
    finding: str,
    resolution: str,
    why: str,
    supplier: Mapping[str, Any],
    *,
    conditions: tuple[str, ...] = (),
    next_review: str | None = None,
    name: str | None = None,
    screening: str = "",
) -> Resolution:
    """File what the buyer resolved about a finding; when this returns, it is on the disk."""
    fields: Fields = {
        "finding": finding,
        "resolution": resolution,
        "why": why,
        "supplier": seal_supplier(supplier),
        "conditions": list(conditions),
        "next_review": next_review,
        "name": name,
        "screening": screening,
    }
    event, kept = _file(ledger, "resolution.file", RESOLUTION, fields)
    return open_resolution(event.obj, event.by, event.at, kept)


def _file(
    ledger: Ledger, act: str, schema: str, fields: Fields, of: str | None = None
) -> tuple[Event, Fields]:
    kept = {name: value for name, value in fields.items() if value is not None}
    record = seal_fields({"schema": schema, **kept})
    keep_record(ledger.store, record)
    event = append_deed(ledger, act, record.id, {"of": of} if of else {})
    return event, record.values
