"""What of a case may go to other programs: what was filed, as far as no private copy shows."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from answerable.evidence.capture_records import list_captures
from answerable.evidence.cases.corrected import find_removed
from answerable.evidence.cases.filed import (
    FiledClaim,
    FiledDecision,
    FiledRebuttal,
    filed_claims,
    filed_decisions,
)
from answerable.evidence.cases.filed_calls import filed_corrections
from answerable.evidence.exchange.removal import leave_out
from answerable.evidence.inventory import take_inventory
from answerable.evidence.packages.contents import Choice, gather
from answerable.evidence.packages.quoted import find_quoted
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger
from answerable.model.capture import Capture, Source
from answerable.model.case import PublicDecision
from answerable.model.claim import Claim, Rebuttal
from answerable.model.passage import Passage

_CAPTURES = frozenset({"source.collect", "source.import"})
"""Deeds by which a capture comes in."""

Quoting = TypeVar("Quoting", Claim, Rebuttal, PublicDecision)


@dataclass(frozen=True)  # no slots: what is asked for often is worked out once
class CaseView:
    """The part of a case that may leave the workspace.

    Everything in it was filed. Opinions are not in it: they are no claims. Claims that were
    retracted are in it with their retraction.

    Args:
        name: Name of the case.
        claims: With their answers, in the order of first filing.
        decisions: Of public bodies.
        captures: Those of the case that may be shown, by id; never a private one.
        events: The deeds of this case, in the order of the log.
        withheld: How many claims and decisions were left out because they rest on private
            captures alone.
    """

    name: str
    claims: tuple[FiledClaim, ...]
    decisions: tuple[FiledDecision, ...]
    captures: Mapping[str, Capture]
    events: tuple[Event, ...] = ()
    withheld: int = 0

    @cached_property
    def named(self) -> dict[str, FiledClaim]:
        """The claims by their names within the case."""
        return {each.claim.id: each for each in self.claims}

    @cached_property
    def rebuttals(self) -> tuple[FiledRebuttal, ...]:
        """Every answer once, though it may answer several claims."""
        found = {each.record: each for claim in self.claims for each in claim.rebuttals}
        return tuple(found.values())

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source once, in the order in which claims, answers and decisions name them."""
        named = (
            *(source for each in self.claims for source in each.sources),
            *(source for each in self.rebuttals for source in each.sources),
            *(source for each in self.decisions for source in each.sources),
        )
        found = {source.key: source for source in reversed(named)}
        return tuple(found[key] for key in dict.fromkeys(source.key for source in named))

    def capture_of(self, source: Source) -> Capture | None:
        """Return the sealed copy of a source, None while it is pending."""
        return self.captures.get(source.capture or "")


def view_case(ledger: Ledger, name: str, *, without: Collection[str] = ()) -> CaseView:
    """Return what may be shown of a case, from the log and the records.

    It is what a package of the case holds: what was filed, what is not private, and the words
    that stand in their sealed texts; without what a takedown removed (`corrections.yaml`).

    Args:
        ledger: The ledger of a workspace.
        name: Name of the case.
        without: Ids of captures that are left out besides the private ones, with what rests on
            them alone.

    Raises:
        PackageRefused: No such case was opened.
        LogFaulty, RecordFaulty, ObjectFaulty, ObjectMissing: Something is not as it was sealed.

    Cost:
        Reads the log a few times, the records of all cases, and the texts that are quoted.
    """
    contents = gather(ledger, take_inventory(ledger), name, Choice())
    states = find_quoted(ledger, contents)
    records = {record.id: record for record in contents.records}
    standing = {
        _place(records[record_id].values["passages"][number])
        for (record_id, number), state in states.items()
        if state == "ok"
    }
    view = make_view(
        name,
        filed_claims(ledger, name),
        filed_decisions(ledger, name),
        [each for each in list_captures(ledger) if each.id not in without],
        contents.events,
        lambda passage: _place(passage.as_dict()) in standing,
    )
    return leave_out(view, find_removed(filed_corrections(ledger, name)))


