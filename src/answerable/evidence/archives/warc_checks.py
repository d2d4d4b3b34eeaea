"""Checking WARC files of any maker: every digest, in bounded memory, nothing trusted."""

import base64
import binascii
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any

from answerable.errors import ArchiveRefused
from answerable.evidence.bodies import join_chunks

_LONGEST_LINE = 1 << 16
_MOST_HEADERS = 200
_MOST_PAGES = 1_000
_CHUNK = 1 << 20
_PACKED = 1 << 16
_GZIP = 16 + zlib.MAX_WBITS
_MOST_FRAMED = 50_000_000
_VERSION = re.compile(rb"WARC/(?:0\.1[78]|1\.[01])\r?\n")
_PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/pdf")
_ALGORITHMS = ("sha1", "sha256", "sha512", "sha384", "md5")
_HTTP = ("response", "request", "revisit")


@dataclass(slots=True)
class WarcReport:
    """What a look through a WARC found.

    Args:
        records: How many there are.
        faults: Codes, each once: `warc_unreadable`, `warc_cut`, `warc_digest_wrong`,
            `warc_digest_absent`, `warc_digest_unknown`, `warc_trailing_bytes`.
        pages: Address and WARC-Date of answers that may be pages, the first 1,000.
        unpacked: How many bytes it holds unpacked.
    """

    records: int = 0
    faults: dict[str, None] = field(default_factory=dict)
    pages: list[tuple[str, str]] = field(default_factory=list)
    unpacked: int = 0


class _Faulty(Exception):
    """The rest of the file cannot be read, with the code of why."""


def check_warc(file: IO[bytes], path: str, most_unpacked: int) -> WarcReport:
    """Read a WARC from end to end and check every digest that it gives.

    It shows that the records are as their maker hashed them; not that what they say was ever on
    the web.

    Args:
        file: Plain or gzipped, from its first byte.
        path: How to call it in an error.
        most_unpacked: Greatest size unpacked, in bytes.

    Returns:
        What was found; a file that breaks off is reported up to there.

    Raises:
        ArchiveRefused: It unpacks to more than `most_unpacked`, or claims to.

    Source:
        ISO 28500:2017 (WARC 1.1), sections 4 and 5.

    Cost:
        Memory for a few MB (up to 50 MB for an answer in chunks), whatever the size.
    """
    report = WarcReport()
    with _unpacked(file) as plain:
        reader = _Bounded(plain, path, most_unpacked)
        try:
            while _read_record(reader, report):
                report.records += 1
        except _Faulty as fault:
            report.faults[str(fault)] = None
        except (OSError, EOFError, zlib.error):
            report.faults["warc_cut" if reader.taken else "warc_unreadable"] = None
    if not report.records and not report.faults:
        report.faults["warc_unreadable"] = None
    report.unpacked = reader.taken
    return report


@contextmanager
def _unpacked(file: IO[bytes]) -> Iterator["io.BufferedReader[Any]"]:
    """Give the plain bytes of a file, and leave the file open."""
    buffered: io.BufferedReader[Any] = io.BufferedReader(file, _CHUNK)
    try:
        is_packed = buffered.peek(2)[:2] == b"\x1f\x8b"
        yield io.BufferedReader(_Members(buffered), _CHUNK) if is_packed else buffered
    finally:
        buffered.detach()


class _Members(io.RawIOBase):
    """The members of a gzip file, one after the other.

    What stands before a fault is given first; Python's own reader raises instead of it.
    """

    def __init__(self, file: "io.BufferedReader[Any]") -> None:
        self._file = file
        self._packed = b""
        self._unpacking = zlib.decompressobj(_GZIP)
        self._inside = self._full = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._unpacking.eof:
                self._packed = self._unpacking.unused_data
                self._unpacking = zlib.decompressobj(_GZIP)
                self._inside = self._full = False
            if not self._packed and not self._full:
                self._packed = self._file.read(_PACKED)
                if not self._packed and self._inside:
                    raise EOFError("it ends within a member")
                if not self._packed:
                    return 0
            self._inside = True
            data = self._unpacking.decompress(self._packed, len(buffer))
            self._packed = self._unpacking.unconsumed_tail
            self._full = len(data) == len(buffer)
            if data:
                buffer[: len(data)] = data
                return len(data)


class _Bounded:
    """A reader that refuses to give more than a WARC may hold."""

    def __init__(self, file: "io.BufferedReader[Any]", path: str, most: int) -> None:
        self._file = file
        self._path = path
        self._most = most
        self.taken = 0

    def line(self) -> bytes:
        line = self._file.readline(_LONGEST_LINE)
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            raise _Faulty("warc_unreadable")
        self._take(len(line))
        return line

    def claim(self, size: int) -> None:
        """Refuse a record that says it is larger than the whole may be."""
        if size > self._most - self.taken:
            raise ArchiveRefused(
                self._path, f"a record claims {size:,} bytes, over the limit of {self._most:,}"
            )

    def chunks(self, size: int) -> Iterator[bytes]:
        while size > 0:
            chunk = self._file.read(min(_CHUNK, size))
            if not chunk:
                raise _Faulty("warc_cut")
            self._take(len(chunk))
            size -= len(chunk)
            yield chunk

    def _take(self, size: int) -> None:
        self.taken += size
        if self.taken > self._most:
            raise ArchiveRefused(self._path, f"it unpacks to over {self._most:,} bytes, the limit")


