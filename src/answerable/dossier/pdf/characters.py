"""Characters: what our fonts can show, and how the rest is shown without being dropped."""

import re
import unicodedata
from functools import lru_cache

from answerable.dossier.fonts import coverage

_PLAIN = re.compile(r"[\n -~]*")
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\u0085]")
_JOINERS = frozenset("\u180b\u180c\u180d\u180e\u200c\u200d")
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200b\u200e\u200f"
    "\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2065\u2066\u2067\u2068\u2069"
    "\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0"
)
_JOINLESS = (0, 1)  # Latin, Greek, Cyrillic need none: there it would only hide


def spell(text: str) -> str:
    r"""Return text in which every character can be seen as what it is.

    What no font has, what steers the direction of text, and what is invisible comes out as its code
    point in brackets. Joiners stay behind letters of scripts whose shapes need them; a mark stays
    on a letter only where one font has both.

    Args:
        text: Any text, of any length.

    Returns:
        Line ends as `\n`, a tab as a space, all else visible.

    Example:
        >>> spell("新疆 \u202eLtd \U0001f600")
        '新疆 [U+202E]Ltd [U+1F600]'
    """
    if _PLAIN.fullmatch(text):
        return text
    shown: list[str] = []
    family: int | None = None
    for sign in _BREAKS.sub("\n", text).replace("\t", " "):
        clings = sign in _JOINERS or unicodedata.category(sign).startswith("M")
        if not clings:
            family = _family(sign)
        if _is_shown(sign, family, clings):
            shown.append(sign)
        else:
            shown.append(f"[U+{ord(sign):04X}]")
            family = 0  # that of the bracket, to which a mark behind it clings
    return "".join(shown)


def _is_shown(sign: str, family: int | None, clings: bool) -> bool:
    if sign == "\n":
        return True
    if sign in _UNSEEN or family is None:
        return False
    if sign in _JOINERS and family in _JOINLESS:
        return False
    return not clings or ord(sign) in _families()[family]


@lru_cache(maxsize=1)
def _families() -> tuple[frozenset[int], ...]:
    return tuple(coverage().values())


@lru_cache(maxsize=50_000)
def _family(sign: str) -> int | None:
    """Return the number of the first family that has a character that can be seen, else None."""
    if unicodedata.category(sign) in ("Cc", "Cs", "Co", "Cn"):
        return None
    code = ord(sign)
    return next((n for n, codes in enumerate(_families()) if code in codes), None)
