"""Listed names read by the chunk: what an index keeps of some thousand companies, as arrays.

Chunks are read in any process, each for itself; `index_segments` puts them together.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from io import BytesIO

import numpy as np

from answerable.matching.index_words import (
    WordFacts,
    find_leads,
    is_spelled,
    lay_out,
    list_features,
    sum_costs,
)
from answerable.matching.names import NameParts
from answerable.matching.prospects import write_outline
from answerable.matching.readings import list_parts
from answerable.matching.word_hashes import Numbers, hash_grams, hash_words, sort_distinct
from answerable.model import Company, Identifier

NEVER, ALWAYS = b"0000-00-00", b"9999-12-31"
"""Last days of companies that are on no list, and of those whose listing has no end."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What an index keeps of some companies.

    Args:
        last_days: Of each company the last day on which it is listed, ISO, as bytes.
        owners: Of each name its company's place in the chunk.
        places: Of each name its place among the company's names.
        variants: Of each name which of its ways to be compared it is (see `list_parts`).
        keys: Of each name the hash of its key.
        ties: Of each name a number that decides between names of one worth.
        costs: Of each name what its words would cost if none were shared.
        leads: Of each name the hash of its leading word where that is unusual, else 0.
        outlines: What a quick look needs of the names (`write_outline`), as one run of bytes.
        outline_sizes: Of each name how many bytes of it are its own.
        hashes: Hashes of the index words, in order.
        counts: Of each index word how many names hold it.
        postings: The names that hold each index word, in order, word after word.
        gram_hashes, gram_counts, gram_postings: Likewise of runs of three letters, of names
            as written.
        gram_sizes: Of each name how many runs it has.
        identifiers: Hashes of identifiers.
        identified: Of each identifier its company's place.
        rare: Words that may be looked for under other spellings, in order, each ended by a blank.
        sounds: Words that are written by sound alone, likewise.
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
    outline_sizes: Numbers
    hashes: Numbers
    counts: Numbers
    postings: Numbers
    gram_hashes: Numbers
    gram_counts: Numbers
    gram_postings: Numbers
    gram_sizes: Numbers
    identifiers: Numbers
    identified: Numbers
    rare: Numbers
    sounds: Numbers


def pack_chunk(chunk: Chunk) -> bytes:
    """Return a chunk as bytes, to be sent to another process."""
    file = BytesIO()
    np.savez(file, **{each.name: getattr(chunk, each.name) for each in fields(chunk)})
    return file.getvalue()


def unpack_chunk(data: bytes) -> Chunk:
    """Return a chunk from its bytes."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return Chunk(**{each.name: arrays[each.name] for each in fields(Chunk)})


def read_chunk(companies: Sequence[Company]) -> Chunk:
    """Return what an index keeps of companies.

    Args:
        companies: Any; of nodes that are no legal persons no name is kept.

    Cost:
        About 60 µs per name.

    Example:
        >>> from answerable.model import Name
        >>> chunk = read_chunk([Company("x:1", "Company", (Name("Zyxomatic Mills Ltd"),))])
        >>> len(chunk.keys), len(chunk.hashes)
        (1, 3)
    """
    names = list(_list_names(companies))
    parts = [each[3] for each in names]
    columns = lay_out(parts, facts := WordFacts())
    hashes, counts, postings = _group(*list_features(columns))
    runs, holders = hash_grams([each.written for each in parts])
    grams = _group(runs, holders)
    identifiers = [(key, at) for at, each in enumerate(companies) for key in _keys(each)]
    sounds = set[str]().union(*(each.sounds for each in parts))
    outlines = [write_outline(each).encode("utf-8", "surrogatepass") for each in parts]
    return Chunk(
        last_days=np.array([find_last_day(each) for each in companies], dtype="S10"),
        owners=np.array([each[0] for each in names], dtype=np.int32),
        places=np.array([each[1] for each in names], dtype=np.int32),
        variants=np.array([each[2] for each in names], dtype=np.int16),
        keys=hash_words([each.key for each in parts]),
        ties=hash_words([f"{companies[c].id}\x1f{at}\x1f{way}" for c, at, way, _ in names]),
        costs=sum_costs(columns).astype(np.int32),
        leads=find_leads(columns),
        outlines=np.frombuffer(b"".join(outlines), dtype=np.uint8),
        outline_sizes=np.array(list(map(len, outlines)), dtype=np.int32),
        hashes=hashes,
        counts=counts,
        postings=postings,
        gram_hashes=grams[0],
        gram_counts=grams[1],
        gram_postings=grams[2],
        gram_sizes=np.bincount(holders, minlength=len(parts)).astype(np.int16),
        identifiers=np.array([key for key, _ in identifiers], dtype=np.uint64),
        identified=np.array([at for _, at in identifiers], dtype=np.int32),
        rare=pack_words(filter(is_spelled, facts.words)),
        sounds=pack_words(sounds),
    )


def pack_words(words: Iterable[str]) -> Numbers:
    """Return words in order as an array of bytes."""
    text = " ".join(sorted(words))
    return np.frombuffer(text.encode("utf-8", "surrogatepass"), dtype=np.uint8)


def unpack_words(array: Numbers) -> list[str]:
    """Return the words of `pack_words`."""
    return array.tobytes().decode("utf-8", "surrogatepass").split(" ") if len(array) else []


def _list_names(companies: Sequence[Company]) -> Iterable[tuple[int, int, int, NameParts]]:
    """Yield the places of company, name and variant, and the name; no key twice in a company."""
    for at, company in enumerate(companies):
        if not company.is_legal_person:
            continue
        seen: set[str] = set()
        for place, name in enumerate(company.names):
            for variant, parts in enumerate(list_parts(name.value)):
                if parts.core and parts.key not in seen:
                    seen.add(parts.key)
                    yield at, place, variant, parts


def _group(hashes: Numbers, names: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Return distinct hashes in order, how many names hold each, and these names."""
    distinct = sort_distinct(hashes)
    words = np.searchsorted(distinct, hashes).astype(np.uint64)
    pairs = sort_distinct(words << np.uint64(32) | names.astype(np.uint64))
    counts = np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=len(distinct))
    return distinct, counts.astype(np.int32), pairs.astype(np.uint32).astype(np.int32)


def _keys(company: Company) -> Iterable[int]:
    if company.is_legal_person:
        yield from (hash_identifier(each) for each in company.identifiers if each.key)


def hash_identifier(identifier: Identifier) -> int:
    """Return a 64-bit number of what an identifier identifies by."""
    text = "\x1f".join(identifier.key or ()).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest())


def find_last_day(company: Company) -> bytes:
    """Return the last day on which a company is listed, as ISO bytes.

    Example:
        >>> find_last_day(Company("x:1", "Company", ()))
        b'0000-00-00'
    """
    standing = [each for each in company.listings if each.status == "listed"]
    ends = [each.until.encode() if each.until else ALWAYS for each in standing]
    return max(ends, default=NEVER)
