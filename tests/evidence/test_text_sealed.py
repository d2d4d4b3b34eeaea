"""Texts of captures: kept, logged, read back; private ones in the vault; broken off anywhere."""

import io
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace, open_workspace
from answerable.errors import TextMissing
from answerable.evidence.archives.wacz import Page, write_wacz
from answerable.evidence.archives.warc import Provenance
from answerable.evidence.capture_records import keep_part, list_captures, read_capture, seal_capture
from answerable.evidence.exchanges import Exchange, Resource
from answerable.evidence.texts import Reader, extract_text
from answerable.evidence.texts.sealed import (
    derive_text,
    derive_texts,
    has_text,
    keep_text,
    read_language,
    read_pages,
    read_problems,
    read_text,
)
from answerable.evidence.texts.text import Text
from answerable.ledger.disk import DISK, Disk
from answerable.ledger.log import Ledger, open_ledger, read_deeds
from answerable.ledger.objects import read_record
from answerable.model.capture import Capture
from tests.evidence.small_pdf import make_pdf, write_lines
from tests.ledger.breaking_disk import BreakingDisk

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
PAGE = "<title>Lakeside</title><p>The lake is deep.<p>新河市公安局表示湖很深。".encode()
LEAKED = "the tangerine ledger lists every shipment"


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    make_workspace(tmp_path / "work", id_key="0" * 32)
    return open_again(tmp_path)


def open_again(folder: Path, disk: Disk = DISK) -> Ledger:
    workspace = open_workspace(folder / "work")
    return open_ledger(workspace, keys=folder / "keys", clock=lambda: NOON, disk=disk)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        yield opened


def seal(ledger: Ledger, data: bytes, media_type: str, *, private: bool = False) -> Capture:
    part = keep_part(ledger, "original", data, media_type, private=private)
    at = "2026-11-24T12:00:00Z"
    capture = Capture("", "lake", "https://lake.example/", at, "file", (part,), private=private)
    return seal_capture(ledger, "source.collect", capture)


def test_a_text_names_its_original_and_its_tool(ledger: Ledger, reader: Reader) -> None:
    capture = seal(ledger, PAGE, "text/html; charset=utf-8")
    made = derive_text(ledger, capture, reader=reader)
    text, pages = made.part("text"), made.part("pages")
    assert text is not None
    assert pages is not None
    assert (text.parent, pages.parent) == (capture.original.object, text.object)
    assert str(text.tool).startswith("lxml ")
    assert read_text(ledger, made) == "The lake is deep. 新河市公安局表示湖很深。"
    assert read_capture(ledger, capture.id) == made
    deeds = [event for event in read_deeds(ledger) if event.act == "source.derive"]
    assert [event.refs for event in deeds] == [{"capture": capture.id}] * 2
    record = read_record(ledger.store, deeds[0].obj).values
    assert (record["schema"], record["rule"]) == ("answerable.derivative/1", "answerable.text/1")


def test_it_is_derived_once(ledger: Ledger, reader: Reader) -> None:
    made = derive_text(ledger, seal(ledger, PAGE, "text/html"), reader=reader)
    assert derive_text(ledger, made, reader=reader) is made
    assert len(derive_text(ledger, made, reader=reader, again=True).parts) == len(made.parts) + 2


def test_pages_language_and_problems_are_told(ledger: Ledger, reader: Reader) -> None:
    pdf = seal(ledger, make_pdf([write_lines("one"), "", write_lines("three")]), "application/pdf")
    made = derive_text(ledger, pdf, reader=reader)
    assert [(page.number, page.start) for page in read_pages(ledger, made)] == [
        (1, 0),
        (2, 3),
        (3, 4),
    ]
    chinese = derive_text(
        ledger, seal(ledger, "新河市公安局".encode("gb18030"), "text/plain"), reader=reader
    )
    assert read_language(ledger, chinese) == "zh"
    assert read_problems(ledger, chinese) == ("encoding_guessed",)


def test_a_capture_without_words_says_why(ledger: Ledger, reader: Reader) -> None:
    capture = seal(ledger, b"%PDF-1.7 broken", "application/pdf")
    with pytest.raises(TextMissing, match="no text yet"):
        read_text(ledger, capture)
    made = derive_text(ledger, capture, reader=reader)
    assert has_text(made)
    with pytest.raises(TextMissing, match="damaged"):
        read_text(ledger, made)


