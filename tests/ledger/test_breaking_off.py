"""Nothing that was acknowledged is lost: by kill -9, by a power cut, or on a full disk."""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answerable.errors import OutputUnwritable
from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import check_log, read_checkpoints, seal_checkpoint
from answerable.ledger.disk import Disk
from answerable.ledger.log import Ledger, append_deed, measure_torn, read_deeds
from answerable.ledger.objects import (
    Store,
    check_object,
    keep_bytes,
    keep_record,
    list_objects,
    read_bytes,
    read_record,
)
from answerable.ledger.records import seal_fields
from answerable.ledger.vault import keep_private, list_private, read_private
from tests.ledger.breaking_disk import BreakingDisk, FullDisk

OBJ = "sha256:" + "0" * 64
TORN = b'{"act":"claim.file","at":"2026-'
FIELDS = {"schema": "answerable.example/1", "by": "Zyxomatic Ltd"}

Tell = Callable[[str, Any], None]
Work = Callable[[Ledger, Tell], None]

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory where there is one: what is asked is what the calls do, not the disk."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name)


def ledger_in(folder: Path, disk: Disk | None = None) -> Ledger:
    disk = disk or Disk()
    store = Store(folder / "work" / "evidence", keys=folder / "keys", disk=disk)
    return Ledger(
        folder / "work" / "ledger", store, folder / "keys", "example.invalid/log", disk=disk
    )


def do_all(ledger: Ledger, tell: Tell) -> None:
    """Do one of each, and tell each only when it has returned."""
    tell("object", keep_bytes(ledger.store, b"page" * 1_000))
    tell("record", keep_record(ledger.store, seal_fields(FIELDS)))
    tell("deed", append_deed(ledger, "case.open", OBJ).id)
    tell("deed", append_deed(ledger, "claim.file", OBJ).id)
    tell("private", keep_private(ledger.store, b"letter" * 100))
    tell("checkpoint", seal_checkpoint(ledger).size)
    tell("deed", append_deed(ledger, "claim.file", OBJ).id)
    tell("object", keep_bytes(ledger.store, b"page" * 1_000))


def log_on(ledger: Ledger, tell: Tell) -> None:
    """Add to a log that ends in a line of which only half was written."""
    tell("deed", append_deed(ledger, "claim.file", OBJ).id)
    tell("deed", append_deed(ledger, "claim.file", OBJ).id)


