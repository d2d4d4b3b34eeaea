"""The short path for plain names takes them apart as the long one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.form_spellings import GLUED_SUFFIXES
from answerable.matching.legal_forms import form_tables
from answerable.matching.names import take_apart_fully, take_apart_plain
from answerable.matching.normal_form import split_words
from answerable.matching.plain_names import special_words, split_plain
from tests.strategies import names, plausible_names

ENDS = sorted(form_tables().ends)
ODD = ["x", "s", "p", "a", "3", "38th", "a1", "示例", "examplegmbh", "gmbh", "limmited", "acmeltd"]
BRANDS = ["zyxomatic", "quorbel", "mills", "bakery", "limetid", "aktiengeselschaft", "holdingz"]
PIECES = st.one_of(
    st.sampled_from(BRANDS),
    st.sampled_from(ENDS),
    st.sampled_from(sorted(special_words())),
    st.sampled_from(ODD),
    st.text("abeilmt", min_size=1, max_size=6),
)


def check_paths_agree(words: list[str]) -> None:
    plain = take_apart_plain(words)
    assert plain is None or plain == take_apart_fully(words, " ".join(words))


@given(st.lists(PIECES, max_size=6))
def test_both_paths_agree_on_special_words(pieces: list[str]) -> None:
    check_paths_agree(" ".join(pieces).split())


@given(st.lists(st.sampled_from(BRANDS), min_size=1, max_size=3), st.sampled_from(ENDS))
def test_both_paths_agree_on_names_with_any_form(brands: list[str], form: str) -> None:
    check_paths_agree([*brands, *form.split()])


@given(names | plausible_names)
def test_both_paths_agree_on_names_of_all_scripts(name: str) -> None:
    check_paths_agree(split_words(name))


def test_both_paths_agree_on_each_special_word_at_each_place() -> None:
    for word in sorted(special_words()):
        for words in ([word], [word, "ltd"], ["quorbel", word], ["quorbel", word, "ltd"]):
            check_paths_agree(words)


@pytest.mark.parametrize(
    ("name", "is_plain"),
    [
        ("Zyxomatic Mills Ltd", True),
        ("Zyxomatic Mills GmbH", True),
        ("Zyxomatic Bakery", True),
        ("Zyxomatic Mills Pte Ltd", False),
        ("Zyxomatic S P A", False),
        ("Zyxomatic 38", False),
        ("Zyxomatic Hangzhou Ltd", False),
        ("Zyxomatic Group Ltd", False),
        ("The Zyxomatic Mills", False),
        ("Zyxomatic Aktiengeselschaft", False),
        ("Ltd", False),
        ("", False),
        ("示例 Ltd", False),
    ],
)
def test_names_that_are_plain(name: str, is_plain: bool) -> None:
    assert (split_plain(split_words(name)) is not None) == is_plain


def test_a_form_glued_to_a_word_is_not_plain() -> None:
    assert all(split_plain([f"example{form}"]) is None for form in GLUED_SUFFIXES)
