"""Names taken apart: core words, places, legal form, numbers. Pure: text in, parts out.

The same rules read a supplier's name and a listed name, so that comparing is symmetric. Nothing is
decided here; what the parts weigh stands in `answerable.matching.weights`.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from answerable.matching.form_spellings import GLUED, GLUED_FORMS
from answerable.matching.form_splitting import split_forms
from answerable.matching.legal_forms import Form
from answerable.matching.lesser_words import (
    LEVELS,
    NONE,
    STOP,
    abbreviations,
    find_levels,
)
from answerable.matching.normal_form import LONGEST_NAME, normalise, split_words
from answerable.matching.numerals import split_numbers
from answerable.matching.places import Place, split_places
from answerable.matching.plain_names import is_plain, split_sole_form
from answerable.matching.tiers import find_tiers

_TRADING_AS = re.compile(
    r"[\s,;(\[]+(?:t/as?|t\\a|t\.a\.|d/b/a|dba|trading\s+as|doing\s+business\s+as|also\s+known\s+as"
    r"|a\.?k\.?a\.?|f\.?k\.?a\.?|formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?)[\s:.,]+",
    re.IGNORECASE,
)
_OTHER_NAME = (
    *("t/a", "t\\a", "t.a.", "d/b/a", "dba", "trading", "doing", "also"),
    *("aka", "ak.a", "a.ka", "a.k.a", "fka", "fk.a", "f.ka", "f.k.a", "formerly", "previously"),
)
"""Letters of which a name holds some wherever it holds what `_TRADING_AS` finds."""

_BRACKET = re.compile(r"\(([^()]{1,80})\)")
_STATE_MARK = re.compile(
    r"(?<=\b(?:inc|ltd|plc|llc))\.?\s*/[a-z]{2,3}/?$|(?<=\bcorp)\.?\s*/[a-z]{2,3}/?$"
    r"|(?<=\b(?:co|sa|nv|lp|ag))\s*/[a-z]{2,3}/?$|(?<=\blimited)\s*/[a-z]{2,3}/?$",
    re.IGNORECASE,
)
"""A state or mark behind a form, as the US register adds it: `Example Corp. /DE/`."""


class NameParts(NamedTuple):
    """A name taken apart: a named tuple, which is made four times as fast as a frozen data class.

    Args:
        core: Words that are neither place, legal form nor number, in order, abbreviations
            written out; empty only if the name has no such word (see `take_apart`).
        places: Places, in order.
        forms: Kinds of legal form, such as `limited`, sorted.
        numbers: Numbers as decimal text, in order.
        key: All words but the legal forms, in order: equal keys are the same name but for form.
        slots: Of a name read in another script, the ways in which each part of the core may be
            put, the usual first, whose words make up the core; empty if there is but one way.
        sounds: Words of the core that are written by sound alone.
        meanings: Words of the core that are translated words of trades, not brands.
        is_read: Whether this is a reading in Latin letters of a name of another script.
        words: All words as written, levelled, in order: initials and short forms are made of them.
        levels: Levels of administration that the name speaks of, such as `city`: of two names that
            name one place, no level in common tells two bodies.
        tiers: Which company of a family the name means, such as `group` (see `find_tiers`).
        designations: Legal forms by name, such as `gmbh`, sorted: forms of one kind may be of two
            countries.
        script: Script that the name is read from, such as `han`; empty for names in Latin letters.
        signs: Of a Chinese name read aloud, its words that are written by sound, and their signs.
    """

    core: tuple[str, ...]
    places: tuple[Place, ...]
    forms: tuple[str, ...]
    numbers: tuple[str, ...]
    key: str
    slots: tuple[tuple[tuple[str, ...], ...], ...] = ()
    sounds: frozenset[str] = frozenset()
    meanings: frozenset[str] = frozenset()
    is_read: bool = False
    words: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset()
    tiers: tuple[str, ...] = ()
    designations: tuple[str, ...] = ()
    script: str = ""
    signs: tuple[tuple[str, str], ...] = ()

    @property
    def written(self) -> str:
        """The name as it is written, levelled: its words in one text."""
        return " ".join(self.words or self.core)


def list_variants(name: str) -> tuple[str, ...]:
    """Return the names that a cell holds: the parts around "t/a" and the like, brackets out.

    Args:
        name: A name as printed.

    Returns:
        At least one name, the whole first where it has no trading name; no repeats.

    Example:
        >>> list_variants("Invented Foods Ltd T/A The Example Bakery")
        ('Invented Foods Ltd', 'The Example Bakery')
        >>> list_variants("Example Airlines (EAL)")
        ('Example Airlines (EAL)', 'Example Airlines')
    """
    if _is_one_name(name):
        return (name,)
    parts = [part.strip(" ,;()[]") for part in _TRADING_AS.split(name[:LONGEST_NAME])]
    variants = [name] if len(parts) == 1 else [part for part in parts if part]
    for variant in tuple(variants):
        found = _BRACKET.search(variant)
        if found and len(normalise(found.group(1))) > 1 and not _is_field(found.group(1)):
            variants.append(f"{variant[: found.start()].rstrip()}{variant[found.end() :]}")
    return tuple(dict.fromkeys(variants)) or (name,)


def _is_one_name(name: str) -> bool:
    """Tell of most names that they have no other in them: quicker than the patterns are."""
    if "(" in name or not name.isascii():
        return False
    lowered = name.lower()
    return not any(map(lowered.__contains__, _OTHER_NAME))


def _is_field(text: str) -> bool:
    """Tell whether a bracket holds only places, legal forms or numbers, which have fields."""
    words = normalise(text).split()
    rest, places = split_places(split_forms(words)[0])
    return not split_numbers(rest)[0] or bool(places and not rest)


@lru_cache(maxsize=200_000)
def take_apart(name: str) -> NameParts:
    """Take a name apart into core words, places, legal forms and numbers.

    A name that consists only of places or legal forms keeps them as its core, so that no name
    ends up empty unless it has no letter or digit at all.

    Args:
        name: A name as printed, in any script.

    Returns:
        Its parts. For a name without letters and digits every part is empty.

    Example:
        >>> parts = take_apart("Example Tech (Hangzhou) Co., Ltd. No. 3")
        >>> parts.core, [place.words for place in parts.places], parts.forms, parts.numbers
        (('example', 'technology'), ['hangzhou'], ('limited',), ('3',))
        >>> take_apart("新疆示例股份有限公司").core
        ('示例',)
    """
    return take_apart_afresh(name)


def take_apart_afresh(name: str) -> NameParts:
    """Take a name apart as `take_apart` does, but keep nothing: for those who keep the result."""
    return take_words_apart(split_words(_clear_end(name)), name)


def take_words_apart(words: list[str], name: str = "") -> NameParts:
    """Take the words of a name apart (see `take_apart`).

    Most names have one form at their end or none, and half of those are else nothing but words:
    one look each tells so, and that no search is needed.

    Args:
        words: The words of a name (`split_words`).
        name: The name as printed, whose capitals tell some Roman numerals.

    Example:
        >>> take_words_apart(["zyxomatic", "ltd"]) == take_apart("Zyxomatic Ltd.")
        True
    """
    split = split_sole_form(words)
    if split is None:
        return take_rest_apart(words, *split_forms(words), name)
    rest, form = split
    if not is_plain(rest):
        return take_rest_apart(words, rest, [form] if form else [], name)
    return NameParts(
        core=tuple(rest),
        places=(),
        forms=(form.kind,) if form else (),
        numbers=(),
        key=" ".join(rest),
        words=tuple(words),
        designations=(form.designation,) if form else (),
    )


def take_rest_apart(
    words: list[str], rest: list[str], forms: list[Form], name: str = ""
) -> NameParts:
    """Take the words of a name apart whose legal forms are known (see `take_apart`).

    Args:
        words: All words of the name.
        rest: Those that are no legal form, in order.
        forms: The legal forms.
        name: The name as printed, whose capitals tell some Roman numerals.
    """
    rest, places = split_places(rest)
    rest, numbers = split_numbers(rest, name)
    core = rest if STOP.isdisjoint(rest) else [word for word in rest if word not in STOP]
    if not core and numbers:
        core = list(numbers)
    elif not core:
        core, places = [word for word in words if word not in STOP] or words, []
    short = abbreviations()
    expanded = tuple(core)
    if not short.keys().isdisjoint(core):
        expanded = tuple([short.get(word, word) for word in core])
    return NameParts(
        core=expanded,
        places=tuple(places),
        forms=_sort([form.kind for form in forms]),
        numbers=numbers,
        key=" ".join([*expanded, *[place.words for place in places], *numbers]),
        words=tuple(words),
        levels=_find_levels(expanded, places),
        tiers=find_tiers((*expanded, *words)),
        designations=_sort([form.designation for form in forms]),
    )


def _clear_end(name: str) -> str:
    """Return a name with a blank before a glued form, without the mark of a state behind it."""
    if name.endswith(GLUED_FORMS) and name[name.rfind(" ") + 1 :] not in GLUED_FORMS:
        return GLUED.sub(" ", name)
    return _STATE_MARK.sub("", name) if "/" in name else name


def _sort(names: list[str]) -> tuple[str, ...]:
    """Return names sorted, each once."""
    return tuple(sorted(set(names))) if len(names) > 1 else tuple(names)


def _find_levels(core: tuple[str, ...], places: list[Place]) -> frozenset[str]:
    """Return the levels that a name speaks of in its core, and by a place that is no city."""
    if not places:
        return find_levels(core) if not LEVELS.keys().isdisjoint(core) else NONE
    return find_levels((*core, *[each.level for each in places if each.level != "city"]))


def list_lead_pairs(parts: NameParts) -> tuple[str, ...]:
    """Return the pairs of words by which a name of common words is told from others.

    Returns:
        The two core words that lead, and each place with the first core word.

    Example:
        >>> list_lead_pairs(take_apart("China Example Mills Ltd"))
        ('example mills', 'china example')
    """
    return pair_lead(parts.core, tuple([place.words for place in parts.places]))


def pair_lead(core: tuple[str, ...], places: tuple[str, ...]) -> tuple[str, ...]:
    """Return the same from core words, and the words of each place."""
    if not core:
        return ()
    lead = (" ".join(core[:2]),) if len(core) > 1 else ()
    return (*lead, *(f"{place} {core[0]}" for place in places))
