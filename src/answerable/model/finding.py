"""Findings: for each supplier row, is it a listed company, and how do we come to say so.

The form of a line of `findings.jsonl` (`answerable.finding/1`) is a contract with users.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from answerable.model.company import Company
from answerable.model.coverage import Coverage
from answerable.model.judgement import Verdict
from answerable.model.path import Path
from answerable.model.regime import Ruling
from answerable.model.supplier import Supplier, SupplierList

Status = Literal["confirmed", "match", "possible", "none_found", "unreadable"]
Relation = Literal["same", "name_shared"]

STATUSES: tuple[Status, ...] = ("confirmed", "match", "possible", "none_found", "unreadable")
"""Statuses, the most telling first."""

STATUS_WORDS: dict[Status, str] = {
    "confirmed": "confirmed by an identifier or a person",
    "match": "name match, to be confirmed",
    "possible": "possible match, to review",
    "none_found": "none found in these sources",
    "unreadable": "could not be read",
}
"""Statuses in the words that people are shown."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against a match.

    Args:
        reason: Kind: `identifier`, `exact`, `token`, `spelling`, `unmatched` (in the supplier's
            name only), `omitted` (in the listed name only), `number`, `place`,
            `country`, `legal_form`, `name_shared`, `prior`.
        detail: In plain words, such as `huawei = huawei (rare)`.
        log_odds: How much it adds to the score, in natural log-odds.
    """

    reason: str
    detail: str
    log_odds: float

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in findings, log-odds to two decimals."""
        return {"reason": self.reason, "detail": self.detail, "log_odds": round(self.log_odds, 2)}


