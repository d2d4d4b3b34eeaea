"""What has been filed, as nouns: claims with all that travels with them, decisions, views."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from answerable.evidence.cases import sealed
from answerable.evidence.cases.entries import Entry, Filed, replay_filed
from answerable.ledger.log import Ledger
from answerable.model.capture import Source
from answerable.model.case import Opinion, PublicDecision
from answerable.model.claim import Claim, Rebuttal, ReplyRequest, Retraction

Answer = Literal["answered", "requested", "none_found"]


@dataclass(frozen=True, slots=True)
class FiledRebuttal:
    """A rebuttal as filed.

    Args:
        record: Id of its record.
        at: When it was filed, UTC.
        rebuttal: What is answered.
        sources: The sources it rests on.
    """

    record: str
    at: str
    rebuttal: Rebuttal
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class FiledClaim:
    """A claim as filed, with all that travels with it.

    It says that the claimant said so, with which words, and what was answered; not that it is so.

    Args:
        id: Its id for others, `claim:` and the id of its newest record.
        record: Id of its newest record.
        case: Name of its case.
        at: When that record was filed, UTC.
        claim: The claim, with the newest grade and review.
        sources: The sources it rests on.
        rebuttals: What answers it.
        requests: Who was asked for an answer to it.
        retraction: That it no longer stands, else None.
        before: Ids of the records that it superseded, oldest first.
        erased: Ids of records of answers to it of which something was erased since.
        first_at: When it was first filed, UTC; empty if that is `at`.
    """

    id: str
    record: str
    case: str
    at: str
    claim: Claim
    sources: tuple[Source, ...]
    rebuttals: tuple[FiledRebuttal, ...] = ()
    requests: tuple[ReplyRequest, ...] = ()
    retraction: Retraction | None = None
    before: tuple[str, ...] = ()
    erased: tuple[str, ...] = ()
    first_at: str = ""

    @property
    def pending(self) -> tuple[Source, ...]:
        """The sources that have no sealed copy; to be said wherever the claim is shown."""
        return tuple(source for source in self.sources if source.capture is None)

    @property
    def answer(self) -> Answer:
        """Whether an answer stands beside it, was asked for, or none was found in our sources."""
        if self.rebuttals or self.erased:
            return "answered"
        return "requested" if self.requests else "none_found"


@dataclass(frozen=True, slots=True)
class FiledDecision:
    """A decision of a public body as filed, with its record, time and sources."""

    record: str
    at: str
    case: str
    decision: PublicDecision
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class FiledDescription:
    """What a case says of itself, as filed.

    Args:
        record: Id of its record.
        at: When it was filed, UTC.
        case: Name of the case.
        title, editors, language, summary, not_shown: As in `Case`.
        claims: Names of its claims in the order of its editors.
    """

    record: str
    at: str
    case: str
    title: str
    editors: tuple[str, ...]
    language: str
    summary: str
    not_shown: tuple[str, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FiledOpinion:
    """An author's view as filed, with its record and time."""

    record: str
    at: str
    case: str
    opinion: Opinion


def filed_claims(ledger: Ledger, case: str | None = None) -> list[FiledClaim]:
    """Return the claims that were filed, each in its newest state with what answers it.

    Args:
        ledger: The ledger of a workspace.
        case: Name of a case; by default all.

    Returns:
        In the order of first filing. Retracted claims are among them, with their retraction: who
        shows claims must show that, or leave them out. A claim whose record was erased is not.

    Raises:
        LogFaulty: The log was edited.
        ObjectMissing, RecordFaulty: A record is not there, or not the one that was sealed.
    """
    filed = replay_filed(ledger)
    rebuttals = _by_claim(filed, "rebuttal", "answers")
    requests = _by_claim(filed, "reply_request", "about")
    return [_join(filed, entry, rebuttals, requests) for entry in filed.of("claim", case)]


Answers = Mapping[tuple[str, str], list[Entry]]
"""Case and id of a claim to the entries that answer it or ask about it."""


