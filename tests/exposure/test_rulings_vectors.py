"""The vectors of the exposure rules, and others worked by hand, through the rulings of each rule.

Links are written as in `short_links`; X, Y, Z are listed. A node alone is certain (`derived` or
`connected`), `?` before it is `possible`, `!` means that the rule does not reach it and warns.
"""

from dataclasses import replace
from datetime import date

import pytest

from answerable.exposure.graphs.graph import Graph
from answerable.exposure.regimes.reading import known_regimes
from answerable.exposure.rulings.ruling import rule
from answerable.model.regime import Ruling
from tests.exposure.short_links import DAY, PERCENT, make_graph, write_links

# name: links; OFAC and BIS, EU, OFSI
VECTORS: dict[str, tuple[str, str, str, str]] = {
    "V1 FAQ 401 example 1": ("X50A A50B", "A B", "A B", "!A"),
    "V2 FAQ 401 example 2": ("X50A X50B A25C B25C", "A B C", "A B C", "!A !B"),
    "V3 FAQ 401 example 3": ("X50A X10B A40B", "A B", "A B", "!A !B"),
    "V4 FAQ 399": ("X25A Y25A", "A", "A", "!A"),
    "V5": ("X25A X25B A50C B50C", "!A !B", "", "!A !B"),
    "V6 appoints the board": ("X40A X0bA", "!A", "?A", "A"),
    "V7": ("A60B B60A", "", "", ""),
    "V8": ("X60A<2020-01-01 X30A>2020-01-01", "!A", "", "!A"),
    "V9": ("X30A X30vA", "!A", "", "!A"),
    "V10": ("X30A B20A X50B A40B", "A B", "A B", "!A !B"),
    "V11": ("X50A X25B A25C B25C", "A !B !C", "A", "!A !B"),
    "V12": ("X51A A51B B51C", "A B C", "A B C", "A B C"),
    "V13": ("X30A Y30A", "A", "A", "!A"),
    "V14": ("X100A X100B A30C B30C", "A B C", "A B C", "A B C"),
    "V15": ("X(25-50]A", "?A", "?A", "!A"),
    "V16": ("X(50-75)A", "A", "A", "A"),
    "V17": ("X?A", "?A", "?A", "?A"),
    "V18": ("X(25-50]A Y(25-50]A", "A", "A", "!A"),
    "V20": ("X14.2A Y17.9A Z17.9A", "A", "A", "!A"),
    "V21": ("P100S P100Y", "", "", ""),
    "V22": ("X60vA", "!A", "?A", "A"),
    "V23": ("X60H H30A Y25A", "A H", "A H", "!A H"),
    "half less a millionth of a percent": ("X49.999999A", "!A", "", "!A"),
    "half": ("X50A", "A", "A", "!A"),
    "half of the votes is not more than half": ("X50vA", "", "", "!A"),
    "three a fifth each": ("X20A Y20A Z20A", "A", "A", "!A"),
    "what control may hold goes on": ("X60vA A60B", "!A", "?A ?B", "A B"),
    "votes of an arm": ("X100A A40vB X20vB B50C", "A !B", "A ?B ?C", "A B !C"),
    "a share in a possible one": ("X?A A100B", "?A ?B", "?A ?B", "?A ?B"),
    "certain beside possible": ("X50A X?B A50B", "A B", "A B", "!A ?B"),
    "by identifier": ("X50A W0sX W50B", "W A B", "W A B", "W !A !B"),
}
BY_RULE = {"ofac-50": 1, "bis-affiliates": 1, "eu-freeze": 2, "uk-ofsi": 3}

RELATED: dict[str, tuple[str, str]] = {
    "fcc-covered: ten percent": ("X10A", ""),
    "fcc-covered: more than ten": ("X10.1A", "A"),
    "fcc-covered: band from ten, open": ("X(10-25]A", "A"),
    "fcc-covered: unknown": ("X?A", "?A"),
    "fcc-covered: an owner": ("P10.1X", "P"),
    "fcc-covered: a sister": ("P100X P100S", "P S"),
    "fcc-covered: a sister by a tenth each": ("P11X P11S", "P S"),
    "fcc-covered: through a majority": ("X60A A11B B60C", "A B C"),
    "fcc-covered: minorities in a chain": ("X11A A11B", "A ?B"),
    "fcc-covered: control": ("X0bA", "A"),
    "fcc-covered: never a sum": ("X9A Y9A", ""),
    "uk-connected: parent and sister": ("P100S P100X", "P"),
    "uk-connected: parent of a listed one's parent": ("Q60P P60X", "P Q"),
    "uk-connected: a quarter": ("X25A", ""),
    "uk-connected: band over a quarter": ("X(25-50]A", "A"),
    "uk-connected: unknown": ("X?A", "?A"),
    "uk-connected: no sum": ("X20A Y20A", ""),
    "uk-connected: not through a quarter": ("X26A A26B", "A"),
    "uk-connected: through a majority": ("X60A A26B", "A B"),
    "uk-connected: votes": ("X30vA", "A"),
    "uk-connected: board": ("X0bA", "A"),
    "uk-connected: a minority of a listed one": ("P40X", ""),
    "us-1260h: thirty percent": ("X30A", "?A"),
    "us-1260h: wholly held": ("X100A A100B", "?A ?B"),
    "us-1260h: printed parent": ("X?uA", "?A"),
    "us-1260h: a tenth": ("X10A", "!A"),
    "us-1260h: the owner of a listed one": ("P100X", ""),
    "uflpa: subsidiary": ("X60A A60B", "?A ?B"),
    "uflpa: half is no subsidiary": ("X50A", ""),
}


