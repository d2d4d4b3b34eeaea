"""A segment as it is searched: which of its names still count, and where its words are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from answerable.matching.chunks import unpack_words
from answerable.matching.index_segments import Companies, Segment
from answerable.matching.spellings import pair_keys
from answerable.matching.word_hashes import Numbers

TIE_SHARE = 2.0**-16
"""Share of a unit by which names of one worth are told apart, too little to change any sum."""


@dataclass(frozen=True)
class Shelf:
    """A segment, its companies, and which of them count.

    Args:
        segment: The names.
        companies: Their companies.
        standing: Of each company whether it counts; None if all do.
        offset: How many names stand on the shelves before.
    """

    segment: Segment
    companies: Companies
    standing: Numbers | None = None
    offset: int = 0

    @cached_property
    def alive(self) -> Numbers | None:
        """Of each name whether it counts; None if all do."""
        return None if self.standing is None else self.standing[self.segment.owners]

    @cached_property
    def sounds(self) -> frozenset[str]:
        """Words of listed names that are written by sound alone."""
        return frozenset(unpack_words(self.segment.sounds[:-1]))

    @cached_property
    def counts(self) -> Numbers:
        """How many names that count hold each index word."""
        return self._count(self.segment.starts, self.segment.postings)

    @cached_property
    def keys(self) -> Numbers:
        """The keys of the names in order."""
        return np.asarray(self.segment.keys[self.segment.by_key])

    @cached_property
    def tie_shares(self) -> Numbers:
        """Of each name a share that tells names of one worth apart: the shorter name first."""
        costs = np.minimum(self.segment.costs, (1 << 14) - 1).astype(np.float64)
        ties = (self.segment.ties >> np.uint64(44)).astype(np.float64)  # 20 bits
        share = 1.0 - (costs + ties / 2.0**20) / 2.0**14
        return np.asarray(share * TIE_SHARE)

    def live_keys(self) -> Numbers:
        """Return the keys of the names that count, in order."""
        return self.keys if self.alive is None else self.keys[self.alive[self.segment.by_key]]

    def counts_company(self, place: int) -> bool:
        """Tell whether a company counts."""
        return self.standing is None or bool(self.standing[place])

    @cached_property
    def gram_counts(self) -> Numbers:
        """How many names that count hold each run of letters."""
        return self._count(self.segment.gram_starts, self.segment.gram_postings)

    def _count(self, starts: Numbers, postings: Numbers) -> Numbers:
        if self.alive is None or not len(postings):
            return np.diff(starts)
        return np.add.reduceat(self.alive[postings], starts[:-1], dtype=np.int64)

    def find_words(self, hashes: Numbers) -> tuple[Numbers, Numbers]:
        """Return for hashes the number of the index word, and how many names hold it (0: none)."""
        return _look_up(hashes, self.segment.hashes, self.counts)

    def find_grams(self, hashes: Numbers) -> tuple[Numbers, Numbers]:
        """Return likewise for hashes of runs of letters."""
        return _look_up(hashes, self.segment.gram_hashes, self.gram_counts)

    def take_names(self, word: int) -> Numbers:
        """Return the names that hold an index word, in order."""
        start, end = self.segment.starts[word : word + 2]
        names = self.segment.postings[start:end]
        return names if self.alive is None else names[self.alive[names]]

    def gather_names(self, words: Numbers) -> tuple[Numbers, Numbers]:
        """Return the names that hold each of some index words, and where those of each begin."""
        return self._gather(words, self.segment.starts, self.segment.postings)

    def gather_grams(self, runs: Numbers) -> tuple[Numbers, Numbers]:
        """Return likewise for runs of letters."""
        return self._gather(runs, self.segment.gram_starts, self.segment.gram_postings)

    def _gather(
        self, places: Numbers, starts: Numbers, postings: Numbers
    ) -> tuple[Numbers, Numbers]:
        lengths = starts[places + 1] - starts[places]
        begins = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths)))
        shift = np.repeat(starts[places] - begins[:-1], lengths)
        names = postings[shift + np.arange(int(begins[-1]))]
        if self.alive is None:
            return names, begins
        kept = self.alive[names]
        owners = np.repeat(np.arange(len(places)), lengths)[kept]
        counts = np.bincount(owners, minlength=len(places))
        return names[kept], np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))

    def find_keys(self, keys: Numbers) -> tuple[Numbers, Numbers]:
        """Return pairs of a place in `keys` and a name of that key that counts."""
        low = np.searchsorted(self.keys, keys, side="left")
        counts = np.searchsorted(self.keys, keys, side="right") - low
        starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
        within = np.arange(int(starts[-1])) - np.repeat(starts[:-1], counts)
        names = self.segment.by_key[np.repeat(low, counts) + within]
        asked = np.repeat(np.arange(len(keys)), counts)
        if self.alive is None:
            return asked, names
        kept = self.alive[names]
        return asked[kept], names[kept]

    def find_identifier(self, key: int) -> Iterator[int]:
        """Yield the companies that have an identifier with this hash."""
        kept, sought = self.segment.identifiers, np.uint64(key)
        low, high = (int(np.searchsorted(kept, sought, side=side)) for side in ("left", "right"))
        yield from self.segment.identified[low:high].tolist()

    def pair_edits(self, keys: Numbers, places: Numbers) -> tuple[Numbers, list[str]]:
        """Return pairs of words that share a key of `list_edit_keys`, and so may be spellings.

        Args:
            keys: Keys of asked words, in order.
            places: The asked word of each.

        Returns:
            Of each pair the place of the asked word, and a rare word here.
        """
        return self._words_of(
            pair_keys(keys, places, self.segment.edit_keys, self.segment.edit_words)
        )

    def pair_sounds(self, keys: Numbers, places: Numbers) -> tuple[Numbers, list[str]]:
        """Return likewise pairs that share a hash of whole sounds."""
        return self._words_of(
            pair_keys(keys, places, self.segment.sound_keys, self.segment.sound_words)
        )

    def pair_bones(self, keys: Numbers, places: Numbers) -> tuple[Numbers, list[str]]:
        """Return likewise pairs that share a hash of consonants."""
        return self._words_of(
            pair_keys(keys, places, self.segment.bone_keys, self.segment.bone_words)
        )

    def _words_of(self, pairs: Numbers) -> tuple[Numbers, list[str]]:
        asked, rare = pairs
        if self.alive is not None and len(rare):
            kept = self.find_words(self.segment.rare_hashes[rare])[1] > 0
            asked, rare = asked[kept], rare[kept]
        return asked, self.segment.take_rare(rare)


def _look_up(hashes: Numbers, kept: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    if not len(kept):
        nothing = np.zeros(len(hashes), dtype=np.int64)
        return nothing, nothing
    at = np.minimum(np.searchsorted(kept, hashes), len(kept) - 1)
    return at, np.where(kept[at] == hashes, counts[at], 0)
