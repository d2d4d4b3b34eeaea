"""Workbooks that are unusual, answered already, protected, damaged or hostile."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from openpyxl.worksheet.table import Table

from answerable.exposure.outputs import workbook
from answerable.exposure.outputs.answers import ANSWERS
from answerable.exposure.outputs.preface import TITLE
from answerable.exposure.outputs.workbook import write_workbook
from answerable.model import Screening, Supplier

NAMES = (
    "HUAWEI TECHNOLOGIES (UK) CO LTD",
    "扎沃德尼克棉纺厂",
    "Zavodnik Trading GmbH",
    "Mill & Sons",
)
HEADINGS = ("Supplier", "Spend")
Screen = Callable[..., Screening]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    tab = book.active
    assert tab is not None
    tab.title = "List"
    tab.append(HEADINGS)
    for place, name in enumerate(NAMES):
        tab.append((name, place))
    book.save(tmp_path / "buyer.xlsx")
    return tmp_path / "buyer.xlsx"


def answer(screen_rows: Screen, source: Path, **recognition: object) -> bytes:
    rows = [Supplier(2 + place, name, cells=(name, "1")) for place, name in enumerate(NAMES)]
    how = {"form": "xlsx", "sheet": "List", "header_row": 1} | recognition
    file = BytesIO()
    write_workbook(screen_rows(rows, HEADINGS, **how), file, source)
    return file.getvalue()


def alter(path: Path, change: Callable[[str, bytes], bytes], **added: bytes) -> Path:
    """Change parts of a workbook; a part that becomes empty is dropped."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, **added}.items():
            if data:
                archive.writestr(name, data)
    return path


def in_sheet(old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    return lambda name, data: data.replace(old, new) if name == SHEET else data


def coverage_of(data: bytes) -> str:
    rows = python_calamine.load_workbook(BytesIO(data)).get_sheet_by_name("Coverage").to_python()
    return "\n".join(str(row[0]) for row in rows)


def answered_in_place(data: bytes) -> bool:
    return "This is your own workbook" in coverage_of(data)


def column_of(data: bytes, heading: str, sheet: str = "List") -> list[object]:
    rows = list(openpyxl.load_workbook(BytesIO(data))[sheet].values)
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


STRUCTURE = b'<workbookProtection lockStructure="1"/><bookViews'
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
PLAIN = [
    (SHEET, b"</sheetData>", b'</sheetData><sheetProtection sheet="1"/>', "its sheet is protected"),
    ("xl/workbook.xml", b"<bookViews", STRUCTURE, "its structure is protected"),
    (SHEET, b"<worksheet", DOCTYPE + b"<worksheet", "declarations or comments"),
    (SHEET, b"<sheetData>", b"<!-- <row r='9'/> --><sheetData>", "declarations or comments"),
    ("xl/styles.xml", b"<styleSheet", DOCTYPE + b"<styleSheet", "document type, which is refused"),
    ("xl/workbook.xml", b"<workbook ", DOCTYPE + b"<workbook ", "document type, which is refused"),
    (SHEET, b'<row r="3"', b'<row r="33"', "not in order"),
    (SHEET, b'<row r="5"', b'<row r="6"', "row 5 of its sheet is not the row that was read"),
    (SHEET, b"</sheetData>", b"</sheetData", "not well-formed"),
    (SHEET, b'r="A3"', b'r="$$"', "faulty reference"),
    ("xl/workbook.xml", b'name="List"', b'name="Other"', "was not found in it"),
    ("xl/workbook.xml", b"spreadsheetml/2006/main", b"elsewhere", "transitional"),
    ("xl/styles.xml", b"cellXfs", b"cellYfs", "its styles have no cellXfs"),
]


@pytest.mark.parametrize(("part", "old", "new", "why"), PLAIN, ids=[case[3] for case in PLAIN])
def test_what_must_not_be_edited_becomes_a_plain_workbook_that_says_why(
    screen_rows: Screen, source: Path, part: str, old: bytes, new: bytes, why: str
) -> None:
    alter(source, lambda name, data: data.replace(old, new) if name == part else data)
    answered = answer(screen_rows, source)
    assert why in coverage_of(answered)
    assert column_of(answered, "Supplier", "Suppliers") == list(NAMES)
    assert len([each for each in column_of(answered, ANSWERS[1].title, "Suppliers") if each]) == 4


def test_answers_never_stand_beside_another_supplier(screen_rows: Screen, source: Path) -> None:
    alter(
        source,
        lambda name, data: data.replace(b"Zavodnik Trading", b"Another Trading"),
    )
    assert "row 4 of its sheet is not the row that was read" in coverage_of(
        answer(screen_rows, source)
    )


@pytest.mark.parametrize("cut", [0, 10, 300, 2000])
def test_damaged_packages_become_plain(screen_rows: Screen, source: Path, cut: int) -> None:
    source.write_bytes(source.read_bytes()[:cut])
    assert "its package is damaged" in coverage_of(answer(screen_rows, source))


def test_a_damaged_part_that_is_only_copied_becomes_plain(
    screen_rows: Screen, source: Path
) -> None:
    alter(source, lambda _, data: data, **{"xl/media/image1.bin": b"0123456789" * 20})
    data = bytearray(source.read_bytes())
    with zipfile.ZipFile(source) as archive:
        place = (
            archive.getinfo("xl/media/image1.bin").header_offset + 30 + len("xl/media/image1.bin")
        )
    data[place : place + 4] = b"\xff\xff\xff\xff"
    source.write_bytes(bytes(data))
    assert "its package is damaged" in coverage_of(answer(screen_rows, source))


def test_screening_an_answered_workbook_again_replaces_the_answers(
    screen_rows: Screen, source: Path
) -> None:
    once = answer(screen_rows, source)
    source.write_bytes(once)
    twice = answer(screen_rows, source)
    assert openpyxl.load_workbook(BytesIO(twice)).sheetnames == ["Coverage", "Findings", "List"]
    before, after = (openpyxl.load_workbook(BytesIO(data))["List"] for data in (once, twice))
    assert list(after.values) == list(before.values)
    links = [cell.hyperlink.ref for row in after.iter_rows() for cell in row if cell.hyperlink]
    assert sorted(links) == sorted(set(links))


def test_a_resaved_answer_is_known_again(screen_rows: Screen, source: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))
    book.save(source)  # other part names, shared strings instead of inline ones
    twice = answer(screen_rows, source)
    assert openpyxl.load_workbook(BytesIO(twice)).sheetnames == ["Coverage", "Findings", "List"]
    headings = next(iter(openpyxl.load_workbook(BytesIO(twice))["List"].values))
    assert headings == (*HEADINGS, *(each.title for each in ANSWERS))


