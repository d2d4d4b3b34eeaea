from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.legal_forms import list_forms
from answerable.matching.names import take_apart
from answerable.matching.normal_form import normalise
from answerable.matching.places import places
from answerable.matching.translations import (
    ENDINGS,
    ENGLISH,
    Translation,
    credit_translated,
    find_translation,
    list_words,
    translate,
)
from answerable.matching.words import MEANING

SAME = [
    ("Koninklijke Quorbel", "Royal Quorbel", "Dutch"),
    ("Quorbel Hava Yolları", "Quorbel Airlines", "two words for one"),
    ("Quorbel Havayolları", "Quorbel Air Lines", "one word for two"),
    ("Banque Quorbel", "Quorbel Bank", "French"),
    ("Banco Quorbel", "Banque Quorbel", "neither is English"),
    ("Quorbel Werke AG", "Quorbel Works", "German"),
    ("Huta Quorbel", "Quorbel Steel Works", "one word for two in Polish"),
    ("Quorbel Zavod", "Quorbel Plant", "Russian in Latin letters"),
    ("Gosudarstvennyi Quorbel", "State Quorbel", "an ending as one register spells it"),
    ("Gosudarstvennoye Quorbel", "State Quorbel", "another ending"),
    ("Masraf Quorbel", "Quorbel Bank", "Arabic in Latin letters"),
    ("Foolad Quorbel", "Quorbel Steel", "Persian in Latin letters"),
    ("Tambang Quorbel", "Quorbel Mining", "Indonesian"),
    ("Ngân hàng Quorbel", "Quorbel Bank", "Vietnamese"),
    ("Assurances de l'Aviation", "Insurance Aviation", "an article that is left out"),
    ("Quorbel Factory", "Quorbel Plant", "English alone"),
]
OTHER = [
    ("Banque Quorbel", "Quorbel Fund", "another institution"),
    ("Quorbel Location", "Quorbel Site", "a false friend"),
    ("Quorbel Oil", "Quorbel Petroleum", "two words of one language that are two companies"),
    ("Quorbel Gift", "Quorbel Poison", "a false friend"),
    ("Quorbel Bank", "Quorbel Bank", "the same word, which agrees as it is"),
    ("Quorbel Zyxomatic", "Quorbel Orbit", "words that no table has"),
    ("Quorbel", "Quorbel", "nothing is left"),
]


def _find(one: str, other: str) -> Translation | None:
    return find_translation(take_apart(one).core, take_apart(other).core)


@pytest.mark.parametrize(("one", "other", "why"), SAME, ids=[case[2] for case in SAME])
def test_words_of_one_meaning_add(one: str, other: str, why: str) -> None:
    found = _find(one, other)
    assert found is not None
    assert 0 < found.credit <= MEANING
    assert "quorbel" not in (*found.mine, *found.theirs)


@pytest.mark.parametrize(("one", "other", "why"), OTHER, ids=[case[2] for case in OTHER])
def test_words_of_other_meaning_add_nothing(one: str, other: str, why: str) -> None:
    assert _find(one, other) is None


def test_a_synonym_is_worth_less_than_a_translation() -> None:
    assert 0 < credit_translated("works", "plant") < credit_translated("usine", "plant")
    assert 0 < credit_translated("royale", "royaux") < credit_translated("royale", "royal")


def test_what_adds_most_is_found_first_and_the_longer_phrase_before_the_shorter() -> None:
    found = find_translation(["hizmetleri", "hava", "yollari"], ["airlines", "services"])
    assert found
    assert (found.mine, found.theirs) == (("hava", "yollari"), ("airlines",))


_WORDS = sorted({word for _, _, words in list_words() for word in words.split(" ")})
_NAMES = st.lists(st.sampled_from(_WORDS), max_size=5, unique=True)


@given(_NAMES, _NAMES)
def test_swapping_the_names_swaps_the_sides(mine: list[str], theirs: list[str]) -> None:
    found, swapped = find_translation(mine, theirs), find_translation(theirs, mine)
    assert (found is None) == (swapped is None)
    if found and swapped:
        assert found.credit == swapped.credit
        assert sorted((found.mine, found.theirs)) == sorted((swapped.mine, swapped.theirs))
        assert set(found.mine) <= set(mine)
        assert set(found.theirs) <= set(theirs)


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_may_be_asked_for(one: str, other: str) -> None:
    assert credit_translated(one, other) == credit_translated(other, one)
    assert isinstance(translate(one), frozenset)


def _expand(language: str, word: str) -> list[str]:
    return [word.replace("~", ending) for ending in ENDINGS[language]] if "~" in word else [word]


def test_every_word_is_levelled() -> None:
    assert [
        word
        for _, _, word in list_words()
        if normalise(word.replace("~", "")) != word.replace("~", "")
    ] == []


def test_no_foreign_word_is_a_place_or_a_legal_form() -> None:
    forms = {words for words, form in list_forms() if form.where != "kept"}
    fields = forms | places().keys()
    words = (
        (language, each) for _, language, word in list_words() for each in _expand(language, word)
    )
    assert [
        (language, word) for language, word in words if language not in ENGLISH and word in fields
    ] == []


def test_the_table_is_broad_and_each_meaning_has_one_row() -> None:
    languages: set[str] = set()
    meanings: dict[str, int] = defaultdict(int)
    for meaning, language, word in list_words():
        languages.add(language)
        meanings[meaning] += meaning == word and language == "en"
    assert len(languages) >= 25
    assert set(meanings.values()) == {1}
