"""Findings as a plain XLSX workbook, for supplier files that are no workbook themselves.

Sheet "Coverage" says first what was searched; sheet "Findings" holds only the rows for which
something was found; sheet "Suppliers" the buyer's columns in her order and the answer columns.
Texts are written as texts: no cell can become a formula.
"""

from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from answerable.errors import OutputUnwritable
from answerable.exposure.outputs.answers import (
    ANSWERS,
    OwnColumn,
    measure_height,
    name_style,
    own_columns,
    read_answers,
)
from answerable.exposure.outputs.cells import fit
from answerable.exposure.outputs.columns import letters_of
from answerable.exposure.outputs.overview import (
    COLUMNS,
    FINDINGS_TITLE,
    HEAD_ROW,
    VERDICT,
    VERDICT_ERROR,
    VERDICT_HELP,
    VERDICT_TITLE,
    MatchLine,
    Place,
    describe_findings,
    write_location,
)
from answerable.exposure.outputs.preface import WIDTHS, Line, describe_coverage, height_of
from answerable.exposure.outputs.readings import Row, answer_rows
from answerable.exposure.outputs.styles import PROBABILITY, TINTS
from answerable.model import Screening
from answerable.model.judgement import VERDICTS

MOST_ROWS = 1_000_000
"""Supplier rows of one sheet; Excel takes 1,048,576 with the headings."""

PRINT_SCALE = 60
"""Per cent at which the suppliers are printed, so that their texts stay readable."""

MOST_COLUMNS = 16_384
MOST_LINKS = 65_000
"""Links of one sheet; Excel takes 65,530."""

_FORMATS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "valign": "top"},
    "heading": {"bold": True, "font_size": 12, "valign": "top"},
    "text": {"text_wrap": True, "valign": "top"},
    "warning": {"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#FFF4D6"},
    "table_head": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"},
    "table_row": {"text_wrap": True, "valign": "top"},
    "number": {"num_format": "#,##0", "valign": "top", "align": "left"},
    "own_head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "answer_head": {
        "bold": True,
        "text_wrap": True,
        "valign": "top",
        "bottom": 1,
        "bg_color": "#DDE8F0",
    },
    "own": {"valign": "top"},
    "long": {"text_wrap": True, "valign": "top"},
    "note": {"text_wrap": True, "valign": "top", "indent": 1},
    "percent": {"num_format": PROBABILITY, "valign": "top", "align": "left"},
    "link": {"font_color": "#0B4F8A", "underline": 1, "valign": "top", "align": "left"},
    **{status: {"bg_color": f"#{tint}", "valign": "top"} for status, tint in TINTS.items()},
}


def write_sheet(screening: Screening, file: BinaryIO, notes: tuple[str, ...] = ()) -> None:
    """Write a workbook with the sheets "Coverage", "Findings" and "Suppliers".

    Args:
        screening: The screening; over a million rows go on in "Suppliers 2" and so on.
        file: A binary file.
        notes: Sentences for the Coverage sheet, such as why this is no copy of her workbook.

    Raises:
        OutputUnwritable: The file has more columns than a sheet can hold.
    """
    own = own_columns(screening)
    if len(own) + len(ANSWERS) > MOST_COLUMNS:
        why = f"a sheet holds {MOST_COLUMNS:,} columns, and the answers would not fit; use .csv"
        raise OutputUnwritable(screening.suppliers.file_name, why)
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"title": "answerable: screening", "created": _created(screening)})
    formats = {name: book.add_format(form) for name, form in _FORMATS.items()}
    _write_coverage(book, formats, describe_coverage(screening, notes))
    rows = answer_rows(screening)
    _write_findings(book, formats, screening, _places(screening, rows))
    for number, start in enumerate(range(0, max(len(rows), 1), MOST_ROWS), start=1):
        _write_suppliers(book, formats, _name_tab(number), own, rows[start : start + MOST_ROWS])
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _created(screening: Screening) -> datetime:
    """Return the day asked for, never the clock: the same screening gives the same bytes."""
    try:
        return datetime.fromisoformat(screening.coverage.as_of).replace(tzinfo=None)
    except ValueError:
        return datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def _write_coverage(book: Any, formats: dict[str, Any], lines: list[Line]) -> None:
    sheet = book.add_worksheet("Coverage")
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    sheet.hide_gridlines(2)
    _set_print(sheet)
    sheet.fit_to_pages(1, 0)
    for row, line in enumerate(lines):
        _write_line(sheet, formats, row, line)


def _write_line(sheet: Any, formats: dict[str, Any], row: int, line: Line) -> None:
    sheet.set_row(row, height_of(line))
    if line.merged:
        first = len(line.cells) - 1
        sheet.merge_range(row, first, row, len(WIDTHS) - 1, "", formats[line.form])
    for column, value in enumerate(line.cells):
        if isinstance(value, int):
            sheet.write_number(row, column, value, formats["number"])
        elif line.link and column == len(line.cells) - 1:
            sheet.write_url(row, column, line.link, formats["long"], fit(value))
        else:
            sheet.write_string(row, column, fit(value), formats[line.form])


