"""Texts fit for cells, and the laws that hold for all of them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.exposure.outputs.cells import LONGEST_TEXT, fit, guard, make_legal, read_link

SIGNS = "=+-@＝＋－＠"


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("  =1+1", "  '=1+1"),
        ("+44 20 7946 0000", "+44 20 7946 0000"),
        ("+44 (0)20 7946-0000", "+44 (0)20 7946-0000"),
        ("+44-20-7946-0000", "'+44-20-7946-0000"),
        ("+1 - 2", "'+1 - 2"),
        ("--5", "'--5"),
        ("-£5,000.00", "-£5,000.00"),
        ("-5.000,00 €", "-5.000,00 €"),
        ("(£5,000.00)", "(£5,000.00)"),
        ("-5 000,00\u202f€", "-5 000,00\u202f€"),
        ("-", "-"),
        ("-5%", "-5%"),
        ("++1", "'++1"),
        ("-A1", "'-A1"),
        ("+1e5", "'+1e5"),
        ("-1*2", "'-1*2"),
        ("-1\n-2", "'-1\n'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ("\t=1", "\t'=1"),
        ("\tx", "'\tx"),
        ("a;=1", "a;'=1"),
        ("a,@x", "a,'@x"),
        ("a\n=1", "a\n'=1"),
        ("\rx", "'\rx"),
        ("-12.50", "-12.50"),
        ("+5 %", "+5 %"),
        ("1-2", "1-2"),
        ("Mill - Sons", "Mill - Sons"),
        ("a=b", "a=b"),
        ("", ""),
    ],
)
def test_guard(text: str, guarded: str) -> None:
    assert guard(text) == guarded


@given(st.text(alphabet="=+-@ ;,|\t\r\nab1'\"", max_size=12))
def test_no_guarded_text_begins_a_formula_under_any_separator(text: str) -> None:
    guarded = guard(text)
    assert guarded.replace("'", "") == text.replace("'", "")
    if re.fullmatch(r"[+-]?[\d., -]*", guarded):  # a number or none: no name, call or operator
        assert not re.search(r"(?:^|,)\s*[+-]\s*\d*\s*-\s*\d", guarded)
        return
    for separator in ";,|\t\r\n":
        first, *others = guarded.split(separator)
        assert not first.lstrip().startswith(tuple(SIGNS))
        assert not any(piece.startswith(tuple(SIGNS)) for piece in others)


@given(st.text(st.characters(), max_size=30))
def test_legal_texts_are_xml_and_utf8_and_stay_as_they_are(text: str) -> None:
    legal = make_legal(text)
    legal.encode("utf-8")
    assert make_legal(legal) == legal
    assert len(legal) == len(text)


def test_a_long_text_is_cut_with_a_word_about_it() -> None:
    assert len(fit("x" * 100_000)) == LONGEST_TEXT
    assert fit("x" * 100_000).endswith("whole in the findings file)")
    assert fit("x" * LONGEST_TEXT) == "x" * LONGEST_TEXT


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "//register.example",
        "https://",
        "https://a b.example",
        'https://a.example/"onmouseover=',
        "https://[::1",
        "https://a.example/" + "x" * 3000,
        "https://a.example/\ud800",
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None) -> None:
    assert read_link(url) is None
