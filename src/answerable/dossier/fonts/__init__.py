"""The open fonts that pages are set in, and which characters they have: see README.md."""

from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent


@cache
def coverage() -> dict[str, frozenset[int]]:
    """Return the code points of each family, in the order in which a character is looked for.

    Example:
        >>> [family for family, codes in coverage().items() if 0x06D5 in codes]
        ['Noto Naskh Arabic']
    """
    lines = (FONTS / "coverage.tsv").read_text(encoding="utf-8").splitlines()
    parted = (line.split("\t") for line in lines if not line.startswith("#"))
    return {family: frozenset(_codes(ranges)) for family, ranges in parted}


def _codes(ranges: str) -> list[int]:
    codes: list[int] = []
    for each in ranges.split(","):
        first, _, last = each.partition("-")
        codes.extend(range(int(first, 16), int(last or first, 16) + 1))
    return codes