def _read_record(reader: _Bounded, report: WarcReport) -> bool:
    line = reader.line()
    while line in (b"\r\n", b"\n"):
        line = reader.line()
    if not line:
        return False
    if not _VERSION.fullmatch(line):
        raise _Faulty("warc_trailing_bytes" if report.records else "warc_unreadable")
    headers = _read_headers(reader)
    length = headers.get("content-length", "")
    if not length.isascii() or not length.isdecimal():
        raise _Faulty("warc_unreadable")
    size = int(length[:20])
    reader.claim(size)
    _read_block(reader, size, headers, report)
    return True


def _read_headers(reader: _Bounded) -> dict[str, str]:
    headers: dict[str, str] = {}
    for _ in range(_MOST_HEADERS):
        line = reader.line()
        if line in (b"\r\n", b"\n"):
            return headers
        if not line:
            raise _Faulty("warc_cut")
        name, _colon, value = line.decode("utf-8", "replace").partition(":")
        headers.setdefault(name.strip().lower(), value.strip())
    raise _Faulty("warc_unreadable")


def _read_block(
    reader: _Bounded, size: int, headers: Mapping[str, str], report: WarcReport
) -> None:
    kind = headers.get("warc-type", "")
    is_http = kind in _HTTP and headers.get("content-type", "").startswith("application/http")
    block = _Check.of(headers.get("warc-block-digest"), report)
    payload = _Check.of(headers.get("warc-payload-digest"), report) if kind != "revisit" else None
    head, rest = b"", bytearray()
    in_head = is_http
    for chunk in reader.chunks(size):
        if block:
            block.update(chunk)
        if in_head:
            head += chunk
            end = head.find(b"\r\n\r\n")
            if end < 0 and len(head) < _LONGEST_LINE * 16:
                continue
            in_head = False
            chunk = head[end + 4 :] if end >= 0 else b""
            head = head[: end + 4] if end >= 0 else head
        if payload:
            payload.update(chunk)
            if is_http and len(rest) < _MOST_FRAMED:
                rest += chunk
    _judge(block, payload, bytes(rest), head, kind, report)
    if kind == "response" and is_http:
        _note_page(head, headers, report)


@dataclass(slots=True)
class _Check:
    """A digest that a record gives, and the one that its bytes have."""

    algorithm: str
    wanted: bytes
    hashed: "hashlib._Hash"

    @classmethod
    def of(cls, given: str | None, report: WarcReport) -> "_Check | None":
        if not given:
            return None
        algorithm, _, value = given.partition(":")
        name = algorithm.lower().replace("-", "")
        wanted = _decode_digest(name, value)
        if wanted is None:
            report.faults["warc_digest_unknown"] = None
            return None
        return cls(name, wanted, hashlib.new(name, usedforsecurity=False))

    def update(self, data: bytes) -> None:
        self.hashed.update(data)

    def fits(self) -> bool:
        return self.hashed.digest() == self.wanted

    def fits_bytes(self, data: bytes) -> bool:
        return hashlib.new(self.algorithm, data, usedforsecurity=False).digest() == self.wanted


def _decode_digest(algorithm: str, value: str) -> bytes | None:
    """Return a digest's bytes from base 32 or hexadecimal, None where it is of neither."""
    if algorithm not in _ALGORITHMS:
        return None
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    try:
        if len(value) == 2 * size:
            return bytes.fromhex(value)
        padded = value.rstrip("=").upper()
        decoded = base64.b32decode(padded + "=" * (-len(padded) % 8))
    except (ValueError, binascii.Error):
        return None
    return decoded if len(decoded) == size else None


def _judge(
    block: _Check | None,
    payload: _Check | None,
    body: bytes,
    head: bytes,
    kind: str,
    report: WarcReport,
) -> None:
    if block is None and payload is None and kind in ("response", "resource"):
        report.faults["warc_digest_absent"] = None
    if block is not None and not block.fits():
        report.faults["warc_digest_wrong"] = None
    if payload is None or payload.fits():
        return
    if b"chunked" in head.lower() and payload.fits_bytes(join_chunks(body)):
        return  # some tools hash the body with its chunks undone
    report.faults["warc_digest_wrong"] = None


def _note_page(head: bytes, headers: Mapping[str, str], report: WarcReport) -> None:
    lines = head.decode("latin-1").lower().split("\r\n")
    is_good = re.match(r"http/[0-9.]+ 2", lines[0]) is not None
    kinds = (line.partition(":")[2].strip() for line in lines if line.startswith("content-type:"))
    url = headers.get("warc-target-uri", "").strip("<>")
    is_page = is_good and url and next(kinds, "").startswith(_PAGE_TYPES)
    if is_page and len(report.pages) < _MOST_PAGES:
        report.pages.append((url, headers.get("warc-date", "")))
