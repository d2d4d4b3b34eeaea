"""Texts of others on a page: as one line, with the tag and the direction of their language."""

import re

from answerable.engine.shown_text import show_text
from answerable.matching.scripts import group_of

_TAGS = {
    "han": "und-Hani",
    "kana": "ja",
    "hangul": "ko",
    "cyrillic": "und-Cyrl",
    "greek": "el",
    "hebrew": "he",
    "arabic": "und-Arab",
    "persian": "fa",
    "uyghur": "ug",
}
_TAG = re.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}")
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ks ku-arab ps sd syr ug ur yi".split())
_RIGHT_SCRIPTS = frozenset("arab hebr syrc thaa nkoo".split())


def show_line(text: str, most: int = 0) -> str:
    """Return a text as one line, cut with an ellipsis where it is longer than `most` (0: never).

    Example:
        >>> show_line(" a  long name ", 7)
        'a long…'
    """
    line = " ".join(show_text(text).split())
    return f"{line[: most - 1].rstrip()}…" if 0 < most < len(line) else line


def tag_of(text: str, language: str | None = None) -> str | None:
    """Return the BCP 47 tag of a text: as its source states it, else by its script, else None.

    What is stated and has not the form of a tag is passed over. A guess tells the script, and a
    language only where its letters are no other's.

    Example:
        >>> tag_of("新疆天业"), tag_of("شىنجاڭ"), tag_of("Ltd"), tag_of("公司", "zh-Hans")
        ('und-Hani', 'ug', None, 'zh-Hans')
    """
    if language and _TAG.fullmatch(language):
        return language
    return _TAGS.get(group_of(text[:200]) or "")


def direction_of(text: str, language: str | None = None) -> str:
    """Return `rtl` or `ltr` for a text of a language; where none is stated, by its letters.

    Example:
        >>> direction_of("شىنجاڭ"), direction_of("Shinjang", "ug-Latn"), direction_of("a", "ar")
        ('rtl', 'ltr', 'rtl')
    """
    parts = (tag_of(text, language) or "").lower().split("-")
    script = next((part for part in parts[1:] if len(part) == 4), None)
    if script:
        return "rtl" if script in _RIGHT_SCRIPTS else "ltr"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT else "ltr"
