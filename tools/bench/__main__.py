"""Measure how fast and how good answerable is: `make bench`.

Every row is measured in the same run on the same data; what counts are the ratios, since machines
differ and are shared. With the full lists and the register at hand (`shared/data`, see
tests/README.md) they are used, else the shipped example; the table says which.
"""

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from answerable import story
from answerable.engine.workspace import Workspace
from answerable.exposure.screening import is_listed
from answerable.lists.selection import select_companies
from answerable.matching.comparison import compare_names
from answerable.matching.index import NameIndex
from answerable.matching.matches import match_suppliers
from answerable.matching.names import normalise
from answerable.model import Supplier

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = Path(os.environ.get("ANSWERABLE_DATA", ROOT.parent / "shared" / "data"))
PAGE = ROOT / "docs" / "measurements.md"
AS_OF = date(2026, 11, 24)
SAMPLE = 300

FULL_LISTS = {
    "us_bis_entity_list": ["lists/bis/bis_entity_list_2025-11-08.csv"],
    "us_dod_1260h": ["lists/dod_1260h/section_1260h_2025-01-07.csv"],
    "us_ofac_consolidated": [
        f"lists/ofac_consolidated/cons_{n}.csv" for n in ("prim", "alt", "add")
    ],
    "us_ofac_sdn": [f"lists/ofac_sdn_2021/{name}.csv" for name in ("sdn", "alt", "add")],
}
REGISTER = DATA / "suppliers" / "uk_licensed_sponsors" / "skilled_worker_names.csv"
EXAMPLE = ROOT / "src/answerable/exposure/example/demo_suppliers.csv"


@dataclass(frozen=True)
class Speed:
    """One method: names per second, and how many it was measured on."""

    method: str
    names: int
    seconds: float

    @property
    def rate(self) -> float:
        """Names per second."""
        return self.names / self.seconds


def make_lists(folder: Path) -> tuple[Workspace, str]:
    """Return a workspace with the full lists, or with the shipped ones, and which they are."""
    workspace = story.init(folder)
    full = all((DATA / name).exists() for names in FULL_LISTS.values() for name in names)
    for list_id, names in FULL_LISTS.items():
        sources = [str(DATA / name) for name in names] if full else ["shipped"]
        edition = {"us_ofac_sdn": "2021-07-07", "us_ofac_consolidated": "2025-12-19"}.get(list_id)
        story.collect(workspace, list_id, sources, edition=edition if full else None)
    return workspace, "full lists" if full else "shipped lists"


def time_command(workspace: Workspace, suppliers: Path, ending: str) -> tuple[float, float]:
    """Return seconds and peak MB of the whole command in a process of its own."""
    out = workspace.root / f"answer{ending}"
    command = [sys.executable, "-m", "answerable", "screen", str(suppliers), "--out", str(out)]
    started = time.perf_counter()
    subprocess.run(
        [*command, "-w", str(workspace.root), "--as-of", AS_OF.isoformat()],
        check=True,
        capture_output=True,
    )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return time.perf_counter() - started, peak


def clock(method: str, names: int, work: Callable[[], object]) -> Speed:
    """Return how long a piece of work takes."""
    started = time.perf_counter()
    work()
    return Speed(method, names, time.perf_counter() - started)


def measure_speed(index: NameIndex, names: Sequence[str]) -> list[Speed]:
    """Return our speed and that of two ways to compare all with all, on the same names."""
    sample = random.Random(20200217).sample(list(names), min(SAMPLE, len(names)))  # noqa: S311
    listed = [name.printed for name in index.names]
    rows = [Supplier(row, name) for row, name in enumerate(names)]
    return [
        clock("answerable", len(rows), lambda: match_suppliers(rows, index, threshold=0.5)),
        clock(
            "sparse-dot-topn, char-3-gram tf-idf, top 10, names in blocks",
            len(names),
            lambda: _char_grams(names, listed),
        ),
        clock("RapidFuzz WRatio, brute force", len(sample), lambda: _ratios(sample, listed)),
    ]


def _char_grams(names: Sequence[str], listed: Sequence[str]) -> None:
    grams: dict[str, int] = {}
    right = _gram_rows(listed, grams)
    counts = np.bincount(right.indices, minlength=len(grams))
    weights = np.log(len(listed) / np.maximum(counts, 1))
    left = _gram_rows(names, grams)
    left = sparse.csr_matrix((left.data, left.indices, left.indptr), (len(names), len(grams)))
    weights = np.resize(weights, len(grams))
    scaled_right = _unit(right @ sparse.diags(weights[: right.shape[1]]))
    scaled_right.resize((len(listed), len(grams)))
    scaled_left = _unit(left @ sparse.diags(weights))
    for start in range(0, len(names), 15_000):
        sp_matmul_topn(scaled_left[start : start + 15_000], scaled_right.T.tocsr(), top_n=10)


