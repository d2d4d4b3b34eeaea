"""The page of a package, from the files of a case: what stands where, and in which words."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from answerable.evidence.captures import capture_file
from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.filing import file_case
from answerable.evidence.custody import note_custody
from answerable.evidence.packages.contents import Choice
from answerable.evidence.packages.exports import Export, export_case
from answerable.evidence.texts import Page, Text
from answerable.evidence.texts.sealed import derive_text, keep_text
from answerable.evidence.verification.workspaces import verify_package
from answerable.ledger.log import append_deed, read_deeds
from answerable.ledger.objects import keep_record
from answerable.ledger.records import seal_fields
from tests.evidence.sealed_case import Sealed, build_case

SOURCES = """\
sources:
  - {{key: page, title: Lakeside, publisher: Example Watch, published: 2026-01, capture: {page}}}
  - {{key: minutes, title: Minutes of the board, publisher: A board, capture: {private}}}
  - {{key: radio, title: A broadcast, publisher: Radio Example, capture: pending, pending: Later.}}
"""


@dataclass(frozen=True)
class Desk:
    """A workspace in which a case is written, filed and handed on."""

    sealed: Sealed
    folder: Path

    def write(self, claims: str, summary: str = "One.\n\nTwo.") -> Path:
        folder = self.sealed.root / "cases" / "quarry"
        folder.mkdir(exist_ok=True)
        sources = SOURCES.format(page=self.sealed.page, private=self.sealed.private)
        (folder / "case.yaml").write_text("title: Quarry\neditors: [The desk]\n")
        (folder / "sources.yaml").write_text(sources)
        (folder / "claims.yaml").write_text(claims, encoding="utf-8")
        (folder / "summary.md").write_text(summary, encoding="utf-8")
        return folder

    def check(self, claims: str) -> tuple[Fault, ...]:
        return check_case(self.sealed.ledger, read_draft(self.write(claims))).faults

    def file(self, claims: str) -> None:
        ledger = self.sealed.ledger
        file_case(ledger, check_case(ledger, read_draft(self.write(claims))))

    def export(self) -> tuple[Export, str]:
        export = export_case(self.sealed.ledger, "quarry", self.folder / "package")
        assert verify_package(export.path).exit_code == 0
        return export, (export.path / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return build_case(tmp_path_factory.mktemp("built"))


@pytest.fixture
def desk(built: Sealed, tmp_path: Path) -> Desk:
    return Desk(built.copy(tmp_path), tmp_path)


def claim(name: str, more: str = "sources: [radio]", predicate: str = "supplied") -> str:
    return (
        f"  - {{id: {name}, claimant: Example Watch, kind: fact, "
        "about: {name: Northwind Vision, kind: company}, object: Lakeside site, "
        f"predicate: {predicate}, statement: It says {name}., modality: states, {more}}}\n"
    )


def words_of(html: str, anchor: str) -> str:
    """Return the words of the article of a claim."""
    article = html.split(f'id="claim-{anchor}"', 1)[1].split('<article class="claim', 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", article.partition(">")[2]))


def codes(faults: tuple[Fault, ...], severity: str = "warning") -> list[str]:
    return [fault.code for fault in faults if fault.severity == severity]


ASKED = """\
rebuttals:
  - {id: letter, by: Northwind Vision, answers: [first], statement: No., sources: [radio]}
replies:
  - to: Northwind Vision
    about: [first, second]
    asked_on: 2026-11-01
    way: letter
    deadline: 2026-11-15
    outcome: answered
    answer: letter
"""


def test_an_answer_to_one_of_two_claims_is_not_said_to_answer_the_other(desk: Desk) -> None:
    claims = "claims:\n" + claim("first") + claim("second") + ASKED
    told = [each for each in desk.check(claims) if each.code == "answers_other_claims"]
    assert [each.sentence.split(",")[0] for each in told] == [
        "Claim second was put to Northwind Vision"
    ]
    desk.file(claims)
    _, html = desk.export()
    asked = "Northwind Vision was asked on 2026-11-01, until 2026-11-15;"
    assert f"{asked} an answer came." in words_of(html, "first")
    assert f"{asked} it answered, but not on this claim." in words_of(html, "second")
    assert "an answer came" not in words_of(html, "second")


def test_claims_stand_in_the_order_of_their_editors(desk: Desk) -> None:
    claims = "claims:\n" + claim("third") + claim("first") + claim("second")
    desk.file(claims + ASKED)
    desk.file(claims.replace("It says third.", "It said third.") + ASKED)
    _, html = desk.export()
    assert re.findall(r'id="claim-(\w+)"', html) == ["third", "first", "second"]
    assert "It said third." in words_of(html, "third")


def test_figures_on_one_matter_stand_side_by_side(desk: Desk) -> None:
    counts = "{minimum: %s, maximum: %s, unit: cameras, as_of: 2019}"
    claims = "claims:\n" + "".join(
        claim(name, f"sources: [radio], figure: {counts % (number, number)}")
        for name, number in (("first", 340), ("other", 12), ("second", 5000))
    )
    claims = claims.replace("It says other., ", "It says other., place: A harbour, ")
    desk.file(claims + ASKED)
    _, html = desk.export()
    [table] = re.findall(r"<table>.*?</table>", html, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)
    cells = [
        [" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in re.split("</t[hd]>", row)[:4]]
        for row in rows
    ]
    assert cells == [
        ["Claimant", "Figure", "When", "Answer"],
        ["Example Watch states it", "340 cameras", "2019", "answered"],
        [
            "Example Watch states it",
            "5,000 cameras",
            "2019",
            "asked; it answered, but not on this claim",
        ],
    ]
    assert html.index("</table>") < html.index('id="claim-first"')


def test_a_figure_alone_makes_no_table(desk: Desk) -> None:
    desk.file("claims:\n" + claim("one", "sources: [radio], figure: {minimum: 4, unit: cameras}"))
    _, html = desk.export()
    assert "<table>" not in html
    assert "at least 4 cameras" in words_of(html, "one")


PRIVATE = """\
rebuttals:
  - {id: both, by: Northwind Vision, answers: [open, leaked], statement: None., sources: [radio]}
  - {id: only, by: Northwind Vision, answers: [leaked], statement: Sotto voce., sources: [radio]}
