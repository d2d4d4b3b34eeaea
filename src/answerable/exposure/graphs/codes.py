"""Codes and flags of a graph's columns, and the share that they stand for."""

from typing import get_args

from answerable.model.link import Interest, LinkKind, Share

KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
"""Kinds of links by their code."""

INTERESTS: tuple[Interest, ...] = get_args(Interest)
"""Types of interest by their code; -1 is none."""

UNKNOWN_INTERESTS = frozenset({"unknownInterest", "unpublishedInterest"})
"""Interests that may be shares, votes or neither."""

LOW_OPEN, HIGH_OPEN, UNSIZED, UNSURE = 1, 2, 4, 8
"""Flags of a link: more than its low, less than its high, of a kind that has no size, and perhaps
not holding on the day."""


def make_share(low: int, high: int, flags: int) -> Share | None:
    """Return the share that a row stands for; None where the link has no size.

    Example:
        >>> make_share(25_000_000, 50_000_000, LOW_OPEN)
        Share(low=25000000, high=50000000, low_open=True, high_open=False)
    """
    if flags & UNSIZED:
        return None
    return Share(low, high, bool(flags & LOW_OPEN), bool(flags & HIGH_OPEN))
