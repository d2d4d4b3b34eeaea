"""Searching captures: what is found, what stays out, and what an index survives."""

import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace, open_workspace
from answerable.evidence.capture_records import keep_part, list_captures, seal_capture
from answerable.evidence.custody import note_custody
from answerable.evidence.search.index import Found, search_texts
from answerable.evidence.search.tables import index_path, update_index
from answerable.evidence.texts.sealed import keep_text
from answerable.evidence.texts.text import Page, Text
from answerable.ledger.disk import Disk
from answerable.ledger.log import Ledger, open_ledger
from answerable.ledger.objects import erase_object, object_path
from answerable.model.capture import Capture

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
AT = "2026-11-24T12:00:00Z"


class Unsynced(Disk):
    """A disk that waits for nothing, for many captures in a moment."""

    def sync(self, descriptor: int) -> None: ...

    def sync_folder(self, folder: Path) -> None: ...


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    workspace = make_workspace(tmp_path / "work", id_key="0" * 32)
    return open_ledger(workspace, keys=tmp_path / "keys", clock=lambda: NOON, disk=Unsynced())


def add(
    ledger: Ledger,
    body: str,
    *,
    title: str | None = None,
    case: str = "lake",
    private: bool = False,
    pages: tuple[Page, ...] = (),
) -> Capture:
    part = keep_part(ledger, "original", body.encode(), "text/plain", private=private)
    url = "https://lake.example/"
    capture = Capture("", case, url, AT, "file", (part,), title=title, private=private)
    sealed = seal_capture(ledger, "source.collect", capture)
    return keep_text(ledger, sealed, part, Text(body, pages, language="en", tool="test 1"))


def names(found: list[Found]) -> list[str]:
    return [each.capture for each in found]


SCRIPTS = [
    ("two signs", "新河市公安局表示湖很深。", "公安"),
    ("three", "新河市公安局表示湖很深。", "公安局"),
    ("one", "新河市公安局表示湖很深。", "湖"),
    ("simplified for traditional", "湖邊技術有限公司", "湖边技术"),
    ("traditional for simplified", "湖边技术有限公司", "湖邊"),
    ("Uyghur", "ئۇيغۇر تىلىدىكى بىر قۇر سۆز", "تىلىدىكى"),
    ("the beginning of a Uyghur word", "ئۇيغۇر تىلىدىكى بىر قۇر سۆز", "تىلى*"),
    ("Arabic in presentation forms", "ﺷﺮﻛﺔ ﺍﻟﺒﺤﻴﺮﺓ", "شركة"),
    ("Arabic with vowel signs", "شَرِكَة البحيرة", "شركة"),
    ("Cyrillic", "Компания на Озере", "озере"),
    ("Hangul within a word", "호수가회사는 계약을", "회사"),
    ("Thai within a sentence", "บริษัทริมทะเลสาบลงนามในสัญญา", "ทะเลสาบ"),
    ("Latin with accents", "Société du Lac", "societe"),
    ("full width", "ＬＡＫＥ", "lake"),
    ("with signs without width", "la\u200bke", "lake"),
    ("broken at a line's end", "the surveil- lance unit", "surveillance"),
    ("a phrase", "said that the lake is deep", '"the lake is"'),
    ("words in any order", "said that the lake is deep", "deep lake"),
]


@pytest.mark.parametrize(("why", "body", "words"), SCRIPTS, ids=[case[0] for case in SCRIPTS])
def test_what_is_found(ledger: Ledger, why: str, body: str, words: str) -> None:
    add(ledger, "Quite another text. 安公 另外")
    made = add(ledger, body)
    [found] = search_texts(ledger, words)
    assert found.capture == made.id
    assert found.excerpt.text in body


def test_a_finding_says_where(ledger: Ledger) -> None:
    pages = (Page(1, 0, 5), Page(2, 6, 20))
    made = add(ledger, "First lakeside words.", title="A list", pages=pages)
    [found] = search_texts(ledger, "lakeside")
    assert found == Found(
        capture=made.id,
        case="lake",
        title="A list",
        url="https://lake.example/",
        captured_at=AT,
        excerpt=found.excerpt,
        page=2,
        language="en",
    )
    assert found.excerpt.marks == ((6, 14),)
    assert names(search_texts(ledger, "list")) == [made.id]


def test_cases_order_and_number(ledger: Ledger) -> None:
    rare = add(ledger, "lake lake lake")
    other = add(ledger, "lake " + "word " * 200, case="mill")
    assert names(search_texts(ledger, "lake")) == [rare.id, other.id]
    assert names(search_texts(ledger, "lake", case="mill")) == [other.id]
    assert search_texts(ledger, "lake", case="none") == []
    assert len(search_texts(ledger, "lake", most=1)) == 1


def test_what_is_new_is_found_at_once(ledger: Ledger) -> None:
    assert search_texts(ledger, "lake") == []
    add(ledger, "the lake")
    assert len(search_texts(ledger, "lake")) == 1
    add(ledger, "the lake again")
    assert len(search_texts(ledger, "lake")) == 2


