"""Damaged and hostile files: a clear error or a problem in a row, never a lost row."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from answerable.errors import CardFaulty, ListError, ListUnreadable, TableError
from answerable.lists.readers import assign_roles, read_files
from answerable.model import Card

CardOf = Callable[..., Card]
FixtureFile = Callable[[str], Path]


@pytest.fixture
def ofac(tmp_path: Path, fixture_file: FixtureFile) -> dict[str, Path]:
    files = {}
    for role in ("prim", "alt", "add"):
        files[role] = tmp_path / f"{role}.csv"
        files[role].write_bytes(fixture_file(f"ofac/{role}.csv").read_bytes())
    return files


@pytest.mark.parametrize("role", ["prim", "alt", "add"])
def test_ofac_without_one_file_is_refused(
    role: str, ofac: dict[str, Path], card_of: CardOf
) -> None:
    del ofac[role]
    with pytest.raises(ListUnreadable, match=role):
        read_files(ofac, card_of("us_ofac_sdn"))


def test_ofac_file_that_is_gone(ofac: dict[str, Path], card_of: CardOf) -> None:
    ofac["alt"].unlink()
    with pytest.raises(ListUnreadable):
        read_files(ofac, card_of("us_ofac_sdn"))


@pytest.mark.parametrize(
    "content", [b"", b"\x1a", b"\x00\x01\x02" * 100, b"name,type\nA,B\n", b"%PDF-1.7 x", b"\n\n\n"]
)
def test_ofac_entries_that_are_none(content: bytes, ofac: dict[str, Path], card_of: CardOf) -> None:
    ofac["prim"].write_bytes(content)
    with pytest.raises((ListError, TableError)):
        read_files(ofac, card_of("us_ofac_sdn"))


def test_ofac_last_row_cut_keeps_the_company(ofac: dict[str, Path], card_of: CardOf) -> None:
    content = ofac["prim"].read_bytes()
    cut = content.index(b'"INVENTED FOUNDATION"') + len(b'"INVENTED FOUNDATION"')
    ofac["prim"].write_bytes(content[:cut])
    companies, problems = read_files(ofac, card_of("us_ofac_sdn"))
    assert companies[-1].caption == "INVENTED FOUNDATION"
    assert [each.row for each in problems if each.row == 5]


def test_ofac_last_row_cut_inside_quotes(ofac: dict[str, Path], card_of: CardOf) -> None:
    content = ofac["prim"].read_bytes()
    ofac["prim"].write_bytes(content[: content.index(b"INVENTED FOUNDATION") + 8])
    companies, problems = read_files(ofac, card_of("us_ofac_sdn"))
    assert len(companies) == 5
    assert any(each.row == 5 for each in problems)


def test_ofac_null_that_is_cut_is_blank(ofac: dict[str, Path], card_of: CardOf) -> None:
    ofac["add"].write_bytes(b'105,1,-0- ,"St. Petersburg","Russia",-0')
    companies, _ = read_files(ofac, card_of("us_ofac_sdn"))
    assert companies[-1].addresses == ("St. Petersburg, Russia",)
    assert companies[-1].countries == ("ru",)


def test_ofac_in_windows_encoding(ofac: dict[str, Path], card_of: CardOf) -> None:
    content = ofac["prim"].read_bytes().replace(b"INVENTED FOUNDATION", b"FUNDACI\xd3N")
    ofac["prim"].write_bytes(content)
    companies, _ = read_files(ofac, card_of("us_ofac_sdn"))
    assert companies[-1].caption == "FUNDACIÓN"


def test_ofac_number_that_repeats_loses_no_row(ofac: dict[str, Path], card_of: CardOf) -> None:
    content = ofac["prim"].read_bytes().replace(b"105,", b"101,")
    ofac["prim"].write_bytes(content)
    companies, problems = read_files(ofac, card_of("us_ofac_sdn"))
    assert len(companies) == len({each.id for each in companies}) == 5
    assert any("repeats" in each.sentence for each in problems)


XML_FAULTS = {
    "empty": b"",
    "binary": b"\x00\x01\x02\x03" * 50,
    "no list": b"<html><body/></html>",
    "utf-16": "<CONSOLIDATED_LIST/>".encode("utf-16"),
    "external entity": (
        b'<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b"<CONSOLIDATED_LIST><ENTITIES><ENTITY><DATAID>1</DATAID>"
        b"<FIRST_NAME>&x;</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>"
    ),
    "external type": (
        b'<?xml version="1.0"?><!DOCTYPE c SYSTEM "http://invented.example/x.dtd">'
        b"<CONSOLIDATED_LIST/>"
    ),
    "billion laughs": (
        b'<!DOCTYPE c [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        b'<!ENTITY d "&b;&b;&b;&b;&b;&b;&b;&b;">]><CONSOLIDATED_LIST>&d;</CONSOLIDATED_LIST>'
    ),
    "type far down": (
        b"<?xml version='1.0'?><!--" + b" " * 70_000 + b"--><!DOCTYPE c [<!ENTITY a 'b'>]>"
        b"<CONSOLIDATED_LIST>&a;</CONSOLIDATED_LIST>"
    ),
    "unknown entity": b"<CONSOLIDATED_LIST>&nobody;</CONSOLIDATED_LIST>",
    "odd encoding": b"<?xml version='1.0' encoding='no-such'?><CONSOLIDATED_LIST/>",
    "deep": b"<CONSOLIDATED_LIST>" + b"<a>" * 5_000,
}


@pytest.mark.parametrize("fault", XML_FAULTS)
def test_un_file_that_is_none(fault: str, tmp_path: Path, card_of: CardOf) -> None:
    path = tmp_path / "list.xml"
    path.write_bytes(XML_FAULTS[fault])
    with pytest.raises(ListUnreadable):
        read_files({"list": path}, card_of("un_sc_consolidated"))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_un_file_cut_short_is_refused_whole(
    share: float, tmp_path: Path, fixture_file: FixtureFile, card_of: CardOf
) -> None:
    content = fixture_file("un/list.xml").read_bytes()
    path = tmp_path / "list.xml"
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(ListUnreadable):
        read_files({"list": path}, card_of("un_sc_consolidated"))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[1, 2]",
        b'{"results": 7}',
        b'{"total": 1}',
        b"[" * 100_000,
        b"a,b\n1,2\n",
        b"\x00",
    ],
)
def test_csl_file_that_is_none(content: bytes, tmp_path: Path, card_of: CardOf) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    with pytest.raises((ListUnreadable, TableError)):
        read_files({"list": path}, card_of("us_csl"))


def test_csl_of_odd_types_reads_what_it_can(tmp_path: Path, card_of: CardOf) -> None:
    path = tmp_path / "list.json"
    path.write_text(
        '[{"name": "Invented LLC", "source": 7, "alt_names": "IL", "addresses": [null, 5], '
        '"ids": [[], {"type": 3}], "programs": {"a": 1}, "start_date": 20}, {"name": ["x"]}]',
        encoding="utf-8",
    )
    companies, problems = read_files({"list": path}, card_of("us_csl"))
    assert [name.value for name in companies[0].names] == ["Invented LLC", "IL"]
    assert [each.row for each in problems] == [2]


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b"no json\n", b"{}\n[]\n", b"\x00\x01", b"[" * 9_000]
)
def test_ftm_file_that_is_none(content: bytes, tmp_path: Path, card_of: CardOf) -> None:
    path = tmp_path / "list.ftm.json"
    path.write_bytes(content)
    with pytest.raises(ListUnreadable):
        read_files({"list": path}, card_of("my_ftm"))


def test_ftm_of_odd_types_reads_what_it_can(tmp_path: Path, card_of: CardOf) -> None:
    path = tmp_path / "list.ftm.json"
    path.write_text(
        '{"id": 5, "schema": "Company", "properties": {"name": "Invented LLC", "country": [7]}}\n'
        '{"id": "t", "schema": "Ownership", "properties": {"owner": [{"id": "5"}], "asset": {}}}\n'
        '{"id": "5", "schema": "Company", "properties": {"name": ["Twice"]}}\n',
        encoding="utf-8",
    )
    [company], problems = read_files({"list": path}, card_of("my_ftm"))
    assert (company.id, company.caption) == ("my_ftm:5", "Invented LLC")
    assert any("repeats" in each.sentence for each in problems)


def test_table_without_the_card_s_column(tmp_path: Path, card_of: CardOf) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Country\nInvented,GB\n", encoding="utf-8")
    with pytest.raises(CardFaulty, match="it has 'Name', 'Country'") as raised:
        read_files({"list": path}, card_of("us_dod_1260h"))
    assert raised.value.field.startswith("columns.")


def test_table_reader_needs_a_name_column(fixture_file: FixtureFile, card_of: CardOf) -> None:
    with pytest.raises(CardFaulty, match=r"columns\.name"):
        read_files(
            {"list": fixture_file("table/military.csv")}, card_of("us_dod_1260h", columns={})
        )


@pytest.mark.parametrize("content", [b"", b"\x00" * 100, b"PK\x03\x04broken", b"%PDF-1.4"])
def test_table_file_that_is_none(content: bytes, tmp_path: Path, card_of: CardOf) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)
    with pytest.raises((TableError, ListError)):
        read_files({"list": path}, card_of("us_dod_1260h"))


def test_same_list_as_workbook_gives_the_same(
    tmp_path: Path, fixture_file: FixtureFile, card_of: CardOf
) -> None:
    text = fixture_file("table/military.csv").read_text(encoding="utf-8").splitlines()
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Printed by an office"])
    for line in text:
        sheet.append(line.split(","))
    path = tmp_path / "military.xlsx"
    book.save(path)
    card = card_of("us_dod_1260h")
    from_csv, _ = read_files({"list": fixture_file("table/military.csv")}, card)
    from_xlsx, _ = read_files({"list": path}, card)
    assert from_xlsx == from_csv


@pytest.mark.parametrize(
    ("names", "fault"),
    [(["sdn.csv"], "1 files"), (["a/x.csv", "b/X.csv", "c.csv"], "one name"), ([], "0 files")],
)
def test_wrong_set_of_files(names: list[str], fault: str, card_of: CardOf) -> None:
    with pytest.raises(ListUnreadable, match=fault):
        assign_roles([Path(name) for name in names], card_of("us_ofac_sdn"))


def test_files_of_other_names_are_taken_in_order(card_of: CardOf) -> None:
    given = [Path("one.csv"), Path("ADD.csv"), Path("two.csv")]
    roles = assign_roles(given, card_of("us_ofac_sdn"))
    assert {role: path.name for role, path in roles.items()} == {
        "prim": "one.csv",
        "alt": "two.csv",
        "add": "ADD.csv",
    }
