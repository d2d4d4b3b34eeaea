"""Captures with a real browser: pages that scripts build, and a picture of the whole page.

The browser is a Chromium on this machine, started for one capture with an empty profile, in which
nothing of the operator is, and ended after it. It reaches the network only through a gate that
checks every address, and every answer is recorded before a page gets to see it.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from answerable.errors import BrowserFailed, FetchFailed
from answerable.evidence.addresses import Resolve, read_address, resolve_host
from answerable.evidence.browsing.chromium import Browser, find_chromium, run_chromium
from answerable.evidence.browsing.gate import Gate, open_gate
from answerable.evidence.browsing.pages import Page, open_page
from answerable.evidence.browsing.pictures import (
    PictureFaulty,
    draw_band,
    join_pictures,
    picture_page,
)
from answerable.evidence.browsing.protocol import CommandRefused, TalkEnded
from answerable.evidence.browsing.records import Bounds, Recorder, spell_time
from answerable.evidence.browsing.upstream import read_upstream
from answerable.evidence.exchanges import Exchange, Resource


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a page is waited for, and how much of it is kept.

    Args:
        most_seconds: From the asking until the page and what it loads have come in; after it, the
            page is taken as it stands.
        quiet_seconds: How long nothing must be under way before the page counts as settled.
        most_quiet_seconds: How long that is waited for once the page has loaded.
        scroll_seconds: For scrolling down once, so that images below come in; 0 does not scroll.
        picture_seconds: For taking the page's picture, and for reading its elements.
        most_height: Where the picture of a long page is cut, in pixels; browsers can draw 16,384.
        width: Of the window, in pixels.
        bounds: How many answers and bytes are recorded.
    """

    most_seconds: float = 30.0
    quiet_seconds: float = 0.5
    most_quiet_seconds: float = 10.0
    scroll_seconds: float = 4.0
    picture_seconds: float = 20.0
    most_height: int = 16_000
    width: int = 1_280
    bounds: Bounds = field(default_factory=Bounds)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as a browser showed it, with all that it took to show it.

    It shows what our browser got and made of it, at that time and from that place. Others may have
    been shown something else.

    Args:
        url: Address that was asked for.
        final_url: Address at which the page stood in the end, after redirects and scripts.
        captured_at: When it was asked for, UTC, `2026-11-24T14:02:03Z`.
        title: As the page gives it; None where it gives none.
        page: The exchange that brought the page's own HTML source; None where none did.
        exchanges: Everything that was asked and answered, in the order of the answers, also what
            was refused or failed.
        resources: The page's elements as they stood (`urn:dom:`) and its picture under a band that
            says address, date and time (`urn:fullPage:`), as far as they could be had.
        problems: Codes of what is missing or doubtful: `no_screenshot`, `screenshot_cut`,
            `screenshot_without_band`, `no_dom`, `load_timed_out`, `network_busy`, `bodies_cut`,
            `bytes_limit`, `requests_limit`, `address_refused`, `websocket_not_recorded`,
            `dialog_dismissed`, `download_refused`, `page_crashed`, `browser_unsandboxed`.
        software: The browser and its version.
    """

    url: str
    final_url: str
    captured_at: str
    title: str | None
    page: Exchange | None
    exchanges: tuple[Exchange, ...]
    resources: tuple[Resource, ...]
    problems: tuple[str, ...]
    software: str

    def resource(self, kind: str) -> Resource | None:
        """Return the `fullPage` or `dom` resource, None where it could not be had."""
        return next((e for e in self.resources if e.url.startswith(f"urn:{kind}:")), None)


def render_page(
    url: str,
    *,
    allow_private: bool = False,
    proxy: str | None = None,
    limits: Limits | None = None,
    chromium: str | None = None,
    resolve: Resolve = resolve_host,
) -> Rendered:
    """Show a page in a browser of its own, and bring home everything that this took.

    A download, a dialog, a permission or a new window that the page asks for is refused. The
    server sees the address of this machine (or of the proxy) and a plain Chromium in UTC and
    English. Private addresses are refused also for images, frames, redirects and workers.

    Args:
        url: An http or https address; a user and password in it are dropped.
        allow_private: Also reach addresses of this machine and of the network around it.
        proxy: `socks5h://host:port` or `http://host:port` that all connections go through; host
            names are then looked up by it, and cannot be checked here.
        limits: How long and how much; None for the usual.
        chromium: The browser's program; None looks for one.
        resolve: Looks host names up.

    Returns:
        The page, also where parts are missing: see `problems`.

    Raises:
        AddressRefused: The address is none that may be asked for.
        FetchFailed: No answer came that could be recorded.
        BrowserMissing: There is no browser on this machine.
        BrowserFailed: It does not start, or crashed.
        UsageError: The proxy's address cannot be used.

    Cost:
        Measured on 2 busy cores: 2.6 to 4.1 s for a small page, mostly for starting the browser.

    Source:
        Berkeley Protocol on Digital Open Source Investigations (2022), paragraph 155.
    """
    address = read_address(url)
    bounds = limits or Limits()
    gate = Gate(allow_private, read_upstream(proxy), 2 * bounds.bounds.most_bytes, resolve)
    _look_up(gate, address.url, address.host, address.port)
    program = find_chromium(chromium)
    with open_gate(gate), run_chromium(program, gate.port) as browser, _mind_ending():
        recorder = Recorder(browser.talk, gate, bounds.bounds)
        if not browser.sandboxed:
            recorder.problems["browser_unsandboxed"] = None
        return _render(browser, recorder, address.url, bounds)


def _look_up(gate: Gate, url: str, host: str, port: int) -> None:
    """Refuse the page's own address before a browser is started for it."""
    try:
        gate.find(host, port)
    except OSError as error:
        raise FetchFailed(url, "its host is not known, or there is no network") from error


