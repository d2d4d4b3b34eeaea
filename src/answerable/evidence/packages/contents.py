"""What belongs to a case: the deeds, records and objects that its package holds."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from answerable.errors import PackageRefused
from answerable.evidence.inventory import Inventory, find_ids, find_named, is_record
from answerable.evidence.packages.cited import find_uncited
from answerable.evidence.packages.deeds import find_case, find_deeds
from answerable.evidence.packages.held import find_held, narrow
from answerable.evidence.redaction import redact
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger
from answerable.ledger.objects import has_object
from answerable.ledger.records import Record, withhold

PRIVATE_FIELDS = ("passages", "sources")
"""Fields of a record that are withheld where they rest on private evidence."""

CAPTURE, CASE = "answerable.capture", "answerable.case"


@dataclass(frozen=True, slots=True)
class Choice:
    """What the maker of a package chose.

    Args:
        withhold: Names of fields that are left out of every record, such as `by`.
        show: Personal fields to show after all, see `answerable.evidence.redaction.PERSONAL`.
        captures: Whether originals and pictures come along; texts always do, since quotations
            are checked in them.
        without: Ids of captures of which no part comes along, texts neither.
        history: Whether to show the wording of entries that later ones took the place of.
        uncited: Whether captures of the case come along that no filed entry cites.
    """

    withhold: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    captures: bool = True
    without: tuple[str, ...] = ()
    history: bool = False
    uncited: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package holds.

    Args:
        case: Id of the case's record.
        name: The case's name.
        events: Deeds of the case, in order.
        records: Records as they are shown, in order of the log.
        objects: Ids of the objects that come along, maps of records among them.
        left_out: Id of what is named and does not come along, to the reason: `erased`,
            `not_permitted`, `not_cited`, `private` or `elsewhere`.
        held_back: How many claims and decisions stay out whole, because they rest on private
            captures alone.
        narrowed: Record to those of its fields that are withheld for naming what is held back,
            without these names: for the page, which needs them to set answers beside claims.
        removed: How many records stay out because a takedown removed what they are about.
    """

    case: str
    name: str
    events: tuple[Event, ...]
    records: tuple[Record, ...]
    objects: tuple[str, ...]
    left_out: Mapping[str, str]
    held_back: int = 0
    narrowed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    removed: int = 0


def gather(ledger: Ledger, inventory: Inventory, name: str, choice: Choice) -> Contents:
    """Return what a package of a case holds.

    Args:
        ledger: The ledger.
        inventory: What the log names up to the checkpoint of the package, without private records.
        name: Name of the case.
        choice: What its maker chose.

    Raises:
        PackageRefused: No such case was opened, or no record has a field that is named.
    """
    case = find_case(inventory, name)
    deeds = find_deeds(inventory, case)
    held = find_held(inventory, deeds)
    events = tuple(event for event in deeds if event.obj not in held.records)
    uncited = find_uncited(inventory, events, choice.history)
    if choice.uncited:  # not, all the same, what was cited by nothing but what is held back
        uncited -= find_uncited(inventory, deeds, choice.history)
    logged = tuple(dict.fromkeys(chain.from_iterable(map(find_named, events))))
    before = {str(event.refs.get("before")) for event in events} - {"None"}
    old = frozenset() if choice.history else frozenset(before)
    own = [
        inventory.records[each]
        for each in logged
        if each in inventory.records
        and each not in held.records
        and each not in uncited
        and _is_of_case(inventory, each, case)
    ]
    _check_names(name, own, choice)
    whole = [_show(inventory, record, name, choice, old) for record in own]
    narrowed = {each.id: fields for each in whole if (fields := narrow(each, held))}
    records = tuple(withhold(each, list(narrowed.get(each.id, ()))) for each in whole)
    barred = _bar(records, choice)
    named = dict.fromkeys([*logged, *find_ids([record.values for record in records])])
    shown = {record.id for record in records}
    objects, left_out = [], {}
    for each in named:
        if each in held.removed:
            why = "not_permitted"
        elif each in inventory.private or each in held.records:
            why = "private"
        elif each in uncited:
            why = "not_cited"
        else:
            why = _leave_out(ledger, inventory, each, barred, shown)
        if why:
            left_out[each] = why
        else:
            objects.append(each)
    return Contents(
        case,
        name,
        events,
        records,
        tuple(objects),
        left_out,
        held.count,
        narrowed,
        len(held.removed),
    )


def _is_of_case(inventory: Inventory, record_id: str, case: str) -> bool:
    return inventory.schema_of(record_id) != CASE or record_id == case


def _check_names(case: str, records: list[Record], choice: Choice) -> None:
    """Refuse the name of a field that no record has: what was to be withheld would be shown."""
    known = {name for record in records for name in record.commitments}
    for name in (*choice.withhold, *choice.show):
        if name not in known:
            why = f"no record of it has a field {name[:80]!r}"
            raise PackageRefused(case, why, f"Its fields are {', '.join(sorted(known))}.")


def _show(
    inventory: Inventory, record: Record, case: str, choice: Choice, old: frozenset[str]
) -> Record:
    shown = redact(record, choice.withhold, choice.show)
    if shown.values.get("case", case) != case:  # made for another case, which is not named here
        shown = withhold(shown, ["case"])
    if record.id in old:
        return withhold(shown, shown.opened.keys() - {"schema"})
    rests_on = set(find_ids([shown.values.get(name) for name in PRIVATE_FIELDS]))
    if rests_on & inventory.private:
        shown = withhold(shown, set(PRIVATE_FIELDS) & shown.opened.keys())
    return shown


def _bar(records: Iterable[Record], choice: Choice) -> set[str]:
    """Return the objects that do not come along because their capture, or its bulk, does not."""
    barred: set[str] = set()
    shared: set[str] = set()
    for capture, part in find_parts(records):
        whole = capture not in choice.without
        permitted = whole and (choice.captures or part.get("role") in ("text", "pages"))
        (shared if permitted else barred).add(str(part.get("object")))
    return barred - shared


def find_parts(records: Iterable[Record]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give each part of each capture with the capture's id, those made later after the others."""
    later = []
    for record in records:
        kind = str(record.values.get("schema"))
        parts, part = record.values.get("parts"), record.values.get("part")
        if kind.startswith("answerable.capture/") and isinstance(parts, list):
            yield from ((record.id, each) for each in parts)
        elif isinstance(part, dict):
            later.append((str(record.values.get("capture")), part))
    yield from later


def _leave_out(
    ledger: Ledger,
    inventory: Inventory,
    object_id: str,
    barred: Collection[str],
    shown: Collection[str],
) -> str:
    erased = inventory.erased.get(object_id)
    if erased and erased.whole:
        return "erased"
    if object_id in barred:
        return "not_permitted"
    if object_id in shown:
        return ""
    if not has_object(ledger.store, object_id) or is_record(ledger.store, object_id):
        return "elsewhere"
    return ""