def _name_tab(number: int) -> str:
    return "Suppliers" if number == 1 else f"Suppliers {number}"


def _places(screening: Screening, rows: list[Row]) -> dict[int, Place]:
    """Return where in the workbook each supplier of the file stands, by row of the file."""
    headings = [heading for heading, _ in own_columns(screening)]
    name = screening.suppliers.recognition.columns.get("name", "")
    column = letters_of(headings.index(name) + 1 if name in headings else 1)
    return {
        row.finding.supplier.row: (
            _name_tab(place // MOST_ROWS + 1),
            f"{column}{place % MOST_ROWS + 2}",
        )
        for place, row in enumerate(rows)
    }


def _write_findings(
    book: Any, formats: dict[str, Any], screening: Screening, places: dict[int, Place]
) -> None:
    sheet = book.add_worksheet("Findings")
    for column, (_, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    sentence, lines = describe_findings(screening)
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, FINDINGS_TITLE, formats["title"])
    sheet.write_string(1, 0, sentence, formats["own"])
    sheet.set_row(HEAD_ROW - 1, 32)
    for column, (heading, _) in enumerate(COLUMNS):
        sheet.write_string(HEAD_ROW - 1, column, heading, formats["answer_head"])
    for row, line in enumerate(lines, start=HEAD_ROW):
        _write_match(sheet, formats, row, line, places[line.finding.supplier.row])
    _offer_verdicts(sheet, max(HEAD_ROW, HEAD_ROW - 1 + len(lines)))
    sheet.freeze_panes(HEAD_ROW, 0)
    sheet.autofilter(HEAD_ROW - 1, 0, max(HEAD_ROW, HEAD_ROW - 1 + len(lines)), len(COLUMNS) - 1)
    sheet.repeat_rows(HEAD_ROW - 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    _set_print(sheet)
    sheet.fit_to_pages(1, 0)


def _offer_verdicts(sheet: Any, last: int) -> None:
    choices = {
        "validate": "list",
        "source": list(VERDICTS),
        "input_title": VERDICT_TITLE,
        "input_message": VERDICT_HELP,
        "error_message": VERDICT_ERROR,
    }
    sheet.data_validation(HEAD_ROW, VERDICT, last, VERDICT, choices)


def _write_match(
    sheet: Any, formats: dict[str, Any], row: int, line: MatchLine, place: Place
) -> None:
    sheet.set_row(row, line.height)
    for column, value in enumerate(line.cells):
        form = formats[line.style_of(column)]
        if column == 0:
            sheet.write_url(row, column, f"internal:{write_location(place)}", form)
        if isinstance(value, int | float):
            sheet.write_number(row, column, value, form)
        elif value is not None:
            sheet.write_string(row, column, fit(value), form)


def _write_suppliers(
    book: Any, formats: dict[str, Any], name: str, own: list[OwnColumn], rows: list[Row]
) -> None:
    sheet = book.add_worksheet(name)
    _set_columns(sheet, own, rows)
    sheet.set_row(0, 32)
    for column, (heading, _) in enumerate(own):
        sheet.write_string(0, column, fit(heading), formats["own_head"])
    for column, answer in enumerate(ANSWERS, start=len(own)):
        sheet.write_string(0, column, answer.title, formats["answer_head"])
    links = 0
    for place, row in enumerate(rows, start=1):
        sheet.set_row(place, measure_height(row))
        for column, (_, read) in enumerate(own):
            sheet.write_string(place, column, fit(read(row.finding)), formats["own"])
        links += _write_answers(sheet, formats, place, len(own), row, links < MOST_LINKS)
    _finish(sheet, len(rows), len(own) + len(ANSWERS) - 1)
    sheet.set_print_scale(PRINT_SCALE)
    sheet.repeat_columns(0)


def _set_columns(sheet: Any, own: list[OwnColumn], rows: list[Row]) -> None:
    for column, (heading, read) in enumerate(own):
        longest = max([len(heading), *(len(read(row.finding)) for row in rows[:200])])
        sheet.set_column(column, column, min(max(longest + 2, 8), 50))
    for column, answer in enumerate(ANSWERS, start=len(own)):
        sheet.set_column(column, column, answer.width)


def _write_answers(
    sheet: Any, formats: dict[str, Any], place: int, first: int, row: Row, linked: bool
) -> int:
    """Write the answers of a row and return how many links were written."""
    links = 0
    values = zip(ANSWERS, read_answers(row), strict=True)
    for column, (answer, value) in enumerate(values, start=first):
        style = name_style(answer, row)
        form = formats["own" if style == "text" else style]
        if value is None:
            continue
        if isinstance(value, float):
            sheet.write_number(place, column, value, form)
        elif answer.form == "link" and linked:
            links += sheet.write_url(place, column, value, form, fit(value)) == 0
        else:
            sheet.write_string(place, column, fit(value), form)
    return links


def _finish(sheet: Any, rows: int, last_column: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, rows, last_column)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.repeat_rows(0)
    _set_print(sheet)


def _set_print(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer("&C&P / &N")
