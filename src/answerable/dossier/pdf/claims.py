"""Claims as they are set: what is claimed by whom on the left, what was answered on the right."""

from collections.abc import Iterable, Iterator

from answerable.dossier import words
from answerable.dossier.page import LONGEST_HEADING, group_pending
from answerable.dossier.pdf.blocks import (
    Block,
    head,
    note,
    put_beside,
    quote,
    speak,
    tabulate,
    tell,
)
from answerable.dossier.texts import show_line
from answerable.exposure.outputs.words import say_chance, say_probability
from answerable.model.claim import Party
from answerable.model.dossier import (
    AnswerEntry,
    ClaimEntry,
    DecisionEntry,
    Dossier,
    FigureEntry,
    FigureSet,
    Quotation,
)

LEAD = (
    "A claim is what its claimant says; that it stands here does not say that it is so. The answer "
    "stands beside it."
)


def set_claims(dossier: Dossier, section: int) -> list[Block]:
    """Return the entries of all claims, each in one piece with its claimant and its answers."""
    found = [
        block
        for at, claim in enumerate(dossier.claims, 1)
        for block in _claim(claim, dossier, f"{section}.{at}")
    ]
    return [tell(LEAD, "muted"), *(found or [tell(say_none(dossier))])]


def say_none(dossier: Dossier) -> str:
    """Return that nothing was found, with the day."""
    return f"None found in our sources as of {dossier.as_of}."


def _claim(claim: ClaimEntry, dossier: Dossier, number: str) -> list[Block]:
    modality = words.MODALITIES.get(claim.modality, claim.modality)
    title = f"{number} {show_line(claim.claimant.name, LONGEST_HEADING)} {modality}"
    return [
        head(title, f"claim-{claim.name}"),
        put_beside(_claimed(claim, dossier), _answered(claim, dossier)),
    ]


def _claimed(claim: ClaimEntry, dossier: Dossier) -> list[Block]:
    return [
        *_retracted(claim),
        tell(speak(claim.statement), documents=claim.documents),
        *map(quote, claim.quotations),
        *_resting(claim.documents, claim.quotations, dossier),
        *note(_facts(claim, dossier)),
    ]


def _retracted(claim: ClaimEntry) -> list[Block]:
    if claim.retraction is None:
        return []
    place = claim.retraction.superseded_by
    instead = f" In its place: claim {place}." if place else ""
    return [tell(words.say_retraction(claim.retraction) + instead, "warn")]


def _resting(
    numbers: Iterable[int], quotations: Iterable[Quotation], dossier: Dossier
) -> Iterator[Block]:
    """Give what is pending, with why, and what is sealed and not quoted from here."""
    documents = {each.number: each for each in dossier.documents}
    quoted = {each.document for each in quotations}
    for reason, pending in group_pending(numbers, documents).items():
        yield tell(f"{words.PENDING} Reason: {reason}", "pending", pending)
    for number in numbers:
        if not documents[number].pending and number not in quoted:
            text = (
                f"Rests also on {documents[number].title}, sealed; nothing is quoted from it here."
            )
            yield tell(text, "muted", [number])


def _facts(claim: ClaimEntry, dossier: Dossier) -> Iterator[tuple[str, object]]:
    yield "Who claims it", _name(claim.claimant)
    to = f": {_name(claim.object)}" if claim.object else ""
    yield "About", f"{_name(claim.about)}: {claim.predicate_words}{to}"
    yield "Where", claim.place
    yield "When", claim.when
    yield "Figure", claim.figure
    yield "Kind", f"{words.KINDS.get(claim.kind, claim.kind)}, case {claim.case}, {claim.name}"
    yield "Names", _named(claim, dossier)
    yield "Grade", words.say_grade(claim.grade) if claim.grade else None
    yield "Legal review", f"on {claim.reviewed}" if claim.reviewed else None
    yield "Contested by", [{"anchor": f"claim-{each}", "text": each} for each in claim.contested_by]


