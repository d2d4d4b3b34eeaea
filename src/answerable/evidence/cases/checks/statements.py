"""Statements: whose they are, in whose words, about whom, with what figure."""

import re
from collections.abc import Iterator

from answerable.engine.yaml_text import Path
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.quoting import each_quoting, name_quoting
from answerable.evidence.cases.vocabulary import predicates
from answerable.model.case import PublicDecision
from answerable.model.claim import Claim

STATE_BODIES = ("government", "parliament", "court", "agency", "police", "other")
_PRIVATE = ("author", "spokesperson")
_LONG_QUOTE = 8


def check_statements(draft: Draft) -> Iterator[Fault]:
    """Give claims that are not a source's, not in our words, about persons, or without figure."""
    editors = {_plain(name) for name in draft.case.editors}
    for i, claim in enumerate(draft.case.claims):
        way: Path = ("claims", i)
        if _plain(claim.claimant.name) in editors:
            yield draft.fault(
                (*way, "claimant"),
                "own_view",
                f"Claim {claim.id} is said by an editor of this case.",
                "A claim is what a source says. Move your own view to opinions.yaml.",
            )
        yield from _check_about(draft, way, claim)
        yield from _check_object(draft, way, claim)
        yield from _check_figure(draft, way, claim)
    yield from _check_words(draft)
    yield from _check_reviews(draft)
    if not draft.case.claims and not draft.left_out and "claims" not in draft.unread:
        yield draft.fault(
            ("claims",),
            "no_claims",
            "There are no claims yet.",
            "Write the first in claims.yaml; what is filed without any shows nothing to a reader.",
            "warning",
            "claims.yaml",
        )


def _check_about(draft: Draft, way: Path, claim: Claim) -> Iterator[Fault]:
    kind = claim.about.kind
    where = (*way, "about")
    if kind in _PRIVATE:
        yield draft.fault(
            where,
            "about_a_person",
            f"Claim {claim.id} is about a person.",
            "Say whom the person speaks for; nobody is identified or profiled here.",
        )
    elif kind == "official":
        yield draft.fault(
            where,
            "about_an_official",
            f"Claim {claim.id} is about an official.",
            "Name the office or body where that is what the source speaks of.",
            "warning",
        )
    elif kind is None and claim.about.company is None:
        yield draft.fault(
            where,
            "kind_missing",
            f"Claim {claim.id} does not say what {claim.about.name} is.",
            "Write it as a map with name and kind, such as {name: …, kind: company}.",
            "warning",
        )
    if predicates()[claim.predicate].about == "state" and kind not in (*STATE_BODIES, None):
        yield draft.fault(
            where,
            "not_a_state_body",
            f"{claim.predicate} is a word for bodies of states, and {claim.about.name} is none.",
            "Use another word of docs/predicates.md.",
        )


def _check_object(draft: Draft, way: Path, claim: Claim) -> Iterator[Fault]:
    need = predicates()[claim.predicate].object
    if need == "needed" and claim.object is None:
        yield draft.fault(
            (*way, "predicate"),
            "object_missing",
            f"Claim {claim.id} says {claim.predicate}, but not to whom or what.",
            "Add object.",
        )
    elif need == "none" and claim.object is not None:
        yield draft.fault(
            (*way, "object"),
            "object_needless",
            f"{claim.predicate} takes no object.",
            "Delete it, or use another predicate.",
        )


def _check_figure(draft: Draft, way: Path, claim: Claim) -> Iterator[Fault]:
    figure = claim.figure
    if figure is None:
        if claim.predicate == "estimated_number":
            yield draft.fault(
                (*way, "predicate"),
                "figure_missing",
                f"Claim {claim.id} gives no figure.",
                "Add figure with minimum, maximum or both, and unit.",
            )
        return
    low, high = figure.get("minimum"), figure.get("maximum")
    if low is not None and high is not None and low > high:
        yield draft.fault(
            (*way, "figure"),
            "figure_reversed",
            f"The least, {low:,}, is more than the most, {high:,}.",
            "Turn the two round.",
        )
    if low is None and high is None and not figure.get("words"):
        yield draft.fault(
            (*way, "figure"),
            "figure_empty",
            f"The figure of claim {claim.id} has no number.",
            "Add minimum or maximum, or say in words why there is none.",
        )


def _check_words(draft: Draft) -> Iterator[Fault]:
    for way, entry in each_quoting(draft.case):
        field = "decision" if isinstance(entry, PublicDecision) else "statement"
        statement = _plain(getattr(entry, field))
        for passage in entry.passages:
            quote = _plain(passage.quote)
            if quote and quote == statement:
                yield draft.fault(
                    (*way, field),
                    "statement_quoted",
                    f"{name_quoting(way, entry)} repeats the quotation as its statement.",
                    "Say it in your own words; the quotation stands beside it.",
                )
            elif len(quote.split()) >= _LONG_QUOTE and quote in statement:
                yield draft.fault(
                    (*way, field),
                    "statement_quotes",
                    f"{name_quoting(way, entry)} holds the quotation within its statement.",
                    "Say it in your own words; the quotation stands beside it.",
                    "warning",
                )


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())


def _check_reviews(draft: Draft) -> Iterator[Fault]:
    retracted = {retraction.claim for retraction in draft.case.retractions}
    open_ones = [
        (i, claim.id)
        for i, claim in enumerate(draft.case.claims)
        if claim.review is None and claim.id not in retracted
    ]
    if open_ones:
        ids = ", ".join(name for _, name in open_ones[:5])
        more = f" and {len(open_ones) - 5} more" if len(open_ones) > 5 else ""
        yield draft.fault(
            ("claims", open_ones[0][0]),
            "not_reviewed",
            f"Without a legal review: {ids}{more}.",
            "Add review to each before the case is published; it can be filed and screened.",
            "warning",
        )
