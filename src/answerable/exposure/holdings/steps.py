"""Explanations of holdings: the links that make a node held, in the order of the derivation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.held import Held, reach_alone
from answerable.exposure.holdings.stakes import (
    Ints,
    Stakes,
    find_same_rows,
    find_stakes,
    is_certain,
    merge_same,
)
from answerable.model.link import Link

Reason = Literal["sum", "control", "same"]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a derivation: why a node counts as held, from what was held before.

    Args:
        node: Id of the node.
        reason: `sum` of shares, `control`, or `same`: it is, or by a name match may be, one legal
            person with a node that was held before.
        links: The links that count, those of earlier holders first.
        interest: Type of interest of the sum or control; None for `same`.
        low: Sum of the least shares in millionths of a percent; None without one.
        high: Sum of the greatest shares.
        low_open: Whether it is more than `low`.
        high_open: Whether it is less than `high`.
        holder: Id of the seed, where each seed counts by itself.
        jointly: Ids of owners that count because they hold jointly with the seed's side.
    """

    node: str
    reason: Reason
    links: tuple[Link, ...]
    interest: str | None = None
    low: int | None = None
    high: int | None = None
    low_open: bool = False
    high_open: bool = False
    holder: str | None = None
    jointly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Walk:
    """What is needed on the way back: the graph, the set, and the pool that is explained."""

    graph: Graph
    held: Held
    pool: int
    same: Ints

    def rounds(self, nodes: Ints) -> Ints:
        keys = self.pool * self.held.reach.count + nodes
        return self.held.reach.find_round(keys).astype(np.int64)

    def partners(self, nodes: Ints) -> Ints:
        """Return which of the nodes hold jointly with the pool."""
        keys = self.pool * self.held.reach.count + nodes
        return np.flatnonzero(np.isin(keys, self.held.reach.partners))


def explain_held(graph: Graph, held: Held, node: str) -> list[Step]:
    """Return why a node is held: each step's links are owned by seeds or nodes of earlier steps.

    Only what was held before a node counts in its step, so that a circle explains nothing; the
    whole sum may be greater (`Held.sums`).

    Args:
        graph: The graph that was asked.
        held: What was found in it.
        node: Id of a node.

    Returns:
        Steps in the order of the derivation, that of the node last; empty for seeds and for what is
        not held. Where each seed counts by itself: by the seed that reached it first.

    Cost: the links of the nodes on the way; 0.2 s once for each graph and interest.

    Example:
        >>> from datetime import date
        >>> from answerable.exposure.graphs.graph import as_of, build_graph
        >>> from answerable.exposure.holdings.held import find_held
        >>> from answerable.model import LinkSource, Share
        >>> links = [
        ...     Link(f"r:{owner}{owned}", "ownership", owner, owned, LinkSource("r"),
        ...          "shareholding", Share(60_000_000, 60_000_000))
        ...     for owner, owned in ("XA", "AB")
        ... ]
        >>> graph = as_of(build_graph(links), date(2026, 11, 23))
        >>> held = find_held(graph, ["X"], threshold=50_000_000)
        >>> [(step.node, step.low, step.links[0].id) for step in explain_held(graph, held, "B")]
        [('A', 60000000, 'r:XA'), ('B', 60000000, 'r:AB')]
    """
    place = graph.positions.get(node)
    if place is None or not held.mask[place]:
        return []
    same = merge_same(graph)
    pool = _first_pool(held, int(same[place]))
    if held.reach.sums is not None:  # told in bits, without rounds
        seed = int(held.reach.heads[pool])
        alone = graph.keep(("alone", held.rule, seed), lambda: reach_alone(graph, held, seed))
        held, pool = replace(held, reach=alone), 0
    walk = _Walk(graph, held, pool, same)
    return _walk_back(walk, int(same[place]), node)


