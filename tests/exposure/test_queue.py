"""The order in which a reviewer looks at findings: a total order, whatever the probability."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.exposure.screening.queue import (
    GRAVITY,
    count_ties,
    list_grounds,
    measure_rarity,
    place_finding,
    sort_findings,
)
from answerable.model import (
    ClaimNote,
    Company,
    Finding,
    Link,
    LinkSource,
    Listing,
    Match,
    Name,
    Path,
    Reason,
    Supplier,
)
from answerable.model.finding import STATUSES

CLAIM = ClaimNote("claim:1", "c", "Mill", "Somebody", "Says so.", "supplied", "states", "Mill")
RARE = Reason("token", "zyxomatic = zyxomatic (rare)", 8.2)
COMMON = Reason("token", "trading = trading (common)", 0.9)
NUMBER = Reason("identifier", "the same LEI 1", 12.0)


def company(ground: str) -> Company:
    listing = Listing("a_list", "2026-01-01", ground_class=ground)
    return Company(f"a_list:{ground}", "Company", (Name("Zyxomatic"),), listings=(listing,))


def match(ground: str, *reasons: Reason, relation: str = "same", probability: float = 0.6) -> Match:
    return Match(company(ground), relation, "Zyxomatic", 1.0, probability, reasons)  # type: ignore[arg-type]


def path(*kinds: str) -> Path:
    nodes = tuple(f"n:{place}" for place in range(len(kinds) + 1))
    links = tuple(
        Link(f"l:{place}", kind, one, other, LinkSource("x"))  # type: ignore[arg-type]
        for place, (kind, one, other) in enumerate(zip(kinds, nodes, nodes[1:], strict=False))
    )
    return Path(nodes, nodes, links, (True,) * len(links), "listed")


def finding(row: int, *matches: Match, status: str = "match", **more: object) -> Finding:
    return Finding(f"ID{row}", Supplier(row, "Zyxomatic"), status, (), matches, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            finding(9, match("other", NUMBER), status="confirmed"),
            finding(1, match("forced_labour", RARE)),
        ),
        (
            finding(9, match("other"), status="match"),
            finding(1, match("forced_labour"), status="possible"),
        ),
        (finding(9, match("forced_labour")), finding(1, match("sanctions"))),
        (
            finding(9, match("national_security"), claims=(CLAIM,)),
            finding(1, match("sanctions")),
        ),
        (finding(9, match("sanctions", RARE)), finding(1, match("sanctions", COMMON))),
        (
            finding(9, match("sanctions"), paths=(path("same", "ownership"),)),
            finding(1, paths=(path("same", "ownership"),), status="match", claims=()),
        ),
        (
            finding(9, status="possible", paths=(path("same", "ownership"),)),
            finding(1, status="possible", paths=(path("same", "ownership", "control"),)),
        ),
        (
            finding(1, match("sanctions", probability=0.51)),
            finding(9, match("sanctions", probability=0.99)),
        ),
    ],
    ids=[
        "an identifier that agrees",
        "the status",
        "what the list is about",
        "a claim counts as human rights",
        "how rare the name is",
        "the company itself before one tied to it",
        "the shorter path",
        "never the probability: the row",
    ],
)
def test_what_comes_first(first: Finding, second: Finding) -> None:
    assert sort_findings([second, first]) == sort_findings([first, second]) == [first, second]


REASONS = st.lists(st.sampled_from([RARE, COMMON, NUMBER]), max_size=3).map(tuple)
MATCHES = st.builds(
    lambda ground, reasons, relation, chance: match(
        ground, *reasons, relation=relation, probability=chance
    ),
    st.sampled_from(GRAVITY),
    REASONS,
    st.sampled_from(["same", "name_shared"]),
    st.floats(0, 1),
)
KINDS = st.lists(st.sampled_from(["same", "ownership", "unknown"]), min_size=1, max_size=4)
FINDINGS = st.builds(
    lambda matches, status, paths: finding(
        0, *matches, status=status, paths=tuple(path(*kinds) for kinds in paths)
    ),
    st.lists(MATCHES, max_size=3),
    st.sampled_from(STATUSES),
    st.lists(KINDS, max_size=2),
)


@given(st.lists(FINDINGS, max_size=6), st.randoms(use_true_random=False))
def test_it_is_a_total_order_whatever_order_they_come_in(
    made: list[Finding], random: object
) -> None:
    numbered = [
        replace(each, id=f"ID{row}", supplier=Supplier(row, "Z")) for row, each in enumerate(made)
    ]
    mixed = list(numbered)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert sort_findings(mixed) == sort_findings(numbered)
    assert len({place_finding(each) for each in numbered}) == len(numbered)
    assert all(each.status not in ("none_found", "unreadable") for each in sort_findings(mixed))


@given(FINDINGS, st.floats(0, 1))
def test_no_probability_moves_a_finding(made: Finding, probability: float) -> None:
    other = replace(
        made, matches=tuple(replace(each, probability=probability) for each in made.matches)
    )
    assert place_finding(made) == place_finding(other)


def test_what_speaks_against_makes_no_name_rarer() -> None:
    against = Reason("token", "words differ", -9.0)
    assert measure_rarity(match("other", RARE, against, NUMBER)) == 8


def test_name_matches_on_a_path_are_no_ties() -> None:
    assert count_ties(path("same", "ownership", "same", "unknown")) == 2


def test_classes_of_ground_are_each_named_once() -> None:
    assert list_grounds([match("other"), match("forced_labour"), match("other")]) == [
        "forced_labour",
        "other",
    ]
