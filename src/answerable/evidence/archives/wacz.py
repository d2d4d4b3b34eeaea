"""WACZ 1.1.1: one file that holds a capture's WARC, its index, its pages and their digests."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric import ec

from answerable.evidence.archives.cdx import write_index
from answerable.evidence.archives.wacz_signatures import sign_manifest
from answerable.evidence.archives.warc import Provenance, clean_uri, write_warc
from answerable.evidence.exchanges import Exchange, Resource

WACZ_VERSION = "1.1.1"
WARC_NAME = "data.warc.gz"
INDEX_NAME = "index.cdx.gz"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page by which a reader enters a package.

    Args:
        url: Its address, as a record of the WARC names it.
        at: When it was captured, UTC.
        title: As the page gives it, else None.
    """

    url: str
    at: str
    title: str | None = None


def write_wacz(
    file: BinaryIO,
    exchanges: Iterable[Exchange],
    resources: Iterable[Resource],
    pages: Sequence[Page],
    provenance: Provenance,
    *,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> None:
    """Write a capture as a WACZ.

    The package shows what our client recorded, unchanged since its digest was logged. It does
    not show that the server sent it to others. The same input gives the same bytes, unless it is
    signed: an ECDSA signature is new each time.

    Args:
        file: Empty, writable and seekable.
        exchanges: Requests and answers, the page's own first.
        resources: Such as the screenshot.
        pages: At least the page that was captured.
        provenance: Who made it, with what; names no person.
        key: Signs the manifest; None for an unsigned package.

    Source:
        WACZ 1.1.1, sections Directory Layout and Zip Format.

    Cost:
        Memory for the gzipped WARC besides what is given; nothing is put on the disk meanwhile,
        so that of a private capture nothing is left there.
    """
    warc = io.BytesIO()
    lines = write_warc(warc, WARC_NAME, exchanges, resources, provenance)
    index, summary = write_index(lines, INDEX_NAME)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as package:
        entries = [
            _add(package, f"archive/{WARC_NAME}", warc.getbuffer()),
            _add(package, f"indexes/{INDEX_NAME}", index),
            _add(package, "indexes/index.idx", summary),
            _add(package, "pages/pages.jsonl", _page_lines(pages)),
        ]
        manifest = _manifest(entries, pages, provenance)
        _add(package, "datapackage.json", manifest)
        _add(package, "datapackage-digest.json", _digest_file(manifest, provenance, key))


def _page_lines(pages: Sequence[Page]) -> bytes:
    lines: list[dict[str, str]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    ]
    for page in pages:
        url = clean_uri(page.url)
        name = hashlib.sha256(f"{page.at} {url}".encode()).hexdigest()[:16]
        line = {"id": name, "url": url, "ts": page.at}
        lines.append(line | ({"title": page.title} if page.title else {}))
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def _manifest(
    entries: list[dict[str, str | int]], pages: Sequence[Page], provenance: Provenance
) -> bytes:
    package: dict[str, object] = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "created": provenance.made_at,
        "software": provenance.software,
        "resources": entries,
    }
    if pages:
        package["mainPageUrl"] = clean_uri(pages[0].url)
        package["mainPageDate"] = pages[0].at
    return json.dumps(package, indent=2).encode()


def _digest_file(
    manifest: bytes, provenance: Provenance, key: ec.EllipticCurvePrivateKey | None
) -> bytes:
    digest = f"sha256:{hashlib.sha256(manifest).hexdigest()}"
    content: dict[str, object] = {"path": "datapackage.json", "hash": digest}
    if key is not None:
        content["signedData"] = sign_manifest(key, digest, provenance.made_at, provenance.software)
    return json.dumps(content, indent=2).encode()


def _add(package: zipfile.ZipFile, path: str, data: bytes | memoryview) -> dict[str, str | int]:
    with package.open(_entry(path, len(data)), "w") as entry:
        entry.write(data)
    return _resource(path, hashlib.sha256(data).hexdigest(), len(data))


def _entry(path: str, size: int) -> zipfile.ZipInfo:
    """An entry that is the same on every machine and at every time."""
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    entry.file_size = size
    return entry


def _resource(path: str, digest: str, size: int) -> dict[str, str | int]:
    name = path.rpartition("/")[2]
    return {"name": name, "path": path, "hash": f"sha256:{digest}", "bytes": size}
