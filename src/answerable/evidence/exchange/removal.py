"""Removal: what a takedown took out of every public file, taken out of the view they come from.

There is one place where it happens, so that no form of the case can forget it.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from answerable.evidence.cases.filed import FiledClaim, FiledDecision
from answerable.evidence.inventory import find_named
from answerable.ledger.events import Event
from answerable.model.claim import ReplyRequest

if TYPE_CHECKING:
    from answerable.evidence.exchange.views import CaseView


def leave_out(view: "CaseView", names: Collection[str]) -> "CaseView":
    """Return a view without the claims, answers and decisions of these names.

    Nothing of them is left: no reference to them, no deed by which they were filed, no source or
    sealed copy on which they alone rest. Their number is not told.

    Args:
        view: What may be shown of a case.
        names: Names within the case.
    """
    if not names:
        return view
    claims = tuple(_strip(each, names) for each in view.claims if each.claim.id not in names)
    decisions = tuple(each for each in view.decisions if each.decision.id not in names)
    hidden = _find_records(view, claims, decisions)
    kept = replace(view, claims=claims, decisions=decisions)
    used = {source.capture for source in kept.sources}
    captures = {key: each for key, each in view.captures.items() if key in used}
    hidden |= view.captures.keys() - captures.keys()
    events = tuple(each for each in view.events if not _names_any(each, hidden))
    return replace(kept, captures=captures, events=events)


def _strip(filed: FiledClaim, names: Collection[str]) -> FiledClaim:
    claim, retraction = filed.claim, filed.retraction
    if retraction is not None and retraction.superseded_by in names:
        retraction = replace(retraction, superseded_by=None)
    return replace(
        filed,
        claim=replace(claim, contested_by=_keep(claim.contested_by, names)),
        rebuttals=tuple(
            replace(
                each,
                rebuttal=replace(each.rebuttal, answers=_keep(each.rebuttal.answers, names)),
            )
            for each in filed.rebuttals
            if each.rebuttal.id not in names
        ),
        requests=tuple(_strip_request(each, names) for each in filed.requests),
        retraction=retraction,
    )


def _strip_request(request: ReplyRequest, names: Collection[str]) -> ReplyRequest:
    answer = None if request.answer in names else request.answer
    return replace(request, about=_keep(request.about, names), answer=answer)


def _keep(listed: tuple[str, ...], names: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in listed if each not in names)


def _find_records(
    view: "CaseView", claims: tuple[FiledClaim, ...], decisions: tuple[FiledDecision, ...]
) -> set[str]:
    """Return the records that stand in a view and in none of what is kept of it."""
    return _records(view.claims, view.decisions) - _records(claims, decisions)


def _records(claims: Iterable[FiledClaim], decisions: Iterable[FiledDecision]) -> set[str]:
    found = {each.record for each in decisions}
    for claim in claims:
        found |= {claim.record, *claim.before}
        found |= {each.record for each in claim.rebuttals}
    return found


def _names_any(event: Event, hidden: Collection[str]) -> bool:
    return any(each in hidden for each in find_named(event))
