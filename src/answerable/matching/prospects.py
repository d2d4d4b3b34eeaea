"""What the words of two names can say at most: a quick look before they are laid side by side.

Most pairs that a search brings up share a word, and nothing else. Where no word that is left over
may be one with a word of the other name, in whatever way `alignment` knows, the sum of what is
shared and what is left over is all that words can say. That is told without any reason being put
in words, and from an outline of the listed name that the index keeps. Pure.
"""

from collections.abc import Sequence
from functools import lru_cache
from math import inf
from typing import NamedTuple

from answerable.matching.alignment import credit_near, find_run, is_misspelled
from answerable.matching.families import lead_alike
from answerable.matching.lesser_words import STOP
from answerable.matching.names import NameParts
from answerable.matching.short_forms import (
    LONGEST,
    SHORTEST,
    credit_acronym,
    credit_contraction,
)
from answerable.matching.translations import (
    begins_phrase,
    credit_translated,
    find_translation,
)
from answerable.matching.words import cost_alone, credit_word


class Outline(NamedTuple):
    """What a quick look needs of a name that is read in one way.

    Args:
        core: Core words, at least one.
        words: All words as written, levelled.
        places: Words of the places.
    """

    core: tuple[str, ...]
    words: tuple[str, ...]
    places: tuple[str, ...]


def outline(parts: NameParts) -> Outline | None:
    """Return the outline of a name; None if it is, or has, a reading in another script.

    Example:
        >>> from answerable.matching.names import take_apart
        >>> outline(take_apart("Zyxomatic Hangzhou Ltd"))
        Outline(core=('zyxomatic',), words=('zyxomatic', 'hangzhou', 'ltd'), places=('hangzhou',))
    """
    if parts.slots or parts.is_read or parts.script or parts.sounds or parts.meanings:
        return None
    if not parts.core:
        return None
    return Outline(parts.core, parts.words, tuple([place.words for place in parts.places]))


def write_outline(parts: NameParts) -> str:
    """Return the outline of a name as one line of text; an empty one where there is none."""
    found = outline(parts)
    if found is None:
        return ""
    return "\t".join((" ".join(found.core), " ".join(found.words), *found.places))


def read_outline(text: str) -> Outline | None:
    """Return the outline that `write_outline` wrote.

    Example:
        >>> from answerable.matching.names import take_apart
        >>> parts = take_apart("Zyxomatic Hong Kong Ltd")
        >>> read_outline(write_outline(parts)) == outline(parts)
        True
    """
    if not text:
        return None
    core, words, *places = text.split("\t")
    return Outline(tuple(core.split(" ")), tuple(words.split(" ")), tuple(places))


def most_of_words(one: Outline, other: Outline) -> float:
    """Return what the words of two names can say at most, in log-odds.

    Args:
        one: A name.
        other: Another one.

    Returns:
        At least what all reasons of `weigh` for words sum up to; infinity where only laying the
        two side by side tells, and where they begin alike, so that they may share a brand.

    Example:
        >>> from answerable.matching.names import take_apart
        >>> mine, theirs = (outline(take_apart(f"{name} Mills")) for name in ("Zyxo", "Quorbel"))
        >>> most_of_words(mine, theirs) < 0, most_of_words(mine, mine)
        (True, inf)
    """
    kin = lead_alike((one.core, one.places), (other.core, other.places))
    if kin or _may_be_otherwise(one, other):
        return inf
    shared = [word for word in dict.fromkeys(one.core) if word in other.core]
    mine = [word for word in dict.fromkeys(one.core) if word not in other.core]
    theirs = [word for word in dict.fromkeys(other.core) if word not in one.core]
    most = sum(map(credit_word, shared)) - sum(map(cost_alone, (*mine, *theirs)))
    if not mine or not theirs:
        return most
    if _may_be_put_together(mine, theirs, one, other):
        return inf
    return most + sum([max([_most_of_pair(word, near) for near in theirs]) for word in mine])


@lru_cache(maxsize=100_000)
def _most_of_pair(word: str, near: str) -> float:
    """Return what two words add that may be one, with what they cost where they are not."""
    credit = max(credit_near(word, near, False), credit_translated(word, near))
    return credit + cost_alone(word) + cost_alone(near) if credit > 0 else 0.0


def _may_be_otherwise(one: Outline, other: Outline) -> bool:
    """Tell whether one whole name may be short for the other, or have its place misspelled."""
    return (
        (len(one.core) == 1 and _is_acronym(one.core[0], other))
        or (len(other.core) == 1 and _is_acronym(other.core[0], one))
        or (bool(other.places) and _may_hold(one.core, other.places))
        or (bool(one.places) and _may_hold(other.core, one.places))
    )


def _is_acronym(word: str, long: Outline) -> bool:
    if not SHORTEST <= len(word) <= LONGEST:
        return False
    return credit_acronym(word, long.words) > 0 or credit_acronym(word, _list_telling(long)) > 0


def _list_telling(name: Outline) -> Sequence[str]:
    words = name.words
    return words if STOP.isdisjoint(words) else [word for word in words if word not in STOP]


def _may_hold(words: Sequence[str], places: Sequence[str]) -> bool:
    return any(is_misspelled(word, place) for place in places for word in words)


def _may_be_put_together(
    mine: Sequence[str], theirs: Sequence[str], one: Outline, other: Outline
) -> bool:
    """Tell whether words that are left over may be one with several words of the other name."""
    return (
        "".join(mine) == "".join(theirs)
        or _may_be_made_of(mine, theirs, other)
        or _may_be_made_of(theirs, mine, one)
        or ((_may_say(mine) or _may_say(theirs)) and find_translation(mine, theirs) is not None)
    )


def _may_be_made_of(short: Sequence[str], long: Sequence[str], bearer: Outline) -> bool:
    """Tell whether one of some words is made of several words of another name."""
    for word in short:
        if find_run(word, bearer.core) or find_run(word, bearer.words):
            return True
        if SHORTEST <= len(word) <= min(LONGEST, len(bearer.words)) and _is_initials(word, bearer):
            return True
        if len(long) > 1 and credit_contraction(word, long) > 0:
            return True
    return False


def _is_initials(word: str, bearer: Outline) -> bool:
    initials = "".join([each[0] for each in bearer.words])
    return word in initials or word in "".join([each[0] for each in _list_telling(bearer)])


def _may_say(words: Sequence[str]) -> bool:
    """Tell whether words may hold a phrase of several words that has a meaning."""
    return len(words) > 1 and any(map(begins_phrase, words))
