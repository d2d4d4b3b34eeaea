"""OFAC's legacy files: three CSV files without headings, for entries, aliases and addresses.

`-0-` means blank. The last line may be a lone 0x1A byte, which is no row. A row that is cut
short is read as far as it goes, with a problem.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from answerable.errors import ListUnreadable
from answerable.lists.grounds import classify
from answerable.lists.reading import Draft, Reading, number_repeats, tidy
from answerable.lists.remarks import Remarks, read_remarks
from answerable.lists.tables import Row, read_table
from answerable.model import Card, Company, Listing, PrintedLink, Problem
from answerable.model.company import NameKind

_COLUMNS = {
    "prim": (
        "ent_num", "name", "type", "program", "title", "call_sign",
        "vessel_type", "tonnage", "GRT", "vessel_flag", "vessel_owner", "remarks",
    ),
    "alt": ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks"),
    "add": ("ent_num", "add_num", "address", "city", "country", "add_remarks"),
}  # fmt: skip
_SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane"}
_ALIAS_KINDS: dict[str, NameKind] = {"aka": "alias", "fka": "previousName", "nka": "alias"}


@dataclass(slots=True)
class _Entry:
    """One entry while it is being read: its row and what the other files add to it."""

    row: int
    cells: Mapping[str, str]
    draft: Draft = field(default_factory=Draft)


def read_ofac(files: Mapping[str, Path], card: Card) -> Reading:
    """Return the entries of OFAC's three legacy files, whether SDN or consolidated.

    One entry makes one company or other node, its id OFAC's entity number. Entities become
    `LegalEntity`; individuals `Person` (names, countries, programmes and ties alone), vessels
    `Vessel`, aircraft `Airplane`: these are kept and never matched. `nka` (now known as) is read as
    an alias, `fka` as a former name. No ground is given, because the files state none.

    Args:
        files: The roles `prim`, `alt` and `add` to their files.
        card: For the list's id and the classes of ground.

    Returns:
        Entries in the order of the first file, and problems: rows cut short, aliases or addresses
        of no entry, countries that are not known. The editions of the listings are blank.

    Raises:
        ListUnreadable: A file is missing, or no row of the first has an entity number.
        TableError: A file cannot be read as a table.

    Source:
        OFAC, Specially Designated Nationals and Blocked Persons data specification (legacy).

    Cost:
        14,000 names and 14,000 addresses (SDN of 2021) in about a second.
    """
    for role in _COLUMNS:
        if role not in files:
            raise ListUnreadable(card.id, f"the file for {role} is missing", _ADVICE)
    problems: list[Problem] = []
    entries = _read_entries(files["prim"], problems)
    _add_aliases(files["alt"], entries, problems)
    _add_addresses(files["add"], entries, problems)
    companies = [_company(number, entry, card, problems) for number, entry in entries.items()]
    return number_repeats(companies), tuple(problems)


_ADVICE = "OFAC publishes three files; give all of them: entries, aliases (alt), addresses (add)."


def _read_entries(path: Path, problems: list[Problem]) -> dict[str, _Entry]:
    entries: dict[str, _Entry] = {}
    for row, cells in _rows(path, "prim", problems):
        number = cells["ent_num"]
        if not cells["name"]:
            problems.append(Problem("The entry has no name; it was not read.", row=row))
            continue
        if number in entries:
            sentence = "The entity number repeats; the row was kept under a number of its own."
            problems.append(Problem(sentence, row=row, column="ent_num", value=number))
            number = f"{number}-row{row}"
        entries[number] = _Entry(row, cells)
        entries[number].draft.add_name(cells["name"], "name")
    if not entries:
        raise ListUnreadable(path.name, "no row begins with an entity number")
    return entries


def _add_aliases(path: Path, entries: dict[str, _Entry], problems: list[Problem]) -> None:
    for row, cells in _rows(path, "alt", problems):
        entry = entries.get(cells["ent_num"])
        if entry is None:
            problems.append(_orphan("alias", row, cells["ent_num"]))
        elif cells["alt_name"]:
            entry.draft.add_name(cells["alt_name"], _ALIAS_KINDS.get(cells["alt_type"], "alias"))


def _add_addresses(path: Path, entries: dict[str, _Entry], problems: list[Problem]) -> None:
    for row, cells in _rows(path, "add", problems):
        entry = entries.get(cells["ent_num"])
        if entry is None:
            problems.append(_orphan("address", row, cells["ent_num"]))
            continue
        parts = (cells["address"], cells["city"], cells["country"])
        entry.draft.add_address(", ".join(part for part in parts if part))
        problems.extend(entry.draft.add_country(cells["country"], row, "country"))


def _orphan(what: str, row: int, number: str) -> Problem:
    sentence = f"The {what} belongs to no entry of the first file; it was not read."
    return Problem(sentence, row=row, column="ent_num", value=number)


def _rows(path: Path, role: str, problems: list[Problem]) -> Iterator[tuple[int, dict[str, str]]]:
    columns = _COLUMNS[role]
    table = read_table(path, header=False, encoding=_encoding(path), delimiter=",")
    problems.extend(table.problems)
    for row in table.rows:
        if _is_end_mark(row):
            continue
        cells = [_value(cell) for cell in row.cells]
        if not cells[0].isdecimal():
            sentence = "The row does not begin with an entity number; it was not read."
            problems.append(Problem(sentence, row=row.number, column="ent_num", value=cells[0]))
            continue
        cells += [""] * (len(columns) - len(cells))
        yield row.number, dict(zip(columns, cells, strict=False))


def _is_end_mark(row: Row) -> bool:
    return not "".join(row.cells).strip(" \x1a")


def _value(cell: str) -> str:
    value = tidy(cell)
    return "" if value in ("-0-", "-0") else value


def _encoding(path: Path) -> str:
    """Return UTF-8 if the bytes are, else Windows-1252, which OFAC's older files are in."""
    try:
        path.read_bytes().decode("utf-8")
    except OSError as error:
        raise ListUnreadable(path.name, error.strerror or str(error)) from error
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _company(number: str, entry: _Entry, card: Card, problems: list[Problem]) -> Company:
    cells, draft = entry.cells, entry.draft
    schema = _SCHEMATA.get(cells["type"].lower(), "LegalEntity")
    found = read_remarks(cells["remarks"])
    for country in found.countries:
        draft.countries[country] = None
    if schema == "Vessel":
        problems.extend(draft.add_country(cells["vessel_flag"], entry.row, "vessel_flag"))
    if schema != "Person":
        _add_remarks(found, draft, entry.row, problems)
    company = draft.company(f"{card.id}:{number}", schema)
    return replace(
        company,
        listings=(_listing(cells, found, card, schema),),
        links=tuple(_links(cells, found, card)),
    )


def _add_remarks(found: Remarks, draft: Draft, row: int, problems: list[Problem]) -> None:
    for name in found.issuer_names:
        draft.add_name(name, "alias")
    for name in found.weak_aliases:
        draft.add_name(name, "weakAlias")
    for scheme, value, country in found.identifiers:
        problems.extend(draft.add_identifier(scheme, value, country, row))


def _listing(cells: Mapping[str, str], found: Remarks, card: Card, schema: str) -> Listing:
    programs = tuple(each.strip("[] ") for each in cells["program"].split("] [") if each)
    return Listing(
        list=card.id,
        edition="",
        ground_class=classify(card, {"name": cells["name"], "programs": programs}),
        programs=programs,
        since=found.since,
        remarks=None if schema == "Person" else cells["remarks"] or None,
        url=card.url,
    )


def _links(cells: Mapping[str, str], found: Remarks, card: Card) -> Iterator[PrintedLink]:
    for name in found.links:
        yield PrintedLink("UnknownLink", "Linked To", name, list=card.id, edition="")
    if cells["vessel_owner"]:
        yield PrintedLink(
            "Ownership", "vessel owner", cells["vessel_owner"], list=card.id, edition=""
        )
