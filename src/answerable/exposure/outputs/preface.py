"""The coverage in words: what a person reads before the first answer, in every workbook.

Lines of plain values, so that the plain sheet and the buyer's own workbook say the same.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.exposure.outputs.answers import ANSWERS, LETTERS, POINTS, say_problem
from answerable.exposure.outputs.cells import read_link
from answerable.exposure.outputs.words import (
    GROUND_CLASS_WORDS,
    LIMITS,
    STATUS_NOTES,
    say_edition,
)
from answerable.model import Screening
from answerable.model.finding import STATUS_WORDS, STATUSES, Status

TITLE = "answerable: what was searched, and what was not"
"""First cell of a Coverage sheet, by which it is known again."""

WIDTHS = (40, 36, 64, 12, 64)
"""Widths of the sheet's columns, in characters."""

WIDE = ("title", "heading", "text", "warning")
"""Forms of line whose one text runs over the sheet's whole width."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the coverage.

    Args:
        form: `title`, `heading`, `text`, `warning`, `table_head`, `table_row` or `blank`.
        cells: Its cells from the left; a text runs over the sheet's whole width.
        link: Address of the last cell, or None.
    """

    form: str
    cells: tuple[str | int, ...] = ()
    link: str | None = None


def describe_coverage(screening: Screening, notes: Sequence[str] = ()) -> list[Line]:
    """Return what was searched, of which day, what not, and what a result does not mean.

    Args:
        screening: The screening.
        notes: Sentences about this file alone, such as why it is no copy of the buyer's workbook.

    Returns:
        The lines in reading order, the title first; never empty.
    """
    return [
        Line("title", (TITLE,)),
        *_about(screening, notes),
        Line("blank"),
        *_counts(screening),
        Line("blank"),
        *_editions(screening),
        Line("blank"),
        *_absent(screening),
        Line("blank"),
        Line("heading", ("What a result does not say",)),
        *(Line("text", (limit,)) for limit in LIMITS),
        Line("blank"),
        *_columns(),
        Line("blank"),
        *_origin(screening),
    ]


def height_of(line: Line) -> float:
    """Return the height in points at which a line's wrapped texts can be read."""
    if line.form in ("title", "heading"):
        return 26 if line.form == "title" else 20
    widths = (sum(WIDTHS),) if line.form in WIDE else WIDTHS
    lines = [
        -(-len(str(cell)) // round(width * LETTERS))
        for cell, width in zip(line.cells, widths, strict=False)
    ]
    return POINTS * min(max([1, *lines]), 20)


def count_statuses(screening: Screening) -> dict[Status, int]:
    """Return how many rows have each status, in the order of `STATUSES`, zeros among them."""
    counts = Counter(finding.status for finding in screening.findings)
    return {status: counts[status] for status in STATUSES}


def read_notes(screening: Screening) -> list[str]:
    """Return the sentences that the manifest wants shown on top; empty if there are none."""
    notes = screening.manifest.get("notes") or []
    return [str(note) for note in notes] if isinstance(notes, list | tuple) else [str(notes)]


def list_attributions(screening: Screening) -> list[str]:
    """Return the lines that the lists' terms want shown with their data, each once."""
    lines = (edition.attribution for edition in screening.coverage.editions)
    return list(dict.fromkeys(line for line in lines if line))


def describe_recognition(screening: Screening) -> list[str]:
    """Return in sentences how the buyer's file was understood, so that a wrong guess is seen."""
    recognition = screening.suppliers.recognition
    where = f"sheet {recognition.sheet!r}" if recognition.sheet else "the file"
    if recognition.header_row is not None:
        where += f", headings in row {recognition.header_row:,}"
    sentences = [f"Read as {recognition.form}: {where}."]
    if recognition.columns:
        pairs = (f"{field} from {heading!r}" for field, heading in recognition.columns.items())
        sentences.append(f"Columns used: {', '.join(pairs)}.")
    if recognition.other_sheets:
        names = ", ".join(repr(name) for name in recognition.other_sheets)
        sentences.append(f"Sheets that were not screened: {names}.")
    return sentences


def _about(screening: Screening, notes: Sequence[str]) -> list[Line]:
    suppliers = screening.suppliers
    rows = f"{len(screening.findings):,} rows"
    return [
        Line(
            "text",
            (
                f"Supplier file {suppliers.file_name}, {rows}, as of "
                f"{screening.coverage.as_of}. Screening {screening.id}.",
            ),
        ),
        *(Line("warning", (note,)) for note in (*read_notes(screening), *notes)),
        *(Line("text", (sentence,)) for sentence in describe_recognition(screening)),
        *(Line("warning", (say_problem(problem),)) for problem in suppliers.problems),
    ]


def _counts(screening: Screening) -> list[Line]:
    head = Line("table_head", ("Status", "Rows", "What it means"))
    return [
        Line("heading", ("What was found",)),
        head,
        *(
            Line("table_row", (STATUS_WORDS[status], number, STATUS_NOTES[status]))
            for status, number in count_statuses(screening).items()
        ),
    ]


def _editions(screening: Screening) -> list[Line]:
    lines = [Line("heading", ("Lists that were searched",))]
    if not screening.coverage.editions:
        return [*lines, Line("warning", ("None. So nothing could be found.",))]
    head = ("List", "Issuer", "Edition", "Names", "Ground class, note, page")
    lines.append(Line("table_head", head))
    for edition in screening.coverage.editions:
        ground = GROUND_CLASS_WORDS.get(edition.ground_class, edition.ground_class)
        note = ". ".join(filter(None, (ground, (edition.note or "").rstrip("."), edition.url)))
        cells = (edition.title, edition.issuer, say_edition(edition), edition.names, note)
        lines.append(Line("table_row", cells, read_link(edition.url)))
    return lines


def _absent(screening: Screening) -> list[Line]:
    lines = [Line("heading", ("Lists that were not evaluated",))]
    if not screening.coverage.absent:
        return [*lines, Line("text", ("No other list is known here.",))]
    lines.append(Line("table_head", ("List", "Issuer", "Why", "", "Page")))
    for absent in screening.coverage.absent:
        cells = (absent.title, absent.issuer, f"not evaluated: {absent.why}", "", absent.url)
        lines.append(Line("table_row", cells, read_link(absent.url)))
    return lines


def _columns() -> list[Line]:
    return [
        Line("heading", ("The answer columns",)),
        Line("table_head", ("Heading", "What it holds")),
        *(Line("table_row", (answer.title, answer.meaning)) for answer in ANSWERS),
    ]


def _origin(screening: Screening) -> list[Line]:
    suppliers = screening.suppliers
    software = screening.manifest.get("software") or {}
    made_by = " ".join(str(software.get(part, "")) for part in ("name", "version")).strip()
    lines = [Line("heading", ("Where this comes from",))]
    lines += [Line("text", (line,)) for line in list_attributions(screening)]
    lines.append(Line("text", (f"SHA-256 of the supplier file: {suppliers.sha256}",)))
    if made_by:
        lines.append(Line("text", (f"Made by {made_by}.",)))
    return lines
