"""Answers: rebuttals, requests for an answer, retractions, and whether anybody was asked."""

import re
from collections.abc import Iterator

from answerable.evidence.cases.checks.references import index_by
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault
from answerable.model.claim import Claim, Rebuttal, ReplyRequest


def check_answers(draft: Draft) -> Iterator[Fault]:
    """Give the answers that do not fit what they answer, and the claims that nobody answered."""
    rebuttals = index_by(draft.case.rebuttals, "id")
    for i, reply in enumerate(draft.case.replies):
        yield from _check_reply(draft, i, reply)
        rebuttal = rebuttals.get(reply.answer or "")
        if rebuttal is not None:
            yield from _find_passed_over(draft, i, reply, rebuttal)
    yield from _check_retractions(draft)
    yield from _find_unanswered(draft)


def _check_reply(draft: Draft, i: int, reply: ReplyRequest) -> Iterator[Fault]:
    if reply.outcome == "answered" and reply.answer is None:
        yield draft.fault(
            ("replies", i, "outcome"),
            "answer_missing",
            f"{reply.to.name} is said to have answered, but no answer is named.",
            "Write the answer as a rebuttal, and its id here as answer.",
        )
    elif reply.outcome != "answered" and reply.answer is not None:
        yield draft.fault(
            ("replies", i, "outcome"),
            "outcome_unfit",
            f"{reply.to.name} has an answer, but the outcome is {reply.outcome}.",
            "Write answered, or delete answer.",
        )


def _find_passed_over(
    draft: Draft, i: int, reply: ReplyRequest, rebuttal: Rebuttal
) -> Iterator[Fault]:
    """Give the claims that were put to somebody and that the answer passes over, one by one."""
    for j, name in enumerate(reply.about):
        if name not in rebuttal.answers:
            yield draft.fault(
                ("replies", i, "about", j),
                "answers_other_claims",
                f"Claim {name} was put to {reply.to.name}, but rebuttal {rebuttal.id} does not "
                "answer it. It is shown there that an answer came, but not on this claim.",
                f"Nothing need be done if that is so; else add {name} to answers of {rebuttal.id}.",
                "warning",
            )


def _check_retractions(draft: Draft) -> Iterator[Fault]:
    retracted: set[str] = set()
    for i, retraction in enumerate(draft.case.retractions):
        if retraction.claim in retracted:
            yield draft.fault(
                ("retractions", i, "claim"),
                "retracted_twice",
                f"Claim {retraction.claim} is retracted above.",
                "Keep one of the two.",
            )
        if retraction.superseded_by == retraction.claim:
            yield draft.fault(
                ("retractions", i, "superseded_by"),
                "supersedes_itself",
                f"Claim {retraction.claim} cannot take its own place.",
                "Name the new claim, or delete superseded_by.",
            )
        retracted.add(retraction.claim)
    yield from _find_retracted(draft, retracted)


def _find_retracted(draft: Draft, retracted: set[str]) -> Iterator[Fault]:
    """Give what still names a claim that was retracted."""
    case = draft.case
    for i, claim in enumerate(case.claims):
        for name in sorted(retracted & set(claim.contested_by)):
            if claim.id not in retracted:
                yield draft.fault(
                    ("claims", i, "contested_by"), *_cites(f"Claim {claim.id}", name), "warning"
                )
    for i, retraction in enumerate(case.retractions):
        if retraction.superseded_by in retracted - {retraction.claim}:
            about = f"The retraction of {retraction.claim}"
            yield draft.fault(
                ("retractions", i, "superseded_by"),
                *_cites(about, str(retraction.superseded_by)),
            )
    for name in sorted(retracted):
        at = re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", case.summary)
        if at is not None:
            line = case.summary.count("\n", 0, at.start()) + 1
            column = at.start() - case.summary.rfind("\n", 0, at.start())
            yield Fault("summary.md", line, column, *_cites("The summary", name), "warning")


def _cites(who: str, name: str) -> tuple[str, str, str]:
    return (
        "retracted_cited",
        f"{who} still cites {name}, which is retracted.",
        "Cite what took its place, or delete the name.",
    )


def _find_unanswered(draft: Draft) -> Iterator[Fault]:
    """Give, once for each company, the claims to which no answer was sought or found."""
    case = draft.case
    answered = {name for rebuttal in case.rebuttals for name in rebuttal.answers}
    answered |= {name for reply in case.replies for name in reply.about}
    answered |= {retraction.claim for retraction in case.retractions}
    silent: dict[str, list[tuple[int, str]]] = {}
    for i, claim in enumerate(case.claims):
        if claim.id not in answered and _asks_for_answer(claim):
            silent.setdefault(claim.about.name, []).append((i, claim.id))
    for name, claims in silent.items():
        ids = ", ".join(each for _, each in claims[:5]) + (" …" if len(claims) > 5 else "")
        yield draft.fault(
            ("claims", claims[0][0]),
            "no_answer_sought",
            f"No answer of {name} stands beside what is claimed about it ({ids}): it is shown "
            'with "none found in our sources".',
            "Look for its answer, or ask for one, and write it under rebuttals or replies.",
            "warning",
        )


def _asks_for_answer(claim: Claim) -> bool:
    is_own = claim.claimant.name.casefold() == claim.about.name.casefold()
    is_company = claim.about.kind in (None, "company") or claim.about.company is not None
    return is_company and not is_own and claim.modality != "denies"
