"""Workbooks: sheets, cells, merged and hidden rows, and files that are refused."""

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from answerable.errors import AnswerableError, TableMissing, TableTooLarge, TableUnreadable
from answerable.lists.tables import read_table
from answerable.lists.workbook_guard import MAX_GRID, MAX_MEMBERS

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "tables"
Fill = Callable[[Worksheet], object]


def workbook(fill: Fill) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Suppliers"
    fill(sheet)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Pack a workbook again with parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)), zipfile.ZIP_DEFLATED)
    return file.getvalue()


def with_sheet_xml(sheet_data: str) -> bytes:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{sheet_data}</sheetData></worksheet>"
    ).encode()
    plain = workbook(lambda sheet: sheet.append(["name"]))
    return repacked(plain, lambda name, old: xml if name.endswith("sheet1.xml") else old)


def filled(rows: list[list[Any]]) -> Fill:
    def fill(sheet: Worksheet) -> None:
        for row in rows:
            sheet.append(row)

    return fill


def test_cells_are_read_as_text() -> None:
    day = datetime.date(2024, 5, 17)
    moment = datetime.datetime(2024, 5, 17, 8, 30)
    table = read_table(
        workbook(filled([["a", "b", "c", "d", "e"], [445790, 12.5, True, day, moment]]))
    )
    assert table.form == "xlsx"
    assert table.rows[0].cells == ("445790", "12.5", "TRUE", "2024-05-17", "2024-05-17 08:30:00")


values = st.one_of(
    st.text("AZaz09éß华公司شركة&<>\"'", min_size=1, max_size=12),
    st.integers(-(10**9), 10**9),
    st.booleans(),
)


@given(st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_openpyxl_writes_is_read_back(rows: list[list[Any]]) -> None:
    table = read_table(workbook(filled([["x", "y", "z"], *rows])))
    wanted = [tuple(str(v).upper() if isinstance(v, bool) else str(v) for v in row) for row in rows]
    assert [row.cells for row in table.rows] == wanted


def test_rows_keep_the_numbers_of_the_sheet() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B3"], sheet["C3"] = "Vendor", "Country"
        sheet["B4"], sheet["B7"] = "Invented Mill", "Example Wharf"

    table = read_table(workbook(fill))
    assert (table.header_row, [row.number for row in table.rows]) == (3, [4, 7])


def test_odd_cells_are_told() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["name", "paid"], ["A", "=1+1"], ["B", "#N/A"], ["C", 91440300192203821]):
            sheet.append(row)
        sheet.row_dimensions[3].hidden = True

    table = read_table(workbook(fill))
    problems = table.problems
    assert {(each.kind, each.column, each.problem.column) for each in table.oddities} == {
        (kind, 1, "paid") for kind in ("formula", "error", "digits")
    }
    assert set(problems) >= {each.problem for each in table.oddities}
    told = {(each.row, word) for each in problems for word in _WORDS if word in each.sentence}
    assert told == {(2, "formula"), (3, "error"), (4, "15 digits"), (None, "Hidden rows")}


_WORDS = ("formula", "error", "15 digits", "Hidden rows")


def test_merged_rows_get_the_value_of_the_first() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["name", "country"], ["Invented Mill", "GB"], [None, "FR"], [None, None]):
            sheet.append(row)
        sheet.merge_cells("A2:A4")

    table = read_table(workbook(fill))
    assert [row.cells for row in table.rows] == [
        ("Invented Mill", "GB"),
        ("Invented Mill", "FR"),
        ("Invented Mill", ""),
    ]
    assert [(each.row, each.column) for each in table.problems] == [(3, "name"), (4, "name")]


