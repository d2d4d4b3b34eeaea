"""Lexicons of other scripts: a word or phrase to its English and its kind, in any inflection. Pure.

A lexicon holds base forms, and whatever the rules of `inflections` cannot reach.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from answerable.matching.inflections import INFLECTED, level_letters, stem
from answerable.matching.normal_form import split_words
from answerable.matching.scripts import simplify

_PLAIN_HAN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A word of a lexicon: its English words, the usual ones first, and what kind of word it is.

    The kinds are `trade`, `place`, `form`, `number`, `filler` and `brand`, a name of its own.
    """

    english: tuple[str, ...]
    kind: str


def key_of(word: str, group: str) -> str:
    """Return a word or phrase as a lexicon keeps it: levelled, one blank between words."""
    if _PLAIN_HAN.fullmatch(word):
        return simplify(word)
    return " ".join(split_words(simplify(level_letters(word, group))))


def list_rows(group: str) -> Iterator[tuple[str, Entry]]:
    """Yield the rows of a group's lexicon: the word as written, and its entry."""
    path = files("answerable.matching").joinpath("data", f"lexicon_{group}.tsv")
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            word, english, kind = line.split("\t")[:3]
            yield word, Entry(tuple(english.split("|")), kind)


@cache
def lexicon(group: str) -> dict[str, Entry]:
    """Return the shipped lexicon of a group of scripts: levelled words to entries.

    Args:
        group: `han`, `kana`, `hangul`, `cyrillic`, `greek`, `hebrew`, `arabic`, `persian` or
            `uyghur`.
    """
    entries: dict[str, Entry] = {}
    for word, entry in list_rows(group):
        entries.setdefault(key_of(word, group), entry)
    return entries


def find_entry(phrase: str, group: str) -> Entry | None:
    """Return the entry of a word or phrase, or of the word that it is an inflection of.

    Args:
        phrase: Words in one letter form, single blanks between them.
        group: The lexicon (see `lexicon`).

    Returns:
        None if the lexicon does not know it, or knows words of other meaning with the same stem.

    Example:
        >>> find_entry("нефтяного", "cyrillic").english[0]
        'oil'
    """
    found = lexicon(group).get(phrase)
    if found is not None or group not in INFLECTED:
        return found
    return _stems(group).get(_stem_phrase(phrase, group))


def _stem_phrase(phrase: str, group: str) -> str:
    return " ".join(stem(word, group) for word in phrase.split(" "))


@cache
def _stems(group: str) -> dict[str, Entry | None]:
    """Return stems to the entry they stand for; None where words of other meanings share one."""
    return build_stems(lexicon(group), group)


def build_stems(entries: dict[str, Entry], group: str) -> dict[str, Entry | None]:
    """Return the stems of a lexicon's words to entries, None where unlike meanings share one.

    A name of its own gives way to a word that shares its stem.
    """
    stems: dict[str, Entry | None] = {}
    for phrase, entry in sorted(entries.items(), key=lambda each: each[1].kind == "brand"):
        known = stems.setdefault(_stem_phrase(phrase, group), entry)
        if known is None or entry.kind == "brand" or _are_alike(known, entry):
            continue
        stems[_stem_phrase(phrase, group)] = None
    return stems


def _are_alike(one: Entry, other: Entry) -> bool:
    return one.kind == other.kind and not set(one.english).isdisjoint(other.english)
