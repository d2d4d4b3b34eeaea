"""What a batch of suppliers' names asks of an index: words that some listed name holds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from answerable.matching.index_words import (
    JOINED,
    NameColumns,
    find_neighbours,
    hash_joined,
    hash_whole,
    mark_hashes,
    value_word,
)
from answerable.matching.shelves import Shelf
from answerable.matching.word_hashes import Numbers, hash_words

MOST = 50_000
"""Names that are walked through for one query, at most."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words that names ask for and some listed name holds, by name, then by hash.

    Args:
        rows: The name that asks.
        hashes: Hash of the index word.
        values: What it adds if shared, and would cost if alone on both sides, in units.
        gains: The same less what it costs the listed name.
        counts: How many listed names hold it.
        common: Whether it is looked at only in names that share a rarer word.
    """

    rows: Numbers
    hashes: Numbers
    values: Numbers
    gains: Numbers
    counts: Numbers
    common: Numbers


@dataclass(frozen=True, slots=True)
class Asked:
    """A batch of names as they are searched.

    Args:
        words: What they ask for.
        own: Of each name what its words cost if none were shared, in units.
        leads: Of each name the hash of its leading word where that is unusual, else 0.
        keys: Of each name the hash of its key.
        bar: What the bound of a pair must reach, in units; minus infinity for the nearest.
        least: What shared words must add.
    """

    words: Words
    own: Numbers
    leads: Numbers
    keys: Numbers
    bar: float
    least: float


def ask_words(
    columns: NameColumns, shelves: Sequence[Shelf], respelled: tuple[Numbers, Numbers, Numbers]
) -> Words:
    """Return the words that names ask for and some listed name holds, each once per name.

    Args:
        columns: The names.
        shelves: What is searched.
        respelled: Names, hashes and values of words that unknown words may stand for.
    """
    facts = columns.facts
    core = columns.core
    rows = columns.core_rows()
    first, _ = find_neighbours(columns)
    joined, _ = hash_joined(columns)
    whole, _ = hash_whole(columns)
    several = np.flatnonzero(np.diff(columns.core_starts) > 2)
    marked = mark_hashes(JOINED, facts.hashes[core], facts.lengths[core])
    texts = np.full(len(joined) + len(several), -1)
    parts = (
        (rows, facts.hashes[core], facts.values[core], facts.costs[core]),
        (rows, marked, facts.credits[core] + 4 * facts.costs[core], None),
        (columns.more_rows(), facts.hashes[columns.more], facts.values[columns.more], None),
        (respelled[0], respelled[1], respelled[2], None),
        (
            np.concatenate((rows[first], several)),
            np.concatenate((joined, whole[several])),
            texts,
            None,
        ),
    )
    values = np.concatenate([part[2] for part in parts])
    costs = [part[3] if part[3] is not None else np.zeros_like(part[2]) for part in parts]
    words = Words(
        rows=np.concatenate([part[0] for part in parts]),
        hashes=np.concatenate([part[1] for part in parts]),
        values=values,
        gains=values - np.concatenate(costs),
        counts=np.zeros(len(values), dtype=np.int64),
        common=np.zeros(len(values), dtype=bool),
    )
    found = _take(words, np.flatnonzero((counts := _count(words.hashes, shelves)) > 0), counts)
    return _unique(_value_joined(found, columns))


def _take(words: Words, at: Numbers, counts: Numbers) -> Words:
    return Words(
        words.rows[at],
        words.hashes[at],
        words.values[at],
        words.gains[at],
        counts[at],
        words.common[at],
    )


def _count(hashes: Numbers, shelves: Sequence[Shelf]) -> Numbers:
    """Return how many names hold each hash."""
    distinct, back = np.unique(hashes, return_inverse=True)
    counts = sum((each.find_words(distinct)[1] for each in shelves), np.zeros(len(distinct), int))
    return np.asarray(counts[back])


def _value_joined(words: Words, columns: NameColumns) -> Words:
    """Value the words that are made of several core words: only now is it known which matter."""
    open_values = np.flatnonzero(words.values < 0)
    if not len(open_values):
        return words
    values = words.values.copy()
    for at in open_values.tolist():
        values[at] = max(map(value_word, _find_texts(columns, words.rows[at], words.hashes[at])))
    gains = np.where(words.values < 0, values, words.gains)
    return replace(words, values=values, gains=gains)


def _find_texts(columns: NameColumns, row: int, sought: int) -> list[str]:
    """Return the texts of a name's words written together that have a hash."""
    start, end = columns.core_starts[row : row + 2]
    words = [columns.facts.words[number] for number in columns.core[start:end].tolist()]
    texts = {a + b for a, b in pairwise(words)} | {"".join(words)}
    listed = sorted(texts)
    return [
        text
        for text, each in zip(listed, hash_words(listed).tolist(), strict=True)
        if each == sought
    ]


def _unique(words: Words) -> Words:
    """Return words by name, then by hash, each once with its greatest value."""
    order = np.lexsort((-words.values, words.hashes, words.rows))
    rows, hashes = words.rows[order], words.hashes[order]
    new = np.ones(len(order), dtype=bool)
    new[1:] = (rows[1:] != rows[:-1]) | (hashes[1:] != hashes[:-1])
    return _take(words, order[new], words.counts)


def drop_common(asked: Asked, many: int) -> Asked:
    """Mark the commonest words of names that many listed names hold as common.

    A name that shares nothing but words marked so cannot reach the bar, so that no pair that
    matters is lost; beyond `MOST` names a query's commonest words are marked all the same.

    Args:
        asked: The queries.
        many: Names that may hold a query's words before any word is marked.
    """
    words = asked.words
    lead = words.hashes == asked.leads[words.rows]
    order = np.lexsort((words.hashes, -np.where(lead, 0, words.counts), words.rows))
    rows = words.rows[order]
    counts = words.counts[order]
    left = _sum_from(counts[::-1], rows[::-1])[::-1]
    gained = _sum_from(words.gains[order], rows)
    valued = _sum_from(words.values[order], rows)
    idle = (gained < asked.bar + asked.own[rows]) | (valued < asked.least)
    last = np.append(rows[1:] != rows[:-1], True)
    common = (left > many) & (idle | ((left > MOST) & ~last)) & ~lead[order]
    hopeless = np.zeros(len(asked.own), dtype=bool)
    hopeless[rows[last & idle]] = True  # nor can all words together reach the bar
    common = _keep_prefix(common, rows) | (hopeless[rows] & ~lead[order])
    marked = np.zeros(len(rows), dtype=bool)
    marked[order] = common
    return replace(asked, words=replace(words, common=marked))


def _sum_from(values: Numbers, rows: Numbers) -> Numbers:
    """Return for each item the sum of its row's items up to it."""
    sums = np.cumsum(values)
    new = np.append(True, rows[1:] != rows[:-1])
    starts = np.maximum.accumulate(np.where(new, np.arange(len(rows)), 0))
    return np.asarray(sums - (sums - values)[starts])


def _keep_prefix(marks: Numbers, rows: Numbers) -> Numbers:
    """Return marks of which each row keeps those before its first gap."""
    gaps = _sum_from((~marks).astype(np.int64), rows)
    return np.asarray(marks & (gaps == 0))
