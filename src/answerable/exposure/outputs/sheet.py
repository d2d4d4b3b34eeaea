"""Findings as a plain XLSX workbook, for supplier files that are no workbook themselves.

Sheet "Coverage" says first what was searched; sheet "Suppliers" holds the buyer's columns in her
order and the answer columns. Texts are written as texts: no cell can become a formula.
"""

from datetime import UTC, datetime
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from answerable.errors import OutputUnwritable
from answerable.exposure.outputs.answers import (
    ANSWERS,
    OwnColumn,
    Row,
    answer_rows,
    measure_height,
    own_columns,
    read_answers,
)
from answerable.exposure.outputs.cells import fit
from answerable.exposure.outputs.preface import WIDE, WIDTHS, Line, describe_coverage, height_of
from answerable.model import Screening

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
    "percent": {"num_format": "0.00%", "valign": "top", "align": "left"},
    "link": {"font_color": "#0B4F8A", "underline": 1, "valign": "top"},
}


def write_sheet(screening: Screening, file: BinaryIO, notes: tuple[str, ...] = ()) -> None:
    """Write a workbook with the sheets "Coverage" and "Suppliers".

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
    for number, start in enumerate(range(0, max(len(rows), 1), MOST_ROWS), start=1):
        name = "Suppliers" if number == 1 else f"Suppliers {number}"
        _write_suppliers(book, formats, name, own, rows[start : start + MOST_ROWS])
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
    if line.form in WIDE:
        text = fit(str(line.cells[0]))
        sheet.merge_range(row, 0, row, len(WIDTHS) - 1, text, formats[line.form])
        return
    for column, value in enumerate(line.cells):
        if isinstance(value, int):
            sheet.write_number(row, column, value, formats["number"])
        elif line.link and column == len(line.cells) - 1:
            sheet.write_url(row, column, line.link, formats["long"], fit(value))
        else:
            sheet.write_string(row, column, fit(value), formats[line.form])


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
        form = formats["own" if answer.form == "text" else answer.form]
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
