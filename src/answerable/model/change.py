"""Changes: what two screenings differ in, and because of what.

A change says that a line of ours reads otherwise than it did. It does not say that a company did
anything: most changes come from an issuer's new edition, a buyer's edited row, or the day.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

ChangeKind = Literal["new", "gone", "changed"]
CauseKind = Literal[
    "supplier",
    "list",
    "links",
    "claim",
    "rule",
    "judgement",
    "settings",
    "day",
    "software",
    "model",
    "unknown",
]
"""What a change may come from. `list`: another edition of a list, or another choice of lists;
`links`: an edition that holds links alone; `model`: the weights by which names are matched;
`unknown`: the two screenings do not tell."""

Part = Literal[
    "row",
    "status",
    "exposure",
    "match",
    "listing",
    "path",
    "ruling",
    "claim",
    "answer",
    "judgement",
    "file",
    "day",
    "edition",
    "rule",
    "claims",
    "judgements",
    "settings",
    "software",
]
"""What of a finding, or of a whole screening, differs."""

CAUSE_WORDS: dict[CauseKind, str] = {
    "supplier": "supplier row",
    "list": "list edition",
    "links": "links edition",
    "claim": "claim",
    "rule": "rule",
    "judgement": "judgement",
    "settings": "settings",
    "day": "day",
    "software": "software",
    "model": "matching model",
    "unknown": "not told by the two screenings",
}
"""Kinds of causes in the words that people are shown."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What a difference comes from, as the two screenings and the kept editions tell.

    Args:
        kind: Which input differs.
        text: One sentence, naming it: such as the list with both editions and the entry.
        ref: Id of what it names: a list, a claim, a rule; else None.
    """

    kind: CauseKind
    text: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that reads otherwise than before.

    Args:
        part: What of the finding or of the screening it is.
        kind: Whether it was not there, is gone, or reads otherwise.
        about: What it is about, such as a company's name, a rule's title; empty for a status.
        old, new: How it read and reads, in words; None where it was not there, or is gone.
        causes: What it comes from. Of several it is one of them: which, the screenings do not tell.
        ref: Id of what it is about, such as a company or a claim; else None.
    """

    part: Part
    kind: ChangeKind
    about: str
    old: str | None
    new: str | None
    causes: tuple[Cause, ...]
    ref: str | None = None

    @property
    def because(self) -> str:
        """Its causes in one sentence.

        Example:
            >>> day = Cause("day", "The day is another one: 2026-01-01 → 2026-02-01.")
            >>> Difference("status", "changed", "", "a", "b", (day,)).because
            'The day is another one: 2026-01-01 → 2026-02-01.'
        """
        if len(self.causes) == 1:
            return self.causes[0].text
        return "One of: " + " ".join(cause.text for cause in self.causes)


@dataclass(frozen=True, slots=True)
class RowChange:
    """What differs for one supplier row.

    Args:
        id: Id of its finding in the new screening; of a row that is gone, in the old one.
        old_id: Id in the old screening; None for a new row.
        kind: Whether the row is new, gone, or its finding reads otherwise.
        paired_by: How the two rows were paired: `id`, `identifier`, `name`; None where alone.
        row: Row in the new file, or of a row that is gone in the old one.
        name: The supplier's name there.
        old_status, new_status: Status in each screening; None where it has no such row.
        differences: What differs; never empty.
    """

    id: str
    old_id: str | None
    kind: ChangeKind
    paired_by: Literal["id", "identifier", "name"] | None
    row: int
    name: str
    old_status: str | None
    new_status: str | None
    differences: tuple[Difference, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return it as one line of a file of changes (`answerable.changes/1`)."""
        return {"line": "row", **_row(self)}


@dataclass(frozen=True, slots=True)
class ScreeningSide:
    """One of the two screenings that are compared.

    Args:
        id: Its id.
        as_of: The day for which it speaks.
        coverage: What it searched and what not, as its manifest says.
        inputs: Supplier files: name, digest, bytes, rows.
        software: Name and version.
        counts: Rows, and how many of each status.
    """

    id: str
    as_of: str
    coverage: dict[str, Any]
    inputs: tuple[dict[str, Any], ...] = ()
    software: dict[str, Any] = field(default_factory=dict)
    counts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """What two screenings differ in.

    Args:
        old, new: The screenings.
        whole: What differs for the whole: editions, rules, settings, day, software.
        rows: Rows that differ, those with the most telling status first, then in row order.
        same: Number of rows of which nothing differs.
    """

    old: ScreeningSide
    new: ScreeningSide
    whole: tuple[Difference, ...] = ()
    rows: tuple[RowChange, ...] = ()
    same: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs at all."""
        return not self.whole and not self.rows

    def of(self, finding_id: str) -> RowChange | None:
        """Return what differs of one finding, by its new or its old id; None if nothing does."""
        return next((row for row in self.rows if finding_id in (row.id, row.old_id)), None)

    def as_dict(self) -> dict[str, Any]:
        """Return what holds for the whole: the first line of a file of changes."""
        kinds = [row.kind for row in self.rows]
        return {
            "schema": "answerable.changes/1",
            "line": "screenings",
            "old": asdict(self.old),
            "new": asdict(self.new),
            "counts": {
                "new": kinds.count("new"),
                "gone": kinds.count("gone"),
                "changed": kinds.count("changed"),
                "same": self.same,
            },
            "whole": [_difference(each) for each in self.whole],
        }


def _row(row: RowChange) -> dict[str, Any]:
    content = asdict(row)
    content["differences"] = [_difference(each) for each in row.differences]
    return content


def _difference(each: Difference) -> dict[str, Any]:
    return {**asdict(each), "one_of": len(each.causes) > 1}
