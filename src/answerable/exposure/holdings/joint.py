"""Joint holdings: two who hold together, where each seed counts by itself.

A joint arrangement ties two owners; which shares it is about is seldom stated. So a partner's
shares (and those of what the partner holds) count only in companies in which the seed's own side
has a share by the same type of interest.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from answerable.exposure.graphs.codes import KINDS, UNSURE
from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.pools import (
    Reach,
    Test,
    Ties,
    add_up,
    find_beside,
    insert_keys,
    look_up,
    merge_tallies,
    spread_each,
)
from answerable.exposure.holdings.stakes import Ints, Stakes, expand_ranges, merge_same

JOINT = KINDS.index("joint_arrangement")


def join_partners(
    graph: Graph, stakes: Sequence[Stakes], reach: Reach, test: Test, ties: Ties
) -> Reach:
    """Return what each seed reaches together with those who hold jointly with it.

    Args:
        graph: The graph as of a day.
        stakes: Stakes by each type of interest.
        reach: What each seed reaches by itself.
        test: When a sum is enough; at its low bound, only arrangements that certainly hold count.
        ties: Pairs that a name match says may be one, at the high bound.

    Source: SI 2019/135 (UK), Schedule 1 paragraphs 2 and 3.
    """
    pairs = find_arrangements(graph, test)
    grown = reach
    while pairs is not None:
        grown = _find_partners(grown, pairs, stakes, test)
        fresh = _find_fresh(grown, stakes, test, ties)
        if not len(fresh):
            break
        number = int(grown.rounds.max(initial=0)) + 1
        keys, rounds = insert_keys(grown.keys, grown.rounds, fresh, number)
        grown = replace(grown, keys=keys, rounds=rounds)
    return grown


def find_arrangements(graph: Graph, test: Test) -> tuple[Ints, Ints] | None:
    """Return the pairs that a joint arrangement ties on the day; None if there are none."""
    rows = np.flatnonzero(graph.kind == JOINT)
    if test.bound == "low":
        rows = rows[graph.flags[rows] & UNSURE == 0]
    same = merge_same(graph)
    return (same[graph.owner[rows]], same[graph.target[rows]]) if len(rows) else None


def _find_partners(
    reach: Reach, pairs: tuple[Ints, Ints], stakes: Sequence[Stakes], test: Test
) -> Reach:
    """Return the reach with its partners: theirs, and what they hold by themselves."""
    count = reach.count
    beside = np.unique(find_beside(pairs, reach.keys, count))
    beside = beside[look_up(reach.keys, reach.rounds, beside) < 0]
    theirs = spread_each(stakes, count, np.unique(beside % count), test, None)
    place = np.searchsorted(theirs.heads, beside % count)
    begins = np.searchsorted(theirs.keys, place * count)
    ends = np.searchsorted(theirs.keys, (place + 1) * count)
    places, which = expand_ranges(begins, ends)
    nodes = theirs.keys[places] % count
    keys = np.unique(beside[which] // count * count + nodes)
    return replace(reach, partners=keys[look_up(reach.keys, reach.rounds, keys) < 0])


def _find_fresh(reach: Reach, stakes: Sequence[Stakes], test: Test, ties: Ties) -> Ints:
    """Return keys that are reached with the partners' shares, or by what was reached so."""
    count = reach.count
    pools = np.unique(reach.partners // count)
    own_keys = reach.keys[np.isin(reach.keys // count, pools)]
    found = [own_keys[:0]]
    for each in stakes:
        own = add_up(each, own_keys, count, test)
        keys, values, opens = add_up(each, reach.partners, count, test)
        shared = np.isin(keys, own[0])
        keys, sums, is_open = merge_tallies(own, (keys[shared], values[shared], opens[shared]))
        found.append(keys[test.passes(sums, is_open)])
    if ties is not None:
        found.append(find_beside(ties, own_keys, count))
    fresh = np.unique(np.concatenate(found))
    return fresh[look_up(reach.keys, reach.rounds, fresh) < 0]
