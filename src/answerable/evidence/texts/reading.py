"""Reading documents in a process apart, so that what they do to their reader stays there."""

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from struct import Struct
from types import TracebackType
from typing import Any, BinaryIO, Self

from answerable.errors import ReaderFailed
from answerable.evidence.texts.language import tell_language
from answerable.evidence.texts.text import Text, text_from

MAX_DOCUMENT_BYTES = 500_000_000
MAX_ANSWER_BYTES = 400_000_000
READ_SECONDS = 120.0
"""Longest time for one document; pages that are pictures are read by OCR only within it."""
START_SECONDS = 30.0

_LENGTH = Struct(">Q")
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from answerable.evidence.texts.sandbox import serve; serve()"
)
_ENVIRONMENT = ("SYSTEMROOT", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


class _Gone(Exception):
    """The process has ended, or its answer is over the limit."""


class Reader:
    """A process in which documents are read, one after the other.

    It is started with the first document, which takes about a quarter of a second, and again after
    one that brought it down. Use it as a context, so that it ends.

    Args:
        seconds: Longest time for one document.

    Example:
        >>> with Reader() as reader:
        ...     reader.read(b"<p>One<p>two", "text/html").body
        'One two'
    """

    def __init__(self, seconds: float = READ_SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self.guards: tuple[str, ...] = ()

    def read(self, document: bytes | Path, media_type: str) -> Text:
        """Return the text of a document.

        Whatever is wrong with the document is told by the text's problems, never by an exception:
        `crashed` and `timed_out` where its reader had to be ended.

        Args:
            document: Its bytes, or a file that holds them.
            media_type: Its media type, with `charset` where the server named one.

        Raises:
            ReaderFailed: No process can be started.
            OSError: The file cannot be read.
        """
        size = len(document) if isinstance(document, bytes) else document.stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            return Text("", problems=("no_text", "too_large"))
        data = document if isinstance(document, bytes) else document.read_bytes()
        if self._process is None or self._process.poll() is not None:
            self._start()
        head = json.dumps({"media_type": media_type[:500], "seconds": self._seconds}).encode()
        try:
            text = text_from(json.loads(self._ask((head, data), self._seconds)))
        except _Gone:
            is_late = self._is_late
            self.close()
            return Text("", problems=("no_text", "timed_out" if is_late else "crashed"))
        except (ValueError, KeyError, TypeError):  # only machine code that got in answers so
            self.close()
            return Text("", problems=("crashed", "no_text"))
        return replace(text, language=tell_language(text.body))

    def _start(self) -> None:
        self.close()
        try:
            self._process = subprocess.Popen(  # noqa: S603 our own Python, no shell
                [sys.executable, "-c", _START, json.dumps([each for each in sys.path if each])],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
            self.guards = tuple(json.loads(self._ask((), START_SECONDS)))
        except (OSError, _Gone, ValueError) as error:
            self.close()
            raise ReaderFailed(str(error) or "it ended at once") from error

    def _ask(self, pieces: tuple[bytes, ...], seconds: float) -> bytes:
        """Send pieces and return the answer; the process is ended when the time is over."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise _Gone
        self._is_late = False
        timer = threading.Timer(seconds, self._end_late)
        timer.daemon = True
        timer.start()
        try:
            for piece in pieces:
                process.stdin.write(_LENGTH.pack(len(piece)))
                process.stdin.write(piece)
            process.stdin.flush()
            return _receive(process.stdout)
        except (OSError, ValueError) as error:
            raise _Gone from error
        finally:
            timer.cancel()

    def _end_late(self) -> None:
        self._is_late = True
        if self._process is not None:
            self._process.kill()

    def close(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for file in (process.stdin, process.stdout):
            try:
                if file is not None:
                    file.close()
            except OSError:  # what was still to be written is lost, as it may be
                continue
        process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _receive(file: BinaryIO | Any) -> bytes:
    head = file.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise _Gone
    (length,) = _LENGTH.unpack(head)
    if length > MAX_ANSWER_BYTES:
        raise _Gone
    data: bytes = file.read(length)
    if len(data) < length:
        raise _Gone
    return data


def extract_text(document: bytes | Path, media_type: str, *, seconds: float = READ_SECONDS) -> Text:
    """Return the text of one document, read in a process apart.

    For many documents, use one `Reader`.

    Args:
        document: Its bytes, or a file that holds them.
        media_type: Its media type, with `charset` where the server named one.
        seconds: Longest time.

    Returns:
        The text. It is empty, with a problem that says why, where nothing could be read.

    Raises:
        ReaderFailed: No process can be started.
        OSError: The file cannot be read.

    Cost:
        About 0.2 s to start the process; then about 0.2 s for a web page of 1 MB.

    Example:
        >>> extract_text("Bericht über Überwachung".encode("utf-16"), "text/plain").body
        'Bericht über Überwachung'
    """
    with Reader(seconds) as reader:
        return reader.read(document, media_type)
