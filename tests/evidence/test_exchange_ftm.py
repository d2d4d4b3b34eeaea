"""FollowTheMoney: what a claim becomes, and what it must not become."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from answerable.evidence.cases.vocabulary import predicates
from answerable.evidence.exchange.ftm import _EDGES, _NO_TIES, list_entities, write_ftm
from answerable.evidence.exchange.ftm_parties import Entity
from answerable.evidence.exchange.views import CaseView, make_view
from answerable.model.claim import Claim, Party
from tests.conftest import FIXTURES
from tests.evidence.lakeside_view import FILING, OWNS, REPORT, SUPPLY, filed, show_lakeside

TIES = ("Ownership", "Membership", "UnknownLink")


def entities(view: CaseView | None = None) -> list[Entity]:
    return list_entities(view or show_lakeside())


def ties_of(claim: Claim) -> list[Entity]:
    view = make_view("lakeside", [filed(1, claim)], [], [REPORT, FILING])
    return [each for each in entities(view) if each["schema"] in TIES]


def test_the_whole_case(golden: Callable[[str, Path], None]) -> None:
    file = io.BytesIO()
    write_ftm(show_lakeside(), file)
    golden(file.getvalue().decode(), FIXTURES / "exchange" / "lakeside.ftm.json")


def test_a_tie_is_named_after_its_claim_and_has_proof() -> None:
    supply = next(each for each in entities() if each["schema"] == "UnknownLink")
    claim = f"claim:sha256:{0x40:064x}"
    assert supply["origin"] == [claim]
    assert supply["properties"]["recordId"] == [claim]
    assert supply["properties"]["proof"] == ["lakeside-source-watch-2025"]


def test_an_answer_stands_beside_every_tie_and_document_of_its_claim() -> None:
    claim = f"claim:sha256:{0x40:064x}"
    made = [each for each in entities() if each.get("origin") == [claim]]
    assert len(made) == 2
    for each in made:
        assert any("left the market in 2016" in text for text in each["properties"]["description"])
        assert each["properties"]["status"] == ["claimed; answered"]


def test_a_retracted_claim_is_marked_and_gives_no_tie() -> None:
    made = [each for each in entities() if each.get("origin") == [f"claim:sha256:{0x43:064x}"]]
    assert [each["schema"] for each in made] == ["Documentation"]
    assert made[0]["properties"]["status"][0].startswith("retracted and superseded on 2026-01-02")


@pytest.mark.parametrize(
    ("why", "claim"),
    [
        ("it denies", replace(SUPPLY, modality="denies")),
        ("it plans", replace(SUPPLY, modality="plans")),
        ("it is an opinion", replace(SUPPLY, kind="opinion")),
        ("it likens", replace(SUPPLY, kind="comparison")),
        ("its object is of no known kind", replace(SUPPLY, object=Party("a system"))),
        ("its object is its own subject", replace(SUPPLY, object=SUPPLY.about)),
        ("it has no object", replace(SUPPLY, object=None)),
        ("its predicate is no tie", replace(SUPPLY, predicate="called_on")),
    ],
)
def test_no_tie_where(why: str, claim: Claim) -> None:
    assert ties_of(SUPPLY)
    assert ties_of(claim) == []


@pytest.mark.parametrize(
    ("predicate", "object_kind", "schema"),
    [
        ("owns", "company", "Ownership"),
        ("owns", "agency", "UnknownLink"),
        ("is_member_of", "industry_body", "Membership"),
        ("is_member_of", "spokesperson", "UnknownLink"),
        ("supplied", "company", "UnknownLink"),
        ("listed", "company", "UnknownLink"),
    ],
)
def test_the_schema_of_a_tie(predicate: str, object_kind: str, schema: str) -> None:
    claim = replace(OWNS, predicate=predicate, object=Party("Southwind", kind=object_kind))
    assert [each["schema"] for each in ties_of(claim)] == [schema]


def test_every_predicate_that_is_named_here_is_one() -> None:
    assert _EDGES.keys() | _NO_TIES <= predicates().keys()


def test_a_share_is_told_as_claimed() -> None:
    assert ties_of(OWNS)[0]["properties"]["percentage"] == ["51"]
    at_least = replace(OWNS, figure={"minimum": 30, "unit": "percent"})
    assert ties_of(at_least)[0]["properties"]["percentage"] == ["at least 30"]
    other = replace(OWNS, figure={"minimum": 30, "unit": "GBP"})
    assert "percentage" not in ties_of(other)[0]["properties"]


def test_a_denial_is_never_told_as_what_it_denies() -> None:
    made = [each for each in entities() if each.get("origin") == [f"claim:sha256:{0x42:064x}"]]
    assert [each["properties"]["role"] for each in made] == [["denies: provided technology to"]]


def test_what_contests_a_claim_stands_beside_it() -> None:
    supply = next(each for each in entities() if each["schema"] == "UnknownLink")
    told = "Contested: A spokesperson of the bureau denies: No cameras of Northwind stand there."
    assert told in supply["properties"]["description"]


def test_a_settled_company_keeps_its_id_and_names_do_not_merge_across_cases() -> None:
    ids = {each["id"] for each in entities() if each["schema"] == "Company"}
    assert "my-list.42" in ids
    other = replace(show_lakeside(), name="seaside")
    assert {"my-list.42"} == ids & {each["id"] for each in entities(other)}


def test_no_grade_becomes_a_topic_and_nobody_a_person() -> None:
    for each in entities():
        assert "topics" not in each["properties"]
        assert each["schema"] != "Person"
