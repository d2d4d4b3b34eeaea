"""How an oracle speaks: a question as a line of JSON on stdin, an answer as a line on stdout.

Each oracle's script stands beside this file and runs in that oracle's environment, so nothing here
uses anything but the standard library.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any


def answer(questions: dict[str, Callable[..., Any]]) -> None:
    """Answer questions until stdin ends.

    A line is `{"ask": name, …}`; the rest are the function's arguments. The answer is
    `{"answer": value}`, or `{"error": kind, "why": text}` where the oracle's library raised.
    What libraries print goes to stderr.
    """
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for line in sys.stdin:
        question = json.loads(line)
        try:
            reply = {"answer": questions[question.pop("ask")](**question)}
        except Exception as error:  # noqa: BLE001 - it is the answer
            reply = {"error": type(error).__name__, "why": str(error)}
        print(json.dumps(reply, ensure_ascii=True), file=out, flush=True)
