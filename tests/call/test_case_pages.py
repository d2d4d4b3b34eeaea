"""The public pages of a case: what they show, what they never show, and that they are inert."""

import dataclasses
import re
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from answerable.call.letters import make_mailto
from answerable.call.pages import find_places, render_pages
from answerable.call.pages.editions import list_letters
from answerable.call.pages.first_page import list_register
from answerable.call.pages.layout import Group, Layout
from answerable.call.pages.wordings import list_languages, read_words
from answerable.model.call import CallPage, PageTranslation
from answerable.model.claim import Party, ReplyRequest
from answerable.model.dossier import AnswerEntry, ClaimEntry, Quotation
from tests.call.lakeside_page import (
    ANSWER,
    CLAIMS,
    DOCUMENTS,
    DRAFT_BANNER,
    GRADE,
    NORTHWIND,
    OFFICE_ANSWER,
    PAGE,
    make_draft,
    make_large,
    make_page,
)

Element = Any
ALL = {"published": PAGE, "draft": make_draft(), "large": make_large(70)}


def read(page: CallPage) -> dict[str, Element]:
    parser = html.HTMLParser(encoding="utf-8")
    return {
        name: html.document_fromstring(content, parser=parser)
        for name, content in render_pages(page).items()
        if name.endswith(".html")
    }


@cache
def read_named(name: str) -> dict[str, Element]:
    return read(ALL[name])


def text_of(element: Element) -> str:
    return " ".join(element.text_content().split())


def claims_in(page: Element) -> list[Element]:
    return list(page.find_class("claim"))


@pytest.mark.parametrize("name", ALL)
def test_every_link_leads_somewhere(name: str) -> None:
    pages = read_named(name)
    anchors = {file: set(page.xpath("//@id")) for file, page in pages.items()}
    beside = {*render_pages(ALL[name]), *ALL[name].files.values()}
    for file, page in pages.items():
        for address in page.xpath("//@href"):
            if re.match(r"https://[a-z.]*example/|mailto:", address):
                continue
            there, _, anchor = address.partition("#")
            assert (there or file) in beside, f"{file} leads to {address}"
            if anchor:
                assert anchor in anchors[there or file], f"{file} leads to {address}"


@pytest.mark.parametrize("name", ALL)
def test_anchors_are_unique(name: str) -> None:
    for file, page in read_named(name).items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), f"{file} has an anchor twice"


def test_the_ask_stands_before_all_sections() -> None:
    index = read_named("published")["index.html"]
    first = index.get_element_by_id("content")[0]
    assert first.get("class") == "asks"
    assert [text_of(each) for each in first.find_class("decision")] == [
        each.decision for each in PAGE.asks
    ]
    told = text_of(first)
    for words in ("Lakeside City Council", "15 January 2027", "This ask is invented", "No day is"):
        assert words in told


def test_a_case_that_seeks_nothing_says_so() -> None:
    index = read(make_page(asks=()))["index.html"]
    assert "This case seeks no decision." in text_of(index)


def test_coverage_stands_before_the_ask() -> None:
    told = text_of(read_named("published")["index.html"])
    assert told.index(PAGE.coverage[0]) < told.index(PAGE.asks[0].decision)
    assert told.index("nobody named here is judged") < told.index(PAGE.asks[0].decision)


names = st.sampled_from(["Northwind Vision Ltd", "湖畔公司", "شركة", "A & B <Ltd>"])
answers = st.builds(
    AnswerEntry,
    id=st.sampled_from(["one", "two", "three"]),
    by=st.builds(Party, names),
    statement=st.sampled_from(["It disputes that.", "It says <i>no</i>."]),
    said_on=st.sampled_from([None, "2026-02-03"]),
)
requests = st.builds(
    ReplyRequest,
    to=st.builds(Party, names),
    about=st.just(("a",)),
    asked_on=st.just("2026-01-06"),
    way=st.just("letter"),
    deadline=st.sampled_from(["2026-01-20", "2027-01-20"]),
    outcome=st.sampled_from(["awaiting", "answered", "no_answer", "refused", "unreachable"]),
    answer=st.sampled_from([None, "one"]),
)


