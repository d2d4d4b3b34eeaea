"""The words by which names are found, as columns of numbers: many names at once.

A listed name is found by its core words, by its neighbours written together, by pairs of signs
of unspaced words, by its places, and by the words of its other readings. A supplier's name asks
for the same words, so that two names meet where they share one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from answerable.matching.evidence import PLACE_AGREES
from answerable.matching.families import UNUSUAL
from answerable.matching.names import NameParts
from answerable.matching.rarity import measure_rarity
from answerable.matching.word_hashes import (
    Numbers,
    hash_words,
    join_hashes,
    sort_distinct,
    sum_runs,
    take_powers,
)
from answerable.matching.words import (
    COST_BEND,
    COST_MOST,
    COST_RISE,
    PHRASED,
    cost_alone,
    credit_word,
)

JOINED, PAIR, PLACE = "+", "~", "@"
"""Marks of index words: two joined neighbours, two signs of an unspaced word, a place."""

SIGNS = JOINED + PAIR + PLACE

UNITS = 256
"""Parts of a unit of log-odds in which words are valued: whole numbers add up in any order."""

RARE, SPELLED = 7.0, 4.5
"""Rarities over which a word may be another one misspelled, and over which it may be that one."""

MOST_WORDS = 1_000_000
"""Words whose facts are kept in memory."""


class _Numbering(dict[str, int]):
    """Numbers words in the order in which they come."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


class WordFacts:
    """What is known of words, by number: hash, length, credit and cost. Grows as words come.

    Args (of each array, one entry per word):
        hashes: See `word_hashes`.
        lengths: Characters.
        latin: Whether all letters are ASCII.
        credits, costs: What the word adds if shared and takes if alone, in `UNITS`.
        values: What an index word adds if shared and would cost if alone on both sides.
        rare: Whether it is a word of letters that is worth looking for under another spelling.
        unusual: Whether names that it leads may be of one brand.
    """

    def __init__(self) -> None:
        self.numbers = _Numbering()
        self.words: list[str] = []
        self.hashes = np.zeros(0, dtype=np.uint64)
        self.lengths = np.zeros(0, dtype=np.int64)
        self.latin = np.zeros(0, dtype=bool)
        self.credits = np.zeros(0, dtype=np.int64)
        self.costs = np.zeros(0, dtype=np.int64)
        self.values = np.zeros(0, dtype=np.int64)
        self.rare = np.zeros(0, dtype=bool)
        self.unusual = np.zeros(0, dtype=bool)

    def learn(self) -> None:
        """Work out the facts of the words that were numbered since the last time."""
        known = len(self.words)
        fresh = list(self.numbers)[known:]
        if not fresh:
            return
        self.words += fresh
        marked = np.array([word[0] in SIGNS for word in fresh])
        plain = [word.lstrip(SIGNS) or word for word in fresh]
        rarity = np.fromiter(map(measure_rarity, plain), np.float64, len(fresh))
        lengths = np.fromiter(map(len, fresh), np.int64, len(fresh))
        worth, costs = credit_rarities(rarity), cost_rarities(rarity)
        values = worth + np.where(marked, 4, 2) * costs
        values[[word[0] == PLACE for word in fresh]] = to_units(PLACE_AGREES)
        self.hashes = np.concatenate((self.hashes, hash_words(fresh)))
        self.lengths = np.concatenate((self.lengths, lengths))
        self.latin = np.concatenate((self.latin, [word.isascii() for word in fresh]))
        self.credits = np.concatenate((self.credits, worth))
        self.costs = np.concatenate((self.costs, costs))
        self.values = np.concatenate((self.values, values))
        self.rare = np.concatenate((self.rare, (lengths > 3) & (rarity > RARE) & ~marked))
        self.unusual = np.concatenate((self.unusual, (lengths > 2) & (rarity >= UNUSUAL) & ~marked))


