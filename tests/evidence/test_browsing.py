"""Captures with the real browser, of pages that try what pages try."""

import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.errors import AddressRefused, BrowserFailed, BrowserMissing, FetchFailed
from answerable.evidence.browsing.chromium import find_chromium, run_chromium
from answerable.evidence.browsing.gate import Gate, open_gate
from answerable.evidence.browsing.profile import sweep_profiles
from answerable.evidence.browsing.records import Bounds
from answerable.evidence.browsing.rendering import Limits, Rendered, render_page
from tests.evidence.browsing_site import PIXEL, Site, drip, open_site, say, say_packed, send_on

try:
    CHROMIUM = find_chromium()
except BrowserMissing:
    pytest.skip("no Chromium on this machine", allow_module_level=True)

QUICK = Limits(quiet_seconds=0.2, scroll_seconds=1.0, most_quiet_seconds=3.0)

RICH = """<!DOCTYPE html><html><head><meta charset="gbk"><title>虚构公司</title></head>
<body style="margin:0"><p id="place"></p><img src="/moved.png"><iframe src="/frame"></iframe>
<div style="height:2000px"></div><img loading="lazy" src="/lazy.png">
<script>
document.getElementById("place").append("made by a " + "script " + navigator.userAgent);
addEventListener("beforeunload", event => event.preventDefault());
fetch("/send", {method: "POST", body: "a question"});
new Worker("/worker.js");
window.opened = window.open("/popup");
navigator.geolocation.getCurrentPosition(
    () => document.body.append("permission given"),
    told => document.body.append("permission refused: " + told.code));
document.body.append(new Date(2026, 0, 1).getTimezoneOffset() + " minutes from UTC");
setTimeout(() => { alert("Look!"); document.body.append("after the dialog"); }, 20);
const link = document.createElement("a");
link.href = "/file.bin"; link.download = "file.bin"; document.body.append(link); link.click();
</script></body></html>"""


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as site:
        site.pages |= {
            "/": send_on("/rich"),
            "/rich": say(RICH.encode("gbk"), "text/html", Set_Cookie="kept=no"),
            "/moved.png": send_on("/pixel.png"),
            "/pixel.png": say(PIXEL, "image/png"),
            "/lazy.png": say(PIXEL, "image/png"),
            "/frame": say_packed("<p>a frame<script>fetch('/from-frame')</script>"),
            "/from-frame": say("{}", "application/json"),
            "/send": say("an answer", "text/plain"),
            "/worker.js": say("fetch('/from-worker')", "text/javascript"),
            "/from-worker": say("{}", "application/json"),
            "/file.bin": say(b"\0" * 100, "application/octet-stream"),
        }
        yield site


@pytest.fixture(scope="module")
def rich(site: Site) -> Rendered:
    return render_page(site.url("/"), allow_private=True, limits=QUICK)


def test_the_page_is_named_as_it_stood_in_the_end(rich: Rendered, site: Site) -> None:
    assert rich.url == site.url("/")
    assert rich.final_url == site.url("/rich")
    assert rich.title == "虚构公司"
    assert rich.software.startswith(("Chrome/", "Chromium/", "Edg/"))


def test_the_source_is_kept_byte_for_byte_in_its_own_character_set(rich: Rendered) -> None:
    assert rich.page is not None
    assert rich.page.body == RICH.encode("gbk")
    assert ("Set-Cookie", "kept=no") in rich.page.response_headers
    assert rich.page.address == "127.0.0.1"


def test_the_elements_hold_what_scripts_made(rich: Rendered) -> None:
    dom = rich.resource("dom")
    assert dom is not None
    text = dom.body.decode()
    for words in (
        "made by a script",
        "permission refused: 1",
        "after the dialog",
        "0 minutes from",
    ):
        assert words in text, words
    assert "Headless" not in text


