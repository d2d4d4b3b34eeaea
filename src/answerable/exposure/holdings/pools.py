"""Pools: how a set of holders grows, round by round, all together or each seed by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from answerable.exposure.holdings.stakes import Ints, Mask, Stakes, expand_ranges

Ties = tuple[Ints, Ints] | None


@dataclass(frozen=True, slots=True)
class Test:
    """When a sum reaches a threshold.

    Args:
        threshold: In millionths of a percent.
        inclusive: Whether the threshold itself is enough.
        bound: Whether sums of low or of high ends are tested.

    Example:
        >>> half = Test(50_000_000, False, "low")
        >>> sums = np.array([50_000_000, 50_000_000, 60_000_000])
        >>> half.passes(sums, np.array([False, True, False])).tolist()
        [False, True, True]
    """

    __test__ = False  # no test case of pytest
    threshold: int
    inclusive: bool
    bound: Literal["low", "high"]

    def passes(self, sums: Ints, is_open: Mask) -> Mask:
        """Return which sums reach it; `is_open` tells whether one of their ends is open."""
        enough = is_open | self.inclusive if self.bound == "low" else ~is_open & self.inclusive
        passed: Mask = (sums > self.threshold) | ((sums == self.threshold) & enough)
        return passed

    def ends(self, stakes: Stakes) -> tuple[Ints, Mask]:
        """Return the ends of stakes that are summed, and whether each is open."""
        if self.bound == "low":
            return stakes.low, stakes.low_open
        return stakes.high, stakes.high_open


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Which pool reached which node, in which round.

    Args:
        count: Number of nodes of the graph.
        heads: The seed of each pool; -1 for the pool of all.
        keys: Pool times `count` plus node, ascending.
        rounds: Round of each of the keys.
        partners: Pool times `count` plus node of those who hold jointly with a pool, ascending.
        sums: For each node the greatest sum, where it was worked out on the way (`keys` then has
            each node only with the first pool that reached it); else None.
    """

    count: int
    heads: Ints
    keys: Ints
    rounds: NDArray[np.int32]
    partners: Ints
    sums: Ints | None = None

    @property
    def mask(self) -> Mask:
        """For each node, whether a pool reached it."""
        return self.round >= 0

    @property
    def round(self) -> NDArray[np.int32]:
        """For each node the earliest round in which a pool reached it, else -1."""
        result = np.full(self.count, -1, dtype=np.int32)
        order = np.argsort(-self.rounds, kind="stable")
        result[self.keys[order] % self.count] = self.rounds[order]
        return result

    def find_round(self, keys: Ints) -> NDArray[np.int32]:
        """Return the round of each key (pool times `count` plus node), -1 if it was not reached."""
        return look_up(self.keys, self.rounds, keys)

    def sum_up(self, stakes: Sequence[Stakes], bound: Literal["low", "high"]) -> Ints:
        """Return for each node the greatest sum that a pool has of it by one of the interests."""
        if self.sums is not None:
            return self.sums
        best = np.zeros(self.count, dtype=np.int64)
        for each in stakes:
            keys, sums, _ = add_up(each, self.keys, self.count, Test(0, True, bound))
            np.maximum.at(best, keys % self.count, sums)
        return best


def look_up(known: Ints, values: NDArray[np.int32], keys: Ints) -> NDArray[np.int32]:
    """Return the value of each key among ascending known ones, -1 where it is not."""
    result = np.full(len(keys), -1, dtype=np.int32)
    if len(known):
        places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        found = known[places] == keys
        result[found] = values[places[found]]
    return result


