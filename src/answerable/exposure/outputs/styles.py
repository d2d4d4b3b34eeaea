"""The few cell styles that answers need, appended to a workbook's own; hers stay as they are."""

from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from answerable.exposure.outputs.package import MAIN, NotEditable, parse, serialise

PROBABILITY = '[>0.99]"over 99 %";[<0.01]"under 1 %";"about "0 %'
"""Number format that shows a probability as `words.say_probability` says it."""

TINTS = {"confirmed": "F7DFEA", "match": "FCE9CF", "possible": "DFEAF6"}
"""Gentle fills of the status cell; the words in it say the same."""

_NS = f"{{{MAIN}}}"
_FIRST_FORMAT = 164  # numbers below are Excel's own


@dataclass(frozen=True, slots=True)
class Styles:
    """Numbers of the appended cell styles, by form of answer or line."""

    numbers: dict[str, int]

    def __getitem__(self, form: str) -> int:
        return self.numbers.get(form, self.numbers["long"])


def add_styles(data: bytes) -> tuple[bytes, Styles]:
    """Return a styles part with our styles at the end of its lists, and their numbers.

    Her fonts, fills and cell styles keep their numbers, so no cell of hers changes its look. Our
    fonts are her default font, bold or blue, so that the answers look like her workbook.

    Args:
        data: `xl/styles.xml` as it is.

    Raises:
        NotEditable: It lacks the lists that every workbook has.
    """
    root = parse(data)
    fonts, fills, borders, xfs = (
        _find(root, name) for name in ("fonts", "fills", "borders", "cellXfs")
    )
    bold, link, title = _add_fonts(fonts)
    blue, yellow = (_add_fill(fills, colour) for colour in ("FFDDE8F0", "FFFFF4D6"))
    tints = {status: _add_fill(fills, f"FF{colour}") for status, colour in TINTS.items()}
    line = _add_border(borders)
    numbers = {
        "text": _add_xf(xfs),
        "long": _add_xf(xfs, wrap=True),
        "percent": _add_xf(xfs, format_=_add_format(root, PROBABILITY)),
        "number": _add_xf(xfs, format_="3"),
        "link": _add_xf(xfs, font=link, left=True),
        "head": _add_xf(xfs, font=bold, fill=blue, border=line, wrap=True),
        "title": _add_xf(xfs, font=title),
        "heading": _add_xf(xfs, font=bold),
        "warning": _add_xf(xfs, font=bold, fill=yellow, wrap=True),
        "table_head": _add_xf(xfs, font=bold, border=line, wrap=True),
        "note": _add_xf(xfs, wrap=True, indent=1),
    }
    numbers |= {status: _add_xf(xfs, fill=fill) for status, fill in tints.items()}
    for each in (fonts, fills, borders, xfs):
        each.set("count", str(len(each)))
    return serialise(root), Styles(numbers)


def _find(root: etree._Element, name: str) -> etree._Element:
    found = root.find(_NS + name)
    if found is None or not len(found):
        raise NotEditable(f"its styles have no {name}")
    return found


def _add_fonts(fonts: etree._Element) -> tuple[int, int, int]:
    """Append bold, link and title fonts made from her default font."""
    first = len(fonts)
    for colour, size, bold in ((None, None, True), ("FF0B4F8A", None, False), (None, "16", True)):
        font = deepcopy(fonts[0])
        for name in ("b", "u"):
            for old in font.findall(_NS + name):
                font.remove(old)
        if bold:
            font.insert(0, etree.Element(f"{_NS}b"))
        if size and (found := font.find(f"{_NS}sz")) is not None:
            found.set("val", size)
        if colour:
            _colour_font(font, colour)
        fonts.append(font)
    return first, first + 1, first + 2


def _colour_font(font: etree._Element, colour: str) -> None:
    found = font.find(f"{_NS}color")
    if found is None:
        found = etree.Element(f"{_NS}color")
        size = font.find(f"{_NS}sz")
        font.insert(0 if size is None else font.index(size) + 1, found)
    found.attrib.clear()
    found.set("rgb", colour)


def _add_fill(fills: etree._Element, colour: str) -> int:
    pattern = etree.SubElement(
        etree.SubElement(fills, f"{_NS}fill"), f"{_NS}patternFill", patternType="solid"
    )
    etree.SubElement(pattern, f"{_NS}fgColor", rgb=colour)
    etree.SubElement(pattern, f"{_NS}bgColor", indexed="64")
    return len(fills) - 1


def _add_format(root: etree._Element, code: str) -> str:
    """Append a number format and return its number; the list comes first where she has none."""
    formats = root.find(f"{_NS}numFmts")
    if formats is None:
        formats = etree.Element(f"{_NS}numFmts")
        root.insert(0, formats)
    given = [each.get("numFmtId", "") for each in formats]
    taken = [int(each) for each in given if each.isdecimal()]
    number = str(max([_FIRST_FORMAT - 1, *taken]) + 1)
    etree.SubElement(formats, f"{_NS}numFmt", numFmtId=number, formatCode=code)
    formats.set("count", str(len(formats)))
    return number


def _add_border(borders: etree._Element) -> int:
    border = etree.SubElement(borders, f"{_NS}border")
    for name in ("left", "right", "top", "bottom", "diagonal"):
        side = etree.SubElement(border, _NS + name)
        if name == "bottom":
            side.set("style", "thin")
            etree.SubElement(side, f"{_NS}color", auto="1")
    return len(borders) - 1


def _add_xf(
    xfs: etree._Element,
    *,
    font: int = 0,
    fill: int = 0,
    border: int = 0,
    format_: str = "0",
    wrap: bool = False,
    indent: int = 0,
    left: bool = False,
) -> int:
    xf = etree.SubElement(xfs, f"{_NS}xf", numFmtId=format_, fontId=str(font), fillId=str(fill))
    xf.set("borderId", str(border))
    xf.set("xfId", "0")
    for name in ("Font", "Fill", "Border", "NumberFormat", "Alignment"):
        xf.set(f"apply{name}", "1")
    alignment = etree.SubElement(xf, f"{_NS}alignment", vertical="top")
    if left or format_ != "0":
        alignment.set("horizontal", "left")
    if wrap:
        alignment.set("wrapText", "1")
    if indent:
        alignment.set("horizontal", "left")
        alignment.set("indent", str(indent))
    return len(xfs) - 1
