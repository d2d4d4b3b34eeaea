"""Captures in the log: what is sealed, what comes back, and what private ones leave on the disk."""

import base64
import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from answerable.engine.workspace import make_workspace
from answerable.errors import (
    AddressRefused,
    CaptureFileMissing,
    CaptureUnknown,
    FetchFailed,
    UsageError,
)
from answerable.evidence.captures import (
    capture_address,
    capture_file,
    case_record,
    list_captures,
    read_capture,
    read_part,
)
from answerable.evidence.exchanges import Exchange, Resource
from answerable.evidence.fetching import LIMITS
from answerable.ledger.log import Ledger, append_deed, open_ledger, read_deeds
from answerable.ledger.objects import keep_record, opened_path
from answerable.ledger.records import seal_fields
from tests.evidence.capture_server import page, redirect, serve

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40
WORDS = "The plant at Example Town was built by Zyxomatic Ltd. " * 8
HTML = (
    f"<html><head><title>A\n story</title><link rel=stylesheet href=s.css></head>"
    f"<body><p>{WORDS}<img src='/a.png' srcset='/a.png 1x, /a2.png 2x'></body></html>"
).encode()


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")


def warc_of(ledger: Ledger, capture_id: str) -> list[tuple[str, str, bytes]]:
    capture = read_capture(ledger, capture_id)
    data = read_part(ledger, capture, capture.original)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        warc = io.BytesIO(package.read("archive/data.warc.gz"))
    return [
        (
            record.rec_type,
            record.rec_headers.get_header("WARC-Target-URI"),
            record.raw_stream.read(),
        )
        for record in ArchiveIterator(warc)
    ]


def test_a_page_becomes_a_sealed_copy_with_what_it_embeds(ledger: Ledger) -> None:
    told: list[str] = []
    answers = {
        "/old": redirect("/story"),
        "/story": page(HTML),
        "/a.png": page(PNG, media_type="image/png"),
        "/a2.png": page(PNG, media_type="image/png"),
        "/s.css": page(b"p{}", media_type="text/css"),
    }
    with serve(answers) as it:
        capture = capture_address(
            ledger, it.url("/old#x"), "demo", allow_private=True, tell=told.append
        )
        asked = {each.split(b" ")[1].decode(): each.decode() for each in it.requests}
        story = it.url("/story")
    assert (capture.url, capture.final_url) == (story.replace("story", "old"), story)
    assert (capture.via, capture.title, capture.case) == ("http", "A story", "demo")
    assert capture.problems == ("no_screenshot",)
    assert capture.software.startswith("answerable ")
    assert [part.role for part in capture.parts] == ["original", "html"]
    assert capture.parts[1].parent == capture.original.object
    assert read_part(ledger, capture, capture.parts[1]) == HTML
    kinds = [(kind, url.rpartition("/")[2]) for kind, url, _ in warc_of(ledger, capture.id)[1:]]
    assert kinds[::2] == [
        ("response", name) for name in ("old", "story", "a.png", "s.css", "a2.png")
    ]
    assert f"Referer: {story}" in asked["/a.png"]
    assert "image/" in asked["/a.png"]
    assert told
    assert list_captures(ledger) == [capture]
    acts = [event.act for event in read_deeds(ledger)]
    assert acts == ["key.add", "case.open", "source.collect"]


def test_the_log_holds_ids_and_no_words(ledger: Ledger) -> None:
    with serve({"/story": page(HTML)}) as it:
        capture_address(ledger, it.url("/story"), "demo", allow_private=True)
    log = ledger.path.read_text()
    assert "demo" not in log
    assert "story" not in log
    event = list(read_deeds(ledger))[-1]
    assert event.refs == {"case": case_record(ledger, "demo")}


def test_a_case_is_opened_once(ledger: Ledger) -> None:
    assert case_record(ledger, "demo") == case_record(ledger, "demo")
    assert case_record(ledger, "other") != case_record(ledger, "demo")
    assert [event.act for event in read_deeds(ledger)].count("case.open") == 2
    for name in ("", " ", "a/b", "..\\x", "n" * 101):
        with pytest.raises(UsageError):
            case_record(ledger, name)