@st.composite
def cases(draw: st.DrawFn) -> CallPage:
    claims = []
    for number in range(draw(st.integers(1, 4))):
        given = draw(st.lists(answers, max_size=2, unique_by=lambda each: each.id))
        claims.append(
            replace(
                CLAIMS[draw(st.integers(0, 4))],
                name=f"claim-{number}",
                claimant=Party(draw(names)),
                answers=tuple(given),
                answer="answered" if given else "none_found",
                requests=tuple(draw(st.lists(requests, max_size=2))),
                withheld=draw(st.integers(0, 1)),
                contested_by=(),
            )
        )
    return make_page(dossier_claims=tuple(claims), dossier_figures=(), translations=())


@given(cases())
@settings(max_examples=25)
def test_no_claim_without_claimant_and_answers(page: CallPage) -> None:
    index = read(page)["index.html"]
    shown = claims_in(index)
    assert [each.get("id") for each in shown] == [f"claim-{c.name}" for c in page.dossier.claims]
    for claim, element in zip(page.dossier.claims, shown, strict=True):
        [said], [replies] = element.find_class("said"), element.find_class("answers")
        assert text_of(said).startswith(claim.claimant.name)
        told = text_of(replies)
        for answer in claim.answers:
            assert f"{answer.by.name} answers" in told
            assert answer.statement in told
        for request in claim.requests:
            assert f"{request.to.name} was asked on 6 January 2026" in told
        if claim.withheld:
            assert "erased or is withheld: 1" in told
        elif not claim.answers:
            assert say_box(claim) in told
        assert len(replies.find_class("statement")) >= max(1, len(claim.answers))


def say_box(claim: ClaimEntry) -> str:
    if not claim.requests:
        return "None found in our sources."
    awaited = any(each.outcome == "awaiting" for each in claim.requests)
    return "Reply requested." if awaited else "Asked, without an answer."


def test_statements_stand_nowhere_but_in_claims() -> None:
    for name, page in ALL.items():
        statements = {each.statement for each in page.dossier.claims}
        for file, element in deepcopy(read_named(name)).items():
            for inside in element.xpath("//*[contains(@class, 'said')]"):
                inside.drop_tree()
            assert not [each for each in statements if each in text_of(element)], file


@pytest.mark.parametrize(
    ("request_", "words"),
    [
        (("awaiting", "2026-01-20", None), "No answer by 24 November 2026."),
        (("awaiting", "2026-12-20", None), "Awaited."),
        (("no_answer", "2026-01-20", None), "on 6 January 2026 (letter); no answer by 20 January"),
        (("answered", "2026-01-20", "one"), "An answer came."),
        (("answered", "2026-01-20", None), "It answered, but not on this claim."),
        (("refused", "2026-01-20", None), "An answer was refused."),
        (("unreachable", "2026-01-20", None), "Nobody could be reached."),
    ],
)
def test_what_came_of_asking(request_: Any, words: str) -> None:
    outcome, deadline, answer = request_
    asked = ReplyRequest(NORTHWIND, ("a",), "2026-01-06", "letter", deadline, outcome, answer)
    claim = replace(CLAIMS[2], requests=(asked,), contested_by=())
    index = read(make_page(dossier_claims=(claim,), dossier_figures=(), letter=None))["index.html"]
    told = text_of(claims_in(index)[0].find_class("answers")[0])
    assert words in told
    box = "Reply requested." if outcome == "awaiting" else "Asked, without an answer."
    assert box in told


def test_a_page_runs_as_its_language_does_where_its_headings_are_english() -> None:
    uighur = PageTranslation("ug", "An office", parts=(("title", "كامېرالار"),))
    index = read(make_page(translations=(uighur,)))["index.ug.html"]
    assert (index.get("lang"), index.get("dir")) == ("en", "rtl")
    assert "The headings of this page are in English." in text_of(index)
    [title] = index.xpath("//h1/bdi")
    assert (title.get("lang"), title.get("dir")) == ("ug", "rtl")
    for claim in claims_in(index):
        assert claim.find_class("statement")[0].get("dir") == "ltr"


