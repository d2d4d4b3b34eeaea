"""The sparse product that finds for every query the listed names that share most with it.

All sums are whole units (`index_words.UNITS`), so they do not depend on the order in which words
come; ties are broken by the names themselves. So the same names are found however the index is cut
into segments and the queries into batches.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from answerable.matching.questions import Asked, Words
from answerable.matching.shelves import Shelf
from answerable.matching.word_hashes import Numbers

FEW = 24
"""Queries up to which their words are walked through one by one, without a product."""

ROUNDING = 2.0**-30
"""Share of a sum that is more than all rounding, and less than a unit."""

SAME_KEY = 1 << 40
"""What a name of the same key promises: more than any other."""


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of a query and a listed name, the most promising of each query first.

    Args:
        rows: The query.
        names: Position of the name.
        bounds: What its score may reach at most, without the prior, in units.
        ties: What decides between names of one bound.
        kin: Whether the pair matters only since its leading word is shared and rare.
    """

    rows: Numbers
    names: Numbers
    bounds: Numbers
    ties: Numbers
    kin: Numbers


@dataclass(frozen=True, slots=True)
class Limit:
    """How many pairs a query has at most.

    Args:
        most: Pairs, those of the same key among them.
        kin: Of them, those that matter only by their leading word.
        same: Names of the same key.
        gap: How much less than the best a pair may promise, in units.
        reach: Names that share most, of which the best are kept.
        many: Names that hold a query's words from which its commonest words are looked at only
            in candidates.
    """

    most: int
    kin: int
    same: int = 1 << 30
    gap: int = 1 << 30
    reach: int = 128
    many: int = 3_000


_NONE = np.zeros(0, dtype=np.int64)

NOTHING = Found(_NONE, _NONE, _NONE, _NONE.astype(np.uint64), _NONE.astype(bool))
"""No pair at all."""


def find_shared(asked: Asked, shelves: Sequence[Shelf], reach: int) -> Found:
    """Return the pairs that share enough to matter, and those of the same key.

    Args:
        asked: The queries.
        shelves: What is searched.
        reach: Names per query that share most, of which those that matter are kept.

    Returns:
        Pairs, the most promising of each query first.
    """
    pairs = _cut([_pair_shelf(asked, shelf, reach) for shelf in shelves], shelves, reach)
    judged = [_judge(asked, shelf, each) for shelf, each in zip(shelves, pairs, strict=True)]
    return sort_found([*judged, *(_same_keys(asked, shelf) for shelf in shelves)])


def sort_found(parts: Sequence[Found]) -> Found:
    """Return pairs of several parts in one, by query and promise, each once."""
    columns = [
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("rows", "names", "bounds", "ties", "kin")
    ]
    rows, names, bounds, ties, kin = columns
    order = np.lexsort((names, ties, -bounds, rows))
    # The same pair may have been found by its key and by its words: the first counts.
    _, first = np.unique(rows[order] << 32 | names[order], return_index=True)
    kept = order[np.sort(first)]
    return Found(rows[kept], names[kept], bounds[kept], ties[kept], kin[kept])


def keep_best(found: Found, limit: Limit) -> Found:
    """Return the most promising pairs of each query.

    Args:
        found: Pairs in order.
        limit: How many.
    """
    same = found.bounds >= SAME_KEY
    rank = _rank(found.rows)
    kind = _rank(found.rows * 4 + found.kin + 2 * same)  # rank among those of its kind
    best = np.full(int(found.rows.max(initial=-1)) + 1, -SAME_KEY)
    np.maximum.at(best, found.rows, np.where(same, -SAME_KEY, found.bounds))
    near = found.bounds >= best[found.rows] - limit.gap
    kept = (rank < limit.most) & near & (~found.kin | (kind < limit.kin))
    return take_found(found, np.flatnonzero(np.where(same, kind < limit.same, kept)))


def _rank(rows: Numbers) -> Numbers:
    """Return how many items of the same row stand before each."""
    order = np.argsort(rows, kind="stable")
    ordered = rows[order]
    new = np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]
    starts = np.maximum.accumulate(np.where(new, np.arange(len(ordered)), 0))
    rank = np.empty(len(rows), dtype=np.int64)
    rank[order] = np.arange(len(ordered)) - starts
    return rank


