"""Judgements are deeds: sealed, logged, replayed; nothing that was acknowledged is lost."""

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from answerable.errors import OutputUnwritable
from answerable.exposure.judgements.desk import Desk
from answerable.exposure.judgements.filed import read_judgements, read_resolutions
from answerable.exposure.judgements.filing import file_resolution, file_withdrawal
from answerable.exposure.judgements.kept import KeptScreening
from answerable.ledger.checkpoints import check_log, seal_checkpoint
from answerable.ledger.disk import Disk
from answerable.ledger.log import Ledger, read_deeds
from answerable.ledger.objects import Store
from tests.ledger.breaking_disk import BreakingDisk, FullDisk

KEPT = KeptScreening(
    "2026-02-01-0123456789",
    Path("unused"),
    {"screening": "2026-02-01-0123456789", "as_of": "2026-02-01", "matching": {"model": "names-4"}},
)
SUPPLIER: dict[str, Any] = {
    "row": 2,
    "name": "扎沃德尼克 Mills",
    "country": "cn",
    "identifiers": {"GB-COH": "00445790"},
}
LISTING: dict[str, Any] = {
    "list": "test_list",
    "edition": "2026-01-01",
    "ground": None,
    "ground_class": "sanctions",
    "programs": [],
    "citation": "1 TEST 1",
    "since": None,
    "url": None,
}


def match_of(number: int) -> dict[str, Any]:
    company = {
        "id": f"test_list:{number}",
        "schema": "Company",
        "caption": f"Zyxomatic Mills {number}",
        "names": [f"Zyxomatic Mills {number}"],
        "countries": ["cn"],
        "identifiers": [],
        "listings": [LISTING],
    }
    return {"company": company, "name": "Zyxomatic Mills", "score": 5.2, "probability": 0.9934}


LINE: dict[str, Any] = {
    "id": "FYG3-SB7J-3",
    "supplier": SUPPLIER,
    "matches": [match_of(1), match_of(2)],
}

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")


def ledger_in(folder: Path, keys: str = "keys", disk: Disk | None = None) -> Ledger:
    disk = disk or Disk()
    store = Store(folder / "work" / "evidence", keys=folder / keys, disk=disk)
    return Ledger(
        folder / "work" / "ledger", store, folder / keys, "example.invalid/log", disk=disk
    )


def desk_in(folder: Path, keys: str = "keys", *, second: bool = False) -> Desk:
    return Desk(ledger_in(folder, keys), "A. Reviewer", second=second)


def test_a_judgement_comes_back_as_it_was_filed(tmp_path: Path) -> None:
    made = desk_in(tmp_path).judge(KEPT, LINE, match_of(1), "different", "another town")
    [found] = read_judgements(ledger_in(tmp_path))
    assert found == made.judgement
    assert (found.name, found.verdict, found.why) == ("A. Reviewer", "different", "another town")
    assert found.basis.supplier == {key: value for key, value in SUPPLIER.items() if key != "row"}
    assert found.basis.company["listings"] == [LISTING]
    assert found.basis.probability == "0.9934"
    assert found.by == ledger_in(tmp_path).signer.id