def test_what_is_not_translated_of_the_coverage_says_so() -> None:
    pages = read_named("published")
    for name, mark in (("index.ar.html", "(غير مترجم)"), ("index.de.html", "(nicht übersetzt)")):
        [coverage] = pages[name].find_class("coverage")
        english = coverage.xpath("./p[@lang='en']")
        assert len(english) == len(PAGE.coverage)
        assert all(text_of(each).endswith(mark) for each in english)
    assert "untranslated" not in html.tostring(pages["index.html"]).decode()
    [mark] = {each.get("dir") for each in pages["index.ar.html"].xpath("//p[@lang='en']/small")}
    assert mark == "rtl"


def test_the_log_of_corrections_claims_no_more_than_it_can_show() -> None:
    told = text_of(read_named("published")["corrections.html"])
    assert "compare with an earlier copy" in told
    assert "none can be taken out" not in told


def test_a_translated_letter_is_mailed_and_saved_as_translated() -> None:
    parts = (("letter/subject", "كامېرالار"), ("letter/body", "ھۆرمەتلىك كاتىپ"))
    page = make_page(translations=(PageTranslation("ug", "An office", parts=parts),))
    letter = page.letter
    assert letter
    page = replace(page, letter=replace(letter, mail="clerk@council.example"))
    letters = list_letters(page)
    assert {name: each.subject for name, each in letters.items()} == {
        "letter.txt": letter.subject,
        "letter.ug.txt": "كامېرالار",
    }
    for file in ("letter.ug.html", "index.ug.html"):
        links = read(page)[file].xpath("//main//@href")
        assert "letter.ug.txt" in links
        assert "letter.txt" not in links
        [mail] = [each for each in links if each.startswith("mailto:") and "subject" in each]
        assert mail == make_mailto(letters["letter.ug.txt"])
    long = replace(page.translations[0], parts=(parts[0], ("letter/body", "ھ" * 900)))
    links = read(replace(page, translations=(long,)))["letter.ug.html"].xpath("//@href")
    assert make_mailto(replace(letters["letter.ug.txt"], body="")) in links


def test_a_letter_that_is_half_translated_stays_the_original() -> None:
    assert [*list_letters(PAGE)] == ["letter.txt"]
    assert "letter.txt" in read_named("published")["letter.de.html"].xpath("//main//@href")


def test_a_correction_is_seen_at_what_it_concerns_and_on_the_first_page() -> None:
    pages = read_named("published")
    [line] = PAGE.corrections
    claim = pages["index.html"].get_element_by_id("claim-northwind-supply")
    assert line.what in text_of(claim)
    assert f"corrections.html#correction-{line.id}" in claim.xpath(".//@href")
    [coverage] = pages["index.html"].find_class("coverage")
    assert "Corrections and takedowns: 1, " in text_of(coverage)
    assert line.what not in text_of(pages["index.html"].get_element_by_id("decision-council-pause"))


@pytest.mark.parametrize(
    ("item", "shown"),
    [
        ("northwind-supply", "Claim of fact: Lakeside City Procurement Office (About: Northwind"),
        ("northwind-answer", "Northwind Vision Ltd answers, 20 January 2026"),
    ],
)
def test_the_log_of_corrections_names_entries_as_people_do(item: str, shown: str) -> None:
    line = replace(PAGE.corrections[0], items=(item,))
    told = text_of(read(make_page(corrections=(line,)))["corrections.html"])
    assert shown in told
    assert item not in told


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        ("2026-12-18T18:30Z", "2026-12-18T20:00Z", "18 December 2026, 18:30–20:00 (UTC)"),
        ("2026-12-18T18:30Z", "2026-12-18T20:00+01:00", "18 December 2026, 18:30 (UTC) until 18"),
        ("2026-12-18T18:30Z", "2026-12-19T01:00Z", "18:30 (UTC) until 19 December 2026, 01:00"),
        ("2026-12-18", "2026-12-20", "18 December 2026 until 20 December 2026"),
        ("2026-12-18T18:30Z", None, "18 December 2026, 18:30 (UTC)"),
    ],
)
def test_a_day_is_said_once(start: str, end: str | None, said: str) -> None:
    occasion = replace(PAGE.occasions[0], start=start, end=end)
    index = read(make_page(occasions=(occasion,)))["index.html"]
    [dates] = index.find_class("dates")
    assert said in text_of(dates)


