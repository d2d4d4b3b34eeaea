"""The command line as its users meet it: exit codes, stdout, stderr, never a traceback."""

import json
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from answerable import story
from tests.cli.conftest import Run


@pytest.fixture(scope="session")
def made_workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "work"
    story.collect(story.init(folder), "us_bis_entity_list", ["shipped"])
    return folder


@pytest.fixture
def workspace(made_workspace: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_workspace, tmp_path / "work")


SUPPLIERS = b"Supplier,Country\nHuawei Technologies (UK) Co Ltd,GB\nQuorbel Bakery,GB\n"


def test_findings_go_to_stdout_and_talk_to_stderr(run: Run, workspace: Path) -> None:
    ran = run("screen", "-", "--out", "-", "-w", str(workspace), given=SUPPLIERS)
    assert ran.returncode == 0
    findings = [json.loads(line) for line in ran.stdout.splitlines()]
    assert [each["status"] for each in findings] == ["match", "none_found"]
    assert "name match, to be confirmed" in ran.stderr
    assert "Not searched" in ran.stderr


@pytest.mark.parametrize(
    ("status", "code"), [("confirmed", 0), ("match", 1), ("possible", 1), ("unreadable", 0)]
)
def test_fail_on_sets_the_exit_code(run: Run, workspace: Path, status: str, code: int) -> None:
    ran = run("screen", "-", "--fail-on", status, "-w", str(workspace), given=SUPPLIERS)
    assert ran.returncode == code


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["screen", "missing.csv"], "There is no file missing.csv"),
        (["screen", "-", "--out", "answer.docx"], "ending says nothing"),
        (["screen", "-", "--as-of", "yesterday"], "is no day"),
        (["screen", "-", "--threshold", "1.5"], "at most 1"),
        (["screen", "-", "--lists", "no_such_list"], "No list is called 'no_such_list'"),
        (["screen", "-", "--fail-on", "guilty"], "--fail-on takes one of"),
        (["screen", "-", "--columns", "nonsense"], "FIELD=HEADING"),
        (["screen", "-", "--columns", "name=No such heading"], "No such heading"),
        (["screen", "-", "--as-of", "2000-01-01", "--lists", "us_bis_entity_list"], "no edition"),
        (["collect", "no_such_list"], "No list is called"),
        (["collect", "us_fcc_covered_list"], "--from FILE"),
        (["collect", "us_bis_entity_list", "--from", "missing.csv"], "There is no file"),
        (["compare", "one", "two", "three"], "Give one or two names"),
        (["compare", "one", "two", "--country1", "Ruritania"], "is no country"),
        (["compare", "--pairs", "missing.csv"], "There is no file"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else None,
)
def test_bad_use_is_said_in_a_sentence_and_exits_with_2(
    run: Run, workspace: Path, words: list[str], says: str
) -> None:
    where = ["-w", str(workspace)] if words[0] != "compare" else []
    ran = run(*words, *where, given=SUPPLIERS)
    assert ran.returncode == 2
    assert says in " ".join(ran.stderr.split())
    assert ran.stdout == ""


def test_without_a_workspace_the_way_to_one_is_said(run: Run) -> None:
    ran = run("lists")
    assert ran.returncode == 2
    assert "answerable init" in ran.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\x00\x01\x02\x03\xff\xfe\xfd" * 100, "cannot be read"),
        (b"PK\x03\x04 broken", "cannot be read"),
        (b"<?xml version='1.0'?><broken", "cannot be read"),
        (b'{"releases": [', "cannot be read"),
    ],
    ids=["empty", "binary", "truncated workbook", "XML", "cut JSON"],
)
def test_a_file_that_is_no_table_exits_with_2(
    run: Run, workspace: Path, data: bytes, says: str
) -> None:
    ran = run("screen", "-", "-w", str(workspace), given=data)
    assert ran.returncode == 2
    assert says in ran.stderr


def test_a_header_without_rows_is_a_screening_without_findings(run: Run, workspace: Path) -> None:
    ran = run("screen", "-", "--out", "-", "-w", str(workspace), given=b"Supplier,Country\n")
    assert ran.returncode == 0
    assert ran.stdout == ""


