"""The plain workbook, read back by openpyxl and python-calamine."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
import python_calamine

from answerable.errors import OutputUnwritable
from answerable.exposure.outputs import sheet
from answerable.exposure.outputs.answers import ANSWERS
from answerable.exposure.outputs.preface import TITLE
from answerable.exposure.outputs.sheet import write_sheet
from answerable.exposure.outputs.styles import TINTS
from answerable.exposure.outputs.words import LIMITS
from answerable.model import Problem, Screening, Supplier


def sheet_of(screening: Screening, *notes: str) -> bytes:
    file = BytesIO()
    write_sheet(screening, file, notes)
    return file.getvalue()


def words_of(data: bytes) -> str:
    cells = openpyxl.load_workbook(BytesIO(data))["Coverage"].iter_rows(values_only=True)
    return "\n".join(" ".join(str(cell) for cell in row if cell is not None) for row in cells)


def test_the_answer_columns() -> None:
    assert [answer.heading for answer in ANSWERS] == [
        "finding",
        "status",
        "probability",
        "relation",
        "listed company",
        "name compared",
        "its country",
        "list",
        "ground class",
        "edition",
        "ground as stated",
        "citation",
        "since",
        "reasons",
        "exposure",
        "paths",
        "rules",
        "claims",
        "more matches",
        "problems",
        "link",
        "verdict",
        "why",
        "judged by",
        "judged on",
        "judgement",
        "company id",
    ]


def test_the_coverage_comes_first_and_says_all(screening: Screening) -> None:
    data = sheet_of(screening, "A note on this file.")
    assert openpyxl.load_workbook(BytesIO(data)).sheetnames == ["Coverage", "Findings", "Suppliers"]
    words = words_of(data)
    assert words.startswith(TITLE)
    for said in (
        "edition 2025-11-08, 381 days old, complete, too old to rely on: older than 90 days",
        "edition 2026-11-20, 4 days old, partial",
        "not evaluated: no edition is here",
        "This is a demonstration cut, not any buyer's supplier list.",
        "A note on this file.",
        "name match, to be confirmed 2",
        "Contains a work of the US federal government.",
        "Made by answerable 0.1.0.",
        *LIMITS,
        *(answer.meaning for answer in ANSWERS),
    ):
        assert said in words, said


def test_rows_stand_in_order_with_their_answers(screening: Screening) -> None:
    book = openpyxl.load_workbook(BytesIO(sheet_of(screening)))
    rows = list(book["Suppliers"].iter_rows(values_only=True))
    assert rows[0] == ("Supplier", "Country", "Spend", *(answer.title for answer in ANSWERS))
    assert [row[3] for row in rows[1:]] == [finding.id for finding in screening.findings]
    first = dict(zip(rows[0], rows[1], strict=True))
    assert first["answerable: listed company"] == "Huawei Technologies (UK) Co., Ltd."
    assert first["answerable: citation"] == "Entity List: 84 FR 22963, 85 FR 29852"
    stated = first["answerable: ground as stated"]
    assert stated == "Entity List: The file states no ground; see the citation."
    assert first["answerable: ground class"] == (
        "Forced labour (name shared) | Human rights (name shared) | National security"
    )
    assert first["answerable: list"] == (
        "Invented Register of Forced Labour (name shared) | Entity List"
    )
    more = str(first["answerable: more matches"])
    assert "[Invented Register of Forced Labour, Forced labour, Notice 12/2026; " in more
    assert first["answerable: probability"] == pytest.approx(0.993)


def test_several_listings_stand_in_one_order_in_all_columns(screening: Screening) -> None:
    rows = list(openpyxl.load_workbook(BytesIO(sheet_of(screening)))["Suppliers"].values)
    second = dict(zip(rows[0], rows[2], strict=True))
    assert second["answerable: ground class"] == "Forced labour | Human rights"
    assert second["answerable: since"] == (
        "Invented Register of Forced Labour: 2024-03 | Entity List: 2020-06-05"
    )
    assert str(second["answerable: reasons"]).startswith(
        "judged the same company by 0a1b2c3d on 2026-01-05 (same address)"
    )


def test_a_status_is_tinted_where_something_was_found(screening: Screening) -> None:
    tab = openpyxl.load_workbook(BytesIO(sheet_of(screening)))["Suppliers"]
    tints = [tab[f"E{row}"].fill.fgColor.rgb for row in (2, 3, 4)]
    assert tints == [f"FF{TINTS[each]}" for each in ("match", "confirmed", "possible")]
    assert tab["E5"].value == "none found"
    assert tab["E5"].fill.fill_type is None


def test_a_probability_is_a_number_shown_in_words(screening: Screening) -> None:
    tab = openpyxl.load_workbook(BytesIO(sheet_of(screening)))["Suppliers"]
    assert tab["F3"].value == pytest.approx(0.9999)
    assert tab["F3"].number_format == '[>0.99]"over 99 %";[<0.01]"under 1 %";"about "0 %'


def test_rows_and_suppliers_are_both_counted(screening: Screening) -> None:
    first = screening.findings[0]
    again = replace(first, id="X", supplier=replace(first.supplier, row=12))
    words = words_of(sheet_of(replace(screening, findings=(first, again))))
    assert "name match, to be confirmed 2 (1 distinct supplier)" in words
    assert "2 supplier rows (1 distinct supplier), as of 2026-11-24" in words


def test_every_line_of_the_coverage_is_wrapped_and_within_its_columns(
    screening: Screening,
) -> None:
    tab = openpyxl.load_workbook(BytesIO(sheet_of(screening)))["Coverage"]
    texts = [c for row in tab.iter_rows(min_row=2) for c in row if isinstance(c.value, str)]
    bold = {"What was found", "Lists that were searched", "Lists that were not evaluated"}
    plain = [c for c in texts if not c.font.b and c.value not in bold and not c.hyperlink]
    assert plain
    assert all(c.alignment.wrap_text for c in plain)
    [note] = [c for c in plain if "A cut of twelve companies." in str(c.value)]
    assert f"A{note.row}:E{note.row}" in map(str, tab.merged_cells.ranges)
    assert sum(tab.column_dimensions[each].width for each in "ABCDE") < 165


def test_no_cell_is_a_formula(screening: Screening) -> None:
    book = openpyxl.load_workbook(BytesIO(sheet_of(screening)))
    assert not [
        c.coordinate for tab in book for row in tab.iter_rows() for c in row if c.data_type == "f"
    ]
    assert book["Suppliers"]["A7"].value == "=cmd|' /C calc'!A0"
    with zipfile.ZipFile(BytesIO(sheet_of(screening))) as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_calamine_reads_every_row(screening: Screening) -> None:
    book = python_calamine.load_workbook(BytesIO(sheet_of(screening)))
    rows = book.get_sheet_by_name("Suppliers").to_python()
    assert len(rows) == 1 + len(screening.findings)
    assert rows[8][0] == "شركة القطن المخترعة"


def test_the_sheet_is_fit_to_be_read(screening: Screening) -> None:
    tab = openpyxl.load_workbook(BytesIO(sheet_of(screening)))["Suppliers"]
    assert tab.freeze_panes == "A2"
    assert tab.auto_filter.ref == "A1:AD10"
    assert tab.page_setup.orientation == "landscape"
    assert tab.print_title_rows == "$1:$1"
    assert tab["X2"].hyperlink.target == "https://www.trade.gov/consolidated-screening-list"
    assert all(8 <= (tab.column_dimensions[c].width or 0) <= 61 for c in "ABCDEFGH")


def test_more_rows_than_a_sheet_holds_go_on_in_another(
    screening: Screening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 4)
    book = openpyxl.load_workbook(BytesIO(sheet_of(screening)))
    assert book.sheetnames == ["Coverage", "Findings", "Suppliers", "Suppliers 2", "Suppliers 3"]
    assert [tab.max_row - 1 for tab in book.worksheets[2:]] == [4, 4, 1]


def test_links_are_bounded(screening: Screening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_LINKS", 1)
    tab = openpyxl.load_workbook(BytesIO(sheet_of(screening)))["Suppliers"]
    assert [bool(tab[f"X{row}"].hyperlink) for row in (2, 3)] == [True, False]
    assert tab["X3"].value == "https://register.example/forced-labour?a=1&b=2"


def test_too_many_columns_are_refused(screen_rows: Callable[..., Screening]) -> None:
    row = Supplier(2, "Invented Mill", cells=("Invented Mill",))
    wide = screen_rows([row], [f"H{place}" for place in range(16_380)])
    with pytest.raises(OutputUnwritable, match="16,384 columns"):
        sheet_of(wide)


def test_a_long_cell_is_cut_with_a_word_about_it(screen_rows: Callable[..., Screening]) -> None:
    row = Supplier(2, "Invented Mill", cells=("x" * 40_000,))
    tab = openpyxl.load_workbook(BytesIO(sheet_of(screen_rows([row], ["Name"]))))["Suppliers"]
    assert str(tab["A2"].value).endswith("whole in the findings file)")


def test_problems_of_the_file_are_said(screening: Screening) -> None:
    problem = Problem("Two headings are the same.", column="Name")
    faulty = replace(screening.suppliers, problems=(problem,))
    words = words_of(sheet_of(replace(screening, suppliers=faulty)))
    assert "Name: Two headings are the same." in words


def test_the_same_screening_gives_the_same_bytes(screening: Screening) -> None:
    assert sheet_of(screening) == sheet_of(screening)
