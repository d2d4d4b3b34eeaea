"""Statements of BODS 0.2, 0.3 and 0.4 as one form, and which of them stand at the end.

In 0.4 a record is told by statements, of which the latest holds; in 0.2 and 0.3 a statement is
replaced by another one that says so.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from typing import Any

from answerable.lists.links.json_items import iterate_json
from answerable.model import Problem

_OLD_KINDS = {
    "entityStatement": "entity",
    "personStatement": "person",
    "ownershipOrControlStatement": "relationship",
}
_KINDS = frozenset(_OLD_KINDS.values())
_MOST_REPLACED = 1_000

NO_STATEMENT = "This is no statement of BODS 0.2, 0.3 or 0.4; it was not read."
NO_RECORD = "The statement names no record; its own id stands in for it."
BAD_DATE = "The date of the statement could not be read; it counts as the oldest of its record."


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of either form.

    Args:
        row: Its position in the file, from 1.
        key: What others refer to it by: the record id in 0.4, the statement id before.
        id: Its own id.
        kind: `entity`, `person` or `relationship`.
        date: Its date as a time in UTC that sorts; blank where it has none.
        day: Its date as stated, else None.
        closed: Whether it says that the record is closed.
        details: What it says.
        components: Keys of the records or statements it is the sum of.
        replaces: Keys of the statements it replaces.
        url: Where its source is published, else None.
    """

    row: int
    key: str
    id: str
    kind: str
    date: str
    day: str | None
    closed: bool
    details: Mapping[str, Any]
    components: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    url: str | None = None

    @property
    def interests(self) -> list[Any]:
        """The interests it states; one that is empty where it states none."""
        found = self.details.get("interests")
        return found if isinstance(found, list) and found else [{}]


