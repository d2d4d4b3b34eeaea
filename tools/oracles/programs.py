"""Programs of others that npm brings: axe looks at pages in a browser, Nu validates their HTML.

They are pinned by version and by digest, without any address; their scripts are not run at
installation. Nu runs on Java; where npm or Java is missing their tests are skipped and say so.
"""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tools.oracles.environments import NotBuilt
from tools.oracles.oracles import FOLDER

_HOME = FOLDER / "npm"
_LOCK = _HOME / "node_modules" / ".package-lock.json"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Program:
    """One package of npm.

    Args:
        name: Of the package.
        judges: What it judges, for people.
        version: That we ask for.
        integrity: Digest of the package, as npm writes it.
        file: What of it is used.
    """

    name: str
    judges: str
    version: str
    integrity: str
    file: str


PROGRAMS = {
    each.name: each
    for each in (
        Program(
            "axe-core",
            "whether pages are accessible",
            "4.14.1",
            "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37Ogud"
            "VGtQ==",
            "axe.min.js",
        ),
        Program(
            "vnu-jar",
            "whether HTML and CSS are valid (Nu)",
            "26.9.27",
            "sha512-TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNe"
            "a0KA==",
            "build/dist/vnu.jar",
        ),
    )
}


def find_program(name: str) -> Path | None:
    """Return the file of a program, None where it is not here or not the one that is pinned."""
    program = PROGRAMS[name]
    path = _HOME / "node_modules" / name / program.file
    return path if path.is_file() and _is_pinned(program) else None


def prepare_programs() -> None:
    """Install the programs that are missing, at their pinned versions.

    Raises:
        NotBuilt: One could not be installed, or is not the one that is pinned.
    """
    if all(find_program(name) for name in PROGRAMS):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise NotBuilt("npm is not here")
    shutil.rmtree(_HOME, ignore_errors=True)
    _HOME.mkdir(parents=True)
    wanted = [f"{each.name}@{each.version}" for each in PROGRAMS.values()]
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    command = [npm, "install", "--prefix", str(_HOME), *quiet, *wanted]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        raise NotBuilt(f"it took over {_LONGEST} seconds") from None
    if done.returncode:
        raise NotBuilt("npm could not install it")
    for each in PROGRAMS.values():
        if not _is_pinned(each):
            raise NotBuilt(f"{each.name} is not the package that is pinned")


def _is_pinned(program: Program) -> bool:
    if not _LOCK.is_file():
        return False
    packages = json.loads(_LOCK.read_text(encoding="utf-8")).get("packages", {})
    found = packages.get(f"node_modules/{program.name}", {})
    return bool(found.get("integrity") == program.integrity)
