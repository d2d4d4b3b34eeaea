"""How a name of another script reads in Latin letters: by meaning where it can be, else by sound.

泽索技术有限公司 is read as *Zesuo* (sound) and *technology* (meaning), 新疆 as *Xinjiang*. A
reading is a name taken apart like any other (`NameParts`), so everything that compares names
compares readings too. Where a part can be put in several ways (工业 is *industry*, *industrial* or
the pinyin *gongye*) the reading holds them all, and is compared in the way that fits best.
"""

from collections.abc import Sequence
from functools import lru_cache

from answerable.matching.drafts import LEFT_OUT, NAMED_AFTER, read
from answerable.matching.inflections import level_letters
from answerable.matching.lexicons import Entry, lexicon
from answerable.matching.names import NameParts, list_variants, take_apart, take_apart_afresh
from answerable.matching.normal_form import split_words
from answerable.matching.pinyin import cut_pinyin, has_pinyin, split_joined
from answerable.matching.places import Place, places
from answerable.matching.scripts import UNSPACED, group_of, read_pinyin, simplify
from answerable.matching.segments import Segment, cut, spell_ordinals
from answerable.matching.tiers import find_tiers

COUNTY = "xian"
"""Pinyin of county, which is the place Xi'an where it stands alone."""

ORDINAL = "di"
"""Pinyin of the sign before an ordinal number; elsewhere a word that says nothing."""

LONGEST_INITIALS = 2
"""Initials of a person in one word, at most."""

STATE, CHINA = "国家", "中国"
"""Chinese names may speak of the state where their English speaks of China."""


def list_parts(name: str) -> list[NameParts]:
    """Return all ways in which a name is compared: its variants, each in all its readings.

    Example:
        >>> [parts.key for parts in list_parts("Zyxomatic Ltd t/a The Quorbel")]
        ['zyxomatic', 'quorbel']
    """
    return [parts for variant in list_variants(name) for parts in list_readings(variant)]


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
    name = split_joined(name) or name
    group = None if name.isascii() else group_of(name)
    if group is not None:
        return _list_foreign(name, group)
    own = take_apart_afresh(name)
    if not has_pinyin(own.core):
        return (own,)
    reading = _read_pinyin_name(own)
    return (own,) if set(reading.core) <= set(own.core) else (own, reading)


@lru_cache(maxsize=50_000)
def _list_foreign(name: str, group: str) -> tuple[NameParts, ...]:
    own = take_apart_afresh(name)
    words = _drop_initials([simplify(word) for word in split_words(level_letters(name, group))])
    if group == "han":
        words = [spell_ordinals(word) for word in words]
    segments = list(cut(words, group))
    if UNSPACED.search("".join(words)):
        own = read(segments, group, aloud=False)._replace(
            forms=own.forms,
            designations=own.designations,
            words=tuple(words),
            tiers=own.tiers,
            script=group,
        )
    spoken = (
        *_split_by_place(segments),
        *_say_of_state(segments),
        *_hear_place(segments, group),
    )
    readings = [read(each, group, aloud=True) for each in spoken]
    if group == "han" and not any(entry and entry.kind == "form" for _, entry in segments):
        readings += _read_as_japanese(words)
    kept = [
        reading._replace(
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
    return [read(segments, "kana", aloud=True)._replace(script="kana")]


def _read_pinyin_name(own: NameParts) -> NameParts:
    """Read a name that is written in pinyin: its words of trades by their meaning."""
    words = own.core
    if ORDINAL in own.words:
        words = tuple(word for word in own.words if word == ORDINAL or word in own.core)
    own = _drop_county(own)
    segments = cut_pinyin(words, behind_place=bool(own.places))
    found = read(segments, "han", aloud=True)
    return found._replace(
        places=tuple(dict.fromkeys((*own.places, *found.places))),
        numbers=(*own.numbers, *found.numbers),
        forms=own.forms,
        words=own.words,
        levels=own.levels | found.levels,
        is_read=False,
    )


def _drop_county(own: NameParts) -> NameParts:
    """Return a name in pinyin without the place Xi'an if its letters stand for a county."""
    if COUNTY not in own.words[1:] or len(own.places) < 2:
        return own
    kept = tuple(place for place in own.places if place.words != COUNTY)
    return own._replace(places=kept, levels=own.levels | {"county"})
