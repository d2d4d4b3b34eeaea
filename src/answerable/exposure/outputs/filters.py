"""The buyer's own filter, drawn out over the answer columns, where it spans her headings."""

import re

from answerable.exposure.outputs.columns import Span, letters_of
from answerable.exposure.outputs.survey import Survey, range_of

_FILTER = re.compile(
    rb"""<(?:\w+:)?autoFilter\b(?:[^>"']|"[^"]*"|'[^']*')*?\sref\s*=\s*["']([A-Z0-9:$]+)["']"""
)
_AREA = re.compile(r"(.*!)\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})", re.S)


def extend_filter(data: bytes, survey: Survey, span: Span, heading_row: int | None) -> bytes:
    """Return a sheet's XML whose filter also takes in the answer columns.

    Args:
        data: The sheet's XML.
        survey: Its survey.
        span: The added columns.
        heading_row: Row of the headings, or None.

    Returns:
        The same bytes where she has no filter, or one that does not begin in the heading row and
        run over all her headings.
    """
    found = _find_filter(data, survey)
    if not found or not _spans_headings(found[1].decode(), survey, span, heading_row):
        return data
    reference = widen_range(found[1].decode(), span)
    return data[: found.start(1)] + reference.encode() + data[found.end(1) :]


def is_extended(data: bytes, survey: Survey, span: Span, heading_row: int | None) -> bool:
    """Tell whether `extend_filter` draws out a filter of this sheet."""
    found = _find_filter(data, survey)
    return found is not None and _spans_headings(found[1].decode(), survey, span, heading_row)


def _find_filter(data: bytes, survey: Survey) -> re.Match[bytes] | None:
    if "autoFilter" not in survey.tops:
        return None
    return _FILTER.search(data, data.rfind(b"sheetData"))


def _spans_headings(reference: str, survey: Survey, span: Span, heading_row: int | None) -> bool:
    left, top, right, _ = range_of(reference)
    hers = [column for column in survey.headings if not span.first <= column <= span.wiped]
    return bool(hers) and top == heading_row and left <= min(hers) and right >= max(hers)


def widen_range(reference: str, span: Span) -> str:
    """Return a range drawn out to the last of the added columns.

    Example:
        >>> widen_range("A3:D9", Span(5, 21, 21))
        'A3:U9'
    """
    left, top, right, bottom = range_of(reference)
    return f"{letters_of(left)}{top}:{letters_of(max(right, span.last))}{bottom}"


def widen_area(area: str, span: Span) -> str:
    """Return the area of a defined name drawn out to the last of the added columns.

    Args:
        area: Such as `Suppliers!$A$3:$D$9`; anything else is returned as it is.
        span: The added columns.

    Example:
        >>> widen_area("'Our list'!$A$3:$D$9", Span(5, 21, 21))
        "'Our list'!$A$3:$U$9"
    """
    found = _AREA.fullmatch(area)
    if not found:
        return area
    _, _, right, _ = range_of(f"{found[2]}{found[3]}:{found[4]}{found[5]}")
    last = letters_of(max(right, span.last))
    return f"{found[1]}${found[2]}${found[3]}:${last}${found[5]}"
