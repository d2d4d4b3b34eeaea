"""Paths: the shortest and strongest first, exactly those that a full enumeration gives."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import UsageError
from answerable.exposure.graphs.graph import Graph
from answerable.exposure.graphs.neighbours import mark_goals
from answerable.exposure.graphs.paths import BUSY, find_paths, search_paths
from answerable.model.link import WHOLE, Link
from answerable.model.path import Path
from tests.exposure.short_links import PERCENT, make_graph, write_links

LISTED = {"X": "listed", "Y": "listed", "N": "named"}


def spell(path: Path) -> str:
    return "".join(path.nodes)


@pytest.mark.parametrize(
    ("links", "paths"),
    [
        ("X50A A50S", ["SAX"]),
        ("X50A A50S X5B B5S", ["SAX", "SBX"]),  # as long, the stronger first
        ("X5A A5S Y60B B60C C60S", ["SAX", "SCBY"]),  # shorter first
        ("X50A A50S Y(25-50]B B50S X50C C50S", ["SAX", "SCX", "SBY"]),  # the number before the band
        ("X0bS", ["SX"]),  # a tie without a size is one too
        ("P60X P60S", ["SPX"]),  # up to an owner, down to a listed company
        ("X60S X?S", ["SX"]),  # two links between the same two are one step
        ("X60Y Y60S", ["SY"]),  # ends at the first that is listed
        ("X60N N60S", ["SN", "SNX"]),  # and goes on beyond one that is named
        ("S60S", []),
        ("A60B", []),
        ("X60S<2020-01-01", []),
    ],
)
def test_order(links: str, paths: list[str]) -> None:
    assert [spell(each) for each in find_paths(make_graph(links), "S", LISTED)] == paths


def test_a_path_tells_directions_and_names() -> None:
    graph = make_graph("P60X P60S")
    [path] = find_paths(replace(graph, captions={"P": "Invented Parent"}), "S", LISTED)
    assert path.forward == (False, True)
    assert path.captions == ("S", "Invented Parent", "X")
    assert [link.id for link in path.links] == ["t:1", "t:0"]
    assert path.ends == "listed"


def test_the_least_probability_of_a_name_match_is_told() -> None:
    [path] = find_paths(make_graph("X60A A80sB B60C C70sS"), "S", LISTED)
    assert (spell(path), path.probability) == ("SCBAX", 0.7)
    [certain] = find_paths(make_graph("X60A A0sS"), "S", LISTED)
    assert certain.probability == 1.0


def test_bounds_of_length_and_number() -> None:
    chain = make_graph("X60A A60B B60C C60S")
    assert find_paths(chain, "S", LISTED, longest=3) == []
    assert search_paths(chain, "S", LISTED, longest=3).is_whole
    many = make_graph(" ".join(f"X60{each} {each}60S" for each in "ABCDEF"))
    search = search_paths(many, "S", LISTED, most=4)
    assert (len(search.paths), search.is_whole) == (4, False)
    with pytest.raises(UsageError, match="1 to 20"):
        find_paths(chain, "S", LISTED, longest=0)
    assert find_paths(chain, "Q", LISTED) == []


def test_a_node_with_very_many_neighbours_is_said_to_be_bounded() -> None:
    [link] = write_links("X60A")
    hub = [replace(link, id=f"h:{n}", owner="H", target=f"n{n}") for n in range(BUSY + 9)]
    beyond = [replace(link, id=f"b:{n}", owner="X", target=f"n{n}") for n in range(BUSY + 9)]
    near = [replace(link, id="s", owner="H", target="S"), replace(link, id="y", owner="Y")]
    graph = make_graph([*hub, *beyond, *near, replace(link, id="z", owner="H", target="Y")])
    search = search_paths(graph, "S", LISTED, most=3)
    assert search.busy == ("H",)
    assert not search.is_whole
    assert [len(path.links) for path in search.paths] == [2, 3, 3]  # the nearest are kept


@st.composite
def graphs(draw: st.DrawFn) -> list[Link]:
    ends = st.sampled_from("SABCDNXY")
    sizes = st.sampled_from(["50", "60", "5", "(25-50]", "?"])
    kinds = st.sampled_from(["", "", "v", "b"])
    words = [
        f"{draw(ends)}{draw(sizes)}{draw(kinds)}{draw(ends)}"
        for _ in range(draw(st.integers(0, 14)))
    ]
    return write_links(" ".join(words))


def walk_all(links: list[Link], walked: str, longest: int) -> Iterator[str]:
    """Give every path, by the definition: no node twice, on only from what is not listed."""
    if len(walked) > longest:
        return
    passed = {LISTED.get(each) for each in walked[1:]}
    if "listed" in passed:
        return
    for other in sorted({end for each in links for end in (each.owner, each.target)}):
        tied = any({each.owner, each.target} == {walked[-1], other} for each in links)
        if tied and other not in walked:
            if LISTED.get(other) == "listed" or (other == "N"):
                yield walked + other
            yield from walk_all(links, walked + other, longest)


def weigh(links: list[Link], nodes: str) -> tuple[int, int]:
    """Return how long a path is and its least share, as a key that is less for the better."""
    least = [
        max(
            each.share.low if each.share else 0
            for each in links
            if {each.owner, each.target} == {one, other}
        )
        for one, other in pairwise(nodes)
    ]
    return len(nodes) - 1, -min([WHOLE, *least])


@given(graphs(), st.integers(1, 6))
@settings(max_examples=200, deadline=None)
def test_exactly_the_paths_there_are_in_order(links: list[Link], longest: int) -> None:
    search = search_paths(make_graph(links), "S", LISTED, longest=longest, most=10_000)
    found = [spell(each) for each in search.paths]
    assert search.is_whole
    assert sorted(found) == sorted(walk_all(links, "S", longest))
    keys = [weigh(links, each) for each in found]
    assert keys == sorted(keys)


@given(graphs())
@settings(max_examples=50, deadline=None)
def test_goals_marked_once_give_the_same(links: list[Link]) -> None:
    graph: Graph = make_graph(links)
    marked = mark_goals(graph, LISTED)
    assert find_paths(graph, "S", marked) == find_paths(graph, "S", LISTED)


def test_a_path_is_of_its_day() -> None:
    links = "X60A<2024-01-01 A60S"
    assert find_paths(make_graph(links, date(2023, 12, 31)), "S", LISTED)
    assert not find_paths(make_graph(links, date(2024, 1, 1)), "S", LISTED)
    assert PERCENT * 100 == WHOLE
