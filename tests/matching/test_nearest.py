"""The nearest names are found in spite of faults, in any batch, ordered by score and letters."""

import random

import pytest
from hypothesis import given, settings

from answerable.matching.index import NameIndex
from answerable.matching.nearest import (
    find_nearest,
    list_nearest,
    match_nearest,
    measure_nearness,
)
from answerable.matching.readings import list_parts
from answerable.model import Company, Name, Supplier
from tests.strategies import names as any_names

BRANDS = ("Zyxomatic", "Quorbel", "Brantwick", "Halvenco", "Velmora", "Kestromar", "Dorvane")
TRADES = ("Mills", "Chemical Industries", "Global Services", "Shipping", "Foods", "Group Steel")
FORMS = ("Ltd", "Inc", "GmbH", "Company", "")
LISTED = tuple(
    f"{brand} {trade} {form}".strip() for brand in BRANDS for trade in TRADES for form in FORMS[::2]
)


def list_companies(names: tuple[str, ...]) -> list[Company]:
    return [Company(f"x:{at}", "Company", (Name(name),)) for at, name in enumerate(names)]


INDEX = NameIndex(list_companies(LISTED))

FAULTY = [
    ("Zyxomtaic Mlils", "Zyxomatic Mills"),
    ("Mills Zyxomatic", "Zyxomatic Mills"),
    ("Quorbel Che Industries", "Quorbel Chemical Industries"),
    ("Qourbel Global Srevices GmbH", "Quorbel Global Services GmbH"),
    ("BrantwickShipping", "Brantwick Shipping"),
    ("Halvenco Glob Serv", "Halvenco Global Services"),
    ("Velmora Foods Ltd - invoices", "Velmora Foods Ltd"),
    ("Kestromr Fods GmbH", "Kestromar Foods GmbH"),
]


@pytest.mark.parametrize(("name", "right"), FAULTY)
def test_a_name_with_faults_is_found_first(name: str, right: str) -> None:
    assert find_nearest(name, None, INDEX)[0][0].printed == right


def test_of_names_that_weigh_the_same_the_one_that_is_written_alike_is_nearer() -> None:
    nearest = find_nearest("Zyxomatic Mills GmbH", None, INDEX, most=3)
    assert [name.printed for name, _ in nearest] == [
        "Zyxomatic Mills GmbH",
        "Zyxomatic Mills",
        "Zyxomatic Mills Ltd",
    ]


def test_the_order_is_that_of_score_and_letters() -> None:
    for name, _ in FAULTY:
        [found] = list_nearest([Supplier(0, name)], INDEX)
        again = [
            measure_nearness(weight.score, list_parts(name)[0], listed.side.parts)
            for listed, weight, _ in found
        ]
        assert len(found) > 3
        assert again == [nearness for *_, nearness in found] == sorted(again, reverse=True)


def test_batches_of_any_size_find_the_same() -> None:
    suppliers = [Supplier(at, name) for at, name in enumerate([name for name, _ in FAULTY] * 9)]
    random.Random(7).shuffle(suppliers)  # noqa: S311
    whole = match_nearest(suppliers, INDEX, 0.5)
    single = [match_nearest([each], INDEX, 0.5)[0] for each in suppliers]
    assert whole == single
    assert all(each.matches for each in whole)


def test_a_supplier_without_letters_has_no_nearest() -> None:
    assert list_nearest([Supplier(0, "@@@"), Supplier(1, "")], INDEX) == [[], []]
    assert list_nearest([], INDEX) == []
    assert list_nearest([Supplier(0, "Zyxomatic")], NameIndex()) == [[]]


@settings(max_examples=30)
@given(any_names)
def test_a_name_that_is_listed_is_the_nearest_to_itself(name: str) -> None:
    index = NameIndex([*list_companies(LISTED[:12]), Company("own", "Company", (Name(name),))])
    [found] = list_nearest([Supplier(0, name)], index)
    if any(parts.core for parts in list_parts(name)):
        assert found[0][0].company.id == "own"
