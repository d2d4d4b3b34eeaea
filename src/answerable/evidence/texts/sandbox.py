"""The process in which documents are read: takes bytes, gives back one JSON each, and no more.

It is started by `answerable.evidence.texts.reading` and lives until its input ends.
"""

import json
import os
import signal
import sys
import time
from struct import Struct
from typing import BinaryIO

from answerable.evidence.texts.confinement import confine, limit_seconds
from answerable.evidence.texts.kinds import read_document
from answerable.evidence.texts.text import Text

LENGTH = Struct(">Q")
SHARE_FOR_PICTURES = 0.7
"""Share of a document's time after which no further page is read by OCR."""


def serve() -> None:
    """Confine this process, say which guards hold, then read documents until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    source = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not disturb the answers
    try:
        _write(answers, json.dumps(confine()).encode())
        while True:
            told = json.loads(_read(source))
            _write(answers, _answer(told, _read(source)))
    except (EOFError, BrokenPipeError):
        return


def _answer(told: dict[str, str | float], data: bytes) -> bytes:
    seconds = float(told["seconds"])
    limit_seconds(seconds)
    deadline = time.monotonic() + seconds * SHARE_FOR_PICTURES
    try:
        text = read_document(data, str(told["media_type"]), deadline)
    except Exception as error:  # noqa: BLE001 a mistake of ours or a parser's; no text is lost
        sys.stderr.write(f"{type(error).__name__}\n")
        text = Text("", problems=("damaged", "no_text"))
    return json.dumps(text.as_dict(), ensure_ascii=False).encode("utf-8", errors="replace")


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(LENGTH.pack(len(data)))
    file.write(data)
    file.flush()


def _read(file: BinaryIO) -> bytes:
    head = file.read(LENGTH.size)
    if len(head) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(head)
    data = file.read(length)
    if len(data) < length:
        raise EOFError
    return data


if __name__ == "__main__":
    serve()
