"""Entities and persons of BODS as nodes: names and identifiers, of persons the name alone."""

from collections.abc import Iterator, Mapping
from typing import Any

from answerable.lists.links.bods_statements import Statement, text_of
from answerable.lists.links.gathering import Item, unknown_party
from answerable.lists.reading import Draft
from answerable.model import Card
from answerable.model.countries import read_country

_SCHEMATA = {
    "registeredEntity": "Company",
    "legalEntity": "LegalEntity",
    "arrangement": "LegalEntity",
    "trust": "LegalEntity",
    "state": "PublicBody",
    "stateBody": "PublicBody",
}
_SCHEMES = {"XI-LEI": "LEI", "XI-ISIN": "ISIN", "XI-BIC": "BIC"}


def read_node(statement: Statement, card: Card) -> Iterator[Item]:
    """Yield the node of an entity's or person's statement, and what is wrong with it.

    An anonymous or unknown entity or person becomes an unknown party, with the reason stated.
    """
    details = statement.details
    node_id = f"{card.id}:{statement.key}"
    draft = Draft()
    person = statement.kind == "person"
    for kind, name in _person_names(details) if person else _entity_names(details):
        draft.add_name(name, "alias" if draft.names and kind == "name" else kind)  # type: ignore[arg-type]
    if not draft.names:
        yield unknown_party(node_id, *_why(details, person))
        return
    if person:
        yield draft.company(node_id, "Person")
        return
    yield from _add_facts(draft, details, statement.row)
    yield draft.company(node_id, _SCHEMATA.get(_type(details), "LegalEntity"))


def _type(details: Mapping[str, Any]) -> str:
    told = details.get("entityType")
    return (text_of(told, "type") or "") if isinstance(told, dict) else str(told or "")


def _entity_names(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "name", text_of(details, "name") or ""
    others = details.get("alternateNames")
    for other in others if isinstance(others, list) else []:
        if isinstance(other, str):
            yield "alias", other


def _person_names(details: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = details.get("names")
    for name in names if isinstance(names, list) else []:
        if not isinstance(name, dict):
            continue
        parts = (text_of(name, part) or "" for part in ("givenName", "familyName"))
        former = name.get("type") in ("former", "birth")
        yield "previousName" if former else "name", text_of(name, "fullName") or " ".join(parts)


def _why(details: Mapping[str, Any], person: bool) -> tuple[str | None, str | None]:
    """Return why a node has no name: the reason's code, and how the source explains it."""
    name = "unspecifiedPersonDetails" if person else "unspecifiedEntityDetails"
    told = details.get(name)
    if isinstance(told, dict):
        return text_of(told, "reason"), text_of(told, "description")
    kind = text_of(details, "personType") if person else _type(details)
    return kind, text_of(details, "missingInfoReason")


def _add_facts(draft: Draft, details: Mapping[str, Any], row: int) -> Iterator[Item]:
    place = details.get("jurisdiction") or details.get("incorporatedInJurisdiction")
    if isinstance(place, dict):
        code = (text_of(place, "code") or "")[:2]
        known = code if read_country(code) else text_of(place, "name") or code
        yield from draft.add_country(known, row, "jurisdiction")
    found = details.get("identifiers")
    for identifier in found if isinstance(found, list) else []:
        scheme = text_of(identifier, "scheme") if isinstance(identifier, dict) else None
        if scheme:
            value = text_of(identifier, "id") or ""
            yield from draft.add_identifier(_SCHEMES.get(scheme, scheme), value, None, row)
