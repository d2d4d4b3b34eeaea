"""Checking WACZ packages of any maker, strictly, without unpacking them onto the disk."""

import hashlib
import json
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import IO, Any

from answerable.errors import ArchiveRefused
from answerable.evidence.archives.wacz import Page
from answerable.evidence.archives.wacz_signatures import check_signature
from answerable.evidence.archives.warc_checks import check_warc

MOST_UNPACKED = 20_000_000_000
"""Greatest size of an archive unpacked, in bytes."""

_MOST_ENTRIES = 10_000
_MOST_RATIO = 200
_SMALL = 100_000_000
_MOST_MANIFEST = 50_000_000
_MOST_PAGE_LINE = 4_000_000
_MOST_PAGES = 1_000
_CHUNK = 1 << 20
_LOCAL_HEADER = 30
_MANIFEST, _DIGEST = "datapackage.json", "datapackage-digest.json"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)", re.ASCII)
_KINDS = {
    "archive/": re.compile(r"archive/[^/]+\.warc(?:\.gz)?"),
    "indexes/": re.compile(r"indexes/[^/]+\.(?:cdx|cdxj|idx)(?:\.gz)?"),
    "pages/": re.compile(r"pages/[^/]+\.jsonl"),
}
_PAGE_LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
"""Crawlers list the pages that they found beyond those asked for in the second."""

_Json = Mapping[str, Any]


@dataclass(slots=True)
class WaczReport:
    """What a strict look at a package found.

    Args:
        faults: Codes, each once; none where it is in order.
        pages: As it lists them, the first 1,000; where it lists none, those of its WARCs.
        software: What made it, as it says itself; empty where it does not say.
        title: As it gives it, else None.
        signed: Whether its manifest bears an anonymous signature that is in order.
    """

    faults: dict[str, None] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    software: str = ""
    title: str | None = None
    signed: bool = False

    def note(self, code: str) -> None:
        """Add a fault, once."""
        self.faults[code] = None


def check_wacz(path: Path, most_unpacked: int = MOST_UNPACKED) -> WaczReport:
    """Check a package of any maker, strictly.

    A package in order is unchanged since its maker made it. Nothing here shows that what it holds
    was ever on the web.

    Args:
        path: The file.
        most_unpacked: Greatest size unpacked, in bytes.

    Returns:
        What was found: faults are codes, such as `no_warc`, `no_index`, `no_pages`, `no_manifest`,
        `no_digest_file`, `unlisted_file`, `missing_file`, `wrong_hash`, `wrong_size`,
        `wrong_manifest_hash`, `compressed_twice`, `foreign_file`, `manifest_faulty`,
        `no_profile`, `pages_faulty`, `broken_entry`, `signature_wrong`, `signature_unchecked` and
        those of `check_warc`.

    Raises:
        ArchiveRefused: It is no ZIP, or one that would harm whoever opens it: paths that lead out
            of it, names twice, links, encryption, overlaps, too many entries, or far too much
            inside.

    Source:
        WACZ 1.1.1, sections Directory Layout and Zip Format; WACZ Signing and Verification 0.1.0.

    Cost:
        Every byte is read twice; memory for a few MB and for the manifest.
    """
    try:
        with zipfile.ZipFile(path) as package:
            entries = _admit(package, path, most_unpacked)
            report = WaczReport()
            _check_layout(entries, report)
            listed = _check_manifest(package, entries, report)
            _check_files(package, entries, listed, report)
            _check_pages(package, entries, report)
            _check_warcs(package, entries, path, most_unpacked, report)
    except ArchiveRefused:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise ArchiveRefused(str(path), "it is no ZIP file in order") from error
    return report


def _admit(package: zipfile.ZipFile, path: Path, most_unpacked: int) -> dict[str, zipfile.ZipInfo]:
    """Return the entries that are files, or refuse the whole."""
    infos = package.infolist()
    if why := _danger_of(infos, most_unpacked):
        raise ArchiveRefused(str(path), why)
    return {info.filename: info for info in infos if not info.is_dir()}


def _danger_of(infos: list[zipfile.ZipInfo], most_unpacked: int) -> str | None:
    if len(infos) > _MOST_ENTRIES:
        return f"it has over {_MOST_ENTRIES:,} entries"
    if len({info.filename.casefold() for info in infos}) < len(infos):
        return "it has two entries of one name"
    if sum(info.file_size for info in infos) > most_unpacked:
        return f"it unpacks to over {most_unpacked:,} bytes"
    for info in infos:
        if why := _danger_of_entry(info):
            return why
    ordered = sorted(infos, key=lambda info: info.header_offset)
    for one, next_one in pairwise(ordered):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > next_one.header_offset:
            return "its entries overlap"
    return None


def _danger_of_entry(info: zipfile.ZipInfo) -> str | None:
    name = info.orig_filename
    steps = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in name or ":" in steps[0] or {"..", "", "."} & set(steps):
        return "an entry's path leads out of it"
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in name):
        return "an entry's name has control letters"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "an entry is a link"
    if info.flag_bits & 0x1:
        return "an entry is encrypted"
    if info.file_size > max(_SMALL, info.compress_size * _MOST_RATIO):
        return f"an entry unpacks {info.compress_size:,} bytes to {info.file_size:,}"
    return None