SHELL = b"<html><script src=app.js></script><div id=root></div></html>"
LOGIN = b"<form><label>Name<input name=u><input type=password name=p></form>"


@pytest.mark.parametrize(
    ("answers", "codes"),
    [
        ({"/": page(SHELL)}, {"empty_shell"}),
        ({"/": page(LOGIN)}, {"login_wall"}),
        ({"/": redirect("/login"), "/login": page(HTML)}, {"login_wall", "embedded_missing"}),
        ({"/": page(b"Sign in", status="401 Unauthorized")}, {"http_status_401", "login_wall"}),
        ({"/": page(HTML, status="404 Not Found")}, {"http_status_404", "embedded_missing"}),
        ({"/": page(HTML, "cf-mitigated: challenge", status="403 Forbidden")},
         {"http_status_403", "challenge_page", "embedded_missing"}),
        ({"/": page(b"")}, {"empty_body"}),
        ({"/": page(b"x", "Content-Encoding: br")}, {"unreadable_body"}),
        ({"/": page(b"not gzip", "Content-Encoding: gzip")}, {"unreadable_body"}),
        ({"/": page(b"<p>" + b"w" * 300).replace(b"303", b"999")}, {"truncated_disconnect"}),
        ({"/": page(HTML)}, {"embedded_missing"}),
        ({"/": page(b"%PDF-1.7 x", media_type="application/pdf")}, set()),
    ],
)  # fmt: skip
def test_an_answer_is_not_yet_content(
    ledger: Ledger, answers: dict[str, bytes | Callable[..., None]], codes: set[str]
) -> None:
    with serve(dict(answers)) as it:
        capture = capture_address(ledger, it.url(), "demo", allow_private=True)
    assert set(capture.problems) == codes | {"no_screenshot"}


def test_embedded_addresses_keep_the_rule_and_the_bounds(ledger: Ledger) -> None:
    names = [f"<img src=/{n}.png>" for n in range(6)]
    html = f"<p>{WORDS}<img src=http://a.internal/x.png>{''.join(names)}<img src=data:x>"
    answers = {"/": page(html.encode())} | {f"/{n}.png": page(PNG) for n in range(6)}
    with serve(dict(answers)) as it:
        limits = replace(LIMITS, most_embedded=4)

        def resolve(host: str, port: int) -> list[str]:
            if host == "a.internal":
                raise OSError("no such host")
            return ["127.0.0.1"]

        capture = capture_address(
            ledger, it.url(), "demo", allow_private=True, limits=limits, resolve=resolve
        )
        assert len(it.requests) == 4
    assert set(capture.problems) == {"no_screenshot", "embedded_limit", "embedded_missing"}
    notes = [body for kind, _, body in warc_of(ledger, capture.id) if kind == "metadata"]
    assert notes == [b"fetchFailed: fetch_failed\r\n"]


def test_nothing_is_logged_where_nothing_came(ledger: Ledger) -> None:
    with serve({"/": b""}) as it:
        with pytest.raises(FetchFailed):
            capture_address(ledger, it.url(), "demo", allow_private=True)
        with pytest.raises(AddressRefused):
            capture_address(ledger, it.url(), "demo")
    assert list(read_deeds(ledger)) == []


def test_a_secret_in_an_address_is_dropped_and_said(ledger: Ledger) -> None:
    with serve({"/": page(b"<p>" + WORDS.encode())}) as it:
        url = it.url().replace("http://", "http://ann:s3cret@")
        capture = capture_address(ledger, url, "demo", allow_private=True)
        assert capture.url == it.url()
    assert "credentials_removed" in capture.problems
    assert not find_anywhere(ledger, b"s3cret")


