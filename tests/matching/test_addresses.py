import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.addresses import compare_addresses
from answerable.matching.evidence import Side
from answerable.matching.names import take_apart
from answerable.matching.weights import prior_of_pair, weigh

CASES = [
    ("12 Invented Road, Exampleton EX1 2AB", "Unit 3, EXAMPLETON, EX12AB", "agrees"),
    ("12 Zyxo Mill Lane, Exampleton", "Zyxo Mill Ln 12", "agrees"),
    ("No. 1 Quorbel Road, Hangzhou 310000", "Hangzhou, P.C. 310000, China", "agrees"),
    ("1 Quorbel Road, Hangzhou", "7 Zyxomatic Street, Hangzhou, China", "town_agrees"),
    ("1 Quorbel Road, Hangzhou", "7 Zyxomatic Street, Shenzhen", "differs"),
    ("12 Zyxo Lane", "12 Quorbel Lane", "unknown"),
    ("Exampleton", "Quorbelton", "unknown"),
    ("", "1 Quorbel Road, Hangzhou", "unknown"),
]

addresses = st.lists(
    st.sampled_from([each for case in CASES for each in case[:2]]) | st.text(max_size=60),
    max_size=3,
)


@pytest.mark.parametrize(("one", "other", "answer"), CASES)
def test_addresses_agree_or_differ(one: str, other: str, answer: str) -> None:
    assert compare_addresses([one], [other]) == answer


@given(addresses, addresses)
def test_order_and_sides_change_nothing(one: list[str], other: list[str]) -> None:
    answer = compare_addresses(one, other)
    assert answer == compare_addresses(other, one)
    assert answer == compare_addresses(one[::-1], other[::-1])


def test_no_address_is_neutral_and_a_conflict_speaks_against() -> None:
    parts, prior = take_apart("Zyxomatic Mills Ltd"), prior_of_pair()
    here, there = ("1 Quorbel Road, Hangzhou",), ("7 Zyxomatic Street, Shenzhen",)
    scores = [
        weigh(Side(parts, addresses=mine), Side(parts, addresses=theirs), prior).score
        for mine, theirs in ((here, there), (here, ()), (here, here))
    ]
    assert scores == sorted(scores)
    assert scores[1] == weigh(Side(parts), Side(parts), prior).score
