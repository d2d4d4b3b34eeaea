"""What is held back from a package whole: what was removed, or rests on private captures alone.

Without its words and sources a claim that rests on private captures alone would be an allegation
of nobody, and its statement may point to the source. A claim, answer or decision that a takedown
removed (`corrections.yaml`) is handed on no more than it is shown. Either stays out with its grade,
its review, its retraction and its answers, and other entries no longer name it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.evidence.cases.corrected import find_removed
from answerable.evidence.cases.sealed import open_correction
from answerable.evidence.inventory import Inventory
from answerable.ledger.events import Event
from answerable.ledger.records import Record
from answerable.model.call import Correction

_NAMING = {
    "description": ("claims",),
    "claim": ("contested_by",),
    "rebuttal": ("answers",),
    "reply_request": ("about", "answer"),
    "retraction": ("superseded_by",),
    "correction": ("items",),
}
"""Fields by which entries name others."""

_ANSWERING = {"rebuttal": "answers", "reply_request": "about"}
_JUDGING = ("grade", "review", "retraction")


@dataclass(frozen=True, slots=True)
class Held:
    """What is held back.

    Args:
        records: Ids of the records.
        names: Names of the claims within the case, and of all that a takedown removed.
        count: How many claims and decisions rest on private captures alone.
        removed: Ids of those records that a takedown removed, or that a court forbids to mention.
    """

    records: frozenset[str]
    names: frozenset[str]
    count: int
    removed: frozenset[str] = frozenset()


def find_held(inventory: Inventory, events: Sequence[Event]) -> Held:
    """Return what a package holds back of the deeds of a case.

    An earlier wording that rests on private captures alone is held back also where a later one
    rests on others; where the newest one does, or was removed, all are.
    """
    filed = list(_each_filed(inventory, events))
    gone, alone = _find_private(filed, inventory.private)
    taken, removed = _find_taken_down(filed)
    held = alone | removed
    names = taken | {name for kind, name in gone if kind == "claim"}
    for event, record in filed:
        if _is_about_held(event, record, held, names):
            held.add(record.id)
            if _is_about_held(event, record, removed, taken):
                removed.add(record.id)
    return Held(frozenset(held), frozenset(names), len(gone), frozenset(removed))


def _find_private(
    filed: Iterable[tuple[Event, Record]], private: frozenset[str]
) -> tuple[set[tuple[str, str]], set[str]]:
    """Return the claims and decisions that rest on private captures alone, and their records."""
    versions: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for event, record in filed:
        if kind_of(record) in ("claim", "decision"):
            alone = _rests_on_private_alone(event, record, private)
            key = (kind_of(record), _name_of(record))
            versions.setdefault(key, []).append((record.id, alone))
    gone = {key for key, each in versions.items() if each[-1][1]}
    held = {
        record for key, each in versions.items() for record, alone in each if alone or key in gone
    }
    return gone, held


def _find_taken_down(filed: Iterable[tuple[Event, Record]]) -> tuple[set[str], set[str]]:
    """Return names of the entries that takedowns removed, and all records of these.

    To them belong the corrections that are not to be shown.
    """
    corrections: dict[str, Correction] = {}
    for _, record in filed:
        if kind_of(record) == "correction" and not record.withheld:
            corrections[_name_of(record)] = open_correction(record.values)
    names = set(find_removed(corrections.values()))
    silent = {name for name, each in corrections.items() if each.mention != "shown"}
    records = {
        record.id
        for _, record in filed
        if _name_of(record) in (silent if kind_of(record) == "correction" else names)
    }
    return names, records


def _name_of(record: Record) -> str:
    return str(record.values.get("id", record.id))


def _each_filed(inventory: Inventory, events: Iterable[Event]) -> Iterator[tuple[Event, Record]]:
    for event in events:
        record = inventory.records.get(event.obj)
        if record is not None:
            yield event, record


def kind_of(record: Record) -> str:
    """Return what a record is of, such as `claim`."""
    schema = str(record.values.get("schema", "")).partition("/")[0]
    return schema.removeprefix("answerable.")


def _rests_on_private_alone(event: Event, record: Record, private: frozenset[str]) -> bool:
    sources = record.values.get("sources")
    captures: list[Any]
    if isinstance(sources, list):
        captures = [each.get("capture") for each in sources if isinstance(each, dict)]
    else:  # erased since; the deed still names what was quoted
        named = event.refs.get("captures")
        captures = named if isinstance(named, list) else []
    return bool(captures) and all(each in private for each in captures)


def _is_about_held(event: Event, record: Record, held: set[str], names: set[str]) -> bool:
    """Tell whether an entry judges, retracts or answers what is held back, and nothing else."""
    kind = kind_of(record)
    if kind in _JUDGING:
        return event.refs.get("claim") in held or record.values.get("claim") in names
    if kind in _ANSWERING:
        named = record.values.get(_ANSWERING[kind])
        if isinstance(named, list):
            return bool(named) and names.issuperset(named)
        refs = event.refs.get("claims")
        return isinstance(refs, list) and bool(refs) and held.issuperset(refs)
    return False


def narrow(record: Record, held: Held) -> Mapping[str, Any]:
    """Return the fields of a record that name entries which are held back, without these names.

    The fields themselves are withheld, since a seal covers a field as a whole.
    """
    fields: dict[str, Any] = {}
    for name in _NAMING.get(kind_of(record), ()):
        value = record.values.get(name)
        if isinstance(value, list) and held.names.intersection(value):
            fields[name] = [each for each in value if each not in held.names]
        elif isinstance(value, str) and value in held.names:
            fields[name] = None
    if kind_of(record) == "translation" and _translates(record, held.names):
        fields["parts"] = None
    return fields


def _translates(record: Record, names: frozenset[str]) -> bool:
    """Tell whether a translation of the page holds words of an entry of these names."""
    parts = record.values.get("parts")
    places = [str(part[0]).split("/") for part in parts] if isinstance(parts, list) else []
    return any(len(place) > 1 and place[1] in names for place in places)
