"""Archives of other makers: what is sealed as it is, what is said of it, and what is refused."""

import gzip
import hashlib
import io
import json
import stat
import struct
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from answerable.engine.workspace import make_workspace
from answerable.errors import ArchiveRefused, CaptureFileMissing
from answerable.evidence.archives.wacz_checks import WaczReport, check_wacz
from answerable.evidence.archives.wacz_signatures import wacz_key
from answerable.evidence.archives.warc_checks import check_warc
from answerable.evidence.captures import list_captures, read_part
from answerable.evidence.imports import import_archive, is_archive
from answerable.ledger.log import Ledger, open_ledger, read_deeds
from tests.evidence.test_capture_wacz import URL, pack

AT = "2025-03-04T05:06:07Z"
Files = dict[str, bytes]


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")


def warc(*bodies: bytes, chunked: bool = False) -> bytes:
    """A WARC as warcio writes it by itself, with SHA-1 in base 32."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="1.0")
    for count, body in enumerate(bodies):
        fields = [("Content-Type", "text/html")]
        fields += [("Transfer-Encoding", "chunked")] if chunked else []
        record = writer.create_warc_record(
            f"https://mill.example/{count}",
            "response",
            payload=io.BytesIO(body),
            length=len(body),
            http_headers=StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1"),
            warc_headers_dict={"WARC-Date": AT},
        )
        writer.write_record(record)
    return file.getvalue()


def crawl() -> Files:
    """The files of a package as a crawler lays them out."""
    page = {
        "id": "1",
        "url": "https://mill.example/0",
        "ts": "2025-03-04T07:06:07+02:00",
        "title": "Mill",
    }
    head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
    return {
        "archive/rec-0.warc.gz": warc(b"<p>first", b"<p>second"),
        "archive/rec-1.warc.gz": warc(b"<p>third"),
        "indexes/index.cdx.gz": gzip.compress(b"example,mill)/0 20250304050607 {}\n"),
        "indexes/index.idx": b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n',
        "pages/pages.jsonl": f"{json.dumps(head)}\n{json.dumps(page)}\n".encode(),
        "pages/extraPages.jsonl": f"{json.dumps(head)}\n".encode(),
        "logs/crawl.log": b"{}\n",
    }


def describe(files: Files, **more: object) -> Files:
    """The same files with a manifest that lists them, and the digest of it."""
    resources = [
        {
            "name": name.rpartition("/")[2],
            "path": name,
            "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
            "bytes": len(data),
        }
        for name, data in files.items()
    ]
    manifest = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "software": "Examplecrawl 1.2",
        "created": AT,
        "resources": resources,
    }
    data = json.dumps(manifest | more).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(data).hexdigest()}"}
    return files | {
        "datapackage.json": data,
        "datapackage-digest.json": json.dumps(digest).encode(),
    }


def zipped(files: Files, compression: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return file.getvalue()


def put(folder: Path, data: bytes, name: str = "a.wacz") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def faults(folder: Path, data: bytes) -> set[str]:
    return set(check_wacz(put(folder, data)).faults)


def test_a_package_of_a_crawler_is_sealed_as_it_is(ledger: Ledger, tmp_path: Path) -> None:
    data = zipped(describe(crawl()))
    found = import_archive(ledger, put(tmp_path, data), "demo")
    capture = found.capture
    assert capture.problems == ()
    assert read_part(ledger, capture, capture.original) == data
    assert (capture.via, capture.url, capture.title) == ("import", "https://mill.example/0", "Mill")
    assert capture.captured_at == AT
    assert "imported from Examplecrawl 1.2" in capture.software
    assert [page.title for page in found.pages] == ["Mill"]
    assert not found.signed
    assert [event.act for event in read_deeds(ledger)][-1] == "source.import"
    assert list_captures(ledger) == [capture]


def test_a_private_package_is_encrypted(ledger: Ledger, tmp_path: Path) -> None:
    data = zipped(describe(crawl()))
    found = import_archive(ledger, put(tmp_path, data), "demo", private=True)
    assert read_part(ledger, found.capture, found.capture.original) == data
    kept = [path for path in (tmp_path / "work").rglob("*") if path.is_file()]
    assert not any(b"mill.example" in path.read_bytes() for path in kept)


def test_our_own_packages_are_in_order(tmp_path: Path) -> None:
    report = check_wacz(put(tmp_path, pack(key=wacz_key(tmp_path))))
    assert (report.faults, report.signed) == ({}, True)
    assert [page.url for page in report.pages] == [URL]


def test_a_lone_warc_is_taken_too(ledger: Ledger, tmp_path: Path) -> None:
    for data in (warc(b"<p>a", b"<p>b"), gzip.decompress(warc(b"<p>a"))):
        found = import_archive(ledger, put(tmp_path, data, "x.warc.gz"), "demo")
        assert found.capture.original.media_type == "application/warc"
        assert found.capture.url == "https://mill.example/0"
        assert found.capture.captured_at == AT
        assert found.capture.problems == ()


@pytest.mark.parametrize(
    ("data", "answer"),
    [
        (zipped(describe(crawl())), True),
        (warc(b"<p>a"), True),
        (gzip.decompress(warc(b"<p>a")), True),
        (zipped({"a.txt": b"x"}), False),
        (gzip.compress(b"a table"), False),
        (warc(b"<p>a")[:9], False),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
)
def test_archives_are_told_by_their_bytes(tmp_path: Path, data: bytes, answer: bool) -> None:
    assert is_archive(put(tmp_path, data, "x")) is answer
    assert not is_archive(tmp_path / "none")


def without(*names: str) -> Callable[[Files], Files]:
    return lambda files: {name: data for name, data in files.items() if name not in names}


def with_file(name: str, data: bytes) -> Callable[[Files], Files]:
    return lambda files: files | {name: data}


BAD_PAGES = b'{"format": "json-pages-1.0"}\n{"url": "https://a.example"}\nnot json\n'
SPOILT = gzip.compress(gzip.decompress(warc(b"<p>first")).replace(b"<p>first", b"<p>other"))


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (without("archive/rec-0.warc.gz", "archive/rec-1.warc.gz"), None, {"no_warc"}),
        (without("indexes/index.cdx.gz", "indexes/index.idx"), None, {"no_index"}),
        (without("pages/pages.jsonl"), None, {"no_pages"}),
        (None, without("datapackage.json"), {"no_manifest"}),
        (None, without("datapackage-digest.json"), {"no_digest_file"}),
        (None, with_file("more.txt", b"x"), {"unlisted_file"}),
        (None, without("logs/crawl.log"), {"missing_file"}),
        (None, with_file("logs/crawl.log", b"[]\n"), {"wrong_hash"}),
        (None, with_file("logs/crawl.log", b"{}"), {"wrong_hash", "wrong_size"}),
        (with_file("archive/notes.txt", b"x"), None, {"foreign_file"}),
        (with_file("indexes/deep/index.cdxj", b"x"), None, {"foreign_file"}),
        (with_file("pages/pages.jsonl", BAD_PAGES), None, {"pages_faulty"}),
        (with_file("archive/rec-1.warc.gz", b""), None, {"warc_unreadable"}),
        (with_file("archive/rec-1.warc.gz", b"hello"), None, {"warc_unreadable"}),
        (with_file("archive/rec-1.warc.gz", warc(b"<p>a")[:-12]), None, {"warc_cut"}),
        (with_file("archive/rec-1.warc.gz", warc(b"<p>a") + b"junk"), None, {"warc_cut"}),
        (with_file("archive/rec-1.warc.gz", SPOILT), None, {"warc_digest_wrong"}),
        (None, with_file("datapackage.json", b"{"),
         {"manifest_faulty", "wrong_manifest_hash"}),
        (None, with_file("datapackage.json", b"[]"),
         {"manifest_faulty", "wrong_manifest_hash"}),
        (None, with_file("datapackage-digest.json", b"[" * 100_000), {"wrong_manifest_hash"}),
    ],
)  # fmt: skip
def test_faults_are_named_and_the_package_is_sealed_all_the_same(
    tmp_path: Path,
    ledger: Ledger,
    before: Callable[[Files], Files] | None,
    after: Callable[[Files], Files] | None,
    codes: set[str],
) -> None:
    files = describe(before(crawl()) if before else crawl())
    path = put(tmp_path, zipped(after(files) if after else files))
    assert set(check_wacz(path).faults) == codes
    assert set(import_archive(ledger, path, "demo").capture.problems) == codes


def test_a_warc_that_was_compressed_again_is_a_fault(tmp_path: Path) -> None:
    data = zipped(describe(crawl()), zipfile.ZIP_DEFLATED)
    assert faults(tmp_path, data) == {"compressed_twice"}


def test_a_manifest_without_its_marks_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, zipped(describe(crawl(), profile="x"))) == {"manifest_faulty"}
    assert faults(tmp_path, zipped(describe(crawl(), wacz_version=""))) == {"manifest_faulty"}


@pytest.mark.parametrize(
    ("signed", "code"),
    [
        ({"hash": "sha256:0", "publicKey": "", "signature": ""}, "signature_wrong"),
        ("text", "signature_wrong"),
    ],
)
def test_a_signature_that_is_none_is_a_fault(tmp_path: Path, signed: object, code: str) -> None:
    files = describe(crawl())
    digest = json.loads(files["datapackage-digest.json"]) | {"signedData": signed}
    files["datapackage-digest.json"] = json.dumps(digest).encode()
    assert faults(tmp_path, zipped(files)) == {code}


def test_a_signature_by_a_domain_is_not_checked_and_says_so(tmp_path: Path) -> None:
    files = describe(crawl())
    digest = json.loads(files["datapackage-digest.json"])
    digest["signedData"] = {"hash": digest["hash"], "domain": "a.example", "signature": "x"}
    files["datapackage-digest.json"] = json.dumps(digest).encode()
    assert faults(tmp_path, zipped(files)) == {"signature_unchecked"}


@given(st.data())
def test_a_flipped_byte_is_found_or_refused(data: st.DataObject) -> None:
    whole = PACKED
    place = data.draw(st.integers(0, len(whole) - 1))
    flipped = bytearray(whole)
    flipped[place] ^= 1 << data.draw(st.integers(0, 7))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        digest_file = archive.getinfo("datapackage-digest.json").header_offset
        warcs = archive.getinfo("indexes/index.cdx.gz").header_offset
    try:
        report = check_wacz_bytes(bytes(flipped))
    except ArchiveRefused:
        return
    if 64 < place < warcs or warcs + 80 < place < digest_file:
        assert report.faults or is_zip_head(whole, place)


PACKED = pack()


def is_zip_head(data: bytes, place: int) -> bool:
    """Whether a byte belongs to a header of the ZIP, which no digest covers."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        heads = [
            (info.header_offset, info.header_offset + 30 + len(info.filename))
            for info in archive.infolist()
        ]
    return any(start <= place < end for start, end in heads)


