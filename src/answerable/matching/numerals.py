"""Numbers in names, in digits, words and Roman numerals: which are numbers, and which are brands.

A number tells one of a series from another: Fund III, Plant No. 5, 38th Institute. So do digits
nearly wherever they stand. But a small number that leads a name is a part of its brand ("Three
Rivers", "7 Hills"): it is written as a word, whichever way it was printed. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_CARDINALS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
).split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
    " fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_TENTHS = [f"{tens[:-1]}ieth" for tens in _TENS]

MISSPELLED = {
    "fourty": "forty",
    "fourtieth": "fortieth",
    "ninty": "ninety",
    "twelth": "twelfth",
    "eigth": "eighth",
    "nineth": "ninth",
    "fivth": "fifth",
    "fifthy": "fifty",
}
"""Number words as they are often misspelled."""

LABELS = frozenset(
    (
        *("fund", "funds", "partners", "unit", "plant", "phase", "series", "no", "nr", "number"),
        *("investments", "investment", "investors", "holdings", "holding", "division", "class"),
        *("portfolio", "trust", "part", "volume", "vol", "opportunities", "opportunity", "equity"),
        *("ventures", "growth", "feeder", "spv", "acquisition", "capital", "block", "tower"),
        *("building", "factory", "mill", "zone", "stage", "site", "station", "bidco", "issuer"),
        *("funding", "finance", "properties", "property", "works", "depot", "berth", "terminal"),
    )
)
"""Words behind which a letter that may be a Roman numeral, or the word one, is a number."""

INSTITUTIONS = frozenset(
    (
        *("division", "regiment", "brigade", "corps", "institute", "academy", "factory", "plant"),
        *("bureau", "department", "hospital", "battalion", "company", "battery", "squadron"),
    )
)
"""Bodies that are numbered rather than named: an ordinal ahead of them is a number."""

UNITS = INSTITUTIONS | frozenset(("research", "design", "office", "branch", "school", "works"))
"""Words right before which an ordinal is a number."""

_TRAILING_ROMAN = frozenset(("v", "xi"))
"""Roman numerals that are so only at the end of a name, printed in capitals, or behind a label."""

_LABELLED_ROMAN = frozenset(("i", "v", "x", "xi", "xv", "xx", "xxx", "mm", "l"))
"""Roman numerals that are as often letters or words."""

_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
_LEADING_DIGIT = re.compile(r"\b\d")
_BEHIND_DIGITS = ":"
"""The first sign behind the digits in the order of ASCII, in which letters come later."""

_DIGITS = re.compile(r"(\d+)(st|nd|rd|th)?")
_FOLLOWED = 20
"""Numbers up to which one that leads a name is written as a word, if it is one word."""


@dataclass(frozen=True, slots=True)
class _Numeral:
    value: int
    is_ordinal: bool = False
    is_word: bool = False


def _spell_all() -> tuple[dict[str, _Numeral], dict[tuple[int, bool], str]]:
    """Return words to numerals, and numerals to the one word that each is written by."""
    words = {word: _Numeral(at, False, True) for at, word in enumerate(_CARDINALS, 1)}
    words |= {word: _Numeral(at, True, True) for at, word in enumerate(_ORDINALS, 1)}
    words |= {word: _Numeral(10 * at, False, True) for at, word in enumerate(_TENS, 2)}
    words |= {word: _Numeral(10 * at, True, True) for at, word in enumerate(_TENTHS, 2)}
    single = {(each.value, each.is_ordinal): word for word, each in words.items()}
    for tens, decade in zip(_TENS, range(20, 100, 10), strict=True):
        for unit in range(1, 10):
            words[tens + _CARDINALS[unit - 1]] = _Numeral(decade + unit, False, True)
            words[tens + _ORDINALS[unit - 1]] = _Numeral(decade + unit, True, True)
    return words, single


def _list_roman() -> dict[str, int]:
    numerals: dict[str, int] = {}
    for tens in range(4):
        for unit, letters in enumerate(
            ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
        ):
            numerals["x" * tens + letters] = 10 * tens + unit
    return {letters: value for letters, value in numerals.items() if letters}


_WORDS, _SINGLE = _spell_all()
_NUMERALS = _list_roman()
MARKS = frozenset(_WORDS.keys() | _NUMERALS.keys() | MISSPELLED.keys())
"""Words without digits that may be numbers."""


def split_numbers(words: Sequence[str], printed: str = "") -> tuple[list[str], tuple[str, ...]]:
    """Split the numbers off the words of a name.

    Args:
        words: Words of a normalised name without its legal forms, in order.
        printed: The name as printed: a V is a number at its end if it is a capital there.

    Returns:
        The other words, small leading numbers among them as words; and the numbers as decimal text.

    Example:
        >>> split_numbers(["example", "fund", "iii"])
        (['example', 'fund'], ('3',))
        >>> split_numbers(["twenty", "first", "example", "institute"])
        (['example', 'institute'], ('21',))
        >>> split_numbers(["3", "examples"]), split_numbers(["three", "examples"])
        ((['three', 'examples'], ()), (['three', 'examples'], ()))
    """
    if MARKS.isdisjoint(words) and not has_digits(words):
        return list(words), ()
    joined = list(_join_tens([MISSPELLED.get(word, word) for word in words]))
    rest: list[str] = []
    numbers: list[str] = []
    for at, word in enumerate(joined):
        number, instead = _read(joined, at, printed)
        if number:
            numbers.append(number)
        else:
            rest.append(instead or word)
    return rest, tuple(numbers)


def has_digits(words: Sequence[str]) -> bool:
    """Tell whether a word starts with a digit: of plain words the first in order would.

    Example:
        >>> has_digits(["example", "38th"]), has_digits(["example", "a1"])
        (True, False)
    """
    text = "".join(words)
    if text.isascii():
        return bool(text) and min(words) < _BEHIND_DIGITS
    return bool(_LEADING_DIGIT.search(" ".join(words)))


def _join_tens(words: Sequence[str]) -> Iterator[str]:
    """Yield words, those such as `forty`, `four` and `forty`, `4` put together."""
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        if word in _TENS and (joined := _join_ten(word, after)):
            yield joined
            at += 1
        else:
            yield word
        at += 1


def _join_ten(tens: str, after: str) -> str | None:
    if tens + after in _WORDS and after:
        return tens + after
    found = _DIGITS.fullmatch(after)
    if found and len(found.group(1)) == 1 and found.group(1) != "0":
        return f"{_WORDS[tens].value + int(found.group(1))}{found.group(2) or ''}"
    return None


def _read(words: list[str], at: int, printed: str) -> tuple[str | None, str | None]:
    """Return the number that a word is, or else the word that is to stand for it, if another."""
    word = words[at]
    if word in _NUMERALS:
        return (str(_NUMERALS[word]) if _is_roman(words, at, printed) else None), None
    numeral = _WORDS.get(word) or _read_digits(word)
    if numeral is None:
        return None, None
    single = _SINGLE.get((numeral.value, numeral.is_ordinal))
    if single and _is_name(words, at, numeral):
        return None, single
    return _write(word, numeral), None


def _write(word: str, numeral: _Numeral) -> str:
    return str(numeral.value) if numeral.value >= 0 else word


def _read_digits(word: str) -> _Numeral | None:
    found = _DIGITS.fullmatch(word)
    if not found:
        return None
    digits = found.group(1)
    return _Numeral(int(digits) if len(digits) < 20 else -1, bool(found.group(2)))


def _is_name(words: list[str], at: int, numeral: _Numeral) -> bool:
    """Tell whether a number is part of a brand, and so is written as a word."""
    after = words[at + 1 :]
    if numeral.is_ordinal and (after and (after[0] in UNITS or after[-1] in INSTITUTIONS)):
        return False
    if at == 0:
        return bool(after) and numeral.value <= _FOLLOWED and after[0] not in INSTITUTIONS
    if numeral.is_ordinal:
        return numeral.value <= 2
    return numeral.is_word and numeral.value == 1 and words[at - 1] not in LABELS


def _is_roman(words: list[str], at: int, printed: str) -> bool:
    """Tell whether letters that may be a Roman numeral are one, by what stands around them."""
    if at == 0:
        return False
    word = words[at]
    labelled = words[at - 1] in LABELS
    if word in _LABELLED_ROMAN and not labelled:
        is_last = at == len(words) - 1
        return (
            is_last and word in _TRAILING_ROMAN and bool(re.search(rf"\b{word.upper()}\b", printed))
        )
    return True
