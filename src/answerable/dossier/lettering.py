"""Lettering: how wide a text may be in any font, and where to break it. Pure.

No font is asked, since the reader's is not known: widths are those of wide letters, so that a text
never runs over its frame.
"""

import unicodedata
from itertools import islice

_NARROW = frozenset("iljtfrI.,:;'!|()[]")


def measure(text: str, size: float) -> float:
    """Return the width that a text takes at most, in the unit of its size.

    Args:
        text: One line.
        size: Font size.

    Example:
        >>> measure("天", 10), round(measure("il", 10), 1)
        (10.4, 8.4)
    """
    return size * sum(map(_width, text))


def _width(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.04
    if letter in _NARROW:
        return 0.42
    if letter.isupper() or letter in "mwMW@%…—":
        return 0.78
    return 0.58 if letter.isascii() else 0.72


def wrap(text: str, width: float, size: float, most: int) -> list[str]:
    """Return a text in lines that are no wider than a frame.

    Args:
        text: One line; breaks fall at blanks, between letters of unspaced scripts, and within a
            word only where it is wider than the frame.
        width: Of the frame.
        size: Font size.
        most: Lines at most; what is cut off shows as an ellipsis.

    Returns:
        At least one line.

    Example:
        >>> wrap("Invented Mills of the North", 80, 10, 2)
        ['Invented', 'Mills of the…']
    """
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most:
        end = _fit(rest, width, size)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    if rest:
        lines[-1] = _cut(lines[-1], width, size)
    return lines or [""]


def _fit(text: str, width: float, size: float) -> int:
    """Return where the first line ends: at a place to break, else at the last letter that fits."""
    room, end, breakable = width / size, 0, 0
    for at, letter in enumerate(text):
        room -= _width(letter)
        if room < 0 and at and _width(letter):
            return breakable or end
        end = at + 1
        if letter == " " or _unspaced(letter) or letter in "-/":
            breakable = end
    return end


def _unspaced(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


def _cut(line: str, width: float, size: float) -> str:
    while line and measure(f"{line}…", size) > width:
        line = "".join(islice(line, len(line) - 1))
    return f"{line.rstrip()}…"
