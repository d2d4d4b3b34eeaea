"""Headings in many languages: the right column is taken, and the wrong ones are not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.exposure.suppliers.columns import recognise
from answerable.exposure.suppliers.heading_rows import heading_finder
from answerable.exposure.suppliers.headings import fold_heading, known_fields, read_heading

CASES = Path(__file__).with_name("headings.tsv")
TABLES = [
    line.split("\t")
    for line in CASES.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(
    ("headings", "expected"), [each[1:] for each in TABLES], ids=[f"{e[0]}:{e[1]}" for e in TABLES]
)
def test_columns_are_recognised(headings: str, expected: str) -> None:
    found = recognise(headings.split("|"), [])
    places = {field: str(place + 1) for field, place in found.places.items()}
    assert places == dict(pair.split("=") for pair in expected.split())
    assert set(found.why) == set(found.places)
    assert all(sentence.endswith(".") for sentence in found.why.values())


@pytest.mark.parametrize("headings", [each[1] for each in TABLES])
def test_the_row_of_headings_is_found_below_titles(headings: str) -> None:
    cells = tuple(headings.split("|"))
    width = len(cells)
    rows = [("Printed list", *("",) * (width - 1)), cells, *[("x1",) * width] * 4]
    assert heading_finder()(rows)[0] == 1


@pytest.mark.parametrize(
    "heading",
    [
        "Supplier ID", "Supplier Type", "Vendor No.", "supplier code", "Supplier group",
        "Name of buyer", "buyer_name", "Contact name", "Supplier contact", "First name",
        "Supplier e-mail", "Supplier rating", "Total spend by supplier", "Fournisseur (code)",
        "Lieferantennummer", "Ansprechpartner", "Código proveedor", "Kod dostawcy",
        "Код поставщика", "Контактное лицо", "رقم المورد", "供应商编号", "供应商类型", "联系人姓名",
        "採購單位", "取引先コード", "担当者名", "거래처코드", "담당자 이름", "Mã nhà cung cấp",
        "Product name", "Project name", "file name", "Department name", "Bank name", "Paid",
        "Number of suppliers", "x" * 5_000, "", "  ",
    ],
)  # fmt: skip
def test_a_heading_that_is_not_the_name(heading: str) -> None:
    assert "name" not in {reading.field for reading in read_heading(heading)}


def test_cells_decide_where_headings_do_not() -> None:
    rows = [
        ["V1", "Invented Mill Ltd", "549300XIVJCBIGMRUD48", "United Kingdom"],
        ["V2", "Example Wharf GmbH", "549300XIVJCBIGMRUD48", "Germany"],
    ]
    found = recognise(["a", "b", "c", "d"], rows)
    assert found.places == {"name": 1, "country": 3, "LEI": 2}
    assert "company forms" in found.why["name"]


def test_a_column_of_codes_is_not_the_name_where_another_is() -> None:
    rows = [["1001", "Invented Mill"], ["1002", "Example Wharf"]]
    assert recognise(["Supplier", "Name"], rows).places["name"] == 1


def test_a_doubtful_heading_needs_its_cells() -> None:
    places = recognise(["Supplier", "Land"], [["A", "DE"], ["B", "FR"]]).places
    assert places == {"name": 0, "country": 1}
    places = recognise(["Supplier", "Land"], [["A", "12 ha"], ["B", "30 ha"]]).places
    assert "country" not in places


def test_data_rows_are_no_headings() -> None:
    rows = [("Supplier Services Ltd", "GB"), ("Company Vendor SA", "FR"), ("Name GmbH", "DE")]
    assert heading_finder()(rows)[0] is None


def test_headings_that_are_named_are_found() -> None:
    rows = [("Title", ""), ("Bezug", "Wo"), ("a", "b")]
    assert heading_finder({"name": "bezug"})(rows)[0] == 1


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_heading(fold_heading(text)) == fold_heading(text)


@given(st.text(max_size=60))
def test_any_heading_gives_known_fields(text: str) -> None:
    readings = read_heading(text)
    assert {reading.field for reading in readings} <= set(known_fields())
    assert [r.strength for r in readings] == sorted((r.strength for r in readings), reverse=True)
