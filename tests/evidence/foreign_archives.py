"""Archives laid out as other tools lay them out, written without any code of ours.

`browsertrix`: a crawl of two pages by Browsertrix Crawler 1.x: seed and other pages in two lists,
records, screenshots and texts in WARCs of their own, logs, an index that is gzipped in blocks with
a second index over them, a manifest without `profile`, and a zip that was streamed (sizes behind
the data). `auto_archiver`: what auto-archiver keeps of one page, made by the same crawler with
`--scopeType page --text to-pages --screenshot fullPage`: a plain index, texts in the page list.

Source:
    webrecorder/browsertrix-crawler, docs "Outputs", src/util/wacz.ts and src/crawler.ts;
    bellingcat/auto-archiver, wacz_extractor_enricher.
"""

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SEED = "https://mill.example/"
OTHER = "https://mill.example/about"
HTML = "<html><title>The mill 磨坊</title><p>The mill has 340 looms.</p></html>".encode()
ABOUT = b"<html><title>About</title><p>About the mill.</p></html>"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
AT = "2025-03-04T05:06:07.891Z"
STAMP = "20250304050607891"
CRAWLER = "Browsertrix-Crawler 1.5.8 (with warcio.js 2.4.3)"

Files = dict[str, bytes]


class _Sha256:
    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def update(self, data: bytes) -> None:
        self._digest.update(data)

    def __str__(self) -> str:
        return f"sha256:{self._digest.hexdigest()}"


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio has no types
    @staticmethod
    def _create_digester() -> _Sha256:
        return _Sha256()


