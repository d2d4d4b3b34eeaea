"""Names that share runs of three letters: a second chance for names whose words lead nowhere.

Every name is kept under its runs of three letters. A query is compared by the runs that few names
hold, each worth the square of how rare it is; a listed name's own runs count by their number alone,
so that nothing that is kept depends on what else is searched.
"""

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from answerable.matching.shelves import Shelf
from answerable.matching.word_hashes import Numbers, hash_grams

MOST_WALKED = 120_000
"""Names that are walked through for one query, at most: runs that more names hold are left out."""

FEW = 24
"""Queries up to which only the names that hold their runs are numbered."""

Near = tuple[Numbers, Numbers, Numbers]
"""Queries, positions of names, and how much of the query's runs they share."""

_NOTHING: Near = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def find_near(texts: Sequence[str], shelves: Sequence[Shelf], most: int) -> Near:
    """Return for names the listed names that share most runs of letters.

    Args:
        texts: Names as written (see `NameParts.written`).
        shelves: What is searched.
        most: How many names per query.

    Returns:
        Pairs with their likeness, at most `most` per query and shelf, in no order.

    Cost:
        Some ms per name for 3,000,000 listed names.
    """
    hashes, rows = hash_grams(texts)
    distinct, back = np.unique(hashes, return_inverse=True)
    found = [shelf.find_grams(distinct) for shelf in shelves]
    counts = np.asarray(sum((each[1] for each in found), np.zeros(len(distinct), np.int64)))
    names = sum(shelf.segment.size for shelf in shelves)
    worth = np.square(np.log(max(names, 2) / np.maximum(counts, 1))).astype(np.float32)
    kept = _take_rarest(rows, counts[back])
    asked = sparse.csr_matrix(
        (worth[back[kept]], (rows[kept], back[kept])), shape=(len(texts), len(distinct))
    )
    parts = [
        _multiply(asked, shelf, at, held, most)
        for shelf, (at, held) in zip(shelves, found, strict=True)
    ]
    near, positions, likeness = (np.concatenate([part[at] for part in parts]) for at in range(3))
    return near, positions, likeness


def _take_rarest(rows: Numbers, counts: Numbers) -> Numbers:
    """Return places of the runs that some name holds, the rarest of each query."""
    order = np.lexsort((counts, rows))
    ordered = rows[order]
    sums = np.cumsum(counts[order])
    first = np.searchsorted(ordered, ordered)
    before = sums[first] - counts[order][first]
    walked = sums - before <= MOST_WALKED
    return np.asarray(order[(walked | (np.arange(len(order)) == first)) & (counts[order] > 0)])


def _multiply(
    asked: sparse.csr_matrix, shelf: Shelf, at: Numbers, held: Numbers, most: int
) -> Near:
    used = np.flatnonzero((held > 0) & (np.diff(asked.tocsc().indptr) > 0))
    if not len(used):
        return _NOTHING
    names, starts = shelf.gather_grams(at[used])
    sizes = shelf.segment.gram_sizes
    worth = 1.0 / np.sqrt(sizes[names], dtype=np.float32)
    # A few queries hold few names: an array as long as the shelf would take longer than they do.
    distinct, columns = (
        np.unique(names, return_inverse=True) if asked.shape[0] <= FEW else (None, names)
    )
    width = shelf.segment.size if distinct is None else len(distinct)
    right = sparse.csr_matrix((worth, columns, starts), shape=(len(used), width))
    near = sp_matmul_topn(asked[:, used].tocsr(), right, top_n=most, threshold=0.0)
    rows = np.repeat(np.arange(asked.shape[0]), np.diff(near.indptr))
    found = near.indices if distinct is None else distinct[near.indices]
    return rows, found.astype(np.int64) + shelf.offset, near.data
