"""From a workspace with a list, a register in BODS and a filed case to findings and outputs."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from jsonschema import Draft202012Validator

from answerable import story
from answerable.engine.workspace import Workspace, make_workspace
from answerable.errors import RegimeFaulty
from answerable.exposure.outputs.lines import read_schema
from answerable.ledger.log import open_ledger
from answerable.lists.cards import load_card, write_card
from answerable.model import Finding
from answerable.story import cases

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "links"
DAY = date(2026, 11, 24)
LEI = "549300XIVJCBIGMRUD48"

LISTED: list[dict[str, Any]] = [
    {
        "id": "group",
        "schema": "Company",
        "properties": {"name": ["Zyxomatic Holding Group"], "leiCode": [LEI], "country": ["cn"]},
    },
    {
        "id": "group-entry",
        "schema": "Sanction",
        "properties": {"entity": ["group"], "authority": ["Invented Office"], "program": ["INV"]},
    },
]
RULE = """\
schema: answerable.regime/1
id: fund-policy
version: 2026-11-01
title: The fund's exclusion policy
issuer: An invented fund
summary: The fund excludes what entries of its list own by half or more.
seeds:
  - list: my_list
interests: [shareholding]
threshold_percent: 50
inclusive: true
pool: all
windows:
  - {from: 2026-01-01, status: in_force}
sources:
  - {citation: "Policy, paragraph 4"}
not_computed: []
checked_on: 2026-11-01
"""
CASE = """\
schema: answerable.case/1
title: The mill
editors: [The editors]
language: en
not_shown: []
"""
SOURCES = """\
schema: answerable.sources/1
sources:
  - key: paper
    title: Report on a mill
    publisher: The Invented Paper
    url: https://paper.example/mill
    capture: pending
    pending: The page could not be reached.
"""
CLAIMS = """\
schema: answerable.claims/1
claims:
  - id: labour
    claimant: {name: The Invented Paper, kind: news}
    kind: fact
    about: {name: Quorbel Cotton Mills Ltd, kind: company}
    predicate: supplied
    object: {name: An Invented Bureau, kind: agency}
    statement: The paper says that the mill supplied the bureau.
    modality: alleges
    sources: [paper]
rebuttals:
  - id: answer
    by: Quorbel Cotton Mills Ltd
    answers: [labour]
    statement: The mill says that it did not.
    sources: [paper]
