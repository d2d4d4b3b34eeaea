"""Indirect holdings that are stated beside their parts: one holding, never counted twice."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Columns = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int8]]


def settle_components(
    link: NDArray[np.int64],
    columns: Columns,
    may: Mask,
    sure: Mask,
    components: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> tuple[Mask, Mask]:
    """Return which rows are not used beside their parts, and which count only with a low of 0.

    A row is not used if its parts lead from its owner to its target, all certainly holding and the
    last by the same interest. It counts with a low of 0 if a part ends at its target by the same
    interest, but the way to it is broken: the two may or may not be the same.

    Args:
        link: Place of each row's link.
        columns: Owner, target and type of interest of each row.
        may: Whether it may hold on the day.
        sure: Whether it certainly holds on the day.
        components: Places of the links that are sums, and of their parts (-1: not there).
    """
    dropped, weakened = np.zeros_like(may), np.zeros_like(may)
    row_of = np.empty(len(link), dtype=np.int64)
    row_of[link] = np.arange(len(link))
    groups: dict[int, list[int]] = defaultdict(list)
    for whole, part in zip(*(each.tolist() for each in components), strict=True):
        if part >= 0:
            groups[int(row_of[whole])].append(int(row_of[part]))
    for whole, parts in groups.items():
        held = [part for part in parts if part != whole and may[part]]
        beside = [part for part in held if _ends_as(columns, part, whole)]
        if beside:
            chained = _is_chained(columns, whole, [each for each in held if sure[each]], beside)
            (dropped if chained else weakened)[whole] = True
    return dropped, weakened


def _ends_as(columns: Columns, part: int, whole: int) -> bool:
    _, target, interest = columns
    return bool(target[part] == target[whole] and interest[part] == interest[whole])


def _is_chained(columns: Columns, whole: int, held: Iterable[int], beside: Iterable[int]) -> bool:
    """Whether parts that hold lead from the owner of the whole to its target."""
    owner, target, _ = columns
    parts = list(held)
    reached, grown = {int(owner[whole])}, True
    while grown:
        new = {int(target[each]) for each in parts if int(owner[each]) in reached} - reached
        reached |= new
        grown = bool(new)
    return any(int(owner[each]) in reached for each in set(beside) & set(parts))
