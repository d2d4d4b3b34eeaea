"""Claims as they are set: what is claimed by whom on the left, what was answered on the right."""

from collections.abc import Iterable

from answerable.dossier.pdf.blocks import Block, head, pair, put_beside, quote, tabulate, tell
from answerable.dossier.words import (
    KINDS,
    MODALITIES,
    PENDING,
    say_answers,
    say_grade,
    say_reply,
    say_retraction,
)
from answerable.model.claim import Party
from answerable.model.dossier import AnswerEntry, ClaimEntry, DecisionEntry, Dossier, FigureSet


def set_claims(dossier: Dossier) -> list[Block]:
    """Return the entries of all claims, each in one piece with its claimant and its answers."""
    return [each for claim in dossier.claims for each in set_claim(claim, dossier)]


def set_claim(claim: ClaimEntry, dossier: Dossier) -> list[Block]:
    """Return a claim beside what was answered to it."""
    title = f"{claim.claimant.name} on {claim.about.name}: {claim.predicate_words}"
    return [
        head(title, f"claim-{claim.name}"),
        put_beside(_claimed(claim, dossier), _answered(claim, dossier.as_of)),
    ]


def _claimed(claim: ClaimEntry, dossier: Dossier) -> list[Block]:
    kind = f"{KINDS.get(claim.kind, claim.kind)} · {claim.case}/{claim.name}"
    retracted = [tell(say_retraction(claim.retraction), "warn")] if claim.retraction else []
    return [
        *retracted,
        tell(kind, "muted"),
        tell(
            f"{_name(claim.claimant)} {MODALITIES.get(claim.modality, claim.modality)}:", "strong"
        ),
        tell(claim.statement, documents=claim.documents),
        *_quotations(claim),
        *_pending(claim, dossier),
        *pair(_facts(claim)),
        *[tell(each, "muted") for each in _standing(claim)],
    ]


def _quotations(claim: ClaimEntry) -> list[Block]:
    if not claim.quotations:
        return [tell(PENDING, "warn")]
    return [quote(each) for each in claim.quotations]


def _pending(claim: ClaimEntry, dossier: Dossier) -> list[Block]:
    own = [each for each in dossier.documents if each.number in claim.documents and each.pending]
    return [tell(f"{each.title}: {each.pending}", "warn", [each.number]) for each in own]


def _facts(claim: ClaimEntry) -> Iterable[tuple[str, object]]:
    yield "Of or to", claim.object.name if claim.object else None
    yield "Where", claim.place
    yield "When", claim.when
    yield "Figure", claim.figure
    yield "Contested by", [{"anchor": f"claim-{each}", "text": each} for each in claim.contested_by]


def _standing(claim: ClaimEntry) -> Iterable[str]:
    if claim.grade:
        yield f"Grade {say_grade(claim.grade)}"
    if claim.review:
        review = claim.review
        yield f"Reviewed by {review.by} on {review.on}: {review.meaning} ({review.basis})"
    if claim.filed_at:
        yield f"Filed {claim.filed_at}"


def _answered(claim: ClaimEntry, as_of: str) -> list[Block]:
    told = [tell("What was answered", "label")]
    for answer in claim.answers:
        told.extend(_answer(answer))
    return told + [tell(each, "muted") for each in say_answers(claim, as_of)]


def _answer(answer: AnswerEntry) -> list[Block]:
    day = f", {answer.said_on}" if answer.said_on else ""
    way = " (sent to the editors)" if answer.as_received else ""
    return [
        tell(f"{_name(answer.by)}{day}{way}:", "strong"),
        tell(answer.statement, documents=answer.documents),
        *map(quote, answer.quotations),
    ]


def _name(party: Party) -> str:
    return f"{party.name} ({party.interest})" if party.interest else party.name


def set_replies(dossier: Dossier) -> list[Block]:
    """Return which claims were answered, or put to whom, in one table."""
    if not dossier.claims:
        return [tell("No claim stands in this dossier, so none was answered.")]
    rows = [
        [
            {"anchor": f"claim-{claim.name}", "text": f"{claim.claimant.name}: {claim.name}"},
            claim.about.name,
            say_reply(claim),
        ]
        for claim in dossier.claims
    ]
    return [tabulate(("Claim", "About", "Reply"), (2, 1.4, 2), rows)]


def set_figures(sets: Iterable[FigureSet]) -> list[Block]:
    """Return contested figures side by side, each with its claimant and its reply."""
    found: list[Block] = []
    for each in sets:
        found.append(head(f"Figures side by side: {each.about}, {each.unit}"))
        if not each.comparable:
            found.append(tell("They do not all count the same.", "muted"))
        rows = [
            [
                {"anchor": f"claim-{row.claim}", "text": f"{row.claimant} {row.modality}"},
                f"{row.shown}{f' ({row.more})' if row.more else ''}",
                row.as_of,
                row.reply,
            ]
            for row in each.rows
        ]
        found.append(tabulate(("Claimant", "Figure", "For", "Reply"), (1.4, 1.6, 0.7, 1.5), rows))
    return found


def set_decision(decision: DecisionEntry) -> list[Block]:
    """Return a public body's decision with the ground that the body states."""
    ground = [
        ("Ground, as stated", decision.ground),
        ("Citation", decision.citation),
        ("Not its ground", decision.not_ground),
    ]
    return [
        head(f"{decision.body}, {decision.decided_on}", f"decision-{decision.id}"),
        tell(decision.decision, documents=decision.documents),
        *pair(ground),
        *map(quote, decision.quotations),
    ]
