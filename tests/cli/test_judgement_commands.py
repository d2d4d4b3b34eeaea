"""Judging as a reviewer meets it: keys, commands, a workbook given back, and the next screening."""

import csv
import json
import os
import select
import shutil
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from answerable import story
from answerable.engine.workspace import open_workspace
from tests.cli.conftest import Ran, Run

NAMES = {
    "1": ["Quorbel Foundry Ltd", "扎沃德尼克棉纺厂有限公司"],
    "2": ["Zyxomatic Mills Ltd"],
}
LISTED = [
    entity
    for number, names in NAMES.items()
    for entity in (
        {"id": number, "schema": "Company", "properties": {"name": names, "country": ["cn"]}},
        {"id": f"s{number}", "schema": "Sanction", "properties": {"entity": [number]}},
    )
]
SUPPLIERS = (
    "Supplier,Country\nQuorbel Foundry Limited,cn\nZyxomatic Mills Limited,cn\nHollow Bakery,gb\n"
)


@pytest.fixture(scope="session")
def made_review(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    lines = folder / "test.ftm.json"
    lines.write_text("".join(json.dumps(each) + "\n" for each in LISTED), "utf-8")
    story.collect(story.init(folder / "work"), "test", [str(lines)])
    return folder / "work"


@pytest.fixture
def work(made_review: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made_review, tmp_path / "work")


def screen(run: Run, *more: str, rows: str = SUPPLIERS) -> list[dict[str, Any]]:
    ran = run("screen", "-", "--out", "-", *more, "-w", "work", given=rows.encode())
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def ask(run: Run, *words: str, given: str = "") -> Ran:
    return run(*words, "-w", "work", given=given.encode())


def test_a_review_by_keys_counts_in_the_next_screening(run: Run, work: Path) -> None:
    assert [each["status"] for each in screen(run)] == ["match", "match", "none_found"]
    ran = ask(run, "review", given="x\ns register number\nd\nanother town\n")
    assert ran.returncode == 0
    assert "Kept: same." in ran.stderr
    assert "Why different?" in ran.stderr
    assert "2 judgements kept." in ran.stderr
    assert "says nothing about wrongdoing" in " ".join(ran.stderr.split())
    assert max(map(len, ran.stderr.splitlines())) <= 80
    first, second, third = screen(run)
    assert [each["status"] for each in (first, second, third)] == [
        "confirmed",
        "none_found",
        "none_found",
    ]
    assert second["exposure"] == []
    assert second["matches"][0]["judgement"]["why"] == "another town"
    assert "Everything is judged" in ask(run, "review").stderr


def test_a_review_goes_on_where_it_was_left(run: Run, work: Path) -> None:
    screen(run)
    assert "2 matches to judge." in ask(run, "review", given="s a\nq\n").stderr
    left = ask(run, "review", given="w\n?\nu not sure yet\n").stderr
    assert "1 match to judge." in left
    assert "starting point" in left, "w tells every reason"
    assert "A capital (S, D, U)" in left
    assert "1 match to judge." in ask(run, "review").stderr, "unsure stays in the queue"
    shown = ask(run, "review", "--again", given="k\n").stderr
    assert "2 matches to judge." in shown
    assert "judged not to be told yet" in " ".join(shown.split())


def test_without_a_reason_nothing_is_judged(run: Run, work: Path) -> None:
    [finding, *_] = screen(run)
    assert "Nothing was judged: a reason is needed" in ask(run, "review", given="s\n\nq\n").stderr
    ran = ask(run, "judge", finding["id"], "same")
    assert ran.returncode == 2
    assert "no reason is given" in ran.stderr
    assert story.list_judgements(open_workspace(work)) == []


def test_judge_withdraw_and_judge_anew(run: Run, work: Path) -> None:
    finding = screen(run)[0]["id"]
    made = ask(run, "judge", finding.lower().replace("-", ""), "different", "--why", "a")
    assert made.returncode == 0
    assert screen(run)[0]["status"] == "none_found"
    assert ask(run, "judge", finding, "same", "--why", "b").returncode == 0
    assert screen(run)[0]["status"] == "confirmed"
    ran = ask(run, "judge", finding, "--withdraw", "--why", "mistaken")
    assert "does not come back" in ran.stderr
    [after, *_] = screen(run)
    assert (after["status"], after["matches"][0]["judgement"]) == ("match", None)
    assert ask(run, "judge", finding, "--withdraw", "--why", "x").returncode == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["judge"], "Give a finding and same, different or unsure"),
        (["judge", "F0000", "same", "--why", "x"], "check character does not fit"),
        (["judge", "{id}", "perhaps", "--why", "x"], "is no verdict"),
        (["judge", "{id}", "same", "--why", "x", "--match", "test:9"], "there is none"),
        (["judge", "{id}", "same", "--why", "x", "--until", "2020-01-01"], "has passed"),
        (["judge", "{id}", "same", "--why", "x", "--until", "soon"], "is no day"),
        (["judge", "{id}", "same", "--why", "x" * 20_001], "over 20,000 characters"),
        (["judge", "FYG3-SB7J-3", "same", "--why", "x"], "no screening that is kept here"),
        (["judge", "{id}", "--from", "x.csv"], "leave out finding"),
        (["judge", "--from", "missing.csv"], "There is no file"),
        (["review", "2001"], "none is kept here under that id"),
        (["resolve", "{id}", "--why", "x"], "no wording is given"),
        (["resolve", "{id}", "--as", "keep"], "no reason is given"),
        (["resolve", "{id}", "--withdraw", "--why", "x"], "none stands"),
    ],
    ids=lambda each: " ".join(each)[:40] if isinstance(each, list) else None,
)
def test_bad_use_says_what_to_do(run: Run, work: Path, words: list[str], says: str) -> None:
    finding = screen(run)[0]["id"]
    ran = ask(run, *(each.format(id=finding) for each in words))
    assert ran.returncode == 2
    assert says in " ".join(ran.stderr.split())


