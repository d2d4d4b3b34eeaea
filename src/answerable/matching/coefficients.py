"""The coefficients of the weights and of the calibration: read from `data/weights.json`.

The file is the model. Every number in it can be read, and has the name of what it is given for;
`tools/train_weights.py` says how they were learned, and writes the file anew.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise
from math import inf

SCHEMA = "answerable.weights/1"
"""Layout of the file; one of another layout is not read."""


@dataclass(frozen=True, slots=True)
class Curve:
    """A calibration: straight segments from scores to calibrated log-odds, both rising.

    Since it rises everywhere, pairs keep their order, and no two scores become one probability.

    Args:
        knots: Scores with their log-odds, at least two; beyond them a score counts as it is,
            because there were no pairs to learn from.

    Example:
        >>> curve = Curve(((0.0, 0.0), (1.0, 2.0)))
        >>> curve.follow(0.5), curve.follow(3.0), curve.reach(4.0)
        (1.0, 4.0, 3.0)
    """

    knots: tuple[tuple[float, float], ...]

    def follow(self, score: float) -> float:
        """Return the calibrated log-odds of a score."""
        return _go_along(score, self.knots)

    def reach(self, log_odds: float) -> float:
        """Return the score that has these calibrated log-odds: the way back."""
        return _go_along(log_odds, tuple((odds, score) for score, odds in self.knots))


def _go_along(at: float, knots: tuple[tuple[float, float], ...]) -> float:
    if not knots[0][0] <= at <= knots[-1][0]:
        end, value = knots[0] if at < knots[0][0] else knots[-1]
        return value + at - end
    segment = min(bisect_right(knots, (at, inf)) - 1, len(knots) - 2)
    (start, low), (end, high) = knots[segment], knots[segment + 1]
    return low + (at - start) * (high - low) / (end - start)


STRAIGHT = Curve(((0.0, 0.0), (1.0, 1.0)))
"""The calibration of scores that are log-odds as they are."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What the weights are made of.

    Args:
        version: Of the coefficients; where it differs, probabilities differ.
        fitted: Day of fitting, ISO; empty if they were set by hand.
        asked: Prior log-odds of two names that somebody asks about.
        evidence: Log-odds of what agrees or differs, one company against two strangers, by name.
        family: The same, one company against two of one family.
        calibration: Curves by what is asked: `pair` (two names that somebody asks about) and
            `search` (a name among many).
    """

    version: str
    fitted: str
    asked: float
    evidence: Mapping[str, float]
    family: Mapping[str, float]
    calibration: Mapping[str, Curve] = field(default_factory=dict)

    def curve_of(self, use: str) -> Curve:
        """Return the calibration of a use; that of an unknown use changes nothing."""
        return self.calibration.get(use, STRAIGHT)


@cache
def coefficients() -> Coefficients:
    """Return the shipped coefficients.

    Returns:
        The coefficients; the same object each time.

    Example:
        >>> coefficients().evidence["number_differs"] < 0 < coefficients().evidence["place_agrees"]
        True
    """
    path = files("answerable.matching").joinpath("data", "weights.json")
    return parse_coefficients(path.read_text(encoding="utf-8"))


def parse_coefficients(text: str) -> Coefficients:
    """Return coefficients from the text of a file.

    Args:
        text: JSON as `tools/train_weights.py` writes it.

    Raises:
        ValueError: It is not JSON, of another layout, or a calibration does not rise.

    Example:
        >>> parse_coefficients('{"schema": "other"}')
        Traceback (most recent call last):
        ValueError: weights of layout 'other', not answerable.weights/1
    """
    content = json.loads(text)
    curves = content.get("calibration", {})
    if content["schema"] != SCHEMA:
        raise ValueError(f"weights of layout {content['schema']!r}, not {SCHEMA}")
    return Coefficients(
        version=content["version"],
        fitted=content["fitted"],
        asked=content["asked"],
        evidence=content["evidence"],
        family=content["family"],
        calibration={use: _parse_curve(curve) for use, curve in curves.items()},
    )


def _parse_curve(content: Mapping[str, list[list[float]]]) -> Curve:
    knots = tuple((score, odds) for score, odds in content["knots"])
    pairs = tuple(pairwise(knots))
    if not pairs or not all(a[0] < b[0] and a[1] < b[1] for a, b in pairs):
        raise ValueError("a calibration must rise, over two knots or more")
    return Curve(knots)
