"""Short forms: initials, contractions, and Chinese names of a sign per word.

A short form is made of the long one, so that it can be told from it by rule; which of the many
names that it could be made of is meant, it does not tell. It speaks for a match as much as so few
letters can agree by chance.
"""

import re
from collections.abc import Sequence
from math import comb, log

from rapidfuzz.distance import Prefix

from answerable.matching.words import rarity_of_letters

SHORTEST, LONGEST = 3, 6
"""Letters of initials that are looked at."""

LONGEST_PART = 3
"""Letters that an acronym takes of a word at most."""

LEAST_PREFIX = 2
"""Letters that a contraction takes at least from each word."""

LONGEST_SHORT = 6
"""Signs of a Chinese short form at most."""

SIGN = 4.0
"""What a sign of a Chinese short form adds that agrees, before the ways to choose it."""

HAN_FORM = re.compile("(股份|控股|责任|有限|公司)+$")
WRITTEN_OUT = re.compile("有限|责任")
"""Signs that only a legal form has that is written out; 股份 and 公司 end short forms, too."""

HAN_HEAD = re.compile("^(中国|中华人民共和国|国家)")
PLACE_SIGNS = (0, 2, 3)
"""Signs that a short form may leave out ahead: none, or a place of two or three."""

HAN_TIER = re.compile("集团$")


def credit_initials(word: str, words: Sequence[str]) -> float:
    """Return what a word adds that is the initials of another name's words; 0 if it is not.

    Args:
        word: A word of letters, such as `zmc`.
        words: Words of the other name in order, those that initials leave out not among them.

    Example:
        >>> credit_initials("zmc", ["zyxomatic", "mills", "corporation"]) > 6
        True
        >>> credit_initials("zmc", ["zyxomatic", "mills"])
        0.0
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or len(words) < len(word):
        return 0.0
    initials = "".join(each[0] for each in words)
    at = initials.find(word)
    if at < 0:
        return 0.0
    return rarity_of_letters(len(word)) - log(1 + at)


def credit_acronym(word: str, words: Sequence[str]) -> float:
    """Return what a name of one word adds that is made of the beginnings of another name's words.

    It begins as the other name does, takes one to three letters of a word, and may pass words over,
    as acronyms do with legal forms, tiers and what is usual. The more ways there are to make a word
    of so many letters, the less it says.

    Args:
        word: A word of three to six letters.
        words: All words of the other name in order, at least two.

    Returns:
        Log-odds; 0 if the word cannot be made so, or more than half of the words are passed over.

    Example:
        >>> credit_acronym("zmo", ["zyxomatic", "milling", "group", "orbit", "corporation"]) > 3
        True
        >>> credit_acronym("zom", ["zyxomatic", "milling", "orbit"])
        0.0
    """
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or len(words) < 2:
        return 0.0
    if word[0] != words[0][0]:
        return 0.0
    taken = _take_most(word, tuple(words))
    if 2 * taken < len(words) or taken < 2:
        return 0.0
    return max(0.0, rarity_of_letters(len(word)) - log(comb(len(words), taken)))


def _take_most(word: str, words: tuple[str, ...]) -> int:
    """Return of how many words at most a word is made in order, the first among them; else 0."""
    made: dict[int, int] = {0: 0}
    for at, each in enumerate(words):
        grown = dict(made) if at else {}
        for start, taken in made.items():
            longest = min(LONGEST_PART, Prefix.similarity(word[start:], each))
            for length in range(1, longest + 1):
                grown[start + length] = max(grown.get(start + length, 0), taken + 1)
        made = grown
    return made.get(len(word), 0)


def credit_contraction(word: str, words: Sequence[str]) -> float:
    """Return what a word adds that is put together of the beginnings of two or more words.

    Args:
        word: A word of at least five letters, such as `zymill`.
        words: Words of the other name in order.

    Example:
        >>> credit_contraction("zymill", ["zyxomatic", "mills"]) > 5
        True
        >>> credit_contraction("zyxomatic", ["zyxomatic", "mills"])
        0.0
    """
    if len(word) < 5 or not word.isalpha():
        return 0.0
    for start in range(len(words) - 1):
        if word[:LEAST_PREFIX] == words[start][:LEAST_PREFIX] and _is_made_of(word, words[start:]):
            return rarity_of_letters(len(word)) * 0.7
    return 0.0


def _is_made_of(word: str, words: Sequence[str], taken: int = 0) -> bool:
    if not word:
        return taken > 1
    if not words:
        return False
    longest = Prefix.similarity(word, words[0])
    return any(
        _is_made_of(word[length:], words[1:], taken + 1)
        for length in range(longest, LEAST_PREFIX - 1, -1)
    )


def credit_han_short(one: str, other: str) -> float:
    """Return what two Chinese names add of which one is a short form of the other; 0 if none is.

    A short form keeps signs of the long name in order: its first ones, all but a place ahead, or
    one or two of each word. A name that just leaves out a whole word between two others that it
    keeps whole is another company's more often than a short form; and a name with a legal form is
    written out, not short.

    Args:
        one: A name in simplified signs, without blanks.
        other: Another one.

    Example:
        >>> credit_han_short("示工", "示例工业股份有限公司") > 2
        True
        >>> credit_han_short("示例大学", "示例工业大学")
        0.0
    """
    (short, shorter), (long, _) = sorted(
        ((_bare(each), each) for each in (one, other)), key=_length
    )
    if short == long or not 2 <= len(short) <= LONGEST_SHORT or WRITTEN_OUT.search(shorter):
        return 0.0
    pairs = {(_behead(short), _behead(long))}
    if not (HAN_HEAD.match(short) and HAN_HEAD.match(long)):
        pairs.add((short, long))
    return max(_credit_kept(kept, whole) for kept, whole in sorted(pairs))


def _length(bare: tuple[str, str]) -> int:
    return len(bare[0])


def _credit_kept(short: str, long: str) -> float:
    if len(short) < 2 or len(short) >= len(long) or long.endswith(short):
        return 0.0
    if not any(_keeps(short, long, 0, start, 0) for start in PLACE_SIGNS):
        return 0.0
    return SIGN * len(short) - log(comb(len(long), len(short)))


def _behead(name: str) -> str:
    return HAN_HEAD.sub("", name) or name


def _bare(name: str) -> str:
    bare = HAN_FORM.sub("", name).replace("第", "")
    return HAN_TIER.sub("", bare) or bare or name


def _keeps(short: str, long: str, at: int, start: int, run: int) -> bool:
    """Tell whether the rest of a short form can be taken from the rest of the long one.

    Args:
        short: The short form.
        long: The long form.
        at: Signs of the short form that are taken.
        start: Sign of the long form from which the next one may be taken.
        run: Signs that were taken in one run just before.
    """
    if at == len(short):
        return True
    for found in range(start, len(long) - (len(short) - at) + 1):
        if long[found] != short[at] or (at == 0 and found > start):
            continue
        gap = found > start and at > 0
        ahead = Prefix.similarity(short[at:], long[found:])
        if gap and run > 1 and ahead > 1:
            continue
        if _keeps(short, long, at + 1, found + 1, 1 if gap else run + 1):
            return True
    return False