def test_what_is_resolved_is_kept_and_taken_back(run: Run, work: Path) -> None:
    finding = screen(run)[0]["id"]
    more = ("--condition", "names its factories", "--next-review", "2099-03-01")
    ran = ask(run, "resolve", finding, "--as", "keep", "--why", "sole source", *more)
    assert "on condition: names its factories" in ran.stderr
    [kept] = story.list_resolutions(open_workspace(work), finding)
    assert (kept.resolution, kept.next_review) == ("keep", "2099-03-01")
    assert screen(run)[0]["status"] == "match", "a resolution changes no status"
    ask(run, "resolve", finding, "--withdraw", "--why", "mistaken")
    [taken] = story.list_resolutions(open_workspace(work), finding)
    assert taken.withdrawal is not None


def fill(data: bytes, sheet: str, verdicts: dict[int, tuple[str, str]]) -> bytes:
    book = openpyxl.load_workbook(BytesIO(data))
    tab = book[sheet]
    head = next(
        row
        for row in tab.iter_rows(max_row=5)
        if any(str(c.value).lower().endswith("verdict") for c in row)
    )
    place: dict[str, int] = {
        str(cell.value).replace("answerable: ", "").lower(): number
        for number, cell in enumerate(head, 1)
    }
    for row, (verdict, why) in verdicts.items():
        tab.cell(row, place["verdict"]).value = verdict
        tab.cell(row, place["why"]).value = why
    file = BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(("sheet", "first"), [("Findings", 4), ("Suppliers", 2)])
