"""Screening: every supplier row gets a finding, and the whole gets a manifest. Pure."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from typing import Any

from answerable.exposure.judgements.applying import (
    apply_judgements,
    count_for,
    describe_judgements,
)
from answerable.exposure.judgements.book import Book
from answerable.exposure.linking.network import Network
from answerable.exposure.screening.finding_ids import FindingIds
from answerable.exposure.screening.surroundings import Surroundings
from answerable.exposure.screening.ties import EXPOSURES, find_starts, tie_supplier
from answerable.matching.coefficients import coefficients
from answerable.matching.index import NameIndex
from answerable.matching.matches import NO_MATCHES, SupplierMatches, match_suppliers
from answerable.matching.rarity import count_reference_names
from answerable.model import (
    Company,
    Finding,
    Match,
    Screening,
    Selection,
    Supplier,
    SupplierList,
)
from answerable.model.finding import STATUSES, Status

MATCHING_MODEL = "names-4"
"""Version of the weights by which names are matched; a new one may answer differently."""

MOST_PROBLEMS = 100
"""Problems of links that a manifest names; of more it says the number."""

Matcher = Callable[[Sequence[Supplier]], Iterable[tuple[SupplierMatches, SupplierMatches]]]
"""Gives the matches of suppliers, one entry each, in order: with listed companies, and with
companies that are on no list but are tied or named."""


def screen_suppliers(
    suppliers: SupplierList,
    selection: Selection,
    *,
    threshold: float,
    id_key: str,
    lists: Sequence[str] = (),
    notes: Sequence[str] = (),
    match: Matcher | None = None,
    around: Surroundings | None = None,
    book: Book | None = None,
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
        match: Gives the matches of suppliers, in order (see `matching.kernel.match_each`); by
            default they are matched here, with an index that is made for it of the listed
            companies alone.
        around: Who is tied to whom, and what rules say of it; by default nothing is known.
        book: What reviewers judged of matches; by default nothing.

    Returns:
        One finding per row, in row order. A list without rows gives a screening without findings.

    Cost:
        What matching costs, and 15 µs per row.
    """
    around = around or Surroundings(threshold=threshold)
    rows = suppliers.suppliers
    matches = match(rows) if match else _match_listed(rows, selection, threshold)
    ids = FindingIds(id_key)
    drafts = [
        Finding(ids.give(row), row, _bare_status(row), regimes=around.defaults)
        if found is NO_MATCHES is other
        else _Draft(ids.give(row), row, found, other)
        for row, (found, other) in zip(rows, matches, strict=True)
    ]
    findings, around = _complete(_judge(drafts, book) if book else drafts, around)
    manifest = _write_manifest(suppliers, selection, findings, threshold, lists, notes)
    manifest |= _describe_ties(around, findings)
    manifest |= describe_judgements(findings) if book else {}
    manifest["screening"] = _screening_id(manifest, findings)
    return Screening(
        id=manifest["screening"],
        suppliers=suppliers,
        findings=findings,
        coverage=selection.coverage,
        threshold=threshold,
        manifest=manifest,
    )


def _match_listed(
    rows: Sequence[Supplier], selection: Selection, threshold: float
) -> Iterable[tuple[SupplierMatches, SupplierMatches]]:
    found = match_suppliers(rows, index_listed(selection), threshold=threshold)
    return ((each, NO_MATCHES) for each in found)


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


@dataclass(frozen=True, slots=True)
class _Draft:
    """A row for which something was found, before rules are asked about it."""

    id: str
    supplier: Supplier
    found: SupplierMatches
    unlisted: SupplierMatches


def _judge(drafts: Sequence[Finding | _Draft], book: Book) -> list[Finding | _Draft]:
    """Return the drafts, each match with what a reviewer judged of it."""
    book.settle({each.id for each in drafts})
    return [
        each if isinstance(each, Finding) or not each.found.matches else _judge_draft(each, book)
        for each in drafts
    ]


def _judge_draft(draft: _Draft, book: Book) -> _Draft:
    matches = apply_judgements(book, draft.id, draft.supplier, draft.found.matches)
    return replace(draft, found=replace(draft.found, matches=matches))


def _complete(
    drafts: Sequence[Finding | _Draft], around: Surroundings
) -> tuple[tuple[Finding, ...], Surroundings]:
    """Return the findings, the rules asked once about all companies that suppliers may be."""
    open_ = [each for each in drafts if isinstance(each, _Draft)]
    found = (match for each in open_ for match in (*each.found.matches, *each.unlisted.matches))
    around = around.hear({match.company.id: match.company for match in found}.values())
    return tuple(
        each if isinstance(each, Finding) else _find(each, around) for each in drafts
    ), around


