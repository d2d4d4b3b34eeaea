"""Files of suppliers, read whole: golden pairs, forms told by content, and no row lost."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import AnswerableError, ColumnsUnclear, TableUnreadable, UsageError
from answerable.exposure.suppliers.reading import read_suppliers
from answerable.model import SupplierList

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "suppliers"
INPUTS = sorted(path for path in FIXTURES.iterdir() if "-expected" not in path.name)


def shown(found: SupplierList) -> dict[str, Any]:
    recognition = found.recognition
    return {
        "form": recognition.form,
        "columns": recognition.columns,
        "why": recognition.why,
        "header_row": recognition.header_row,
        "unused": recognition.unused,
        "problems": [each.as_dict() for each in found.problems],
        "suppliers": [
            {
                "row": each.row,
                "name": each.name,
                "country": each.country,
                "address": each.address,
                "identifiers": [identifier.as_dict() for identifier in each.identifiers],
                "problems": [problem.as_dict() for problem in each.problems],
                "cells": each.cells,
            }
            for each in found.suppliers
        ],
    }


def test_there_are_golden_inputs() -> None:
    assert len(INPUTS) >= 5


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_a_file_is_read_as_reviewed(path: Path, golden: Callable[[str, Path], None]) -> None:
    text = json.dumps(shown(read_suppliers(path)), ensure_ascii=False, indent=1) + "\n"
    golden(text, path.with_name(f"{path.stem}-{path.suffix[1:]}-expected.json"))


def names(found: SupplierList) -> list[str]:
    return [each.name for each in found.suppliers]


def test_a_file_of_names_without_heading_is_read() -> None:
    found = read_suppliers(b"Invented Mill Ltd\nExample Wharf\nSample Trading Co., Ltd\n")
    assert names(found) == ["Invented Mill Ltd", "Example Wharf", "Sample Trading Co., Ltd"]
    assert (found.suppliers[0].row, found.recognition.header_row) == (1, None)
    assert found.headings == ("column 1",)


def test_a_table_without_headings_is_told_by_its_cells() -> None:
    text = "7,Invented Mill Ltd,United Kingdom\n8,Example Wharf GmbH,Germany\n9,Sample SA,France\n"
    found = read_suppliers(text.encode())
    assert names(found) == ["Invented Mill Ltd", "Example Wharf GmbH", "Sample SA"]
    assert [each.country for each in found.suppliers] == ["gb", "de", "fr"]
    assert found.recognition.header_row is None


def test_columns_can_be_named_by_heading_letter_and_number() -> None:
    data = b"Ref;Bezugsquelle;Wo\n1;Erfundene Werke;AT\n"
    for wanted in ("bezugsquelle", "B", "2"):
        found = read_suppliers(data, columns={"name": wanted, "country": "C"})
        assert (names(found), found.suppliers[0].country) == (["Erfundene Werke"], "at")
        assert found.recognition.why["name"] == "You named this column."


def test_a_named_register_is_taken_for_the_identifier() -> None:
    found = read_suppliers(b"Vendor;No\nExample AG;CHE-1\n", columns={"CH-FDJP": "no"})
    [identifier] = found.suppliers[0].identifiers
    assert (identifier.scheme, identifier.value) == ("CH-FDJP", "CHE1")


def test_what_is_unclear_is_asked() -> None:
    with pytest.raises(ColumnsUnclear) as caught:
        read_suppliers(b"alpha;beta\none;two\nthree;four\n", file_name="mine.csv")
    assert caught.value.headings == ("alpha", "beta")
    with pytest.raises(ColumnsUnclear, match="no column 'Nome'"):
        read_suppliers(b"Supplier;Country\nA;GB\n", columns={"name": "Nome"})
    with pytest.raises(UsageError, match="colour"):
        read_suppliers(b"Supplier;Country\nA;GB\n", columns={"colour": "Supplier"})


def test_the_sheet_with_the_best_headings_is_read() -> None:
    book = openpyxl.Workbook()
    first, second = book.create_sheet("Notes", 0), book.create_sheet("Data", 1)
    for line in (["Printed", "By"], ["2025", "Finance"], ["2026", "Finance"]):
        first.append(line)
    for line in (["Vendor", "Country"], ["Invented Mill Ltd", "GB"]):
        second.append(line)
    file = io.BytesIO()
    book.save(file)
    found = read_suppliers(file.getvalue(), file_name="book.xlsx")
    assert (found.recognition.sheet, names(found)) == ("Data", ["Invented Mill Ltd"])
    assert found.recognition.other_sheets == ("Notes", "Sheet")
    assert found.suppliers[0].sheet == "Data"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ('["Invented Mill Ltd", "Example SA"]', ["Invented Mill Ltd", "Example SA"]),
        ('{"supplier": "Invented Mill Ltd"}', ["Invented Mill Ltd"]),
        ('[{"ocid": "x", "tag": ["award"], "awards": [{"suppliers": [{"name": "A"}]}]}]', ["A"]),
        ('{"name": "A"}\n{"name": "B"}\n', ["A", "B"]),
        ("[Supplier],[Country]\nInvented Mill Ltd,GB\n", ["Invented Mill Ltd"]),
        ('[{"name": "A\\u0000\\ud800"}]', ["A\ufffd"]),
    ],
)
def test_json_and_what_looks_like_it(data: str, expected: list[str]) -> None:
    assert names(read_suppliers(data.encode())) == expected


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'[{"name": "A"}, {"name"', "JSON is damaged"),
        (b"[" * 100_000, "JSON"),
        (b'{"a": ' * 50_000, "JSON"),
        (b"[]", "no record"),
        (b'{"releases": [{"ocid": "x", "tag": ["tender"]}]}', "none of its 1 releases"),
    ],
)
def test_json_without_suppliers_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(TableUnreadable, match=why):
        read_suppliers(data)


@given(st.binary(max_size=300))
def test_any_bytes_give_suppliers_or_an_error_of_ours(data: bytes) -> None:
    try:
        found = read_suppliers(data)
    except AnswerableError:
        return
    assert all(len(each.cells) == len(found.headings) for each in found.suppliers)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(st.lists(st.fixed_dictionaries({"supplier": json_values}), min_size=1, max_size=8))
def test_every_json_record_is_a_supplier(records: list[dict[str, Any]]) -> None:
    try:
        found = read_suppliers(json.dumps(records).encode())
    except ColumnsUnclear:
        return
    assert [each.row for each in found.suppliers] == list(range(1, len(records) + 1))


@given(
    st.lists(
        st.tuples(st.text("AZéß华公司 .,&", max_size=10), st.sampled_from(["GB", "", "Nowhere"])),
        min_size=1,
        max_size=15,
    )
)
def test_no_row_is_lost_and_faulty_cells_are_problems(rows: list[tuple[str, str]]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows([("Supplier name", "Country"), *rows])
    found = read_suppliers(file.getvalue().encode())
    kept = [row for row in rows if "".join(row).strip()]
    assert [(each.name, each.cells[1]) for each in found.suppliers] == [
        (name.strip(), country) for name, country in kept
    ]
    for supplier in found.suppliers:
        columns = {each.column for each in supplier.problems}
        assert ("Country" in columns) == (supplier.cells[1] == "Nowhere")
        assert ("Supplier name" in columns) == (not any(map(str.isalnum, supplier.name)))


SHARED = [
    ("cabinet_office/cabinetoffice_spend.csv", 37_114, "Beneficiary Name"),
    ("cabinet_office/cabinetoffice_suppliers.csv", 2_915, "supplier"),
    ("contracts_finder_ocds/releases.json", 267, "name"),
    ("demo/demo_suppliers.csv", 500, "supplier_name"),
    ("hmt_spend/2025-01.json", 79, "supplier"),
    ("hmt_spend/2025-02.json", 67, "supplier"),
    ("hmt_spend/2025-03.json", 126, "supplier"),
    ("home_office_cards/cleaned_spend.csv", 872, "Supplier"),
    ("home_office_cards/cleaned_agg_spend.csv", 404, "supplier_fuzzy"),
    ("uk_licensed_sponsors/skilled_worker_names.csv", 121_374, "organisation_name"),
]


@pytest.mark.parametrize(("name", "rows", "heading"), SHARED)
def test_shared_supplier_files_read_whole(
    shared_data: Callable[[str], Path], name: str, rows: int, heading: str
) -> None:
    found = read_suppliers(shared_data(f"suppliers/{name}"))
    assert len(found.suppliers) == rows
    assert found.recognition.columns["name"] == heading


def test_shared_facility_lists_read_whole(shared_data: Callable[[str], Path]) -> None:
    folder = shared_data("suppliers/open_supply_hub/facility_lists")
    files = sorted(folder.glob("*.csv"))
    lists = [read_suppliers(path) for path in files]
    assert (len(files), sum(len(each.suppliers) for each in lists)) == (14, 963)
    wanted = {"name": "name", "country": "country", "address": "address"}
    assert all(each.recognition.columns == wanted for each in lists)
    assert all(supplier.country for each in lists for supplier in each.suppliers)


def test_shared_ocds_agrees_with_a_count_of_its_own(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("suppliers/contracts_finder_ocds/releases.json")
    parties = [
        party
        for release in json.loads(path.read_bytes())["releases"]
        for party in release["parties"]
        if "supplier" in party["roles"]
    ]
    found = read_suppliers(path).suppliers
    assert [each.name for each in found] == [str(p.get("name", "")).strip() for p in parties]
    numbers = {i.value for each in found for i in each.identifiers if i.scheme == "GB-COH"}
    assert len({name for name in map(str, (each.name for each in found)) if name}) == 243
    assert len(numbers) == 75
    assert sum(1 for each in found if not each.name) == 1
