"""The scorer that judges us and the peers: hand-computed cases, and independent oracles."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tools.bench.races import judge_answer
from tools.bench.scoring import (
    Bin,
    bin_probabilities,
    bound_of_budget,
    count_right,
    expected_error,
    find_interval,
    find_mean_interval,
    find_threshold,
    rate,
    share_found,
)
from tools.bench.tasks import Task

RIGHT, WRONG = True, False


@pytest.mark.parametrize(
    ("candidates", "most", "share"),
    [
        ([], 1, 0.0),
        ([(0.9, WRONG)], 1, 0.0),
        ([(0.9, RIGHT)], 1, 1.0),
        ([(0.9, WRONG), (0.8, RIGHT)], 1, 0.0),
        ([(0.9, WRONG), (0.8, RIGHT)], 2, 1.0),
        # three tied, one right: a third of the orders put it first, two thirds among two
        ([(0.9, WRONG), (0.9, RIGHT), (0.9, WRONG)], 1, 1 / 3),
        ([(0.9, WRONG), (0.9, RIGHT), (0.9, WRONG)], 2, 2 / 3),
        # one above, then two tied of which one is right: only one place is left of two
        ([(1.0, WRONG), (0.5, RIGHT), (0.5, WRONG)], 2, 1 / 2),
        # four tied, two right, two looked at: 1 - (2 of 4 wrong) = 1 - 1/6
        ([(0.5, RIGHT), (0.5, RIGHT), (0.5, WRONG), (0.5, WRONG)], 2, 5 / 6),
        # a right one lower down counts as well as one that is tied
        ([(0.9, WRONG), (0.5, RIGHT), (0.4, RIGHT)], 3, 1.0),
    ],
)
def test_ties_count_by_their_share_of_orders(
    candidates: list[tuple[float, bool]], most: int, share: float
) -> None:
    assert share_found(candidates, most) == pytest.approx(share)


@given(
    st.lists(st.tuples(st.sampled_from([0.1, 0.5, 0.9]), st.booleans()), max_size=6),
    st.integers(1, 4),
)
def test_shares_are_what_trying_all_orders_gives(
    candidates: list[tuple[float, bool]], most: int
) -> None:
    orders = [
        order for order in permutations(candidates) if all(a[0] >= b[0] for a, b in pairwise(order))
    ]
    found = sum(any(right for _, right in order[:most]) for order in orders) / len(orders)
    assert share_found(candidates, most) == pytest.approx(found)


def test_the_string_itself_is_taken_out_of_the_answers() -> None:
    task = Task("t", "t", "t", ["a"], ["a", "b", "c"], {0: frozenset({1})}, {0: 0})
    assert judge_answer([(0, 1.0), (1, 0.9), (2, 0.8)], 0, task) == (1.0, 1.0)
    assert judge_answer([(0, 1.0), (2, 0.9), (1, 0.8)], 0, task) == (0.0, 1.0)
    assert judge_answer([], 0, task) == (0.0, 0.0)


def test_precision_recall_and_f1_by_hand() -> None:
    counts = count_right([True, True, True, False], [True, False, True, True])
    assert counts == (2, 1, 1)
    quality = rate(*counts)
    assert quality.precision == pytest.approx(2 / 3)
    assert quality.recall == pytest.approx(2 / 3)
    assert quality.f1 == pytest.approx(2 / 3)
    assert rate(0, 0, 0) == rate(0, 0, 5) == rate(0, 3, 0)


@given(st.lists(st.tuples(st.integers(0, 4), st.booleans()), min_size=1, max_size=12))
def test_no_threshold_is_better_than_the_one_found(pairs: list[tuple[int, bool]]) -> None:
    scores, truth = [float(score) for score, _ in pairs], [same for _, same in pairs]

    def f1(threshold: float) -> float:
        return rate(*count_right([score >= threshold for score in scores], truth)).f1

    best = max(f1(threshold) for threshold in scores)
    assert f1(find_threshold(scores, truth)) == pytest.approx(best)


def test_bins_by_hand() -> None:
    bins = bin_probabilities([0.0, 0.04, 0.5, 0.55, 1.0], [False, True, True, False, True])
    assert [(each.low, each.pairs) for each in bins] == [(0.0, 2), (0.5, 2), (0.9, 1)]
    assert [each.said for each in bins] == pytest.approx([0.02, 0.525, 1.0])
    assert [each.seen for each in bins] == pytest.approx([0.5, 0.5, 1.0])
    # (2 * .48 + 2 * .025 + 1 * 0) / 5
    assert expected_error(bins) == pytest.approx(0.202)


def test_bins_count_pairs_as_they_are_weighed() -> None:
    [only] = bin_probabilities([0.9, 0.95], [True, False], [3.0, 1.0])
    assert (only.pairs, only.share) == (2, 1.0)
    assert only.said == pytest.approx((3 * 0.9 + 0.95) / 4)
    assert only.seen == pytest.approx(0.75)


def test_a_true_probability_has_no_error() -> None:
    assert expected_error([Bin(0.5, 0.6, 10, 0.5, 0.5, 1.0)]) == 0.0
    assert expected_error([]) == 0.0


def test_the_interval_of_two_groups_is_what_their_four_draws_give() -> None:
    # drawn with replacement: both first (F1 2/3), one of each, both second (F1 1); each end has
    # a quarter of the draws, so the middle 95 % reach from one to the other
    low, high = find_interval({"first": (1, 1, 0), "second": (1, 0, 0)})
    assert low == pytest.approx(2 / 3)
    assert high == pytest.approx(1.0)


def test_intervals_resample_groups_and_not_values() -> None:
    apart = find_mean_interval({str(at): [float(at % 2)] for at in range(100)})
    together = find_mean_interval({"no": [0.0] * 50, "yes": [1.0] * 50})
    assert together == (0.0, 1.0)
    assert 0.38 < apart[0] < 0.45 < 0.55 < apart[1] < 0.62
    assert find_mean_interval({"all": [1.0, 1.0]}) == (1.0, 1.0)
    assert find_mean_interval({}) == (0.0, 0.0)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.sampled_from([0, 25, 100, 500]))
def test_a_budget_is_kept_and_used(scores: list[int], budget: int) -> None:
    others = [float(score) for score in scores]
    allowed = budget * len(others) / 1000
    bound = bound_of_budget(others, budget)
    assert sum(score > bound for score in others) <= allowed
    if bound in others:
        assert sum(score >= bound for score in others) > allowed
