"""At full scale, on the whole register and the whole lists: run by `make test-slow`."""

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from answerable import story

LISTS = {
    "us_bis_entity_list": ["lists/bis/bis_entity_list_2025-11-08.csv"],
    "us_dod_1260h": ["lists/dod_1260h/section_1260h_2025-01-07.csv"],
    "us_ofac_consolidated": [
        f"lists/ofac_consolidated/cons_{name}.csv" for name in ("prim", "alt", "add")
    ],
    "us_ofac_sdn": [f"lists/ofac_sdn_2021/{name}.csv" for name in ("sdn", "alt", "add")],
}
DAYS = {"us_ofac_consolidated": "2025-12-19", "us_ofac_sdn": "2021-07-07"}
REGISTER = "suppliers/uk_licensed_sponsors/skilled_worker_names.csv"
MEMORY = 2 << 30


@pytest.mark.slow
def test_the_whole_register_against_the_whole_lists(
    tmp_path: Path, shared_data: Callable[[str], Path]
) -> None:
    resource = pytest.importorskip("resource", reason="memory is measured on POSIX")
    register = shared_data(REGISTER)
    workspace = story.init(tmp_path / "work")
    for list_id, names in LISTS.items():
        files = [str(shared_data(name)) for name in names]
        story.collect(workspace, list_id, files, edition=DAYS.get(list_id))
    out = tmp_path / "answer.csv"
    command = [sys.executable, "-m", "answerable", "screen", str(register), "--out", str(out)]
    ran = subprocess.run(
        [*command, "-w", str(workspace.root)], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY
    with register.open(encoding="utf-8", newline="") as file:
        names = [row[0] for row in csv.reader(file)][1:]
    [folder] = workspace.screenings_folder.iterdir()
    with (folder / "findings.jsonl").open(encoding="utf-8") as lines:
        findings = [json.loads(line) for line in lines]
    assert [each["supplier"]["name"] for each in findings] == [name.strip() for name in names]
    brought_up = [each["status"] in ("confirmed", "match", "possible") for each in findings]
    assert sum(brought_up) < len(findings) / 100


@pytest.mark.slow
def test_a_line_of_200_mb_is_refused_in_a_sentence(tmp_path: Path) -> None:
    workspace = story.init(tmp_path / "work")
    story.collect(workspace, "us_dod_1260h", ["shipped"])
    long = tmp_path / "long.csv"
    with long.open("wb") as file:
        file.write(b"Supplier\n")
        for _ in range(200):
            file.write(b"x" * (1 << 20))
    ran = subprocess.run(
        [sys.executable, "-m", "answerable", "screen", str(long), "-w", str(workspace.root)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "limit" in ran.stderr
    assert "Traceback" not in ran.stderr