@contextmanager
def _mind_ending() -> Iterator[None]:
    try:
        yield
    except TalkEnded as error:
        raise BrowserFailed("it crashed") from error
    except (CommandRefused, TimeoutError) as error:
        raise BrowserFailed("it did not do as it was told") from error


def _render(browser: Browser, recorder: Recorder, url: str, limits: Limits) -> Rendered:
    started = time.time()
    recorder.begin()
    page = open_page(browser, recorder, limits.width)
    shown = _load(page, url, limits)
    if shown and limits.scroll_seconds:
        page.scroll_down(limits.scroll_seconds)
        page.settle(limits.quiet_seconds, limits.scroll_seconds)
    final_url, title = page.read_names(limits.picture_seconds)
    urls = (url, final_url or url)
    resources = _make_resources(browser, page, urls, limits) if shown else ()
    if not shown:
        recorder.problems |= {"no_dom": None, "no_screenshot": None}
    return Rendered(
        url=url,
        final_url=urls[1],
        captured_at=spell_time(started)[:19] + "Z",
        title=title or None,
        page=page.source(),
        exchanges=recorder.list_exchanges(),
        resources=resources,
        problems=tuple(recorder.problems),
        software=browser.version,
    )


def _load(page: Page, url: str, limits: Limits) -> bool:
    """Ask for the page and wait until it has come in, or the time is over.

    Returns:
        Whether a page is shown; False for a file, which is recorded and not shown.
    """
    deadline = time.monotonic() + limits.most_seconds
    problems = page.recorder.problems
    if failure := page.navigate(url, limits.most_seconds):
        if page.source() is None or "ABORTED" not in failure:
            raise FetchFailed(url, _say_failure(page, failure))
        page.settle(limits.quiet_seconds, limits.most_quiet_seconds)
        return False
    if not page.wait_for_load(deadline - time.monotonic()):
        problems["load_timed_out"] = None
        page.stop()
    left = max(0.0, min(limits.most_quiet_seconds, deadline - time.monotonic()))
    if not page.settle(limits.quiet_seconds, left):
        problems["network_busy"] = None
    return True


def _say_failure(page: Page, failure: str) -> str:
    if page.recorder.gate.refused:
        return "it leads to an address that is not public"
    reasons = {
        "CERT": "its certificate could not be verified",
        "REFUSED": "there is no connection to it",
        "SOCKS": "there is no connection to it",
        "TIMED_OUT": "it did not answer in time",
        "REDIRECTS": "it redirects too often",
    }
    told = (say for part, say in reasons.items() if part in failure)
    return next(told, "the exchange with its server failed")


def _make_resources(
    browser: Browser, page: Page, urls: tuple[str, str], limits: Limits
) -> tuple[Resource, ...]:
    return (*_read_dom(page, urls[1], limits), *_take_picture(browser, page, urls, limits))


def _read_dom(page: Page, url: str, limits: Limits) -> tuple[Resource, ...]:
    with suppress(CommandRefused, TimeoutError):
        text = page.read_dom(limits.picture_seconds)
        body = text.encode("utf-8", "replace")
        if len(body) <= limits.bounds.most_body_bytes:
            return (Resource(f"urn:dom:{url}", "text/html; charset=utf-8", body, _now()),)
    page.recorder.problems["no_dom"] = None
    return ()


def _take_picture(
    browser: Browser, page: Page, urls: tuple[str, str], limits: Limits
) -> tuple[Resource, ...]:
    talk, seconds = browser.talk, limits.picture_seconds
    at = _now()
    try:
        picture, width, cut = picture_page(
            talk,
            page.session,
            width=limits.width,
            most_height=limits.most_height,
            seconds=seconds,
        )
    except (CommandRefused, TimeoutError):
        page.recorder.problems["no_screenshot"] = None
        return ()
    if cut:
        page.recorder.problems["screenshot_cut"] = None
    try:
        band = draw_band(talk, page.other_context, width, _list_rows(urls, at, cut), seconds)
        picture = join_pictures(band, picture)
    except (CommandRefused, TimeoutError, PictureFaulty):
        page.recorder.problems["screenshot_without_band"] = None
    return (Resource(f"urn:fullPage:{urls[1]}", "image/png", picture, at),)


def _list_rows(urls: tuple[str, str], at: str, cut: bool) -> dict[str, str]:
    asked, shown = urls
    rows: dict[str, Any] = {"Address": asked}
    if shown != asked:
        rows["Shown"] = shown
    rows["Captured"] = f"{at[:10]} {at[11:19]} UTC"
    if cut:
        rows["Note"] = "The page goes on beyond this picture."
    return rows


def _now() -> str:
    return spell_time(time.time())
