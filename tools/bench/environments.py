"""An environment per peer, made by pip from pinned versions in `build/bench/`, and reused."""

import hashlib
import subprocess
import sys
from pathlib import Path

from tools.bench.data import ROOT

FOLDER = ROOT / "build" / "bench" / "environments"
PEERS = ROOT / "tools" / "bench" / "peers"


class NotBuilt(RuntimeError):
    """An environment could not be made; the message is the reason, for the table."""


def prepare(name: str) -> Path:
    """Return the Python of a peer's environment, which is made if it is not there.

    Args:
        name: Name of the environment; its pins are in `peers/<name>.txt`. Empty for our own.

    Raises:
        NotBuilt: pip could not install a package.
    """
    if not name:
        return Path(sys.executable)
    pins = PEERS / f"{name}.txt"
    home = FOLDER / name
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    mark = home / "ready"
    digest = hashlib.sha256(pins.read_bytes()).hexdigest()
    if not mark.is_file() or mark.read_text(encoding="ascii") != digest:
        print(f"Making the environment of {name} ...", file=sys.stderr)
        call([sys.executable, "-m", "venv", "--clear", str(home)])
        call([str(python), "-m", "pip", "install", "--quiet", "--requirement", str(pins)])
        mark.write_text(digest, encoding="ascii")
    return python


def read_pins(name: str) -> list[str]:
    """Return the pinned requirements of an environment, in order."""
    lines = (PEERS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def call(command: list[str]) -> None:
    """Run a command quietly.

    Raises:
        NotBuilt: It failed; the message is the line that tells the error, or its last.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise NotBuilt(next((x for x in lines if "error" in x.casefold()), (lines or ["?"])[-1]))
