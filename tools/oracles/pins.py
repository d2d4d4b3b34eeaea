"""Resolve the pinned, hashed requirements of the oracles anew: `python -m tools.oracles --pins`.

None of them names an index or a download address, so that any mirror serves.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tools.oracles.oracles import BUILDER, ORACLES, Oracle

COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal", "--upgrade"),
    *("--python-version", "3.11", "--generate-hashes", "--only-binary", ":all:"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-annotate"),
    *("--custom-compile-command", "python -m tools.oracles --pins"),
)


def compile_pins() -> None:
    """Write `requirements/oracles/*.txt` with the newest versions that fit each other."""
    compile_one(Oracle("builder", "", ("setuptools", "wheel")), BUILDER)
    for oracle in ORACLES.values():
        compile_one(oracle, oracle.pins)


def compile_one(oracle: Oracle, path: Path) -> None:
    """Write the pins of one oracle; what is left out is asked for on no machine."""
    with tempfile.TemporaryDirectory() as folder:
        asked, never = Path(folder) / "asked.in", Path(folder) / "never.in"
        asked.write_text("\n".join(oracle.packages), encoding="utf-8")
        lines = [f"{name}; python_version < '3'" for name in oracle.left_out]
        never.write_text("\n".join(lines), encoding="utf-8")
        source = [word for name in oracle.from_source for word in ("--no-binary", name)]
        command = [*COMPILE, *source, "--override", str(never), str(asked), "-o", str(path)]
        subprocess.run(command, check=True)
