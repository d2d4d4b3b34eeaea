"""Helper processes: each does one kind of work, batch by batch, for the process that started it.

A helper is a fresh Python that reads batches from its input and writes results to its output. It
shares nothing with its parent but files, ends when its input ends (also if the parent was killed),
and hears nothing of Ctrl-C, which the parent answers by ending it.
"""

import contextlib
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from struct import Struct
from typing import Any, BinaryIO

from answerable import errors
from answerable.errors import AnswerableError

Work = Callable[[Mapping[str, Any], bytes], bytes]
"""From options and a batch to its result; must do the same in every process."""

_HEAD = Struct(">cQ")
_START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]);"
    "from answerable.engine.helpers import serve; serve(sys.argv[2])"
)
DONE, FAILED, BATCH = b"d", b"f", b"b"


class HelperGone(Exception):
    """A helper process has ended before its work was done; somebody else must do it."""


def find_work(name: str) -> Work:
    """Return the function that a name such as `package.module:function` stands for."""
    module, function = name.split(":")
    work: Work = getattr(importlib.import_module(module), function)
    return work


class Helper:
    """A helper process, which makes itself ready for a kind of work as soon as it is started.

    Args:
        work: Name of the function to call, `package.module:function`. If its module has a function
            `prepare`, that is called while the process waits for its first batch.

    Raises:
        HelperGone: It cannot be started.
    """

    def __init__(self, work: str) -> None:
        try:
            self._process = subprocess.Popen(  # noqa: S603 our own Python, no shell
                [sys.executable, "-c", _START, json.dumps(sys.path), work],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except OSError as error:
            raise HelperGone from error

    @property
    def pid(self) -> int:
        """Number of the process."""
        return self._process.pid

    def begin(self, options: Mapping[str, Any]) -> None:
        """Say what is passed to every call, before the first batch.

        Args:
            options: Values of JSON.

        Raises:
            HelperGone: The process has ended.
        """
        self._send(json.dumps(options).encode())

    def ask(self, batch: bytes) -> bytes:
        """Return the result of a batch.

        Raises:
            HelperGone: The process has ended.
            AnswerableError: What the work raised.
            RuntimeError: A mistake of ours in the work, in words.
        """
        self._send(batch)
        try:
            kind, data = _read(_file(self._process.stdout))
        except (OSError, EOFError, ValueError) as error:
            raise HelperGone from error
        if kind == FAILED:
            raise read_error(data)
        return data

    def _send(self, data: bytes) -> None:
        try:
            _write(_file(self._process.stdin), BATCH, data)
        except (OSError, ValueError) as error:
            raise HelperGone from error

    def kill(self) -> None:
        """End the process, whatever it is doing; who waits for a result hears that it is gone."""
        self._process.kill()

    def close(self) -> None:
        """End the process and take back what it holds."""
        self.kill()
        for file in (self._process.stdin, self._process.stdout):
            try:
                _file(file).close()
            except OSError:  # what was still to be written is lost, as it may be
                continue
        self._process.wait()


def _file(file: Any) -> BinaryIO:
    opened: BinaryIO = file
    return opened


def serve(work: str) -> None:
    """Work for the parent until it has no more: the whole life of a helper process.

    Args:
        work: Name of the function to call.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
    source = sys.stdin.buffer
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)  # whatever prints must not disturb the answers
        try:
            _prepare(work)
            options = json.loads(_read(source)[1])
            while True:
                _, batch = _read(source)
                _write(answers, *try_work(work, options, batch))
        except (EOFError, BrokenPipeError):
            return


def _prepare(work: str) -> None:
    """Load what a work needs; what fails here fails again, and is told, at the first batch."""
    with contextlib.suppress(Exception):
        find_work(work)
        module = importlib.import_module(work.partition(":")[0])
        getattr(module, "prepare", _nothing)()


def _nothing() -> None:
    """Prepare nothing."""


def try_work(name: str, options: Mapping[str, Any], batch: bytes) -> tuple[bytes, bytes]:
    """Return `DONE` with the result of a batch, or `FAILED` with what `read_error` makes an error.

    Example:
        >>> try_work("answerable.engine.runners:echo", {}, b"one")
        (b'd', b'one')
    """
    try:
        return DONE, find_work(name)(options, batch)
    except Exception as error:  # noqa: BLE001 it is raised again in the parent
        told = {"kind": type(error).__name__, "message": str(error)}
        return FAILED, json.dumps(told).encode()


def read_error(data: bytes) -> Exception:
    """Return the error that another process has sent in place of a result."""
    return revive_error(**json.loads(data))


def revive_error(kind: str, message: str) -> Exception:
    """Return an error as it was raised in another process; of ours only the message is kept.

    Example:
        >>> revive_error("UsageError", "No such list.")
        UsageError('No such list.')
    """
    found = getattr(errors, kind, None)
    if isinstance(found, type) and issubclass(found, AnswerableError):
        error = found.__new__(found)
        AnswerableError.__init__(error, message)
        return error
    return RuntimeError(f"{kind}: {message}")


def _write(file: BinaryIO, kind: bytes, data: bytes) -> None:
    file.write(_HEAD.pack(kind, len(data)))
    file.write(data)
    file.flush()


def _read(file: BinaryIO) -> tuple[bytes, bytes]:
    head = file.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, length = _HEAD.unpack(head)
    data = file.read(length)
    if len(data) < length:
        raise EOFError
    return kind, data
