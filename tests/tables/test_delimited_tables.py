"""Delimited text: headings, numbering, quoting, ragged and blank rows."""

import csv
import io
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import AnswerableError, TableTooLarge, TableUnreadable
from answerable.lists.content import MAX_LINE_BYTES
from answerable.lists.delimited import find_delimiter
from answerable.lists.tables import Table, read_table

LETTERS = "AZaz09éøßİ＆., -;'\"\n\t|АЯЁ«»华為公司（）\u3000شركة\u200f"
cells = st.text(LETTERS, max_size=12)


def rows_of(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "^", "~"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_delimiter_and_line_end_is_told(delimiter: str, line_end: str) -> None:
    lines = [["Supplier", "Country", "Paid"], ["Invented Co., Ltd", "CN", "1,5"], ["B", "GB", "2"]]
    text = line_end.join(
        delimiter.join(f'"{cell}"' if delimiter in cell else cell for cell in line)
        for line in lines
    )
    table = read_table(text.encode())
    assert table.delimiter == delimiter
    assert table.headings == ("Supplier", "Country", "Paid")
    assert rows_of(table) == [tuple(line) for line in lines[1:]]


@given(
    rows=st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=12),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
def test_what_csv_writes_is_read_back(
    rows: list[tuple[str, str, str]], delimiter: str, encoding: str
) -> None:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows([("a", "b", "c"), *rows])
    table = read_table(
        file.getvalue().encode(encoding), delimiter=delimiter, encoding=encoding, header=True
    )
    kept = [row for row in rows if "".join(row).strip()]
    assert rows_of(table) == kept
    assert {row.number for row in table.rows} <= set(range(2, len(rows) + 2))


@given(st.lists(st.text(LETTERS.replace("\n", ""), min_size=1), min_size=1, max_size=30))
def test_no_line_is_lost_however_it_is_quoted(lines: list[str]) -> None:
    lines = [line for line in lines if line.strip(' ",;\t|\u3000\u200f\x0b\x0c')]
    text = "\n".join(["first", *lines])
    table = read_table(text.encode(), delimiter=",", encoding="utf-8", header=False)
    read = "\n".join("".join(row.cells) for row in table.rows)
    for line in lines:
        wanted = [each for each in line if each.isalnum()]
        rest = iter(read)
        assert all(each in rest for each in wanted)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_table_or_an_error_of_ours(data: bytes) -> None:
    try:
        table = read_table(data)
    except AnswerableError:
        return
    assert all(len(row.cells) == len(table.headings) for row in table.rows)


@given(st.text("\"',;\n ab", max_size=200))
def test_any_quoting_gives_rows_of_one_width(text: str) -> None:
    try:
        table = read_table(f"x{text}".encode())
    except TableUnreadable:
        return
    assert all(len(row.cells) == len(table.headings) for row in table.rows)
    assert sorted(row.number for row in table.rows) == [row.number for row in table.rows]


def test_rows_are_numbered_as_a_spreadsheet_shows_them() -> None:
    table = read_table(b'name,address\nA,"1 Street\nTown"\n\nB,x\n')
    assert [(row.number, row.cells[0]) for row in table.rows] == [(2, "A"), (4, "B")]
    assert [(each.row, "blank" in each.sentence) for each in table.problems] == [(3, True)]


def test_trailing_blank_rows_are_nothing() -> None:
    assert read_table(b"name\nA\n\n\n  \n").problems == ()


def test_an_unclosed_quotation_mark_swallows_nothing() -> None:
    table = read_table(b'name,country\nA,GB\n"B Ltd,FR\nC,DE\nD,IT\n')
    assert rows_of(table) == [("A", "GB"), ('"B Ltd', "FR"), ("C", "DE"), ("D", "IT")]
    assert [(each.row, each.value) for each in table.problems] == [(3, '"B Ltd,FR')]


def test_a_stray_quotation_mark_does_not_reach_the_next_quoted_cell() -> None:
    text = b'name,country\n"A Ltd,GB\nB,FR\n"C, Sons",DE\nD,IT\n'
    assert [row.cells[0] for row in read_table(text).rows] == ['"A Ltd', "B", "C, Sons", "D"]


def test_many_broken_quotation_marks_take_linear_time() -> None:
    text = "name,country\n" + 'x","y",GB\n' * 20_000
    table = read_table(text.encode())
    assert len(table.rows) == 20_000


def test_a_cell_over_many_lines_is_pointed_at() -> None:
    text = 'name,country\n"A\n' + "line\n" * 80 + '",GB\nB,FR\n'
    table = read_table(text.encode())
    assert [row.number for row in table.rows] == [2, 3]
    assert any(each.row == 2 and "82 lines" in each.sentence for each in table.problems)


def test_ragged_rows_are_kept_and_told() -> None:
    table = read_table(b"name,country,paid\nA,GB,1\nB\nC,FR,2,SME\n", delimiter=",")
    assert table.headings == ("name", "country", "paid", "column 4")
    assert rows_of(table) == [("A", "GB", "1", ""), ("B", "", "", ""), ("C", "FR", "2", "SME")]
    assert [each.row for each in table.problems] == [3, 4]


def test_title_rows_stand_above_the_headings() -> None:
    table = read_table(b"Our suppliers 2025,,\n,,\nname,country,paid\nA,GB,1\nB,FR,2\nC,DE,3\n")
    assert table.header_row == 3
    assert [(each.number, each.cells[0]) for each in table.titles] == [(1, "Our suppliers 2025")]
    assert [row.number for row in table.rows] == [4, 5, 6]


def test_repeated_and_blank_headings_are_made_unique() -> None:
    table = read_table(b"name,name,,name\na,b,c,d\ne,f,g,h\n")
    assert table.headings == ("name", "name (2)", "column 3", "name (3)")
    assert [each.column for each in table.problems] == ["name (2)", "name (3)"]


def test_the_first_line_of_excel_names_the_delimiter() -> None:
    table = read_table(b"sep=;\r\nname;country\r\nA;GB\r\n")
    assert (table.delimiter, table.header_row, rows_of(table)) == (";", 1, [("A", "GB")])


def test_header_only_is_a_table_without_rows() -> None:
    table = read_table(b"name,country\n")
    assert (table.headings, table.rows) == (("name", "country"), ())


def test_without_headings_columns_are_numbered() -> None:
    table = read_table(b"A,GB\nB,FR\n", header=False)
    assert (table.headings, len(table.rows), table.header_row) == (
        ("column 1", "column 2"),
        2,
        None,
    )


def test_a_file_of_names_with_commas_is_one_column() -> None:
    names = ["Invented Trading Co., Ltd", "Example Mill", "Fiction Wharf, Inc.", "Sample Ltd"]
    table = read_table("\n".join(["Supplier", *names]).encode())
    assert (table.delimiter, [row.cells for row in table.rows]) == (None, [(n,) for n in names])


def test_a_name_of_ten_thousand_characters_is_kept() -> None:
    name = "Invented " * 1_111 + "X"
    assert read_table(f"name,country\n{name},GB\n".encode()).rows[0].cells[0] == name


def test_a_cell_over_the_limit_of_csv_is_kept_and_told() -> None:
    name = "N" * 200_000
    table = read_table(f'name,country\n"{name}",GB\nB,FR\n'.encode())
    assert len(table.rows) == 2
    assert name in table.rows[0].cells[0]
    assert [each.row for each in table.problems] == [2]


def test_a_line_of_200_megabytes_is_refused_within_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("wb") as file:
        file.write(b"name,country\n")
        file.seek(200_000_000)
        file.write(b"A,GB\n")
    tracemalloc.start()
    with pytest.raises(TableTooLarge) as caught:
        read_table(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.limit == MAX_LINE_BYTES
    assert peak < 50_000_000


def test_a_wide_row_does_not_widen_a_long_table_without_limit() -> None:
    data = ("a," * 5_000 + "\n" + "x\n" * 20_000).encode()
    with pytest.raises(TableTooLarge, match="cells"):
        read_table(data, delimiter=",")


def test_delimiters_are_told_by_even_rows() -> None:
    assert find_delimiter(["a;b\n", "1,5;2,5\n"]) == ";"
    assert find_delimiter(["Invented Mill\n", "Second Invented Mill; wharf\n"]) is None
    assert find_delimiter([]) is None


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("suppliers/uk_licensed_sponsors/skilled_worker_names.csv", 121_374),
        ("suppliers/cabinet_office/cabinetoffice_spend.csv", 37_114),
        ("lists/bis/bis_entity_list_2025-11-08.csv", 3_421),
        ("lists/gleif_elf/elf_codes_2023-09-28.csv", 3_819),
        ("names/multiscript/multiscript_dev.csv", 480),
    ],
)
def test_shared_tables_agree_with_the_csv_module(
    shared_data: Callable[[str], Path], name: str, rows: int
) -> None:
    path = shared_data(name)
    with path.open(encoding="utf-8-sig", newline="") as file:
        expected = [tuple(row) for row in csv.reader(file)]
    table = read_table(path)
    assert len(table.rows) == rows
    assert [table.headings, *rows_of(table)] == expected


def test_blank_rows_are_told_only_below_the_headings() -> None:
    table = read_table(b"Our list,\n,\nname,country\nA,GB\n,\nB,GB\n")
    assert (table.header_row, [row.number for row in table.rows]) == (3, [4, 6])
    assert [(each.row, each.sentence[-2:]) for each in table.problems] == [(5, "5.")]
