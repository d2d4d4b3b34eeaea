"""Surroundings: what all findings of a screening are seen against, made once for all of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

from answerable.exposure.graphs.graph import as_of, build_graph
from answerable.exposure.graphs.neighbours import mark_goals
from answerable.exposure.graphs.paths import find_paths
from answerable.exposure.linking.network import Network
from answerable.exposure.rulings.hearing import Hearing, Rulings
from answerable.model import Company, Coverage, Path, Regime, Ruling

MOST_WAYS = 50
"""Paths from one node from which a finding chooses."""

FindPaths = Callable[[str], Sequence[Path]]
"""From a node to the paths that lead from it to listed and named nodes."""


@dataclass(frozen=True)
class Surroundings:
    """What the findings of a screening are seen against, the same for all of them.

    Args:
        network: Who is tied to whom, and who is named in claims.
        find_paths: Paths from a node; asked once per node.
        hearing: The rules of the day; None where there are none.
        rulings: Id of a rule to what it says of nodes, where it has something to say.
        threshold: Probability from which a name match is a `match`.
    """

    network: Network = field(default_factory=Network)
    find_paths: FindPaths = lambda _: ()
    hearing: Hearing | None = None
    rulings: Rulings = field(default_factory=dict)
    threshold: float = 0.5

    @cached_property
    def defaults(self) -> Mapping[str, Ruling]:
        """What each rule says of a company of which it has nothing to say; the same for all."""
        return self.hearing.defaults if self.hearing else {}

    def hear(self, companies: Iterable[Company]) -> "Surroundings":
        """Return them with what the rules say of companies that suppliers may be.

        Args:
            companies: Companies that were matched, listed or not.
        """
        if self.hearing is None:
            return self
        nodes = {self.network.node_of(each.id): each for each in companies}
        joined = {other for node in nodes for other, _ in self.joins.get(node, ())}
        asked = [replace(each, id=node) for node, each in nodes.items()]
        return replace(self, rulings=self.hearing.hear(asked, joined))

    @cached_property
    def joins(self) -> Mapping[str, tuple[tuple[str, float], ...]]:
        """Nodes that a name match joins, with its probability, by node, both ways."""
        found: dict[str, list[tuple[str, float]]] = {}
        for link in self.network.links:
            if link.kind == "same":
                probability = link.source.probability or 0.0
                found.setdefault(link.owner, []).append((link.target, probability))
                found.setdefault(link.target, []).append((link.owner, probability))
        return {node: tuple(each) for node, each in found.items()}

    @cached_property
    def paths(self) -> dict[str, tuple[Path, ...]]:
        """Paths that were asked for, by node."""
        return {}

    def leads(self, node: str) -> bool:
        """Tell whether anything is said of a node: a path, a ruling or a claim."""
        names = (node, *(other for other, _ in self.joins.get(node, ())))
        return bool(
            any(self.network.notes.get(each) for each in names)
            or self.paths_from(node)
            or any(node in by_node for by_node in self.rulings.values())
        )

    def paths_from(self, node: str) -> tuple[Path, ...]:
        """Return the paths from a node."""
        if node not in self.paths:
            known = node in self.network.nodes
            self.paths[node] = tuple(self.find_paths(node)) if known else ()
        return self.paths[node]


def survey_ties(
    network: Network,
    regimes: Mapping[str, Regime],
    coverage: Coverage,
    day: date,
    threshold: float,
) -> Surroundings:
    """Return what findings of a day are seen against.

    Args:
        network: Who is tied to whom.
        regimes: Rules by id; empty for none.
        coverage: The lists that are searched.
        day: The day: links that did not hold on it, and listings that had ended, do not count.
        threshold: Probability from which a name match is a `match`.

    Cost:
        What the graph costs (see `graph.build_graph`); nothing without ties.
    """
    captions = {node_id: node.caption for node_id, node in network.nodes.items()}
    graph = as_of(build_graph(network.links, captions), day)
    hearing = Hearing(regimes, coverage, day, graph, network) if regimes else None
    goals = mark_goals(graph, find_goals(network, day))
    walk = partial(find_paths, graph, goals=goals, most=MOST_WAYS)
    return Surroundings(network, walk, hearing, threshold=threshold)


def find_goals(network: Network, day: date) -> dict[str, str]:
    """Return the nodes to which paths lead: those listed on the day, and those named in claims."""
    named = dict.fromkeys(network.notes, "named")
    listed = (each for each, node in network.nodes.items() if stands_listed(node, day))
    return named | dict.fromkeys(listed, "listed")


def stands_listed(company: Company, day: date) -> bool:
    """Tell whether a company or person stands on a list on a day.

    Example:
        >>> stands_listed(Company("x:1", "Person", ()), date(2026, 11, 24))
        False
    """
    return any(
        each.status == "listed" and (each.until is None or each.until > day.isoformat())
        for each in company.listings
    )