@dataclass(frozen=True, slots=True)
class Version:
    """What the first reading keeps of one statement: its date, place, days and content."""

    date: str
    row: int
    kind: str
    closed: bool
    interests: int
    days: tuple[str, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """For how long a statement is the last word on its record.

    Args:
        name: Key of the record, for an earlier statement with `@` and its number behind.
        since: First day, None from the start.
        until: Day from which a later statement holds, None if it is the last.
        interests: Number of its interests.
    """

    name: str
    since: str | None
    until: str | None
    interests: int


@dataclass(slots=True)
class Survey:
    """What a first reading of a file finds out: which statement is the last word, and when.

    Args:
        kinds: Key of each record to what it is of.
        spans: Row of each statement that counts to its span.
        rows: Key of each record to the rows of its statements that count.
        replaced: Key of a statement of BODS 0.2 or 0.3 to that of the one that replaces it.
    """

    kinds: dict[str, str] = field(default_factory=dict)
    spans: dict[int, Span] = field(default_factory=dict)
    rows: dict[str, list[int]] = field(default_factory=dict)
    replaced: dict[str, str] = field(default_factory=dict)

    def resolve(self, key: str) -> str:
        """Return the key that stands in a key's place after all replacements."""
        for _ in range(_MOST_REPLACED):
            if key not in self.replaced:
                return key
            key = self.replaced[key]
        return key

    def place(self, key: str, versions: list[Version]) -> None:
        """Note for how long each statement of a record is the last word on it.

        A later statement holds from the first day that it names after the statement before, since
        that is when things changed; else from its own date. So shares of before and after never
        stand on one day.
        """
        runs = _runs(versions)
        turns = [None, *(_turn(one[-1], two[0]) for one, two in pairwise(runs)), None]
        self.kinds[key] = runs[-1][-1].kind
        for number, run in enumerate(runs):
            version, last = run[-1], run is runs[-1]
            relates = version.kind == "relationship"
            if not (version.closed and number) if relates else last:
                name = key if last else f"{key}@{number + 1}"
                span = Span(name, turns[number], turns[number + 1], version.interests)
                self.spans[version.row] = span
                self.rows.setdefault(key, []).append(version.row)


def _runs(versions: list[Version]) -> list[list[Version]]:
    """Return versions in their order, those that say the same after each other in one run.

    Of versions of one day, and before one without a date, only the last counts.
    """
    ordered = sorted(versions, key=lambda each: (each.date, each.row))
    kept = [one for one, two in pairwise(ordered) if one.date and one.date != two.date]
    runs: list[list[Version]] = []
    for version in [*kept, ordered[-1]]:
        if runs and not version.closed and runs[-1][-1].content == version.content:
            runs[-1].append(version)
        else:
            runs.append([version])
    return runs


def _turn(before: Version, after: Version) -> str:
    """Return the day from which a statement holds in place of the one before."""
    between = [day for day in after.days if before.date[:10] < day <= after.date[:10]]
    return min(between, default=after.date[:10])


def survey_statements(path: Path) -> Survey:
    """Return what a file's statements say of each other, in one reading.

    Cost:
        About 1 kB of memory for each statement.
    """
    survey = Survey()
    versions: dict[str, list[Version]] = {}
    for found in iterate_statements(path):
        if isinstance(found, Statement):
            versions.setdefault(found.key, []).append(_version(found))
            survey.replaced.update({old: found.key for old in found.replaces if old != found.key})
    merged: dict[str, list[Version]] = {}
    for key, each in versions.items():
        merged.setdefault(survey.resolve(key), []).extend(each)
    for key, each in merged.items():
        survey.place(key, each)
    return survey


def _version(statement: Statement) -> Version:
    named = [each for each in statement.interests if isinstance(each, dict)]
    parts = ("subject", "interestedParty", "interests", "componentRecords", "componentStatementIDs")
    told = [statement.details.get(part) for part in parts]
    days = {str(each.get(name))[:10] for each in named for name in ("startDate", "endDate")}
    return Version(
        statement.date,
        statement.row,
        statement.kind,
        statement.closed,
        len(statement.interests),
        tuple(sorted(day for day in days if re.fullmatch(r"\d{4}-\d{2}-\d{2}", day))),
        blake2b(json.dumps(told, sort_keys=True, default=str).encode(), digest_size=16).digest(),
    )


def iterate_statements(path: Path) -> Iterator[Statement | Problem]:
    """Yield the statements of a file, and what is wrong with those that could not be read.

    Raises:
        ListUnreadable: See `iterate_json`.
    """
    for found in iterate_json(path):
        if isinstance(found, Problem):
            yield found
        else:
            yield from _read(*found)


def _read(row: int, raw: Any) -> Iterator[Statement | Problem]:
    if not isinstance(raw, dict):
        yield Problem(NO_STATEMENT, row=row)
        return
    new = isinstance(raw.get("recordDetails"), dict) or "recordType" in raw
    own_id = text_of(raw, "statementId") or text_of(raw, "statementID")
    kind = text_of(raw, "recordType") if new else _OLD_KINDS.get(str(raw.get("statementType")))
    details = raw.get("recordDetails") if new else raw
    key = text_of(raw, "recordId") if new else own_id
    if kind not in _KINDS or not isinstance(details, dict) or not (key or own_id):
        yield Problem(NO_STATEMENT, row=row, value=own_id)
        return
    if not key:
        yield Problem(NO_RECORD, row=row, value=own_id)
    day = text_of(raw, "statementDate")
    date = _sortable(day)
    if day and not date:
        yield Problem(BAD_DATE, row=row, column="statementDate", value=day[:200])
    parts = details.get("componentRecords") if new else details.get("componentStatementIDs")
    source = raw.get("source")
    yield Statement(
        row=row,
        key=str(key or own_id),
        id=str(own_id or key),
        kind=str(kind),
        date=date,
        day=day,
        closed=raw.get("recordStatus") == "closed",
        details=details,
        components=_texts(parts),
        replaces=() if new else _texts(raw.get("replacesStatements")),
        url=text_of(source, "url") if isinstance(source, dict) else None,
    )


def text_of(values: Mapping[str, Any], name: str) -> str | None:
    """Return a value that is a text, without blanks around; None if it is none or blank."""
    value = values.get(name)
    return value.strip() or None if isinstance(value, str) else None


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        return ()
    return tuple(each for each in values if isinstance(each, str) and each)


def _sortable(day: str | None) -> str:
    """Return a date or time as UTC in one form that sorts; blank if it is none."""
    try:
        moment = datetime.fromisoformat(day or "")
    except ValueError:
        return ""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC).isoformat()
    except OverflowError:
        return ""
