"""The names that are searched, and the few that a supplier's name is compared with.

Vocabularies first, names second: a word that no listed name holds is resolved once to the listed
words that it may be a spelling of; then one sparse product gives for every supplier the listed
names that share enough rare words. No pair is looked at twice, and most are never looked at.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf

import numpy as np

from answerable.matching.chunks import hash_identifier, read_chunk
from answerable.matching.evidence import Side
from answerable.matching.grams import find_near
from answerable.matching.index_segments import join_chunks
from answerable.matching.index_words import (
    MOST_WORDS,
    UNITS,
    WordFacts,
    find_leads,
    lay_out,
    sum_costs,
)
from answerable.matching.names import NameParts
from answerable.matching.product import (
    NOTHING,
    Found,
    Limit,
    find_shared,
    keep_best,
    sort_found,
)
from answerable.matching.prospects import Outline, read_outline
from answerable.matching.questions import Asked, ask_words, drop_common
from answerable.matching.readings import list_parts
from answerable.matching.respelling import Respelling
from answerable.matching.shelves import Shelf
from answerable.matching.weights import prior_among
from answerable.matching.word_hashes import hash_words, sort_distinct
from answerable.model import Company, Identifier, Reason

CANDIDATES = 100
"""Listed names that a supplier's name is compared with, at most."""

BONUSES = 6.0
"""What places, numbers, forms and the possible range may add to shared words, generously."""

SLACK = 3.0
"""How far the quick bound on a pair's score may be too low: words spelled alike that it missed."""

LETTERS_ALONE = -(1 << 30)
"""Bound of names that were found by their letters alone: they stand behind all others."""

LARGE = 200_000
"""Names from which fewer are compared: among so many, a shared brand says little by itself."""

NEAR_WORDS, NEAR_LETTERS = 10, 20
"""Names that are nearest by words and by letters, of which the nearest by both are weighed."""

LEAST_NEAR = 0.5
"""What the shared words of the nearest must add, in log-odds."""

LIMIT = Limit(most=CANDIDATES, kin=CANDIDATES)
LIMIT_LARGE = Limit(most=3, kin=1, same=4, gap=4 * UNITS, reach=32, many=600)
LIMIT_NEAR = Limit(most=NEAR_WORDS, kin=NEAR_WORDS, reach=32, many=1_500)
"""How many candidates a query has, and how many among so many names."""


Origin = tuple[int, int]
"""Which shelf, and which of its companies."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of a listed company as it is searched, and where in the index the company stands."""

    company: Company
    printed: str
    side: Side
    origin: Origin


class ListedNames:
    """The names of an index by their positions; made when they are asked for."""

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = shelves
        self._ends = [each.offset + each.segment.size for each in shelves]
        self._take = lru_cache(maxsize=50_000)(self._make)
        self.outline = lru_cache(maxsize=100_000)(self._read_outline)

    def __len__(self) -> int:
        """Return how many positions there are, those of names that do not count among them."""
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[ListedName]:
        """Yield the names in the order of their positions."""
        return (self[position] for position in range(len(self)))

    def __getitem__(self, position: int) -> ListedName:
        """Return the name at a position."""
        if not 0 <= position < len(self):
            raise IndexError(position)
        return self._take(int(position))

    def _read_outline(self, position: int) -> Outline | None:
        """Return the outline of the name at a position; None if it must be read whole."""
        shelf = self._shelves[bisect_right(self._ends, position)]
        return read_outline(shelf.segment.take_outline(position - shelf.offset))

    def _make(self, position: int) -> ListedName:
        number = bisect_right(self._ends, position)
        shelf = self._shelves[number]
        segment, at = shelf.segment, position - shelf.offset
        place = int(segment.owners[at])
        company = shelf.companies[place]
        printed = company.names[segment.places[at]].value
        parts = list_parts(printed)[segment.variants[at]]
        identifiers = {each.scheme: each.value for each in company.identifiers if each.key}
        side = Side(parts, company.countries, identifiers, company.addresses)
        return ListedName(company, printed, side, (number, place))


