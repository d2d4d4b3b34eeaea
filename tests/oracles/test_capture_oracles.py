"""A page served on loopback, captured as users capture it, and judged by others."""

import gzip
import subprocess
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.errors import BrowserMissing
from answerable.evidence.browsing.chromium import find_chromium
from answerable.evidence.browsing.rendering import render_page
from answerable.evidence.captures import capture_address
from answerable.ledger.log import open_ledger
from answerable.ledger.objects import object_path
from tests.evidence.capture_server import page, redirect, serve
from tests.oracles.asking import Oracle
from tests.oracles.test_archive_oracles import check_warc, take_warc

HTML = "<!doctype html><title>Mill 磨坊</title><img src='/loom.png'><p>Looms 𠀀".encode()
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture(scope="module")
def captured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The package, the address of the page, and when it was captured, as 14 digits."""
    folder = tmp_path_factory.mktemp("captured")
    ledger = open_ledger(make_workspace(folder / "work"), keys=folder / "keys")
    answers = {
        "/": redirect("/mill?a=1&b=%E7%A3%A8"),
        "/mill?a=1&b=%E7%A3%A8": page(HTML, "Set-Cookie: a=b", "X-Odd: \xe9"),
        "/loom.png": page(PICTURE, media_type="image/png"),
    }
    with serve(answers) as server:
        capture = capture_address(ledger, server.url("/"), "mill", allow_private=True)
    assert capture.original.media_type == "application/wacz+zip"
    path = folder / "capture.wacz"
    path.write_bytes(object_path(ledger.store, capture.original.object).read_bytes())
    stamp = "".join(each for each in capture.captured_at if each.isdigit())
    return path, capture.url.rstrip("/"), stamp


def test_pywb_replays_page_picture_and_redirect(
    captured: tuple[Path, str, str], pywb: Oracle
) -> None:
    package, site, stamp = captured
    asked = [f"{site}/mill?a=1&b=%E7%A3%A8", f"{site}/loom.png", f"{site}/"]
    pages = [(stamp, url) for url in asked]
    html, picture, moved = pywb.ask("replay", wacz=str(package), pages=pages)
    assert bytes.fromhex(html["body"]) == HTML
    assert bytes.fromhex(picture["body"]) == PICTURE
    assert moved["status"] == 302


def test_warcio_and_py_wacz_find_it_in_order(
    captured: tuple[Path, str, str], wacz_tool: Path, tmp_path: Path
) -> None:
    package, _, _ = captured
    done = check_warc(take_warc(package, tmp_path))
    assert (done.returncode, "failed" in done.stdout) == (0, False)
    command = [str(wacz_tool), "validate", "--file", str(package)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


BUILT = (
    "<!doctype html><title>Built</title><main></main>"
    "<script>fetch('/words').then(r => r.text()).then(t => {"
    "document.querySelector('main').textContent = t})</script>"
)
WORDS = "Looms 𠀀 织机 " * 40


def test_pywb_replays_a_page_that_a_script_built(pywb: Oracle, tmp_path: Path) -> None:
    """The page and what its script fetched (in gzip), and the picture of the whole page."""
    try:
        find_chromium()
    except BrowserMissing as error:
        pytest.skip(str(error))
    ledger = open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")
    packed = gzip.compress(WORDS.encode())
    answers = {
        "/": page(BUILT.encode()),
        "/words": page(packed, "Content-Encoding: gzip", media_type="text/plain; charset=utf-8"),
    }
    with serve(answers) as server:
        site = server.url("/")
        capture = capture_address(ledger, site, "mill", allow_private=True, browser=render_page)
    wacz, picture = (
        object_path(ledger.store, part.object)
        for part in (capture.original, capture.part("screenshot"))
        if part is not None
    )
    package = tmp_path / "built.wacz"
    package.write_bytes(wacz.read_bytes())
    stamp = "".join(each for each in capture.captured_at if each.isdigit())
    asked = [(stamp, site), (stamp, f"{site}words"), (stamp, f"urn:fullPage:{site}")]
    html, words, shown = pywb.ask("replay", wacz=str(package), pages=asked)
    assert bytes.fromhex(html["body"]) == BUILT.encode()
    assert bytes.fromhex(words["body"]) == WORDS.encode()
    assert bytes.fromhex(shown["body"]) == picture.read_bytes()
