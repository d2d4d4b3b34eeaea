"""Dates: each is a day that there is, in its order, and not still to come."""

from collections.abc import Iterator
from datetime import date, timedelta

from answerable.engine.yaml_text import Path
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault


def check_dates(draft: Draft, today: date) -> Iterator[Fault]:
    """Give the dates that cannot be.

    Args:
        draft: The case.
        today: The day of the check. One day more is allowed, for other time zones.
    """
    for way, text, is_past in _each_date(draft):
        ends = _ends(text)
        if ends is None:
            yield draft.fault(way, "no_date", f"There is no date {text}.", "Correct it.")
        elif ends[0] > ends[1]:
            yield draft.fault(
                way, "dates_reversed", f"{text} ends before it begins.", "Turn the two dates round."
            )
        elif is_past and ends[0] > today + timedelta(days=1):
            yield draft.fault(way, "date_to_come", f"{text} is still to come.", "Correct it.")
    yield from _check_deadlines(draft)


def _each_date(draft: Draft) -> Iterator[tuple[Path, str, bool]]:
    """Give every date with its way, and whether it must have come."""
    case = draft.case
    for i, source in enumerate(case.sources):
        yield from _given(("sources", i, "published"), source.published)
    for i, claim in enumerate(case.claims):
        yield from _given(("claims", i, "when"), claim.when, is_past=False)
        if claim.figure is not None:
            as_of = claim.figure.get("as_of")
            yield from _given(("claims", i, "figure", "as_of"), as_of, is_past=False)
        for name in ("grade", "review"):
            if getattr(claim, name) is not None:
                yield from _given(("claims", i, name, "on"), getattr(claim, name).on)
    for section, field in _DAYS:
        for i, entry in enumerate(getattr(case, section)):
            yield from _given((section, i, field), getattr(entry, field), field != "deadline")


_DAYS = (
    ("rebuttals", "said_on"),
    ("replies", "asked_on"),
    ("replies", "deadline"),
    ("retractions", "on"),
    ("decisions", "decided_on"),
    ("opinions", "on"),
)


def _given(way: Path, text: str | None, is_past: bool = True) -> Iterator[tuple[Path, str, bool]]:
    if text is not None:
        yield way, text, is_past


def _ends(text: str) -> tuple[date, date] | None:
    """Return the first day of a date and of its end (that of an open end is the last there is)."""
    first, _, last = text.partition("/")
    try:
        begin = _first_day(first)
        end = date.max if last == ".." else _first_day(last) if last else begin
    except ValueError:
        return None
    return begin, end


def _first_day(text: str) -> date:
    return date.fromisoformat(f"{text}-01-01"[:10] if len(text) < 10 else text)


def _check_deadlines(draft: Draft) -> Iterator[Fault]:
    for i, reply in enumerate(draft.case.replies):
        if reply.deadline < reply.asked_on:
            yield draft.fault(
                ("replies", i, "deadline"),
                "deadline_before_asking",
                f"The deadline {reply.deadline} lies before the asking on {reply.asked_on}.",
                "Correct one of the two.",
            )
