"""The US Consolidated Screening List: both layouts of its CSV, and the JSON of its interface."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from answerable.errors import ListUnreadable
from answerable.lists.grounds import classify
from answerable.lists.persons import is_person
from answerable.lists.reading import (
    Draft,
    Reading,
    hash_id,
    number_repeats,
    read_date,
    split_cell,
    tidy,
)
from answerable.lists.remarks import read_remarks, scheme_of
from answerable.lists.tables import read_table
from answerable.model import Card, Company, Listing, PrintedLink, Problem
from answerable.model.countries import read_country

_MOST_BYTES = 200_000_000
_SCHEMATA = {
    "individual": "Person",
    "entity": "LegalEntity",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}
_NEEDED = ("source", "name")
_SEVERAL = ("alt_names", "programs", "addresses", "ids")

_Entry = dict[str, Any]
"""An entry as JSON has it; cells of a CSV are brought into the same form."""


def read_csl(files: Mapping[str, Path], card: Card) -> Reading:
    """Return the entries of the Consolidated Screening List from CSV or JSON.

    The printed source of an entry is the first of its programmes and gives, by the card's rules,
    the class of ground. A licence policy is no ground: none is given. Where the type is blank (the
    lists of the Departments of Commerce and State) persons are recognised by their names,
    cautiously.

    Args:
        files: One role to the file: CSV of 2019 (28 columns) or newer (29), or JSON as the
            interface answers (an object with `results`, or an array).
        card: For the list's id and the classes of ground.

    Returns:
        Companies in the order of the file, and problems: entries without a name, countries and
        dates that are not known, identifiers that are not well-formed. The editions are blank.

    Raises:
        ListUnreadable: It is neither such a CSV nor such JSON.
        TableError: The CSV cannot be read as a table.
    """
    [path] = list(files.values())[:1]
    problems: list[Problem] = []
    rows = _json_entries(path) if _is_json(path) else _csv_entries(path, problems)
    companies = []
    for row, entry in rows:
        if not _one(entry, "name"):
            problems.append(Problem("The entry has no name; it was not read.", row=row))
        else:
            companies.append(_company(row, entry, card, problems))
    return number_repeats(companies), tuple(problems)


def _is_json(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise ListUnreadable(path.name, error.strerror or str(error)) from error
    return start.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _json_entries(path: Path) -> Iterator[tuple[int, _Entry]]:
    if path.stat().st_size > _MOST_BYTES:
        raise ListUnreadable(path.name, f"it is over {_MOST_BYTES:,} bytes")
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError) as error:
        raise ListUnreadable(path.name, f"it is no whole JSON ({error})"[:300]) from error
    entries = content.get("results") if isinstance(content, dict) else content
    if not isinstance(entries, list) or not all(isinstance(each, dict) for each in entries):
        raise ListUnreadable(path.name, "it holds no array of entries (`results`)")
    yield from enumerate(entries, 1)


def _csv_entries(path: Path, problems: list[Problem]) -> Iterator[tuple[int, _Entry]]:
    table = read_table(path, delimiter=",")
    missing = [heading for heading in _NEEDED if heading not in table.headings]
    if missing:
        raise ListUnreadable(path.name, f"it has no column {', '.join(missing)}")
    problems.extend(table.problems)
    for row in table.rows:
        cells = dict(zip(table.headings, row.cells, strict=False))
        entry: _Entry = {key: value for key, value in cells.items() if key not in _SEVERAL}
        entry.update({key: split_cell(cells.get(key, ""), "; ") for key in _SEVERAL})
        yield row.number, entry


def _one(entry: _Entry, key: str) -> str:
    value = entry.get(key)
    return tidy(value) if isinstance(value, str) else ""


def _many(entry: _Entry, key: str) -> list[Any]:
    value = entry.get(key)
    return value if isinstance(value, list) else [value] if value else []


def _company(row: int, entry: _Entry, card: Card, problems: list[Problem]) -> Company:
    draft = Draft()
    draft.add_name(_one(entry, "name"), "name")
    for alias in _many(entry, "alt_names"):
        draft.add_name(str(alias), "alias")
    for address in _many(entry, "addresses"):
        _add_address(address, draft, row, problems)
    schema = _schema(entry)
    found = read_remarks(_one(entry, "remarks"))
    for name in found.weak_aliases:
        draft.add_name(name, "weakAlias")
    if schema != "Person":
        for scheme, value, country in filter(None, map(_identifier, _many(entry, "ids"))):
            problems.extend(draft.add_identifier(scheme, value, country, row))
    if schema == "Vessel":
        problems.extend(draft.add_country(_one(entry, "vessel_flag"), row, "vessel_flag"))
    listing = _listing(row, entry, card, schema, problems)
    company = draft.company(_id(entry, draft, listing, card), schema)
    links = tuple(
        PrintedLink("UnknownLink", "Linked To", name, list=card.id, edition="")
        for name in found.links
    )
    return replace(company, listings=(listing,), links=links)


def _schema(entry: _Entry) -> str:
    told = _SCHEMATA.get(_one(entry, "type").lower())
    if told is not None:
        return told
    return "Person" if is_person(_one(entry, "name")) else "LegalEntity"


def _id(entry: _Entry, draft: Draft, listing: Listing, card: Card) -> str:
    """Return the issuer's id; one from the content where the old layout has none."""
    own = _one(entry, "_id") or _one(entry, "id") or _one(entry, "entity_number")
    if own:
        return f"{card.id}:{own}"
    source, citation = _one(entry, "source"), listing.citation or ""
    return hash_id(card.id, _one(entry, "name"), " ".join(draft.countries), citation, source)


