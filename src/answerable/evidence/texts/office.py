"""Text of word-processor files and slides: DOCX, PPTX, ODT, ODP."""

import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from answerable.evidence.texts.anchor import BLOCK, LINE
from answerable.evidence.texts.building import Builder
from answerable.evidence.texts.text import Text
from answerable.evidence.texts.zipped import names_in, read_part

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WORD_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DRAW = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_DRAW_STRICT = "{http://purl.oclc.org/ooxml/drawingml/main}"
_SLIDE = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_DC_TITLE = "{http://purl.org/dc/elements/1.1/}title"

_KEPT = {f"{space}t" for space in (_WORD, _WORD_STRICT, _DRAW, _DRAW_STRICT)}
_BREAKS = {
    f"{space}{name}"
    for space in (_WORD, _WORD_STRICT, _DRAW, _DRAW_STRICT)
    for name in ("br", "cr", "tab")
}
_BLOCKS = {
    f"{space}{name}"
    for space in (_WORD, _WORD_STRICT, _DRAW, _DRAW_STRICT)
    for name in ("p", "tc", "tr")
}
_LEFT_OUT = {
    _FALLBACK,
    *(f"{space}{name}" for space in (_WORD, _WORD_STRICT) for name in ("del", "moveFrom")),
}
_ODF_BLOCKS = {f"{_TEXT}p", f"{_TEXT}h", f"{_TABLE}table-cell", f"{_TABLE}table-row"}
_ODF_BREAKS = {f"{_TEXT}s", f"{_TEXT}tab", f"{_TEXT}line-break"}
_ODF_LEFT_OUT = {f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}ruby-text"}


def read_docx(archive: zipfile.ZipFile) -> Text:
    """Return the text of a DOCX: body, then footnotes and endnotes, then headers and footers.

    What was deleted under tracked changes, and text that is marked as hidden, is left out; the
    latter is told by the problem `hidden_text`. Comments are not read.
    """
    builder = Builder()
    parts = ["word/document.xml"]
    for pattern in (r"word/(foot|end)notes[.]xml", r"word/(header|footer)[0-9]*[.]xml"):
        parts += names_in(archive, pattern)
    pieces: list[str] = []
    for name in parts:
        root = read_part(archive, name)
        if _drop_hidden(root):
            builder.problems.add("hidden_text")
        pieces += [BLOCK, *_pieces(root)]
    builder.add_page([("".join(pieces), None)])
    builder.pages.clear()  # where a page ends is up to the program that prints it
    return builder.finish("lxml " + etree.__version__, _title(archive, "docProps/core.xml"))


def read_pptx(archive: zipfile.ZipFile) -> Text:
    """Return the text of a PPTX: each slide a page, with its speaker's notes behind it."""
    builder = Builder()
    for name in _slides(archive):
        raw = "".join(_pieces(read_part(archive, name)))
        notes = _related(archive, name, "notesSlide")
        raw += BLOCK + "".join(BLOCK.join(_pieces(read_part(archive, each))) for each in notes)
        builder.add_page([(raw, None)])
    return builder.finish("lxml " + etree.__version__, _title(archive, "docProps/core.xml"))


def read_odf(archive: zipfile.ZipFile) -> Text:
    """Return the text of an ODT or ODP; each slide of an ODP is a page."""
    builder = Builder()
    root = read_part(archive, "content.xml")
    slides = list(root.iter(f"{_DRAWING}page"))
    for part in slides or [root]:
        builder.add_page([("".join(_odf_pieces(part)), None)])
    if not slides:
        builder.pages.clear()
    return builder.finish("lxml " + etree.__version__, _title(archive, "meta.xml"))


def _pieces(root: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if tag in _BLOCKS:
            yield BLOCK
        elif event == "start" and tag in _LEFT_OUT:
            walk.skip_subtree()
        elif event == "start" and tag in _KEPT:
            yield element.text or ""
        elif event == "start" and tag in _BREAKS:
            yield LINE


def _drop_hidden(root: etree._Element) -> bool:
    """Take hidden runs out of a tree; tell whether there were any."""
    dropped = False
    for space in (_WORD, _WORD_STRICT):
        for run in list(root.iter(f"{space}r")):
            mark = run.find(f"{space}rPr/{space}vanish")
            is_hidden = mark is not None and mark.get(f"{space}val") not in ("0", "false", "off")
            parent = run.getparent()
            if is_hidden and parent is not None:
                dropped = dropped or any(each.text for each in run.iter(f"{space}t"))
                parent.remove(run)
    return dropped


def _odf_pieces(root: etree._Element) -> Iterator[str]:
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if tag in _ODF_BLOCKS:
            yield BLOCK
        if event == "start":
            if tag in _ODF_LEFT_OUT:
                walk.skip_subtree()
            elif tag in _ODF_BREAKS:
                yield LINE
            elif element.text and not _is_outside(element):
                yield element.text
        elif element.tail and element is not root and not _is_outside(element.getparent()):
            yield element.tail


def _is_outside(element: etree._Element | None) -> bool:
    """Tell whether an element holds no text of its own: only these of the text kind do."""
    return element is None or not str(element.tag).startswith((_TEXT, "{http://purl.org/dc/"))


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """Return the slides in the order in which they are shown."""
    listed = _related(archive, "ppt/presentation.xml", "slide")
    return listed or names_in(archive, r"ppt/slides/slide[0-9]+[.]xml")


def _related(archive: zipfile.ZipFile, name: str, kind: str) -> list[str]:
    """Return the parts that a part refers to, in the order in which it does."""
    folder, file = posixpath.split(name)
    try:
        relations = read_part(archive, f"{folder}/_rels/{file}.rels")
    except KeyError:
        return []
    parts = {
        each.get("Id"): posixpath.normpath(posixpath.join(folder, str(each.get("Target"))))
        for each in relations.iterchildren("{*}Relationship")
        if str(each.get("Type")).endswith("/" + kind)
    }
    order = [each.get(f"{_RELATION}id") for each in read_part(archive, name).iter(f"{_SLIDE}sldId")]
    found = [parts[each] for each in order if each in parts] if order else list(parts.values())
    members = set(archive.namelist())
    return [each for each in found if each in members]


def _title(archive: zipfile.ZipFile, part: str) -> str | None:
    try:
        found = next(read_part(archive, part).iter(_DC_TITLE), None)
    except (KeyError, etree.XMLSyntaxError, ValueError):
        return None
    return found.text if found is not None else None