def test_a_private_text_is_nowhere_in_the_open(
    ledger: Ledger, reader: Reader, tmp_path: Path
) -> None:
    capture = seal(ledger, LEAKED.encode(), "text/plain", private=True)
    made = derive_text(ledger, capture, reader=reader)
    assert read_text(ledger, made) == LEAKED
    assert read_capture(ledger, capture.id) == made
    for path in (tmp_path / "work").rglob("*"):
        if path.is_file():
            assert LEAKED.encode() not in path.read_bytes(), path
            assert b"tangerine" not in path.read_bytes(), path


def test_what_cannot_be_opened_stays_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    seal(ledger, PAGE, "text/html")
    seal(ledger, LEAKED.encode(), "text/plain", private=True)
    (tmp_path / "keys" / "private.key").rename(tmp_path / "elsewhere")
    done: list[str] = []
    made = derive_texts(ledger, list_captures(ledger), tell=lambda capture: done.append(capture.id))
    assert [has_text(each) for each in made] == [True, False]
    assert done == [each.id for each in made]


def exchange(
    url: str, body: bytes, media_type: str = "text/html", *, location: str | None = None
) -> Exchange:
    headers = [("Content-Type", media_type), *([("Location", location)] if location else [])]
    status = 301 if location else 200
    at = "2026-11-24T12:00:00Z"
    return Exchange(url, "GET", (), b"", status, "", tuple(headers), body, "127.0.0.1", at)


def package(exchanges: list[Exchange], resources: list[Resource], url: str) -> bytes:
    file = io.BytesIO()
    provenance = Provenance("test 1", "0" * 8, "sha256:" + "0" * 64, "2026-11-24T12:00:00Z")
    write_wacz(file, exchanges, resources, [Page(url, "2026-11-24T12:00:00Z")], provenance)
    return file.getvalue()


HOME = "https://lake.example/"
WACZ = "application/wacz+zip"


def test_the_main_page_of_a_web_archive_is_read() -> None:
    other = exchange(f"{HOME}style.css", b"p {}", "text/css")
    made = package([other, exchange(HOME, PAGE)], [], HOME)
    text = extract_text(made, WACZ)
    assert (text.body[:17], text.title) == ("The lake is deep.", "Lakeside")


def test_redirects_are_followed_and_a_snapshot_comes_first() -> None:
    old = exchange(f"{HOME}old", b"", location="/new")
    new = exchange(f"{HOME}new", b"<p>moved here")
    assert extract_text(package([old, new], [], f"{HOME}old"), WACZ).body == "moved here"
    dom = Resource(f"urn:dom:{HOME}new", "text/html", b"<p>built by script", "2026-11-24T12:00:00Z")
    assert extract_text(package([new], [dom], f"{HOME}new"), WACZ).body == "built by script"


def test_a_document_in_a_web_archive_is_read_as_its_own_kind() -> None:
    pdf = exchange(HOME, make_pdf([write_lines("printed")]), "application/pdf")
    text = extract_text(package([pdf], [], HOME), WACZ)
    assert (text.body, len(text.pages)) == ("printed", 1)


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda data: data[: len(data) // 2], "damaged"),
        (
            lambda data: package([exchange(HOME, b"x", "video/mp4")], [], HOME),
            "unread_type",
        ),
        (lambda data: package([exchange(HOME, data)], [], HOME), "unread_type"),
        (lambda data: package([exchange(HOME, PAGE)], [], f"{HOME}else"), "no_text"),
    ],
    ids=["cut short", "a film", "an archive in an archive", "another page"],
)
def test_a_web_archive_without_its_page_says_so(
    damage: Callable[[bytes], bytes], problem: str
) -> None:
    text = extract_text(damage(package([exchange(HOME, PAGE)], [], HOME)), WACZ)
    assert text.body == ""
    assert {problem, "no_text"} <= {*text.problems}


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_broken_off_at_every_write_a_text_is_whole_or_derived_again(
    tmp_path: Path, step: int
) -> None:
    make_workspace(tmp_path / "work", id_key="0" * 32)
    ledger = open_again(tmp_path)
    text = Text("The lake is deep.", tool="test 1")
    acknowledged = False
    for at in range(0, 400, step):
        capture = seal(ledger, f"{at}".encode(), "text/plain")
        child = os.fork()
        if child == 0:
            try:
                keep_text(open_again(tmp_path, BreakingDisk(at)), capture, capture.original, text)
                os._exit(0)
            finally:
                os._exit(1)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        found = read_capture(ledger, capture.id)
        if status == 0:
            acknowledged = True
            assert has_text(found)
            break
        assert status in (0, 137)
        kept = found if has_text(found) else keep_text(ledger, found, found.original, text)
        assert read_text(ledger, kept) == "The lake is deep."
    assert acknowledged
    assert len(list_captures(ledger)) == at // step + 1
