"""The report: one page that begins with the coverage, asks for nothing, and escapes every name."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.exposure.outputs import page
from answerable.exposure.outputs.page import measure_bar, say_rest, write_page
from answerable.exposure.outputs.words import LIMITS
from answerable.exposure.screening.queue import list_grounds
from answerable.model import Coverage, Finding, Problem, Reason, Screening, Supplier
from answerable.model.finding import STATUS_WORDS
from tests.outputs.conftest import judgement

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "outputs"
LOADING = {"src", "srcset", "data", "poster", "background", "action", "formaction", "manifest"}


def text_of(screening: Screening) -> str:
    file = BytesIO()
    write_page(screening, file)
    return file.getvalue().decode()


def tree_of(screening: Screening) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(text_of(screening))


def test_the_page_begins_with_the_coverage(screening: Screening) -> None:
    sections = [each.get("id") for each in tree_of(screening).xpath("//main/section")]
    assert sections == ["coverage", "counts", "findings", "unreadable", "none-found", "limits"]


def test_absent_lists_are_named_with_why(screening: Screening) -> None:
    shown = tree_of(screening).xpath("string(//div[@class='absent'])")
    assert "FCC Covered List" in shown
    assert "Not evaluated: no edition is here" in shown


def test_editions_are_shown_with_age_and_whether_they_are_whole(screening: Screening) -> None:
    shown = tree_of(screening).xpath("string(//table[@class='coverage'])")
    assert "too old to rely on: older than 90 days" in shown
    assert "partial" in shown
    assert "A cut of twelve companies." in shown


def test_every_listing_stands_with_its_citation_and_ground(screening: Screening) -> None:
    cards = tree_of(screening).xpath("//article")
    found = {card.xpath("string(.//h3/code)"): card.text_content() for card in cards}
    assert set(found) == {"F7K3-Q9XM-2", "A0", "B0", "D0"}
    for finding in screening.findings:
        for match in finding.matches:
            for listing in match.company.listings:
                shown = found[finding.id]
                assert listing.citation is None or listing.citation in shown
                assert (listing.ground or "The file states no ground; see the citation.") in shown


def test_a_national_security_listing_is_said_to_be_no_finding_on_human_rights(
    screening: Screening,
) -> None:
    shown = tree_of(screening).xpath("string(//article[@data-status='match'][1])")
    assert re.search(r"National security\s+Not a finding about human rights\.", shown)


def test_hostile_names_are_shown_and_make_no_elements(screening: Screening) -> None:
    tree = tree_of(screening)
    assert len(tree.xpath("//script")) == 1
    assert len(tree.xpath("//style")) == 1
    assert not tree.xpath("//img | //iframe | //object | //embed | //link | //base")
    assert not [name for each in tree.iter("*") for name in each.attrib if name.startswith("on")]
    names = [each.text_content() for each in tree.xpath("//p[@class='name']")]
    assert any(name.startswith("<script>alert('x')</script>]]>") for name in names)


def test_nothing_is_loaded_from_anywhere(screening: Screening) -> None:
    text, tree = text_of(screening), tree_of(screening)
    loads = [(each.tag, name) for each in tree.iter("*") for name in each.attrib if name in LOADING]
    assert loads == []
    style = tree.xpath("string(//style)")
    assert "url(" not in style
    assert "@import" not in style
    hrefs = {each.get("href") for each in tree.xpath("//a")}
    assert all(href.startswith(("#", "https://")) for href in hrefs)
    assert "javascript:" not in text


def test_the_policy_allows_our_script_and_style_alone(screening: Screening) -> None:
    tree = tree_of(screening)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'")
    for name in ("script", "style"):
        digest = hashlib.sha256(tree.xpath(f"string(//{name})").encode()).digest()
        assert f"{name}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert not tree.xpath("//*[@style]")


def test_counts_and_limits_are_said(screening: Screening) -> None:
    tree = tree_of(screening)
    counts = {
        each.xpath("string(span)").split(" ", 1)[1]: each.xpath("string(b)")
        for each in tree.xpath("//ul[@class='counts']/li")
    }
    assert counts == dict(zip(STATUS_WORDS.values(), ["1", "2", "1", "4", "1"], strict=True))
    limits = [each.text_content() for each in tree.xpath("//ul[@class='limits']/li")]
    assert limits == list(LIMITS)


def test_the_manifest_s_notes_stand_above_the_coverage(screening: Screening) -> None:
    notes = tree_of(screening).xpath("//header/p[@class='note']/text()")
    assert notes == ["This is a demonstration cut, not any buyer's supplier list."]


def test_the_filter_waits_for_its_script(screening: Screening) -> None:
    [form] = tree_of(screening).xpath("//form")
    assert form.get("hidden") is not None
    options = form.xpath(".//select[@id='f-list']/option/@value")
    assert options == ["", "us_bis_entity_list", "invented_forced_labour"]


def test_everything_that_takes_input_or_heads_a_table_is_named(screening: Screening) -> None:
    tree = tree_of(screening)
    assert all(each.getparent().tag == "label" for each in tree.xpath("//input | //select"))
    assert all(each.get("scope") for each in tree.xpath("//th"))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert set(tree.xpath("//@aria-labelledby")) <= set(ids)


def test_many_findings_are_bounded_with_a_word_on_the_rest(
    screening: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST_CARDS", 2)
    monkeypatch.setattr(page, "MOST_ROWS", 1)
    tree = tree_of(screening)
    assert len(tree.xpath("//article")) == 2
    shown = tree.xpath("string(//main)")
    assert "The first 2 of 4 suppliers are shown; all are in the findings file" in shown
    assert "The first 1 are shown; all are in the findings file" in shown


def test_the_most_telling_findings_come_first(screening: Screening) -> None:
    assert tree_of(screening).xpath("//article/@data-status") == [
        "confirmed",
        "match",
        "match",
        "possible",
    ]


def test_nothing_found_and_nothing_searched_are_said(screening: Screening) -> None:
    nothing = replace(screening, findings=screening.findings[3:4], coverage=Coverage("2026-11-24"))
    shown = tree_of(nothing).xpath("string(//main)")
    assert "No list was searched, so nothing could be found." in shown
    assert "None found in these sources as of 2026-11-24." in shown
    assert tree_of(replace(screening, findings=())).xpath("string(//section[@id='none-found']/p)")


@pytest.mark.parametrize(
    ("carried", "relation", "more", "words", "counted"),
    [
        (5, "name_shared", 0, "2 more listed companies that share the name", None),
        (4, "same", 0, "1 more listed company that came near", None),
        (
            9,
            "name_shared",
            52,
            "58 more listed companies that share the name",
            "52 of them were counted, but are not kept in this report.",
        ),
        (
            1,
            "name_shared",
            1,
            "1 more listed company that shares the name",
            "1 was counted, but is not kept in this report.",
        ),
    ],
)
def test_the_rest_of_a_card_is_said_in_plain_words(
    screening: Screening, carried: int, relation: Any, more: int, words: str, counted: str | None
) -> None:
    match = replace(screening.findings[0].matches[0], relation=relation)
    finding = replace(screening.findings[0], matches=(match,) * carried, more_matches=more)
    assert say_rest(finding) == (words, counted)
    card = tree_of(replace(screening, findings=(finding,))).xpath("//article")[0]
    assert words in card.xpath("string(.//div[@class='matches'])")
    folded = card.xpath("count(.//details[@class='more']/section)")
    assert folded == max(carried - 3, 0)


def test_how_the_file_was_read_stands_under_the_title(screening: Screening) -> None:
    how = replace(screening.suppliers.recognition, unused=("Spend", *map(str, range(20))))
    read = replace(screening, suppliers=replace(screening.suppliers, recognition=how))
    shown = tree_of(read).xpath("string(//header/ul[@class='read'])")
    assert "Columns used: name = Supplier, country = Country; not used: Spend, 0, 1" in shown
    assert "9, 10 and 9 more." in shown


def test_problems_of_the_file_stand_on_top_and_many_fold(screening: Screening) -> None:
    problems = tuple(Problem(f"Fault {number}.", row=number) for number in range(1, 8))
    faulty = replace(screening, suppliers=replace(screening.suppliers, problems=problems))
    [noticed] = tree_of(faulty).xpath("//header/section")
    assert [each.text for each in noticed.xpath("./ul/li")][-1] == "Row 5: Fault 5."
    assert noticed.xpath("string(details/summary)") == "2 more"
    assert len(noticed.xpath("details/ul/li")) == 2


def test_rows_of_one_supplier_share_a_card(screening: Screening) -> None:
    first = screening.findings[0]
    again = [
        replace(first, id=f"R{row}", supplier=replace(first.supplier, row=row)) for row in (77, 40)
    ]
    other = replace(first, id="X", supplier=replace(first.supplier, row=9, country="ie"))
    tree = tree_of(replace(screening, findings=(first, *again, other)))
    places = [each.text_content() for each in tree.xpath("//article//span[@class='where']")]
    assert places == ["rows 2, 40, 77", "row 9"]
    ids = tree.xpath("//article[1]//details[@class='ids']//code/text()")
    assert ids == ["F7K3-Q9XM-2", "R40", "R77"]
    assert "4 supplier rows (2 distinct suppliers)" in tree.xpath("string(//header)")
    assert tree.xpath("//li[@class='s-match']/small[@class='distinct']/text()") == [
        "rows of 2 distinct suppliers"
    ]


def test_rows_that_are_judged_otherwise_stay_apart(screening: Screening) -> None:
    first = screening.findings[0]
    judged = replace(first.matches[0], judgement=judgement("same", "register"))
    other = replace(first, id="X", matches=(judged, *first.matches[1:]))
    assert len(tree_of(replace(screening, findings=(first, other))).xpath("//article")) == 2


def test_links_say_where_they_lead(screening: Screening) -> None:
    links = tree_of(screening).xpath("//p[@class='cite']/a/text()")
    assert set(links) == {"issuer's page, www.trade.gov", "issuer's page, register.example"}


def test_of_many_findings_only_the_strongest_match_has_bars(
    screening: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(tree_of(screening).xpath("//article[2]//table")) == 5
    page._environment.cache_clear()
    monkeypatch.setattr(page, "OPEN_CARDS", 1)
    card = tree_of(screening).xpath("//article[2]")[0]
    page._environment.cache_clear()
    assert len(card.xpath(".//table")) == 1
    assert "country: gb = gb (+1.2)" in card.xpath("string(.//details[@class='more'])")


def test_small_case(screening: Screening, golden: Callable[[str, Path], None]) -> None:
    small = replace(screening, findings=screening.findings[:4])
    text = re.sub(r"<(style|script)>.*?</\1>", r"<\1></\1>", text_of(small), flags=re.S)
    golden(re.sub(r"sha256-[\w+/=]+", "sha256-DIGEST", text), FIXTURES / "small.html")


@pytest.mark.parametrize(
    ("log_odds", "bar"),
    [(0.0, "for w0"), (12.0, "for w25"), (99.0, "for w25"), (-4.0, "against w8")],
)
def test_bars(log_odds: float, bar: str) -> None:
    assert measure_bar(Reason("token", "a = a", log_odds)) == bar


def test_forced_labour_and_human_rights_are_named_first(screening: Screening) -> None:
    matches = screening.findings[0].matches
    assert list_grounds(matches) == ["forced_labour", "human_rights", "national_security"]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(), max_size=30))
def test_any_name_is_shown_as_text(screening: Screening, name: str) -> None:
    supplier = Supplier(2, name, cells=(name,))
    rows = (Finding("X", supplier, "possible", (), screening.findings[0].matches[:1]),)
    tree = tree_of(replace(screening, findings=rows))
    assert len(tree.xpath("//article//section[@class='supplier']/*")) == 3
    assert len(tree.xpath("//script")) == 1
