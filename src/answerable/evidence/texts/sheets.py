"""Text of spreadsheets, row by row, each sheet a page: XLSX, XLS, XLSB, ODS."""

import datetime
import importlib.metadata
import io
from typing import Any

import python_calamine

from answerable.evidence.texts.anchor import BLOCK
from answerable.evidence.texts.building import Builder
from answerable.evidence.texts.text import Text

MAX_CELLS = 20_000_000


def read_sheets(data: bytes) -> Text:
    """Return the text of a spreadsheet: for each sheet its name, then its rows.

    Cells hold values, not what a number format makes of them on a screen: a date is ISO, a whole
    number has no point, and formulas stand with the value that was stored.
    """
    tool = f"python-calamine {importlib.metadata.version('python-calamine')}"
    try:
        book = python_calamine.load_workbook(io.BytesIO(data))
    except python_calamine.PasswordError:
        return Text("", problems=("locked", "no_text"), tool=tool)
    except (python_calamine.CalamineError, OSError, ValueError):
        return Text("", problems=("damaged", "no_text"), tool=tool)
    builder = Builder()
    for sheet in book.sheets_metadata:
        if builder.is_full:
            break
        if sheet.typ == python_calamine.SheetTypeEnum.WorkSheet:
            _read_sheet(book, sheet.name, builder)
    return builder.finish(tool)


def _read_sheet(book: Any, name: str, builder: Builder) -> None:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height * sheet.total_width > MAX_CELLS:
            builder.problems.add("too_large")
            return
        rows = [BLOCK.join(filled) for row in sheet.iter_rows() if (filled := _cells(row))]
    except (python_calamine.CalamineError, OSError, ValueError):
        builder.problems.add("damaged")
        return
    builder.add_page([(BLOCK.join([name, *rows]), None)], label=name)


def _cells(row: list[Any]) -> list[str]:
    return [text for value in row if (text := _spell(value))]


def _spell(value: Any) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat().replace("T", " ")
    return str(value)
