"""Generated ownership graphs of the shape of registers, for measurements.

Nobody is meant by them. Companies have one to a dozen owners; owners are few with very many
holdings and many with one (Zipf). Of the holdings a tenth is of unknown share, three tenths are
bands as the UK register of people with significant control prints them, the others are exact and
sum to at most 100 %. One link in a hundred goes up, so that there are circles.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from answerable.exposure.graphs.codes import HIGH_OPEN, INTERESTS, KINDS, LOW_OPEN, UNSIZED
from answerable.exposure.graphs.graph import Graph, graph_from_arrays
from answerable.model.link import WHOLE

PERCENT = WHOLE // 100
BANDS = ((25, 50, LOW_OPEN), (50, 75, LOW_OPEN | HIGH_OPEN), (75, 100, 0))
Ints = NDArray[np.int64]


def make_links(links: int, seed: int = 1) -> tuple[dict[str, Any], int]:
    """Return columns of a graph with so many links, and the number of its nodes.

    Args:
        links: How many links.
        seed: Of the generator; the same gives the same links.
    """
    random = np.random.default_rng(seed)
    owners_each = np.minimum(random.geometric(0.6, size=links), 12)
    companies = int(np.searchsorted(np.cumsum(owners_each), links)) + 1
    target = np.repeat(np.arange(companies), owners_each[:companies])[:links]
    nodes = companies + companies // 3  # a quarter of them are persons, who have no owners
    owner = _choose_owners(random, target, nodes)
    low, high, flags = _choose_shares(random, target)
    kind, interest = _choose_interests(random, links)
    flags[kind != KINDS.index("ownership")] = UNSIZED
    columns = {
        "owner": owner,
        "target": target,
        "low": low,
        "high": high,
        "flags": flags,
        "kind": kind,
        "interest": interest,
    }
    return columns, nodes


def make_graph(links: int, seed: int = 1) -> Graph:
    """Return the graph of generated links."""
    columns, nodes = make_links(links, seed)
    return graph_from_arrays(nodes=nodes, origin="made", **columns)


def choose_seeds(graph: Graph, count: int, seed: int = 2) -> Ints:
    """Return numbers of nodes that are to be listed, owners of many links the likelier."""
    random = np.random.default_rng(seed)
    busy = graph.owner[random.integers(0, len(graph), size=count // 2)]
    others = random.integers(0, len(graph.ids), size=count)
    return np.unique(np.concatenate((busy, others)))[:count].astype(np.int64)


def _choose_owners(random: np.random.Generator, target: Ints, nodes: int) -> Ints:
    """Return owners: mostly later numbers (so no circle), of a Zipf-like busyness."""
    count = len(target)
    steps = (random.pareto(0.8, size=count) * 3).astype(np.int64) + 1
    near = target + steps
    busy = nodes - 1 - np.minimum((random.pareto(0.9, size=count) * 2), nodes - 1).astype(np.int64)
    persons = random.integers(nodes * 3 // 4, nodes, size=count)
    pick = random.random(count)
    owner = np.where(pick < 0.35, near, np.where(pick < 0.45, busy, persons))
    owner = np.where(random.random(count) < 0.01, random.integers(0, nodes, size=count), owner)
    owner = np.where(owner >= nodes, persons, owner)
    return np.where(owner == target, (owner + 1) % nodes, owner)


def _choose_shares(
    random: np.random.Generator, target: Ints
) -> tuple[Ints, Ints, NDArray[np.uint8]]:
    weights = random.integers(1, 1_000, size=len(target))
    totals = np.zeros(int(target.max()) + 1, dtype=np.int64)
    np.add.at(totals, target, weights)
    low = weights * WHOLE // totals[target] // (PERCENT // 100) * (PERCENT // 100)
    high, flags = low.copy(), np.zeros(len(target), dtype=np.uint8)
    pick = random.random(len(target))
    for least, most, flag in BANDS:
        banded = (pick < 0.3) & (low > least * PERCENT) & (low <= most * PERCENT)
        high[banded], flags[banded] = most * PERCENT, flag
        low[banded] = least * PERCENT
    unknown = pick > 0.9
    low[unknown], high[unknown] = 0, WHOLE
    return low, high, flags


def _choose_interests(
    random: np.random.Generator, count: int
) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    pick = random.random(count)
    names = ("shareholding", "votingRights", "appointmentOfBoard", "boardMember")
    codes = np.array([INTERESTS.index(each) for each in names], dtype=np.int8)
    which = np.searchsorted([0.75, 0.92, 0.96], pick)
    kinds = ("ownership", "ownership", "control", "directorship")
    kind = np.array([KINDS.index(each) for each in kinds], dtype=np.int8)
    return kind[which], codes[which]
