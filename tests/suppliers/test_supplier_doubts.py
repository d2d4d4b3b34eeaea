"""What makes one doubt a supplier file is said once, first, with what to do; texts are refused."""

import csv
import io

import openpyxl
import pytest

from answerable.errors import ColumnsUnclear
from answerable.exposure.suppliers.cell_kinds import reads_as_name
from answerable.exposure.suppliers.reading import read_suppliers
from answerable.model import SupplierList

LETTER = (
    "Dear Amara,\n\nplease find attached the list of our suppliers, as discussed.\n"
    "The rest will follow next week.\n\nKind regards\nBen\n"
)
MARKDOWN = (
    "# Supplier tools\n\nA tool that reads lists.\n\n## Use\n\n```\ntool list.csv\n```\n\n"
    "| word | meaning |\n|---|---|\n| supplier | one row |\n| list | all rows |\n"
)


def read(*rows: list[str], columns: dict[str, str] | None = None) -> SupplierList:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return read_suppliers(file.getvalue().encode(), columns=columns)


def told(found: SupplierList) -> list[str]:
    return [each.sentence for each in found.problems]


@pytest.mark.parametrize(
    "text",
    [
        LETTER,
        LETTER.replace("\n", " "),
        "Dear Amara,\nPlease find attached.\nBest wishes\nBen\n",
        "Our suppliers\n\n" + LETTER,
        "尊敬的采购部：\n请查收附件中的供应商名单。\n如有问题，请联系我们。\n",
        "السادة الكرام،\nنرفق لكم قائمة الموردين كما اتفقنا.\nمع التحية،\n",
        MARKDOWN,
        MARKDOWN.replace("|", ""),
        "import csv\nfrom pathlib import Path\n\nx = {'a': 1}\nprint(x['a'])\n",
        "<p>Suppliers</p>\n<p>Invented Mill</p>\n",
        "https://example.org/a\nhttps://example.org/b\n",
    ],
)
def test_a_text_is_no_supplier_list(text: str) -> None:
    with pytest.raises(ColumnsUnclear) as caught:
        read_suppliers(text.encode(), file_name="letter.txt")
    first = text.strip().split("\n")[0][:12].split(",")[0]
    assert first in str(caught.value)
    assert "--columns name=A" in str(caught.value)


def test_a_text_is_read_where_its_owner_names_the_column() -> None:
    found = read_suppliers(LETTER.encode(), columns={"name": "A"})
    assert len(found.suppliers) == 5


@pytest.mark.parametrize(
    "names",
    [
        ["Invented Mill"],
        ["Invented Mill", "Example Wharf"],
        ["invented mill ltd", "EXAMPLE WHARF", "Sample & Sons Co."],
        ["Invented Mill Ltd.", "The Society of Friends of Invented Mills", "3 Samples"],
        ["Sample Trading Co., Ltd", "Second Sample Co., Ltd", "Third Sample Co., Ltd"],
        ["示例纺织有限公司"],
        ["示例纺织有限公司", "虚构贸易", "样本（上海）科技股份有限公司"],
        ["شركة المثال للتجارة", "مؤسسة النموذج"],
        ["ООО «Пример»", "Образец"],
        ["サンプル株式会社", "見本商事"],
        ["# my list", "Invented Mill", "Example Wharf", "Sample Mill", "Fourth Mill"],
    ],
)
def test_a_list_of_names_without_heading_is_read(names: list[str]) -> None:
    found = read_suppliers("\n".join(names).encode())
    assert [each.name for each in found.suppliers] == names
    [sentence] = told(found)
    assert sentence.startswith("No row of headings was recognised; column 1 was taken as the")
    assert "--columns name=HEADING" in sentence


@pytest.mark.parametrize(
    "cell",
    [
        "", "1001", "please find attached our list", "See the notes below:", "* one", "a{b}",
        "The rest will follow next week.", "名单已经寄出。", "x" * 121, "| a | b |", "one " * 13,
    ],
)  # fmt: skip
def test_what_is_no_name(cell: str) -> None:
    assert not reads_as_name(cell)


def test_rows_without_names_are_told_first() -> None:
    rows = [["", "GB"], ["-", "FR"], ["Invented Mill", "Nowhere"], ["", "GB"]]
    found = read(["Supplier", "Country"], *rows)
    assert told(found)[0].startswith("3 of 4 rows have no readable name in column 'Supplier'.")
    assert "--columns name=HEADING" in told(found)[0]
    assert not told(read(["Supplier", "Country"], *rows[:2], *[["Invented Mill", "GB"]] * 2))