def add_up(stakes: Stakes, holders: Ints, count: int, test: Test) -> tuple[Ints, Ints, Mask]:
    """Return keys, sums and open ends of all that holders (keys too) have stakes of."""
    places, which = stakes.find_of(holders % count)
    keys = (holders // count)[which] * count + stakes.target[places]
    ends, opens = test.ends(stakes)
    return gather(keys, ends[places], opens[places])


def gather(keys: Ints, values: Ints, opens: Mask) -> tuple[Ints, Ints, Mask]:
    """Return each key once, ascending, with the sum of its values and whether any is open."""
    if not len(keys):
        return keys, values, opens
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    firsts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    sums = np.add.reduceat(values[order], firsts)
    return keys[firsts], sums, np.logical_or.reduceat(opens[order], firsts)


def spread_all(stakes: Sequence[Stakes], count: int, seeds: Ints, test: Test, ties: Ties) -> Reach:
    """Return what one pool of all seeds reaches: each stake is added once.

    Cost: stakes of held nodes, each once; 9 bytes for each node and interest.
    """
    rounds = np.full(count, -1, dtype=np.int32)
    rounds[seeds] = 0
    sums = [np.zeros(count, dtype=np.int64) for _ in stakes]
    opens = [np.zeros(count, dtype=bool) for _ in stakes]
    frontier, number = seeds, 0
    while len(frontier):
        number += 1
        new = np.zeros(0, dtype=np.int64)
        for each, total, is_open in zip(stakes, sums, opens, strict=True):
            places, _ = each.find_of(frontier)
            ends, end_open = test.ends(each)
            touched = each.target[places]
            np.add.at(total, touched, ends[places])
            is_open[touched[end_open[places]]] = True
            touched = touched[rounds[touched] < 0]
            new = np.concatenate((new, touched[test.passes(total[touched], is_open[touched])]))
        if ties is not None:
            new = np.concatenate((new, _beside(ties, rounds, number)))
        frontier = np.unique(new[rounds[new] < 0])
        rounds[frontier] = number
    keys = np.flatnonzero(rounds >= 0)
    nobody = np.zeros(0, dtype=np.int64)
    return Reach(count, np.array([-1]), keys, rounds[keys], nobody)


def _beside(ties: tuple[Ints, Ints], rounds: NDArray[np.int32], number: int) -> Ints:
    """Return what a name match ties to a node that was reached in the round before."""
    left, right = ties
    fresh = number - 1
    return np.concatenate((right[rounds[left] == fresh], left[rounds[right] == fresh]))


def spread_each(
    stakes: Sequence[Stakes],
    count: int,
    seeds: Ints,
    test: Test,
    ties: Ties,
    *,
    most: int | None = None,
) -> Reach:
    """Return what each seed reaches by itself, all seeds side by side.

    Args:
        stakes: Stakes by each type of interest.
        count: Number of nodes.
        seeds: Seeds, ascending.
        test: When a sum is enough.
        ties: Pairs that a name match says may be one.
        most: Pairs of a seed and a node that it reached, beyond which it gives up.

    Raises:
        OverflowError: There are more than `most` pairs (see `bit_pools`).

    Cost: the pairs of a seed and what it has a share of, sorted once a round.
    """
    frontier = np.arange(len(seeds)) * count + seeds
    held, rounds = frontier, np.zeros(len(seeds), dtype=np.int32)
    tallies = [gather(frontier[:0], frontier[:0], np.zeros(0, dtype=bool)) for _ in stakes]
    number = 0
    while len(frontier):
        number += 1
        new = [frontier[:0]]
        for place, each in enumerate(stakes):
            keys, values, opens = add_up(each, frontier, count, test)
            tallies[place] = merge_tallies(tallies[place], (keys, values, opens))
            known, sums, is_open = tallies[place]
            at = np.searchsorted(known, keys)
            new.append(keys[test.passes(sums[at], is_open[at])])
        if ties is not None:
            new.append(find_beside(ties, frontier, count))
        fresh = np.unique(np.concatenate(new))
        frontier = fresh[look_up(held, rounds, fresh) < 0]
        held, rounds = insert_keys(held, rounds, frontier, number)
        if most is not None and len(held) > most:
            raise OverflowError(f"more than {most} pairs of a seed and a node")
    return Reach(count, seeds, held, rounds, np.zeros(0, dtype=np.int64))


def merge_tallies(
    tally: tuple[Ints, Ints, Mask], more: tuple[Ints, Ints, Mask]
) -> tuple[Ints, Ints, Mask]:
    """Return two tallies (keys, sums, open ends) as one, sums of the same key added."""
    keys, values, opens = (np.concatenate(pair) for pair in zip(tally, more, strict=True))
    return gather(keys, values, opens)


def insert_keys(
    held: Ints, rounds: NDArray[np.int32], more: Ints, number: int
) -> tuple[Ints, NDArray[np.int32]]:
    """Return ascending keys with their rounds, and more of them of one round."""
    places = np.searchsorted(held, more)
    return np.insert(held, places, more), np.insert(rounds, places, number)


def find_beside(pairs: tuple[Ints, Ints], keys: Ints, count: int) -> Ints:
    """Return the keys of what pairs tie to the node of each key, in either direction."""
    left, right = (np.concatenate(pair) for pair in (pairs, pairs[::-1]))
    order = np.argsort(left, kind="stable")
    left, right = left[order], right[order]
    nodes = keys % count
    begins, ends = np.searchsorted(left, nodes), np.searchsorted(left, nodes, side="right")
    places, which = expand_ranges(begins, ends)
    return keys[which] - nodes[which] + right[places]
