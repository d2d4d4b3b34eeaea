"""Days of links: from when until when a link holds, where its dates may be a year or a month."""

import calendar
import re
from datetime import date
from functools import lru_cache

FOREVER = 2**31 - 1
"""A day number after all days."""

NEVER = -(2**31)
"""A day number before all days."""

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T.*)?")


@lru_cache(maxsize=65_536)
def bound_start(text: str | None) -> tuple[int, int]:
    """Return the first and the last day on which a link may have begun.

    A year or a month is widened to all of its days. What is no date may be any day.

    Args:
        text: ISO date, year, or year and month; None for a link that has always held.

    Returns:
        Two day numbers (`date.toordinal`), equal where the day is known.

    Example:
        >>> first, last = bound_start("2024-02")
        >>> date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
        ('2024-02-01', '2024-02-29')
    """
    return (NEVER, NEVER) if text is None else _bound(text)


@lru_cache(maxsize=65_536)
def bound_end(text: str | None) -> tuple[int, int]:
    """Return the first and the last day from which a link may no longer hold.

    Example:
        >>> first, last = bound_end("2024")
        >>> date.fromordinal(first).isoformat(), date.fromordinal(last).isoformat()
        ('2024-01-01', '2024-12-31')
        >>> bound_end(None) == (FOREVER, FOREVER)
        True
    """
    return (FOREVER, FOREVER) if text is None else _bound(text)


def _bound(text: str) -> tuple[int, int]:
    found = _DATE.fullmatch(text.strip())
    if found is None:
        return NEVER, FOREVER
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        return _widen(year or 0, month, day)
    except ValueError:
        return NEVER, FOREVER


def _widen(year: int, month: int | None, day: int | None) -> tuple[int, int]:
    if month is None:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    if day is None:
        last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
        return date(year, month, 1).toordinal(), date(year, month, last).toordinal()
    return date(year, month, day).toordinal(), date(year, month, day).toordinal()
