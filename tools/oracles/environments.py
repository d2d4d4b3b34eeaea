"""An environment per oracle, made by uv from pinned and hashed requirements, and reused."""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from tools.oracles.oracles import BUILDER, FOLDER, Oracle

UV = (sys.executable, "-m", "uv")
INSTALL = (*UV, "pip", "install", "--quiet", "--no-deps", "--require-hashes")
_LONGEST = 200
"""Most seconds for one step, so that a slow network holds nothing up for long."""


class NotBuilt(RuntimeError):
    """An environment could not be made; the message is the reason."""


def find(oracle: Oracle) -> Path | None:
    """Return the Python of an oracle's environment, None where it is not made or out of date."""
    mark = FOLDER / oracle.name / "ready"
    if not mark.is_file() or mark.read_text(encoding="ascii") != _digest(oracle):
        return None
    return _python(oracle)


def prepare(oracle: Oracle) -> Path:
    """Return the Python of an oracle's environment, which is made if it is not there.

    Raises:
        NotBuilt: A package could not be installed.
    """
    found = find(oracle)
    if found is not None:
        return found
    home = FOLDER / oracle.name
    shutil.rmtree(home, ignore_errors=True)
    _call([*UV, "venv", "--quiet", "--python", sys.executable, str(home)])
    python = _python(oracle)
    install = [*INSTALL, "--python", str(python), "--only-binary", ":all:"]
    if oracle.from_source:
        _call([*install, "-r", str(BUILDER)])
    source = [word for name in oracle.from_source for word in ("--no-binary", name)]
    _call([*install, *source, "--no-build-isolation", "-r", str(oracle.pins)])
    (home / "ready").write_text(_digest(oracle), encoding="ascii")
    return python


def _python(oracle: Oracle) -> Path:
    where = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    return FOLDER / oracle.name / where


def _digest(oracle: Oracle) -> str:
    return hashlib.sha256(oracle.pins.read_bytes() + BUILDER.read_bytes()).hexdigest()


def _call(command: list[str]) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        raise NotBuilt(f"it took over {_LONGEST} seconds") from None
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        raise NotBuilt(next((x for x in lines if "error" in x.casefold()), (lines or ["?"])[-1]))