def tell(rulings: dict[str, Ruling]) -> str:
    marks = {"derived": "", "connected": "", "listed": "", "possible": "?", "none_found": "!"}
    told = {node: marks[each.status] + node for node, each in rulings.items() if node not in "XYZ"}
    return " ".join(told[node] for node in sorted(told))


def spell(expected: str) -> str:
    return " ".join(sorted(expected.split(), key=lambda word: word[-1]))


def ask(links: str | Graph, name: str, day: date = DAY) -> dict[str, Ruling]:
    graph = make_graph(links, day) if isinstance(links, str) else links
    seeds = dict.fromkeys("XYZ", ("an invented list",))
    countries = dict.fromkeys(graph.ids, ("cn",))
    return rule(graph, known_regimes()[name], seeds, day, countries=countries)


@pytest.mark.parametrize("name", BY_RULE)
@pytest.mark.parametrize("vector", VECTORS)
def test_vector(vector: str, name: str) -> None:
    case = VECTORS[vector]
    rulings = ask(case[0], name)
    assert tell(rulings) == spell(case[BY_RULE[name]])
    assert {rulings[seed].status for seed in "XYZ"} == {"listed"}


@pytest.mark.parametrize("case", RELATED)
def test_relation(case: str) -> None:
    links, expected = RELATED[case]
    assert tell(ask(links, case.partition(":")[0])) == spell(expected)


@pytest.mark.parametrize("name", BY_RULE)
def test_v19_an_indirect_holding_is_not_added_to_its_components(name: str) -> None:
    parts = write_links("X100A A60C X60C")
    whole = replace(parts[2], components=("t:0", "t:1"), directness="indirect")
    ruling = ask(make_graph([*parts[:2], whole]), name)["C"]
    assert (ruling.status, ruling.low, ruling.high) == ("derived", 60 * PERCENT, 60 * PERCENT)
    assert ruling.edges == ("t:0", "t:1")


@pytest.mark.parametrize(
    ("day", "window", "words"),
    [
        (date(2025, 9, 28), "scheduled", "does not yet apply on 2025-09-28"),
        (date(2025, 9, 29), "in_force", None),
        (date(2025, 10, 15), "in_force", None),
        (date(2025, 11, 9), "in_force", None),
        (date(2025, 11, 10), "suspended", "is suspended on 2025-11-10"),
        (date(2025, 12, 1), "suspended", "is suspended on 2025-12-01"),
        (date(2026, 11, 9), "suspended", "is suspended on 2026-11-09"),
        (date(2026, 11, 10), "not_verified", "was not verified"),
        (date(2026, 11, 23), "not_verified", "was not verified"),
    ],
)
def test_the_standing_of_the_bis_rule_is_told(day: date, window: str, words: str | None) -> None:
    ruling = ask("X50A", "bis-affiliates", day)["A"]
    assert (ruling.status, ruling.window) == ("derived", window)
    assert words is None or words in ruling.why
    assert words is not None or "what it would say" not in ruling.why


@pytest.mark.parametrize(
    ("countries", "status"),
    [(("us",), "none_found"), (("us", "cn"), "derived"), (("de",), "derived"), ((), "derived")],
)
def test_the_bis_rule_reaches_foreign_companies(countries: tuple[str, ...], status: str) -> None:
    graph = make_graph("X50A A50B")
    seeds, day = {"X": ("list",)}, date(2025, 10, 15)
    told = rule(
        graph,
        known_regimes()["bis-affiliates"],
        seeds,
        day,
        countries={"A": countries, "B": ("de",)},
    )
    assert (told["A"].status, told["B"].status) == (status, "derived")
    assert ("country is not known" in " ".join(told["A"].warnings)) == (not countries)
