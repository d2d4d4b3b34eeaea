"""The answer columns: the same in every tabular output, beside the buyer's own columns.

Their headings begin with `answerable: `, so that they never collide with a buyer's heading, are
never taken for a supplier's name or country, and are known again when an answered file is
screened once more: the earlier answers are then replaced, not kept beside the new ones.
"""

from collections.abc import Callable
from dataclasses import dataclass

from answerable.exposure.outputs import readings
from answerable.exposure.outputs.readings import Row, Value
from answerable.exposure.screening.queue import FOUND
from answerable.model import Finding, Screening

PREFIX = "answerable: "

POINTS = 15.0
"""Height of a line of text."""

LETTERS = 1.1
"""Letters of a proportional font to one character of a column's width."""

MOST_LINES = 8
"""Lines of a row of answers; what is longer is read in the cell itself."""

OwnColumn = tuple[str, Callable[[Finding], str]]
"""A column of the buyer's: its heading, and how to read its cell of a finding."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer column.

    Args:
        heading: Its heading, without `PREFIX`.
        meaning: What it holds, as a sentence.
        read: Takes the value from a row; None for an empty cell.
        width: Width in characters.
        form: `text`, `status`, `percent`, `long` (wrapped) or `link`.
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


ANSWERS: tuple[Answer, ...] = (
    Answer(
        "finding",
        "Id of the finding; the same row keeps it.",
        readings.read_finding,
        16,
        always=True,
    ),
    Answer(
        "status", "Is it that company? In words.", readings.read_status, 36, "status", always=True
    ),
    Answer(
        "probability",
        "That the supplier and the listed company are one legal person.",
        readings.read_probability,
        13,
        "percent",
    ),
    Answer(
        "relation", "Same legal person, or only a name shared.", readings.read_relation, 28, "long"
    ),
    Answer(
        "listed company",
        "The listed company that came nearest, as its list names it.",
        readings.read_company,
        36,
        "long",
    ),
    Answer(
        "name compared",
        "Its name, or alias, that came nearest.",
        readings.read_compared,
        30,
        "long",
    ),
    Answer("its country", "Countries that the list gives.", readings.read_countries, 18, "long"),
    Answer(
        "list",
        "All lists that name a company found for this row, forced labour and human rights first.",
        readings.read_lists,
        36,
        "long",
    ),
    Answer(
        "ground class",
        "All classes of ground of those lists, forced labour and human rights first.",
        readings.read_ground_classes,
        30,
        "long",
    ),
    Answer(
        "edition",
        "Edition of the list that names the company that came nearest.",
        readings.read_editions,
        16,
        "long",
    ),
    Answer(
        "ground as stated",
        "Its ground in the issuer's words, where it gives any.",
        readings.read_grounds,
        36,
        "long",
    ),
    Answer("citation", "Its legal citation as printed.", readings.read_citations, 28, "long"),
    Answer("since", "Date of its listing as stated.", readings.read_since, 16, "long"),
    Answer(
        "reasons",
        "What speaks for (+) and against (−) its being the same legal person.",
        readings.read_reasons,
        60,
        "long",
    ),
    Answer(
        "exposure",
        "How that company is exposed: listed, named, reached by a rule, linked, possible.",
        readings.read_exposure,
        30,
        "long",
        always=True,
    ),
    Answer(
        "paths",
        "How it is tied to listed or named companies, link by link, each with its source; the "
        "first three.",
        readings.read_paths,
        60,
        "long",
        always=True,
    ),
    Answer(
        "rules",
        "What rules of ownership and control say, where they say more than none found; no legal "
        "advice.",
        readings.read_rulings,
        60,
        "long",
        always=True,
    ),
    Answer(
        "claims",
        "Who says what of it in filed claims, with what was answered; the first three.",
        readings.read_claims,
        60,
        "long",
        always=True,
    ),
    Answer(
        "more matches",
        "Other listed companies that came near, each with its lists and their classes of ground.",
        readings.read_more,
        60,
        "long",
    ),
    Answer(
        "problems", "What was wrong with the row.", readings.read_problems, 40, "long", always=True
    ),
    Answer("link", "The issuer's page on the list.", readings.read_page, 30, "link"),
    Answer(
        "verdict",
        "What a person judged of the company that came nearest: same, different or unsure. Write "
        "it here, or on the sheet Findings, and read it with `answerable judge --from`.",
        readings.read_verdict,
        12,
    ),
    Answer("why", "Why it was judged so; needed with a verdict.", readings.read_why, 40, "long"),
    Answer("judged by", "Who judged, and who agreed.", readings.read_judge, 20, "long"),
    Answer("judged on", "The day of the judgement.", readings.read_judged_on, 12),
    Answer(
        "judgement",
        "Whether it waits, has expired, or is open again because something changed.",
        readings.read_state,
        40,
        "long",
    ),
    Answer("company id", "Id of the company that came nearest.", readings.read_company_id, 24),
)
"""The answer columns, in order."""


def read_answers(row: Row) -> list[Value]:
    """Return the values of `ANSWERS` for a row, None for an empty cell."""
    found = row.match is not None
    return [answer.read(row) if found or answer.always else None for answer in ANSWERS]


def name_style(answer: Answer, row: Row) -> str:
    """Return the name of an answer's cell style: that of its status has a tint where one found."""
    if answer.form != "status":
        return answer.form
    return row.finding.status if row.finding.status in FOUND else "text"


def measure_height(row: Row) -> float | None:
    """Return the height in points at which a row's wrapped answers can be read.

    Returns:
        At most `MOST_LINES` lines; None for a row of which nothing was found: it keeps its height.
    """
    if row.match is None and not row.finding.exposure:
        return None
    values = [(answer.width, answer.read(row)) for answer in ANSWERS if answer.form == "long"]
    lines = max(_count_lines(str(value or ""), width) for width, value in values)
    return POINTS * min(max(lines, 1), MOST_LINES)


def _count_lines(text: str, width: int) -> int:
    return sum(max(1, -(-len(line) // round(width * LETTERS))) for line in text.split("\n"))


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
