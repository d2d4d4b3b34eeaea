import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from answerable.matching.coefficients import Curve, coefficients, parse_coefficients
from answerable.matching.weights import Weight, prior_among, score_of
from tools.training import fitting
from tools.training.calibrating import (
    bin_pairs,
    fit_curve,
    follow_curve,
    measure_error,
    measure_quality,
)
from tools.training.corpus import Bearer, read_labelled
from tools.training.families import join_families, split_of
from tools.training.features import Features, Matrix, count_features
from tools.training.model import read_model, read_start, write_model
from tools.training.pairs import (
    LabelledPair,
    make_pairs,
    may_be_same,
    read_pairs,
    weigh_pairs,
    write_pairs,
)

SAMPLE = Path(__file__).parent / "cases" / "training_pairs.csv"
STARTS = read_start(read_model())


@pytest.fixture(scope="module")
def pairs() -> list[LabelledPair]:
    rows = csv.DictReader(SAMPLE.read_text(encoding="utf-8").splitlines())
    return [
        LabelledPair(
            row["one"],
            row["other"],
            row["same"] == "1",
            row["kind"],
            "invented",
            row["one"].split()[0],
            "train",
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def features(pairs: list[LabelledPair]) -> Features:
    return count_features(pairs)


def _labels(pairs: list[LabelledPair]) -> tuple[Matrix, Matrix]:
    return np.array([float(pair.same) for pair in pairs]), np.array(weigh_pairs(pairs))


@pytest.fixture(scope="module")
def fit(pairs: list[LabelledPair], features: Features) -> fitting.Fit:
    strength = fitting.STRENGTH
    try:
        fitting.STRENGTH = 1.0
        return fitting.fit_coefficients(features, *_labels(pairs), STARTS)
    finally:
        fitting.STRENGTH = strength


def test_a_refit_explains_the_sample_better(
    pairs: list[LabelledPair], features: Features, fit: fitting.Fit
) -> None:
    same, weights = _labels(pairs)
    before, after = (
        fitting._measure_loss(features, same, weights, fitting._pack(each))[0]
        for each in (STARTS, fit)
    )
    assert after < before
    chances = expit(fit.slope * fitting.score_pairs(features, fit))
    assert measure_quality(chances, same, weights).f1 > 0.8


def test_a_refit_turns_no_sign_and_stays_in_bounds(fit: fitting.Fit) -> None:
    moved = 0
    for learned, start in ((fit.evidence, STARTS.evidence), (fit.family, STARTS.family)):
        assert learned.keys() == start.keys()
        for name, value in learned.items():
            share = value / start[name]
            assert fitting.LEAST - 0.01 <= share <= fitting.MOST + 0.01, name
            moved += abs(share - 1) > 0.01
    assert moved > 3
    assert all(fit.family[name] == STARTS.family[name] for name in fitting.BY_LAW)


def test_features_do_not_change_with_the_order_of_names(
    pairs: list[LabelledPair], features: Features
) -> None:
    swapped = count_features([replace(pair, one=pair.other, other=pair.one) for pair in pairs])
    assert swapped.strangers == pytest.approx(features.strangers)
    assert swapped.family == pytest.approx(features.family)


def test_the_slope_of_the_loss_is_that_of_small_steps(
    pairs: list[LabelledPair], features: Features
) -> None:
    same, weights = _labels(pairs)
    values = fitting._pack(STARTS) * 0.3
    _, slope = fitting._measure_loss(features, same, weights, values)
    for at in range(len(values)):
        step = np.zeros_like(values)
        step[at] = 1e-6
        up, down = (
            fitting._measure_loss(features, same, weights, values + sign * step)[0]
            for sign in (1, -1)
        )
        assert (up - down) / 2e-6 == pytest.approx(slope[at], abs=1e-4)


@settings(max_examples=15)
@given(st.lists(st.floats(-30, 30), min_size=4, max_size=40))
def test_a_curve_rises_whatever_the_labels(scores: list[float]) -> None:
    same = np.array([float(at % 2) for at in range(len(scores))])
    curve = fit_curve(np.array(scores), same, np.ones(len(scores)))
    steps = follow_curve(np.linspace(-40, 40, 200), curve)
    assert (np.diff(steps) > 0).all()


def test_a_curve_recovers_the_chances_behind_labels_that_are_wrong_now_and_then() -> None:
    draw = np.random.default_rng(20200217)
    scores, ones = draw.uniform(-6, 6, 20_000), np.ones(20_000)
    chances = expit(0.5 * scores - 1)
    same = draw.random(20_000) < chances
    wrong = draw.random(20_000) < np.where(same, fitting.WRONG_SAME, fitting.WRONG_OTHER)
    curve = fit_curve(scores, (same ^ wrong).astype(float), ones)
    said = expit(follow_curve(scores, curve))
    assert said == pytest.approx(chances, abs=0.06)
    assert measure_error(bin_pairs(said, same.astype(float), ones)) < 0.02


def test_the_calibration_error_is_the_mean_gap_by_share() -> None:
    chances = np.array([0.05, 0.05, 0.95, 0.95])
    bins = bin_pairs(chances, np.array([0.0, 1.0, 1.0, 1.0]), np.array([1.0, 1.0, 1.0, 1.0]))
    assert measure_error(bins) == pytest.approx(0.5 * 0.45 + 0.5 * 0.05)


BEARERS = [
    Bearer("labelled:1", ("Zyxomatic Mills Ltd", "Zyxomatic")),
    Bearer("labelled:2", ("Quorbel Mills",)),
    Bearer("sponsor:1", ("Zyxomatic Dental",)),
    Bearer("sponsor:2", ("ZYXOMATIC DENTAL LIMITED",)),
    Bearer("sponsor:3", ("Red Mills",)),
]


@given(st.permutations(BEARERS))
def test_families_do_not_depend_on_the_order(bearers: list[Bearer]) -> None:
    families = join_families(bearers)
    assert families == join_families(BEARERS)
    assert families["labelled:1"] == families["sponsor:1"] == families["sponsor:2"]
    assert len({families[each] for each in ("labelled:1", "labelled:2", "sponsor:3")}) == 3


def test_pairs_of_two_companies_are_of_one_split_and_never_agree_wholly() -> None:
    words = ["Care", "Foods", "Dental", "Motors", "Steel", "Mills", "Trading", "Software"]
    brands = ["Zyxomatic", "Quorbel", "Velmora", "Brantwick", "Ostrelle", "Fandrillo"]
    names = [f"{brand} {word} Ltd" for brand in brands for word in words]
    bearers = [Bearer(f"sponsor:{at}", (name,)) for at, name in enumerate(names)]
    families = join_families(bearers)
    by_name = {name: families[each.id] for each in bearers for name in each.names}
    found = make_pairs(bearers, families)
    assert len(found) > 20
    assert {pair.kind for pair in found} >= {"sister"}
    for pair in found:
        assert not pair.same
        assert pair.one != pair.other
        assert split_of(by_name[pair.one]) == split_of(by_name[pair.other]) == pair.split
        assert not may_be_same(pair.one, pair.other)


def test_pairs_are_read_as_they_were_written(pairs: list[LabelledPair], tmp_path: Path) -> None:
    odd = replace(pairs[0], one='示例, "Zyx"\nLtd', same=False)
    write_pairs([*pairs, odd], tmp_path / "pairs.csv")
    assert read_pairs(tmp_path / "pairs.csv") == [*pairs, odd]


def test_names_with_par_value_are_not_learned_from() -> None:
    rows = [
        {
            "name1": "ZYXOMATIC DL-,01",
            "name2": "Zyxomatic Mills",
            "group": "1",
            "source": "x",
        },
        {"name1": "ZYXOMATIC MILLS", "name2": "Zyxomatic Mills Ltd", "group": "2", "source": "x"},
    ]
    assert [bearer.id for bearer in read_labelled(rows)] == ["labelled:2"]


def test_the_shipped_coefficients_keep_the_signs_set_by_hand() -> None:
    for learned, start in (
        (coefficients().evidence, STARTS.evidence),
        (coefficients().family, STARTS.family),
    ):
        assert all(value * start[name] > 0 for name, value in learned.items())


@given(st.floats(-60, 60), st.floats(0.001, 20), st.sampled_from(["pair", "search"]))
def test_a_higher_score_is_a_higher_probability(score: float, more: float, use: str) -> None:
    low, high = (Weight(each, (), shares_name=False, use=use) for each in (score, score + more))
    assert low.probability <= high.probability
    assert coefficients().curve_of(use).follow(score) < coefficients().curve_of(use).follow(
        score + more
    )


@given(st.floats(0.001, 0.999), st.sampled_from(["pair", "search", ""]))
def test_the_score_of_a_probability_has_that_probability(chance: float, use: str) -> None:
    weight = Weight(score_of(chance, use), (), shares_name=False, use=use)
    assert weight.probability == pytest.approx(chance)


def test_what_is_written_is_read_again(fit: fitting.Fit) -> None:
    curves = {"pair": ((-1.0, -2.0), (1.0, 0.5))}
    text = write_model(fit, STARTS, curves, {"loss": 0.5}, "2026-11-24")
    read = parse_coefficients(text)
    assert (read.version, read.evidence, read.family) == ("2026-11-24", fit.evidence, fit.family)
    assert read.curve_of("pair") == Curve(curves["pair"])
    assert read_start(json.loads(text)) == STARTS


def test_a_calibration_that_falls_is_refused() -> None:
    text = write_model(STARTS, STARTS, {"pair": ((0.0, 1.0), (1.0, 0.0))}, {}, "2026-11-24")
    with pytest.raises(ValueError, match="must rise"):
        parse_coefficients(text)


def test_the_prior_says_which_calibration_holds() -> None:
    assert prior_among(1_000).use == "search"
