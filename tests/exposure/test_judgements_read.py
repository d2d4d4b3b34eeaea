"""Kept findings read again, verdicts read from tables."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace, open_workspace
from answerable.errors import ColumnsUnclear, FindingUnknown, WorkspaceFaulty
from answerable.exposure.judgements.kept import find_finding, open_screening
from answerable.exposure.judgements.reread import reread_finding
from answerable.exposure.judgements.verdicts import read_verdicts
from answerable.exposure.outputs.lines import write_findings
from answerable.exposure.screening.finding_ids import FindingIds
from answerable.exposure.screening.queue import place_finding
from answerable.model import Screening, Supplier
from tests.exposure.test_judgements_book import FIRST, ROWS, judge, screen

ID = FindingIds("00" * 16).give(Supplier(2, "Zyxomatic Mills"))


def lines_of(screening: Screening) -> list[str]:
    file = BytesIO()
    write_findings(screening, file)
    return file.getvalue().decode().splitlines()


def test_a_line_read_again_says_the_same_and_has_the_same_place() -> None:
    screening = screen(*ROWS, judgements=[judge(FIRST, 2, "different"), judge(FIRST, 3, "same")])
    for line, finding in zip(lines_of(screening), screening.findings, strict=True):
        again = reread_finding(json.loads(line))
        assert [each.as_dict() for each in again.matches] == json.loads(line)["matches"]
        assert place_finding(again) == place_finding(finding)


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (f"finding,verdict,why\n{ID},same,number agrees\n", [("same", "number agrees", None)]),
        (f"Why;Verdict;Finding\nx;UNSURE;{ID.lower()}\n", [("unsure", "x", None)]),
        (
            f"answerable: finding\tanswerable: verdict\twhy\tcompany id\n{ID}\tsame\tx\ta:1\n",
            [("same", "x", "a:1")],
        ),
        (
            f"verdict,finding,answerable: verdict,answerable: why\nhers,{ID},different,x\n",
            [("different", "x", None)],
        ),
        (f"Report of May\nfinding,verdict,why\n{ID},,\n{ID},same,x\n", [("same", "x", None)]),
    ],
    ids=["plain", "semicolons", "ours", "her own verdict column", "a title above, an empty row"],
)
def test_verdicts_are_read(table: str, expected: list[tuple[str, str, str | None]]) -> None:
    given, problems = read_verdicts(table.encode())
    assert problems == []
    assert [(each.verdict, each.why, each.company) for each in given] == expected
    assert {each.finding for each in given} == {ID}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (f"{ID},perhaps,x,", "'perhaps' is no verdict"),
        (f"{ID},same,,", "no reason is given"),
        (f"{ID},,x,", "A reason without a verdict"),
        ("F000-0000-0,same,x,", "check character does not fit"),
        (f"{ID},same,x,someday", "is no day"),
    ],
)
def test_an_odd_row_is_a_problem_with_its_row(row: str, says: str) -> None:
    table = f"finding,verdict,why,until\n{ID},same,fine,2099-01-31\n{row}\n"
    given, [problem] = read_verdicts(table.encode())
    assert [each.row for each in given] == [2]
    assert problem.row == 3
    assert says in problem.sentence


def test_a_table_without_the_columns_is_refused() -> None:
    with pytest.raises(ColumnsUnclear, match="finding, verdict and why"):
        read_verdicts(b"name,country\nZyxomatic Mills,cn\n")


@pytest.fixture
def keep(tmp_path: Path) -> Callable[[str, Screening], None]:
    workspace = make_workspace(tmp_path / "work")

    def keep_screening(name: str, screening: Screening) -> None:
        folder = workspace.screenings_folder / name
        folder.mkdir()
        (folder / "findings.jsonl").write_text("\n".join(lines_of(screening)) + "\n", "utf-8")
        (folder / "manifest.json").write_text(json.dumps(screening.manifest), "utf-8")

    return keep_screening


def test_the_newest_day_is_the_newest_screening(
    tmp_path: Path, keep: Callable[[str, Screening], None]
) -> None:
    keep("2026-02-02-aaaaaaaaaa", FIRST)
    keep("2026-02-01-bbbbbbbbbb", FIRST)
    workspace = open_workspace(tmp_path / "work")
    assert open_screening(workspace).id == "2026-02-02-aaaaaaaaaa"
    assert open_screening(workspace, "2026-02-01").id == "2026-02-01-bbbbbbbbbb"
    with pytest.raises(FindingUnknown, match="several begin so"):
        open_screening(workspace, "2026")
    kept, line = find_finding(workspace, FIRST.findings[1].id)
    assert (kept.id, line["supplier"]["row"]) == ("2026-02-02-aaaaaaaaaa", 3)


@pytest.mark.parametrize(
    ("line", "says"),
    [("name = 7", "review.name must be a text"), ('second = "yes"', "review.second must be true")],
)
def test_settings_of_the_review_are_checked(tmp_path: Path, line: str, says: str) -> None:
    workspace = make_workspace(tmp_path / "work")
    toml = workspace.root / "answerable.toml"
    text = toml.read_text().replace("[review]", f"[review]\n{line}")
    kept = "second = false" if line.startswith("second") else 'name = ""           #'
    head, tail = text.split(f"[review]\n{line}")
    toml.write_text(f"{head}[review]\n{line}{tail.replace(kept, '#', 1)}")
    with pytest.raises(WorkspaceFaulty, match=says):
        open_workspace(workspace.root)