ASKED = [
    ("GET", "/", 302, b""),
    ("GET", "/rich", 200, None),
    ("GET", "/moved.png", 302, b""),
    ("GET", "/pixel.png", 200, PIXEL),
    ("GET", "/lazy.png", 200, PIXEL),
    ("GET", "/frame", 200, b"<p>a frame<script>fetch('/from-frame')</script>"),
    ("GET", "/from-frame", 200, b"{}"),
    ("POST", "/send", 200, b"an answer"),
    ("GET", "/from-worker", 200, b"{}"),
    ("GET", "/file.bin", 200, b"\0" * 100),
]


@pytest.mark.parametrize(("method", "path", "status", "body"), ASKED)
def test_everything_that_was_asked_is_recorded(
    rich: Rendered, site: Site, method: str, path: str, status: int, body: bytes | None
) -> None:
    [exchange] = [each for each in rich.exchanges if each.url == site.url(path)]
    assert (exchange.method, exchange.status) == (method, status)
    assert body is None or exchange.body == body
    assert exchange.truncated is None
    if path != "/file.bin":  # the browser does not tell what it sent for a download
        assert dict(exchange.request_headers)["Host"] == f"127.0.0.1:{site.port}"
    assert "Headless" not in str(exchange.request_headers)


def test_nothing_reached_the_server_that_is_not_recorded(rich: Rendered, site: Site) -> None:
    recorded = {each.url.removeprefix(site.url("")) for each in rich.exchanges}
    assert set(site.asked) - {"/favicon.ico"} <= recorded
    assert "/popup" not in site.asked


def test_what_was_posted_is_recorded(rich: Rendered) -> None:
    [posted] = [each for each in rich.exchanges if each.method == "POST"]
    assert posted.request_body == b"a question"


def test_what_the_page_asked_of_its_reader_was_refused(rich: Rendered) -> None:
    assert "dialog_dismissed" in rich.problems
    assert "download_refused" in rich.problems
    assert ("browser_unsandboxed" in rich.problems) == (os.geteuid() == 0)
    assert "no_screenshot" not in rich.problems


def test_the_picture_shows_the_whole_page_under_its_band(rich: Rendered) -> None:
    picture = rich.resource("fullPage")
    assert picture is not None
    width, height = struct.unpack_from(">II", picture.body, 16)
    assert width == 1280
    assert 2_000 + 40 < height < 3_000


# --- what may be reached


@pytest.fixture(scope="module")
def far() -> Iterator[Gate]:
    """A proxy for which every name leads to this machine: the network beyond, for tests."""
    with open_gate(Gate(allow_private=True, resolve=lambda host, port: ["127.0.0.1"])) as gate:
        yield gate


def test_a_public_page_does_not_reach_this_machine(site: Site, far: Gate) -> None:
    site.pages["/curious"] = say(
        "".join(
            f"<script>fetch('http://{host}:{site.port}/inner').catch(() => 0)</script>"
            for host in ("127.0.0.1", "2130706433", "[::1]", "localhost", "printer.local")
        )
        + f"<img src='/to-inner'><img src='http://b.example:{site.port}/pixel.png'>"
    )
    site.pages["/to-inner"] = send_on(f"http://127.0.0.1:{site.port}/inner")
    proxy = f"socks5h://127.0.0.1:{far.port}"
    curious = render_page(site.url("/curious", "a.example"), proxy=proxy, limits=QUICK)
    inner = [each for each in curious.exchanges if each.url.endswith("/inner")]
    assert len(inner) == 6
    assert {each.failed for each in inner} == {"address_refused"}
    assert "address_refused" in curious.problems
    assert "/inner" not in site.asked
    [seen] = [each for each in curious.exchanges if each.url.endswith("/pixel.png")]
    assert (seen.status, seen.address) == (200, None)


def test_a_private_page_is_refused_before_a_browser_is_started(site: Site) -> None:
    with pytest.raises(AddressRefused):
        render_page(site.url("/rich"), chromium="no such program")


def test_a_name_that_is_not_known_is_told(site: Site) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise OSError(f"{host}:{port} is not known")

    with pytest.raises(FetchFailed, match="host is not known"):
        render_page("http://a.example/", resolve=resolve, chromium="no such program")


# --- pages without an end