def test_a_last_day_is_one_in_arabic_as_well() -> None:
    words = read_words("ar").of
    assert words["ask_by"] == "في موعد أقصاه"
    assert "قبل" not in words["asked"]


def test_a_register_counts_who_kept_silent_apart() -> None:
    asked = ReplyRequest(NORTHWIND, ("a",), "2026-01-06", "letter", "2026-01-20", "no_answer")
    claim = replace(CLAIMS[2], requests=(asked,), contested_by=())
    group = Layout((("claims-1", (Group("Northwind", (claim, CLAIMS[2])),)),))
    [entry] = list_register(group, read_words("en").of)
    assert ("asked, without an answer", 1) in entry["counts"]


def test_an_answer_that_was_sent_is_said_to_be_summed_up() -> None:
    index = read_named("published")["index.html"]
    told = text_of(claims_in(index)[0].find_class("answers")[0])
    assert "Sent to the editors on request; summed up by the editors." in told
    assert "as received" not in told
    quoted = replace(ANSWER, quotations=OFFICE_ANSWER.quotations)
    claim = replace(CLAIMS[0], answers=(quoted,), contested_by=())
    page = make_page(dossier_claims=(claim,), dossier_figures=(), letter=None)
    answer = claims_in(read(page)["index.html"])[0].find_class("answer")[0]
    assert "summed up by the editors. The quotation is in its own words." in text_of(answer)


@pytest.mark.parametrize(
    "document",
    [
        replace(DOCUMENTS[0], pending="Not sealed."),
        replace(DOCUMENTS[0], capture=None, sha256=None),
        replace(DOCUMENTS[0], number=77),
    ],
)
def test_no_words_without_a_sealed_copy(document: Any) -> None:
    for content in render_pages(make_page(dossier_documents=(document,))).values():
        assert b"the contract is awarded" not in content
        assert b"in the care of the police" not in content


def test_pending_is_said_at_the_claim_and_in_the_list() -> None:
    pages = read_named("published")
    answer = claims_in(pages["index.html"])[0].find_class("answers")[0]
    assert "Pending: not sealed yet" in text_of(answer)
    listed = pages["documents.html"].get_element_by_id("document-3")
    assert "It came on paper and is not scanned yet." in text_of(listed)


def test_the_original_stands_beside_its_translation() -> None:
    [figure] = claims_in(read_named("published")["index.html"])[1].find_class("words")
    quote, translation = figure.find_class("pair")[0]
    assert quote.xpath("blockquote/@lang") == ["zh-Hans"]
    assert "by A. Translator" in text_of(translation)


def test_a_grade_is_told_in_words() -> None:
    told = text_of(claims_in(read_named("published")["index.html"])[0])
    assert "Source: usually reliable (B). What it says: probably true (2)." in told
    assert GRADE.why in told


def test_decisions_stand_in_order_with_what_was_not_their_ground() -> None:
    index = read_named("published")["index.html"]
    shown = index.xpath("//li[starts-with(@id, 'decision-')]")
    assert [each.get("id") for each in shown] == ["decision-office-award", "decision-council-pause"]
    assert "Not stated as a groundThe minutes do not name" in text_of(shown[1])


def test_figures_stand_side_by_side_with_what_was_answered() -> None:
    index = read_named("published")["index.html"]
    [table] = index.xpath("//table")
    rows = [text_of(each) for each in table.xpath("tbody/tr")]
    assert ["None found in our sources." in each for each in rows] == [True, False]
    assert "Lakeside City Procurement Office 1" in rows[1]
    assert OFFICE_ANSWER.statement in text_of(index.find_class("replies")[0])
    assert "do not all count the same" in text_of(table)


def test_a_figure_whose_claim_is_not_shown_is_not_shown() -> None:
    for content in render_pages(make_page(dossier_claims=CLAIMS[:3])).values():
        assert b"1,800" not in content