class Shown:
    """What a browser brings home, made by hand."""

    def __init__(self, url: str, dom: bytes) -> None:
        at = "2026-11-24T14:02:03.125Z"
        self.url = url
        self.final_url = url
        self.captured_at = at
        self.title = "Built"
        kind = (("Content-Type", "text/html"),)
        self.page = Exchange(url, "GET", (), b"", 200, "", kind, SHELL, "::1", at, decoded=True)
        self.exchanges = (self.page,)
        self.resources = (
            Resource(f"urn:dom:{url}", "text/html", dom, at),
            Resource(f"urn:fullPage:{url}", "image/png", PNG, at),
        )
        self.problems = ("dialog_dismissed",)
        self.software = "Chromium 140.0"

    def resource(self, kind: str) -> Resource | None:
        return next(each for each in self.resources if each.url.startswith(f"urn:{kind}:"))


def test_a_browser_brings_the_page_as_it_stood_and_its_picture(ledger: Ledger) -> None:
    def browser(url: str, *, allow_private: bool = False, proxy: str | None = None) -> Shown:
        return Shown(url, HTML)

    capture = capture_address(ledger, "https://news.example/", "demo", browser=browser)  # type: ignore[arg-type]
    assert (capture.via, capture.title) == ("browser", "Built")
    assert [part.role for part in capture.parts] == ["original", "html", "screenshot"]
    assert capture.problems == ("dialog_dismissed",)
    assert "Chromium 140.0" in capture.software
    assert read_part(ledger, capture, capture.parts[1]) == HTML
    assert read_part(ledger, capture, capture.parts[2]) == PNG
    kinds = [kind for kind, _, _ in warc_of(ledger, capture.id)]
    assert kinds == ["warcinfo", "response", "request", "resource", "resource"]


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        ("name,place\n华为,乌鲁木齐\n".encode(), "text/plain"),
        (b"<!DOCTYPE html><title>x", "text/html"),
        (b'{"a": 1}', "application/json"),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b"\x00\x01\x02", "application/octet-stream"),
        (b"", "text/plain"),
        (b"PK\x03\x04broken", "application/zip"),
    ],
)
def test_a_file_is_sealed_byte_for_byte_by_what_it_is(
    ledger: Ledger, tmp_path: Path, data: bytes, media_type: str
) -> None:
    path = tmp_path / "misleading.exe"
    path.write_bytes(data)
    capture = capture_file(ledger, path, "demo")
    assert read_part(ledger, capture, capture.original) == data
    assert (capture.original.media_type, capture.original.size) == (media_type, len(data))
    assert capture.url == f"urn:{capture.original.object}"
    assert capture.via == "file"
    assert not find_anywhere(ledger, b"misleading")


@pytest.mark.parametrize(
    ("inside", "media_type"),
    [
        ({"word/document.xml": b""}, "wordprocessingml.document"),
        ({"xl/workbook.xml": b""}, "spreadsheetml.sheet"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "opendocument.text"),
        ({"mimetype": b"<script>"}, "application/zip"),
        ({"datapackage.json": b"{}", "archive/a.warc": b""}, "application/wacz+zip"),
        ({"datapackage.json": b"{}"}, "application/zip"),
    ],
)
def test_containers_are_told_by_what_is_in_them(
    ledger: Ledger, tmp_path: Path, inside: dict[str, bytes], media_type: str
) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    assert capture_file(ledger, path, "demo").original.media_type.endswith(media_type)


def test_a_file_that_is_not_there_is_an_error(ledger: Ledger, tmp_path: Path) -> None:
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(CaptureFileMissing):
            capture_file(ledger, path, "demo")


