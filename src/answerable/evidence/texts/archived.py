"""The main page of a web archive (WACZ or WARC), to be read as its own document is."""

import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urljoin

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

MAX_RECORDS = 200_000
MAX_PAGE_BYTES = 100_000_000
MAX_PAGES_LINE = 1_000_000
MAX_REDIRECTS = 10
DOM = "urn:dom:"
"""How a browser's snapshot of a page is named: these letters, then the page's address."""


@dataclass(slots=True)
class _Held:
    body: bytes
    media_type: str
    location: str | None = None


def find_in_wacz(archive: zipfile.ZipFile) -> tuple[bytes, str] | None:
    """Return the main page of a WACZ and its media type, None where it holds none.

    The main page is the first one that its list of pages names, after redirects; of a page that a
    browser was shown, the snapshot.

    Args:
        archive: The WACZ, its sizes checked.

    Raises:
        ValueError, OSError: Its list of pages or its WARC is damaged.
    """
    url = _first_page(archive)
    for name in sorted(archive.namelist()):
        if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
            with archive.open(name) as part:
                found = find_in_warc(part, url)
            if found:
                return found
    return None


def _first_page(archive: zipfile.ZipFile) -> str | None:
    try:
        with archive.open("pages/pages.jsonl") as lines:
            for line in islice(iter(lambda: lines.readline(MAX_PAGES_LINE), b""), 1_000):
                told = json.loads(line)
                if isinstance(told, dict) and isinstance(told.get("url"), str):
                    return _plain(told["url"])
    except KeyError:
        return None
    return None


def find_in_warc(file: Any, url: str | None = None) -> tuple[bytes, str] | None:
    """Return a page of a WARC and its media type, None where it holds none.

    Args:
        file: The WARC, opened for reading.
        url: Address of the page; None for the first web page in it.

    Raises:
        ValueError: It is damaged.
    """
    answers: dict[str, _Held] = {}
    try:
        for record in islice(ArchiveIterator(file), MAX_RECORDS):
            for address, held in _held(record, url, answers):
                if address.startswith(DOM):
                    return held.body, held.media_type
                answers.setdefault(address, held)
    except ArchiveLoadFailed as error:
        raise ValueError(str(error)) from error
    return _follow(answers, url)


def _held(record: Any, url: str | None, answers: dict[str, _Held]) -> Iterator[tuple[str, _Held]]:
    """Give the record with its address where it may be the page or lead to it."""
    address = _plain(str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>"))
    if record.rec_type == "resource":
        if address.startswith(DOM) and (url is None or _plain(address[len(DOM) :]) == url):
            yield address, _Held(_body(record), "text/html; charset=utf-8")
    elif record.rec_type == "response" and record.http_headers is not None:
        status = str(record.http_headers.get_statuscode())
        media_type = str(record.http_headers.get_header("Content-Type") or "")
        location = record.http_headers.get_header("Location")
        if status.startswith("3") and location:
            yield address, _Held(b"", "", _plain(urljoin(address, location)))
        elif url is None and "html" not in media_type.lower():
            return
        elif url is None or address == url or _is_led_to(address, answers):
            yield address, _Held(_body(record), media_type)


def _is_led_to(address: str, answers: dict[str, _Held]) -> bool:
    return any(held.location == address for held in answers.values())


def _body(record: Any) -> bytes:
    data: bytes = record.content_stream().read(MAX_PAGE_BYTES + 1)
    return data[:MAX_PAGE_BYTES]


def _follow(answers: dict[str, _Held], url: str | None) -> tuple[bytes, str] | None:
    if url is None:
        url = next((address for address, held in answers.items() if not held.location), None)
    for _ in range(MAX_REDIRECTS):
        held = answers.get(url or "")
        if held is None:
            return None
        if not held.location:
            return held.body, held.media_type
        url = held.location
    return None


def _plain(url: str) -> str:
    return urldefrag(url).url.rstrip("/")


def is_warc(data: bytes) -> bool:
    """Tell whether bytes are a WARC, gzipped or not."""
    if data.startswith(b"WARC/1."):
        return True
    if not data.startswith(b"\x1f\x8b"):
        return False
    try:
        return zlib.decompressobj(31).decompress(data[:4096], 16).startswith(b"WARC/1.")
    except zlib.error:
        return False
