"""What the sheets of an XLSX hide, read from its XML: extent, errors, formulas, hidden rows."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from answerable.lists.sheet_notes import SheetNotes, column_number, walk_xml

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"')
_OTHER_CELLS = (b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r", b":c>", b":c/", b":c ", b":c\t", b":c\n")
_ODDITIES = (b"<f", b":f", b't="e"', b"t='e'", b"hidden")
_MAX_PART = 20_000_000


def read_notes(archive: zipfile.ZipFile) -> Iterator[SheetNotes]:
    """Give what is odd about each sheet, in the workbook's order.

    Raises:
        KeyError: A part that the workbook names is not there.
        SyntaxError: The XML of a part is damaged.
    """
    for name, path in _sheet_paths(archive):
        notes = SheetNotes(name)
        xml = archive.read(path)
        cells = _plain_cells(xml)
        if cells is not None:
            _measure(notes, cells)
        if cells is None or any(each in xml for each in _ODDITIES):
            _walk(notes, archive, path)
        yield notes


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give each sheet's name and the path of its part."""
    if max(archive.getinfo(each).file_size for each in _BOOK) > _MAX_PART:
        raise ValueError("the workbook's directory of sheets is too large")
    with archive.open(_BOOK[1]) as part:
        targets = {
            each.get("Id"): str(each.get("Target")) for each in walk_xml(part, "{*}Relationship")
        }
    with archive.open(_BOOK[0]) as part:
        for sheet in walk_xml(part, "{*}sheet"):
            key = sheet.get(_RELATION) or sheet.get(_RELATION_STRICT)
            target = targets.get(key, "")
            path = posixpath.normpath(posixpath.join("xl", target)).lstrip("/")
            if path in archive.NameToInfo and "worksheets/" in path:
                yield str(sheet.get("name")), path


_BOOK = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")


def _plain_cells(xml: bytes) -> list[tuple[bytes, bytes]] | None:
    """Return columns and rows of all cells where every cell is written as programs usually do.

    Where a single one is written otherwise, the XML must be read element by element, lest a cell
    hides at the far corner.
    """
    if b"\x00" in xml[:200] or any(each in xml for each in _OTHER_CELLS):
        return None
    cells = _PLAIN_CELL.findall(xml)
    return cells if len(cells) == xml.count(b"<c ") else None


def _measure(notes: SheetNotes, cells: list[tuple[bytes, bytes]]) -> None:
    notes.height = max(map(int, {row for _, row in cells}), default=0)
    letters = {column.decode() for column, _ in cells}
    notes.width = max(map(column_number, letters), default=0)


def _walk(notes: SheetNotes, archive: zipfile.ZipFile, path: str) -> None:
    """Read a sheet's XML element by element."""
    row = column = 0
    hidden: list[tuple[int, int]] = []
    with archive.open(path) as part:
        for element in walk_xml(part, "{*}c", "{*}row"):
            if element.tag.endswith("}row"):
                number = int(element.get("r") or row + 1)
                row = max(row, number)
                column = 0
                if element.get("hidden") in ("1", "true"):
                    _extend(hidden, number)
                continue
            at_row, column = _place(element, row, column)
            notes.height, notes.width = max(notes.height, at_row), max(notes.width, column)
            _look_at(notes, element, at_row, column)
    notes.note_hidden(hidden)


def _place(element: Any, row: int, column: int) -> tuple[int, int]:
    """Return a cell's row and column; a cell without a name follows the one before it."""
    name = re.fullmatch(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", str(element.get("r") or ""))
    if name:
        return int(name[2]), column_number(name[1])
    return row + 1, column + 1


def _look_at(notes: SheetNotes, cell: Any, row: int, column: int) -> None:
    value = cell.findtext("{*}v")
    if cell.get("t") == "e":
        notes.note_error(row, column, value or "#ERROR")
    elif not value and cell.get("t") != "str" and cell.find("{*}f") is not None:
        notes.note_formula(row, column)


def _extend(rows: list[tuple[int, int]], number: int) -> None:
    if rows and rows[-1][1] == number - 1:
        rows[-1] = (rows[-1][0], number)
    else:
        rows.append((number, number))
