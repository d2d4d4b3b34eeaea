"""The wire: what an answer's very bytes were, kept while they are read, and bounded."""

import io
import socket
import time
from dataclasses import dataclass, field
from http.client import HTTPResponse
from typing import Any

from answerable.evidence.fetching.limits import Limits

CHUNK = 1 << 16
"""Bytes that are read at a time."""

_LONGEST_LINE = 1 << 16


class Stopped(Exception):
    """Why reading was broken off, in a word of WARC-Truncated: no OSError, so nobody catches it."""


@dataclass(slots=True)
class Wire:
    """What was read from one connection, and how long it may go on."""

    limits: Limits
    deadline: float
    kept: bytearray = field(default_factory=bytearray)
    head: int = 0
    response: HTTPResponse | None = None

    def seconds_left(self) -> float:
        """Return how long the next read may take.

        Raises:
            Stopped: The time is over.
        """
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise Stopped("time")
        return min(left, self.limits.most_silence)

    def keep(self, data: bytes | memoryview) -> None:
        """Keep what was read.

        Raises:
            Stopped: It is more than may be kept.
        """
        room = self.limits.most_bytes - len(self.kept)
        self.kept += data[:room]
        if len(data) > room:
            raise Stopped("length")


class _TimedReads(io.RawIOBase):
    """A socket of which every single read is bounded by the deadline."""

    def __init__(self, sock: socket.socket, wire: Wire) -> None:
        self._sock = sock
        self._raw = sock.makefile("rb", buffering=0)
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._wire.seconds_left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


class _RecordedReads(io.BufferedReader):
    """What is read from it is kept, and no more than that."""

    def __init__(self, raw: _TimedReads, wire: Wire) -> None:
        super().__init__(raw, CHUNK)
        self._wire = wire

    def read(self, size: int | None = -1, /) -> bytes:
        return self._keep(super().read(CHUNK if size is None or size < 0 else size))

    def read1(self, size: int = -1, /) -> bytes:
        return self._keep(super().read1(size))

    def readline(self, size: int | None = -1, /) -> bytes:
        longest = _LONGEST_LINE + 1
        wanted = longest if size is None or size < 0 else min(size, longest)
        line = self._keep(super().readline(wanted))
        if len(line) > _LONGEST_LINE:
            raise Stopped("length")
        return line

    def readinto(self, buffer: Any, /) -> int:
        count = super().readinto(buffer)
        self._wire.keep(memoryview(buffer)[:count])
        return count

    def _keep(self, data: bytes) -> bytes:
        self._wire.keep(data)
        return data


class RecordedResponse(HTTPResponse):
    """An answer whose bytes are kept. A proxy's answer comes first, and is forgotten."""

    def __init__(self, sock: socket.socket, *args: Any, wire: Wire, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        self.fp.close()
        wire.kept.clear()
        wire.response = self
        self.fp = _RecordedReads(_TimedReads(sock, wire), wire)
