"""Fetching a page as a common browser would, and keeping what was said on the wire."""

import time
from datetime import UTC, datetime
from urllib.parse import urljoin

import urllib3

from answerable.errors import AddressRefused, FetchFailed
from answerable.evidence.addresses import Resolve, WebAddress, read_address, resolve_host
from answerable.evidence.exchanges import Exchange, Headers
from answerable.evidence.fetching.connections import failing, open_pool, proxy_headers
from answerable.evidence.fetching.limits import LIMITS, Limits
from answerable.evidence.fetching.wire import CHUNK, Stopped, Wire

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_USER_AGENT = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
PAGE = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
"""Types that a browser asks for where a page is meant."""

IMAGE = "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5"
"""Types that it asks for where a page embeds something."""


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
    wire = Wire(limits, time.monotonic() + limits.most_seconds)
    started = datetime.now(UTC)
    headers = _request_headers(address, accept, referer)
    with failing(address.url):
        pool, ip = open_pool(address, allow_private, proxy, resolve, wire)
    with pool, failing(address.url):
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


def _exchange(
    pool: urllib3.HTTPConnectionPool,
    address: WebAddress,
    headers: Headers,
    wire: Wire,
    proxy: str | None,
) -> str | None:
    """Send the request, read the answer, and return why its body is cut off, if it is."""
    plain_proxy = proxy is not None and address.scheme == "http" and proxy.startswith("http:")
    sent = dict(headers) | (proxy_headers(proxy or "") if plain_proxy else {})
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
        for _ in response.stream(CHUNK, decode_content=False):
            pass
    except Stopped as stopped:
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
    wire: Wire,
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
