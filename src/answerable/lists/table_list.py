"""Any table as a list: a card tells which column holds what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from answerable.errors import CardFaulty
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
    tidy,
)
from answerable.lists.tables import Row, Table, read_table
from answerable.model import Card, Company, Link, Listing, Problem
from answerable.model.company import NameKind
from answerable.model.countries import read_country

_SINGLE = (
    "name", "name_kind", "ground", "citation", "since", "until", "status", "parent", "remarks",
    "url", "id", "schema", "edition",
)  # fmt: skip
_SEVERAL = ("aliases", "weak_aliases", "previous_names", "countries", "addresses", "programs")


@dataclass(frozen=True, slots=True)
class _Columns:
    """A card's columns, found in a table: field to the places and splits of its columns."""

    several: Mapping[str, tuple[tuple[int, str | None, str], ...]]
    identifiers: tuple[tuple[str, int, str | None, str | None], ...]

    def cell(self, row: Row, field_name: str) -> str:
        """Return the cell of a field that has one column; blank if the card has none."""
        for place, _, _ in self.several.get(field_name, ()):
            return tidy(row.cells[place])
        return ""

    def cells(self, row: Row, field_name: str) -> Iterator[tuple[str, str]]:
        """Yield each value of a field with the heading of its column."""
        for place, mark, heading in self.several.get(field_name, ()):
            for value in split_cell(row.cells[place], mark):
                yield value, heading


@dataclass(slots=True)
class _Entry:
    """A listing while it is being read; rows of one id of the issuer's make one."""

    rows: list[Row]
    draft: Draft = field(default_factory=Draft)
    links: dict[Link, None] = field(default_factory=dict)


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
    columns = _find_columns(table, card)
    problems = list(table.problems)
    entries = _gather(table, columns, problems)
    companies = [_company(entry, columns, card, problems) for entry in entries]
    return number_repeats(companies), tuple(problems)


def open_table(files: Mapping[str, Path], card: Card) -> Table:
    """Return the table of a list, read with the card's options.

    Raises:
        TableError: The file cannot be read as a table.
    """
    [path] = list(files.values())[:1]
    wanted = set(_headings(card))

    def find_headings(rows: Sequence[tuple[str, ...]]) -> tuple[int | None, float]:
        found = [len(wanted & {" ".join(cell.split()) for cell in row}) for row in rows]
        best = max(found, default=0)
        return found.index(best) if found else None, float(best)

    is_text = path.suffix.lower() not in (".xlsx", ".ods", ".xls")
    return read_table(
        path,
        sheet=card.options.get("sheet"),
        encoding=card.options.get("encoding") if is_text else None,
        delimiter=card.options.get("delimiter") if is_text else None,
        find_headings=find_headings,
    )


def find_table_date(files: Mapping[str, Path], card: Card) -> str | None:
    """Return the latest day that the card's edition column holds; None without such a column.

    Raises:
        CardFaulty: The card maps a column that the table does not have.
        TableError: The file cannot be read as a table.
    """
    if "edition" not in card.columns:
        return None
    table = open_table(files, card)
    columns = _find_columns(table, card)
    form = card.options.get("date_format")
    days = (read_date(columns.cell(row, "edition"), form) for row in table.rows)
    return max((day for day in days if day and len(day) == 10), default=None)


def _headings(card: Card) -> Iterator[str]:
    for spec in card.columns.values():
        nested = spec.values() if isinstance(spec, dict) and "heading" not in spec else [spec]
        for each in nested:
            yield from (heading for heading, _, _ in _specs(each))


def _specs(spec: Any) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield heading, split and country of what a card says of a field's columns."""
    if isinstance(spec, list):
        for each in spec:
            yield from _specs(each)
    elif isinstance(spec, dict):
        yield spec["heading"], spec.get("split"), spec.get("country")
    elif spec is not None:
        yield spec, None, None


def _find_columns(table: Table, card: Card) -> _Columns:
    if "name" not in card.columns:
        raise CardFaulty(card.id, "columns.name", "the reader table needs the column of the names")
    places = {heading.strip(): place for place, heading in enumerate(table.headings)}

    def place_of(heading: str, field_name: str) -> int:
        if heading.strip() not in places:
            shown = ", ".join(repr(each) for each in table.headings[:40])
            why = f"{table.file_name} has no column {heading!r}; it has {shown}"
            raise CardFaulty(card.id, f"columns.{field_name}", why)
        return places[heading.strip()]

    several = {
        name: tuple(
            (place_of(heading, name), mark, heading)
            for heading, mark, _ in _specs(card.columns.get(name))
        )
        for name in (*_SINGLE, *_SEVERAL)
    }
    identifiers = tuple(
        (scheme, place_of(heading, f"identifiers.{scheme}"), mark, country)
        for scheme, spec in card.columns.get("identifiers", {}).items()
        for heading, mark, country in _specs(spec)
    )
    return _Columns(several, identifiers)


