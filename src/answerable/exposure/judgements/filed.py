"""What was judged and resolved, replayed from the log."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from answerable.exposure.judgements.records import (
    open_agreement,
    open_judgement,
    open_resolution,
    open_withdrawal,
)
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_deeds, read_lines
from answerable.ledger.objects import read_record
from answerable.model.judgement import Judgement, Resolution, Withdrawal

_ABOUT = (b'{"act":"judgement.', b'{"act":"resolution.')

Filed = TypeVar("Filed", Judgement, Resolution)


def read_judgements(ledger: Ledger) -> list[Judgement]:
    """Return the judgements that were filed, in the order of the log, with what became of them.

    Replaced and withdrawn ones are among them, and say so. One of which the verdict, the finding
    or either side was erased is not: it can no longer be told of what it was.

    Args:
        ledger: The ledger of a workspace.

    Raises:
        LogFaulty: The log was edited.
        ObjectMissing, RecordFaulty: A record is not there, or not the one that was sealed.

    Cost:
        Where nothing was judged, the log's lines are looked through and not read: 100,000 take
        60 ms. Else two small files for each deed.
    """
    return _replay(ledger)[0]


def read_resolutions(ledger: Ledger) -> list[Resolution]:
    """Return what was resolved, in the order of the log, with what became of it.

    Raises:
        LogFaulty, ObjectMissing, RecordFaulty: As `read_judgements`.
    """
    return _replay(ledger)[1]


def _replay(ledger: Ledger) -> tuple[list[Judgement], list[Resolution]]:
    judgements: dict[str, Judgement] = {}
    resolutions: dict[str, Resolution] = {}
    for event, values in _read_deeds(ledger):
        seen = (event.obj, event.by, event.at, values)
        of = str(event.refs.get("of", ""))
        if event.act == "judgement.file" and _tells(
            values, "finding company verdict supplier listed"
        ):
            judgements[event.obj] = open_judgement(*seen)
        elif event.act == "resolution.file" and _tells(values, "finding"):
            resolutions[event.obj] = open_resolution(*seen)
        elif event.act == "judgement.agree" and of in judgements:
            agreed = (*judgements[of].agreements, open_agreement(*seen))
            judgements[of] = replace(judgements[of], agreements=agreed)
        elif event.act == "judgement.withdraw" and of in judgements:
            judgements[of] = _withdraw(judgements[of], open_withdrawal(*seen))
        elif event.act == "resolution.withdraw" and of in resolutions:
            resolutions[of] = _withdraw(resolutions[of], open_withdrawal(*seen))
    return _chain(judgements.values()), _chain(resolutions.values())


def _withdraw(filed: Filed, withdrawal: Withdrawal) -> Filed:
    return replace(filed, withdrawal=withdrawal)


def _chain(filed: Any) -> list[Any]:
    """Note of each what took its place: the next of the same match, or of the same finding."""
    later: dict[tuple[str, str], str] = {}
    told = []
    for each in reversed(list(filed)):
        key = (each.finding, getattr(each, "company", ""))
        told.append(replace(each, replaced_by=later.get(key)))
        later[key] = each.id
    return told[::-1]


def _tells(values: dict[str, Any], names: str) -> bool:
    return all(name in values for name in names.split())


def _read_deeds(ledger: Ledger) -> Iterator[tuple[Event, dict[str, Any]]]:
    if not _has_any(ledger):
        return
    for event in read_deeds(ledger):
        if event.act.startswith(("judgement.", "resolution.")):
            yield event, read_record(ledger.store, event.obj).values


def _has_any(ledger: Ledger) -> bool:
    return any(line.startswith(_ABOUT) for line in read_lines(ledger.path))
