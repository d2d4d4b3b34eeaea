"""How cost grows with suppliers and listed names, for us alone: `python -m tools.bench.scaling`.

Each row is a process of its own that collects a list of recombined names, makes its index and
matches; another process opens the index that was kept and looks names up one by one.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from answerable import story
from answerable.matching.index_store import keep_index, open_index
from answerable.matching.kernel import match_kept
from answerable.matching.matches import match_suppliers
from answerable.model import Supplier
from tools.bench.collecting import DAY, collect_names
from tools.bench.data import read_real_names
from tools.bench.memory import run_watched
from tools.bench.races import read_names, write_names
from tools.bench.recombining import grow_names, make_suppliers
from tools.bench.tables import lay_out

LOOK_UPS = 400
THRESHOLD = 0.5

SMALL = ((1_000, 100_000), (10_000, 100_000), (100_000, 100_000))
LARGE = ((10_000, 3_000_000), (100_000, 3_000_000), (1_000_000, 3_000_000))
"""Suppliers and listed names of each row."""


@dataclass(frozen=True, slots=True)
class Scale:
    """What one size took.

    Args:
        suppliers: How many were matched.
        listed: How many names were searched.
        seconds: Of `collect`, `index` and `match`, in a process that found nothing kept.
        peak_mb: Its highest memory, children included.
        reopened: Seconds of `open` in a fresh process, and `p50`, `p99` of one look-up.
    """

    suppliers: int
    listed: int
    seconds: dict[str, float]
    peak_mb: float
    reopened: dict[str, float]


def measure_scales(sizes: Sequence[tuple[int, int]]) -> list[Scale]:
    """Return what each size takes, one after the other.

    Args:
        sizes: Suppliers and listed names of each.
    """
    real = read_real_names()
    listed: list[str] = []
    scales = []
    for suppliers, names in sizes:
        if len(listed) != names:
            listed = grow_names(real, names)
        asked = [name for name, _ in make_suppliers(listed, real, suppliers)]
        with tempfile.TemporaryDirectory() as folder:
            write_names(Path(folder) / "listed.csv", listed)
            write_names(Path(folder) / "suppliers.csv", asked)
            scales.append(_measure(Path(folder), suppliers, names))
    return scales


def _measure(folder: Path, suppliers: int, listed: int) -> Scale:
    cold, peak = _call("cold", folder)
    reopened, _ = _call("reopen", folder)
    return Scale(suppliers, listed, cold, peak, reopened)


def _call(step: str, folder: Path) -> tuple[dict[str, float], float]:
    command = [sys.executable, "-m", "tools.bench.scaling", "--step", step, "--folder", str(folder)]
    code, said, peak = run_watched(command)
    if code:
        raise RuntimeError(f"{step}: {said.strip()[-400:]}")
    told: dict[str, float] = json.loads((folder / f"{step}.json").read_text(encoding="utf-8"))
    return told, peak


def run_cold(folder: Path) -> dict[str, float]:
    """Collect, index and match what lies in a folder, and return the seconds of each."""
    suppliers = [Supplier(at, name) for at, name in enumerate(read_names(folder / "suppliers.csv"))]
    started = time.perf_counter()
    workspace = collect_names(folder, read_names(folder / "listed.csv"))
    collected = time.perf_counter()
    index = keep_index(workspace, story.lists(workspace, DAY))
    indexed = time.perf_counter()
    list(match_kept(suppliers, index, threshold=THRESHOLD))
    matched = time.perf_counter()
    (folder / "index.txt").write_text(str(index), encoding="utf-8")
    return {
        "collect": collected - started,
        "index": indexed - collected,
        "match": matched - indexed,
    }


def run_reopened(folder: Path) -> dict[str, float]:
    """Open the index that was kept and look single names up; return seconds and milliseconds."""
    names = read_names(folder / "suppliers.csv")[:LOOK_UPS]
    started = time.perf_counter()
    index = open_index(Path((folder / "index.txt").read_text(encoding="utf-8")))
    opened = time.perf_counter() - started
    started = time.perf_counter()
    match_suppliers([Supplier(0, "Zyxomatic Mills Ltd")], index, threshold=THRESHOLD)
    first = time.perf_counter() - started
    taken = []
    for name in names:
        started = time.perf_counter()
        match_suppliers([Supplier(0, name)], index, threshold=THRESHOLD)
        taken.append(1000 * (time.perf_counter() - started))
    p50, p99 = np.quantile(taken, [0.5, 0.99])
    return {"open": opened, "first": first, "p50": float(p50), "p99": float(p99)}


def tabulate_scales(scales: Sequence[Scale]) -> str:
    """Return the sizes as a table."""
    headings = ["suppliers", "names", "collect", "index", "match", "index and match"]
    headings += ["suppliers a second", "peak memory", "reopen", "first", "p50", "p99"]
    rows = []
    for each in scales:
        seconds, again = each.seconds, each.reopened
        both = seconds["index"] + seconds["match"]
        rows.append(
            [
                f"{each.suppliers:,}",
                f"{each.listed:,}",
                *(f"{seconds[step]:.1f} s" for step in ("collect", "index", "match")),
                f"{both:.1f} s",
                f"{each.suppliers / seconds['match']:,.0f}",
                f"{each.peak_mb:,.0f} MB",
                *(f"{again[step]:.2f} s" for step in ("open", "first")),
                *(f"{again[step]:.1f} ms" for step in ("p50", "p99")),
            ]
        )
    return lay_out(headings, rows)


def main() -> None:
    """Measure the sizes, or take one step of a size."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.scaling", description=__doc__)
    parser.add_argument("--large", action="store_true", help="3,000,000 names")
    parser.add_argument("--step", choices=["cold", "reopen"], help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.step:
        run = run_cold if asked.step == "cold" else run_reopened
        told = run(asked.folder)
        (asked.folder / f"{asked.step}.json").write_text(json.dumps(told), encoding="utf-8")
        return
    print(tabulate_scales(measure_scales(LARGE if asked.large else SMALL)))


if __name__ == "__main__":
    main()