def test_a_workbook_given_back_is_filed_once(run: Run, work: Path, sheet: str, first: int) -> None:
    screen(run, "--out", "r.xlsx")
    verdicts = {first: ("Different", "another town"), first + 1: ("maybe", "x")}
    Path("back.xlsx").write_bytes(fill(Path("r.xlsx").read_bytes(), sheet, verdicts))
    dry = ask(run, "judge", "--from", "back.xlsx", "--dry-run")
    assert "1 new verdict found, nothing filed (dry run)" in dry.stderr
    assert story.list_judgements(open_workspace(work)) == []
    ran = ask(run, "judge", "--from", "back.xlsx")
    assert ran.returncode == 1, "an odd verdict is told by the exit code, too"
    assert f"sheet {sheet}, row {first + 1}: " in ran.stderr
    assert "'maybe' is no verdict" in ran.stderr
    again = ask(run, "judge", "--from", "back.xlsx")
    assert "0 new verdicts filed; 1 said already; 1 problem." in again.stderr
    [judged] = story.list_judgements(open_workspace(work))
    assert (judged.verdict, judged.why) == ("different", "another town")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_a_screening_printed_is_nobodys_new_judgement(
    run: Run, work: Path, ending: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    finding = screen(run)[0]["id"]
    ask(run, "judge", finding, "same", "--why", "-1 for the town; but the number agrees")
    screen(run, "--out", f"r.{ending}")
    monkeypatch.setenv("ANSWERABLE_KEYS", str(tmp_path / "another"))
    ran = ask(run, "judge", "--from", f"r.{ending}")
    assert ran.returncode == 0
    assert "0 new verdicts filed" in ran.stderr


def test_rows_that_contradict_each_other_are_both_left_out(run: Run, work: Path) -> None:
    finding = screen(run)[0]["id"]
    rows = [["Finding", "Verdict", "Why"], [finding, "same", "a"], [finding, "different", "b"]]
    text = StringIO()
    csv.writer(text).writerows(rows)
    ran = ask(run, "judge", "--from", "-", given=text.getvalue())
    assert (ran.returncode, ran.stderr.count("none of them was taken")) == (1, 2)
    assert story.list_judgements(open_workspace(work)) == []


def test_outputs_tell_who_judged_what_and_why(run: Run, work: Path) -> None:
    toml = work / "answerable.toml"
    toml.write_text(toml.read_text().replace('name = ""', 'name = "A. Reviewer"'))
    screen(run)
    ask(run, "review", given="s the <b>register</b>\nd another town\n")
    screen(run, "--out", "r.csv", "--out", "r.html", "--out", "r.xlsx")
    rows = list(csv.DictReader(Path("r.csv").read_text("utf-8-sig").splitlines()))
    told = [(each["answerable: verdict"], each["answerable: judged by"]) for each in rows]
    assert told == [("same", "A. Reviewer"), ("different", "A. Reviewer"), ("", "")]
    page = Path("r.html").read_text()
    assert "the &lt;b&gt;register&lt;/b&gt;" in page
    assert "Judged to be another company" in page
    tab = openpyxl.load_workbook("r.xlsx")["Findings"]
    assert [tab.cell(row, 4).value for row in (4, 5)] == [
        "confirmed by an identifier or a person",
        "judged another company",
    ]
    assert tab.data_validations.dataValidation[0].formula1 == '"same,different,unsure"'


def test_her_own_workbook_has_the_drop_down(run: Run, work: Path) -> None:
    book = openpyxl.Workbook()
    for line in SUPPLIERS.splitlines():
        book.active.append(line.split(","))  # type: ignore[union-attr]
    book.save("hers.xlsx")
    ran = ask(run, "screen", "hers.xlsx", "--out", "answered.xlsx")
    assert ran.returncode == 0
    tab = openpyxl.load_workbook("answered.xlsx")["Findings"]
    [choice] = tab.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"same,different,unsure"', "N4:N5")
    back = fill(Path("answered.xlsx").read_bytes(), "Sheet", {2: ("different", "another town")})
    Path("back.xlsx").write_bytes(back)
    assert "1 new verdict filed" in ask(run, "judge", "--from", "back.xlsx").stderr


def test_a_second_reviewer_is_asked_for(
    run: Run, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = work / "answerable.toml"
    toml.write_text(toml.read_text().replace("second = false", "second = true"))
    finding = screen(run)[0]["id"]
    assert "waits for a reviewer" in ask(run, "judge", finding, "same", "--why", "a").stderr
    assert screen(run)[0]["matches"][0]["judgement"]["state"] == "awaiting_second"
    assert "1 match to judge." in ask(run, "review").stderr, "not again by the one who judged"
    monkeypatch.setenv("ANSWERABLE_KEYS", str(tmp_path / "another"))
    assert "agreed with" in ask(run, "judge", finding, "same", "--why", "b").stderr
    assert screen(run)[0]["status"] == "confirmed"


def test_a_changed_row_is_open_again_and_the_terminal_says_so(run: Run, work: Path) -> None:
    finding = screen(run)[0]["id"]
    ask(run, "judge", finding, "different", "--why", "another country")
    rows = SUPPLIERS.replace("Limited,cn", "Limited,gb", 1)
    ran = run("screen", "-", "--out", "-", "-w", "work", given=rows.encode())
    first = json.loads(ran.stdout.splitlines()[0])
    assert first["matches"][0]["judgement"]["changed"] == ["The row: country was cn, is gb."]
    assert "1  judgement: open again" in ran.stderr
    assert "country was cn, is gb" in " ".join(ask(run, "review", given="q\n").stderr.split())


def test_the_whole_chain_verifies_with_judgements(run: Run, work: Path) -> None:
    screen(run)
    ask(run, "review", given="s a\nu b\n")
    ran = run("verify", "work")
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="this system has no pseudo-terminals")
def test_at_a_terminal_one_key_is_enough_and_ctrl_c_loses_nothing(run: Run, work: Path) -> None:
    import fcntl
    import pty
    import termios

    screen(run)
    terminal, end = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "answerable", "review", "-w", "work"],
        stdin=end,
        stdout=end,
        stderr=end,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        env={**os.environ, "COLUMNS": "80", "TERM": "dumb"},
    )
    os.close(end)
    seen = bytearray()
    for prompt, keys in (
        (b"[q]uit", b"\x1b[As"),
        (b"Why same?", b"the number\n"),
        (b"2 of 2", b""),
        (b"[q]uit", b"\x03"),
        (b"Stopped.", b""),
    ):
        read_past(terminal, prompt, seen)
        os.write(terminal, keys)
    assert child.wait(10) == 130
    [judged] = story.list_judgements(open_workspace(work))
    assert (judged.verdict, judged.why) == ("same", "the number")


def read_past(terminal: int, wanted: bytes, seen: bytearray) -> None:
    """Read up to some words, and keep what came behind them."""
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, f"{wanted!r} never came after {bytes(seen)!r}"
        seen += os.read(terminal, 4_096)
    del seen[: seen.index(wanted) + len(wanted)]


def test_hostile_reasons_come_out_inert(run: Run, work: Path) -> None:
    screen(run)
    ran = run(
        "review", "-w", "work", given=b"s \x1b[2J\xff\n" + b"d " + b"x" * 20_001 + b"\nd =1+1\n"
    )
    assert "over 20,000 characters" in " ".join(ran.stderr.split())
    assert "2 judgements kept." in ran.stderr
    kept = [each.why for each in story.list_judgements(open_workspace(work))]
    assert kept == ["\x1b[2J\ufffd", "=1+1"]
    screened = run("screen", "-", "--out", "r.csv", "-w", "work", given=SUPPLIERS.encode())
    assert "\x1b" not in screened.stderr
    cells = [
        each for row in csv.reader(StringIO(Path("r.csv").read_text("utf-8-sig"))) for each in row
    ]
    assert "'=1+1" in cells
    assert not [each for each in cells if each.startswith("=") or "\x1b" in each]