def check_wacz_bytes(data: bytes) -> WaczReport:
    with tempfile.TemporaryDirectory() as folder:
        return check_wacz(put(Path(folder), data))


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo("x")
    info.filename = name
    info.external_attr = mode << 16
    return info


def zipped_entries(*entries: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w") as archive:
        warnings.simplefilter("ignore")  # a name twice is what some of these are about
        for info, data in entries:
            archive.writestr(info, data)
    return file.getvalue()


def claims(size: int) -> bytes:
    """A package whose directory says that one small entry unpacks to so many bytes."""
    data = bytearray(zipped({"a": b"\0" * 2_000}, zipfile.ZIP_DEFLATED))
    place = data.find(b"PK\x01\x02") + 24
    data[place : place + 4] = struct.pack("<I", size)
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped_entries((entry("../x"), b"")), "leads out"),
        (zipped_entries((entry("archive/../../x"), b"")), "leads out"),
        (zipped_entries((entry("/etc/x"), b"")), "leads out"),
        (zipped_entries((entry("C:/x"), b"")), "leads out"),
        (zipped_entries((entry("..\\x"), b"")), "leads out"),
        (zipped_entries((entry("a//x"), b"")), "leads out"),
        (zipped_entries((entry("a\nb"), b"")), "control letters"),
        (zipped_entries((entry("x"), b""), (entry("x"), b"")), "two entries"),
        (zipped_entries((entry("x"), b""), (entry("X"), b"")), "two entries"),
        (zipped_entries((entry("x", stat.S_IFLNK), b"/etc/passwd")), "link"),
        (zipped({str(n): b"" for n in range(10_001)}), "entries"),
        (claims(200_000_000), "unpacks"),
        (b"", "neither"),
        (b"GIF89a", "neither"),
        (b"PK\x03\x04" + b"\0" * 50, "no ZIP"),
        (zipped({"a": b"b"})[:-30], "no ZIP"),
    ],
)
def test_what_would_harm_its_reader_is_refused_and_nothing_is_kept(
    ledger: Ledger, tmp_path: Path, data: bytes, why: str
) -> None:
    with pytest.raises(ArchiveRefused, match=why):
        import_archive(ledger, put(tmp_path, data), "demo")
    assert list(read_deeds(ledger)) == []
    assert not (tmp_path / "work" / "evidence").exists()


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"aa": b"x" * 500, "bb": b"y" * 10}))
    second = data.rfind(b"PK\x01\x02")
    data[second + 42 : second + 46] = struct.pack("<I", 100)
    with pytest.raises(ArchiveRefused, match="overlap"):
        check_wacz(put(tmp_path, bytes(data)))


