import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.short_forms import (
    credit_acronym,
    credit_contraction,
    credit_han_short,
    credit_initials,
)

HAN_SHORT = [
    ("示工", "示例工业股份有限公司", "a sign of each word"),
    ("示例国际", "示例国际集成电路制造有限公司", "the first signs"),
    ("例行", "中国例证银行股份有限公司", "the country and a sign of each word left out"),
    ("中例油", "中国例证石油集团有限公司", "the country's first sign kept"),
    ("例发银行", "上海例证发展银行股份有限公司", "a place ahead left out"),
    ("示例所", "示例第三研究所", "all but one word"),
]
HAN_OTHER = [
    ("示例大学", "示例工业大学", "a whole word left out between two others"),
    ("示例银行", "中国示例银行", "the country alone left out is no short form"),
    ("示例股份有限公司", "示例工业股份有限公司", "a name with a legal form is written out"),
    ("示例技术", "范本技术", "other signs"),
    ("示", "示例工业", "one sign is no name"),
    ("例示", "示例工业", "signs in another order"),
    ("", "示例", "no name"),
]
INITIALS = [
    ("zmc", ["zyxomatic", "mills", "corporation"], True),
    ("mco", ["zyxomatic", "mills", "corporation", "orbit"], True),
    ("zm", ["zyxomatic", "mills"], False),
    ("zmc", ["zyxomatic", "corporation"], False),
    ("z3c", ["zyxomatic", "3", "corporation"], False),
]
CONTRACTIONS = [
    ("zymill", ["zyxomatic", "mills"], True),
    ("quorbank", ["the", "quorbel", "banking"], True),
    ("zyxomatic", ["zyxomatic", "mills"], False),
    ("zymi", ["zyxomatic", "mills"], False),
    ("zmills", ["zyxomatic", "mills"], False),
]


@pytest.mark.parametrize(("short", "long", "why"), HAN_SHORT)
def test_a_chinese_short_form_is_told_from_its_long_form(short: str, long: str, why: str) -> None:
    assert credit_han_short(short, long) > 2, why


@pytest.mark.parametrize(("short", "long", "why"), HAN_OTHER)
def test_what_is_no_short_form_says_nothing(short: str, long: str, why: str) -> None:
    assert credit_han_short(short, long) == 0, why


@given(
    st.text("示例中国大学银行工业集团有限公司第", max_size=12),
    st.text("示例中国大学银行工业集团有限公司第", max_size=12),
)
def test_short_forms_are_symmetric_and_bounded(one: str, other: str) -> None:
    credit = credit_han_short(one, other)
    assert credit == credit_han_short(other, one)
    assert 0 <= credit <= 24


@pytest.mark.parametrize(("word", "words", "told"), INITIALS)
def test_initials_are_told(word: str, words: list[str], told: bool) -> None:
    assert (credit_initials(word, words) > 0) is told


def test_more_initials_say_more() -> None:
    words = ["zyxomatic", "mills", "corporation", "orbit"]
    assert credit_initials("zmco", words) > credit_initials("zmc", words)


@pytest.mark.parametrize(("word", "words", "told"), CONTRACTIONS)
def test_contractions_are_told(word: str, words: list[str], told: bool) -> None:
    assert (credit_contraction(word, words) > 0) is told


ACRONYMS = [
    ("zmo", "zyxomatic milling group orbit corporation", True, "a tier passed over"),
    ("zymi", "zyxomatic milling orbit", True, "two letters of a word"),
    ("zmoc", "zyxomatic milling orbit corporation", True, "the legal form counted"),
    ("zom", "zyxomatic milling orbit", False, "another order"),
    ("mzo", "zyxomatic milling orbit", False, "another beginning"),
    ("zyx", "zyxomatic milling orbit", False, "one word only"),
    ("zmo", "zyxomatic one two three milling four orbit", False, "more passed over than taken"),
    ("zm", "zyxomatic milling", False, "two letters are too few"),
]


@pytest.mark.parametrize(("word", "words", "told", "why"), ACRONYMS)
def test_acronyms_are_told(word: str, words: str, told: bool, why: str) -> None:
    assert (credit_acronym(word, words.split()) > 0) is told, why


@given(st.text("zmo", max_size=8), st.lists(st.text("zmo", min_size=1, max_size=5), max_size=7))
def test_an_acronym_adds_no_more_than_its_letters_can(word: str, words: list[str]) -> None:
    assert 0 <= credit_acronym(word, words) <= 2.5 * max(1, len(word))