replies:
  - {to: Northwind Vision, about: [leaked, open], asked_on: 2026-11-01, way: letter,
     deadline: 2026-11-15, outcome: answered, answer: both}
"""
GRADE = "grade: {reliability: C, credibility: 3, by: Ada, on: 2026-11-20, why: A whisper.}"


def test_what_rests_on_private_captures_alone_is_filed_and_not_handed_on(desk: Desk) -> None:
    claims = (
        "claims:\n"
        + claim("open", "sources: [radio], contested_by: [leaked]")
        + claim("leaked", f"sources: [minutes], contested_by: [open], {GRADE}")
        + claim("mixed", "sources: [minutes, radio]")
        + PRIVATE
    )
    faults = desk.check(claims)
    assert codes(faults, "error") == []
    [told] = [each for each in faults if each.code == "private_alone"]
    assert told.sentence == (
        "Claim leaked rests on private captures alone; it can be filed, and is not exported."
    )
    desk.file(claims)
    export, html = desk.export()
    assert export.held_back == 1
    whole = b"".join(path.read_bytes() for path in export.path.rglob("*") if path.is_file())
    for words in (b"leaked", b"Minutes of the board", b"Sotto voce", b"A whisper"):
        assert words not in whole
    assert re.findall(r'id="claim-(\w+)"', html) == ["open", "mixed"]
    assert "Northwind Vision answers" in words_of(html, "open")
    assert "an answer came" in words_of(html, "open")


def test_a_claim_that_came_to_rest_on_a_private_capture_alone_goes_with_all_its_wordings(
    desk: Desk,
) -> None:
    desk.file("claims:\n" + claim("turned"))
    desk.file("claims:\n" + claim("turned", "sources: [minutes]"))
    export, html = desk.export()
    assert (export.held_back, "It says turned." in html) == (1, False)
    assert "claim-turned" not in html


CORRECTION = """\
corrections:
  - {{id: first, on: 2026-11-24, ground: court_order, action: removed, mention: {mention},
     what: An entry was removed., items: [leaked]}}
"""
RESTORED = """\
  - {id: second, on: 2026-11-25, ground: court_order, action: restored,
     what: The order was lifted., items: [leaked]}
