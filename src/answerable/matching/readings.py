"""How a name of another script reads in Latin letters: by meaning where it can be, else by sound.

华为技术有限公司 is read as *Huawei* (sound) and *technology* (meaning), 新疆 as *Xinjiang*. A
reading is a name taken apart like any other (`NameParts`), so everything that compares names
compares readings too. Its words know by which other words they may be translated, and which of
them are written by sound alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from answerable.matching.names import (
    NameParts,
    Place,
    abbreviations,
    list_variants,
    places,
    split_words,
    take_apart,
)
from answerable.matching.scripts import HAN, HANGUL, KANA, UNSPACED, read_pinyin, romanise, simplify

SPACED = {
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "greek": re.compile("[\u0370-\u03ff]"),
    "hebrew": re.compile("[\u0590-\u05ff]"),
    "arabic": re.compile("[\u0600-\u06ff]"),
}
"""Lexicons of scripts that put blanks between words, and how their letters are told."""

LEVELS = ("filler", "trade")
"""Kinds of single signs that are words behind a place or a number."""

UNKNOWN_SIGN = 0.6
"""What a sign of an unknown piece costs when a name is cut, against 1 for every piece."""

LONGEST_WORD = 10
"""Signs of the longest word that is looked for in an unspaced name."""

LONGEST_PHRASE = 4
"""Words of the longest phrase that is looked for in a spaced name."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a lexicon: its English words, the usual ones first, and what kind of word it is."""

    english: tuple[str, ...]
    kind: str


@dataclass(slots=True)
class _Draft:
    slots: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    sounds: set[str] = field(default_factory=set)
    meanings: set[str] = field(default_factory=set)
    words: tuple[str, ...] = ()

    def parts(self, *, is_read: bool) -> NameParts:
        core = tuple(word for slot in self.slots for word in slot[0])
        words = (*core, *(place.words for place in self.places), *self.numbers)
        return NameParts(
            core=core,
            places=tuple(dict.fromkeys(self.places)),
            forms=(),
            numbers=tuple(self.numbers),
            key=" ".join(words),
            slots=tuple(self.slots),
            sounds=frozenset(self.sounds),
            meanings=frozenset(self.meanings),
            is_read=is_read,
            words=self.words,
        )


def list_parts(name: str) -> list[NameParts]:
    """Return all ways in which a name is compared: its variants, each in all its readings.

    Example:
        >>> [parts.key for parts in list_parts("Invented Foods Ltd t/a The Mill")]
        ['invented foods', 'mill']
    """
    return [parts for variant in list_variants(name) for parts in list_readings(variant)]


@lru_cache(maxsize=200_000)
def list_readings(name: str) -> tuple[NameParts, ...]:
    """Return a name taken apart, and as it reads in Latin letters if it is of another script.

    Legal forms are left out of a reading: which English form stands for one of another language
    differs from name to name, so that it says nothing.

    Args:
        name: A name as printed, in any script.

    Returns:
        At least one: the name in its own script, in which unspaced words that have a meaning stand
        in English; then, for another script, its readings. A reading is to be compared with names
        in Latin letters, not with another reading: two brands of one sound are two brands.

    Example:
        >>> [parts.core for parts in list_readings("华为技术有限公司")]
        [('华为', 'technology'), ('huawei', 'technology'), ('huawei', 'jishu')]
        >>> len(list_readings("Zyxomatic Mills"))
        1
    """
    own = take_apart(name)
    if name.isascii():
        return (own,)
    words = [simplify(word) for word in split_words(name)]
    group = _group_of("".join(words))
    if group is None:
        return (own,)
    if UNSPACED.search("".join(words)):
        own = _read(words, group, aloud=False)
    readings = [_read(words, group, aloud=True)]
    if group == "han":
        readings.append(_spell_out(words))
    kept = [reading for reading in readings if reading.core and reading.key != own.key]
    return (own, *dict.fromkeys(kept)) if own.core else (take_apart(name),)


def _group_of(text: str) -> str | None:
    """Return the lexicon that reads a text, by its most telling letters."""
    if KANA.search(text):
        return "kana"
    if HAN.search(text):
        return (
            "kana" if any(mark in text for mark in ("株式会社", "有限会社", "合同会社")) else "han"
        )
    if HANGUL.search(text):
        return "hangul"
    return next((group for group, letters in SPACED.items() if letters.search(text)), None)


def _read(words: list[str], group: str, *, aloud: bool) -> NameParts:
    """Read a name: what has meaning in English, the rest aloud or in its own signs."""
    draft = _Draft(words=tuple(words))
    for word, entry in _segment(words, group):
        if entry is not None:
            _add_entry(draft, entry)
        elif word.isascii():
            _add_latin(draft, word)
        elif aloud:
            _add_sound(draft, word, group)
        else:
            draft.slots.append(((word,),))
    return draft.parts(is_read=aloud)


