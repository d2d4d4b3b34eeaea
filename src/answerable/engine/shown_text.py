"""Texts of others, made fit to be shown: legal signs, and none that turns a line about.

Escaping is left to whoever writes the form; this is about what no escaping helps against.
"""

import re

_BREAKS = re.compile("\r\n|[\r\u2028\u2029\u0085]")
_ILLEGAL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    + "".join(chr((plane << 16) + low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
NO_SHAPE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""Signs without a shape of their own that can make a line read otherwise than it is written."""

_MARKS = frozenset("\u061c\u200e\u200f")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")


def show_text(text: str) -> str:
    r"""Return a text as it can be shown: what cannot be carried becomes U+FFFD, what steers a code.

    Line breaks of every kind become line feeds. Signs of direction and other signs without a shape
    become visible, such as `[U+202E]`, so that no reader is led to see other words than stand
    there. Joiners within words (U+200C, U+200D) stay: scripts need them. So do the marks U+061C,
    U+200E and U+200F in a text with letters that run from right to left: they move no letter.

    Args:
        text: Any text.

    Example:
        >>> show_text("Mills\u202e dtL") + "|" + show_text("a\x00\r\nb\u200f")
        'Mills[U+202E] dtL|a�\nb[U+200F]'
    """
    plain = _ILLEGAL.sub("\ufffd", _BREAKS.sub("\n", text))
    if not NO_SHAPE.search(plain):
        return plain
    kept = _MARKS if _RIGHT_TO_LEFT.search(plain) else frozenset()
    return NO_SHAPE.sub(lambda found: _name_sign(found[0], kept), plain)


def _name_sign(sign: str, kept: frozenset[str]) -> str:
    return sign if sign in kept else f"[U+{ord(sign):04X}]"
