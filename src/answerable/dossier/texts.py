"""Texts from outside, made fit to be shown: legal characters, no signs that turn the line about.

Escaping is left to whoever writes the form; this is about what no escaping helps against.
"""

import re

from answerable.matching.scripts import group_of

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\u0085]")
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    + "".join(chr((plane << 16) + low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
NO_SHAPE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""Signs without a shape of their own that can make a line read otherwise than it is written."""

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


def show_text(text: str) -> str:
    r"""Return a text as it can be shown: what cannot be carried becomes U+FFFD, what steers a code.

    Line breaks of every kind become line feeds. Signs of direction and other signs without a shape
    become visible, such as `[U+202E]`, so that no reader is led to see other words than stand
    there. Joiners within words (U+200C, U+200D) stay: scripts need them.

    Args:
        text: Any text.

    Example:
        >>> show_text("Mills\u202e dtL") + "|" + show_text("a\x00\r\nb")
        'Mills[U+202E] dtL|a�\nb'
    """
    plain = _ILLEGAL.sub("\ufffd", _BREAKS.sub("\n", text))
    return NO_SHAPE.sub(lambda found: f"[U+{ord(found[0]):04X}]", plain)


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
