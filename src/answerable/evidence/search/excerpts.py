"""Excerpts: what stands around a found word, as the text has it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from answerable.evidence.search.words import fold

BEFORE = 80
BEHIND = 160
MOST_MARKS = 20
_BLOCK = 4_000
_OVERLAP = 400

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a text around the first of the words that were asked for.

    Args:
        text: As the text has it.
        start: Offset of its first code point in the text.
        marks: Where the words stand in it: offset of the first code point and behind the last.
    """

    text: str
    start: int
    marks: tuple[Span, ...] = ()


def take_excerpt(text: str, patterns: Sequence[re.Pattern[str]]) -> Excerpt:
    """Return what stands around the first place at which one of the patterns is found.

    Args:
        text: The text.
        patterns: Of `answerable.evidence.search_words.phrase_pattern`.

    Returns:
        The excerpt; the beginning of the text, without marks, where none of them is found, as for
        a word that is broken by a hyphen.

    Example:
        >>> from answerable.evidence.search.words import phrase_pattern
        >>> take_excerpt("Sold to 湖邊 in 2017.", [phrase_pattern(["湖边"], False)])
        Excerpt(text='Sold to 湖邊 in 2017.', start=0, marks=((8, 10),))
    """
    first = next((start for each in patterns for start in _find(text, each)), None)
    if first is None:
        return Excerpt(text[: BEFORE + BEHIND], 0)
    begin = _word_start(text, max(0, first - BEFORE), first)
    end = _word_end(text, first + 1, min(len(text), first + BEHIND))
    shown = text[begin:end]
    marks = sorted({span for each in patterns for span in _places(shown, each)})
    return Excerpt(shown, begin, tuple(marks[:MOST_MARKS]))


def _find(text: str, pattern: re.Pattern[str]) -> Iterator[int]:
    """Give where a pattern is found first, looked for part by part."""
    for begin in range(0, len(text), _BLOCK):
        part = text[begin : begin + _BLOCK + _OVERLAP]
        found = pattern.search(fold(part))
        if found:
            yield begin + _unfolded(part, found.start())
            return


def _places(part: str, pattern: re.Pattern[str]) -> Iterator[Span]:
    for found in islice(pattern.finditer(fold(part)), MOST_MARKS):
        yield _unfolded(part, found.start()), _unfolded(part, found.end() - 1) + 1


def _unfolded(part: str, place: int) -> int:
    """Return the letter of a text from which the letter at a place of its folded form came."""
    if len(fold(part[:place])) == place < len(fold(part[: place + 1])):
        return place  # as nearly always: no letter before it has another length
    least, most = 0, len(part)
    while least < most:
        middle = (least + most) // 2
        if len(fold(part[: middle + 1])) > place:
            most = middle
        else:
            least = middle + 1
    return least


def _word_start(text: str, start: int, most: int) -> int:
    at = text.find(" ", start, most)
    return start if start == 0 or at < 0 or at - start > 20 else at + 1


def _word_end(text: str, least: int, end: int) -> int:
    at = text.rfind(" ", least, end)
    return end if end == len(text) or at < 0 or end - at > 20 else at
