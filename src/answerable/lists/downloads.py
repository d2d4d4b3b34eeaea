"""Fetching a list from its issuer: one of the few doors to the network."""

import ipaddress
import socket
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3

from answerable.engine.files import write_whole
from answerable.errors import DownloadFailed

MOST_BYTES = 200_000_000
"""Greatest size of a file that is fetched."""

_MOST_REDIRECTS = 5
_CONNECT_SECONDS = 15.0
_READ_SECONDS = 60.0
_CHUNK = 1 << 16
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {"User-Agent": "answerable (list download)", "Accept-Encoding": "identity"}


class _Stopped(Exception):
    """Why a download was broken off: no OSError, which would be taken for a fault of the disk."""


def fetch(
    url: str,
    path: Path,
    *,
    most_bytes: int = MOST_BYTES,
    most_seconds: float = 600.0,
    allow_private: bool = False,
) -> str:
    """Fetch a file by HTTPS and keep it, whole or not at all.

    Redirects are followed, at most five, each to HTTPS and to a public address. Nothing of this
    machine is sent but the request.

    Args:
        url: An `https://` address.
        path: Where the file is kept; its folder must exist.
        most_bytes: Greatest size.
        most_seconds: Greatest time for the whole of it.
        allow_private: Also fetch by plain HTTP and from private or loopback addresses: for tests
            against a server on this machine.

    Returns:
        The address from which the file came after redirects.

    Raises:
        DownloadFailed: The address is none that may be fetched, does not answer in time, answers
            with an error, or sends more than `most_bytes`.
        OutputUnwritable: The file cannot be written.
    """
    deadline = time.monotonic() + most_seconds
    timeout = urllib3.Timeout(connect=_CONNECT_SECONDS, read=min(_READ_SECONDS, most_seconds))
    here = url
    for _ in range(_MOST_REDIRECTS + 1):
        with _open(here, timeout, allow_private) as response:
            if response.status not in _REDIRECTS:
                _keep(response, path, here, most_bytes, deadline)
                return here
            here = urljoin(here, response.headers.get("Location") or "")
    raise DownloadFailed(url, f"it redirects more than {_MOST_REDIRECTS} times")


def _open(url: str, timeout: urllib3.Timeout, allow_private: bool) -> urllib3.BaseHTTPResponse:
    """Ask for an address; the connection goes to the very address that was checked."""
    parts = urlsplit(url)
    host = _check(url, parts, allow_private)
    port = _port(url, parts)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        name = parts.hostname or ""
        pool = urllib3.HTTPSConnectionPool(host, port, server_hostname=name, assert_hostname=name)
    else:
        pool = urllib3.HTTPConnectionPool(host, port)
    request = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {**_HEADERS, "Host": parts.netloc.rpartition("@")[2]}
    try:
        response = pool.urlopen(
            "GET",
            request,
            headers=headers,
            timeout=timeout,
            redirect=False,
            retries=False,
            preload_content=False,
            decode_content=False,
        )
    except urllib3.exceptions.HTTPError as error:
        raise DownloadFailed(url, _why(error)) from error
    return response


def _check(url: str, parts: SplitResult, allow_private: bool) -> str:
    """Return the address of a host that may be asked."""
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        raise DownloadFailed(url, "only https addresses are fetched")
    if not parts.hostname or parts.username or parts.password:
        raise DownloadFailed(url, "it is no plain web address")
    port = _port(url, parts)
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise DownloadFailed(url, "its host is not known, or there is no network") from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    private = [each for each in addresses if not ipaddress.ip_address(each).is_global]
    if private and not allow_private:
        raise DownloadFailed(url, "its host is a private address")
    return min(
        addresses, key=lambda each: ":" in each
    )  # IPv4 first: it is reached from more places


def _port(url: str, parts: SplitResult) -> int:
    try:
        return parts.port or {"https": 443}.get(parts.scheme, 80)
    except ValueError as error:
        raise DownloadFailed(url, "its port is none") from error


def _keep(
    response: urllib3.BaseHTTPResponse, path: Path, url: str, most_bytes: int, deadline: float
) -> None:
    if response.status != 200:
        raise DownloadFailed(url, f"the server answered {response.status}")
    told = response.headers.get("Content-Length", "")
    if told.isdecimal() and int(told) > most_bytes:
        raise DownloadFailed(url, f"it is {int(told):,} bytes, over the limit of {most_bytes:,}")
    size = 0
    try:
        with write_whole(path) as file:
            for chunk in response.stream(_CHUNK):
                size += len(chunk)
                if size > most_bytes:
                    raise _Stopped(f"it is over the limit of {most_bytes:,} bytes")
                if time.monotonic() > deadline:
                    raise _Stopped("it took too long")
                file.write(chunk)
            if size == 0:
                raise _Stopped("the file is empty")
    except _Stopped as stopped:
        raise DownloadFailed(url, str(stopped)) from None
    except urllib3.exceptions.HTTPError as error:
        raise DownloadFailed(url, _why(error)) from error
    finally:
        with suppress(urllib3.exceptions.HTTPError):
            response.close()


def _why(error: urllib3.exceptions.HTTPError) -> str:
    if isinstance(error, urllib3.exceptions.NewConnectionError):
        return "there is no connection to it"
    if isinstance(error, urllib3.exceptions.TimeoutError):
        return "it did not answer in time"
    if isinstance(error, urllib3.exceptions.SSLError):
        return "its certificate could not be verified"
    if isinstance(error, urllib3.exceptions.IncompleteRead | urllib3.exceptions.ProtocolError):
        return "the connection broke off"
    return "the exchange with its server failed"
