"""The coefficients of the weights and of the calibration: read from `data/weights.json`.

The file is the model. Every number in it can be read, and has the name of what it is given for;
`tools/train_weights.py` says how they were learned, and writes the file anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

SCHEMA = "answerable.weights/1"
"""Layout of the file; one of another layout is not read."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What the weights are made of.

    Args:
        version: Of the coefficients; where it differs, probabilities differ.
        fitted: Day of fitting, ISO; empty if they were set by hand.
        asked: Prior log-odds of two names that somebody asks about.
        evidence: Log-odds of what agrees or differs, one company against two strangers, by name.
        family: The same, one company against two of one family.
    """

    version: str
    fitted: str
    asked: float
    evidence: Mapping[str, float]
    family: Mapping[str, float]


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
        ValueError: It is not JSON, or of another layout.

    Example:
        >>> parse_coefficients('{"schema": "other"}')
        Traceback (most recent call last):
        ValueError: weights of layout 'other', not answerable.weights/1
    """
    content = json.loads(text)
    if content["schema"] != SCHEMA:
        raise ValueError(f"weights of layout {content['schema']!r}, not {SCHEMA}")
    return Coefficients(
        version=content["version"],
        fitted=content["fitted"],
        asked=content["asked"],
        evidence=content["evidence"],
        family=content["family"],
    )
