"""The names that are searched, and the few that a supplier's name is compared with.

Vocabularies first, names second: a word that no listed name holds is resolved once to the listed
words that it may be a spelling of, by shared runs of three letters; then one sparse product gives
for every supplier the listed names that share enough rare words. No pair is looked at twice, and
most are never looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from answerable.matching.names import NameParts
from answerable.matching.rarity import measure_rarity
from answerable.matching.readings import list_parts
from answerable.matching.scripts import fold_sound, skeleton
from answerable.matching.weights import (
    PLACE_AGREES,
    Side,
    cost_alone,
    credit_alike,
    credit_word,
    is_unusual,
    prior_among,
)
from answerable.model import Company, Identifier

CANDIDATES = 100
"""Listed names that a supplier's name is compared with, at most."""

BONUSES = 6.0
"""What places, numbers, forms and the possible range may add to shared words, generously."""

SLACK = 3.0
"""How far the quick bound on a pair's score may be too low: words spelled alike that it missed."""

SPELLINGS = 3
"""Listed words that an unknown word may stand for, at most."""

SOUNDS = 20
"""Listed words that an unknown word may sound like, at most."""

LEAST_ALIKE = 0.4
"""Cosine of three-letter runs from which two words are looked at as spellings of one."""


JOINED, PAIR, PLACE = "+", "~", "@"
"""Marks of index words: two joined neighbours, two signs of an unspaced word, a place."""

