"""The Findings sheet: the gravest first, one line per listed company, each leading to its row."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest

from answerable.exposure.outputs import overview
from answerable.exposure.outputs.overview import (
    COLUMNS,
    FINDINGS_TITLE,
    describe_findings,
    find_status,
    write_location,
)
from answerable.exposure.outputs.sheet import write_sheet
from answerable.exposure.screening.queue import GRAVITY, sort_findings
from answerable.model import Reason, Screening
from answerable.model.card import GROUND_CLASSES


def test_every_class_of_ground_has_its_place() -> None:
    assert sorted(GRAVITY) == sorted(GROUND_CLASSES)
    assert GRAVITY[:2] == ("forced_labour", "human_rights")


def test_the_gravest_come_first(screening: Screening) -> None:
    order = [finding.id for finding in sort_findings(screening.findings)]
    assert order == ["A0", "F7K3-Q9XM-2", "D0", "B0"]


def test_within_a_status_the_ground_goes_before_the_probability(screening: Screening) -> None:
    huawei, cotton = screening.findings[0], screening.findings[1]
    likely = replace(huawei, id="likely", matches=huawei.matches[:1])
    grave = replace(
        cotton, id="grave", status="match", matches=(replace(cotton.matches[0], probability=0.6),)
    )
    graver = replace(grave, id="graver", matches=(replace(grave.matches[0], probability=0.7),))
    order = [finding.id for finding in sort_findings([likely, grave, graver])]
    assert order == ["grave", "graver", "likely"]  # of one row: by id, whatever the probability


def test_one_line_per_listed_company(screening: Screening) -> None:
    sentence, lines = describe_findings(screening)
    assert [line.finding.id for line in lines] == ["A0", *["F7K3-Q9XM-2"] * 5, "D0", "B0"]
    assert sentence.startswith("4 rows, one line per listed company, as of 2026-11-24.")
    first = dict(zip([heading for heading, _ in COLUMNS], lines[0].cells, strict=True))
    assert first["Class of ground"] == "Forced labour | Human rights"
    assert first["List"] == "Invented Register of Forced Labour | Entity List"
    assert first["Citation"] == "Notice 12/2026 | 85 FR 34503"


def test_a_line_claims_no_more_than_its_own_company_bears(screening: Screening) -> None:
    finding = screening.findings[0]
    said = [find_status(finding, match, 0.39) for match in finding.matches]
    assert said == ["match", "possible", "match", "match", "possible"]


def test_an_identifier_or_a_person_confirms_a_line(screening: Screening) -> None:
    confirmed, other = screening.findings[1], screening.findings[0].matches[0]
    agrees = replace(other, reasons=(Reason("identifier", "LEI", 20.0),))
    differs = replace(other, reasons=(Reason("identifier", "LEI", -20.0),), probability=0.1)
    finding = replace(confirmed, matches=(*confirmed.matches, agrees, differs))
    said = [find_status(finding, match, 0.5) for match in finding.matches]
    assert said == ["confirmed", "confirmed", "possible"]


def test_many_lines_are_bounded_with_a_word_on_the_rest(
    screening: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "MOST_LINES", 3)
    sentence, lines = describe_findings(screening)
    assert len(lines) == 3
    assert sentence.endswith("The first 3 of 8 lines are here.")


def test_the_plain_workbook_has_it_with_links(screening: Screening) -> None:
    file = BytesIO()
    write_sheet(screening, file)
    tab = openpyxl.load_workbook(file)["Findings"]
    assert tab["A1"].value == FINDINGS_TITLE
    assert [cell.value for cell in tab[3]] == [heading for heading, _ in COLUMNS]
    assert tab["A4"].value == 3
    assert tab["A4"].hyperlink.location == "'Suppliers'!A3"
    assert tab.auto_filter.ref == "A3:S11"


def test_nothing_found_leaves_the_headings(screening: Screening) -> None:
    file = BytesIO()
    write_sheet(replace(screening, findings=screening.findings[3:4]), file)
    tab = openpyxl.load_workbook(file)["Findings"]
    assert tab.max_row == 3
    assert str(tab["A2"].value).startswith("0 rows")


@pytest.mark.parametrize(
    ("sheet", "location"), [("List", "'List'!A4"), ("It's here!", "'It''s here!'!A4")]
)
def test_a_location_quotes_its_sheet(sheet: str, location: str) -> None:
    assert write_location((sheet, "A4")) == location