def _check_layout(entries: Mapping[str, zipfile.ZipInfo], report: WaczReport) -> None:
    for folder, code in (("archive/", "no_warc"), ("indexes/", "no_index")):
        if not any(_KINDS[folder].fullmatch(name) for name in entries):
            report.note(code)
    if "pages/pages.jsonl" not in entries:
        report.note("no_pages")
    for name, info in entries.items():
        folder = name.partition("/")[0] + "/"
        if folder in _KINDS and not _KINDS[folder].fullmatch(name):
            report.note("foreign_file")
        if name.endswith(".gz") and info.compress_type != zipfile.ZIP_STORED:
            report.note("compressed_twice")


def _check_manifest(
    package: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], report: WaczReport
) -> dict[str, _Json]:
    """Return what the manifest lists, by path, after checking it against its digest file."""
    data = _read_small(package, entries, _MANIFEST, report)
    if data is None:
        report.note("no_manifest")
        return {}
    manifest = _json_map(data)
    resources = manifest.get("resources")
    if not isinstance(resources, list) or not all(isinstance(each, dict) for each in resources):
        report.note("manifest_faulty")
        resources = []
    if manifest and "profile" not in manifest:
        report.note("no_profile")  # which Browsertrix leaves out, though the standard asks for it
    elif manifest.get("profile") != "data-package":
        report.note("manifest_faulty")
    if not manifest.get("wacz_version"):
        report.note("manifest_faulty")
    report.software = str(manifest.get("software") or "")[:200]
    report.title = str(manifest["title"])[:500] if manifest.get("title") else None
    _check_digest(_read_small(package, entries, _DIGEST, report), data, manifest, report)
    listed = {str(each.get("path")): each for each in resources}
    if len(listed) < len(resources):
        report.note("manifest_faulty")
    return listed


def _check_digest(data: bytes | None, manifest: bytes, about: _Json, report: WaczReport) -> None:
    if data is None:
        report.note("no_digest_file")
        return
    content = _json_map(data)
    expected = f"sha256:{hashlib.sha256(manifest).hexdigest()}"
    if content.get("hash") != expected or content.get("path") != _MANIFEST:
        report.note("wrong_manifest_hash")
    signed = content.get("signedData")
    if not signed:
        return
    if not isinstance(signed, dict) or signed.get("hash") != expected:
        report.note("signature_wrong")
    elif "publicKey" not in signed:
        report.note("signature_unchecked")  # by a domain's certificate: needs the web's authorities
    elif check_signature(signed) and signed.get("created") == about.get("created"):
        report.signed = True
    else:
        report.note("signature_wrong")


def _check_files(
    package: zipfile.ZipFile,
    entries: Mapping[str, zipfile.ZipInfo],
    listed: Mapping[str, _Json],
    report: WaczReport,
) -> None:
    files = {name for name in entries if name not in (_MANIFEST, _DIGEST)}
    if listed and files - listed.keys():
        report.note("unlisted_file")
    if listed.keys() - files:
        report.note("missing_file")
    for name in sorted(files & listed.keys()):
        given = str(listed[name].get("hash", ""))
        algorithm, _, wanted = given.rpartition(":")
        if algorithm not in ("sha256", "md5", "sha1", "sha512"):
            report.note("wrong_hash")
            continue
        digest = hashlib.new(algorithm, usedforsecurity=False)
        with _reading(report), package.open(entries[name]) as file:
            for chunk in _chunks(file):
                digest.update(chunk)
        if digest.hexdigest() != wanted:
            report.note("wrong_hash")
        if listed[name].get("bytes") != entries[name].file_size:
            report.note("wrong_size")


def _check_pages(
    package: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], report: WaczReport
) -> None:
    for name in _PAGE_LISTS:
        if name in entries:
            _check_page_list(package, entries[name], report)


def _check_page_list(package: zipfile.ZipFile, entry: zipfile.ZipInfo, report: WaczReport) -> None:
    with _reading(report), package.open(entry) as file:
        for count, line in enumerate(_lines(file)):
            page = _json_map(line)
            if count == 0 and str(page.get("format", "")).startswith("json-pages"):
                continue
            if not _is_page(page):
                report.note("pages_faulty")
            elif len(report.pages) < _MOST_PAGES:
                title = str(page["title"])[:500] if page.get("title") else None
                report.pages.append(Page(page["url"], page["ts"], title))


def _is_page(page: _Json) -> bool:
    url, at = page.get("url"), page.get("ts")
    return isinstance(url, str) and isinstance(at, str) and _TIME.fullmatch(at) is not None


def _check_warcs(
    package: zipfile.ZipFile,
    entries: Mapping[str, zipfile.ZipInfo],
    path: Path,
    most_unpacked: int,
    report: WaczReport,
) -> None:
    left = most_unpacked
    found: list[Page] = []
    for name in sorted(name for name in entries if _KINDS["archive/"].fullmatch(name)):
        with _reading(report), package.open(entries[name]) as file:
            warc = check_warc(file, str(path), left)
            left -= warc.unpacked
            report.faults |= warc.faults
            found += [Page(url, at) for url, at in warc.pages]
    report.pages = report.pages or found[:_MOST_PAGES]


def _read_small(
    package: zipfile.ZipFile,
    entries: Mapping[str, zipfile.ZipInfo],
    name: str,
    report: WaczReport,
) -> bytes | None:
    info = entries.get(name)
    if info is not None and info.file_size <= _MOST_MANIFEST:
        with _reading(report):
            return package.read(info)
    return None


@contextmanager
def _reading(report: WaczReport) -> Iterator[None]:
    """Note an entry whose bytes are not those that were packed, and go on."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, EOFError):
        report.note("broken_entry")


def _json_map(data: bytes) -> _Json:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _lines(file: IO[bytes]) -> Iterator[bytes]:
    while line := file.readline(_MOST_PAGE_LINE):
        if line.strip():
            yield line


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