def _find(draft: _Draft, around: Surroundings) -> Finding:
    supplier, found, unlisted = draft.supplier, draft.found, draft.unlisted
    counted = tuple(each for each in found.matches if each.verdict != "different")
    leading = [each for each in unlisted.matches if _leads(each, around)]
    if not found.matches and not leading:
        return Finding(draft.id, supplier, _bare_status(supplier), regimes=around.defaults)
    judged = count_for(counted)
    identified = found.identified | unlisted.identified | judged
    starts = find_starts((*counted, *leading), identified, around)
    ties = tie_supplier(draft.id, supplier.name, starts, around)
    exposed = {*ties.exposure}
    if any(match.relation == "same" or match.company.id in judged for match in counted):
        exposed.add("listed")
    return Finding(
        id=draft.id,
        supplier=supplier,
        status=_status((*counted, *leading), identified, around.threshold, more=found.more),
        exposure=tuple(each for each in EXPOSURES if each in exposed),
        matches=found.matches,
        more_matches=found.more,
        paths=ties.paths,
        regimes=ties.regimes,
        claims=ties.claims,
    )


def _leads(match: Match, around: Surroundings) -> bool:
    """Tell whether a company that is on no list leads to one that is, or is named itself."""
    return around.leads(around.network.node_of(match.company.id))


def _status(
    matches: Sequence[Match], identified: frozenset[str], threshold: float, *, more: int
) -> Status:
    if any(match.company.id in identified for match in matches):
        return "confirmed"
    if any(m.relation == "same" and m.probability >= threshold for m in matches):
        return "match"
    return "possible" if matches or more else "none_found"


def _bare_status(supplier: Supplier) -> Status:
    """Return the status of a row for which nothing was found."""
    name = supplier.name
    readable = name[:1].isalnum() or any(each.isalnum() for each in name)
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
    return manifest


def _describe_ties(around: Surroundings, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return what the manifest says of links, claims and rules; nothing where there are none."""
    told: dict[str, Any] = {}
    network = around.network
    if around.hearing is not None:
        told["rule_set"] = dict(around.hearing.rule_set)
    if not network.is_empty:
        exposures = Counter(each for finding in findings for each in finding.exposure)
        kinds = Counter(link.kind for link in network.links)
        told["links"] = {
            "by_kind": dict(sorted(kinds.items())),
            "nodes": len(network.nodes),
            "claims": len({note.id for notes in network.notes.values() for note in notes}),
            "claims_sha256": _digest_claims(network),
            "claims_used": _list_claims(network),
            "limits": list(network.limits),
            "problems": [problem.as_dict() for problem in network.problems[:MOST_PROBLEMS]],
            "more_problems": max(0, len(network.problems) - MOST_PROBLEMS),
            "by_exposure": {each: exposures[each] for each in EXPOSURES if exposures[each]},
        }
    return told


def _digest_claims(network: Network) -> str:
    """Return a digest of the claims with their answers: another answer, another screening."""
    told = [
        [node, *(note.as_dict() for note in network.notes[node])] for node in sorted(network.notes)
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _list_claims(network: Network) -> list[dict[str, str]]:
    """Return each claim that names anybody with a digest, answers and all; by its id."""
    told: dict[str, list[str]] = {}
    for node in sorted(network.notes):
        for note in network.notes[node]:
            told.setdefault(note.id, []).append(json.dumps([node, note.as_dict()], sort_keys=True))
    return [
        {"id": each, "sha256": hashlib.sha256("\n".join(told[each]).encode()).hexdigest()}
        for each in sorted(told)
    ]


def _recognition(suppliers: SupplierList) -> dict[str, Any]:
    recognition = asdict(suppliers.recognition)
    return {name: list(v) if isinstance(v, tuple) else v for name, v in recognition.items()}


def _screening_id(manifest: dict[str, Any], findings: Sequence[Finding]) -> str:
    """Return an id that inputs and settings make: the day, and a digest of all that was asked."""
    digest = hashlib.sha256(json.dumps(manifest, sort_keys=True).encode())
    for finding in findings[:1]:
        digest.update(finding.id.encode())
    return f"{manifest['as_of']}-{digest.hexdigest()[:10]}"
