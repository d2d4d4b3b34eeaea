"""Text of PDF files: words, pages, places, scripts, and files that are damaged."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.evidence.texts import ocr
from answerable.evidence.texts.pdf import read_pdf
from answerable.evidence.texts.right_to_left import order_line
from tests.conftest import FIXTURES
from tests.evidence.small_pdf import PICTURE, make_pdf, write_lines

MIXED = FIXTURES / "texts" / "mixed-scripts.pdf"


def test_pages_and_lines_are_known() -> None:
    text = read_pdf(
        make_pdf([write_lines("First page", "second line"), write_lines("Page two")]), 0
    )
    assert text.body == "First page second line Page two"
    assert [(each.number, text.body[each.start : each.end]) for each in text.pages] == [
        (1, "First page second line"),
        (2, "Page two"),
    ]
    assert text.page_at(text.body.index("second")) == 1
    assert text.page_at(text.body.index("two")) == 2
    assert [text.body[each.start : each.end] for each in text.pages[0].lines] == [
        "First page",
        "second line",
    ]


def test_a_line_lies_where_it_is_printed() -> None:
    [page] = read_pdf(make_pdf([write_lines("Here", left=100, top=700)]), 0).pages
    [line] = page.lines
    assert (page.width, page.height) == (61200, 79200)
    assert line.left == pytest.approx(10000, abs=200)
    assert line.bottom == pytest.approx(79200 - 70000, abs=100)
    assert line.top == pytest.approx(line.bottom - 900, abs=200)


def test_a_page_that_is_turned_and_cropped_is_measured_as_it_is_shown() -> None:
    entries = "/MediaBox [0 0 612 792] /CropBox [50 100 562 692] /Rotate 90"
    [page] = read_pdf(
        make_pdf([write_lines("Here", left=100, top=700 - 40)], page_entries=entries), 0
    ).pages
    [line] = page.lines
    assert (page.width, page.height) == (59200, 51200)
    assert line.top == pytest.approx((100 - 50) * 100, abs=200)
    assert line.left == pytest.approx((660 - 100) * 100, abs=400)
    assert line.bottom - line.top > line.right - line.left


def test_hyphens_at_line_ends_stay_as_printed() -> None:
    text = read_pdf(make_pdf([write_lines("the surveil-", "lance of", "well-known")]), 0)
    assert text.body == "the surveil- lance of well-known"


def test_scripts_come_out_in_reading_order() -> None:
    text = read_pdf(MIXED.read_bytes(), 0)
    assert "签署战略合作协议，双方将在公共安全技术方面开展合作" in text.body
    assert "“quoted” as it’s printed — with a dash" in text.body
    assert "ئۇيغۇر تىلىدىكى بىر قۇر سۆز" in text.body
    assert "شركة البحيرة في المدينة" in text.body
    assert text.title == "Mixed scripts"
    assert text.problems == ()


@given(st.lists(st.text("ابتثئۇ", min_size=1, max_size=5), min_size=1, max_size=5), st.booleans())
def test_words_drawn_either_way_are_ordered_from_right_to_left(
    words: list[str], flip: bool
) -> None:
    line = " ".join(words)
    drawn = line[::-1] if flip else line
    places = {place: float(place if flip else -place) for place in range(len(drawn))}
    assert order_line(drawn, lambda place: places[place]) == line


def test_a_scan_says_that_it_was_not_read() -> None:
    text = read_pdf(make_pdf([PICTURE, write_lines("words")]), 0)
    assert text.body == "words"
    assert text.problems == (("cut_short",) if ocr.is_there() else ("scanned",))


def test_a_page_without_anything_has_no_text() -> None:
    assert read_pdf(make_pdf([""]), 0).problems == ("no_text",)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.4\n1 0 obj\n<<", b"%PDF-" + bytes(5_000)])
def test_what_is_no_pdf_is_damaged(data: bytes) -> None:
    assert read_pdf(data, 0).problems == ("damaged", "no_text")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_real_file_cut_short_is_damaged_or_read(share: float) -> None:
    data = MIXED.read_bytes()
    text = read_pdf(data[: int(len(data) * share)], 0)
    assert text.body or "no_text" in text.problems


def test_a_locked_file_says_so() -> None:
    locked = (
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + "41" * 32 + "> /U <" + "42" * 32
        + ">> > /ID [<00><00>]"
    ).replace(">> >", "> >>")  # fmt: skip
    text = read_pdf(make_pdf([write_lines("secret")], trailer=locked), 0)
    assert text.problems == ("locked", "no_text")


def test_a_real_list_has_the_letters_that_another_program_finds(
    shared_data: Callable[[str], Path],
) -> None:
    path = shared_data("lists/dod_1260h/section_1260h_2025-01-07.pdf")
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not on this machine")
    ours = read_pdf(path.read_bytes(), 0)
    theirs = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True
    )
    assert len(ours.pages) == 5
    assert sorted("".join(ours.body.split())) == sorted("".join(theirs.stdout.split()))
