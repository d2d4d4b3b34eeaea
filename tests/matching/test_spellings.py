"""Keys of spellings find what comparing every pair finds."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from answerable.matching.scripts import fold_sound, skeleton
from answerable.matching.spellings import (
    CUTS,
    LEAST_LEFT,
    keep_near,
    level_words,
    list_edit_keys,
    order_keys,
    pair_keys,
    sort_keys,
)
from answerable.matching.word_hashes import hash_grams, hash_words, join_hashes
from answerable.matching.words import credit_spelling

words = st.text("abcçeilmnors新", min_size=4, max_size=12)


def pairs_of(asked: list[str], kept: list[str]) -> set[tuple[str, str]]:
    keys, places = sort_keys(*list_edit_keys(kept))
    found = pair_keys(*order_keys(*list_edit_keys(asked)), keys, places)
    return {(asked[a], kept[b]) for a, b in found.T.tolist()}


@given(st.lists(words, min_size=1, max_size=12), st.lists(words, min_size=1, max_size=12))
def test_all_words_one_letter_away_and_all_beginnings_are_found(
    asked: list[str], kept: list[str]
) -> None:
    found = pairs_of(asked, kept)
    for one in asked:
        for other in kept:
            begins = one.startswith(other) or other.startswith(one)
            cut = abs(len(one) - len(other))
            near = begins and (cut in (0, 1, *CUTS)) and min(len(one), len(other)) >= LEAST_LEFT
            if near or OSA.distance(one, other) <= 1:
                assert (one, other) in found


@given(words, st.integers(0, 11), st.integers(0, 11), st.sampled_from("xyz"))
def test_a_letter_moved_or_changed_is_found(word: str, at: int, to: int, letter: str) -> None:
    at, to = at % len(word), to % len(word)
    less = word[:at] + word[at + 1 :]
    changed = less[:to] + letter + less[to:]
    assert (changed, word) in pairs_of([changed], [word])


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("zyxomatic", "zyxomatik", True),
        ("zyxomatic", "zyxo", True),
        ("zyxomatic", "zxyomatik", True),
        ("zyxomatic", "quorbel", False),
    ],
)
def test_near_pairs_of_words(one: str, other: str, near: bool) -> None:
    assert keep_near([one], [other]).tolist() == [near]


@given(words, words)
def test_what_gets_credit_for_its_spelling_is_near(one: str, other: str) -> None:
    if credit_spelling(one, other) > 0:
        assert keep_near([one], [other]).tolist() == [True]


@given(st.lists(st.text("abcdeghkoqstuwxyzšéñ0新", max_size=14), max_size=20))
def test_levelling_many_words_is_levelling_each(written: list[str]) -> None:
    for level in (fold_sound, skeleton):
        assert level_words(level.__wrapped__, written) == [level(word) for word in written]


@given(st.lists(st.text(max_size=20), max_size=10))
def test_a_hash_is_of_the_word_alone(written: list[str]) -> None:
    together = hash_words(written)
    assert together.tolist() == [hash_words([word])[0] for word in written]


@given(st.text(max_size=20), st.text(max_size=20))
def test_hashes_join_as_words_do(one: str, other: str) -> None:
    first, second, both = hash_words([one, other, one + other])
    joined = join_hashes(np.array([first]), np.array([second]), np.array([len(other)]))
    assert joined.tolist() == [both]


@given(st.lists(st.text("abc ", max_size=9), max_size=6))
def test_runs_of_letters_are_those_of_each_text(texts: list[str]) -> None:
    hashes, owners = hash_grams(texts)
    for at, text in enumerate(texts):
        padded = f" {text} "
        runs = sorted({padded[place : place + 3] for place in range(len(padded) - 2)})
        assert sorted(hashes[owners == at].tolist()) == sorted(hash_words(runs).tolist())
