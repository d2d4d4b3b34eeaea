"""Text of PDF files, page by page and line by line, with the place of each line on its page."""

import ctypes
import time
from collections.abc import Iterator
from functools import partial
from typing import Any

import pypdfium2
import pypdfium2.raw as raw

from answerable.evidence.texts import ocr
from answerable.evidence.texts.building import Builder
from answerable.evidence.texts.right_to_left import order_line
from answerable.evidence.texts.text import Text

MAX_PAGES = 20_000
OCR_SCALE = 200 / 72
"""Pixels per point at which a page is drawn to be read: 200 dpi."""
MAX_PIXELS = 16_000_000
_HYPHENS = ("\x02", "\ufffe")
"""What PDFium writes for a hyphen at a line's end, without the line's end behind it."""


Box = tuple[int, int, int, int]
TOOL = f"pypdfium2 {pypdfium2.PYPDFIUM_INFO.version} (PDFium {pypdfium2.PDFIUM_INFO.build})"


def read_pdf(data: bytes, deadline: float) -> Text:
    """Return the text of a PDF.

    Lines come in the order in which the file draws them, mostly that of reading. Hyphens at line
    ends stay as printed. What a file draws as pictures or outlines is read only with the extra
    `ocr`; filled-in form fields and notes are not read.

    Args:
        data: The file's bytes.
        deadline: By `time.monotonic`: pictures are read until then, and the rest is left.

    Cost:
        About 5 ms a page; read by OCR about 4 s a page.
    """
    builder = Builder()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        return Text("", problems=("locked" if locked else "damaged", "no_text"), tool=TOOL)
    for number in range(min(len(document), MAX_PAGES)):
        if builder.is_full:
            break
        _read_page(document, number, builder, deadline)
    if len(document) > MAX_PAGES:
        builder.problems.add("cut_short")
    title = document.get_metadata_value("Title")
    is_read = "read_by_ocr" in builder.problems
    return builder.finish(f"{TOOL}, {ocr.describe()}" if is_read else TOOL, title)


def _read_page(document: Any, number: int, builder: Builder, deadline: float) -> None:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        builder.problems.add("damaged")
        builder.add_page([])
        return
    width, height = (round(100 * side) for side in page.get_size())
    letters = page.get_textpage()
    lines = list(_lines(page, letters, width, height))
    is_read = False
    if not any(text.strip() for text, _ in lines) and _is_drawn_on(page):
        if ocr.is_there() and time.monotonic() < deadline:
            lines = [*_read_picture(page, width, height)]
            builder.problems.add("read_by_ocr")
            is_read = True
        else:
            builder.problems.add("cut_short" if ocr.is_there() else "scanned")
    if any("\ufffd" in text for text, _ in lines):
        builder.problems.add("unmapped_letters")
    builder.add_page(lines, width=width, height=height, read_by_ocr=is_read)
    letters.close()
    page.close()


def _lines(page: Any, letters: Any, width: int, height: int) -> Iterator[tuple[str, Box | None]]:
    text = _letters(letters)
    start = 0
    for place, letter in enumerate([*text, "\n"]):
        if letter not in "\r\n" and letter not in _HYPHENS:
            continue
        end = place + 1 if letter in _HYPHENS else place
        if end > start:
            line = "".join(text[start:end]).replace("\x02", "-").replace("\ufffe", "-")
            line = order_line(line, partial(_middle, letters, start))
            yield line, _box(page, letters, start, end - start, width, height)
        start = place + 1


def _letters(letters: Any) -> list[str]:
    """Return the letters by PDFium's own count, so that places agree with its boxes.

    A letter for which the file gives no Unicode becomes U+FFFD.
    """
    count = letters.count_chars()
    text = letters.get_text_range() if count else ""
    if len(text) == count and "\x00" not in text:
        return list(text)
    codes = [raw.FPDFText_GetUnicode(letters, place) for place in range(count)]
    return [chr(code) if 0 < code < 0x110000 else "\ufffd" for code in codes]


def _middle(letters: Any, start: int, place: int) -> float:
    sides = [ctypes.c_double() for _ in range(4)]
    raw.FPDFText_GetCharBox(letters, start + place, *sides)
    return (sides[0].value + sides[1].value) / 2


def _box(page: Any, letters: Any, start: int, count: int, width: int, height: int) -> Box | None:
    """Return where a line stands on the page as it is shown: turned and cropped."""
    rects = [letters.get_rect(at) for at in range(letters.count_rects(start, count))]
    corners = [
        _on_page(page, x, y, width, height)
        for left, bottom, right, top in rects
        for x, y in ((left, bottom), (right, top))
    ]
    if not corners:
        return None
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _on_page(page: Any, x: float, y: float, width: int, height: int) -> tuple[int, int]:
    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, across, down)
    return across.value, down.value


def _is_drawn_on(page: Any) -> bool:
    """Tell whether anything is drawn on a page: a picture, or outlines that may be letters."""
    return next(page.get_objects(max_depth=1), None) is not None


def _read_picture(page: Any, width: int, height: int) -> Iterator[tuple[str, Box]]:
    area = max(1.0, width * height / 10_000)
    scale = min(OCR_SCALE, (MAX_PIXELS / area) ** 0.5)
    picture = page.render(scale=scale).to_numpy()
    for text, (left, top, right, bottom) in ocr.read_picture(picture):
        yield (
            text,
            (
                round(left / scale * 100),
                round(top / scale * 100),
                round(right / scale * 100),
                round(bottom / scale * 100),
            ),
        )
