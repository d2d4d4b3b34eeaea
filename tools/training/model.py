"""The file of coefficients as it is written: by whom, from what, and how well they do."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from answerable.matching.coefficients import SCHEMA
from tools.training.calibrating import Bin, Knots, Quality, measure_error
from tools.training.fitting import Fit

PATH = Path("src/answerable/matching/data/weights.json")

SOURCES = (
    "Names that share an ISIN, FIGI or CIK: FinanceDatabase, edgartools, sec-cik-mapper (MIT)",
    "Names and aliases of entities: OFAC SDN and BIS Entity List (US government)",
    "Chinese short names of listed companies: FinanceDatabase, adata (MIT)",
    "Names of other organisations: UK register of licensed sponsors (contains public sector"
    " information licensed under the Open Government Licence v3.0)",
)


def read_model() -> dict[str, Any]:
    """Return the content of the shipped file."""
    content: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8"))
    return content


def read_start(content: Mapping[str, Any]) -> Fit:
    """Return the values set by hand, from which fitting starts.

    Args:
        content: Of the shipped file; without `by_hand` its values themselves are set by hand.
    """
    hand = content.get("by_hand", content)
    return Fit(1.0, hand["asked"], hand["evidence"], hand["family"], 0.0)


def write_model(
    fit: Fit, start: Fit, curves: Mapping[str, Knots], report: Mapping[str, Any], day: str
) -> str:
    """Return the text of the file.

    Args:
        fit: Learned coefficients.
        start: Those set by hand, which are kept in the file.
        curves: Calibration by use.
        report: How well they do (see `describe`).
        day: Day of fitting, ISO.
    """
    content = {
        "schema": SCHEMA,
        "version": day,
        "fitted": day,
        "sources": SOURCES,
        "asked": fit.asked,
        "evidence": fit.evidence,
        "family": fit.family,
        "calibration": {use: {"knots": knots} for use, knots in curves.items()},
        "fit": report,
        "by_hand": {"asked": start.asked, "evidence": start.evidence, "family": start.family},
    }
    return _compact(json.dumps(content, indent=2)) + "\n"


def _compact(text: str) -> str:
    """Put every knot and every bin on one line."""
    knots = re.sub(r"\[\s+(-?[\d.]+),\s+(-?[\d.]+)\s+\]", r"[\1, \2]", text)
    return re.sub(r"\{\s+(\"pairs\": [^{}]*?)\s+\}", _join, knots)


def _join(found: re.Match[str]) -> str:
    return "{" + re.sub(r"\s+", " ", found[1]) + "}"


def describe(bins: list[Bin], quality: Quality) -> dict[str, Any]:
    """Return the calibration and the quality at the threshold, as written to the file."""
    return {
        "calibration_error": round(measure_error(bins), 4),
        **{name: round(value, 3) for name, value in asdict(quality).items()},
        "bins": [
            {"pairs": each.pairs, "said": round(each.said, 3), "seen": round(each.seen, 3)}
            for each in bins
        ],
    }
