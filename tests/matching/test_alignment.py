import pytest
from hypothesis import given

from answerable.matching.alignment import align, are_comparable, settle
from answerable.matching.names import take_apart
from answerable.matching.readings import list_parts
from tests.strategies import names, plausible_names

CASES = [
    ("Zyxomatic Mills", "Mills Zyxomatic", {"token": 2}, (), ()),
    ("Hai Zyxo Mills", "Haizyxo Mills", {"token": 2}, (), ()),
    ("van der Zyxo", "Vanderzyxo", {"token": 1}, (), ()),
    ("Zyxomatic Mills", "Zyxomatik Mills", {"token": 1, "spelling": 1}, (), ()),
    ("Shabeehazo Mills", "Shabihazo Mills", {"token": 1, "spelling": 1}, (), ()),
    ("Zyxomatic Industrial", "Zyxomatic Industries", {"token": 1, "kin": 1}, (), ()),
    ("ZMC", "Zyxomatic Milling Corporation", {"short_form": 1}, (), ()),
    ("Zymill", "Zyxomatic Mills", {"short_form": 1}, (), ()),
    ("Zyxomatic Steel", "Zyxomatic Bakery", {"token": 1}, ("steel",), ("bakery",)),
    ("Zyxomatic", "Quorbel", {}, ("zyxomatic",), ("quorbel",)),
]


@pytest.mark.parametrize(("one", "other", "agreed", "mine", "theirs"), CASES)
def test_words_are_laid_side_by_side(
    one: str, other: str, agreed: dict[str, int], mine: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    found = align(take_apart(one), take_apart(other))
    kinds = [reason.reason for reason in found.agreed]
    assert {kind: kinds.count(kind) for kind in kinds} == agreed
    assert (found.mine, found.theirs) == (mine, theirs)


@given(names | plausible_names, names | plausible_names)
def test_sides_swap_and_nothing_else(one: str, other: str) -> None:
    there, back = (
        align(take_apart(left), take_apart(right)) for left, right in ((one, other), (other, one))
    )
    assert (there.mine, there.theirs) == (back.theirs, back.mine)
    assert sum(each.log_odds for each in there.agreed) == pytest.approx(
        sum(each.log_odds for each in back.agreed)
    )


@given(names | plausible_names)
def test_a_name_agrees_with_itself_in_every_word(name: str) -> None:
    parts = take_apart(name)
    found = align(parts, parts)
    assert not found.mine
    assert not found.theirs


@given(names | plausible_names, names | plausible_names)
def test_settling_keeps_every_part(one: str, other: str) -> None:
    for left in list_parts(one):
        for right in list_parts(other):
            settled = settle(left, right)
            ways = {word for slot in left.slots for way in slot for word in way}
            assert set(settled.core) <= ways | set(left.core)


def test_two_readings_are_not_compared() -> None:
    one, other = list_parts("示例矿业"), list_parts("Пример")
    assert not any(are_comparable(a, b) for a in one for b in other if a.is_read)
