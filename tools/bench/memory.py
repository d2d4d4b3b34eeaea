"""The memory of a process and its children, watched while it runs."""

import subprocess
import sys
import time
from pathlib import Path

PAUSE = 0.2
"""Seconds between two looks."""


def run_watched(command: list[str]) -> tuple[int, str, float]:
    """Run a command and watch its memory, that of its children included.

    Pages that processes share are counted once (proportional set size). Where the system does
    not tell, as outside Linux, the peak is 0 and the command's own figure must do.

    Args:
        command: Program and arguments.

    Returns:
        Exit code, what it said on stderr, and the peak in MB.
    """
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        peak = 0.0
        while sys.platform == "linux" and process.poll() is None:
            peak = max(peak, sum(map(_measure, _list_family(process.pid))))
            time.sleep(PAUSE)
        _, said = process.communicate()
    return process.returncode, said, peak


def _list_family(pid: int) -> list[int]:
    """Return a process and all below it."""
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [
            int(child) for task in tasks for child in (task / "children").read_text().split()
        ]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _list_family(child))]


def _measure(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