def run_child(work: Work, folder: Path, disk: BreakingDisk) -> tuple[int, list[tuple[str, Any]]]:
    """Run the work in a process of its own; return how it ended and what it had told by then."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            os.close(reading)
            work(ledger_in(folder, disk), lambda *told: _send(writing, told))
            _send(writing, ("calls", disk.calls))
            status = 0
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as file:
        told = [tuple(json.loads(line)) for line in file]
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


def _send(descriptor: int, told: object) -> None:
    os.write(descriptor, json.dumps(told).encode() + b"\n")


def check_after(folder: Path, told: list[tuple[str, Any]]) -> None:
    """Check that what was told is there, that nothing is half there, and that work goes on."""
    ledger = ledger_in(folder)
    deeds = [event.id for event in read_deeds(ledger)]
    assert [each for kind, each in told if kind == "deed"] == [
        each for each in deeds if ("deed", each) in told
    ]
    for kind, each in told:
        if kind == "object":
            assert read_bytes(ledger.store, each) == b"page" * 1_000
        elif kind == "record":
            assert read_record(ledger.store, each).values == FIELDS
        elif kind == "private":
            assert read_private(ledger.store, each) == b"letter" * 100
        elif kind == "checkpoint":
            assert each in [checkpoint.size for checkpoint in read_checkpoints(ledger)]
    for each in list_objects(ledger.store):
        check_object(ledger.store, each)
    for each in list_private(ledger.store):
        assert read_private(ledger.store, each) == b"letter" * 100
    event = append_deed(ledger, "claim.file", OBJ)
    assert event.n >= len(deeds)
    assert measure_torn(ledger.path) == 0
    seal_checkpoint(ledger)
    assert check_log(ledger).faults == ()


def start_new(folder: Path) -> None:
    folder.mkdir()


def start_torn(folder: Path) -> None:
    folder.mkdir()
    ledger = ledger_in(folder)
    append_deed(ledger, "case.open", OBJ)
    with ledger.path.open("ab") as file:
        file.write(TORN)


@forks
@pytest.mark.parametrize("power", [False, True], ids=["killed", "power cut"])
@pytest.mark.parametrize(("start", "work"), [(start_new, do_all), (start_torn, log_on)])
def test_broken_off_at_every_call_nothing_acknowledged_is_lost(
    folder: Path, start: Callable[[Path], None], work: Work, power: bool
) -> None:
    start(folder / "whole")
    status, told = run_child(work, folder / "whole", BreakingDisk())
    assert status == 0
    calls = told.pop()[1]
    whole = len(told)
    assert whole == (8 if work is do_all else 2)
    check_after(folder / "whole", told)
    assert {"open", "write", "sync", "place", "make_folder", "sync_folder"} <= {*calls}
    assert ("cut" in calls) == (start is start_torn)
    points = [(number, False) for number in range(len(calls))]
    points += [(number, True) for number, call in enumerate(calls) if call == "write"]
    ends = set()
    for number, half in points:
        place = folder / f"{number}{half}"
        start(place)
        status, told = run_child(work, place, BreakingDisk(number, half=half, power=power))
        assert status == 137, f"the process was to die at call {number} ({calls[number]})"
        check_after(place, told)
        ends.add(len(told))
        shutil.rmtree(place)
    assert ends == set(range(whole)), "it died before and after each thing that was told"


@pytest.mark.parametrize("room", [0, 1, 100, 200])
def test_on_a_full_disk_the_log_stays_as_it_was(ledger: Ledger, room: int) -> None:
    append_deed(ledger, "case.open", OBJ)
    before = ledger.path.read_bytes()
    disk = FullDisk(room)
    full = replace(ledger, disk=disk, store=replace(ledger.store, disk=disk))
    with pytest.raises(OutputUnwritable, match="No space left"):
        append_deed(full, "claim.file", OBJ)
    assert ledger.path.read_bytes() == before
    disk.room = 10_000
    assert append_deed(full, "claim.file", OBJ).n == 2


@pytest.mark.parametrize("room", [0, 1, 3_999])
def test_on_a_full_disk_no_object_is_half_there(store: Store, room: int) -> None:
    full = replace(store, disk=FullDisk(room))
    for keep in (keep_bytes, keep_private):
        with pytest.raises(OutputUnwritable, match="No space left"):
            keep(full, b"page" * 1_000)
    assert list(list_objects(store)) == []
    assert list(list_private(store)) == []
    assert not [path for path in store.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("room", [0, 40, 160, 170, 400])
def test_on_a_full_disk_no_checkpoint_is_half_there(ledger: Ledger, room: int) -> None:
    append_deed(ledger, "case.open", OBJ)
    disk = FullDisk(room)
    full = replace(ledger, disk=disk, store=replace(ledger.store, disk=disk))
    if room < 200:
        with pytest.raises(OutputUnwritable):
            seal_checkpoint(full)
        assert read_checkpoints(ledger) == []
    assert seal_checkpoint(ledger).size == 2


@forks
def test_a_real_limit_of_the_system_leaves_the_log_as_it_was(ledger: Ledger) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource

    append_deed(ledger, "case.open", OBJ)
    before = ledger.path.read_bytes()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            limit = len(before) + 50
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            append_deed(ledger, "claim.file", OBJ)
        except OutputUnwritable:
            status = 7
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert ledger.path.read_bytes() == before
    assert append_deed(ledger, "claim.file", digest(b"x")).n == 2
