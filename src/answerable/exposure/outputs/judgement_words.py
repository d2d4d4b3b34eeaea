"""Judgements in the words in which outputs show them: their one home."""

from answerable.model import Match
from answerable.model.judgement import STATE_WORDS, VERDICT_WORDS

STANDING = ("in_force", "awaiting_second")
"""States in which a judgement says what it said; in the others a person has to look again."""


def say_judgement(match: Match) -> str | None:
    """Return what a person judged of a match, with why, who, when and how it stands, or None.

    Example:
        >>> from answerable.model import Company, Name
        >>> judged = {"verdict": "different", "why": "another town", "by": "0a1b2c3d",
        ...     "name": None, "at": "2026-11-24T10:00:00Z", "until": None, "agreed": [],
        ...     "state": "reopened", "changed": ["The row: country was gb, is cn."]}
        >>> mill = Company("test:1", "Company", (Name("Invented Mill Ltd"),))
        >>> say_judgement(Match(mill, "same", "Invented Mill Ltd", 1.0, 0.7, (), judged))
        'judged another company by 0a1b2c3d on 2026-11-24 (another town); open again: \
The row: country was gb, is cn.'
    """
    judged = match.judgement
    if not judged:
        return None
    verdict = VERDICT_WORDS[judged["verdict"]]
    by, on = say_reviewers(match), say_judged_on(match)
    state = say_state(match)
    said = f"judged {verdict} by {by} on {on} ({judged['why']})"
    return f"{said}; {state}" if state else said


def say_verdict(match: Match | None) -> str | None:
    """Return the verdict as a reviewer writes it; None where there is none, or it is open again."""
    judged = _standing(match)
    return str(judged["verdict"]) if judged else None


def say_why(match: Match | None) -> str | None:
    """Return why; None where there is no judgement, or it is open again."""
    judged = _standing(match)
    return str(judged["why"]) if judged else None


def _standing(match: Match | None) -> dict[str, object] | None:
    judged = match.judgement if match else None
    return judged if judged and judged["state"] in STANDING else None


def say_reviewers(match: Match | None) -> str | None:
    """Return who judged: by name where they gave one, else by the id of their key; who agreed."""
    judged = match.judgement if match else None
    if not judged:
        return None
    agreed = [each["name"] or each["by"] for each in judged["agreed"]]
    first = str(judged["name"] or judged["by"])
    return f"{first}, agreed by {', '.join(agreed)}" if agreed else first


def say_judged_on(match: Match | None) -> str | None:
    """Return the day on which it was judged, UTC."""
    judged = match.judgement if match else None
    return str(judged["at"])[:10] if judged else None


def say_state(match: Match | None) -> str | None:
    """Return how a judgement stands where it is not simply in force, or to which day it counts."""
    judged = match.judgement if match else None
    if not judged:
        return None
    if judged["state"] == "in_force":
        return f"counts to {judged['until']}" if judged["until"] else None
    words = STATE_WORDS[judged["state"]]
    if judged["state"] == "expired":
        return f"{words}: it counted to {judged['until']}"
    return f"{words}: {' '.join(judged['changed'])}" if judged["changed"] else words
