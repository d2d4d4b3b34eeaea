r"""The rule by which the text of a document becomes a text that quotations are anchored in.

`answerable.text/1`, in order:

1. Control characters and noncharacters are dropped; half a surrogate pair becomes U+FFFD.
2. The text is brought into NFC. No letter, quotation mark, dash or invisible mark is changed.
3. One line break, with the spaces around it, between two signs that are written without spaces
   (Han, Kana, Bopomofo, their punctuation) is dropped: it only wraps the line.
4. Every other run of whitespace, ends of blocks among it, becomes one space; none stays at an end.

Source:
    Unicode Standard Annex 15 (NFC); W3C Web Annotation Data Model (2017), section 4.2.4, on
    normalising; W3C CSS Text Level 3, section 4.1.3, on line breaks between East Asian signs.
"""

import re
import unicodedata
from collections.abc import Iterator

RULE = "answerable.text/1"

BLOCK = "\u2029"
"""Written between blocks (paragraphs, cells, rows): the paragraph separator of Unicode."""
LINE = "\u2028"
"""Written for a line break that its author made (`br`): the line separator of Unicode."""

UNSPACED = (
    "\u2e80-\u2fdf\u3001-\u3029\u3030-\u303f\u3041-\u3096\u309d-\u30ff\u3105-\u312f\u31a0-\u31bf"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
    "\U00020000-\U0003fffd"
)
"""Signs of scripts that are written without spaces, as ranges for a class of `re`."""

_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_DROPPED = re.compile(f"[{_CONTROLS}\ufdd0-\ufdef\ufffe\uffff]+")
_DROPPED_BEYOND = re.compile(
    f"[{''.join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))}]+"
)
"""Noncharacters of the other planes, apart since a class without them is five times as fast."""
_HALVES = re.compile("[\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|\n|\r")
_STARTS_UNSPACED = re.compile(f"[{UNSPACED}]")


def normalise(raw: str) -> str:
    r"""Return a text as the rule `answerable.text/1` has it.

    Normalising twice is normalising once. The words stay the document's own: nothing is corrected.

    Args:
        raw: The text, with `BLOCK` between blocks.

    Example:
        >>> normalise("  Two\u00a0words\r\nand  more ")
        'Two words and more'
        >>> normalise("乌鲁木齐市公安\n局")
        '乌鲁木齐市公安局'
    """
    text = _DROPPED.sub("", raw)
    if not text.isascii():
        text = unicodedata.normalize("NFC", _mend(text))
        text = "".join(_unwrapped(_BREAK.split(text)))
    return " ".join(text.split())


def _mend(text: str) -> str:
    """Replace half surrogate pairs, and drop noncharacters beyond the first plane."""
    text = _HALVES.sub("\ufffd", text)
    has_beyond = len(text.encode("utf-16-le")) > 2 * len(text)
    return _DROPPED_BEYOND.sub("", text) if has_beyond else text


def _unwrapped(lines: list[str]) -> Iterator[str]:
    """Give the lines with a line break between them, where it does not only wrap the line."""
    before = ""
    for number, line in enumerate(lines):
        bare = line.strip(" \t")
        if number and not (before and bare and _wraps(before, bare)):
            yield "\n"
        yield bare
        before = bare


def _wraps(before: str, behind: str) -> bool:
    return bool(_STARTS_UNSPACED.match(before[-1]) and _STARTS_UNSPACED.match(behind))


def joint(before: str, after: str) -> str:
    """Return what stands between two lines of one block: nothing where the line only wraps.

    Args:
        before: The line before, normalised.
        after: The line after, normalised.

    Example:
        >>> joint("公安", "局"), joint("public", "security")
        ('', ' ')
    """
    if not before or not after:
        return ""
    return "" if _wraps(before, after) else " "
