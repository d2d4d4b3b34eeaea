"""Whatever a case holds, its forms are taken by the libraries of those formats."""

import json

from hypothesis import HealthCheck, given, settings

from answerable.evidence.cases.filed import FiledClaim, FiledDecision, FiledRebuttal
from answerable.evidence.exchange.annotations import collect_annotations
from answerable.evidence.exchange.ftm import list_entities
from answerable.evidence.exchange.jsonld import show_case
from answerable.evidence.exchange.prov import trace_deeds
from answerable.evidence.exchange.views import CaseView, make_view
from answerable.model.capture import Capture, Part
from answerable.model.case import Case
from tests.evidence.case_strategies import cases
from tests.evidence.lakeside_view import EVENTS, object_id
from tests.oracles.asking import Oracle

AT = "2026-11-24T14:02:03Z"
FEW = settings(max_examples=15, suppress_health_check=list(HealthCheck))


def view_of(case: Case) -> CaseView:
    """The case as if all of it had been filed, each answer to each claim."""
    sources = {each.key: each for each in case.sources}
    captures = [
        Capture(each.capture, "lakeside", each.url or "", AT, "file", (_page(number),))
        for number, each in enumerate(case.sources)
        if each.capture is not None
    ]
    rebuttals = tuple(
        FiledRebuttal(object_id(n), AT, each, tuple(sources[key] for key in each.sources))
        for n, each in enumerate(case.rebuttals)
    )
    claims = [
        FiledClaim(
            f"claim:{object_id(n)}",
            object_id(n),
            "lakeside",
            AT,
            each,
            tuple(sources[key] for key in each.sources),
            rebuttals,
            case.replies,
            next(iter(case.retractions), None),
        )
        for n, each in enumerate(case.claims, 100)
    ]
    decisions = [
        FiledDecision(object_id(n), AT, "lakeside", each, tuple(sources[k] for k in each.sources))
        for n, each in enumerate(case.decisions, 200)
    ]
    return make_view("lakeside", claims, decisions, captures, EVENTS)


def _page(number: int) -> Part:
    return Part("original", object_id(number + 300), "text/html", 9)


@FEW
@given(case=cases())
def test_followthemoney_takes_whatever_a_case_holds(followthemoney: Oracle, case: Case) -> None:
    assert followthemoney.ask("check", entities=list_entities(view_of(case))) == []


@FEW
@given(case=cases())
def test_prov_and_json_ld_are_read(formats: Oracle, case: Case) -> None:
    view = view_of(case)
    assert formats.ask("provenance", text=json.dumps(trace_deeds(view)))["same"]
    for document in (show_case(view), collect_annotations(view)):
        context = {"@context": {"@vocab": "urn:v:", "id": "@id", "type": "@type"}}
        addresses = ("https://schema.org", "http://www.w3.org/ns/anno.jsonld")
        contexts = dict.fromkeys(addresses, context)
        assert formats.ask("expand", text=json.dumps(document), contexts=contexts)
