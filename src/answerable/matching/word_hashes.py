"""Words as 64-bit numbers, hashed by the thousand: the same word has one number in every process.

The hash is a polynomial over the word's characters modulo 2**64. So the hash of two words written
together, or of a word that lacks one letter, follows from numbers that are there already, without
making the text. That two words share a hash by chance, or because somebody wants them to, makes a
candidate more and nothing else: what is weighed are always the words themselves.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, Any]
"""A one-dimensional array."""

_BASE = 0x9E3779B97F4A7C15
"""An odd multiplier, 2**64 over the golden ratio: neighbouring letters are spread far apart."""

LONGEST = 4096
"""Characters up to which powers are kept; longer words share the last power."""


@cache
def _powers() -> Numbers:
    powers = np.empty(LONGEST + 1, dtype=np.uint64)
    value = 1
    for place in range(LONGEST + 1):
        powers[place] = value
        value = value * _BASE % 2**64
    return powers


def take_powers(exponents: Numbers) -> Numbers:
    """Return the base to each of the powers, as 64-bit numbers."""
    return _powers()[np.minimum(exponents, LONGEST)]


def spell_codes(words: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return the characters of words as one array of codes, and where each word begins and ends.

    Args:
        words: Any texts; lone surrogates are characters like others.

    Returns:
        Codes, and starts of which there is one more than words.
    """
    starts = np.zeros(len(words) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, words), dtype=np.int64, count=len(words)), out=starts[1:])
    data = "".join(words).encode("utf-32-le", "surrogatepass")
    return np.frombuffer(data, dtype="<u4").astype(np.uint64), starts


def hash_words(words: Sequence[str]) -> Numbers:
    """Return the hash of each word; the empty word's is 0.

    Example:
        >>> one, two = hash_words(["haige", "haige"])
        >>> bool(one == two), hash_words([]).tolist()
        (True, [])
        >>> hai, ge = hash_words(["hai", "ge"])
        >>> bool(join_hashes(hai, ge, np.array([2]))[0] == one)
        True
    """
    codes, starts = spell_codes(words)
    return sum_runs(codes * take_powers(count_behind(starts)), starts)


def hash_grams(texts: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return the distinct runs of three characters of texts, blanks at both ends among them.

    Returns:
        Hashes of runs, and the text of each; by text, no pair twice.

    Example:
        >>> hashes, places = hash_grams(["mill", "mills"])
        >>> len(set(hashes[places == 0]) & set(hashes[places == 1])), len(places)
        (3, 9)
    """
    codes, starts = spell_codes([f" {text} " for text in texts])
    owners = np.repeat(np.arange(len(texts)), np.diff(starts))
    if len(codes) < 3:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    base = take_powers(np.array([1, 2]))
    runs = codes[:-2] * base[1] + codes[1:-1] * base[0] + codes[2:]
    inside = np.flatnonzero(owners[:-2] == owners[2:])
    order = inside[np.lexsort((runs[inside], owners[inside]))]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (runs[order][1:] != runs[order][:-1]) | (owners[order][1:] != owners[order][:-1])
    return runs[order[new]], owners[order[new]]


def sort_distinct(values: Numbers) -> Numbers:
    """Return the distinct values in order; sorting is faster here than NumPy's own way."""
    ordered = np.sort(values)
    new = np.ones(len(ordered), dtype=bool)
    new[1:] = ordered[1:] != ordered[:-1]
    return np.asarray(ordered[new])


def join_hashes(first: Numbers, second: Numbers, lengths: Numbers) -> Numbers:
    """Return the hashes of words written together.

    Args:
        first: Hashes of the words that stand first.
        second: Hashes of the words that follow.
        lengths: Characters of the words that follow.
    """
    return first * take_powers(lengths) + second


def count_behind(starts: Numbers) -> Numbers:
    """Return for each item of runs how many follow it in its run."""
    ends = np.repeat(starts[1:], np.diff(starts))
    return ends - np.arange(int(starts[-1]), dtype=np.int64) - 1


def sum_runs(values: Numbers, starts: Numbers) -> Numbers:
    """Return the sum of each run of values; of an empty run 0."""
    sums = np.concatenate((np.zeros(1, dtype=values.dtype), np.cumsum(values, dtype=values.dtype)))
    return np.asarray(sums[starts[1:]] - sums[starts[:-1]])
