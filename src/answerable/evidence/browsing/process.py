"""Starting a browser so that it can be talked to and is ended whatever happens.

Over a pipe, as POSIX has it: only this program can talk to the browser, and a browser whose pipe
closes ends itself, also where this program was ended by force. Over a WebSocket on the loopback
address elsewhere: any program of this machine that finds the port can talk to it meanwhile.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from answerable.errors import BrowserFailed
from answerable.evidence.browsing.profile import TOLD
from answerable.evidence.browsing.protocol import PipeWire, SocketWire, Wire

START_SECONDS = 20.0
"""How long a browser may take to start."""


Started = tuple[int, Callable[[], None], Wire]


def start_piped(command: list[str], variables: dict[str, str], profile: Path) -> Started:
    """Start it with commands at its descriptor 3 and answers at 4, in a group of its own."""
    if sys.platform == "win32":
        raise BrowserFailed("pipes are not to be had on Windows", "Use the WebSocket")
    near_out, far_in, far_out, near_in = (*os.pipe()[::-1], *os.pipe()[::-1])
    # kept out of the way of 3 and 4, so that giving one cannot overwrite the other
    high = [_lift(end) for end in (far_in, far_out)]
    told = str(profile / TOLD)
    try:
        process_id = os.posix_spawn(
            command[0],
            [*command, "--remote-debugging-pipe", "about:blank"],
            variables,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, told, os.O_WRONLY | os.O_CREAT, 0o600),
                (os.POSIX_SPAWN_DUP2, high[0], 3),
                (os.POSIX_SPAWN_DUP2, high[1], 4),
            ],
            setpgroup=0,
        )
    except OSError as error:
        os.close(near_out)
        os.close(near_in)
        raise BrowserFailed("it could not be started", "Check that it may be run") from error
    finally:
        for each in (far_in, far_out, *high):
            os.close(each)
    return process_id, lambda: _end_group(process_id), PipeWire(near_out, near_in)


def _lift(descriptor: int) -> int:
    import fcntl

    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 10)


def _end_group(process_id: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process_id, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(process_id, 0)


def start_listening(command: list[str], variables: dict[str, str], profile: Path) -> Started:
    """Start it with a WebSocket at a free port of the loopback address."""
    told = (profile / TOLD).open("wb")
    try:
        process = subprocess.Popen(  # noqa: S603 - the program that the user named, flags of ours
            [*command, "--remote-debugging-port=0", "about:blank"],
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=told,
            process_group=0,
        )
    except OSError as error:
        raise BrowserFailed("it could not be started", "Check that it may be run") from error
    finally:
        told.close()
    wire: Wire | None = None
    try:
        wire = SocketWire(_wait_for_address(process, profile))
    except ImportError as error:
        raise BrowserFailed("websockets is missing", "Install answerable[browser]") from error
    finally:
        if wire is None:
            _end_process(process)
    return process.pid, lambda: _end_process(process), wire


def _wait_for_address(process: "subprocess.Popen[bytes]", profile: Path) -> str:
    """Wait for the file in which the browser says where it listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError, ValueError):
            text = (profile / "profile" / "DevToolsActivePort").read_text("ascii")
            port, path = text.split("\n")[:2]
            return f"ws://127.0.0.1:{int(port)}{path}"
        time.sleep(0.05)
    raise BrowserFailed("it did not start", "Start it once by hand to see what it lacks")


def _end_process(process: "subprocess.Popen[bytes]") -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
