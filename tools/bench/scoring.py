"""How answers are judged: one scorer for us and for every peer. Pure.

Recall counts ties by chance: where several candidates have one score, it is the share of their
orders in which a right one comes early enough. Intervals resample groups, never pairs, since
names of one company are not independent.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

REPLICATES = 1_000
SEED = 20200217


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision, recall and F1 of pairs that are told to be one company.

    Args:
        precision: Share of the pairs told same that are; 0 if none was told.
        recall: Share of the pairs that are same that were told; 0 if there is none.
        f1: Harmonic mean of the two.
    """

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Bin:
    """The pairs whose probability falls between two bounds.

    Args:
        low: Lower bound, within.
        high: Upper bound, without, but for the last bin.
        pairs: How many.
        said: Mean probability that was said.
        seen: Share of them that is one company.
        share: Their share of all pairs, as these count.
    """

    low: float
    high: float
    pairs: int
    said: float
    seen: float
    share: float


def count_right(told: Sequence[bool], truth: Sequence[bool]) -> tuple[int, int, int]:
    """Return how many pairs were told rightly, told wrongly, and missed.

    Args:
        told: Whether each pair was told to be one company.
        truth: Whether it is, in the same order.

    Example:
        >>> count_right([True, True, False, False], [True, False, True, False])
        (1, 1, 1)
    """
    right = sum(a and b for a, b in zip(told, truth, strict=True))
    return right, sum(told) - right, sum(truth) - right


def rate(right: float, wrong: float, missed: float) -> Quality:
    """Return precision, recall and F1 of counts (see `count_right`).

    Example:
        >>> rate(3, 1, 1)
        Quality(precision=0.75, recall=0.75, f1=0.75)
    """
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    both = 2 * right + wrong + missed
    return Quality(precision, recall, 2 * right / both if both else 0.0)


def find_threshold(scores: Sequence[float], truth: Sequence[bool]) -> float:
    """Return the score at and above which F1 is best, for peers that come without a threshold.

    Args:
        scores: Scores of pairs on data that the threshold is not judged on.
        truth: Whether each is one company.

    Returns:
        The lowest of the best; 0 without pairs.

    Example:
        >>> find_threshold([0.9, 0.8, 0.3], [True, True, False])
        0.8
    """
    best, threshold = -1.0, 0.0
    right = wrong = 0
    ranked = sorted(zip(scores, truth, strict=True), reverse=True)
    for at, (score, same) in enumerate(ranked):
        right, wrong = right + same, wrong + (not same)
        if at + 1 < len(ranked) and ranked[at + 1][0] == score:
            continue
        f1 = rate(right, wrong, sum(truth) - right).f1
        if f1 >= best:
            best, threshold = f1, score
    return threshold


def find_interval(
    counts: Mapping[str, Sequence[float]], share: float = 0.95
) -> tuple[float, float]:
    """Return the interval of F1 when groups are drawn anew.

    Args:
        counts: For each group, how many pairs were right, wrong and missed.
        share: Share of the draws inside the interval.

    Returns:
        Lower and upper bound; both 0 without groups.

    Source:
        Bootstrap by percentiles, clusters drawn with replacement, 1,000 times, seeded.
    """
    sums = _draw_sums(counts)
    doubled = 2 * sums[:, 0]
    f1 = doubled / np.maximum(doubled + sums[:, 1] + sums[:, 2], 1e-12)
    return _bounds(f1, share)


def find_mean_interval(
    groups: Mapping[str, Sequence[float]], share: float = 0.95
) -> tuple[float, float]:
    """Return the interval of a mean when groups are drawn anew.

    Args:
        groups: For each group the values in it, one per query.
        share: Share of the draws inside the interval.
    """
    sums = _draw_sums({name: (sum(each), len(each)) for name, each in groups.items()})
    return _bounds(sums[:, 0] / np.maximum(sums[:, 1], 1e-12), share)


