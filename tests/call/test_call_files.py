"""The case files of a public page: what is wrong with them is told with its place."""

from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.ledger.log import open_ledger

CASE = "title: Cameras at Lakeside\neditors: [The desk]\nnot_shown: [That any was used.]\n"
ASK = "  - {id: halt, decision: That it stops., of: The council, why: It can.}\n"
LETTER = "letter: {to: The clerk, subject: A, body: B"

FAULTS = {
    "a judging word": (
        "call.yaml", "asks:\n" + ASK.replace("It can", "It is guilty"),
        "call.yaml:2:59 judging_word",
    ),
    "no such day": (
        "call.yaml", "dates:\n  - id: a\n    title: A\n    start: 2026-02-30\n",
        "call.yaml:4:5 no_date",
    ),
    "an end before its start": (
        "call.yaml",
        "dates:\n  - {id: a, title: A, start: '2026-03-02', end: '2026-03-01'}\n",
        "call.yaml:2:44 dates_reversed",
    ),
    "times without distance from UTC": (
        "call.yaml", "dates:\n  - {id: a, title: A, start: '2026-03-02T10:00'}\n",
        "call.yaml:2:23 form",
    ),
    "a letter that cites nothing": (
        "call.yaml", LETTER + ", cites: [nobody]}\n", "call.yaml:1:54 unknown_name",
    ),
    "a second recipient": (
        "call.yaml", LETTER + ", mail: 'a@b.example,c@d.example'}\n", "call.yaml:1:46 form",
    ),
    "an address that is a script": (
        "call.yaml",
        "dates:\n  - {id: a, title: A, start: '2026-03-02', url: 'javascript:alert(1)'}\n",
        "call.yaml:2:44 form",
    ),
    "a title that turns direction": (
        "call.yaml", 'share: "a\\u202eb"\n', "call.yaml:1:1 form",
    ),
    "an approval of what is to come": (
        "call.yaml", "approval: {by: A, on: '2026-01-01', checkpoint: 900}\n",
        "call.yaml:1:37 checkpoint_to_come",
    ),
    "an ask twice": ("call.yaml", f"asks:\n{ASK}{ASK}", "call.yaml:3:6 name_twice"),
    "a removal of nothing": (
        "corrections.yaml",
        "corrections:\n  - {id: a, on: '2026-01-01', ground: safety, action: removed, what: W.,"
        " items: [nobody]}\n",
        "corrections.yaml:2:82 unknown_name",
    ),
    "a translation of nothing": (
        "translations/ug.yaml", "by: An office\nclaims: {nobody: {statement: S}}\n",
        "translations/ug.yaml:2:10 translation_of_nothing",
    ),
    "a translation into no language": (
        "translations/Uyghur!.yaml", "by: An office\n", "translations/Uyghur!.yaml:0:0 file_name",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    file, text, told = FAULTS[name]
    workspace = make_workspace(tmp_path / "work")
    folder = workspace.cases_folder / "lakeside"
    (folder / "translations").mkdir(parents=True)
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / file).write_text(text, encoding="utf-8")
    ledger = open_ledger(workspace, keys=tmp_path / "keys")
    faults = check_case(ledger, read_draft(folder)).faults
    found = [f"{each.file}:{each.line}:{each.column} {each.code}" for each in faults
             if each.severity == "error"]  # fmt: skip
    assert found == [told]
