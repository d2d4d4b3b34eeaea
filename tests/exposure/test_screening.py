import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.exposure.screening.finding_ids import FindingIds, is_finding_id
from answerable.exposure.screening.screening import screen_suppliers
from answerable.model import (
    Company,
    Coverage,
    Identifier,
    Listing,
    Name,
    Recognition,
    Screening,
    Selection,
    Supplier,
    SupplierList,
)
from tests.strategies import companies, suppliers

KEY = "00" * 16
LEI = Identifier("LEI", "549300XIVJCBIGMRUD48")
LISTING = Listing("test_list", "2026-01-01", citation="1 TEST 1")
MILL = Company("test_list:1", "Company", (Name("Zyxomatic Mills Ltd"),), listings=(LISTING,))


def list_of(*rows: Supplier) -> SupplierList:
    recognition = Recognition("csv", {"name": "Supplier"}, header_row=1)
    return SupplierList("suppliers.csv", "0" * 64, 10, rows, ("Supplier",), recognition)


def screening_of(*rows: Supplier, listed: tuple[Company, ...] = (MILL,)) -> Screening:
    selection = Selection(listed, Coverage("2026-02-01"))
    return screen_suppliers(list_of(*rows), selection, threshold=0.5, id_key=KEY)


@pytest.mark.parametrize(
    ("supplier", "status", "exposure"),
    [
        (Supplier(2, "ZYXOMATIC MILLS LIMITED"), "match", ("listed",)),
        (Supplier(2, "Zyxomatic Mills (Sweden) AB", "se"), "possible", ()),
        (Supplier(2, "Quorbel Bakery"), "none_found", ()),
        (Supplier(2, ""), "unreadable", ()),
        (Supplier(2, "…"), "unreadable", ()),
    ],
)
def test_a_row_gets_its_status(supplier: Supplier, status: str, exposure: tuple[str, ...]) -> None:
    country = replace(MILL, countries=("gb",))
    [finding] = screening_of(supplier, listed=(country,)).findings
    assert (finding.status, finding.exposure) == (status, exposure)


def test_only_an_identifier_confirms() -> None:
    identified = replace(MILL, identifiers=(LEI,))
    [finding] = screening_of(
        Supplier(2, "Quite Another Name", identifiers=(LEI,)), listed=(identified,)
    ).findings
    assert finding.status == "confirmed"


@pytest.mark.parametrize(
    "listed",
    [
        replace(MILL, listings=()),
        replace(MILL, listings=(replace(LISTING, status="removed"),)),
        replace(MILL, listings=(replace(LISTING, until="2026-01-31"),)),
        replace(MILL, schema="Person"),
        replace(MILL, schema="Vessel"),
    ],
    ids=["no listing", "removed", "ended before the day", "person", "vessel"],
)
def test_what_is_not_listed_on_the_day_is_not_found(listed: Company) -> None:
    [finding] = screening_of(Supplier(2, "Zyxomatic Mills Ltd"), listed=(listed,)).findings
    assert finding.status == "none_found"


def test_a_listing_that_ends_later_still_counts() -> None:
    later = replace(MILL, listings=(replace(LISTING, until="2026-03-01"),))
    [finding] = screening_of(Supplier(2, "Zyxomatic Mills Ltd"), listed=(later,)).findings
    assert finding.status == "match"


def test_the_manifest_counts_what_the_findings_say() -> None:
    screening = screening_of(
        Supplier(2, "Zyxomatic Mills"), Supplier(3, "Quorbel"), Supplier(4, "")
    )
    counts = screening.manifest["counts"]
    assert counts["rows"] == 3
    assert counts["by_status"] == {
        "confirmed": 0,
        "match": 1,
        "possible": 0,
        "none_found": 1,
        "unreadable": 1,
    }


@given(st.lists(suppliers, max_size=6), st.lists(companies, max_size=5))
def test_every_row_gets_a_finding_in_order_and_the_same_inputs_give_the_same(
    rows: list[Supplier], listed: list[Company]
) -> None:
    listings = tuple(replace(each, listings=(LISTING,)) for each in listed)
    one = screening_of(*rows, listed=listings)
    again = screening_of(*rows, listed=listings)
    assert [finding.supplier for finding in one.findings] == rows
    assert one.id == again.id
    lines = [json.dumps(finding.as_dict()) for finding in one.findings]
    assert lines == [json.dumps(finding.as_dict()) for finding in again.findings]
    assert len({finding.id for finding in one.findings}) == len(rows)


def test_a_row_keeps_its_id_when_others_come_and_go() -> None:
    mill, bakery = Supplier(2, "Zyxomatic Mills"), Supplier(3, "Quorbel Bakery")
    alone = screening_of(bakery).findings[0].id
    assert screening_of(mill, replace(bakery, row=9)).findings[1].id == alone


def test_ids_of_two_workspaces_differ() -> None:
    row = Supplier(2, "Zyxomatic Mills")
    assert FindingIds(KEY).give(row) != FindingIds("11" * 16).give(row)


def test_ids_of_100_000_rows_are_all_different_and_in_form() -> None:
    ids = FindingIds(KEY)
    given_ids = [ids.give(Supplier(row, f"Invented {row % 50_000}")) for row in range(100_000)]
    assert len(set(given_ids)) == len(given_ids)
    assert all(map(is_finding_id, given_ids[::997]))


@given(st.integers(0, 8), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_one_wrong_character_in_an_id_is_seen(place: int, wrong: str) -> None:
    right = FindingIds(KEY).give(Supplier(2, "Zyxomatic Mills")).replace("-", "")
    typed = right[:place] + wrong + right[place + 1 :]
    assert is_finding_id(typed) == (typed == right)
