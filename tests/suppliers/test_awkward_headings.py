"""Headings that look like companies, numbers of companies, and columns that are no names."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import ColumnsUnclear
from answerable.exposure.outputs.answers import ANSWERS, PREFIX
from answerable.exposure.suppliers.columns import recognise
from answerable.exposure.suppliers.heading_rows import heading_finder
from answerable.exposure.suppliers.headings import ANSWER_PREFIX, is_answer, is_label, read_heading
from answerable.exposure.suppliers.reading import read_suppliers

Rows = list[list[str]]
HERE = Path(__file__).parent


def table_of(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


AWKWARD = table_of("awkward_headings.tsv")
NUMBERS = [
    (heading, field)
    for headings, field in table_of("company_numbers.tsv")
    for heading in headings.split("|")
]
OWN = [
    ["Ref", "Vendor Name", "Country", "Category"],
    ["Who we pay", "Country"],
    ["Organisation we pay", "Where", "Spend"],
    ["Account", "Country"],
    ["Company", "Location", "CRN"],
]
CELLS = {
    "Ref": "{}", "Country": "United Kingdom", "Category": "IT", "Where": "GB", "Spend": "10{}.5",
    "Location": "GB", "CRN": "0123456{}",
}  # fmt: skip


def written(headings: Sequence[str], odd: str, cell: str, titled: bool) -> Rows:
    """A table of eight suppliers, one without a name, whose last column is the odd one."""
    rows = [[*headings, odd]]
    for number in range(8):
        name = f"Invented Mill {number} Ltd" if number != 3 else ""
        rows.append([*(CELLS.get(each, name).format(number) for each in headings), cell])
    width = len(rows[0])
    title = [["Supplier spend 2025/26", *[""] * (width - 1)], [""] * width]
    return title + rows if titled else rows


def as_csv(rows: Rows) -> bytes:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def as_xlsx(rows: Rows) -> bytes:
    book = openpyxl.Workbook()
    assert book.active is not None
    for place, row in enumerate(rows):
        last = row[-1] or ("=1.2*2" if place > 2 else None)
        book.active.append([*(cell or None for cell in row[:-1]), last])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("write", [as_csv, as_xlsx])
@pytest.mark.parametrize("titled", [False, True])
@pytest.mark.parametrize(("odd", "cell"), AWKWARD)
def test_an_odd_heading_hides_nothing(
    odd: str, cell: str, titled: bool, write: Callable[[Rows], bytes]
) -> None:
    for headings in OWN:
        found = read_suppliers(write(written(headings, odd, cell, titled)))
        name = next(each for each in headings if each not in CELLS)
        assert (found.recognition.columns["name"], odd in found.recognition.unused) == (name, True)
        assert found.recognition.header_row == (3 if titled else 1)
        assert [bool(each.name) for each in found.suppliers] == [
            True, True, True, False, True, True, True, True,
        ]  # fmt: skip


@pytest.mark.parametrize("odd", [odd for odd, _ in AWKWARD])
def test_an_odd_heading_is_not_the_name(odd: str) -> None:
    assert "name" not in {reading.field for reading in read_heading(odd)}


@pytest.mark.parametrize("cell", ["Invented Mill Ltd", "Company Vendor SA", "Sample Inc", "", "7"])
def test_a_company_is_no_label(cell: str) -> None:
    assert not is_label(cell)


@pytest.mark.parametrize(("heading", "field"), NUMBERS)
def test_numbers_of_companies(heading: str, field: str) -> None:
    found = recognise(["Supplier", heading, "Paid"], [["Invented Mill", "01234567", "9"]])
    assert found.places == {"name": 0, field: 1}


@pytest.mark.parametrize(
    ("heading", "country", "scheme"),
    [
        ("Co. Reg No", "GB", "GB-COH"),
        ("Company registration number", "UK", "GB-COH"),
        ("CRN", "", "GB-COH"),
        ("Reg No", "GB", "registration"),  # may be a charity's
        ("Co. Reg No", "DE", "registration"),
        ("Co. Reg No", "", "registration"),
    ],
)
def test_the_register_of_a_number(heading: str, country: str, scheme: str) -> None:
    data = as_csv([["Supplier", "Country", heading], ["Invented Mill", country, "01234567"]])
    [identifier] = read_suppliers(data).suppliers[0].identifiers
    assert (identifier.scheme, identifier.value) == (scheme, "01234567")


def test_what_is_not_used_is_told() -> None:
    headings = ["Ref", "Vendor Name", "Parent Company", "Co Reg", "Spend", "answerable: status"]
    found = read_suppliers(as_csv([headings, ["1", "Invented Mill", "A plc", "7", "9", "match"]]))
    used = set(found.recognition.columns.values())
    assert used == {"Vendor Name", "Co Reg"}
    assert found.recognition.unused == tuple(each for each in headings if each not in used)


def test_a_parent_is_the_name_only_where_nothing_else_is() -> None:
    rows = [["Parent Company", "Amount"], ["Invented Group plc", "3"], ["Sample Group Ltd", "4"]]
    found = read_suppliers(as_csv(rows))
    assert found.recognition.columns == {"name": "Parent Company"}
    assert "No column is headed as the supplier's name" in found.problems[0].sentence
    better = [["Bezug", *rows[0]], *[["Erfundene Werke GmbH", *row] for row in rows[1:]]]
    assert read_suppliers(as_csv(better)).recognition.columns == {"name": "Bezug"}


@pytest.mark.parametrize("money", ["1001", "£1,200.50", "(12.00)", "1 200,50 EUR", "2025-01-31"])
def test_figures_are_never_the_name(money: str) -> None:
    rows = [["Supplier", "Name"], [money, "Invented Mill"], [money, "Example Wharf"]]
    assert read_suppliers(as_csv(rows)).recognition.columns == {"name": "Name"}
    with pytest.raises(ColumnsUnclear, match="'Supplier' holds numbers"):
        read_suppliers(as_csv([["Supplier", "Paid"], [money, "7"], [money, "8"]]))


def test_a_column_with_a_single_company_tells_nothing() -> None:
    rows = [["x", "Invented Mill Ltd"], *[[f"Example {each}", ""] for each in "ABCDEFG"]]
    with pytest.raises(ColumnsUnclear):
        recognise(["p", "q"], rows)


def test_the_prefix_of_answers_is_that_of_the_outputs() -> None:
    assert ANSWER_PREFIX == PREFIX
    assert all(is_answer(each.title) and read_heading(each.title) == () for each in ANSWERS)


def test_answers_are_no_fields_of_a_supplier() -> None:
    titles = [each.title for each in ANSWERS]
    rows = [["Invented Mill", *["Germany"] * len(titles)], ["Sample", *["China"] * len(titles)]]
    assert recognise(["alpha", *titles], rows).places == {"name": 0}
    filled = [["Invented Mill", *["Sample Wharf Ltd"] * len(titles)]] * 3
    assert recognise(["alpha", *titles], filled).places == {"name": 0}


def test_a_row_of_answer_headings_is_the_row_of_headings() -> None:
    rows = [("Our list", "", ""), ("alpha", PREFIX + "status", PREFIX + "company"), ("A", "", "")]
    assert heading_finder()(rows)[0] == 1


def test_headings_in_two_rows_are_read_from_the_lower() -> None:
    rows = [
        ["Supplier", "", "Spend", ""],
        ["Name", "Country", "inc VAT", "ex VAT"],
        ["Invented Mill Ltd", "GB", "2", "1"],
    ]
    found = read_suppliers(as_csv([["Our list", "", "", ""], *rows]))
    assert (found.recognition.header_row, len(found.suppliers)) == (3, 1)
    assert found.recognition.columns == {"name": "Name", "country": "Country"}


def test_a_column_of_legal_forms_is_a_column() -> None:
    found = read_suppliers(b"Vendor Name,Ltd/PLC?\nInvented Mill,Ltd\nSample Works,PLC\n")
    assert [each.name for each in found.suppliers] == ["Invented Mill", "Sample Works"]
    whole = read_suppliers(b"Vendor\nInvented Co.,Ltd\nSample Works, Inc.\n")
    assert [each.name for each in whole.suppliers] == ["Invented Co.,Ltd", "Sample Works, Inc."]


@given(st.lists(st.sampled_from([odd for odd, _ in AWKWARD]), max_size=6, unique=True))
def test_any_company_of_labels_leaves_the_headings(odd: list[str]) -> None:
    row = ("Vendor Name", "Country", *odd)
    data = ("Invented Mill Ltd", "United Kingdom", *["Sample plc"] * len(odd))
    assert heading_finder()([row, data, data])[0] == 0
    assert recognise(row, [data, data]).places == {"name": 0, "country": 1}
