"""The words of a dossier: how a claim, its answers, requests and grades are told. One home."""

from collections.abc import Mapping

from answerable.model.claim import Grade, ReplyRequest, Retraction
from answerable.model.dossier import ClaimEntry

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
        names = dict.fromkeys(each.to.name for each in claim.requests)
        return f"reply requested from {', '.join(names)}"
    return "no reply found in our sources"


def say_request(request: ReplyRequest, as_of: str) -> str:
    """Return who was asked, when, and what came of it by the day of the dossier.

    Args:
        request: As far as it concerns one claim (`answer` only where it answers that claim).
        as_of: Day of the dossier, ISO.

    Example:
        >>> from answerable.model.claim import Party
        >>> letter = ReplyRequest(Party("Northwind"), ("a",), "2026-01-06", "letter", "2026-01-20")
        >>> say_request(letter, "2026-02-01")
        'Northwind was asked on 2026-01-06 by letter, until 2026-01-20; no answer by 2026-02-01.'
    """
    asked = f"{request.to.name} was asked on {request.asked_on} by {request.way}"
    return f"{asked}, until {request.deadline}; {_outcome(request, as_of)}."


def _outcome(request: ReplyRequest, as_of: str) -> str:
    if request.outcome == "awaiting" and as_of <= request.deadline:
        return f"an answer is awaited, none had come by {as_of}"
    if request.outcome in ("awaiting", "no_answer"):
        return f"no answer by {as_of}"
    if request.outcome == "answered":
        return "an answer came" if request.answer else "it answered, but not on this claim"
    if request.outcome == "refused":
        return "an answer was refused"
    return "nobody could be reached"


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
