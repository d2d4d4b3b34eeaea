"""Any table of links: a card tells which column holds owner, owned company, share and dates."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from answerable.errors import CardFaulty
from answerable.lists.columns import open_table
from answerable.lists.links.gathering import Item, numbered_party, read_day, unknown_party
from answerable.lists.links.interests import SHARED, kind_of, read_interest
from answerable.lists.links.shares import EMPTY_RANGE, bound_share, read_share
from answerable.lists.persons import is_person
from answerable.lists.reading import Draft, hash_id, tidy
from answerable.lists.tables import Row
from answerable.model import ANY_SHARE, WHOLE, Card, Link, LinkSource, Problem, Share
from answerable.model.link import Directness, Interest, LinkKind

NO_TARGET = "The row names no owned company; it was not read."
NO_OWNER = "The row names no owner; the owner was kept as not known."
NO_INTEREST = "The type of interest is not known; it was kept as an unknown one."
NO_FRACTION = "The share is no part of one between 0 and 1; it was taken as not known."

_SIDES = ("owner", "target")
_SINGLE = (
    "owner", "owner_id", "owner_country", "owner_schema",
    "target", "target_id", "target_country", "target_schema",
    "share", "share_min", "share_max", "interest", "direct", "role", "start", "end",
    "citation", "url",
)  # fmt: skip

_PART = re.compile(r"\d{1,3}(\.\d{1,30})?|\d{1,9}/[1-9]\d{0,8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a card's columns stand: of single fields, and of identifiers by side and scheme."""

    single: Mapping[str, tuple[int, str]]
    identifiers: Mapping[str, tuple[tuple[str, int, str | None], ...]]

    def cell(self, row: Row, name: str) -> str:
        """Return the cell of a field; blank if the card has no column for it."""
        return tidy(row.cells[self.single[name][0]]) if name in self.single else ""

    def heading(self, name: str) -> str | None:
        """Return the heading of a field's column."""
        return self.single[name][1] if name in self.single else None


def stream_link_table(files: Mapping[str, Path], card: Card) -> Iterator[Item]:
    """Yield the nodes and links of a table, one link a row, as the card maps its columns.

    A blank share is not known; it is never 0. Rows of one owner and one company stay links of
    their own, so that a share before and one after do not add up where the dates tell them apart.

    Args:
        files: One role to the file: CSV, XLSX, ODS or XLS.
        card: Its columns `owner` and `target` are needed; `options.share_unit` tells percent from
            parts of one, `options.interest` is the interest where no column tells it.

    Raises:
        CardFaulty: The card maps no owner or target, or a column that the table does not have.
        TableError: The file cannot be read as a table.

    Cost:
        The table is held in memory; see `read_table`.
    """
    table = open_table(files, card)
    columns = _find(table.headings, card)
    yield from table.problems
    for row in table.rows:
        yield from _row(row, columns, card)


def _find(headings: tuple[str, ...], card: Card) -> _Columns:
    places = {heading.strip(): place for place, heading in enumerate(headings)}

    def place_of(spec: Any, name: str) -> tuple[int, str]:
        heading = str(spec["heading"] if isinstance(spec, dict) else spec).strip()
        if heading not in places:
            shown = ", ".join(map(repr, headings[:40]))
            raise CardFaulty(card.id, f"columns.{name}", f"no column {heading!r}; it has {shown}")
        return places[heading], heading

    for needed in ("owner", "target"):
        if needed not in card.columns and f"{needed}_id" not in card.columns:
            why = "the reader links_table needs a column of names or one of ids"
            raise CardFaulty(card.id, f"columns.{needed}", why)
    single = {name: place_of(card.columns[name], name) for name in _SINGLE if name in card.columns}
    identifiers = {
        side: tuple(
            (scheme, place_of(spec, f"{side}_identifiers.{scheme}")[0], _country(spec))
            for scheme, spec in card.columns.get(f"{side}_identifiers", {}).items()
        )
        for side in _SIDES
    }
    return _Columns(single, identifiers)


def _country(spec: Any) -> str | None:
    return spec.get("country") if isinstance(spec, dict) else None


def _row(row: Row, columns: _Columns, card: Card) -> Iterator[Item]:
    target, items = _party(row, "target", columns, card, "")
    if target is None:
        yield Problem(NO_TARGET, row=row.number, column=columns.heading("target"))
        return
    yield from items
    owner, items = _party(row, "owner", columns, card, target)
    if owner is None:
        yield Problem(NO_OWNER, row=row.number, column=columns.heading("owner"))
        unknown = unknown_party(f"{card.id}:row-{row.number}#owner", None)
        owner, items = unknown.id, [unknown]
    yield from items
    yield from _link(row, owner, target, columns, card)