def test_an_encrypted_entry_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"aa": b"x"}))
    place = data.find(b"PK\x01\x02") + 8
    data[place] |= 1
    with pytest.raises(ArchiveRefused, match="encrypted"):
        check_wacz(put(tmp_path, bytes(data)))


def record(*lines: str, body: bytes = b"") -> bytes:
    return "\r\n".join(["WARC/1.1", *lines, "", ""]).encode() + body + b"\r\n\r\n"


INFO = ("WARC-Type: warcinfo", "WARC-Record-ID: <urn:x>")


@pytest.mark.parametrize(
    "data",
    [
        record(*INFO, "Content-Length: 99999999999999999999"),
        record(*INFO, "Content-Length: 5000000"),
        gzip.compress(record(*INFO, "Content-Length: 999999", body=b"\0" * 999_999)) * 3,
    ],
)
def test_a_warc_that_is_or_claims_to_be_too_large_is_refused(
    ledger: Ledger, tmp_path: Path, data: bytes
) -> None:
    with pytest.raises(ArchiveRefused, match="limit"):
        import_archive(ledger, put(tmp_path, data), "demo", most_unpacked=2_000_000)
    wacz = zipped(describe(crawl() | {"archive/rec-2.warc.gz": data}))
    with pytest.raises(ArchiveRefused, match="limit"):
        import_archive(ledger, put(tmp_path, wacz), "demo", most_unpacked=2_000_000)
    assert list(read_deeds(ledger)) == []


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (record(*INFO, "Content-Length: 3", body=b"abc"), set()),
        (record(*INFO, "Content-Length: -3"), {"warc_unreadable"}),
        (record(*INFO, "Content-Length: ٣", body=b"abc"), {"warc_unreadable"}),
        (record(*INFO), {"warc_unreadable"}),
        (record(*INFO, *["X: 1"] * 300, "Content-Length: 0"), {"warc_unreadable"}),
        (record(*INFO, "X: " + "y" * 70_000, "Content-Length: 0"), {"warc_unreadable"}),
        (gzip.compress(b"\0" * 300_000), {"warc_unreadable"}),
        (record(*INFO, "Content-Length: 300", body=b"abc"), {"warc_cut"}),
        (record("WARC-Type: resource", "Content-Length: 0"), {"warc_digest_absent"}),
        (record("WARC-Type: resource", "WARC-Block-Digest: crc:1", "Content-Length: 0"),
         {"warc_digest_unknown", "warc_digest_absent"}),
        (record("WARC-Type: resource", "WARC-Block-Digest: sha1:zz", "Content-Length: 0"),
         {"warc_digest_unknown", "warc_digest_absent"}),
        (record("WARC-Type: resource", "Content-Length: 2", "WARC-Block-Digest: md5:"
                + hashlib.md5(b"ab").hexdigest(), body=b"ab"), set()),  # noqa: S324
        (record(*INFO, "Content-Length: 0") + b"junk\r\n", {"warc_trailing_bytes"}),
    ],
)  # fmt: skip
def test_warcs_are_read_to_the_letter(data: bytes, codes: set[str]) -> None:
    assert set(check_warc(io.BytesIO(data), "a.warc", 1_000_000).faults) == codes


def test_digests_of_bodies_in_chunks_may_be_taken_either_way() -> None:
    framed = b"3\r\nabc\r\n0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    for hashed, codes in ((framed, set()), (b"abc", set()), (b"abd", {"warc_digest_wrong"})):
        data = record(
            "WARC-Type: response",
            "Content-Type: application/http; msgtype=response",
            f"WARC-Payload-Digest: sha256:{hashlib.sha256(hashed).hexdigest()}",
            f"Content-Length: {len(head + framed)}",
            body=head + framed,
        )
        assert set(check_warc(io.BytesIO(data), "a.warc", 10_000).faults) == codes


def test_a_missing_file_is_an_error(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(CaptureFileMissing):
        import_archive(ledger, tmp_path / "none.wacz", "demo")
