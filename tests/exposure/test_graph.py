"""The graph: days, components, arrays, and what it refuses."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import UsageError
from answerable.exposure.graphs.codes import INTERESTS, KINDS, UNSURE
from answerable.exposure.graphs.days import FOREVER, NEVER, bound_end, bound_start
from answerable.exposure.graphs.graph import as_of, build_graph, graph_from_arrays
from answerable.exposure.holdings.held import find_held
from answerable.model.link import WHOLE, Link
from tests.exposure.short_links import DAY, PERCENT, make_graph, write_links


@pytest.mark.parametrize(
    ("word", "day", "low"),
    [
        ("X60A", "2026-11-23", 60),
        ("X60A<2026-11-23", "2026-11-22", 60),
        ("X60A<2026-11-23", "2026-11-23", None),  # no longer on the day it ended
        ("X60A>2026-11-23", "2026-11-23", 60),
        ("X60A>2026-11-23", "2026-11-22", None),
        ("X60A<2026-11", "2026-10-31", 60),
        ("X60A<2026-11", "2026-11-15", 0),  # some day of that month: perhaps
        ("X60A<2026-11", "2026-12-01", None),
        ("X60A>2026", "2025-12-31", None),
        ("X60A>2026", "2026-06-01", 0),
        ("X60A>2026", "2027-01-01", 60),
        ("X60A<2020-01-01>2021-01-01", "2020-06-01", None),  # reversed: never
        ("X60A<9999-99", "2026-11-23", 0),  # no date: perhaps
    ],
)
def test_what_holds_on_a_day(word: str, day: str, low: int | None) -> None:
    graph = make_graph(write_links(word), date.fromisoformat(day))
    assert [each // PERCENT for each in graph.low.tolist()] == ([] if low is None else [low])
    assert graph.high.tolist() == ([] if low is None else [60 * PERCENT])
    assert bool((graph.flags & UNSURE).any()) == (low == 0)


@given(st.one_of(st.none(), st.text(max_size=12), st.dates().map(str)))
def test_any_text_bounds_a_day(text: str | None) -> None:
    for first, last in (bound_start(text), bound_end(text)):
        assert NEVER <= first <= last <= FOREVER


def name_rows(links: list[Link]) -> dict[str, int]:
    graph = make_graph(links)
    return {graph.read_link(row).id: int(graph.low[row]) // PERCENT for row in range(len(graph))}


def whole_of(parts: str, whole: str) -> list[Link]:
    given = write_links(f"{parts} {whole}")
    ids = tuple(each.id for each in given[:-1])
    return [*given[:-1], replace(given[-1], id="whole", components=ids)]


@pytest.mark.parametrize(
    ("parts", "whole", "left"),
    [
        ("X100A A60C", "X60C", None),  # the components are used
        ("X100A A100B B60C", "X60C", None),
        ("X100A A60C<2020-01-01", "X60C", 60),  # no component leads to C on the day
        ("X100A<2020-01-01 A60C", "X60C", 0),  # the way is broken: at most the same holding
        ("X100A<2026 A60C", "X60C", 0),
        ("X100A A60vC", "X60C", 60),  # another type of interest is another holding
        ("X100A", "X60C", 60),
    ],
)
def test_a_whole_and_its_components_are_one_holding(
    parts: str, whole: str, left: int | None
) -> None:
    assert name_rows(whole_of(parts, whole)).get("whole") == left


def test_components_that_are_not_there_leave_the_whole() -> None:
    [link] = write_links("X60C")
    assert name_rows([replace(link, components=("gone", link.id))]) == {"t:0": 60}


def test_a_link_without_share_or_interest_is_of_unknown_share_and_interest() -> None:
    [link] = write_links("X60A")
    graph = make_graph([replace(link, share=None, interest=None)])
    assert (graph.low.tolist(), graph.high.tolist()) == ([0], [WHOLE])
    assert INTERESTS[int(graph.interest[0])] == "unknownInterest"


def test_nodes_without_links_are_in_the_graph() -> None:
    graph = build_graph(write_links("X60A"), {"Q": "Invented Quarry", "A": "Invented Arm"})
    assert list(graph.ids) == ["X", "A", "Q"]
    assert graph.captions["Q"] == "Invented Quarry"


def test_arrays_give_the_same_as_links() -> None:
    links = write_links("X60A A(25-50]B X30vB A0bC")
    graph = build_graph(links)
    columns = {
        name: getattr(graph, name)
        for name in ("owner", "target", "low", "high", "flags", "kind", "interest", "end_last")
    }
    other = graph_from_arrays(nodes=graph.ids, origin="t", **columns)
    assert [other.read_link(row).share for row in range(4)] == [
        graph.read_link(row).share for row in range(4)
    ]
    sums = [
        find_held(as_of(each, DAY), ["X"], threshold=50 * PERCENT).sums for each in (graph, other)
    ]
    assert np.array_equal(sums[0], sums[1])
    assert KINDS[int(other.kind[3])] == other.read_link(3).kind == "control"


@pytest.mark.parametrize(
    ("columns", "word"),
    [
        ({"owner": [0, 1], "target": [1], "low": [0], "high": [0]}, "lengths"),
        ({"owner": [5], "target": [1], "low": [0], "high": [0]}, "owner"),
        ({"owner": [0], "target": [-1], "low": [0], "high": [0]}, "target"),
        ({"owner": [0], "target": [1], "low": [0], "high": [WHOLE + 1]}, "high"),
        ({"owner": [0], "target": [1], "low": [-1], "high": [0]}, "low"),
        ({"owner": [0], "target": [1], "low": [9], "high": [8]}, "greater"),
        ({"owner": [0], "target": [1], "low": [0], "high": [0], "colour": [1]}, "colour"),
    ],
)
def test_arrays_that_are_no_graph_are_refused(columns: dict[str, Any], word: str) -> None:
    with pytest.raises(UsageError, match=word):
        graph_from_arrays(nodes=2, **columns)
