"""Make the generated files anew: `python -m tools.generate [--check]`.

With `--check` nothing is written: the files in the tree are compared with what would be made, and
the exit code is 1 if one differs.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from answerable.exposure.regimes.pages import write_page
from answerable.exposure.regimes.reading import known_regimes
from tools import (
    make_case_pages,
    make_countries,
    make_han,
    make_han_variants,
    make_pinyin_words,
    make_places,
    make_predicates_page,
    make_reference,
)

ROOT = Path(__file__).resolve().parent.parent

GENERATED: list[tuple[Path, Callable[[], str]]] = [
    (make_countries.PATH, make_countries.make_countries),
    (make_places.PATH, make_places.make_places),
    (make_han.PATH, make_han.make_han),
    (make_han_variants.PATH, make_han_variants.make_variants),
    (make_pinyin_words.PATH, make_pinyin_words.make_pinyin_words),
    (make_reference.COMMANDS_PATH, make_reference.make_commands),
    (make_reference.LISTS_PATH, make_reference.make_lists),
    (make_reference.CARDS_PATH, make_reference.make_cards),
    (make_predicates_page.PATH, make_predicates_page.make_predicates_page),
    (make_case_pages.PATH, make_case_pages.make_case_files_page),
    *(
        (Path("docs/regimes") / f"{name}.md", partial(write_page, regime))
        for name, regime in known_regimes().items()
    ),
]
"""Every generated file, relative to the repository, and the function that returns its text."""


def find_differing() -> list[Path]:
    """Return the generated files that are missing or are not as they would be made now."""
    return [path for path, make in GENERATED if not _is_current(ROOT / path, make())]


def _is_current(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def write_all() -> None:
    """Write every generated file."""
    for path, make in GENERATED:
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_bytes(make().encode())


def run(arguments: Sequence[str]) -> int:
    """Write the generated files, or check them; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    if not parser.parse_args(arguments).check:
        write_all()
        return 0
    differing = find_differing()
    for path in differing:
        print(f"{path} is not as it would be made: run `python -m tools.generate`", file=sys.stderr)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
