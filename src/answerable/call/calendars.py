"""Days to attend as a calendar that any calendar program can subscribe to."""

import uuid
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from answerable.call.citations import make_inert, name_draft
from answerable.model.call import CallPage, Occasion


def write_calendar(page: CallPage) -> bytes:
    """Return the days to attend as iCalendar; times are written in UTC.

    Source:
        RFC 5545, sections 3.6.1 (VEVENT: DTEND of days is the day after the last) and 3.1 (lines);
        RFC 7986, section 5 (NAME, DESCRIPTION of a calendar).
    """
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//answerable//call//EN")
    calendar.add("name", make_inert(page.dossier.title))
    calendar.add("x-wr-calname", make_inert(page.dossier.title))
    told = " ".join((*page.banner, *_notes(page)))
    if told:
        calendar.add("description", make_inert(told))
    for occasion in page.occasions:
        calendar.add_component(_make_event(page, occasion))
    return bytes(calendar.to_ical())


def _notes(page: CallPage) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ask.note for ask in page.asks if ask.note))


def _make_event(page: CallPage, occasion: Occasion) -> Event:
    event = Event()
    event.add("uid", f"{name_occasion(page, occasion)}@answerable.invalid")
    event.add("dtstamp", datetime.fromisoformat(f"{page.as_of}T00:00:00+00:00"))
    mark = f"[{name_draft(page)}] " if page.is_draft else ""
    event.add("summary", make_inert(mark + occasion.title))
    start, end = _span(occasion)
    event.add("dtstart", start)
    if end is not None:
        event.add("dtend", end)
    for name, value in (("location", occasion.place), ("description", occasion.note)):
        if value:
            event.add(name, make_inert(value))
    if occasion.url:
        event.add("url", occasion.url)
    return event


def name_occasion(page: CallPage, occasion: Occasion) -> uuid.UUID:
    """Return an id of a day to attend that stays when its time or place changes."""
    case = str(page.dossier.header.get("case", page.dossier.title))
    return uuid.uuid5(uuid.NAMESPACE_URL, f"answerable:occasion:{case}:{occasion.id}")


def _span(occasion: Occasion) -> tuple[date, date | None]:
    if "T" in occasion.start:
        end = _time(occasion.end) if occasion.end else None
        return _time(occasion.start), end
    first = date.fromisoformat(occasion.start)
    last = date.fromisoformat(occasion.end) if occasion.end else first
    return first, last + timedelta(days=1)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
