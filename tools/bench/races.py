"""All methods on one task, one after another: each in a process of its own, judged alike."""

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tools.bench.environments import PEERS, NotBuilt, prepare
from tools.bench.memory import run_watched
from tools.bench.scoring import find_mean_interval, share_found
from tools.bench.tasks import Task, take_sample

DEPTH = 11
"""Listed names that every method gives per supplier: ten, and one for the string itself."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A method in the race.

    Args:
        name: How the table calls it.
        script: Module of `peers` that runs it.
        environment: Its environment; empty for our own.
        option: A choice of the method.
        samples: Id of a task to the suppliers that are looked for at most.
        threshold: Score at and above which two names are told to be one company; None if the
            method comes without one, and one is found on other data.
        compares: Whether it can score two names by themselves.
    """

    name: str
    script: str
    environment: str
    option: str = ""
    samples: dict[str, int] = field(default_factory=dict)
    threshold: float | None = None
    compares: bool = False


ENTRIES = (
    Entry(
        "answerable, the ten nearest",
        "ours",
        "",
        "",
        {"recombined": 2_000, "sponsors": 2_000},
        0.5,
        compares=True,
    ),
    Entry("answerable, what a screening brings up", "ours", "", "screen"),
    Entry("sparse-dot-topn, char-3-gram tf-idf", "char_grams", "char_grams", compares=True),
    Entry("the same, blocks of 15,000 listed names", "char_grams", "char_grams", "blocks"),
    Entry(
        "nomenklatura, own index, logic-v2",
        "logic",
        "logic",
        "",
        {"recombined": 2_000, "sponsors": 2_000},
        0.7,
        compares=True,
    ),
    Entry("Splink on DuckDB", "linkage", "linkage"),
    Entry(
        "RapidFuzz WRatio, all with all",
        "ratios",
        "ratios",
        "",
        {"real_pairs": 200, "recombined": 30, "sponsors": 300},
        compares=True,
    ),
)
"""The methods; a sample is fixed, and is taken where all suppliers would take too long."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one method took and found on one task.

    Args:
        entry: The method.
        suppliers: How many were looked for.
        seconds: Seconds of the whole run in its process, from reading to writing.
        phases: Seconds of `read`, `index`, `query` and `write`.
        peak_mb: Highest memory of the process and its children.
        found: For every supplier with a right name, the share found first and among ten.
        rows: Rows of those suppliers.
        versions: Of the packages it ran with.
        failure: Why there is nothing, if so.
    """

    entry: Entry
    suppliers: int = 0
    seconds: float = 0.0
    phases: dict[str, float] = field(default_factory=dict)
    peak_mb: float = 0.0
    found: list[tuple[float, float]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    versions: dict[str, str] = field(default_factory=dict)
    failure: str = ""

    @property
    def rate(self) -> float:
        """Suppliers per second of the query phase."""
        return self.suppliers / max(1e-9, self.phases.get("query", 0.0))

    @property
    def whole_rate(self) -> float:
        """Suppliers per second of the whole run, index included."""
        return self.suppliers / max(1e-9, self.seconds)


def run_race(
    task: Task,
    entries: Sequence[Entry],
    folder: Path,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Outcome]:
    """Run every method on a task and judge it.

    Args:
        task: What is asked.
        entries: The methods, in the order in which they run.
        folder: Where input and output of the processes go.
        tell: Told about every method once it has run.

    Returns:
        An outcome per method; one that could not run says why.
    """
    write_names(folder / "listed.csv", task.listed)
    outcomes = []
    for entry in entries:
        outcomes.append(run_entry(entry, task, folder))
        tell(f"  {entry.name}: {outcomes[-1].failure or f'{outcomes[-1].seconds:.1f} s'}")
    return outcomes


def run_entry(entry: Entry, task: Task, folder: Path) -> Outcome:
    """Run one method on a task whose listed names are in `folder/listed.csv`."""
    sample = take_sample(len(task.suppliers), entry.samples.get(task.id))
    write_names(folder / "suppliers.csv", [task.suppliers[row] for row in sample])
    out = folder / f"{entry.script}{entry.option}.csv"
    inputs = ["--suppliers", str(folder / "suppliers.csv"), "--listed", str(folder / "listed.csv")]
    try:
        report = _call(entry, [*inputs, "--most", str(DEPTH)], out)
    except NotBuilt as reason:
        return Outcome(entry, failure=str(reason))
    answers = read_answers(out, sample)
    rows = [row for row in sample if task.right.get(row)]
    return Outcome(
        entry,
        len(sample),
        report["whole"],
        report["seconds"],
        report["peak_mb"],
        [judge_answer(answers.get(row, []), row, task) for row in rows],
        rows,
        report["versions"],
    )


def _call(entry: Entry, inputs: list[str], out: Path) -> dict[str, Any]:
    """Run a script in its environment and return its report, with the peak of all processes."""
    python = prepare(entry.environment)
    report = out.with_suffix(".json")
    asked = ["--out", str(out), "--report", str(report), "--option", entry.option]
    command = [str(python), str(PEERS / f"{entry.script}.py"), *inputs, *asked]
    code, said, peak = run_watched(command)
    if code:
        raise NotBuilt(f"it failed: {(said.strip().splitlines() or ['?'])[-1]}")
    told: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return {**told, "peak_mb": max(peak, told["peak_mb"])}


def compare_pairs(
    entry: Entry, pairs: Sequence[tuple[str, str]], folder: Path
) -> tuple[list[float], float]:
    """Return the scores that a method gives to pairs of names, and pairs per second."""
    path, out = folder / "pairs.csv", folder / f"{entry.script}-scores.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("one", "other"), *pairs])
    report = _call(entry, ["--pairs", str(path)], out)
    with out.open(encoding="utf-8", newline="") as file:
        scores = [float(row["score"]) for row in csv.DictReader(file)]
    return scores, len(pairs) / report["seconds"]["query"]


def write_names(path: Path, names: Sequence[str]) -> None:
    """Write names as the scripts read them: columns `row` and `name`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("row", "name"), *enumerate(names)])


def read_names(path: Path) -> list[str]:
    """Return the names that `write_names` wrote, in order."""
    with path.open(encoding="utf-8", newline="") as file:
        return [row["name"] for row in csv.DictReader(file)]


def read_answers(path: Path, sample: Sequence[int]) -> dict[int, list[tuple[int, float]]]:
    """Return the listed rows and scores that a method gave, by the supplier's row in the task."""
    answers: dict[int, list[tuple[int, float]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            supplier = sample[int(row["supplier"])]
            answers.setdefault(supplier, []).append((int(row["listed"]), float(row["score"])))
    return answers


def judge_answer(answer: Sequence[tuple[int, float]], row: int, task: Task) -> tuple[float, float]:
    """Return whether a right name came first, and among ten, ties averaged.

    Args:
        answer: Listed rows and scores; the string itself is taken out.
        row: Row of the supplier.
        task: What was asked.
    """
    right = task.right[row]
    others = [(score, at in right) for at, score in answer if at != task.own.get(row)]
    return share_found(others, 1), share_found(others, 10)


def recall_of(
    outcome: Outcome, task: Task, most: int, part: str = ""
) -> tuple[float, float, float]:
    """Return a recall with its interval over groups.

    Args:
        outcome: Of a method on the task.
        task: The task.
        most: 1 or 10.
        part: A part of the task; empty for all.
    """
    groups: dict[str, list[float]] = {}
    for row, found in zip(outcome.rows, outcome.found, strict=True):
        if not part or task.parts.get(row) == part:
            groups.setdefault(task.groups.get(row, str(row)), []).append(found[most == 10])
    values = [value for each in groups.values() for value in each]
    low, high = find_mean_interval(groups)
    return sum(values) / max(1, len(values)), low, high
