"""Segments: parts of an index that are made once, kept as files, mapped into memory and shared.

The rarity of words is a table of its own, so nothing in a segment depends on what else is searched:
segments lie side by side, and a newer edition of a list takes an older segment, less the companies
that are gone, and a small one of those that are new.
"""

import hashlib
import json
import mmap
import os
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import DTypeLike

from answerable.engine.files import place_folder
from answerable.lists.cache import unfold_company
from answerable.lists.selection import end_listings
from answerable.matching.chunks import Chunk, unpack_words
from answerable.matching.spellings import hash_bones, hash_sounds, list_edit_keys, sort_keys
from answerable.matching.word_hashes import Numbers, hash_words, sort_distinct
from answerable.model import Company

FORM = "answerable.segment/2"
COMPANIES = "companies.jsonl"
CARD = "segment.json"
LINE_STARTS, LINE_DIGESTS = "line_starts.npy", "line_digests.npy"
_BLOCK = 1 << 16
_BLOCKS = 64


@dataclass(frozen=True, slots=True)
class Segment:
    """The names of some companies, ready to be searched.

    Args:
        last_days, owners, places, variants, keys, ties, costs, leads, outlines, hashes, postings,
        identifiers, identified: As in `Chunk`, identifiers in order of their hashes.
        outline_starts: Where the outline of each name begins; one more than names.
        starts: Where the names of each index word begin in `postings`; one more than words.
        gram_hashes, gram_postings, gram_sizes, gram_starts: Likewise of runs of three letters.
        by_key: Names in the order of their keys.
        rare: Words that may be looked for under other spellings, as one run of bytes.
        rare_starts: Where each begins, and the end.
        rare_hashes: Of each its hash.
        edit_keys, edit_words: Keys of `list_edit_keys` in order, and the place of the rare word.
        sound_keys, sound_words: Likewise of `hash_sounds`, whole sounds.
        bone_keys, bone_words: Likewise, consonants alone.
        sounds: Words that are written by sound alone, each ended by a blank.
    """

    last_days: Numbers
    owners: Numbers
    places: Numbers
    variants: Numbers
    keys: Numbers
    ties: Numbers
    costs: Numbers
    leads: Numbers
    outlines: Numbers
    outline_starts: Numbers
    hashes: Numbers
    starts: Numbers
    postings: Numbers
    gram_hashes: Numbers
    gram_starts: Numbers
    gram_postings: Numbers
    gram_sizes: Numbers
    identifiers: Numbers
    identified: Numbers
    by_key: Numbers
    rare: Numbers
    rare_starts: Numbers
    rare_hashes: Numbers
    edit_keys: Numbers
    edit_words: Numbers
    sound_keys: Numbers
    sound_words: Numbers
    bone_keys: Numbers
    bone_words: Numbers
    sounds: Numbers

    @property
    def size(self) -> int:
        """How many names there are."""
        return len(self.keys)

    def take_rare(self, places: Numbers) -> list[str]:
        """Return rare words by their places."""
        starts = self.rare_starts[places]
        lengths = self.rare_starts[places + 1] - starts
        ends = np.cumsum(lengths)
        letters = np.arange(int(lengths.sum())) + np.repeat(starts - ends + lengths, lengths)
        text: str = self.rare[letters].tobytes().decode("utf-8", "surrogatepass")
        return text.split(" ")[:-1]

    def take_outline(self, name: int) -> str:
        """Return the outline of a name, as `write_outline` wrote it."""
        start, end = self.outline_starts[name : name + 2].tolist()
        return self.outlines[start:end].tobytes().decode("utf-8", "surrogatepass")


class Companies(Protocol):
    """The companies of a segment, by their place."""

    def __getitem__(self, place: int, /) -> Company:
        """Return the company at a place."""

    def __len__(self) -> int:
        """Return how many there are."""


