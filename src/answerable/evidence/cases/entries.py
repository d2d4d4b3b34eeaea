"""The newest record of every entry that was filed, replayed from the log."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_deeds
from answerable.ledger.objects import read_record

Key = tuple[str, ...]
"""Kind, case, and what tells an entry from others of its kind."""

ACTS = {
    "case.describe": "description",
    "claim.file": "claim",
    "claim.supersede": "claim",
    "claim.grade": "grade",
    "claim.review": "review",
    "claim.retract": "retraction",
    "rebuttal.file": "rebuttal",
    "rebuttal.request": "reply_request",
    "decision.file": "decision",
    "opinion.file": "opinion",
    "call.file": "call",
    "call.approve": "approval",
    "call.translate": "translation",
    "correction.file": "correction",
}
"""The deeds by which entries of a case are filed, and what each files."""

IDENTITY: dict[str, tuple[str, ...]] = {
    "description": (),
    "claim": ("id",),
    "rebuttal": ("id",),
    "decision": ("id",),
    "grade": ("claim",),
    "review": ("claim",),
    "retraction": ("claim",),
    "reply_request": ("to", "asked_on", "way"),
    "opinion": ("by", "on"),
    "call": (),
    "approval": (),
    "translation": ("language",),
    "correction": ("id",),
}
"""The fields by which an entry is the same one when it is filed again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The newest record of one entry.

    Args:
        kind: What it is, such as `claim`.
        record: Id of the record.
        at: When it was filed, UTC.
        values: Its fields that are opened here.
        refs: What its deed refers to.
        before: Ids of the records that it followed, oldest first.
        withheld: Names of its fields that were erased or are withheld.
        first_at: When its first record was filed that is not erased, UTC; empty if it is this one.
    """

    kind: str
    record: str
    at: str
    values: Mapping[str, Any]
    refs: Mapping[str, Any] = field(default_factory=dict)
    before: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    first_at: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """All entries of all cases that were filed, each in its newest state.

    Args:
        entries: By kind, case and identity, in the order of their first filing.
        erased: Records of which a field was erased or is withheld; they are in no other list.
    """

    entries: Mapping[Key, Entry]
    erased: tuple[Entry, ...] = ()

    def of(self, kind: str, case: str | None = None) -> Iterator[Entry]:
        """Give the entries of a kind, of one case or of all."""
        for key, entry in self.entries.items():
            if key[0] == kind and case in (None, key[1]):
                yield entry

    def find(self, kind: str, case: str, *identity: str) -> Entry | None:
        """Return one entry, None where it was never filed."""
        return self.entries.get((kind, case, *identity))


def replay_filed(ledger: Ledger) -> Filed:
    """Return everything that was filed, by reading the log and its records.

    Raises:
        LogFaulty: The log was edited.
        ObjectMissing, RecordFaulty: A record is not there, or not the one that was sealed.

    Cost:
        Reads two small files for each deed of a case.
    """
    entries: dict[Key, Entry] = {}
    erased: list[Entry] = []
    for event in read_deeds(ledger):
        if event.act in ACTS:
            entry = _open(ledger, event)
            key = identify(entry.kind, entry.values)
            if key is None or entry.withheld:
                erased.append(entry)
                _forget(entries, entry.refs.get("before"))
            else:
                entries[key] = _follow(entries.get(key), entry)
    return Filed(entries, tuple(erased))


def _open(ledger: Ledger, event: Event) -> Entry:
    record = read_record(ledger.store, event.obj)
    return Entry(
        kind=ACTS[event.act],
        record=event.obj,
        at=event.at,
        values=record.values,
        refs=event.refs,
        withheld=record.withheld,
    )


def _follow(before: Entry | None, entry: Entry) -> Entry:
    """Note what an entry took the place of, also where that was erased."""
    if before is not None:
        first_at = before.first_at or before.at
        return replace(entry, before=(*before.before, before.record), first_at=first_at)
    named = entry.refs.get("before")
    return replace(entry, before=(named,)) if isinstance(named, str) else entry


def _forget(entries: dict[Key, Entry], record: Any) -> None:
    """Drop the entry of a record: what took its place was erased, and it does not come back."""
    for key in [key for key, entry in entries.items() if entry.record == record]:
        del entries[key]


def identify(kind: str, values: Mapping[str, Any]) -> Key | None:
    """Return what tells an entry from others, None where its fields do not tell.

    Example:
        >>> identify("grade", {"case": "lakeside", "claim": "first", "by": "A. Editor"})
        ('grade', 'lakeside', 'first')
    """
    parts = [values.get("case"), *(values.get(name) for name in IDENTITY[kind])]
    texts = [part.get("name") if isinstance(part, dict) else part for part in parts]
    told = tuple(text for text in texts if isinstance(text, str))
    return (kind, *told) if len(told) == len(texts) else None
