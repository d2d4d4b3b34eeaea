"""The buyer's own workbook with the answers: hers unchanged, ours beside her rows.

Oracles: openpyxl and python-calamine read both workbooks back; LibreOffice converts the answer.
"""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter

from answerable.exposure.outputs.answers import ANSWERS
from answerable.exposure.outputs.columns import letters_of
from answerable.exposure.outputs.overview import FINDINGS_TITLE
from answerable.exposure.outputs.preface import TITLE
from answerable.exposure.outputs.styles import PROBABILITY, TINTS
from answerable.exposure.outputs.workbook import write_workbook
from answerable.model import Screening, Supplier

HEADINGS = ("Supplier", "Country", "Spend", "Checked")
NAMES = (
    "HUAWEI TECHNOLOGIES (UK) CO LTD",
    "扎沃德尼克棉纺厂有限公司",
    "Zavodnik Trading GmbH",
    "Invented <Bakery> & Sons",
    "HUAWEI TECHNOLOGIES (UK) CO LTD",
    "شركة القطن المخترعة",
)
FIRST = 4  # row of the first supplier: a title stands above the headings
Screen = Callable[..., Screening]


def make_book(path: Path, **options: Any) -> Path:
    """A workbook such as people have: a title, styles, a filter, notes, a chart, other sheets."""
    book = xlsxwriter.Workbook(str(path))
    notes = book.add_worksheet("Notes")
    notes.write_string("A1", "Do not lose this sheet")
    notes.write_formula("B1", "=Suppliers!C4*2", None, 3.0)
    sheet = book.add_worksheet("Suppliers")
    _fill(book, sheet, options.get("names", NAMES))
    sheet.autofilter(2, 0, 2 + len(NAMES), 3)
    sheet.freeze_panes(3, 1)
    sheet.set_column("A:A", 40)
    sheet.set_column("E:XFD", 3, None, {"hidden": options.get("hidden", False)})
    sheet.write_url("A20", "https://buyer.example/a?b=1&c=2", string="her link")
    sheet.write_comment("A5", "her note")
    sheet.conditional_format("C4:C9", {"type": "data_bar"})
    sheet.activate()
    if options.get("protected"):
        sheet.protect()
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Suppliers!$C$4:$C$9"})
    notes.insert_chart("D4", chart)
    book.define_name("Suppliers!Local", "=Suppliers!$A$1")
    book.define_name("Everywhere", "=Suppliers!$C$4")
    book.close()
    return path


def _fill(book: Any, sheet: Any, names: tuple[str, ...]) -> None:
    title = book.add_format({"bold": True, "font_size": 18, "font_name": "Georgia"})
    head = book.add_format({"bold": True, "bg_color": "#446644", "font_color": "#FFFFFF"})
    money = book.add_format({"num_format": "#,##0.00"})
    sheet.merge_range("A1:D1", "Suppliers of the Invented Hospital", title)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(2, column, heading, head)
    for place, name in enumerate(names):
        row = FIRST - 1 + place
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, "GB")
        sheet.write_number(row, 2, 1000.5 + place, money)
        sheet.write_boolean(row, 3, place % 2 == 0)


def answer(screen_rows: Screen, source: Path, **recognition: Any) -> bytes:
    names = recognition.pop("names", NAMES)
    rows = [
        Supplier(FIRST + place, name, "gb", sheet="Suppliers", cells=(name, "GB", "1", "TRUE"))
        for place, name in enumerate(names)
    ]
    how = {"form": "xlsx", "sheet": "Suppliers", "header_row": 3} | recognition
    file = BytesIO()
    write_workbook(screen_rows(rows, HEADINGS, **how), file, source)
    return file.getvalue()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return make_book(tmp_path / "buyer.xlsx")


def grid(data: bytes | Path, sheet: str) -> list[list[Any]]:
    stream = BytesIO(data.read_bytes() if isinstance(data, Path) else data)
    book = openpyxl.load_workbook(stream)
    return [[cell.value for cell in row] for row in book[sheet].iter_rows()]


def test_her_cells_stay_and_the_answers_stand_beside_her_rows(
    screen_rows: Screen, source: Path
) -> None:
    answered = answer(screen_rows, source)
    hers, ours = grid(source, "Suppliers"), grid(answered, "Suppliers")
    width = len(HEADINGS)
    assert [row[:width] for row in ours] == [row[:width] for row in hers]
    assert ours[2][width : width + len(ANSWERS)] == [answer.title for answer in ANSWERS]
    statuses = [row[width + 1] for row in ours[3:9]]
    assert statuses[0] == "name match, to be confirmed"
    assert statuses[1] == "confirmed by an identifier or a person"
    assert statuses[3] == "none found"
    assert all(cell is None for row in ours[9:] for cell in row[width:])


