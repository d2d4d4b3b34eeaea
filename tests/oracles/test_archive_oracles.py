"""Archives that we write, judged by others: warcio's check, py-wacz's validate, pywb's replay."""

import gzip
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from answerable.evidence.archives.wacz import Page, write_wacz
from answerable.evidence.archives.warc import Provenance
from answerable.evidence.exchanges import Exchange, Resource
from tests.oracles.asking import Oracle

AT = "2026-11-24T14:02:03Z"
STAMP = "20261124140203"
PROVENANCE = Provenance("answerable 0.1", "a1b2c3d4", f"sha256:{'0' * 64}", AT)
SENT = (("User-Agent", "Mozilla/5.0"), ("Accept", "*/*"))


def exchange(url: str, media_type: str, body: bytes, status: int = 200) -> Exchange:
    coding = (("Content-Encoding", "gzip"),) if body[:2] == b"\x1f\x8b" else ()
    headers = (("Content-Type", media_type), ("Content-Length", str(len(body))), *coding)
    return Exchange(url, "GET", SENT, b"", status, "OK", headers, body, "192.0.2.7", AT)


PAGES = [
    exchange("https://mill.example/", "text/html; charset=utf-8", "<p>Hello 𠀀 é".encode()),
    exchange("https://mill.example/a.png", "image/png", b"\x89PNG\r\n\x1a\n\x00\xff\r\n\r\n"),
    exchange("https://mill.example/empty", "text/plain", b""),
    exchange("https://mill.example/find?q=b%20c&a=1", "text/html", b"<p>found"),
    exchange("https://mill.example/packed", "text/html", gzip.compress(b"<p>packed" * 99, mtime=0)),
    exchange("https://mill.example/gone", "text/html", b"<p>Not here", status=404),
    exchange("https://xn--zckzah.example/%E6%96%B0?x=%E7%96%86", "text/html", "<p>新疆".encode()),
]
RESOURCES = [
    Resource("urn:fullPage:https://mill.example/", "image/png", b"\x89PNG\r\n\x1a\nxyz", AT)
]


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "capture.wacz"
    with path.open("w+b") as file:
        write_wacz(file, PAGES, RESOURCES, [Page(PAGES[0].url, AT, "Hello")], PROVENANCE)
    return path


def take_warc(package: Path, folder: Path) -> Path:
    with zipfile.ZipFile(package) as archive:
        [name] = [each for each in archive.namelist() if each.startswith("archive/")]
        return Path(archive.extract(name, folder))


def check_warc(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", "warcio.cli", "check", "-v", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_warcio_checks_every_digest(package: Path, tmp_path: Path) -> None:
    done = check_warc(take_warc(package, tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("digest pass") == 1 + 2 * len(PAGES) + len(RESOURCES)
    assert "no digest to check" not in done.stdout


def test_warcio_finds_a_flipped_byte(package: Path, tmp_path: Path) -> None:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.warcwriter import WARCWriter

    damaged = tmp_path / "damaged.warc.gz"
    with take_warc(package, tmp_path).open("rb") as source, damaged.open("wb") as target:
        writer = WARCWriter(target, gzip=True)
        for record in ArchiveIterator(source, no_record_parse=True):
            body = record.raw_stream.read().replace("𠀀".encode(), "𠀁".encode())
            record.raw_stream = io.BytesIO(body)
            writer.write_record(record)
    done = check_warc(damaged)
    assert done.returncode == 1
    assert "payload digest failed" in done.stdout
    assert "block digest failed" in done.stdout


def test_py_wacz_finds_a_flipped_byte(package: Path, wacz_tool: Path, tmp_path: Path) -> None:
    """That it finds nothing in a package that is in order is tested with a capture."""
    data = bytearray(package.read_bytes())
    data[data.index(b'"title": "Hello"') + 10] ^= 1
    damaged = tmp_path / "damaged.wacz"
    damaged.write_bytes(data)
    command = [str(wacz_tool), "validate", "--file", str(damaged)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_pywb_replays_every_byte(package: Path, pywb: Oracle) -> None:
    asked = [(STAMP, each.url) for each in PAGES]
    replayed = pywb.ask("replay", wacz=str(package), pages=asked)
    assert [bytes.fromhex(each["body"]) for each in replayed] == [each.body for each in PAGES]
    assert [each["status"] for each in replayed] == [each.status for each in PAGES]
    assert [each["type"] for each in replayed] == [each.header("Content-Type") for each in PAGES]


def test_pywb_replays_the_screenshot(package: Path, pywb: Oracle) -> None:
    [replayed] = pywb.ask("replay", wacz=str(package), pages=[(STAMP, RESOURCES[0].url)])
    assert bytes.fromhex(replayed["body"]) == RESOURCES[0].body
