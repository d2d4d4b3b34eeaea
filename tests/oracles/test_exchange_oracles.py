"""Exported cases, judged by the libraries of those formats."""

from answerable.evidence.exchange.ftm import list_entities
from tests.evidence.lakeside_view import show_lakeside
from tests.oracles.asking import Oracle


def test_followthemoney_takes_every_entity_and_value(followthemoney: Oracle) -> None:
    entities = list_entities(show_lakeside())
    assert followthemoney.ask("check", entities=entities) == []


def test_followthemoney_gives_back_what_it_took(followthemoney: Oracle) -> None:
    """Its proxies keep `origin`, which is no property, beside the properties."""
    entities = list_entities(show_lakeside())
    again = followthemoney.ask("rebuild", entities=entities)
    assert [{**each, "properties": _sorted(each)} for each in again] == [
        {**each, "properties": _sorted(each)} for each in entities
    ]


def _sorted(entity: dict[str, dict[str, list[str]]]) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in entity["properties"].items()}


def test_followthemoney_refuses_what_is_wrong(followthemoney: Oracle) -> None:
    wrong = [
        {"id": "a", "schema": "Company", "properties": {"name": ["A"], "colour": ["red"]}},
        {"id": "b", "schema": "Ownership", "properties": {"owner": ["a"], "asset": ["c"]}},
        {"id": "d", "schema": "PublicBody", "properties": {"country": ["Lakeside"]}},
        {"id": "e:f", "schema": "Company", "properties": {"name": ["E"]}},
    ]
    found = {(key, name) for key, name, _ in followthemoney.ask("check", entities=wrong)}
    assert found == {
        ("a", "colour"),
        ("b", "asset"),
        ("d", "country"),
        ("d", "name"),
        ("e:f", "id"),
    }
