"""Signs that a text should not hold: broken bytes, signs for broken letters, NUL bytes.

What can be mended is mended, and each row that was touched or is broken has a problem.
"""

import re

from answerable.lists.delimited import Record
from answerable.model import Problem

_STRAY = re.compile("[\ud800-\udfff]")
_ODD = re.compile("[\x00\ufffd\ud800-\udfff]")


def mend_text(text: str) -> str:
    r"""Return a text without NUL signs, its stray bytes read as Windows-1252.

    Example:
        >>> mend_text("Caf\udce9\x00")
        'Café'
    """
    if not _ODD.search(text):
        return text
    return _STRAY.sub(lambda found: _letter(found[0]), text.replace("\x00", ""))


def _letter(stray: str) -> str:
    code = ord(stray)
    if not 0xDC80 <= code <= 0xDCFF:
        return "\ufffd"
    return bytes([code - 0xDC00]).decode("cp1252", errors="replace")


def mend_rows(rows: list[Record], problems: list[Problem]) -> None:
    """Mend the cells of rows in place, and add a problem for each row that had an odd sign."""
    for place, (number, cells) in enumerate(rows):
        whole = "\n".join(cells)
        if _ODD.search(whole):
            rows[place] = (number, tuple(map(mend_text, cells)))
            problems += _what_was_odd(number, whole)


def _what_was_odd(number: int, whole: str) -> list[Problem]:
    found = []
    if "\x00" in whole:
        found.append("NUL bytes were removed from this row: the file may be damaged.")
    if _STRAY.search(whole):
        found.append(
            "A letter of this row is not in the file's encoding, and was read as Windows-1252. "
            "Compare the row with the file."
        )
    if "\ufffd" in whole:
        found.append(
            "A letter of this row is broken (\ufffd): it was lost when the file was saved, or the "
            "file is in another encoding than the one that was taken."
        )
    return [Problem(sentence, row=number) for sentence in found]
