"""Answers about Atom feeds (feedparser) and calendars (vobject)."""

import feedparser
import vobject
from lines import answer


def read_feed(text):
    """Return whether a feed is well formed, its version, and id, title and link of its entries."""
    found = feedparser.parse(text.encode())
    entries = [[each.id, each.title, each.link, each.updated] for each in found.entries]
    fault = str(found.get("bozo_exception", ""))
    return {"fault": fault, "version": found.version, "id": found.feed.id, "entries": entries}


def read_calendar(text):
    """Return title, start, end and place of the events of a calendar, which is validated."""
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return [
        [
            event.summary.value,
            event.dtstart.value.isoformat(),
            event.dtend.value.isoformat(),
            event.location.value if hasattr(event, "location") else None,
        ]
        for event in calendar.vevent_list
    ]


answer({"feed": read_feed, "calendar": read_calendar})
