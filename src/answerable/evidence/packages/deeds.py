"""Which deeds belong to a case."""

from answerable.errors import PackageRefused
from answerable.evidence.inventory import Inventory, find_ids, find_named
from answerable.ledger.events import Event


def find_case(inventory: Inventory, name: str) -> str:
    """Return the id of a case's record.

    Raises:
        PackageRefused: No such case was opened.
    """
    for event in inventory.events:
        record = inventory.records.get(event.obj)
        if event.act == "case.open" and record and record.values.get("name") == name:
            return event.obj
    raise PackageRefused(
        name, "no deed of such a case is in the log", "Capture or file something for it first."
    )


def find_deeds(inventory: Inventory, case: str) -> tuple[Event, ...]:
    """Return the deeds of a case, without those of private evidence and of other cases.

    A deed belongs to a case when it names the case, or names nothing of another case and is done
    to, or refers to, something that belongs to it. To these come the deeds about captures that
    were made for another case and are quoted in this one, the erasure of an object that a record
    of the case names, and the deeds by which keys came in.
    """
    own = _find_own(inventory, case)
    cited = {each for event in own for each in find_ids(event.refs.get("captures"))}
    numbers = {event.n for event in own}
    return tuple(
        event
        for event in inventory.events
        if event.n in numbers or (_is_about(event, cited) and not _is_private(inventory, event))
    )


def _find_own(inventory: Inventory, case: str) -> list[Event]:
    cases = {each.obj for each in inventory.events if each.act == "case.open"}
    known = {case}
    held: set[str] = set()
    found = []
    for event in inventory.events:
        named = set(find_named(event))
        belongs = case in named or (named & known and not named & cases)
        belongs = belongs or (event.act == "source.erase" and event.obj in held)
        if event.act == "key.add" or (belongs and not _is_private(inventory, event)):
            found.append(event)
            if event.obj in inventory.records:
                known.add(event.obj)
                held.update(find_ids(inventory.records[event.obj].values))
    return found


def _is_about(event: Event, captures: set[str]) -> bool:
    about = event.act.startswith("source.") and event.act != "source.export"
    return about and (event.obj in captures or event.refs.get("capture") in captures)


def _is_private(inventory: Inventory, event: Event) -> bool:
    return event.obj in inventory.private or event.refs.get("private") == 1
