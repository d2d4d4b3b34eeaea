"""Columns added to a sheet's XML at its row tags; every other byte of the sheet stays.

Texts go in as inline strings, never as formulas, and her shared strings are not touched.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from answerable.exposure.outputs.cells import fit
from answerable.exposure.outputs.package import OFFICE, NotEditable
from answerable.exposure.outputs.survey import ATTRIBUTES, Survey, column_of, range_of

LAST_COLUMN = 16_384
_COLS = re.compile(rb"<(?:\w+:)?cols(?:\s*/>|[\s>].*?</(?:\w+:)?cols\s*>)", re.S)
_LITERAL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_AFTER_LINKS = (
    rb"printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|"
    rb"cellWatches|ignoredErrors|smartTags|drawing|legacyDrawing|legacyDrawingHF|drawingHF|picture|"
    rb"oleObjects|controls|webPublishItems|tableParts|AlternateContent|extLst"
)
"""Elements of a worksheet that stand after `hyperlinks` (ECMA-376 part 1, CT_Worksheet)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell to write: a text or number, and its style."""

    value: str | float
    style: int


@dataclass(frozen=True, slots=True)
class RowCells:
    """What a row gains: cells from the span's first column, and a height where it has none."""

    cells: Sequence[Cell | None] = ()
    height: float | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """The columns that the answers take, and up to where older cells are wiped; from 1."""

    first: int
    last: int
    wiped: int


def letters_of(column: int) -> str:
    """Return a column's letters.

    Example:
        >>> letters_of(1), letters_of(28), letters_of(16_384)
        ('A', 'AB', 'XFD')
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def write_cell(reference: str, cell: Cell, prefix: str = "") -> str:
    """Return a cell's XML.

    Example:
        >>> write_cell("A1", Cell("=1+1 & more", 3))
        '<c r="A1" s="3" t="inlineStr"><is><t xml:space="preserve">=1+1 &amp; more</t></is></c>'
        >>> write_cell("A1", Cell(0.5, 3))
        '<c r="A1" s="3"><v>0.5</v></c>'
    """
    p = prefix
    if not isinstance(cell.value, str):
        return f'<{p}c r="{reference}" s="{cell.style}"><{p}v>{cell.value}</{p}v></{p}c>'
    text = _LITERAL_ESCAPE.sub("_x005F_", fit(cell.value).replace("\r\n", "\n"))
    shown = escape(text, {"\r": "_x000D_"})
    return (
        f'<{p}c r="{reference}" s="{cell.style}" t="inlineStr"><{p}is>'
        f'<{p}t xml:space="preserve">{shown}</{p}t></{p}is></{p}c>'
    )


def extend_rows(data: bytes, survey: Survey, span: Span, read: Callable[[int], RowCells]) -> bytes:
    """Return a sheet's XML with cells added to its rows.

    Args:
        data: The sheet's XML, as surveyed.
        survey: Its survey.
        span: Columns to fill; what stands in them is replaced, cells to the right stay.
        read: Row to what it gains; a row of hers that has a height keeps it.

    Returns:
        The XML; bytes outside the touched rows are the same.
    """
    prefix = survey.prefix
    name = re.escape(prefix.encode()) + b"row"
    tag = re.compile(rb"<" + name + rb"(?=[\s/>])" + ATTRIBUTES + rb"(/?)>")
    letters = [letters_of(column) for column in range(span.first, span.last + 1)]
    simple = survey.last_cell < span.first
    pieces: list[bytes] = []
    done = 0
    for number, found in zip(survey.rows, tag.finditer(data), strict=True):
        gained = read(number)
        if not gained.cells and simple:
            continue
        xml = "".join(
            write_cell(f"{column}{number}", cell, prefix)
            for column, cell in zip(letters, gained.cells, strict=False)
            if cell is not None
        ).encode()
        start, end = found.end(), found.end()
        if not found[2]:
            end = data.index(b"</" + name, start)
        body = data[start:end]
        body = body + xml if simple else _merge(body, xml, prefix.encode(), span)
        start_tag = b"<" + name + _row_attributes(found[1], gained.height) + b">"
        pieces += [data[done : found.start()], start_tag, body]
        if found[2]:
            pieces += [b"</", name, b">"]
        done = end
    return b"".join([*pieces, data[done:]])


def _row_attributes(attributes: bytes, height: float | None) -> bytes:
    """Drop `spans`, a hint that would no longer hold, and add a height where there is none."""
    kept = re.sub(rb"""\s+spans\s*=\s*(?:"[^"]*"|'[^']*')""", b"", attributes)
    if height is None or re.search(rb"\sht\s*=", kept):
        return kept
    return kept + f' ht="{height:g}" customHeight="1"'.encode()


def _merge(body: bytes, xml: bytes, prefix: bytes, span: Span) -> bytes:
    """Put cells between those to their left and those to their right, in place of what is there."""
    name = re.escape(prefix) + b"c"
    tag = re.compile(rb"<" + name + rb"(?=[\s/>])" + ATTRIBUTES + rb"(/?)>")
    left, right = [], []
    end = 0
    for found in tag.finditer(body):
        if found.start() < end:
            raise NotEditable("cells of its sheet stand in each other")
        end = found.end()
        if not found[2]:
            end = body.index(b">", body.index(b"</" + prefix + b"c", end)) + 1
        reference = re.search(rb"""\sr\s*=\s*["']([^"']+)""", found[1])
        if not reference:
            raise NotEditable("cells of its sheet have no reference")
        column = column_of(reference[1].decode())
        if column < span.first:
            left.append(body[found.start() : end])
        elif column > span.wiped:
            right.append(body[found.start() : end])
    return b"".join([*left, xml, *right])


