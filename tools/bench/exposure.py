"""How long ownership arithmetic and path search take: `python -m tools.bench.exposure`.

Each size runs in a process of its own, whose memory is watched. Loading (making the arrays) is told
apart; all that is worked out from them, tables that are kept included, counts as arithmetic.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from answerable.exposure.graphs.graph import Graph, as_of
from answerable.exposure.graphs.neighbours import Goals, mark_goals
from answerable.exposure.graphs.paths import search_paths
from answerable.exposure.holdings.held import Held, find_held
from answerable.exposure.holdings.stakes import Ints
from answerable.exposure.holdings.steps import explain_held
from tools.bench.exposure_graphs import PERCENT, choose_seeds, make_graph
from tools.bench.memory import run_watched
from tools.bench.tables import lay_out

DAY = date(2026, 11, 23)
SIZES = (150_000, 1_500_000, 10_000_000)
SEEDS = 5_000
SEARCHES = 2_000

RULES: dict[str, dict[str, Any]] = {
    "ofac-50": {"threshold": 50 * PERCENT},
    "bis-affiliates": {"threshold": 50 * PERCENT},
    "eu-freeze": {"threshold": 50 * PERCENT},
    "eu-freeze, control": {
        "threshold": 50 * PERCENT,
        "interests": ("shareholding", "votingRights"),
        "controls": ("appointmentOfBoard",),
    },
    "uk-ofsi": {
        "threshold": 50 * PERCENT,
        "inclusive": False,
        "pool": "per_person",
        "interests": ("shareholding", "votingRights"),
        "controls": ("appointmentOfBoard",),
    },
    "uk-connected": {"threshold": 25 * PERCENT, "inclusive": False, "pool": "per_person"},
    "us-1260h": {"threshold": 50 * PERCENT, "controls": ("appointmentOfBoard",)},
    "fcc-covered": {"threshold": 10 * PERCENT, "inclusive": False},
}
"""The arithmetic of the shipped rules: thresholds, pools and interests, without their lists."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run measured, in seconds unless said otherwise."""

    links: int
    nodes: int
    seeds: int
    which: str
    loading: float
    day: float
    rules: float
    slowest_rule: float
    held: int
    explanation: float
    neighbours: float
    path_p50: float
    path_p99: float
    path_max: float
    broken_off: float


def measure(links: int, which: str) -> Run:
    """Measure one size in this process."""
    loading, graph = clock(lambda: make_graph(links))
    seeds = choose_seeds(graph, SEEDS) if which == "mixed" else find_busiest(graph, SEEDS)
    day, graph = clock(lambda: as_of(graph, DAY))
    timed = [clock(partial(find_both, graph, seeds, rule)) for rule in RULES.values()]
    times, held = [seconds for seconds, _ in timed], timed[-1][1]
    explanation = explain_some(graph, held)
    ends = {graph.ids[seed]: "listed" for seed in seeds.tolist()}
    neighbours, goals = clock(lambda: mark_goals(graph, ends))
    searches, broken = search_some(graph, goals)
    return Run(
        links=len(graph),
        nodes=len(graph.ids),
        seeds=len(seeds),
        which=which,
        loading=loading,
        day=day,
        rules=sum(times),
        slowest_rule=max(times),
        held=len(held),
        explanation=explanation,
        neighbours=neighbours,
        path_p50=float(np.percentile(searches, 50)),
        path_p99=float(np.percentile(searches, 99)),
        path_max=max(searches),
        broken_off=broken,
    )


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return how long something takes, and its result."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def find_busiest(graph: Graph, count: int) -> Ints:
    """Return the owners of most links: the hardest to be listed."""
    return np.sort(np.argsort(-np.bincount(graph.owner, minlength=len(graph.ids)))[:count])


def find_both(graph: Graph, seeds: Ints, rule: dict[str, Any]) -> Held:
    """Return what is possible, after what is certain."""
    find_held(graph, seeds, bound="low", **rule)
    return find_held(graph, seeds, bound="high", **rule)


def explain_some(graph: Graph, held: Held) -> float:
    """Return how long one explanation takes after the first."""
    nodes = np.flatnonzero(held.round > 0)[:200].tolist()
    explain_held(graph, held, graph.ids[nodes[0]])
    seconds, _ = clock(lambda: [explain_held(graph, held, graph.ids[node]) for node in nodes])
    return seconds / len(nodes)


def search_some(graph: Graph, goals: Goals) -> tuple[list[float], float]:
    """Return how long searches from random nodes take, and which share of them was broken off."""
    random = np.random.default_rng(5)
    times, broken = [], 0
    for node in random.integers(0, len(graph.ids), SEARCHES).tolist():
        seconds, search = clock(partial(search_paths, graph, graph.ids[node], goals))
        times.append(seconds)
        broken += len(search.paths) < 10 and not search.is_whole
    return times, broken / SEARCHES


def write_tables(runs: Sequence[tuple[Run, float]]) -> str:
    """Return the tables for the page of measurements."""
    rows = [
        (
            f"{run.links:,}",
            f"{run.nodes:,}",
            run.which,
            f"{run.loading:.1f}",
            f"{run.day:.2f}",
            f"{run.rules:.2f}",
            f"{run.slowest_rule:.2f}",
            f"{run.day + run.rules:.2f}",
            f"{1000 * run.explanation:.1f}",
            f"{run.neighbours:.1f}",
            f"{1000 * run.path_p50:.1f} / {1000 * run.path_p99:.1f} / {1000 * run.path_max:.1f}",
            f"{run.broken_off:.1%}",
            f"{peak:,.0f} MB",
        )
        for run, peak in runs
    ]
    headings = (
        "links", "nodes", "listed", "loading s", "day s", "all rules s", "slowest rule s",
        "day and rules s", "explanation ms", "neighbours s", "path p50 / p99 / max ms",
        "searches broken off", "peak memory",
    )  # fmt: skip
    return lay_out(headings, rows)


def run_apart(links: int, which: str) -> tuple[Run, float]:
    """Measure one size in a process of its own, its memory watched."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "run.json"
        command = [
            sys.executable,
            "-m",
            "tools.bench.exposure",
            "--one",
            str(links),
            which,
            str(out),
        ]
        code, said, peak = run_watched(command)
        if code != 0:
            raise SystemExit(said)
        return Run(**json.loads(out.read_text(encoding="utf-8"))), peak


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure every size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=3, metavar=("LINKS", "WHICH", "OUT"), help=argparse.SUPPRESS)
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    options = parser.parse_args(arguments)
    if options.one:
        links, which, out = options.one
        Path(out).write_text(json.dumps(asdict(measure(int(links), which))), encoding="utf-8")
        return
    runs = [run_apart(links, which) for links in options.sizes for which in ("mixed", "busiest")]
    print(write_tables(runs))


if __name__ == "__main__":
    main()