def to_units(log_odds: float) -> int:
    """Return log-odds as a whole number of units, rounded up."""
    return -int(-log_odds * UNITS // 1)


def credit_rarities(rarities: Numbers) -> Numbers:
    """Return what words of these rarities add if shared, as `credit_word` does, in whole units.

    Example:
        >>> credit_rarities(np.array([measure_rarity("mills")])) == to_units(credit_word("mills"))
        array([ True])
    """
    return _to_units(np.where(rarities > PHRASED, rarities, rarities**2 / PHRASED))


def cost_rarities(rarities: Numbers) -> Numbers:
    """Return what words of these rarities take if alone, as `cost_alone` does, in whole units."""
    return _to_units(np.minimum(COST_MOST, COST_RISE * rarities + COST_BEND * rarities**2))


def _to_units(log_odds: Numbers) -> Numbers:
    return np.asarray(-np.floor(-log_odds * UNITS), dtype=np.int64)


def value_word(word: str) -> int:
    """Return what an index word adds if shared, and what it would cost alone on both sides.

    For joined neighbours, two words of one side are one of the other: they cost at most twice.

    Returns:
        Whole units.
    """
    if word[0] == PLACE:
        return to_units(PLACE_AGREES)
    plain = word.lstrip(SIGNS)
    sides = 4 if word != plain else 2
    return to_units(credit_word(plain)) + sides * to_units(cost_alone(plain))


def is_spelled(word: str) -> bool:
    """Tell whether a listed word is one that others may be misspellings of.

    Example:
        >>> is_spelled("zyxomatic"), is_spelled("materials"), is_spelled("services")
        (True, True, False)
    """
    return _has_letters(word) and measure_rarity(word) > SPELLED


def _has_letters(word: str) -> bool:
    return len(word) > 3 and word[0] not in SIGNS


@dataclass(frozen=True, slots=True)
class NameColumns:
    """Many names as columns of word numbers.

    Args:
        facts: What the numbers stand for.
        core: Numbers of the core words, name after name.
        core_starts: Where each name's core words begin; one more than there are names.
        more: Numbers of the marked words and of the words of other readings.
        more_starts: Where each name's begin.
    """

    facts: WordFacts
    core: Numbers
    core_starts: Numbers
    more: Numbers
    more_starts: Numbers

    @property
    def size(self) -> int:
        """How many names there are."""
        return len(self.core_starts) - 1

    def core_rows(self) -> Numbers:
        """Return for each core word the name that holds it."""
        return np.repeat(np.arange(self.size), np.diff(self.core_starts))

    def more_rows(self) -> Numbers:
        """Return for each other word the name that holds it."""
        return np.repeat(np.arange(self.size), np.diff(self.more_starts))


def lay_out(names: Sequence[NameParts], facts: WordFacts) -> NameColumns:
    """Return names as columns, and learn the words that are new.

    Args:
        names: Names taken apart.
        facts: Extended by what is new.

    Cost:
        About 3 µs per name, and 5 µs per word that is new.
    """
    number = facts.numbers.__getitem__
    core: list[int] = []
    more: list[int] = []
    core_starts, more_starts = [0], [0]
    for parts in names:
        core += map(number, parts.core)
        core_starts.append(len(core))
        if parts.places or parts.slots or not parts.key.isascii():
            more += map(number, list_more(parts))
        more_starts.append(len(more))
    facts.learn()
    columns = [
        np.array(column, dtype=np.int64) for column in (core, core_starts, more, more_starts)
    ]
    return NameColumns(facts, *columns)


def list_more(parts: NameParts) -> tuple[str, ...]:
    """Return the words of a name besides its core: pairs of signs, places, other readings."""
    also = (word for slot in parts.slots for way in slot for word in way)
    places = (PLACE + place.key for place in parts.places)
    return (*_sign_pairs(parts), *places, *also)


def _sign_pairs(parts: NameParts) -> Iterable[str]:
    """Return the pairs of signs of unspaced words in Han, Kana or Hangul."""
    for word in parts.core:
        if "\u3040" <= word[0] <= "\ud7ff" and len(word) > 2:
            yield from (PAIR + first + second for first, second in pairwise(word))


def find_neighbours(columns: NameColumns) -> tuple[Numbers, Numbers]:
    """Return places in `core` of pairs of neighbours in Latin letters: of the first, the second."""
    if len(columns.core) < 2:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    latin = columns.facts.latin[columns.core]
    rows = columns.core_rows()
    first = np.flatnonzero((rows[:-1] == rows[1:]) & latin[:-1] & latin[1:])
    return first, first + 1


def hash_joined(columns: NameColumns) -> tuple[Numbers, Numbers]:
    """Return hashes of neighbours written together, and how many characters they have."""
    first, second = find_neighbours(columns)
    hashes = columns.facts.hashes[columns.core]
    lengths = columns.facts.lengths[columns.core]
    joined = join_hashes(hashes[first], hashes[second], lengths[second])
    return joined, lengths[first] + lengths[second]


def hash_whole(columns: NameColumns) -> tuple[Numbers, Numbers]:
    """Return for each name the hash of its core words written together, and its characters."""
    lengths = columns.facts.lengths[columns.core]
    totals = sum_runs(lengths, columns.core_starts)
    before = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
    ends = np.repeat(before[columns.core_starts[1:]], np.diff(columns.core_starts))
    behind = ends - before[1:]
    hashes = columns.facts.hashes[columns.core] * take_powers(behind)
    return sum_runs(hashes, columns.core_starts), totals


def mark_hashes(mark: str, hashes: Numbers, lengths: Numbers) -> Numbers:
    """Return the hashes of words with a mark before them."""
    return join_hashes(hash_words([mark]), hashes, lengths)


def list_features(columns: NameColumns) -> tuple[Numbers, Numbers]:
    """Return the index words of listed names: their hashes, and the names that hold them.

    Joined neighbours are marked, so that they are found by one word of a query ("hai ge" by
    "haige") and not by the same two neighbours, which are found by themselves.

    Returns:
        Two arrays of one length, in no order; a name may hold a hash twice.
    """
    facts = columns.facts
    rows = columns.core_rows()
    first, _ = find_neighbours(columns)
    joined, lengths = hash_joined(columns)
    whole, totals = hash_whole(columns)
    long = np.flatnonzero(np.diff(columns.core_starts) > 2)
    hashes = (
        facts.hashes[columns.core],
        mark_hashes(JOINED, joined, lengths),
        mark_hashes(JOINED, whole[long], totals[long]),
        facts.hashes[columns.more],
    )
    return np.concatenate(hashes), np.concatenate((rows, rows[first], long, columns.more_rows()))


def sum_costs(columns: NameColumns) -> Numbers:
    """Return what each name's core words would cost if none of them were shared, in units.

    A word that a name holds twice costs once.
    """
    words = len(columns.facts.words) or 1
    pairs = sort_distinct(columns.core_rows() * words + columns.core)
    costs = columns.facts.costs[pairs % words].astype(np.float64)
    return np.bincount(pairs // words, weights=costs, minlength=columns.size).astype(np.int64)


def find_leads(columns: NameColumns) -> Numbers:
    """Return the hash of each name's first core word where it is unusual, else 0."""
    leads = np.zeros(columns.size, dtype=np.uint64)
    filled = np.flatnonzero(np.diff(columns.core_starts))
    first = columns.core[columns.core_starts[:-1][filled]]
    unusual = columns.facts.unusual[first]
    leads[filled[unusual]] = columns.facts.hashes[first[unusual]]
    return leads
