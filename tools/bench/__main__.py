"""Measure how fast and how good answerable is, beside others: `make bench`.

With the full lists, the register and the labelled sets at hand (`shared/data`, see tests/README.md)
they are used, else what ships; the pages say which. Runs of the peers take ten minutes or more.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tools.bench import quality_page
from tools.bench.alarms import list_companies
from tools.bench.commands import CommandRun, make_workspace, time_screens
from tools.bench.data import LABELLED, ROOT, read_sponsors
from tools.bench.environments import NotBuilt
from tools.bench.labels import Pair, read_multiscript, read_name_bench
from tools.bench.measurements import PairRow, write_page
from tools.bench.races import ENTRIES, Entry, Outcome, compare_pairs, run_race
from tools.bench.scaling import LARGE, SMALL, Scale, measure_scales
from tools.bench.scoring import count_right, find_threshold, rate
from tools.bench.tasks import Task, make_real_pairs, make_recombined, make_sponsors

PAGE = ROOT / "docs" / "measurements.md"
PARTS = ("command", "sponsors", "real_pairs", "recombined", "pairs", "scaling", "quality")
SIZES = {"full": (500_000, 20_000, None), "quick": (50_000, 4_000, 4_000)}
"""Listed names and suppliers of the recombined task, and sponsors at most, by size."""


def tell(text: str) -> None:
    """Say on stderr what is being done."""
    print(text, file=sys.stderr, flush=True)


def run_commands(parts: Sequence[str], folder: Path) -> tuple[list[CommandRun], str, list[str]]:
    """Return runs of the whole command, what it searched, and the listed names it searched."""
    if not {"command", "sponsors"} & set(parts):
        return [], "", []
    workspace, which = make_workspace(folder / "lists")
    companies = list_companies(workspace)
    names = [name.value for each in companies for name in each.names]
    searched = f"{len(names):,} names of {len(companies):,} companies ({which})"
    runs = time_screens(workspace) if "command" in parts else []
    return runs, searched, names


def choose_tasks(parts: Sequence[str], names: Sequence[str], size: str = "full") -> list[Task]:
    """Return the tasks that are asked for and whose data is here."""
    tasks = []
    listed, suppliers, most = SIZES[size]
    if "sponsors" in parts:
        tasks.append(make_sponsors(read_sponsors()[:most], names))
    if "real_pairs" in parts and LABELLED.exists():
        tasks.append(make_real_pairs())
    if "recombined" in parts and LABELLED.exists():
        tasks.append(make_recombined(listed, suppliers))
    return tasks


def run_tasks(
    tasks: Sequence[Task], entries: Sequence[Entry], folder: Path
) -> list[tuple[Task, list[Outcome]]]:
    """Return every task with what every method took and found."""
    races = []
    for task in tasks:
        tell(f"{task.title}: {len(task.suppliers):,} among {len(task.listed):,}")
        races.append((task, run_race(task, entries, folder, tell)))
    return races


def compare_methods(entries: Sequence[Entry], folder: Path) -> tuple[list[str], list[PairRow]]:
    """Return the labelled sets, and how every method that can compare two names does on them."""
    sets = {"name_bench": read_name_bench(), "multiscript": read_multiscript()}
    sets = {name: pairs for name, pairs in sets.items() if pairs}
    rows = [_compare_method(each, list(sets.values()), folder) for each in entries if each.compares]
    return list(sets), rows if sets else []


def _compare_method(entry: Entry, sets: Sequence[Sequence[Pair]], folder: Path) -> PairRow:
    try:
        scored = [compare_pairs(entry, [(p.one, p.other) for p in part], folder) for part in sets]
    except NotBuilt as reason:
        return PairRow(entry.name, failure=str(reason))
    f1 = [_judge(scores, part, entry) for part, (scores, _) in zip(sets, scored, strict=True)]
    return PairRow(entry.name, entry.threshold, max(speed for _, speed in scored), tuple(f1))


def _judge(scores: Sequence[float], pairs: Sequence[Pair], entry: Entry) -> float:
    """Return F1 at the method's threshold, or at the best for these very pairs if it has none."""
    truth = [pair.same for pair in pairs]
    fixed = find_threshold(scores, truth) if entry.threshold is None else entry.threshold
    return rate(*count_right([score >= fixed for score in scores], truth)).f1


def measure(parts: Sequence[str], entries: Sequence[Entry], *, size: str, large: bool) -> str:
    """Measure what is asked for and return the page of measurements."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands, searched, names = run_commands(parts, folder)
        races = run_tasks(choose_tasks(parts, names, size), entries, folder)
        pairs = compare_methods(entries, folder) if "pairs" in parts else ([], [])
    scales: list[Scale] = []
    if "scaling" in parts and LABELLED.exists():
        tell("As it grows")
        scales = measure_scales((*SMALL, *LARGE) if large else SMALL)
    return write_page(commands, searched, races, pairs, scales)


def main() -> None:
    """Print the pages, and keep them in the documentation with --write."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the pages of docs/")
    parser.add_argument("--large", action="store_true", help="also 3,000,000 listed names")
    parser.add_argument("--size", choices=list(SIZES), default="full", help="of the races")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS, help="what to measure")
    parser.add_argument("--methods", nargs="+", help="words of the methods to run; by default all")
    asked = parser.parse_args()
    words = asked.methods or [""]
    entries = [each for each in ENTRIES if any(word in each.name for word in words)]
    page = measure(asked.parts, entries, size=asked.size, large=asked.large)
    print(page)
    if asked.write:
        PAGE.write_text(page, encoding="utf-8")
    if "quality" in asked.parts:
        quality, picture = quality_page.write_quality()
        print(quality)
        if asked.write:
            quality_page.PAGE.write_text(quality, encoding="utf-8")
            quality_page.PICTURE.write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
