"""`compose` as its users meet it: a dossier in files or on stdout, talk on stderr."""

import json
from pathlib import Path

import pytest

from answerable import story
from tests.cli.conftest import Run

CASE = """\
schema: answerable.case/1
title: Cameras at Lakeside
editors: [The editors of this test]
"""
SOURCES = """\
sources:
  - {key: radio, title: A broadcast, publisher: Radio Example, capture: pending, pending: Not kept.}
"""
CLAIMS = """\
claims:
  - id: broadcast
    claimant: Radio Example
    kind: fact
    about: Quorbel Cotton Mills Ltd
    predicate: operates_at
    object: Lakeside site
    statement: The station says that the company keeps staff at the site.
    modality: reports
    sources: [radio]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    workspace = story.init(tmp_path / "work")
    folder = workspace.cases_folder / "lakeside"
    folder.mkdir(parents=True)
    for name, text in (("case", CASE), ("sources", SOURCES), ("claims", CLAIMS)):
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    [checked] = story.check(workspace, "lakeside", file=True)
    assert checked.filing is not None
    return workspace.root


def test_files_are_written_and_named(run: Run, home: Path, tmp_path: Path) -> None:
    ran = run("compose", "lakeside", "--out", "a.html", "--out", "a.json", "-w", str(home))
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr.startswith("1 claim: 0 answered; 0 with a reply requested; 1 with no reply")
    assert "says nothing about wrongdoing" in ran.stderr
    assert "Written: a.html\nWritten: a.json" in ran.stderr
    assert "none found in our sources" in (tmp_path / "a.html").read_text("utf-8")


def test_a_dash_writes_json_to_stdout(run: Run, home: Path) -> None:
    ran = run("compose", "lakeside", "--out", "-", "-w", str(home))
    dossier = json.loads(ran.stdout)
    assert dossier["schema"] == "answerable.dossier/1"
    assert [each["claimant"]["name"] for each in dossier["claims"]] == ["Radio Example"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["seaside"], "no such case was filed. Give the id of a finding"),
        (["F7K3-Q9XM-2"], "no screening that is kept here has it"),
        (["lakeside", "--out", "a.docx"], "Use one of .html, .pdf, .ftm.json, .json"),
        (["lakeside", "--as-of", "yesterday"], "is no day"),
    ],
)
def test_what_cannot_be_is_told_with_what_to_do(
    run: Run, home: Path, words: list[str], told: str
) -> None:
    ran = run("compose", *words, "-w", str(home))
    assert ran.returncode == 2
    assert told in " ".join(ran.stderr.split())
