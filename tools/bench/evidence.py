"""How fast evidence is verified and searched: `python -m tools.bench.evidence [--write]`.

Figures are processor time and time by the clock of this process; the larger of several runs is
not hidden: least and greatest are shown.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from answerable.engine.workspace import make_workspace
from answerable.evidence.capture_records import case_record, keep_part, seal_capture
from answerable.evidence.search.index import search_texts
from answerable.evidence.search.tables import update_index
from answerable.evidence.texts import Text
from answerable.evidence.texts.sealed import keep_text
from answerable.evidence.verification.workspaces import verify_workspace
from answerable.ledger.checkpoints import check_log, seal_checkpoint
from answerable.ledger.disk import Disk
from answerable.ledger.events import parse_line, write_line
from answerable.ledger.log import Ledger, open_ledger
from answerable.model import Capture
from tools.bench.data import ROOT
from tools.bench.quality_page import describe_machine
from tools.bench.tables import lay_out

PAGE = ROOT / "docs" / "evidence_measurements.md"
DEEDS, CAPTURES = 100_000, 10_000
QUESTIONS = ("公安", "lake", "the lake", '"公安局 17"', "القمر", "w100*", "w10 lake 公安局")


@dataclass(frozen=True, slots=True)
class Timing:
    """What one thing took, least and greatest of several runs."""

    what: str
    processor: tuple[float, float]
    clock: tuple[float, float]


class Unsynced(Disk):
    """Writes without waiting for the disk: what is made here is thrown away."""

    def sync(self, descriptor: int) -> None:
        """Wait for nothing."""

    def sync_folder(self, folder: Path) -> None:
        """Wait for nothing."""


def take_time(what: str, act: Callable[[], object], runs: int = 5) -> Timing:
    """Run something several times and return what it took, in seconds."""
    processor, clock = [], []
    for _ in range(runs):
        used, started = time.process_time(), time.perf_counter()
        act()
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    return Timing(what, (min(processor), max(processor)), (min(clock), max(clock)))


def make_log(folder: Path, deeds: int) -> Ledger:
    """Make a workspace whose log holds so many deeds, under a checkpoint."""
    ledger = open_ledger(make_workspace(folder), keys=folder / "keys")
    case_record(ledger, "lake")
    path = ledger.folder / "log.jsonl"
    before = parse_line(path.read_bytes().splitlines()[-1])
    lines = []
    case = before.obj
    for number in range(deeds - before.n - 1):
        refs = {"case": case, "deed": number}
        line = write_line(before, "2026-11-24T12:00:00Z", before.by, "source.export", case, refs)
        lines.append(line + b"\n")
        before = parse_line(line)
    with path.open("ab") as file:
        file.writelines(lines)
    seal_checkpoint(ledger)
    return ledger


def make_captures(folder: Path, count: int) -> Ledger:
    """Make a workspace with so many captures of invented texts in four scripts."""
    ledger = open_ledger(make_workspace(folder), keys=folder / "keys", disk=Unsynced())
    case_record(ledger, "lake")
    for number in range(count):
        words = " ".join(f"w{number * 31 % 997 + place}" for place in range(200))
        body = f"{words} 新河市公安局{number} the lake القمر" if number % 3 else words
        part = keep_part(ledger, "original", body.encode(), "text/plain", private=False)
        capture = Capture(
            "", "lake", f"urn:{number}", "2026-11-24T12:00:00Z", "file", (part,), software="bench"
        )
        sealed = seal_capture(ledger, "source.collect", capture)
        keep_text(ledger, sealed, part, Text(body=body, tool="bench"))
    return ledger


def measure() -> list[Timing]:
    """Return what verifying a long log and searching many captures take."""
    with tempfile.TemporaryDirectory() as folder:
        log = make_log(Path(folder) / "log", DEEDS)
        timings = [
            take_time(f"log of {DEEDS:,} deeds checked", partial(check_log, log)),
            take_time(f"`verify` with {DEEDS:,} deeds", partial(verify_workspace, log)),
        ]
        captures = make_captures(Path(folder) / "captures", CAPTURES)
        timings.append(
            take_time(f"index of {CAPTURES:,} captures made", partial(update_index, captures), 1)
        )
        for asked in QUESTIONS:
            what = f"search for `{asked}` among {CAPTURES:,} captures"
            timings.append(take_time(what, partial(search_texts, captures, asked), 20))
    return timings


def write_page(timings: Sequence[Timing]) -> str:
    """Return the page."""
    rows = [[each.what, _show(each.processor), _show(each.clock)] for each in timings]
    return (
        "\n\n".join(
            (
                "# Measurements of evidence",
                f"Measured on {describe_machine()}, by `make bench`: the least and the greatest of "
                "five runs, of twenty for searches. Texts are invented.",
                lay_out(["what", "processor time", "by the clock"], rows),
            )
        )
        + "\n"
    )


def _show(span: tuple[float, float]) -> str:
    scale, unit = (1000, "ms") if span[1] < 1 else (1, "s")
    return f"{scale * span[0]:.1f} to {scale * span[1]:.1f} {unit}"


def main() -> None:
    """Measure, print the page, and write it if asked."""
    parser = argparse.ArgumentParser(prog="python -m tools.bench.evidence", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/evidence_measurements.md")
    asked = parser.parse_args()
    page = write_page(measure())
    print(page)
    if asked.write:
        PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