def _gather(table: Table, columns: _Columns, problems: list[Problem]) -> list[_Entry]:
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


def _company(entry: _Entry, columns: _Columns, card: Card, problems: list[Problem]) -> Company:
    first = entry.rows[0]
    _add_names(entry, columns, card)
    for row in entry.rows:
        _add_facts(entry.draft, row, columns, problems)
    schema = _schema(entry, columns, card)
    listing = _listing(first, columns, card, schema, problems)
    citation = listing.citation or ""
    issuer_id = columns.cell(first, "id")
    company_id = (
        f"{card.id}:{issuer_id}"
        if issuer_id
        else hash_id(
            card.id, columns.cell(first, "name"), " ".join(entry.draft.countries), citation
        )
    )
    _add_parent(entry, columns, card)
    company = entry.draft.company(company_id, schema)
    return replace(company, listings=(listing,), links=tuple(entry.links))


def _add_names(entry: _Entry, columns: _Columns, card: Card) -> None:
    kinds = card.options.get("name_kinds", {})
    rows = sorted(entry.rows, key=lambda row: _kind(row, columns, kinds) != "name")
    for place, row in enumerate(rows):
        kind: NameKind = _kind(row, columns, kinds) if place else "name"
        if place and kind == "name":
            kind = "alias"
        _add_main_name(entry, columns.cell(row, "name"), kind, card)
    for row in rows:
        _add_further_names(entry.draft, row, columns, card)


def _kind(row: Row, columns: _Columns, kinds: Mapping[str, NameKind]) -> NameKind:
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
        entry.links[Link("UnknownLink", role, head.strip(), list=card.id, edition="")] = None
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


def _add_further_names(draft: Draft, row: Row, columns: _Columns, card: Card) -> None:
    acronyms: NameKind | None = card.options.get("acronyms")
    for value, _ in columns.cells(row, "aliases"):
        draft.add_name(value, name_kind(value, "alias", acronyms))
    for value, _ in columns.cells(row, "previous_names"):
        draft.add_name(value, "previousName")
    for value, _ in columns.cells(row, "weak_aliases"):
        draft.add_name(value, "weakAlias")


def _add_facts(draft: Draft, row: Row, columns: _Columns, problems: list[Problem]) -> None:
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


def _schema(entry: _Entry, columns: _Columns, card: Card) -> str:
    words = card.options.get("schemata", {})
    told = columns.cell(entry.rows[0], "schema")
    if told in words:
        return str(words[told])
    recognise = card.options.get("persons") == "recognise"
    if recognise and is_person(columns.cell(entry.rows[0], "name")):
        return "Person"
    return str(card.options.get("schema", "LegalEntity"))


def _listing(
    row: Row, columns: _Columns, card: Card, schema: str, problems: list[Problem]
) -> Listing:
    programs = tuple(value for value, _ in columns.cells(row, "programs"))
    citation = columns.cell(row, "citation") or None
    ground = columns.cell(row, "ground") or None
    fields = {
        "name": columns.cell(row, "name"),
        "ground": ground,
        "citation": citation,
        "programs": programs,
    }
    status = columns.cell(row, "status").lower()
    removed = status.startswith("removed")
    return Listing(
        list=card.id,
        edition="",
        ground=ground,
        ground_class=classify(card, fields),
        programs=programs,
        citation=citation,
        since=_date(row, columns, card, "since", problems),
        until=_date(row, columns, card, "until", problems)
        or (read_date(status.removeprefix("removed")) if removed else None),
        remarks=None if schema == "Person" else columns.cell(row, "remarks") or None,
        url=columns.cell(row, "url") or card.url,
        status="removed" if removed else "listed",
    )


def _date(
    row: Row, columns: _Columns, card: Card, field_name: str, problems: list[Problem]
) -> str | None:
    value = columns.cell(row, field_name)
    if not value:
        return None
    day = read_date(value, card.options.get("date_format"))
    if day is None:
        sentence = "The date could not be read; the row was read without it."
        heading = columns.several[field_name][0][2]
        problems.append(Problem(sentence, row=row.number, column=heading, value=value[:200]))
    return day


def _add_parent(entry: _Entry, columns: _Columns, card: Card) -> None:
    role = card.options.get("parent_role", "parent")
    for row in entry.rows:
        parent = columns.cell(row, "parent")
        if parent:
            entry.links[Link("UnknownLink", role, parent, list=card.id, edition="")] = None
