from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from answerable.matching.comparison import compare_names
from answerable.matching.evidence import side_of
from answerable.matching.weights import prior_among, prior_of_pair, weigh
from tests.strategies import countries, names, plausible_names

PAIRS = yaml.safe_load((Path(__file__).parent / "cases" / "pairs.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", PAIRS, ids=lambda case: case["why"])
def test_two_names_are_told_apart_or_together(case: dict[str, Any]) -> None:
    weight = compare_names(
        case["one"],
        case["two"],
        country=case.get("country1"),
        other_country=case.get("country2"),
    )
    same = weight.probability >= 0.5
    told = "same" if same else "shared" if weight.shares_name else "other"
    assert told == case["is"], [reason.as_dict() for reason in weight.reasons]


@given(names | plausible_names, names | plausible_names, countries, countries)
def test_weighing_is_symmetric(
    one: str, other: str, country: str | None, other_country: str | None
) -> None:
    there = weigh(side_of(one, country), side_of(other, other_country), prior_of_pair())
    back = weigh(side_of(other, other_country), side_of(one, country), prior_of_pair())
    assert there.score == pytest.approx(back.score)
    assert there.shares_name == back.shares_name


@given(names | plausible_names, names | plausible_names)
def test_reasons_add_up_to_the_score(one: str, other: str) -> None:
    weight = compare_names(one, other)
    assert sum(reason.log_odds for reason in weight.reasons) == pytest.approx(weight.score)
    assert 0.0 <= weight.probability <= 1.0


@given(plausible_names)
def test_a_name_is_at_least_as_near_to_itself_as_to_any_other(name: str) -> None:
    same = compare_names(name, name).score
    assert all(compare_names(name, f"{name} {extra}").score <= same for extra in ("group", "xyqz"))


def test_the_more_names_are_searched_the_more_must_agree() -> None:
    side = side_of("Zyxomatic Mills Ltd")
    few, many = (weigh(side, side, prior_among(n)).probability for n in (1_000, 10_000_000))
    assert few > many


def test_a_repeated_word_counts_once() -> None:
    once = compare_names("Zyxomatic", "Zyxomatic").score
    assert compare_names("Zyxomatic Zyxomatic", "Zyxomatic Zyxomatic").score == pytest.approx(once)
