"""A name of another script cut into the words that a lexicon knows and those it does not. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import inf

from answerable.matching.lexicons import Entry, find_entry, lexicon
from answerable.matching.scripts import UNSPACED

UNITS = frozenset(
    "市省县区州镇乡村旗盟师团营连军院所厂局厅部处站社店行会委署科室校队道路府都町"
    "시도군구읍면동리청국부처원소점사"
)
"""Single signs that are words behind a place or a number; other signs there begin a brand."""

UNKNOWN_SIGN, UNKNOWN_LEAD = 0.6, 0.01
"""What a sign of an unknown piece costs when a name is cut, against 1 for every piece, and what is
added where the name begins with one: at a tie the known word, mostly a place, stands first.
"""

LONE_SIGN = 2.5
"""What a single unknown sign costs that is no unit: it likely belongs to its neighbours."""

JOINS = frozenset("与和及暨")
"""Single signs that are words between words: and."""

LONGEST_WORD = 16
"""Signs of the longest word that is looked for in an unspaced name."""

LONGEST_PHRASE = 4
"""Words of the longest phrase that is looked for in a spaced name."""

Segment = tuple[str, Entry | None]
"""A piece of a name, and its entry if the lexicon knows it."""

_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {"零": "0"}
_SAID_BY_DIGIT = re.compile(
    "[零〇一二三四五六七八九]{3,}|[一二三四五六七八九]+(?=[师团营连院所厂局处])"
)


_ORDINAL_IN_DIGITS = re.compile(
    r"第(\d{1,2})(?!\d)|(?<!\d)(\d{1,2})(?=(?:研究)?[师团营连院所厂局处])"
)


def spell_ordinals(word: str) -> str:
    """Return a Chinese word with its ordinal numbers in signs, as the lexicon has them.

    Example:
        >>> spell_ordinals("第54研究所"), spell_ordinals("38所"), spell_ordinals("360公司")
        ('第五十四研究所', '第三十八所', '360公司')
    """
    return _ORDINAL_IN_DIGITS.sub(lambda found: "第" + _count(int(found[1] or found[2])), word)


def _count(number: int) -> str:
    """Return a number below 100 in signs."""
    tens, ones = divmod(number, 10)
    signs = "〇一二三四五六七八九"
    return (
        (signs[tens] if tens > 1 else "") + ("十" if tens else "") + (signs[ones] if ones else "")
    )


def cut(words: Sequence[str], group: str) -> Iterator[Segment]:
    """Yield the pieces of a name with their entries, the longest known phrases first.

    Args:
        words: The words of a name in one letter form, levelled as the lexicon's are.
        group: The lexicon.

    Example:
        >>> [(piece, bool(entry)) for piece, entry in cut(["泽索矿业"], "han")]
        [('泽索', False), ('矿业', True)]
    """
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            entry = find_entry(phrase, group)
            if entry is not None:
                yield phrase, entry
                at += length
                break
        else:
            yield from _cut_word(words[at], group)
            at += 1


def _cut_word(word: str, group: str) -> Iterator[Segment]:
    if not UNSPACED.search(word):
        yield word, None
        return
    before: Entry | None = None
    for piece, entry in _cut_cheapest(word, group):
        if entry is None:
            for inner in _cut_unknown(piece, group, before):
                yield inner
                before = inner[1]
        else:
            yield piece, entry
            before = entry


def _cut_cheapest(word: str, group: str) -> Iterator[Segment]:
    """Cut an unspaced name into words that are known and runs of signs that are not.

    Of all ways to cut, the one with the fewest pieces and unknown signs is taken, the longer first
    piece at a tie: so 泽金矿业 is the unknown 泽金 and the known 矿业, not 泽, 金矿 and 业.
    """
    entries = lexicon(group)
    unknown = ""
    for piece in _cheapest_pieces(word, entries, _longest_words(group)):
        is_word = piece in entries and (len(piece) > 1 or piece in JOINS)
        if not is_word or (unknown and piece in JOINS):
            unknown += piece
            continue
        if unknown:
            yield unknown, None
            unknown = ""
        yield piece, entries[piece]
    if unknown:
        yield unknown, None


def _cheapest_pieces(
    word: str, entries: Mapping[str, Entry], longest: Mapping[str, int]
) -> Iterator[str]:
    size = len(word)
    known = [inf] * size + [0.0]  # what the rest costs if it begins with a known word or is empty
    best = [(0.0, 0)] * (size + 1)  # what the rest costs, and minus the length of its first piece
    for at in range(size - 1, -1, -1):
        first = (inf, 0)
        for length in range(2, min(longest.get(word[at], 0), size - at) + 1):
            if word[at : at + length] in entries:
                first = min(first, (1.0 + best[at + length][0], -length))
        if 0 < at < size - 1 and word[at] in JOINS:
            first = min(first, (0.5 + best[at + 1][0], -1))
        known[at] = first[0]
        best[at] = min(
            first,
            *(
                (_cost_unknown(word, at, end - at) + known[end], at - end)
                for end in range(at + 1, size + 1)
                if known[end] < inf
            ),
        )
    at = 0
    while at < size:
        length = -best[at][1]
        yield word[at : at + length]
        at += length


@cache
def _longest_words(group: str) -> dict[str, int]:
    """Return the first sign of each word of a lexicon to the length of its longest word."""
    longest: dict[str, int] = {}
    for phrase in lexicon(group):
        longest[phrase[0]] = min(LONGEST_WORD, max(longest.get(phrase[0], 0), len(phrase)))
    return longest


def _cost_unknown(word: str, at: int, length: int) -> float:
    if length == 1:
        return 1.0 if word[at] in UNITS else LONE_SIGN
    return 1.0 + UNKNOWN_SIGN * length + (0.0 if at else UNKNOWN_LEAD)


def _cut_unknown(piece: str, group: str, before: Entry | None) -> Iterator[Segment]:
    """Cut numbers and signs of level off an unknown piece.

    A single sign is a word only as a sign of level behind a place (the city of, the province of) or
    behind a number (the first division): most others are parts of brands. Three digits and more
    stand for a number, fewer only before a sign that is counted (the eighth division).
    """
    number = _SAID_BY_DIGIT.search(piece) if group == "han" else None
    if number:
        head, tail = piece[: number.start()], piece[number.end() :]
        if head:
            yield from _cut_level(head, group, before)
        entry = Entry((_read_digits(number.group()),), "number")
        yield number.group(), entry
        yield from _cut_behind_number(tail, group, entry)
    else:
        yield from _cut_level(piece, group, before)


def _cut_behind_number(tail: str, group: str, number: Entry) -> Iterator[Segment]:
    """Cut what follows a number: a sign that is counted, then perhaps another number."""
    for at, (piece, entry) in enumerate(_cut_level(tail, group, number) if tail else ()):
        if entry is None and at:
            yield from _cut_unknown(piece, group, None)
        else:
            yield piece, entry


def _read_digits(signs: str) -> str:
    return str(int("".join(_DIGITS[sign] for sign in signs)))


def _cut_level(piece: str, group: str, before: Entry | None) -> Iterator[Segment]:
    single = lexicon(group).get(piece[0])
    follows = before is not None and before.kind in ("place", "number")
    if follows and single is not None and piece[0] in UNITS:
        yield piece[0], single
        piece = piece[1:]
    if piece:
        yield piece, None