def _draw_sums(counts: Mapping[str, Sequence[float]]) -> Floats:
    """Return the sums of the columns over as many groups, drawn with replacement, per replicate."""
    table = np.array([counts[name] for name in sorted(counts)], dtype=np.float64)
    if not len(table):
        return np.zeros((1, 3))
    draws = np.random.default_rng(SEED)
    return np.array(
        [table[draws.integers(len(table), size=len(table))].sum(axis=0) for _ in range(REPLICATES)]
    )


def _bounds(values: Floats, share: float) -> tuple[float, float]:
    low, high = np.quantile(values, [(1 - share) / 2, (1 + share) / 2])
    return float(low), float(high)


def bin_probabilities(
    probabilities: Sequence[float],
    truth: Sequence[bool],
    weights: Sequence[float] | None = None,
    bins: int = 10,
) -> list[Bin]:
    """Return the pairs in bins of equal width, in order, without empty bins.

    Args:
        probabilities: From 0 to 1.
        truth: Whether each pair is one company.
        weights: What each pair counts in means and shares; by default all alike.
        bins: Number of bins.

    Example:
        >>> [(b.pairs, b.seen) for b in bin_probabilities([0.91, 1.0, 0.05], [True, False, False])]
        [(1, 0.0), (2, 0.5)]
    """
    said, same = np.asarray(probabilities, dtype=np.float64), np.asarray(truth, dtype=np.float64)
    counted = np.ones(len(said)) if weights is None else np.asarray(weights, dtype=np.float64)
    at = np.minimum((said * bins).astype(int), bins - 1)
    found = []
    for number in range(bins):
        inside = at == number
        share = counted[inside]
        if share.sum() > 0:
            found.append(
                Bin(
                    low=number / bins,
                    high=(number + 1) / bins,
                    pairs=int(inside.sum()),
                    said=float(share @ said[inside] / share.sum()),
                    seen=float(share @ same[inside] / share.sum()),
                    share=float(share.sum() / counted.sum()),
                )
            )
    return found


def expected_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap between said and seen, by pairs.

    Args:
        bins: As `bin_probabilities` returns them.

    Returns:
        From 0 to 1; 0 without bins.

    Example:
        >>> bins = [Bin(0.0, 0.1, 3, 0.05, 0.0, 0.75), Bin(0.9, 1.0, 1, 0.9, 1.0, 0.25)]
        >>> round(expected_error(bins), 4)
        0.0625
    """
    return sum(each.share * abs(each.said - each.seen) for each in bins)


def share_found(candidates: Iterable[tuple[float, bool]], most: int) -> float:
    """Return the share of orders of tied candidates in which a right one is among the first.

    Args:
        candidates: Score and rightness of each candidate of one query, in any order.
        most: How many candidates are looked at, the highest scores first.

    Returns:
        1 or 0 without ties at the cut, a share between them with; 0 if no candidate is right.

    Example:
        >>> share_found([(0.9, False), (0.9, True), (0.2, True)], 1)
        0.5
    """
    ranked = list(candidates)
    best = max((score for score, right in ranked if right), default=None)
    if best is None:
        return 0.0
    left = most - sum(score > best for score, _ in ranked)
    tied = [right for score, right in ranked if score == best]
    if left >= len(tied):
        return 1.0
    return 1.0 - comb(len(tied) - sum(tied), left) / comb(len(tied), left) if left > 0 else 0.0


def bound_of_budget(others: Sequence[float], budget: float) -> float:
    """Return the score that must be passed so that no more are brought up than a budget allows.

    Args:
        others: The best score of each supplier that is on no list.
        budget: Suppliers on no list that may be brought up, per 1,000.

    Returns:
        The highest score that would bring up one too many; minus infinity if all may be.

    Example:
        >>> bound_of_budget([2.0, 0.0, 1.0, 0.0], 250)
        1.0
    """
    falling = sorted(others, reverse=True)
    allowed = int(budget * len(falling) / 1000)
    return falling[allowed] if allowed < len(falling) else -float("inf")
