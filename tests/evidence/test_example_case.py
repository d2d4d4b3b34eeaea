"""The case that ships: what it promises to those who are named in it, held to its files."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.errors import OutputUnwritable
from answerable.evidence.capture_records import list_captures
from answerable.evidence.cases import (
    Checked,
    check_case,
    file_case,
    filed_claims,
    filed_decisions,
    filed_opinions,
    has_errors,
    read_draft,
    set_side_by_side,
)
from answerable.evidence.cases.quoting import Quoting
from answerable.evidence.example import EXAMPLE_CASE, lay_out_example, list_example_files
from answerable.evidence.passages import locate
from answerable.evidence.texts.sealed import read_text
from answerable.ledger.log import Ledger, open_ledger, read_deeds
from answerable.model.case import Case
from tests.conftest import FIXTURES, ROOT

TODAY = date(2026, 11, 24)
FACTS = FIXTURES / "cases" / "huawei-uk-facts.tsv"
NON_COMMERCIAL = {"US-13", "US-15", "US-16", "US-17", "EN-12"}
JUDGING = re.compile(
    r"\b(guilt\w*|complicit\w*|clean|safe|cleared|hits?|targets?|suspect\w*|blacklist\w*|"
    r"risk scores?)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Laid:
    """The example in a workspace of its own."""

    ledger: Ledger
    cases: Path
    checked: Checked

    @property
    def case(self) -> Case:
        return self.checked.case


def lay(folder: Path) -> Laid:
    workspace = make_workspace(folder / "workspace")
    ledger = open_ledger(workspace, keys=folder / "keys")
    place = lay_out_example(ledger, workspace.cases_folder)
    return Laid(ledger, workspace.cases_folder, check_case(ledger, read_draft(place), today=TODAY))


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    return lay(tmp_path_factory.mktemp("example"))


@pytest.fixture(scope="module")
def facts() -> list[dict[str, str]]:
    with FACTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def entries_of(case: Case) -> list[Quoting]:
    """Return everything in the case that may quote."""
    return [*case.claims, *case.rebuttals, *case.decisions]


def our_sentences(case: Case) -> Iterator[str]:
    """Give every sentence of the case that its editors wrote."""
    yield from (case.title, case.summary, *case.not_shown)
    for source in case.sources:
        yield from (source.pending or "", source.note or "")
    for claim in case.claims:
        yield from (claim.statement, claim.claimant.interest or "", claim.about.interest or "")
        yield from (claim.grade.why if claim.grade else "", (claim.figure or {}).get("words", ""))
    for rebuttal in case.rebuttals:
        yield from (rebuttal.statement, rebuttal.by.interest or "")
    for decision in case.decisions:
        yield from (decision.decision, decision.ground, decision.not_ground or "")
    yield from (opinion.text for opinion in case.opinions)


def test_it_is_checked_without_an_error(laid: Laid) -> None:
    assert not has_errors(laid.checked.faults)
    assert {fault.code for fault in laid.checked.faults} == {
        "capture_pending",
        "no_answer_sought",
        "not_reviewed",
    }


def test_every_quotation_stands_in_its_sealed_copy(laid: Laid) -> None:
    texts = {each.id: read_text(laid.ledger, each) for each in list_captures(laid.ledger)}
    quoted = [passage for entry in entries_of(laid.case) for passage in entry.passages]
    assert len(quoted) > 40
    for passage in quoted:
        assert passage.capture is not None, passage.quote
        found = locate(
            texts[passage.capture],
            passage.quote,
            prefix=passage.prefix,
            suffix=passage.suffix,
            start=passage.start,
            same_text=True,
        )
        assert found.state == "exact", passage.quote


def test_the_quotation_from_the_defence_list_is_on_its_fourth_page(laid: Laid) -> None:
    [claim] = [each for each in laid.case.claims if each.id == "dod-1260h-huawei"]
    assert [passage.page for passage in claim.passages] == [4]


def test_everything_names_its_sources_and_who_says_it(laid: Laid) -> None:
    for entry in entries_of(laid.case):
        assert entry.sources, entry.id
    for claim in laid.case.claims:
        assert claim.claimant.kind is not None, claim.id
        assert claim.about.kind is not None, claim.id
        assert "editors" not in claim.claimant.name
        assert claim.review is None


def test_what_is_pending_is_not_quoted_and_says_why(laid: Laid) -> None:
    sealed = {source.key for source in laid.case.sources if source.capture is not None}
    assert sealed == {each.source for each in list_example_files()}
    for entry in entries_of(laid.case):
        assert {passage.source for passage in entry.passages} <= sealed, entry.id
    for source in laid.case.sources:
        assert (source.pending is None) == (source.key in sealed), source.key


def test_every_figure_stands_in_one_table_with_who_gives_it(laid: Laid) -> None:
    [table] = [each for each in set_side_by_side(laid.case.claims) if each.unit == "persons"]
    assert len(table.figures) == 13
    shown = {figure.claim: figure.shown for figure in table.figures}
    assert shown["figure-zenz-2019-11"] == "900,000 to 1,800,000 persons"
    assert shown["figure-rene-cassin-2020-02"] == "at least 3,000,000 persons"
    assert shown["figure-ohchr-2022-08"] == "no number of persons"
    assert shown["figure-etnam-2019-11"] == "no number of persons"
    contested = {claim.id: set(claim.contested_by) for claim in laid.case.claims}
    for claim in shown:
        assert "figure-ohchr-2022-08" in contested[claim] | {claim}
        assert "figure-xinjiang-chairman-2019-12" in contested[claim] | {claim}


def test_no_figure_is_preferred_by_a_grade(laid: Laid) -> None:
    counts = [claim for claim in laid.case.claims if claim.predicate == "estimated_number"]
    assert [claim.id for claim in counts if claim.grade is not None] == []


def test_an_answer_of_huawei_travels_with_all_that_is_alleged_of_it(laid: Laid) -> None:
    answered = {
        name for each in laid.case.rebuttals if each.by.name == "Huawei" for name in each.answers
    }
    about = {claim.id for claim in laid.case.claims if claim.about.name == "Huawei"}
    assert len(about) > 12
    assert about <= answered


def test_an_answer_of_huawei_travels_with_each_list_and_decision_that_names_it(laid: Laid) -> None:
    answered = {
        name for each in laid.case.rebuttals if each.by.name == "Huawei" for name in each.answers
    }
    listed = {
        claim.id
        for claim in laid.case.claims
        if claim.predicate in ("listed", "legislated", "decided")
        and claim.kind == "fact"
        and claim.object is not None
        and ("Huawei" in claim.object.name or "Proven" in claim.object.name)
    }
    assert len(listed) > 15
    assert listed <= answered


def test_how_a_claimant_puts_it_follows_one_rule_for_all_sides(laid: Laid) -> None:
    flat = ("rene-cassin-systems", "aspi-aksu", "icij-china-cables", "huawei-employees-own")
    put = {claim.id: claim.modality for claim in laid.case.claims}
    assert {put[claim] for claim in flat} == {"states"}
    assert {put[claim] for claim in ("ipvm-alarm", "wapo-alarm", "bbc-patent")} == {"reports"}
    assert "alleges" not in put.values()


def test_a_ground_that_the_quoted_row_does_not_hold_is_told_as_pending(laid: Laid) -> None:
    told = [
        claim
        for claim in laid.case.claims
        if claim.predicate == "listed" and "stated ground" in claim.statement and claim.passages
    ]
    assert len(told) > 15
    for claim in told:
        assert "pending" in claim.statement, claim.id
        assert claim.grade is not None
        assert "pending" in claim.grade.why, claim.id


def test_who_answers_has_its_interest_told_like_who_claims(laid: Laid) -> None:
    sides = [claim.claimant for claim in laid.case.claims]
    sides += [rebuttal.by for rebuttal in laid.case.rebuttals]
    for party in sides:
        if party.kind in ("company", "government", "agency", "ngo"):
            known = party.interest is not None
            assert known or party.name == "East Turkistan National Awakening Movement", party.name


def test_an_answer_of_china_travels_with_what_is_said_of_the_state(laid: Laid) -> None:
    answered = {
        name for each in laid.case.rebuttals if "People's Rep" in each.by.name
        for name in each.answers
    }  # fmt: skip
    said = {
        claim.id
        for claim in laid.case.claims
        if claim.predicate in ("detains_at", "treated_persons", "estimated_number")
        and claim.about.kind in ("government", "police")
        and claim.modality != "denies"
    }
    assert len(said) > 15
    assert said <= answered


def test_the_grounds_are_not_blurred(laid: Laid) -> None:
    grounds = {each.id: each for each in laid.case.decisions}
    uk = [grounds[f"decision-uk-{day}"] for day in ("2020-07-14", "2021-act", "2022-10-13")]
    for decision in uk:
        assert "security" in decision.ground.lower()
        assert "human rights" not in decision.ground.lower()
        assert "human rights" in (decision.not_ground or "").lower()
    for day in ("2019-05-16", "2019-08-19", "2020-08-17", "2021-06-03", "2025-01-07"):
        decision = grounds[f"decision-us-{day}"]
        assert "Xinjiang" not in decision.ground
        assert "Xinjiang" in (decision.not_ground or "")
    for day in ("2019-10-09", "2020-07-22", "2021-12-16"):
        assert "not for the entries of Huawei" in (grounds[f"decision-us-{day}"].not_ground or "")


def test_no_sentence_of_ours_judges(laid: Laid) -> None:
    assert [text for text in our_sentences(laid.case) if JUDGING.search(text)] == []


def test_nobody_is_named_but_authors_and_members_of_parliament(laid: Laid) -> None:
    persons = {
        claim.claimant.name
        for claim in laid.case.claims
        if claim.claimant.kind in ("author", "official", "spokesperson")
    }
    assert persons == {
        "A member of the UN Committee on the Elimination of Racial Discrimination",
        "Adrian Zenz",
        "An Assistant Secretary of the US Department of Defense",
        "Christopher Balding and Donald Clarke",
        "Lord Alton of Liverpool, member of the House of Lords",
        "Lord Hunt of Kings Heath, member of the House of Lords",
    }
    assert {each.about.kind for each in laid.case.claims}.isdisjoint(
        {"author", "official", "spokesperson"}
    )


def test_every_record_that_was_collected_is_used_or_left_out_for_a_reason(
    laid: Laid, facts: list[dict[str, str]]
) -> None:
    case = laid.case
    entries = {each.id for each in entries_of(case)}
    told: set[str] = set()
    for row in facts:
        told.update(row["entries"].split())
        assert row["use"] in ("used", "in part", "left out")
        assert bool(row["entries"]) == (row["use"] != "left out"), row["record"]
        assert bool(row["left out, and why"]) == (row["use"] != "used"), row["record"]
    assert told == entries
    parts = {row["record"] for row in facts if row["use"] == "in part"}
    assert parts >= NON_COMMERCIAL


def test_the_records_are_those_that_were_collected(
    facts: list[dict[str, str]], shared_data: Callable[[str], Path]
) -> None:
    records = json.loads(shared_data("case/huawei_xinjiang_facts.json").read_text("utf-8"))
    assert [row["record"] for row in facts] == [record["id"] for record in records]


def test_no_sentence_is_copied_from_what_was_collected(
    laid: Laid, shared_data: Callable[[str], Path]
) -> None:
    records = json.loads(shared_data("case/huawei_xinjiang_facts.json").read_text("utf-8"))
    theirs = {run: record["id"] for record in records for run in runs(record["quote"])}
    ours = {run for text in our_sentences(laid.case) for run in runs(text)}
    assert {" ".join(run): theirs[run] for run in ours & set(theirs)} == {}


def runs(text: str, length: int = 8) -> Iterator[tuple[str, ...]]:
    """Give every run of so many words."""
    words = re.findall(r"\w+", text.casefold())
    return (tuple(words[i : i + length]) for i in range(len(words) - length + 1))


def test_laid_out_again_it_keeps_captures_and_what_was_changed(tmp_path: Path) -> None:
    laid = lay(tmp_path)
    folder = laid.cases / EXAMPLE_CASE
    deeds = len(list(read_deeds(laid.ledger)))
    sources = (folder / "sources.yaml").read_bytes()
    (folder / "summary.md").write_text("# Changed\n", encoding="utf-8")
    (folder / "sources.yaml").unlink()
    assert lay_out_example(laid.ledger, laid.cases) == folder
    assert len(list(read_deeds(laid.ledger))) == deeds
    assert (folder / "sources.yaml").read_bytes() == sources
    assert (folder / "summary.md").read_text(encoding="utf-8") == "# Changed\n"


def test_broken_off_it_is_done_again_with_the_captures_that_were_made(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "workspace")
    ledger = open_ledger(workspace, keys=tmp_path / "keys")
    blocked = tmp_path / "blocked"
    blocked.write_text("no folder", encoding="utf-8")
    with pytest.raises(OutputUnwritable):
        lay_out_example(ledger, blocked)
    made = list_captures(ledger)
    place = lay_out_example(ledger, workspace.cases_folder)
    assert list_captures(ledger) == made
    assert not has_errors(check_case(ledger, read_draft(place), today=TODAY).faults)


def test_in_a_workspace_with_other_captures_its_own_are_made(tmp_path: Path) -> None:
    first = lay(tmp_path / "one")
    second = lay(tmp_path / "two")
    ids = [{each.id for each in list_captures(laid.ledger)} for laid in (first, second)]
    assert [len(each) for each in ids] == [3, 3]
    assert ids[0].isdisjoint(ids[1])


def test_filed_it_is_read_back_as_it_was_and_filed_once(tmp_path: Path) -> None:
    laid = lay(tmp_path)
    filing = file_case(laid.ledger, laid.checked)
    assert len(filing.filed) > 150
    filed = filed_claims(laid.ledger, EXAMPLE_CASE)
    assert [each.claim for each in filed] == list(laid.case.claims)
    answers = {each.claim.id: {answer.rebuttal.id for answer in each.rebuttals} for each in filed}
    assert answers["ipvm-alarm"] >= {"huawei-alarm", "china-alarm"}
    decided = filed_decisions(laid.ledger, EXAMPLE_CASE)
    assert len(decided) == len(laid.case.decisions)
    [opinion] = filed_opinions(laid.ledger, EXAMPLE_CASE)
    assert opinion.opinion.by == "The authors of this example"
    again = check_case(laid.ledger, read_draft(laid.cases / EXAMPLE_CASE), today=TODAY)
    assert file_case(laid.ledger, again).filed == ()


def test_its_page_counts_what_is_there(laid: Laid, facts: list[dict[str, str]]) -> None:
    page = " ".join((ROOT / "docs" / "example-case.md").read_text(encoding="utf-8").split())
    case = laid.case
    quotations = sum(len(entry.passages) for entry in entries_of(case))
    for words in (
        f"three of them sealed | {len(case.sources)} |",
        f"| claims | {len(case.claims)} |",
        f"| answers to them | {len(case.rebuttals)} |",
        f"the body stated | {len(case.decisions)} |",
        f"sealed copy | {quotations} |",
        f"{sum(row['use'] != 'left out' for row in facts)} are used",
        f"{sum(row['use'] == 'in part' for row in facts)} of them in part",
    ):
        assert words in page
