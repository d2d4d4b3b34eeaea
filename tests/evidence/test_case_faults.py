"""What `check` says of faulty case files: golden files, one for each case of the fixtures.

`tests/fixtures/cases/NAME/` is a case, `NAME.txt` beside it what is said of it.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.faults import Fault, has_errors
from answerable.ledger.log import Ledger, open_ledger
from tests.conftest import FIXTURES

CASES = sorted(path for path in (FIXTURES / "cases").iterdir() if path.is_dir())
TODAY = date(2026, 11, 24)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")


def show(faults: tuple[Fault, ...]) -> str:
    return "".join(
        f"{fault.file}:{fault.line}:{fault.column} {fault.severity} {fault.code}\n"
        f"    {fault.sentence}\n    {fault.mend}\n"
        for fault in faults
    )


def test_there_are_faulty_cases() -> None:
    assert len(CASES) >= 8


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_faults_are_told_with_place_and_mend(
    folder: Path, ledger: Ledger, golden: Callable[[str, Path], None]
) -> None:
    checked = check_case(ledger, read_draft(folder), today=TODAY)
    golden(show(checked.faults), folder.parent / f"{folder.name}.txt")


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_every_fault_points_into_its_file(folder: Path, ledger: Ledger) -> None:
    for fault in check_case(ledger, read_draft(folder), today=TODAY).faults:
        assert fault.sentence.endswith((".", "!", "?"))
        assert fault.mend
        if fault.line:
            lines = (folder / fault.file).read_text(encoding="utf-8").split("\n")
            assert 1 <= fault.line <= len(lines)
            assert 1 <= fault.column <= len(lines[fault.line - 1]) + 1


def test_only_faulty_cases_have_errors(ledger: Ledger) -> None:
    for folder in CASES:
        faults = check_case(ledger, read_draft(folder), today=TODAY).faults
        assert has_errors(faults) == (folder.name != "well-formed")