def take_found(found: Found, at: Numbers) -> Found:
    """Return the pairs at some places."""
    return Found(found.rows[at], found.names[at], found.bounds[at], found.ties[at], found.kin[at])


Pairs = tuple[Numbers, Numbers, Numbers]
"""Queries, names, and the sum of the values of the words that they share, in units."""


def _pair_shelf(asked: Asked, shelf: Shelf, reach: int) -> Pairs:
    """Return the pairs of one shelf that share most in words that are not common."""
    words = asked.words
    at, counts = shelf.find_words(words.hashes)
    kept = np.flatnonzero((counts > 0) & ~words.common)
    multiply = _walk if len(asked.own) <= FEW else _multiply
    rows, values = words.rows[kept], words.values[kept]
    return multiply(rows, at[kept], values, shelf, _thresholds(asked), reach)


def _thresholds(asked: Asked) -> Numbers:
    """Return what the words of each query that are not common must add for a pair to matter."""
    needed = np.where(asked.leads != 0, asked.least, np.maximum(asked.least, asked.bar + asked.own))
    return np.asarray(np.maximum(needed - _sum_common(asked.words, len(asked.own)), 1.0))


def _sum_common(words: Words, size: int) -> Numbers:
    """Return what the common words of each query add at most."""
    return np.bincount(words.rows, words.values * words.common, minlength=size)


def _cut(parts: Sequence[Pairs], shelves: Sequence[Shelf], reach: int) -> Sequence[Pairs]:
    """Return the pairs of each query that share most, of all shelves together."""
    if len(parts) == 1:
        return parts
    rows, names, sums = (np.concatenate([part[at] for part in parts]) for at in range(3))
    shares = [shelf.tie_shares[part[1]] for shelf, part in zip(shelves, parts, strict=True)]
    order = np.lexsort((-sums * (1.0 + np.concatenate(shares)), rows))
    kept = np.zeros(len(rows), dtype=bool)
    kept[order[_rank(rows[order]) < reach]] = True
    ends = np.cumsum([len(part[0]) for part in parts])[:-1]
    columns = [np.split(column, ends) for column in (rows, names, sums, kept)]
    return [(r[k], n[k], s[k]) for r, n, s, k in zip(*columns, strict=True)]


def _multiply(
    rows: Numbers, at: Numbers, values: Numbers, shelf: Shelf, thresholds: Numbers, reach: int
) -> Pairs:
    """Return the pairs that share most, by one product of two sparse matrices.

    The values of each query are divided by its threshold, so that one threshold serves all.
    """
    size = len(thresholds)
    distinct, place = np.unique(at, return_inverse=True)
    names, starts = shelf.gather_names(distinct)
    left = sparse.csr_matrix(
        (values / thresholds[rows], place.astype(np.int32), _starts(rows, size)),
        shape=(size, len(distinct)),
    )
    right = sparse.csr_matrix(
        (1.0 + shelf.tie_shares[names], names, starts), shape=(len(distinct), shelf.segment.size)
    )
    shared = sp_matmul_topn(left, right, top_n=reach, threshold=1.0 - ROUNDING, sort=False)
    found = np.repeat(np.arange(size), np.diff(shared.indptr))
    sums = np.rint(shared.data * thresholds[found]).astype(np.int64)
    return found, shared.indices.astype(np.int64), sums


def _starts(rows: Numbers, size: int) -> Numbers:
    return np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=size)))).astype(np.int64)


def _walk(
    rows: Numbers, at: Numbers, values: Numbers, shelf: Shelf, thresholds: Numbers, reach: int
) -> Pairs:
    """Return what `_multiply` does, for a few queries: without an array as long as the shelf."""
    found: list[Pairs] = []
    for row, threshold in enumerate(thresholds.tolist()):
        mine = np.flatnonzero(rows == row)
        names, starts = shelf.gather_names(at[mine])
        distinct, place = np.unique(names, return_inverse=True)
        each = np.repeat(values[mine], np.diff(starts)).astype(np.float64)
        sums = np.bincount(place, weights=each, minlength=len(distinct))
        enough = np.flatnonzero(sums >= threshold - 0.5)
        distinct, sums = distinct[enough], sums[enough]
        if len(distinct) > reach:
            worth = sums * (1.0 + shelf.tie_shares[distinct])
            best = np.argpartition(-worth, reach)[:reach]
            distinct, sums = distinct[best], sums[best]
        found.append((np.full(len(distinct), row), distinct, sums.astype(np.int64)))
    rows, names, sums = (np.concatenate([each[at] for each in found]) for at in range(3))
    return rows, names.astype(np.int64), sums


