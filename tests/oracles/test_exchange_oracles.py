"""Exported cases, judged by the libraries of those formats."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from answerable.evidence.exchange.annotations import collect_annotations
from answerable.evidence.exchange.ftm import list_entities
from answerable.evidence.exchange.jsonld import show_case
from answerable.evidence.exchange.prov import trace_deeds
from answerable.evidence.exchange.views import CaseView, view_case
from tests.evidence.lakeside_view import show_lakeside
from tests.evidence.sealed_case import build_case
from tests.oracles.asking import Oracle


@pytest.fixture(scope="module", params=["invented", "filed"])
def view(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> CaseView:
    """A view that has one of everything, and one of a case that was filed."""
    if request.param == "invented":
        return show_lakeside()
    return view_case(build_case(tmp_path_factory.mktemp("filed")).ledger, "lakeside")


def test_followthemoney_takes_every_value(followthemoney: Oracle, view: CaseView) -> None:
    entities = list_entities(view)
    assert followthemoney.ask("check", entities=entities) == []


def test_followthemoney_gives_back_what_it_took(followthemoney: Oracle, view: CaseView) -> None:
    """Its proxies keep `origin`, which is no property, beside the properties."""
    entities = list_entities(view)
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
        {"id": "d", "schema": "PublicBody", "properties": {"incorporationDate": ["then"]}},
        {"id": "e:f", "schema": "Company", "properties": {"name": ["E"]}},
    ]
    found = {(key, name) for key, name, _ in followthemoney.ask("check", entities=wrong)}
    assert found == {
        ("a", "colour"),
        ("b", "asset"),
        ("d", "incorporationDate"),
        ("d", "name"),
        ("e:f", "id"),
    }


SCHEMA = "https://schema.org/"
SCHEMA_CONTEXT = {"https://schema.org": {"@context": {"@vocab": SCHEMA}}}


def test_every_word_of_the_json_ld_is_schema_orgs_or_ours(formats: Oracle, view: CaseView) -> None:
    text = json.dumps(show_case(view))
    expanded = formats.ask("expand", text=text, contexts=SCHEMA_CONTEXT)
    words = set(_words(expanded))
    theirs = [word.removeprefix(SCHEMA) for word in words if word.startswith(SCHEMA)]
    assert {"Claim", "Collection", "Quotation", "appearance", "creativeWorkStatus"} <= set(theirs)
    assert formats.ask("schema_org_lacks", names=[*theirs, "reviewOfTruth"]) == ["reviewOfTruth"]
    ours = words - {SCHEMA + word for word in theirs}
    assert all(word.startswith("urn:answerable:terms:") for word in ours)


def test_json_ld_loses_nothing_when_expanded(formats: Oracle, view: CaseView) -> None:
    """A key that no context knows would be dropped in silence."""
    document = show_case(view)
    expanded = formats.ask("expand", text=json.dumps(document), contexts=SCHEMA_CONTEXT)
    written = set(_words(document["@graph"]))
    again = json.dumps(expanded).replace(SCHEMA, "").replace("urn:answerable:terms:", "answerable:")
    kept = set(_words(json.loads(again)))
    assert written == kept


ANNOTATION_TERMS = {
    "id": "@id",
    "type": "@type",
    "label": "rdfs:label",
    "total": "as:totalItems",
    "first": {"@id": "as:first", "@type": "@id"},
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "startIndex": "as:startIndex",
    "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
    "created": "dcterms:created",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": {"@id": "oa:hasTarget", "@type": "@id"},
    "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
    "format": "dc:format",
    "language": "dc:language",
    "value": "rdf:value",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": {"@id": "oa:hasSelector", "@type": "@id"},
    "state": {"@id": "oa:hasState", "@type": "@id"},
    "sourceDate": "oa:sourceDate",
    "via": {"@id": "oa:via", "@type": "@id"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "start": "oa:start",
    "end": "oa:end",
    "Annotation": "oa:Annotation",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "SpecificResource": "oa:SpecificResource",
    "TextualBody": "oa:TextualBody",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TimeState": "oa:TimeState",
    "Dataset": "dctypes:Dataset",
    "Text": "dctypes:Text",
    "describing": "oa:describing",
}
"""The words of the Web Annotation Vocabulary that we use, as its JSON-LD context maps them."""


def test_every_word_of_the_annotations_is_the_vocabularys(formats: Oracle, view: CaseView) -> None:
    collection = collect_annotations(view)
    prefixes = ("oa", "as", "dc", "dcterms", "dctypes", "rdf", "rdfs")
    context = {each: f"urn:{each}:" for each in prefixes} | ANNOTATION_TERMS
    contexts = {collection["@context"]: {"@context": context}}
    [expanded] = formats.ask("expand", text=json.dumps(collection), contexts=contexts)
    [page] = expanded["urn:as:first"]
    [items] = page["urn:as:items"]
    assert len(items["@list"]) == collection["total"] >= 2
    assert set(_words(collection)) <= set(ANNOTATION_TERMS)
    assert all(word.startswith("urn:") for word in _words(expanded))


def test_prov_reads_every_deed_and_writes_it_again(formats: Oracle, view: CaseView) -> None:
    document = trace_deeds(view)
    read = formats.ask("provenance", text=json.dumps(document))
    assert read["same"]
    kinds = {
        "Entity": "entity",
        "Activity": "activity",
        "Agent": "agent",
        "Generation": "wasGeneratedBy",
        "Usage": "used",
        "Association": "wasAssociatedWith",
        "Derivation": "wasDerivedFrom",
        "Membership": "hadMember",
    }
    assert read["counts"] == {name: len(document[kind]) for name, kind in kinds.items()}
    assert "wasGeneratedBy(" in read["notation"]


def _words(node: Any) -> Iterator[str]:
    """Every key and type of a tree of nodes, but the keywords of JSON-LD."""
    if isinstance(node, list):
        for each in node:
            yield from _words(each)
    elif isinstance(node, dict):
        types: Any = node.get("@type", node.get("type", []))
        yield from [types] if isinstance(types, str) else list(types)
        for key, value in node.items():
            if not key.startswith("@"):
                yield key
            if key != "@context":
                yield from _words(value)
