"""Echoes: words and names of what was removed, found in the texts of a page word by word.

A summary of a removed statement repeats runs of its words, and rarely the whole of it. What stands
in an entry that stays is no echo.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from answerable.model.capture import Source
from answerable.model.case import PublicDecision
from answerable.model.claim import Claim, Rebuttal
from answerable.model.passage import Passage

RUN = 5
"""Words in a row of a removed text that count as its repetition."""

SIGNS = 10
"""The same for texts in scripts that set no space between words, in signs."""

_SIGN = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}]+")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry says, apart by how it is searched.

    Args:
        texts: Statements, quotations, translations, titles: runs of their words, in any case.
        names: Of parties, publishers and places: whole, as they are spelt.
    """

    texts: tuple[str, ...]
    names: tuple[str, ...]


def tell_entry(entry: Claim | Rebuttal | PublicDecision, sources: Iterable[Source]) -> Told:
    """Return the texts and names of an entry and of the sources it rests on."""
    texts, names = _tell(entry)
    for passage in entry.passages:
        texts += _tell_passage(passage)
    for source in sources:
        texts.append(source.title)
        names.append(source.publisher)
    return Told(tuple(filter(None, texts)), tuple(filter(None, names)))


def _tell(entry: Claim | Rebuttal | PublicDecision) -> tuple[list[str | None], list[str | None]]:
    if isinstance(entry, PublicDecision):
        return [entry.decision, entry.ground, entry.not_ground, entry.citation], [entry.body]
    if isinstance(entry, Rebuttal):
        return [entry.statement], [entry.by.name]
    parties = (entry.claimant, entry.about, entry.object)
    return [entry.statement], [*(each.name for each in parties if each), entry.place]


def _tell_passage(passage: Passage) -> list[str | None]:
    return [passage.quote, passage.translation.text if passage.translation else None]


def find_echoes(
    page: Mapping[str, Any], removed: Iterable[Told], kept: Iterable[Told]
) -> list[str]:
    """Return the places of a page at which something that was removed is repeated.

    That none is found does not show that nothing is: other words for the same are not found.

    Args:
        page: The page as `case.json` holds it.
        removed: What the removed entries say.
        kept: What the others say, and the names that stand on the page anyway.

    Returns:
        Places with what was found there, such as `summary (words in a row)`; never
        the words.

    Example:
        >>> gone = Told(("The firm guards the post at Quarry Lane.",), ("Radio Example",))
        >>> find_echoes({"summary": "Guards the post at quarry lane, it is said."}, [gone], [])
        ['summary (words in a row)']
        >>> find_echoes({"share": "As Radio Example says."}, [gone], [])
        ['share (a name or title)']
    """
    gone, stay = [*removed], [*kept]
    spoken = [text for told in stay for text in (*told.texts, *told.names)]
    runs = _list_runs(gone) - _list_runs(stay)
    short = {split(text) for told in gone for text in told.texts if _is_short(text)}
    short = _unspoken(short, [split(text) for text in spoken])
    names = {split(name, fold=False) for told in gone for name in told.names} - {()}
    names = _unspoken(names, [split(text, fold=False) for text in spoken])
    found: dict[str, None] = {}
    for place, text in _walk(page, ""):
        words, cased = split(text), split(text, fold=False)
        if not runs.isdisjoint((*_runs(words, RUN), *_runs(words, SIGNS))):
            found[f"{place} (words in a row)"] = None
        if any(_holds(words, e) for e in short) or any(_holds(cased, e) for e in names):
            found[f"{place} (a name or title)"] = None
    return [*found]


def _unspoken(phrases: set[Words], spoken: list[Words]) -> set[Words]:
    """Return the phrases that stand in nothing that stays."""
    return {each for each in phrases if not any(_holds(words, each) for words in spoken)}


def split(text: str, *, fold: bool = True) -> Words:
    """Return the words of a text; each sign alone where a script sets no spaces.

    Example:
        >>> split("It\u00ad guards: Quarry Lane."), split("北风")
        (('it', 'guards', 'quarry', 'lane'), ('北', '风'))
    """
    plain = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    plain = unicodedata.normalize("NFKC", plain)
    return tuple(_WORD.findall(plain.casefold() if fold else plain))


def _list_runs(told: Iterable[Told]) -> set[Words]:
    texts = (split(text) for each in told for text in each.texts)
    return {run for words in texts for run in _runs(words, _length(words))}


def _length(words: Words) -> int:
    return SIGNS if any(re.match(f"[{_SIGN}]", word) for word in words) else RUN


def _is_short(text: str) -> bool:
    """Tell whether a text is too short for a run, and long enough to be told from other words."""
    words = split(text)
    return 2 <= len(words) < _length(words)


def _runs(words: Words, length: int) -> Iterator[Words]:
    return (words[i : i + length] for i in range(len(words) - length + 1))


def _holds(words: Words, part: Words) -> bool:
    return part in _runs(words, len(part))


def _walk(value: Any, place: str) -> Iterator[tuple[str, str]]:
    """Give the texts of a page with their places."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _walk(each, f"{place}/{key}" if place else str(key))
    elif isinstance(value, list | tuple):
        for i, each in enumerate(value):
            yield from _walk(each, f"{place}/{i + 1}")
