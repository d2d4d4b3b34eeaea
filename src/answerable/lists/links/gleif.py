"""GLEIF level 2: who consolidates whom in its accounts, who is whose branch, who reports nothing.

The files are the golden copies as CSV: relationship records, and beside them, where they are given,
reporting exceptions and the level-1 records with the names. They are told by their headings. They
are read row by row, and not as tables, since the level-1 file has millions of rows of 300 columns.
"""

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from io import TextIOWrapper
from pathlib import Path

from answerable.errors import ListUnreadable
from answerable.lists.links.gathering import Item, numbered_party, read_day, unknown_party
from answerable.lists.links.packed import open_unpacked
from answerable.lists.links.shares import bound_share
from answerable.lists.reading import Draft, tidy
from answerable.model import ANY_SHARE, Card, Link, LinkSource, Problem, Share
from answerable.model.link import Directness, Interest, LinkKind

NO_NODES = "The row lacks a party or the type of the relationship; it was not read."
NO_TYPE = "The type of the relationship is not known; it was kept as an unknown link."
WITHDRAWN = "The record was withdrawn (annulled, a duplicate or erroneous); it makes no link."
NO_DAY = "The relationship has ended without a day; it makes no link."
NO_UNIT = "The quantifier is no percentage over 1, so its unit is not sure; it was not taken."
OTHER_WIDTH = "The row has another number of cells than the headings; it was not read."

_RELATIONS: dict[str, tuple[LinkKind, Interest | None, Directness]] = {
    "IS_DIRECTLY_CONSOLIDATED_BY": ("control", "unknownInterest", "direct"),
    "IS_ULTIMATELY_CONSOLIDATED_BY": ("control", "unknownInterest", "indirect"),
    "IS_INTERNATIONAL_BRANCH_OF": ("same", None, "direct"),
    "IS_FUND-MANAGED_BY": ("unknown", None, "direct"),
    "IS_SUBFUND_OF": ("unknown", None, "direct"),
    "IS_FEEDER_TO": ("unknown", None, "direct"),
}
"""Type to kind of link, interest and directness. A branch is no legal person beside its head."""

_WITHDRAWN = frozenset(("ANNULLED", "DUPLICATE", "ERRONEOUS"))
_ROLES = {
    "Relationship.StartNode.NodeID": "relations",
    "Exception.Category": "exceptions",
    "Entity.LegalName": "names",
}
_MOST_PERIODS = 5
_MOST_REASONS = 5
_ADDRESS = "https://search.gleif.org/#/record/"

Row = Mapping[str, str]


def stream_gleif(files: Mapping[str, Path], card: Card) -> Iterator[Item]:
    """Yield the nodes and links of GLEIF level-2 files.

    Consolidation is control as accountants see it, and no share: the size of the holding is not
    known, unless a record states a percentage. A reporting exception makes a link to an unknown
    parent, with the reason as stated.

    Args:
        files: The golden copy files in CSV, as ZIP or unpacked: relationship records and, if
            given, reporting exceptions and level-1 records; their headings tell them apart.
        card: For the list's id.

    Yields:
        Links, problems, and the nodes at the end: with their names where level-1 records are given,
        else by their LEI only.

    Raises:
        ListUnreadable: A file cannot be read or is none of these.

    Source:
        GLEIF, Relationship Record CDF 2.1, Reporting Exceptions 2.1, LEI CDF 3.1.

    Cost:
        100,000 relationship records of 54 columns in 5 s on one core of a busy machine; 100 bytes
        of memory per LEI.
    """
    told = {role: path for path in files.values() for role in [_role(path)]}
    leis: dict[str, None] = {}
    faults: list[Problem] = []
    for row, cells in _rows(told.get("relations"), faults):
        yield from _relation(row, cells, card, leis)
    for row, cells in _rows(told.get("exceptions"), faults):
        yield from _exception(row, cells, card, leis)
    named: set[str] = set()
    for row, cells in _rows(told.get("names"), faults):
        lei = cells.get("LEI", "").strip().upper()
        if lei in leis:
            named.add(lei)
            yield from _named(row, lei, cells, card)
    yield from faults
    for lei in leis:
        if lei not in named:
            yield from _numbered(lei, card)


def _role(path: Path) -> str:
    headings = next((cells for _, cells in _records(path)), [])
    for heading, role in _ROLES.items():
        if heading in headings:
            return role
    why = "its headings are none of relationship records, reporting exceptions or level-1 records"
    raise ListUnreadable(path.name, why, "Give the golden copy files as CSV.")


def _records(path: Path) -> Iterator[tuple[int, list[str]]]:
    try:
        with (
            open_unpacked(path) as data,
            TextIOWrapper(data, encoding="utf-8-sig", errors="replace", newline="") as file,
        ):
            reader = csv.reader(file)
            for cells in reader:
                yield reader.line_num, cells
    except csv.Error as error:
        raise ListUnreadable(path.name, str(error)) from error


