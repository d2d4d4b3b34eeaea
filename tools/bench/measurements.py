"""The page of the documentation that says how fast we are, and beside whom: `docs/measurements.md`.

Ratios within one run count more than seconds, since machines differ and are shared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tools.bench.commands import CommandRun
from tools.bench.environments import read_pins
from tools.bench.quality_page import describe_machine
from tools.bench.races import ENTRIES, Outcome, recall_of
from tools.bench.scaling import Scale, tabulate_scales
from tools.bench.tables import lay_out
from tools.bench.tasks import Task


@dataclass(frozen=True, slots=True)
class PairRow:
    """How one method compares labelled pairs.

    Args:
        method: Its name.
        threshold: At and above which two names are told to be one company; None if the method
            has none, and the best for each set was taken.
        rate: Pairs a second.
        f1: F1 by set.
        failure: Why there is nothing, if so.
    """

    method: str
    threshold: float | None = None
    rate: float = 0.0
    f1: tuple[float, ...] = ()
    failure: str = ""


def write_page(
    commands: Sequence[CommandRun],
    searched: str,
    races: Sequence[tuple[Task, Sequence[Outcome]]],
    pairs: tuple[Sequence[str], Sequence[PairRow]],
    scales: Sequence[Scale],
) -> str:
    """Return the page.

    Args:
        commands: Runs of the whole command.
        searched: What it searched, in words.
        races: Tasks with what every method took and found.
        pairs: Names of the labelled sets, and a row per method.
        scales: Sizes, empty if none were measured.
    """
    parts = [
        "# Measurements",
        f"Measured on {describe_machine()}, by `make bench`. All rows of a table were run one "
        "after the other in the same minutes on the same machine, each in a process of its own. "
        "Ratios count more than seconds. How good the answers are: [](quality.md).",
        *_write_commands(commands, searched),
        *(part for task, outcomes in races for part in _write_race(task, outcomes)),
        *_write_pairs(*pairs),
        *(_write_scales(scales) if scales else ()),
        *_write_pins(),
    ]
    return "\n\n".join(parts) + "\n"


def _write_commands(commands: Sequence[CommandRun], searched: str) -> Iterable[str]:
    if not commands:
        return
    yield "## The whole command"
    yield f"`answerable screen` from start to end, searching {searched}."
    rows = [
        [each.name, f"{each.suppliers:,}", f"{each.seconds:.1f}", f"{each.peak_mb:,.0f} MB"]
        for each in commands
    ]
    yield lay_out(["run", "suppliers", "seconds", "peak memory"], rows)


def _write_race(task: Task, outcomes: Sequence[Outcome]) -> Iterable[str]:
    yield f"## Beside others: {task.title}"
    yield f"{task.about} {len(task.suppliers):,} suppliers, {len(task.listed):,} listed names."
    yield tabulate_race(task, outcomes)
    failures = [each for each in outcomes if each.failure]
    yield from (f"{each.entry.name}: not measured, {each.failure}." for each in failures)


def tabulate_race(task: Task, outcomes: Sequence[Outcome]) -> str:
    """Return one row per method: what it took, and what it found of what is right."""
    headings = ["method", "suppliers", "index", "query", "whole run", "suppliers a second"]
    headings += ["answerable is faster by", "peak memory"]
    parts = sorted(set(task.parts.values()))
    if task.right:
        headings += [f"recall@1 / @10{' ' + part if part else ''}" for part in ("", *parts)]
    ours = next((each for each in outcomes if not each.failure), None)
    return lay_out(headings, (_row(each, task, ours, ("", *parts)) for each in outcomes))


def _row(outcome: Outcome, task: Task, ours: Outcome | None, parts: Sequence[str]) -> list[str]:
    cells = 8 + (len(parts) if task.right else 0)
    if outcome.failure:
        return [outcome.entry.name, *("–" for _ in range(cells - 1))]
    slower = ours.rate / outcome.rate if ours else 1.0
    row = [
        outcome.entry.name,
        f"{outcome.suppliers:,}",
        *(f"{outcome.phases.get(phase, 0.0):.1f} s" for phase in ("index", "query")),
        f"{outcome.seconds:.1f} s",
        f"{outcome.rate:,.0f}",
        f"{slower:,.2f}",
        f"{outcome.peak_mb:,.0f} MB",
    ]
    return [*row, *(_recalls(outcome, task, part) for part in parts if task.right)]


def _recalls(outcome: Outcome, task: Task, part: str) -> str:
    first, low, high = recall_of(outcome, task, 1, part)
    ten, low_ten, high_ten = recall_of(outcome, task, 10, part)
    if part:
        return f"{first:.3f} / {ten:.3f}"
    return f"{first:.3f} ({low:.3f}–{high:.3f}) / {ten:.3f} ({low_ten:.3f}–{high_ten:.3f})"


def _write_pairs(sets: Sequence[str], rows: Sequence[PairRow]) -> Iterable[str]:
    if not rows:
        return
    yield "## Labelled pairs, by method"
    yield (
        "F1 where two names are told to be one company at one threshold: our default, and "
        "logic-v2's own. Methods that come with none get the one that is best for each set, found "
        "on that very set, which is kinder than fair. Splink compares tables, not two names."
    )
    cells = [
        [
            each.method,
            "best for the set" if each.threshold is None else f"{each.threshold:.2f}",
            f"{each.rate:,.0f}",
            *(f"{f1:.3f}" for f1 in each.f1),
        ]
        for each in rows
        if not each.failure
    ]
    yield lay_out(["method", "threshold", "pairs a second", *sets], cells)
    yield from (f"{each.method}: not measured, {each.failure}." for each in rows if each.failure)


def _write_scales(scales: Sequence[Scale]) -> Iterable[str]:
    yield "## As it grows"
    yield (
        "Recombined names, half of the suppliers with a counterpart that was spoiled. *collect* "
        "reads and keeps the list, *index* makes its index, *match* finds the matches that a "
        "screening brings up. Then another process opens the index that was kept (*reopen*), "
        "looks up a first name, and 400 more one by one."
    )
    yield tabulate_scales(scales)


def _write_pins() -> Iterable[str]:
    yield "## Versions"
    yield "What each method ran with, as pip installed it."
    names = sorted({each.environment for each in ENTRIES if each.environment})
    yield "\n".join(f"- *{name}*: {', '.join(read_pins(name))}" for name in names)
