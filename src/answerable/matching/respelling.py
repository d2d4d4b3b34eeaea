"""Words of suppliers' names that hardly a listed name holds, and the words they may stand for."""

from collections.abc import Iterator, Sequence

import numpy as np

from answerable.matching.index_words import NameColumns, to_units
from answerable.matching.names import NameParts
from answerable.matching.shelves import Shelf
from answerable.matching.spellings import (
    MOST_HEARD,
    hash_bones,
    hash_sounds,
    keep_near,
    list_edit_keys,
    order_keys,
)
from answerable.matching.word_hashes import Numbers, hash_words, sort_distinct
from answerable.matching.words import cost_alone, credit_alike

SPELLINGS = 3
"""Listed words that an unknown word may be a spelling of, at most."""

FEW_HOLD = 50
"""Listed names that may hold a word that is looked for under other spellings all the same."""

MOST_KEPT = 300_000
"""Words whose spellings are remembered."""

Asking = tuple[str, bool]
"""A word, and whether it is written by its sound alone."""

Spellings = tuple[Sequence[int], Sequence[int]]
"""Hashes of listed words, and what each adds with what it would cost alone, in units."""

_NONE: Spellings = ((), ())


class Respelling:
    """Finds and remembers which listed words an unknown word may stand for.

    Args:
        shelves: Where listed words are found.
    """

    def __init__(self, shelves: Sequence[Shelf]) -> None:
        self._shelves = shelves
        self._sounds = frozenset[str]().union(*(each.sounds for each in shelves))
        self._found: dict[tuple[str, bool], Spellings] = {}

    def respell(
        self, columns: NameColumns, names: Sequence[NameParts]
    ) -> tuple[Numbers, Numbers, Numbers]:
        """Return the listed words that unknown rare words of names may stand for.

        Args:
            columns: The names, laid out.
            names: The same names.

        Returns:
            Names, hashes of listed words, and their values in units, three arrays of one length.
        """
        at = np.flatnonzero(self._is_unknown(columns)[columns.core])
        rows = columns.core_rows()[at].tolist()
        words = [columns.facts.words[number] for number in columns.core[at].tolist()]
        asked = [(word, word in names[row].sounds) for row, word in zip(rows, words, strict=True)]
        self._resolve(asked)
        found = [self._found[each] for each in asked]
        counts = [len(hashes) for hashes, _ in found]
        return (
            np.repeat(np.array(rows, dtype=np.int64), counts),
            np.array([each for hashes, _ in found for each in hashes], dtype=np.uint64),
            np.array([each for _, values in found for each in values], dtype=np.int64),
        )

    def _is_unknown(self, columns: NameColumns) -> Numbers:
        """Return for all words so far whether they are rare and hardly a listed name holds them."""
        numbers = sort_distinct(columns.core)
        numbers = numbers[columns.facts.rare[numbers]]
        hashes = columns.facts.hashes[numbers]
        held = sum((each.find_words(hashes)[1] for each in self._shelves), np.zeros(len(numbers)))
        unknown = np.zeros(len(columns.facts.words), dtype=bool)
        unknown[numbers[held <= FEW_HOLD]] = True
        return unknown

    def _resolve(self, asked: Sequence[Asking]) -> None:
        if len(self._found) > MOST_KEPT:
            self._found.clear()
        fresh = sorted({each for each in asked if each not in self._found})
        near: dict[Asking, dict[str, float]] = {}
        heard: dict[Asking, dict[str, float]] = {}
        pairs = (*self._pair_edits(fresh), *self._pair_sounds(fresh), *self._pair_bones(fresh))
        for asking, other in pairs:
            word, sounded = asking
            sounds = self._sounds | {word} if sounded else self._sounds
            credit = credit_alike(word, other, sounds)
            if credit > 0 and other != word:
                found = heard if sounded or other in self._sounds else near
                found.setdefault(asking, {})[other] = credit
        self._found.update(dict.fromkeys(fresh, _NONE))
        self._keep(
            {
                each: _best(near.get(each, {}), SPELLINGS) | _best(heard.get(each, {}), MOST_HEARD)
                for each in near.keys() | heard.keys()
            }
        )

    def _keep(self, found: dict[Asking, dict[str, float]]) -> None:
        """Remember what asked words may stand for, as hashes and values."""
        others = list({other for each in found.values() for other in each})
        numbers = {other: at for at, other in enumerate(others)}
        hashes = hash_words(others).tolist()
        costs = [to_units(cost_alone(other)) for other in others]
        for asking, worth in found.items():
            own = to_units(cost_alone(asking[0]))
            at = [numbers[other] for other in worth]
            values = [
                to_units(credit) + own + costs[place]
                for place, credit in zip(at, worth.values(), strict=True)
            ]
            self._found[asking] = [hashes[place] for place in at], values

    def _pair_edits(self, asked: Sequence[Asking]) -> Iterator[tuple[Asking, str]]:
        """Yield asked and listed words that differ by few letters."""
        words = [word for word, _ in asked]
        keys = order_keys(*list_edit_keys(words))
        for shelf in self._shelves if words else ():
            places, others = shelf.pair_edits(*keys)
            near = keep_near([words[at] for at in places.tolist()], others)
            for at in np.flatnonzero(near).tolist():
                yield asked[places[at]], others[at]

    def _pair_sounds(self, asked: Sequence[Asking]) -> Iterator[tuple[Asking, str]]:
        """Yield asked and listed words that sound alike."""
        keys = _order_heard(hash_sounds(word for word, _ in asked))
        for shelf in self._shelves if asked else ():
            places, others = shelf.pair_sounds(*keys)
            yield from (
                (asked[at], other) for at, other in zip(places.tolist(), others, strict=True)
            )

    def _pair_bones(self, asked: Sequence[Asking]) -> Iterator[tuple[Asking, str]]:
        """Yield asked and listed words of the same consonants, one of another script."""
        asked = [each for each in asked if each[1] or self._sounds]
        keys = _order_heard(hash_bones(word for word, _ in asked))
        for shelf in self._shelves if asked else ():
            places, others = shelf.pair_bones(*keys)
            for at, other in zip(places.tolist(), others, strict=True):
                if asked[at][1] or other in self._sounds:
                    yield asked[at], other


def _order_heard(hashes: Numbers) -> tuple[Numbers, Numbers]:
    """Return the hashes of sounds that say something, in order, and whose they are."""
    heard = np.flatnonzero(hashes)
    return order_keys(hashes[heard], heard)


def _best(found: dict[str, float], most: int) -> dict[str, float]:
    """Return the words that are worth most, of those the shorter ones."""
    if len(found) < 2:
        return found
    return dict(sorted(found.items(), key=lambda each: (-each[1], len(each[0]), each[0]))[:most])
