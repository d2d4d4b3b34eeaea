"""What people judged and resolved of a finding, and what differs from the screening before."""

from collections.abc import Sequence
from typing import Any

from answerable.model.change import Difference, RowChange
from answerable.model.dossier import ClaimEntry
from answerable.model.judgement import VERDICT_WORDS, Judgement, Resolution, Withdrawal

_OF_CLAIMS = frozenset({"claim", "answer", "claims"})
_RESTING = frozenset({"path", "ruling"})
_NOT_SHOWN = "a claim that is not shown here"


def show_judgement(judged: Judgement) -> dict[str, Any]:
    """Return a judgement as a dossier carries it: verdict, reason, who, when, how it stands."""
    return {
        "id": judged.id,
        "company": judged.basis.company.get("caption", judged.company),
        "company_id": judged.company,
        "verdict": judged.verdict,
        "words": VERDICT_WORDS[judged.verdict],
        "why": judged.why,
        "by": judged.name or f"key {judged.by}",
        "key": judged.by,
        "at": judged.at,
        "until": judged.until,
        "screening": judged.basis.screening,
        "agreed": [
            {"by": each.name or f"key {each.by}", "at": each.at, "why": each.why}
            for each in judged.agreements
        ],
        "withdrawn": _show_withdrawal(judged.withdrawal),
        "replaced": judged.replaced_by is not None,
    }


def show_resolution(resolved: Resolution) -> dict[str, Any]:
    """Return a resolution as a dossier carries it; these are the buyer's words, not ours."""
    return {
        "id": resolved.id,
        "resolution": resolved.resolution,
        "why": resolved.why,
        "conditions": list(resolved.conditions),
        "by": resolved.name or f"key {resolved.by}",
        "key": resolved.by,
        "at": resolved.at,
        "next_review": resolved.next_review,
        "screening": resolved.screening,
        "withdrawn": _show_withdrawal(resolved.withdrawal),
        "replaced": resolved.replaced_by is not None,
    }


def _show_withdrawal(withdrawal: Withdrawal | None) -> dict[str, str] | None:
    if withdrawal is None:
        return None
    by = withdrawal.name or f"key {withdrawal.by}"
    return {"by": by, "at": withdrawal.at, "why": withdrawal.why}


def show_changes(
    change: RowChange | None, claims: Sequence[ClaimEntry], *, whole: bool
) -> tuple[dict[str, Any], ...]:
    """Return what differs of a finding, as a dossier carries it.

    What is claimed and answered is not told again here: it stands in the claim's entry, as it is
    now. Of claims that are not shown nothing is told but that something differs.

    Args:
        change: What differs; None for nothing.
        claims: The claims that the dossier shows.
        whole: Whether nothing of the finding was left out; else paths and rulings are not told.
    """
    shown = {each.id: each.name for each in claims}
    return tuple(_show(each, shown, whole) for each in (change.differences if change else ()))


def _show(difference: Difference, shown: dict[str, str], whole: bool) -> dict[str, Any]:
    quiet = difference.part in _OF_CLAIMS or (difference.part in _RESTING and not whole)
    about = _name_claim(difference, shown) if difference.part in _OF_CLAIMS else difference.about
    return {
        "part": difference.part,
        "kind": difference.kind,
        "about": about if whole or difference.part in _OF_CLAIMS else "",
        "old": None if quiet else difference.old,
        "new": None if quiet else difference.new,
        "because": _say_causes(difference),
        "ref": f"claim-{shown[difference.ref]}" if difference.ref in shown else None,
    }


def _name_claim(difference: Difference, shown: dict[str, str]) -> str:
    name = shown.get(difference.ref or "")
    return f"claim {name}" if name else _NOT_SHOWN


def _say_causes(difference: Difference) -> str:
    """Return what a difference comes from; a claim is named by its entry alone."""
    told = [
        "What was filed of a claim is not the same." if each.kind == "claim" else each.text
        for each in difference.causes
    ]
    first = "One of: " if len(set(told)) > 1 else ""
    return first + " ".join(dict.fromkeys(told))
