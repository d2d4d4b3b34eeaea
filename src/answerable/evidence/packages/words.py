"""What the codes of records are called on the page of a package."""

from typing import Any

Values = dict[str, Any]

KINDS = {
    "fact": "Claim of fact",
    "opinion": "Opinion of its claimant",
    "comparison": "Comparison by its claimant",
}
MODALITIES = {
    "states": "states it",
    "alleges": "alleges it",
    "reports": "reports what others say",
    "estimates": "estimates it",
    "plans": "plans it",
    "denies": "denies it",
}
OUTCOMES = {
    "awaiting": "an answer is awaited",
    "answered": "an answer came",
    "no_answer": "no answer came",
    "refused": "an answer was refused",
    "unreachable": "nobody could be reached",
}
WAYS = {
    "http": "plain HTTP",
    "browser": "a browser",
    "file": "a file that was handed in",
    "import": "another program, then imported",
}
QUOTED = {
    "ok": "These words stand at this place in the sealed copy.",
    "unverifiable": "The text in which these words stand is not in this package.",
    "erased": "The text in which these words stood was erased; they are not shown.",
    "lost": "These words do not stand in the sealed copy; they are not shown.",
}
ABSENT = {
    "erased": "erased",
    "not_permitted": "left out of this package",
    "not_cited": "cited by no entry",
    "private": "kept private",
}


def say_figure(figure: Any) -> str:
    """Say a number or range with its unit, as its claimant gives it; empty where there is none."""
    if not isinstance(figure, dict):
        return ""
    least, most = figure.get("minimum"), figure.get("maximum")
    if least is not None and most is not None:
        number = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    elif least is not None:
        number = f"at least {least:,}"
    else:
        number = f"up to {most:,}" if most is not None else "no number given"
    words = [f"{number} {figure.get('unit', '')}".strip(), figure.get("of"), figure.get("words")]
    told = "; ".join(str(each) for each in words if each)
    return f"{told}, as of {figure['as_of']}" if figure.get("as_of") else told


def say_grade(grade: Values) -> str:
    """Say a grade with who gave it, when and why, as far as that is shown."""
    told = f"{grade.get('reliability', '?')}{grade.get('credibility', '?')}"
    return _say_judged(told, grade, "why")


def say_review(review: Values) -> str:
    """Say what a legal review considered and relied on."""
    meaning = review.get("meaning", "withheld")
    return _say_judged(f"Meaning considered: {meaning} Basis", review, "basis")


def _say_judged(told: str, values: Values, reason: str) -> str:
    signed = [str(values[name]) for name in ("by", "on") if values.get(name)]
    return f"{told}: {values.get(reason, 'withheld')}" + (
        f" ({', '.join(signed)})" if signed else ""
    )


def say_asked(request: Values, *, answers: bool = True) -> str:
    """Say who was asked for an answer, when, and what came of it.

    Args:
        request: The fields of a request for an answer.
        answers: Whether the answer that came, if one did, is an answer to the claim at hand.

    Example:
        >>> letter = {"to": "Northwind", "asked_on": "2026-01-06", "deadline": "2026-01-20",
        ...           "outcome": "answered"}
        >>> say_asked(letter, answers=False)
        'Northwind was asked on 2026-01-06, until 2026-01-20; it answered, but not on this claim.'
    """
    to, outcome = request.get("to"), str(request.get("outcome", "awaiting"))
    name = to.get("name") if isinstance(to, dict) else to
    asked, until = request.get("asked_on", "withheld"), request.get("deadline", "withheld")
    came = say_outcome(outcome, answers=answers)
    return f"{name or 'Somebody'} was asked on {asked}, until {until}; {came}."


def say_outcome(outcome: str, *, answers: bool = True) -> str:
    """Say what came of a request for an answer, for a claim that the answer does or does not meet.

    Example:
        >>> say_outcome("no_answer"), say_outcome("answered", answers=False)
        ('no answer came', 'it answered, but not on this claim')
    """
    if outcome == "answered" and not answers:
        return "it answered, but not on this claim"
    return OUTCOMES.get(outcome, "no outcome is told")
