"""Warnings: what a rule does not count and a reader should know of a node all the same."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

import numpy as np

from answerable.exposure.graphs.codes import INTERESTS, KINDS
from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.held import find_held
from answerable.exposure.holdings.stages import Stages
from answerable.exposure.holdings.stakes import OWNERSHIP, Ints, Mask, find_stakes, merge_same
from answerable.exposure.rulings.words import say_link, say_percent
from answerable.model.coverage import EditionCoverage
from answerable.model.link import WHOLE
from answerable.model.regime import Regime, Ruling

Kind = Literal["control", "minority", "directors", "unknown_share"]

KINDS_OF_WARNING: tuple[Kind, ...] = ("unknown_share", "control", "minority", "directors")

_MOST = 5


def warned_nodes(graph: Graph, regime: Regime, certain: Stages, possible: Stages) -> Ints:
    """Return the nodes of which there is a warning and which the rule does not reach."""
    if not regime.warnings or not certain.held:
        return np.zeros(0, dtype=np.int64)
    rows = [
        np.flatnonzero(_find_rows(graph, regime, certain, kind))
        for kind in KINDS_OF_WARNING
        if kind in regime.warnings
    ]
    same = merge_same(graph)
    marked = np.zeros(len(graph.ids), dtype=bool)
    marked[same[graph.target[np.concatenate(rows)]]] = True
    return np.flatnonzero(marked[same] & ~possible.mask)


def warn_of(
    graph: Graph, regime: Regime, certain: Stages, number: int, status: str
) -> tuple[list[str], tuple[str, ...]]:
    """Return the warnings of a node, and the ids of the links that they rest on.

    Args:
        graph: The graph as of a day.
        regime: The rule.
        certain: What is certainly held: the holders that a warning is about.
        number: The node.
        status: What the rule says of it: shares below the line are no warning where it reaches it.
    """
    told, edges = [], []
    if certain.held and status != "listed":
        into = _rows_into(graph, number)
        for kind, sentence in _sentences(regime, status):
            rows = into[_find_rows(graph, regime, certain, kind)[into]]
            links = [graph.read_link(int(row)) for row in rows[:_MOST]]
            if links:
                shown = " ".join(say_link(link, graph.captions) for link in links)
                told.append(f"{sentence} {shown}")
                edges += [link.id for link in links]
    told += _inconsistent(graph, regime, number)
    return told, tuple(dict.fromkeys(edges))


def warn_of_age(ruling: Ruling, editions: Iterable[EditionCoverage]) -> Ruling:
    """Return a ruling that says which of the editions its links are from are too old.

    Args:
        ruling: What a rule says of a node.
        editions: The editions that links come from; a link's id begins with that of its list.
    """
    origins = {edge.partition(":")[0] for edge in ruling.edges}
    aged = [
        f"The links of {each.title} {each.edition} are {each.age_days} days old; at most "
        f"{each.max_age_days} are allowed. What they state may have changed."
        for each in editions
        if each.too_old and each.list in origins
    ]
    return replace(ruling, warnings=(*ruling.warnings, *aged)) if aged else ruling


def _sentences(regime: Regime, status: str) -> Iterator[tuple[Kind, str]]:
    hidden: dict[str, tuple[Kind, ...]] = {
        "derived": ("minority", "unknown_share"),
        "connected": ("minority", "unknown_share"),
        "possible": ("minority",),
    }
    for kind in KINDS_OF_WARNING:
        if kind in regime.warnings and kind not in hidden.get(status, ()):
            yield kind, regime.warnings[kind]


def _find_rows(graph: Graph, regime: Regime, certain: Stages, kind: Kind) -> Mask:
    """Return which rows lead from a listed or held node to one that is not held, by a kind."""
    key = ("warning", regime.id, regime.version, id(certain), kind)
    return graph.keep(key, lambda: _make_rows(graph, regime, certain, kind))


def _make_rows(graph: Graph, regime: Regime, certain: Stages, kind: Kind) -> Mask:
    owned = graph.kind == OWNERSHIP
    nothing = owned & (graph.low == 0) & (graph.high == WHOLE)
    if kind == "unknown_share":
        chosen = nothing
    elif kind == "minority":
        chosen = owned & ~nothing & (graph.high > 0) & _has(graph, regime.interests)
    elif kind == "directors":
        chosen = graph.kind == KINDS.index("directorship")
    else:
        chosen = (graph.kind == KINDS.index("control")) | _has(graph, _all_controls(regime))
        if regime.control_shares and regime.control_means == "warning":
            led = find_held(
                graph,
                np.flatnonzero(certain.mask),
                interests=regime.control_shares,
                threshold=regime.control_threshold or 0,
                inclusive=False,
            )
            reached = led.round[graph.target] == 1
            chosen |= owned & _has(graph, regime.control_shares) & reached
    mask: Mask = chosen & certain.mask[graph.owner] & ~certain.mask[graph.target]
    return mask


def _all_controls(regime: Regime) -> tuple[str, ...]:
    """Return the interests that are control and no share; all, where a rule counts only some."""
    return regime.controls or ("appointmentOfBoard",)


def _has(graph: Graph, interests: tuple[str, ...]) -> Mask:
    codes = [place for place, name in enumerate(INTERESTS) if name in interests]
    return np.asarray(np.isin(graph.interest, codes))


def _rows_into(graph: Graph, number: int) -> Ints:
    same = merge_same(graph)
    order = graph.keep("rows by target", lambda: np.argsort(same[graph.target], kind="stable"))
    targets = graph.keep("targets in order", lambda: same[graph.target][order])
    first = np.searchsorted(targets, same[number])
    end = np.searchsorted(targets, same[number], side="right")
    into: Ints = np.sort(order[first:end])
    return into


def _inconsistent(graph: Graph, regime: Regime, number: int) -> list[str]:
    """Return a sentence where the least shares of all owners are more than the whole."""
    found = []
    for interest in regime.interests:
        total = int(_sum_lows(graph, interest)[merge_same(graph)[number]])
        if total > WHOLE:
            found.append(
                f"inconsistent_shares: what sources state of it by {interest} is at least "
                f"{say_percent(total)} together, more than the whole; nothing was rescaled."
            )
    return found


def _sum_lows(graph: Graph, interest: str) -> Ints:
    def make() -> Ints:
        stakes = find_stakes(graph, interest)
        sums = np.zeros(len(graph.ids), dtype=np.int64)
        np.add.at(sums, stakes.target, stakes.low)
        return sums

    return graph.keep(("lows", interest), make)
