"""A Chromium of our own: found, started with a profile that is thrown away, and ended.

It is told to speak through the gate only, to report nothing to its maker, and to keep nothing. It
is ended by its process id whatever happens; should this program itself be ended by force, the pipe
between the two closes and the browser ends itself, and the next capture sweeps its profile away.
"""

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from answerable.errors import BrowserFailed, BrowserMissing
from answerable.evidence.browsing.process import START_SECONDS, start_listening, start_piped
from answerable.evidence.browsing.profile import TOLD, own_profile, sweep_profiles
from answerable.evidence.browsing.protocol import (
    CommandRefused,
    Talk,
    TalkEnded,
)

VARIABLE = "ANSWERABLE_CHROMIUM"
"""Environment variable that names the browser's program."""

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
    "microsoft-edge",
)
_PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files\Chromium\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)

_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")

_QUIET = """
    no-first-run no-default-browser-check no-pings no-service-autorun disable-background-networking
    disable-component-update disable-sync disable-default-apps disable-domain-reliability
    disable-client-side-phishing-detection disable-breakpad disable-crash-reporter
    metrics-recording-only disable-extensions disable-component-extensions-with-background-pages
    disable-search-engine-choice-screen disable-field-trial-config disable-logging
    disable-external-intent-requests use-mock-keychain
""".split()
_CONTAINED = """
    deny-permission-prompts block-new-web-contents disable-quic dns-prefetch-disable
    disable-notifications disable-speech-api disable-print-preview disable-dev-shm-usage
""".split()
_STEADY = """
    mute-audio hide-scrollbars disable-background-timer-throttling
    disable-backgrounding-occluded-windows disable-renderer-backgrounding
""".split()
_FEATURES_OFF = """
    AutofillServerCommunication CertificateTransparencyComponentUpdater DialMediaRouteProvider
    HttpsUpgrades HttpsFirstBalancedModeAutoEnable InterestFeedContentSuggestions LensOverlay
    MediaRouter NetworkTimeServiceQuerying OptimizationGuideModelDownloading OptimizationHints
    OptimizationHintsFetching PrivacySandboxSettings4 Prerender2 SafeBrowsingEnhancedProtection
    SegmentationPlatform Translate WebRtcHideLocalIpsWithMdns
""".split()


@dataclass(frozen=True, slots=True)
class Browser:
    """A Chromium that runs.

    Args:
        talk: The talk with it.
        process_id: Of its first process, which leads its group.
        version: As it calls itself, such as `Chrome/140.0.1`.
        user_agent: As it would tell servers, had we not changed it.
        sandboxed: Whether pages are held in the browser's own sandbox.
    """

    talk: Talk
    process_id: int
    version: str
    user_agent: str
    sandboxed: bool


def find_chromium(program: str | None = None) -> str:
    """Return the path of a Chromium, Chrome or Edge on this machine.

    Args:
        program: A path or name to use; None looks at the environment variable
            `ANSWERABLE_CHROMIUM`, then for the usual names and places.

    Raises:
        BrowserMissing: There is none.
    """
    wanted = program or os.environ.get(VARIABLE)
    if wanted:
        if found := shutil.which(wanted):
            return found
        raise BrowserMissing(wanted)
    for name in (*_NAMES, *_PLACES):
        if found := shutil.which(name):
            return found
    raise BrowserMissing()


@contextmanager
def run_chromium(
    program: str, gate_port: int, *, by_pipe: bool = os.name == "posix"
) -> Iterator[Browser]:
    """Run a Chromium until the block ends, then end it and delete its profile.

    Args:
        program: Path of the program.
        gate_port: Port of the SOCKS proxy on the loopback address that it must use.
        by_pipe: Speak over a pipe; else over a WebSocket on the loopback address, which any
            program of this machine can find (Windows has no such pipes).

    Yields:
        The browser, when it answers.

    Raises:
        BrowserFailed: It does not start.
    """
    sweep_profiles()
    with own_profile() as profile:
        talk: Talk | None = None
        end: Callable[[], None] | None = None
        command = [program, *_list_flags(profile, gate_port)]
        start = start_piped if by_pipe else start_listening
        try:
            process_id, end, wire = start(command, _list_variables(profile), profile)
            talk = Talk(wire)
            talk.begin()
            yield _greet(talk, process_id, profile)
        finally:
            if end is not None:
                end()
            if talk is not None:
                talk.close()


def _greet(talk: Talk, process_id: int, profile: Path) -> Browser:
    try:
        told = talk.ask("Browser.getVersion", seconds=START_SECONDS)
    except (TalkEnded, TimeoutError, CommandRefused) as error:
        raise BrowserFailed(*_say_why(profile)) from error
    return Browser(talk, process_id, told["product"], told["userAgent"], not _is_root())


def _say_why(profile: Path) -> tuple[str, str]:
    told = _read_told(profile).lower()
    if "sandbox" in told or "namespace" in told:
        return (
            "its sandbox cannot be set up on this machine",
            "Allow unprivileged user namespaces, or install the browser with its sandbox helper",
        )
    return "it did not start", "Start it once by hand to see what it lacks"


def _read_told(profile: Path) -> str:
    try:
        with (profile / TOLD).open("rb") as file:
            return file.read(100_000).decode("utf-8", "replace")
    except OSError:
        return ""


def _list_flags(profile: Path, gate_port: int) -> list[str]:
    values = {
        "headless": "new",
        "user-data-dir": str(profile / "profile"),
        "proxy-server": f"socks5://127.0.0.1:{gate_port}",
        "proxy-bypass-list": "<-loopback>",
        "host-resolver-rules": "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "force-webrtc-ip-handling-policy": "disable_non_proxied_udp",
        "webrtc-ip-handling-policy": "disable_non_proxied_udp",
        "disable-features": ",".join(_FEATURES_OFF),
        "autoplay-policy": "user-gesture-required",
        "force-color-profile": "srgb",
        "password-store": "basic",
        "lang": "en-US",
        "accept-lang": "en-US,en",
        "window-size": "1280,900",
    }
    flags = [*_QUIET, *_CONTAINED, *_STEADY, *(f"{key}={value}" for key, value in values.items())]
    if _is_root():
        flags.append("no-sandbox")  # Chromium refuses to run as root without it
    return [f"--{flag}" for flag in flags]


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _list_variables(profile: Path) -> dict[str, str]:
    """Keep what a program needs to start, and nothing that names the operator or leaks keys."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    inner = str(profile)
    homes = ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    return {
        **kept,
        **dict.fromkeys((*homes, "XDG_RUNTIME_DIR", "LOCALAPPDATA"), inner),
        "TZ": "UTC",
    }
