"""Verdicts that a person wrote into a table: the workbook or CSV of a screening, given back."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from answerable.errors import ColumnsUnclear, FindingUnknown, JudgementRefused
from answerable.exposure.judgements.desk import check_verdict, check_words
from answerable.exposure.judgements.kept import spell
from answerable.exposure.screening.finding_ids import is_finding_id
from answerable.lists.content import read_content
from answerable.lists.tables import Row, Table, read_table
from answerable.model import Problem
from answerable.model.judgement import Verdict

COLUMNS: dict[str, tuple[str, ...]] = {
    "finding": ("finding", "finding id"),
    "verdict": ("verdict", "your verdict"),
    "why": ("why", "reason"),
    "company": ("company id", "match"),
    "until": ("until",),
}
"""What is read, and the headings under which it stands, in either case, with or without prefix."""

NEEDED = ("finding", "verdict", "why")

_PREFIX = re.compile(r"^answerable:\s*", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\(\d+\)$")


@dataclass(frozen=True, slots=True)
class GivenVerdict:
    """A verdict as it was written into a row.

    Args:
        row: Row of the table.
        sheet: Its sheet, else None.
        finding: Id of the finding.
        verdict: The verdict.
        why: The reason.
        company: Id of the company of the match, else None.
        until: Last day on which it is to count, else None.
    """

    row: int
    sheet: str | None
    finding: str
    verdict: Verdict
    why: str
    company: str | None = None
    until: date | None = None


def read_verdicts(source: Path | bytes) -> tuple[list[GivenVerdict], list[Problem]]:
    """Return the verdicts of a table, sheet by sheet, and what is odd about its rows.

    Args:
        source: An XLSX, ODS, XLS or CSV file, or its bytes.

    Returns:
        Verdicts in the order of the rows, and a problem for each row that cannot be used. Rows
        whose verdict and reason are empty say nothing and are passed over.

    Raises:
        TableError: No table can be read from it.
        ColumnsUnclear: No sheet has the columns.
    """
    content = read_content(source)
    first = read_table(content, find_headings=_find_headings)
    tables = [first]
    tables += [
        read_table(content, sheet=each, find_headings=_find_headings) for each in first.other_sheets
    ]
    usable = [(table, _place_columns(table.headings)) for table in tables]
    usable = [(table, places) for table, places in usable if all(n in places for n in NEEDED)]
    if not usable:
        raise ColumnsUnclear(
            first.file_name,
            "finding, verdict and why",
            first.headings,
            advice="Give a workbook or CSV that `answerable screen --out` wrote, with your "
            "verdicts in its column `verdict`.",
        )
    given: list[GivenVerdict] = []
    problems: list[Problem] = []
    for table, places in usable:
        problems += table.problems
        for row in table.rows:
            read = _read_row(table, row, places)
            if isinstance(read, Problem):
                problems.append(read)
            elif read is not None:
                given.append(read)
    return given, problems


def _name_column(heading: str) -> str | None:
    plain = _NUMBERED.sub("", _PREFIX.sub("", heading.strip())).casefold()
    return next((name for name, headings in COLUMNS.items() if plain in headings), None)


def _place_columns(headings: Iterable[str]) -> dict[str, int]:
    """Return where each column stands; one that bears our prefix comes before one that does not."""
    places: dict[str, int] = {}
    ordered = sorted(enumerate(headings), key=lambda each: not _PREFIX.match(each[1].strip()))
    for place, heading in ordered:
        name = _name_column(heading)
        if name is not None:
            places.setdefault(name, place)
    return places


def _find_headings(rows: Sequence[tuple[str, ...]]) -> tuple[int | None, float]:
    scores = [len(_place_columns(row)) for row in rows]
    best = max(scores, default=0)
    return (scores.index(best), float(best)) if best else (0 if rows else None, 0.0)


def _read_row(table: Table, row: Row, places: dict[str, int]) -> GivenVerdict | Problem | None:
    cells = {name: row.cells[place].strip() for name, place in places.items()}
    if not cells["verdict"] and not cells["why"]:
        return None
    if not cells["verdict"]:
        sentence = "A reason without a verdict: write same, different or unsure beside it."
        return Problem(sentence, row.number, "why", cells["why"], table.sheet)
    try:
        if not is_finding_id(cells["finding"]):
            raise FindingUnknown(
                f"The finding {cells['finding'][:40]!r}",
                "its check character does not fit",
                "Copy it from the screening.",
            )
        return GivenVerdict(
            row=row.number,
            sheet=table.sheet,
            finding=spell(cells["finding"]),
            verdict=check_verdict(cells["verdict"]),
            why=check_words(
                "The judgement", unguard(cells["why"]), advice="Write it into the column why."
            ),
            company=cells.get("company") or None,
            until=_read_day(cells.get("until", "")),
        )
    except (FindingUnknown, JudgementRefused) as error:
        return Problem(error.message, row.number, "verdict", cells["verdict"], table.sheet)


def unguard(text: str) -> str:
    """Return a text without the apostrophe that a CSV puts before what begins like a formula.

    Example:
        >>> unguard("'=same town"), unguard("'t Veld is another")
        ('=same town', "'t Veld is another")
    """
    return text[1:] if re.match(r"'[\s=+\-@\uff1d\uff0b\uff0d\uff20|%]", text) else text


def _read_day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        raise JudgementRefused(
            "The judgement", f"{text[:40]!r} is no day", "Write it as YYYY-MM-DD."
        ) from None
