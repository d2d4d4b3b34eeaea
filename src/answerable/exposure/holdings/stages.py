"""What a rule counts as held, in stages: by its sums, then by votes that are control, and again."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.held import Held, find_held
from answerable.exposure.holdings.stakes import Ints, Mask
from answerable.exposure.holdings.steps import Step, explain_held
from answerable.exposure.rulings.words import say_step
from answerable.model.link import WHOLE
from answerable.model.regime import Regime


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a node counts as held.

    Args:
        holders: Ids of the nodes at the beginning, the listed ones.
        edges: Ids of the links in the order of the derivation.
        lines: The arithmetic in words.
        control: Whether it is control and no sum that reached it.
        ranged: Whether the share of a link is a range, such as one that is not known.
        by_name: Whether a name match joins two nodes on the way.
    """

    holders: tuple[str, ...]
    edges: tuple[str, ...]
    lines: tuple[str, ...]
    control: bool
    ranged: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Stages:
    """Sets of what is held at one bound, each starting from the one before.

    Args:
        mask: For each node whether it is listed or held at the end.
        sums: For each node the sum by the rule's interests; see `Held.sums`.
        held: The sets; none where the rule has no sum.
    """

    mask: Mask
    sums: Ints
    held: tuple[Held, ...]

    def explain(self, graph: Graph, regime: Regime, number: int) -> Explanation:
        """Return why a node is held, from the listed nodes on."""
        steps: dict[str, tuple[Step, Held]] = {}
        self._walk(graph, graph.ids[number], len(self.held), steps)
        lines: list[str] = []
        for step, held in steps.values():
            line = held.rule.test.threshold if step.interest in held.rule.interests else None
            certain = held.rule.test.bound == "low"
            lines += say_step(step, regime, graph.captions, certain=certain, line=line)
        links = [link for step, _ in steps.values() for link in step.links]
        made = set(steps)
        owners = [link.owner for link in links if link.kind != "same"]
        last, held = next(reversed(steps.values()))
        by_votes = held.rule.interests != regime.interests
        return Explanation(
            holders=tuple(dict.fromkeys(each for each in owners if each not in made)),
            edges=tuple(dict.fromkeys(link.id for link in links)),
            lines=tuple(dict.fromkeys(lines)),
            control=last.reason == "control" or (last.reason == "sum" and by_votes),
            ranged=any(link.share is not None and not link.share.is_exact for link in links),
            by_name=any(link.source.probability is not None for link in links),
        )

    def _walk(
        self, graph: Graph, node: str, stages: int, steps: dict[str, tuple[Step, Held]]
    ) -> None:
        """Add the steps to a node, those of earlier stages first."""
        place = graph.positions[node]
        for stage in range(stages):
            held = self.held[stage]
            if held.round[place] > 0:
                found = explain_held(graph, held, node)
                made = {step.node for step in found} | set(steps)
                for owner in dict.fromkeys(link.owner for step in found for link in step.links):
                    if owner not in made and stage:
                        self._walk(graph, owner, stage, steps)
                for step in found:
                    steps.setdefault(step.node, (step, held))
                return


def hold(graph: Graph, regime: Regime, seeds: Ints, bound: Literal["low", "high"]) -> Stages:
    """Return what a rule counts as held by listed nodes, at one bound of the shares.

    At the low bound control counts where the rule says that it is enough (`derived`); at the high
    bound also where it is for review (`possible`).

    Args:
        graph: The graph as of a day.
        regime: The rule.
        seeds: Numbers of listed nodes.
        bound: `low` for what is certain, `high` for what is possible.
    """
    if regime.direction != "down" or (regime.threshold is None and not regime.controls):
        return _hold_nothing(graph)
    counts = regime.control_means == "derived" or (
        bound == "high" and regime.control_means == "possible"
    )
    controls = regime.controls if counts else ()
    first = _find(graph, regime, seeds, bound, controls)
    stages = [first]
    while counts and regime.control_shares:
        votes = find_held(
            graph,
            np.flatnonzero(stages[-1].mask),
            interests=regime.control_shares,
            threshold=regime.control_threshold or 0,
            inclusive=False,
            bound=bound,
            unknown=regime.unknown_is == "possible",
        )
        if len(votes) == len(stages[-1]):
            break
        again = _find(graph, regime, np.flatnonzero(votes.mask), bound, controls)
        stages += [votes, again]
        if len(again) == len(votes):
            break
    return Stages(stages[-1].mask, stages[-1].sums, tuple(stages))


def _find(
    graph: Graph,
    regime: Regime,
    seeds: Ints,
    bound: Literal["low", "high"],
    controls: tuple[str, ...],
) -> Held:
    return find_held(
        graph,
        seeds,
        interests=regime.interests,
        threshold=WHOLE if regime.threshold is None else regime.threshold,
        inclusive=regime.inclusive,
        pool=regime.pool,
        bound=bound,
        controls=controls,
        unknown=regime.unknown_is == "possible",
    )


def _hold_nothing(graph: Graph) -> Stages:
    count = len(graph.ids)
    return Stages(np.zeros(count, dtype=bool), np.zeros(count, dtype=np.int64), ())