def _segment(words: list[str], group: str) -> Iterator[tuple[str, Entry | None]]:
    """Yield the words of a name with their entries, the longest phrases first."""
    at = 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + length])
            entry = lexicon(group).get(phrase)
            if entry is not None:
                yield phrase, entry
                at += length
                break
        else:
            yield from _segment_unspaced(words[at], group)
            at += 1


def _segment_unspaced(word: str, group: str) -> Iterator[tuple[str, Entry | None]]:
    """Cut an unspaced name into words that are known and runs of signs that are not.

    Of all ways to cut, the one with the fewest pieces and unknown signs is taken, the longer first
    piece at a tie: so 紫金矿业 is the unknown 紫金 and the known 矿业, not 紫, 金矿 and 业.
    """
    if not UNSPACED.search(word):
        yield word, None
        return
    best: list[tuple[float, int, Entry | None]] = [(0.0, 0, None)] * (len(word) + 1)
    for at in range(len(word) - 1, -1, -1):
        best[at] = min(_ways_to_cut(word, at, group, best), key=lambda cut: (cut[0], -cut[1]))
    at = 0
    before: Entry | None = None
    while at < len(word):
        _, length, entry = best[at]
        piece = word[at : at + length]
        if entry is None:
            yield from _cut_level_sign(piece, group, before)
        else:
            yield piece, entry
        before = entry
        at += length


def _ways_to_cut(
    word: str, at: int, group: str, best: list[tuple[float, int, Entry | None]]
) -> Iterator[tuple[float, int, Entry | None]]:
    """Yield cost, length and entry of each first piece of what is left of a name."""
    for length in range(1, len(word) - at + 1):
        rest, _, after = best[at + length]
        if length > 1 and length <= LONGEST_WORD:
            entry = lexicon(group).get(word[at : at + length])
            if entry is not None:
                yield 1.0 + rest, length, entry
        if after is not None or at + length == len(word):
            yield 1.0 + UNKNOWN_SIGN * length + rest, length, None


def _cut_level_sign(
    piece: str, group: str, before: Entry | None
) -> Iterator[tuple[str, Entry | None]]:
    """Cut a sign of level off an unknown piece that follows a place or number.

    A single sign is a word only as a sign of level behind a place (the city of, the province of) or
    behind a number (the first division): most others are parts of brands.
    """
    single = lexicon(group).get(piece[0])
    follows = before is not None and before.kind in ("place", "number")
    if follows and single is not None and single.kind in LEVELS:
        yield piece[0], single
        piece = piece[1:]
    if piece:
        yield piece, None


def _add_entry(draft: _Draft, entry: Entry) -> None:
    if entry.kind == "number":
        draft.numbers.append(entry.english[0])
    elif entry.kind == "place":
        draft.places.append(_find_place(entry.english))
    elif entry.kind not in ("filler", "form"):
        usual = take_apart(entry.english[0])
        draft.numbers.extend(usual.numbers)
        draft.places.extend(usual.places)
        draft.slots.append(_ways(entry.english))
        if entry.kind != "brand":
            draft.meanings.update(word for way in _ways(entry.english) for word in way)


@lru_cache(maxsize=50_000)
def _ways(english: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return English words as core words, each way once, the usual first."""
    ways = (take_apart(each).core for each in english)
    return tuple(dict.fromkeys(ways))


def _find_place(english: Iterable[str]) -> Place:
    """Return the place that one of the English words names, or one of the first word."""
    known = (places().get(words) for words in english)
    first = next(iter(english))
    return next((place for place in known if place), Place(first, "zz", "city"))


def _add_latin(draft: _Draft, word: str) -> None:
    if word.isdecimal():
        draft.numbers.append(str(int(word)))
    else:
        draft.slots.append(((abbreviations().get(word, word),),))


def _add_sound(draft: _Draft, word: str, group: str) -> None:
    readings = read_pinyin(word) if group == "han" else (romanise(word),)
    written = [reading for reading in readings if reading and reading.isascii()]
    if written:
        draft.slots.append(tuple((reading,) for reading in written))
        draft.sounds.update(written)


def _spell_out(words: list[str]) -> NameParts:
    """Return a Chinese name wholly in pinyin, as some registers write it."""
    draft = _Draft(words=tuple(words))
    for word, entry in _segment(words, "han"):
        if entry is not None and entry.kind == "form":
            continue
        if entry is not None and entry.kind in ("place", "number"):
            _add_entry(draft, entry)
        else:
            _add_sound(draft, word, "han")
    return draft.parts(is_read=True)


@cache
def lexicon(group: str) -> dict[str, Entry]:
    """Return the shipped lexicon of a group of scripts: words to their English and kind."""
    path = files("answerable.matching").joinpath("data", f"lexicon_{group}.tsv")
    entries: dict[str, Entry] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, english, kind = line.split("\t")[:3]
            key = " ".join(split_words(simplify(word)))
            entries.setdefault(key, Entry(tuple(english.split("|")), kind))
    return entries
