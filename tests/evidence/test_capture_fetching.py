"""What is fetched, what is kept of it, and what is refused."""

import socket
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import AddressRefused, FetchFailed, UsageError
from answerable.evidence.addresses import check_address, is_public, read_address
from answerable.evidence.fetching import LIMITS, fetch_page, post_bytes
from tests.evidence.capture_server import page, redirect, serve

QUICK = replace(LIMITS, most_bytes=50_000, most_seconds=0.6, most_silence=0.4)


def drip(pieces: list[bytes], pause: float) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        for piece in pieces:
            connection.sendall(piece)
            time.sleep(pause)

    return answer


def forever(head: bytes, piece: bytes) -> Callable[[socket.socket], None]:
    def answer(connection: socket.socket) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return answer


def test_an_answer_is_kept_as_it_came() -> None:
    body = "<p>华为</p>".encode()
    with serve(
        {"/a?q=1": page(body, "X-Place: Z\xfcrich", "Set-Cookie: a=1", "Set-Cookie: b=2")}
    ) as it:
        [exchange] = fetch_page(it.url("/a?q=1#part"), allow_private=True)
        asked = it.requests[0].decode()
    assert exchange.body == body
    assert exchange.url == it.url("/a?q=1")
    assert (exchange.status, exchange.reason, exchange.address) == (200, "OK", "127.0.0.1")
    assert exchange.response_headers[2:] == (
        ("X-Place", "Z\xfcrich"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    )
    lines = asked.split("\r\n")
    assert lines[0] == "GET /a?q=1 HTTP/1.1"
    assert [tuple(line.split(": ", 1)) for line in lines[1:-2]] == list(exchange.request_headers)
    assert "answerable" not in asked.lower()
    assert "python" not in asked.lower()


def test_chunks_and_codings_stay_as_on_the_wire() -> None:
    wire = b"3\r\nabc\r\n5;x=y\r\nde\r\nf\r\n0\r\nX-Trailer: 1\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    with serve({"/": head + wire}) as it:
        [exchange] = fetch_page(it.url(), allow_private=True)
    assert exchange.body == wire
    assert not exchange.decoded


def test_redirects_are_followed_and_each_is_kept() -> None:
    with serve({"/": redirect("/b"), "/b": redirect("c", "301 Moved"), "/c": page(b"end")}) as it:
        chain = fetch_page(it.url(), allow_private=True)
    assert [each.url for each in chain] == [it.url(), it.url("/b"), it.url("/c")]
    assert [each.status for each in chain] == [302, 301, 200]


def test_a_circle_of_redirects_ends() -> None:
    with serve({"/": redirect("/")}) as it:
        with pytest.raises(FetchFailed, match="redirects more than 10 times"):
            fetch_page(it.url(), allow_private=True)
        assert len(it.requests) == 11


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:9/",
        "//localhost/x",
        "http://[::1]/",
        "http://0x7f.1/",
        "file:///etc/passwd",
    ],
)
def test_a_public_page_cannot_lead_into_this_machine(place: str) -> None:
    with serve({"http://far.example/": redirect(place)}) as it:
        with pytest.raises(AddressRefused, match=r"not public|this machine|unusual|only http"):
            fetch_page("http://far.example/", proxy=f"http://127.0.0.1:{it.port}")
        assert len(it.requests) == 1


def test_a_name_that_leads_to_loopback_is_refused_and_never_asked_twice() -> None:
    answers = iter([["93.184.216.34", "127.0.0.1"]])
    with pytest.raises(AddressRefused, match="not public"):
        fetch_page("http://rebind.example/", resolve=lambda host, port: next(answers))


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    with serve({"/": page(b"here")}) as it:
        [exchange] = fetch_page(
            f"http://some.example:{it.port}/",
            allow_private=True,
            resolve=lambda host, port: ["127.0.0.1"],
        )
        assert f"Host: some.example:{it.port}".encode() in it.requests[0]
    assert exchange.address == "127.0.0.1"
    assert exchange.url == f"http://some.example:{it.port}/"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0x7f.0.0.1", "10.1.2.3",
        "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1",
        "255.255.255.255", "[::1]", "[::]", "[::ffff:10.0.0.1]", "[::ffff:7f00:1]", "[fe80::1]",
        "[fc00::1]", "[ff02::1]", "[2002:7f00:1::]", "[64:ff9b::7f00:1]", "[::127.0.0.1]",
        "localhost", "LOCALHOST.", "a.localhost", "printer.local", "db.internal", "134744072",
    ],
)  # fmt: skip
def test_addresses_of_this_machine_and_network_are_refused(host: str) -> None:
    with pytest.raises(AddressRefused):
        check_address(read_address(f"http://{host}/"))


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://a.example/", "javascript:alert(1)", "http://", "http:///x",
     "//a.example/", "http://a.example:0/", "http://a.example:99999/", "http://a b/", "http://[fe80::1%25eth0]/",
     "http://a.example/" + "x" * 9_000, "", "gopher://a.example", "http://a\\b.example/"],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(AddressRefused):
        read_address(url)


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z0-9@:.\[\]%-]{1,30}/.{0,20}"))
def test_an_address_is_read_or_refused_and_reading_twice_is_reading_once(url: str) -> None:
    try:
        address = read_address(url)
    except AddressRefused:
        return
    again = read_address(address.url)
    assert replace(again, had_credentials=address.had_credentials) == address
    assert address.url.isascii()
    assert not set(address.url) & set(" \r\n\t#")


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_no_more_public_in_ipv6_clothes(ip: object) -> None:
    assert not is_public(f"::ffff:{ip}") or is_public(str(ip))
    assert is_public(str(ip)) or not is_public(f"64:ff9b::{ip}")


