"""What is held back from a package whole: claims and decisions that rest on private captures alone.

Without its words and sources such a claim would be an allegation of nobody, and its statement may
point to the source. It stays out with its grade, its review, its retraction and its answers, and
other entries no longer name it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.evidence.inventory import Inventory
from answerable.ledger.events import Event
from answerable.ledger.records import Record

_NAMING = {
    "description": ("claims",),
    "claim": ("contested_by",),
    "rebuttal": ("answers",),
    "reply_request": ("about",),
    "retraction": ("superseded_by",),
}
"""Fields by which entries name claims."""

_ANSWERING = {"rebuttal": "answers", "reply_request": "about"}
_JUDGING = ("grade", "review", "retraction")


@dataclass(frozen=True, slots=True)
class Held:
    """What is held back.

    Args:
        records: Ids of the records.
        claims: Names of the claims within the case.
        count: How many claims and decisions these are.
    """

    records: frozenset[str]
    claims: frozenset[str]
    count: int


def find_held(inventory: Inventory, events: Sequence[Event]) -> Held:
    """Return what a package holds back of the deeds of a case.

    An earlier wording that rests on private captures alone is held back also where a later one
    rests on others; where the newest one does, all are.
    """
    versions: dict[tuple[str, str], list[tuple[str, bool]]] = {}
    for event, record in _each_filed(inventory, events):
        if kind_of(record) in ("claim", "decision"):
            alone = _rests_on_private_alone(event, record, inventory.private)
            key = (kind_of(record), str(record.values.get("id", record.id)))
            versions.setdefault(key, []).append((record.id, alone))
    gone = {key for key, filed in versions.items() if filed[-1][1]}
    held = {
        record for key, filed in versions.items() for record, alone in filed if alone or key in gone
    }
    claims = frozenset(name for kind, name in gone if kind == "claim")
    for event, record in _each_filed(inventory, events):
        if _is_about_held(event, record, held, claims):
            held.add(record.id)
    return Held(frozenset(held), claims, len(gone))


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


def _is_about_held(event: Event, record: Record, held: set[str], claims: frozenset[str]) -> bool:
    """Tell whether an entry judges, retracts or answers what is held back, and nothing else."""
    kind = kind_of(record)
    if kind in _JUDGING:
        return event.refs.get("claim") in held or record.values.get("claim") in claims
    if kind in _ANSWERING:
        named = record.values.get(_ANSWERING[kind])
        if isinstance(named, list):
            return bool(named) and claims.issuperset(named)
        refs = event.refs.get("claims")
        return isinstance(refs, list) and bool(refs) and held.issuperset(refs)
    return False


def narrow(record: Record, held: Held) -> Mapping[str, Any]:
    """Return the fields of a record that name claims which are held back, without these names.

    The fields themselves are withheld, since a seal covers a field as a whole.
    """
    fields: dict[str, Any] = {}
    for name in _NAMING.get(kind_of(record), ()):
        value = record.values.get(name)
        if isinstance(value, list) and held.claims.intersection(value):
            fields[name] = [each for each in value if each not in held.claims]
        elif isinstance(value, str) and value in held.claims:
            fields[name] = None
    return fields
