"""Reading pictures: with the extra, Chinese and Latin lines; without it, an honest word."""

import io
import time

import pytest

from answerable.evidence.texts import ocr
from answerable.evidence.texts.kinds import read_document
from tests.conftest import FIXTURES

needs_ocr = pytest.mark.skipif(not ocr.is_there(), reason="the extra `ocr` is not installed")
PICTURE = FIXTURES / "texts" / "printed-lines.png"


@pytest.mark.skipif(ocr.is_there(), reason="the extra `ocr` is installed")
def test_without_the_extra_a_picture_says_that_it_was_not_read() -> None:
    text = read_document(PICTURE.read_bytes(), "image/png", 0)
    assert (text.body, text.problems) == ("", ("no_text", "scanned"))


@needs_ocr
def test_lines_of_a_picture_are_read_with_their_places() -> None:
    text = read_document(PICTURE.read_bytes(), "image/png", 0)
    assert "新河市公安局" in text.body
    assert "湖边技术有限公司与公安局签署战略合作协议" in text.body
    assert text.problems == ("read_by_ocr",)
    assert text.tool.startswith("RapidOCR ")
    [page] = text.pages
    assert page.read_by_ocr
    assert (page.width, page.height) == (90000, 30000)
    assert text.body[page.lines[0].start : page.lines[0].end] == "新河市公安局"
    assert page.lines[0].top < page.lines[1].top
    assert page.lines[0].left == pytest.approx(4000, abs=800)


@needs_ocr
def test_a_scanned_page_of_a_pdf_is_read_until_the_time_is_over() -> None:
    import PIL.Image

    file = io.BytesIO()
    with PIL.Image.open(PICTURE) as picture:
        picture.convert("RGB").save(file, "PDF")
    read = read_document(file.getvalue(), "application/pdf", time.monotonic() + 60)
    assert "新河市公安局" in read.body
    assert read.problems == ("read_by_ocr",)
    late = read_document(file.getvalue(), "application/pdf", 0)
    assert late.problems == ("cut_short", "no_text")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"GIF89a" + b"\xff" * 30, b"BM" + bytes(60)]
)
def test_damaged_pictures_are_named(data: bytes) -> None:
    text = read_document(data, "image/png", 0)
    assert text.body == ""
    assert "no_text" in text.problems
