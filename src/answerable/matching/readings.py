"""How a name of another script reads in Latin letters: by meaning where it can be, else by sound.

泽索技术有限公司 is read as *Zesuo* (sound) and *technology* (meaning), 新疆 as *Xinjiang*. A
reading is a name taken apart like any other (`NameParts`), so everything that compares names
compares readings too. Where a part can be put in several ways (工业 is *industry*, *industrial* or
the pinyin *gongye*) the reading holds them all, and is compared in the way that fits best.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from answerable.matching.inflections import level_letters
from answerable.matching.lexicons import Entry, lexicon
from answerable.matching.names import (
    LEVELS,
    NameParts,
    Place,
    abbreviations,
    find_levels,
    list_variants,
    places,
    split_words,
    take_apart,
)
from answerable.matching.pinyin import cut_pinyin, has_pinyin
from answerable.matching.scripts import UNSPACED, group_of, list_sounds, read_pinyin, simplify
from answerable.matching.segments import Segment, cut
from answerable.matching.tiers import find_tiers

Way = tuple[str, ...]
"""Words in which a part of a name may be put."""

COUNTY = "xian"
"""Pinyin of county, which is the place Xi'an where it stands alone."""

ORDINAL = "di"
"""Pinyin of the sign before an ordinal number; elsewhere a word that says nothing."""

LEFT_OUT = "-"
"""Stands in a lexicon for a word that an English name may leave out."""

NAMED_AFTER, LONGEST_INITIALS = (
    frozenset("имени им імені імя академика академіка профессора генерала маршала".split()),
    2,
)
"""Words before the name of a person, and how many initials may follow in one word."""

STATE, CHINA = "国家", "中国"
"""Chinese names may speak of the state where their English speaks of China."""


@dataclass(slots=True)
class _Draft:
    slots: list[tuple[Way, ...]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    sounds: set[str] = field(default_factory=set)
    meanings: set[str] = field(default_factory=set)
    levels: set[str] = field(default_factory=set)
    signs: dict[str, str] = field(default_factory=dict)

    def add(self, ways: Iterable[Way]) -> None:
        """Add a part of the core with its ways, each once; an empty part is left out."""
        kept = tuple(dict.fromkeys(ways))
        if kept and kept != ((),):
            self.slots.append(kept)
            self.words.extend(kept[0])

    def parts(self, *, is_read: bool) -> NameParts:
        """Return what was drafted."""
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
            words=tuple(self.words),
            levels=frozenset(self.levels),
            signs=tuple(self.signs.items()),
        )


def list_parts(name: str) -> list[NameParts]:
    """Return all ways in which a name is compared: its variants, each in all its readings.

    Example:
        >>> [parts.key for parts in list_parts("Zyxomatic Ltd t/a The Quorbel")]
        ['zyxomatic', 'quorbel']
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
        in English; then its readings. Those of another script are marked (`is_read`) and are to be
        compared with names in Latin letters, not with another reading: two brands of one sound are
        two brands. A Chinese name that is written in pinyin has its meaning as a second way.

    Example:
        >>> [parts.core for parts in list_readings("泽索技术有限公司")]
        [('泽索', 'technology'), ('zesuo', 'technology')]
        >>> [parts.core for parts in list_readings("Zesuo Jishu Youxian Gongsi")]
        [('zesuo', 'jishu'), ('zesuo', 'technology')]
        >>> len(list_readings("Zyxomatic Mills"))
        1
    """
    own = take_apart(name)
    group = None if name.isascii() else group_of(name)
    if group is None:
        reading = _read_pinyin_name(own) if has_pinyin(own.core) else own
        return (own,) if set(reading.core) <= set(own.core) else (own, reading)
    return _list_foreign(name, own, group)