def test_her_own_coverage_sheet_stays(screen_rows: Screen, source: Path) -> None:
    book = openpyxl.load_workbook(source)
    book.create_sheet("coverage")["A1"] = "of insurance"
    book.save(source)
    answered = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))
    assert answered.sheetnames == ["Coverage (2)", "Findings", "List", "coverage"]
    assert answered["coverage"]["A1"].value == "of insurance"


def test_a_heading_of_hers_that_is_ours_too_gets_a_number(
    screen_rows: Screen, source: Path
) -> None:
    book = openpyxl.load_workbook(source)
    book["List"]["C1"], book["List"]["D1"] = "answerable: status", "Remarks"
    book.save(source)
    headings = next(
        iter(openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))["List"].values)
    )
    assert headings[:4] == (*HEADINGS, "answerable: status", "Remarks")
    assert "answerable: status (2)" in headings


def test_empty_styled_cells_and_hidden_columns_to_the_right_give_way(
    screen_rows: Screen, source: Path
) -> None:
    styled = b'<c r="C2" s="0"/><c r="Z2" s="0"/></row>'
    alter(
        source,
        lambda name, data: (
            data.replace(b"</row>", b"|", 1)
            .replace(b"</row>", styled, 1)
            .replace(b"|", b"</row>", 1)
            .replace(
                b"<sheetData>",
                b'<cols><col min="2" max="16384" width="3" hidden="1"/></cols><sheetData>',
            )
            if name == SHEET
            else data
        ),
    )
    answered = answer(screen_rows, source)
    assert answered_in_place(answered)
    tab = openpyxl.load_workbook(BytesIO(answered))["List"]
    assert tab["C1"].value == ANSWERS[0].title
    assert tab["C2"].value == "F7K3-Q9XM-2"
    assert [tab.column_dimensions[each].hidden for each in ("B", "C", "S")] == [True, False, False]
    with zipfile.ZipFile(BytesIO(answered)) as archive:
        row = re.search(rb'<row r="2".*?</row>', archive.read(SHEET), re.S)
    assert row
    references = re.findall(rb'<c r="([A-Z]+)2"', row[0])
    assert references == sorted(set(references), key=lambda each: (len(each), each))
    assert references[-1] == b"AC"


def test_a_prefix_rows_without_numbers_and_odd_quotes_are_read(
    screen_rows: Screen, source: Path
) -> None:
    def prefix(name: str, data: bytes) -> bytes:
        if name != SHEET:
            return data
        data = re.sub(rb"<(/?)([a-zA-Z]+)", rb"<\1x:\2", data.split(b"?>")[-1])
        data = data.replace(b"xmlns=", b"xmlns:x=")
        return re.sub(rb'<x:row r="\d"[^>]*>', b"<x:row note='a>b' >", data)

    answered = answer(screen_rows, alter(source, prefix))
    assert answered_in_place(answered)
    assert column_of(answered, "Supplier") == list(NAMES)
    assert column_of(answered, ANSWERS[0].title)[0] == "F7K3-Q9XM-2"


