"""Suppliers of Open Contracting (OCDS 1.1) releases and records: one row per award of the role.

A supplier that occurs in twelve releases makes twelve rows, as it would in a buyer's own file, so
that each award keeps its own finding. Parties in other roles, tenderers among them, are not read:
a bid is no supply.
"""

from collections.abc import Iterator
from typing import Any

from answerable.errors import TableUnreadable
from answerable.exposure.suppliers.records import cell_text
from answerable.lists.content import Content
from answerable.lists.tables import Row, Table
from answerable.model import Problem

HEADINGS = (
    "ocid",
    "release id",
    "party id",
    "name",
    "roles",
    "identifier scheme",
    "identifier",
    "additional identifiers",
    "address",
    "city",
    "region",
    "postcode",
    "country",
)
"""Headings of the rows that are made from parties."""


def is_ocds(loaded: Any) -> bool:
    """Tell whether a JSON file holds OCDS: packages, releases or records, one or many.

    Example:
        >>> is_ocds({"releases": [{"ocid": "ocds-213czf-1", "tag": ["award"]}]})
        True
        >>> is_ocds([{"name": "Invented Mill Ltd"}])
        False
    """
    if isinstance(loaded, list):
        objects = [each for each in loaded if isinstance(each, dict)]
        return bool(objects) and all(map(is_ocds, objects[:20]))
    if not isinstance(loaded, dict):
        return False
    inner = loaded.get("releases") or loaded.get("records")
    if isinstance(inner, list):
        return any(isinstance(each, dict) and "ocid" in each for each in inner)
    return "ocid" in loaded and any(
        key in loaded for key in ("parties", "awards", "tender", "tag", "compiledRelease")
    )


def tabulate_ocds(content: Content, loaded: Any, encoding: str) -> Table:
    """Return the suppliers of OCDS data as a table, a row for each in each release.

    A supplier is a party with the role `supplier`, or one that an award names and that is no such
    party. Of a record, its compiled release is read, else its releases.

    Args:
        content: The file.
        loaded: What its JSON holds.
        encoding: Of the file.

    Returns:
        The table with `HEADINGS`; rows are numbered from 1 in the order of the file. What names no
        supplier, or only links to releases elsewhere, is said in problems.

    Raises:
        TableUnreadable: No release names a supplier.

    Source:
        Open Contracting Data Standard 1.1, Parties and Awards.
    """
    problems: list[Problem] = []
    releases = list(_releases(loaded, problems))
    rows: list[Row] = []
    without = 0
    for release in releases:
        suppliers = list(_suppliers(release))
        without += not suppliers
        rows += [Row(len(rows) + at, _cells(release, each)) for at, each in enumerate(suppliers, 1)]
    if not rows:
        raise TableUnreadable(
            content.file_name,
            f"none of its {len(releases):,} releases names a supplier",
            "Releases of the stage `award` or `contract` name suppliers: give those.",
        )
    if without:
        problems.append(
            Problem(f"{without:,} of {len(releases):,} releases name no supplier, and give no row.")
        )
    return Table(
        content.file_name,
        content.sha256,
        content.size,
        "ocds",
        HEADINGS,
        tuple(rows),
        tuple(problems),
        encoding=encoding,
    )


def _releases(loaded: Any, problems: list[Problem]) -> Iterator[dict[str, Any]]:
    """Give every release of packages, records, and lists of them."""
    if isinstance(loaded, list):
        for each in loaded:
            yield from _releases(each, problems)
    elif not isinstance(loaded, dict):
        problems.append(Problem("The file holds something that is no release.", value=str(loaded)))
    elif "records" in loaded:
        for record in _objects(loaded["records"]):
            yield from _of_record(record, problems)
    elif "compiledRelease" in loaded:
        yield from _of_record(loaded, problems)
    elif "releases" in loaded:
        yield from _objects(loaded["releases"])
    else:
        yield loaded


def _of_record(record: dict[str, Any], problems: list[Problem]) -> Iterator[dict[str, Any]]:
    compiled = record.get("compiledRelease")
    if isinstance(compiled, dict):
        yield compiled
        return
    found = _objects(record.get("releases"))
    embedded = [each for each in found if "url" not in each or "parties" in each]
    if len(embedded) < len(found) or not found:
        ocid = cell_text(record.get("ocid"))
        problems.append(
            Problem(
                "A record holds only links to its releases: download them and give those.",
                value=ocid or None,
            )
        )
    yield from embedded


def _objects(value: Any) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _suppliers(release: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give the parties that supply, then those that only an award names, each once."""
    parties = _objects(release.get("parties"))
    seen: set[str] = set()
    for party in parties:
        if "supplier" in _roles(party):
            seen.update(_keys(party))
            yield party
    by_id = {cell_text(party["id"]): party for party in parties if party.get("id")}
    for award in _objects(release.get("awards")):
        for supplier in _objects(award.get("suppliers")):
            keys = _keys(supplier)
            if keys and keys[0] in seen:
                continue
            seen.update(keys)
            yield {**by_id.get(cell_text(supplier.get("id")), {}), **supplier}


def _keys(party: dict[str, Any]) -> list[str]:
    """What tells parties of a release apart: the id, else the name."""
    return [f"{part}:{text}" for part in ("id", "name") if (text := cell_text(party.get(part)))]


def _roles(party: dict[str, Any]) -> list[str]:
    roles = party.get("roles")
    return [str(each) for each in roles] if isinstance(roles, list) else [cell_text(roles)]


def _cells(release: dict[str, Any], party: dict[str, Any]) -> tuple[str, ...]:
    identifier, address = _object(party.get("identifier")), _object(party.get("address"))
    others = [
        f"{cell_text(each.get('scheme'))}:{cell_text(each.get('id'))}"
        for each in _objects(party.get("additionalIdentifiers"))
        if each.get("id")
    ]
    return (
        cell_text(release.get("ocid")),
        cell_text(release.get("id")),
        cell_text(party.get("id")),
        cell_text(party.get("name") or identifier.get("legalName")),
        "; ".join(_roles(party)),
        cell_text(identifier.get("scheme")),
        cell_text(identifier.get("id")),
        "; ".join(others),
        cell_text(address.get("streetAddress")),
        cell_text(address.get("locality")),
        cell_text(address.get("region")),
        cell_text(address.get("postalCode")),
        cell_text(address.get("countryName") or address.get("country")),
    )


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
