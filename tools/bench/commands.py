"""The whole command, as a buyer runs it: `answerable screen` in a process of its own."""

import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from answerable import story
from answerable.engine.workspace import Workspace
from tools.bench.data import DATA, EDITIONS, EXAMPLE, FULL_LISTS, REGISTER
from tools.bench.memory import run_watched

AS_OF = date(2026, 11, 24)


@dataclass(frozen=True, slots=True)
class CommandRun:
    """One run of a command.

    Args:
        name: What was run, for the table.
        suppliers: Rows of the supplier file.
        seconds: From start to end, the start of Python included.
        peak_mb: Highest memory of the process and its children.
    """

    name: str
    suppliers: int
    seconds: float
    peak_mb: float


def make_workspace(folder: Path) -> tuple[Workspace, str]:
    """Return a workspace with the full lists, or with the shipped ones, and which they are."""
    workspace = story.init(folder)
    full = all((DATA / name).exists() for names in FULL_LISTS.values() for name in names)
    for list_id, names in FULL_LISTS.items():
        sources = [str(DATA / name) for name in names] if full else ["shipped"]
        edition = EDITIONS.get(list_id) if full else None
        story.collect(workspace, list_id, sources, edition=edition)
    return workspace, "full lists" if full else "shipped lists"


def find_register() -> Path:
    """Return the register of sponsors, or the shipped cut of it."""
    return REGISTER if REGISTER.exists() else EXAMPLE


def time_screen(workspace: Workspace, suppliers: Path, ending: str, name: str) -> CommandRun:
    """Return what `answerable screen` takes.

    Args:
        workspace: Whose lists are searched.
        suppliers: The supplier file.
        ending: Ending of the output, by which its form is chosen.
        name: How the table calls the run.

    Raises:
        RuntimeError: The command failed; the message is what it said last.
    """
    out = workspace.root / f"answer{ending}"
    command = [sys.executable, "-m", "answerable", "screen", str(suppliers), "--out", str(out)]
    started = time.perf_counter()
    code, said, peak = run_watched(
        [*command, "-w", str(workspace.root), "--as-of", AS_OF.isoformat()]
    )
    seconds = time.perf_counter() - started
    if code:
        raise RuntimeError(f"answerable screen: {said.strip()[-300:]}")
    rows = sum(1 for _ in suppliers.open(encoding="utf-8", newline="")) - 1
    return CommandRun(name, rows, seconds, peak)


def time_screens(workspace: Workspace) -> list[CommandRun]:
    """Return the runs of the register: twice as JSON lines, once as CSV.

    The first run builds the index; the second finds it built.
    """
    register = find_register()
    return [
        time_screen(workspace, register, ".jsonl", "findings as JSON lines, first run"),
        time_screen(workspace, register, ".jsonl", "findings as JSON lines, index kept"),
        time_screen(workspace, register, ".csv", "the workbook's rows as CSV, index kept"),
    ]
