"""Holdings: what listed persons hold by a rule's threshold, directly or through what they hold.

What counts is a sum of direct shares: whoever is held holds in full, so nothing is ever multiplied
along a path. The set is worked out twice, with the least shares (what is certain) and with the
greatest (what is possible). All sums are additions of whole numbers.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from answerable.errors import UsageError
from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.bit_pools import spread_bits, unite
from answerable.exposure.holdings.joint import find_arrangements, join_partners
from answerable.exposure.holdings.pools import Reach, Test, Ties, spread_all, spread_each
from answerable.exposure.holdings.stakes import (
    Ints,
    Stakes,
    find_likely_same,
    find_stakes,
    merge_same,
)

Bound = Literal["low", "high"]

MOST_PAIRS = 1_000_000
"""Pairs of a seed and a node beyond which seeds that count by themselves are told in bits."""


@dataclass(frozen=True, slots=True)
class Rule:
    """The arithmetic of a rule.

    Args:
        interests: Types of interest that are summed, each by itself.
        controls: Types of interest that count as control.
        test: Threshold, how it is met, and at which bound of the shares.
        pool: `all` or `per_person`.
        unknown: Whether links of unknown share count.
        joint: Whether holders tied by a joint arrangement count together.
    """

    interests: tuple[str, ...]
    controls: tuple[str, ...]
    test: Test
    pool: Literal["all", "per_person"]
    unknown: bool
    joint: bool


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What is held by seeds under one rule at one bound of the shares.

    At the low bound it is certain by what the sources state; at the high bound it is possible.
    What is not in it may still be held by owners that no source states.

    Args:
        mask: For each node whether it is a seed or held.
        round: In which round it was reached: 0 for seeds, -1 if it was not.
        sums: For each node the sum of the shares that seeds and what they hold have of it, in
            millionths of a percent, the greatest of the types of interest (and of the seeds, where
            each counts by itself); also where it does not reach the threshold.
        seeds: Numbers of the seeds, or of the nodes that stand for them.
        rule: The arithmetic that was asked for.
        reach: Who reached what in which round.
    """

    mask: NDArray[np.bool_]
    round: NDArray[np.int32]
    sums: Ints
    seeds: Ints
    rule: Rule
    reach: Reach = field(repr=False)

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))


def find_held(
    graph: Graph,
    seeds: Iterable[str] | Ints,
    *,
    interests: Sequence[str] = ("shareholding",),
    threshold: int,
    inclusive: bool = True,
    pool: Literal["all", "per_person"] = "all",
    bound: Bound = "low",
    controls: Sequence[str] = (),
    unknown: bool = True,
    joint: bool = True,
) -> Held:
    """Return what seeds hold, directly or through what they hold, by a sum of direct shares.

    A node is held if the direct shares that seeds and held nodes have of it sum to the threshold.
    Types of interest are summed apart; one that reaches it is enough. A sum with an open low end
    is more than its number, one with an open high end is less.

    Args:
        graph: The graph as of a day.
        seeds: Ids of listed nodes (or their numbers); those that are not in the graph hold nothing.
        interests: Types of interest that are summed.
        threshold: In millionths of a percent.
        inclusive: Whether a sum of the threshold itself is enough.
        pool: `all`: what all seeds hold is added up. `per_person`: each seed by itself.
        bound: Which end of the shares is used: `low` for what is certain, `high` for possible.
        controls: Types of interest that, held whole, hold the node.
        unknown: Whether links of which no share is known count (at the high bound).
        joint: Whether, for `per_person`, holders tied by a joint arrangement count together in
            what both of them have a share of.

    Returns:
        The set, with rounds and sums for every node of the graph.

    Raises:
        UsageError: The graph is of all times, so that past and present shares would be added.

    Source: 31 CFR (OFAC FAQ 401); SI 2019/135 Sch. 1; the rules' data say which.

    Cost: 0.1 s for a graph of 1,500,000 links and 5,000 seeds pooled; 8 bytes a node and sum.

    Example:
        >>> from datetime import date
        >>> from answerable.exposure.graphs.graph import as_of, build_graph
        >>> from answerable.model import Link, LinkSource, Share
        >>> half = Share(50_000_000, 50_000_000)
        >>> links = [
        ...     Link(f"r:{owner}{owned}", "ownership", owner, owned, LinkSource("r"),
        ...          "shareholding", half)
        ...     for owner, owned in ("XA", "AB")
        ... ]
        >>> graph = as_of(build_graph(links), date(2026, 11, 23))
        >>> held = find_held(graph, ["X"], threshold=50_000_000)
        >>> [graph.ids[node] for node in np.flatnonzero(held.mask)], held.round.tolist()
        (['X', 'A', 'B'], [0, 1, 2])
    """
    if graph.day is None:
        raise UsageError("Holdings are those of a day: take the graph as of one first (as_of).")
    same = merge_same(graph)
    numbers = seeds if isinstance(seeds, np.ndarray) else graph.find_nodes(seeds)
    rule = Rule(
        interests=tuple(interests),
        controls=tuple(controls),
        test=Test(threshold, inclusive, bound),
        pool=pool,
        unknown=unknown,
        joint=joint,
    )
    asked = _ask(graph, rule, np.unique(same[numbers]))
    reach = asked.reach_all() if pool == "all" else asked.reach_each()
    sums = reach.sum_up(asked.stakes[: asked.summed], bound)
    return Held(reach.mask[same], reach.round[same], sums[same], asked.seeds, rule, reach)


