"""WARC 1.1: what our client sent and received, one record each, with SHA-256 digests."""

import hashlib
import io
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import BinaryIO
from urllib.parse import quote, urlsplit

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from answerable.evidence.archives.cdx import CdxLine
from answerable.evidence.exchanges import Exchange, Headers, Resource

_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who made an archive, with what and for what; it names no person.

    Args:
        software: Program and version.
        operator: Pseudonym of who ran it: the id of the signing key.
        case: Id of the record of the case; not its name.
        made_at: UTC, `2026-11-24T14:02:03Z`.
    """

    software: str
    operator: str
    case: str
    made_at: str


class _Digester:
    """A SHA-256 that spells itself as WARC headers do."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def update(self, data: bytes) -> None:
        self._digest.update(data)

    def __str__(self) -> str:
        return f"sha256:{self._digest.hexdigest()}"


class _Head(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """A status or request line with headers, whose bytes are kept as they were received."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        text = self.to_str(header_filter)
        coded = "latin-1" if all(ord(each) < 256 for each in text) else "utf-8"
        self.headers_buff = text.encode(coded, "replace") + b"\r\n"


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    @staticmethod
    def _create_digester() -> _Digester:
        return _Digester()


def write_warc(
    file: BinaryIO,
    filename: str,
    exchanges: Iterable[Exchange],
    resources: Iterable[Resource],
    provenance: Provenance,
) -> list[CdxLine]:
    """Write exchanges and resources as a gzipped WARC, one gzip member per record.

    It shows what our client recorded. It does not show that the server sent it to anyone else.
    The same input gives the same bytes.

    Args:
        file: Written from where it stands; `tell` must work.
        filename: Name under which the file will be found, without folder.
        exchanges: In their order. One without an answer is kept as its request alone, with a
            `metadata` record that says why.
        resources: What was made of the page, such as a screenshot.
        provenance: For the `warcinfo` record.

    Returns:
        One index line per answer and resource, in their order.

    Source:
        ISO 28500:2017 (WARC 1.1), sections 5 and 6.
    """
    writer = _Writer(file, gzip=True, warc_version="1.1")
    _write_info(writer, filename, provenance)
    lines = []
    for count, exchange in enumerate(exchanges):
        lines += _write_exchange(writer, file, filename, exchange, count)
    for count, resource in enumerate(resources):
        record = _resource_record(writer, resource, count)
        lines.append(_write_indexed(writer, file, filename, record, resource.media_type, None))
    return lines


def _write_info(writer: _Writer, filename: str, provenance: Provenance) -> None:
    fields = {
        "software": f"{provenance.software} (warcio {version('warcio')})",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "operator": provenance.operator,
        "isPartOf": provenance.case,
    }
    text = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in fields.items() if value)
    headers = {
        "WARC-Filename": filename,
        "WARC-Date": provenance.made_at,
        "WARC-Record-ID": _record_id("warcinfo", provenance.made_at, text),
    }
    record = _make(writer, "", "warcinfo", text.encode(), headers, "application/warc-fields")
    writer.write_record(record)


def _write_exchange(
    writer: _Writer, file: BinaryIO, filename: str, exchange: Exchange, count: int
) -> list[CdxLine]:
    url = clean_uri(exchange.url)
    ids = {
        kind: _record_id(kind, exchange.started_at, url, str(count))
        for kind in ("request", "response", "metadata")
    }
    common = {"WARC-Date": exchange.started_at}
    if exchange.address:
        common["WARC-IP-Address"] = exchange.address
    lines = []
    if exchange.status is not None:
        headers = common | {"WARC-Record-ID": ids["response"]} | _marks(exchange)
        head = _response_head(exchange)
        record = _make(writer, url, "response", exchange.body, headers, head=head)
        lines.append(
            _write_indexed(writer, file, filename, record, exchange.media_type, exchange.status)
        )
        common["WARC-Concurrent-To"] = ids["response"]
    headers = common | {"WARC-Record-ID": ids["request"]}
    head = _request_head(exchange)
    writer.write_record(_make(writer, url, "request", exchange.request_body, headers, head=head))
    if exchange.status is None:
        headers = common | {"WARC-Record-ID": ids["metadata"]}
        headers["WARC-Concurrent-To"] = ids["request"]
        note = f"fetchFailed: {_one_line(exchange.failed or 'unspecified')}\r\n".encode()
        kind = "application/warc-fields"
        writer.write_record(_make(writer, url, "metadata", note, headers, kind))
    return lines


def _marks(exchange: Exchange) -> dict[str, str]:
    marks = {"WARC-Truncated": exchange.truncated} if exchange.truncated else {}
    return marks | {"WARC-Protocol": _one_line(exchange.protocol)}


def _response_head(exchange: Exchange) -> _Head:
    line = f"{exchange.status} {_one_line(exchange.reason)}".rstrip()
    headers = _clean_headers(exchange.response_headers)
    if exchange.decoded:
        headers = _rename_undone(headers, len(exchange.body))
    return _Head(line, headers, protocol=_http_version(exchange.protocol))


def _rename_undone(headers: list[tuple[str, str]], size: int) -> list[tuple[str, str]]:
    """Keep what no longer fits a decoded body under another name, as Browsertrix does."""
    kept = [
        (f"x-orig-{name}" if name.lower() in _UNDONE else name, value) for name, value in headers
    ]
    return [*kept, ("Content-Length", str(size))]


def _request_head(exchange: Exchange) -> _Head:
    parts = urlsplit(clean_uri(exchange.url))
    asked = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    line = f"{_one_line(exchange.method)} {asked} {_http_version(exchange.protocol)}"
    return _Head(line, _clean_headers(exchange.request_headers), is_http_request=True)


def _http_version(protocol: str) -> str:
    """WARC knows HTTP/1 only; `WARC-Protocol` keeps what was spoken."""
    return "HTTP/1.0" if protocol.lower() == "http/1.0" else "HTTP/1.1"


def _resource_record(writer: _Writer, resource: Resource, count: int) -> ArcWarcRecord:
    url = clean_uri(resource.url)
    headers = {
        "WARC-Date": resource.at,
        "WARC-Record-ID": _record_id("resource", resource.at, url, str(count)),
    }
    return _make(writer, url, "resource", resource.body, headers, resource.media_type)


def _make(
    writer: _Writer,
    url: str,
    kind: str,
    body: bytes,
    headers: Mapping[str, str],
    media_type: str = "",
    head: _Head | None = None,
) -> ArcWarcRecord:
    return writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        warc_content_type=media_type,
        warc_headers_dict={name: value for name, value in headers.items() if value},
        http_headers=head,
    )


def _write_indexed(
    writer: _Writer,
    file: BinaryIO,
    filename: str,
    record: ArcWarcRecord,
    media_type: str,
    status: int | None,
) -> CdxLine:
    offset = file.tell()
    writer.write_record(record)
    headers = record.rec_headers
    return CdxLine(
        url=headers.get_header("WARC-Target-URI"),
        at=headers.get_header("WARC-Date"),
        media_type=media_type,
        status=status,
        digest=headers.get_header("WARC-Payload-Digest"),
        filename=filename,
        offset=offset,
        length=file.tell() - offset,
    )


def _record_id(*parts: str) -> str:
    """A record's id, the same for the same input, so that the same input gives the same bytes."""
    digest = hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).digest()
    return f"<urn:uuid:{uuid.UUID(bytes=digest[:16], version=5)}>"


def clean_uri(url: str) -> str:
    r"""Return an address without the letters that could break out of a header's line.

    Example:
        >>> clean_uri("https://example.org/a b\r\nWARC-Type: metadata")
        'https://example.org/a%20b%0D%0AWARC-Type:%20metadata'
    """
    return quote(url, safe=_PRINTABLE, errors="replace")


def _clean_headers(headers: Headers) -> list[tuple[str, str]]:
    return [(_one_line(name).replace(":", ""), _one_line(value)) for name, value in headers]


def _one_line(text: str) -> str:
    return re.sub(r"\s*[\r\n\x00]+\s*", " ", text).strip()
