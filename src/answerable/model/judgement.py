"""Judgements: what a person said of a match, and what a buyer resolved about a finding.

A judgement says whether a supplier and a listed company are one company. It says nothing about
what either has done. Both are deeds: they are never changed, and undone by a new entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

Verdict = Literal["same", "different", "unsure"]
JudgementState = Literal["in_force", "reopened", "expired", "awaiting_second"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""What a person may judge of a match."""

VERDICT_WORDS: dict[Verdict, str] = {
    "same": "the same company",
    "different": "another company",
    "unsure": "not to be told yet",
}
"""Verdicts in the words that people are shown."""

STATE_WORDS: dict[JudgementState, str] = {
    "in_force": "in force",
    "reopened": "open again",
    "expired": "expired",
    "awaiting_second": "waits for a second reviewer",
}
"""States in the words that people are shown."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a judgement rested on: both sides as they stood before the reviewer's eyes.

    Args:
        supplier: The row, as in findings: `name`, `country`, `identifiers`, `address`.
        company: The company, as in findings: `id`, `caption`, `names`, `countries`,
            `identifiers`, `listings` with list, edition, ground and citation.
        screening: Id of the screening that brought the match up.
        as_of: Its day, ISO.
        matching: Which model weighed the names: `model` and `coefficients`.
        compared: The company's name that was compared.
        score: Sum of the log-odds, as printed in the finding.
        probability: Its calibration, as printed in the finding.
    """

    supplier: Mapping[str, Any]
    company: Mapping[str, Any]
    screening: str
    as_of: str
    matching: Mapping[str, Any] = field(default_factory=dict)
    compared: str = ""
    score: str = ""
    probability: str = ""


@dataclass(frozen=True, slots=True)
class Agreement:
    """That another reviewer came to the same verdict.

    Args:
        id: Id of its record.
        by: Id of the key that signed it, 8 hexadecimal digits.
        at: When it was logged, UTC.
        why: Their own reason, in their words.
        name: The name they choose to be known by, else None.
    """

    id: str
    by: str
    at: str
    why: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a judgement or resolution was taken back; what stood before it does not come back.

    Args:
        id: Id of its record.
        by: Id of the key that signed it.
        at: When it was logged, UTC.
        why: The reason.
        name: The name of whoever did it, else None.
    """

    id: str
    by: str
    at: str
    why: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's same, different or unsure of one match, with why.

    Whether it counts in a screening is told there (`match.judgement.state`): that depends on the
    day, and on what has changed since.

    Args:
        id: Id of its record.
        finding: Id of the finding.
        company: Id of the company of the match.
        verdict: `same`, `different` or `unsure`.
        why: The reason, in the reviewer's words.
        by: Id of the key that signed it, 8 hexadecimal digits.
        at: When it was logged, UTC.
        basis: What it rested on.
        name: The name the reviewer chooses to be known by, else None.
        until: Last day on which it counts, ISO, else None.
        agreements: Of other reviewers, in the order of the log.
        withdrawal: That it was taken back, else None.
        replaced_by: Id of a later judgement of the same match, else None.
    """

    id: str
    finding: str
    company: str
    verdict: Verdict
    why: str
    by: str
    at: str
    basis: Basis
    name: str | None = None
    until: str | None = None
    agreements: tuple[Agreement, ...] = ()
    withdrawal: Withdrawal | None = None
    replaced_by: str | None = None

    @property
    def has_second(self) -> bool:
        """Whether another key than its own agreed."""
        return any(each.by != self.by for each in self.agreements)


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the buyer resolved to do about a finding, with why: the buyer's words, not ours.

    Args:
        id: Id of its record.
        finding: Id of the finding.
        resolution: What was resolved, in a few words.
        why: The reasons.
        by: Id of the key that signed it.
        at: When it was logged, UTC.
        supplier: The row, as in findings.
        conditions: What the supplier has to do or show, one each.
        next_review: ISO day on which it is looked at again, else None.
        name: The name of whoever resolved it, else None.
        screening: Id of the screening it was resolved on.
        withdrawal: That it was taken back, else None.
        replaced_by: Id of a later resolution of the same finding, else None.
    """

    id: str
    finding: str
    resolution: str
    why: str
    by: str
    at: str
    supplier: Mapping[str, Any]
    conditions: tuple[str, ...] = ()
    next_review: str | None = None
    name: str | None = None
    screening: str = ""
    withdrawal: Withdrawal | None = None
    replaced_by: str | None = None
