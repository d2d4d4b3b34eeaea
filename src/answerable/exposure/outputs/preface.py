"""The coverage in words: what a person reads before the first answer, in every workbook.

Lines of plain values, so that the plain sheet and the buyer's own workbook say the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from answerable.exposure.outputs.answers import ANSWERS, LETTERS, POINTS
from answerable.exposure.outputs.cells import read_link
from answerable.exposure.outputs.groups import count_statuses, count_suppliers, say_suppliers
from answerable.exposure.outputs.tie_words import WINDOW_WORDS, list_rules
from answerable.exposure.outputs.words import (
    GROUND_CLASS_WORDS,
    LIMITS,
    STATUS_NOTES,
    say_edition,
    say_page,
    say_problem,
    say_status,
)
from answerable.model import Recognition, Screening

TITLE = "answerable: what was searched, and what was not"
"""First cell of a Coverage sheet, by which it is known again."""

WIDTHS = (44, 34, 40, 10, 28)
"""Widths of the sheet's columns, in characters: together no wider than a screen."""

MOST_UNUSED = 12
"""Columns of hers that are named as not used; of more their number is said."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the coverage.

    Args:
        form: `title`, `heading`, `text`, `note`, `warning`, `table_head`, `table_row` or `blank`.
        cells: Its cells from the left; the last runs on to the sheet's right edge.
        link: Address of the last cell, or None.
    """

    form: str
    cells: tuple[str | int, ...] = ()
    link: str | None = None

    @property
    def merged(self) -> bool:
        """Whether its last cell runs over further columns."""
        return 0 < len(self.cells) < len(WIDTHS)

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths of its cells in characters, the last one's over all the columns it takes."""
        last = len(self.cells) - 1
        return (*WIDTHS[:last], sum(WIDTHS[last:])) if self.cells else ()


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
        *_links(screening),
        *_rules(screening),
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
    letters = LETTERS if line.form != "warning" else 0.95  # a bold letter is wider
    lines = [
        -(-len(str(cell)) // round(width * letters))
        for cell, width in zip(line.cells, line.widths, strict=True)
    ]
    return POINTS * min(max([1, *lines]), 20)


def read_notes(screening: Screening) -> list[str]:
    """Return the sentences that the manifest wants shown on top; empty if there are none.

    With them stands what was left out of the links, such as claims that were filed later.
    """
    notes = screening.manifest.get("notes") or []
    notes = list(notes) if isinstance(notes, list | tuple) else [notes]
    links = screening.manifest.get("links") or {}
    return [str(note) for note in (*notes, *links.get("limits", ()))]


def list_attributions(screening: Screening) -> list[str]:
    """Return the lines that the lists' terms want shown with their data, each once."""
    coverage = screening.coverage
    lines = (edition.attribution for edition in (*coverage.editions, *coverage.links))
    return list(dict.fromkeys(line for line in lines if line))


def describe_recognition(screening: Screening) -> list[str]:
    """Return in sentences how the buyer's file was understood, so that a wrong guess is seen."""
    recognition = screening.suppliers.recognition
    where = f"sheet {recognition.sheet!r}" if recognition.sheet else "the file"
    if recognition.header_row is not None:
        where += f", headings in row {recognition.header_row:,}"
    sentences = [f"Read as {recognition.form}: {where}."]
    if recognition.columns:
        sentences.append(_say_columns(recognition))
    if recognition.other_sheets:
        names = ", ".join(repr(name) for name in recognition.other_sheets)
        sentences.append(f"Sheets that were not screened: {names}.")
    return sentences


def _say_columns(recognition: Recognition) -> str:
    used = ", ".join(f"{field} = {heading}" for field, heading in recognition.columns.items())
    unused = ", ".join(recognition.unused[:MOST_UNUSED])
    more = len(recognition.unused) - MOST_UNUSED
    return (
        f"Columns used: {used}"
        + (f"; not used: {unused}" if unused else "")
        + (f" and {more:,} more." if more > 0 else ".")
    )


def describe_size(screening: Screening) -> str:
    """Return how many rows were screened, and how many distinct suppliers where that differs."""
    rows = len(screening.findings)
    suppliers = say_suppliers(rows, count_suppliers(screening))
    return f"{rows:,} supplier rows" + (f" ({suppliers})" if suppliers else "")


def _about(screening: Screening, notes: Sequence[str]) -> list[Line]:
    suppliers = screening.suppliers
    return [
        Line(
            "text",
            (
                f"Supplier file {suppliers.file_name}, {describe_size(screening)}, as of "
                f"{screening.coverage.as_of}. Screening {screening.id}.",
            ),
        ),
        *(Line("warning", (note,)) for note in (*read_notes(screening), *notes)),
        *(Line("text", (sentence,)) for sentence in describe_recognition(screening)),
        *(Line("warning", (say_problem(problem),)) for problem in suppliers.problems),
    ]


def _counts(screening: Screening) -> list[Line]:
    lines = [
        Line("heading", ("What was found",)),
        Line("table_head", ("Status", "Rows", "What it means")),
    ]
    for status, (rows, suppliers) in count_statuses(screening).items():
        distinct = say_suppliers(rows, suppliers)
        number = f"{rows:,} ({distinct})" if distinct else rows
        words = say_status(status, screening.coverage.as_of)
        lines.append(Line("table_row", (words, number, STATUS_NOTES[status])))
    return lines


def _editions(screening: Screening) -> list[Line]:
    lines = [Line("heading", ("Lists that were searched",))]
    if not screening.coverage.editions:
        return [*lines, Line("warning", ("None. So nothing could be found.",))]
    lines.append(Line("table_head", ("List", "Issuer", "Edition", "Names", "Page")))
    for edition in screening.coverage.editions:
        ground = GROUND_CLASS_WORDS.get(edition.ground_class, edition.ground_class)
        page = read_link(edition.url)
        shown = say_page(page) if page else edition.url
        cells = (edition.title, edition.issuer, say_edition(edition), edition.names, shown)
        note = f" {edition.note}" if edition.note else ""
        lines.append(Line("table_row", cells, page))
        lines.append(Line("note", (f"{edition.title}. Class of ground: {ground}.{note}",)))
    return lines


def _absent(screening: Screening) -> list[Line]:
    lines = [Line("heading", ("Lists that were not evaluated",))]
    if not screening.coverage.absent:
        return [*lines, Line("text", ("No other list is known here.",))]
    lines.append(Line("table_head", ("List", "Issuer", "Why", "", "Page")))
    for absent in screening.coverage.absent:
        page = read_link(absent.url)
        shown = say_page(page) if page else absent.url
        cells = (absent.title, absent.issuer, f"not evaluated: {absent.why}", "", shown)
        lines.append(Line("table_row", cells, page))
    return lines


def _links(screening: Screening) -> list[Line]:
    """Return the editions of links that were read; nothing where there are none."""
    if not screening.coverage.links:
        return []
    lines = [
        Line("heading", ("Links between companies that were read",)),
        Line("table_head", ("Source", "Issuer", "Edition", "Links", "Page")),
    ]
    for edition in screening.coverage.links:
        page = read_link(edition.url)
        shown = say_page(page) if page else edition.url
        cells = (edition.title, edition.issuer, say_edition(edition), edition.links, shown)
        lines.append(Line("table_row", cells, page))
    return [*lines, Line("blank")]


def _rules(screening: Screening) -> list[Line]:
    """Return the rules that were computed, with their standing; nothing where there are none."""
    rules = list_rules(screening)
    if not rules:
        return []
    lines = [
        Line("heading", ("Rules that were computed; no legal advice",)),
        Line("table_head", ("Rule", "Issuer", "Whether it could be evaluated")),
    ]
    for name, rule in rules.items():
        said = "evaluated" if rule["status"] == "evaluated" else f"not evaluated: {rule['why']}"
        standing = WINDOW_WORDS.get(rule["window"] or "", "")
        said += f" ({standing})" if standing and rule["window"] != "in_force" else ""
        lines.append(Line("table_row", (rule.get("title", name), rule.get("issuer", ""), said)))
    return [*lines, Line("blank")]


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
