"""Screening: every supplier row gets a finding, and the whole gets a manifest. Pure."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from importlib.metadata import version
from typing import Any

from answerable.exposure.finding_ids import FindingIds
from answerable.matching.coefficients import coefficients
from answerable.matching.index import NameIndex
from answerable.matching.matches import SupplierMatches, match_suppliers
from answerable.matching.rarity import count_reference_names
from answerable.model import Company, Finding, Screening, Selection, Supplier, SupplierList
from answerable.model.finding import STATUSES, Status

MATCHING_MODEL = "names-4"
"""Version of the weights by which names are matched; a new one may answer differently."""


Matcher = Callable[[Sequence[Supplier]], Iterable[SupplierMatches]]
"""Gives the matches of suppliers: one entry each, in order."""


def screen_suppliers(
    suppliers: SupplierList,
    selection: Selection,
    *,
    threshold: float,
    id_key: str,
    lists: Sequence[str] = (),
    notes: Sequence[str] = (),
    match: Matcher | None = None,
) -> Screening:
    """Look for every supplier among the listed companies of a selection.

    A finding tells whether a name or an identifier agrees with that of a listed company. It does
    not say that the supplier is that company unless its status is `confirmed`, and never that
    anybody did wrong. `none_found` holds for the searched editions alone.

    Args:
        suppliers: The buyer's list.
        selection: Companies of the editions chosen for the day, with their coverage.
        threshold: Probability, over 0 and at most 1, from which a name match is a `match`.
        id_key: The workspace's key of finding ids.
        lists: Lists that were asked for by name; empty for all.
        notes: Sentences that outputs show first, such as that a list is only an example.
        match: Gives the matches of suppliers, in order (see `matching.kernel.match_kept`); by
            default they are matched here, with an index that is made for it.

    Returns:
        One finding per row, in row order. A list without rows gives a screening without findings.

    Cost:
        What matching costs, and 15 µs per row.
    """
    if match is None:
        index = index_listed(selection)
        match = partial(match_suppliers, index=index, threshold=threshold)
    matches = match(suppliers.suppliers)
    ids = FindingIds(id_key)
    findings = tuple(
        _find(ids.give(supplier), supplier, found, threshold)
        for supplier, found in zip(suppliers.suppliers, matches, strict=True)
    )
    manifest = _write_manifest(suppliers, selection, findings, threshold, lists, notes)
    return Screening(
        id=manifest["screening"],
        suppliers=suppliers,
        findings=findings,
        coverage=selection.coverage,
        threshold=threshold,
        manifest=manifest,
    )


def index_listed(selection: Selection) -> NameIndex:
    """Return the index of the companies that stand on a list of the selection on its day."""
    return NameIndex(each for each in selection.companies if is_listed(each, selection))


def is_listed(company: Company, selection: Selection) -> bool:
    """Tell whether a company stands on a list of the selection on the day asked for.

    Example:
        >>> is_listed(Company("x:1", "Company", ()), Selection(()))
        False
    """
    return company.is_legal_person and any(
        listing.status == "listed"
        and (listing.until is None or listing.until > selection.coverage.as_of)
        for listing in company.listings
    )


def _find(finding_id: str, supplier: Supplier, found: SupplierMatches, threshold: float) -> Finding:
    status = _status(supplier, found, threshold)
    if not found.matches:
        return Finding(finding_id, supplier, status)
    same = any(match.relation == "same" for match in found.matches)
    return Finding(
        id=finding_id,
        supplier=supplier,
        status=status,
        exposure=("listed",) if same else (),
        matches=found.matches,
        more_matches=found.more,
    )


def _status(supplier: Supplier, found: SupplierMatches, threshold: float) -> Status:
    if found.identified:
        return "confirmed"
    if found.matches:
        same = (each.probability for each in found.matches if each.relation == "same")
        return "match" if max(same, default=0.0) >= threshold else "possible"
    readable = supplier.name[:1].isalnum() or any(each.isalnum() for each in supplier.name)
    return "none_found" if readable else "unreadable"


def _write_manifest(
    suppliers: SupplierList,
    selection: Selection,
    findings: Sequence[Finding],
    threshold: float,
    lists: Sequence[str],
    notes: Sequence[str],
) -> dict[str, Any]:
    statuses = Counter(finding.status for finding in findings)
    manifest: dict[str, Any] = {
        "schema": "answerable.manifest/1",
        "screening": "",
        "as_of": selection.coverage.as_of,
        "notes": list(notes),
        "software": {"name": "answerable", "version": version("answerable")},
        "inputs": [
            {
                "name": suppliers.file_name,
                "sha256": suppliers.sha256,
                "bytes": suppliers.size,
                "rows": len(suppliers.suppliers),
            }
        ],
        "recognition": _recognition(suppliers),
        "settings": {"threshold": threshold, "lists": list(lists)},
        "matching": {
            "model": MATCHING_MODEL,
            "coefficients": coefficients().version,
            "reference_names": count_reference_names(),
        },
        "rule_set": None,
        "coverage": selection.coverage.as_dict(),
        "counts": {
            "rows": len(findings),
            "by_status": {status: statuses[status] for status in STATUSES},
            "problems": sum(len(each.problems) for each in suppliers.suppliers),
        },
        "problems": [problem.as_dict() for problem in suppliers.problems],
    }
    manifest["screening"] = _screening_id(manifest, findings)
    return manifest


def _recognition(suppliers: SupplierList) -> dict[str, Any]:
    recognition = asdict(suppliers.recognition)
    return {name: list(v) if isinstance(v, tuple) else v for name, v in recognition.items()}


def _screening_id(manifest: dict[str, Any], findings: Sequence[Finding]) -> str:
    """Return an id that inputs and settings make: the day, and a digest of all that was asked."""
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode())
    for finding in findings[:1]:
        digest.update(finding.id.encode())
    return f"{manifest['as_of']}-{digest.hexdigest()[:10]}"
