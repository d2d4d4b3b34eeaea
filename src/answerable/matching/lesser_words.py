"""Words that say something of a body rather than name it: levels, abbreviations, stop words."""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

LEVELS = {
    **dict.fromkeys(("city", "municipal", "municipality"), "city"),
    **dict.fromkeys(("prefecture", "prefectural"), "prefecture"),
    **dict.fromkeys(("province", "provincial"), "province"),
    **{word: word for word in ("county", "district", "township", "village", "banner")},
}
"""Words of levels of administration, to the level they speak of."""
STOP = frozenset(
    "no and the of for in a an de la le les du des del der die das den und y et e i en van von"
    " da do dos di ve и".split()
)
"""Words that names have or leave out at will."""

NONE: frozenset[str] = frozenset()


def find_levels(words: Iterable[str]) -> frozenset[str]:
    """Return the levels of administration that words speak of, such as `county`.

    Example:
        >>> sorted(find_levels(("kashgar", "municipal", "bureau")))
        ['city']
    """
    return frozenset([LEVELS[word] for word in words if word in LEVELS]) or NONE


def _rows(name: str) -> Iterator[list[str]]:
    text = files("answerable.matching").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def abbreviations() -> dict[str, str]:
    """Return the shipped abbreviations and inflections of trade words: to the form compared."""
    return {row[0]: row[1] for row in _rows("abbreviations.tsv")}