def test_signs_that_steer_a_terminal_are_not_written(run: Run, workspace: Path) -> None:
    given = "Supplier\nHuawei\x1b[2J Technologies (UK) \u202e Co Ltd\n".encode()
    ran = run("screen", "-", "-w", str(workspace), given=given)
    assert ran.returncode == 0
    assert "\x1b[2J" not in ran.stderr
    assert "\u202e" not in ran.stderr


def test_the_same_inputs_give_the_same_bytes(run: Run, workspace: Path, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        outs = [
            word
            for ending in ("jsonl", "csv", "xlsx", "html", "ftm.json")
            for word in ("--out", f"{folder}/answer.{ending}")
        ]
        ran = run("screen", "-", *outs, "-w", str(workspace), given=SUPPLIERS)
        assert ran.returncode == 0, ran.stderr
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name
    assert len(list((workspace / "screenings").iterdir())) == 1


def test_pairs_keep_their_columns_and_get_three_more(run: Run) -> None:
    given = (
        b"id,name1,name2,country1,note\n"
        b'7,Zyxomatic Mills Ltd,ZYXOMATIC MILLS LIMITED,United Kingdom,"a, b"\n'
        b"8,Zyxomatic Mills,Quorbel Mills,,\n"
    )
    ran = run("compare", "--pairs", "-", "--out", "-", given=given)
    assert ran.returncode == 0
    head, same, other = ran.stdout.splitlines()
    assert head == "id,name1,name2,country1,note,probability,same,explanation"
    assert same.startswith('7,Zyxomatic Mills Ltd,ZYXOMATIC MILLS LIMITED,United Kingdom,"a, b",')
    assert ",1," in same
    assert ",0," in other


def test_pairs_without_the_two_columns_are_told_what_to_do(run: Run) -> None:
    ran = run("compare", "--pairs", "-", "--out", "-", given=b"one,two\nZyxomatic,Quorbel\n")
    assert ran.returncode == 2
    assert "headings name1 and name2" in " ".join(ran.stderr.split())
    assert "--columns" not in ran.stderr


def test_one_name_is_looked_up_in_the_lists(run: Run, workspace: Path) -> None:
    ran = run("compare", "Huawei Bakery (UK) Ltd", "-w", str(workspace))
    assert ran.returncode == 0
    assert "Nearest to Huawei Bakery (UK) Ltd in BIS Entity List 2025-11-08" in ran.stdout
    assert "bakery stands only in the first name" in ran.stdout


def test_all_shipped_lists_are_collected_at_once(run: Run, tmp_path: Path) -> None:
    run("init", "all")
    ran = run("collect", "all", "--from", "shipped", "-w", "all")
    assert ran.returncode == 0
    assert ran.stderr.count("is collected") == 4
    assert run("collect", "all", "--from", "file.csv", "-w", "all").returncode == 2


def test_a_day_that_nothing_tells_is_said_to_be_todays(run: Run, workspace: Path) -> None:
    (workspace / "entities.json").write_text(
        '{"id": "x1", "schema": "Company", "properties": {"name": ["Zyxomatic Mills"]}}\n'
    )
    ran = run("collect", "my_entities", "--from", "work/entities.json", "-w", "work")
    assert ran.returncode == 0
    assert "today's was taken" in ran.stderr


def test_help_names_the_words_and_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.returncode == 0
    for name in ("init", "collect", "lists", "screen", "compare", "demo"):
        assert f"  {name} " in ran.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("after", [0.6, 0.9, 1.3])
def test_kill_9_in_the_middle_of_a_screening_leaves_nothing_half_written(
    workspace: Path, after: float
) -> None:
    suppliers = workspace / "suppliers.csv"
    suppliers.write_text("Supplier\n" + "\n".join(f"Zyxomatic {n} Ltd" for n in range(30_000)))
    process = subprocess.Popen(
        [sys.executable, "-m", "answerable", "screen", "suppliers.csv", "--out", "answer.csv"],
        cwd=workspace,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=30)
    answer = workspace / "answer.csv"
    assert not answer.exists() or answer.read_bytes().count(b"\n") == 30_001
    for folder in (workspace / "screenings").iterdir():
        whole = {each.name for each in folder.iterdir()} == {"findings.jsonl", "manifest.json"}
        assert folder.name.endswith(".part") or whole
