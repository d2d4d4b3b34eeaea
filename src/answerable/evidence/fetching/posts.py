"""Sending bytes to a service that answers with bytes. Nothing of it is recorded."""

import time

import urllib3

from answerable.errors import FetchFailed
from answerable.evidence.addresses import Resolve, read_address, resolve_host
from answerable.evidence.fetching.connections import failing, open_pool
from answerable.evidence.fetching.limits import Limits
from answerable.evidence.fetching.wire import Wire


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
    wire = Wire(limits, time.monotonic() + most_seconds)
    with failing(address.url):
        pool, _ = open_pool(address, allow_private, proxy, resolve, wire)
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
