"""What has been filed: the newest state of every entry, replayed from the log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from answerable.evidence.cases import sealed
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_deeds
from answerable.ledger.objects import read_record
from answerable.model.capture import Source
from answerable.model.case import Opinion, PublicDecision
from answerable.model.claim import Claim, Rebuttal, ReplyRequest, Retraction

Key = tuple[str, ...]
"""Kind, case, and what tells an entry from others of its kind."""

Answer = Literal["answered", "requested", "none_found"]

ACTS = {
    "claim.file": "claim",
    "claim.supersede": "claim",
    "claim.grade": "grade",
    "claim.review": "review",
    "claim.retract": "retraction",
    "rebuttal.file": "rebuttal",
    "rebuttal.request": "reply_request",
    "decision.file": "decision",
    "opinion.file": "opinion",
}
"""The deeds by which entries of a case are filed, and what each files."""

IDENTITY = {
    "claim": ("id",),
    "rebuttal": ("id",),
    "decision": ("id",),
    "grade": ("claim",),
    "review": ("claim",),
    "retraction": ("claim",),
    "reply_request": ("to", "asked_on", "way"),
    "opinion": ("by", "on"),
}
"""The fields by which an entry is the same one when it is filed again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The newest record of one entry.

    Args:
        kind: What it is, such as `claim`.
        record: Id of the record.
        at: When it was filed, UTC.
        values: Its fields.
        refs: What its deed refers to.
        before: Ids of the records that it followed, oldest first.
    """

    kind: str
    record: str
    at: str
    values: Mapping[str, Any]
    refs: Mapping[str, Any] = field(default_factory=dict)
    before: tuple[str, ...] = ()


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
class FiledOpinion:
    """An author's view as filed, with its record and time."""

    record: str
    at: str
    case: str
    opinion: Opinion


@dataclass(frozen=True, slots=True)
class Filed:
    """All entries of all cases that were filed, each in its newest state.

    Args:
        entries: By kind, case and identity, in the order of their first filing.
        erased: Records of which a field was erased or is withheld; they are in no other list.
    """

    entries: Mapping[Key, Entry]
    erased: tuple[Entry, ...] = ()

    def of(self, kind: str, case: str | None = None) -> Iterator[Entry]:
        """Give the entries of a kind, of one case or of all."""
        for key, entry in self.entries.items():
            if key[0] == kind and case in (None, key[1]):
                yield entry

    def find(self, kind: str, case: str, *identity: str) -> Entry | None:
        """Return one entry, None where it was never filed."""
        return self.entries.get((kind, case, *identity))


def replay_filed(ledger: Ledger) -> Filed:
    """Return everything that was filed, by reading the log and its records.

    Raises:
        LogFaulty: The log was edited.
        ObjectMissing, RecordFaulty: A record is not there, or not the one that was sealed.

    Cost:
        Reads two small files for each deed of a case.
    """
    entries: dict[Key, Entry] = {}
    erased: list[Entry] = []
    for event in read_deeds(ledger):
        if event.act in ACTS:
            entry = _open(ledger, event)
            key = identify(entry.kind, entry.values)
            if key is None:
                erased.append(entry)
                _forget(entries, entry.refs.get("before"))
            else:
                entries[key] = _follow(entries.get(key), entry)
    return Filed(entries, tuple(erased))


def _open(ledger: Ledger, event: Event) -> Entry:
    record = read_record(ledger.store, event.obj)
    values = {} if record.withheld else record.values
    return Entry(ACTS[event.act], event.obj, event.at, values, event.refs)


def _follow(before: Entry | None, entry: Entry) -> Entry:
    return replace(entry, before=(*before.before, before.record)) if before else entry


def _forget(entries: dict[Key, Entry], record: Any) -> None:
    """Drop the entry of a record: what took its place was erased, and it does not come back."""
    for key in [key for key, entry in entries.items() if entry.record == record]:
        del entries[key]


def identify(kind: str, values: Mapping[str, Any]) -> Key | None:
    """Return what tells an entry from others, None where its fields do not tell.

    Example:
        >>> identify("grade", {"case": "lakeside", "claim": "first", "by": "A. Editor"})
        ('grade', 'lakeside', 'first')
    """
    parts = [values.get("case"), *(values.get(name) for name in IDENTITY[kind])]
    texts = [part.get("name") if isinstance(part, dict) else part for part in parts]
    told = tuple(text for text in texts if isinstance(text, str))
    return (kind, *told) if len(told) == len(texts) else None


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
