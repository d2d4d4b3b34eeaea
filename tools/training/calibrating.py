"""Calibration: the curve that makes scores probabilities, and how true they are.

A few straight segments that rise, so that the order of pairs is kept and no two scores become one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from tools.training.features import Matrix
from tools.training.fitting import WRONG_OTHER, WRONG_SAME

LEAST_SLOPE, MOST_SLOPE = 0.1, 3.0
"""Bounds of how many calibrated log-odds a point of the score is worth."""

QUANTILES = (0.05, 0.2, 0.35, 0.45, 0.55, 0.62, 0.69, 0.76, 0.83, 0.9, 0.96)
"""Shares of the pairs below the knots of a curve, both labels counted alike."""

SMOOTH = 1e-4
"""How strongly the slopes of neighbouring segments are held together."""

LEAST_APART = 0.5
"""Points of the score that two knots are apart at least."""

BINS = 10

Knots = tuple[tuple[float, float], ...]
"""Scores with their calibrated log-odds, both rising."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs of about one probability.

    Args:
        pairs: How many, unweighted.
        share: Their share of all pairs, weighted.
        said: Mean probability that was said.
        seen: Share that is one company.
    """

    pairs: int
    share: float
    said: float
    seen: float


def fit_curve(scores: Matrix, same: Matrix, weights: Matrix) -> Knots:
    """Return the curve of calibrated log-odds that explains the labels best.

    Args:
        scores: Scores in log-odds.
        same: Ones and zeros.
        weights: What each pair counts.

    Returns:
        Knots of a line of straight segments that rises everywhere, so that the order of pairs is
        kept and no two scores become one; outside it goes on as its outer segments do.

    Example:
        >>> scores = np.linspace(-4, 4, 400)
        >>> curve = fit_curve(scores, (scores > 0).astype(float), np.ones(400))
        >>> all(low < high for (_, low), (_, high) in zip(curve, curve[1:]))
        True
    """
    at = _place_knots(scores, _balance(same, weights))
    widths = np.diff(at)
    basis = np.column_stack((np.ones_like(scores), *_ramps(scores, at))) / [1.0, *widths]
    counts = weights / weights.sum()

    def measure(rises: Matrix) -> tuple[float, Matrix]:
        loss, slope = _measure_loss(basis @ rises, same, counts)
        bend = np.diff(rises[1:] / widths)
        found = basis.T @ slope
        found[1:-1] -= SMOOTH * bend / widths[:-1]
        found[2:] += SMOOTH * bend / widths[1:]
        return loss + SMOOTH * float(bend @ bend) / 2, found

    bounds = [(-20.0, 20.0), *((LEAST_SLOPE * each, MOST_SLOPE * each) for each in widths)]
    begin = np.concatenate(([0.5 * float(at[0])], 0.5 * widths))
    tight = {"ftol": 1e-12, "gtol": 1e-8}
    found = minimize(measure, begin, jac=True, method="L-BFGS-B", bounds=bounds, options=tight).x
    odds = np.cumsum(found)
    return tuple((round(float(a), 2), round(float(b), 3)) for a, b in zip(at, odds, strict=True))


def _measure_loss(odds: Matrix, same: Matrix, counts: Matrix) -> tuple[float, Matrix]:
    """Return the logarithmic loss, labels being wrong now and then, and its slope by log-odds."""
    chance = expit(odds)
    sure = 1 - WRONG_SAME - WRONG_OTHER
    labelled = WRONG_OTHER + sure * chance
    loss = -counts @ (same * np.log(labelled) + (1 - same) * np.log(1 - labelled))
    slope = -counts * (same / labelled - (1 - same) / (1 - labelled)) * sure * chance * (1 - chance)
    return float(loss), slope


def _balance(same: Matrix, weights: Matrix) -> Matrix:
    """Return weights under which both labels count alike, as knots belong where both occur."""
    share = np.where(same > 0, 0.5 / (weights @ same), 0.5 / (weights @ (1 - same)))
    return np.asarray(weights * share)


def _place_knots(scores: Matrix, weights: Matrix) -> Matrix:
    """Return scores at the quantiles of both labels together, not too near each other."""
    order = np.argsort(scores)
    below = np.cumsum(weights[order]) / weights.sum()
    wanted = [float(scores[order][np.searchsorted(below, share)]) for share in QUANTILES]
    kept = wanted[:1]
    for each in wanted[1:]:
        if each - kept[-1] >= LEAST_APART:
            kept.append(each)
    return np.array(kept if len(kept) > 1 else [kept[0], kept[0] + 1.0])


def _ramps(scores: Matrix, at: Matrix) -> list[Matrix]:
    """Return how far each score goes along each segment; outer segments have no end."""
    ends = np.concatenate((at[1:-1], [np.inf]))
    starts = np.concatenate(([-np.inf], at[1:-1]))
    return [
        np.clip(scores, low, high) - anchor
        for low, high, anchor in zip(starts, ends, at[:-1], strict=True)
    ]


def follow_curve(scores: Matrix, curve: Knots) -> Matrix:
    """Return the calibrated log-odds of scores."""
    at = np.array([score for score, _ in curve])
    odds = np.array([odds for _, odds in curve])
    slopes = np.diff(odds) / np.diff(at)
    inside = np.interp(scores, at, odds)
    low, high = np.minimum(scores - at[0], 0.0), np.maximum(scores - at[-1], 0.0)
    return np.asarray(inside + low * slopes[0] + high * slopes[-1])


def bin_pairs(chances: Matrix, same: Matrix, weights: Matrix) -> list[Bin]:
    """Return the pairs in ten bins of equal width of probability, without empty bins.

    Args:
        chances: Probabilities that were said.
        same: Ones and zeros.
        weights: What each pair counts.
    """
    at = np.minimum((chances * BINS).astype(int), BINS - 1)
    bins = []
    for number in range(BINS):
        inside = at == number
        total = float(weights[inside].sum())
        if total > 0:
            said = float(weights[inside] @ chances[inside]) / total
            seen = float(weights[inside] @ same[inside]) / total
            bins.append(Bin(int(inside.sum()), total / float(weights.sum()), said, seen))
    return bins


def measure_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap between said and seen, by share."""
    return sum(each.share * abs(each.said - each.seen) for each in bins)


@dataclass(frozen=True, slots=True)
class Quality:
    """How good a threshold is: precision, recall and F1 of pairs at or above it, weighted."""

    precision: float
    recall: float
    f1: float


def measure_quality(
    chances: Matrix, same: Matrix, weights: Matrix, threshold: float = 0.5
) -> Quality:
    """Return precision, recall and F1 at a threshold; 0 where nothing is at or above it."""
    said = chances >= threshold
    right = float((weights * same)[said].sum())
    told, there = float(weights[said].sum()), float((weights * same).sum())
    precision = right / told if told else 0.0
    recall = right / there if there else 0.0
    both = precision + recall
    return Quality(precision, recall, 2 * precision * recall / both if both else 0.0)
