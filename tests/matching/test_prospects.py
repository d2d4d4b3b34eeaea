"""A quick look at two names never leaves out what laying them side by side would bring up."""

import csv
from collections.abc import Callable
from math import inf
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.evidence import Side
from answerable.matching.fields import most_of_fields
from answerable.matching.names import NameParts, take_apart
from answerable.matching.prospects import most_of_words, outline, read_outline, write_outline
from answerable.matching.readings import list_parts
from answerable.matching.weights import prior_among, weigh, weigh_above
from tests.strategies import names, plausible_names

FLOOR = -2.6
PRIOR = prior_among(20_000)
WORDS = (
    *("zyxomatic", "zyxomatik", "quorbel", "quorbell", "zyq", "zmc", "zymill", "zyxo", "mills"),
    *("mill", "industries", "industrial", "airlines", "hava", "yollari", "royal", "koninklijke"),
    *("bank", "eximbank", "exim", "trade", "trading", "al", "haramain", "alharamain", "s", "m"),
    *("hangzhou", "hangzou", "london", "uk", "group", "3", "iii", "ltd", "gmbh", "co", "the"),
    *("shanghai", "keji", "zavod", "завод", "示例", "technology", "of", "national", "centre"),
)
pieced = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def may_matter(one: NameParts, other: NameParts) -> bool:
    """Tell what a screening does at a quick look, for two names of which nothing else is known."""
    mine, theirs = outline(one), outline(other)
    if mine is None or theirs is None:
        return True
    fields = most_of_fields(
        (len(mine.places), len(theirs.places)),
        whole=mine.core == theirs.core,
        numbers=bool(one.numbers),
        countries=False,
        addresses=False,
    )
    return PRIOR.log_odds + fields + most_of_words(mine, theirs) >= FLOOR


def check_nothing_is_lost(one: NameParts, other: NameParts) -> None:
    weight = weigh(Side(one), Side(other), PRIOR)
    matters = weight.score >= FLOOR or weight.shares_name
    assert may_matter(one, other) or not matters, (one.key, other.key, weight)
    above = weigh_above(Side(one), Side(other), PRIOR, FLOOR)
    assert above == weight if above else not matters


@given(pieced, pieced)
def test_no_pair_of_odd_words_is_lost(one: str, other: str) -> None:
    check_nothing_is_lost(take_apart(one), take_apart(other))


@given(names | plausible_names, names | plausible_names)
def test_no_pair_of_any_script_is_lost(one: str, other: str) -> None:
    for left in list_parts(one):
        for right in list_parts(other):
            if left.core and right.core:
                check_nothing_is_lost(left, right)


def test_no_real_pair_is_lost(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("names/labelled_pairs/labelled_pairs_dev.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[::9]
    for row, after in zip(rows, [*rows[1:], rows[0]], strict=True):
        one = list_parts(row["name1"])[0]
        for other in (row["name2"], after["name2"]):
            if one.core and list_parts(other)[0].core:
                check_nothing_is_lost(one, list_parts(other)[0])


@given(names | plausible_names | pieced)
def test_an_outline_is_read_as_it_was_written(name: str) -> None:
    for parts in list_parts(name):
        assert read_outline(write_outline(parts)) == outline(parts)


def test_a_name_of_several_readings_has_no_outline() -> None:
    assert all(outline(parts) is None for parts in list_parts("示例矿业有限公司"))
    assert outline(take_apart("...")) is None


def test_what_shares_a_brand_or_a_short_form_is_left_to_weighing() -> None:
    for one, other in (
        ("Zyxomatic Mills", "Zyxomatic Services"),
        ("ZMC", "Zyxomatic Mills Corporation"),
        ("Exim Bank", "Quorbel Eximbank"),
        ("Quorbel Hangzou", "Orbit Hangzhou"),
    ):
        mine, theirs = outline(take_apart(one)), outline(take_apart(other))
        assert mine is not None
        assert theirs is not None
        assert most_of_words(mine, theirs) == inf
