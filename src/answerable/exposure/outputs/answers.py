"""The answer columns: the same in every tabular output, beside the buyer's own columns.

Their headings begin with `answerable: `, so that they never collide with a buyer's heading, are
never taken for a supplier's name or country, and are known again when an answered file is
screened once more: the earlier answers are then replaced, not kept beside the new ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from answerable.exposure.outputs.cells import read_link
from answerable.exposure.outputs.words import (
    GROUND_CLASS_WORDS,
    NO_GROUND,
    RELATION_WORDS,
    say_percent,
    say_reasons,
    say_status,
)
from answerable.model import Coverage, Finding, Listing, Match, Problem, Screening
from answerable.model.countries import country_name

PREFIX = "answerable: "

POINTS = 15.0
"""Height of a line of text."""

LETTERS = 1.1
"""Letters of a proportional font to one character of a column's width."""

MOST_LINES = 8
"""Lines of a row of answers; what is longer is read in the cell itself."""

Value = str | float | None

OwnColumn = tuple[str, Callable[[Finding], str]]
"""A column of the buyer's: its heading, and how to read its cell of a finding."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the answers of one row are read from.

    Args:
        finding: The finding.
        coverage: What was searched.
        titles: List id to title.
        links: List id to the page of its issuer.
    """

    finding: Finding
    coverage: Coverage
    titles: dict[str, str]
    links: dict[str, str]

    @property
    def match(self) -> Match | None:
        """The strongest match, or None."""
        return self.finding.matches[0] if self.finding.matches else None

    @property
    def listings(self) -> tuple[Listing, ...]:
        """Listings of the strongest match; empty if there is none."""
        return self.match.company.listings if self.match else ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer column.

    Args:
        heading: Its heading, without `PREFIX`.
        meaning: What it holds, as a sentence.
        read: Takes the value from a row; None for an empty cell.
        width: Width in characters.
        form: `text`, `percent`, `long` (wrapped) or `link`.
        always: Whether it may hold something for a row without a match.
    """

    heading: str
    meaning: str
    read: Callable[[Row], Value]
    width: int = 18
    form: str = "text"
    always: bool = False

    @property
    def title(self) -> str:
        """Its heading as written."""
        return PREFIX + self.heading


def _join(parts: Sequence[str | None]) -> str | None:
    """Join what each listing gives, in one order in all columns; a dash where one gives nothing."""
    return " | ".join(part or "–" for part in parts) if any(parts) else None


def _finding(row: Row) -> Value:
    return row.finding.id


def _status(row: Row) -> Value:
    return say_status(row.finding.status, row.coverage.as_of)


def _probability(row: Row) -> Value:
    return round(row.match.probability, 4) if row.match else None


def _relation(row: Row) -> Value:
    return RELATION_WORDS[row.match.relation] if row.match else None


def _company(row: Row) -> Value:
    return row.match.company.caption if row.match else None


def _compared(row: Row) -> Value:
    return row.match.name if row.match else None


def _country(row: Row) -> Value:
    return (
        _join([country_name(code) for code in row.match.company.countries]) if row.match else None
    )


def _lists(row: Row) -> Value:
    return _join([row.titles.get(each.list, each.list) for each in row.listings])


def _ground(row: Row) -> Value:
    return _join([each.ground or NO_GROUND for each in row.listings])


def _ground_class(row: Row) -> Value:
    classes = [each.ground_class for each in row.listings]
    return _join([GROUND_CLASS_WORDS.get(each, each) for each in classes])


def _edition(row: Row) -> Value:
    return _join([each.edition for each in row.listings])


def _citation(row: Row) -> Value:
    return _join([each.citation for each in row.listings])


def _since(row: Row) -> Value:
    return _join([each.since for each in row.listings])


def _reasons(row: Row) -> Value:
    return say_reasons(row.match) if row.match else None


def _more(row: Row) -> Value:
    parts = [_say_match(match, row) for match in row.finding.matches[1:]]
    if row.finding.more_matches:
        parts.append(f"and {row.finding.more_matches:,} more that are not carried")
    return "; ".join(parts) or None


def _say_match(match: Match, row: Row) -> str:
    lists = ", ".join(
        " ".join(filter(None, (row.titles.get(each.list, each.list), each.edition, each.citation)))
        for each in match.company.listings
    )
    shared = ", name shared" if match.relation == "name_shared" else ""
    return f"{match.company.caption} [{lists}] {say_percent(match.probability)}{shared}"


def _problems(row: Row) -> Value:
    return " ".join(say_problem(each) for each in row.finding.supplier.problems) or None


def say_problem(problem: Problem) -> str:
    """Return a problem of a cell, row or file as one sentence with its column and value.

    Example:
        >>> say_problem(Problem("The country is not known.", row=7, column="Country", value="Oz"))
        'Country "Oz": The country is not known.'
    """
    shown = problem.as_dict()
    value = f'"{shown["value"]}"' if "value" in shown else ""
    place = " ".join(part for part in (problem.column, value) if part)
    return f"{place}: {problem.sentence}" if place else problem.sentence


def _link(row: Row) -> Value:
    urls = (read_link(each.url) or read_link(row.links.get(each.list)) for each in row.listings)
    return next((url for url in urls if url), None)


ANSWERS: tuple[Answer, ...] = (
    Answer("finding", "Id of the finding; the same row keeps it.", _finding, 16, always=True),
    Answer("status", "Is it that company? In words.", _status, 42, always=True),
    Answer("probability", "That both are one legal person.", _probability, 12, "percent"),
    Answer("relation", "Same legal person, or only a name shared.", _relation, 28, "long"),
    Answer("listed company", "The company as its list names it.", _company, 36, "long"),
    Answer("name compared", "Its name, or alias, that came nearest.", _compared, 30, "long"),
    Answer("its country", "Countries that the list gives.", _country, 18, "long"),
    Answer("list", "Which list names it.", _lists, 30, "long"),
    Answer("edition", "Edition of the list.", _edition, 12, "long"),
    Answer("ground class", "Class of the list's ground.", _ground_class, 20, "long"),
    Answer("ground as stated", "In the issuer's words, where it gives any.", _ground, 36, "long"),
    Answer("citation", "Legal citation as printed.", _citation, 24, "long"),
    Answer("since", "Date of the listing as stated.", _since, 12, "long"),
    Answer("reasons", "What speaks for (+) and against (−).", _reasons, 60, "long"),
    Answer("more matches", "Other listed companies that came near.", _more, 50, "long"),
    Answer("problems", "What was wrong with the row.", _problems, 40, "long", always=True),
    Answer("link", "The list's page at its issuer.", _link, 30, "link"),
)
"""The answer columns, in order."""


def answer_rows(screening: Screening) -> list[Row]:
    """Return what the answers are read from, one per finding, in row order.

    Args:
        screening: The screening.

    Returns:
        As many as there are findings; empty for a file without rows.
    """
    coverage = screening.coverage
    titles = {each.list: each.title for each in coverage.editions}
    links = {each.list: each.url for each in coverage.editions}
    return [Row(finding, coverage, titles, links) for finding in screening.findings]


def read_answers(row: Row) -> list[Value]:
    """Return the values of `ANSWERS` for a row, None for an empty cell."""
    found = row.match is not None
    return [answer.read(row) if found or answer.always else None for answer in ANSWERS]


def measure_height(row: Row) -> float | None:
    """Return the height in points at which a row's wrapped answers can be read.

    Returns:
        At most `MOST_LINES` lines; None for a row without a match, which keeps its height.
    """
    if row.match is None:
        return None
    values = [(answer.width, answer.read(row)) for answer in ANSWERS if answer.form == "long"]
    lines = max(-(-len(str(value or "")) // round(width * LETTERS)) for width, value in values)
    return POINTS * min(max(lines, 1), MOST_LINES)


def is_answer(heading: str) -> bool:
    """Tell whether a heading is that of an answer column of an earlier screening.

    Example:
        >>> is_answer("answerable: status"), is_answer("Status")
        (True, False)
    """
    return heading.strip().startswith(PREFIX)


def own_columns(screening: Screening) -> list[OwnColumn]:
    """Return the buyer's own columns in her order: heading and how to read the cell of a finding.

    Columns of an earlier answer are left out. Cells beyond the last heading get a column each; a
    file without headings gets the row, the name and the country as read.

    Args:
        screening: The screening.
    """
    headings = screening.suppliers.headings
    width = max((len(each.supplier.cells) for each in screening.findings), default=0)
    if not headings and not width:
        return [
            ("Row", lambda finding: str(finding.supplier.row)),
            ("Supplier", lambda finding: finding.supplier.name),
            ("Country", lambda finding: finding.supplier.country or ""),
        ]
    names = [*headings, *(f"Column {place + 1}" for place in range(len(headings), width))]
    return [(name, _cell_at(place)) for place, name in enumerate(names) if not is_answer(name)]


def _cell_at(place: int) -> Callable[[Finding], str]:
    def read(finding: Finding) -> str:
        cells = finding.supplier.cells
        return cells[place] if place < len(cells) else ""

    return read
