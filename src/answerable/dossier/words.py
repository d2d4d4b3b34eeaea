"""The words of a dossier: how a claim, its answers, requests and grades are told. One home."""

from collections.abc import Mapping

from answerable.model.claim import Grade, ReplyRequest, Retraction
from answerable.model.dossier import AnswerEntry, ClaimEntry

KINDS: Mapping[str, str] = {
    "fact": "Claim of fact",
    "opinion": "Opinion of its claimant",
    "comparison": "Comparison by its claimant",
}

MODALITIES: Mapping[str, str] = {
    "states": "states",
    "alleges": "alleges",
    "reports": "reports",
    "estimates": "estimates",
    "plans": "says that it plans",
    "denies": "denies",
}

MOMENTS: Mapping[str, str] = {
    "decision": "decided",
    "claim": "spoke",
    "answer": "answered",
    "request": "was asked",
    "listing": "listed",
    "judgement": "judged",
    "resolution": "resolved",
}

NO_REPLY = "No reply: none found in our sources."
WITHHELD = "An answer was filed and is withheld or erased."
PENDING = "No sealed copy yet, so no words are quoted."
RETRACTED = "Retracted: it no longer stands."


def say_reply(claim: ClaimEntry) -> str:
    """Return in a few words whether a claim was answered, and by whom.

    Example:
        >>> from answerable.model.claim import Party
        >>> northwind = Party("Northwind")
        >>> say_reply(ClaimEntry("claim:1", "a", "lakeside", Party("Watch"), "fact", northwind,
        ...                      "owns", "owns", "It owns a mill.", "states"))
        'no reply found in our sources'
    """
    if claim.answers:
        names = dict.fromkeys(each.by.name for each in claim.answers)
        return f"answered by {', '.join(names)}"
    if claim.withheld:
        return "answered; the answer is withheld"
    if claim.requests:
        return "; ".join(f"{each.to.name} was {say_asked(each)}" for each in claim.requests)
    return "no reply found in our sources"


def say_asked(request: ReplyRequest, *, whole: bool = False) -> str:
    """Return when an answer was asked for, by when, and that none came by then where that is known.

    Args:
        request: As far as it concerns one claim (`answer` only where it answers that claim).
        whole: Whether it is told of all its claims: then that an answer came is said, not to which.

    Example:
        >>> from answerable.model.claim import Party
        >>> letter = ReplyRequest(Party("Northwind"), ("a",), "2026-01-06", "letter", "2026-01-20")
        >>> say_asked(letter)
        'asked on 2026-01-06 by letter, for an answer by 2026-01-20'
        >>> from dataclasses import replace
        >>> say_asked(replace(letter, outcome="no_answer"))
        'asked on 2026-01-06 by letter, no answer by 2026-01-20'
    """
    asked = f"asked on {request.asked_on} by {request.way}"
    if request.outcome == "no_answer":
        return f"{asked}, no answer by {request.deadline}"
    met = whole or request.answer is not None
    came = {
        "awaiting": "",
        "answered": "; an answer came" if met else "; it answered, but not on this claim",
        "refused": "; an answer was refused",
        "unreachable": "; nobody could be reached",
    }[request.outcome]
    return f"{asked}, for an answer by {request.deadline}{came}"


def say_request(request: ReplyRequest, as_of: str) -> str:
    """Return who was asked, when, and what came of it by the day of the dossier.

    Args:
        request: As far as it concerns one claim (`answer` only where it answers that claim).
        as_of: Day of the dossier, ISO. It is told where what came of it is not on record.

    Example:
        >>> from answerable.model.claim import Party
        >>> letter = ReplyRequest(Party("Northwind"), ("a",), "2026-01-06", "letter", "2026-01-20")
        >>> say_request(letter, "2026-02-01").partition(" by letter, ")[2]
        'for an answer by 2026-01-20; no answer by 2026-02-01.'
    """
    told = f"{request.to.name} was {say_asked(request)}"
    if request.outcome != "awaiting":
        return f"{told}."
    if as_of <= request.deadline:
        return f"{told}; an answer is awaited, none had come by {as_of}."
    return f"{told}; no answer by {as_of}."


def say_received(answer: AnswerEntry) -> str:
    """Return whose words an answer is in that was sent to the editors."""
    own = " (the quotation is in its own words)" if answer.quotations else ""
    return f"Sent to the editors on request; summed up by the editors{own}."


def say_answers(claim: ClaimEntry, as_of: str) -> tuple[str, ...]:
    """Return what is said where a claim has no answer to print, or of how it was asked for.

    Returns:
        A sentence for each request and for what is withheld; where nothing was answered nor
        asked, that none was found in our sources. Empty where answers were found unasked.
    """
    told = [say_request(each, as_of) for each in claim.requests]
    if claim.withheld:
        told.append(WITHHELD)
    if not told and not claim.answers:
        told.append(NO_REPLY)
    return tuple(told)


def say_grade(grade: Grade) -> str:
    """Return a grade with who gave it, when and why; it is a person's judgement, no probability.

    Example:
        >>> say_grade(Grade("C", 3, "A. Editor", "2026-11-20", "One source."))
        'C3 (Admiralty code), graded by A. Editor on 2026-11-20: One source.'
    """
    code = f"{grade.reliability}{grade.credibility}"
    return f"{code} (Admiralty code), graded by {grade.by} on {grade.on}: {grade.why}"


def say_retraction(retraction: Retraction) -> str:
    """Return who retracted a claim, when and why."""
    return f"{RETRACTED} By {retraction.by} on {retraction.on}: {retraction.why}"
