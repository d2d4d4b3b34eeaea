"""Neighbours: the graph without direction, each two nodes tied once, and how far goals are."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.exposure.graphs.codes import KINDS, UNSIZED
from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.stakes import Ints, expand_ranges
from answerable.model.link import WHOLE

FAR = 127
"""A distance beyond all paths."""

SAME = KINDS.index("same")
ENDS = ("listed", "named")


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """For each node its neighbours, each once, by the strongest link between the two.

    Args:
        starts: For each node the place of its first neighbour, and the end.
        other: The neighbour.
        row: Row of the link in the graph.
        low: Its least share; 0 for links without a size, all for links `same`.
        exact: Whether its share is one number.
        probability: That the two are one, for links `same`; else 1.
    """

    starts: Ints
    other: NDArray[np.int32]
    row: Ints
    low: NDArray[np.int32]
    exact: NDArray[np.bool_]
    probability: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Goals:
    """Listed and named nodes, and how many links every node is from one.

    Args:
        ends: For each node 0 if it is listed, 1 if it is named, else -1.
        to_any: Links to the nearest listed or named node, at most `FAR`.
        to_listed: Links to the nearest listed one.
    """

    ends: NDArray[np.int8]
    to_any: NDArray[np.int8]
    to_listed: NDArray[np.int8]


def find_neighbours(graph: Graph) -> Neighbours:
    """Return the neighbours of all nodes, made once for a graph.

    Cost: 1 s and 0.2 GB for 1,500,000 links.
    """
    return graph.keep("neighbours", lambda: _make_neighbours(graph))


def mark_goals(graph: Graph, goals: Mapping[str, str], *, longest: int = 6) -> Goals:
    """Return goals made ready for many searches in one graph.

    Args:
        graph: The graph as of a day.
        goals: `listed` or `named` by id; ids that are not in the graph are passed over.
        longest: Most links of a path that will be asked for.

    Cost: 0.3 s for 1,500,000 links.
    """
    ends = np.full(len(graph.ids), -1, dtype=np.int8)
    for each, end in goals.items():
        if each in graph.positions:
            ends[graph.positions[each]] = ENDS.index(end)
    listed = np.flatnonzero(ends == ENDS.index("listed"))
    near = find_neighbours(graph)
    to_listed = _measure(near, listed, longest)
    to_named = _measure(near, np.flatnonzero(ends == ENDS.index("named")), longest)
    return Goals(ends, np.minimum(to_listed, to_named), to_listed)


def _make_neighbours(graph: Graph) -> Neighbours:
    rows = np.flatnonzero(graph.owner != graph.target)
    node = np.concatenate((graph.owner[rows], graph.target[rows]))
    other = np.concatenate((graph.target[rows], graph.owner[rows]))
    row = np.concatenate((rows, rows))
    joins = graph.kind == SAME
    probability = np.ones(len(graph), dtype=np.float64)
    for place in np.flatnonzero(joins).tolist():
        found = graph.read_link(place).source.probability
        probability[place] = 1.0 if found is None else found
    low = np.where(graph.flags & UNSIZED != 0, 0, graph.low)
    low[joins] = WHOLE
    exact = (graph.flags & UNSIZED == 0) & (graph.low == graph.high)
    strength = 4 * low.astype(np.int64) + 2 * exact + joins
    key = node.astype(np.int64) * len(graph.ids) + other
    order = np.lexsort((-probability[row], -strength[row], key))
    key = key[order]
    first = np.ones(len(key), dtype=bool)
    first[1:] = key[1:] != key[:-1]
    order = order[first]
    node, other, row = node[order], other[order], row[order]
    starts = np.zeros(len(graph.ids) + 1, dtype=np.int64)
    np.cumsum(np.bincount(node, minlength=len(graph.ids)), out=starts[1:])
    return Neighbours(starts, other, row, low[row], exact[row] | joins[row], probability[row])


def _measure(near: Neighbours, goals: Ints, longest: int) -> NDArray[np.int8]:
    """Return how many links each node is from the nearest goal."""
    distance = np.full(len(near.starts) - 1, FAR, dtype=np.int8)
    distance[goals] = 0
    frontier = goals
    for number in range(1, min(longest, FAR - 1) + 1):
        places, _ = expand_ranges(near.starts[frontier], near.starts[frontier + 1])
        reached = near.other[places]
        distance[reached[distance[reached] == FAR]] = number
        frontier = np.flatnonzero(distance == number)
    return distance