def _gram_rows(names: Sequence[str], grams: dict[str, int]) -> sparse.csr_matrix:
    starts: list[int] = [0]
    columns: list[int] = []
    for name in names:
        text = f" {normalise(name)} "
        columns.extend(
            {grams.setdefault(text[at : at + 3], len(grams)) for at in range(len(text) - 2)}
        )
        starts.append(len(columns))
    return sparse.csr_matrix(
        (np.ones(len(columns)), columns, starts), shape=(len(names), len(grams))
    )


def _unit(matrix: sparse.csr_matrix) -> sparse.csr_matrix:
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1)).A1
    return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-9)) @ matrix)


def _ratios(names: Sequence[str], listed: Sequence[str]) -> None:
    listed = [normalise(name) for name in listed]
    for name in names:
        process.extract(normalise(name), listed, scorer=fuzz.WRatio, limit=10)


def measure_quality() -> Iterator[tuple[str, int, float, float, float]]:
    """Yield name of a labelled set, pairs, precision, recall and F1 at the default threshold."""
    bench = DATA / "names/nomenklatura_name_bench/cases.csv"
    scripts = DATA / "names/multiscript/multiscript_dev.csv"
    if bench.exists():
        kinds = ("Company", "Organization", "LegalEntity")
        rows = [row for row in _read(bench) if row["schema"] in kinds]
        yield ("name_bench, organisations", len(rows), *_score(rows))
    if scripts.exists():
        rows = _read(scripts)
        for section in sorted({row["id"].split("-")[1] for row in rows}):
            part = [row for row in rows if row["id"].split("-")[1] == section]
            yield (f"multiscript, {section}", len(part), *_score(part))


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _score(rows: Sequence[dict[str, str]]) -> tuple[float, float, float]:
    told = [compare_names(row["name1"], row["name2"]).probability >= 0.5 for row in rows]
    truth = [row["is_match"].casefold() in ("true", "1") for row in rows]
    right = sum(a and b for a, b in zip(told, truth, strict=True))
    precision = right / max(1, sum(told))
    recall = right / max(1, sum(truth))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def write_report() -> str:
    """Measure everything and return it as a page."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, which = make_lists(Path(folder) / "bench")
        suppliers = REGISTER if REGISTER.exists() else EXAMPLE
        names = [row[-1] for row in csv.reader(suppliers.open(encoding="utf-8"))][1:]
        selection = select_companies(workspace, AS_OF)
        searched = [company for company in selection.companies if is_listed(company, selection)]
        index = NameIndex(searched)
        whole = {
            ending: time_command(workspace, suppliers, ending) for ending in (".jsonl", ".csv")
        }
        speeds = measure_speed(index, names)
    lines = [
        "# Measurements",
        "",
        f"Measured on {date.today()} by `make bench` on {os.cpu_count()} cores, Python "
        f"{sys.version.split()[0]}. Ratios within one run count more than seconds.",
        "",
        f"Suppliers: {len(names):,} ({suppliers.name}). Searched: {len(index.names):,} names of "
        f"{len(searched):,} companies ({which}).",
        "",
        "## The whole command",
        "",
        "| output | seconds | peak memory |",
        "|---|---|---|",
        *(f"| {end} | {seconds:.1f} | {peak:.0f} MB |" for end, (seconds, peak) in whole.items()),
        "",
        "## Matching alone",
        "",
        "| method | names | names a second | answerable is faster by |",
        "|---|---|---|---|",
        *(
            f"| {each.method} | {each.names:,} | {each.rate:,.0f} "
            f"| {speeds[0].rate / each.rate:.1f} |"
            for each in speeds
        ),
        "",
        "## Labelled pairs",
        "",
        "At the default threshold, which was not fixed on them. `compare` alone, names only.",
        "",
        "| pairs | number | precision | recall | F1 |",
        "|---|---|---|---|---|",
        *(f"| {n} | {c} | {p:.3f} | {r:.3f} | {f:.3f} |" for n, c, p, r, f in measure_quality()),
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the report, and keep it as a page of the documentation with --write."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/measurements.md")
    asked = parser.parse_args()
    report = write_report()
    print(report)
    if asked.write:
        PAGE.write_text(report, encoding="utf-8")


if __name__ == "__main__":
    main()
