"""A dossier as HTML and JSON: golden, inert, nothing without claimant and answers."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from lxml import html

from answerable.dossier.cases import compose_view, cover
from answerable.dossier.forms import read_schema, write_json
from answerable.dossier.page import write_page
from answerable.dossier.sections import list_sections
from answerable.dossier.timeline import lay_out
from answerable.dossier.words import say_received, say_request
from answerable.engine.shown_text import show_text
from answerable.evidence.cases import FiledDescription
from answerable.evidence.exchange.views import CaseView
from answerable.model.claim import Outcome, Party, ReplyRequest
from answerable.model.dossier import Dossier
from tests.conftest import FIXTURES
from tests.dossier.invented_pages import CASE, DOSSIERS, FINDING, HOSTILE, spoil
from tests.evidence.case_strategies import cases
from tests.evidence.lakeside_view import show_lakeside
from tests.oracles.test_exchange_laws import view_of

GOLDEN = FIXTURES / "dossiers"
LOG = {"origin": "answerable.invalid/log/1", "size": 1, "root": "0" * 64}


def read(dossier: Dossier) -> html.HtmlElement:
    return html.document_fromstring(write_page(dossier).decode())


def text_of(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("name", DOSSIERS)
def test_pages_and_json_are_as_before(golden: Callable[[str, Path], None], name: str) -> None:
    golden(write_page(DOSSIERS[name]).decode(), GOLDEN / f"{name}.html")
    golden(write_json(DOSSIERS[name]).decode(), GOLDEN / f"{name}.json")


@pytest.mark.parametrize("name", DOSSIERS)
def test_the_page_asks_for_nothing_and_runs_nothing(name: str) -> None:
    page = read(DOSSIERS[name])
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert not page.xpath("//script | //link | //img | //iframe | //object | //@style | //form")
    assert all(each[2].startswith(("#", "https://")) for each in page.iterlinks())


@pytest.mark.parametrize("name", DOSSIERS)
def test_every_link_within_leads_somewhere_and_ids_are_unique(name: str) -> None:
    page = read(DOSSIERS[name])
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = {each[1:] for each in page.xpath("//@href") if each.startswith("#")}
    assert targets <= set(ids), targets - set(ids)


def test_it_begins_with_the_coverage_and_has_the_twelve_sections() -> None:
    page = read(FINDING)
    heads = page.xpath("//h1 | //h2")
    assert "not searched" in text_of(heads[1])
    assert "says nothing about wrongdoing" in text_of(page.xpath("//header")[0])
    numbered = [each.get("id").removesuffix("-heading") for each in heads[2:]]
    assert numbered == list(list_sections("finding"))
    assert len(numbered) == 12


def test_documents_and_entries_lead_to_each_other() -> None:
    page = read(FINDING)
    [edition] = page.xpath("//li[@id][contains(., 'An invented list, edition')]")
    back = edition.xpath(".//a[@href='#listings' or @href='#paths']")
    assert [text_of(each) for each in back] == ["listings", "paths"]
    assert page.xpath(f"//section[@id='listings']//a[@href='#{edition.get('id')}']")
    assert page.xpath(f"//section[@id='paths']//*[@href='#{edition.get('id')}']")


def test_foreign_words_bear_their_language_and_direction() -> None:
    page = read(FINDING)
    [arabic] = page.xpath("//section[@id='subject']//bdi[.='شركة الرياح']")
    assert (arabic.get("lang"), arabic.get("dir")) == ("und-Arab", "rtl")
    uyghur = page.xpath("//*[local-name()='text'][contains(., 'شىركىتى')]")
    assert uyghur[0].get("direction") == "rtl"
    quotes = page.xpath("//blockquote[@lang='zh-Hans']")
    assert quotes
    assert all(each.get("dir") == "ltr" for each in quotes)


@pytest.mark.parametrize("name", DOSSIERS)
def test_hostile_text_comes_out_inert(name: str) -> None:
    made = spoil(DOSSIERS[name])
    text = write_page(made).decode()
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b\ufffe]", text)
    page = read(made)
    assert not page.xpath("//script | //img | //@onerror")
    assert not [each for each in page.iterlinks() if each[2].startswith("javascript:")]
    assert "[U+202E]gpj.exe" in text
    written = write_json(made)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", written.decode("utf-8"))
    assert HOSTILE in json.loads(written)["title"]


def test_a_name_of_ten_thousand_letters_stays_readable() -> None:
    page = read(replace(FINDING, title="A" * 10_000))
    [title] = page.xpath("//h1")
    assert len(text_of(title)) == 300
    assert text_of(title).endswith("…")


REQUEST = ReplyRequest(Party("Northwind"), ("a",), "2026-01-06", "letter", "2026-01-20")


@pytest.mark.parametrize(
    ("outcome", "answer", "day", "told"),
    [
        ("awaiting", None, "2026-01-10", "; an answer is awaited, none had come by 2026-01-10"),
        ("awaiting", None, "2026-02-01", "; no answer by 2026-02-01"),
        ("answered", "b", "2026-02-01", "; an answer came"),
        ("answered", None, "2026-02-01", "; it answered, but not on this claim"),
        ("refused", None, "2026-02-01", "; an answer was refused"),
        ("unreachable", None, "2026-02-01", "; nobody could be reached"),
    ],
)
def test_what_came_of_a_request_is_told(
    outcome: Outcome, answer: str | None, day: str, told: str
) -> None:
    said = say_request(replace(REQUEST, outcome=outcome, answer=answer), day)
    asked = "Northwind was asked on 2026-01-06 by letter, for an answer by 2026-01-20"
    assert said == f"{asked}{told}."


def test_that_none_came_is_told_with_the_day_set_everywhere_alike() -> None:
    silent = replace(REQUEST, outcome="no_answer")
    asked = [
        replace(each, requests=(silent,)) if each.answer == "requested" else each
        for each in CASE.claims
    ]
    case = replace(CASE, claims=tuple(asked), coverage=cover(asked, CASE.documents))
    case = replace(case, timeline=lay_out(case.claims, (), case.documents))
    told = "asked on 2026-01-06 by letter, no answer by 2026-01-20"
    assert f"1 {told};" in case.coverage[0]
    page = read(case)
    for part in ("//*[@id='replies']//tbody", "//*[@id='timeline']"):
        assert told in " ".join(map(text_of, page.xpath(part))).replace("Asked", "asked"), part
    assert f"no answer by {CASE.as_of}" not in text_of(page)


def test_many_requests_are_counted_by_what_came_of_them() -> None:
    [claim] = [each for each in CASE.claims if each.answer == "requested"]
    days = ("2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09")
    claims = [replace(claim, requests=(replace(REQUEST, asked_on=day),)) for day in days]
    claims[0] = replace(claim, requests=(replace(REQUEST, outcome="no_answer"),))
    assert "1 asked, no answer by the day set; 3 with a reply requested;" in cover(claims, ())[0]


def test_whose_words_an_answer_is_in_that_was_sent_is_told() -> None:
    [answer] = [one for each in CASE.claims for one in each.answers if one.quotations][:1]
    sent = replace(answer, as_received=True)
    told = "Sent to the editors on request; summed up by the editors"
    assert say_received(sent) == f"{told} (the quotation is in its own words)."
    assert say_received(replace(sent, quotations=())) == f"{told}."


def about(view: CaseView) -> FiledDescription:
    names = tuple(each.claim.id for each in view.claims)
    return FiledDescription("", "", view.name, "A case", ("E.",), "en", "", (), names)


def compose(view: CaseView) -> Dossier:
    return compose_view(view, about(view), as_of="2026-11-24", log=LOG)


@settings(max_examples=15)
@given(cases())
def test_no_claim_is_shown_without_claimant_and_answers(case: object) -> None:
    view = view_of(case)  # type: ignore[arg-type]
    dossier = compose(view)
    page = read(dossier)
    entries = page.find_class("claim")
    for claim in dossier.claims:
        [entry] = [each for each in entries if each.get("id") == f"claim-{claim.name}"]
        shown = text_of(entry)
        assert plain(claim.statement) in shown
        assert plain(claim.claimant.name) in shown
        for answer in claim.answers:
            assert plain(answer.statement) in shown
        assert claim.answers or "none found in our sources" in shown or "was asked on" in shown
    Draft202012Validator(read_schema()).validate(json.loads(write_json(dossier)))


def plain(text: str) -> str:
    return " ".join(show_text(text).split())


@settings(max_examples=15)
@given(cases())
def test_what_is_pending_is_never_quoted(case: object) -> None:
    view = view_of(case)  # type: ignore[arg-type]
    dossier = compose(view)
    pending = {each.number for each in dossier.documents if each.pending is not None}
    for claim in dossier.claims:
        quotations = [*claim.quotations, *(q for each in claim.answers for q in each.quotations)]
        assert not pending & {each.document for each in quotations}
        if pending & set(claim.documents):
            [entry] = read(dossier).xpath(f"//*[@id='claim-{claim.name}']")
            assert "No sealed copy yet" in text_of(entry)


def test_private_copies_are_in_no_form() -> None:
    dossier = compose(show_lakeside())
    assert dossier.claims
    for form in (write_page(dossier).decode(), write_json(dossier).decode()):
        assert "0" * 62 + "30" not in form  # the id of the private capture
    assert "private" not in {each.key for each in dossier.documents}


def test_a_retracted_claim_says_so_and_is_in_no_figure() -> None:
    dossier = compose(show_lakeside())
    gone = [each for each in dossier.claims if each.retraction]
    assert gone
    page = read(dossier)
    for claim in gone:
        [entry] = page.xpath(f"//*[@id='claim-{claim.name}']")
        assert "it no longer stands" in text_of(entry)
        assert not [row for each in dossier.figures for row in each.rows if row.claim == claim.name]


def test_the_replies_of_a_case_are_summed_up() -> None:
    page = read(CASE)
    rows = page.xpath("//section[@id='replies']//tbody/tr")
    assert len(rows) == len(CASE.claims)
