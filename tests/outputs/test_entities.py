"""FollowTheMoney entities: only schemata, properties and references that the model knows."""

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

from answerable.exposure.outputs.entities import write_entities
from answerable.model import Company, Finding, Match, Name, Screening
from answerable.model.entity_ids import entity_id

THING = {"name", "alias", "previousName", "weakAlias", "country", "address", "notes", "sourceUrl"}
LEGAL = THING | {
    "registrationNumber",
    "taxNumber",
    "leiCode",
    "uscCode",
    "swiftBic",
    "jurisdiction",
}
INTERVAL = {"startDate", "endDate", "date", "summary", "description", "recordId", "sourceUrl"}
MODEL = {
    "LegalEntity": LEGAL,
    "Organization": LEGAL,
    "PublicBody": LEGAL,
    "Company": LEGAL | {"isinCode"},
    "Sanction": INTERVAL
    | {"entity", "authority", "program", "provisions", "status", "reason", "country"},
    "UnknownLink": INTERVAL | {"subject", "object", "role", "status"},
}
"""Properties by schema, from the documentation of the FollowTheMoney model."""

REFERENCES = {"entity", "subject", "object"}


def entities_of(screening: Screening) -> list[dict[str, Any]]:
    file = BytesIO()
    write_entities(screening, file)
    return [json.loads(line) for line in file.getvalue().decode().splitlines()]


def test_every_property_is_of_the_model_and_holds_texts(screening: Screening) -> None:
    for entity in entities_of(screening):
        assert set(entity) == {"id", "schema", "properties"}
        assert set(entity["properties"]) <= MODEL[entity["schema"]], entity["id"]
        for values in entity["properties"].values():
            assert values
            assert all(isinstance(value, str) and value for value in values)


def test_ids_are_unique_and_every_reference_resolves(screening: Screening) -> None:
    entities = entities_of(screening)
    ids = [entity["id"] for entity in entities]
    assert len(ids) == len(set(ids))
    named = [
        value
        for entity in entities
        for name in REFERENCES
        for value in entity["properties"].get(name, [])
    ]
    assert set(named) <= set(ids)


def test_every_match_is_a_link_in_words(screening: Screening) -> None:
    links = [
        each["properties"] for each in entities_of(screening) if each["schema"] == "UnknownLink"
    ]
    pairs = {(each["subject"][0], each["object"][0]): each for each in links}
    first = pairs["answerable.F7K3-Q9XM-2", "us-bis.976"]
    assert first["role"] == ["name match, to be confirmed: may be the same legal person"]
    shared = pairs["answerable.F7K3-Q9XM-2", "invented.7"]
    assert shared["role"][0].startswith("to review: another legal person")
    assert pairs["answerable.A0", "invented.7"]["status"] == ["confirmed"]


def test_a_listing_keeps_what_its_issuer_states(screening: Screening) -> None:
    found = {each["id"]: each["properties"] for each in entities_of(screening)}
    listing = found["answerable.listing.invented.7"]
    assert listing["reason"] == ['receives workers under a "transfer" scheme']
    assert listing["program"] == ["Invented Register of Forced Labour", "INV-1", "INV-2"]
    assert "reason" not in found["answerable.listing.us-bis.976"]
    assert "sourceUrl" in found[entity_id("answerable:listing:invented:<8>")]


def test_identifiers_stand_under_their_property_and_faulty_ones_are_noted(
    screening: Screening,
) -> None:
    company = next(each for each in entities_of(screening) if each["id"] == "invented.7")
    properties = company["properties"]
    assert properties["leiCode"] == ["549300XIVJCBIGMRUD48"]
    assert properties["isinCode"] == ["CNE100000PM8"]
    assert properties["registrationNumber"] == ["00445790", "12345678"]
    assert "uscCode" not in properties
    assert properties["notes"] == ["USCC 914403001922038217"]


def test_what_was_none_found_is_left_out(screening: Screening) -> None:
    assert not [each for each in entities_of(screening) if "Bakery" in json.dumps(each)]


def test_an_asset_is_written_as_a_legal_entity(screening: Screening) -> None:
    plant = Company("x:1", "Asset", (Name("Invented Plant"),))
    match = Match(plant, "same", "Invented Plant", 1.0, 0.7, ())
    finding = Finding("E0", screening.findings[0].supplier, "match", (), (match,))
    entities = entities_of(replace(screening, findings=(finding,)))
    assert [each["schema"] for each in entities] == ["LegalEntity", "LegalEntity", "UnknownLink"]
