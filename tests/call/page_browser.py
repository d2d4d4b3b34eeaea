"""A headless Chromium that opens our pages, measures them, and lets axe look at them."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from answerable.evidence.browsing.chromium import Browser, run_chromium
from answerable.evidence.browsing.gate import Gate, open_gate

SECONDS = 30.0


@dataclass(slots=True)
class PageBrowser:
    """One tab; every request that leaves the disk is noted."""

    browser: Browser
    session: str
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    _loaded: bool = False

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        return self.browser.talk.ask(method, params, self.session, SECONDS)

    def open(self, path: Path, width: int, *, dark: bool = False, script: bool = True) -> None:
        """Open a file at a width in CSS pixels, and wait until it has loaded."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        calm = {"name": "prefers-reduced-motion", "value": "reduce"}
        self.ask("Emulation.setEmulatedMedia", media="", features=[scheme, calm])
        self.ask("Emulation.setScriptExecutionDisabled", value=not script)
        shape = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
        self.ask("Emulation.setDeviceMetricsOverride", **shape)
        self._loaded = False
        self.ask("Page.navigate", url=path.as_uri())
        assert self.browser.talk.pump(lambda: self._loaded, SECONDS), f"{path.name} did not load"

    def run(self, script: str) -> Any:
        """Return what a script gives; its promise is awaited."""
        told = self.ask(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in told, told["exceptionDetails"]
        return told["result"].get("value")

    def picture(self) -> bytes:
        """Return the whole page as PNG."""
        size = self.ask("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.ask("Page.captureScreenshot", clip=clip, captureBeyondViewport=True)
        return base64.b64decode(shot["data"])

    def print_pdf(self) -> bytes:
        """Return the page as it prints."""
        told = self.ask("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(told["data"])

    def _listen(self) -> None:
        def note_load(_params: dict[str, Any], _session: str) -> None:
            self._loaded = True

        def note_request(params: dict[str, Any], _session: str) -> None:
            self.requests.append(params["request"]["url"])

        def note_message(params: dict[str, Any], _session: str) -> None:
            self.messages.append(params["entry"]["text"])

        self.browser.talk.listen("Page.loadEventFired", note_load)
        self.browser.talk.listen("Network.requestWillBeSent", note_request)
        self.browser.talk.listen("Log.entryAdded", note_message)


@contextmanager
def open_browser(program: str) -> Iterator[PageBrowser]:
    """Run a Chromium with one tab until the block ends."""
    with open_gate(Gate()) as gate, run_chromium(program, gate.port) as browser:
        talk = browser.talk
        target = talk.ask("Target.createTarget", {"url": "about:blank"})["targetId"]
        attached = talk.ask("Target.attachToTarget", {"targetId": target, "flatten": True})
        tab = PageBrowser(browser, attached["sessionId"])
        tab._listen()
        for domain in ("Page", "Network", "Log"):
            tab.ask(f"{domain}.enable")
        yield tab
