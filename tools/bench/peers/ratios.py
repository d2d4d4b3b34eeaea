"""RapidFuzz: WRatio of every supplier with every listed name, on all cores."""

import numpy as np
from race import CORES, Race, Ranked, read_names, run
from rapidfuzz import fuzz, process, utils

CELLS = 20_000_000
"""Scores held at once."""


def search(race: Race) -> Ranked:
    """Rank listed names by WRatio, the best of each supplier."""
    with race.phase("read"):
        suppliers, listed = read_names(race.suppliers), read_names(race.listed)
    with race.phase("index"):
        listed = [utils.default_process(name) for name in listed]
    with race.phase("query"):
        asked = [utils.default_process(name) for name in suppliers]
        step = max(1, CELLS // len(listed))
        return [
            found
            for start in range(0, len(asked), step)
            for found in _rank(asked[start : start + step], listed, start, race.most)
        ]


def _rank(asked: list[str], listed: list[str], start: int, most: int) -> Ranked:
    scores = process.cdist(asked, listed, scorer=fuzz.WRatio, workers=CORES, dtype=np.float32)
    best = np.argpartition(-scores, min(most, len(listed)) - 1, axis=1)[:, :most]
    return [
        (start + row, int(at), float(scores[row, at]))
        for row in range(len(asked))
        for at in best[row]
    ]


def compare(pairs: list[tuple[str, str]]) -> list[float]:
    """Score pairs by WRatio."""
    return [fuzz.WRatio(*map(utils.default_process, pair)) for pair in pairs]


if __name__ == "__main__":
    run(search, compare, ("rapidfuzz", "numpy"))