@pytest.mark.parametrize("name", ALL)
def test_a_draft_says_so_on_every_page(name: str) -> None:
    is_draft = ALL[name].is_draft
    for file, page in read_named(name).items():
        banners = [text_of(each) for each in page.find_class("banner")]
        assert banners == (list(DRAFT_BANNER) if is_draft else []), file
        assert bool(page.xpath("//meta[@name='robots']")) == is_draft
        assert page.findtext(".//title").startswith("Draft, not for publication") == is_draft


def test_large_cases_take_pages_that_stay_small() -> None:
    pages = render_pages(ALL["large"])
    assert "claims-2.html" in pages
    assert all(len(each) < 100_000 for each in pages.values())
    shown = [each.get("id") for page in read_named("large").values() for each in claims_in(page)]
    assert sorted(set(shown)) == sorted(f"claim-claim-{n}" for n in range(70))


def test_places_are_where_entries_stand() -> None:
    for name, page in ALL.items():
        anchors = {file: set(each.xpath("//@id")) for file, each in read_named(name).items()}
        places = find_places(page)
        for anchor, place in places.items():
            file, _, there = place.partition("#")
            assert there == anchor
            assert anchor in anchors[file]
        wanted = {f"claim-{each.name}" for each in page.dossier.claims}
        assert wanted <= places.keys()


def test_no_page_asks_for_anything_of_others_or_runs_anything() -> None:
    for name in ALL:
        for file, element in read_named(name).items():
            [policy] = element.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
            assert policy.startswith("default-src 'self'; script-src 'none';")
            assert not element.xpath("//script|//style|//iframe|//form|//img|//object|//embed")
            assert not element.xpath("//@style|//@*[starts-with(name(), 'on')]"), file
            assert element.xpath("//link[@rel='stylesheet']/@href") == ["style.css"]
    assert not re.search(rb"@import|url\(\"?(https?:)?//", render_pages(PAGE)["style.css"])


def test_translations_are_pages_of_their_own() -> None:
    pages = read_named("published")
    arabic = pages["index.ar.html"]
    assert "كاميرات ليكسايد" in text_of(arabic.find(".//h1"))
    for file in ("index.html", "index.ar.html", "index.de.html"):
        tags = pages[file].xpath("//link[@rel='alternate']/@hreflang")
        assert tags == ["en", "ar", "de"]
    [both] = claims_in(arabic)[0].find_class("said")[0].find_class("both")
    assert CLAIMS[0].statement in text_of(both)
    assert "منح المكتب شركة نورثويند" in text_of(both)
    assert "made by a program" not in text_of(arabic)


def test_what_is_not_translated_says_so() -> None:
    pages = read(make_page(translations=(PageTranslation("tr", "An office"),)))
    assert "(not translated)" in text_of(pages["index.tr.html"].find(".//h1"))
    assert "(not translated)" not in text_of(pages["index.html"])
    assert "headings of this page are in English" in text_of(pages["index.tr.html"])


def test_a_tag_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no tag of a language"):
        render_pages(make_page(translations=(PageTranslation("../x", "An office"),)))


def test_corrections_are_told_and_those_not_to_be_mentioned_are_counted() -> None:
    page = read_named("published")["corrections.html"]
    told = text_of(page)
    assert "22 November 2026" in told
    assert "it is 5 March" in told
    assert "that a court forbids to mention: 1" in told
    assert "forbids" not in text_of(read(make_page(unmentioned=None))["corrections.html"])
    assert page.xpath("//p[@class='cite']/a/@href") == ["index.html#claim-northwind-supply"]


def test_an_opinion_stands_apart_from_claims() -> None:
    index = read_named("published")["index.html"]
    [section] = index.find_class("opinion")
    assert not claims_in(section)
    assert "It is no claim of this case." in text_of(section)


HOSTILE = (
    "</title><script>alert(1)</script><img src=x onerror=alert(2)>\"' onload='x "
    "{{ 7*7 }} javascript:alert(3) \u202egpj.exe\u202c\x00 WWWWWWWWWW"
)
LONG = "W" * 10_000
_KEPT = frozenset(
    "id name key kind predicate modality outcome answer ground action reliability language number "
    "document credibility superseded_by claim capture sha256".split()
)


