"""Paths: how a supplier is tied to a company that is listed or named, link by link."""

from dataclasses import dataclass

from answerable.model.link import Link


@dataclass(frozen=True, slots=True)
class Path:
    """A way from a supplier to a listed or named company, each link stated by its source.

    A path tells of ties, not of a rule (see `Ruling`) and not of wrongdoing.

    Args:
        nodes: Ids of the nodes, the supplier's company first; none occurs twice.
        captions: Their names, in the same order.
        links: The links between them, one fewer than nodes.
        forward: For each link, whether it is walked from its owner to its target.
        ends: `listed` or `named`: what the last node is.
        probability: The least probability of a joining name match on it; 1 where none is.
    """

    nodes: tuple[str, ...]
    captions: tuple[str, ...]
    links: tuple[Link, ...]
    forward: tuple[bool, ...]
    ends: str
    probability: float = 1.0
