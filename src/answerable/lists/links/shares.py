"""Shares as sources write them, into ranges of millionths of a percent: exact, never a guess.

What cannot be understood is a share of which nothing is known, with the fault named. Numbers are
decimals or fractions from end to end; a binary float never touches them.
"""

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from answerable.model import ANY_SHARE, WHOLE, Share

Number = int | Decimal | Fraction

OUT_OF_RANGE = "The share is not between 0 and 100 percent; it was taken as not known."
EMPTY_RANGE = "The least share is over the greatest; the share was taken as not known."
NOT_UNDERSTOOD = "The share could not be understood; it was taken as not known."
CONTRADICTION = "The exact share lies outside its own range; the share was taken as not known."

_LONGEST = 120
_FINEST = 40
_PER_PERCENT = WHOLE // 100

_UNKNOWN = frozenset(
    ("", "-", "--", "?", "n/a", "na", "unknown", "not known", "not stated", "undisclosed", "none")
)
_WORDS = {
    "majority": Share(WHOLE // 2, WHOLE, low_open=True),
    "majority owned": Share(WHOLE // 2, WHOLE, low_open=True),
    "majority stake": Share(WHOLE // 2, WHOLE, low_open=True),
    "minority": Share(0, WHOLE // 2, high_open=True),
    "minority stake": Share(0, WHOLE // 2, high_open=True),
    "half": Share(WHOLE // 2, WHOLE // 2),
    "whole": Share(WHOLE, WHOLE),
    "wholly": Share(WHOLE, WHOLE),
    "wholly owned": Share(WHOLE, WHOLE),
    "wholly-owned": Share(WHOLE, WHOLE),
}
_PHRASES = tuple(
    (re.compile(rf"(?<![a-z]){pattern}(?![a-z])"), sign)
    for pattern, sign in (
        (r"(?:or|and) (?:more|over|above)", "+"),
        (r"(?:or|and) (?:less|under|below)", "~"),
        (r"(?:not|no) more than|at most|up to|max(?:imum)?\.?", "<="),
        (r"(?:not|no) less than|at least|min(?:imum)?\.?", ">="),
        (r"more than|greater than|over|above", ">"),
        (r"less than|under|below", "<"),
        (r"per ?cent|pct\.?", ""),
        (r"between(?=.* and )|from(?=.* to )", ""),
        (r"to|and|but", "-"),
    )
)
_NUMBER = r"(\d{1,12}(?:[.,]\d{1,30})?)"
_EXACT = re.compile(_NUMBER)
_FRACTION = re.compile(r"(\d{1,9})/(\d{1,9})")
_BOUND = re.compile(rf"(>=|<=|>|<){_NUMBER}")
_BEHIND = re.compile(rf"{_NUMBER}([+~])")
_RANGE = re.compile(rf"(>=|>)?{_NUMBER}(?:-|\.\.)(<=|<)?{_NUMBER}")
_INTERVAL = re.compile(r"([\[(])(\d{1,3}(?:\.\d{1,30})?)[,;](\d{1,3}(?:\.\d{1,30})?)([\])])")


@lru_cache(maxsize=4096)
def read_share(text: str) -> tuple[Share, str | None]:
    """Return the range that a text states in percent, and what is wrong with the text.

    A blank or a word such as *unknown* is a share of which nothing is known, and no fault. Words
    for nearness (*about 50*) are not understood: they give no bound that a sum could rest on. A
    comma is a decimal comma, but before three digits it may be one of thousands and is refused.

    Args:
        text: As printed, such as `50.5 %`, `>50`, `25-50%`, `more than 25% but not more than 50%`,
            `75% or more`, `(25, 50]`, `1/3`, `majority`.

    Returns:
        The range, within 0 and 100 percent; a sentence if the text was not understood, in which
        case the range is `ANY_SHARE`.

    Example:
        >>> read_share("> 25 - 50 %")
        (Share(low=25000000, high=50000000, low_open=True, high_open=False), None)
        >>> read_share("1/3")[0]
        Share(low=33333333, high=33333334, low_open=True, high_open=True)
        >>> read_share("about half")[1]
        'The share could not be understood; it was taken as not known.'
    """
    if len(text) > _LONGEST:
        return ANY_SHARE, NOT_UNDERSTOOD
    plain = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    bare = plain.replace("%", " ").strip()
    if bare in _UNKNOWN:
        return ANY_SHARE, None
    if bare in _WORDS:
        return _WORDS[bare], None
    if interval := _INTERVAL.fullmatch(bare.replace(" ", "")):
        left, low, high, right = interval.groups()
        return bound_share(Decimal(low), Decimal(high), left == "(", right == ")")
    return _read_signs(_to_signs(bare))


@lru_cache(maxsize=4096)
def bound_share(
    low: Number | None, high: Number | None, low_open: bool = False, high_open: bool = False
) -> tuple[Share, str | None]:
    """Return the range between two numbers of percent, and what is wrong with them.

    Finer parts than a millionth of a percent widen the range to the next one, with an open end, so
    that the range always holds the number stated.

    Args:
        low: Least share in percent; None is 0.
        high: Greatest share in percent; None is 100.
        low_open: Whether it is more than `low`, and not `low` itself.
        high_open: Whether it is less than `high`.

    Example:
        >>> bound_share(Decimal("76.5"), Decimal("76.5"))
        (Share(low=76500000, high=76500000, low_open=False, high_open=False), None)
        >>> bound_share(60, 40)[1]
        'The least share is over the greatest; the share was taken as not known.'
    """
    least, greatest = _exact(low, 0), _exact(high, 100)
    if least is None or greatest is None:
        return ANY_SHARE, OUT_OF_RANGE
    if least > greatest or (least == greatest and (low_open or high_open)):
        return ANY_SHARE, EMPTY_RANGE
    below, above = least * _PER_PERCENT, greatest * _PER_PERCENT
    share = Share(
        floor(below),
        ceil(above),
        low_open or below.denominator != 1,
        high_open or above.denominator != 1,
    )
    return share, None


def _exact(value: Number | None, otherwise: int) -> Fraction | None:
    """Return a number of percent as a fraction; None if it is none between 0 and 100."""
    if value is None:
        return Fraction(otherwise)
    if isinstance(value, Decimal):
        parts = value.as_tuple()
        if not isinstance(parts.exponent, int) or len(parts.digits) > _FINEST:
            return None
        if not -_FINEST <= parts.exponent <= _FINEST:
            return None
    return Fraction(value) if 0 <= value <= 100 else None


def _to_signs(bare: str) -> str:
    """Return a text with its phrases as signs and without blanks; blank if numbers would merge."""
    for pattern, sign in _PHRASES:
        bare = pattern.sub(sign, bare)
    for wide, sign in (("≥", ">="), ("≤", "<="), ("=>", ">="), ("=<", "<=")):
        bare = bare.replace(wide, sign)
    bare = re.sub(r"[\u2010-\u2015\u2212]", "-", bare)
    if re.search(r"\d\s+\d", bare):
        return ""
    return re.sub(r"\s+", "", bare)


def _read_signs(signs: str) -> tuple[Share, str | None]:
    if found := _FRACTION.fullmatch(signs):
        part, whole = map(int, found.groups())
        return _at(Fraction(100 * part, whole)) if whole else (ANY_SHARE, NOT_UNDERSTOOD)
    if found := _EXACT.fullmatch(signs):
        number = _number(found[1])
        return (ANY_SHARE, NOT_UNDERSTOOD) if number is None else _at(number)
    if found := _BOUND.fullmatch(signs):
        return _bounded(found[1], found[2])
    if found := _BEHIND.fullmatch(signs):
        return _bounded(">=" if found[2] == "+" else "<=", found[1])
    if found := _RANGE.fullmatch(signs):
        low, high = _number(found[2]), _number(found[4])
        if low is not None and high is not None:
            return bound_share(low, high, found[1] == ">", found[3] == "<")
    return ANY_SHARE, NOT_UNDERSTOOD


def _at(number: Number) -> tuple[Share, str | None]:
    return bound_share(number, number)


def _bounded(sign: str, text: str) -> tuple[Share, str | None]:
    number = _number(text)
    if number is None:
        return ANY_SHARE, NOT_UNDERSTOOD
    if sign.startswith(">"):
        return bound_share(number, None, sign == ">")
    return bound_share(None, number, False, sign == "<")


def _number(text: str) -> Decimal | None:
    """Return a number with a decimal point or comma; None where a comma may divide thousands."""
    whole, comma, rest = text.partition(",")
    if not text.isascii() or (comma and len(rest) == 3):
        return None
    return Decimal(f"{whole}.{rest}" if comma else text)
