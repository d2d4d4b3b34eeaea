"""Which captures of a case no entry cites: they were collected, and show nothing that was filed."""

from collections.abc import Iterator, Sequence

from answerable.evidence.inventory import Inventory, find_ids
from answerable.ledger.events import Event

_CITING = ("sources", "passages")


def find_uncited(inventory: Inventory, events: Sequence[Event], history: bool) -> frozenset[str]:
    """Return the records of captures that no entry cites, and of what was made or noted of them.

    Args:
        inventory: What the log names, without private records.
        events: Deeds of the case, without those of what is held back.
        history: Whether entries count that later ones took the place of.
    """
    before = frozenset() if history else frozenset(_each_before(events))
    newest = [event for event in events if event.obj not in before]
    cited = {each for event in newest for each in _each_cited(inventory, event)}
    captures = {
        event.obj
        for event in events
        if inventory.schema_of(event.obj) == "answerable.capture" and event.obj not in cited
    }
    return frozenset(captures | set(_each_about(inventory, events, captures)))


def _each_before(events: Sequence[Event]) -> Iterator[str]:
    for event in events:
        if isinstance(event.refs.get("before"), str):
            yield str(event.refs["before"])


def _each_cited(inventory: Inventory, event: Event) -> Iterator[str]:
    """Give the captures that an entry cites, also where it was erased in part."""
    yield from find_ids(event.refs.get("captures"))
    record = inventory.records.get(event.obj)
    if record is not None:
        yield from find_ids([record.values.get(name) for name in _CITING])


def _each_about(inventory: Inventory, events: Sequence[Event], captures: set[str]) -> Iterator[str]:
    """Give the records that are about captures and nothing else, such as a text or a note."""
    for event in events:
        record = inventory.records.get(event.obj)
        if record is not None and event.obj not in captures:
            about = {str(event.refs.get("capture")), str(record.values.get("capture"))}
            if about & captures:
                yield event.obj
