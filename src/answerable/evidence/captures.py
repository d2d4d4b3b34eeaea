"""Captures: a page or a file becomes a sealed copy, and the log says so."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from answerable.engine.files import digest_file
from answerable.errors import CaptureFileMissing, FetchFailed
from answerable.evidence.addresses import Resolve, read_address, resolve_host
from answerable.evidence.archives.wacz import Page, write_wacz
from answerable.evidence.archives.wacz_signatures import wacz_key
from answerable.evidence.archives.warc import Provenance
from answerable.evidence.bodies import BodyUnreadable, read_body
from answerable.evidence.capture_records import (
    case_record,
    keep_part,
    list_captures,
    name_software,
    read_capture,
    read_part,
    seal_capture,
)
from answerable.evidence.embedded import fetch_embedded
from answerable.evidence.exchanges import Exchange, Resource
from answerable.evidence.fetching import LIMITS, Limits, fetch_page
from answerable.evidence.media_types import tell_media_type
from answerable.evidence.page_signs import Sketch, find_signs, sketch_page
from answerable.ledger.log import Ledger
from answerable.ledger.objects import keep_bytes
from answerable.ledger.vault import keep_private
from answerable.model.capture import Capture, Part, Via

if TYPE_CHECKING:
    from answerable.evidence.browsing.rendering import Rendered

__all__ = [
    "capture_address",
    "capture_file",
    "case_record",
    "list_captures",
    "read_capture",
    "read_part",
]

WACZ = "application/wacz+zip"
_HTML = frozenset({"text/html", "application/xhtml+xml"})


class Render(Protocol):
    """Shows a page in a browser: `answerable.evidence.browsing.render_page`, or one like it."""

    def __call__(
        self, url: str, *, allow_private: bool = False, proxy: str | None = None
    ) -> "Rendered":
        """Show a page and return all that this took."""
        ...


def stay_silent(_: str) -> None:
    """Tell nobody what is under way."""


@dataclass(frozen=True, slots=True)
class _Visit:
    """What one visit to an address brought home, whichever way it was made."""

    via: Via
    software: str
    page: Page
    exchanges: Sequence[Exchange]
    resources: Sequence[Resource]
    html: tuple[bytes, str] | None
    problems: tuple[str, ...]


def capture_address(
    ledger: Ledger,
    url: str,
    case: str,
    *,
    allow_private: bool = False,
    proxy: str | None = None,
    private: bool = False,
    browser: Render | None = None,
    limits: Limits = LIMITS,
    resolve: Resolve = resolve_host,
    tell: Callable[[str], None] = stay_silent,
) -> Capture:
    """Ask for an address, seal what came back, and log it.

    It shows what our client recorded, then; not that others were sent the same, who wrote it, or
    that it is true. The server learns an IP address and the time. Look at `problems`: an answer
    is not yet content.

    Args:
        ledger: Where it is sealed and logged.
        url: An http or https address. A user or password in it is dropped and never recorded
            (`credentials_removed`).
        case: Name of the case.
        allow_private: Also addresses of this machine and of the network around it.
        proxy: `http://host:port` or `socks5h://host:port`; else None.
        private: Encrypt it at rest; leave it out of every export and index.
        browser: Shows the page in a real browser; None for plain HTTP, which runs no scripts and
            takes no picture (`no_screenshot`).
        limits: Size, time and redirects of plain HTTP.
        resolve: Looks host names up, without a proxy or browser.
        tell: Is told in a sentence what is under way.

    Returns:
        The capture: its original is a WACZ with request and answer; with it the page's HTML and,
        from a browser, the picture of the whole page.

    Raises:
        AddressRefused: The address, or one it leads to, is none that may be asked.
        FetchFailed: There was no answer. Nothing is logged.
        UsageError: The proxy or the case's name cannot be used.
        OutputUnwritable: The disk refused it. Nothing is logged.

    Source:
        Berkeley Protocol on Digital Open Source Investigations (2022), paragraph 155: address,
        HTML source and full-page picture; what is missing of these is among the problems.

    Cost:
        Memory for about five times what was fetched; measured: 90 MB in 3 s, 475 MB of memory.
    """
    started = _now(ledger)
    address = read_address(url)
    tell(f"Asking {address.host}")
    if browser is None:
        visit = _visit_plainly(address.url, allow_private, proxy, limits, resolve, tell)
    else:
        visit = _visit_with_browser(browser, address.url, allow_private, proxy)
    tell("Sealing what came back")
    removed = ("credentials_removed",) if address.had_credentials else ()
    capture = Capture(
        id="",
        case=case,
        url=address.url,
        captured_at=started,
        via=visit.via,
        parts=_keep_visit(ledger, visit, case, started, private=private),
        title=visit.page.title,
        final_url=visit.page.url if visit.page.url != address.url else None,
        private=private,
        problems=tuple(dict.fromkeys((*visit.problems, *removed))),
        software=visit.software,
    )
    return seal_capture(ledger, "source.collect", capture)


def _visit_plainly(
    url: str,
    allow_private: bool,
    proxy: str | None,
    limits: Limits,
    resolve: Resolve,
    tell: Callable[[str], None],
) -> _Visit:
    chain = fetch_page(
        url, allow_private=allow_private, proxy=proxy, limits=limits, resolve=resolve
    )
    last = chain[-1]
    html, problem = _html_of(last)
    sketch = sketch_page(html, last.url, charset_of(last)) if html is not None else None
    problems = ["no_screenshot", *find_signs(chain, sketch), *problem]
    embedded: list[Exchange] = []
    if sketch is not None and sketch.embedded:
        tell(f"Asking for {len(sketch.embedded):,} pictures and style sheets")
        embedded, missing = fetch_embedded(
            sketch.embedded,
            last.url,
            allow_private=allow_private,
            proxy=proxy,
            limits=limits,
            resolve=resolve,
        )
        problems += missing
    return _Visit(
        via="http",
        software=name_software(),
        page=Page(last.url, last.started_at, sketch.title if sketch else None),
        exchanges=[*chain, *embedded],
        resources=(),
        html=(html, last.header("content-type") or "text/html") if html is not None else None,
        problems=tuple(problems),
    )


def _html_of(exchange: Exchange) -> tuple[bytes | None, tuple[str, ...]]:
    """Return the source of an HTML answer, None where it is none, and what is amiss with it."""
    if exchange.media_type not in _HTML and (
        exchange.media_type or b"<html" not in exchange.body[:1024].lower()
    ):
        return None, ()
    try:
        return read_body(exchange), ()
    except BodyUnreadable:
        return None, ("unreadable_body",)


def charset_of(exchange: Exchange) -> str | None:
    """Return the character encoding that an answer's header names, None where it names none."""
    for part in exchange.header("content-type").split(";")[1:]:
        name, _, value = part.strip().partition("=")
        if name.lower() == "charset":
            return value.strip("\"' ")[:40] or None
    return None