def test_calamine_reads_the_same(screen_rows: Screen, source: Path) -> None:
    answered = answer(screen_rows, source)
    book = python_calamine.load_workbook(BytesIO(answered))
    assert book.sheet_names == ["Coverage", "Findings", "Notes", "Suppliers"]
    rows = book.get_sheet_by_name("Suppliers").to_python(skip_empty_area=False)
    assert rows[3][:3] == ["HUAWEI TECHNOLOGIES (UK) CO LTD", "GB", 1000.5]
    assert rows[3][6] == pytest.approx(0.993)
    assert book.get_sheet_by_name("Coverage").to_python()[0][0] == TITLE


def test_all_other_parts_are_the_same_bytes(screen_rows: Screen, source: Path) -> None:
    changed = {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/_rels/sheet2.xml.rels",
    }
    with (
        zipfile.ZipFile(source) as before,
        zipfile.ZipFile(BytesIO(answer(screen_rows, source))) as after,
    ):
        assert set(before.namelist()) < set(after.namelist())
        for name in set(before.namelist()) - changed:
            assert before.read(name) == after.read(name), name


def test_her_sheet_xml_is_kept_between_the_row_tags(screen_rows: Screen, source: Path) -> None:
    with (
        zipfile.ZipFile(source) as before,
        zipfile.ZipFile(BytesIO(answer(screen_rows, source))) as after,
    ):
        old = before.read("xl/worksheets/sheet2.xml")
        new = after.read("xl/worksheets/sheet2.xml")
    for piece in old.split(b"<row ")[1:]:
        cells = piece[piece.index(b"<c ") : piece.index(b"</row>")] if b"<c " in piece else b""
        assert cells in new
    assert new.count(b"<autoFilter") == old.count(b"<autoFilter") == 1
    assert b'<pane xSplit="1" ySplit="3"' in new


def test_her_filter_runs_on_over_the_answers(screen_rows: Screen, source: Path) -> None:
    last = letters_of(len(HEADINGS) + len(ANSWERS))
    answered = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))
    assert answered["Suppliers"].auto_filter.ref == f"A3:{last}9"
    with zipfile.ZipFile(BytesIO(answer(screen_rows, source))) as archive:
        assert f"Suppliers!$A$3:${last}$9</definedName>".encode() in archive.read("xl/workbook.xml")
    words = [row[0] for row in answered["Coverage"].values]
    assert "Your filter now runs over the answer columns too." in words
    source.write_bytes(answer(screen_rows, source))
    again = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))
    assert again["Suppliers"].auto_filter.ref == f"A3:{last}9"


@pytest.mark.parametrize("reference", ["A3:B9", "A4:D9", "B3:D9"])
def test_a_filter_that_does_not_span_her_headings_stays(
    screen_rows: Screen, source: Path, reference: str
) -> None:
    book = openpyxl.load_workbook(source)
    book["Suppliers"].auto_filter.ref = reference
    book.save(source)
    answered = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))
    assert answered["Suppliers"].auto_filter.ref == reference


def test_a_status_is_tinted_and_a_probability_shown_in_words(
    screen_rows: Screen, source: Path
) -> None:
    tab = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))["Suppliers"]
    tints = [tab[f"F{row}"].fill.fgColor.rgb for row in (4, 5, 6)]
    assert tints == [f"FF{TINTS[each]}" for each in ("match", "confirmed", "possible")]
    assert tab["F7"].fill.fill_type is None
    assert tab["G4"].number_format == PROBABILITY


def test_the_findings_lead_to_her_rows(screen_rows: Screen, source: Path) -> None:
    tab = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))["Findings"]
    assert tab["A1"].value == FINDINGS_TITLE
    rows = [tab[f"A{number}"] for number in range(4, tab.max_row + 1)]
    assert [cell.value for cell in rows] == [5, 4, 4, 4, 4, 4, 6]
    assert [cell.hyperlink.location for cell in rows[:2]] == ["'Suppliers'!A5", "'Suppliers'!A4"]


def test_the_same_screening_gives_the_same_bytes(screen_rows: Screen, source: Path) -> None:
    assert answer(screen_rows, source) == answer(screen_rows, source)
