"""Addresses of two companies: whether they agree, agree in the town, or differ. Pure.

Addresses are written in as many ways as names, so only what is hard to share by chance counts: a
postal code, or a house number together with a word of the street. That two addresses differ says
little: companies move, and have several.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

from answerable.matching.names import take_apart
from answerable.matching.normal_form import split_words

Answer = Literal["agrees", "town_agrees", "differs", "unknown"]

LONGEST_ADDRESS = 300
"""Characters of an address that are read."""

MOST_ADDRESSES = 20
"""Addresses of one company that are compared."""

SHORTEST_CODE = 4
"""Letters and digits that a postal code has at least."""

LEAST_WORDS = 2
"""Words that must be shared besides a house number."""

_FURNITURE = frozenset(
    (
        "road rd street st avenue ave lane ln drive dr way square sq close court place boulevard"
        " blvd building bldg floor fl room rm unit suite block tower house park estate industrial"
        " zone district city town county province region state no number box po north south east"
        " west new central business centre center the of and"
    ).split()
)
"""Words of most addresses, which tell none from another."""

_UK_CODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s+(\d[a-z]{2})\b")


_Parts = tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]
"""Postal codes, other numbers, words and towns of an address."""


def compare_addresses(mine: Sequence[str], theirs: Sequence[str]) -> Answer:
    """Return whether one of the addresses of a company is one of another's.

    Args:
        mine: Addresses as printed, of the first company.
        theirs: Addresses of the second.

    Returns:
        `agrees` if two share a postal code or a house number with two words; else `town_agrees` if
        two name one town; else `differs` if both say enough to tell; else `unknown`, so also where
        either has no address. Swapping the two changes nothing.

    Example:
        >>> compare_addresses(["12 Invented Road, EX1 2AB"], ["Unit 3, EXAMPLETON, EX1 2AB"])
        'agrees'
        >>> compare_addresses(["12 Invented Road"], [])
        'unknown'
    """
    pairs = [
        (_read(one), _read(other))
        for one in mine[:MOST_ADDRESSES]
        for other in theirs[:MOST_ADDRESSES]
    ]
    answers = {_compare(one, other) for one, other in pairs}
    order: tuple[Answer, ...] = ("agrees", "town_agrees", "differs")
    return next((each for each in order if each in answers), "unknown")


def _compare(one: _Parts, other: _Parts) -> Answer:
    codes, numbers, words, towns = (a & b for a, b in zip(one, other, strict=True))
    if codes or (numbers and len(words) >= LEAST_WORDS):
        return "agrees"
    if towns:
        return "town_agrees"
    told = all((part[0] or part[3]) and part[2] for part in (one, other))
    return "differs" if told and not words else "unknown"


@lru_cache(maxsize=100_000)
def _read(address: str) -> _Parts:
    """Return postal codes, other numbers, words and towns of an address."""
    text = _UK_CODE.sub(r"\1\2", address[:LONGEST_ADDRESS].casefold())
    tokens = split_words(text)
    codes = {word for word in tokens if _is_code(word)}
    numbers = {word for word in tokens if word[0].isdecimal()} - codes
    towns = {place.key for place in take_apart(text).places if place.level == "city"}
    return (
        frozenset(codes),
        frozenset(numbers),
        frozenset(_drop_furniture(tokens) - codes - numbers),
        frozenset(towns),
    )


def _is_code(word: str) -> bool:
    """Tell whether a word may be a postal code: long enough, mostly digits or of both kinds."""
    digits = sum(each.isdecimal() for each in word)
    return len(word) >= SHORTEST_CODE and digits >= 2 and word.isascii()


def _drop_furniture(words: Iterable[str]) -> set[str]:
    """Return the words that tell one address from another."""
    return {word for word in words if len(word) > 2 and word not in _FURNITURE}
