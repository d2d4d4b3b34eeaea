"""Whoever matches, the same findings: byte for byte, in one process, in helpers, on a cluster."""

import shutil
import sys
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from answerable import story
from answerable.cli import commands
from answerable.engine.runners import run_batches
from answerable.engine.spark import run_batches_on_spark
from answerable.engine.spark_sessions import open_session
from answerable.engine.workspace import Workspace
from answerable.errors import EngineMissing, OutputUnwritable, UsageError
from answerable.exposure.suppliers.reading import read_suppliers
from answerable.lists.selection import select_companies
from answerable.matching import matches
from answerable.matching.index_store import keep_index
from answerable.matching.kernel import match_kept, write_matches
from answerable.matching.matches import SupplierMatches
from answerable.story import screenings
from answerable.story.example import lay_out_invented
from tests.spark import lay_out_home, needs_spark

EXAMPLE = files("answerable.exposure").joinpath("example", "demo_suppliers.csv")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    home = story.init(tmp_path_factory.mktemp("made") / "work")
    story.collect_all(home, ["shipped"])
    lay_out_invented(home)  # owners that are on no list: a second index
    return home


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deal the 500 rows of the example out in 13 batches."""
    monkeypatch.setattr(matches, "BATCH", 40)


def test_an_engine_that_is_not_known_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="local, spark, not 'flink'"):
        story.screen(workspace, EXAMPLE.read_bytes(), engine="flink")


def test_what_spark_needs_is_said_before_any_work(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    with pytest.raises(EngineMissing):
        story.screen(workspace, b"", engine="spark")
    words = ["answerable", "screen", "none.csv", "--engine", "spark", "-w", str(workspace.root)]
    monkeypatch.setattr("sys.argv", words)
    with pytest.raises(SystemExit) as stop:
        commands.run()
    assert stop.value.code == 2
    assert "answerable[spark]" in capsys.readouterr().err


@needs_spark
@pytest.mark.usefixtures("small_batches")
def test_spark_gives_the_same_matches_however_they_are_dealt_out(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    suppliers = read_suppliers(EXAMPLE.read_bytes()).suppliers
    coverage = select_companies(workspace, date(2026, 1, 1)).coverage
    monkeypatch.chdir(workspace.root)
    index = keep_index(workspace, coverage).relative_to(Path.cwd())

    def match(**how: Any) -> list[SupplierMatches]:
        return list(match_kept(suppliers, index, threshold=0.5, **how))

    expected = write_matches(match(helpers=0))
    assert sum(map(len, expected.column(0).to_pylist())) > 5
    assert write_matches(match(run=partial(run_batches, helpers=2))) == expected
    with open_session("local[2,4]"):
        for partitions in (1, 2, 7):
            run = partial(run_batches_on_spark, partitions=partitions)
            assert write_matches(match(run=run)) == expected


@needs_spark
@pytest.mark.usefixtures("small_batches")
def test_a_cluster_gives_the_same_findings(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lay_out_home(tmp_path)
    monkeypatch.setenv("SPARK_HOME", str(tmp_path))
    monkeypatch.setenv("ANSWERABLE_SPARK_MASTER", "local-cluster[2,1,1024]")
    screen = partial(story.screen, workspace, EXAMPLE.read_bytes(), as_of=date(2026, 1, 1))
    kept = read_folder(screen().folder)
    workspace.screenings_folder.rename(tmp_path / "screenings")
    assert read_folder(screen(engine="spark").folder) == kept
    assert len(list(workspace.build_folder.rglob("index/*/held/*"))) == 1
    assert set(kept) == {"findings.jsonl", "manifest.json"}


def read_folder(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@needs_spark
def test_spark_needs_an_index_that_is_kept(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> Path:
        raise OutputUnwritable("build", "no space left")

    monkeypatch.setattr(screenings, "keep_index", refuse)
    with pytest.raises(OutputUnwritable):
        story.screen(workspace, EXAMPLE.read_bytes(), engine="spark")
    assert story.screen(workspace, EXAMPLE.read_bytes()).screening.findings


def test_where_a_second_index_cannot_be_kept_this_process_works_alone(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = partial(story.screen, workspace, EXAMPLE.read_bytes(), as_of=date(2026, 1, 2))
    monkeypatch.setattr(screenings, "WORTH_HELP", 1)
    kept = screen().folder
    assert len(list(workspace.build_folder.rglob("index/*/held/*"))) == 1
    files = read_folder(kept)
    shutil.rmtree(kept)
    refused: list[object] = []

    def refuse(*asked: object) -> Path:
        refused.append(asked)
        raise OutputUnwritable("build", "no space left")

    monkeypatch.setattr(screenings, "keep_held", refuse)
    assert read_folder(screen().folder) == files
    assert len(refused) == 1
