import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.names import take_apart
from answerable.matching.numerals import split_numbers


@pytest.mark.parametrize(
    ("name", "core", "numbers"),
    [
        ("Zyxomatic Fund III", "zyxomatic fund", "3"),
        ("Zyxomatic Fund V, L.P.", "zyxomatic fund", "5"),
        ("Zyxomatic Partners X LP", "zyxomatic partners", "10"),
        ("Zyxomatic Capital Trust XV", "zyxomatic capital trust", "15"),
        ("Zyxomatic Fund I Ltd", "zyxomatic fund", "1"),
        ("Zyxomatic V", "zyxomatic", "5"),
        ("zyxomatic v", "zyxomatic v", ""),
        ("Zyxomatic X", "zyxomatic x", ""),
        ("Vi Zyxomatic", "vi zyxomatic", ""),
        ("Zyxomatic Forty-four", "zyxomatic", "44"),
        ("Zyxomatic Fourty-four", "zyxomatic", "44"),
        ("Zyxomatic 44", "zyxomatic", "44"),
        ("Zyxomatic Forty 4", "zyxomatic", "44"),
        ("Twenty-first Zyxomatic Institute", "zyxomatic institute", "21"),
        ("21st Zyxomatic Institute", "zyxomatic institute", "21"),
        ("Third Zyxomatic Regiment", "zyxomatic regiment", "3"),
        ("3rd Zyxomatic Regiment", "zyxomatic regiment", "3"),
        ("Three Zyxos Ltd", "three zyxos", ""),
        ("3 Zyxos Ltd", "three zyxos", ""),
        ("1st Zyxo", "first zyxo", ""),
        ("First Zyxo", "first zyxo", ""),
        ("One Zyxo", "one zyxo", ""),
        ("1 Zyxo", "one zyxo", ""),
        ("Zyxo One", "zyxo one", ""),
        ("Zyxo Unit One", "zyxo unit", "1"),
        ("Zyxo Plant No. 05", "zyxo plant", "5"),
        ("7-Eleven Zyxo", "seven zyxo", "11"),
        ("Seven Eleven Zyxo", "seven zyxo", "11"),
        ("88 Ltd", "88", "88"),
        ("Eighty-Eight Ltd", "88", "88"),
        ("360 Zyxo", "zyxo", "360"),
        ("3Z", "3z", ""),
        ("Unit 8200", "unit", "8200"),
        ("Zyxo 123456789012345678901234567890", "zyxo", "123456789012345678901234567890"),
    ],
)
def test_numbers_are_told_from_brands(name: str, core: str, numbers: str) -> None:
    parts = take_apart(name)
    assert " ".join(parts.core) == core
    assert " ".join(parts.numbers) == numbers


UNITS = "one two three four five six seven eight nine".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()


@given(st.integers(2, 9), st.integers(0, 9), st.sampled_from(["-", " ", ""]))
def test_digits_and_words_are_one_number(tens: int, unit: int, between: str) -> None:
    word = TENS[tens - 2] + (between + UNITS[unit - 1] if unit else "")
    spelled, printed = take_apart(f"Zyxomatic {word}"), take_apart(f"Zyxomatic {10 * tens + unit}")
    assert spelled.key == printed.key == f"zyxomatic {10 * tens + unit}"


@given(st.lists(st.sampled_from([*UNITS, *TENS, "1st", "2", "44", "iv", "x", "zyxo", "fund"])))
def test_no_word_is_lost(words: list[str]) -> None:
    rest, numbers = split_numbers(words)
    assert bool(rest or numbers) == bool(words)
    assert all(number.isdecimal() for number in numbers)
