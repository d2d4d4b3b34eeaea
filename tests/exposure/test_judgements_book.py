"""What was judged of a match, and whether it still counts."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.exposure.judgements.basis import rest_on, tell_company_changes
from answerable.exposure.judgements.book import Book
from answerable.exposure.screening.queue import sort_queue
from answerable.exposure.screening.screening import screen_suppliers
from answerable.model import (
    Company,
    Coverage,
    Finding,
    Identifier,
    Listing,
    Name,
    Recognition,
    Screening,
    Selection,
    Supplier,
    SupplierList,
)
from answerable.model.judgement import Agreement, Judgement, Verdict, Withdrawal

KEY = "00" * 16
DAY = "2026-02-01"
LEI = Identifier("LEI", "549300XIVJCBIGMRUD48")
LISTING = Listing("test_list", "2026-01-01", ground_class="sanctions", citation="1 TEST 1")
MILL = Company(
    "test_list:1", "Company", (Name("Zyxomatic Mills Ltd"),), ("gb",), listings=(LISTING,)
)
OTHER = Company("test_list:2", "Company", (Name("Quorbel Foundry Ltd"),), listings=(LISTING,))
ROW = Supplier(2, "ZYXOMATIC MILLS LIMITED", "gb", identifiers=(LEI,))


def screen(
    *rows: Supplier,
    judgements: Sequence[Judgement] = (),
    listed: tuple[Company, ...] = (MILL, OTHER),
    day: str = DAY,
    second: bool = False,
) -> Screening:
    recognition = Recognition("csv", {"name": "Supplier"}, header_row=1)
    suppliers = SupplierList("suppliers.csv", "0" * 64, 10, rows, ("Supplier",), recognition)
    return screen_suppliers(
        suppliers,
        Selection(listed, Coverage(day)),
        threshold=0.5,
        id_key=KEY,
        book=Book(judgements, day, second=second),
    )


def judge(
    screening: Screening, row: int, verdict: Verdict, number: int = 1, **more: Any
) -> Judgement:
    [finding] = [each for each in screening.findings if each.supplier.row == row]
    line = finding.as_dict()
    basis = rest_on(line, line["matches"][0], screening.manifest)
    at = f"2026-01-01T00:00:{number:02}Z"
    company = basis.company["id"]
    return replace(
        Judgement(
            f"sha256:{number:064}", finding.id, company, verdict, "why", "aaaaaaaa", at, basis
        ),
        **more,
    )


def only(screening: Screening) -> tuple[Finding, dict[str, Any] | None]:
    [finding] = screening.findings
    return finding, finding.matches[0].judgement if finding.matches else None


@pytest.mark.parametrize(
    ("verdict", "status", "exposure"),
    [
        ("same", "confirmed", ("listed",)),
        ("different", "none_found", ()),
        ("unsure", "match", ("listed",)),
    ],
)
def test_a_verdict_in_force_counts(
    verdict: Verdict, status: str, exposure: tuple[str, ...]
) -> None:
    first = screen(ROW)
    finding, judged = only(screen(ROW, judgements=[judge(first, 2, verdict)]))
    assert judged is not None
    assert (finding.status, finding.exposure, judged["state"]) == (status, exposure, "in_force")
    assert len(finding.matches) == 1, "the match stays to be seen"


NEW_NAME = replace(MILL, names=(*MILL.names, Name("Zyxomatic Milling")))
MORE = replace(MILL, listings=(LISTING, replace(LISTING, list="other_list", citation="2 TEST 2")))


@pytest.mark.parametrize(
    ("listed", "changed"),
    [
        (NEW_NAME, ["A new name on the list: Zyxomatic Milling."]),
        (MORE, ["A new listing: other_list (2 TEST 2)."]),
        (
            replace(MILL, listings=(replace(LISTING, citation="3 TEST 3"),)),
            ["The listing of test_list: citation was 1 TEST 1, is 3 TEST 3."],
        ),
        (
            replace(MILL, listings=(replace(LISTING, ground_class="forced_labour"),)),
            ["The listing of test_list: ground class was sanctions, is forced_labour."],
        ),
        (
            replace(MILL, id="test_list:made-anew"),
            ["The list has another entry in place of the one that was judged."],
        ),
        (replace(MILL, listings=(replace(LISTING, edition="2026-01-31"),)), []),
    ],
    ids=["name", "listing", "citation", "ground class", "id", "only the edition"],
)
def test_a_changed_entry_opens_it_again(listed: Company, changed: list[str]) -> None:
    before = judge(screen(ROW), 2, "different")
    finding, judged = only(screen(ROW, judgements=[before], listed=(listed,)))
    assert judged is not None
    assert judged["changed"] == changed
    state, status = ("reopened", "match") if changed else ("in_force", "none_found")
    assert (judged["state"], finding.status) == (state, status)


@pytest.mark.parametrize(
    ("row", "changed"),
    [
        (replace(ROW, country="cn"), ["The row: country was gb, is cn."]),
        (replace(ROW, identifiers=()), [f"The row: LEI was {LEI.value}, is not given."]),
        (
            replace(ROW, name="Zyxomatic Mills International Ltd"),
            ["The row: name was ZYXOMATIC MILLS LIMITED, is Zyxomatic Mills International Ltd."],
        ),
        (
            replace(ROW, address="1 Example Way"),
            ["The row: address was not given, is 1 Example Way."],
        ),
        (replace(ROW, row=77), []),
    ],
    ids=["country", "identifier", "name", "address", "only moved"],
)
def test_a_changed_row_is_found_again_and_opened(row: Supplier, changed: list[str]) -> None:
    before = judge(screen(ROW), 2, "different")
    finding, judged = only(screen(row, judgements=[before]))
    assert judged is not None
    assert judged["changed"] == changed
    assert judged["state"] == ("reopened" if changed else "in_force")
    assert finding.status == ("none_found" if not changed else finding.status) != "confirmed"


def test_it_is_not_carried_to_a_row_that_only_looks_alike_while_its_own_is_there() -> None:
    before = judge(screen(ROW), 2, "different")
    found = screen(ROW, replace(ROW, row=3, country="cn"), judgements=[before]).findings
    assert [bool(each.matches[0].judgement) for each in found] == [True, False]


def test_it_expires_after_its_last_day() -> None:
    before = judge(screen(ROW), 2, "different", until=DAY)
    assert only(screen(ROW, judgements=[before]))[0].status == "none_found"
    finding, judged = only(screen(ROW, judgements=[before], day="2026-02-02"))
    assert judged is not None
    assert (finding.status, judged["state"]) == ("match", "expired")


GONE = Withdrawal("sha256:" + "9" * 64, "aaaaaaaa", "2026-01-02T00:00:00Z", "mistaken")
YES = Agreement("sha256:" + "8" * 64, "bbbbbbbb", "2026-01-02T00:00:00Z", "I looked too")


def test_the_newest_counts_and_a_withdrawal_brings_nothing_back() -> None:
    first = screen(ROW)
    one, two = judge(first, 2, "different", 1), judge(first, 2, "same", 2)
    assert only(screen(ROW, judgements=[one, two]))[0].status == "confirmed"
    finding, judged = only(screen(ROW, judgements=[one, replace(two, withdrawal=GONE)]))
    assert (finding.status, judged) == ("match", None)


def test_a_second_reviewer_with_another_key_is_asked_for() -> None:
    first = screen(ROW)
    one = judge(first, 2, "same", 1)
    own = replace(YES, by=one.by)
    for agreements, state in (
        ((), "awaiting_second"),
        ((own,), "awaiting_second"),
        ((YES,), "in_force"),
    ):
        finding, judged = only(
            screen(ROW, judgements=[replace(one, agreements=agreements)], second=True)
        )
        assert judged is not None
        assert judged["state"] == state
        assert finding.status == ("confirmed" if state == "in_force" else "match")


def test_one_that_waits_does_not_put_an_agreed_one_out_of_force() -> None:
    first = screen(ROW)
    one = replace(judge(first, 2, "same", 1), agreements=(YES,))
    two = judge(first, 2, "different", 2)
    assert only(screen(ROW, judgements=[one, two], second=True))[0].status == "confirmed"
    gone = replace(two, withdrawal=GONE)
    assert only(screen(ROW, judgements=[one, gone], second=True))[0].status == "confirmed"
    agreed = replace(two, agreements=(YES,))
    assert only(screen(ROW, judgements=[one, agreed], second=True))[0].status == "none_found"


def test_an_identifier_that_agrees_yields_to_a_person() -> None:
    listed = replace(MILL, identifiers=(LEI,))
    first = screen(ROW, listed=(listed,))
    assert only(first)[0].status == "confirmed"
    before = judge(first, 2, "different")
    assert only(screen(ROW, judgements=[before], listed=(listed,)))[0].status == "none_found"


def test_a_manifest_tells_of_judgements_only_where_there_are_some() -> None:
    first = screen(ROW)
    before = judge(first, 2, "different")
    second = screen(ROW, judgements=[before])
    assert "judgements" not in first.manifest
    assert second.manifest["judgements"]["count"] == 1
    assert len({first.id, second.id, screen(ROW, judgements=[replace(before, why="x")]).id}) == 3


def test_judged_findings_come_last_and_reopened_first_among_equals() -> None:
    rows = [
        replace(ROW, row=number, identifiers=(), address=f"{number} Road") for number in (2, 3, 4)
    ]
    first = screen(*rows)
    old = judge(first, 4, "different", 4)
    changed = replace(old, basis=replace(old.basis, company={**old.basis.company, "names": []}))
    found = screen(*rows, judgements=[judge(first, 2, "same"), changed])
    assert [each.supplier.row for each in sort_queue(found.findings)] == [4, 3, 2]


ROWS = [
    Supplier(2, "Zyxomatic Mills Ltd", "gb"),
    Supplier(3, "Quorbel Foundry Ltd"),
    Supplier(4, "Zyxomatic Mills Ltd", "cn"),
    Supplier(5, "Zyxomatic Mills Ltd", "gb"),
    Supplier(6, "Hollow Bakery Ltd"),
]
FIRST = screen(*ROWS)
verdicts = st.sampled_from(["same", "different", "unsure"])
judged_rows = st.lists(
    st.tuples(st.sampled_from([2, 3, 4, 5]), verdicts), unique_by=lambda each: each[0], max_size=4
)


@given(judged_rows.flatmap(lambda each: st.tuples(st.just(each), st.permutations(each))))
def test_the_order_of_judgements_on_different_findings_does_not_matter(pair: Any) -> None:
    one, other = (
        screen(*ROWS, judgements=[judge(FIRST, row, verdict) for row, verdict in order])
        for order in pair
    )
    assert one == other


@given(judged_rows)
def test_a_judgement_never_changes_another_row(told: Any) -> None:
    judgements = [judge(FIRST, row, verdict) for row, verdict in told]
    rows = {row for row, _ in told}
    for before, now in zip(
        FIRST.findings, screen(*ROWS, judgements=judgements).findings, strict=True
    ):
        assert (now == before) is (now.supplier.row not in rows)


@given(st.permutations(["A", "B", "C"]), st.permutations(["A", "B", "C"]))
def test_an_order_of_names_is_no_change(one: list[str], other: list[str]) -> None:
    entry = {"names": one, "listings": []}
    assert tell_company_changes(entry, {**entry, "names": other}) == []
