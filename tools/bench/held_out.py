"""Labelled pairs of the families that nothing was learned from, compared as a user compares them.

Families, their split and the mix of pairs are those of `tools.training`; the families of `held_out`
were seen neither by the coefficients nor by the calibrations.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from answerable.matching.alignment import are_comparable
from answerable.matching.comparison import compare_names
from answerable.matching.evidence import Side
from answerable.matching.readings import list_parts
from answerable.matching.weights import prior_among, weigh
from tools.bench.data import DATA, LABELLED, read_real_names
from tools.bench.labels import Pair
from tools.train_weights import leave_out_judges
from tools.training.corpus import Bearer, read_corpus, read_judges
from tools.training.families import split_of
from tools.training.features import count_features
from tools.training.pairs import LabelledPair, make_pairs, weigh_pairs
from tools.training.searching import search_names, weigh_searches


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Held out pairs with what is said of them.

    Args:
        name: What was asked: whether two names are one, or who is meant among many.
        pairs: The pairs.
        probabilities: What is said of each.
        weights: What each counts, so that kinds come as in real questions.
    """

    name: str
    pairs: list[Pair]
    probabilities: list[float]
    weights: list[float]


def read_held_out() -> list[HeldOut]:
    """Return the held out pairs of both uses of probabilities: asked about, and searched.

    Returns:
        None if the data is not here.

    Cost:
        About a minute: the nearest other names are looked for anew.
    """
    if not LABELLED.exists():
        return []
    bearers, families = leave_out_judges(read_corpus(DATA), read_judges(DATA))
    held = [each for each in bearers if split_of(families[each.id]) == "held_out"]
    return [*_ask(held, families), _search(held, families)]


def _ask(bearers: list[Bearer], families: dict[str, str]) -> Iterable[HeldOut]:
    """Yield the pairs in Latin letters that look alike, which the calibration is for, and all."""
    pairs = make_pairs(bearers, families)
    found = count_features(pairs)
    meant = found.comparable & np.array([each == "latin" for each in found.strata])
    alike = [pair for pair, keep in zip(pairs, meant, strict=True) if keep]
    for name, part in (("held out, asked, alike", alike), ("held out, asked, all", pairs)):
        said = [compare_names(pair.one, pair.other).probability for pair in part]
        yield HeldOut(name, _to_pairs(part), said, list(weigh_pairs(part)))


def _search(bearers: list[Bearer], families: dict[str, str]) -> HeldOut:
    listed = read_real_names()
    pairs = search_names(bearers, families, listed)
    said = [weigh_among(pair.one, pair.other, len(listed)) for pair in pairs]
    return HeldOut("held out, searched", _to_pairs(pairs), said, list(weigh_searches(pairs)))


def _to_pairs(pairs: list[LabelledPair]) -> list[Pair]:
    return [Pair(p.one, p.other, p.same, "all", p.kind, p.family) for p in pairs]


def weigh_among(name: str, listed: str, names: int) -> float:
    """Return the probability that a name is a listed one's, among so many that are searched.

    Example:
        >>> weigh_among("Zyxomatic Mills", "Zyxomatic Mills Ltd", 1_000) > 0.5
        True
    """
    prior = prior_among(names)
    weights = [
        weigh(Side(left), Side(right), prior)
        for left in list_parts(name)
        for right in list_parts(listed)
        if are_comparable(left, right)
    ]
    return max(weights, key=lambda weight: weight.score).probability
