"""Families of names, and the split by them: what is judged by was not learned from.

Names are of one family if one organisation bears them, if they agree but for legal form, or if one
rare word leads them. A family falls into one split whole, so that no brand is remembered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from answerable.matching.families import is_distinctive
from answerable.matching.names import NameParts
from answerable.matching.readings import list_parts
from tools.training.corpus import Bearer

SEED = "answerable-1"
SHARES = (("train", 0.5), ("calibrate", 0.75), ("held_out", 1.0))
"""Splits with the cumulative share of families that falls into each."""


@dataclass(slots=True)
class Forest:
    """Things that were joined, as trees: each knows another of its family, or is its root."""

    parents: dict[str, str] = field(default_factory=dict)

    def find(self, thing: str) -> str:
        """Return the root of a thing's family; a thing that was not seen before is its own."""
        root = thing
        while (above := self.parents.setdefault(root, root)) != root:
            root = above
        while thing != root:
            self.parents[thing], thing = root, self.parents[thing]
        return root

    def join(self, one: str, other: str) -> None:
        """Make two families one; the smaller root stays, so that order does not matter."""
        first, second = sorted((self.find(one), self.find(other)))
        self.parents[second] = first


def join_families(bearers: Iterable[Bearer]) -> dict[str, str]:
    """Return the family of each bearer by its id; the family is named by one of its keys."""
    forest = Forest()
    first_keys: dict[str, str] = {}
    for bearer in bearers:
        keys = [key for name in bearer.names for key in family_keys(name)] or [bearer.id]
        for key in keys:
            forest.join(keys[0], key)
        first_keys[bearer.id] = keys[0]
    return {bearer_id: forest.find(key) for bearer_id, key in first_keys.items()}


def family_keys(name: str) -> list[str]:
    """Return what a name shares with its family: its key, and the rare word that leads it."""
    return [key for parts in list_parts(name) if parts.core for key in _keys(parts)]


def _keys(parts: NameParts) -> Sequence[str]:
    lead = parts.core[0]
    return (parts.key, f"lead {lead}") if is_distinctive(lead) else (parts.key,)


def split_of(family: str) -> str:
    """Return the split that a family falls into, by a seeded hash.

    Example:
        >>> sorted({split_of(f"family {number}") for number in range(20)})
        ['calibrate', 'held_out', 'train']
    """
    number = int(sha256(f"{SEED} {family}".encode()).hexdigest()[:8], 16) / 16**8
    return next(name for name, bound in SHARES if number < bound)
