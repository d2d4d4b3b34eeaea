"""Learn the weights' coefficients and their calibration: `python -m tools.train_weights DATA`.

DATA is the folder of the shared data. Writes `matching/data/weights.json`. Takes about six minutes,
most of it to find near names; with `--keep FOLDER` they are kept, and the next run takes one.
Values set by hand stand in `by_hand` of that file: change them there.

Coefficients are learned on the families of `train`, calibrations on `train` and `calibrate`, and
what is reported was seen in neither: the families of `held_out`.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from tools.training.calibrating import (
    Knots,
    bin_pairs,
    fit_curve,
    follow_curve,
    measure_quality,
)
from tools.training.corpus import Bearer, read_corpus, read_judges, read_real_names
from tools.training.families import join_families
from tools.training.features import Features, Matrix, count_features
from tools.training.fitting import Fit, fit_coefficients, score_pairs
from tools.training.model import PATH, describe, read_model, read_start, write_model
from tools.training.pairs import (
    LabelledPair,
    make_pairs,
    read_pairs,
    weigh_pairs,
    write_pairs,
)
from tools.training.searching import prior_of_search, search_names, weigh_searches

PAIRS, SEARCHES = "pairs.csv", "searches.csv"
"""Files of the folder that keeps what is learned from."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Labelled pairs with their features and what each counts."""

    pairs: Sequence[LabelledPair]
    features: Features
    same: Matrix
    weights: Matrix


def take(pairs: Sequence[LabelledPair], features: Features, kept: Matrix) -> Sample:
    """Return the pairs that are kept, weighed among themselves as their kinds ask."""
    chosen = [pair for pair, keep in zip(pairs, kept, strict=True) if keep]
    searched = any(pair.kind == "listed" for pair in chosen)
    weights = weigh_searches(chosen) if searched else weigh_pairs(chosen)
    same = np.array([pair.same for pair in chosen], dtype=float)
    return Sample(chosen, features.rows(kept), same, np.array(weights))


def learn(
    pairs: Sequence[LabelledPair], searches: Sequence[LabelledPair], listed: int, start: Fit
) -> tuple[Fit, dict[str, Knots], dict[str, Any]]:
    """Return learned coefficients, the curve of each use, and how well they do.

    Args:
        pairs: Labelled pairs of all splits.
        searches: Pairs of a name searched and a listed name, of all splits.
        listed: How many names were searched among.
        start: Coefficients set by hand.
    """
    found = count_features(pairs)
    latin = np.array([each == "latin" for each in found.strata])
    asked = found.comparable & latin
    splits = np.array([pair.split for pair in pairs])
    train = take(pairs, found, asked & (splits == "train"))
    fit = fit_coefficients(train.features, train.same, train.weights, start)
    pair_curve = _calibrate(take(pairs, found, asked & (splits != "held_out")), fit)
    near = count_features(searches)
    far = np.array([pair.split for pair in searches])
    search_fit = replace(fit, asked=prior_of_search(listed))
    search_curve = _calibrate(take(searches, near, far != "held_out"), search_fit)
    held = splits == "held_out"
    report = {
        "loss": round(fit.loss, 4),
        "pairs": _judge(take(pairs, found, asked & held), fit, pair_curve),
        "pairs_across_scripts": _judge(
            take(pairs, found, found.comparable & ~latin & held), fit, pair_curve
        ),
        "search": _judge(take(searches, near, far == "held_out"), search_fit, search_curve),
    }
    return fit, {"pair": pair_curve, "search": search_curve}, report


def _calibrate(sample: Sample, fit: Fit) -> Knots:
    return fit_curve(score_pairs(sample.features, fit), sample.same, sample.weights)


def _judge(sample: Sample, fit: Fit, curve: Knots) -> dict[str, Any]:
    chances = expit(follow_curve(score_pairs(sample.features, fit), curve))
    bins = bin_pairs(chances, sample.same, sample.weights)
    return describe(bins, measure_quality(chances, sample.same, sample.weights))


def leave_out_judges(
    bearers: Sequence[Bearer], judges: set[str]
) -> tuple[list[Bearer], dict[str, str]]:
    """Return the bearers of families without any name of the sets that judge, and the families."""
    marked = [Bearer(f"judge:{at}", (name,)) for at, name in enumerate(sorted(judges))]
    families = join_families([*bearers, *marked])
    closed = {families[each.id] for each in marked}
    return [each for each in bearers if families[each.id] not in closed], families


def gather(data: Path) -> tuple[list[LabelledPair], list[LabelledPair]]:
    """Return the labelled pairs and the names searched of all splits."""
    bearers, families = leave_out_judges(read_corpus(data), read_judges(data))
    listed = read_real_names(data)
    return make_pairs(bearers, families), search_names(bearers, families, listed)


def keep(
    pairs: Sequence[LabelledPair], searches: Sequence[LabelledPair], folder: Path | None
) -> None:
    """Write the pairs to a folder, which must not be one that ships: some names are of persons."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        write_pairs(searches, folder / SEARCHES)
        write_pairs(pairs, folder / PAIRS)


def run(arguments: Sequence[str]) -> int:
    """Learn, write the file and print how well the coefficients do; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.train_weights", description=__doc__)
    parser.add_argument("data", type=Path, help="folder of the shared data")
    parser.add_argument("--keep", type=Path, help="folder for the pairs, used again if there")
    options = parser.parse_args(arguments)
    data = options.data
    kept = options.keep
    if kept is None or not (kept / PAIRS).exists():
        pairs, searches = gather(data)
        keep(pairs, searches, kept)
    else:
        pairs, searches = read_pairs(kept / PAIRS), read_pairs(kept / SEARCHES)
    start = read_start(read_model())
    fit, curves, report = learn(pairs, searches, len(read_real_names(data)), start)
    day = date.today().isoformat()
    PATH.write_text(write_model(fit, start, curves, report, day), encoding="utf-8")
    for name, content in report.items():
        print(name, content)
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