def set_dimension(data: bytes, span: Span, last_row: int) -> bytes:
    """Return a sheet's XML whose `dimension` takes in the added columns."""
    tag = re.compile(rb"""(<(?:\w+:)?dimension\s+ref\s*=\s*["'])([^"']+)""")
    found = tag.search(data, 0, data.find(b"sheetData"))
    if not found:
        return data
    left, top, right, bottom = range_of(found[2].decode())
    first = f"{letters_of(min(left, span.first))}{top}"
    last = f"{letters_of(max(right, span.last))}{max(bottom, last_row)}"
    return data[: found.start(2)] + f"{first}:{last}".encode() + data[found.end(2) :]


def set_widths(data: bytes, survey: Survey, span: Span, widths: Sequence[float]) -> bytes:
    """Return a sheet's XML with widths for the added columns; hers keep theirs.

    Args:
        data: The sheet's XML.
        survey: Its survey.
        span: The added columns.
        widths: Their widths in characters.
    """
    p = survey.prefix
    entries: list[tuple[int, str]] = []
    for element in (child for cols in survey.tops.get("cols", []) for child in cols):
        low, high = int(element.get("min", "1")), int(element.get("max", "1"))
        for start, end in ((low, min(high, span.first - 1)), (max(low, span.last + 1), high)):
            if start <= end:
                kept = {str(key): str(value) for key, value in element.items()}
                kept |= {"min": str(start), "max": str(end)}
                entries.append((start, _element(f"{p}col", kept)))
    for column, width in enumerate(widths, start=span.first):
        mine = {"min": str(column), "max": str(column), "width": f"{width}", "customWidth": "1"}
        entries.append((column, _element(f"{p}col", mine)))
    cols = f"<{p}cols>{''.join(xml for _, xml in sorted(entries))}</{p}cols>".encode()
    end = data.index(f"<{p}sheetData".encode())
    head = re.sub(
        rb"<(?:\w+:)?cols(?:\s*/>|[\s>].*?</(?:\w+:)?cols\s*>)", b"", data[:end], flags=re.S
    )
    return head + cols + data[end:]


def _element(name: str, attributes: Mapping[str, str]) -> str:
    shown = "".join(f" {key}={quoteattr(str(value))}" for key, value in attributes.items())
    return f"<{name}{shown}/>"


def count_links(survey: Survey) -> int:
    """Return how many links a sheet has."""
    return sum(len(element) for element in survey.tops.get("hyperlinks", []))


def set_links(data: bytes, survey: Survey, span: Span, links: Mapping[str, str]) -> bytes:
    """Return a sheet's XML with links added; those of wiped columns are taken out.

    Args:
        data: The sheet's XML.
        survey: Its survey.
        span: The added columns.
        links: Cell reference to relationship id.
    """
    p = survey.prefix
    start = _end_of_views(data, p)
    tail = data[start:]
    block = re.compile(rb"<(\w+:)?hyperlinks(?:\s*/>|[\s>].*?</(?:\w+:)?hyperlinks\s*>)", re.S)
    found = block.search(tail)
    kept = _kept_links(found[0], span) if found else b""
    mine = "".join(
        f'<{p}hyperlink xmlns:rel="{OFFICE}" ref="{reference}" rel:id="{relation}"/>'
        for reference, relation in links.items()
    ).encode()
    name = f"{p}hyperlinks".encode()
    xml = b"<" + name + b">" + kept + mine + b"</" + name + b">" if kept or mine else b""
    if found:
        return data[:start] + tail[: found.start()] + xml + tail[found.end() :]
    place = start + _place_for_links(tail)
    return data[:place] + xml + data[place:]


def _kept_links(block: bytes, span: Span) -> bytes:
    tags = re.findall(rb"<(?:\w+:)?hyperlink(?=[\s/])(?:[^>\"']|\"[^\"]*\"|'[^']*')*/>", block)
    kept = []
    for tag in tags:
        reference = re.search(rb"""\sref\s*=\s*["']([^"']+)""", tag)
        column = range_of(reference[1].decode())[0] if reference else 0
        if not span.first <= column <= span.wiped:
            kept.append(tag)
    if len(tags) != len(re.findall(rb"<(?:\w+:)?hyperlink(?=[\s/>])", block)):
        raise NotEditable("links of its sheet are of an unusual form")
    return b"".join(kept)


def _end_of_views(data: bytes, prefix: str) -> int:
    """Return where rows and custom views end; a custom view repeats the elements that follow."""
    views = data.rfind(b"customSheetViews>")
    rows = max(
        data.rfind(f"</{prefix}sheetData".encode()), data.find(f"<{prefix}sheetData".encode())
    )
    return data.index(b">", max(views, rows)) + 1


def _place_for_links(tail: bytes) -> int:
    found = re.search(rb"<(?:\w+:)?(?:" + _AFTER_LINKS + rb")(?=[\s/>])|</(?:\w+:)?worksheet", tail)
    if not found:
        raise NotEditable("its sheet's XML is of an unusual form")
    return found.start()
