"""Connections: to the very address that was checked, or through a proxy, with a recorded wire."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import urllib3

from answerable.errors import AddressRefused, FetchFailed, UsageError
from answerable.evidence.addresses import Resolve, WebAddress, check_address, check_spelling
from answerable.evidence.browsing.upstream import Upstream, read_upstream
from answerable.evidence.fetching.wire import RecordedResponse, Stopped, Wire


def open_pool(
    address: WebAddress, allow_private: bool, proxy: str | None, resolve: Resolve, wire: Wire
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
        manager = urllib3.ProxyManager(_bare_proxy(proxy), proxy_headers=proxy_headers(proxy))
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


def _record_connections(make: Callable[..., Any], wire: Wire) -> Callable[..., Any]:
    def connection(*args: Any, **kwargs: Any) -> Any:
        made = make(*args, **kwargs)
        made.response_class = partial(RecordedResponse, wire=wire)
        return made

    return connection


def _bare_proxy(proxy: str) -> str:
    parts = urlsplit(proxy)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()


def proxy_headers(proxy: str) -> dict[str, str]:
    """Return the header by which a proxy knows its user; empty where its address names none."""
    secret = urlsplit(proxy).netloc.rpartition("@")[0]
    return dict(urllib3.make_headers(proxy_basic_auth=secret)) if secret else {}


@contextmanager
def failing(url: str) -> Iterator[None]:
    """Turn what can go wrong on the way to an answer into our own error."""
    try:
        yield
    except urllib3.exceptions.HTTPError as error:
        raise FetchFailed(url, _why(error)) from error
    except Stopped as stopped:
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
