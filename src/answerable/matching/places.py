"""Places in names: which words name one, and which place they name. Pure."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HAN_LEVEL = re.compile("^(?:维吾尔自治区|自治区|自治州|省|市|县|区)(?=.)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a name: its words, its country (`zz` for several), its level, its own name.

    The levels are `continent`, `country`, `region` and `city`; spellings of one place share `name`.
    """

    words: str
    country: str
    level: str
    name: str = ""

    @property
    def key(self) -> str:
        """What two places must share to be the same, whatever their spelling."""
        return self.country if self.level == "country" else self.name or self.words


def split_places(words: list[str]) -> tuple[list[str], list[Place]]:
    """Split the places off the words of a name.

    Args:
        words: Words of a normalised name, in order.

    Returns:
        The other words, in order, of an unspaced Chinese word what follows its place; and the
        places, in order. Both may be empty.

    Example:
        >>> rest, found = split_places(["hong", "kong", "example", "mills"])
        >>> rest, [place.country for place in found]
        (['example', 'mills'], ['hk'])
    """
    starts = place_starts()
    if starts.keys().isdisjoint(words) and "".join(words).isascii():
        return words, []
    core: list[str] = []
    found: list[Place] = []
    at = 0
    while at < len(words):
        length, place = _place_at(words, at) if words[at] in starts else (1, None)
        if place:
            found.append(place)
        elif not words[at].isascii() and _HAN.match(words[at]):
            inner, ahead = _split_han(words[at])
            found.extend(ahead)
            core.append(inner)
        else:
            core.append(words[at])
        at += length
    return core, found


def _split_han(word: str) -> tuple[str, list[Place]]:
    """Split a place off the start of an unspaced name, with the sign for city or province."""
    for length in range(min(6, len(word) - 1), 1, -1):
        found = places().get(word[:length])
        if found:
            return _HAN_LEVEL.sub("", word[length:]), [found]
    return word, []


def _place_at(words: list[str], at: int) -> tuple[int, Place | None]:
    longest = place_starts()[words[at]]
    for length in range(min(longest, len(words) - at), 0, -1):
        place = places().get(" ".join(words[at : at + length]))
        if place:
            return length, place
    return 1, None


@cache
def places() -> dict[str, Place]:
    """Return the shipped places by their words."""
    text = files("answerable.matching").joinpath("data", "places.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {row[0]: Place(*row) for row in rows}


@cache
def place_starts() -> dict[str, int]:
    """Return the first word of each place to the words of the longest place it begins."""
    longest: dict[str, int] = {}
    for phrase in places():
        words = phrase.split(" ")
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest
