"""A capture that was acknowledged is there after kill -9 or a power cut at any call to the disk."""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.errors import OutputUnwritable
from answerable.evidence.captures import capture_file, list_captures, read_part
from answerable.ledger.disk import Disk
from answerable.ledger.log import Ledger, open_ledger
from tests.ledger.breaking_disk import BreakingDisk, FullDisk

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
DATA = b"what was published " * 40


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: what is asked is what the calls do."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        (Path(name) / "page.pdf").write_bytes(DATA)
        yield Path(name)


def make_ledger(folder: Path, name: str, disk: Disk) -> Ledger:
    home = make_workspace(folder / name, id_key="0" * 32)
    return open_ledger(home, keys=folder / f"{name}-keys", disk=disk)


def capture_both(ledger: Ledger, page: Path, told: int) -> None:
    """Capture twice, once privately, and tell each only when it has returned."""
    for private in (False, True):
        os.write(told, f"{capture_file(ledger, page, 'demo', private=private).id}\n".encode())


def run_child(ledger: Ledger, page: Path) -> tuple[int, list[str]]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            capture_both(ledger, page, writing)
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as file:
        told = file.read().split()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


@forks
@pytest.mark.parametrize(
    "power",
    [pytest.param(False, id="killed"), pytest.param(True, id="power", marks=pytest.mark.slow)],
)
def test_no_acknowledged_capture_is_lost(folder: Path, power: bool) -> None:
    page = folder / "page.pdf"
    counting = BreakingDisk()
    with (folder / "told").open("wb") as told:
        capture_both(make_ledger(folder, "whole", counting), page, told.fileno())
    assert len(counting.calls) > 60
    for at in range(len(counting.calls)):
        ledger = make_ledger(folder, f"at{at}", BreakingDisk(at, half=True, power=power))
        status, acknowledged = run_child(ledger, page)
        assert status == 137 or len(acknowledged) == 2  # ids that share a folder need fewer calls
        after = replace(ledger, disk=Disk(), store=replace(ledger.store, disk=Disk()))
        found = {each.id: each for each in list_captures(after)}
        assert found.keys() >= set(acknowledged)
        for capture in found.values():
            assert capture.problems == ()
            assert read_part(after, capture, capture.original) == DATA
        again = capture_file(after, page, "demo")
        assert list_captures(after)[-1] == again


@pytest.mark.parametrize("room", [0, 100, 800, 1_500, 2_000, 2_400])
def test_on_a_full_disk_a_capture_is_an_error_and_may_be_tried_again(
    folder: Path, room: int
) -> None:
    disk = FullDisk(room)
    ledger = make_ledger(folder, "full", disk)
    with pytest.raises(OutputUnwritable):
        capture_file(ledger, folder / "page.pdf", "demo")
    assert list_captures(ledger) == []
    disk.room = 1_000_000
    again = capture_file(ledger, folder / "page.pdf", "demo")
    assert list_captures(ledger) == [again]