def test_a_user_and_password_are_dropped() -> None:
    with serve({"/": page(b"in")}) as it:
        [exchange] = fetch_page(
            it.url().replace("http://", "http://ann:secret@"), allow_private=True
        )
        assert b"secret" not in it.requests[0]
    assert "secret" not in repr(exchange)
    assert read_address("http://ann:secret@a.example/").had_credentials


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (forever(HEAD + b"\r\n", b"x" * 4096), "length"),
        (forever(CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n"), "length"),
        (forever(CHUNKED + b"FFFFFFF\r\n", b"x" * 4096), "length"),
        (forever(CHUNKED, b"1;" + b"x" * 4096), "length"),
        (drip([HEAD + b"Content-Length: 99\r\n\r\n", *[b"x"] * 40], 0.05), "time"),
        (drip([HEAD + b"Content-Length: 99\r\n\r\nabc", b""], 1.2), "time"),
        (HEAD + b"Content-Length: 99\r\n\r\nabc", "disconnect"),
        (CHUNKED + b"4\r\nabcd\r\nzz\r\n", "disconnect"),
    ],
)  # fmt: skip
def test_a_body_that_is_endless_slow_or_broken_off_is_kept_so_far_and_says_so(
    answer: bytes | Callable[[socket.socket], None], why: str
) -> None:
    began = time.monotonic()
    with serve({"/": answer}) as it:
        [exchange] = fetch_page(it.url(), allow_private=True, limits=QUICK)
    assert exchange.truncated == why
    assert len(exchange.body) <= QUICK.most_bytes
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"", "no HTTP answer"),
        (b"SSH-2.0-dropbear\r\n", "no HTTP answer"),
        (forever(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), "no HTTP answer"),
        (forever(b"HTTP/1.1 200 OK\r\nX-A: ", b"b" * 4096), "no HTTP answer|too long"),
        (forever(b"", b"b" * 4096), "no HTTP answer|too long"),
        (drip([b"HTTP/1.1 200 OK\r\n", *[b"X"] * 40], 0.05), "in time"),
        (drip([b""], 1.2), "in time"),
    ],
)
def test_what_is_no_answer_is_an_error_that_says_so(
    answer: bytes | Callable[[socket.socket], None], why: str
) -> None:
    began = time.monotonic()
    with serve({"/": answer}) as it, pytest.raises(FetchFailed, match=why):
        fetch_page(it.url(), allow_private=True, limits=QUICK)
    assert time.monotonic() - began < 2


def test_a_closed_port_and_an_unknown_host_are_told_apart() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(FetchFailed, match="no connection"):
        fetch_page(f"http://127.0.0.1:{port}/", allow_private=True)

    def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such host")

    with pytest.raises(FetchFailed, match="host is not known"):
        fetch_page("http://nowhere.example/", resolve=unknown)


def test_plain_http_where_https_is_asked_is_an_error() -> None:
    with serve({"/": page(b"x")}) as it, pytest.raises(FetchFailed):
        fetch_page(it.url().replace("http:", "https:"), allow_private=True, limits=QUICK)


def test_a_proxy_is_given_the_name_and_no_name_is_looked_up_here() -> None:
    def never(host: str, port: int) -> list[str]:
        raise AssertionError(host)

    with serve({"http://far.example/x": page(b"through")}) as it:
        [exchange] = fetch_page(
            "http://far.example/x", proxy=f"http://u:pw@127.0.0.1:{it.port}", resolve=never
        )
        assert (
            b"Proxy-Authorization: Basic" in it.requests[0]
            or b"proxy-authorization" in it.requests[0]
        )
    assert exchange.body == b"through"
    assert exchange.address is None
    assert "pw" not in repr(exchange)
    assert not any(name.lower() == "proxy-authorization" for name, _ in exchange.request_headers)


def test_a_proxy_is_not_asked_for_what_is_plainly_private() -> None:
    with serve({}) as it:
        for url in ("http://127.0.0.1/", "http://localhost/", "http://0x7f.1/"):
            with pytest.raises(AddressRefused):
                fetch_page(url, proxy=f"http://127.0.0.1:{it.port}")
        assert it.requests == []


@pytest.mark.parametrize(
    "proxy", ["", "127.0.0.1:9050", "ftp://127.0.0.1:1", "http://", "http://a:x"]
)
def test_what_is_no_proxy_is_refused(proxy: str) -> None:
    with pytest.raises(UsageError, match="proxy"):
        fetch_page("http://far.example/", proxy=proxy)


def test_bytes_are_posted_and_answered() -> None:
    with serve({"/tsr": page(b"stamp", media_type="application/timestamp-reply")}) as it:
        kind = {"Content-Type": "application/timestamp-query"}
        assert post_bytes(it.url("/tsr"), b"query", kind, allow_private=True) == b"stamp"
        with pytest.raises(FetchFailed, match="404"):
            post_bytes(it.url("/none"), b"query", kind, allow_private=True)
        with pytest.raises(AddressRefused):
            post_bytes(it.url("/tsr"), b"query", kind)