SIGNS = JOINED + PAIR + PLACE


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name of a listed company as it is searched."""

    company: Company
    printed: str
    side: Side


class NameIndex:
    """The names of listed companies, ready to be searched.

    Args:
        companies: Companies to search; nodes that are no legal persons are passed over.

    Attributes:
        names: The listed names, in the order of the companies.
        size: Number of distinct names, by which the prior is divided.
        prior: Reason before any comparison, which falls with the number of names.
        least_shared: What the shared words of a candidate must add; with less, no score matters.

    Cost:
        About 60 µs and 2 kB per name to build.

    Example:
        >>> from answerable.matching.names import take_apart
        >>> from answerable.model import Name
        >>> index = NameIndex([Company("x:1", "Company", (Name("Zyxomatic Mills Ltd"),))])
        >>> [[found]] = index.search([take_apart("Zyxomatik Mills")])
        >>> index.names[found].printed
        'Zyxomatic Mills Ltd'
    """

    def __init__(self, companies: Iterable[Company]) -> None:
        self.names = [name for company in companies for name in _list_names(company)]
        self.size = len({name.side.parts.key for name in self.names})
        self.prior = prior_among(self.size)
        self.least_shared = min(10.0, max(1.0, -self.prior.log_odds - BONUSES))
        self._by_identifier = _index_identifiers(self.names)
        self._by_key: dict[str, list[int]] = {}
        for position, name in enumerate(self.names):
            self._by_key.setdefault(name.side.parts.key, []).append(position)
        self._vocabulary: dict[str, int] = {}
        rows = [_features(name.side.parts) for name in self.names]
        for row in rows:
            for word in row:
                self._vocabulary.setdefault(word, len(self._vocabulary))
        self._matrix = self._to_matrix([dict.fromkeys(row, 1.0) for row in rows])
        parts = [name.side.parts for name in self.names]
        self._sounds = frozenset[str]().union(*(each.sounds for each in parts))
        self._rare_words = sorted(
            word
            for word in self._vocabulary
            if len(word) > 3 and word[0] not in SIGNS and measure_rarity(word) > 7
        )
        self._lone = _lone_costs(parts)
        self._leads = self._lead_words(parts, unknown=-1)

    def find_identified(self, identifiers: Iterable[Identifier]) -> list[tuple[Company, str]]:
        """Return the companies that share an identifier that identifies, with how it reads.

        Returns:
            Pairs of company and, for instance, `LEI 5493…`; by company id, no repeats.
        """
        found: dict[str, tuple[Company, str]] = {}
        for identifier in identifiers:
            for company in self._by_identifier.get(identifier.key, []):
                shown = f"{identifier.scheme} {identifier.value}"
                found.setdefault(company.id, (company, shown))
        return [found[company_id] for company_id in sorted(found)]

    def search(
        self, queries: Sequence[NameParts], *, floor: float = -2.2, least: float | None = None
    ) -> list[list[int]]:
        """Return for each name the positions in `names` that it should be compared with.

        Args:
            queries: Names taken apart.
            floor: Score below which a pair is not worth a look, in log-odds.
            least: What the shared words of a candidate must add; by default `least_shared`.

        Returns:
            A list per query, in the order of `names`: those of the same key, and of the
            `CANDIDATES` that share most those whose score could reach the floor or whose leading
            word is shared and rare; empty where there is none.

        Cost:
            One product of two sparse matrices: 121,374 names against 30,000 in about 2 s.
        """
        if not self.names or not queries:
            return [[] for _ in queries]
        spellings = self._find_spellings(queries)
        rows = [self._resolve(query, spellings) for query in queries]
        product = sp_matmul_topn(
            self._to_matrix(rows),
            self._matrix.T.tocsr(),
            top_n=CANDIDATES,
            threshold=self.least_shared if least is None else least,
        )
        starts, columns = self._keep_promising(product, queries, floor)
        return [
            sorted({*columns[starts[row] : starts[row + 1]], *self._by_key.get(query.key, ())})
            for row, query in enumerate(queries)
        ]

    def _keep_promising(
        self, product: sparse.csr_matrix, queries: Sequence[NameParts], floor: float
    ) -> tuple[list[int], list[int]]:
        """Return starts and columns of the pairs whose score could matter.

        The product holds what shared words add, and what they would cost if they stood alone on
        both sides; without the cost of all words of both names, that bounds the pair's score.
        """
        rows = np.repeat(np.arange(len(queries)), np.diff(product.indptr))
        columns = product.indices
        shared = product.data - _lone_costs(queries)[rows] - self._lone[columns]
        lead = self._lead_words(queries, unknown=-2)[rows] == self._leads[columns]
        kept = (shared + self.prior.log_odds + BONUSES + SLACK >= floor) | lead
        starts = np.concatenate(([0], np.cumsum(np.bincount(rows[kept], minlength=len(queries)))))
        return starts.tolist(), columns[kept].tolist()

    def _lead_words(self, names: Sequence[NameParts], unknown: int) -> np.ndarray[Any, Any]:
        """Return the leading word of each name as its number, where it is unusual."""
        leads = [name.core[0] if name.core and is_unusual(name.core[0]) else "" for name in names]
        return np.array([self._vocabulary.get(lead, unknown) for lead in leads])

    def _resolve(
        self, parts: NameParts, spellings: dict[str, dict[str, float]]
    ) -> dict[str, float]:
        """Return the index words that a name's words stand for, each with the share it is worth."""
        joined = [first + second for first, second in _neighbours(parts)]
        also = (word for slot in parts.slots for way in slot for word in way)
        marked = (*(JOINED + word for word in parts.core), *_sign_pairs(parts), *_places(parts))
        asked = [*parts.core, *joined, "".join(parts.core), *marked, *also]
        resolved = {word: 1.0 for word in asked if word in self._vocabulary}
        for word in parts.core:
            for near, worth in spellings.get(word, {}).items():
                resolved[near] = max(worth, resolved.get(near, 0.0))
        return resolved

    def _find_spellings(self, queries: Sequence[NameParts]) -> dict[str, dict[str, float]]:
        """Return for each rare word of the queries the listed words that it may spell."""
        sounds = self._sounds.union(*(query.sounds for query in queries))
        asked = sorted(
            word
            for word in {word for query in queries for word in query.core}
            if len(word) > 3 and word not in self._vocabulary and measure_rarity(word) > 7
        )
        spellings: dict[str, dict[str, float]] = {}
        for word, other in (*self._pair_grams(asked), *self._pair_sounds(asked, sounds)):
            credit = credit_alike(word, other, sounds)
            if credit > 0:
                worth = (credit + cost_alone(word) + cost_alone(other)) / _value(other)
                spellings.setdefault(word, {})[other] = worth
        return spellings

    def _pair_grams(self, asked: Sequence[str]) -> Iterable[tuple[str, str]]:
        """Yield pairs of an asked and a listed word that share runs of three letters."""
        listed = self._rare_words
        if not asked or not listed:
            return
        grams: dict[str, int] = {}
        right = _gram_matrix(listed, grams, grow=True)
        left = _gram_matrix(asked, grams, grow=False)
        near = sp_matmul_topn(left, right.T.tocsr(), top_n=SPELLINGS, threshold=LEAST_ALIKE)
        for row, word in enumerate(asked):
            for column in near.indices[near.indptr[row] : near.indptr[row + 1]]:
                yield word, listed[column]

    def _pair_sounds(
        self, asked: Sequence[str], sounds: frozenset[str]
    ) -> Iterable[tuple[str, str]]:
        """Yield pairs of an asked and a listed word that sound alike, one of another script."""
        for level in (fold_sound, skeleton) if sounds else ():
            heard: dict[str, list[str]] = {}
            for word in self._rare_words:
                heard.setdefault(level(word), []).append(word)
            for word in asked:
                for other in heard.get(level(word), [])[:SOUNDS]:
                    if len(level(word)) > 2 and (word in sounds or other in sounds):
                        yield word, other

    def _to_matrix(self, rows: Sequence[dict[str, float]]) -> sparse.csr_matrix:
        """Return names by words; the product of two rows is the value of their shared words."""
        starts = np.zeros(len(rows) + 1, dtype=np.int64)
        columns: list[int] = []
        values: list[float] = []
        for position, row in enumerate(rows):
            for word, worth in row.items():
                columns.append(self._vocabulary[word])
                values.append(worth * _value(word) ** 0.5)
            starts[position + 1] = len(columns)
        return sparse.csr_matrix(
            (np.array(values), np.array(columns, dtype=np.int64), starts),
            shape=(len(rows), len(self._vocabulary)),
        )