@pytest.mark.parametrize(
    ("named", "what"),
    [
        ("Country", "countries, such as 'France'"),
        ("C", "countries, such as 'France'"),
        ("Ref", "numbers or codes, such as 'V1000'"),
        ("Spend", "numbers or codes, such as '£1,000.50'"),
    ],
)
def test_a_wrongly_named_column_is_told(named: str, what: str) -> None:
    rows = [[f"V100{n}", f"Invented Mill {n}", "France", f"£1,00{n}.50"] for n in range(5)]
    found = read(["Ref", "Vendor", "Country", "Spend"], *rows, columns={"name": named})
    assert f"are {what}" in told(found)[0]
    assert found.problems[0].row is None
    right = read(["Ref", "Vendor", "Country", "Spend"], *rows)
    assert (right.recognition.columns["name"], told(right)) == ("Vendor", [])


def test_headings_that_nobody_knows_are_told() -> None:
    found = read(["alpha", "beta"], ["Invented Mill Ltd", "x"], ["Sample Wharf Ltd", "y"])
    assert found.recognition.header_row == 1
    assert told(found)[0].startswith("Row 1 was taken for headings, though none of them is known")
    named = {"name": "alpha"}
    assert not told(read(["alpha", "beta"], ["Invented Mill", "x"], columns=named))


def test_a_first_row_like_all_others_is_a_supplier() -> None:
    rows = [["Invented Mill", "GB"], ["Example Wharf", "FR"], ["Sample Works", "DE"]]
    found = read(*rows, columns={"name": "A"})
    assert [each.name for each in found.suppliers] == [name for name, _ in rows]


def test_titles_are_no_problem_but_a_supplier_above_the_headings_is() -> None:
    title, heads, row = ["Our list", ""], ["Vendor", "Country"], ["Invented Mill", "GB"]
    assert told(read(title, ["", ""], heads, row)) == []
    found = read(title, ["Sample Wharf Ltd", "France"], heads, row)
    [problem] = found.problems
    assert (problem.row, problem.value) == (2, "Sample Wharf Ltd France")
    assert "move it below the headings" in problem.sentence


@pytest.mark.parametrize(
    ("cell", "row"),
    [
        ("TOTAL", ["", "1200"]),
        ("Grand total:", ["", "£1,200.00"]),
        ("Total 2025/26", ["", "1200"]),
        ("Sub-total", ["", "1200"]),
        ("Total (excl. VAT)", ["", "1200"]),
        ("Summe", ["", "1.200,00 EUR"]),
        ("合计", ["", "1200"]),
        ("Итого", ["", "1200"]),
        ("الإجمالي", ["", "1200"]),
    ],
)
def test_a_total_is_kept_with_a_problem(cell: str, row: list[str]) -> None:
    heads, supplier = ["Supplier", "Country", "Spend"], ["Invented Mill", "GB", "1200"]
    found = read(heads, supplier, [cell, *row])
    assert [each.name for each in found.suppliers] == ["Invented Mill", cell]
    [problem] = found.suppliers[1].problems
    assert problem.sentence.startswith("This row looks like a total, not a supplier.")
    assert (problem.row, problem.column, problem.value) == (3, "Supplier", cell)
    assert not found.suppliers[0].problems


@pytest.mark.parametrize("row", [["Total", "GB", "7"], ["Total Invented Fuels", "", "7"]])
def test_a_supplier_whose_name_begins_like_a_total_is_none(row: list[str]) -> None:
    found = read(["Supplier", "Country", "Spend"], ["Invented Mill", "GB", "1"], row)
    assert not found.suppliers[1].problems


def workbook_with_odd_cells() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Vendor", "Country", "Spend", "Spend inc VAT", "Note"])
    for row in range(2, 32):
        sheet.append([f"Invented Mill {row}", "GB", 10, f"=C{row}*1.2", None])
    sheet["A4"], sheet["B5"], sheet["E6"], sheet["E7"] = '="x"', "#N/A", "#REF!", 9e15
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_odd_cells_of_unused_columns_are_told_once() -> None:
    found = read_suppliers(workbook_with_odd_cells())
    assert [(each.column, each.row) for each in found.problems] == [
        ("Spend inc VAT", None), ("Note", None), ("Note", None),
    ]  # fmt: skip
    first, digits, error = told(found)
    assert first == (
        "30 cells hold formulas without a stored value and are read as blank (D2, D3, D4 …). "
        "The column is not used for the screening: nothing is missed."
    )
    assert digits.startswith("1 cell holds a number of more than 15 digits")
    assert error.startswith("1 cell holds an error and is read as blank (E6).")


def test_odd_cells_of_used_columns_are_told_in_their_rows() -> None:
    found = read_suppliers(workbook_with_odd_cells())
    by_row = {each.row: [p.column for p in each.problems] for each in found.suppliers}
    assert {row: columns for row, columns in by_row.items() if columns} == {
        4: ["Vendor", "Vendor"],
        5: ["Country"],
    }
    assert "A4 holds a formula without a stored value" in found.suppliers[2].problems[0].sentence
    named = read_suppliers(workbook_with_odd_cells(), columns={"tax": "Spend inc VAT"})
    assert all(each.problems for each in named.suppliers)
