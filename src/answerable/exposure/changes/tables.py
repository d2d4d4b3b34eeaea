"""Changes as JSON lines, as CSV and as a workbook: coverage of both with every one of them."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any, BinaryIO

import xlsxwriter

from answerable.exposure.changes.words import (
    HEADINGS,
    SAYS_NOT,
    list_absent,
    list_attributions,
    list_lines,
    list_searched,
    say_counts,
    say_side,
)
from answerable.exposure.outputs.cells import fit, guard, make_legal
from answerable.exposure.outputs.table import BOM
from answerable.model.change import Changes, ScreeningSide

_WIDTHS = (7, 32, 14, 22, 22, 14, 10, 30, 40, 40, 16, 60)
_ROWS = 1_000_000


def write_lines(changes: Changes, file: BinaryIO) -> None:
    """Write JSON lines (`answerable.changes/1`): the screenings and the whole first, then rows.

    Args:
        changes: The changes.
        file: A binary file.
    """
    for entry in (changes.as_dict(), *(row.as_dict() for row in changes.rows)):
        text = json.dumps(entry, ensure_ascii=False)
        file.write(make_legal(text).encode() + b"\n")


def read_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a line of changes.

    Example:
        >>> read_schema()["title"]
        'A line of changes'
    """
    path = files("answerable.exposure.changes") / "schemas" / "changes.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema


def write_csv(changes: Changes, file: BinaryIO) -> None:
    """Write one line per difference; two more columns say what each screening searched.

    Args:
        changes: The changes.
        file: A binary file. UTF-8 with a byte order mark; no cell can become a formula.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    cover = [_cover(each) for each in (changes.old, changes.new)]
    writer.writerow([*HEADINGS, "searched before", "searched now"])
    lines: Iterator[tuple[str, ...]] = (each.cells for each in list_lines(changes))
    if changes.is_empty:
        blank = len(HEADINGS) - 1
        lines = iter([(*[""] * blank, say_counts(changes))])
    for cells in lines:
        writer.writerow([guard(fit(each)) for each in (*cells, *cover)])
    file.write(BOM + buffer.getvalue().encode())


def _cover(side: ScreeningSide) -> str:
    absent = list_absent(side)
    not_searched = f" Not searched: {'; '.join(absent)}" if absent else ""
    return f"{side.id}, as of {side.as_of}: {'; '.join(list_searched(side))}.{not_searched}"


def write_book(changes: Changes, file: BinaryIO) -> None:
    """Write a workbook: sheet "Coverage" first, then "Changes", a line per difference.

    Args:
        changes: The changes; of over a million lines the first.
        file: A binary file. Texts are written as texts.
    """
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False})
    day = _day(changes.new.as_of)
    book.set_properties({"title": "answerable: changes", "created": day})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    cover = book.add_worksheet("Coverage")
    cover.hide_gridlines(2)
    cover.set_column(0, 0, 110)
    for at, (text, is_head) in enumerate(describe_cover(changes)):
        cover.write_string(at, 0, fit(text), head if is_head else wrapped)
    sheet = book.add_worksheet("Changes")
    for at, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, heading, head)
    sheet.freeze_panes(1, 2)
    last = 0
    for line in list_lines(changes):
        last += 1
        if last > _ROWS:
            break
        for at, cell in enumerate(line.cells):
            sheet.write_string(last, at, fit(cell), wrapped)
    sheet.autofilter(0, 0, max(last, 1), len(HEADINGS) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()


def _day(text: str) -> datetime:
    """Return the day asked for, never the clock: the same changes give the same bytes."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return datetime.fromisoformat("2000-01-01")


def describe_cover(changes: Changes) -> list[tuple[str, bool]]:
    """Return what both screenings searched and what not, as lines; True for a heading."""
    lines = [("answerable: what two screenings differ in", True), (say_counts(changes), False)]
    for what, side in (("Before", changes.old), ("Now", changes.new)):
        lines += [("", False), (f"{what}: {say_side(side)}", True), ("Searched:", False)]
        lines += [(f"– {each}", False) for each in list_searched(side)]
        absent = list_absent(side)
        lines += [("Known and not searched:", False)] if absent else []
        lines += [(f"– {each}", False) for each in absent]
    lines += [("", False), ("What a change does not say", True)]
    lines += [(each, False) for each in SAYS_NOT]
    attributions = list_attributions((changes.old, changes.new))
    return lines + [(each, False) for each in attributions]
