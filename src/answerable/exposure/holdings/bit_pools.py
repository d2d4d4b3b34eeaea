"""Bit pools: 64 seeds at a time, each a bit of every node, where very much is reached by each.

Where most shares are unknown, each of thousands of seeds may possibly hold the same hundred
thousand companies. All pairs of them would take hours and all memory; bits take 8 bytes a node.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from answerable.exposure.holdings.pools import Reach, Test, Ties
from answerable.exposure.holdings.stakes import Ints, Mask, Stakes, expand_ranges

WIDTH = 64
SLICE = 50_000
"""Stakes whose sums for 64 seeds are worked out at once: 26 MB."""

Bits = NDArray[np.uint64]

_PLACES: Bits = np.uint64(1) << np.arange(WIDTH, dtype=np.uint64)


@dataclass(frozen=True, slots=True, eq=False)
class _Wires:
    """Stakes that hold their target by themselves, and pairs that may be one, ordered by owner.

    Nodes that hold each other in a circle are reached by the same seeds: each circle is one here.
    """

    circle: Ints
    target: Ints
    starts: Ints


def spread_bits(
    stakes: Sequence[Stakes],
    count: int,
    seeds: Ints,
    test: Test,
    ties: Ties,
    *,
    summed: int,
    watched: Ints,
) -> tuple[Reach, Ints]:
    """Return what each seed reaches by itself, each node with the first seed that reached it.

    The set and the greatest sums are those of `spread_each`; rounds are 0 and 1 only.

    Args:
        stakes: Stakes by each type of interest.
        count: Number of nodes.
        seeds: Seeds, ascending.
        test: When a sum is enough.
        ties: Pairs that a name match says may be one.
        summed: How many of the stakes, from the first, have a sum that is told.
        watched: Nodes of which is told who reaches them.

    Returns:
        The reach, and the places of the seeds that reach a watched node.

    Cost: 3 s for each 64 seeds that each reach 600,000 nodes over 1,500,000 links.
    """
    wires = _wire(stakes, count, test, ties)
    all_stakes = [np.argsort(each.target, kind="stable") for each in stakes]
    weak = [
        order[~test.passes(*test.ends(each))[order]]
        for each, order in zip(stakes, all_stakes, strict=True)
    ]
    first = np.full(count, -1, dtype=np.int64)
    sums = np.zeros(count, dtype=np.int64)
    watchers = [np.zeros(0, dtype=np.int64)]
    for begin in range(0, len(seeds), WIDTH):
        block = seeds[begin : begin + WIDTH]
        held = np.zeros(len(wires.starts) - 1, dtype=np.uint64)
        np.bitwise_or.at(held, wires.circle[block], _PLACES[: len(block)])
        fresh = np.unique(wires.circle[block])
        while len(fresh):
            _flow(held, fresh, wires)
            fresh = _join_weak(held, wires.circle, stakes, weak, test)
        bits = held[wires.circle]
        for each, order in zip(stakes[:summed], all_stakes, strict=False):
            for targets, totals, _ in _add_bits(bits, each, order, test):
                sums[targets] = np.maximum(sums[targets], totals.max(axis=1))
        reached = np.flatnonzero((bits != 0) & (first < 0))
        lowest = bits[reached] & (~bits[reached] + np.uint64(1))
        first[reached] = begin + np.searchsorted(_PLACES, lowest)
        seen = np.bitwise_or.reduce(bits[watched]) & _PLACES
        watchers.append(begin + np.flatnonzero(seen))
    return _make_reach(count, seeds, first, sums), np.concatenate(watchers)


def unite(thin: Reach, seed: int, alone: Reach, sums: Ints) -> Reach:
    """Return a reach to which what one seed reaches with its partners is added.

    Args:
        thin: What `spread_bits` gave.
        seed: Place of the seed.
        alone: Reach of that seed alone.
        sums: Its sums for each node.
    """
    nodes = alone.keys[thin.round[alone.keys % thin.count] < 0] % thin.count
    order = np.argsort(np.concatenate((thin.keys, seed * thin.count + nodes)), kind="stable")
    keys = np.concatenate((thin.keys, seed * thin.count + nodes))[order]
    rounds = np.concatenate((thin.rounds, np.ones(len(nodes), dtype=np.int32)))[order]
    best = sums if thin.sums is None else np.maximum(thin.sums, sums)
    return replace(thin, keys=keys, rounds=rounds, sums=best)


def _wire(stakes: Sequence[Stakes], count: int, test: Test, ties: Ties) -> _Wires:
    passed = [np.flatnonzero(test.passes(*test.ends(each))) for each in stakes]
    owner = [each.owner[strong] for each, strong in zip(stakes, passed, strict=True)]
    target = [each.target[strong] for each, strong in zip(stakes, passed, strict=True)]
    if ties is not None:
        owner, target = [*owner, *ties], [*target, *ties[::-1]]
    owners, targets = np.concatenate(owner), np.concatenate(target)
    links = coo_array((np.ones(len(owners), dtype=np.int8), (owners, targets)), (count, count))
    circles, label = connected_components(links, connection="strong")
    owners, targets = label[owners].astype(np.int64), label[targets].astype(np.int64)
    apart = owners != targets
    owners, targets = owners[apart], targets[apart]
    starts = np.zeros(circles + 1, dtype=np.int64)
    np.cumsum(np.bincount(owners, minlength=circles), out=starts[1:])
    return _Wires(label.astype(np.int64), targets[np.argsort(owners, kind="stable")], starts)


def _flow(bits: Bits, fresh: Ints, wires: _Wires) -> None:
    """Carry bits along wires until nothing changes."""
    while len(fresh):
        places, which = expand_ranges(wires.starts[fresh], wires.starts[fresh + 1])
        targets = wires.target[places]
        new = bits[fresh][which] & ~bits[targets]
        targets, new = targets[new != 0], new[new != 0]
        np.bitwise_or.at(bits, targets, new)
        fresh = np.unique(targets)


def _join_weak(
    held: Bits, circle: Ints, stakes: Sequence[Stakes], weak: Sequence[Ints], test: Test
) -> Ints:
    """Set the bits of what is held only by several stakes together; return what changed."""
    changed = [np.zeros(0, dtype=np.int64)]
    bits = held[circle]
    for each, order in zip(stakes, weak, strict=True):
        for targets, totals, opens in _add_bits(bits, each, order, test):
            passed = np.where(test.passes(totals, opens), _PLACES, np.uint64(0))
            new = np.bitwise_or.reduce(passed, axis=1) & ~bits[targets]
            np.bitwise_or.at(held, circle[targets], new)
            changed.append(circle[targets[new != 0]])
    return np.unique(np.concatenate(changed))


def _add_bits(
    bits: Bits, stakes: Stakes, order: Ints, test: Test
) -> Iterator[tuple[Ints, Ints, Mask]]:
    """Give targets, and for each and each seed the sum and whether an end is open, in slices."""
    order = order[bits[stakes.owner[order]] != 0]
    targets = stakes.target[order]
    firsts = np.flatnonzero(np.concatenate(([True], targets[1:] != targets[:-1])))[: len(order)]
    ends, opens = test.ends(stakes)
    begin = 0
    while begin < len(firsts):
        until = max(int(np.searchsorted(firsts, firsts[begin] + SLICE)), begin + 1)
        last = firsts[until] if until < len(firsts) else len(order)
        part = order[firsts[begin] : last]
        at = firsts[begin:until] - firsts[begin]
        has = (bits[stakes.owner[part]][:, None] & _PLACES) != 0
        totals = np.add.reduceat(has * ends[part][:, None], at, axis=0)
        is_open = np.logical_or.reduceat(has & opens[part][:, None], at, axis=0)
        yield stakes.target[part[at]], totals, is_open
        begin = until


def _make_reach(count: int, seeds: Ints, first: Ints, sums: Ints) -> Reach:
    nodes = np.flatnonzero(first >= 0)
    keys = first[nodes] * count + nodes
    order = np.argsort(keys)
    rounds = np.ones(len(nodes), dtype=np.int32)
    rounds[np.isin(nodes, seeds)] = 0
    nobody = np.zeros(0, dtype=np.int64)
    return Reach(count, seeds, keys[order], rounds[order], nobody, sums)
