"""What the sheets of an ODS hide, read from its XML: extent, errors, formulas, merged cells."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from answerable.lists.sheet_notes import SheetNotes, walk_xml

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_ERROR = re.compile(r"#[A-Z0-9/!?]{2,8}|Err:\d{3}")


def read_notes(archive: zipfile.ZipFile) -> Iterator[SheetNotes]:
    """Give what is odd about each sheet, in the workbook's order.

    Raises:
        SyntaxError: The XML is damaged.
        ValueError: A number of repetitions is none.
    """
    notes = SheetNotes("")
    row = 0
    hidden: list[tuple[int, int]] = []
    with archive.open("content.xml") as part:
        for element in walk_xml(part, f"{_TABLE}table-row", f"{_TABLE}table"):
            if element.tag == f"{_TABLE}table":
                notes.name = str(element.get(f"{_TABLE}name"))
                notes.note_hidden(hidden)
                yield notes
                notes, row, hidden = SheetNotes(""), 0, []
                continue
            times = _number(element, "number-rows-repeated")
            if _look_at_row(notes, element, row, times) and _is_hidden(element):
                hidden.append((row + 1, row + times))
            row += times


def _number(element: Any, name: str) -> int:
    return max(1, min(int(element.get(f"{_TABLE}{name}") or 1), 20_000_000))


def _is_hidden(row: Any) -> bool:
    return row.get(f"{_TABLE}visibility") in ("collapse", "filter")


def _look_at_row(notes: SheetNotes, element: Any, row: int, times: int) -> bool:
    """Note what is odd about a row's cells; tell whether it holds any value."""
    column = 0
    is_filled = False
    for cell in element.iter(*_CELLS):
        if cell.getparent() is not element:
            continue
        if _look_at(notes, cell, row, column):
            is_filled = True
            notes.height = max(notes.height, row + times)
            notes.width = max(notes.width, column + _number(cell, "number-columns-repeated"))
        column += _number(cell, "number-columns-repeated")
    return is_filled


def _look_at(notes: SheetNotes, cell: Any, row: int, column: int) -> bool:
    text = "".join(cell.itertext(f"{_TEXT}p", f"{_TEXT}span"))
    formula = cell.get(f"{_TABLE}formula")
    kind = cell.get(f"{_OFFICE}value-type")
    down, across = _number(cell, "number-rows-spanned"), _number(cell, "number-columns-spanned")
    if down > 1:
        notes.merged.append(((row, column), (row + down - 1, column + across - 1)))
    if formula and _ERROR.fullmatch(text.strip()):
        notes.note_error(row + 1, column + 1, text.strip())
    elif formula and not kind and not text:
        notes.note_formula(row + 1, column + 1)
    return bool(kind or text or formula)