def join_chunks(chunks: Sequence[Chunk]) -> Segment:
    """Return the segment that chunks make together, whatever their sizes.

    Args:
        chunks: In the order of the companies.

    Cost:
        About 2 µs and 100 bytes per name.
    """
    companies = _offsets([len(each.last_days) for each in chunks])
    names = _offsets([len(each.keys) for each in chunks])
    words = [(each.hashes, each.counts, each.postings) for each in chunks]
    runs = [(each.gram_hashes, each.gram_counts, each.gram_postings) for each in chunks]
    hashes, starts, postings = _join_postings(words, names)
    grams = _join_postings(runs, names)
    identifiers = _join([each.identifiers for each in chunks], np.uint64)
    identified = _shift([each.identified for each in chunks], companies)
    order = np.lexsort((identified, identifiers))
    keys = _join([each.keys for each in chunks], np.uint64)
    rare = sorted(set[str]().union(*(unpack_words(each.rare) for each in chunks)))
    sounds = sorted(set[str]().union(*(unpack_words(each.sounds) for each in chunks)))
    edits = sort_keys(*list_edit_keys(rare))
    return Segment(
        last_days=_join([each.last_days for each in chunks], "S10"),
        owners=_shift([each.owners for each in chunks], companies),
        places=_join([each.places for each in chunks], np.int32),
        variants=_join([each.variants for each in chunks], np.int16),
        keys=keys,
        ties=_join([each.ties for each in chunks], np.uint64),
        costs=_join([each.costs for each in chunks], np.int32),
        leads=_join([each.leads for each in chunks], np.uint64),
        outlines=_join([each.outlines for each in chunks], np.uint8),
        outline_starts=_offsets(_join([each.outline_sizes for each in chunks], np.int64)),
        hashes=hashes,
        starts=starts,
        postings=postings,
        gram_hashes=grams[0],
        gram_starts=grams[1],
        gram_postings=grams[2],
        gram_sizes=_join([each.gram_sizes for each in chunks], np.int16),
        identifiers=identifiers[order],
        identified=identified[order],
        by_key=np.argsort(keys, kind="stable").astype(np.int32),
        rare=_bytes(rare),
        rare_starts=_offsets([len(word.encode("utf-8", "surrogatepass")) + 1 for word in rare]),
        rare_hashes=hash_words(rare),
        edit_keys=edits[0],
        edit_words=edits[1],
        **_sort_sounds(hash_sounds(rare), hash_bones(rare)),
        sounds=_bytes(sounds),
    )


def _bytes(words: Iterable[str]) -> Numbers:
    text = "".join(f"{word} " for word in words)
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def _sort_sounds(whole: Numbers, bones: Numbers) -> dict[str, Numbers]:
    sorted_sounds = {}
    for name, hashes in (("sound", whole), ("bone", bones)):
        heard = np.flatnonzero(hashes)
        order = heard[np.argsort(hashes[heard], kind="stable")]
        sorted_sounds[f"{name}_keys"] = hashes[order]
        sorted_sounds[f"{name}_words"] = order.astype(np.int32)
    return sorted_sounds


def _offsets(lengths: Sequence[int] | Numbers) -> Numbers:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths, dtype=np.int64)))


def _join(arrays: Sequence[Numbers], kind: DTypeLike) -> Numbers:
    return np.concatenate([np.zeros(0, dtype=kind), *arrays])


def _shift(arrays: Sequence[Numbers], offsets: Numbers) -> Numbers:
    shifted = [each + offset for each, offset in zip(arrays, offsets, strict=False)]
    return _join(shifted, np.int32).astype(np.int32)


Postings = tuple[Numbers, Numbers, Numbers]
"""Hashes in order, counts (or starts) of the names that hold each, and these names."""


def _join_postings(parts: Sequence[Postings], offsets: Numbers) -> Postings:
    """Return distinct hashes in order, where the names of each begin, and the names."""
    distinct = sort_distinct(_join([hashes for hashes, _, _ in parts], np.uint64))
    places = [np.searchsorted(distinct, hashes) for hashes, _, _ in parts]
    totals = np.zeros(len(distinct), dtype=np.int64)
    for place, (_, counts, _) in zip(places, parts, strict=True):
        totals[place] += counts
    starts = _offsets(totals)
    filled = starts[:-1].copy()
    joined = np.empty(int(starts[-1]), dtype=np.int32)
    for place, (_, counts, names), offset in zip(places, parts, offsets, strict=False):
        before = np.cumsum(counts, dtype=np.int64) - counts
        joined[np.repeat(filled[place] - before, counts) + np.arange(len(names))] = names + offset
        filled[place] += counts
    return distinct, starts, joined


