"""Changes in every form: coverage of both first, causes in full, hostile text inert."""

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from answerable import story
from answerable.engine.workspace import Workspace
from answerable.errors import OutputUnknown, OutputUnwritable
from answerable.exposure.changes.forms import OUTPUTS, check_outputs
from answerable.exposure.changes.tables import read_schema
from answerable.model.change import Changes
from tests.cli.conftest import Run, run
from tests.exposure.changed_workspaces import (
    BAKERY,
    LATER,
    LINDEN,
    MILL,
    ROWS,
    collect,
    make,
    screen,
)

__all__ = ["run"]

HOSTILE = "=HYPERLINK(1) <script>alert(1)</script> \u202e" + "x" * 10_000
FORBIDDEN = r"\b(guilty|complicit|clean|safe|cleared|hit|target|suspect|blacklist|risk score)\b"


@pytest.fixture
def home(tmp_path: Path) -> Workspace:
    home = make(tmp_path)
    screen(home)
    collect(home, "2026-11-22", MILL, LINDEN, BAKERY)
    odd = {"Supplier": f'"{HOSTILE}"', "Country": "", "LEI": ""}
    screen(home, (*ROWS, odd), LATER)
    return home


@pytest.fixture
def written(home: Workspace, tmp_path: Path) -> tuple[Changes, dict[str, Path]]:
    paths = {ending: tmp_path / f"changes{ending}" for ending in OUTPUTS}
    changes = story.compare_screenings(home, "latest~1", "latest", list(paths.values()))
    return changes, paths


def test_lines_follow_their_schema(written: tuple[Changes, dict[str, Path]]) -> None:
    changes, paths = written
    lines = [json.loads(line) for line in paths[".jsonl"].read_text("utf-8").splitlines()]
    check = Draft202012Validator(read_schema())
    assert [error.message for line in lines for error in check.iter_errors(line)] == []
    assert [line["line"] for line in lines] == ["screenings", "row", "row"]
    assert lines[0]["counts"] == {"new": 1, "gone": 0, "changed": 1, "same": 2}
    assert len(changes.rows) == 2


def test_every_form_begins_with_the_coverage_of_both(
    written: tuple[Changes, dict[str, Path]],
) -> None:
    _, paths = written
    page = paths[".html"].read_text("utf-8")
    head = page[page.index("<body>") : page.index("Row by row")]
    book = openpyxl.load_workbook(paths[".xlsx"])
    assert book.sheetnames == ["Coverage", "Changes"]
    cover = "\n".join(str(row[0]) for row in book["Coverage"].iter_rows(values_only=True))
    table = list(csv.DictReader(io.StringIO(paths[".csv"].read_text("utf-8-sig"))))
    for text in (head, cover, json.dumps(table[0])):
        assert "2026-11-01" in text
        assert "2026-11-22" in text
    assert "anybody did wrong" in cover
    assert "anybody did wrong" in head


def test_causes_stand_in_every_form(written: tuple[Changes, dict[str, Path]]) -> None:
    _, paths = written
    told = "the entry Quorbel Bakery (my_list:bakery) came."
    assert told in paths[".html"].read_text("utf-8")
    assert told in paths[".csv"].read_text("utf-8-sig")
    assert told in paths[".jsonl"].read_text("utf-8")
    sheet = openpyxl.load_workbook(paths[".xlsx"])["Changes"]
    assert any(told in str(row[-1]) for row in sheet.iter_rows(values_only=True))


def test_hostile_text_is_inert(written: tuple[Changes, dict[str, Path]]) -> None:
    _, paths = written
    page = paths[".html"].read_text("utf-8")
    assert "<script" not in page
    assert "default-src 'none'" in page
    table = csv.reader(io.StringIO(paths[".csv"].read_text("utf-8-sig")))
    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "@"))]
    book = openpyxl.load_workbook(paths[".xlsx"])
    assert {cell.data_type for row in book["Changes"].iter_rows() for cell in row} <= {"s", "n"}


def test_no_form_says_a_word_that_implies_guilt(written: tuple[Changes, dict[str, Path]]) -> None:
    _, paths = written
    for ending in (".html", ".csv", ".jsonl"):
        assert not re.search(FORBIDDEN, paths[ending].read_text("utf-8"), re.IGNORECASE)


def test_the_same_changes_give_the_same_bytes(
    home: Workspace, written: tuple[Changes, dict[str, Path]], tmp_path: Path
) -> None:
    _, paths = written
    again = [tmp_path / f"again{ending}" for ending in OUTPUTS]
    story.compare_screenings(home, "latest~1", "latest", again)
    for path in again:
        assert path.read_bytes() == paths[path.suffix].read_bytes()


@pytest.mark.parametrize(
    ("name", "error"),
    [("changes.pdf", OutputUnknown), (".csv", OutputUnknown), ("no/x.csv", OutputUnwritable)],
)
def test_an_output_that_cannot_be_written_is_refused(
    tmp_path: Path, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        check_outputs([tmp_path / name])


def test_the_command_tells_changes_and_writes_them_to_stdout(run: Run, home: Workspace) -> None:
    ran = run("changes", "latest~1", "--out", "-", "-w", str(home.root))
    assert ran.returncode == 0
    assert json.loads(ran.stdout.partition("\n")[0])["line"] == "screenings"
    assert ran.stderr.startswith("Before: 2026-11-20-")
    assert "none found in these sources → name match, to be confirmed" in ran.stderr
    assert "the entry Quorbel Bakery" in " ".join(ran.stderr.split())
    assert "\u202e" not in ran.stderr


def test_the_command_says_that_nothing_differs(run: Run, home: Workspace) -> None:
    ran = run("changes", "latest", "-w", str(home.root))
    assert ran.returncode == 0
    assert "Nothing differs. 4 rows read as before." in ran.stderr
    assert run("changes", "none", "-w", str(home.root)).returncode == 2


def test_screen_since_says_what_it_matched(run: Run, home: Workspace) -> None:
    Path("rows.csv").write_text("Supplier\nZyxomatic Mills Ltd\nOther Works\n", encoding="utf-8")
    words = ("screen", "rows.csv", "--as-of", "2026-11-24", "-w", str(home.root))
    assert run(*words).returncode == 0
    ran = run(*words, "--since", "latest")
    assert "1 of 2 rows were matched anew" in " ".join(ran.stderr.split())
