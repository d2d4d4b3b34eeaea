"""PROV: deeds, what they made and used, and which key signed them."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from answerable.evidence.exchange.prov import trace_deeds, write_prov
from tests.conftest import FIXTURES
from tests.evidence.lakeside_view import CASE, LEAK, REPORT, event, object_id, show_lakeside


def relations(kind: str) -> list[dict[str, Any]]:
    return list(trace_deeds(show_lakeside())[kind].values())


def test_the_whole_case(golden: Callable[[str, Path], None]) -> None:
    file = io.BytesIO()
    write_prov(show_lakeside(), file)
    golden(file.getvalue().decode(), FIXTURES / "exchange" / "lakeside.prov.json")


def test_a_capture_was_generated_by_its_deed_which_used_the_case() -> None:
    made = {each["prov:entity"]: each["prov:activity"] for each in relations("wasGeneratedBy")}
    assert made[REPORT.id] == "deed:1"
    used = [each for each in relations("used") if each["prov:activity"] == "deed:1"]
    assert [(each["prov:entity"], each["prov:role"]) for each in used] == [(CASE, "case")]


def test_a_text_is_derived_from_the_page_and_a_claim_quotes_the_text() -> None:
    derived = {
        (each["prov:generatedEntity"], each["prov:usedEntity"]): each.get("prov:type")
        for each in relations("wasDerivedFrom")
    }
    quotation = {"$": "prov:Quotation", "type": "prov:QUALIFIED_NAME"}
    assert derived[object_id(0x13), object_id(0x12)] is None
    assert derived[object_id(0x40), object_id(0x13)] == quotation


def test_what_was_erased_is_invalidated_and_a_later_wording_is_a_revision() -> None:
    deeds = (
        event(0, "source.erase", REPORT.id, reason="court_order"),
        event(1, "claim.supersede", object_id(2), before=object_id(1)),
    )
    document = trace_deeds(replace(show_lakeside(), events=deeds))
    [ended] = document["wasInvalidatedBy"].values()
    assert (ended["prov:entity"], ended["prov:activity"]) == (REPORT.id, "deed:0")
    revised = [each for each in document["wasDerivedFrom"].values() if "prov:activity" in each]
    assert [each["prov:type"]["$"] for each in revised] == ["prov:Revision"]
    assert [each["prov:usedEntity"] for each in revised] == [object_id(1)]


def test_the_agents_are_keys() -> None:
    assert list(trace_deeds(show_lakeside())["agent"]) == ["key:a1b2c3d4"]


def test_nothing_private_is_in_it() -> None:
    text = repr(trace_deeds(show_lakeside()))
    assert LEAK.id not in text
    assert LEAK.original.object not in text
