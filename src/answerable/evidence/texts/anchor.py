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

_NONCHARACTERS = "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_DROPPED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef{_NONCHARACTERS}]+")
_HALVES = re.compile("[\ud800-\udfff]")
_WRAP = re.compile(rf"(?<=[{UNSPACED}])[ \t]*(?:\r\n|\n|\r)[ \t]*(?=[{UNSPACED}])")
_SPACES = re.compile(r"\s+")
_ENDS_UNSPACED = re.compile(rf"[{UNSPACED}]\Z")
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
    text = _HALVES.sub("\ufffd", _DROPPED.sub("", raw))
    text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", _WRAP.sub("", text)).strip(" ")


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
    wraps = _ENDS_UNSPACED.search(before[-1]) and _STARTS_UNSPACED.match(after)
    return "" if wraps else " "