def test_a_long_page_and_an_endless_answer_are_cut(site: Site) -> None:
    site.pages["/long"] = drip(
        "<style>body{margin:0}</style><div style='height:40000px;background:#def'>long</div>", 20
    )
    limits = Limits(
        scroll_seconds=0.2,
        most_quiet_seconds=0.3,
        most_height=5_000,
        bounds=Bounds(most_body_seconds=0.5),
    )
    long = render_page(site.url("/long"), allow_private=True, limits=limits)
    assert long.page is not None
    assert long.page.truncated == "time"
    assert long.page.body.startswith(b"<style>")
    assert {"bodies_cut", "screenshot_cut"} <= set(long.problems)
    picture = long.resource("fullPage")
    assert picture is not None
    assert 5_000 < struct.unpack_from(">I", picture.body, 20)[0] < 5_200


def test_a_page_that_never_lets_go_is_bounded(site: Site) -> None:
    site.pages["/busy"] = say("<title>busy</title><p>busy<script>for (;;) {}</script>")
    limits = Limits(most_seconds=0.8, picture_seconds=0.3, scroll_seconds=0.2)
    began = time.monotonic()
    busy = render_page(site.url("/busy"), allow_private=True, limits=limits)
    assert time.monotonic() - began < 12
    assert {"load_timed_out", "no_screenshot", "no_dom"} <= set(busy.problems)
    assert busy.page is not None
    assert busy.page.body.startswith(b"<title>busy")


def test_a_download_is_recorded_though_it_is_refused(site: Site) -> None:
    file = render_page(site.url("/file.bin"), allow_private=True, limits=QUICK)
    assert file.page is not None
    assert file.page.body == b"\0" * 100
    assert {"download_refused", "no_screenshot"} <= set(file.problems)


# --- the browser's end


def list_processes(folder: str) -> list[int]:
    """List the processes whose command line names a folder."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if folder in (each / "cmdline").read_bytes().decode("utf-8", "replace"):
                found.append(int(each.name))
        except OSError:
            continue
    return found


def wait_until_gone(folder: str) -> bool:
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline:
        if not list_processes(folder):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give an empty folder for profiles, with a short name: browsers make sockets in them."""
    with tempfile.TemporaryDirectory(prefix="b-") as name:
        monkeypatch.setattr("tempfile.tempdir", name)
        yield Path(name)


NEEDS_PROC = pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")


def interrupt(room: Path) -> None:
    """Talk over a WebSocket, as where there are no pipes, and break off."""
    pytest.importorskip("websockets")
    with open_gate(Gate()) as gate, run_chromium(CHROMIUM, gate.port, by_pipe=False) as browser:
        assert "Chrome" in browser.talk.ask("Browser.getVersion")["product"]
        assert browser.process_id in list_processes(str(room))
        raise KeyboardInterrupt


@NEEDS_PROC
def test_it_is_ended_when_our_work_is_interrupted(room: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        interrupt(room)
    assert list(room.iterdir()) == []
    assert wait_until_gone(str(room))


@NEEDS_PROC
def test_it_ends_itself_when_we_are_killed(room: Path) -> None:
    script = (
        "import sys, time\n"
        "from answerable.evidence.browsing.chromium import find_chromium, run_chromium\n"
        "with run_chromium(find_chromium(), 9) as browser:\n"
        "    print('it runs', flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        env={**os.environ, "TMPDIR": str(room)},
    ) as ours:
        assert ours.stdout is not None
        assert ours.stdout.readline() == b"it runs\n"
        assert list_processes(str(room))
        ours.send_signal(signal.SIGKILL)
    assert wait_until_gone(str(room))
    assert sweep_profiles() == []
    assert len(sweep_profiles(older_than_seconds=-1)) == 1
    assert list(room.iterdir()) == []


def test_a_browser_that_is_missing_or_does_not_start_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrowserMissing, match="without a browser"):
        render_page("http://127.0.0.1/", allow_private=True, chromium="no such program")
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho No usable sandbox! >&2\nexit 1\n")
    broken.chmod(0o755)
    with pytest.raises(BrowserFailed, match="sandbox"):
        render_page("http://127.0.0.1/", allow_private=True, chromium=str(broken))