def _named(claim: ClaimEntry, dossier: Dossier) -> str | None:
    """Return which company of a finding a claim names, and how sure that is."""
    notes = (dossier.finding or {}).get("claims") or ()
    found = next((each for each in notes if each.get("id") == claim.id), None)
    if found is None or found["probability"] == 1:
        return found and found["company"]
    chance = found["probability"]
    sure = f"{say_chance(chance)} ({say_probability(chance)}, by name)"
    return f"{found['company']}; that this is the company of the finding: {sure}"


def _name(party: Party) -> str:
    return f"{party.name} ({party.interest})" if party.interest else party.name


def _answered(claim: ClaimEntry, dossier: Dossier) -> list[Block]:
    told = [tell("Reply", "label")]
    for answer in claim.answers:
        told.extend(_answer(answer, dossier))
    return told + [tell(each, "muted") for each in words.say_answers(claim, dossier.as_of)]


def _answer(answer: AnswerEntry, dossier: Dossier) -> list[Block]:
    day = f", {answer.said_on}" if answer.said_on else ""
    sent = [tell(words.say_received(answer), "muted")] if answer.as_received else []
    return [
        tell(f"{answer.by.name} answers{day}:", "strong"),
        tell(speak(answer.statement), documents=answer.documents),
        *sent,
        *map(quote, answer.quotations),
        *_resting(answer.documents, answer.quotations, dossier),
    ]


def set_replies(dossier: Dossier, section: int) -> list[Block]:
    """Return who answered which claim, and who was asked, in one table."""
    if not dossier.claims:
        return [tell("There is no claim to answer.")]
    rows = [
        [
            {"anchor": f"claim-{claim.name}", "text": f"{section}.{at} {claim.claimant.name}"},
            words.say_reply(claim),
            [words.say_request(each, dossier.as_of) for each in claim.requests]
            or "no request is on record",
        ]
        for at, claim in enumerate(dossier.claims, 1)
    ]
    return [tabulate(("Claim", "Reply", "Asked"), (1.6, 2, 2), rows)]


def set_figures(sets: Iterable[FigureSet]) -> list[Block]:
    """Return contested figures side by side, each with its claimant and its reply."""
    found: list[Block] = []
    heads = ("Who gives it", "Figure", "What is counted", "For when", "Reply")
    for each in sets:
        alike = "By their own account all count the same."
        unlike = (
            "They do not all count the same, or not for the same time: no mean is made of them."
        )
        found += [
            head(f"{each.about}: {each.unit}"),
            tell(
                f"{alike if each.comparable else unlike} None is ours, none is preferred.", "muted"
            ),
            tabulate(heads, (1.4, 1.2, 1.2, 0.8, 1.4), map(_figure, each.rows)),
        ]
    return found


def _figure(row: FigureEntry) -> list[object]:
    return [
        {"anchor": f"claim-{row.claim}", "text": f"{row.claimant} {row.modality}"},
        row.shown,
        row.more or "not said",
        row.as_of or "not said",
        row.reply,
    ]


def set_decisions(dossier: Dossier, section: int) -> list[Block]:
    """Return the decisions of public bodies, each with the ground that the body states."""
    found = [
        block
        for at, each in enumerate(dossier.decisions, 1)
        for block in _decision(each, dossier, f"{section}.{at}")
    ]
    return found or [tell(say_none(dossier))]


def _decision(decision: DecisionEntry, dossier: Dossier, number: str) -> list[Block]:
    ground = [
        ("Ground as stated by the body", decision.ground),
        ("Not stated as a ground", decision.not_ground),
        ("Citation", decision.citation),
    ]
    body = show_line(decision.body, LONGEST_HEADING)
    return [
        head(f"{number} {body}, {decision.decided_on}", f"decision-{decision.id}"),
        tell(speak(decision.decision), documents=decision.documents),
        *note(ground),
        *map(quote, decision.quotations),
        *_resting(decision.documents, decision.quotations, dossier),
    ]
