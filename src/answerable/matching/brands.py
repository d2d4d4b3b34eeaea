"""Chinese brands that are not spelled in pinyin, found among the words that are left over. Pure."""

from collections.abc import Iterator, Sequence

from answerable.matching.brand_sounds import credit_brand
from answerable.matching.names import NameParts
from answerable.matching.rarity import measure_rarity
from answerable.model import Reason

LEAST_CREDIT = 1.5
"""What two brands must add to be taken for one."""

COMMONEST, COMMONEST_SECOND = 6.0, 8.0
"""Rarities of the commonest word that is looked at as a brand, and as the second of one."""


def pair_brands(
    mine: list[str], theirs: list[str], one: NameParts, other: NameParts
) -> list[Reason]:
    """Take out words of a Chinese name's sounds and the Latin brand that they likely are.

    Args:
        mine: Words that are left over of the first name; those that agree are taken out.
        theirs: Words that are left over of the second.
        one: The first name.
        other: The second name. One of the two is a Chinese name read aloud, or nothing happens.

    Returns:
        At most one reason: the likeliest pair of brands.
    """
    if one.signs and not other.signs:
        return _pair(mine, theirs, dict(one.signs))
    if other.signs and not one.signs:
        return _pair(theirs, mine, dict(other.signs))
    return []


def _pair(sounds: list[str], latin: list[str], signs: dict[str, str]) -> list[Reason]:
    found = [
        (credit, sound, run)
        for sound in sounds
        if sound in signs
        for run in _list_runs(latin)
        if (credit := credit_brand(signs[sound], " ".join(run))) > LEAST_CREDIT
    ]
    if not found:
        return []
    credit, sound, run = max(found)
    sounds.remove(sound)
    for word in run:
        latin.remove(word)
    return [Reason("spelling", f"{signs[sound]} ~ {' '.join(run)}", credit)]


def _list_runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield single words and neighbours that may be a brand."""
    for at, word in enumerate(words):
        if measure_rarity(word) >= COMMONEST:
            yield (word,)
            if at + 1 < len(words) and measure_rarity(words[at + 1]) >= COMMONEST_SECOND:
                yield (word, words[at + 1])
