"""What a name of another script reads as, piece by piece. Pure.

A piece that has a meaning is put in English, in all the ways that official names use; what has none
is put as it sounds, or stays in its own signs.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from answerable.matching.lesser_words import LEVELS, abbreviations, find_levels
from answerable.matching.lexicons import Entry
from answerable.matching.names import NameParts, take_apart
from answerable.matching.places import Place, places
from answerable.matching.scripts import list_sounds, read_pinyin
from answerable.matching.segments import Segment

Way = tuple[str, ...]
"""Words in which a part of a name may be put."""

LEFT_OUT = "-"
"""Stands in a lexicon for a word that an English name may leave out."""

NAMED_AFTER = frozenset(
    "имени им імені імя академика академіка профессора генерала маршала".split()
)
"""Words before the name of a person whom a body is named after."""


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


def read(segments: Iterable[Segment], group: str, *, aloud: bool) -> NameParts:
    """Return a name as it reads: what has meaning in English, the rest aloud or in its own signs.

    Args:
        segments: Pieces of the name (see `segments.cut`).
        group: The lexicon that they were cut by.
        aloud: Whether what has no meaning is written by its sound, in Latin letters.

    Returns:
        Its parts; without words if no piece says anything. Legal forms are left out.

    Example:
        >>> from answerable.matching.segments import cut
        >>> read(cut(["泽索技术"], "han"), "han", aloud=True).core
        ('zesuo', 'technology')
    """
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
