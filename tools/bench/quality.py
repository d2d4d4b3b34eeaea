"""How good the comparison of two names is: `python -m tools.bench.quality`, some seconds.

The table holds precision, recall and F1 at the default threshold with intervals over groups, by
set, script section and kind; then the affiliates called same, and how true the probabilities are.
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answerable.matching.comparison import compare_names
from tools.bench.held_out import read_held_out
from tools.bench.labels import Pair, read_labelled, read_multiscript, read_name_bench
from tools.bench.scoring import (
    Bin,
    bin_probabilities,
    count_right,
    expected_error,
    find_interval,
    rate,
)
from tools.bench.tables import lay_out

THRESHOLD = 0.5
"""The default threshold, which was not fixed on these sets."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A labelled pair and the probability that is said of it."""

    pair: Pair
    probability: float


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """The compared pairs of one set.

    Args:
        name: Of the set.
        pairs: Its pairs.
        weights: What each counts in the calibration; None if all count alike.
    """

    name: str
    pairs: list[Compared]
    weights: list[float] | None = None


def compare_sets(*, labelled: bool = True) -> list[LabelledSet]:
    """Return the labelled sets that are here, with probabilities.

    Args:
        labelled: Whether the many labelled pairs of exchanges and of OFAC are compared too.
    """
    sets = {"multiscript": read_multiscript(), "name_bench": read_name_bench()}
    if labelled:
        sets["labelled pairs"] = read_labelled()
    return [LabelledSet(name, list(_compare(pairs))) for name, pairs in sets.items() if pairs]


def compare_held_out() -> list[LabelledSet]:
    """Return the held out pairs with probabilities (see `held_out`)."""
    return [
        LabelledSet(
            each.name, list(map(Compared, each.pairs, each.probabilities)), list(each.weights)
        )
        for each in read_held_out()
    ]


def _compare(pairs: Iterable[Pair]) -> Iterable[Compared]:
    return (Compared(pair, compare_names(pair.one, pair.other).probability) for pair in pairs)


def judge(name: str, pairs: Sequence[Compared], threshold: float = THRESHOLD) -> list[str]:
    """Return one row of the table: name, pairs, same, precision, recall, F1 and its interval."""
    told = [each.probability >= threshold for each in pairs]
    truth = [each.pair.same for each in pairs]
    quality = rate(*count_right(told, truth))
    low, high = find_interval(_count_groups(pairs, threshold))
    return [
        name,
        f"{len(pairs):,}",
        f"{sum(truth):,}",
        f"{quality.precision:.3f}",
        f"{quality.recall:.3f}",
        f"{quality.f1:.3f}",
        f"{low:.3f} to {high:.3f}",
    ]


def _count_groups(pairs: Sequence[Compared], threshold: float) -> dict[str, tuple[int, int, int]]:
    groups: dict[str, list[Compared]] = {}
    for each in pairs:
        groups.setdefault(each.pair.group, []).append(each)
    return {
        group: count_right(
            [each.probability >= threshold for each in part], [each.pair.same for each in part]
        )
        for group, part in groups.items()
    }


def tabulate_quality(sets: Sequence[LabelledSet]) -> str:
    """Return the table of all sets, as a whole and by section."""
    headings = ["set", "pairs", "same", "precision", "recall", "F1", "95 % interval"]
    rows: list[list[str]] = []
    for each in sets:
        rows.append(judge(f"**{each.name}**", each.pairs))
        sections = sorted({one.pair.section for one in each.pairs})
        for section in sections if len(sections) > 1 else ():
            part = [one for one in each.pairs if one.pair.section == section]
            rows.append(judge(f"{each.name}, {section}", part))
    return lay_out(headings, rows)


def tabulate_kinds(sets: Sequence[LabelledSet]) -> str:
    """Return how many pairs of each kind are same, and how many are told to be."""
    rows = []
    for each in sets:
        for kind in sorted({one.pair.kind for one in each.pairs}):
            part = [one for one in each.pairs if one.pair.kind == kind]
            told = [one.probability >= THRESHOLD for one in part]
            right, wrong, missed = count_right(told, [one.pair.same for one in part])
            counts = (len(part), right + missed, right, wrong)
            rows.append([f"{each.name}, {kind}", *(f"{count:,}" for count in counts)])
    headings = ["kind", "pairs", "same", "of these told same", "others told same"]
    return lay_out(headings, rows)


def count_affiliates(sets: Sequence[LabelledSet]) -> tuple[int, int]:
    """Return how many pairs of affiliates are told to be one company, and of how many."""
    told = [
        one.probability >= THRESHOLD
        for each in sets
        for one in each.pairs
        if one.pair.kind == "affiliate"
    ]
    return sum(told), len(told)


def bin_set(labelled: LabelledSet) -> list[Bin]:
    """Return the pairs of a set in ten bins of probability."""
    said = [one.probability for one in labelled.pairs]
    return bin_probabilities(said, [one.pair.same for one in labelled.pairs], labelled.weights)


def tabulate_calibration(sets: Sequence[LabelledSet]) -> str:
    """Return for each set the bins of probability and the expected calibration error."""
    rows = []
    for each in sets:
        bins = bin_set(each)
        error = f"{expected_error(bins):.3f}"
        rows.append([f"**{each.name}**", "all", f"{len(each.pairs):,}", "", "", error])
        rows += [
            [
                each.name,
                f"{b.low:.1f} to {b.high:.1f}",
                f"{b.pairs:,}",
                f"{b.said:.3f}",
                f"{b.seen:.3f}",
                f"{abs(b.said - b.seen):.3f}",
            ]
            for b in bins
        ]
    return lay_out(["set", "probability", "pairs", "said", "seen", "gap"], rows)


def list_mistakes(sets: Sequence[LabelledSet]) -> str:
    """Return the pairs that are told wrongly, for those who mend the matching."""
    rows = [
        [
            each.name,
            one.pair.section,
            "same" if one.pair.same else "other",
            f"{one.probability:.3f}",
            one.pair.one,
            one.pair.other,
        ]
        for each in sets
        for one in each.pairs
        if (one.probability >= THRESHOLD) != one.pair.same
    ]
    return lay_out(["set", "section", "label", "said", "name", "other name"], rows)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.quality", description=__doc__)
    parser.add_argument("--fast", action="store_true", help="without the many labelled pairs")
    parser.add_argument("--mistakes", action="store_true", help="print the pairs told wrongly too")
    asked = parser.parse_args()
    sets = compare_sets(labelled=not asked.fast)
    print(tabulate_quality(sets), tabulate_kinds(sets), tabulate_calibration(sets), sep="\n\n")
    told, pairs = count_affiliates(sets)
    print(f"\nAffiliates told to be one company: {told} of {pairs}.")
    if asked.mistakes:
        print(f"\n{list_mistakes(sets)}")


if __name__ == "__main__":
    main()
