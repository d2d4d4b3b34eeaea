"""Chinese names written in pinyin: their words of trades found again, so that they have meaning.

*Zesuo Keji Youxian Gongsi* says what *Zesuo Technology Co., Ltd.* says. The table is made of the
Chinese lexicon: every word of it by its pinyin.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from answerable.matching.lexicons import Entry, lexicon
from answerable.matching.places import places
from answerable.matching.rarity import measure_rarity
from answerable.matching.segments import Segment

LONGEST_RUN = 8
"""Words of a name that may be one word in pinyin, written syllable by syllable."""

TELLING = 4
"""Letters of the shortest word that tells, alone, that a name may be written in pinyin."""

LONGEST_SYLLABLE = 6
"""Letters of the longest syllable of pinyin, such as *zhuang*."""

ENGLISH = 9.0
"""Rarity among names of companies below which a word is one of English names."""

RARE = 11.0
"""Rarity among names of companies from which a word is foreign to English."""

JOINED_FORMS = (
    "gufen youxian gongsi",
    "youxian zeren gongsi",
    "youxian gongsi",
    "zong gongsi",
    "gongsi",
)
"""Legal forms at the end of names in pinyin, the longest first."""

LAST_OF_FORMS = "gongsi"
"""What they all end in."""

COUNTED = {
    "shi": "师", "tuan": "团", "yuan": "院", "suo": "所", "chang": "厂", "ju": "局", "chu": "处",
}  # fmt: skip
"""Syllables that are words behind a number only (the first *division*)."""

TEN = "shi"
"""Syllable that is ten, and is a division: the eightieth, or the eighth division."""

COUNTED_WORDS = tuple((syllable,) for syllable in COUNTED)
"""What follows a number that is not cut, as `words[at : at + 1]`."""


def split_joined(name: str) -> str | None:
    """Return a Chinese name whose pinyin is printed as one word in its words, None for any other.

    It is told by the legal form at its end. A place at its beginning and words of trades at its
    end are split off; what is left is the brand.

    Example:
        >>> split_joined("ZHEJIANGZESUOJITUANGUFENYOUXIANGONGSI")
        'zhejiang zesuo jituan gufen youxian gongsi'
        >>> split_joined("Zesuo") is None
        True
    """
    word = name.strip().lower()
    if not word.endswith(LAST_OF_FORMS):
        return None
    form = next((form for form in JOINED_FORMS if word.endswith(form.replace(" ", ""))), None)
    if form is None or not (word.isascii() and word.isalpha()):
        return None
    head, rest = _split_place(word.removesuffix(form.replace(" ", "")))
    trades: list[str] = []
    while trade := _find_trade(rest):
        trades.insert(0, trade)
        rest = rest.removesuffix(trade)
    return " ".join(filter(None, (head, rest, *trades, form)))


def _split_place(word: str) -> tuple[str, str]:
    for length in range(len(word) - 1, TELLING - 1, -1):
        place = places().get(word[:length])
        if place is not None and place.country == "cn":
            return word[:length], word[length:]
    return "", word


def _find_trade(word: str) -> str | None:
    """Return the longest word of a trade that a word in pinyin ends with, if more is before it."""
    ends = (word[at:] for at in range(2, len(word) - TELLING + 1))
    return next((end for end in ends if end in _table()), None)


def has_pinyin(words: Sequence[str]) -> bool:
    """Tell whether words of a name in Latin letters are a Chinese name written in pinyin.

    That is so if one of them, or two neighbours, is the pinyin of a word of the lexicon that
    English names do not hold (*keji*, *youxian*, *da xue*), and none of them is a word of English
    names: a brand in an English name is not to be translated.

    Example:
        >>> has_pinyin(("zesuo", "keji")), has_pinyin(("ze", "suo", "ke", "ji"))
        (True, True)
        >>> has_pinyin(("zyxomatic", "mills")), has_pinyin(("fangzhi", "holdings"))
        (False, False)
    """
    return _has_telling(words) and not any(map(_is_english, words))


def _is_english(word: str) -> bool:
    return (
        len(word) >= TELLING
        and measure_rarity(word) < ENGLISH
        and level_umlaut(word) not in _table()
    )


def _has_telling(words: Sequence[str]) -> bool:
    if not _telling_spellings().isdisjoint(words):
        return True
    if _telling_starts().isdisjoint(words):
        return False
    telling = _telling()
    return any(
        len(one) <= LONGEST_SYLLABLE and one + two in telling for one, two in pairwise(words)
    )


def cut_pinyin(words: Sequence[str], *, behind_place: bool = False) -> Iterator[Segment]:
    """Yield the words of a name in pinyin with their Chinese entries, the longest runs first.

    Args:
        words: Core words, in order.
        behind_place: Whether a place stands before them, so that *shi* is the city's level.

    Returns:
        Each piece, its words joined, with the entry of the Chinese words that are spelled so.

    Example:
        >>> [piece for piece, entry in cut_pinyin(("ze", "suo", "ke", "ji")) if entry]
        ['keji']
    """
    at = 0
    if behind_place and words and words[0] == "shi":
        yield "shi", lexicon("han")["市"]
        at = 1
    counted = False
    while at < len(words):
        length, entry = _find_run(words, at, counted=counted)
        run = "".join(words[at : at + length])
        at += length
        counted = entry is not None and entry.kind == "number"
        tenth = find_pinyin(run.removesuffix(TEN)) if counted and run.endswith(TEN) else None
        if tenth is None or tenth.kind != "number" or words[at : at + 1] in COUNTED_WORDS:
            yield run, entry
        else:
            yield run.removesuffix(TEN), tenth
            yield TEN, lexicon("han")["师"]
            counted = False


def _find_run(words: Sequence[str], at: int, *, counted: bool) -> tuple[int, Entry | None]:
    if counted and words[at] in COUNTED:
        return 1, lexicon("han")[COUNTED[words[at]]]
    for length in range(min(LONGEST_RUN, len(words) - at), 0, -1):
        run = "".join(words[at : at + length])
        if len(run) > 3 and (entry := find_pinyin(run)):
            return length, entry
    return 1, None


@cache
def find_pinyin(word: str) -> Entry | None:
    """Return the entry of the Chinese words that are spelled like this; their English is joined.

    Example:
        >>> find_pinyin("fangzhi").english[0]
        'textile'
    """
    signs = _table().get(level_umlaut(word))
    if signs is None:
        return None
    entries = [lexicon("han")[each] for each in signs]
    english = (word for entry in entries for word in entry.english)
    return Entry(tuple(dict.fromkeys((*english, word))), entries[0].kind)


def level_umlaut(word: str) -> str:
    """Return pinyin with the umlaut written in one way: *lvye*, *lyuye* and *luye* are one.

    Example:
        >>> {level_umlaut(word) for word in ("lvye", "lyuye", "luye")}
        {'luye'}
    """
    return word.replace("lyu", "lu").replace("nyu", "nu").replace("v", "u")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Return pinyin to the words of the Chinese lexicon that it spells, the likeliest first."""
    path = files("answerable.matching").joinpath("data", "pinyin_words.tsv")
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {row[0]: tuple(row[1].split("|")) for row in rows if not row[0].startswith("#")}


@cache
def _telling() -> frozenset[str]:
    """Return the pinyin that no English name is likely to hold."""
    return frozenset(
        word for word in _table() if len(word) >= TELLING and measure_rarity(word) >= RARE
    )


@cache
def _telling_spellings() -> frozenset[str]:
    """Return the telling pinyin in all spellings that `level_umlaut` makes one."""
    spellings = (each for word in _telling() for each in _spell_umlauts(word))
    return _telling().union(each for each in spellings if level_umlaut(each) in _telling())


def _spell_umlauts(word: str) -> Iterator[str]:
    """Yield a word with each of its u written u, v or, behind l and n, yu."""
    heads = [""]
    for before, letter in pairwise(f" {word}"):
        ways = [letter]
        if letter == "u":
            ways = ["u", "v", "yu"] if before in "ln" else ["u", "v"]
        heads = [head + way for head in heads for way in ways]
    yield from heads


@cache
def _telling_starts() -> frozenset[str]:
    """Return the first letters of telling pinyin, as many as the first of two words may have."""
    return frozenset(word[:at] for word in _telling() for at in range(1, LONGEST_SYLLABLE + 1))
