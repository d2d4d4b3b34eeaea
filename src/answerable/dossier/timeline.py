"""The timeline: what was decided, said, answered and asked, in the order of days.

A line about a claim tells who spoke of whom and whether that was answered, and leads to its entry.
It does not repeat what is claimed: that stands in the entry alone, with its answers.
"""

from collections.abc import Iterable, Iterator, Mapping

from answerable.dossier.words import say_asked, say_reply
from answerable.model.dossier import ClaimEntry, DecisionEntry, Document, Moment


def lay_out(
    claims: Iterable[ClaimEntry],
    decisions: Iterable[DecisionEntry],
    documents: Iterable[Document],
    more: Iterable[Moment] = (),
) -> tuple[Moment, ...]:
    """Return a timeline.

    Args:
        claims: Each stands at the day on which its first document was published; without any, it
            is in no line.
        decisions: At the day on which they were taken.
        documents: Those that the entries refer to.
        more: Other lines, such as listings.

    Returns:
        By day, what is only dated to a year or month before its days; then as given.
    """
    published = {each.number: each.published for each in documents if each.published}
    found = [*more, *map(_decided, decisions)]
    asked: dict[tuple[str, str, str], Moment] = {}
    for claim in claims:
        found.extend(_told(claim, published))
        asked |= {(each.who, each.when, each.text): each for each in _asked(claim)}
    found = _once([*found, *asked.values()])
    return tuple(sorted(found, key=lambda each: each.when.partition("/")[0]))


def _once(moments: Iterable[Moment]) -> list[Moment]:
    """Drop what is told twice, such as one answer to several claims: the first entry is linked."""
    found: dict[tuple[str, str, str, str], Moment] = {}
    for each in moments:
        found.setdefault((each.when, each.kind, each.who, each.text), each)
    return list(found.values())


def _decided(decision: DecisionEntry) -> Moment:
    text = f"{decision.decision} Ground as stated: {decision.ground}"
    return Moment(decision.decided_on, "decision", decision.body, text, f"decision-{decision.id}")


def _told(claim: ClaimEntry, published: Mapping[int, str]) -> Iterator[Moment]:
    ref = f"claim-{claim.name}"
    days = [published[number] for number in claim.documents if number in published]
    if days:
        subject = f"On {claim.about.name}: {claim.predicate_words}"
        text = f"{subject}; {'retracted; ' if claim.retraction else ''}{say_reply(claim)}."
        yield Moment(min(days), "claim", claim.claimant.name, text, ref)
    for answer in claim.answers:
        if answer.said_on:
            yield Moment(answer.said_on, "answer", answer.by.name, answer.statement, ref)


def _asked(claim: ClaimEntry) -> Iterator[Moment]:
    for request in claim.requests:
        asked = say_asked(request, whole=True)
        text = f"{asked[0].upper()}{asked[1:]}."
        yield Moment(request.asked_on, "request", request.to.name, text, f"claim-{claim.name}")
