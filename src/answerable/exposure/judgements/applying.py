"""Judgements put to the matches of a screening, before anything is concluded from them. Pure."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from answerable.exposure.judgements.book import Book
from answerable.model import Finding, Match, Supplier
from answerable.model.finding import company_dict, supplier_dict


def apply_judgements(
    book: Book, finding: str, supplier: Supplier, matches: Sequence[Match]
) -> tuple[Match, ...]:
    """Return the matches of a row, each with what was judged of it.

    Args:
        book: The judgements, settled for the screening.
        finding: Id of the row's finding.
        supplier: The row.
        matches: Its matches; they keep their order, and none is dropped.
    """
    companies = [company_dict(each.company) for each in matches]
    judged = book.look(finding, supplier_dict(supplier), companies)
    return tuple(
        replace(match, judgement=each) if each else match
        for match, each in zip(matches, judged, strict=True)
    )


def count_for(matches: Iterable[Match]) -> frozenset[str]:
    """Return the ids of companies of which a person judged, in force, that they are the same."""
    return frozenset(each.company.id for each in matches if each.verdict == "same")


def describe_judgements(findings: Iterable[Finding]) -> dict[str, Any]:
    """Return what a manifest says of judgements: number and digest; nothing where there is none.

    Another judgement, or another state of one, gives another digest and so another screening.
    """
    told = [
        [finding.id, match.company.id, match.judgement]
        for finding in findings
        for match in finding.matches
        if match.judgement
    ]
    if not told:
        return {}
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()
    return {"judgements": {"count": len(told), "sha256": digest}}
