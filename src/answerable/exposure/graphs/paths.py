"""Paths: how a supplier's company is tied to companies that are listed or named, link by link."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from answerable.errors import UsageError
from answerable.exposure.graphs.graph import Graph
from answerable.exposure.graphs.neighbours import (
    ENDS,
    Goals,
    Neighbours,
    find_neighbours,
    mark_goals,
)
from answerable.model.link import WHOLE
from answerable.model.path import Path

BUSY = 300
"""Neighbours of one node that are followed at most: the nearest to a goal, then the strongest."""

EFFORT = 10_000
"""Beginnings of paths after which a search is broken off."""


@dataclass(frozen=True, slots=True)
class PathSearch:
    """Paths that were found, and whether there may be more within the bounds.

    Args:
        paths: Shortest and strongest first.
        is_whole: Whether no search was broken off: if not, more paths of the same length or longer
            may exist, and no path does not mean that there is no tie.
        busy: Ids of nodes with more neighbours than were followed.
    """

    paths: tuple[Path, ...]
    is_whole: bool
    busy: tuple[str, ...] = ()


def find_paths(
    graph: Graph,
    start: str,
    goals: Mapping[str, str] | Goals,
    *,
    longest: int = 6,
    most: int = 10,
) -> list[Path]:
    """Return paths from a node to listed or named ones, shortest and strongest first.

    See `search_paths`, which also tells whether there may be more.

    Example:
        >>> from datetime import date
        >>> from answerable.exposure.graphs.graph import as_of, build_graph
        >>> from answerable.model import Link, LinkSource, Share
        >>> half = Share(50_000_000, 50_000_000)
        >>> owns = Link("r:1", "ownership", "mill", "shop", LinkSource("r"), "shareholding", half)
        >>> graph = as_of(build_graph([owns], {"mill": "Invented Mill"}), date(2026, 11, 23))
        >>> [path] = find_paths(graph, "shop", {"mill": "listed"})
        >>> path.captions, path.forward, path.ends
        (('shop', 'Invented Mill'), (False,), 'listed')
    """
    return list(search_paths(graph, start, goals, longest=longest, most=most).paths)


def search_paths(
    graph: Graph,
    start: str,
    goals: Mapping[str, str] | Goals,
    *,
    longest: int = 6,
    most: int = 10,
) -> PathSearch:
    """Return paths from a node to listed or named ones, and whether there may be more.

    A path tells of ties, each as its source states it; it says nothing about wrongdoing, and no
    rule is applied. Links are walked in both directions and the path says in which. Between two
    nodes the strongest link stands for all. A path goes on beyond a named company to a listed one,
    and ends at the first that is listed.

    The order: fewer links; then the greater least share (links without a size count as 0, links
    `same` as all); then fewer shares that are no single number; then the greater least probability
    of a name match; then ids. Shares are never multiplied.

    Args:
        graph: The graph as of a day.
        start: Id of the node where paths begin; itself no end of one.
        goals: `listed` or `named` by id, or `mark_goals` of them for many searches.
        longest: Most links of a path, 1 to 20.
        most: Most paths.

    Raises:
        UsageError: `longest` or `most` is out of range.

    Cost: about `EFFORT` beginnings of paths at most; a few milliseconds among 1,500,000 links.
    """
    if not (1 <= longest <= 20 and most >= 1):
        raise UsageError("A path has 1 to 20 links (longest), and at least one is asked for.")
    place = graph.positions.get(start)
    if place is None:
        return PathSearch((), True)
    marked = goals if isinstance(goals, Goals) else mark_goals(graph, goals, longest=longest)
    search = _Search(graph, find_neighbours(graph), marked, longest)
    search.begin(place)
    found = search.run(most)
    busy = tuple(graph.ids[node] for node in sorted(search.busy))
    whole = not search.queue or (len(found) < most and search.effort < EFFORT)
    return PathSearch(tuple(found), whole and not busy, busy)


Beginning = tuple[int, int, int, float, tuple[int, ...], tuple[int, ...]]
"""Links there are at least, least share (negative), shares that are no number, probability
(negative), nodes, and places of the links among the neighbours."""


@dataclass(slots=True)
class _Search:
    graph: Graph
    near: Neighbours
    goals: Goals
    longest: int
    queue: list[Beginning] = field(default_factory=list)
    busy: set[int] = field(default_factory=set)
    effort: int = 0

    def begin(self, start: int) -> None:
        self.expand((0, -WHOLE, 0, -1.0, (start,), ()), self.goals.to_any)

    def run(self, most: int) -> list[Path]:
        found: list[Path] = []
        while self.queue and len(found) < most and self.effort < EFFORT:
            beginning = heapq.heappop(self.queue)
            nodes, places = beginning[4], beginning[5]
            end = int(self.goals.ends[nodes[-1]])
            ends_here = end >= 0 and beginning[0] == len(places)
            if ends_here:
                found.append(self.write_path(nodes, places, ENDS[end], -beginning[3]))
            if end < 0:
                passed = any(self.goals.ends[node] == 1 for node in nodes[1:])
                self.expand(beginning, self.goals.to_listed if passed else self.goals.to_any)
            elif ENDS[end] == "named":
                self.expand(beginning, self.goals.to_listed)
        return found

    def expand(self, beginning: Beginning, distance: np.ndarray) -> None:
        """Put all beginnings that are longer by one link in the queue."""
        _, share, vague, probability, nodes, places = beginning
        first, end = self.near.starts[nodes[-1]], self.near.starts[nodes[-1] + 1]
        others = self.near.other[first:end]
        left = self.longest - len(places) - 1
        chosen = np.flatnonzero(distance[others] <= left)
        if len(chosen) > BUSY:
            self.busy.add(nodes[-1])
            order = np.lexsort((-self.near.low[first + chosen], distance[others[chosen]]))
            chosen = chosen[order[:BUSY]]
        self.effort += len(chosen)
        for each in (chosen + first).tolist():
            other = int(self.near.other[each])
            if other not in nodes:
                longer: Beginning = (
                    len(places) + 1 + int(distance[other]),
                    max(share, -int(self.near.low[each])),
                    vague + (not self.near.exact[each]),
                    max(probability, -float(self.near.probability[each])),
                    (*nodes, other),
                    (*places, each),
                )
                heapq.heappush(self.queue, longer)

    def write_path(
        self, nodes: tuple[int, ...], places: tuple[int, ...], ends: str, probability: float
    ) -> Path:
        graph = self.graph
        ids = tuple(graph.ids[node] for node in nodes)
        links = tuple(graph.read_link(int(self.near.row[each])) for each in places)
        return Path(
            nodes=ids,
            captions=tuple(graph.captions.get(each, each) for each in ids),
            links=links,
            forward=tuple(link.owner == node for link, node in zip(links, ids[:-1], strict=True)),
            ends=ends,
            probability=probability,
        )
