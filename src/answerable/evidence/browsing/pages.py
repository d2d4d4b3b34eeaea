"""One page in the browser: opened, loaded, scrolled and read; what it asks for is refused."""

import time
from dataclasses import dataclass
from typing import Any

from answerable.evidence.browsing.chromium import Browser
from answerable.evidence.browsing.protocol import CommandRefused, Talk
from answerable.evidence.browsing.records import Recorder
from answerable.evidence.exchanges import Exchange

_TICK = 0.2
_MOST_STEPS = 60
_HEIGHT = 900


@dataclass(slots=True)
class Page:
    """A page that is under our hands.

    Args:
        talk: The talk with the browser.
        recorder: What records its exchanges.
        session: Name of the talk's part that is about this page.
        frame: Its main frame.
        other_context: A browser context that it has no part in.
        loaded: Whether it has loaded.
        loader: What loaded the document that it shows; empty while it shows none.
    """

    talk: Talk
    recorder: Recorder
    session: str
    frame: str
    other_context: str
    loaded: bool = False
    loader: str = ""

    def source(self) -> Exchange | None:
        """Return the exchange that brought the page's own source."""
        return self.recorder.find_page(self.frame, self.loader)

    def navigate(self, url: str, seconds: float) -> str:
        """Go to an address; returns what went wrong, empty where nothing did."""
        got: list[dict[str, Any]] = []
        self.talk.tell("Page.navigate", {"url": url}, self.session, got.append)
        if not self._pump(lambda: bool(got), seconds):
            return "TIMED_OUT"
        return str(got[0].get("result", {}).get("errorText", ""))

    def wait_for_load(self, seconds: float) -> bool:
        """Wait until the page says that it has loaded; False when it did not in time."""
        return self._pump(lambda: self.loaded, seconds)

    def settle(self, quiet_seconds: float, seconds: float) -> bool:
        """Wait until nothing was under way for a while; False when that did not come in time."""
        return self._pump(lambda: self.recorder.is_quiet(quiet_seconds), seconds)

    def stop(self) -> None:
        """Let what still comes in be, and take the page as it stands."""
        self.talk.tell("Page.stopLoading", session=self.session)
        self._pump(lambda: False, _TICK)

    def scroll_down(self, seconds: float) -> None:
        """Scroll to the end of the page once, and back, so that it loads what it held back."""
        deadline = time.monotonic() + seconds
        for step in range(_MOST_STEPS):
            left = deadline - time.monotonic()
            try:
                at_end = self._run(f"scrollTo(0, {step * _HEIGHT}); {_AT_END}", left)
            except (CommandRefused, TimeoutError):
                return
            if at_end or left <= 0:
                break
            self._pump(lambda: False, min(0.05, left))
        with_rest = max(0.5, deadline - time.monotonic())
        try:
            self._run("scrollTo(0, 0)", with_rest)
        except (CommandRefused, TimeoutError):
            return

    def read_names(self, seconds: float) -> tuple[str, str]:
        """Return the page's address and title as they stand; empty where they cannot be had."""
        try:
            tree = self.talk.ask("Page.getNavigationHistory", {}, self.session, seconds)
        except (CommandRefused, TimeoutError):
            return "", ""
        entry = tree["entries"][tree["currentIndex"]]
        url, title = str(entry["url"]), str(entry.get("title", ""))
        if not url.startswith("http"):
            return "", ""
        return url, "" if title in (url, url.partition("://")[2]) else " ".join(title.split())

    def read_dom(self, seconds: float) -> str:
        """Return the elements of the page as they stand, as HTML."""
        root = self.talk.ask("DOM.getDocument", {"depth": 0}, self.session, seconds)["root"]
        wanted = {"nodeId": root["nodeId"], "includeShadowDOM": True}
        answer = self.talk.ask("DOM.getOuterHTML", wanted, self.session, seconds)
        return str(answer["outerHTML"])

    def _run(self, script: str, seconds: float) -> Any:
        """Run a script of ours, in a world of its own that the page's scripts cannot change."""
        wanted = {"frameId": self.frame, "worldName": "capture"}
        world = self.talk.ask("Page.createIsolatedWorld", wanted, self.session, max(seconds, 0.1))
        wanted = {"expression": script, "contextId": world["executionContextId"]}
        answer = self.talk.ask("Runtime.evaluate", wanted, self.session, max(seconds, 0.1))
        return answer.get("result", {}).get("value")

    def _pump(self, until: Any, seconds: float) -> bool:
        """Handle what comes, and cut bodies that take too long, until a condition holds."""
        deadline = time.monotonic() + seconds
        while True:
            left = deadline - time.monotonic()
            if self.talk.pump(until, max(0.0, min(_TICK, left))):
                return True
            self.recorder.tick()
            if left <= _TICK:
                return bool(until())


