"""Talking with Chromium: its DevTools protocol over a pipe, or over a WebSocket where none is.

One message is one JSON map. A pipe ends each with a zero byte; it closes when either side dies, so
that a browser never outlives the program that started it. Answers and events are read by a thread,
which never waits for us: neither side can block the other.
"""

import json
import os
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from typing import Any, Protocol

MOST_MESSAGE_BYTES = 400_000_000
"""Greatest size of one message: a picture or a body, in base 64."""

_CHUNK = 1 << 20

Params = dict[str, Any]
Handler = Callable[[Params, str], None]


class TalkEnded(ConnectionError):
    """The browser is gone: it was ended, or it crashed."""


class CommandRefused(RuntimeError):
    """The browser answered a command with an error."""


class Wire(Protocol):
    """What carries messages."""

    def send(self, message: bytes) -> None:
        """Send one message whole."""

    def receive(self) -> bytes:
        """Wait for the next message; empty when there will be no more."""

    def close(self) -> None:
        """End it."""


class PipeWire:
    """Two pipes, as `--remote-debugging-pipe` has them: commands to 3, answers from 4.

    Source:
        Chrome DevTools Protocol, "remote-debugging-pipe": JSON messages ended by a zero byte.
    """

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = answers
        self._held = bytearray()
        self._looked = 0

    def send(self, message: bytes) -> None:
        """Send one message whole."""
        view = memoryview(message + b"\0")
        while view:
            view = view[os.write(self._commands, view) :]

    def receive(self) -> bytes:
        """Wait for the next message; empty when there will be no more."""
        while (end := self._held.find(b"\0", self._looked)) < 0:
            self._looked = len(self._held)
            chunk = os.read(self._answers, _CHUNK)
            if not chunk or len(self._held) > MOST_MESSAGE_BYTES:
                return b""
            self._held += chunk
        message = bytes(self._held[:end])
        del self._held[: end + 1]
        self._looked = 0
        return message

    def close(self) -> None:
        """End it: a browser at the other end ends itself."""
        for end in (self._commands, self._answers):
            with suppress(OSError):
                os.close(end)


@dataclass(slots=True)
class Talk:
    """A talk with one browser: ask and wait, or tell and go on; events go to their listeners.

    All handlers run in the thread that calls `ask` or `pump`, one at a time, in the order in which
    the browser sent what they handle.
    """

    wire: Wire
    _next: int = 1
    _answers: dict[int, Callable[[Params], None]] = field(default_factory=dict)
    _listeners: dict[str, list[Handler]] = field(default_factory=lambda: defaultdict(list))
    _inbox: "queue.SimpleQueue[bytes]" = field(default_factory=queue.SimpleQueue)
    _reader: threading.Thread | None = None

    def begin(self) -> None:
        """Begin to read."""
        self._reader = threading.Thread(target=self._read, daemon=True, name="browser talk")
        self._reader.start()

    def _read(self) -> None:
        message = b"begin"
        while message:
            try:
                message = self.wire.receive()
            except (OSError, ValueError):
                message = b""
            self._inbox.put(message)

    def listen(self, event: str, handler: Handler) -> None:
        """Call `handler(params, session)` for every event of a name."""
        self._listeners[event].append(handler)

    def tell(
        self,
        method: str,
        params: Params | None = None,
        session: str = "",
        then: Callable[[Params], None] | None = None,
    ) -> None:
        """Send a command and go on; `then` gets its whole answer (`result` or `error`) later."""
        number = self._next
        self._next += 1
        message: Params = {"id": number, "method": method, "params": params or {}}
        if session:
            message["sessionId"] = session
        if then is not None:
            self._answers[number] = then
        try:
            self.wire.send(json.dumps(message).encode())
        except OSError as error:
            raise TalkEnded("the browser is gone") from error

    def ask(
        self, method: str, params: Params | None = None, session: str = "", seconds: float = 10.0
    ) -> Params:
        """Send a command and wait for its answer.

        Raises:
            TimeoutError: There was no answer in time.
            CommandRefused: The browser answered with an error.
            TalkEnded: The browser is gone.
        """
        got: list[Params] = []
        self.tell(method, params, session, got.append)
        if not self.pump(lambda: bool(got), seconds):
            raise TimeoutError(f"{method} was not answered in {seconds:.1f} s")
        if "error" in got[0]:
            raise CommandRefused(f"{method}: {got[0]['error'].get('message', '')}")
        result: Params = got[0].get("result", {})
        return result

    def pump(self, until: Callable[[], bool], seconds: float) -> bool:
        """Handle what comes until a condition holds; False when it did not in time."""
        deadline = time.monotonic() + seconds
        while not until():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            try:
                message = self._inbox.get(timeout=left)
            except queue.Empty:
                continue
            if not message:
                self._inbox.put(b"")  # whoever pumps next learns it too
                raise TalkEnded("the browser is gone")
            self._handle(json.loads(message))
        return True

    def _handle(self, message: Params) -> None:
        if "id" in message:
            if then := self._answers.pop(message["id"], None):
                then(message)
            return
        for handler in self._listeners.get(message.get("method", ""), ()):
            handler(message.get("params", {}), message.get("sessionId", ""))

    def close(self) -> None:
        """End it, after the browser was ended."""
        if self._reader is not None:
            self._reader.join(timeout=2)
        self.wire.close()


class SocketWire:
    """A WebSocket on the loopback address, where there are no such pipes."""

    def __init__(self, address: str) -> None:
        from websockets.sync.client import connect

        self._open = ExitStack()
        self._socket = self._open.enter_context(
            connect(address, max_size=MOST_MESSAGE_BYTES, compression=None, proxy=None)
        )

    def send(self, message: bytes) -> None:
        """Send one message whole."""
        self._socket.send(message.decode())

    def receive(self) -> bytes:
        """Wait for the next message; empty when there will be no more."""
        from websockets.exceptions import ConnectionClosed

        try:
            message = self._socket.recv()
        except ConnectionClosed:
            return b""
        return message.encode() if isinstance(message, str) else message

    def close(self) -> None:
        """End it."""
        self._open.close()
