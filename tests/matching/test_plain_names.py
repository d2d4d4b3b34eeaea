"""The short ways through plain names take them apart as the long one does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.form_spellings import GLUED_SUFFIXES
from answerable.matching.form_splitting import split_forms
from answerable.matching.legal_forms import form_tables
from answerable.matching.names import take_rest_apart, take_words_apart
from answerable.matching.normal_form import split_words
from answerable.matching.plain_names import is_plain, lesser_words, split_sole_form
from tests.strategies import names, plausible_names

FORMS = form_tables()
ENDS = sorted(FORMS.ends)
SPECIAL = sorted(
    lesser_words().union(FORMS.longest_inner, FORMS.longest_end, FORMS.longest_start, FORMS.kept)
)
ODD = ["x", "s", "p", "a", "3", "38th", "a1", "示例", "examplegmbh", "gmbh", "limmited", "acmeltd"]
BRANDS = ["zyxomatic", "quorbel", "mills", "bakery", "limetid", "aktiengeselschaft", "holdingz"]
PIECES = st.one_of(
    st.sampled_from(BRANDS),
    st.sampled_from(ENDS),
    st.sampled_from(SPECIAL),
    st.sampled_from(ODD),
    st.text("abeilmt", min_size=1, max_size=6),
)


def check_paths_agree(words: list[str]) -> None:
    rest, forms = split_forms(words)
    fully = take_rest_apart(words, rest, forms, " ".join(words))
    assert take_words_apart(words, " ".join(words)) == fully
    split = split_sole_form(words)
    assert split is None or (split[0], [split[1]] if split[1] else []) == (rest, forms)


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
    for word in SPECIAL:
        for words in ([word], [word, "ltd"], ["quorbel", word], ["quorbel", word, "ltd"]):
            check_paths_agree(words)


@given(st.lists(st.sampled_from([*BRANDS, *FORMS.behind, *FORMS.ahead]), max_size=5))
def test_both_paths_agree_where_words_may_make_up_forms(words: list[str]) -> None:
    check_paths_agree(words)


@pytest.mark.parametrize(
    ("name", "has_sole_form", "plain"),
    [
        ("Zyxomatic Mills Ltd", True, True),
        ("Zyxomatic Mills GmbH", True, True),
        ("Zyxomatic Bakery", True, True),
        ("Zyxomatic Mills Pte Ltd", False, False),
        ("Zyxomatic S P A", False, False),
        ("Zyxomatic 38", True, False),
        ("Zyxomatic Hangzhou Ltd", True, False),
        ("Zyxomatic UK Ltd", True, False),
        ("Zyxomatic UK Branch", False, False),
        ("Zyxomatic Group Ltd", True, False),
        ("The Zyxomatic Mills", True, False),
        ("Zyxomatic Technologies Ltd", True, False),
        ("Zyxomatic Aktiengeselschaft", False, False),
        ("Ltd", False, False),
        ("", False, False),
        ("示例 Ltd", False, False),
    ],
)
def test_names_that_are_plain(name: str, has_sole_form: bool, plain: bool) -> None:
    split = split_sole_form(split_words(name))
    assert (split is not None) == has_sole_form
    assert (split is not None and is_plain(split[0])) == plain


def test_a_form_glued_to_a_word_is_not_plain() -> None:
    assert all(split_sole_form([f"example{form}"]) is None for form in GLUED_SUFFIXES)