def _ask(graph: Graph, rule: Rule, seeds: Ints) -> "_Asked":
    names = (*rule.interests, *rule.controls)
    stakes = [find_stakes(graph, each, unknown=rule.unknown) for each in names]
    same = merge_same(graph)
    likely = find_likely_same(graph) if rule.test.bound == "high" else None
    ties = None if likely is None or not len(likely[0]) else (same[likely[0]], same[likely[1]])
    return _Asked(graph, stakes, seeds, rule.test, ties, rule.joint, len(rule.interests))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of the pools."""

    graph: Graph
    stakes: Sequence[Stakes]
    seeds: Ints
    test: Test
    ties: Ties
    joint: bool
    summed: int

    def reach_all(self) -> Reach:
        return spread_all(self.stakes, len(self.graph.ids), self.seeds, self.test, self.ties)

    def reach_each(self) -> Reach:
        count = len(self.graph.ids)
        try:
            reach = spread_each(
                self.stakes, count, self.seeds, self.test, self.ties, most=MOST_PAIRS
            )
        except OverflowError:
            return self.reach_bits()
        return self.join(reach)

    def join(self, reach: Reach) -> Reach:
        if not self.joint:
            return reach
        return join_partners(self.graph, self.stakes, reach, self.test, self.ties)

    def reach_bits(self) -> Reach:
        """Return the reach in bits; seeds that may have partners are added one by one."""
        pairs = find_arrangements(self.graph, self.test) if self.joint else None
        watched = np.zeros(0, dtype=np.int64) if pairs is None else np.concatenate(pairs)
        reach, watchers = spread_bits(
            self.stakes, len(self.graph.ids), self.seeds, self.test, self.ties,
            summed=self.summed, watched=watched,
        )  # fmt: skip
        for place in watchers.tolist():
            alone = replace(self, seeds=self.seeds[[place]]).reach_one()
            sums = alone.sum_up(self.stakes[: self.summed], self.test.bound)
            reach = unite(reach, place, alone, sums)
        return reach

    def reach_one(self) -> Reach:
        """Return the reach of few seeds, whatever it costs."""
        count = len(self.graph.ids)
        return self.join(spread_each(self.stakes, count, self.seeds, self.test, self.ties))


def reach_alone(graph: Graph, held: Held, seed: int) -> Reach:
    """Return what one seed reaches by itself, with every round, under the rule of a set."""
    return _ask(graph, held.rule, np.array([seed])).reach_one()
