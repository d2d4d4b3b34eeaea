"""The wording of a text that is nearest to words which do not stand in it, and how it differs.

It helps a person to see what was typed or copied otherwise. It is never taken for the quotation.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from rapidfuzz import fuzz

from answerable.evidence.texts.anchor import normalise

LEAST_ALIKE = 60.0
"""Of 100: from which likeness a wording is worth to be shown."""
LONGEST = 600
_PIECE = 6
_MOST_PIECES = 80
_MOST_PLACES = 50

_ALIKE = {
    "'": "‘’‚‛′ʼ＇`´",
    '"': "“”„‟″«»＂「」『』",
    "-": "‐‑‒–—―−－﹣",
    "...": "…",
    " ": "\u00a0\u202f\u2009",
}
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069"
)
_NAMES = {
    "\u00ad": "an invisible soft hyphen",
    "\u200b": "an invisible space of no width",
    "\u200c": "an invisible non-joiner",
    "\u200d": "an invisible joiner",
}


def suggest(text: str, quote: str) -> str | None:
    """Return the words of a text that are nearest to words that do not stand in it.

    Args:
        text: The text.
        quote: The words; of longer ones the first 600 code points.

    Returns:
        The wording as it stands in the text, or None where nothing is much like it.

    Cost:
        About 30 ms for a text of a million letters.

    Example:
        >>> suggest("They said: “We don’t sell there.”", "We don't sell there")
        'We don’t sell there'
        >>> suggest("An annual report.", "nothing of the kind") is None
        True
    """
    words = normalise(quote)[:LONGEST]
    return (_same_but_for_marks(text, words) or _nearest(text, words) or None) if words else None


def explain(quote: str, wording: str) -> str | None:
    """Say in words how a wording differs, where only marks, invisible signs or case do.

    Example:
        >>> explain("We don't", "We don’t")
        "the text has ’ (U+2019) where ' was typed"
        >>> explain("We sell", "We sold") is None
        True
    """
    folded = [_fold(each)[0] for each in (quote, wording)]
    if folded[0] != folded[1]:
        return None
    told = [*dict.fromkeys(_differences(quote, wording))]
    return "; ".join(told[:3]) or None


def _differences(quote: str, wording: str) -> Iterator[str]:
    typed, found = _units(quote), _units(wording)
    for one, other in zip(typed, found, strict=False):
        if one != other:
            yield f"the text has {_name(other)} where {_name(one)} was typed"


def _units(words: str) -> list[str]:
    """Split words into pieces that fold to one or more letters, invisible signs with the next."""
    units: list[str] = []
    held = ""
    for letter in words:
        if letter in _INVISIBLE:
            held += letter
            continue
        folded = _fold_letter(letter)
        units += [held + letter] + [""] * (len(folded) - 1)
        held = ""
    return [*units, held] if held else units


def _name(piece: str) -> str:
    invisible = [_NAMES.get(each, "an invisible sign") for each in piece if each in _INVISIBLE]
    if invisible:
        return f"{invisible[0]} (U+{ord(piece[0]):04X}) before {piece[-1]}"
    if not piece:
        return "nothing"
    return piece if piece.isascii() else f"{piece} (U+{ord(piece[0]):04X})"


@cache
def _fold_letter(letter: str) -> str:
    for plain, others in _ALIKE.items():
        if letter in others:
            return plain
    if letter in _INVISIBLE:
        return ""
    return unicodedata.normalize("NFKC", letter).casefold()


def _fold(text: str) -> tuple[str, list[int]]:
    """Return a text without what only marks and case tell apart, and the place of each letter."""
    pieces: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        folded = _fold_letter(letter)
        pieces.append(folded)
        places.extend([place] * len(folded))
    return "".join(pieces), places


def _same_but_for_marks(text: str, words: str) -> str:
    """Find words in a text by its parts, so that a long one need not be folded at once."""
    wanted = _fold(words)[0]
    if not wanted:
        return ""
    step, reach = 20_000, 2 * len(words) + 100
    for begin in range(0, len(text), step):
        part = text[begin : begin + step + reach]
        quick = unicodedata.normalize("NFKC", part.translate(_table())).casefold()
        if wanted not in quick:
            continue
        folded, places = _fold(part)
        at = folded.find(wanted)
        if at >= 0:
            return part[places[at] : places[at + len(wanted) - 1] + 1]
    return ""


@cache
def _table() -> dict[int, str]:
    table = {ord(other): plain for plain, others in _ALIKE.items() for other in others}
    return table | {ord(each): "" for each in _INVISIBLE}


def _nearest(text: str, words: str) -> str:
    best, found = LEAST_ALIKE, ""
    for start in _likely_starts(text, words):
        begin = max(0, start - len(words) // 4)
        around = text[begin : start + len(words) + len(words) // 4 + 20]
        aligned = fuzz.partial_ratio_alignment(words, around, score_cutoff=best)
        if aligned is not None and aligned.score > best and aligned.dest_end > aligned.dest_start:
            best = aligned.score
            found = _whole_words(text, begin + aligned.dest_start, begin + aligned.dest_end)
    return found


def _likely_starts(text: str, words: str) -> list[int]:
    """Return where the words would begin, by the pieces of them that stand in the text."""
    votes: Counter[int] = Counter()
    width = max(8, len(words) // 4)
    step = max(1, len(words) // _MOST_PIECES)
    size = min(_PIECE, len(words))
    for offset in range(0, len(words) - size + 1, step):
        piece = words[offset : offset + size]
        at = text.find(piece)
        places: list[int] = []
        while at >= 0 and len(places) <= _MOST_PLACES:
            places.append(at)
            at = text.find(piece, at + 1)
        if len(places) <= _MOST_PLACES:  # what stands everywhere tells nothing
            votes.update({max(0, place - offset) // width for place in places})
    return [bucket * width for bucket, _ in votes.most_common(8)]


def _whole_words(text: str, start: int, end: int) -> str:
    """Return a stretch of a text, widened to whole words of scripts that part them by spaces."""
    while start > 0 and re.fullmatch(r"[^\W\u2e80-\U0003ffff]{2}", text[start - 1 : start + 1]):
        start -= 1
    while end < len(text) and re.fullmatch(r"[^\W\u2e80-\U0003ffff]{2}", text[end - 1 : end + 1]):
        end += 1
    return text[start:end].strip()
