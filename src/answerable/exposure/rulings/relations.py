"""Relations that rules name: who is a holder, director, parent, subsidiary, affiliate of whom.

Nothing is summed over several holders here: each step of a relation is one stake, one right or
one office. A step is certain at the least share that a source states, possible at the greatest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from answerable.exposure.graphs.codes import INTERESTS, KINDS, UNSURE
from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.pools import Test
from answerable.exposure.holdings.stakes import Ints, Mask, expand_ranges, find_stakes, merge_same
from answerable.model.link import WHOLE, Link
from answerable.model.regime import Regime

Ties = Literal["majority", "stake", "right", "influence", "director", "supply"]
Stage = tuple[Ties, Literal["down", "up"], Literal["once", "many"]]

_GROUP_DOWN: Stage = ("majority", "down", "many")
_GROUP_UP: Stage = ("majority", "up", "many")
_AFFILIATE: tuple[Stage, ...] = (_GROUP_DOWN, ("stake", "down", "once"), _GROUP_DOWN)
_OWNER: tuple[Stage, ...] = (_GROUP_UP, ("stake", "up", "once"), _GROUP_UP)

WALKS: dict[str, tuple[Stage, ...]] = {
    "parent": (_GROUP_DOWN,),
    "holder": (_GROUP_DOWN, ("stake", "down", "once")),
    "controller": (("right", "down", "once"),),
    "director": (("director", "down", "once"),),
    "subsidiary": (_GROUP_UP,),
    "influenced": (("influence", "up", "once"),),
    "affiliate": _AFFILIATE,
    "owner": _OWNER,
    "common": (*_OWNER, *_AFFILIATE),
    "supply": (("supply", "down", "many"),),
}
"""Relation to the steps that lead from a listed node to those it is so related to."""

WORDS: dict[str, str] = {
    "parent": "it has a majority stake in",
    "holder": "it has significant control of",
    "controller": "it has rights of control over",
    "director": "it is a director of",
    "subsidiary": "it is held by a majority stake of",
    "influenced": "it is under the influence or control of",
    "affiliate": "it owns or controls",
    "owner": "it is owned or controlled by",
    "common": "it is under common ownership or control with",
    "supply": "it supplies, directly or through others,",
}
"""Relation in words, from the listed node to the other."""

_LONG_CHAINS = frozenset({"affiliate", "owner", "common"})
"""Relations in which a chain of stakes that are no majorities is possible."""

_HALF = WHOLE // 2


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """Pairs of nodes, and for each the rows of the graph that state it."""

    owner: Ints
    target: Ints
    firsts: Ints
    lasts: Ints
    rows: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    """Edges in the order of where they are walked from: their places, starts and goals."""

    up: bool
    order: Ints
    starts: Ints
    goals: Ints


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """What one stage of a walk reached: the edge over which each new node was; -1 for none."""

    edges: _Edges
    up: bool
    edge_to: NDArray[np.int32]
    mask: Mask


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """Who is related to seeds by one relation, at one bound.

    Args:
        mask: For each node whether it is a seed or related.
        relation: The relation.
        same: Number of the node that stands for each.
        layers: What each stage reached.
    """

    mask: Mask
    relation: str
    same: Ints
    layers: tuple[_Layer, ...]

    def trace(self, graph: Graph, node: int) -> tuple[str, list[Link]]:
        """Return the id of a seed, and the links that lead from it to a node."""
        here, rows = int(self.same[node]), []
        for layer in reversed(self.layers):
            while layer.edge_to[here] >= 0:
                edge = int(layer.edge_to[here])
                rows.append(layer.edges.rows[layer.edges.firsts[edge] : layer.edges.lasts[edge]])
                here = int((layer.edges.target if layer.up else layer.edges.owner)[edge])
        return graph.ids[here], [graph.read_link(int(row)) for part in rows[::-1] for row in part]


def find_related(
    graph: Graph, regime: Regime, relation: str, seeds: Ints, bound: Literal["low", "high"]
) -> Related:
    """Return who is related to seeds.

    Args:
        graph: The graph as of a day.
        regime: The rule: its interests, threshold and controls say what a stake is.
        relation: One of `WALKS`.
        seeds: Numbers of the nodes that it starts from.
        bound: `low` for what is certain, `high` for what is possible.

    Cost: the links of what is reached; 0.1 to 0.3 s for 1,500,000 links.
    """
    same = merge_same(graph)
    mask = np.zeros(len(graph.ids), dtype=bool)
    mask[same[seeds]] = True
    layers: list[_Layer] = []
    for ties, way, times in WALKS[relation]:
        many = times == "many" or (bound == "high" and ties == "stake" and relation in _LONG_CHAINS)
        key, edges = _find_edges(graph, regime, ties, bound)
        layer = _spread(edges, _find_way(graph, edges, key, way == "up"), mask, many)
        layers.append(layer)
        mask = layer.mask
    return Related(mask[same], relation, same, tuple(layers))


def _spread(edges: _Edges, way: _Way, start: Mask, many: bool) -> _Layer:
    """Return what is reached over edges from a mask: in one step, or in as many as there are."""
    reached = start.copy()
    edge_to = np.full(len(start), -1, dtype=np.int32)
    fresh = np.flatnonzero(start)
    while len(fresh):
        places, _ = expand_ranges(way.starts[fresh], way.starts[fresh + 1])
        goals = way.goals[places]
        new = np.flatnonzero(~reached[goals])[::-1]  # the first of several is written last
        edge_to[goals[new]] = way.order[places[new]]
        reached[goals[new]] = True
        fresh = np.unique(goals[new]) if many else fresh[:0]
    return _Layer(edges, way.up, edge_to, reached)


def _find_way(graph: Graph, edges: _Edges, key: tuple[object, ...], up: bool) -> _Way:
    """Return edges ordered by where they are walked from."""

    def make() -> _Way:
        sources, goals = (edges.target, edges.owner) if up else (edges.owner, edges.target)
        order = np.argsort(sources, kind="stable")
        starts = np.zeros(len(graph.ids) + 1, dtype=np.int64)
        np.cumsum(np.bincount(sources, minlength=len(graph.ids)), out=starts[1:])
        return _Way(up, order, starts, goals[order])

    return graph.keep((*key, "way", up), make)


def _find_edges(
    graph: Graph, regime: Regime, ties: Ties, bound: Literal["low", "high"]
) -> tuple[tuple[object, ...], _Edges]:
    """Return edges, and under which key they are kept with the graph."""
    unknown = regime.unknown_is == "possible"
    key: tuple[object, ...] = ("edges", ties, bound, unknown)
    if ties == "majority":
        test = Test(_HALF, False, bound)
        interests = ("shareholding", "votingRights")
        rights = ("appointmentOfBoard",)
        make = lambda: _stake_edges(graph, interests, rights, test, unknown)  # noqa: E731
    elif ties == "stake":
        test = Test(regime.threshold or 0, regime.inclusive, bound)
        key = (*key, test, regime.interests, regime.controls)
        make = lambda: _stake_edges(  # noqa: E731
            graph, regime.interests, regime.controls, test, unknown
        )
    else:
        key = (*key, regime.controls)
        make = lambda: _row_edges(graph, _choose(graph, regime, ties), bound)  # noqa: E731
    return key, graph.keep(key, make)


def _stake_edges(
    graph: Graph, interests: Sequence[str], rights: Sequence[str], test: Test, unknown: bool
) -> _Edges:
    """Return pairs of which one stake, by one type of interest, passes a test."""
    found = []
    for interest in (*interests, *rights):
        stakes = find_stakes(graph, interest, unknown=unknown and interest in interests)
        ends, opens = test.ends(stakes)
        passed = np.flatnonzero(test.passes(ends, opens))
        found.append(
            _Edges(
                stakes.owner[passed],
                stakes.target[passed],
                stakes.firsts[passed],
                stakes.firsts[passed + 1],
                stakes.rows,
            )
        )
    return _join(found)


def _join(parts: Sequence[_Edges]) -> _Edges:
    offsets = np.cumsum([0, *(len(each.rows) for each in parts)])
    pairs = list(zip(parts, offsets.tolist(), strict=False))
    return _Edges(
        np.concatenate([each.owner for each in parts]),
        np.concatenate([each.target for each in parts]),
        np.concatenate([each.firsts + offset for each, offset in pairs]),
        np.concatenate([each.lasts + offset for each, offset in pairs]),
        np.concatenate([each.rows for each in parts]),
    )


def _choose(graph: Graph, regime: Regime, ties: Ties) -> Mask:
    if ties == "supply":
        return np.asarray(graph.kind == KINDS.index("supply"))
    if ties == "director":
        return np.asarray(graph.kind == KINDS.index("directorship"))
    names = regime.controls
    if ties == "influence":
        names = tuple(each for each in names if each != "appointmentOfBoard")
    codes = [INTERESTS.index(each) for each in INTERESTS if each in names]
    chosen = np.isin(graph.interest, codes)
    chosen |= (graph.kind == KINDS.index("control")) & (graph.interest < 0)
    return np.asarray(chosen)


def _row_edges(graph: Graph, chosen: Mask, bound: Literal["low", "high"]) -> _Edges:
    if bound == "low":
        chosen = chosen & (graph.flags & UNSURE == 0)
    rows = np.flatnonzero(chosen)
    same = merge_same(graph)
    places = np.arange(len(rows))
    return _Edges(same[graph.owner[rows]], same[graph.target[rows]], places, places + 1, rows)
