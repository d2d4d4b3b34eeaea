"""Any table as a list: a card tells which column holds what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from answerable.lists.columns import Columns, find_columns, open_table
from answerable.lists.grounds import classify
from answerable.lists.persons import is_person
from answerable.lists.reading import (
    Draft,
    Reading,
    hash_id,
    name_kind,
    number_repeats,
    read_date,
    split_cell,
)
from answerable.lists.tables import Row, Table
from answerable.model import Card, Company, Listing, PrintedLink, Problem
from answerable.model.company import NameKind
from answerable.model.countries import read_country


@dataclass(slots=True)
class _Entry:
    """A listing while it is being read; rows of one id of the issuer's make one."""

    rows: list[Row]
    draft: Draft = field(default_factory=Draft)
    links: dict[PrintedLink, None] = field(default_factory=dict)


def read_table_list(files: Mapping[str, Path], card: Card) -> Reading:
    """Return the companies of a table, as the card maps its columns.

    A row makes one company; where the card names an `id` column, all rows of one id make one. Blank
    cells stay blank. Where the issuer gives no id, one is made from name, countries and citation,
    so that the same company keeps its id in an edition with rows in another order.

    Args:
        files: One role to the file: CSV, XLSX, ODS or XLS.
        card: Its columns and options.

    Returns:
        Companies in row order, and problems: rows without a name, cells that are no country, date
        or well-formed identifier. The editions of the listings are blank.

    Raises:
        CardFaulty: The card maps no name, or a column that the table does not have.
        TableError: The file cannot be read as a table.

    Cost:
        The BIS Entity List (3,421 rows, 8,700 names) in about half a second.
    """
    table = open_table(files, card)
    columns = find_columns(table, card)
    problems = list(table.problems)
    entries = _gather(table, columns, problems)
    companies = [_company(entry, columns, card, problems) for entry in entries]
    return number_repeats(companies), tuple(problems)


def find_table_date(files: Mapping[str, Path], card: Card) -> str | None:
    """Return the latest day that the card's edition column holds; None without such a column.

    Raises:
        CardFaulty: The card maps a column that the table does not have.
        TableError: The file cannot be read as a table.
    """
    if "edition" not in card.columns:
        return None
    table = open_table(files, card)
    columns = find_columns(table, card)
    form = card.options.get("date_format")
    days = (read_date(columns.cell(row, "edition"), form) for row in table.rows)
    return max((day for day in days if day and len(day) == 10), default=None)


def _gather(table: Table, columns: Columns, problems: list[Problem]) -> list[_Entry]:
    """Put rows of one id together; without an id each row stands alone."""
    by_id: dict[str, _Entry] = {}
    entries: list[_Entry] = []
    for row in table.rows:
        if not columns.cell(row, "name"):
            problems.append(Problem("The row has no name; it was not read.", row=row.number))
            continue
        issuer_id = columns.cell(row, "id")
        if issuer_id in by_id:
            by_id[issuer_id].rows.append(row)
            continue
        entry = _Entry([row])
        entries.append(entry)
        if issuer_id:
            by_id[issuer_id] = entry
    return entries


def _company(entry: _Entry, columns: Columns, card: Card, problems: list[Problem]) -> Company:
    _add_names(entry, columns, card)
    for row in entry.rows:
        _add_facts(entry.draft, row, columns, problems)
    schema = _schema(entry, columns, card)
    listing = _listing(entry.rows, columns, card, schema, problems)
    _add_parent(entry, columns, card)
    company = entry.draft.company(_id(entry, columns, card, listing), schema)
    return replace(company, listings=(listing,), links=tuple(entry.links))


def _id(entry: _Entry, columns: Columns, card: Card, listing: Listing) -> str:
    issuer_id = columns.cell(entry.rows[0], "id")
    if issuer_id:
        return f"{card.id}:{issuer_id}"
    name, countries = columns.cell(entry.rows[0], "name"), " ".join(entry.draft.countries)
    return hash_id(card.id, name, countries, listing.citation or "")


def _add_names(entry: _Entry, columns: Columns, card: Card) -> None:
    kinds = card.options.get("name_kinds", {})
    rows = sorted(entry.rows, key=lambda row: _kind(row, columns, kinds) != "name")
    for place, row in enumerate(rows):
        kind: NameKind = _kind(row, columns, kinds) if place else "name"
        if place and kind == "name":
            kind = "alias"
        _add_main_name(entry, columns.cell(row, "name"), kind, card)
    for row in rows:
        _add_further_names(entry.draft, row, columns, card)


def _kind(row: Row, columns: Columns, kinds: Mapping[str, NameKind]) -> NameKind:
    return kinds.get(columns.cell(row, "name_kind"), "name")


