import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching import index as index_module
from answerable.matching.evidence import Side, side_of
from answerable.matching.index import NameIndex
from answerable.matching.matches import MOST_MATCHES, POSSIBLE, match_suppliers
from answerable.matching.nearest import find_nearest
from answerable.matching.weights import Weight, weigh
from answerable.matching.words import credit_word
from answerable.model import Company, Identifier, Listing, Name, Supplier
from tests.strategies import companies, suppliers

LEI = Identifier("LEI", "549300XIVJCBIGMRUD48")


def company(number: int, *names: str, schema: str = "Company", **more: object) -> Company:
    listed = tuple(Name(name) for name in names)
    return Company(f"test:{number}", schema, listed, **more)  # type: ignore[arg-type]


def test_an_identifier_comes_before_any_name() -> None:
    index = NameIndex([company(1, "Quorbel Ltd", identifiers=(LEI,)), company(2, "Zyxomatic")])
    [found] = match_suppliers([Supplier(2, "Zyxomatic", identifiers=(LEI,))], index, threshold=0.5)
    assert found.identified == {"test:1"}
    assert [match.company.id for match in found.matches] == ["test:1", "test:2"]
    assert found.matches[0].reasons[0].detail == "the same LEI 549300XIVJCBIGMRUD48"


def test_an_identifier_with_a_wrong_checksum_identifies_nothing() -> None:
    wrong = Identifier("LEI", "549300XIVJCBIGMRUD49", valid=False)
    index = NameIndex([company(1, "Quorbel Ltd", identifiers=(wrong,))])
    [found] = match_suppliers([Supplier(2, "Other", identifiers=(wrong,))], index, threshold=0.5)
    assert not found.matches


def test_different_identifiers_of_one_scheme_speak_against() -> None:
    other = Identifier("LEI", "300300PV91RY9GH3CT16")
    index = NameIndex([company(1, "Zyxomatic Mills", identifiers=(LEI,))])
    plain, conflicting = match_suppliers(
        [Supplier(2, "Zyxomatic Mills"), Supplier(3, "Zyxomatic Mills", identifiers=(other,))],
        index,
        threshold=0.5,
    )
    assert plain.matches[0].score - conflicting.matches[0].score == pytest.approx(6)


def test_persons_and_vessels_are_never_matched() -> None:
    index = NameIndex(
        [company(1, "Zyxomatic", schema="Person"), company(2, "Zyxomatic", schema="Vessel")]
    )
    [found] = match_suppliers([Supplier(2, "Zyxomatic")], index, threshold=0.5)
    assert not found.matches


def test_a_name_among_many_of_its_brand_is_found_by_its_whole_key() -> None:
    brand = [company(number, f"Zyxomatic Mills Branch {number}") for number in range(300)]
    index = NameIndex([*brand, company(999, "Zyxomatic Mills (UK) Ltd")])
    [found] = match_suppliers([Supplier(2, "Zyxomatic Mills UK Limited")], index, threshold=0.5)
    assert found.matches[0].company.id == "test:999"
    assert len(found.matches) == MOST_MATCHES
    assert found.more > 0


def test_the_best_of_a_companys_names_counts() -> None:
    index = NameIndex([company(1, "Quorbel Holdings", "Zyxomatic Mills")])
    [found] = match_suppliers([Supplier(2, "Zyxomatic Mills")], index, threshold=0.5)
    assert [(match.company.id, match.name) for match in found.matches] == [
        ("test:1", "Zyxomatic Mills")
    ]


def test_among_shared_names_forced_labour_and_human_rights_come_first() -> None:
    classes = ["national_security", "human_rights", "forced_labour"]
    listed = [
        company(number, f"Zyxomatic {extra}", listings=(Listing("x", "2026-01-01", None, ground),))
        for number, (extra, ground) in enumerate(zip(["", "Wool", "Cotton"], classes, strict=True))
    ]
    [found] = match_suppliers([Supplier(2, "Zyxomatic UK Ltd")], NameIndex(listed), threshold=0.5)
    assert [match.company.listings[0].ground_class for match in found.matches] == classes[::-1]
    assert {match.relation for match in found.matches} == {"name_shared"}


def test_a_name_that_only_leaves_words_out_may_be_the_same() -> None:
    index = NameIndex([company(1, "Zyxomatic Technology Mills"), *others(2000)])
    shorter, longer = match_suppliers(
        [Supplier(2, "Zyxomatic"), Supplier(3, "Zyxomatic Technology Mills Wool Pqrst")],
        index,
        threshold=0.9,
    )
    assert shorter.matches[0].relation == "same"
    assert longer.matches[0].relation == "name_shared"


def others(count: int) -> list[Company]:
    return [company(number, f"Quorbel {number} Works") for number in range(100, 100 + count)]


def test_an_empty_index_and_an_empty_list_find_nothing() -> None:
    assert match_suppliers([], NameIndex([company(1, "Zyxomatic")]), threshold=0.5) == []
    [found] = match_suppliers([Supplier(2, "Zyxomatic")], NameIndex([]), threshold=0.5)
    assert not found.matches


def test_progress_reaches_the_number_of_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("answerable.matching.matches.BATCH", 2)
    rows = [Supplier(row, f"Zyxomatic {row % 3}") for row in range(2, 7)]
    told: list[int] = []
    found = match_suppliers(
        rows, NameIndex([company(1, "Zyxomatic")]), threshold=0.5, advance=told.append
    )
    assert len(found) == len(rows)
    assert told == [2, 3]  # three distinct names; the last rows are done when the third one is


@given(st.lists(suppliers, max_size=5), st.lists(companies, max_size=6))
def test_every_supplier_gets_an_answer_and_order_does_not_matter(
    rows: list[Supplier], listed: list[Company]
) -> None:
    found = match_suppliers(rows, NameIndex(listed), threshold=0.5)
    again = match_suppliers(rows, NameIndex(list(reversed(listed))), threshold=0.5)
    assert len(found) == len(rows)
    assert [each.identified for each in found] == [each.identified for each in again]
    assert [[m.company.id for m in each.matches] for each in found] == [
        [m.company.id for m in each.matches] for each in again
    ]


@given(st.lists(companies, min_size=1, max_size=8), suppliers)
def test_no_pair_that_matters_is_missed(listed: list[Company], supplier: Supplier) -> None:
    """The sparse product and its bound find what weighing every pair finds."""
    index = NameIndex(listed)
    asked = side_of(supplier.name)
    [found] = index.search([asked.parts])
    brute = [
        position
        for position, name in enumerate(index.names)
        if _shared(asked, name.side) > index.least_shared + 0.01
        and _matters(weigh(asked, name.side, index.prior))
    ]
    assert len(index.names) < index_module.CANDIDATES
    assert set(brute) <= set(found)


def _shared(one: Side, other: Side) -> float:
    return sum(map(credit_word, set(one.parts.core) & set(other.parts.core)))


def _matters(weight: Weight) -> bool:
    return weight.probability >= POSSIBLE or weight.shares_name


def test_the_nearest_names_are_shown_however_far() -> None:
    listed = [company(1, "Zyxomatic Mills"), company(2, "Quorbel Mills"), company(3, "Pqrst UK")]
    nearest = find_nearest("Zyxomatic Bakery (UK)", None, NameIndex(listed))
    assert [name.printed for name, _ in nearest] == ["Zyxomatic Mills"]
    assert find_nearest("Unheard Of", None, NameIndex(listed)) == []
    assert find_nearest("", None, NameIndex(listed)) == []
