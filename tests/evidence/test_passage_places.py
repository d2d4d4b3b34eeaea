"""Where quotations stand: a table of cases, and laws for any text."""

import time

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from answerable.errors import QuotationUnresolved
from answerable.evidence.passages import AROUND, locate, make_passage
from answerable.evidence.texts import Page, normalise
from answerable.model.passage import Resolution

TEXT = "The lake was sold. Then the mill was sold. 新河市公安局表示，湖 边很深。 𠀀𠮷 said “no”."

LOST, AMBIGUOUS, BROKEN = (Resolution(state) for state in ("lost", "ambiguous", "broken"))


def moved(start: int, end: int) -> Resolution:
    return Resolution("moved", start, end)


def exact(start: int, end: int) -> Resolution:
    return Resolution("exact", start, end)


CASES = [
    ("once", "Then the mill", {}, moved(19, 32)),
    ("with other whitespace", "Then\n the\u00a0mill ", {}, moved(19, 32)),
    ("at the very beginning", "The lake", {}, moved(0, 8)),
    ("twice", "was sold", {}, AMBIGUOUS),
    ("twice, one by its prefix", "was sold", {"prefix": "the mill "}, moved(33, 41)),
    ("or by its suffix", "was sold", {"suffix": ". Then"}, moved(9, 17)),
    ("or by both", "was sold", {"prefix": "lake ", "suffix": "."}, moved(9, 17)),
    ("a prefix that lost its space", "was sold", {"prefix": "mill"}, moved(33, 41)),
    ("both sides fit once", "sold", {"prefix": "lake was ", "suffix": "."}, moved(13, 17)),
    ("the sides fit two places", "was sold", {"prefix": "lake ", "suffix": ". 新"}, AMBIGUOUS),
    ("no side fits, words once", "the mill", {"prefix": "x", "suffix": "y"}, moved(24, 32)),
    ("no side fits, words twice", "was sold", {"prefix": "x"}, AMBIGUOUS),
    ("not there", "was bought", {}, LOST),
    ("another letter", "Then the Mill", {}, LOST),
    ("another mark", 'said "no"', {}, LOST),
    ("nothing", " ", {}, LOST),
    ("Han over a line of the quotation", "新河市\n公安局", {}, moved(43, 49)),
    ("Han with spaces in the quotation", "新河 市公 安局", {}, moved(43, 49)),
    ("Han with a space in the text", "表示，湖边很深", {}, moved(49, 57)),
    ("beyond the first plane", "𠮷 said", {}, moved(60, 66)),
    ("its own place", "was sold", {"start": 33, "same_text": True}, exact(33, 41)),
    ("other words there", "was sold", {"start": 34, "same_text": True}, BROKEN),
    ("out of the text", "was sold", {"start": 900, "same_text": True}, BROKEN),
    ("before the text", "no”.", {"start": -4, "same_text": True}, BROKEN),
    ("the same text, no place", "the mill", {"same_text": True}, exact(24, 32)),
    ("the same text, twice", "was sold", {"same_text": True}, AMBIGUOUS),
]


@pytest.mark.parametrize(("why", "quote", "more", "found"), CASES, ids=[case[0] for case in CASES])
def test_where_a_quotation_stands(
    why: str, quote: str, more: dict[str, object], found: Resolution
) -> None:
    assert locate(TEXT, quote, **more) == found  # type: ignore[arg-type]


def test_a_passage_has_the_words_of_the_text_and_what_is_around() -> None:
    pages = [Page(1, 0, 42), Page(2, 43, 70)]
    made = make_passage(TEXT, "表示，湖边很深", source="news", text_id="sha256:1", pages=pages)
    assert made.quote == "表示，湖 边很深"
    assert TEXT[made.start : made.end] == made.quote
    assert made.prefix == TEXT[49 - AROUND : 49]
    assert made.suffix == "。 𠀀𠮷 said “no”."
    assert (made.page, made.text, made.source) == (2, "sha256:1", "news")


def test_a_passage_that_does_not_resolve_names_what_is_nearest() -> None:
    with pytest.raises(QuotationUnresolved) as raised:
        make_passage(TEXT, 'said "no"', source="news")
    assert (raised.value.state, raised.value.nearest) == ("lost", "said “no”")
    assert 'the text has “ (U+201C) where " was typed' in str(raised.value)
    with pytest.raises(QuotationUnresolved, match="several times"):
        make_passage(TEXT, "was sold", source="news")
    with pytest.raises(QuotationUnresolved, match="nor anything much like it"):
        make_passage(TEXT, "zzz qqq", source="news")


texts = st.text("ab .公安𠀀é’", min_size=1, max_size=80).map(normalise).filter(bool)


@st.composite
def quoted(draw: st.DrawFn) -> tuple[str, int, int]:
    text = draw(texts)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip() == text[start:end])
    return text, start, end


@given(quoted())
def test_a_passage_is_exact_in_its_own_text(case: tuple[str, int, int]) -> None:
    text, start, end = case
    found = locate(text, text[start:end], start=start, same_text=True)
    assert found == Resolution("exact", start, end)


@given(quoted(), st.text("xyz ", max_size=40))
def test_it_moves_with_what_is_inserted_before_it(case: tuple[str, int, int], more: str) -> None:
    text, start, end = case
    quote, prefix, suffix = text[start:end], text[max(0, start - 32) : start], text[end : end + 32]
    longer = normalise(f"{more}. {text}")
    found = locate(longer, quote, prefix=prefix, suffix=suffix)
    if _times(longer, quote) == 1 and _times(text, quote) == 1:
        assert found.state == "moved"
        assert found.start is not None
        assert longer[found.start : found.end] == quote
    else:
        assert found.state in ("moved", "ambiguous")


def _times(text: str, quote: str) -> int:
    """Count how often words stand in a text, overlapping ones too."""
    return sum(text.startswith(quote, place) for place in range(len(text)))


@given(quoted())
def test_it_is_lost_when_it_is_taken_out(case: tuple[str, int, int]) -> None:
    text, start, end = case
    left = normalise(text[:start] + "|" + text[end:])
    quote = text[start:end]
    found = locate(left, quote)
    if quote in left:
        assert found.state != "lost"
    elif quote.replace(" ", "") not in left.replace(" ", ""):
        assert found.state == "lost"


@given(quoted(), st.sampled_from([(), ("\n",), ("  ", "\t")]))
def test_what_is_found_has_the_letters_of_the_quotation(
    case: tuple[str, int, int], spaces: tuple[str, ...]
) -> None:
    text, start, end = case
    typed = text[start:end]
    for space in spaces:
        typed = typed.replace(" ", space)
    found = locate(text, typed)
    assert found.state in ("moved", "ambiguous")
    if found.start is not None and found.end is not None:
        assert text[found.start : found.end].split() == typed.split()


def test_a_long_text_is_searched_in_no_time() -> None:
    """Well under the 50 ms of the aim on a quiet machine; the bound here leaves room for noise."""
    text = "the lake was sold to the mill 新河市公安局 " * 25_000 + "once 湖边 only"
    started = time.perf_counter()
    assert locate(text, "once 湖 边 only").state == "moved"
    assert locate(text, "not there at all").state == "lost"
    assert locate(text, "新河市公 安局").state == "ambiguous"
    assert time.perf_counter() - started < 1
