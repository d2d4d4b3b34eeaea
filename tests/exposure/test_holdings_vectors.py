"""The vectors of the exposure rules, on the arithmetic alone, at both bounds."""

from dataclasses import replace
from typing import Any

import pytest

from answerable.exposure.graphs.graph import Graph
from answerable.exposure.holdings.held import find_held
from answerable.exposure.holdings.steps import explain_held
from tests.exposure.short_links import PERCENT, make_graph, write_links

RULES: dict[str, dict[str, Any]] = {
    "ofac": {"interests": ("shareholding",), "threshold": 50 * PERCENT},
    "eu": {"interests": ("shareholding",), "threshold": 50 * PERCENT},
    "ofsi": {
        "interests": ("shareholding", "votingRights"),
        "threshold": 50 * PERCENT,
        "inclusive": False,
        "pool": "per_person",
        "controls": ("appointmentOfBoard",),
    },
}

# name: links; then who is held under OFAC and EU, and under OFSI: certain, then possible
VECTORS: dict[str, tuple[str, str, str]] = {
    "1 chain of halves": ("X50A A50B", "AB", ""),
    "2 arms add up": ("X50A X50B A25C B25C", "ABC", ""),
    "3 direct and through an arm": ("X50A X10B A40B", "AB", ""),
    "4 two listed": ("X25A Y25A", "A", ""),
    "5 arms not held": ("X25A X25B A50C B50C", "", ""),
    "6 appoints the board": ("X40A X0bA", "", "A"),
    "7 circle without a seed": ("A60B B60A", "", ""),
    "8 past and present": ("X60A<2020-01-01 X30A>2020-01-01", "", ""),
    "9 shares and votes apart": ("X30A X30vA", "", ""),
    "10 circle": ("X30A B20A X50B A40B", "AB", ""),
    "11 one arm of two": ("X50A X25B A25C B25C", "A", ""),
    "12 never multiplied": ("X51A A51B B51C", "ABC", "ABC"),
    "13 two listed, above": ("X30A Y30A", "A", ""),
    "14 arms of one person": ("X100A X100B A30C B30C", "ABC", "ABC"),
    "15 band at the edge": ("X(25-50]A", "?A", ""),
    "16 band above": ("X(50-75)A", "A", "A"),
    "17 share not known": ("X?A", "?A", "?A"),
    "18 open bands": ("X(25-50]A Y(25-50]A", "A", ""),
    "20 no float": ("X14.2A Y17.9A Z17.9A", "A", ""),
    "21 the parent is not held": ("P100S P100Y", "", ""),
    "22 votes": ("X60vA", "", "A"),
    "23 an arm and another": ("X60H H30A Y25A", "HA", "H"),
    "14b joint": ("X30A W30A X0jW", "", "A"),
    "joint elsewhere": ("X30A W30B X0jW", "", ""),
    "two sources tell one holding": ("X30A@r X30A@q", "", ""),
    "two classes of shares": ("X30A X30A", "A", "A"),
    "one by identifier": ("X30A W0sX W30A", "A", "A"),
    "one by name match": ("X60A A80sB B60C", "A?BC", "A?BC"),
    "unknown interest": ("X60uA", "?A", "?A"),
    "unknown adds at most": ("X30A X30uA@q", "", ""),
    "owns itself": ("X30A A30A", "", ""),
    "year in which it ended": ("X60A<2026", "?A", "?A"),
}


def tell_held(graph: Graph, rule: str, seeds: str = "XYZ") -> str:
    certain, possible = (
        find_held(graph, seeds, bound=bound, **RULES[rule]) for bound in ("low", "high")
    )
    assert not (certain.mask & ~possible.mask).any()
    named = [
        [graph.ids[place] for place, number in enumerate(each.round) if number > 0]
        for each in (certain, possible)
    ]
    unsure = [each for each in named[1] if each not in named[0] and each not in "W"]
    sure = [each for each in named[0] if each not in "W"]
    return "".join(sorted(sure)) + ("?" if unsure else "") + "".join(sorted(unsure))


def spell(text: str) -> str:
    sure, _, unsure = text.partition("?")
    return "".join(sorted(sure)) + ("?" if unsure else "") + "".join(sorted(unsure))


@pytest.mark.parametrize("name", VECTORS)
def test_vector(name: str) -> None:
    links, pooled, each = VECTORS[name]
    graph = make_graph(links)
    assert tell_held(graph, "ofac") == spell(pooled)
    assert tell_held(graph, "eu") == spell(pooled)
    assert tell_held(graph, "ofsi") == spell(each)


def test_an_indirect_holding_is_not_added_to_its_components() -> None:
    parts = write_links("X100A A60C X60C")
    whole = replace(parts[2], components=("t:0", "t:1"), directness="indirect")
    graph = make_graph([*parts[:2], whole])
    held = find_held(graph, ["X"], threshold=50 * PERCENT)
    assert tell_held(graph, "ofac") == "AC"
    assert tell_held(graph, "ofsi") == "AC"
    assert held.sums[graph.positions["C"]] == 60 * PERCENT


def test_an_explanation_names_links_in_the_order_of_the_derivation() -> None:
    graph = make_graph("X30A B20A X50B A40B")
    held = find_held(graph, ["X"], threshold=50 * PERCENT)
    steps = explain_held(graph, held, "A")
    assert [step.node for step in steps] == ["B", "A"]
    assert [link.id for link in steps[1].links] == ["t:0", "t:1"]
    assert (steps[0].low, steps[1].low) == (50 * PERCENT, 50 * PERCENT)