def _rows(path: Path | None, faults: list[Problem]) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a file under their headings; rows of another width go to the faults."""
    if path is None:
        return
    records = _records(path)
    headings = [heading.strip() for heading in next(records)[1]]
    for row, cells in records:
        if len(cells) == len(headings):
            yield row, dict(zip(headings, cells, strict=True))
        elif cells:
            faults.append(Problem(OTHER_WIDTH, row=row))


def _relation(row: int, cells: Row, card: Card, leis: dict[str, None]) -> Iterator[Item]:
    target = _node(cells, "Start")
    owner = _node(cells, "End")
    kind = cells.get("Relationship.RelationshipType", "").strip().upper()
    if not (target and owner and kind):
        yield Problem(NO_NODES, row=row)
        return
    if cells.get("Registration.RegistrationStatus", "").strip().upper() in _WITHDRAWN:
        yield Problem(WITHDRAWN, row=row, value=target)
        return
    if kind not in _RELATIONS:
        yield Problem(NO_TYPE, row=row, value=kind[:200])
    start, end, problems = _period(row, cells)
    yield from problems
    if end is None and cells.get("Relationship.RelationshipStatus", "").upper() == "INACTIVE":
        yield Problem(NO_DAY, row=row, value=target)
        return
    what, interest, directness = _RELATIONS.get(kind, ("unknown", None, "unknown"))
    share, fault = _share(cells) if what == "control" else (None, None)
    if fault:
        yield Problem(fault, row=row, column="Relationship.Quantifiers.1.QuantifierAmount")
    leis.update({owner: None, target: None})
    yield Link(
        id=f"{card.id}:{target}/{kind}/{owner}",
        kind=what,
        owner=f"{card.id}:{owner}",
        target=f"{card.id}:{target}",
        source=LinkSource(card.id, citation=f"{target} {kind} {owner}", url=f"{_ADDRESS}{target}"),
        interest=interest,
        share=share,
        directness=directness,
        role=kind,
        start=start,
        end=end,
    )


def _node(cells: Row, which: str) -> str:
    return tidy(cells.get(f"Relationship.{which}Node.NodeID", "")).upper()[:40]


def _period(row: int, cells: Row) -> tuple[str | None, str | None, list[Problem]]:
    """Return start and end of the relationship; an accounting year or a filing's is none."""
    for number in range(1, _MOST_PERIODS + 1):
        name = f"Relationship.Period.{number}"
        if cells.get(f"{name}.periodType", "").strip() == "RELATIONSHIP_PERIOD":
            start, problems = read_day(cells.get(f"{name}.startDate"), row, f"{name}.startDate")
            end, more = read_day(cells.get(f"{name}.endDate"), row, f"{name}.endDate")
            return start, end, [*problems, *more]
    return None, None, []


def _share(cells: Row) -> tuple[Share, str | None]:
    """Return the percentage that a record states; up to 1 it may be a part of one, and is not."""
    name = "Relationship.Quantifiers.1"
    amount = cells.get(f"{name}.QuantifierAmount", "").strip()
    if not amount:
        return ANY_SHARE, None
    try:
        number = Decimal(amount)
    except InvalidOperation:
        return ANY_SHARE, NO_UNIT
    unit = cells.get(f"{name}.QuantifierUnits", "").strip().upper()
    if unit != "PERCENTAGE" or not number.is_finite() or number <= 1:
        return ANY_SHARE, NO_UNIT
    return bound_share(number, number)


def _exception(row: int, cells: Row, card: Card, leis: dict[str, None]) -> Iterator[Item]:
    lei = tidy(cells.get("LEI", "")).upper()[:40]
    category = cells.get("Exception.Category", "").strip().upper()
    found = (cells.get(f"Exception.Reason.{n}", "").strip() for n in range(1, _MOST_REASONS + 1))
    reasons = ", ".join(filter(None, found))
    if not lei or not category:
        yield Problem(NO_NODES, row=row)
        return
    ultimate = category.startswith("ULTIMATE")
    leis[lei] = None
    parent = unknown_party(f"{card.id}:{lei}/{category}", reasons, category)
    yield parent
    yield Link(
        id=f"{parent.id}#1",
        kind="control",
        owner=parent.id,
        target=f"{card.id}:{lei}",
        source=LinkSource(card.id, citation=f"{lei} {category}", url=f"{_ADDRESS}{lei}"),
        interest="unknownInterest",
        share=ANY_SHARE,
        directness="indirect" if ultimate else "direct",
        role=f"{category}: {reasons}"[:500],
    )


def _named(row: int, lei: str, cells: Row, card: Card) -> Iterator[Item]:
    draft = Draft()
    draft.add_name(cells.get("Entity.LegalName", ""), "name")
    for number in range(1, 6):
        draft.add_name(cells.get(f"Entity.OtherEntityNames.OtherEntityName.{number}", ""), "alias")
    yield from draft.add_country(cells.get("Entity.LegalAddress.Country", ""), row, "Country")
    yield from draft.add_identifier("LEI", lei, None, row)
    if draft.names:
        yield draft.company(f"{card.id}:{lei}", "LegalEntity")
    else:
        yield numbered_party(f"{card.id}:{lei}", "LegalEntity", f"LEI {lei}")


def _numbered(lei: str, card: Card) -> Iterator[Item]:
    draft = Draft()
    draft.add_name(f"LEI {lei}", "weakAlias")
    yield from draft.add_identifier("LEI", lei, None, None)
    yield draft.company(f"{card.id}:{lei}", "LegalEntity")
