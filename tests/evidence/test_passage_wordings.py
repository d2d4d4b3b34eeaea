"""The nearest wording of a text, and how it differs from what was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.evidence.texts import normalise
from answerable.evidence.wordings import explain, suggest

TEXT = (
    "They said: “We don’t sell there — not since 2019.” 新河市公安局表示，湖边很深。 "
    "The word co\u00adoperate is soft. Ｗｉｄｅ letters. "
    "The agreement was signed by both firms in March."
)

CASES = [
    ("straight quotation marks", "\"We don't sell", "“We don’t sell"),
    ("another dash", "there - not since", "there — not since"),
    ("an invisible hyphen", "The word cooperate is", "The word co\u00adoperate is"),
    ("wide letters", "Wide letters", "Ｗｉｄｅ letters"),
    ("case", "the AGREEMENT was", "The agreement was"),
    ("a word left out", "agreement signed by both firms", "agreement was signed by both firms"),
    ("another word", "was signed by all firms", "was signed by both firms"),
    ("a letter", "The agreememt was signed", "The agreement was signed"),
    ("Han", "新河市公安厅表示，湖边很深", "新河市公安局表示，湖边很深"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "typed", "wording"), CASES, ids=[case[0] for case in CASES])
def test_the_nearest_wording(why: str, typed: str, wording: str) -> None:
    assert suggest(TEXT, typed) == wording


@pytest.mark.parametrize("typed", ["", " ", "nothing like it anywhere here", "qqq"])
def test_nothing_is_near(typed: str) -> None:
    assert suggest(TEXT, typed) is None
    assert suggest("", typed) is None


EXPLAINED = [
    ("don't", "don’t", "the text has ’ (U+2019) where ' was typed"),
    ("a - b", "a — b", "the text has — (U+2014) where - was typed"),
    ("wait...", "wait…", "the text has … (U+2026) where . was typed"),
    (
        "cooperate",
        "co\u00adoperate",
        "the text has an invisible soft hyphen (U+00AD) before o where o was typed",
    ),
    ("Mill", "mill", "the text has m where M was typed"),
    (
        "\"a\" 'b'",
        "“a” ‘b’",
        'the text has “ (U+201C) where " was typed; the text has ” (U+201D) where " was typed',
    ),
    ("sold", "bought", None),
    ("same", "same", None),
]


@pytest.mark.parametrize(("quote", "wording", "words"), EXPLAINED, ids=range(len(EXPLAINED)))
def test_how_a_wording_differs(quote: str, wording: str, words: str | None) -> None:
    told = explain(quote, wording)
    assert (told or "").startswith(words or "")
    assert (told is None) == (words is None)


@given(st.text("ab '’“\"-—公安\u00ad", max_size=60), st.text("ab '’“\"-—公安\u00ad", max_size=20))
def test_a_wording_always_stands_in_the_text(text: str, typed: str) -> None:
    body = normalise(text)
    near = suggest(body, typed)
    assert near is None or near in body


def test_in_a_long_text_the_place_far_behind_is_found() -> None:
    text = "other words of no use here. " * 30_000 + "It’s printed here."
    assert suggest(text, "It's printed here") == "It’s printed here"
