"""Findings as CSV: her columns and delimiter, our answers, no formula, nothing lost."""

import csv
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import pytest

from answerable.exposure.outputs.answers import ANSWERS
from answerable.exposure.outputs.table import BOM, write_table
from answerable.model import Screening, Supplier

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "outputs"


def table_of(screening: Screening) -> bytes:
    file = BytesIO()
    write_table(screening, file)
    return file.getvalue()


def rows_of(data: bytes, delimiter: str = ",") -> list[list[str]]:
    text = data.decode("utf-8-sig")
    return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))


def test_every_row_has_all_columns(screening: Screening) -> None:
    data = table_of(screening)
    assert data.startswith(BOM)
    rows = rows_of(data)
    assert len(rows) == 1 + len(screening.findings)
    assert rows[0][:3] == ["Supplier", "Country", "Spend"]
    assert rows[0][3:-2] == [answer.title for answer in ANSWERS]
    assert {len(row) for row in rows} == {3 + len(ANSWERS) + 2}


def test_every_row_says_what_was_searched(screening: Screening) -> None:
    for row in rows_of(table_of(screening))[1:]:
        assert row[-2:] == [
            "as of 2026-11-24: Entity List 2025-11-08; "
            "Invented Register of Forced Labour 2026-11-20",
            "FCC Covered List",
        ]


def test_no_cell_begins_a_formula(screening: Screening) -> None:
    for row in rows_of(table_of(screening))[1:]:
        for cell in row:
            assert not cell.startswith(("=", "+", "@", "\t", "\r")), cell
            assert not cell.startswith("-") or cell == "-12.50"
    assert "'=cmd|' /C calc'!A0" in rows_of(table_of(screening))[6][0]


def test_a_row_says_where_an_apostrophe_was_added(screening: Screening) -> None:
    rows = rows_of(table_of(screening))
    place = rows[0].index("answerable: problems")
    assert rows[6][place] == (
        "Supplier: an apostrophe was added, so that no program takes the cell for a formula."
    )
    assert "answerable: citation: an apostrophe was added" in rows[7][place]
    assert rows[4][place] == 'Country "Ruritania": The country is not known.'
    assert rows[1][place] == ""


def test_amounts_and_telephone_numbers_stay_as_they_are(
    screen_rows: Callable[..., Screening],
) -> None:
    cells = ("Invented Mill", "+44 20 7946 0000", "-£5,000.00", "-5.000,00 €")
    headings = ("Name", "Phone", "Owed", "Geschuldet")
    rows = rows_of(table_of(screen_rows([Supplier(2, "Invented Mill", cells=cells)], headings)))
    assert tuple(rows[1][:4]) == cells
    assert rows[1][rows[0].index("answerable: problems")] == ""


@pytest.mark.parametrize("probability", [1.0, 0.99996, 0.0])
def test_no_probability_is_certain(screening: Screening, probability: float) -> None:
    match = replace(screening.findings[0].matches[0], probability=probability)
    finding = replace(screening.findings[0], matches=(match,))
    rows = rows_of(table_of(replace(screening, findings=(finding,))))
    said = rows[1][rows[0].index("answerable: probability")]
    assert said == ("under 1 %" if probability < 0.5 else "over 99 %")


@pytest.mark.parametrize(("found", "written"), [(";", ";"), ("\t", "\t"), (None, ","), ('"', ",")])
def test_her_delimiter_is_kept(
    screen_rows: Callable[..., Screening], found: str | None, written: str
) -> None:
    row = Supplier(2, 'Mill; "Sons"', cells=('Mill; "Sons"', "a\nb"))
    data = table_of(screen_rows([row], ["Name", "Note"], delimiter=found))
    assert rows_of(data, written)[1][:2] == ['Mill; "Sons"', "a\nb"]


def test_earlier_answers_are_replaced(screen_rows: Callable[..., Screening]) -> None:
    row = Supplier(2, "Invented Mill", cells=("Invented Mill", "an old answer", "7"))
    screening = screen_rows([row], ["Name", "answerable: status", "Spend"])
    rows = rows_of(table_of(screening))
    assert rows[0][:3] == ["Name", "Spend", "answerable: finding"]
    assert rows[0].count("answerable: status") == 1
    assert rows[1][:2] == ["Invented Mill", "7"]


def test_cells_beyond_the_headings_are_not_lost(screen_rows: Callable[..., Screening]) -> None:
    row = Supplier(2, "Invented Mill", cells=("Invented Mill", "stray"))
    rows = rows_of(table_of(screen_rows([row], ["Name"])))
    assert rows[0][:2] == ["Name", "Column 2"]
    assert rows[1][:2] == ["Invented Mill", "stray"]


def test_records_without_cells_are_shown_as_read(screen_rows: Callable[..., Screening]) -> None:
    rows = rows_of(table_of(screen_rows([Supplier(1, "Invented Mill", "gb")], [])))
    assert rows[0][:3] == ["Row", "Supplier", "Country"]
    assert rows[1][:3] == ["1", "Invented Mill", "gb"]


def test_no_rows_leave_the_headings(screening: Screening) -> None:
    assert len(rows_of(table_of(replace(screening, findings=())))) == 1


def test_table(screening: Screening, golden: Callable[[str, Path], None]) -> None:
    text = table_of(screening).decode("utf-8-sig").replace("\r\n", "\n")
    golden(text, FIXTURES / "table.csv")
