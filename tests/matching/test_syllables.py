"""Words in pinyin are told by their shape first, which must let every one of them through."""

from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.syllables import cut_syllables, list_syllables, split_syllable

SYLLABLES = sorted(each for each in list_syllables() if split_syllable(each))


@given(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=5))
def test_whatever_syllables_make_up_is_cut_into_as_many_or_fewer(syllables: list[str]) -> None:
    word = "".join(syllables)
    found = cut_syllables(word)
    assert "".join(found) == word
    assert 0 < len(found) <= len(syllables)


def test_every_two_syllables_are_cut() -> None:
    assert all(cut_syllables(one + two) for one in SYLLABLES[::7] for two in SYLLABLES)


def test_long_words_of_no_pinyin_are_told_at_once() -> None:
    assert cut_syllables("ang" * 130 + "q") == ()
    assert cut_syllables("a" * 400 + "q") == ()
