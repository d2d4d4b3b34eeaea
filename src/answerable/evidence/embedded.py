"""What a page embeds: its pictures and style sheets, one level deep, within bounds."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from answerable.errors import AddressRefused, FetchFailed
from answerable.evidence.addresses import Resolve, read_address
from answerable.evidence.exchanges import Exchange
from answerable.evidence.fetching import IMAGE, Limits, fetch_page


def fetch_embedded(
    urls: Sequence[str],
    page_url: str,
    *,
    allow_private: bool,
    proxy: str | None,
    limits: Limits,
    resolve: Resolve,
) -> tuple[list[Exchange], tuple[str, ...]]:
    """Ask for what a page embeds, as a browser would, one after the other.

    Args:
        urls: Addresses, in order.
        page_url: Address of the page; its servers are told of it as browsers do.
        allow_private: As for the page.
        proxy: As for the page.
        limits: How many, how large, how long.
        resolve: As for the page.

    Returns:
        The exchanges, also those that failed (with why), and problem codes: `embedded_missing`
        where one could not be had whole, `embedded_limit` where not all were asked for.
    """
    found: list[Exchange] = []
    deadline = time.monotonic() + limits.most_embedded_seconds
    left = limits.most_embedded_bytes
    for count, url in enumerate(urls):
        seconds = deadline - time.monotonic()
        if count == limits.most_embedded or left <= 0 or seconds <= 0:
            return found, (*_missing(found), "embedded_limit")
        bounds = replace(
            limits,
            most_bytes=min(limits.most_bytes, left),
            most_seconds=min(limits.most_seconds, seconds),
        )
        try:
            found += fetch_page(
                url,
                allow_private=allow_private,
                proxy=proxy,
                limits=bounds,
                resolve=resolve,
                referer=_referer(page_url, url),
                accept=IMAGE,
            )
        except AddressRefused:
            found += _failed(url, "address_refused")
        except FetchFailed:
            found += _failed(url, "fetch_failed")
        left = limits.most_embedded_bytes - sum(len(each.body) for each in found)
    return found, _missing(found)


def _missing(found: Sequence[Exchange]) -> tuple[str, ...]:
    whole = all((each.status or 999) < 400 and not each.truncated for each in found)
    return () if whole else ("embedded_missing",)


def _failed(url: str, why: str) -> Iterator[Exchange]:
    """Record that an address was named and not had, unless it is none that can be recorded."""
    try:
        clean = read_address(url).url
    except AddressRefused:
        return
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    yield Exchange(clean, "GET", (), b"", None, "", (), b"", None, now, failed=why)


def _referer(page_url: str, url: str) -> str | None:
    """Say where a request comes from as browsers do: to other servers, the origin only.

    Source:
        W3C Referrer Policy, `strict-origin-when-cross-origin`.
    """
    here, there = urlsplit(page_url), urlsplit(url)
    if (here.scheme, here.netloc) == (there.scheme, there.netloc):
        return page_url
    if here.scheme == "https" and there.scheme == "http":
        return None
    return f"{here.scheme}://{here.netloc}/"
