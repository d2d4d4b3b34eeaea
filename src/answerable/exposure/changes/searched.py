"""What an index was asked, so that a later screening asks only what may be answered otherwise.

What is brought up for a row follows from the row's own content and from the names, the code and the
threshold it is matched with, and from nothing else (see `matching.kernel`). Where these are the
same, a row for which nothing was brought up has nothing brought up again. All else of a finding,
paths, rules, claims and judgements, is worked out afresh for every row.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from answerable.lists.cache import fold_line
from answerable.matching.index import NameIndex
from answerable.matching.index_store import open_index, version_of_reading
from answerable.matching.matches import NO_MATCHES, SupplierMatches
from answerable.model import Supplier

FORM = "answerable.searched/1"

DIGEST = 16
"""Bytes by which a row's content is known again."""

Matcher = Callable[[Sequence[Supplier], Sequence[str]], Iterable[Sequence[SupplierMatches]]]
"""Gives the matches of suppliers with the indexes of some names: one entry each, in order, that
holds the matches with each index, in the order of the names."""

Basis = Mapping[str, str]
"""All that matches depend on beside the row: `names`, `weights`, `threshold`."""

BASIS_WORDS = {
    "names": "other names are searched",
    "weights": "names are read or weighed otherwise",
    "threshold": "the threshold is another one",
}
"""Why rows have to be matched again."""


@dataclass(frozen=True, slots=True)
class Searched:
    """What was asked of one index.

    Args:
        basis: What it was asked with.
        quiet: Digests of the rows for which it brought nothing up.
    """

    basis: Basis
    quiet: frozenset[bytes] = frozenset()


@dataclass(slots=True)
class Watched:
    """An index that is asked only for what may be answered otherwise, and what it answers.

    Args:
        basis: What is matched with.
        before: What was asked earlier, else None.
        asked: Rows that were matched, once all were given.
        quiet: Digests of the rows for which nothing was brought up, likewise.
    """

    basis: Basis
    before: Searched | None = None
    asked: int = 0
    quiet: set[bytes] = field(default_factory=set)

    @property
    def known(self) -> frozenset[bytes]:
        """Digests of the rows for which nothing can be brought up."""
        return self.before.quiet if self.before and not self.differs else frozenset()

    def note(self, digest: bytes, found: SupplierMatches | None) -> SupplierMatches:
        """Remember what was found for a row, None where it was not asked; return its matches."""
        matches = NO_MATCHES if found is None else found
        self.asked += found is not None
        if not matches.matches and not matches.more:
            self.quiet.add(digest)
        return matches

    @property
    def differs(self) -> str | None:
        """Why what was asked earlier says nothing; None where it does."""
        if self.before is None:
            return "what it searched is no longer in the build folder"
        for name, words in BASIS_WORDS.items():
            if self.before.basis.get(name) != self.basis.get(name):
                return words
        return None

    @property
    def searched(self) -> Searched:
        """What was asked, for a later screening."""
        return Searched(self.basis, frozenset(self.quiet))


def match_anew(
    suppliers: Sequence[Supplier], watched: Mapping[str, Watched], match: Matcher
) -> Iterator[dict[str, SupplierMatches]]:
    """Match suppliers with each index that may answer otherwise than before, and note what it says.

    Rows for which the same indexes are open go together, so that each name is taken apart once.

    Args:
        suppliers: All rows.
        watched: The indexes by their names; what is found is noted there.
        match: Is asked for the rows and indexes that are open.

    Yields:
        One entry per supplier, in order: by the name of each index the very matches that `match`
        would give with it.
    """
    digests = [digest_row(each) for each in suppliers]
    known = {name: each.known for name, each in watched.items()}
    open_ = [tuple(name for name in watched if each not in known[name]) for each in digests]
    rows: dict[tuple[str, ...], list[Supplier]] = {}
    for supplier, names in zip(suppliers, open_, strict=True):
        rows.setdefault(names, []).append(supplier)
    rows.pop((), None)
    answers = {names: iter(match(rows[names], names)) for names in rows}
    if len(answers) > 1:  # one after the other: each takes all cores
        answers = {names: iter(list(each)) for names, each in answers.items()}
    for digest, names in zip(digests, open_, strict=True):
        found = dict(zip(names, next(answers[names]), strict=True)) if names else {}
        yield {name: each.note(digest, found.get(name)) for name, each in watched.items()}


def digest_row(supplier: Supplier) -> bytes:
    """Return a digest of all of a row that is compared with names: two that match alike.

    Example:
        >>> digest_row(Supplier(2, "Invented Mill")) == digest_row(Supplier(9, "Invented Mill"))
        True
    """
    identifiers = [(i.scheme, i.value, i.country, i.valid) for i in supplier.identifiers]
    content = repr((supplier.name, supplier.country, supplier.address, identifiers))
    return hashlib.blake2b(content.encode("utf-8", "backslashreplace"), digest_size=DIGEST).digest()


def basis_of(index: Path | NameIndex, threshold: float) -> Basis:
    """Return what matches with an index depend on.

    Args:
        index: Where the index of listed names is kept, or one that is held.
        threshold: Probability from which a name match is a `match`.

    Cost:
        What opening it costs, or of one that is held some µs per company.
    """
    names = _digest_kept(index) if isinstance(index, Path) else _digest_held(index)
    return {"names": names, "weights": version_of_reading(), "threshold": repr(threshold)}


def _digest_kept(path: Path) -> str:
    """Return a digest of the segments of a kept index and of which companies stand on the day."""
    plan = json.loads(path.read_text(encoding="utf-8"))
    digest = hashlib.sha256()
    for told, shelf in zip(plan["shelves"], open_index(path).shelves, strict=True):
        digest.update(json.dumps([told["segment"], told["gone"]]).encode())
        digest.update(b"" if shelf.standing is None else shelf.standing.tobytes())
    return digest.hexdigest()


def _digest_held(index: NameIndex) -> str:
    digest = hashlib.sha256(repr(index.prior).encode())
    for shelf in index.shelves:
        for place in range(len(shelf.companies)):
            digest.update(fold_line(shelf.companies[place]))
    return digest.hexdigest()


def write_searched(searched: Mapping[str, Searched]) -> bytes:
    """Return what was asked of several indexes as bytes of a working table.

    Example:
        >>> table = {"listed": Searched({"names": "a"}, frozenset({b"0123456789abcdef"}))}
        >>> read_searched(write_searched(table)) == table
        True
    """
    content = json.dumps(
        {
            name: {"basis": dict(each.basis), "quiet": _pack(each.quiet)}
            for name, each in sorted(searched.items())
        }
    )
    digest = hashlib.sha256(content.encode()).hexdigest()
    return json.dumps({"form": FORM, "sha256": digest, "indexes": content}).encode()


def read_searched(data: bytes) -> dict[str, Searched]:
    """Return what `write_searched` wrote; nothing where it is damaged or of another form."""
    try:
        table = json.loads(data)
        content = table["indexes"]
        whole = table["form"] == FORM and table["sha256"] == _sha256(content)
        indexes = json.loads(content) if whole else {}
        return {
            name: Searched(each["basis"], _unpack(each["quiet"])) for name, each in indexes.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _pack(digests: Iterable[bytes]) -> str:
    return base64.b64encode(b"".join(sorted(digests))).decode()


def _unpack(text: str) -> frozenset[bytes]:
    data = base64.b64decode(text)
    return frozenset(data[at : at + DIGEST] for at in range(0, len(data), DIGEST))
