"""Pairing: which row of the one screening is which row of the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from answerable.exposure.changes.kept import KeptFinding
from answerable.matching.normal_form import normalise

PairedBy = Literal["id", "identifier", "name"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A row in both screenings, or in one.

    Args:
        old, new: The findings; one may be None, not both.
        by: How they were paired; None where one stands alone.
    """

    old: KeptFinding | None
    new: KeptFinding | None
    by: PairedBy | None = None


def pair_rows(old: Sequence[KeptFinding], new: Sequence[KeptFinding]) -> list[Pair]:
    """Pair the rows of two screenings.

    By the id of the finding, which is that of the row's content; what is left, by an identifier
    that one row on each side bears; then by the normalised name, repeats in their order.

    Args:
        old: Findings of the one screening, in row order.
        new: Those of the other.

    Returns:
        Every finding once: pairs and new rows in the order of `new`, then those that are gone.
    """
    left_old = {each.id: each for each in old}
    left_new = {each.id: each for each in new}
    found: dict[str, Pair] = {}
    for by, list_keys in (("id", _id), ("identifier", _identifiers), ("name", _name)):
        joined = _join(left_old.values(), left_new.values(), list_keys, unique=by == "identifier")
        for one, other in joined:
            found[other.id] = Pair(one, other, by)  # type: ignore[arg-type]
            del left_old[one.id], left_new[other.id]
    pairs = [found.get(each.id) or Pair(None, each) for each in new]
    return [*pairs, *(Pair(each, None) for each in left_old.values())]


def _join(
    old: Iterable[KeptFinding],
    new: Iterable[KeptFinding],
    list_keys: Callable[[KeptFinding], Iterator[Any]],
    *,
    unique: bool,
) -> list[tuple[KeptFinding, KeptFinding]]:
    """Return findings that share a key, each once, the first of one side with that of the other."""
    ones, others = _gather(old, list_keys), _gather(new, list_keys)
    joined: list[tuple[KeptFinding, KeptFinding]] = []
    taken_old: set[str] = set()
    taken_new: set[str] = set()
    for key in others:
        here, there = ones.get(key, []), others[key]
        if unique and (len(here) != 1 or len(there) != 1):
            continue
        for one, other in zip(here, there, strict=False):
            if one.id not in taken_old and other.id not in taken_new:
                joined.append((one, other))
                taken_old.add(one.id)
                taken_new.add(other.id)
    return joined


def _gather(
    findings: Iterable[KeptFinding], list_keys: Callable[[KeptFinding], Iterator[Any]]
) -> dict[Any, list[KeptFinding]]:
    found: dict[Any, list[KeptFinding]] = {}
    for each in findings:
        for key in list_keys(each):
            found.setdefault(key, []).append(each)
    return found


def _id(finding: KeptFinding) -> Iterator[str]:
    yield finding.id


def _identifiers(finding: KeptFinding) -> Iterator[tuple[str, str]]:
    yield from sorted(finding.supplier["identifiers"].items())


def _name(finding: KeptFinding) -> Iterator[str]:
    name = normalise(finding.supplier["name"])
    if name:
        yield name
