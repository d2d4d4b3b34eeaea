"""Turn what is measured of two brands into log-odds, and say how well that does."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from answerable.matching.brand_alignment import SoundModel
from answerable.matching.brand_sounds import LEAST, MOST, hear_brand, list_features
from answerable.matching.scripts import read_pinyin
from tools.brands.pairs import BrandPair

STRANGERS = 400
"""Brands of other companies that each brand is compared with."""

AGAINST = ("bias", "other_pinyin", "other_pinyin_near")
"""Features that may speak against one company."""

RIDGE = 1.0
"""How strongly coefficients are held to nought, in counts."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Measured:
    """Features of brands of one company and of two, a row each, and the names of the columns."""

    names: tuple[str, ...]
    same: Numbers
    other: Numbers


def measure(model: SoundModel, pairs: Sequence[BrandPair]) -> Measured:
    """Return the features of each company's brands, and of its signs with others' letters."""
    same = [_measure_two(model, pair.signs, pair.words) for pair in pairs]
    other = [_measure_two(model, signs, words) for signs, words in list_strangers(pairs)]
    names = tuple(same[0])
    return Measured(names, _rows(same, names), _rows(other, names))


def _measure_two(model: SoundModel, signs: str, words: Sequence[str]) -> dict[str, float]:
    brand = hear_brand(signs)
    if brand is None:
        raise ValueError(f"signs that the table does not know: {signs}")
    return list_features(model, brand, words)


def _rows(features: Sequence[dict[str, float]], names: Sequence[str]) -> Numbers:
    return np.array([[each[name] for name in names] for each in features], dtype=np.float64)


def list_strangers(pairs: Sequence[BrandPair]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the signs of each company with the letters of others, drawn by chance."""
    draw = random.Random(20261124)  # noqa: S311 a sample, no secret
    for pair in pairs:
        for other in draw.choices(pairs, k=STRANGERS):
            if other.latin != pair.latin and other.signs != pair.signs:
                yield pair.signs, other.words


def fit_odds(model: SoundModel, measured: Sequence[Measured]) -> SoundModel:
    """Return the model with coefficients whose sum is the log-odds of one company to two.

    Only coefficients of `AGAINST` fall below nought: what agrees never speaks against.
    """
    names = measured[0].names
    same = np.vstack([each.same for each in measured])
    other = np.vstack([each.other for each in measured])
    rows = np.vstack([same, other])
    truth = np.concatenate([np.ones(len(same)), np.zeros(len(other))])
    used = np.ones(len(names), dtype=bool)
    while True:
        found = _regress(rows[:, used], truth)
        fell = (found < 0) & ~np.isin(np.array(names)[used], AGAINST)
        if not fell.any():
            break
        used[np.flatnonzero(used)[fell]] = False
    weights = dict.fromkeys(names, 0.0)
    weights |= dict(zip(np.array(names)[used].tolist(), found.tolist(), strict=True))
    weights["bias"] += float(np.log(len(other) / len(same)))
    return replace(model, weights=weights)


def _regress(rows: Numbers, truth: Numbers) -> Numbers:
    """Return the coefficients of a logistic regression, by Newton's steps."""
    found = np.zeros(rows.shape[1])
    for _ in range(60):
        likely = 1.0 / (1.0 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (truth - likely) - RIDGE * found
        bend = (rows * (likely * (1 - likely))[:, None]).T @ rows + RIDGE * np.eye(len(found))
        step = np.linalg.solve(bend, slope)
        found = found + np.clip(step, -1.0, 1.0)
        if np.abs(step).max() < 1e-6:
            break
    return found


def credit_all(model: SoundModel, names: Sequence[str], rows: Numbers) -> Numbers:
    """Return the credits of rows of features."""
    weights = np.array([model.weights[name] for name in names])
    found: Numbers = np.clip(rows @ weights, LEAST, MOST)
    return found


def print_report(model: SoundModel, pairs: Sequence[BrandPair]) -> None:
    """Print how credits of one company's brands differ from those of two, and if they are true."""
    measured = measure(model, pairs)
    same = credit_all(model, measured.names, measured.same)
    other = credit_all(model, measured.names, measured.other)
    unlike = np.array([not _is_pinyin(pair) for pair in pairs])
    hard = measured.other[:, measured.names.index("first")] > 0
    print("weights", {name: round(value, 2) for name, value in model.weights.items()})
    for label, some, others in (
        ("all", same, other),
        ("not in pinyin", same[unlike], other),
        (
            "the same first letter",
            same[measured.same[:, measured.names.index("first")] > 0],
            other[hard],
        ),
    ):
        _print_line(label, some, others)
    _print_bins(same, other)


def _is_pinyin(pair: BrandPair) -> bool:
    return any(pair.latin == each for each in read_pinyin(pair.signs))


def _print_line(label: str, same: Numbers, other: Numbers) -> None:
    bound = np.quantile(other, 0.999)
    shares = np.quantile(same, (0.05, 0.25, 0.5, 0.75, 0.95))
    print(
        f"{label}: {len(same)} same, {len(other)} other, ROC AUC {_find_area(same, other):.3f}, "
        f"over the 99.9th percentile ({bound:.2f}) {(same > bound).mean():.3f}, "
        f"credits of the same {np.round(shares, 2).tolist()}, of others "
        f"{np.round(np.quantile(other, (0.5, 0.95, 0.99)), 2).tolist()}"
    )


def _find_area(same: Numbers, other: Numbers) -> float:
    ordered = np.sort(other)
    below = np.searchsorted(ordered, same, "left") + np.searchsorted(ordered, same, "right")
    return float(below.mean() / 2 / len(other))


def _print_bins(same: Numbers, other: Numbers) -> None:
    for low, high in zip(
        (-3.1, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8),
        (-2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9.1),
        strict=True,
    ):
        inside = (same > low) & (same <= high), (other > low) & (other <= high)
        one, two = inside[0].sum(), inside[1].sum()
        said = np.concatenate([same[inside[0]], other[inside[1]]])
        true = np.log((one + 0.5) / len(same)) - np.log((two + 0.5) / len(other))
        mean = np.log(np.exp(said).mean()) if len(said) else np.nan
        print(
            f"credit {low:5.1f} to {high:4.1f}: {one:5d} same {two:7d} other, "
            f"said {mean:5.2f}, seen {true:5.2f}"
        )