def test_captures_are_found_by_a_short_id(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    first = capture_file(ledger, tmp_path / "a", "demo", url="https://a.example/x", title="One")
    second = capture_file(ledger, tmp_path / "a", "demo")
    assert first.id != second.id
    assert read_capture(ledger, first.id[7:15]) == first
    assert read_capture(ledger, second.id) == second
    assert (first.url, first.title) == ("https://a.example/x", "One")
    for wrong in ("", first.id[7:14], "00000000", "sha256:"):
        with pytest.raises(CaptureUnknown):
            read_capture(ledger, wrong)


def test_what_is_made_later_is_appended(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    first = capture_file(ledger, tmp_path / "a", "demo")
    other = capture_file(ledger, tmp_path / "a", "demo")
    part = {"role": "text", "object": first.original.object, "media_type": "text/plain", "size": 3}
    record = seal_fields({"schema": "answerable.derivative/1", "capture": first.id, "part": part})
    append_deed(ledger, "source.derive", keep_record(ledger.store, record))
    again = read_capture(ledger, first.id)
    assert [each.role for each in again.parts] == ["original", "text"]
    assert again.part("text") is not None
    assert list_captures(ledger) == [again, other]


def test_a_capture_that_cannot_be_read_stays_in_the_list(ledger: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    private = capture_file(ledger, tmp_path / "a", "demo", private=True)
    erased = capture_file(ledger, tmp_path / "a", "demo")
    opened_path(ledger.store, erased.id).unlink()
    elsewhere = replace(
        ledger, keys=tmp_path / "none", store=replace(ledger.store, keys=tmp_path / "none")
    )
    found = {each.id: each for each in list_captures(elsewhere)}
    assert found[private.id].problems == ("locked",)
    assert found[private.id].private
    assert found[erased.id].problems == ("erased",)
    assert found[erased.id].parts == ()
    assert read_capture(ledger, private.id) == private


SECRET = "Nightjar folds the copper lantern at dusk"  # noqa: S105
NAME = "leak-of-the-nightjar"


def spellings(text: str) -> dict[str, bytes]:
    """A text as it may stand in a file: base64 of it at each of the three offsets, cut to whole."""
    data = text.encode()
    coded = {f"base64+{n}": base64.b64encode(b" " * n + data)[4:-4] for n in range(3)}
    return coded | {
        "utf-8": data,
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "hex": data.hex().encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "reversed": data[::-1],
    }


def find_anywhere(ledger: Ledger, data: bytes) -> list[str]:
    root = ledger.folder.parent
    return [
        str(path)
        for path in root.rglob("*")
        if data in str(path.relative_to(root)).encode()
        or (path.is_file() and data in path.read_bytes())
    ]


def test_a_private_capture_leaves_no_word_of_it_in_the_workspace(
    ledger: Ledger, tmp_path: Path
) -> None:
    path = tmp_path / f"{NAME}.txt"
    path.write_text(SECRET)
    html = f"<title>{SECRET}</title><p>{WORDS}".encode()
    with serve({f"/{NAME}": page(html)}) as it:
        url = it.url(f"/{NAME}")
        visited = capture_address(ledger, url, "demo", private=True, allow_private=True)
    kept = capture_file(ledger, path, "demo", private=True, title=SECRET)
    assert visited.title == SECRET
    assert SECRET.encode() in read_part(ledger, visited, visited.parts[1])
    assert read_part(ledger, kept, kept.original) == SECRET.encode()
    assert read_capture(ledger, visited.id) == visited
    digest = kept.url.removeprefix("urn:sha256:")
    for text in (SECRET, NAME, url, digest):
        for spelling, data in spellings(text).items():
            assert find_anywhere(ledger, data) == [], spelling
    assert all(
        event.refs["private"] == 1 for event in read_deeds(ledger) if event.act == "source.collect"
    )


def test_the_search_of_the_test_before_would_find_it(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / f"{NAME}.txt"
    path.write_text(SECRET)
    capture_file(ledger, path, "demo", title=SECRET)
    assert find_anywhere(ledger, SECRET.encode())
    planted = ledger.folder.parent / "build" / "x"
    for spelling, data in spellings(SECRET).items():
        planted.write_bytes(b"abc" + data + b"xyz")
        assert str(planted) in find_anywhere(ledger, data), spelling
    for offset in range(3):
        planted.write_bytes(base64.b64encode(os.urandom(offset) + SECRET.encode() + b"and more"))
        assert any(find_anywhere(ledger, data) for data in spellings(SECRET).values())
