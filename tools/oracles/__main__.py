"""`python -m tools.oracles`: make the environments of the oracles, and tell time and size."""

import argparse
import sys
import time
from pathlib import Path

from tools.oracles.environments import NotBuilt, prepare
from tools.oracles.oracles import FOLDER, ORACLES
from tools.oracles.pins import compile_pins
from tools.oracles.programs import prepare_programs


def main() -> int:
    """Make every environment that is missing; exit 1 if one could not be made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pins", action="store_true", help="resolve the requirements anew first")
    if parser.parse_args().pins:
        compile_pins()
    failed = 0
    for oracle in ORACLES.values():
        began = time.monotonic()
        try:
            prepare(oracle)
        except NotBuilt as error:
            failed += 1
            print(f"{oracle.name}: not built, its tests are skipped: {error}", file=sys.stderr)
            continue
        megabytes = measure(FOLDER / oracle.name) / 1e6
        print(f"{oracle.name}: {time.monotonic() - began:.1f} s, {megabytes:.0f} MB")
    failed += prepare_from_npm()
    return min(failed, 1)


def prepare_from_npm() -> int:
    """Install what npm brings; return how many of it failed."""
    began = time.monotonic()
    try:
        prepare_programs()
    except NotBuilt as error:
        print(f"npm: not built, its tests are skipped: {error}", file=sys.stderr)
        return 1
    print(f"npm: {time.monotonic() - began:.1f} s, {measure(FOLDER / 'npm') / 1e6:.0f} MB")
    return 0


def measure(folder: Path) -> int:
    """Return the bytes of the files of a folder."""
    return sum(each.stat().st_size for each in folder.rglob("*") if each.is_file())


if __name__ == "__main__":
    raise SystemExit(main())