def test_the_log_holds_no_word_of_it(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    made = desk.judge(KEPT, LINE, match_of(1), "same", "seen at the register")
    desk.ledger.path.read_text("ascii")
    file_withdrawal(desk.ledger, made.judgement, "mistaken", name=desk.name)
    file_resolution(desk.ledger, LINE["id"], "keep", "sole source", SUPPLIER, conditions=("a", "b"))
    log = desk.ledger.path.read_text("ascii")
    assert not [
        word for word in ("same", "seen", "Mills", "Reviewer", "keep", "FYG3") if word in log
    ]
    [kept] = read_resolutions(desk.ledger)
    assert (kept.resolution, kept.conditions, kept.supplier["name"]) == (
        "keep",
        ("a", "b"),
        SUPPLIER["name"],
    )


def test_the_same_is_not_filed_twice_and_what_is_new_is(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    told = [
        desk.judge(KEPT, LINE, match_of(1), "same", "a").is_new,
        desk.judge(KEPT, LINE, match_of(1), "same", "a").is_new,
        desk.judge(KEPT, LINE, match_of(1), "same", "b").is_new,
        desk.judge(KEPT, LINE, match_of(1), "different", "b").is_new,
        desk.judge(KEPT, LINE, match_of(2), "same", "a").is_new,
    ]
    assert told == [True, False, True, True, True]
    found = read_judgements(desk.ledger)
    assert [bool(each.replaced_by) for each in found] == [True, True, False, False]


def test_another_key_that_says_the_same_agrees_once(tmp_path: Path) -> None:
    first = desk_in(tmp_path, second=True).judge(KEPT, LINE, match_of(1), "same", "a")
    assert first.awaits_second
    other = desk_in(tmp_path, "other_keys", second=True)
    second = other.judge(KEPT, LINE, match_of(1), "same", "I looked, too")
    assert second.agreement is not None
    assert not second.awaits_second
    assert not other.judge(KEPT, LINE, match_of(1), "same", "again").is_new
    [found] = read_judgements(other.ledger)
    assert found == second.judgement
    assert found.has_second
    third = other.judge(KEPT, LINE, match_of(1), "different", "no")
    assert third.agreement is None


def test_a_withdrawn_judgement_stays_and_says_so(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    made = desk.judge(KEPT, LINE, match_of(1), "same", "a")
    file_withdrawal(desk.ledger, made.judgement, "mistaken")
    [found] = read_judgements(desk.ledger)
    assert found.withdrawal is not None
    assert found.withdrawal.why == "mistaken"
    assert desk_in(tmp_path).standing(LINE["id"], "test_list:1") is None


@pytest.fixture
def folder() -> Iterator[Path]:
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as name:
        yield Path(name)


def judge_all(folder: Path, disk: Disk, tell: Callable[[str], None]) -> None:
    desk = Desk(ledger_in(folder, disk=disk), None, second=False)
    for number in (1, 2):
        tell(desk.judge(KEPT, LINE, match_of(number), "different", "why").judgement.id)
    seal_checkpoint(desk.ledger)


def run_child(folder: Path, disk: BreakingDisk) -> tuple[int, list[str], list[str]]:
    """Judge in a process of its own; return how it ended, what it had told, what it had called."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            judge_all(folder, disk, lambda told: _send(writing, told))
            _send(writing, disk.calls)
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as file:
        told = [json.loads(line) for line in file]
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    calls = told.pop() if told and isinstance(told[-1], list) else []
    return status, told, calls


def _send(descriptor: int, told: object) -> None:
    os.write(descriptor, json.dumps(told).encode() + b"\n")


@forks
@pytest.mark.parametrize("power", [False, True], ids=["killed", "power cut"])
def test_killed_at_every_call_no_acknowledged_judgement_is_lost(folder: Path, power: bool) -> None:
    status, told, calls = run_child(folder / "whole", BreakingDisk())
    assert (status, len(told)) == (0, 2)
    points = [(number, False) for number in range(len(calls))]
    points += [(number, True) for number, call in enumerate(calls) if call == "write"]
    ends = set()
    for number, half in points:
        place = folder / f"{number}{half}"
        status, told, _ = run_child(place, BreakingDisk(number, half=half, power=power))
        assert status == 137, f"it was to die at call {number} ({calls[number]})"
        desk = Desk(ledger_in(place), None, second=False)
        assert {each.id for each in desk.judgements} >= set(told)
        again = [desk.judge(KEPT, LINE, match_of(each), "different", "why") for each in (1, 2)]
        filed = len({each.judgement.id for each in again} | {each.id for each in desk.judgements})
        assert filed == 2, "judging again files only what is missing"
        seal_checkpoint(desk.ledger)
        assert check_log(desk.ledger).faults == ()
        ends.add(len(told))
        shutil.rmtree(place)
    assert ends == {0, 1, 2}


@pytest.mark.parametrize("room", [0, 300, 1_500])
def test_a_full_disk_is_said_and_the_log_stays_whole(tmp_path: Path, room: int) -> None:
    before = desk_in(tmp_path)
    before.judge(KEPT, LINE, match_of(1), "same", "a")
    disk = FullDisk(room)
    full = ledger_in(tmp_path, disk=disk)
    desk = Desk(replace(full, store=replace(full.store, disk=disk)), None, second=False)

    def judge_on() -> None:
        for number in range(9):
            desk.judge(KEPT, LINE, match_of(2), "same", f"reason {number}")

    with pytest.raises(OutputUnwritable):
        judge_on()
    assert list(read_deeds(before.ledger))
    kept = {each.id for each in read_judgements(before.ledger)}
    assert {each.id for each in desk.judgements} == kept
