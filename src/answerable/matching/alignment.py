"""The words of two names laid side by side: which are one word, in whatever spelling.

Every word is used once. What agrees exactly goes first, then what is the same letters with the
blanks elsewhere, then spellings, the likeliest first, then kin of trades and short forms.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rapidfuzz.distance import OSA

from answerable.matching.brands import pair_brands
from answerable.matching.lesser_words import NONE, STOP
from answerable.matching.names import NameParts
from answerable.matching.rarity import describe_rarity, measure_rarity
from answerable.matching.scripts import fold_sound, skeleton
from answerable.matching.short_forms import (
    LONGEST,
    SHORTEST,
    credit_acronym,
    credit_contraction,
    credit_han_short,
    credit_initials,
)
from answerable.matching.translations import find_translation
from answerable.matching.words import (
    LETTER,
    MEANING,
    are_unlike,
    credit_alike,
    credit_kin,
    credit_word,
)
from answerable.model import Reason

LEFT_OUT = 0.2
"""Share of words that a way of putting a part must meet to be better than leaving it out."""

LEAST_PLACE, COMMON_WORD = 5, 9.0
"""Letters of a place that may be misspelled, and rarity to which a word is one of its own."""

LONGEST_JOINED, SHORT_JOINED = 4, 4
"""Parts that may make up one word at most, and letters of the word over which it is looked for."""

Ways = tuple[tuple[str, ...], ...]
"""Ways to put one part of a name: words of each, the usual way first."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The words of two names laid side by side.

    Args:
        agreed: A reason per word that agrees: `token`, `spelling`, `kin` or `short_form`.
        mine: Words that stand in the first name only, in order.
        theirs: Words that stand in the second name only.
    """

    agreed: tuple[Reason, ...]
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


def are_comparable(one: NameParts, other: NameParts) -> bool:
    """Tell whether two ways of reading two names may be compared.

    A reading in Latin letters is compared with names in Latin letters only: names of one script
    are compared as they are written, and two brands of one sound are two brands.

    Example:
        >>> from answerable.matching.readings import list_readings
        >>> own, aloud = list_readings("示例矿业")[:2]
        >>> are_comparable(own, aloud), are_comparable(aloud, list_readings("Shili Mining")[0])
        (False, True)
    """
    if one.is_read and other.is_read:
        return False
    written = other.words if one.is_read else one.words if other.is_read else ()
    return all(word.isascii() for word in written)


def align(one: NameParts, other: NameParts) -> Alignment:
    """Lay the core words of two names side by side.

    Args:
        one: A name taken apart, its parts put as the other has them (see `settle`).
        other: Another one.

    Returns:
        What agrees and what is left; swapping the names swaps the sides and nothing else.

    Example:
        >>> from answerable.matching.names import take_apart
        >>> found = align(take_apart("Zyxomatic Steel Mills"), take_apart("Zyxomatik Mills"))
        >>> [reason.reason for reason in found.agreed], found.mine, found.theirs
        (['token', 'spelling'], ('steel',), ())
    """
    shared = [word for word in dict.fromkeys(one.core) if word in other.core]
    mine = [word for word in dict.fromkeys(one.core) if word not in shared]
    theirs = [word for word in dict.fromkeys(other.core) if word not in shared]
    meanings = one.meanings | other.meanings
    agreed = [_agree(word, word in meanings) for word in shared]
    if mine and theirs:
        agreed += _pair_whole(mine, theirs)
        agreed += _pair_joined(mine, theirs, one, other)
        if not (one.script and other.script):
            agreed += _pair_alike(mine, theirs, one.sounds | other.sounds)
            agreed += _pair_translated(mine, theirs)
        agreed += pair_brands(mine, theirs, one, other)
        agreed += _pair_short(mine, theirs, one, other)
    return Alignment(tuple(agreed), tuple(mine), tuple(theirs))


def settle(parts: NameParts, other: NameParts) -> NameParts:
    """Return a name whose parts are put as the other name has them, where they may be.

    Args:
        parts: A name, of which some parts may be translated or read in several ways.
        other: The name that it is compared with.
    """
    if not parts.slots:
        return parts
    theirs = {*other.core, *(word for way in _list_ways(other) for word in way)}
    heard = _list_sounds(theirs) if parts.sounds else frozenset[str]()
    words = {word for slot in parts.slots for way in slot for word in way}
    meets = {word: _meet(word, theirs, parts.sounds, heard) for word in words}
    core: list[str] = []
    at = 0
    while at < len(parts.slots):
        length, joined = _find_joined(parts.slots[at : at + LONGEST_JOINED], theirs)
        best = max(parts.slots[at], key=lambda way: _rank_way(way, meets))
        core += joined or best
        at += length
    return parts._replace(core=tuple(core), slots=())


def mend_places(parts: NameParts, other: NameParts) -> NameParts:
    """Return a name in which a place of the other name is found that is misspelled here.

    Args:
        parts: A name.
        other: The name that it is compared with.

    Example:
        >>> from answerable.matching.names import take_apart
        >>> mended = mend_places(take_apart("Zyxo Hangzou"), take_apart("Zyxo Hangzhou"))
        >>> mended.core, [place.words for place in mended.places]
        (('zyxo',), ['hangzhou'])
    """
    if not other.places:
        return parts
    known = {place.key for place in parts.places}
    for place in other.places:
        if place.key not in known and len(parts.core) > 1:
            for word in parts.core:
                if is_misspelled(word, place.words) and word not in other.core:
                    core = tuple(each for each in parts.core if each != word)
                    return parts._replace(core=core, places=(*parts.places, place))
    return parts


def is_misspelled(word: str, place: str) -> bool:
    """Tell whether a word may be a place with one letter wrong."""
    if len(place) < LEAST_PLACE:
        return False
    near = abs(len(word) - len(place)) <= 1 and OSA.distance(word, place, score_cutoff=1) == 1
    return near and measure_rarity(word) > COMMON_WORD


def _find_joined(slots: Sequence[Ways], theirs: set[str]) -> tuple[int, tuple[str, ...]]:
    """Return how many parts make up one word of the other name, and the word.

    A lexicon may know the signs of a brand as words of their own: 示 and 例 for 示例.
    """
    for length in range(len(slots), 1, -1):
        single = [[way[0] for way in slot if len(way) == 1] for slot in slots[:length]]
        for words in product(*single):
            if len("".join(words)) > SHORT_JOINED and "".join(words) in theirs:
                return length, ("".join(words),)
    return 1, ()


def _list_ways(parts: NameParts) -> Iterator[tuple[str, ...]]:
    return (way for slot in parts.slots for way in slot)


def _meet(word: str, theirs: set[str], sounds: frozenset[str], heard: frozenset[str]) -> float:
    """Return how well a word of one way of putting a part meets the words of another name."""
    if word in theirs:
        return 1.0
    if word in sounds and not heard.isdisjoint(_sounds_of(word)):
        return 0.8
    return 0.0


def _rank_way(way: Sequence[str], meets: dict[str, float]) -> tuple[float, float]:
    """Return which share of one way of putting a part stands in another name, and how much of it.

    No words at all are a way, too: what may be left out is left out rather than put otherwise.
    """
    met = sum(meets[word] for word in way)
    return (met / len(way), met) if way else (LEFT_OUT, 0.0)


def _list_sounds(words: Iterable[str]) -> frozenset[str]:
    return frozenset(sound for word in words for sound in _sounds_of(word))


def _sounds_of(word: str) -> tuple[str, ...]:
    """Return what a word sounds like, and its consonants if they are enough to tell it."""
    bones = skeleton(word)
    return (fold_sound(word), bones) if len(bones) > 2 else (fold_sound(word),)


@lru_cache(maxsize=50_000)
def _agree(word: str, is_meaning: bool) -> Reason:
    credit = credit_word(word)
    if is_meaning:
        credit = min(credit, MEANING)
    return Reason("token", f"{word} = {word} ({describe_rarity(measure_rarity(word))})", credit)


def _pair_whole(mine: list[str], theirs: list[str]) -> list[Reason]:
    """Take out all words if they are the same letters with the blanks elsewhere."""
    whole = "".join(mine)
    if len(whole) < 6 or whole != "".join(theirs):
        return []
    detail = f"{' '.join(mine)} = {' '.join(theirs)}"
    mine.clear()
    theirs.clear()
    return [Reason("token", detail, min(measure_rarity(whole), LETTER * len(whole)))]


def _pair_joined(
    mine: list[str], theirs: list[str], one: NameParts, other: NameParts
) -> list[Reason]:
    """Take out neighbours that are one word on the other side, such as `hai ge` and `haige`."""
    reasons = []
    for split, whole, bearer in ((mine, theirs, one), (theirs, mine, other)):
        for joined in tuple(whole):
            run = find_run(joined, bearer.core) or find_run(joined, bearer.words)
            if run and any(word in split for word in run):
                whole.remove(joined)
                split[:] = [word for word in split if word not in run]
                rarity = max(0.0, measure_rarity(joined) - 1.0)
                reasons.append(Reason("token", f"{' '.join(run)} = {joined}", rarity))
    return reasons


def find_run(joined: str, words: tuple[str, ...]) -> Sequence[str]:
    """Return the two or three neighbours among words that are written as one, if there are."""
    if not joined.startswith(words):
        return ()
    for at, word in enumerate(words):
        if joined.startswith(word) and word != joined:
            for length in (2, 3):
                run = words[at : at + length]
                if len(run) == length and "".join(run) == joined:
                    return run
    return ()


def _pair_alike(mine: list[str], theirs: list[str], sounds: frozenset[str]) -> list[Reason]:
    """Take out words that are likely one word spelled in two ways, the likeliest first."""
    pairs = [
        (credit, word, near)
        for word in mine
        for near in theirs
        if (credit := credit_near(word, near, word in sounds or near in sounds)) > 0
    ]
    reasons = []
    for credit, word, near in sorted(pairs, key=lambda pair: (-pair[0], *sorted(pair[1:]))):
        if word in mine and near in theirs:
            mine.remove(word)
            theirs.remove(near)
            kind = "kin" if credit == credit_kin(word, near) else "spelling"
            reasons.append(Reason(kind, f"{word} ~ {near}", credit))
    return reasons


@lru_cache(maxsize=100_000)
def credit_near(word: str, near: str, is_sound: bool) -> float:
    """Return what two words add that may be one in two spellings, or kin."""
    if is_sound:
        return max(credit_alike(word, near, frozenset((word,))), credit_kin(word, near))
    return (
        0.0
        if are_unlike(word, near)
        else max(credit_alike(word, near, NONE), credit_kin(word, near))
    )


def _pair_translated(mine: list[str], theirs: list[str]) -> list[Reason]:
    """Take out words of trades that are one word in two languages, the likeliest first."""
    reasons = []
    while found := find_translation(mine, theirs):
        mine[:] = [word for word in mine if word not in found.mine]
        theirs[:] = [word for word in theirs if word not in found.theirs]
        shown = f"{' '.join(found.mine)} ~ {' '.join(found.theirs)}"
        reasons.append(Reason("spelling", shown, found.credit))
    return reasons


def _pair_short(
    mine: list[str], theirs: list[str], one: NameParts, other: NameParts
) -> list[Reason]:
    """Take out words that are the initials or a contraction of words that the other name has."""
    found = [
        (credit, word, short, long)
        for short, long, bearer in ((mine, theirs, other), (theirs, mine, one))
        for word in short
        if (credit := _credit_short(word, long, bearer)) > 0
    ]
    reasons = []
    for credit, word, short, long in sorted(found, key=lambda each: (-each[0], each[1])):
        made = _made_of(word, long)
        if made and word in short and word not in made:
            short.remove(word)
            for each in made:
                long.remove(each)
            reasons.append(Reason("short_form", f"{word} ~ {' '.join(made)}", credit))
    return reasons


def _credit_short(word: str, long: Sequence[str], bearer: NameParts) -> float:
    if len(word) < SHORTEST or not long:
        return 0.0
    credit = 0.0
    if len(word) <= LONGEST:
        written = bearer.words or bearer.core
        telling = [each for each in written if each not in STOP]
        credit = max(credit_initials(word, telling), credit_initials(word, written))
    return max(credit, credit_contraction(word, long))


def _made_of(word: str, long: Sequence[str]) -> list[str]:
    """Return the words of the other name whose letters a short form holds in order."""
    made, at = [], 0
    for each in long:
        if at < len(word) and word[at] == each[0]:
            made.append(each)
            at += next((n for n in range(len(each), 0, -1) if word[at:].startswith(each[:n])), 1)
    return made


def credit_short_name(one: NameParts, other: NameParts) -> float:
    """Return what it adds that one whole name is a short form of the other; 0 if it is not.

    A name of Han signs may keep a sign of each word (`credit_han_short`), one in Latin letters the
    beginnings of its words (`credit_acronym`).
    """
    if one.is_read or other.is_read:
        return 0.0
    if _is_han(one.words) and _is_han(other.words):
        return credit_han_short("".join(one.words), "".join(other.words))
    if len(one.core) != 1 and len(other.core) != 1:
        return 0.0
    return max(_credit_acronym(one, other), _credit_acronym(other, one))


def _credit_acronym(short: NameParts, long: NameParts) -> float:
    if len(short.core) != 1 or len(long.words) < 2 or short.places or short.numbers:
        return 0.0
    if short.core[0] in long.words or short.core[0] in long.core:
        return 0.0
    telling = [word for word in long.words if word not in STOP]
    return max(credit_acronym(short.core[0], words) for words in (telling, long.words))


def _is_han(words: tuple[str, ...]) -> bool:
    if words and words[0].isascii():
        return False
    return all("\u3400" <= word[0] <= "\u9fff" for word in words)
