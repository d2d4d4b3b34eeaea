"""Words as the search index knows them: folded, and parted also where a script writes no spaces.

Only the index is folded. Texts, quotations and what is shown stay as they are.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from answerable.errors import SearchRefused

MOST_PHRASES = 32
MOST_LETTERS = 1_000

_UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa"
    "\u30fc-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uac00-\ud7a3\u0e01-\u0e5b\u0e81-\u0edf\u1000-\u109f\u1780-\u17f9\U00020000-\U0003fffd"
)
"""Signs that are a token each: Han, Kana, Bopomofo, Hangul, Thai, Lao, Burmese, Khmer."""
_WORD = rf"[^\W_{_UNSPACED}]"
_SIGN = re.compile(f"[{_UNSPACED}]")
_RUN = re.compile(rf"[{_UNSPACED}]+|{_WORD}+")
_GAP = re.compile(rf"(?<=[{_UNSPACED}]) +(?=[{_UNSPACED}])")
"""Space between two such signs, as a line's end leaves it."""
_BROKEN = re.compile(rf"({_WORD}+)[-\u2010\u00ad] ({_WORD}+)")
"""A word that was broken at the end of a printed line."""
_DROPPED = re.compile(
    "[\u00ad\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]+"
)
"""Signs without width, the stretching of Arabic, accents, Hebrew points, Arabic vowel signs."""
_ARABIC = {"\u0649": "\u064a", "\u06cc": "\u064a", "\u06a9": "\u0643", "\u06be": "\u0647"}
_ASKED = re.compile(r'"([^"]*)"|([^\s"]+)')
_QUOTES = str.maketrans("“”„‟«»「」『』＂", '"' * 11)


@cache
def _variants() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds letters that are searched for as others, and as which.

    They are simplified Han, and one of alike Arabic letters. A pattern that finds the few is five
    times as fast as translating every letter.
    """
    text = (
        files("answerable.evidence.search").joinpath("han_variants.tsv").read_text(encoding="utf-8")
    )
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    table = dict(line.split("\t") for line in lines) | _ARABIC
    return re.compile(f"[{''.join(table)}]"), table


def fold(text: str) -> str:
    """Return a text as the index knows it.

    Full-width letters, presentation forms, case, accents, vowel signs, signs without width, and
    traditional or simplified signs no longer tell words apart.

    Example:
        >>> fold("湖邊 ＡＢＣ Société")
        '湖边 abc societe'
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFD", plain))
    pattern, table = _variants()
    return pattern.sub(lambda found: table[found[0]], unicodedata.normalize("NFC", bare))


def split_words(text: str) -> list[str]:
    """Return what a text is indexed under, in its order.

    Words are words. Signs of scripts without spaces are indexed two by two, each with the next,
    the last of a run alone: so a word of two signs is one look-up. Words that a hyphen broke at a
    line's end stand once more, joined, behind everything else.

    Example:
        >>> split_words("公安局: a surveil- lance unit")
        ['公安', '安局', '局', 'a', 'surveil', 'lance', 'unit', 'surveillance']
    """
    folded = _GAP.sub("", fold(text))
    joined = [f"{each[0]}{each[1]}" for each in _BROKEN.findall(folded)]
    words: list[str] = []
    for run in _RUN.findall(folded):
        words += _split_run(run)
    return words + joined


def _split_run(run: str) -> list[str]:
    if len(run) > 1 and _is_sign(run[0]):
        return [run[place : place + 2] for place in range(len(run))]
    return [run]


def _is_sign(letter: str) -> bool:
    return letter > "\u0e00" and _SIGN.match(letter) is not None


def read_question(words: str) -> list[tuple[list[str], bool]]:
    """Return the phrases asked for, each as runs and whether its last one is a beginning.

    Every word must stand in a text, in any order; a phrase in quotation marks as it stands. A word
    that ends in `*` stands for all that begin with it. Nothing else has a meaning of its own.

    Args:
        words: As a person typed them.

    Raises:
        SearchRefused: There is no word among them, or there are too many.

    Example:
        >>> read_question('"public security" 公安 lake*')
        [(['public', 'security'], False), (['公安'], False), (['lake'], True)]
    """
    phrases = []
    for quoted, bare in _ASKED.findall(words.translate(_QUOTES)):
        runs = _RUN.findall(_GAP.sub("", fold(quoted or bare)))
        if runs:
            phrases.append((runs, bare.endswith("*")))
    length = sum(len(run) for runs, _ in phrases for run in runs)
    if not phrases or len(phrases) > MOST_PHRASES or length > MOST_LETTERS:
        raise SearchRefused(words)
    return phrases


def phrase_pattern(runs: Sequence[str], is_beginning: bool) -> re.Pattern[str]:
    """Return what finds a phrase in a folded text.

    Example:
        >>> phrase_pattern(["public", "security"], False).search("the public, security").span()
        (4, 20)
    """
    pieces = []
    for place, run in enumerate(runs):
        if _is_sign(run[0]):
            pieces.append(" *".join(map(re.escape, run)))
        else:
            behind = "" if is_beginning and place == len(runs) - 1 else rf"(?!{_WORD})"
            pieces.append(rf"(?<!{_WORD}){re.escape(run)}{behind}")
    return re.compile(r"[\W_]*".join(pieces))


def spell_phrase(runs: Sequence[str], is_beginning: bool) -> str:
    """Return a phrase as SQLite's FTS5 takes it.

    Example:
        >>> spell_phrase(["公安局"], False), spell_phrase(["公"], False)
        ('"公安 安局"', '"公"*')
        >>> spell_phrase(["lake"], True)
        '"lake"*'
    """
    words = [word for run in runs for word in _split_run(run)]
    is_sign = _is_sign(runs[-1][0])
    if is_sign and len(runs[-1]) > 1:
        return f'"{" ".join(words[:-1])}"'  # its last sign is in the pair before it
    return f'"{" ".join(words)}"{"*" if is_beginning or is_sign else ""}'
