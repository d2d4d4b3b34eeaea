"""Words that may be one word in two spellings, found by what they share when letters are lost.

Two words that differ by one letter agree once each has lost at most one; so every listed word is
kept under itself, under all its forms with one letter less, and under its beginnings. Likewise two
words of different scripts are kept by how they sound. What is found here is only looked at: whether
it is a spelling, and what that is worth, `weights.credit_alike` says.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from answerable.matching.scripts import fold_sound, skeleton
from answerable.matching.word_hashes import (
    Numbers,
    count_behind,
    hash_words,
    sort_distinct,
    spell_codes,
    sum_runs,
    take_powers,
)

SHORTEST, LONGEST = 4, 24
"""Letters of the words that are looked for with a letter lost."""

LONG = 9
"""Letters from which two letters of a word may differ."""

CUTS = (2, 3, 4, 5, 6)
"""Letters that may be missing at a word's end, besides one."""

LEAST_HEARD = 3
"""Letters of the shortest sound that says anything."""

MOST_HEARD = 20
"""Listed words that an unknown word may sound like, at most."""

LEAST_LEFT = 4
"""Letters that are left of a word at least."""

_SPREAD = np.uint64(0xD1B54A32D192ED03)


def list_edit_keys(words: Sequence[str]) -> tuple[Numbers, Numbers]:
    """Return keys under which words are kept, and the places of the words.

    Args:
        words: Words, of four letters or more.

    Returns:
        Keys (32-bit), in no order, and for each the place of its word in `words`.

    Example:
        >>> keys, places = list_edit_keys(["quorbel", "quarbel", "zyxomatic"])
        >>> shared = set(keys[places == 0]) & set(keys[places == 1])
        >>> len(shared), len(set(keys[places == 0]) & set(keys[places == 2]))
        (1, 0)
    """
    codes, starts = spell_codes(words)
    lengths = np.diff(starts)
    behind = count_behind(starts)
    terms = codes * take_powers(behind)
    whole = sum_runs(terms, starts)
    own = np.repeat(np.arange(len(words)), lengths)
    # Of a word without one letter, what stands before it moves up by one place.
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(terms, dtype=np.uint64)))
    before = sums[:-1] - sums[starts[:-1]][own]
    after = whole[own] - before - terms
    base = take_powers(np.array([1]))[0]
    inverse = np.uint64(pow(int(base), -1, 2**64))
    able = (lengths[own] >= SHORTEST) & (lengths[own] <= LONGEST)
    keys = [whole, (before * inverse + after)[able]]
    places = [np.arange(len(words)), own[able]]
    for cut in CUTS:
        at = np.flatnonzero((behind == cut - 1) & (lengths[own] - cut >= LEAST_LEFT))
        keys.append(before[at] * np.uint64(pow(int(inverse), cut, 2**64)))
        places.append(own[at])
    mixed = np.concatenate(keys) * _SPREAD
    return (mixed >> np.uint64(32)).astype(np.uint32), np.concatenate(places)


def sort_keys(keys: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
    """Return keys in order, each with its place; no pair twice."""
    pairs = sort_distinct(keys.astype(np.uint64) << np.uint64(32) | places.astype(np.uint64))
    return (pairs >> np.uint64(32)).astype(keys.dtype), pairs.astype(np.uint32).astype(np.int32)


def order_keys(keys: Numbers, places: Numbers) -> tuple[Numbers, Numbers]:
    """Return asked keys in order with their places: neighbours are looked up one after another."""
    order = np.argsort(keys)
    return keys[order], places[order]


def pair_keys(asked: Numbers, places: Numbers, keys: Numbers, kept: Numbers) -> Numbers:
    """Return pairs of an asked and a kept word that share a key, as two columns without repeats.

    Args:
        asked: Keys of the words that are looked for, in order.
        places: The word of each.
        keys: Keys of the words that are kept, in order.
        kept: The word of each.
    """
    low = np.searchsorted(keys, asked, side="left")
    there = np.flatnonzero(keys[np.minimum(low, len(keys) - 1)] == asked) if len(keys) else low[:0]
    asked, places, low = asked[there], places[there], low[there]
    counts = np.searchsorted(keys, asked, side="right") - low
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
    within = np.arange(int(starts[-1])) - np.repeat(starts[:-1], counts)
    found = kept[np.repeat(low, counts) + within]
    pairs = np.repeat(places, counts).astype(np.int64) << 32 | found.astype(np.int64)
    pairs = sort_distinct(pairs)
    return np.stack((pairs >> 32, pairs & 0xFFFFFFFF))


def keep_near(one: Sequence[str], other: Sequence[str]) -> Numbers:
    """Return which pairs of words are near enough to get credit as two spellings.

    One letter differs, or two of long words, or one begins the other.

    Args:
        one: Words.
        other: As many, each compared with the one at its place.
    """
    if not one:
        return np.zeros(0, dtype=bool)
    letters = cpdist(one, other, scorer=OSA.distance, score_cutoff=2, dtype=np.int32)
    begins = np.array([a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=True)])
    lengths = [np.fromiter(map(len, words), np.int64, len(words)) for words in (one, other)]
    allowed = np.where(np.minimum(*lengths) < LONG, 1, 2)
    return np.asarray((letters <= allowed) | begins)


def hash_sounds(words: Iterable[str]) -> Numbers:
    """Return hashes of how words sound; a sound that is too short to say anything is 0."""
    return _hash_level(level_words(fold_sound.__wrapped__, words))


def hash_bones(words: Iterable[str]) -> Numbers:
    """Return hashes of the consonants of words, likewise."""
    return _hash_level(level_words(skeleton.__wrapped__, words))


def level_words(level: Callable[[str], str], words: Iterable[str]) -> list[str]:
    """Return what a levelling makes of words, all at once in one text of a word per line.

    Its rules hold for letters and never for a line's end, so that words stay apart; it takes a
    fifth of the time.

    Example:
        >>> level_words(skeleton.__wrapped__, ["rajhi", "aramco"])
        ['rj', 'rmk']
    """
    words = list(words)
    return level("\n".join(words)).split("\n") if words else []


def _hash_level(sounds: Sequence[str]) -> Numbers:
    hashes = hash_words(sounds)
    hashes[np.fromiter(map(len, sounds), dtype=np.int64, count=len(sounds)) < LEAST_HEARD] = 0
    return hashes
