"""Which characters our fonts have, and that a page can be set of any text at all."""

import hashlib
import struct

from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.dossier.fonts import FONTS, coverage
from answerable.dossier.pdf.characters import spell
from answerable.dossier.pdf.pages import render_pdf
from answerable.dossier.pdf.pictures import CARD_SIZE, draw_card
from tests.dossier.invented_dossier import invent_small
from tools.make_fonts import FAMILIES, coverage_text

MARKS = "\u0301\u05b0\u064b\u0654\u093c\u094d\u0e31\u0f71\u180e\u200c\u200d\ufe0f\u20dd"


def test_coverage_is_what_the_fonts_say() -> None:
    assert (FONTS / "coverage.tsv").read_text(encoding="utf-8") == coverage_text(FONTS)
    assert list(coverage()) == list(FAMILIES)


def test_the_fonts_are_those_that_were_made() -> None:
    for line in (FONTS / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((FONTS / name).read_bytes()).hexdigest() == digest
    assert len(list(FONTS.glob("*.?tf"))) == sum(map(len, FAMILIES.values()))


def test_every_font_may_be_shipped_and_embedded() -> None:
    for path in FONTS.glob("*.?tf"):
        with TTFont(path, lazy=True) as font:
            licence = font["name"].getDebugName(13)
            assert "Open Font License, Version 1.1" in licence or "Apache License" in licence
            assert font["OS/2"].fsType & 0x0002 == 0


def test_a_cut_font_bears_no_reserved_name() -> None:
    with TTFont(FONTS / "AnswerableHangul-Regular.otf") as font:
        names = [str(each) for each in font["name"].names if each.nameID in (1, 3, 4, 6)]
        names += [font["CFF "].cff.fontNames[0]]
    assert names
    assert not [each for each in names if "Source" in each or "Noto" in each]


@given(st.text() | st.text(st.sampled_from("aЖ湖ش" + MARKS)))
def test_what_is_spelled_is_visible_and_spelled_once(text: str) -> None:
    shown = spell(text)
    assert spell(shown) == shown
    assert not {"\u202e", "\u2066", "\x00", "\u200b", "\t", "\r"} & set(shown)


@settings(max_examples=12)
@given(st.lists(st.text() | st.text(st.sampled_from("aЖ湖شबမཀא" + MARKS)), max_size=30))
def test_any_text_can_be_set(texts: list[str]) -> None:
    assert render_pdf(invent_small(*texts)).startswith(b"%PDF-1.7")


def test_a_card_has_its_size_and_the_same_bytes_each_time() -> None:
    made = draw_card("湖滨 شركة #set text(red)", ["x" * 10_000, "", "\U0001f600"] * 9)
    assert struct.unpack(">II", made[16:24]) == CARD_SIZE
    assert draw_card("湖滨 شركة #set text(red)", ["x" * 10_000, "", "\U0001f600"] * 9) == made
    assert draw_card("Other") != made