def test_a_table_and_a_merge_are_not_written_into(screen_rows: Screen, source: Path) -> None:
    book = openpyxl.load_workbook(source)
    book["List"].add_table(Table(displayName="T", ref="A1:B5"))
    book["List"]["D9"] = "far"
    book["List"].merge_cells("D9:F9")
    book.save(source)
    tab = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))["List"]
    assert tab["G1"].value == ANSWERS[0].title
    assert list(tab.tables) == ["T"]


def test_macros_are_left_out_and_signatures_named(screen_rows: Screen, source: Path) -> None:
    def macros(name: str, data: bytes) -> bytes:
        if name == "xl/_rels/workbook.xml.rels":
            macro = b'<Relationship Id="rIdM" Type="http://x/vbaProject" Target="vbaProject.bin"/>'
            return data.replace(b"</Relationships>", macro + b"</Relationships>")
        return data.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        )

    alter(source, macros, **{"xl/vbaProject.bin": b"macro", "_xmlsignatures/sig1.xml": b"<a/>"})
    answered = answer(screen_rows, source)
    with zipfile.ZipFile(BytesIO(answered)) as archive:
        assert "xl/vbaProject.bin" not in archive.namelist()
        assert b"vbaProject" not in archive.read("xl/_rels/workbook.xml.rels")
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")
    assert "Your macros are left out" in coverage_of(answered)
    assert "does not hold for this copy" in coverage_of(answered)


def test_only_one_sheet_is_selected(screen_rows: Screen, source: Path) -> None:
    with zipfile.ZipFile(BytesIO(answer(screen_rows, source))) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        selected = [name for name in sheets if b"tabSelected" in archive.read(name)]
    assert selected == ["xl/worksheets/answerable-coverage.xml"]


def test_local_names_follow_their_sheet(screen_rows: Screen, source: Path) -> None:
    book = openpyxl.load_workbook(source)
    book["List"].print_title_rows = "1:1"
    book.save(source)
    answered = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))
    assert answered["List"].print_title_rows == "$1:$1"
    assert answered.active is not None
    assert answered.active.title == "Coverage"


def test_links_are_bounded_with_hers(
    screen_rows: Screen, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = openpyxl.load_workbook(source)
    book["List"]["A2"].hyperlink = "https://buyer.example/"
    book.save(source)
    monkeypatch.setattr(workbook, "MOST_LINKS", 2)
    tab = openpyxl.load_workbook(BytesIO(answer(screen_rows, source)))["List"]
    links = [cell.coordinate for row in tab.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["A2", "W2"]


def test_hostile_texts_stay_texts(screen_rows: Screen, source: Path) -> None:
    with zipfile.ZipFile(BytesIO(answer(screen_rows, source))) as archive:
        assert b"<f>" not in archive.read(SHEET)
        assert b't="inlineStr"' in archive.read(SHEET)


def test_without_headings_the_answers_have_none(screen_rows: Screen, source: Path) -> None:
    answered = answer(screen_rows, source, header_row=None)
    tab = openpyxl.load_workbook(BytesIO(answered))["List"]
    assert tab["C1"].value is None
    assert tab["C2"].value == "F7K3-Q9XM-2"


def test_other_forms_and_pipes_get_a_plain_workbook(screen_rows: Screen, source: Path) -> None:
    assert "OpenDocument" in coverage_of(answer(screen_rows, source, form="ods"))
    assert "This is a new workbook" not in coverage_of(answer(screen_rows, source, form="csv"))
    file = BytesIO()
    rows = [Supplier(2, NAMES[0], cells=(NAMES[0], "1"))]
    write_workbook(screen_rows(rows, HEADINGS, form="xlsx", sheet="List"), file, None)
    assert "came through a pipe" in coverage_of(file.getvalue())


@pytest.fixture
def office(tmp_path: Path) -> Callable[[Path], Path]:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice (soffice) is not here; it is only an oracle")

    def convert(path: Path) -> Path:
        profile = f"-env:UserInstallation=file://{tmp_path}/profile"
        command = [program, "--headless", profile, "--convert-to", "ods", "--outdir"]
        subprocess.run([*command, tmp_path, path], check=True, capture_output=True, timeout=120)
        return path.with_suffix(".ods")

    return convert


def test_libreoffice_opens_the_answer(
    screen_rows: Screen, source: Path, office: Callable[[Path], Path]
) -> None:
    path = source.with_name("answered.xlsx")
    path.write_bytes(answer(screen_rows, source))
    book = python_calamine.load_workbook(str(office(path)))
    assert book.sheet_names == ["Coverage", "Findings", "List"]
    rows = book.get_sheet_by_name("List").to_python()
    assert [row[0] for row in rows[1:]] == list(NAMES)
    assert rows[1][2:4] == ["F7K3-Q9XM-2", "name match, to be confirmed"]
    assert book.get_sheet_by_name("Coverage").to_python()[0][0] == TITLE