def _add_address(address: Any, draft: Draft, row: int, problems: list[Problem]) -> None:
    if isinstance(address, dict):
        keys = ("address", "city", "state", "postal_code", "country")
        parts = [_one(address, key) for key in keys]
        country = parts[-1]
    else:
        parts = [tidy(str(address))]
        country = parts[0].rpartition(",")[2].strip()
        country = country if len(country) == 2 else ""
    draft.add_address(", ".join(filter(None, parts)))
    problems.extend(draft.add_country(country, row, "addresses"))


def _identifier(printed: Any) -> tuple[str, str, str | None] | None:
    """Return scheme, value and country of an identifier; None if its label is not known.

    JSON says type, number and country. The newer CSV has `label, value[, country]`, the older
    `[country, ]value, label`.
    """
    if isinstance(printed, dict):
        parts = [_one(printed, key) for key in ("type", "number", "country")]
    else:
        parts = [part.strip() for part in str(printed).split(", ")]
    if len(parts) >= 2 and scheme_of(parts[0]):
        label, value, place = parts[0], parts[1], parts[2] if len(parts) > 2 else ""
    elif len(parts) >= 2 and scheme_of(parts[-1]):
        label, value, place = parts[-1], parts[-2], parts[0] if len(parts) > 2 else ""
    else:
        return None
    country = read_country(place) if place else None
    scheme = scheme_of(label, country)
    return (scheme, value, country) if scheme and value else None


def _listing(row: int, entry: _Entry, card: Card, schema: str, problems: list[Problem]) -> Listing:
    source = _one(entry, "source")
    programs = tuple(tidy(str(each)) for each in _many(entry, "programs"))
    citation = _one(entry, "federal_register_notice") or None
    fields = {"source": source, "programs": programs, "citation": citation}
    return Listing(
        list=card.id,
        edition="",
        ground_class=classify(card, fields),
        programs=tuple(filter(None, (source, *programs))),
        citation=citation,
        since=_date(row, entry, "start_date", problems),
        until=_date(row, entry, "end_date", problems),
        remarks=None if schema == "Person" else _one(entry, "remarks") or None,
        url=_one(entry, "source_list_url") or card.url,
    )


def _date(row: int, entry: _Entry, key: str, problems: list[Problem]) -> str | None:
    printed = _one(entry, key)
    day = read_date(printed) if printed else None
    if printed and day is None:
        sentence = "The date could not be read; the entry was read without it."
        problems.append(Problem(sentence, row=row, column=key, value=printed[:200]))
    return day