_AT_END = "innerHeight + scrollY >= document.documentElement.scrollHeight - 2"


def open_page(browser: Browser, recorder: Recorder, width: int) -> Page:
    """Open an empty page in a context of its own, which is kept in memory only.

    Args:
        browser: The browser.
        recorder: What records the page's exchanges; it must have begun.
        width: Of the window, in pixels.
    """
    talk = browser.talk
    context = talk.ask("Target.createBrowserContext")["browserContextId"]
    other = talk.ask("Target.createBrowserContext")["browserContextId"]
    for each in (context, other):
        refuse = {"behavior": "deny", "browserContextId": each, "eventsEnabled": True}
        talk.ask("Browser.setDownloadBehavior", refuse)
    where = {"url": "about:blank", "browserContextId": context, "width": width, "height": _HEIGHT}
    target = talk.ask("Target.createTarget", where)["targetId"]
    _attach_followers(browser, recorder)
    attached = talk.ask("Target.attachToTarget", {"targetId": target, "flatten": True})
    session = attached["sessionId"]
    frame = talk.ask("Page.getFrameTree", session=session)["frameTree"]["frame"]["id"]
    page = Page(talk, recorder, session, frame, other)
    _listen(page)
    for domain in ("Page", "Inspector"):
        talk.ask(f"{domain}.enable", session=session)
    shape = {"width": width, "height": _HEIGHT, "deviceScaleFactor": 1, "mobile": False}
    talk.ask("Emulation.setDeviceMetricsOverride", shape, session)
    return page


def _attach_followers(browser: Browser, recorder: Recorder) -> None:
    """Prepare the page, and every frame and worker that it starts, before any of them runs."""
    talk = browser.talk

    def prepare(params: dict[str, Any], _session: str) -> None:
        session, kind = params["sessionId"], params["targetInfo"]["type"]
        follow = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True}
        talk.tell("Network.enable", session=session)
        talk.tell("Network.setBypassServiceWorker", {"bypass": True}, session)
        talk.tell("Network.setUserAgentOverride", _name_plainly(browser), session)
        if kind in ("page", "iframe"):
            talk.tell("Emulation.setTimezoneOverride", {"timezoneId": "UTC"}, session)
        talk.tell("Target.setAutoAttach", follow, session)
        talk.tell("Runtime.runIfWaitingForDebugger", session=session)

    def refuse_download(_params: dict[str, Any], _session: str) -> None:
        recorder.problems["download_refused"] = None

    talk.listen("Target.attachedToTarget", prepare)
    talk.listen("Browser.downloadWillBegin", refuse_download)


def _name_plainly(browser: Browser) -> dict[str, Any]:
    """Name the browser to servers as the same browser with a window names itself."""
    version = browser.version.partition("/")[2]
    major = version.partition(".")[0]
    brands = [
        {"brand": "Chromium", "version": major},
        {"brand": "Not/A)Brand", "version": "24"},
    ]
    return {
        "userAgent": browser.user_agent.replace("HeadlessChrome", "Chrome"),
        "acceptLanguage": "en-US,en",
        "userAgentMetadata": {
            "brands": brands,
            "platform": _platform(browser.user_agent),
            "platformVersion": "",
            "architecture": "x86",
            "model": "",
            "mobile": False,
        },
    }


def _platform(user_agent: str) -> str:
    names = {"Windows": "Windows", "Macintosh": "macOS"}
    return next((name for word, name in names.items() if word in user_agent), "Linux")


def _listen(page: Page) -> None:
    def dismiss(params: dict[str, Any], session: str) -> None:
        leaving = params.get("type") == "beforeunload"
        page.recorder.problems["dialog_dismissed"] = None
        page.talk.tell("Page.handleJavaScriptDialog", {"accept": leaving}, session)

    def note_load(_params: dict[str, Any], session: str) -> None:
        page.loaded = page.loaded or session == page.session

    def note_document(params: dict[str, Any], session: str) -> None:
        frame = params["frame"]
        if session == page.session and frame["id"] == page.frame:
            page.loader = str(frame["loaderId"])

    def note_crash(_params: dict[str, Any], session: str) -> None:
        if session == page.session:
            page.loaded = True
            page.recorder.problems["page_crashed"] = None

    page.talk.listen("Inspector.targetCrashed", note_crash)
    page.talk.listen("Page.frameNavigated", note_document)
    page.talk.listen("Page.javascriptDialogOpening", dismiss)
    page.talk.listen("Page.loadEventFired", note_load)
