"""An answered file screened again: the earlier answers are no suppliers, and nothing changes."""

import csv
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from answerable import story
from answerable.engine.workspace import Workspace

LISTED = "HUAWEI TECHNOLOGIES CO., LTD."  # US BIS Entity List, as shipped
NAMES = [LISTED, "Invented Mill Ltd", None, "Example Wharf", "Invented Mill Ltd", LISTED, ""]
HEADINGS = ["Ref", "Vendor Name", "Parent Company", "Country", "Co. Reg No", "Spend inc VAT"]
DAY = date(2026, 1, 1)

Answers = list[tuple[str, str, str]]


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A workspace with one shipped list."""
    made = story.init(tmp_path_factory.mktemp("again") / "workspace")
    story.collect(made, "us_bis_entity_list", ["shipped"])
    return made


def suppliers_of(path: Path, titled: bool, headed: bool = True) -> Path:
    """A workbook with formulas, a merged cell, blank names and repeated suppliers."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if titled:
        sheet.append(["Supplier spend 2025/26"])
        sheet.append([])
    if headed:
        sheet.append(HEADINGS)
    first = sheet.max_row + 1 if headed else 1
    for number, name in enumerate(NAMES * 2):
        country = ["China", "United Kingdom"][number % 2]
        cells = [number, name, "Invented Group plc", country, f"0123456{number % 10}", None]
        sheet.append([*cells[:5], f"={first + number}*1.2"])
    sheet.merge_cells(start_row=first + 1, end_row=first + 2, start_column=2, end_column=2)
    sheet.append(["", "TOTAL", "", "", "", f"=SUM(F{first}:F{sheet.max_row})"])
    book.save(path)
    return path


def screen(workspace: Workspace, source: Path, *outputs: Path) -> Answers:
    findings = story.screen(workspace, source, outputs, as_of=DAY).screening.findings
    return [(each.supplier.name, each.status, each.id) for each in findings]


@pytest.mark.parametrize("titled", [False, True])
@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_screening_again_answers_the_same(
    workspace: Workspace, tmp_path: Path, titled: bool, ending: str
) -> None:
    source = suppliers_of(tmp_path / "suppliers.xlsx", titled)
    answered, twice = tmp_path / f"answered.{ending}", tmp_path / f"twice.{ending}"
    before = screen(workspace, source, answered)
    assert [name for name, _, _ in before[:4]] == [
        LISTED, "Invented Mill Ltd", "Invented Mill Ltd", "Example Wharf",
    ]  # fmt: skip
    assert {status for _, status, _ in before} == {"match", "none_found", "unreadable"}
    assert screen(workspace, answered, twice) == before
    assert screen(workspace, twice) == before
    found = story.screen(workspace, answered, as_of=DAY).screening.suppliers.recognition
    assert list(found.columns.values()) == ["Vendor Name", "Country", "Co. Reg No"]
    assert any(each.startswith("answerable: ") for each in found.unused)


def test_an_answered_csv_with_a_title_is_read_alike(workspace: Workspace, tmp_path: Path) -> None:
    source = suppliers_of(tmp_path / "suppliers.xlsx", titled=True)
    answered = tmp_path / "answered.csv"
    before = screen(workspace, source, answered)
    rows = list(csv.reader(answered.read_text(encoding="utf-8-sig").splitlines()))
    titled = tmp_path / "titled.csv"
    with titled.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Answered in January"], [], *rows])
    assert screen(workspace, titled) == before


def test_an_answered_workbook_without_headings_is_read_alike(
    workspace: Workspace, tmp_path: Path
) -> None:
    source = suppliers_of(tmp_path / "suppliers.xlsx", titled=False, headed=False)
    answered = tmp_path / "answered.xlsx"
    before = screen(workspace, source, answered)
    assert [name for name, _, _ in before][:2] == [LISTED, "Invented Mill Ltd"]
    assert len(before) == len(NAMES) * 2 + 1
    assert screen(workspace, answered) == before


def test_problems_are_few(workspace: Workspace, tmp_path: Path) -> None:
    source = suppliers_of(tmp_path / "suppliers.xlsx", titled=True)
    found = story.screen(workspace, source, as_of=DAY).screening.suppliers
    [problem] = found.problems
    assert (problem.column, problem.sentence[:8]) == ("Spend inc VAT", "15 cells")
    told = {each.row: len(each.problems) for each in found.suppliers if each.problems}
    assert told == {6: 1, 10: 1, 13: 1, 17: 1, 18: 1}
