import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.comparison import compare_names
from answerable.matching.families import FAMILY, soften, weigh_family

odds = st.floats(-80, 80)

FAMILIES = [
    ("Zyxomatic Group AG", "Zyxomatic AG", "a holding is not its operating company"),
    ("Zyxomatic AG", "Zyxomatic GmbH", "another legal form"),
    ("Zyxomatic Fund III LP", "Zyxomatic Fund IV LP", "another number"),
    ("Zyxomatic Bank AG", "Zyxomatic Leasing Finance AG", "another trade"),
    ("Zyxomatic Chile SA", "Zyxomatic Peru SA", "another country"),
    ("Zyxomatic University", "Zyxomatic University Hospital", "another kind of body"),
    ("示例集团有限公司", "示例股份有限公司", "a group and its listed company"),
    ("示例大学", "示例工业大学", "another university"),
    ("喀什地区公安局", "喀什市公安局", "another level of administration"),
]
ONE_COMPANY = [
    ("Zyxomatic AG", "Zyxomatic Aktiengesellschaft", "the same form, written out"),
    ("Zyxomatic Mills Ltd", "Zyxomatic Mills Limited", "the whole name"),
    ("示例石油股份有限公司", "中国示例石油股份有限公司", "the country left out of a Chinese name"),
]


@pytest.mark.parametrize(("one", "other", "why"), FAMILIES)
def test_companies_of_a_family_are_not_called_one(one: str, other: str, why: str) -> None:
    assert compare_names(one, other).probability < 0.5, why


@pytest.mark.parametrize(("one", "other", "why"), ONE_COMPANY)
def test_one_company_is_called_one(one: str, other: str, why: str) -> None:
    assert compare_names(one, other).probability >= 0.5, why


@given(odds, odds)
def test_a_possible_family_never_adds_to_a_score(score: float, family: float) -> None:
    softened = score + soften(score, family)
    assert soften(score, family) <= 0
    assert softened <= min(score, family) + 1e-9


@given(odds, odds, st.floats(0, 10))
def test_softening_keeps_the_order_of_scores(score: float, family: float, more: float) -> None:
    assert score + soften(score, family) <= score + more + soften(score + more, family) + 1e-9


@given(st.sampled_from(sorted(set(FAMILY) - {"one"})))
def test_a_difference_says_what_its_coefficient_says(kind: str) -> None:
    assert weigh_family({kind: 2.0}) - weigh_family({}) == pytest.approx(2 * FAMILY[kind])
