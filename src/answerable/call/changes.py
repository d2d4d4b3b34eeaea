"""Changes to a case, from the deeds by which they were filed: what the feed tells."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from answerable.call.citations import make_inert, tell_claim
from answerable.evidence.cases.filed_calls import FiledCorrection
from answerable.evidence.exchange.views import CaseView
from answerable.ledger.events import Event
from answerable.model.call import Change, ChangeKind, Correction
from answerable.model.dossier import ClaimEntry, Dossier

MOST_CHANGES = 100
"""Most changes that are told; older ones fall out of the feed."""


@dataclass(frozen=True, slots=True)
class Told:
    """What changes are told from.

    Args:
        view: What may be shown of the case; deeds of what may not are not in it.
        dossier: The dossier that was made of it.
        corrections: The filed corrections that are shown, with the lines shown of them.
    """

    view: CaseView
    dossier: Dossier
    corrections: tuple[tuple[FiledCorrection, Correction], ...] = ()


def list_changes(told: Told) -> tuple[Change, ...]:
    """Return the changes to a case, newest first, as far as what changed is shown.

    A claim is told with its claimant, its words and its answers as they stand now, also where the
    deed was an earlier one: what was reworded or withdrawn is not repeated.
    """
    found = [change for event in told.view.events for change in _tell(event, _index(told))]
    found += [_correct(filed, line) for filed, line in told.corrections]
    newest = sorted(found, key=lambda each: (each.at, each.id), reverse=True)
    return tuple(newest[:MOST_CHANGES])


@dataclass(frozen=True, slots=True)
class _Index:
    """Records to what is shown of them."""

    dossier: Dossier
    claims: Mapping[str, ClaimEntry]
    answers: Mapping[str, tuple[str, tuple[ClaimEntry, ...]]]
    decisions: Mapping[str, str]


def _index(told: Told) -> _Index:
    shown = {claim.name: claim for claim in told.dossier.claims}
    claims: dict[str, ClaimEntry] = {}
    answers: dict[str, tuple[str, tuple[ClaimEntry, ...]]] = {}
    for filed in told.view.claims:
        entry = shown.get(filed.claim.id)
        if entry is None:
            continue
        claims |= dict.fromkeys((*filed.before, filed.record), entry)
        for each in filed.rebuttals:
            _, before = answers.get(each.record, ("", ()))
            answers[each.record] = (each.rebuttal.id, (*before, entry))
    decisions = {each.record: each.decision.id for each in told.view.decisions}
    return _Index(told.dossier, claims, answers, decisions)


_CLAIM_ACTS: Mapping[str, tuple[ChangeKind, str]] = {
    "claim.file": ("filed", "Claim of {0} on {1}"),
    "claim.supersede": ("reworded", "Reworded: claim of {0} on {1}"),
}


def _tell(event: Event, index: _Index) -> Iterator[Change]:
    if event.act in _CLAIM_ACTS and event.obj in index.claims:
        yield _tell_claim(event, index.claims[event.obj], index, *_CLAIM_ACTS[event.act])
    elif event.act == "claim.retract" and str(event.refs.get("claim")) in index.claims:
        claim = index.claims[str(event.refs["claim"])]
        yield _tell_claim(event, claim, index, "retracted", "Retracted: claim of {0} on {1}")
    elif event.act == "rebuttal.file" and event.obj in index.answers:
        yield _tell_answer(event, index)
    elif event.act == "rebuttal.request":
        yield from _tell_request(event, index)
    elif event.act == "decision.file" and event.obj in index.decisions:
        yield _tell_decision(event, index)


def _make(
    event: Event, kind: ChangeKind, title: str, text: Iterable[str], ref: str | None
) -> Change:
    inert = "\n".join(make_inert(each) for each in text)
    return Change(name_record(event.obj, kind), event.at, kind, make_inert(title), inert, ref)


def name_record(record: str, kind: str) -> str:
    """Return the stable id of a change, made from the record that was filed.

    Example:
        >>> name_record("sha256:" + "0" * 64, "filed")
        'urn:uuid:0edc7473-7f67-57d1-98e8-ab454ded6b79'
    """
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'answerable:{kind}:{record}')}"


def _tell_claim(
    event: Event, claim: ClaimEntry, index: _Index, kind: ChangeKind, title: str
) -> Change:
    named = title.format(claim.claimant.name, claim.about.name)
    return _make(event, kind, named, tell_claim(claim, index.dossier), f"claim-{claim.name}")


def _tell_answer(event: Event, index: _Index) -> Change:
    """Tell an answer with the claims that it answers, since neither stands without the other."""
    name, claims = index.answers[event.obj]
    by = next(each.by.name for claim in claims for each in claim.answers if each.id == name)
    text = [line for claim in claims for line in tell_claim(claim, index.dossier)]
    return _make(event, "answered", f"Answer of {by}", text, f"claim-{claims[0].name}")


def _tell_request(event: Event, index: _Index) -> Iterator[Change]:
    named = event.refs.get("claims")
    records = named if isinstance(named, list) else []
    claims = [index.claims[str(each)] for each in records if str(each) in index.claims]
    if claims:
        text = [line for claim in claims for line in tell_claim(claim, index.dossier)]
        yield _make(event, "asked", "An answer was asked for", text, f"claim-{claims[0].name}")


def _tell_decision(event: Event, index: _Index) -> Change:
    name = index.decisions[event.obj]
    entry = next(each for each in index.dossier.decisions if each.id == name)
    text = [entry.decision, f"Ground as stated: {entry.ground}"]
    if entry.not_ground:
        text.append(f"Not stated as a ground: {entry.not_ground}")
    return _make(event, "decided", f"Decision of {entry.body}", text, f"decision-{name}")


def _correct(filed: FiledCorrection, line: Correction) -> Change:
    return Change(
        name_record(filed.record, "corrected"),
        filed.at,
        "corrected",
        make_inert(f"{_ACTIONS[line.action]} ({_GROUNDS[line.ground]})"),
        make_inert(line.what),
    )


_ACTIONS = {"corrected": "Correction", "removed": "Removal", "restored": "Restored"}
_GROUNDS = {
    "correction": "something was wrong",
    "court_order": "court order",
    "legal_letter": "letter of a lawyer",
    "safety": "safety of a person",
}
