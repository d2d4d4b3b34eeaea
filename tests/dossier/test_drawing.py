"""Exposure paths as pictures: every link leads to its source, shapes tell, nothing runs over."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from answerable.dossier.drawing import WIDTH, draw_path, draw_paths
from answerable.dossier.kept_findings import read_finding, read_share
from answerable.dossier.lettering import measure, wrap
from answerable.dossier.texts import direction_of, tag_of
from answerable.engine.shown_text import show_text
from answerable.model.link import ANY_SHARE, WHOLE, Share
from tests.dossier.invented_pages import CASE, FINDING, LINE, PATH, spoil

SVG = "{http://www.w3.org/2000/svg}"
NAMES = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("天شА\u0301wW "), min_size=1
)


def draw(path: dict[str, Any] = PATH) -> etree._Element:
    return etree.fromstring(draw_path(path, FINDING).encode())


def texts_of(svg: etree._Element) -> list[str]:
    return [each.text or "" for each in svg.iter(f"{SVG}text")]


def test_every_tie_leads_to_its_source() -> None:
    links = draw().findall(f".//{SVG}a")
    register = f"#document-{FINDING.documents[-1].number}"
    assert [each.get("href") for each in links] == ["#matches", register, "#claim-northwind-supply"]


def test_a_tie_that_is_claimed_tells_by_whom_and_what_was_answered() -> None:
    shown = " ".join(texts_of(draw()))
    assert "claimed by Lakeside City Procurement Office" in shown
    assert "answered by Northwind Vision Ltd" in shown


def test_what_rests_on_a_name_is_dashed_and_has_no_arrow() -> None:
    first, second, _ = draw().findall(f".//{SVG}a")
    assert [each.get("stroke-dasharray") for each in first.iter(f"{SVG}path")] == ["5 4"]
    assert [each.get("stroke-dasharray") for each in second.iter(f"{SVG}path")] == [None, None]


@pytest.mark.parametrize(
    ("ends", "rects", "words"), [("listed", 2, "listed"), ("named", 0, "named in a filed claim")]
)
def test_ends_are_told_by_shape_and_in_words(ends: str, rects: int, words: str) -> None:
    last = draw({**PATH, "ends": ends}).findall(f"{SVG}g/{SVG}g")[-1]
    assert len(last.findall(f"{SVG}rect")) == rects
    assert words in texts_of(last)


def test_it_is_told_to_those_who_do_not_see_it() -> None:
    svg = draw()
    ids = (svg.get("aria-labelledby") or "").split()
    told = [each.text for each in svg if each.get("id") in ids]
    assert told[0] == "Path from Northwind Trading (UK) Ltd to Lakeside City Police"
    assert (told[1] or "").endswith("It says nothing about wrongdoing.")


def test_nothing_comes_from_outside_and_attributes_are_plain() -> None:
    text = draw_path(PATH, FINDING)
    assert not re.search(r'style=|class=|url\(|@import|<style|<script|href="(?!#)', text)
    assert draw_path(PATH, FINDING) == text
    assert draw_paths(CASE) == ()
    assert draw_paths(FINDING) == (text,)


def test_hostile_names_stay_in_their_frame() -> None:
    text = draw_path(spoil(PATH), spoil(FINDING))
    etree.fromstring(text.encode())
    assert "<script" not in text
    assert "\u202e" not in text
    for each in etree.fromstring(text.encode()).iter(f"{SVG}text"):
        assert measure(each.text or "", float(each.get("font-size", "0"))) <= WIDTH


@given(NAMES, st.integers(20, 400), st.integers(1, 5))
def test_lines_are_no_wider_than_the_frame_and_lose_nothing(
    text: str, width: int, most: int
) -> None:
    lines = wrap(text, width, 14.0, most)
    assert 1 <= len(lines) <= most
    assert all(measure(line, 14.0) <= width for line in lines)
    whole = wrap(text, width, 14.0, 10_000)
    assert "".join("".join(whole).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language", "tag", "direction"),
    [
        ("湖边公司", None, "und-Hani", "ltr"),
        ("ئۈلگە شىركىتى", None, "ug", "rtl"),
        ("شركة", "ar", "ar", "rtl"),
        ("Shirkiti", "ug-Latn", "ug-Latn", "ltr"),
        ("Завод", None, "und-Cyrl", "ltr"),
        ("מפעל", None, "he", "rtl"),
        ("Mill Ltd", None, None, "ltr"),
        ("公司", "not a tag !", "und-Hani", "ltr"),
    ],
)
def test_language_and_direction(
    text: str, language: str | None, tag: str | None, direction: str
) -> None:
    assert tag_of(text, language) == tag
    assert direction_of(text, language) == direction


@given(st.text())
def test_what_is_shown_can_be_carried_and_steers_nothing(text: str) -> None:
    shown = show_text(text)
    shown.encode("utf-8")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\x00-\x08\x7f-\x9f\r]", shown)
    assert show_text(shown) == shown


shares = st.tuples(st.integers(0, WHOLE), st.integers(0, WHOLE)).map(sorted).map(tuple)


@given(shares, st.booleans(), st.booleans())
def test_a_share_is_read_from_its_words(ends: tuple[int, int], low: bool, high: bool) -> None:
    low_end, high_end = ends
    share = Share(low_end, high_end, low, high) if low_end < high_end else Share(low_end, low_end)
    assert read_share(share.words) == share
    assert read_share(ANY_SHARE.words) == ANY_SHARE


def test_a_finding_is_read_from_its_line() -> None:
    again = read_finding(LINE).as_dict()
    for name in ("id", "status", "exposure", "matches", "paths", "more_matches"):
        assert json_like(again[name]) == json_like(LINE[name])


def json_like(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: json_like(v) for k, v in value.items() if v not in (None, True)}
    return [json_like(each) for each in value] if isinstance(value, list | tuple) else value
