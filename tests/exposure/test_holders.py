"""Holders, upwards: each by itself, the threshold of the rule, and who owns more than all."""

from typing import Any

import numpy as np
import pytest

from answerable.errors import UsageError
from answerable.exposure.graph import build_graph
from answerable.exposure.holders import explain_holder, find_holders, find_over_whole
from tests.exposure.short_links import PERCENT, make_graph, write_links


@pytest.mark.parametrize(
    ("links", "bound", "holders"),
    [
        ("P10X", "low", ""),  # more than 10 %
        ("P10.1X", "low", "P"),
        ("P6X Q6X", "low", ""),  # owners do not add up
        ("P60X G60P", "low", "PG"),
        ("P(0-25]X", "low", ""),
        ("P(0-25]X", "high", "P"),
        ("P?X", "high", "P"),
        ("X60A", "high", ""),  # what is below is not above
        ("P60X X60P", "low", "P"),
        ("P60X<2020-01-01", "high", ""),
        ("P60vX", "high", ""),
        ("X0sA P60A", "low", "P"),
    ],
)
def test_holders(links: str, bound: Any, holders: str) -> None:
    graph = make_graph(links)
    found = find_holders(graph, ["X"], threshold=10 * PERCENT, inclusive=False, bound=bound)
    assert {graph.ids[node] for node in np.flatnonzero(found.round > 0).tolist()} == set(holders)


def test_an_explanation_goes_down_link_by_link() -> None:
    graph = make_graph("P60X G60P")
    found = find_holders(graph, ["X"], threshold=10 * PERCENT)
    assert [link.id for link in explain_holder(graph, found, "G")] == ["t:1", "t:0"]
    assert explain_holder(graph, found, "X") == explain_holder(graph, found, "nobody") == []


def test_a_graph_of_all_times_has_no_holders() -> None:
    with pytest.raises(UsageError, match="as_of"):
        find_holders(build_graph(write_links("P60X")), ["X"], threshold=PERCENT)


@pytest.mark.parametrize(
    ("links", "over"),
    [
        ("X60A Y60A", {"A": 120 * PERCENT}),
        ("X60A@r Y40A@r", {}),
        ("X60A@r X60A@q", {}),  # one holding told twice
        ("X?A Y?A", {}),
        ("X60A<2020-01-01 Y60A", {}),
        ("X60vA Y60A", {}),
    ],
)
def test_shares_over_the_whole_are_told(links: str, over: dict[str, int]) -> None:
    assert find_over_whole(make_graph(links)) == over
