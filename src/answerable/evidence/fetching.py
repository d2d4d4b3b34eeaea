"""Fetching a page over HTTP and keeping what was said on the wire: the door of evidence.

What is asked for is checked first (`addresses`), and the connection goes to the very address that
was checked. Everything that arrives is hostile: size, time, redirects and lines are bounded.
"""

import io
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPResponse
from typing import Any
from urllib.parse import urljoin, urlsplit

import urllib3

from answerable.errors import AddressRefused, FetchFailed, UsageError
from answerable.evidence.addresses import (
    Resolve,
    WebAddress,
    check_address,
    check_spelling,
    read_address,
    resolve_host,
)
from answerable.evidence.browsing.upstream import Upstream, read_upstream
from answerable.evidence.exchanges import Exchange, Headers

_CHUNK = 1 << 16
_LONGEST_LINE = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""Types that a browser asks for where a page is meant."""

IMAGE = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
"""Types that it asks for where a page embeds something."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one capture may take.

    Args:
        most_bytes: Greatest size of one answer, head and body as on the wire.
        most_seconds: Greatest time for one answer, redirects each counted anew.
        most_silence: Greatest time without a byte, and for connecting, in seconds.
        most_redirects: Redirects that are followed.
        most_embedded: Images and style sheets that are fetched with a page.
        most_embedded_bytes: Greatest size of all of these together.
        most_embedded_seconds: Greatest time for all of these together.
    """

    most_bytes: int = 100_000_000
    most_seconds: float = 120.0
    most_silence: float = 30.0
    most_redirects: int = 10
    most_embedded: int = 100
    most_embedded_bytes: int = 50_000_000
    most_embedded_seconds: float = 120.0


LIMITS = Limits()
"""Those that hold where nothing else is said."""


class _Stopped(Exception):
    """Why reading was broken off, in a word of WARC-Truncated: no OSError, so nobody catches it."""


@dataclass(slots=True)
class _Wire:
    """What was read from one connection, and how long it may go on."""

    limits: Limits
    deadline: float
    kept: bytearray = field(default_factory=bytearray)
    head: int = 0
    response: HTTPResponse | None = None

    def seconds_left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise _Stopped("time")
        return min(left, self.limits.most_silence)

    def keep(self, data: bytes | memoryview) -> None:
        room = self.limits.most_bytes - len(self.kept)
        self.kept += data[:room]
        if len(data) > room:
            raise _Stopped("length")


class _TimedReads(io.RawIOBase):
    """A socket of which every single read is bounded by the deadline."""

    def __init__(self, sock: socket.socket, wire: _Wire) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._wire.seconds_left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _RecordedReads(io.BufferedReader):
    """What is read from it is kept, and no more than that."""

    def __init__(self, raw: _TimedReads, wire: _Wire) -> None:
        super().__init__(raw, _CHUNK)
        self._wire = wire

    def read(self, size: int | None = -1, /) -> bytes:
        return self._keep(super().read(_CHUNK if size is None or size < 0 else size))

    def read1(self, size: int = -1, /) -> bytes:
        return self._keep(super().read1(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        longest = _LONGEST_LINE + 1
        wanted = longest if size is None or size < 0 else min(size, longest)
        line = self._keep(super().readline(wanted))
        if len(line) > _LONGEST_LINE:
            raise _Stopped("length")
        return line

    def readinto(self, buffer: Any, /) -> int:
        count = super().readinto(buffer)
        self._wire.keep(memoryview(buffer)[:count])
        return count

    def _keep(self, data: bytes) -> bytes:
        self._wire.keep(data)
        return data


class _RecordedResponse(HTTPResponse):
    """An answer whose bytes are kept. A proxy's answer comes first, and is forgotten."""

    def __init__(self, sock: socket.socket, *args: Any, wire: _Wire, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        wire.kept.clear()
        wire.response = self
        self.fp = _RecordedReads(_TimedReads(sock, wire), wire)


def fetch_page(
    url: str,
    *,
    allow_private: bool = False,
    proxy: str | None = None,
    limits: Limits = LIMITS,
    resolve: Resolve = resolve_host,
    referer: str | None = None,
    accept: str = PAGE,
) -> list[Exchange]:
    """Ask for a page as a common browser would, and keep every request and answer.

    Redirects are followed, each checked as the first was. No cookie is sent or kept. The server
    sees an IP address (the proxy's, with one), the time and a common browser's headers; nothing
    names this program. With a proxy, host names are looked up by it and not here, so that only
    what is written in an address can be checked, not where a name leads.

    Args:
        url: An http or https address. A user or password in it is dropped.
        allow_private: Also addresses of this machine and of the network around it.
        proxy: `http://host:port` or `socks5h://host:port` (Tor); else None.
        limits: Size, time and redirects.
        resolve: Looks host names up, where there is no proxy.
        referer: Address of the page that embeds it, else None.
        accept: Types that are asked for.

    Returns:
        Exchanges in their order, the last one that of the page; at least one. Its body may be cut
        off (`truncated`), its status any.

    Raises:
        AddressRefused: This address, or one it redirects to, is none that may be asked.
        FetchFailed: There was no answer, or too many redirects.
        UsageError: The proxy is none that can be used.
    """
    exchanges: list[Exchange] = []
    here = url
    for _ in range(limits.most_redirects + 1):
        exchange = fetch_once(
            here,
            allow_private=allow_private,
            proxy=proxy,
            limits=limits,
            resolve=resolve,
            referer=referer,
            accept=accept,
        )
        exchanges.append(exchange)
        onward = _redirect_of(exchange)
        if onward is None:
            return exchanges
        here = onward
    raise FetchFailed(url, f"it redirects more than {limits.most_redirects} times")


def _redirect_of(exchange: Exchange) -> str | None:
    place = exchange.header("location")
    if exchange.status not in _REDIRECTS or not place:
        return None
    try:
        return urljoin(exchange.url, _as_utf8(place))
    except ValueError:
        raise AddressRefused(place[:200], "it cannot be read as an address") from None


def _as_utf8(header: str) -> str:
    try:
        return header.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return header


def fetch_once(
    url: str,
    *,
    allow_private: bool = False,
    proxy: str | None = None,
    limits: Limits = LIMITS,
    resolve: Resolve = resolve_host,
    referer: str | None = None,
    accept: str = PAGE,
) -> Exchange:
    """Ask for one address, without following a redirect; otherwise as `fetch_page`.

    Args:
        url: An http or https address.
        allow_private: Also addresses of this machine and of the network around it.
        proxy: As for `fetch_page`.
        limits: Size and time.
        resolve: Looks host names up, where there is no proxy.
        referer: Address of the page that embeds it, else None.
        accept: Types that are asked for.

    Raises:
        AddressRefused: The address is none that may be asked.
        FetchFailed: There was no answer.
        UsageError: The proxy is none that can be used.
    """
    address = read_address(url)
    wire = _Wire(limits, time.monotonic() + limits.most_seconds)
    started = datetime.now(UTC)
    headers = _request_headers(address, accept, referer)
    with _failing(address.url):
        pool, ip = _open_pool(address, allow_private, proxy, resolve, wire)
    with pool, _failing(address.url):
        truncated = _exchange(pool, address, headers, wire, proxy)
    return _record(address, headers, wire, ip, started, truncated)


def _request_headers(address: WebAddress, accept: str, referer: str | None) -> Headers:
    headers = [
        ("Host", address.authority),
        ("User-Agent", _USER_AGENT),
        ("Accept", accept),
        ("Accept-Language", "en-US,en;q=0.5"),
        ("Accept-Encoding", "gzip, deflate"),
        ("Connection", "keep-alive"),
    ]
    return (*headers, *([("Referer", referer)] if referer else []))


def _open_pool(
    address: WebAddress, allow_private: bool, proxy: str | None, resolve: Resolve, wire: _Wire
) -> tuple[urllib3.HTTPConnectionPool, str | None]:
    """Return where to ask, and the IP address it leads to (None behind a proxy)."""
    ip = None
    if proxy is not None:
        check_spelling(address, allow_private=allow_private)
        pool = _proxied_pool(address, proxy)
    else:
        ip = check_address(address, allow_private=allow_private, resolve=resolve)
        pool = _direct_pool(address, ip)
    pool.ConnectionCls = _record_connections(pool.ConnectionCls, wire)  # type: ignore[assignment]
    return pool, ip


def _direct_pool(address: WebAddress, host: str) -> urllib3.HTTPConnectionPool:
    """Ask at a host's IP address, while the certificate must be that of its name."""
    if address.scheme == "https":
        name = address.host
        return urllib3.HTTPSConnectionPool(
            host, address.port, server_hostname=name, assert_hostname=name
        )
    return urllib3.HTTPConnectionPool(host, address.port)


def _proxied_pool(address: WebAddress, proxy: str) -> urllib3.HTTPConnectionPool:
    upstream = read_upstream(proxy)
    if upstream is None:
        raise UsageError("The proxy's address is empty. Give http://HOST:PORT or socks5h://…")
    if upstream.scheme == "http":
        manager = urllib3.ProxyManager(_bare_proxy(proxy), proxy_headers=_proxy_headers(proxy))
        return manager.connection_from_host(address.host, address.port, address.scheme)
    pool = _direct_pool(address, address.host)
    pool.ConnectionCls = _dial_connections(pool.ConnectionCls, upstream)  # type: ignore[assignment]
    return pool


def _dial_connections(make: Callable[..., Any], upstream: Upstream) -> Callable[..., Any]:
    """Let connections begin at a SOCKS proxy, which is told the host's name and looks it up."""

    def connection(*args: Any, **kwargs: Any) -> Any:
        made = make(*args, **kwargs)

        def dial() -> socket.socket:
            try:
                return upstream.dial(made.host, made.port)
            except OSError as error:
                raise urllib3.exceptions.ProxyError("the proxy refused", error) from error

        made._new_conn = dial  # the place that urllib3's own SOCKS support fills
        return made

    return connection


def _record_connections(make: Callable[..., Any], wire: _Wire) -> Callable[..., Any]:
    def connection(*args: Any, **kwargs: Any) -> Any:
        made = make(*args, **kwargs)
        made.response_class = partial(_RecordedResponse, wire=wire)
        return made

    return connection


def _bare_proxy(proxy: str) -> str:
    parts = urlsplit(proxy)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def _proxy_headers(proxy: str) -> dict[str, str]:
    secret = urlsplit(proxy).netloc.rpartition("@")[0]
    return dict(urllib3.make_headers(proxy_basic_auth=secret)) if secret else {}


def _exchange(
    pool: urllib3.HTTPConnectionPool,
    address: WebAddress,
    headers: Headers,
    wire: _Wire,
    proxy: str | None,
) -> str | None:
    """Send the request, read the answer, and return why its body is cut off, if it is."""
    plain_proxy = proxy is not None and address.scheme == "http" and proxy.startswith("http:")
    sent = dict(headers) | (_proxy_headers(proxy or "") if plain_proxy else {})
    silence = min(wire.limits.most_silence, wire.limits.most_seconds)
    response = pool.urlopen(
        "GET",
        address.url if plain_proxy else address.request,
        headers=sent,
        timeout=urllib3.Timeout(connect=silence, read=silence),
        redirect=False,
        retries=False,
        assert_same_host=False,
        preload_content=False,
        decode_content=False,
    )
    wire.head = len(wire.kept)
    try:
        for _ in response.stream(_CHUNK, decode_content=False):
            pass
    except _Stopped as stopped:
        return str(stopped)
    except urllib3.exceptions.TimeoutError:
        return "time"
    except urllib3.exceptions.HTTPError:
        return "disconnect"
    finally:
        response.close()
    return None


def _record(
    address: WebAddress,
    headers: Headers,
    wire: _Wire,
    ip: str | None,
    started: datetime,
    truncated: str | None,
) -> Exchange:
    response = wire.response
    if response is None:
        raise FetchFailed(address.url, "it gave no answer")
    return Exchange(
        url=address.url,
        method="GET",
        request_headers=headers,
        request_body=b"",
        status=response.status,
        reason=response.reason or "",
        response_headers=tuple(response.headers.items()),
        body=bytes(memoryview(wire.kept)[wire.head :]),
        address=ip,
        started_at=started.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        truncated=truncated,
        protocol="http/1.0" if response.version == 10 else "http/1.1",
    )


@contextmanager
def _failing(url: str) -> Iterator[None]:
    """Turn what can go wrong on the way to an answer into our own error."""
    try:
        yield
    except urllib3.exceptions.HTTPError as error:
        raise FetchFailed(url, _why(error)) from error
    except _Stopped as stopped:
        raise FetchFailed(url, _WHY_STOPPED.get(str(stopped), str(stopped))) from None
    except AddressRefused:
        raise
    except OSError as error:
        raise FetchFailed(url, "its host is not known, or there is no network") from error


_WHY_STOPPED = {
    "time": "it did not answer in time",
    "length": "the head of its answer is too long",
}


def _why(error: urllib3.exceptions.HTTPError) -> str:
    match error:
        case urllib3.exceptions.ProxyError():
            return "the proxy could not be reached, or refused it"
        case urllib3.exceptions.NewConnectionError():
            return "there is no connection to it"
        case urllib3.exceptions.TimeoutError():
            return "it did not answer in time"
        case urllib3.exceptions.SSLError():
            return "its certificate could not be verified"
        case urllib3.exceptions.ProtocolError():
            return "what its server sent is no HTTP answer, or the connection broke off"
    return "the exchange with its server failed"


def post_bytes(
    url: str,
    body: bytes,
    headers: dict[str, str],
    *,
    allow_private: bool = False,
    proxy: str | None = None,
    most_bytes: int = 1_000_000,
    most_seconds: float = 30.0,
    resolve: Resolve = resolve_host,
) -> bytes:
    """Send bytes to a service, such as a time-stamping authority, and return its answer's.

    Nothing is recorded. Addresses are checked as for a capture; redirects are not followed.

    Args:
        url: Of the service.
        body: What is sent.
        headers: Such as `Content-Type`.
        allow_private: Also addresses of this machine and of the network around it.
        proxy: As for `fetch_page`.
        most_bytes: Greatest size of the answer.
        most_seconds: Greatest time.
        resolve: Looks host names up.

    Raises:
        AddressRefused: The address is none that may be asked.
        FetchFailed: There was no answer, or none of status 200, or it is too long.
        UsageError: The proxy is none that can be used.
    """
    address = read_address(url)
    limits = Limits(most_bytes=most_bytes, most_seconds=most_seconds, most_silence=most_seconds)
    wire = _Wire(limits, time.monotonic() + most_seconds)
    with _failing(address.url):
        pool, _ = _open_pool(address, allow_private, proxy, resolve, wire)
        with pool:
            response = pool.urlopen(
                "POST",
                address.request,
                body=body,
                headers={"Host": address.authority, "Accept-Encoding": "identity"} | headers,
                timeout=urllib3.Timeout(total=most_seconds),
                redirect=False,
                retries=False,
            )
    if response.status != 200:
        raise FetchFailed(address.url, f"it answered {response.status}")
    return response.data