@dataclass(frozen=True, slots=True)
class Match:
    """A supplier and a listed company that may be one, or that share a distinctive name.

    A name match says nothing about wrongdoing, and a name alone never confirms.

    Args:
        company: The company as its list names it.
        relation: `same`: the probability is that of one legal person. `name_shared`: another
            legal person that carries the same distinctive name; it may be an affiliate.
        name: The company's name that was compared, as printed.
        score: Sum of the reasons' log-odds, the prior among them.
        probability: The score's calibration, from 0 to 1.
        reasons: What speaks for and against, the strongest first.
        judgement: A person's judgement, else None: `verdict`, `why`, `by`, `name`, `at`, `until`,
            `agreed`, `state` (`in_force`, `reopened`, `expired`, `awaiting_second`) and `changed`,
            what differs since, a sentence each.
    """

    company: Company
    relation: Relation
    name: str
    score: float
    probability: float
    reasons: tuple[Reason, ...]
    judgement: dict[str, Any] | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What a person judged, where that judgement is in force; else None."""
        judged = self.judgement
        return judged["verdict"] if judged and judged["state"] == "in_force" else None

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in findings."""
        return {
            "company": company_dict(self.company),
            "name": self.name,
            "relation": self.relation,
            "score": round(self.score, 2),
            "probability": round(self.probability, 4),
            "reasons": [reason.as_dict() for reason in self.reasons],
            "judgement": self.judgement,
        }


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """A filed claim that names a company of a finding, with what was answered.

    It says that the claimant said so; not that it is so.

    Args:
        id: Id of the filed claim.
        case: Name of its case.
        company: The company of the finding that it names, as the claim names it.
        claimant: Who says it.
        statement: What is claimed, in the editors' words.
        predicate: Word of the vocabulary.
        modality: How the claimant puts it.
        about, object: The parties, as named.
        place, when: Where and when, as the source says, else None.
        passages: Captures and offsets of its quotations.
        answer: `answered`, `requested` or `none_found` (in our sources).
        rebuttals: Who answered, and what, in the editors' words.
        pending: Titles of its sources that have no sealed copy.
        probability: That the company is the one named: 1 where an identifier or the editors
            settled it, less where a name match did.
    """

    id: str
    case: str
    company: str
    claimant: str
    statement: str
    predicate: str
    modality: str
    about: str
    object: str | None = None
    place: str | None = None
    when: str | None = None
    passages: tuple[dict[str, Any], ...] = ()
    answer: str = "none_found"
    rebuttals: tuple[dict[str, str], ...] = ()
    pending: tuple[str, ...] = ()
    probability: float = 1.0

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in findings."""
        return {
            "id": self.id,
            "case": self.case,
            "company": self.company,
            "probability": round(self.probability, 4),
            "claimant": self.claimant,
            "statement": self.statement,
            "predicate": self.predicate,
            "modality": self.modality,
            "about": self.about,
            "object": self.object,
            "place": self.place,
            "when": self.when,
            "passages": list(self.passages),
            "answer": self.answer,
            "rebuttals": list(self.rebuttals),
            "pending": list(self.pending),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """All that was found for one supplier row.

    Args:
        id: Keyed hash of workspace, row content and occurrence, with a check character; the
            same row keeps its id.
        supplier: The row.
        status: Is it that company? One of `STATUSES`.
        exposure: How is that company exposed? Any of `listed` … (see DESIGN).
        matches: The best matches, strongest first; empty if none was found.
        more_matches: How many more there were than are carried.
        paths: Ways from the supplier to listed or named companies, the supplier first.
        regimes: What each rule says, by its id; empty where no rule was evaluated.
        claims: Filed claims that name a company of the finding, or on its paths.
    """

    id: str
    supplier: Supplier
    status: Status
    exposure: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()
    more_matches: int = 0
    paths: tuple[Path, ...] = ()
    regimes: Mapping[str, Ruling] = field(default_factory=dict)
    claims: tuple[ClaimNote, ...] = ()

    @property
    def counted(self) -> tuple[Match, ...]:
        """The matches that count: all but those that a person judged, in force, to be others."""
        return tuple(match for match in self.matches if match.verdict != "different")

    @property
    def nearest(self) -> Match | None:
        """The match that came nearest, of those that count if any does; None without matches."""
        return next(iter(self.counted or self.matches), None)

    def as_dict(self) -> dict[str, Any]:
        """Return the line of `findings.jsonl`, keys in the order of the contract."""
        return {
            "schema": "answerable.finding/1",
            "id": self.id,
            "supplier": supplier_dict(self.supplier),
            "status": self.status,
            "exposure": list(self.exposure),
            "matches": [match.as_dict() for match in self.matches],
            "more_matches": self.more_matches,
            "paths": [path.as_dict() for path in self.paths],
            "regimes": {rule: ruling.as_dict() for rule, ruling in self.regimes.items()},
            "claims": [claim.as_dict() for claim in self.claims],
            "problems": [problem.as_dict() for problem in self.supplier.problems],
        }


@dataclass(frozen=True, slots=True)
class Screening:
    """A supplier list screened against a selection of lists: findings and their manifest.

    Args:
        id: Made from the inputs and settings: the same inputs give the same id and bytes.
        suppliers: The list that was screened.
        findings: One per supplier row, in row order.
        coverage: What was searched and what was not.
        threshold: Probability from which a name match is a `match`.
        manifest: The manifest as written (`answerable.manifest/1`).
    """

    id: str
    suppliers: SupplierList
    findings: tuple[Finding, ...]
    coverage: Coverage
    threshold: float
    manifest: dict[str, Any] = field(default_factory=dict)


def supplier_dict(supplier: Supplier) -> dict[str, Any]:
    """Return a supplier as written in findings."""
    entry: dict[str, Any] = {
        "row": supplier.row,
        "name": supplier.name,
        "country": supplier.country,
        "identifiers": {each.scheme: each.value for each in supplier.identifiers},
    }
    if supplier.sheet is not None:
        entry["sheet"] = supplier.sheet
    if supplier.address is not None:
        entry["address"] = supplier.address
    return entry


def company_dict(company: Company) -> dict[str, Any]:
    """Return a company as written in findings."""
    return {
        "id": company.id,
        "schema": company.schema,
        "caption": company.caption,
        "names": [name.value for name in company.names],
        "countries": list(company.countries),
        "identifiers": [each.as_dict() for each in company.identifiers],
        "listings": [
            {
                "list": listing.list,
                "edition": listing.edition,
                "ground": listing.ground,
                "ground_class": listing.ground_class,
                "programs": list(listing.programs),
                "citation": listing.citation,
                "since": listing.since,
                "url": listing.url,
            }
            for listing in company.listings
        ],
    }