def _add_main_name(entry: _Entry, printed: str, kind: NameKind, card: Card) -> None:
    """Add a row's own name: slips stripped, an embedded head company told apart."""
    draft = entry.draft
    if card.options.get("strip_trailing_commas"):
        printed = printed.rstrip(", ") or printed
    for rule in card.options.get("heads_in_names", ()):
        head, words, part = printed.partition(rule["words"])
        if not (words and head.strip() and part.strip()):
            continue
        role = rule["words"].strip(" .,;:-")
        entry.links[PrintedLink("UnknownLink", role, head.strip(), list=card.id, edition="")] = None
        if rule["becomes"] == "name":
            draft.add_name(part, kind)
            draft.add_name(printed, "alias")
        else:
            draft.add_name(printed, kind)
            draft.add_name(part, "weakAlias")
        return
    draft.add_name(printed, kind)
    if card.options.get("brackets") == "acronym":
        _add_bracketed(draft, printed)


def _add_bracketed(draft: Draft, printed: str) -> None:
    """Add the acronym in brackets at the end of a name, and the name without it."""
    if not printed.endswith(")") or printed.count("(") != 1:
        return
    plain, _, acronym = printed[:-1].partition("(")
    letters = acronym.strip()
    fits = letters.isalnum() and letters[:1].isupper() and sum(map(str.isupper, letters)) >= 2
    starts_alike = plain[:1].upper() == letters[:1]
    if not (plain.strip() and fits and starts_alike and 2 <= len(letters) <= 10):
        return
    if read_country(letters) is None:
        draft.add_name(plain, "alias")
        draft.add_name(letters, name_kind(letters, acronyms="weakAlias"))


def _add_further_names(draft: Draft, row: Row, columns: Columns, card: Card) -> None:
    acronyms: NameKind | None = card.options.get("acronyms")
    for value, _ in columns.cells(row, "aliases"):
        draft.add_name(value, name_kind(value, "alias", acronyms))
    for value, _ in columns.cells(row, "previous_names"):
        draft.add_name(value, "previousName")
    for value, _ in columns.cells(row, "weak_aliases"):
        draft.add_name(value, "weakAlias")


def _add_facts(draft: Draft, row: Row, columns: Columns, problems: list[Problem]) -> None:
    for value, heading in columns.cells(row, "countries"):
        problems.extend(draft.add_country(value, row.number, heading))
    parts = columns.several.get("addresses", ())
    values = [value for value, _ in columns.cells(row, "addresses")]
    for address in [", ".join(values)] if len(parts) > 1 else values:
        draft.add_address(address)
    country = next(iter(draft.countries), None) if len(draft.countries) == 1 else None
    for scheme, place, mark, printed in columns.identifiers:
        for value in split_cell(row.cells[place], mark):
            problems.extend(draft.add_identifier(scheme, value, printed or country, row.number))


def _schema(entry: _Entry, columns: Columns, card: Card) -> str:
    words = card.options.get("schemata", {})
    told = columns.first(entry.rows, "schema")
    if told in words:
        return str(words[told])
    recognise = card.options.get("persons") == "recognise"
    if recognise and is_person(columns.cell(entry.rows[0], "name")):
        return "Person"
    return str(card.options.get("schema", "LegalEntity"))


def _listing(
    rows: Sequence[Row], columns: Columns, card: Card, schema: str, problems: list[Problem]
) -> Listing:
    def cell(field_name: str) -> str | None:
        return columns.first(rows, field_name) or None

    printed = [value for row in rows for value, _ in columns.cells(row, "programs")]
    programs = tuple(dict.fromkeys(printed))
    fields = {"name": cell("name"), "ground": cell("ground"), "citation": cell("citation")}
    status = (cell("status") or "").lower()
    removed = status.startswith("removed")
    ended = read_date(status.removeprefix("removed")) if removed else None
    return Listing(
        list=card.id,
        edition="",
        ground=fields["ground"],
        ground_class=classify(card, {**fields, "programs": programs}),
        programs=programs,
        citation=fields["citation"],
        since=_date(rows, columns, card, "since", problems),
        until=_date(rows, columns, card, "until", problems) or ended,
        remarks=None if schema == "Person" else cell("remarks"),
        url=cell("url") or card.url,
        status="removed" if removed else "listed",
    )


def _date(
    rows: Sequence[Row], columns: Columns, card: Card, field_name: str, problems: list[Problem]
) -> str | None:
    value = columns.first(rows, field_name)
    day = read_date(value, card.options.get("date_format")) if value else None
    if value and day is None:
        sentence = "The date could not be read; the row was read without it."
        heading = columns.several[field_name][0][2]
        row = next(row.number for row in rows if columns.cell(row, field_name))
        problems.append(Problem(sentence, row=row, column=heading, value=value[:200]))
    return day


def _add_parent(entry: _Entry, columns: Columns, card: Card) -> None:
    role = card.options.get("parent_role", "parent")
    for row in entry.rows:
        parent = columns.cell(row, "parent")
        if parent:
            entry.links[PrintedLink("UnknownLink", role, parent, list=card.id, edition="")] = None
