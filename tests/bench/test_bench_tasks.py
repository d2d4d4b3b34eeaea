"""What the bench asks: the recombined names, the faults, the groups, and one race to the end."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from tools.bench.environments import NotBuilt, call, prepare
from tools.bench.labels import Groups, find_nearest, level
from tools.bench.memory import run_watched
from tools.bench.plots import draw_calibration
from tools.bench.races import Entry, recall_of, run_race
from tools.bench.recombining import FAULTS, grow_names, make_suppliers, spoil
from tools.bench.scoring import Bin
from tools.bench.tasks import Task, take_sample

REAL = [
    "Zyxomatic Precision Mills Ltd",
    "Quorbel Marine Works Inc",
    "Old Harbour Ink Company",
    "Vantrelle Foods GmbH",
    "Brackwell Tools International plc",
]


def test_grown_names_are_distinct_seeded_and_made_of_real_words() -> None:
    grown = grow_names(REAL, 60)
    words = {word for name in REAL for word in name.split()}
    assert len(set(grown)) == 60
    assert grown[: len(REAL)] == REAL
    assert grown == grow_names(REAL, 60)
    assert {word for name in grown for word in name.split()} <= words


def test_half_of_the_suppliers_have_a_counterpart() -> None:
    listed = grow_names(REAL, 60)
    suppliers = make_suppliers(listed, REAL, 40)
    rows = [row for _, row in suppliers if row is not None]
    assert len(suppliers) == 40
    assert len(rows) == len(set(rows)) == 20
    assert suppliers == make_suppliers(listed, REAL, 40)


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_changes_names_and_none_empties_one(
    fault: Callable[[list[str], random.Random], list[str]],
) -> None:
    draw = random.Random(1)  # noqa: S311
    words = [name.split() for name in (*REAL, "Zy Co") for _ in range(40)]
    assert any(fault(each, draw) != each for each in words)
    assert all(spoil(name, draw).strip() for name in (*REAL, "A", "Zy") for _ in range(40))


def test_samples_are_fixed_and_in_order() -> None:
    assert take_sample(5, None) == take_sample(5, 9) == [0, 1, 2, 3, 4]
    sample = take_sample(1_000, 10)
    assert sample == sorted(set(sample)) == take_sample(1_000, 10)
    assert len(sample) == 10


def test_names_that_are_joined_by_others_are_one_group() -> None:
    groups = Groups()
    groups.join("a", "b")
    groups.join("c", "d")
    groups.join("d", "a")
    assert len({groups.find(name) for name in "abcd"}) == 1
    assert groups.find("e") == "e"
    assert level("Zyxomatic (UK) Ltd.") == level("ZYXOMATIC UK LTD")


def test_the_nearest_name_shares_most_runs_of_letters() -> None:
    assert find_nearest(["Zyxomatik Mills"], REAL, 2)[0][0] == 0
    assert find_nearest(["@@@"], REAL, 2) == [[]]


def test_the_picture_is_a_picture_with_a_point_per_bin() -> None:
    bins = [Bin(0.1, 0.2, 3, 0.15, 0.0, 0.3), Bin(0.9, 1.0, 7, 0.95, 1.0, 0.7)]
    tree = etree.fromstring(draw_calibration({"one": bins, "other": bins[:1]}).encode())
    points = tree.findall(".//{*}circle")
    assert len(points) == 3
    assert next(point.findtext("{*}title") for point in points) == "3 pairs: said 0.150, seen 0.000"


def test_memory_of_a_command_and_its_children_is_watched() -> None:
    child = "import time; held = bytearray(60_000_000); time.sleep(1)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    code, said, peak = run_watched([sys.executable, "-c", parent])
    assert (code, said) == (0, "")
    assert peak > 60 or sys.platform != "linux"


def test_an_environment_that_cannot_be_made_says_why() -> None:
    assert prepare("") == Path(sys.executable)
    with pytest.raises(NotBuilt, match="error: no compiler"):
        call([sys.executable, "-c", "raise SystemExit('trying\\nerror: no compiler\\nsorry')"])


def test_a_race_is_run_in_processes_and_judged(tmp_path: Path) -> None:
    suppliers = ["ZYXOMATIC PRECISION MILLS LIMITED", "Nothing Of The Kind", "Quorbel Marine Works"]
    right = {0: frozenset({0}), 2: frozenset({1})}
    task = Task("real_pairs", "t", "t", suppliers, REAL, right)
    entries = [
        Entry("ours", "ours", "", "screen"),
        Entry("no such script", "missing", ""),
    ]
    ours, missing = run_race(task, entries, tmp_path)
    assert recall_of(ours, task, 1)[0] == recall_of(ours, task, 10)[0] == 1.0
    assert set(ours.phases) == {"read", "index", "query", "write"}
    assert ours.suppliers == 3
    assert 0 < sum(ours.phases.values()) <= ours.seconds + 0.01
    assert "failed" in missing.failure
