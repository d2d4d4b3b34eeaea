"""What a ruling says in words: arithmetic, warnings, what is not known; and the laws it keeps."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import UsageError
from answerable.exposure.graphs.graph import as_of, build_graph
from answerable.exposure.regimes.reading import known_regimes
from answerable.exposure.rulings.ruling import rule, say_nothing
from answerable.exposure.rulings.sayings import MOST_STEPS
from answerable.model.link import Link, LinkSource
from answerable.model.regime import REGIME_STATUSES, Ruling
from tests.exposure.short_links import DAY, PERCENT, make_graph, write_links

SEEDS = dict.fromkeys("XYZ", ("an invented list",))


def ask(links: str, name: str, node: str = "A") -> Ruling:
    return rule(make_graph(links), known_regimes()[name], SEEDS, DAY)[node]


def test_the_arithmetic_is_shown_line_by_line() -> None:
    ruling = ask("X50A X10B A40B", "ofac-50", "B")
    assert ruling.steps == (
        "X is listed by an invented list.",
        "X holds 50 % of A by shares (t).",
        "Sum of shares: 50 %; the rule asks for at least 50 %: A counts as held.",
        "X holds 10 % of B by shares (t).",
        "A holds 40 % of B by shares (t).",
        "Sum of shares: 10 % + 40 % = 50 %; the rule asks for at least 50 %: B counts as held.",
    )
    assert ruling.edges == ("t:0", "t:1", "t:2")
    assert (ruling.low, ruling.high, ruling.rule_version) == (50 * PERCENT,) * 2 + ("2026-11-24",)


def test_a_band_and_a_share_that_is_not_known_are_told_as_such() -> None:
    band = ask("X(25-50]A", "ofac-50")
    assert band.steps[1:] == (
        "X holds more than 25 % and at most 50 % of A by shares (t).",
        "Sum of shares: at most 50 %; the rule asks for at least 50 %: A may count as held.",
    )
    assert (band.low, band.high) == (25 * PERCENT, 50 * PERCENT)
    unknown = ask("X?A", "bis-affiliates")
    assert "X holds a share that is not known (0 to 100 %) of A by shares (t)." in unknown.steps
    assert "its share is not. Red Flag 29" in " ".join(unknown.warnings)


@pytest.mark.parametrize(
    ("links", "name", "words"),
    [
        ("X40A X0bA", "ofac-50", "FAQ 398, 400"),
        ("X60vA", "ofac-50", "X holds 60 % of A by votes (t)."),
        ("X20A", "bis-affiliates", "red flag. X holds 20 % of A by shares (t)."),
        ("X60A Y60A", "ofac-50", "inconsistent_shares"),
    ],
)
def test_what_the_rule_does_not_count_is_a_warning(links: str, name: str, words: str) -> None:
    assert words in " ".join(ask(links, name).warnings)


def test_shared_directors_are_a_red_flag_of_bis() -> None:
    link = Link("d:1", "directorship", "X", "A", LinkSource("register"), "boardMember")
    graph = as_of(build_graph([link]), DAY)
    ruling = rule(graph, known_regimes()["bis-affiliates"], SEEDS, DAY)["A"]
    assert ruling.status == "none_found"
    assert "X is a director of A (register)." in ruling.warnings[0]
    connected = rule(graph, known_regimes()["uk-connected"], SEEDS, DAY)["A"]
    assert (connected.status, connected.edges) == ("connected", ("d:1",))
    assert "it is a director of" in connected.why


def test_influence_connects_either_way() -> None:
    def link(owner: str, target: str) -> Link:
        source = LinkSource("register")
        return Link(f"{owner}{target}", "control", owner, target, source, "otherInfluenceOrControl")

    graph = as_of(build_graph([link("X", "A"), link("B", "X")]), DAY)
    told = rule(graph, known_regimes()["uk-connected"], SEEDS, DAY)
    assert (told["A"].status, told["B"].status) == ("connected", "connected")


def test_supply_by_a_listed_entity_is_a_lead_at_any_tier() -> None:
    links = [
        Link(f"s:{place}", "supply", owner, target, LinkSource("bill"))
        for place, (owner, target) in enumerate([("X", "A"), ("A", "B"), ("C", "X")])
    ]
    graph = as_of(build_graph(links), DAY)
    told = rule(graph, known_regimes()["uflpa"], SEEDS, DAY)
    assert {node: each.status for node, each in told.items() if node in "ABC"} == {
        "A": "possible",
        "B": "possible",
    }
    assert told["B"].steps[1:] == ("X supplies A (bill).", "A supplies B (bill).")


@pytest.mark.parametrize(
    ("links", "words"),
    [
        (
            "X?A",
            "only if a share that is not known, or known as a range, is taken at its greatest.",
        ),
        ("X60B B80sA", "only if a name match on the way is confirmed."),
        ("X?B B80sA", "is taken at its greatest and a name match on the way is confirmed."),
    ],
)
def test_what_a_possible_hangs_on_is_said(links: str, words: str) -> None:
    assert words in ask(links, "ofac-50").why


def test_a_name_match_makes_at_most_a_possible() -> None:
    ruling = ask("X60A A80sB B60C", "ofac-50", "C")
    assert ruling.status == "possible"
    assert any("a name match, to be confirmed, probability 0.80" in line for line in ruling.steps)


def test_what_is_lacking_is_told_and_takes_nothing_away() -> None:
    gap = "The list us_ofac_sdn was not searched."
    graph = make_graph("X60A X30B")
    told = rule(graph, known_regimes()["ofac-50"], SEEDS, DAY, gaps=[gap])
    assert (told["A"].status, told["B"].status) == ("derived", "not_evaluated")
    assert gap in " ".join(told["A"].warnings)
    assert gap in told["B"].why
    rest = say_nothing(known_regimes()["ofac-50"], DAY, [gap])
    assert (rest.status, rest.why) == ("not_evaluated", gap)
    assert say_nothing(known_regimes()["ofac-50"], DAY).status == "none_found"


def test_only_the_nodes_of_interest_are_told() -> None:
    graph = make_graph("X60A A60B")
    assert list(rule(graph, known_regimes()["ofac-50"], SEEDS, DAY, nodes=["B", "N"])) == ["B"]


def test_a_listed_node_needs_no_links() -> None:
    told = rule(make_graph("A60B"), known_regimes()["ofac-50"], {"N": ("a list",)}, DAY)
    assert {node: (each.status, each.why) for node, each in told.items()} == {
        "N": ("listed", "It is listed by a list.")
    }


def test_a_long_derivation_is_shortened_in_the_middle() -> None:
    links = [
        replace(write_links("X60A")[0], id=f"l:{place}", owner=f"n{place}", target=f"n{place + 1}")
        for place in range(80)
    ]
    graph = make_graph(links)
    ruling = rule(graph, known_regimes()["ofac-50"], {"n0": ("list",)}, DAY, nodes=["n80"])["n80"]
    assert len(ruling.steps) == MOST_STEPS + 1
    assert len(ruling.edges) == 80
    assert ruling.steps[-1].endswith("n80 counts as held.")


def test_a_graph_of_all_times_is_refused() -> None:
    with pytest.raises(UsageError, match="as of one first"):
        rule(build_graph(write_links("X60A")), known_regimes()["ofac-50"], SEEDS, date(2026, 1, 1))


words = st.lists(
    st.builds(
        "{}{}{}{}".format,
        st.sampled_from("XYABC"),
        st.sampled_from(["9", "11", "25", "30", "50", "51", "100", "?", "(25-50]", "(50-75)"]),
        st.sampled_from(["", "", "v", "u"]),
        st.sampled_from("XYABC"),
    ),
    max_size=8,
)


@settings(max_examples=60, deadline=None)
@given(words, st.sampled_from(sorted(known_regimes())))
def test_no_link_and_no_listing_takes_a_status_away(links: list[str], name: str) -> None:
    def ranks(kept: list[str], seeds: str) -> dict[str, int]:
        listed = dict.fromkeys(seeds, ("list",))
        countries = dict.fromkeys("XYABC", ("cn",))
        told = rule(
            make_graph(" ".join(kept)), known_regimes()[name], listed, DAY, countries=countries
        )
        return {node: REGIME_STATUSES.index(each.status) for node, each in told.items()}

    whole = ranks(links, "XY")
    for fewer in (ranks(links[1:], "XY"), ranks(links, "X"), ranks(links[::-1], "XY")):
        assert all(whole[node] <= rank for node, rank in fewer.items())


@settings(max_examples=60, deadline=None)
@given(words, st.sampled_from(sorted(known_regimes())))
def test_every_status_has_links_and_lines(links: list[str], name: str) -> None:
    graph = make_graph(" ".join(links))
    known = {link.id for link in graph.links}
    for ruling in rule(graph, known_regimes()[name], SEEDS, DAY).values():
        assert set(ruling.edges) <= known
        assert ruling.why
        if ruling.status in ("derived", "connected", "possible"):
            assert ruling.edges
            assert ruling.steps
            assert "is listed by" in ruling.steps[0]
        if ruling.low is not None and ruling.high is not None:
            assert ruling.low <= ruling.high


LENT = ("us_bis_entity_list 2025-11-08",)
OWN = ("uk_debarment_list 2026-01-01",)


@pytest.mark.parametrize(
    ("seeds", "statuses"),
    [
        ({"X": OWN}, {"X": "listed", "A": "connected", "Y": "connected"}),
        ({"X": LENT}, {"X": "possible", "A": "possible", "Y": "possible"}),
        ({"X": (*OWN, *LENT)}, {"X": "listed", "A": "connected", "Y": "connected"}),
        ({"X": LENT, "Y": OWN}, {"X": "connected", "A": "connected", "Y": "listed"}),
    ],
    ids=["its own list", "another's list", "both", "another's list, tied to one on its own"],
)
def test_a_foreign_list_is_no_ground_of_the_uk_by_itself(
    seeds: dict[str, tuple[str, ...]], statuses: dict[str, str]
) -> None:
    graph = make_graph("X60A Y60X")
    told = rule(graph, known_regimes()["uk-connected"], seeds, DAY)
    assert {node: each.status for node, each in told.items()} == statuses
    lent = [each for each in told.values() if each.status == "possible"]
    assert all("no ground under the rule by itself" in each.why for each in lent)
