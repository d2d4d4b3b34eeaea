"""Chinese syllables: how they begin, how they go on, and how they are spelled in Latin letters.

Pure, but for the shipped table of spellings that are not pinyin.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from answerable.matching.scripts import read_pinyin

Syllable = tuple[str, str]
"""How a syllable begins and how it goes on: ("zh", "ong"); "-" where it begins with its vowel."""

NOTHING = "-"
"""Stands for no letters, in syllables and in tables."""

FIRST_SIGN, LAST_SIGN = 0x4E00, 0x9FFF
"""The block of Han signs in which all usual ones are."""

LONGEST = 6
"""Letters of the longest syllable."""

_SYLLABLE = re.compile("(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?([aeiouv].*)")
_HISSED = frozenset(("zh", "ch", "sh", "r", "z", "c", "s"))
_FRONT = frozenset("jqxy")
_UMLAUTS = {"u": "v", "ue": "ve", "uan": "van", "un": "vn"}


@lru_cache(maxsize=2_000)
def split_syllable(pinyin: str) -> Syllable | None:
    """Return how a syllable in pinyin begins and how it goes on.

    Written differently is what sounds differently: the umlaut as v, and the vowel of *shi* as -i.

    Args:
        pinyin: One syllable without tone, lower case.

    Returns:
        None if it is no syllable that this can split (a few are only hummed, such as *ng*).

    Example:
        >>> split_syllable("zhong"), split_syllable("shi"), split_syllable("xu")
        (('zh', 'ong'), ('sh', '-i'), ('x', 'v'))
        >>> split_syllable("an"), split_syllable("ng")
        (('-', 'an'), None)
    """
    found = _SYLLABLE.fullmatch(pinyin)
    if found is None:
        return None
    initial, final = found[1] or NOTHING, found[2]
    if initial in _FRONT:
        final = _UMLAUTS.get(final, final)
    if final == "i" and initial in _HISSED:
        final = "-i"
    return initial, final


def join_syllable(syllable: Syllable) -> str:
    """Return a syllable in pinyin, the umlaut as u.

    Example:
        >>> join_syllable(("sh", "-i")), join_syllable(("x", "v")), join_syllable(("-", "an"))
        ('shi', 'xu', 'an')
    """
    return "".join(syllable).replace(NOTHING, "").replace("v", "u")


@lru_cache(maxsize=20_000)
def read_sign(sign: str) -> tuple[Syllable, ...]:
    """Return the syllables that a simplified Han sign is read as, the usual first.

    Returns:
        At most two; empty if the sign is not known.

    Example:
        >>> read_sign("海"), read_sign("重")
        ((('h', 'ai'),), (('zh', 'ong'), ('ch', 'ong')))
    """
    readings = (split_syllable(each) for each in read_pinyin(sign) if each.isascii())
    return tuple(dict.fromkeys(each for each in readings if each))[:2]


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    path = files("answerable.matching").joinpath("data", "brand_spellings.tsv")
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {(kind, what): tuple(spelled.split("|")) for kind, what, spelled in rows}


def list_spellings(kind: str, what: str) -> tuple[str, ...]:
    """Return how a part of a syllable, or a sign, is known to be spelled other than in pinyin.

    Args:
        kind: `initial`, `final` or `sign`.
        what: The part as `split_syllable` gives it, or the simplified sign.

    Returns:
        Spellings in Latin letters, `NOTHING` where no letter is written; empty if none is known.

    Example:
        >>> list_spellings("sign", "荣"), list_spellings("initial", "x")[:3]
        (('wing', 'yung'), ('x', 'hs', 'sh'))
    """
    return _table().get((kind, what), ())


def list_parts(kind: str) -> tuple[str, ...]:
    """Return all parts of one kind of which the table holds spellings, in its order.

    Example:
        >>> list_parts("initial")[:3]
        ('b', 'p', 'm')
    """
    return tuple(what for of, what in _table() if of == kind)


@cache
def list_syllables() -> frozenset[str]:
    """Return all syllables of pinyin, as the signs of the table are read.

    Example:
        >>> "zhuang" in list_syllables(), "hik" in list_syllables()
        (True, False)
    """
    signs = (chr(code) for code in range(FIRST_SIGN, LAST_SIGN + 1))
    return frozenset(each for sign in signs for each in read_pinyin(sign) if each.isascii())


_SHAPE = re.compile("(?:(?:[zcs]h|[b-df-hj-np-tw-z])?[aeiouv]++(?:ng|n|r)?)++")
"""What all words in pinyin look like, and few others: quicker told than how they are cut."""


@lru_cache(maxsize=200_000)
def cut_syllables(word: str) -> tuple[str, ...]:
    """Return the syllables that a word in pinyin is made of: as few as can be.

    Returns:
        Empty if the word cannot be read as pinyin from end to end.

    Example:
        >>> cut_syllables("haikang"), cut_syllables("xian"), cut_syllables("hikvision")
        (('hai', 'kang'), ('xian',), ())
    """
    if not _SHAPE.fullmatch(word):
        return ()
    cuts: dict[int, tuple[str, ...]] = {0: ()}
    for end in range(1, len(word) + 1):
        ways = [
            (*cuts[start], word[start:end])
            for start in range(max(0, end - LONGEST), end)
            if start in cuts and word[start:end] in _voiced()
        ]
        if ways:
            cuts[end] = min(ways, key=len)
    return cuts.get(len(word), ())


@cache
def _voiced() -> frozenset[str]:
    return frozenset(each for each in list_syllables() if split_syllable(each))


def are_other_pinyin(word: str, near: str) -> bool:
    """Tell whether two words are both pinyin of as many syllables, and so two names.

    One letter there is another sign: *hongda* and *hongfa* are not one word in two spellings.

    Example:
        >>> are_other_pinyin("zesuo", "zesha"), are_other_pinyin("zyxomatic", "zyxomatik")
        (True, False)
    """
    return word != near and len(cut_syllables(word)) == len(cut_syllables(near)) > 0