def test_a_newer_text_takes_the_place_of_the_older(ledger: Ledger) -> None:
    made = add(ledger, "the tangerine")
    assert len(search_texts(ledger, "tangerine")) == 1
    keep_text(ledger, made, made.original, Text("the lake", tool="test 2"))
    assert search_texts(ledger, "tangerine") == []
    assert names(search_texts(ledger, "lake")) == [made.id]


def test_private_texts_stay_out_until_a_person_marks_them(ledger: Ledger) -> None:
    made = add(ledger, "the tangerine ledger", title="tangerine", private=True)
    assert search_texts(ledger, "tangerine") == []
    assert b"tangerine" not in index_path(ledger).read_bytes()
    note_custody(ledger, made.id, "unlock", by="Ada Example", reason="checked for names")
    [found] = search_texts(ledger, "tangerine")
    assert found.private
    assert found.excerpt.text == "the tangerine ledger"


def test_the_words_of_an_erased_text_leave_the_index(ledger: Ledger) -> None:
    made = add(ledger, "the tangerine ledger")
    add(ledger, "the lake")
    assert len(search_texts(ledger, "tangerine")) == 1
    text = made.part("text")
    assert text is not None
    erase_object(ledger.store, text.object)
    assert search_texts(ledger, "tangerine")[0].excerpt.text == ""
    add(ledger, "another")  # the deed of erasing stands in the log too
    assert search_texts(ledger, "tangerine") == []
    assert b"tangerine" not in index_path(ledger).read_bytes()
    assert len(search_texts(ledger, "lake")) == 1


def test_a_damaged_text_is_named_without_its_words(ledger: Ledger) -> None:
    made = add(ledger, "the lake")
    search_texts(ledger, "lake")
    text = made.part("text")
    assert text is not None
    path = object_path(ledger.store, text.object)
    path.chmod(0o600)
    path.write_bytes(b"the mill")
    [found] = search_texts(ledger, "lake")
    assert (found.capture, found.excerpt.text) == (made.id, "")


DAMAGE = [b"", b"no database at all" * 300, None]


@pytest.mark.parametrize("content", DAMAGE, ids=["empty", "something else", "cut short"])
def test_an_index_that_is_damaged_is_made_anew(ledger: Ledger, content: bytes | None) -> None:
    made = [add(ledger, f"the lake {number}") for number in range(5)]
    path = update_index(ledger)
    path.write_bytes(path.read_bytes()[:5_000] if content is None else content)
    assert {*names(search_texts(ledger, "lake"))} == {each.id for each in made}


def test_an_index_of_another_version_is_made_anew(ledger: Ledger) -> None:
    made = add(ledger, "the lake")
    path = update_index(ledger)
    with sqlite3.connect(path) as index:
        index.execute("PRAGMA user_version = 99")
    index.close()
    assert names(search_texts(ledger, "lake")) == [made.id]


def test_the_index_may_be_deleted(ledger: Ledger) -> None:
    add(ledger, "the lake")
    update_index(ledger).unlink()
    assert len(search_texts(ledger, "lake")) == 1


def test_two_programs_may_search_at_once(ledger: Ledger) -> None:
    for number in range(20):
        add(ledger, f"the lake {number}")
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(len(search_texts(ledger, "lake", most=50))))
        for _ in range(4)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert counts == [20] * 4


KILLED = """
import os, sys
from pathlib import Path
from answerable.engine.workspace import open_workspace
from answerable.evidence.search.tables import update_index
from answerable.ledger.log import open_ledger
folder, at = Path(sys.argv[1]), int(sys.argv[2])
ledger = open_ledger(open_workspace(folder / "work"), keys=folder / "keys")
update_index(ledger, tell=lambda number, most: os.kill(os.getpid(), 9) if number == at else None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_killed_while_it_is_made_the_index_is_whole_the_next_time(
    ledger: Ledger, tmp_path: Path
) -> None:
    made = {add(ledger, f"the lake {number}").id for number in range(6)}
    for at in (0, 3, 5):
        done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(at)])
        assert done.returncode == -9
    assert {*names(search_texts(ledger, "lake"))} == made
    assert len(list_captures(ledger)) == 6


@pytest.mark.slow
def test_ten_thousand_captures_are_searched_in_no_time(tmp_path: Path) -> None:
    """50 ms is the aim on a quiet machine; the bound leaves room for noise."""
    make_workspace(tmp_path / "work", id_key="0" * 32)
    ledger = open_ledger(open_workspace(tmp_path / "work"), keys=tmp_path / "keys", disk=Unsynced())
    for number in range(10_000):
        words = " ".join(f"w{number * 31 % 997 + place}" for place in range(200))
        add(ledger, f"{words} 新河市公安局{number} the lake" if number % 3 else words)
    search_texts(ledger, "lake")
    for asked in ("公安", "lake", "the lake", '"公安局 1"', "w100*"):
        started = time.perf_counter()
        assert search_texts(ledger, asked)
        assert time.perf_counter() - started < 0.3, asked
