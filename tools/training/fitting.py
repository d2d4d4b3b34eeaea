"""Coefficients fitted to labelled pairs: additive, bounded, held near the values set by hand.

Logistic regression with two sums instead of one (see `features`). No coefficient may change its
sign, so that what agrees never speaks against a match, and what differs never for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from answerable.matching.evidence import EVIDENCE
from answerable.matching.families import FAMILY
from answerable.matching.weights import ASKED
from tools.training.features import FAMILY_NAMES, STRANGER_NAMES, Features, Matrix

STRENGTH = 300.0
"""How many pairs it takes, about, to move a coefficient from its value by its spread."""

SPREAD = 0.5
"""Spread of a coefficient about the value set by hand, as a share of it."""

LEAST, MOST = 0.5, 2.0
"""Bounds of a coefficient as shares of the value set by hand."""

BY_LAW = frozenset("tier_absent body_differs form_differs level_differs number_differs".split())
"""Differences of families that are not learned: a group, its holding and its operating company are
different legal persons, which labels by security or by alias do not tell apart."""

UNIT = frozenset(("words",))
"""Words are the unit of the score: their log-odds come from their rarity, and stay so."""

SHIFT = 2
"""Values ahead of the coefficients: the slope and the prior."""

MIDDLE = SHIFT + len(STRANGER_NAMES)
"""Where the coefficients of families begin."""

WRONG_SAME, WRONG_OTHER = 0.04, 0.05
"""Shares of pairs of one company, and of two, that are assumed to be labelled as the other.

Read by hand: of 100 sisters of the register three may be one organisation; of 25 pairs by FIGI six
are of a reused ticker, of which one shares a word.
"""


@dataclass(frozen=True, slots=True)
class Fit:
    """Fitted coefficients, by name, and how well they do.

    Args:
        slope: How many log-odds of the labels a point of the score is worth.
        asked: Prior log-odds of a pair of the mix.
        evidence: One company against two strangers.
        family: One company against two of a family.
        loss: Mean weighted logarithmic loss on the pairs that were fitted.
    """

    slope: float
    asked: float
    evidence: Mapping[str, float]
    family: Mapping[str, float]
    loss: float


def start_fit() -> Fit:
    """Return the shipped coefficients as a fit, from which fitting starts."""
    return Fit(1.0, ASKED, dict(EVIDENCE), dict(FAMILY), 0.0)


def score_pairs(features: Features, fit: Fit) -> Matrix:
    """Return the score of each pair under some coefficients, in log-odds."""
    strangers, family = _sum_up(features, _pack(fit))
    return -np.logaddexp(-strangers, -family)


def fit_coefficients(features: Features, same: Matrix, weights: Matrix, start: Fit) -> Fit:
    """Return the coefficients that explain labelled pairs best.

    Args:
        features: The pairs; more rows than coefficients, else the start hardly changes.
        same: Labels, ones and zeros.
        weights: What each pair counts.
        start: Values set by hand: where the data says little, the fit stays near them.

    Returns:
        Coefficients within the bounds; a coefficient that no pair has is as at the start.
    """
    begin = _pack(start)
    spread = np.maximum(SPREAD * np.abs(begin), 0.1)

    def measure(values: Matrix) -> tuple[float, Matrix]:
        loss, slope = _measure_loss(features, same, weights, values)
        apart = (values - begin) / spread
        return loss + STRENGTH * float(apart @ apart) / 2, slope + STRENGTH * apart / spread

    found = minimize(measure, begin, jac=True, method="L-BFGS-B", bounds=_bound(begin))
    loss, _ = _measure_loss(features, same, weights, found.x)
    return _unpack(found.x, loss / float(weights.sum()))


def _bound(begin: Matrix) -> list[tuple[float, float]]:
    low, high = np.minimum(LEAST * begin, MOST * begin), np.maximum(LEAST * begin, MOST * begin)
    low[:SHIFT], high[:SHIFT] = (0.1, -8.0), (2.0, 2.0)
    kept = [name in UNIT for name in STRANGER_NAMES] + [name in BY_LAW for name in FAMILY_NAMES]
    at = SHIFT + np.flatnonzero(kept)
    low[at] = high[at] = begin[at]
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _measure_loss(
    features: Features, same: Matrix, weights: Matrix, values: Matrix
) -> tuple[float, Matrix]:
    """Return the logarithmic loss, labels being wrong now and then, and its slope."""
    strangers, family = _sum_up(features, values)
    score = -np.logaddexp(-strangers, -family)
    chance = expit(values[0] * score)
    labelled = WRONG_OTHER + (1 - WRONG_SAME - WRONG_OTHER) * chance
    loss = -weights @ (same * np.log(labelled) + (1 - same) * np.log(1 - labelled))
    by_label = -weights * (same / labelled - (1 - same) / (1 - labelled))
    by_odds = by_label * (1 - WRONG_SAME - WRONG_OTHER) * chance * (1 - chance)
    by_strangers = values[0] * by_odds * np.exp(score - strangers)
    by_family = values[0] * by_odds * np.exp(score - family)
    ahead = [by_odds @ score, by_strangers.sum()]
    slope = [ahead, features.strangers.T @ by_strangers, features.family.T @ by_family]
    return float(loss), np.concatenate(slope)


def _sum_up(features: Features, values: Matrix) -> tuple[Matrix, Matrix]:
    strangers = values[1] + features.strangers @ values[SHIFT:MIDDLE]
    return strangers, features.family @ values[MIDDLE:]


def _pack(fit: Fit) -> Matrix:
    strangers = {"words": 1.0, **fit.evidence}
    return np.array(
        [
            fit.slope,
            fit.asked,
            *(strangers[name] for name in STRANGER_NAMES),
            *(fit.family[name] for name in FAMILY_NAMES),
        ]
    )


def _unpack(values: Matrix, loss: float) -> Fit:
    rounded = [round(float(each), 3) for each in values]
    strangers = dict(zip(STRANGER_NAMES, rounded[SHIFT:MIDDLE], strict=True))
    return Fit(
        slope=rounded[0],
        asked=rounded[1],
        evidence={name: strangers[name] for name in EVIDENCE},
        family=dict(zip(FAMILY_NAMES, rounded[MIDDLE:], strict=True)),
        loss=loss,
    )