def _by_claim(filed: Filed, kind: str, name: str) -> Answers:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in filed.of(kind):
        for claim in entry.values.get(name, ()):
            found.setdefault((entry.values["case"], claim), []).append(entry)
    return found


def _join(filed: Filed, entry: Entry, rebuttals: Answers, requests: Answers) -> FiledClaim:
    fields = dict(entry.values)
    case, name = fields["case"], fields["id"]
    claim = sealed.open_claim(fields)
    grade, review = (_judgement(filed, kind, entry) for kind in ("grade", "review"))
    return FiledClaim(
        id=f"claim:{entry.record}",
        record=entry.record,
        case=case,
        at=entry.at,
        claim=replace(
            claim,
            grade=sealed.open_grade(grade) if grade else None,
            review=sealed.open_review(review) if review else None,
        ),
        sources=sealed.open_sources(fields),
        rebuttals=tuple(_open_rebuttal(each) for each in rebuttals.get((case, name), ())),
        requests=tuple(
            sealed.open_request(dict(each.values)) for each in requests.get((case, name), ())
        ),
        retraction=_retraction(filed, entry),
        before=entry.before,
        erased=tuple(_erased_answers(filed, entry)),
        first_at=entry.first_at,
    )


def _judgement(filed: Filed, kind: str, entry: Entry) -> dict[str, Any] | None:
    """Return the newest grade or review, if it was given for this very record of the claim."""
    found = filed.find(kind, entry.values["case"], entry.values["id"])
    return dict(found.values) if found and found.refs.get("claim") == entry.record else None


def _retraction(filed: Filed, entry: Entry) -> Retraction | None:
    """Return the retraction of a claim; one that was erased still says that it was retracted."""
    name = entry.values["id"]
    found = filed.find("retraction", entry.values["case"], name)
    if found is not None:
        return sealed.open_retraction(dict(found.values))
    for each in filed.erased:
        if each.kind == "retraction" and each.refs.get("claim") in _records(entry):
            return Retraction(claim=name, on=each.at[:10], by="(erased)", why="(erased)")
    return None


def _records(entry: Entry) -> tuple[str, ...]:
    return (*entry.before, entry.record)


def _erased_answers(filed: Filed, entry: Entry) -> Iterator[str]:
    for each in filed.erased:
        claims = each.refs.get("claims")
        if each.kind == "rebuttal" and set(claims if isinstance(claims, list) else ()) & set(
            _records(entry)
        ):
            yield each.record


def _open_rebuttal(entry: Entry) -> FiledRebuttal:
    fields = dict(entry.values)
    rebuttal = sealed.open_rebuttal(fields)
    return FiledRebuttal(entry.record, entry.at, rebuttal, sealed.open_sources(fields))


def filed_decisions(ledger: Ledger, case: str | None = None) -> list[FiledDecision]:
    """Return the decisions of public bodies that were filed, in the order of first filing."""
    return [
        FiledDecision(
            record=entry.record,
            at=entry.at,
            case=entry.values["case"],
            decision=sealed.open_decision(dict(entry.values)),
            sources=sealed.open_sources(dict(entry.values)),
        )
        for entry in replay_filed(ledger).of("decision", case)
    ]


def filed_description(ledger: Ledger, case: str) -> FiledDescription | None:
    """Return what a case says of itself, None where nothing was filed, or something was erased."""
    found = replay_filed(ledger).find("description", case)
    if found is None:
        return None
    values = found.values
    return FiledDescription(
        record=found.record,
        at=found.at,
        case=case,
        title=values["title"],
        editors=tuple(values["editors"]),
        language=values["language"],
        summary=values["summary"],
        not_shown=tuple(values["not_shown"]),
        claims=tuple(values.get("claims") or ()),
    )


def filed_opinions(ledger: Ledger, case: str | None = None) -> list[FiledOpinion]:
    """Return the views that were filed under their authors' names; they are no claims."""
    return [
        FiledOpinion(
            entry.record,
            entry.at,
            entry.values["case"],
            sealed.open_opinion(dict(entry.values)),
        )
        for entry in replay_filed(ledger).of("opinion", case)
    ]