class KeptCompanies:
    """Companies as JSON lines in a file that is mapped into memory, read when they are asked for.

    Args:
        path: The file.
        edition: Edition that listings and links are to carry.
        as_of: Day, ISO; listings that ended before it are given as removed.
        starts: Where each line begins, and the end of the file.
    """

    def __init__(self, path: Path, edition: str, as_of: str, starts: Numbers) -> None:
        self._edition = edition
        self._as_of = as_of
        self._starts = starts
        with path.open("rb") as file:
            empty = os.fstat(file.fileno()).st_size == 0
            self._lines = b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def __getitem__(self, place: int) -> Company:
        """Return the company at a place."""
        line = self._lines[self._starts[place] : self._starts[place + 1]]
        return end_listings(unfold_company(json.loads(line), self._edition), self._as_of)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._starts) - 1


def write_segment(folder: Path, segment: Segment, lines: Sequence[bytes]) -> None:
    """Keep a segment as files that another process can map into its memory.

    Args:
        folder: Must not exist; it is there whole or not at all.
        segment: The segment.
        lines: Its companies, as `cache.fold_line` makes them.

    Raises:
        OutputUnwritable: The folder exists already, or the disk refused it.
    """
    with place_folder(folder) as part:
        with (part / COMPANIES).open("wb") as file:
            file.writelines(lines)
        _sync(part / COMPANIES)
        _write_array(part / LINE_STARTS, _offsets(list(map(len, lines))))
        _write_array(part / LINE_DIGESTS, digest_lines(lines))
        for each in fields(segment):
            _write_array(part / f"{each.name}.npy", getattr(segment, each.name))
        digests = {path.name: _digest(path) for path in sorted(part.iterdir())}
        card = {"form": FORM, "names": segment.size, "companies": len(lines), "files": digests}
        (part / CARD).write_text(json.dumps(card, indent=1), encoding="utf-8")
        _sync(part / CARD)


def digest_lines(lines: Iterable[bytes]) -> Numbers:
    """Return a 64-bit digest of each line."""
    digests = (hashlib.blake2b(line, digest_size=8).digest() for line in lines)
    return np.frombuffer(b"".join(digests), dtype="<u8")


def _write_array(path: Path, array: Numbers) -> None:
    np.save(path, array, allow_pickle=False)
    _sync(path)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _digest(path: Path) -> list[int]:
    """Return a file's size, and a checksum: of a large one, of its ends and of blocks between them.

    Large files whole would take seconds each time; damage that happens, files cut short or never
    written out, is seen in this.
    """
    size = path.stat().st_size
    if size <= _BLOCK * _BLOCKS:
        return [size, zlib.crc32(path.read_bytes())]
    check = 0
    with path.open("rb") as file:
        for block in range(_BLOCKS):
            file.seek((size - _BLOCK) * block // (_BLOCKS - 1))
            check = zlib.crc32(file.read(_BLOCK), check)
    return [size, check]


def is_whole(folder: Path) -> bool:
    """Tell whether a segment is there as it was written.

    Cost:
        3,000,000 names in about 0.1 s.
    """
    try:
        card = json.loads((folder / CARD).read_text(encoding="utf-8"))
        needed = {COMPANIES, LINE_STARTS, *(f"{each.name}.npy" for each in fields(Segment))}
        found = {name: _digest(folder / name) for name in card["files"]}
        return bool(card["form"] == FORM and found == card["files"] and needed <= found.keys())
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def open_segment(folder: Path, edition: str, as_of: str) -> tuple[Segment, KeptCompanies]:
    """Map a segment that is whole into memory.

    Args:
        folder: As written.
        edition: Edition that its companies' listings carry.
        as_of: Day, ISO; listings that ended before it are given as removed.

    Returns:
        The segment and its companies.
    """
    arrays = {each.name: open_array(folder / f"{each.name}.npy") for each in fields(Segment)}
    starts = open_array(folder / LINE_STARTS)
    return Segment(**arrays), KeptCompanies(folder / COMPANIES, edition, as_of, starts)


def open_array(path: Path) -> Numbers:
    """Map an array that was kept into memory."""
    empty = path.stat().st_size < 160 and not np.load(path, allow_pickle=False).size
    return np.asarray(np.load(path, mmap_mode=None if empty else "r", allow_pickle=False))
