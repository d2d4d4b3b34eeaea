"""What of a case may go to other programs: what was filed, as far as no private copy shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from answerable.evidence.cases.filed import FiledClaim, FiledDecision, FiledRebuttal
from answerable.ledger.events import Event
from answerable.model.capture import Capture, Source
from answerable.model.case import PublicDecision
from answerable.model.claim import Claim, Rebuttal

Quoting = TypeVar("Quoting", Claim, Rebuttal, PublicDecision)


@dataclass(frozen=True, slots=True)
class CaseView:
    """The part of a case that may leave the workspace.

    Everything in it was filed. Opinions are not in it: they are no claims. Claims that were
    retracted are in it with their retraction.

    Args:
        name: Name of the case.
        claims: With their answers, in the order of first filing.
        decisions: Of public bodies.
        captures: Those that may be shown, by id; never a private one.
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

    @property
    def rebuttals(self) -> tuple[FiledRebuttal, ...]:
        """Every answer once, though it may answer several claims."""
        found = {each.record: each for claim in self.claims for each in claim.rebuttals}
        return tuple(found.values())

    @property
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


def make_view(
    name: str,
    claims: Iterable[FiledClaim],
    decisions: Iterable[FiledDecision],
    captures: Iterable[Capture],
    events: Iterable[Event] = (),
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
        captures: All captures of the workspace; the private ones among them are left out.
        events: Deeds of the case; those done to private captures are left out.
    """
    shown = {each.id: each for each in captures if not each.private}
    kept_claims = [_open_claim(each, shown) for each in claims]
    kept_decisions = [_open_decision(each, shown) for each in decisions]
    return CaseView(
        name=name,
        claims=tuple(each for each in kept_claims if each is not None),
        decisions=tuple(each for each in kept_decisions if each is not None),
        captures=shown,
        events=tuple(each for each in events if each.refs.get("private") != 1),
        withheld=kept_claims.count(None) + kept_decisions.count(None),
    )


def _open_claim(filed: FiledClaim, shown: Mapping[str, Capture]) -> FiledClaim | None:
    sources = _open_sources(filed.sources, shown)
    if filed.sources and not sources:
        return None
    rebuttals = tuple(_open_rebuttal(each, shown) for each in filed.rebuttals)
    claim = _open_words(filed.claim, sources)
    return replace(filed, claim=claim, sources=sources, rebuttals=rebuttals)


def _open_rebuttal(filed: FiledRebuttal, shown: Mapping[str, Capture]) -> FiledRebuttal:
    sources = _open_sources(filed.sources, shown)
    return replace(filed, rebuttal=_open_words(filed.rebuttal, sources), sources=sources)


def _open_decision(filed: FiledDecision, shown: Mapping[str, Capture]) -> FiledDecision | None:
    sources = _open_sources(filed.sources, shown)
    if filed.sources and not sources:
        return None
    return replace(filed, decision=_open_words(filed.decision, sources), sources=sources)


def _open_sources(sources: tuple[Source, ...], shown: Mapping[str, Capture]) -> tuple[Source, ...]:
    return tuple(each for each in sources if each.capture is None or each.capture in shown)


def _open_words(entry: Quoting, sources: tuple[Source, ...]) -> Quoting:
    """Leave out the quotations and keys of sources that may not be shown, or are pending."""
    keys = {each.key for each in sources}
    sealed = {each.key for each in sources if each.capture is not None}
    return replace(
        entry,
        passages=tuple(each for each in entry.passages if each.source in sealed),
        sources=tuple(each for each in entry.sources if each in keys),
    )