"""


@pytest.mark.parametrize("mention", ["shown", "none"])
@pytest.mark.parametrize("choice", [None, Choice(uncited=True, history=True)])
def test_what_a_takedown_removed_is_in_no_package(
    desk: Desk, mention: str, choice: Choice | None
) -> None:
    leaflet = desk.folder / "leaflet.txt"
    leaflet.write_text("A leaflet of the quarry.")
    sealed = capture_file(desk.sealed.ledger, leaflet, "quarry", title="Leaflet of a quarry")
    found = SOURCES.replace("{private}", sealed.id)
    claims = (
        "claims:\n"
        + claim("open", "sources: [radio], contested_by: [leaked]")
        + claim("leaked", f"sources: [minutes, radio], contested_by: [open], {GRADE}")
        + PRIVATE
    )
    folder = desk.write(claims)
    (folder / "sources.yaml").write_text(found.format(page=desk.sealed.page))
    ledger = desk.sealed.ledger
    file_case(ledger, check_case(ledger, read_draft(folder)))
    removal = CORRECTION.format(mention=mention)
    (folder / "corrections.yaml").write_text(removal)
    file_case(ledger, check_case(ledger, read_draft(folder)))
    export = export_case(ledger, "quarry", folder / "package", choice=choice)
    assert verify_package(export.path).exit_code == 0
    whole = b"".join(path.read_bytes() for path in export.path.rglob("*") if path.is_file())
    for words in (b"leaked", b"Leaflet of a quarry", b"Sotto voce", b"A whisper", b"Minutes"):
        assert words not in whole, words
    assert (b"An entry was removed." in whole) == (mention == "shown")
    assert export.removed == (3 if mention == "shown" else 4)
    (folder / "corrections.yaml").write_text(removal + RESTORED)
    file_case(ledger, check_case(ledger, read_draft(folder)))
    again = export_case(ledger, "quarry", folder / "again", choice=choice)
    assert b"Sotto voce" in b"".join(p.read_bytes() for p in again.path.rglob("*") if p.is_file())


def test_a_fact_without_quotation_is_refused_where_one_source_may_be_seen(desk: Desk) -> None:
    claims = "claims:\n" + claim("one", "sources: [page]") + claim("two", "sources: [minutes]")
    assert codes(desk.check(claims), "error") == ["no_quotation"]


def test_captures_that_no_entry_cites_stay_out_and_are_listed(desk: Desk) -> None:
    ledger = desk.sealed.ledger
    (desk.folder / "draft.html").write_text("<p>An address that nobody should see.</p>")
    spare = derive_text(ledger, capture_file(ledger, desk.folder / "draft.html", "quarry"))
    note_custody(ledger, spare.id, "review", by="Ada", note="Not the one.")
    quoted = "passages: [{source: page, quote: Northwind Vision supplied 340 cameras}]"
    desk.file("claims:\n" + claim("one", quoted))
    export, html = desk.export()
    assert export.left_out[spare.id] == "not_cited"
    assert list(export.left_out.values()).count("not_cited") == 4  # text, pages and note, too
    assert "An address" not in html
    assert html.count('<article class="capture">') == 1
    names = [path.name for path in export.path.rglob("*")]
    for part in spare.parts:
        assert part.object[9:] not in names
    export = export_case(ledger, "quarry", desk.folder / "all.zip", choice=Choice(uncited=True))
    assert "not_cited" not in export.left_out.values()
    assert verify_package(export.path).exit_code == 0


def test_the_page_sets_its_sentences_as_people_do(desk: Desk) -> None:
    ledger = desk.sealed.ledger
    paper = desk.folder / "paper.txt"
    paper.write_text("It supplied cameras.")
    sealed = capture_file(ledger, paper, "quarry")
    page = (Page(1, 0, 20),)
    paged = keep_text(ledger, sealed, sealed.original, Text("It supplied cameras.", page, tool="t"))
    folder = desk.write(
        "claims:\n" + claim("one", "passages: [{source: page, quote: It supplied cameras}]")
    )
    sources = (folder / "sources.yaml").read_text().replace(desk.sealed.page, paged.id)
    (folder / "sources.yaml").write_text(sources)
    file_case(ledger, check_case(ledger, read_draft(folder)))
    _, html = desk.export()
    assert "Lakeside, Example Watch, 2026-01, page 1. These words" in words_of(html, "one").replace(
        " ,", ","
    )
    assert "<p>One.</p>\n<p>Two.</p>" in html
    assert ".summary > * + * { margin-top" in html


def test_doubts_about_a_sealed_copy_are_told_in_words(desk: Desk) -> None:
    ledger = desk.sealed.ledger
    event = next(event for event in read_deeds(ledger) if event.act == "case.open")
    capture = {"schema": "answerable.capture/1", "problems": ["no_screenshot"], "parts": []}
    lacking = keep_record(ledger.store, seal_fields(capture))
    append_deed(ledger, "source.collect", lacking, {"case": event.obj})
    passages = [{"capture": lacking}]
    fields = {"schema": "answerable.claim/1", "id": "one", "passages": passages}
    append_deed(
        ledger, "claim.file", keep_record(ledger.store, seal_fields(fields)), {"case": event.obj}
    )
    export = export_case(ledger, "lakeside", desk.folder / "package")
    html = (export.path / "index.html").read_text(encoding="utf-8")
    assert "incomplete: no picture of the page" in html
    assert "no_screenshot" not in html


def test_a_case_without_claims_is_told_so(desk: Desk) -> None:
    assert "no_claims" in codes(desk.check("claims: []"))
    assert "no_claims" not in codes(desk.check("claims:\n" + claim("one")))


def test_an_answer_goes_with_its_claim_and_its_private_source_does_not(desk: Desk) -> None:
    answer = ASKED.split("replies:")[0].replace("[radio]", "[minutes]")
    claims = "claims:\n" + claim("first") + answer
    [told] = [each for each in desk.check(claims) if each.code == "private_alone"]
    assert "its statement is exported with the claims" in told.sentence
    desk.file(claims)
    export, html = desk.export()
    assert (export.held_back, "Minutes of the board" in html) == (0, False)
    assert "Northwind Vision answers" in words_of(html, "first")
