"""Paths: how a supplier is tied to a company that is listed or named, link by link."""

from dataclasses import dataclass
from typing import Any

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

    def as_dict(self) -> dict[str, Any]:
        """Return it as written in findings: nodes, and between each two of them a link."""
        nodes = zip(self.nodes, self.captions, strict=True)
        return {
            "ends": self.ends,
            "probability": round(self.probability, 4),
            "nodes": [{"id": node, "caption": caption} for node, caption in nodes],
            "links": [
                {**_link_dict(link), "forward": forward}
                for link, forward in zip(self.links, self.forward, strict=True)
            ],
        }


def _link_dict(link: Link) -> dict[str, Any]:
    source = link.source
    probability = source.probability
    return {
        "id": link.id,
        "kind": link.kind,
        "role": link.role,
        "interest": link.interest,
        "share": link.share.words if link.share else None,
        "directness": link.directness,
        "start": link.start,
        "end": link.end,
        "source": source.origin,
        "edition": source.edition,
        "citation": source.citation,
        "url": source.url,
        "claim": source.claim,
        "probability": None if probability is None else round(probability, 4),
    }
