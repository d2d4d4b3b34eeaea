"""What all methods share: the same input, the same output, the same clock.

Standard library alone, since it runs in every peer's environment.
"""

import argparse
import csv
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

Ranked = Iterable[tuple[int, int, float]]
"""Supplier, listed name and score, by their positions in the input."""

Search = Callable[["Race"], Ranked]
Compare = Callable[[Sequence[tuple[str, str]]], Sequence[float]]

CORES = os.cpu_count() or 1


class Race:
    """One run of one method: its input and its clock.

    Args:
        suppliers: CSV of the names to look for.
        listed: CSV of the names to look among.
        most: How many listed names per supplier are asked for.
        option: A choice of the method, such as `blocks`; empty for its default.
    """

    def __init__(self, suppliers: Path, listed: Path, most: int, option: str = "") -> None:
        self.suppliers, self.listed = suppliers, listed
        self.most, self.option = most, option
        self.seconds: dict[str, float] = {}

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Count the time of a block under a name: `read`, `index`, `query` or `write`."""
        started = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - started


def read_names(path: Path) -> list[str]:
    """Return the names of a CSV with columns `row` and `name`, in order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [name for _, name in list(csv.reader(file))[1:]]


def run(search: Search, compare: Compare | None, packages: Sequence[str]) -> None:
    """Run a method as the command line asks, and write what it found and what it took.

    Args:
        search: Ranks listed names for suppliers.
        compare: Scores pairs of names, if the method can.
        packages: Distributions whose versions are reported.
    """
    parser = argparse.ArgumentParser()
    for name in ("suppliers", "listed", "pairs"):
        parser.add_argument(f"--{name}", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--report", type=Path, required=True)
    parser.add_argument("--most", type=int, default=10)
    parser.add_argument("--option", default="")
    asked = parser.parse_args()
    started = time.perf_counter()
    if asked.pairs:
        seconds = _run_pairs(asked.pairs, asked.out, compare)
    else:
        race = Race(asked.suppliers, asked.listed, asked.most, asked.option)
        found = search(race)
        with race.phase("write"):
            _write(asked.out, ("supplier", "listed", "score"), found)
        seconds = race.seconds
    report = {
        "seconds": seconds,
        "whole": time.perf_counter() - started,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "versions": {name: version(name) for name in packages},
        "python": sys.version.split()[0],
    }
    asked.report.write_text(json.dumps(report), encoding="utf-8")


def _run_pairs(path: Path, out: Path, compare: Compare | None) -> dict[str, float]:
    if compare is None:
        raise SystemExit("this method does not compare two names without tables")
    with path.open(encoding="utf-8", newline="") as file:
        pairs = [(one, other) for one, other in list(csv.reader(file))[1:]]
    started = time.perf_counter()
    scores = compare(pairs)
    seconds = time.perf_counter() - started
    _write(out, ("score",), ((score,) for score in scores))
    return {"query": seconds}


def _write(path: Path, headings: Sequence[str], rows: Iterable[Sequence[float]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