def _party(
    row: Row, side: str, columns: _Columns, card: Card, other: str
) -> tuple[str | None, list[Item]]:
    """Return the id of one side's node, and the node with its problems; None if all is blank.

    Without an id a company is known by its name and country; a natural person only together with
    the company that is owned, since two persons may bear one name.
    """
    name, own_id = columns.cell(row, side), columns.cell(row, f"{side}_id")
    if not name and not own_id:
        return None, []
    draft = Draft()
    draft.add_name(name, "name")
    place = columns.cell(row, f"{side}_country")
    items: list[Item] = [
        *draft.add_country(place, row.number, columns.heading(f"{side}_country") or "")
    ]
    country = next(iter(draft.countries), None)
    for scheme, at, printed in columns.identifiers[side]:
        items += draft.add_identifier(scheme, row.cells[at], printed or country, row.number)
    schema = _schema(columns.cell(row, f"{side}_schema"), name, card)
    first = next(iter(draft.identifiers), None)
    if own_id:
        node_id = f"{card.id}:{own_id}"
    elif first is not None and schema != "Person":
        node_id = f"{card.id}:{first.scheme}-{first.value}"
    else:
        person = [other] if schema == "Person" else []
        node_id = hash_id(card.id, name, country or "", *person)
    node = draft.company(node_id, schema) if name else numbered_party(node_id, schema, own_id)
    return node_id, [*items, node]


def _schema(told: str, name: str, card: Card) -> str:
    words = card.options.get("schemata", {})
    if told in words:
        return str(words[told])
    if card.options.get("persons") == "recognise" and is_person(name):
        return "Person"
    return str(card.options.get("schema", "LegalEntity"))


def _link(row: Row, owner: str, target: str, columns: _Columns, card: Card) -> Iterator[Item]:
    kind, interest, problems = _interest(row, columns, card)
    share, fault = _share(row, columns, card)
    if fault:
        shown = " ".join(columns.cell(row, name) for name in ("share", "share_min", "share_max"))
        heading = columns.heading("share") or columns.heading("share_min")
        problems.append(Problem(fault, row=row.number, column=heading, value=shown.strip()[:200]))
    start, more = _day(row, "start", columns, card)
    end, others = _day(row, "end", columns, card)
    yield from (*problems, *more, *others)
    url = columns.cell(row, "url")
    yield Link(
        id=f"{card.id}:row-{row.number}",
        kind=kind,
        owner=owner,
        target=target,
        source=LinkSource(
            card.id,
            citation=columns.cell(row, "citation") or f"row {row.number}",
            url=url if url.startswith(("https://", "http://")) else None,
        ),
        interest=interest,
        share=share or (ANY_SHARE if interest in SHARED else None),
        directness=_directness(columns.cell(row, "direct")),
        role=columns.cell(row, "role") or None,
        start=start,
        end=end,
    )


def _interest(
    row: Row, columns: _Columns, card: Card
) -> tuple[LinkKind, Interest | None, list[Problem]]:
    """Return kind and interest: by the row's word, else by the card; else ownership of a share."""
    told = columns.cell(row, "interest")
    kind: LinkKind | None = card.options.get("link_kind")
    if not told and kind is not None and "interest" not in card.options:
        return kind, None, []
    word = told or str(card.options.get("interest", "shareholding"))
    interest, known = read_interest(card.options.get("interests", {}).get(word, word))
    problems = [] if known else [Problem(NO_INTEREST, row=row.number, value=told[:200])]
    return kind or kind_of(interest), interest, problems


def _share(row: Row, columns: _Columns, card: Card) -> tuple[Share | None, str | None]:
    """Return the range of a row: of its share, or between its least and greatest."""
    texts = [columns.cell(row, name) for name in ("share", "share_min", "share_max")]
    if not any(texts):
        return None, None
    read = [_one(text, card) if text else (None, None) for text in texts]
    fault = next((each for _, each in read if each), None)
    if fault:
        return ANY_SHARE, fault
    share, least, greatest = (each for each, _ in read)
    if share is not None:
        return share, None
    low, low_open = (least.low, least.low_open) if least else (0, False)
    high, high_open = (greatest.high, greatest.high_open) if greatest else (WHOLE, False)
    if low > high or (low == high and (low_open or high_open)):
        return ANY_SHARE, EMPTY_RANGE
    return Share(low, high, low_open, high_open), None


def _one(text: str, card: Card) -> tuple[Share, str | None]:
    if card.options.get("share_unit", "percent") == "percent":
        return read_share(text)
    plain = text.replace(",", ".")
    part = Fraction(plain) if _PART.fullmatch(plain) else None
    if part is None or part > 1:
        return ANY_SHARE, NO_FRACTION
    return bound_share(100 * part, 100 * part)


def _day(row: Row, name: str, columns: _Columns, card: Card) -> tuple[str | None, list[Problem]]:
    heading, form = columns.heading(name) or "", card.options.get("date_format")
    return read_day(columns.cell(row, name), row.number, heading, form)


def _directness(told: str) -> Directness:
    word = told.strip().lower()
    if word in ("direct", "yes", "true", "1"):
        return "direct"
    return "indirect" if word in ("indirect", "no", "false", "0") else "unknown"
