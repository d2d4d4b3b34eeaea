"""Rows of the sheets of a workbook (XLSX, ODS, XLS), as text, and what is odd about them."""

import datetime
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

import python_calamine as calamine

from answerable.errors import TableError, TableTooLarge, TableUnreadable
from answerable.lists import workbook_guard
from answerable.lists.content import Content
from answerable.lists.delimited import Record
from answerable.lists.sheet_notes import Oddity, Range, SheetNotes, cell_name
from answerable.model import Problem

_INEXACT = 1e15
_MERGED_BEYOND = 1_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, read whole.

    Args:
        name: Its name.
        rows: Its rows from the first row of the sheet on, blank ones too.
        problems: What is odd about the sheet.
        oddities: What is odd about its cells.
    """

    name: str
    rows: list[Record] = field(repr=False)
    problems: list[Problem]
    oddities: list[Oddity] = field(default_factory=list, repr=False)


def read_sheets(
    content: Content, form: str, only: str | None = None
) -> tuple[list[Sheet], list[str]]:
    """Return the sheets of a workbook that hold rows, and the names of all.

    Args:
        content: The workbook.
        form: `xlsx`, `ods` or `xls`.
        only: Name of the one sheet to read; by default all are.

    Returns:
        Sheets in the workbook's order (with `only`, that one, also if it holds no row), and the
        names of all sheets. Dates are ISO, numbers without a needless `.0`, formulas their stored
        value, the cells of a merged range the value of its first.

    Raises:
        TableUnreadable: It is damaged, locked, or has no such sheet.
        TableTooLarge: It unpacks to more than the limits allow.
    """
    notes = workbook_guard.look_into(content, form)
    with (
        _faults_of_calamine(content.file_name),
        calamine.CalamineWorkbook.from_filelike(io.BytesIO(content.data)) as book,
    ):
        kinds = {each.name: each.typ for each in book.sheets_metadata}
        names = [name for name in kinds if kinds[name] == calamine.SheetTypeEnum.WorkSheet]
        wanted = [_named(content, names, only)] if only is not None else names
        sheets = [
            _sheet(content, book, name, notes.get(name) or SheetNotes(name)) for name in wanted
        ]
    return [each for each in sheets if each.rows or only is not None], names


@contextmanager
def _faults_of_calamine(file_name: str) -> Iterator[None]:
    """Turn what calamine raises, or where it panics, into errors of ours."""
    try:
        yield
    except TableError:
        raise
    except calamine.PasswordError as error:
        raise TableUnreadable(
            file_name,
            "it is a workbook locked with a password",
            "Open it, remove the password, and save it again.",
        ) from error
    except BaseException as error:
        is_panic = type(error).__name__ == "PanicException"  # a BaseException that has no module
        if not is_panic and not isinstance(error, calamine.CalamineError | OSError | ValueError):
            raise
        raise TableUnreadable(
            file_name,
            "it is a damaged workbook",
            "Open it in a spreadsheet program and save it again, as XLSX or CSV.",
        ) from error


def _named(content: Content, names: Sequence[str], wanted: str) -> str:
    for name in names:
        if name.casefold().strip() == wanted.casefold().strip():
            return name
    raise TableUnreadable(
        content.file_name,
        f"it has no sheet called {wanted!r}",
        f"Its sheets: {', '.join(map(repr, names))}.",
    )


def _sheet(
    content: Content, book: calamine.CalamineWorkbook, name: str, notes: SheetNotes
) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    cells = sheet.total_height * sheet.total_width
    if cells > workbook_guard.MAX_GRID:
        raise TableTooLarge(
            content.file_name,
            f"the number of cells of its sheet {name!r}",
            cells,
            workbook_guard.MAX_GRID,
        )
    oddities = list(notes.oddities)
    rows: list[Record] = []
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), 1):
        rows.append((number, tuple(map(_text, values))))
        if any(isinstance(value, float) and abs(value) >= _INEXACT for value in values):
            oddities += _long_numbers(number, values, name)
    _fill_merged(rows, [*(sheet.merged_cell_ranges or ()), *notes.merged], oddities, name)
    return Sheet(name, rows, list(notes.problems), oddities)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _long_numbers(row: int, values: Sequence[object], sheet: str) -> list[Oddity]:
    return [
        Oddity("digits", column - 1, _long_number(row, column, value, sheet))
        for column, value in enumerate(values, 1)
        if isinstance(value, float) and abs(value) >= _INEXACT
    ]


def _long_number(row: int, column: int, value: object, sheet: str) -> Problem:
    return Problem(
        f"Cell {cell_name(row, column)} holds a number of more than 15 digits, of which a "
        "spreadsheet keeps 15: type an identifier as text.",
        row=row,
        value=_text(value),
        sheet=sheet,
    )


def _fill_merged(
    rows: list[Record], ranges: Sequence[Range], oddities: list[Oddity], sheet: str
) -> None:
    """Write the first cell's value of each merged range into the range's other rows."""
    for (top, left), (bottom, _) in ranges:
        if bottom == top or top >= len(rows) or left >= len(rows[top][1]):
            continue
        value = rows[top][1][left]
        if not value.strip():
            continue
        last = _lengthen(rows, bottom)
        for row in range(top + 1, last + 1):
            number, cells = rows[row]
            rows[row] = (number, (*cells[:left], value, *cells[left + 1 :]))
        oddities += [
            Oddity("merged", left, _merged(number, top + 1, last + 1, value, sheet))
            for number in _to(top, last)
        ]


def _to(top: int, last: int) -> range:
    return range(top + 2, last + 2)


def _lengthen(rows: list[Record], bottom: int) -> int:
    """Add the rows of a merged range that reaches beyond the last value; return its last row."""
    last = min(bottom, len(rows) - 1 + _MERGED_BEYOND)
    width = len(rows[0][1])
    rows += [(number, ("",) * width) for number in range(len(rows) + 1, last + 2)]
    return last


def _merged(row: int, first: int, last: int, value: str, sheet: str) -> Problem:
    return Problem(
        f"A cell is merged over rows {first} to {last}: this row was given the value of the "
        "first. Check that it holds for this row.",
        row=row,
        value=value[:200],
        sheet=sheet,
    )
