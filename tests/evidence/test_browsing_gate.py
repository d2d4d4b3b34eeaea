"""The gate between a captured page and the network, and the proxies beyond it."""

import base64
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from answerable.errors import AddressRefused, UsageError
from answerable.evidence.browsing.gate import Gate, open_gate
from answerable.evidence.browsing.upstream import Upstream, read_upstream
from tests.evidence.browsing_site import Site, open_site, say

GREETING = "hello from the site"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with open_site() as site:
        site.pages |= {"/": say(GREETING), "/much": say("m" * 1_000_000)}
        yield site


def to_loopback(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def fetch_by_curl(url: str, proxy: str) -> str:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not on this machine")
    command = [curl, "-sS", "--max-time", "5", "--noproxy", "", "--proxy", proxy, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout or done.stderr


def test_another_program_is_served(site: Site) -> None:
    with open_gate(Gate(allow_private=True, resolve=to_loopback)) as gate:
        proxy = f"socks5h://127.0.0.1:{gate.port}"
        assert fetch_by_curl(site.url("/", "a.example"), proxy) == GREETING
        assert gate.address_of("a.example", site.port) == "127.0.0.1"
        assert len(GREETING) < gate.received < 1_000


REFUSED = ["127.0.0.1", "localhost", "10.1.2.3", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]"]


@pytest.mark.parametrize("host", REFUSED)
def test_inner_addresses_are_refused(site: Site, host: str) -> None:
    with open_gate(Gate()) as gate:
        told = fetch_by_curl(site.url("/", host), f"socks5h://127.0.0.1:{gate.port}")
        assert GREETING not in told
        assert gate.refused == {host.strip("[]")} or gate.refused == {"::ffff:7f00:1"}
        assert gate.received == 0


def test_a_name_is_looked_up_once(site: Site) -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    gate = Gate(resolve=lambda host, port: next(answers))
    assert gate.find("a.example", site.port) == "93.184.215.14"
    assert gate.find("a.example", site.port) == "93.184.215.14"


def test_a_name_with_any_inner_address_is_refused(site: Site) -> None:
    gate = Gate(resolve=lambda host, port: ["93.184.215.14", "127.0.0.1"])
    with pytest.raises(AddressRefused):
        gate.find("a.example", site.port)
    assert gate.refused == {"a.example"}


def test_what_brings_too_much_is_cut(site: Site) -> None:
    with open_gate(Gate(allow_private=True, most_bytes=100_000)) as gate:
        told = fetch_by_curl(site.url("/much"), f"socks5h://127.0.0.1:{gate.port}")
        assert gate.exhausted
        assert len(told) < 300_000


def test_connections_to_a_host_can_be_cut(site: Site) -> None:
    with (
        open_gate(Gate(allow_private=True)) as gate,
        Upstream("socks5h", "127.0.0.1", gate.port).dial("127.0.0.1", site.port) as end,
    ):
        gate.cut("127.0.0.1", site.port)
        end.settimeout(5)
        assert end.recv(1) == b""


NO_REQUESTS = [
    b"",
    b"GET / HTTP/1.1\r\n\r\n",
    b"\x04\x01",
    b"\x05\x01\x02",
    b"\x05\x01\x00\x05\x02",
]


@pytest.mark.parametrize("told", NO_REQUESTS)
def test_what_is_no_request_to_connect_is_dropped(told: bytes) -> None:
    with open_gate(Gate()) as gate, socket.create_connection(("127.0.0.1", gate.port)) as end:
        end.settimeout(5)
        answer = b""
        with suppress(OSError):  # it may have hung up already
            end.sendall(told)
            end.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while piece := end.recv(100):
                answer += piece
        assert answer in (b"", b"\x05\x00")
        assert gate.addresses == {}


# --- proxies beyond the gate


@contextmanager
def open_proxy(site: Site, script: list[tuple[bytes, bytes]]) -> Iterator[tuple[int, list[bytes]]]:
    """Serve one connection: wait for each thing in turn, answer it, then join it to the site."""
    heard: list[bytes] = []

    def hear(near: socket.socket, ending: bytes) -> bytes:
        text = b""
        while not text.endswith(ending):
            text += near.recv(1) or ending
        return text

    def serve(listener: socket.socket) -> None:
        near, _ = listener.accept()
        with near, socket.create_connection(("127.0.0.1", site.port)) as far, suppress(OSError):
            near.settimeout(5)
            for ending, answer in script:
                heard.append(hear(near, ending))
                near.sendall(answer)
            if request := near.recv(10_000):
                far.sendall(request)
                near.sendall(far.recv(10_000))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        yield listener.getsockname()[1], heard
        thread.join(timeout=5)


def ask_through(proxy: str) -> bytes:
    upstream = read_upstream(proxy)
    assert upstream is not None
    with upstream.dial("a.example", 80) as end:
        end.sendall(b"GET / HTTP/1.0\r\nHost: a.example\r\n\r\n")
        return end.recv(10_000)


def test_an_http_proxy_is_asked_for_a_tunnel(site: Site) -> None:
    script = [(b"\r\n\r\n", b"HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n")]
    with open_proxy(site, script) as (port, heard):
        assert b"200 OK" in ask_through(f"http://me:my%20word@127.0.0.1:{port}")
    [head] = heard
    assert head.startswith(b"CONNECT a.example:80 HTTP/1.1\r\n")
    assert base64.b64encode(b"me:my word") in head


def test_a_socks_proxy_gets_the_name_and_the_password(site: Site) -> None:
    asked = b"\x05\x01\x00\x03\x09a.example\x00\x50"
    script = [
        (b"\x05\x02\x00\x02", b"\x05\x02"),
        (b"\x01\x02me\x04word", b"\x01\x00"),
        (asked, b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"),
    ]
    with open_proxy(site, script) as (port, heard):
        assert b"200 OK" in ask_through(f"socks5h://me:word@127.0.0.1:{port}")
    assert heard[-1] == asked


REFUSALS = [
    ("http", [(b"\r\n\r\n", b"HTTP/1.1 403 No\r\n\r\n")]),
    ("socks5h", [(b"\x05\x01\x00", b"\x05\xff")]),
    ("socks5h", [(b"\x05\x01\x00", b"\x05\x00"), (b"\x00\x50", b"\x05\x02\x00\x01" + b"\0" * 6)]),
]


@pytest.mark.parametrize(("scheme", "script"), REFUSALS)
def test_a_refusal_is_told(site: Site, scheme: str, script: list[tuple[bytes, bytes]]) -> None:
    with open_proxy(site, script) as (port, _), pytest.raises(ConnectionError, match="proxy"):
        ask_through(f"{scheme}://127.0.0.1:{port}")


@pytest.mark.parametrize("proxy", ["ftp://a.example", "socks5h://", "127.0.0.1:9050", "http://a:b"])
def test_a_proxy_that_cannot_be_used_is_told(proxy: str) -> None:
    with pytest.raises(UsageError, match="socks5h"):
        read_upstream(proxy)


def test_inner_addresses_are_refused_also_before_a_proxy() -> None:
    gate = Gate(upstream=Upstream("socks5h", "127.0.0.1", 1))
    assert gate.find("a.example", 80) == "a.example"
    for host in ("127.0.0.1", "localhost", "127.1", "0x7f000001", "2130706433", "::1", "a.local"):
        with pytest.raises(AddressRefused):
            gate.find(host, 80)
