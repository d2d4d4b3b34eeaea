"""Laws of the holdings arithmetic on random graphs, and a slow reference that agrees."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import UsageError
from answerable.exposure.graphs.graph import build_graph
from answerable.exposure.holdings import bit_pools, held
from answerable.exposure.holdings.held import Held, find_held
from answerable.exposure.holdings.steps import explain_held
from answerable.model.link import ANY_SHARE, WHOLE, Link, LinkSource, Share
from tests.exposure.short_links import DAY, PERCENT, make_graph, write_links
from tests.exposure.slow_holdings import Rule, find_held_slowly

NODES = "XYABCDEF"
ENDS = [0, 10, 14, 18, 25, 30, 40, 50, 51, 60, 75, 100]


@st.composite
def shares(draw: st.DrawFn) -> Share:
    low, high = sorted(draw(st.tuples(st.sampled_from(ENDS), st.sampled_from(ENDS))))
    if draw(st.booleans()):
        low = high
    opens = draw(st.tuples(st.booleans(), st.booleans())) if low < high else (False, False)
    return Share(low * PERCENT, high * PERCENT, *opens)


@st.composite
def links(draw: st.DrawFn) -> Link:
    control = draw(st.integers(0, 9)) == 0
    interests = ["shareholding", "shareholding", "votingRights", "unknownInterest", None]
    return Link(
        id="",
        kind="control" if control else "ownership",
        owner=draw(st.sampled_from(NODES)),
        target=draw(st.sampled_from(NODES)),
        source=LinkSource(draw(st.sampled_from("rrrq"))),
        interest="appointmentOfBoard" if control else draw(st.sampled_from(interests)),
        share=None if control else draw(st.one_of(shares(), shares(), st.none())),
        start=draw(st.sampled_from([None, None, None, "2020-01-01", "2026-11-23", "2027-01-01"])),
        end=draw(st.sampled_from([None, None, None, "2020-01-01", "2026-11-23", "2027-01-01"])),
    )


@st.composite
def link_lists(draw: st.DrawFn) -> list[Link]:
    drawn = draw(st.lists(links(), max_size=24))
    return [replace(each, id=f"t:{place}") for place, each in enumerate(drawn)]


RULES: list[dict[str, Any]] = [
    {"interests": ("shareholding",), "threshold": 50 * PERCENT},
    {"interests": ("shareholding",), "threshold": 10 * PERCENT, "inclusive": False},
    {
        "interests": ("shareholding", "votingRights"),
        "threshold": 50 * PERCENT,
        "inclusive": False,
        "pool": "per_person",
        "controls": ("appointmentOfBoard",),
    },
    {
        "interests": ("votingRights",),
        "threshold": 25 * PERCENT,
        "pool": "per_person",
        "controls": ("appointmentOfBoard",),
    },
]
rules = st.sampled_from(RULES)
bounds = st.sampled_from(["low", "high"])
seeds = st.sampled_from(["X", "XY", "XYA", "Y"])


def name_held(given_links: list[Link], chosen: str, rule: dict[str, Any], bound: Any) -> set[str]:
    graph = make_graph(given_links)
    held = find_held(graph, chosen, bound=bound, **rule)
    return {graph.ids[node] for node in np.flatnonzero(held.mask).tolist()} | set(chosen)


@given(link_lists(), seeds, rules, bounds)
@settings(max_examples=200, deadline=None)
def test_the_slow_reference_agrees(
    drawn: list[Link], chosen: str, rule: dict[str, Any], bound: str
) -> None:
    slow = Rule(
        interests=rule["interests"],
        threshold=Fraction(rule["threshold"] * 100, WHOLE),
        inclusive=rule.get("inclusive", True),
        per_person=rule.get("pool") == "per_person",
        greatest=bound == "high",
        controls=rule.get("controls", ()),
    )
    assert name_held(drawn, chosen, rule, bound) == find_held_slowly(drawn, chosen, slow, DAY)


@given(link_lists(), seeds, rules)
@settings(max_examples=60, deadline=None)
def test_what_is_certain_is_possible(drawn: list[Link], chosen: str, rule: dict[str, Any]) -> None:
    certain, possible = (name_held(drawn, chosen, rule, bound) for bound in ("low", "high"))
    assert certain <= possible
    graph = make_graph(drawn)
    sums = [find_held(graph, chosen, bound=bound, **rule).sums for bound in ("low", "high")]
    assert bool((sums[0] <= sums[1]).all())


@given(link_lists(), seeds, rules, bounds, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_links_has_no_effect(
    drawn: list[Link], chosen: str, rule: dict[str, Any], bound: str, random: Any
) -> None:
    shuffled = random.sample(drawn, len(drawn))
    assert name_held(drawn, chosen, rule, bound) == name_held(shuffled, chosen, rule, bound)


@given(link_lists(), seeds, rules, bounds, st.data())
@settings(max_examples=60, deadline=None)
def test_taking_a_link_or_a_listing_away_never_adds(
    drawn: list[Link], chosen: str, rule: dict[str, Any], bound: str, data: st.DataObject
) -> None:
    before = name_held(drawn, chosen, rule, bound)
    if drawn:
        gone = data.draw(st.integers(0, len(drawn) - 1))
        assert name_held(drawn[:gone] + drawn[gone + 1 :], chosen, rule, bound) <= before
    assert name_held(drawn, chosen[1:], rule, bound) <= before


@given(link_lists(), seeds, rules, bounds, st.data())
@settings(max_examples=60, deadline=None)
def test_a_greater_share_never_takes_away(
    drawn: list[Link], chosen: str, rule: dict[str, Any], bound: str, data: st.DataObject
) -> None:
    sized = [place for place, each in enumerate(drawn) if each.share is not None]
    if not sized:
        return
    place = data.draw(st.sampled_from(sized))
    grown = list(drawn)
    grown[place] = replace(drawn[place], share=Share(WHOLE, WHOLE))
    assert name_held(drawn, chosen, rule, bound) <= name_held(grown, chosen, rule, bound)


@given(link_lists(), seeds, rules, bounds)
@settings(max_examples=60, deadline=None)
def test_an_explanation_stands_on_what_was_held_before(
    drawn: list[Link], chosen: str, rule: dict[str, Any], bound: Any
) -> None:
    graph = make_graph(drawn)
    held = find_held(graph, chosen, bound=bound, **rule)
    for place in np.flatnonzero(held.round > 0).tolist():
        steps = explain_held(graph, held, graph.ids[place])
        assert steps[-1].node == graph.ids[place]
        known = set(chosen)
        for step in steps:
            assert {link.owner for link in step.links} <= known
            assert {link.target for link in step.links} == {step.node}
            known.add(step.node)
            assert is_enough(held, step.low if bound == "low" else step.high)


def is_enough(held: Held, total: int | None) -> bool:
    return total is not None and total >= held.rule.test.threshold


@given(link_lists(), seeds, st.sampled_from(RULES[2:]), bounds)
@settings(max_examples=80, deadline=None)
def test_seeds_told_in_bits_reach_the_same(
    drawn: list[Link], chosen: str, rule: dict[str, Any], bound: Any
) -> None:
    joined = write_links("A0jC X80sD E0sF")
    graph = make_graph([*drawn, *joined])
    plain = find_held(graph, chosen, bound=bound, **rule)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(held, "MOST_PAIRS", -1)
        patch.setattr(bit_pools, "SLICE", 3)
        thin = find_held(graph, chosen, bound=bound, **rule)
    assert thin.mask.tolist() == plain.mask.tolist()
    assert thin.sums.tolist() == plain.sums.tolist()
    for place in np.flatnonzero(thin.round > 0).tolist():
        assert explain_held(graph, thin, graph.ids[place])[-1].node == graph.ids[place]


def test_sums_are_whole_numbers_beyond_what_floats_hold() -> None:
    graph = make_graph("X50A")
    held = find_held(graph, ["X"], threshold=50 * PERCENT)
    assert held.sums.dtype == np.int64
    odd = [
        Link(f"t:{n}", "ownership", f"x{n}", "A", LinkSource("t"), "shareholding", Share(n, n))
        for n in (1, WHOLE - 1, 7)
    ]
    summed = find_held(make_graph(odd), [f"x{n}" for n in (1, WHOLE - 1, 7)], threshold=WHOLE)
    assert int(summed.sums.max()) == WHOLE + 7


def test_a_graph_of_all_times_is_not_added_up() -> None:
    with pytest.raises(UsageError, match="as_of"):
        find_held(build_graph(write_links("X60A<2020-01-01")), ["X"], threshold=50 * PERCENT)


def test_seeds_that_are_not_in_the_graph_hold_nothing() -> None:
    assert len(find_held(make_graph("X60A"), ["Q"], threshold=50 * PERCENT)) == 0
    assert len(find_held(make_graph(""), ["X"], threshold=50 * PERCENT)) == 0


@pytest.mark.parametrize(
    ("links", "seeds", "bound", "held"),
    [
        ("X30A W30A X0jW", "X", "low", "A"),
        ("X30A W30A X0jW", "XW", "low", "A"),
        ("X30A W60H H30A X0jW", "X", "low", "A"),  # what the partner holds counts too
        ("X30A W60H H30B X0jW", "X", "low", ""),
        ("X60H H30A W30A H0jW", "X", "low", "HA"),  # an arm's arrangement is its holder's
        ("X30A W30A X0jW A60B", "X", "low", "AB"),
        ("X30A W30vA X0jW", "X", "low", ""),
        ("X30A W30A X0jW<2020-01-01", "X", "low", ""),
        ("X30A W30A X0jW<2026", "X", "low", ""),
        ("X30A W30A X0jW<2026", "X", "high", "A"),
        ("X30A Y30A", "XY", "low", ""),
    ],
)
def test_joint_holdings(links: str, seeds: str, bound: Any, held: str) -> None:
    graph = make_graph(links)
    found = find_held(graph, seeds, bound=bound, **RULES[2])
    assert {graph.ids[place] for place in np.flatnonzero(found.round > 0).tolist()} == set(held)
    for node in held:
        assert explain_held(graph, found, node)[-1].node == node


def test_joint_holders_are_named_in_the_explanation() -> None:
    graph = make_graph("X30A W30A X0jW")
    [step] = explain_held(graph, find_held(graph, "X", **RULES[2]), "A")
    assert (step.holder, step.jointly, step.low) == ("X", ("W",), 60 * PERCENT)


def test_an_entry_that_is_the_same_is_told_as_a_step() -> None:
    graph = make_graph("W0sX W60A A80sB B60C")
    held = find_held(graph, ["X"], threshold=50 * PERCENT, bound="high")
    steps = explain_held(graph, held, "C")
    assert [(step.reason, step.links[0].id) for step in steps] == [
        ("same", "t:0"),
        ("sum", "t:1"),
        ("same", "t:2"),
        ("sum", "t:3"),
    ]


def test_a_parent_that_consolidates_is_possible_and_never_certain() -> None:
    """As GLEIF tells it: control in the accounts, of which nothing is said in shares."""
    tie = Link("gleif:1", "control", "X", "A", LinkSource("gleif"), "unknownInterest", ANY_SHARE)
    rule = {"interests": ("shareholding",), "threshold": 50 * PERCENT}
    assert name_held([tie], "X", rule, "high") == {"X", "A"}
    assert name_held([tie], "X", rule, "low") == {"X"}
