"""Changes in words: coverage of both screenings first, then what differs; for every output."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.exposure.outputs.words import LIMITS
from answerable.model.change import (
    CAUSE_WORDS,
    ChangeKind,
    Changes,
    Difference,
    Part,
    RowChange,
    ScreeningSide,
)
from answerable.model.finding import STATUS_WORDS

KIND_WORDS: dict[ChangeKind, str] = {"new": "new", "gone": "gone", "changed": "changed"}

PART_WORDS: dict[Part, str] = {
    "row": "supplier row",
    "status": "status",
    "exposure": "exposure",
    "match": "match",
    "listing": "listing",
    "path": "path",
    "ruling": "rule",
    "claim": "claim",
    "answer": "answer to a claim",
    "judgement": "judgement",
    "file": "supplier file",
    "day": "day",
    "edition": "list edition",
    "rule": "rule",
    "claims": "filed claims",
    "judgements": "judgements",
    "settings": "settings",
    "software": "software",
}
"""What differs, in the words that people are shown."""

SAYS_NOT = (
    "A change says that a line of this report reads otherwise than before. It does not say that a "
    "company did anything, or that anybody did wrong: most changes come from a new edition of a "
    "list, an edited row, or the day. What is gone from a list was not thereby judged.",
    *LIMITS,
)
"""What a change does not say; in every output that a person reads."""

NOTHING = "Nothing differs."


@dataclass(frozen=True, slots=True)
class Line:
    """One difference as a row of a table.

    Args:
        row, name, finding, old_status, new_status: Of the supplier; empty for the whole.
        difference: What differs.
    """

    row: str
    name: str
    finding: str
    old_status: str
    new_status: str
    difference: Difference

    @property
    def cells(self) -> tuple[str, ...]:
        """Its cells, in the order of `HEADINGS`."""
        each = self.difference
        return (
            self.row,
            self.name,
            self.finding,
            self.old_status,
            self.new_status,
            PART_WORDS[each.part],
            KIND_WORDS[each.kind],
            each.about,
            each.old or "",
            each.new or "",
            say_kinds(each),
            each.because,
        )


HEADINGS = (
    "row",
    "supplier",
    "finding",
    "status before",
    "status now",
    "what",
    "change",
    "about",
    "before",
    "now",
    "kind of cause",
    "because",
)
"""Headings of a table of changes."""


def list_lines(changes: Changes) -> Iterator[Line]:
    """Yield every difference as a line: those of the whole first, then row by row."""
    for each in changes.whole:
        yield Line("", "every row", "", "", "", each)
    for row in changes.rows:
        old, new = say_status(row.old_status), say_status(row.new_status)
        for each in row.differences:
            yield Line(str(row.row), row.name, row.id, old, new, each)


def list_shown(row: RowChange) -> list[Difference]:
    """Return what is shown of a row beneath its two statuses: why they differ is said but once."""
    others = [each for each in row.differences if each.part != "status"]
    told = {each.causes for each in others}
    return [each for each in row.differences if each.part != "status" or each.causes not in told]


def say_status(status: str | None) -> str:
    """Return a status in words, and that there is no row where there is none."""
    return next((words for each, words in STATUS_WORDS.items() if each == status), "no such row")


def say_kinds(difference: Difference) -> str:
    """Return the kinds of causes, each once: of several it is one of them."""
    kinds = list(dict.fromkeys(CAUSE_WORDS[cause.kind] for cause in difference.causes))
    return ("one of: " if len(kinds) > 1 else "") + ", ".join(kinds)


def say_side(side: ScreeningSide) -> str:
    """Return which screening it is: its id, its rows and its day."""
    rows = side.counts.get("rows", 0)
    files = ", ".join(str(each["name"]) for each in side.inputs)
    return f"{side.id}: {rows:,} rows of {files}, as of {side.as_of}"


def list_searched(side: ScreeningSide) -> list[str]:
    """Return what a screening searched, edition by edition, those of links included."""
    editions = (*side.coverage["lists"], *side.coverage.get("links", []))
    return [_say_edition(each) for each in editions] or ["no list"]


def _say_edition(edition: Mapping[str, Any]) -> str:
    parts = [
        f"{edition['title']} {edition['edition']}",
        "complete" if edition.get("complete") else "partial",
        "too old to rely on" if edition.get("too_old") else "",
    ]
    return ", ".join(each for each in parts if each)


def list_absent(side: ScreeningSide) -> list[str]:
    """Return the titles of the known lists that a screening did not search."""
    return [str(each["title"]) for each in side.coverage.get("absent", [])]


def list_attributions(sides: Sequence[ScreeningSide]) -> list[str]:
    """Return the lines that the lists' terms want shown with their data, each once."""
    lines = (
        edition.get("attribution")
        for side in sides
        for edition in (*side.coverage["lists"], *side.coverage.get("links", []))
    )
    return list(dict.fromkeys(str(each) for each in lines if each))


def say_counts(changes: Changes) -> str:
    """Return how many rows are new, gone, changed and the same.

    Example:
        >>> side = ScreeningSide("a", "2026-01-01", {"lists": []})
        >>> say_counts(Changes(side, side, same=3))
        'Nothing differs. 3 rows read as before.'
    """
    counts = changes.as_dict()["counts"]
    same = f"{counts['same']:,} rows read as before."
    if changes.is_empty:
        return f"{NOTHING} {same}"
    words = ", ".join(f"{counts[each]:,} {each}" for each in ("new", "gone", "changed"))
    return f"Rows: {words}. {same}"