def test_the_sheet_with_rows_is_read_or_the_one_asked_for() -> None:
    def fill(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("Second")
        other.append(["name"])
        other.append(["Invented Mill"])

    data = workbook(fill)
    table = read_table(data)
    assert (table.sheet, table.other_sheets) == ("Second", ("Suppliers",))
    assert read_table(data, sheet=" second").sheet == "Second"
    with pytest.raises(TableUnreadable, match="'Suppliers', 'Second'"):
        read_table(data, sheet="Third")


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_the_same_book_reads_alike_in_three_formats(ending: str) -> None:
    table = read_table(FIXTURES / f"suppliers.{ending}", sheet="Suppliers")
    book = openpyxl.load_workbook(FIXTURES / "suppliers.xlsx", data_only=True)
    names = [str(row[0] or "") for row in book["Suppliers"].iter_rows(4, 8, 1, 1, values_only=True)]
    names[3] = names[2]  # merged
    assert [row.cells[0] for row in table.rows] == names
    assert (table.form, table.header_row) == (ending, 3)
    assert [row.number for row in table.rows] == [4, 5, 6, 7, 8]
    assert table.rows[1].cells[2:4] == ("2400", "2023-01-02")
    assert any(each.row == 7 and "merged" in each.sentence for each in table.problems)


def test_an_error_and_hidden_rows_of_ods_are_told() -> None:
    told = " ".join(
        each.sentence for each in read_table(FIXTURES / "suppliers.ods", sheet="Suppliers").problems
    )
    assert "C6 holds the error #DIV/0!" in told
    assert "Hidden rows are read like all others: 8." in told


def test_what_a_file_is_is_told_by_its_content(tmp_path: Path) -> None:
    really_csv = tmp_path / "suppliers.xlsx"
    really_csv.write_bytes(b"name;country\nInvented Mill;GB\n")
    assert read_table(really_csv).form == "csv"
    really_xlsx = tmp_path / "suppliers.csv"
    really_xlsx.write_bytes(workbook(filled([["name"], ["Invented Mill"]])))
    assert read_table(really_xlsx).form == "xlsx"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n ", "empty"),
        (b"\n <!DOCTYPE html><table><tr><td>x", "web page"),
        (b"<?xml version='1.0'?><a/>", "XML"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"PK\x03\x04 cut", "damaged or cut"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged workbook"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "password",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_advice(data: bytes, why: str) -> None:
    with pytest.raises(TableUnreadable, match=why) as caught:
        read_table(data, file_name="given.csv")
    assert caught.value.path == "given.csv"
    assert caught.value.advice.endswith(".")


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(TableMissing):
        read_table(tmp_path / "none.csv")
    with pytest.raises(TableUnreadable, match="folder"):
        read_table(tmp_path)


def test_an_archive_or_document_is_no_workbook() -> None:
    for member, why in (("a.txt", "zip archive"), ("word/document.xml", "Word")):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr(member, "x")
        with pytest.raises(TableUnreadable, match=why):
            read_table(file.getvalue())


def test_a_zip_bomb_is_refused_before_it_unpacks() -> None:
    file = io.BytesIO(workbook(filled([["name"]])))
    with (
        zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/image1.png", "w") as part,
    ):
        for _ in range(30):
            part.write(bytes(1 << 20))
    with pytest.raises(TableTooLarge, match="how many times"):
        read_table(file.getvalue())


def test_too_many_parts_are_refused() -> None:
    file = io.BytesIO(workbook(filled([["name"]])))
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(MAX_MEMBERS):
            archive.writestr(f"xl/media/{number}", "")
    with pytest.raises(TableTooLarge, match="parts"):
        read_table(file.getvalue())


@pytest.mark.parametrize(
    "cell",
    [
        '<row r="1"><c r="A1" t="str"><v>x</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c\nr="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='&#88;FD1048576'><v>1</v></c></row>",
        '<row r="1048576"><c t="str" r="XFD1048576"><v>1</v></c></row>',
    ],
)
def test_a_cell_at_the_far_corner_is_refused(cell: str) -> None:
    first = '<row r="1"><c r="A1" t="str"><v>name</v></c></row>'
    with pytest.raises(TableTooLarge) as caught:
        read_table(with_sheet_xml(first + cell))
    assert caught.value.found > MAX_GRID


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "cc">]><a>&b;</a>'
    plain = workbook(filled([["name"], ["Invented Mill"]]))
    data = repacked(plain, lambda name, old: bomb if name.endswith("sheet1.xml") else old)
    with pytest.raises(TableUnreadable, match="document type"):
        read_table(data)


def test_a_part_longer_than_it_states_is_refused() -> None:
    data = bytearray(workbook(filled([["name"], ["Invented Mill"]])))
    entry = data.index(b"xl/worksheets/sheet1.xml", data.index(b"PK\x01\x02")) - 46
    data[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    with pytest.raises(AnswerableError):
        read_table(bytes(data))


@given(st.integers(0, 5_000), st.binary(min_size=1, max_size=20))
def test_a_damaged_workbook_gives_a_table_or_an_error_of_ours(place: int, noise: bytes) -> None:
    whole = _WHOLE
    place %= len(whole)
    for data in (whole[:place], whole[:place] + noise + whole[place + len(noise) :]):
        try:
            table = read_table(data)
        except AnswerableError:
            continue
        assert all(len(row.cells) == len(table.headings) for row in table.rows)


_WHOLE = (FIXTURES / "suppliers.xlsx").read_bytes()


@pytest.mark.parametrize("ending", ["ods", "xls"])
def test_cut_workbooks_are_refused(ending: str) -> None:
    whole = (FIXTURES / f"suppliers.{ending}").read_bytes()
    for share in (0.1, 0.5, 0.9):
        with pytest.raises(TableUnreadable):
            read_table(whole[: int(len(whole) * share)])


def test_a_row_repeated_without_end_is_refused() -> None:
    plain = (FIXTURES / "suppliers.ods").read_bytes()

    def repeat(name: str, old: bytes) -> bytes:
        if name != "content.xml":
            return old
        cell = b'<table:table-cell office:value-type="string" '
        many = (
            b'<table:table-row table:number-rows-repeated="1000000">'
            + cell
            + b'table:number-columns-repeated="16000"><text:p>x</text:p></table:table-cell>'
            b"</table:table-row></table:table>"
        )
        return old.replace(b"</table:table>", many, 1)

    with pytest.raises(TableTooLarge, match="cells of its sheet"):
        read_table(repacked(plain, repeat))
