"""Findings as dossiers: each status in words, only what still stands, every form, any id."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from jsonschema import Draft202012Validator

from answerable import story
from answerable.dossier.finding_words import say_finding, say_standard
from answerable.dossier.forms import read_schema, write_json
from answerable.dossier.ids import is_dossier_id
from answerable.errors import FindingUnknown, OutputUnknown, OutputUnwritable, UsageError
from answerable.evidence.redaction import erase
from tests.dossier.lakeside_work import Lakeside
from tests.evidence.sealed_case import FIRST, file_again

TITLES = {"list": "An invented list"}
GUILT = ("guilty", "complicit", "clean ", "safe ", "cleared", "suspect", "blacklist", "risk score")


def line_of(status: str, **match: Any) -> dict[str, Any]:
    company = {"caption": "Zyxomatic Ltd", "listings": [{"list": "list", "edition": "2026-01-01"}]}
    found = {"company": company, "relation": "same", "probability": 0.97, "judgement": None}
    return {
        "supplier": {"row": 3, "name": "Zyxomatic"},
        "status": status,
        "matches": [{**found, **match}] if match != {"none": True} else [],
        "exposure": ["listed"] if status != "none_found" else [],
        "paths": [],
    }


@pytest.mark.parametrize(
    ("line", "sentence", "standard"),
    [
        (
            line_of("match"),
            "bears a name that agrees with that of “Zyxomatic Ltd”, listed by An invented list "
            "2026-01-01: name match, to be confirmed",
            "very likely (about 97 %)",
        ),
        (line_of("possible"), "may be “Zyxomatic Ltd”", "Have a person look."),
        (
            line_of("possible", relation="name_shared"),
            "shares a distinctive name with another company, “Zyxomatic Ltd”",
            "no proof of a tie",
        ),
        (line_of("confirmed"), "has an identifier of “Zyxomatic Ltd”", "an identifier that both"),
        (
            line_of("confirmed", judgement={"verdict": "same", "state": "in_force"}),
            "was judged by a person to be “Zyxomatic Ltd”",
            "rests on a person's judgement",
        ),
        (
            line_of("none_found", none=True),
            "none was found in these sources as of 2026-02-01.",
            "It says nothing about lists that were not searched.",
        ),
        (
            line_of("none_found", judgement={"verdict": "different", "state": "in_force"}),
            "each near name having been judged another company",
            "not searched",
        ),
        (line_of("match", none=True), "something came near: name match", "never confirms"),
        (
            line_of("possible", judgement={"verdict": "different", "state": "in_force"}),
            "something came near beyond what was judged another company: possible match",
            "Have a person look.",
        ),
        (line_of("unreadable", none=True), "could not be read", "nothing was searched"),
    ],
)
def test_each_status_has_its_words(line: dict[str, Any], sentence: str, standard: str) -> None:
    said = say_finding(line, TITLES, "suppliers.csv", "2026-02-01")
    assert sentence in said
    assert standard in say_standard(line)
    assert said.count(".") - said.count(".csv") == 1 or "Screen the file again." in said
    assert not any(word in said + say_standard(line) for word in GUILT)


def test_what_is_left_of_nothing_is_told() -> None:
    said = say_finding(line_of("match", none=True), TITLES, "suppliers.csv", "2026-02-01", 2)
    assert "nothing is shown any more" in said
    assert said.endswith("Screen the file again.")


def test_a_finding_carries_its_claims_paths_rules_and_documents(lakeside: Lakeside) -> None:
    dossier = lakeside.compose("Northwind Vision").dossier
    assert is_dossier_id(dossier.id)
    assert [each.name for each in dossier.claims] == ["cameras", "broadcast"]
    assert dossier.finding is not None
    assert {each["ends"] for each in dossier.finding["paths"]} == {"listed", "named"}
    assert dossier.finding["regimes"]["fund-policy"]["low"] == 51_000_000
    keys = [each.key for each in dossier.documents]
    assert keys[0] == "suppliers"
    assert {"my_list", "my_register", "page", "radio"} <= set(keys)
    assert [each.number for each in dossier.documents] == list(range(1, len(keys) + 1))
    assert dossier.coverage[0].startswith("Searched: my_list, edition 2026-11-20")
    assert "none_found" not in dossier.sentence


def test_what_a_claim_says_stands_in_its_entry_alone(lakeside: Lakeside) -> None:
    dossier = lakeside.compose("Northwind Vision").dossier
    [claim, _] = dossier.claims
    assert claim.statement == FIRST
    assert [each.by.name for each in claim.answers] == ["Northwind Vision"]
    assert json.dumps(dossier.as_dict()).count(FIRST) == 1


def test_why_not_is_answered_too(lakeside: Lakeside, tmp_path: Path) -> None:
    dossier = lakeside.compose("Entirely Other Company", tmp_path / "none.html").dossier
    assert "none was found in these sources as of 2026-11-24" in dossier.sentence
    assert any(each.startswith("Not evaluated") for each in dossier.coverage)
    page = (tmp_path / "none.html").read_text("utf-8")
    assert "says nothing about lists that were not searched" in page
    assert (tmp_path / "none.html").read_bytes() == _again(lakeside, tmp_path / "again.html")


def _again(lakeside: Lakeside, path: Path) -> bytes:
    lakeside.compose("Entirely Other Company", path)
    return path.read_bytes()


@pytest.mark.parametrize("row", ["Northwind Vision", "Entirely Other Company", "???"])
def test_json_agrees_with_its_schema_and_comes_out_the_same(lakeside: Lakeside, row: str) -> None:
    first, second = (lakeside.compose(row).dossier for _ in range(2))
    assert write_json(first) == write_json(second)
    Draft202012Validator(read_schema()).validate(json.loads(write_json(first)))


def test_entities_hold_the_finding_and_each_claim_with_its_answer(
    lakeside: Lakeside, tmp_path: Path
) -> None:
    path = tmp_path / "north.ftm.json"
    lakeside.compose("Northwind Vision", path)
    entities = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len({each["id"] for each in entities}) == len(entities)
    kinds = {each["schema"] for each in entities}
    assert {"LegalEntity", "Company", "Ownership", "Documentation", "UnknownLink"} <= kinds
    told = [each for each in entities if FIRST in json.dumps(each)]
    assert told
    for each in told:
        assert "Example Watch" in json.dumps(each)
        assert "it made no such sale" in json.dumps(each)


@pytest.mark.parametrize("shape", ["{0}", "{1}", "{2}", "{3}/{0}", "latest-of-none"])
def test_a_finding_is_found_by_its_id_however_written(lakeside: Lakeside, shape: str) -> None:
    whole = lakeside.findings["Northwind Vision"]
    [folder] = lakeside.workspace.screenings_folder.iterdir()
    what = shape.format(whole, whole.lower().replace("-", ""), whole[:6], folder.name)
    if shape == "latest-of-none":
        with pytest.raises(FindingUnknown, match="no such case was filed"):
            story.compose(lakeside.workspace, what)
        return
    found = story.compose(lakeside.workspace, what).dossier
    assert found.finding is not None
    assert found.finding["id"] == whole


def test_an_id_of_nothing_or_of_several_is_told(lakeside: Lakeside) -> None:
    with pytest.raises(FindingUnknown, match="no screening that is kept here has it"):
        story.compose(lakeside.workspace, "F000-0000-0")
    ids = [each.replace("-", "") for each in lakeside.findings.values()]
    shared = next((n for n in (2, 1) if len({each[:n] for each in ids}) < len(ids)), 1)
    with pytest.raises(FindingUnknown):
        story.compose(lakeside.workspace, ids[0][:shared])


@pytest.mark.parametrize(
    ("name", "error"),
    [("a.docx", OutputUnknown), (".html", OutputUnknown), ("no/where.html", OutputUnwritable)],
)
def test_an_output_that_cannot_be_is_refused_before_any_work(
    lakeside: Lakeside, tmp_path: Path, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        story.compose(lakeside.workspace, "no such thing", [tmp_path / name])


def test_options_of_the_other_kind_are_refused(lakeside: Lakeside) -> None:
    with pytest.raises(UsageError, match="--since is for a finding"):
        story.compose(lakeside.workspace, "lakeside", since="2026")
    with pytest.raises(UsageError, match="--as-of is for a case"):
        story.compose(lakeside.workspace, lakeside.findings["Northwind Vision"], as_of="2026-01-01")


def test_a_changed_claim_is_shown_as_it_is_now(own_lakeside: Lakeside) -> None:
    file_again(own_lakeside.sealed, statement="The report says it in other words.")
    dossier = own_lakeside.compose("Northwind Vision").dossier
    assert dossier.claims[0].statement == "The report says it in other words."
    assert dossier.finding is not None
    ends = [each["ends"] for each in dossier.finding["paths"]]
    assert ends == ["listed"]  # the other told of the claim as it was worded
    assert FIRST not in write_json(dossier).decode()


def test_what_rests_on_an_erased_claim_is_left_out_everywhere(
    own_lakeside: Lakeside, tmp_path: Path
) -> None:
    claims = story.list_claims(own_lakeside.workspace)
    [record] = [each.record for each in claims if each.claim.id == "cameras"]
    erase(own_lakeside.sealed.ledger, record, "court_order", fields=["statement", "object"])
    paths = [tmp_path / f"north{end}" for end in (".html", ".json", ".ftm.json", ".pdf")]
    dossier = own_lakeside.compose("Northwind Vision", *paths).dossier
    assert [each.name for each in dossier.claims] == ["broadcast"]
    for path in paths[:3]:
        assert FIRST not in path.read_text("utf-8"), path.name
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paths[3])]
    read = " ".join(" ".join(pages).split())
    assert "The station says that the company keeps staff" in read
    assert "delivered cameras" not in read
    assert any("left out: since the screening" in each for each in dossier.limits)
    page = paths[0].read_text("utf-8")
    assert "no such sale" not in page  # what answered it names it


def test_judgements_resolutions_and_changes_are_told(own_lakeside: Lakeside) -> None:
    home, whole = own_lakeside.workspace, own_lakeside.findings["Northwind Vision"]
    story.resolve(home, whole, "keep under conditions", "It answers.", next_review=date(2027, 1, 1))
    file_again(own_lakeside.sealed, statement="The report says it in other words.")
    own_lakeside.screen()
    dossier = own_lakeside.compose("Northwind Vision").dossier
    assert [each["resolution"] for each in dossier.resolutions] == ["keep under conditions"]
    assert dossier.header["before"]
    assert any(each.kind == "resolution" for each in dossier.timeline)
    told = [each for each in dossier.changes if each["part"] == "claim"]
    assert told, dossier.changes
    assert all(each["old"] is None and each["new"] is None for each in told)
    assert FIRST not in write_json(dossier).decode()
