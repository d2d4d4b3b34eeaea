"""schema.org: a claim with its claimant, words and answers; a review that rates no truth."""

import io
import json
from collections.abc import Callable
from pathlib import Path

from answerable.evidence.exchange.jsonld import show_case, write_jsonld
from answerable.evidence.exchange.jsonld_parts import Node
from tests.conftest import FIXTURES
from tests.evidence.lakeside_view import show_lakeside


def nodes(kind: str) -> list[Node]:
    graph: list[Node] = show_case(show_lakeside())["@graph"]
    return [each for each in graph if each["@type"] == kind]


def test_the_whole_case(golden: Callable[[str, Path], None]) -> None:
    file = io.BytesIO()
    write_jsonld(show_lakeside(), file)
    golden(file.getvalue().decode(), FIXTURES / "exchange" / "lakeside.jsonld")


def test_a_review_is_written_only_where_there_is_one_and_rates_nothing() -> None:
    [review] = nodes("ClaimReview")
    assert review["itemReviewed"]["@id"] == f"urn:answerable:claim:sha256:{0x40:064x}"
    assert review["reviewBody"] == "Meaning considered: that it sold cameras"
    assert "Rating" not in json.dumps(show_case(show_lakeside()))


def test_what_counsel_advised_to_rely_on_is_not_written() -> None:
    assert "public interest" not in json.dumps(show_case(show_lakeside()))


def test_every_claim_has_its_claimant_and_its_answers() -> None:
    claims = {each["name"]: each for each in nodes("Claim")}
    answer = claims["northwind-answer"]
    assert claims["supply"]["author"]["name"] == "Zyxomatic Watch"
    assert claims["supply"]["answerable:answeredBy"] == [{"@id": answer["@id"]}]
    assert answer["answerable:answers"] == [{"@id": claims["supply"]["@id"]}]
    assert claims["owns"]["answerable:asked"][0]["answerable:outcome"] == "no_answer"
    assert claims["denial"]["answerable:answered"] == "none_found"


def test_a_retraction_corrects_its_claim() -> None:
    claims = {each["name"]: each for each in nodes("Claim")}
    correction = claims["old"]["correction"]
    assert correction["answerable:supersededBy"] == {"@id": claims["supply"]["@id"]}
    assert claims["old"]["creativeWorkStatus"].startswith("retracted and superseded")


def test_a_pending_source_says_so_and_has_no_copy() -> None:
    sources = {each["name"]: each for each in nodes("CreativeWork")}
    assert sources["Our answer"]["answerable:pending"] == "the site refuses captures"
    assert "encoding" not in sources["Our answer"]


def test_a_decision_states_the_bodys_own_ground() -> None:
    decision = next(each for each in nodes("CreativeWork") if each["name"] == "ban")
    assert decision["answerable:ground"] == "network security"
    assert decision["answerable:notGround"] == "human rights"


def test_nothing_private_is_in_it() -> None:
    """Not even that there is something: that would tell of a leak."""
    assert show_lakeside().withheld == 1
    text = json.dumps(show_case(show_lakeside()))
    assert "withheld" not in text
    assert not [word for word in ("Secret memo", "leak", "Known from the memo") if word in text]
