"""Findings as FollowTheMoney JSON lines, for Aleph, OpenSanctions tools and Gephi.

Suppliers are `LegalEntity` (a buyer's row does not say what they are), listed companies keep their
schema, each listing is a `Sanction` (FollowTheMoney's word for any official listing, which says
nothing about its ground), and each match is an `UnknownLink` whose role says in words how far it
goes. A link is a name match, not a tie between companies.
"""

from collections.abc import Iterator
from typing import Any, BinaryIO

from answerable.exposure.outputs.cells import make_legal, read_link
from answerable.exposure.outputs.lines import write_line
from answerable.exposure.outputs.words import (
    GROUND_CLASS_WORDS,
    RELATION_WORDS,
    say_probability,
    say_reasons,
    say_status,
)
from answerable.model import (
    Company,
    EditionCoverage,
    Finding,
    Identifier,
    Listing,
    Match,
    Path,
    Screening,
)
from answerable.model.entity_ids import entity_id

_SCHEMES = {
    "LEI": "leiCode",
    "USCC": "uscCode",
    "BIC": "swiftBic",
    "tax": "taxNumber",
    "registration": "registrationNumber",
}
"""Identifier scheme to FollowTheMoney property of `LegalEntity`."""

_TIES: dict[str, tuple[str, str, str]] = {
    "ownership": ("Ownership", "owner", "asset"),
    "directorship": ("Directorship", "director", "organization"),
}
"""Kind of a link to FollowTheMoney schema, with the properties of its two ends."""

REFERENCES = frozenset(
    {
        "entity",
        "subject",
        "object",
        "owner",
        "asset",
        "director",
        "organization",
    }
)
"""Properties that hold the id of another entity."""

Editions = dict[str, EditionCoverage]


def write_entities(screening: Screening, file: BinaryIO) -> None:
    """Write suppliers with a match, the listed companies, their listings and the links.

    Suppliers of which none was found have nothing to be linked with and are left to the other
    outputs; ids begin with `answerable.` or with the list's own prefix, as `entity_id` spells it.

    Args:
        screening: The screening.
        file: A binary file; one entity per line, each once.
    """
    written: set[str] = set()
    for entity in _entities(screening):
        if entity["id"] not in written:
            written.add(entity["id"])
            file.write(write_line(entity))


def _entities(screening: Screening) -> Iterator[dict[str, Any]]:
    editions = {edition.list: edition for edition in screening.coverage.editions}
    for finding in screening.findings:
        if not finding.counted and not finding.paths:
            continue
        yield _supplier(finding, screening)
        for match in finding.counted:
            yield _company(match.company)
            for place, listing in enumerate(match.company.listings):
                yield _listing(match.company, place, listing, editions)
            yield _link(finding, match, screening)
    for finding in screening.findings:  # behind all matches, which tell more of a company
        for path in finding.paths:
            yield from _path(path)


def _supplier(finding: Finding, screening: Screening) -> dict[str, Any]:
    supplier = finding.supplier
    place = f"row {supplier.row} of {screening.suppliers.file_name}"
    properties: dict[str, list[str | None]] = {
        "name": [supplier.name],
        "country": [supplier.country],
        "address": [supplier.address],
        "notes": [f"Supplier, {place}"],
    }
    _add_identifiers(properties, supplier.identifiers, "LegalEntity")
    return _entity(f"answerable:{finding.id}", "LegalEntity", properties)


def _company(company: Company) -> dict[str, Any]:
    schema = "LegalEntity" if company.schema == "Asset" else company.schema
    properties: dict[str, list[str | None]] = {"country": list(company.countries)}
    for name in company.names:
        properties.setdefault(name.kind, []).append(name.value)
    properties["address"] = list(company.addresses)
    _add_identifiers(properties, company.identifiers, schema)
    return _entity(company.id, schema, properties)


def _add_identifiers(
    properties: dict[str, list[str | None]], identifiers: tuple[Identifier, ...], schema: str
) -> None:
    """Add identifiers under their property; one that does not check is only noted."""
    for each in identifiers:
        name = _SCHEMES.get(each.scheme)
        if each.scheme == "ISIN" and schema == "Company":
            name = "isinCode"
        elif name is None and each.scheme[2:3] == "-":  # an org-id.guide register: GB-COH
            name = "registrationNumber"
        if name is None or not each.valid:
            name, value = "notes", f"{each.scheme} {each.value}"
        else:
            value = each.value
        properties.setdefault(name, []).append(value)


def _listing(company: Company, place: int, listing: Listing, editions: Editions) -> dict[str, Any]:
    edition = editions.get(listing.list)
    title = edition.title if edition else listing.list
    ground = GROUND_CLASS_WORDS.get(listing.ground_class, listing.ground_class)
    properties: dict[str, list[str | None]] = {
        "entity": [company.id],
        "authority": [edition.issuer if edition else None],
        "program": [title, *listing.programs],
        "reason": [listing.ground],
        "provisions": [listing.citation],
        "startDate": [listing.since],
        "endDate": [listing.until],
        "status": [listing.status],
        "summary": [f"{title}, edition {listing.edition}. Ground class: {ground}."],
        "sourceUrl": [read_link(listing.url) or read_link(edition.url if edition else None)],
    }
    number = f":{place}" if place else ""
    return _entity(f"answerable:listing:{company.id}{number}", "Sanction", properties)


def _link(finding: Finding, match: Match, screening: Screening) -> dict[str, Any]:
    status = say_status(finding.status, screening.coverage.as_of)
    role = RELATION_WORDS[match.relation]
    chance = f"probability {say_probability(match.probability)}"
    properties: dict[str, list[str | None]] = {
        "subject": [f"answerable:{finding.id}"],
        "object": [match.company.id],
        "role": [f"{status}: {role}" if match.relation == "same" else f"to review: {role}"],
        "status": ["by name" if finding.status != "confirmed" else "confirmed"],
        "summary": [f"{role}, {chance}"],
        "description": [say_reasons(match)],
        "date": [screening.coverage.as_of],
    }
    return _entity(f"answerable:{finding.id}:{match.company.id}", "UnknownLink", properties)


def _path(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the ends and the links of a path, the supplier and its match left to the others."""
    nodes = dict(zip(path.nodes, path.captions, strict=True))
    owned = {link.target for link in path.links if link.kind in _TIES}
    for node in path.nodes[1:]:
        schema = "Company" if node in owned else "LegalEntity"  # FollowTheMoney owns assets alone
        yield _entity(node, schema, {"name": [nodes[node]]})
    for link in path.links:
        schema, owner, target = _TIES.get(link.kind, ("UnknownLink", "subject", "object"))
        source = link.source
        properties: dict[str, list[str | None]] = {
            owner: [link.owner],
            target: [link.target],
            "role": [link.role],
            "startDate": [link.start],
            "endDate": [link.end],
            "sourceUrl": [read_link(source.url)],
            "publisher": [source.origin],
            "recordId": [source.citation],
        }
        if schema == "Ownership" and link.share:
            properties["percentage"] = [link.share.words]
        yield _entity(link.id, schema, properties)


def _entity(id_: str, schema: str, properties: dict[str, Any]) -> dict[str, Any]:
    kept = {
        name: list(dict.fromkeys(_spell(name, value) for value in values if value))
        for name, values in properties.items()
    }
    return {
        "id": entity_id(id_),
        "schema": schema,
        "properties": {name: values for name, values in kept.items() if values},
    }


def _spell(name: str, value: str) -> str:
    return entity_id(value) if name in REFERENCES else make_legal(value)
