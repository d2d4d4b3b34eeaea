"""Holders: who holds listed companies, upwards, each holder by itself.

What is listed does not reach its owners, unless a rule says so; this is for such rules, and for
telling who owns.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from answerable.errors import UsageError
from answerable.exposure.graph import Graph
from answerable.exposure.holdings import Bound
from answerable.exposure.pools import Test
from answerable.exposure.stakes import Ints, Stakes, find_stakes, merge_same
from answerable.model.link import WHOLE, Link


@dataclass(frozen=True, slots=True, eq=False)
class Holders:
    """Who holds some nodes, directly or through what they hold.

    Args:
        mask: For each node whether it is one of the nodes or a holder.
        round: In which round it was reached: 0 for the nodes, 1 for their owners; else -1.
        through: For each holder the node that it holds directly on the way down; else -1.
        links: For each holder a row of the graph that states that stake; else -1.
    """

    mask: NDArray[np.bool_]
    round: NDArray[np.int32]
    through: Ints
    links: Ints

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask))


def find_holders(
    graph: Graph,
    nodes: Iterable[str] | Ints,
    *,
    interests: Sequence[str] = ("shareholding",),
    threshold: int,
    inclusive: bool = True,
    bound: Bound = "low",
    unknown: bool = True,
) -> Holders:
    """Return who holds nodes by a stake that reaches a threshold, and who holds those in turn.

    Each stake is tested by itself: what several owners have is not added up.

    Args:
        graph: The graph as of a day.
        nodes: Ids of nodes, or their numbers.
        interests: Types of interest, each by itself.
        threshold: In millionths of a percent.
        inclusive: Whether the threshold itself is enough.
        bound: `low` for what is certain, `high` for what is possible.
        unknown: Whether links of which no share is known count (at the high bound).

    Raises:
        UsageError: The graph is of all times.

    Example:
        >>> from datetime import date
        >>> from answerable.exposure.graph import as_of, build_graph
        >>> from answerable.model import LinkSource, Share
        >>> part = Share(11_000_000, 11_000_000)
        >>> owns = Link("r:1", "ownership", "fund", "maker", LinkSource("r"), "shareholding", part)
        >>> graph = as_of(build_graph([owns]), date(2026, 11, 23))
        >>> found = find_holders(graph, ["maker"], threshold=10_000_000, inclusive=False)
        >>> [graph.ids[node] for node in np.flatnonzero(found.round == 1)]
        ['fund']
    """
    if graph.day is None:
        raise UsageError("Holders are those of a day: take the graph as of one first (as_of).")
    same = merge_same(graph)
    numbers = nodes if isinstance(nodes, np.ndarray) else graph.find_nodes(nodes)
    test = Test(threshold, inclusive, bound)
    strong = [_choose(find_stakes(graph, each, unknown=unknown), test) for each in interests]
    owner, target, row = (np.concatenate(columns) for columns in zip(*strong, strict=True))
    rounds = np.full(len(graph.ids), -1, dtype=np.int32)
    through, links = (np.full(len(graph.ids), -1, dtype=np.int64) for _ in range(2))
    rounds[np.unique(same[numbers])] = 0
    number, grown = 0, True
    while grown:
        number += 1
        fresh = np.flatnonzero((rounds[target] == number - 1) & (rounds[owner] < 0))
        rounds[owner[fresh]] = number
        through[owner[fresh]], links[owner[fresh]] = target[fresh], row[fresh]
        grown = bool(len(fresh))
    return Holders((rounds >= 0)[same], rounds[same], through[same], links[same])


def explain_holder(graph: Graph, holders: Holders, node: str) -> list[Link]:
    """Return the links from a holder down to one of the nodes that it holds; empty if none.

    Cost: one step for each link.
    """
    place = graph.positions.get(node, -1)
    found: list[Link] = []
    while place >= 0 and holders.links[place] >= 0:
        found.append(graph.read_link(int(holders.links[place])))
        place = int(holders.through[place])
    return found


def find_over_whole(graph: Graph, interest: str = "shareholding") -> dict[str, int]:
    """Return nodes whose owners' least shares sum to more than all, with the sum.

    Such statements cannot all be true of one day; they are told and nothing is rescaled.

    Args:
        graph: The graph as of a day.
        interest: Type of interest that is summed.

    Example:
        >>> from datetime import date
        >>> from answerable.exposure.graph import as_of, build_graph
        >>> from answerable.model import LinkSource, Share
        >>> share, source = Share(60_000_000, 60_000_000), LinkSource("r")
        >>> links = [
        ...     Link(f"r:{owner}", "ownership", owner, "mill", source, "shareholding", share)
        ...     for owner in ("one", "other")
        ... ]
        >>> find_over_whole(as_of(build_graph(links), date(2026, 11, 23)))
        {'mill': 120000000}
    """
    stakes = find_stakes(graph, interest)
    sums = np.zeros(len(graph.ids), dtype=np.int64)
    np.add.at(sums, stakes.target, stakes.low)
    return {graph.ids[node]: int(sums[node]) for node in np.flatnonzero(sums > WHOLE).tolist()}


def _choose(stakes: Stakes, test: Test) -> tuple[Ints, Ints, Ints]:
    """Return owner, target and first row of stakes that reach the threshold by themselves."""
    passed = np.flatnonzero(test.passes(*test.ends(stakes)))
    return stakes.owner[passed], stakes.target[passed], stakes.rows[stakes.firsts[passed]]