replies: []
retractions: []
"""


def statement(record: str, kind: str, details: dict[str, Any]) -> dict[str, Any]:
    return {
        "statementId": f"s-{record}",
        "statementDate": "2026-01-01",
        "recordId": record,
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": {"isComponent": False, **details},
    }


def entity(record: str, name: str, lei: str | None = None) -> dict[str, Any]:
    identifiers = [{"scheme": "XI-LEI", "id": lei}] if lei else []
    details = {"entityType": {"type": "registeredEntity"}, "name": name}
    return statement(record, "entity", {**details, "identifiers": identifiers})


def holding(record: str, owner: str, target: str, share: dict[str, Any] | None) -> dict[str, Any]:
    interest = {"type": "shareholding", "directOrIndirect": "direct"}
    if share is not None:
        interest["share"] = share  # type: ignore[assignment]
    details = {"subject": target, "interestedParty": owner, "interests": [interest]}
    return statement(record, "relationship", details)


REGISTER = [
    entity("group", "Zyxomatic Holding Group Limited", LEI),
    entity("mill", "Quorbel Cotton Mills Ltd"),
    entity("shop", "Vextrine Shops Ltd"),
    holding("r1", "group", "mill", {"exact": 51}),
    holding("r2", "mill", "shop", None),
]
ROWS = ["Quorbel Cotton Mills Limited", "Vextrine Shops Ltd", "Entirely Other Company"]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.setenv("ANSWERABLE_KEYS", str(tmp_path / "keys"))
    filed_on = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)
    monkeypatch.setattr(cases, "open_ledger", partial(open_ledger, clock=lambda: filed_on))
    home = make_workspace(tmp_path / "ws", "test", "0" * 32)
    listed = tmp_path / "listed.ftm.json"
    listed.write_text("".join(json.dumps(each) + "\n" for each in LISTED), encoding="utf-8")
    story.collect(home, "my_list", [str(listed)], edition="2026-11-20")
    register = tmp_path / "register.json"
    register.write_text(json.dumps(REGISTER), encoding="utf-8")
    card = replace(load_card(FIXTURES / "table" / "card.yaml"), id="my_register", reader="bods")
    path = tmp_path / "card.yaml"
    path.write_text(write_card(replace(card, columns={}, options={})), encoding="utf-8")
    story.collect(home, "my_register", [str(register)], card=path, edition="2026-11-01")
    (home.root / "rules").mkdir()
    (home.root / "rules" / "fund.yaml").write_text(RULE, encoding="utf-8")
    case = home.cases_folder / "mill"
    case.mkdir(parents=True)
    for name, text in (("case", CASE), ("sources", SOURCES), ("claims", CLAIMS)):
        (case / f"{name}.yaml").write_text(text, encoding="utf-8")
    [checked] = story.check(home, "mill", file=True, today=DAY)
    assert checked.filing is not None, [each.sentence for each in checked.checked.faults]
    return home


@pytest.fixture
def screen(workspace: Workspace, tmp_path: Path) -> Callable[..., story.Screened]:
    def run(*outputs: str) -> story.Screened:
        suppliers = tmp_path / "suppliers.csv"
        suppliers.write_text("\n".join(["Supplier", *ROWS]) + "\n", encoding="utf-8")
        return story.screen(workspace, suppliers, [tmp_path / each for each in outputs], as_of=DAY)

    return run


def test_findings_tell_paths_rules_and_claims(screen: Callable[..., story.Screened]) -> None:
    screened = screen()
    mill, shop, other = screened.screening.findings
    assert (mill.status, mill.exposure) == ("match", ("named", "derived"))
    assert mill.regimes["fund-policy"].status == "derived"
    assert mill.regimes["fund-policy"].low == 51_000_000
    assert [claim.claimant for claim in mill.claims] == ["The Invented Paper"]
    assert mill.claims[0].rebuttals[0]["statement"] == "The mill says that it did not."
    assert shop.regimes["fund-policy"].status == "possible"
    assert "possible" in shop.exposure
    assert [claim.id for claim in shop.claims] == [claim.id for claim in mill.claims]
    assert (other.status, other.exposure, other.paths) == ("none_found", (), ())
    assert set(other.regimes) == set(mill.regimes)


def test_a_claim_that_was_filed_after_the_day_is_left_out_and_that_is_said(
    workspace: Workspace,
) -> None:
    before = DAY - timedelta(days=1)
    rows = "\n".join(["Supplier", *ROWS]).encode()
    screened = story.screen(workspace, rows, as_of=before)
    assert not any(finding.claims for finding in screened.screening.findings)
    [limit] = screened.screening.manifest["links"]["limits"]
    assert limit == f"1 claim was left out: it was filed after {before.isoformat()}."


def test_an_identifier_makes_the_owner_of_the_register_the_listed_company(
    screen: Callable[..., story.Screened],
) -> None:
    mill, shop, _ = screen().screening.findings
    [path] = [each for each in mill.paths if each.ends == "listed"]
    assert path.nodes[-1] == "my_list:group"
    assert [link.kind for link in path.links] == ["same", "ownership"]
    [longer] = [each for each in shop.paths if each.ends == "listed"]
    assert [link.share.words for link in longer.links if link.share] == ["share not known", "51 %"]


def test_every_line_and_the_manifest_agree_with_their_schemas(
    screen: Callable[..., story.Screened],
) -> None:
    screened = screen()
    lines = (screened.folder / "findings.jsonl").read_text("utf-8").splitlines()
    validator = Draft202012Validator(read_schema("finding"))
    faults = [str(fault) for line in lines for fault in validator.iter_errors(json.loads(line))]
    manifest = json.loads((screened.folder / "manifest.json").read_text("utf-8"))
    faults += map(str, Draft202012Validator(read_schema("manifest")).iter_errors(manifest))
    assert faults == []
    assert manifest["links"]["by_kind"]["ownership"] == 2
    assert manifest["coverage"]["links"][0]["list"] == "my_register"
    assert manifest["rule_set"]["fund-policy"]["title"] == "The fund's exclusion policy"


def test_the_same_inputs_give_the_same_bytes(screen: Callable[..., story.Screened]) -> None:
    first = screen()
    before = (first.folder / "findings.jsonl").read_bytes()
    (first.folder / "manifest.json").unlink()
    (first.folder / "findings.jsonl").unlink()
    first.folder.rmdir()
    again = screen()
    assert again.screening.id == first.screening.id
    assert (again.folder / "findings.jsonl").read_bytes() == before


def test_what_people_read_shows_path_rule_claim_and_answer(
    screen: Callable[..., story.Screened], tmp_path: Path
) -> None:
    screen("report.html", "answered.xlsx", "answered.csv", "graph.ftm.json")
    page = (tmp_path / "report.html").read_text("utf-8")
    for words in (
        "How it is tied to listed or named companies",
        "is owned by",
        "The fund&#39;s exclusion policy",
        "The mill says that it did not.",
        "Links between companies that were read",
    ):
        assert words in page
    book = openpyxl.load_workbook(tmp_path / "answered.xlsx")
    said = [str(cell.value) for row in book["Findings"].iter_rows() for cell in row]
    assert any("Zyxomatic Holding Group" in each for each in said)
    text = (tmp_path / "answered.csv").read_text("utf-8-sig")
    first = next(csv.DictReader(io.StringIO(text)))
    assert "51 %" in first["answerable: paths"]
    assert "reached by the shares stated" in first["answerable: rules"]
    assert "The mill says that it did not." in first["answerable: claims"]
    graph = [json.loads(line) for line in (tmp_path / "graph.ftm.json").read_text().splitlines()]
    [owned] = [each for each in graph if each["schema"] == "Ownership" and "51 %" in str(each)]
    ids = {each["id"] for each in graph}
    assert {*owned["properties"]["owner"], *owned["properties"]["asset"]} <= ids


def test_another_answer_or_another_rule_makes_another_screening(
    workspace: Workspace, screen: Callable[..., story.Screened]
) -> None:
    first = screen()
    claims = workspace.cases_folder / "mill" / "claims.yaml"
    claims.write_text(CLAIMS.replace("did not.", "never did."), encoding="utf-8")
    story.check(workspace, "mill", file=True, today=DAY)
    second = screen()
    assert second.screening.findings[0].claims[0].rebuttals[0]["statement"].endswith("never did.")
    rule = workspace.root / "rules" / "fund.yaml"
    rule.write_text(RULE.replace("threshold_percent: 50", "threshold_percent: 52"), "utf-8")
    third = screen()
    assert third.screening.findings[0].regimes["fund-policy"].status == "not_evaluated"
    assert len({each.screening.id for each in (first, second, third)}) == 3


def test_a_faulty_rule_is_named_with_its_file(
    workspace: Workspace, screen: Callable[..., story.Screened]
) -> None:
    rule = workspace.root / "rules" / "fund.yaml"
    rule.write_text(RULE.replace("threshold_percent: 50", "threshold_percent: 500"), "utf-8")
    with pytest.raises(RegimeFaulty, match=r"fund\.yaml"):
        screen()


def test_without_the_case_nobody_is_named(
    workspace: Workspace, screen: Callable[..., story.Screened]
) -> None:
    for each in sorted((workspace.root / "ledger").rglob("*"), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    findings: tuple[Finding, ...] = screen().screening.findings
    assert findings[0].exposure == ("derived",)
    assert findings[0].claims == ()