def _judge(asked: Asked, shelf: Shelf, pairs: Pairs) -> Found:
    """Return the pairs whose bound reaches the bar, or whose unusual lead is shared."""
    rows, names, sums = pairs
    segment, words = shelf.segment, asked.words
    at, counts = shelf.find_words(words.hashes)
    common = np.flatnonzero((counts > 0) & words.common)
    spare = _sum_common(words, len(asked.own))
    costs = asked.own[rows] + segment.costs[names]
    lead = (segment.leads[names] == asked.leads[rows]) & (asked.leads[rows] != 0)
    hopeful = (sums + spare[rows] >= asked.least) & (
        lead | (sums + spare[rows] - costs >= asked.bar)
    )
    rows, names, sums = rows[hopeful], names[hopeful], sums[hopeful]
    costs, lead = costs[hopeful], lead[hopeful]
    sums = sums + _add_common(words, at, common, rows, names, shelf)
    bounds = sums - costs
    promising = bounds >= asked.bar
    kept = np.flatnonzero((sums >= asked.least) & (promising | lead))
    return Found(
        rows=rows[kept],
        names=names[kept] + shelf.offset,
        bounds=bounds[kept].astype(np.int64),
        ties=segment.ties[names[kept]],
        kin=~promising[kept],
    )


def _add_common(
    words: Words, at: Numbers, common: Numbers, rows: Numbers, names: Numbers, shelf: Shelf
) -> Numbers:
    """Return what the common words add to pairs that were found by rarer ones."""
    added = np.zeros(len(rows), dtype=np.int64)
    if not len(common) or not len(rows):
        return added
    starts = np.searchsorted(rows, np.arange(int(words.rows.max()) + 2))
    first, counts = starts[words.rows[common]], np.diff(starts)[words.rows[common]]
    ends = np.cumsum(counts)
    pairs = np.arange(int(ends[-1])) + np.repeat(first - ends + counts, counts)
    distinct, place = np.unique(at[common], return_inverse=True)
    held = _hold(distinct, np.repeat(place, counts), names[pairs], shelf)
    values = np.repeat(words.values[common], counts)
    np.add.at(added, pairs[held], values[held])
    return added


def _hold(words: Numbers, asked: Numbers, names: Numbers, shelf: Shelf) -> Numbers:
    """Return of pairs of a word and a name whether the name holds the word.

    Args:
        words: Index words, distinct.
        asked: Of each pair the place of its word in `words`.
        names: Of each pair its name.
        shelf: Where they stand.
    """
    held = np.zeros(len(asked), dtype=bool)
    if len(words) > FEW:
        holders, begins = shelf.gather_names(words)
        kept = np.repeat(np.arange(len(words)), np.diff(begins)) << 32 | holders
        sought = asked << 32 | names
        return np.asarray(kept[np.minimum(np.searchsorted(kept, sought), len(kept) - 1)] == sought)
    for number, word in enumerate(words.tolist()):  # the names of few words are not copied out
        mine = np.flatnonzero(asked == number)
        holders = shelf.take_names(word)
        place = np.minimum(np.searchsorted(holders, names[mine]), len(holders) - 1)
        held[mine] = holders[place] == names[mine]
    return held


def _same_keys(asked: Asked, shelf: Shelf) -> Found:
    rows, names = shelf.find_keys(asked.keys)
    return Found(
        rows=rows,
        names=names.astype(np.int64) + shelf.offset,
        bounds=np.full(len(rows), SAME_KEY, dtype=np.int64),
        ties=shelf.segment.ties[names],
        kin=np.zeros(len(rows), dtype=bool),
    )