def _first_pool(held: Held, node: int) -> int:
    """Return the pool that reached a node first, the lowest of several."""
    reach = held.reach
    places = np.flatnonzero(reach.keys % reach.count == node)
    return int(reach.keys[places[np.argmin(reach.rounds[places])]] // reach.count)


def _walk_back(walk: _Walk, goal: int, name: str) -> list[Step]:
    steps: dict[int, list[Step]] = {}
    waiting = [goal]
    while waiting:
        node = waiting.pop()
        if node not in steps:
            steps[node] = list(_merged_steps(walk, node))
            number = int(walk.rounds(np.array([node]))[0])
            if number > 0:
                step, owners = _explain_node(walk, node, number)
                steps[node].append(replace(step, node=name) if node == goal else step)
                waiting += owners
    rounds = walk.rounds(np.array(list(steps), dtype=np.int64)).tolist()
    return [step for _, node in sorted(zip(rounds, steps, strict=True)) for step in steps[node]]


def _explain_node(walk: _Walk, node: int, number: int) -> tuple[Step, list[int]]:
    """Return the step that reached a node in its round, and the nodes whose links it uses."""
    held = walk.held
    for interest in (*held.rule.interests, *held.rule.controls):
        stakes = find_stakes(walk.graph, interest, unknown=held.rule.unknown)
        reason: Reason = "sum" if interest in held.rule.interests else "control"
        into = _stakes_into(walk, interest, stakes, node)
        rounds = walk.rounds(stakes.owner[into])
        own = into[(rounds >= 0) & (rounds < number)]
        joint = into[walk.partners(stakes.owner[into])] if len(own) else own
        for chosen, partners in ((own, joint[:0]), (np.concatenate((own, joint)), joint)):
            if len(chosen) and _passes(held, stakes, chosen):
                step = _sum_step(walk, node, reason, interest, stakes, chosen, partners)
                return step, stakes.owner[own].tolist()
    return _tied_step(walk, node, number)


def _passes(held: Held, stakes: Stakes, chosen: Ints) -> bool:
    ends, opens = held.rule.test.ends(stakes)
    total, is_open = ends[chosen].sum(), opens[chosen].any()
    return bool(held.rule.test.passes(np.array([total]), np.array([is_open]))[0])


def _stakes_into(walk: _Walk, interest: str, stakes: Stakes, node: int) -> Ints:
    key = ("into", interest, walk.held.rule.unknown)
    order = walk.graph.keep(key, lambda: np.argsort(stakes.target, kind="stable"))
    targets = walk.graph.keep((*key, "targets"), lambda: stakes.target[order])
    first, end = np.searchsorted(targets, node), np.searchsorted(targets, node, side="right")
    into: Ints = order[first:end]
    return into


def _sum_step(
    walk: _Walk,
    node: int,
    reason: Reason,
    interest: str,
    stakes: Stakes,
    chosen: Ints,
    partners: Ints,
) -> Step:
    rounds = walk.rounds(stakes.owner[chosen])
    order = chosen[np.argsort(np.where(rounds < 0, rounds.max() + 1, rounds), kind="stable")]
    rows = [
        row for each in order for row in stakes.rows[stakes.firsts[each] : stakes.firsts[each + 1]]
    ]
    return Step(
        node=walk.graph.ids[node],
        reason=reason,
        links=tuple(walk.graph.read_link(row) for row in rows),
        interest=interest,
        low=int(stakes.low[chosen].sum()),
        high=int(stakes.high[chosen].sum()),
        low_open=bool(stakes.low_open[chosen].any()),
        high_open=bool(stakes.high_open[chosen].any()),
        holder=_holder(walk),
        jointly=tuple(walk.graph.ids[each] for each in stakes.owner[partners]),
    )


def _holder(walk: _Walk) -> str | None:
    head = int(walk.held.reach.heads[walk.pool])
    return None if head < 0 else walk.graph.ids[head]


def _tied_step(walk: _Walk, node: int, number: int) -> tuple[Step, list[int]]:
    """Return the step of a node that a name match ties to one that was held before."""
    graph = walk.graph
    for row in find_same_rows(graph).tolist():
        ends = walk.same[[graph.owner[row], graph.target[row]]]
        if node in ends and not is_certain(graph, row):
            other = int(ends[0] if ends[1] == node else ends[1])
            if 0 <= int(walk.rounds(np.array([other]))[0]) < number:
                link = graph.read_link(row)
                step = Step(graph.ids[node], "same", (link,), holder=_holder(walk))
                return step, [other]
    raise AssertionError(f"node {node} is held for no reason")


def _merged_steps(walk: _Walk, node: int) -> Iterator[Step]:
    """Give a step for links that say that several nodes are this one."""
    graph = walk.graph
    rows = [
        row
        for row in find_same_rows(graph).tolist()
        if walk.same[graph.owner[row]] == node and is_certain(graph, row)
    ]
    if rows:
        links = tuple(graph.read_link(row) for row in rows)
        yield Step(graph.ids[node], "same", links, holder=_holder(walk))