def _list_foreign(name: str, own: NameParts, group: str) -> tuple[NameParts, ...]:
    words = _drop_initials([simplify(word) for word in split_words(level_letters(name, group))])
    segments = list(cut(words, group))
    if UNSPACED.search("".join(words)):
        own = replace(
            _read(segments, group, aloud=False),
            forms=own.forms,
            designations=own.designations,
            words=tuple(words),
            tiers=own.tiers,
            script=group,
        )
    spoken = (*_split_by_place(segments), *_say_of_state(segments), *_hear_place(segments, group))
    readings = [_read(each, group, aloud=True) for each in spoken]
    if group == "han" and not any(entry and entry.kind == "form" for _, entry in segments):
        readings += _read_as_japanese(words)
    kept = [
        replace(
            reading,
            tiers=find_tiers((*reading.core, *own.words)),
            script=reading.script or group,
        )
        for reading in readings
        if reading.core
    ]
    return (own, *dict.fromkeys(kept)) if own.core else (take_apart(name),)


def _drop_initials(words: list[str]) -> list[str]:
    """Drop the initials of a person whom an organisation is named after."""
    before = ["", *words]
    return [
        word
        for last, word in zip(before, words, strict=False)
        if last not in NAMED_AFTER or len(word) > LONGEST_INITIALS
    ]


def _split_by_place(segments: list[Segment]) -> list[list[Segment]]:
    """Return a name in as many ways as English has of naming a place with its first brand or not.

    招商 is *China Merchants*, and сбербанк *Sberbank* as well as *Sberbank of Russia*.
    """
    for at, (word, entry) in enumerate(segments):
        groups = _group_by_place(entry.english) if entry and entry.kind == "brand" else ()
        if len(groups) > 1:
            kinds = [(word, Entry(english, "brand")) for english in groups]
            return [[*segments[:at], kind, *segments[at + 1 :]] for kind in kinds]
    return [segments]


