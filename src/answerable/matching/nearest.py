"""The listed names that come nearest to a name, however far: by their words and by their letters.

A screening asks which names may be one company's, and leaves out what cannot. Who asks for the
nearest wants them all the same: a name with several faults, or one whose rare word was dropped.
"""

from collections.abc import Sequence

import numpy as np
from rapidfuzz.distance import Indel
from rapidfuzz.process import cpdist

from answerable.matching.evidence import Side
from answerable.matching.index import LETTERS_ALONE, ListedName, NameIndex
from answerable.matching.matches import (
    NO_MATCHES,
    SupplierMatches,
    match_name,
    side_of_supplier,
    weigh_pairs,
)
from answerable.matching.names import NameParts
from answerable.matching.readings import list_parts
from answerable.matching.weights import Weight
from answerable.matching.word_hashes import Numbers
from answerable.model import Supplier

BY_WORDS, BY_LETTERS = 6, 10
"""Names weighed per name that is looked for: those whose words promise most, and those whose
letters are most alike."""

LETTERS = 24.0
"""What it adds to nearness, in log-odds, that two names are written alike letter by letter.

It orders names and is in no score: between names that are one company's and names that are not,
letters say little that words have not said.
"""

Near = tuple[ListedName, Weight, float]
"""A listed name, how it weighs, and how near it is."""


def find_nearest(
    name: str, country: str | None, index: NameIndex, *, most: int = 5
) -> list[tuple[ListedName, Weight]]:
    """Return the listed names that come nearest to a name, however far, to answer "why not?".

    Args:
        name: A supplier's name as printed.
        country: Its country, lower case, if known.
        index: The listed names.
        most: How many names at most, one per company.

    Returns:
        Names and weights, the nearest first (see `measure_nearness`), then by company id; empty
        if no listed name shares a word with it.

    Example:
        >>> from answerable.model import Company, Name
        >>> names = ("Zyxomatic Mills Ltd", "Quorbel Foods Ltd")
        >>> companies = [Company(f"x:{name}", "Company", (Name(name),)) for name in names]
        >>> [(found, _)] = find_nearest("Zyxomatik Mils", None, NameIndex(companies))
        >>> found.printed
        'Zyxomatic Mills Ltd'
    """
    [found] = list_nearest([Supplier(0, name, country)], index)
    return [(listed, weight) for listed, weight, _ in found if weight.shares_words][:most]


def match_nearest(
    suppliers: Sequence[Supplier], index: NameIndex, threshold: float
) -> list[SupplierMatches]:
    """Return the nearest listed companies of suppliers as matches, however improbable.

    Args:
        suppliers: Some thousand.
        index: The listed names.
        threshold: Probability from which a name match is a match.

    Returns:
        One entry per supplier, in order, with all that were found near it (some 10 to 30), the
        nearest first.
    """
    return [_match(found, threshold) for found in list_nearest(suppliers, index)]


def _match(found: Sequence[Near], threshold: float) -> SupplierMatches:
    matches = tuple(match_name(weight, listed, threshold) for listed, weight, _ in found)
    origins = tuple(listed.origin for listed, _, _ in found)
    return SupplierMatches(matches, origins=origins) if found else NO_MATCHES


def list_nearest(suppliers: Sequence[Supplier], index: NameIndex) -> list[list[Near]]:
    """Return for suppliers the listed names that were found for them, one per company.

    Returns:
        A list per supplier, in order, the nearest first, then by company id.

    Cost:
        About 3 ms per supplier among 500,000 names.
    """
    parts = [[each for each in list_parts(row.name) if each.core] for row in suppliers]
    queries = [each for variants in parts for each in variants]
    found = iter(_find_positions(queries, index))
    near = []
    for supplier, variants in zip(suppliers, parts, strict=True):
        sides = [side_of_supplier(supplier, each) for each in variants]
        pairs = [(side, index.names[at]) for side in sides for at in next(found)]
        near.append(_rank(pairs, index))
    return near


def _rank(pairs: Sequence[tuple[Side, ListedName]], index: NameIndex) -> list[Near]:
    best: dict[str, Near] = {}
    for side, listed, weight in weigh_pairs(pairs, index):
        nearness = measure_nearness(weight.score, side.parts, listed.side.parts)
        held = best.get(listed.company.id)
        if held is None or nearness > held[2]:
            best[listed.company.id] = (listed, weight, nearness)
    return sorted(best.values(), key=lambda each: (-each[2], each[0].company.id))


def measure_nearness(score: float, one: NameParts, other: NameParts) -> float:
    """Return how near two names are: their score, and how alike they are letter by letter.

    Args:
        score: What the two weigh.
        one: A name.
        other: Another one.

    Example:
        >>> mills, mill, zyxo = (list_parts(name)[0] for name in ("Mills Ltd", "Mill Ltd", "Zyxo"))
        >>> measure_nearness(0.0, mills, mill) > measure_nearness(0.0, mills, zyxo)
        True
    """
    return score + LETTERS * Indel.normalized_similarity(one.written, other.written)


def _find_positions(queries: Sequence[NameParts], index: NameIndex) -> list[list[int]]:
    """Return for each name the positions of the listed names that are worth weighing."""
    found = index.find_nearest(queries)
    rows, names = found.rows, found.names
    written = [_take_written(index, position) for position in names.tolist()]
    asked = [queries[row].written for row in rows.tolist()]
    alike = cpdist(asked, written, scorer=Indel.normalized_similarity) if asked else np.zeros(0)
    ranks = _rank_within(rows, np.arange(len(rows)))
    by_words = (ranks < BY_WORDS) & (found.bounds > LETTERS_ALONE / 2)
    by_letters = _rank_within(rows, -alike) < BY_LETTERS
    positions: list[list[int]] = [[] for _ in queries]
    for at in np.flatnonzero(by_words | by_letters).tolist():
        positions[rows[at]].append(int(names[at]))
    return positions


def _take_written(index: NameIndex, position: int) -> str:
    """Return the words of a listed name as written; of most names the index keeps them."""
    kept = index.names.outline(position)
    return " ".join(kept.words) if kept else index.names[position].side.parts.written


def _rank_within(rows: Numbers, worth: Numbers) -> Numbers:
    """Return how many items of the same row come before each by their worth, the least first."""
    order = np.lexsort((worth, rows))
    ordered = rows[order]
    ranks = np.empty(len(rows), dtype=np.int64)
    ranks[order] = np.arange(len(rows)) - np.searchsorted(ordered, ordered)
    return ranks
