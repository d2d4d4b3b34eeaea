"""Learn `matching/data/brand_sounds.tsv`: how Chinese brands are spelled in Latin letters.

    python -m tools.learn_brand_sounds SHARED_DATA [--report]

The spelling of beginnings and ends of syllables is learned by expectation maximisation over all
alignments, from what `data/brand_spellings.tsv` says on; then a logistic regression turns alignment
scores, initials and first letters into log-odds. With `--report` nothing is written: each half of
the companies is learned and tried on the other, and the figures are printed.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from answerable.matching.brand_alignment import SoundModel
from answerable.matching.syllables import NOTHING
from tools.brands.odds import fit_odds, measure, print_report
from tools.brands.pairs import SHORT_NAMES, BrandPair, read_pairs
from tools.brands.spelling import learn_spelling

PATH = Path("src/answerable/matching/data/brand_sounds.tsv")
LEAST_LOG = -7.0
"""Spellings less likely than this are not written."""

HEADER = """\
# How Chinese brands are spelled in Latin letters. kind <TAB> what <TAB> spelling <TAB> value
# initial, final: how likely a part of a syllable is spelled so; letter: how likely it follows
# another in brands ("-": anywhere), chunk: a run of letters; cost: parts left out or put in; all
# these are natural logarithms.
# knot: bounds of alignment scores; weight: coefficients of the log-odds.
# Made by tools/learn_brand_sounds.py from Chinese and English names of listed companies:
# adata 2.9.5 (Apache-2.0/MIT) and FinanceDatabase (MIT). See matching/brand_sounds.py.
"""


def write_model(model: SoundModel) -> str:
    """Return the text of the table of a model."""
    rows: list[tuple[str, str, str, float]] = []
    for kind, table in (("initial", model.initials), ("final", model.finals)):
        rows += [
            (kind, what, spelling or NOTHING, value)
            for what, spellings in sorted(table.items())
            for spelling, value in sorted(
                spellings.items(), key=lambda each: (-round(each[1], 3), each[0])
            )
            if value >= LEAST_LOG
        ]
    rows += [("letter", *pair, value) for pair, value in sorted(model.letters.items())]
    rows += [("chunk", chunk, NOTHING, value) for chunk, value in sorted(model.chunks.items())]
    rows += [("cost", name, NOTHING, value) for name, value in model.costs.items()]
    rows += [("knot", str(at), NOTHING, value) for at, value in enumerate(model.knots)]
    rows += [("weight", name, NOTHING, value) for name, value in model.weights.items()]
    lines = (f"{kind}\t{what}\t{spelling}\t{value:.3f}" for kind, what, spelling, value in rows)
    return HEADER + "\n".join(lines) + "\n"


def learn(pairs: Sequence[BrandPair]) -> SoundModel:
    """Return the model; its odds are fitted on halves whose spelling was learned on the other."""
    halves = [[pair for pair in pairs if pair.half == half] for half in (0, 1)]
    crossed = [measure(learn_spelling(halves[1 - half]), halves[half]) for half in (0, 1)]
    return fit_odds(learn_spelling(pairs), crossed)


def report(pairs: Sequence[BrandPair]) -> None:
    """Print how each half's model does on the companies of the other half."""
    for half in (0, 1):
        mine = [pair for pair in pairs if pair.half == half]
        theirs = [pair for pair in pairs if pair.half != half]
        halved = [BrandPair(pair.signs, pair.words, at % 2) for at, pair in enumerate(mine)]
        print(f"learned on {len(mine)} companies, tried on {len(theirs)} others")
        print_report(learn(halved), theirs)


def run(arguments: Sequence[str]) -> int:
    """Learn and write the table, or report; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared_data", type=Path)
    parser.add_argument("--report", action="store_true", help="measure on held-out halves")
    given = parser.parse_args(arguments)
    pairs = read_pairs(given.shared_data / SHORT_NAMES)
    if given.report:
        report(pairs)
    else:
        PATH.write_text(write_model(learn(pairs)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