@lru_cache(maxsize=10_000)
def _group_by_place(english: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return English words grouped by the places that they name, in order."""
    groups: dict[tuple[Place, ...], list[str]] = {}
    for each in english:
        groups.setdefault(take_apart(each).places if each != LEFT_OUT else (), []).append(each)
    return tuple(tuple(group) for group in groups.values())


def _hear_place(segments: list[Segment], group: str) -> list[list[Segment]]:
    """Return a Chinese name with a brand taken for the place that it is spelled like in pinyin.

    In Latin letters the place is all that is seen: 新宇 and 新余 are both *Xinyu*.
    """
    for at, (word, entry) in enumerate(segments):
        if entry is None and group == "han" and not word.isascii():
            spelled = read_pinyin(word)[0]
            if spelled in places():
                heard = (word, Entry((spelled,), "place"))
                return [[*segments[:at], heard, *segments[at + 1 :]]]
    return []


def _say_of_state(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Return a Chinese name that speaks of "the state" with China in place of it and beside it."""
    if not any(word == STATE for word, _ in segments):
        return []
    china = (CHINA, lexicon("han")[CHINA])
    rest = [segment for segment in segments if segment[0] != STATE]
    return [[china, *rest], [china, *segments]]


def _read_as_japanese(words: list[str]) -> list[NameParts]:
    """Return a name of Han signs as Japan reads it, if its lexicon knows all of it."""
    segments = list(cut(words, "kana"))
    known = {entry.kind for _, entry in segments if entry}
    if any(entry is None for _, entry in segments) or known.isdisjoint(("brand", "place")):
        return []
    return [replace(_read(segments, "kana", aloud=True), script="kana")]


def _read_pinyin_name(own: NameParts) -> NameParts:
    """Read a name that is written in pinyin: its words of trades by their meaning."""
    words = own.core
    if ORDINAL in own.words:
        words = tuple(word for word in own.words if word == ORDINAL or word in own.core)
    own = _drop_county(own)
    segments = cut_pinyin(words, behind_place=bool(own.places))
    read = _read(segments, "han", aloud=True)
    return replace(
        read,
        places=tuple(dict.fromkeys((*own.places, *read.places))),
        numbers=(*own.numbers, *read.numbers),
        forms=own.forms,
        words=own.words,
        levels=own.levels | read.levels,
        is_read=False,
    )


def _drop_county(own: NameParts) -> NameParts:
    """Return a name in pinyin without the place Xi'an if its letters stand for a county."""
    if COUNTY not in own.words[1:] or len(own.places) < 2:
        return own
    kept = tuple(place for place in own.places if place.words != COUNTY)
    return replace(own, places=kept, levels=own.levels | {"county"})


def _read(segments: Iterable[Segment], group: str, *, aloud: bool) -> NameParts:
    """Read a name: what has meaning in English, the rest aloud or in its own signs."""
    draft = _Draft()
    before = ""
    for word, entry in segments:
        last, before = before, word
        if entry is not None:
            _add_entry(draft, word, entry, group, aloud=aloud)
        elif last in NAMED_AFTER:
            _add_sound(draft, word, group, may_lack=True)
        elif word.isascii():
            _add_latin(draft, word)
        elif aloud:
            _add_sound(draft, word, group)
        else:
            draft.add(((word,),))
    return draft.parts(is_read=aloud)


def _add_entry(draft: _Draft, word: str, entry: Entry, group: str, *, aloud: bool) -> None:
    if entry.kind == "number":
        draft.numbers.append(entry.english[0])
    elif entry.kind == "filler":
        _add_level(draft, entry)
    elif entry.kind == "place":
        _add_place(draft, word, entry, group, aloud=aloud)
    elif entry.kind != "form":
        usual = take_apart(next(each for each in entry.english if each != LEFT_OUT))
        draft.numbers.extend(usual.numbers if len(usual.words) > 1 else ())
        draft.places.extend(usual.places)
        spelled = _spell(word, group) if aloud else ()
        draft.add((*_ways(entry.english), *spelled))
        if entry.kind != "brand":
            draft.meanings.update(each for way in _ways(entry.english) for each in way)
        known = draft.meanings if group == "han" else draft.sounds
        known.update(each for way in spelled for each in way)


def _add_level(draft: _Draft, entry: Entry) -> None:
    """Add a level of administration, whose word a name may leave out: the city (of)."""
    found = {LEVELS[word] for word in entry.english if word in LEVELS}
    if found:
        draft.levels.update(found)
        draft.add(((), *((word,) for word in entry.english if word in LEVELS)))


def _add_place(draft: _Draft, word: str, entry: Entry, group: str, *, aloud: bool) -> None:
    """Add a place: as such if it is known in Latin letters too, else as a word of the core."""
    known = (places().get(each) for each in (*entry.english, word))
    place = next((each for each in known if each), None)
    if place is not None:
        draft.places.append(place)
        draft.levels.update(find_levels((place.level,)) if place.level != "city" else ())
        return
    spelled = _spell(word, group) if aloud else ()
    draft.add((*_ways(entry.english), *spelled))
    draft.sounds.update(each for way in spelled for each in way)


@lru_cache(maxsize=50_000)
def _ways(english: tuple[str, ...]) -> tuple[Way, ...]:
    """Return English words as core words, each way once, the usual first."""
    return tuple(dict.fromkeys(map(_put, english)))


def _put(english: str) -> Way:
    """Return English words as core words; a single word is one, be it a number's or a place's."""
    if english == LEFT_OUT:
        return ()
    if english.isascii() and english.isalpha():
        return (abbreviations().get(english, english),)
    return take_apart(english).core


def _spell(word: str, group: str) -> tuple[Way, ...]:
    """Return how a word that has a meaning is spelled where a name in Latin letters keeps it."""
    if word.isascii() or group in ("kana", "hangul") or " " in word:
        return ()
    readings = read_pinyin(word) if group == "han" else list_sounds(word, group)
    return tuple((reading,) for reading in readings if reading.isascii() and " " not in reading)


def _add_latin(draft: _Draft, word: str) -> None:
    if word.isdecimal():
        draft.numbers.append(str(int(word)))
    else:
        draft.add(((abbreviations().get(word, word),),))


def _add_sound(draft: _Draft, word: str, group: str, *, may_lack: bool = False) -> None:
    """Add a part by its sound; English may leave out whom a body is named after."""
    readings = read_pinyin(word) if group == "han" else list_sounds(word, group)
    written = [reading for reading in readings if reading and reading.isascii()]
    if group == "han":
        draft.signs.update(dict.fromkeys(written, word))
    lacking: tuple[Way, ...] = ((),) if may_lack else ()
    draft.add((*(tuple(reading.split(" ")) for reading in written), *lacking))
    draft.sounds.update(each for reading in written for each in reading.split(" "))
