"""Labelled pairs of the families that nothing was learned from, compared as a user compares them.

Families, their split and the mix of pairs are those of `tools.training`; the families of `held_out`
were seen neither by the coefficients nor by the calibration.
"""

from tools.bench.data import DATA, LABELLED
from tools.bench.labels import Pair
from tools.train_weights import leave_out_judges
from tools.training.corpus import read_corpus, read_judges
from tools.training.pairs import make_pairs, weigh_pairs


def read_held_out() -> tuple[list[Pair], list[float]]:
    """Return the held out pairs, and what each counts so that kinds come as in real questions.

    Returns:
        Pairs and weights; none if the data is not here.

    Cost:
        About a minute: the nearest other names are looked for anew.
    """
    if not LABELLED.exists():
        return [], []
    bearers, families = leave_out_judges(read_corpus(DATA), read_judges(DATA))
    held = [pair for pair in make_pairs(bearers, families) if pair.split == "held_out"]
    pairs = [Pair(p.one, p.other, p.same, "all", p.kind, p.family) for p in held]
    return pairs, list(weigh_pairs(held))
