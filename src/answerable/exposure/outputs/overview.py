"""The Findings sheet: only the rows for which something was found, one line per listed company.

Its first line says what it is, by which it is known again when an answered workbook is screened
once more. The number of a row leads to the supplier's cell in the sheet that was screened.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from answerable.exposure.outputs.answers import LETTERS, POINTS
from answerable.exposure.outputs.columns import Cell, letters_of, write_cell
from answerable.exposure.outputs.judgement_words import (
    say_judged_on,
    say_reviewers,
    say_state,
    say_verdict,
    say_why,
)
from answerable.exposure.outputs.package import MAIN
from answerable.exposure.outputs.readings import bound_probability, join_parts, say_countries
from answerable.exposure.outputs.styles import Styles
from answerable.exposure.outputs.tie_words import list_titled, say_exposure, say_path
from answerable.exposure.outputs.words import (
    CELL_STATUS,
    GROUND_CLASS_WORDS,
    RELATION_WORDS,
    list_titles,
    say_ground,
)
from answerable.exposure.screening.queue import FOUND, list_judged_apart, sort_findings
from answerable.model import Finding, Listing, Match, Screening
from answerable.model.countries import country_name
from answerable.model.finding import Status
from answerable.model.judgement import VERDICTS

FINDINGS_TITLE = "answerable: what was found, the gravest first"
"""First cell of a Findings sheet."""

JUDGED_APART = "judged another company"
"""Status of a listed company of which a person judged, in force, that it is another."""

HEAD_ROW = 3
"""Row of the headings, from 1: a title and a sentence stand above."""

MOST_LINES = 50_000
"""Lines of the sheet; Excel takes 65,530 links in one."""

COLUMNS: tuple[tuple[str, int], ...] = (
    ("Row", 7),
    ("Your supplier", 30),
    ("Its country", 14),
    ("Status", 26),
    ("Class of ground", 17),
    ("Listed company", 32),
    ("Its country on the list", 14),
    ("How they compare", 28),
    ("Probability", 12),
    ("List", 26),
    ("Ground as stated", 28),
    ("Citation", 24),
    ("Finding", 14),
    ("Verdict", 12),
    ("Why", 36),
    ("Judged by", 18),
    ("Judged on", 12),
    ("Judgement", 30),
    ("Company id", 22),
)
"""Headings and their widths in characters."""

VERDICT = 13
"""Place of the column into which a reviewer writes a verdict, from 0."""

VERDICT_TITLE = "Your verdict"
VERDICT_HELP = "same, different or unsure; say why in the next cell. Read it with judge --from."
VERDICT_ERROR = "Choose same, different or unsure, or leave it empty."
"""What a spreadsheet program says of the cell into which a verdict is written."""

_STATUS, _PROBABILITY = 3, 8
_TALLEST = 6  # lines of text of one row

Place = tuple[str, str]
"""Where a supplier stands: name of the sheet, and cell."""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One listed company found for one row.

    Args:
        finding: The finding.
        status: How far this company is found, which may be less than the row's status says.
        cells: What stands under `COLUMNS`; None for an empty cell.
    """

    finding: Finding
    status: Status
    cells: tuple[str | int | float | None, ...]

    @property
    def height(self) -> float:
        """Height in points at which its texts can be read."""
        texts = zip(self.cells, COLUMNS, strict=True)
        lines = [-(-len(str(text or "")) // round(width * LETTERS)) for text, (_, width) in texts]
        return POINTS * min(max([1, *lines]), _TALLEST)

    def style_of(self, column: int) -> str:
        """Return the name of a cell's style, for columns from 0."""
        if column == _STATUS:
            return self.status if self.status in FOUND else "long"
        return {0: "link", _PROBABILITY: "percent"}.get(column, "long")


def describe_findings(screening: Screening) -> tuple[str, list[MatchLine]]:
    """Return the sheet's second line as a sentence, and its lines.

    Args:
        screening: The screening.

    Returns:
        Lines in the order of `queue.sort_findings`, a row's matches in their own order, at most
        `MOST_LINES`; empty if nothing was found.
    """
    titles = list_titles(screening.coverage)
    found = [*sort_findings(screening.findings), *list_judged_apart(screening.findings)]
    ties = titles | list_titled(screening)
    pairs = [
        (finding, match)
        for finding in found
        for match in finding.matches or (None,) * bool(finding.exposure)
    ]
    lines = [
        _line(finding, match, find_status(finding, match, screening.threshold), titles)
        if match is not None
        else _tied_line(finding, ties)
        for finding, match in pairs[:MOST_LINES]
    ]
    sentence = (
        f"{len(found):,} rows, one line per listed company, as of {screening.coverage.as_of}. A "
        "name match is not identity, and a listing says nothing about wrongdoing beyond what its "
        "issuer states. What was searched, and what was not, stands on the sheet Coverage."
    )
    if len(pairs) > MOST_LINES:
        sentence += f" The first {MOST_LINES:,} of {len(pairs):,} lines are here."
    return sentence, lines


def find_status(finding: Finding, match: Match, threshold: float) -> Status:
    """Return how far one listed company of a finding is found.

    Args:
        finding: The finding; its status is that of its nearest match.
        match: One of its matches.
        threshold: Probability from which a name match is a `match`.

    Returns:
        At most the finding's status; `possible` for a company that only shares the name, and
        `none_found` for one that a person judged to be another.
    """
    if match.verdict == "different":
        return "none_found"
    if match.relation == "name_shared" and match.verdict != "same":
        return "possible"
    if match is finding.nearest or (finding.status == "confirmed" and is_confirmed(match)):
        return finding.status
    return "match" if match.probability >= threshold else "possible"


def is_confirmed(match: Match) -> bool:
    """Tell whether an identifier agrees, or a person judged that it is the same company."""
    return match.verdict == "same" or any(
        each.reason == "identifier" and each.log_odds > 0 for each in match.reasons
    )


def _line(finding: Finding, match: Match, status: Status, titles: dict[str, str]) -> MatchLine:
    def each(read: Callable[[Listing], str | None]) -> str | None:
        return join_parts([read(listing) for listing in match.company.listings])

    supplier = finding.supplier
    cells = (
        supplier.row,
        supplier.name,
        country_name(supplier.country) if supplier.country else None,
        JUDGED_APART if match.verdict == "different" else CELL_STATUS[status],
        each(lambda listing: GROUND_CLASS_WORDS.get(listing.ground_class, listing.ground_class)),
        match.company.caption,
        say_countries(match),
        RELATION_WORDS[match.relation],
        bound_probability(match.probability),
        each(lambda listing: titles.get(listing.list, listing.list)),
        each(say_ground),
        each(lambda listing: listing.citation),
        finding.id,
        say_verdict(match),
        say_why(match),
        say_reviewers(match),
        say_judged_on(match),
        say_state(match),
        match.company.id,
    )
    return MatchLine(finding, status, cells)


def _tied_line(finding: Finding, titles: dict[str, str]) -> MatchLine:
    """Return the line of a supplier that is on no list itself, but tied to a company or named."""
    supplier = finding.supplier
    path = finding.paths[0] if finding.paths else None
    cells = (
        supplier.row,
        supplier.name,
        country_name(supplier.country) if supplier.country else None,
        CELL_STATUS[finding.status],
        None,
        path.captions[-1] if path else None,
        None,
        say_path(path, titles) if path else say_exposure(finding),
        None,
        None,
        None,
        None,
        finding.id,
        *(None,) * 6,
    )
    return MatchLine(finding, finding.status, cells)


def write_location(place: Place) -> str:
    """Return a place as a link inside a workbook names it.

    Example:
        >>> write_location(("Buyer's list", "A4"))
        "'Buyer''s list'!A4"
    """
    sheet, cell = place
    return "'" + sheet.replace("'", "''") + f"'!{cell}"


def write_overview(
    screening: Screening, styles: Styles, place_of: Callable[[Finding], Place]
) -> bytes:
    """Return the sheet's XML, to stand after the Coverage sheet in the buyer's own workbook.

    Args:
        screening: The screening.
        styles: Numbers of the workbook's appended styles.
        place_of: Where the supplier of a finding stands in the workbook.
    """
    sentence, lines = describe_findings(screening)
    last = letters_of(len(COLUMNS))
    end = HEAD_ROW + max(len(lines), 1)
    widths = "".join(
        f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
        for number, (_, width) in enumerate(COLUMNS, start=1)
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}{end}"/>'
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{HEAD_ROW}" '
        f'topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/></sheetView>'
        f"</sheetViews><cols>{widths}</cols><sheetData>{_top(sentence, styles)}"
        f"{''.join(_rows(lines, styles))}</sheetData>"
        f'<autoFilter ref="A{HEAD_ROW}:{last}{end}"/>{_choices(end)}{_links(lines, place_of)}'
        '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return xml.encode()


def _top(sentence: str, styles: Styles) -> str:
    heads = "".join(
        write_cell(f"{letters_of(number)}{HEAD_ROW}", Cell(heading, styles["head"]))
        for number, (heading, _) in enumerate(COLUMNS, start=1)
    )
    return (
        f'<row r="1" ht="26" customHeight="1">'
        f"{write_cell('A1', Cell(FINDINGS_TITLE, styles['title']))}</row>"
        f'<row r="2">{write_cell("A2", Cell(sentence, styles["text"]))}</row>'
        f'<row r="{HEAD_ROW}" ht="32" customHeight="1">{heads}</row>'
    )


def _rows(lines: Sequence[MatchLine], styles: Styles) -> list[str]:
    rows = []
    for number, line in enumerate(lines, start=HEAD_ROW + 1):
        cells = "".join(
            write_cell(f"{letters_of(column + 1)}{number}", Cell(value, styles[style]))
            for column, value in enumerate(line.cells)
            if value is not None and (style := line.style_of(column))
        )
        rows.append(f'<row r="{number}" ht="{line.height:g}" customHeight="1">{cells}</row>')
    return rows


def _choices(end: int) -> str:
    """Return the drop-down of the column of verdicts."""
    column = letters_of(VERDICT + 1)
    return (
        '<dataValidations count="1"><dataValidation type="list" allowBlank="1" '
        'showInputMessage="1" showErrorMessage="1" '
        f"promptTitle={quoteattr(VERDICT_TITLE)} prompt={quoteattr(VERDICT_HELP)} "
        f"error={quoteattr(VERDICT_ERROR)} "
        f'sqref="{column}{HEAD_ROW + 1}:{column}{end}"><formula1>"{",".join(VERDICTS)}"</formula1>'
        "</dataValidation></dataValidations>"
    )


def _links(lines: Sequence[MatchLine], place_of: Callable[[Finding], Place]) -> str:
    tags = (
        f'<hyperlink ref="A{number}" location={quoteattr(write_location(place_of(line.finding)))}/>'
        for number, line in enumerate(lines, start=HEAD_ROW + 1)
    )
    return f"<hyperlinks>{''.join(tags)}</hyperlinks>" if lines else ""
