"""A running oracle, asked by lines of JSON."""

import json
import subprocess
from typing import Any

import pytest

from tools.oracles.environments import find
from tools.oracles.oracles import ORACLES, ROOT

ANSWERS = ROOT / "tools" / "oracles" / "answers"


class OracleFaulted(Exception):
    """The oracle refused what it was asked about; the message is its own."""


class Oracle:
    """A running oracle: ask it, and it answers or refuses."""

    def __init__(self, name: str) -> None:
        python = find(ORACLES[name])
        if python is None:
            pytest.skip(f"the oracle {name} is not here: make oracles")
        self.python = python
        self._process = subprocess.Popen(
            [str(python), "-W", "ignore", str(ANSWERS / f"{name}.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def ask(self, question: str, **arguments: Any) -> Any:
        """Return the answer to a question.

        Raises:
            OracleFaulted: It refused, with the kind and words of its error.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps({"ask": question, **arguments}), file=self._process.stdin, flush=True)
        reply = json.loads(self._process.stdout.readline())
        if "error" in reply:
            raise OracleFaulted(f"{reply['error']}: {reply['why']}")
        return reply["answer"]

    def close(self) -> None:
        """End it, and wait until it has ended."""
        self._process.communicate(timeout=20)