def spoil(value: Any) -> Any:
    """Put hostile text into every text of a page that people write."""
    if isinstance(value, Party):
        return replace(value, name=value.name + HOSTILE + LONG)
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple):
        return tuple(spoil(each) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {each.name: getattr(value, each.name) for each in dataclasses.fields(value)}
        changed = {n: spoil(v) for n, v in fields.items() if n not in _KEPT or not _is_text(v)}
        kept = ("contested_by", "cites", "items", "translations", "checkpoint", "header", "files")
        return replace(value, **{n: v for n, v in changed.items() if n not in kept})
    return value


def _spoil_translation() -> PageTranslation:
    parts = tuple((place, text + HOSTILE) for place, text in PAGE.translations[0].parts)
    return replace(PAGE.translations[0], by=HOSTILE, parts=parts)


def _is_text(value: object) -> bool:
    return isinstance(value, str | int)


def test_hostile_text_comes_out_inert() -> None:
    hostile = spoil(make_page(dossier_title="A" + LONG, translations=(_spoil_translation(),)))
    for file, content in render_pages(hostile).items():
        if not file.endswith(".html"):
            continue
        text = content.decode()
        assert "\u202e" not in text
        assert "\x00" not in text
        page: Element = html.document_fromstring(text)
        assert not page.xpath("//script|//img|//@onerror|//@onload|//style"), file
        for address in page.xpath("//@href|//@src|//@content"):
            assert not re.match(r"\s*(javascript|data|vbscript):", str(address), re.IGNORECASE)
        assert "49" not in re.findall(r"alert\(2\).{0,40}", text)[0]


@pytest.mark.parametrize("language", list_languages())
def test_every_language_has_the_same_words(language: str) -> None:
    english, other = read_words("en").of, read_words(language).of
    assert read_words(language).language == language
    assert english.keys() == other.keys()
    for key, words in english.items():
        told = other[key]
        assert type(told) is type(words), key
        if isinstance(words, dict):
            assert words.keys() == told.keys(), key
        elif isinstance(words, list):
            assert len(words) == len(told), key
        else:
            assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", told)), key


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2020", "2020"),
        ("2020-07", "July 2020"),
        ("2020-07-04", "4 July 2020"),
        ("2017/2019-02-01", "2017 to 1 February 2019"),
        ("2017/..", "since 2017"),
        ("2026-12-03T18:30:00+01:00", "3 December 2026, 18:30 (UTC+01:00)"),
        ("2026-01-04T10:00:00Z", "4 January 2026, 10:00 (UTC)"),
        ("2020-13-01", "2020-13-01"),
        ("in spring", "in spring"),
        ("", ""),
    ],
)
def test_days_are_written_as_people_do(when: str, words: str) -> None:
    assert read_words("en").say_when(when) == words


def test_the_same_page_gives_the_same_bytes() -> None:
    assert render_pages(PAGE) == render_pages(make_page())


def test_an_answer_to_two_claims_stands_at_both_and_is_found_at_the_first() -> None:
    claims = tuple(replace(each, answers=(ANSWER,)) for each in CLAIMS[:2])
    page = make_page(dossier_claims=claims, dossier_figures=())
    shown = claims_in(read(page)["index.html"])
    assert [len(each.find_class("answer")) for each in shown] == [1, 1]
    assert find_places(page)["answer-northwind-answer"] == "index.html#answer-northwind-answer"


def test_a_retracted_claim_says_by_whom_and_why() -> None:
    told = text_of(claims_in(read_named("published")["index.html"])[4])
    assert "Retracted on 1 March 2026 by Lakeside Street Union: Its witness took back" in told


def test_a_quotation_of_an_unknown_document_is_not_shown() -> None:
    claim: ClaimEntry = replace(CLAIMS[0], quotations=(Quotation(99, "words of nobody"),))
    for content in render_pages(make_page(dossier_claims=(claim,), dossier_figures=())).values():
        assert b"words of nobody" not in content