@lru_cache(maxsize=500_000)
def _value(word: str) -> float:
    """Return what an index word adds if shared, and what it would cost alone on both sides.

    For joined neighbours, two words of one side are one of the other: they cost at most twice.
    """
    if word[0] == PLACE:
        return PLACE_AGREES
    plain = word.lstrip(SIGNS)
    sides = 4.0 if word != plain else 2.0
    return credit_word(plain) + sides * cost_alone(plain)


def _lone_costs(names: Sequence[NameParts]) -> np.ndarray[Any, Any]:
    """Return what each name's words would cost if none of them were shared."""
    return np.array([sum(map(cost_alone, set(name.core))) for name in names])


def _list_names(company: Company) -> Iterable[ListedName]:
    if not company.is_legal_person:
        return
    identifiers = {each.scheme: each.value for each in company.identifiers if each.key}
    seen: set[str] = set()
    for name in company.names:
        for parts in list_parts(name.value):
            if parts.core and parts.key not in seen:
                seen.add(parts.key)
                yield ListedName(company, name.value, Side(parts, company.countries, identifiers))


def _index_identifiers(names: Sequence[ListedName]) -> dict[object, list[Company]]:
    companies = {name.company.id: name.company for name in names}
    found: dict[object, list[Company]] = {}
    for company in companies.values():
        for identifier in company.identifiers:
            if identifier.key:
                found.setdefault(identifier.key, []).append(company)
    return found


def _features(parts: NameParts) -> dict[str, None]:
    """Return the words by which a listed name is found: core words, joined neighbours, sign pairs.

    Joined neighbours are marked, so that they are found by one word of a query ("hai ge" by
    "haige") and not by the same two neighbours, which are found by themselves.
    """
    joined = (JOINED + first + second for first, second in _neighbours(parts))
    whole = (JOINED + "".join(parts.core),) if len(parts.core) > 2 else ()
    also = (word for slot in parts.slots for way in slot for word in way)
    marked = (*joined, *whole, *_sign_pairs(parts), *_places(parts))
    return dict.fromkeys((*parts.core, *marked, *also))


def _places(parts: NameParts) -> Iterable[str]:
    return (PLACE + place.key for place in parts.places)


def _neighbours(parts: NameParts) -> Iterable[tuple[str, str]]:
    return (pair for pair in pairwise(parts.core) if pair[0].isascii() and pair[1].isascii())


def _sign_pairs(parts: NameParts) -> Iterable[str]:
    """Return the pairs of signs of unspaced words in Han, Kana or Hangul."""
    for word in parts.core:
        if "\u3040" <= word[0] <= "\ud7ff" and len(word) > 2:
            yield from (PAIR + first + second for first, second in pairwise(word))


def _gram_matrix(words: Sequence[str], grams: dict[str, int], *, grow: bool) -> sparse.csr_matrix:
    """Return words by their runs of three letters, each row of length one."""
    starts = np.zeros(len(words) + 1, dtype=np.int64)
    columns: list[int] = []
    for position, word in enumerate(words):
        padded = f"^{word}$"
        runs = {padded[at : at + 3] for at in range(len(padded) - 2)}
        if grow:
            columns.extend(grams.setdefault(run, len(grams)) for run in sorted(runs))
        else:
            columns.extend(grams[run] for run in sorted(runs) if run in grams)
        starts[position + 1] = len(columns)
    lengths = np.repeat(np.diff(starts), np.diff(starts))
    values = 1.0 / np.sqrt(np.maximum(lengths, 1))
    return sparse.csr_matrix(
        (values, np.array(columns, dtype=np.int64), starts), shape=(len(words), max(1, len(grams)))
    )