class NameIndex:
    """The names of listed companies, ready to be searched.

    Args:
        companies: Companies to search; nodes that are no legal persons are passed over.
        shelves: In their place, segments that were made before (see `index_store`).

    Attributes:
        names: The listed names, in the order of the companies.
        size: Number of distinct names, by which the prior is divided.
        prior: Reason before any comparison, which falls with the number of names.
        least_shared: What the shared words of a candidate must add; with less, no score matters.

    Cost:
        About 70 µs and 200 bytes per name to build.

    Example:
        >>> from answerable.matching.names import take_apart
        >>> from answerable.model import Name
        >>> index = NameIndex([Company("x:1", "Company", (Name("Zyxomatic Mills Ltd"),))])
        >>> [[found]] = index.search([take_apart("Zyxomatik Mills")])
        >>> index.names[found].printed
        'Zyxomatic Mills Ltd'
    """

    def __init__(
        self, companies: Iterable[Company] = (), *, shelves: Sequence[Shelf] | None = None
    ) -> None:
        if shelves is None:
            kept = tuple(companies)
            shelves = [Shelf(join_chunks([read_chunk(kept)]), kept)]
        self.shelves = tuple(shelves)
        self.names = ListedNames(self.shelves)
        self.size = _count_keys(self.shelves)
        self.prior: Reason = prior_among(self.size)
        self.least_shared = min(10.0, max(1.0, -self.prior.log_odds - BONUSES))
        self._facts = WordFacts()

    @cached_property
    def _respelling(self) -> Respelling:
        return Respelling(self.shelves)

    def find_identified(
        self, identifiers: Iterable[Identifier]
    ) -> list[tuple[Company, str, Origin]]:
        """Return the companies that share an identifier that identifies, with how it reads.

        Returns:
            Company, for instance `LEI 5493…`, and where it stands; by company id, no repeats.
        """
        found: dict[str, tuple[Company, str, Origin]] = {}
        for identifier in identifiers:
            for company, origin in self._bearers(identifier) if identifier.key else ():
                shown = f"{identifier.scheme} {identifier.value}"
                found.setdefault(company.id, (company, shown, origin))
        return [found[company_id] for company_id in sorted(found)]

    def _bearers(self, identifier: Identifier) -> Iterable[tuple[Company, Origin]]:
        for number, shelf in enumerate(self.shelves):
            for place in shelf.find_identifier(hash_identifier(identifier)):
                company = shelf.companies[place]
                if shelf.counts_company(place) and any(
                    each.key == identifier.key for each in company.identifiers
                ):
                    yield company, (number, place)

    def search(
        self, queries: Sequence[NameParts], *, floor: float = -2.2, least: float | None = None
    ) -> list[list[int]]:
        """Return for each name the positions in `names` that it should be compared with.

        Args:
            queries: Names taken apart.
            floor: Score below which a pair is not worth a look, in log-odds.
            least: What the shared words of a candidate must add; by default `least_shared`.

        Returns:
            A list per query, in the order of `names`: those of the same key, and of the others
            whose score could reach the floor, or whose leading word is shared and rare, the
            `CANDIDATES` that promise most (few where over `LARGE` names are searched); empty
            where there is none.

        Cost:
            121,374 names against 18,000 in about 2 s; one name against 3,000,000 in some ms.
        """
        found = self.find(queries, floor=floor, least=least)
        order = np.lexsort((found.names, found.rows))
        rows, starts = np.unique(found.rows[order], return_index=True)
        names = found.names[order].tolist()
        ends = [*starts.tolist(), len(names)][1:]
        positions: list[list[int]] = [[] for _ in queries]
        for row, start, end in zip(rows.tolist(), starts.tolist(), ends, strict=True):
            positions[row] = names[start:end]
        return positions

    def find(
        self, queries: Sequence[NameParts], *, floor: float = -2.2, least: float | None = None
    ) -> Found:
        """Return what `search` does as columns, with how much each pair promises.

        Args:
            queries: Names taken apart.
            floor: Score below which a pair is not worth a look; minus infinity for any.
            least: What the shared words of a candidate must add; by default `least_shared`.

        Returns:
            Pairs of a query and a name, the most promising of each query first; names of the same
            key stand before all others.
        """
        least = self.least_shared if least is None else least
        return self._find(queries, floor, least, LIMIT_LARGE if self.size > LARGE else LIMIT)

    def _find(
        self, queries: Sequence[NameParts], floor: float, least: float, limit: Limit
    ) -> Found:
        if not queries or not self.size:
            return NOTHING
        if len(self._facts.words) > MOST_WORDS:
            self._facts = WordFacts()
        columns = lay_out(queries, self._facts)
        own = sum_costs(columns)
        # Below this a pair's bound, in units and without the prior, cannot reach the floor.
        bar = -inf if floor == -inf else floor - self.prior.log_odds - BONUSES - SLACK
        words = ask_words(columns, self.shelves, self._respelling.respell(columns, queries))
        asked = drop_common(
            Asked(
                words=words,
                own=own,
                leads=find_leads(columns),
                keys=hash_words([each.key for each in queries]),
                bar=bar * UNITS,
                least=least * UNITS,
            ),
            limit.many,
        )
        return keep_best(find_shared(asked, self.shelves, limit.reach), limit)

    def find_nearest(self, queries: Sequence[NameParts]) -> Found:
        """Return the names that come nearest to names, however far, by words and by letters.

        Args:
            queries: Names taken apart.

        Returns:
            Pairs of a query and a name, those found by their words first, the most promising of
            each query first; those that were found by their letters alone stand behind.

        Cost:
            Some ms per name for 3,000,000 listed names.
        """
        found = self._find(queries, -inf, LEAST_NEAR, LIMIT_NEAR)
        if not queries or not self.size:
            return found
        written = [each.written for each in queries]
        rows, names, likeness = find_near(written, self.shelves, NEAR_LETTERS)
        near = Found(
            rows=rows,
            names=names,
            bounds=LETTERS_ALONE + np.rint(likeness * UNITS).astype(np.int64),
            ties=names.astype(np.uint64),
            kin=np.ones(len(rows), dtype=bool),
        )
        return sort_found([found, near])


def _count_keys(shelves: Sequence[Shelf]) -> int:
    """Return how many distinct names count."""
    keys = [each.live_keys() for each in shelves]
    if len(keys) == 1:
        return int(np.count_nonzero(np.diff(keys[0])) + 1) if len(keys[0]) else 0
    return len(sort_distinct(np.concatenate(keys))) if keys else 0