class _Warc:
    """A WARC in the making, and the lines of its index."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.file = io.BytesIO()
        self.lines: list[str] = []
        self._writer = _Writer(self.file, gzip=True, warc_version="1.1")
        fields = {"software": CRAWLER, "format": "WARC File Format 1.1"}
        self._writer.write_record(self._writer.create_warcinfo_record(name, fields))

    def add_page(self, url: str, media_type: str, body: bytes) -> None:
        headers = [("Content-Type", media_type), ("x-orig-content-encoding", "br")]
        answer = self._record(
            url, "response", body, StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")
        )
        self._write(answer, url, media_type, "200")
        asked = [("User-Agent", "Mozilla/5.0"), ("Accept", "*/*")]
        line = StatusAndHeaders("GET / HTTP/1.1", asked, is_http_request=True)
        self._writer.write_record(self._record(url, "request", b"", line))

    def add_resource(self, url: str, media_type: str, body: bytes) -> None:
        self._write(self._record(url, "resource", body, None, media_type), url, media_type, "")

    def _record(
        self, url: str, kind: str, body: bytes, headers: Any, media_type: str = ""
    ) -> ArcWarcRecord:
        return self._writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=headers,
            warc_content_type=media_type,
            warc_headers_dict={"WARC-Date": AT, "WARC-Page-ID": "a0b1c2d3"},
        )

    def _write(self, record: ArcWarcRecord, url: str, media_type: str, status: str) -> None:
        offset = self.file.tell()
        self._writer.write_record(record)
        about = {
            "url": url,
            "mime": media_type.partition(";")[0],
            "status": status,
            "digest": record.rec_headers.get_header("WARC-Payload-Digest"),
            "length": str(self.file.tell() - offset),
            "offset": str(offset),
            "filename": self.name,
        }
        kept = {name: value for name, value in about.items() if value}
        self.lines.append(f"{_sort_key(url)} {STAMP} {json.dumps(kept)}\n")


def _sort_key(url: str) -> str:
    if not url.startswith("https://"):
        return url
    host, _, path = url.removeprefix("https://").partition("/")
    return f"{','.join(reversed(host.split('.')))})/{path}"


def _warcs(texts: bool) -> list[_Warc]:
    pages = _Warc("rec-0a1b2c3d4e5f-mill-20250304050600123-0.warc.gz")
    pictures = _Warc("screenshots-mill-20250304050600456-0.warc.gz")
    made = [pages, pictures]
    for url, body in ((SEED, HTML), (OTHER, ABOUT)):
        pages.add_page(url, "text/html; charset=utf-8", body)
        info = {"pageid": "a0b1c2d3", "urls": {url: {"status": 200, "mime": "text/html"}}}
        pages.add_resource(f"urn:pageinfo:{url}", "application/json", json.dumps(info).encode())
        pictures.add_resource(f"urn:fullPage:{url}", "image/png", PICTURE)
    if texts:
        words = _Warc("text-mill-20250304050600789-0.warc.gz")
        words.add_resource(f"urn:text:{SEED}", "text/plain", b"The mill has 340 looms.")
        made.append(words)
    return made


def _pages(title: str, has_text: bool, *pages: dict[str, Any]) -> bytes:
    head = {
        "format": "json-pages-1.0",
        "id": "pages",
        "title": title,
        "hasText": str(has_text).lower(),
    }
    common = {"loadState": 4, "mime": "text/html", "status": 200, "ts": AT, "depth": 0}
    lines = [head, *({"id": f"page-{n}", **common, **page} for n, page in enumerate(pages))]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _block_index(lines: Iterable[str]) -> Files:
    """An index in gzipped blocks of two lines, and an index over the blocks."""
    ordered, blocks = sorted(lines), b""
    summary = '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n'
    for start in range(0, len(ordered), 2):
        block = gzip.compress("".join(ordered[start : start + 2]).encode())
        place = {
            "offset": len(blocks),
            "length": len(block),
            "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
            "filename": "index.cdx.gz",
        }
        summary += f"{ordered[start].partition(' {')[0]} {json.dumps(place)}\n"
        blocks += block
    return {"indexes/index.cdx.gz": blocks, "indexes/index.idx": summary.encode()}


def browsertrix() -> Files:
    """The files of a crawl of two pages."""
    warcs = _warcs(texts=True)
    seed = {"url": SEED, "title": "The mill 磨坊", "seed": True, "favIconUrl": f"{SEED}favicon.ico"}
    return {
        **{f"archive/{each.name}": each.file.getvalue() for each in warcs},
        **_block_index(line for each in warcs for line in each.lines),
        "pages/extraPages.jsonl": _pages("Non-Seed Pages", False, {"url": OTHER, "depth": 1}),
        "pages/pages.jsonl": _pages("Seed Pages", False, seed),
        "logs/crawl-20250304050600000.log": b'{"timestamp":"2025-03-04T05:06:00.000Z"}\n',
    }


def auto_archiver() -> Files:
    """The files of what auto-archiver keeps of one page."""
    warcs = _warcs(texts=False)
    page = {"url": SEED, "title": "The mill 磨坊", "seed": True, "text": "The mill has 340 looms."}
    index = "".join(sorted(line for each in warcs for line in each.lines))
    return {
        **{f"archive/{each.name}": each.file.getvalue() for each in warcs},
        "indexes/index.cdxj": index.encode(),
        "pages/pages.jsonl": _pages("Seed Pages", True, page),
        "logs/crawl-20250304050600000.log": b'{"timestamp":"2025-03-04T05:06:00.000Z"}\n',
    }


class _Stream(io.RawIOBase):
    """A file that can only be written onwards, so that a zip puts its sizes behind the data."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self._file.write(data)


def zip_crawl(files: Files, path: Path) -> Path:
    """Write files as the crawler's WACZ: stored, streamed, its manifest behind them."""
    resources = [
        {
            "name": name.rpartition("/")[2].lower(),
            "path": name,
            "bytes": len(data),
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        }
        for name, data in files.items()
    ]
    manifest = json.dumps(
        {
            "resources": resources,
            "created": "2025-03-04T05:06:30Z",
            "wacz_version": "1.1.1",
            "software": CRAWLER,
        },
        indent=2,
    ).encode()
    digest = f"sha256:{hashlib.sha256(manifest).hexdigest()}"
    about = json.dumps({"path": "datapackage.json", "hash": digest}, indent=2).encode()
    with path.open("wb") as file, zipfile.ZipFile(_Stream(file), "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
        archive.writestr("datapackage.json", manifest)
        archive.writestr("datapackage-digest.json", about)
    return path