def _place(passage: Mapping[str, object]) -> tuple[object, ...]:
    return tuple(passage.get(name) for name in ("text", "start", "end", "quote"))


def make_view(
    name: str,
    claims: Iterable[FiledClaim],
    decisions: Iterable[FiledDecision],
    captures: Iterable[Capture],
    events: Iterable[Event] = (),
    quotable: Callable[[Passage], bool] = lambda _: True,
) -> CaseView:
    """Return what may be shown of a case: without what rests on private captures.

    A source whose capture is private, or unknown, is left out with the words quoted from it. What
    then rests on no source at all is left out whole, since it may paraphrase what is private. An
    answer stays wherever the claim stays that it answers, without its words where its source is
    private: no claim goes out without its answer.

    Args:
        name: Name of the case.
        claims: As filed.
        decisions: As filed.
        captures: The captures of the workspace; those that are private, erased or locked are
            left out, and those of other cases on which nothing here rests.
        events: Deeds of the case; those done to captures that are not shown are left out.
        quotable: Whether words still stand in their stored text; others are not shown.
    """
    gate = _Gate({each.id: each for each in captures if each.parts and not each.private}, quotable)
    kept_claims = [gate.open_claim(each) for each in claims]
    kept_decisions = [gate.open_decision(each) for each in decisions]
    return CaseView(
        name=name,
        claims=tuple(each for each in kept_claims if each is not None),
        decisions=tuple(each for each in kept_decisions if each is not None),
        captures={
            each.id: each
            for each in gate.captures.values()
            if each.case == name or each.id in gate.used
        },
        events=tuple(each for each in events if _is_open(each, gate.captures)),
        withheld=kept_claims.count(None) + kept_decisions.count(None),
    )


def _is_open(event: Event, shown: Mapping[str, Capture]) -> bool:
    """Tell whether a deed was done to nothing, or to a capture that is shown."""
    capture = event.obj if event.act in _CAPTURES else event.refs.get("capture", "")
    return event.refs.get("private") != 1 and (not capture or capture in shown)


class _Gate:
    """Lets through what may be shown, and notes which captures that rests on."""

    def __init__(
        self, captures: Mapping[str, Capture], quotable: Callable[[Passage], bool]
    ) -> None:
        self.captures = captures
        self.used: set[str] = set()
        self._quotable = quotable

    def open_claim(self, filed: FiledClaim) -> FiledClaim | None:
        sources = self._open_sources(filed.sources)
        if filed.sources and not sources:
            return None
        rebuttals = tuple(self._open_rebuttal(each) for each in filed.rebuttals)
        claim = self._open_words(filed.claim, sources)
        return replace(filed, claim=claim, sources=sources, rebuttals=rebuttals)

    def open_decision(self, filed: FiledDecision) -> FiledDecision | None:
        sources = self._open_sources(filed.sources)
        if filed.sources and not sources:
            return None
        decision = self._open_words(filed.decision, sources)
        return replace(filed, decision=decision, sources=sources)

    def _open_rebuttal(self, filed: FiledRebuttal) -> FiledRebuttal:
        sources = self._open_sources(filed.sources)
        rebuttal = self._open_words(filed.rebuttal, sources)
        return replace(filed, rebuttal=rebuttal, sources=sources)

    def _open_sources(self, sources: tuple[Source, ...]) -> tuple[Source, ...]:
        kept = tuple(
            each for each in sources if each.capture is None or each.capture in self.captures
        )
        self.used |= {each.capture for each in kept if each.capture is not None}
        return kept

    def _open_words(self, entry: Quoting, sources: tuple[Source, ...]) -> Quoting:
        """Leave out the words and keys of sources that may not be shown, or are pending."""
        keys = {each.key for each in sources}
        sealed = {each.key for each in sources if each.capture is not None}
        return replace(
            entry,
            passages=tuple(
                each for each in entry.passages if each.source in sealed and self._quotable(each)
            ),
            sources=tuple(each for each in entry.sources if each in keys),
        )
