"""The page of the documentation that says how good the matching is: `docs/quality.md`."""

import os
import platform
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from answerable.matching.coefficients import coefficients
from answerable.matching.index import NameIndex
from tools.bench.alarms import (
    AFFILIATES,
    NAMESAKES,
    count_expected,
    list_companies,
    measure_budgets,
    search_sponsors,
    tabulate_alarms,
)
from tools.bench.commands import make_workspace
from tools.bench.data import ROOT, read_sponsors
from tools.bench.labels import read_labelled
from tools.bench.plots import draw_calibration
from tools.bench.quality import (
    THRESHOLD,
    LabelledSet,
    bin_set,
    compare_held_out,
    compare_sets,
    count_affiliates,
    tabulate_calibration,
    tabulate_kinds,
    tabulate_quality,
)

PAGE = ROOT / "docs" / "quality.md"
PICTURE = ROOT / "docs" / "_static" / "calibration.svg"
SAME_LIST = ("us_ofac_sdn",)
"""Lists that hold the labelled aliases and are left out where these are searched."""


def describe_machine() -> str:
    """Return the day, the cores, the memory and the Python of a run, for the head of a page."""
    cores, python = os.cpu_count(), platform.python_version()
    try:
        gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        memory = f", {gigabytes:.0f} GiB of memory"
    except (AttributeError, ValueError, OSError):
        memory = ""
    return f"{date.today()} on {cores} cores{memory}, Python {python}"


def write_quality() -> tuple[str, str]:
    """Measure, and return the page and its picture.

    Cost:
        Some minutes: the register is searched twice, and held out pairs are made anew.
    """
    sets = [*compare_sets(), *compare_held_out()]
    picture = draw_calibration({each.name: bin_set(each) for each in sets})
    return "\n\n".join([*_write_pairs(sets), *_write_alarms()]) + "\n", picture


def _write_pairs(sets: Sequence[LabelledSet]) -> list[str]:
    told, pairs = count_affiliates(sets)
    fitted = coefficients().fitted or "set by hand"
    return [
        "# How good the matching is",
        f"Measured on {describe_machine()}, by `make bench`. Coefficients: version "
        f"{coefficients().version} ({fitted}). How names are weighed: [](matching.md); how fast, "
        "and beside whom: [](measurements.md).",
        "A figure holds for its set. Pairs across scripts and those of name_bench were picked to "
        "be hard; of the labelled pairs of exchanges and OFAC about a fifth to three fifths are "
        "renames and brands that no comparison of letters can find.",
        "## Pairs of names",
        f"Two names are told to be one company's from a probability of {THRESHOLD:g} on, the "
        "default threshold, which was fixed on none of these sets. Names alone, no countries. "
        "Intervals: groups of names drawn anew 1,000 times.",
        tabulate_quality(sets),
        "*multiscript*: pairs across and within scripts, written for this project. *name_bench*: "
        "the pairs of organisations of nomenklatura's set. *labelled pairs*: names with one ISIN, "
        "FIGI or CIK, and aliases of OFAC; others are the nearest names of other groups by runs of "
        "three letters. *held out*: pairs of families that nothing was learned from, of two names "
        "that somebody asks about (*alike*: those in Latin letters that look alike, for which the "
        "calibration was made), and of names searched among 61,680 with the nearest of them.",
        "### By kind",
        f"Affiliates told to be one company: **{told} of {pairs}**.",
        tabulate_kinds(sets),
        "## How true the probabilities are",
        "![Probabilities that were said, and the share that was seen](_static/calibration.svg)",
        "The last row of the picture counts the pairs. The error is the mean gap between what was "
        "said and what was seen, by pairs. A probability holds for the mix of pairs that it was "
        "calibrated on, that of *held out*, whose pairs count as their kinds are assumed to come "
        "in questions; other mixes have other shares of companies that are one.",
        tabulate_calibration(sets),
    ]


def _write_alarms() -> list[str]:
    sponsors = read_sponsors()
    with tempfile.TemporaryDirectory() as folder:
        workspace, which = make_workspace(Path(folder) / "bench")
        companies = list_companies(workspace)
        others = list_companies(workspace, without=SAME_LIST)
    index = NameIndex(companies)
    alarms, labelled = search_sponsors(sponsors, index), read_labelled()
    raised, taken = count_expected(index)
    return [
        "## Suppliers that are brought up",
        f"{len(sponsors):,} names of the UK register of licensed sponsors searched among "
        f"{len(index.names):,} names of {len(companies):,} companies ({which}). Whether a sponsor "
        "is the company was not read row by row: sponsors whose match is listed with an address in "
        "the United Kingdom are counted apart, all others count as false. So the figures are "
        "bounds from above; some of the others are listed companies, and many that share a name "
        "are their affiliates.",
        tabulate_alarms(alarms, len(sponsors)),
        f"Of {len(AFFILIATES)} UK companies that bear the distinctive name of a listed group, "
        f"{raised} are brought up; of {len(NAMESAKES)} UK bodies that only have a namesake on a "
        f"list, {taken} are told to be it.",
        "## What a review finds",
        "Share of companies that come first, and above the score that 1, 5 or 20 of 1,000 "
        "suppliers on no list reach: what a reviewer with that much time finds. One labelled pair "
        "per company, the other name listed among those of the lists above without OFAC's SDN "
        "list, which holds these very aliases; 20,000 sponsors stand for suppliers on no list.",
        measure_budgets(labelled, others, sponsors)
        if labelled
        else "*The labelled pairs are not here.*",
    ]


def main() -> None:
    """Measure, print the page and write it with its picture."""
    page, picture = write_quality()
    PAGE.write_text(page, encoding="utf-8")
    PICTURE.write_text(picture, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
