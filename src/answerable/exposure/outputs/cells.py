"""Texts from outside, made fit for a cell: legal characters, bounded length, no formula."""

import re
from urllib.parse import urlsplit

LONGEST_TEXT = 32_000
"""Characters of one cell; Excel takes 32,767."""

LONGEST_LINK = 2_000
"""Characters of one link; Excel takes 2,079."""

CUT = " … (cut here; whole in the findings file)"

_NO_LINK = re.compile("[\\s<>\"'`{}|\\\\^\x00-\x1f\ud800-\udfff]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIGN = re.compile("[=+\\-@\uff1d\uff0b\uff0d\uff20\t\r\n]")
_CURRENCY = (
    "$\u00a2-\u00a5\u058f\u060b\u09f2\u09f3\u0e3f\u17db\u20a0-\u20c0"
    "\ua838\ufdfc\ufe69\uff04\uffe0\uffe1\uffe5\uffe6"
)
_PLAIN = re.compile(rf"[ \u00a0\u2009\u202f]*[+-]?[\d .,()\u00a0\u2009\u202f{_CURRENCY}-]*%? *")
_SUM = re.compile(r"(?:^|[,;])[\s\u00a0]*[+-][\s(]*(?:\d[\d.,]*)?[\s)]*-[\s(]*\d")
_FORMULA = re.compile(r"(^\s*|[;,|\t\r\n])(?=[=+\-@\uff1d\uff0b\uff0d\uff20])|^(?=[\t\r\n])")


def make_legal(text: str) -> str:
    """Return a text with every character that XML or UTF-8 cannot carry shown as U+FFFD.

    Args:
        text: Any text: control characters and lone surrogates are expected.

    Example:
        >>> make_legal("a" + chr(0) + "b" + chr(0xD800)) == "a" + chr(0xFFFD) + "b" + chr(0xFFFD)
        True
    """
    return _ILLEGAL.sub("\ufffd", text)


def fit(text: str) -> str:
    """Return a text that a spreadsheet cell can hold: legal, and cut with a word about it.

    Args:
        text: Any text of any length.

    Returns:
        The same text where it is legal and at most `LONGEST_TEXT` characters long.

    Example:
        >>> fit("Invented Mill Ltd")
        'Invented Mill Ltd'
        >>> len(fit("a" * 40_000)) == LONGEST_TEXT
        True
    """
    if len(text) <= LONGEST_TEXT:
        return make_legal(text) if _ILLEGAL.search(text) else text
    legal = make_legal(text)
    return legal[: LONGEST_TEXT - len(CUT)] + CUT


def guard(text: str) -> str:
    """Return a text that no spreadsheet program takes for a formula when it opens a CSV.

    An apostrophe is put before a leading `=`, `+`, `-` or `@` (also full-width), before a leading
    tab or line break, and before such a sign right after a separator or line break inside the
    text, because a program that splits at another separator than ours would see it as a cell's
    start. Every other text stays as it is.

    So does an amount or a telephone number: a text of digits, blanks, dots, commas, brackets,
    hyphens and currency signs only, with one sign in front. Such a text names no function and no
    cell, so no program can do more with it than read a number. The exception is one that reads as
    a sum, such as `+44-20-7946`: a spreadsheet program would show its result instead.

    Args:
        text: A cell's text.

    Source:
        OWASP, "CSV Injection".

    Example:
        >>> guard("=1+1"), guard("-12.50"), guard("Mill; Sons"), guard("Mill;=1+1")
        ("'=1+1", '-12.50', 'Mill; Sons', "Mill;'=1+1")
        >>> guard("+44 20 7946 0000"), guard("-5.000,00 €"), guard("+44-20-7946-0000")
        ('+44 20 7946 0000', '-5.000,00 €', "'+44-20-7946-0000")
    """
    if not _SIGN.search(text) or (_PLAIN.fullmatch(text) and not _SUM.search(text)):
        return text
    return _FORMULA.sub(r"\g<0>'", text)


def read_link(url: str | None) -> str | None:
    """Return a web address that may become a link, or None if it may not.

    Args:
        url: An address as a list or card gives it; anything may stand there.

    Returns:
        The address, if it is http or https, names a host, holds no blank, quote, bracket or
        control character, and is at most `LONGEST_LINK` characters long; else None.

    Example:
        >>> read_link("https://www.bis.gov/entity-list")
        'https://www.bis.gov/entity-list'
        >>> read_link("javascript:alert(1)") is None, read_link("file:///etc/passwd") is None
        (True, True)
    """
    if not url or len(url) > LONGEST_LINK or _NO_LINK.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None