def _visit_with_browser(
    browser: Render,
    url: str,
    allow_private: bool,
    proxy: str | None,
) -> _Visit:
    shown = browser(url, allow_private=allow_private, proxy=proxy)
    dom = shown.resource("dom")
    html = (dom.body, "text/html; charset=utf-8") if dom is not None else None
    signs: tuple[str, ...] = ()
    page = Page(shown.final_url, shown.captured_at, shown.title)
    if shown.page is not None:
        sketch: Sketch | None = None
        if dom is not None:
            sketch = sketch_page(dom.body, shown.final_url, "utf-8")
        signs = find_signs([shown.page], sketch, is_shown=True)
        page = Page(shown.page.url, shown.page.started_at, shown.title)
    return _Visit(
        via="browser",
        software=name_software(shown.software),
        page=page,
        exchanges=shown.exchanges,
        resources=shown.resources,
        html=html,
        problems=(*shown.problems, *signs),
    )


def _keep_visit(
    ledger: Ledger, visit: _Visit, case: str, started: str, *, private: bool
) -> tuple[Part, ...]:
    package = io.BytesIO()
    provenance = Provenance(visit.software, ledger.signer.id, case_record(ledger, case), started)
    key = wacz_key(ledger.keys)
    write_wacz(package, visit.exchanges, visit.resources, [visit.page], provenance, key=key)
    original = keep_part(ledger, "original", package.getvalue(), WACZ, private=private)
    parts = [original]
    if visit.html is not None:
        source, media_type = visit.html
        parts.append(
            keep_part(
                ledger,
                "html",
                source,
                media_type,
                private=private,
                parent=original.object,
                tool=visit.software,
            )
        )
    parts += [
        keep_part(
            ledger,
            "screenshot",
            resource.body,
            resource.media_type,
            private=private,
            parent=original.object,
            tool=visit.software,
        )
        for resource in visit.resources
        if resource.url.startswith("urn:fullPage:")
    ]
    return tuple(parts)


def capture_file(
    ledger: Ledger,
    path: Path,
    case: str,
    *,
    private: bool = False,
    url: str | None = None,
    title: str | None = None,
) -> Capture:
    """Seal a file byte for byte, and log it.

    It shows that these bytes were here when it was logged; not where they came from. Nothing is
    taken out of them: a document may hold names, places and times of those who wrote or leaked it
    (metadata). A copy without them is another file, to be captured beside it.

    Args:
        ledger: Where it is sealed and logged.
        path: Any file: PDF, picture, workbook, mail. Its name is not kept.
        case: Name of the case.
        private: Encrypt it at rest; leave it out of every export and index.
        url: Where it was published, where that is known; nothing is asked there.
        title: Its title, else None.

    Returns:
        The capture; its `url` is `urn:sha256:…` of the bytes where none is given.

    Raises:
        CaptureFileMissing: There is no such file, or it cannot be read.
        FetchFailed: It was changed meanwhile. Nothing is logged.
        AddressRefused: `url` is no web address.
        OutputUnwritable: The disk refused it. Nothing is logged.

    Cost:
        Little memory, whatever the size; the file is read twice.
    """
    address = read_address(url) if url is not None else None
    started = _now(ledger)
    digest, media_type = _look_at(path)
    keep = keep_private if private else keep_bytes
    part = Part("original", keep(ledger.store, path), media_type, path.stat().st_size)
    if digest_file(path) != digest:
        raise FetchFailed(str(path), "the file was changed while it was read")
    capture = Capture(
        id="",
        case=case,
        url=address.url if address else f"urn:sha256:{digest}",
        captured_at=started,
        via="file",
        parts=(part,),
        title=title,
        private=private,
        problems=("credentials_removed",) if address and address.had_credentials else (),
        software=name_software(),
    )
    return seal_capture(ledger, "source.collect", capture)


def _look_at(path: Path) -> tuple[str, str]:
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "no regular file"
        raise CaptureFileMissing(str(path), f"it is {what}")
    try:
        return digest_file(path), tell_media_type(path)
    except OSError as error:
        raise CaptureFileMissing(str(path), error.strerror or str(error)) from error


def _now(ledger: Ledger) -> str:
    return ledger.clock().strftime("%Y-%m-%dT%H:%M:%SZ")
