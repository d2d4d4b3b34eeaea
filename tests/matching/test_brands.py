import pytest

from answerable.matching.brands import pair_brands
from answerable.matching.comparison import compare_names
from answerable.matching.readings import list_readings
from answerable.matching.syllables import are_other_pinyin


def leftover(one: str, other: str) -> tuple[list[str], list[str], int]:
    aloud = next(each for each in list_readings(one) if each.is_read)
    latin = list_readings(other)[0]
    mine, theirs = list(aloud.core), list(latin.core)
    return mine, theirs, len(pair_brands(mine, theirs, aloud, latin))


@pytest.mark.parametrize(
    ("one", "other"), [("泽索技术", "Zesotech"), ("合声技术", "Hosheng"), ("晶泽迪", "JZD")]
)
def test_a_brand_that_is_spelled_freely_is_found(one: str, other: str) -> None:
    mine, theirs, pairs = leftover(one, other)
    assert pairs == 1
    assert not theirs
    assert "technology" not in mine or len(mine) == 1


@pytest.mark.parametrize(("one", "other"), [("泽索", "Zelan"), ("泽索", "Quorbel")])
def test_another_brand_is_left(one: str, other: str) -> None:
    mine, theirs, pairs = leftover(one, other)
    assert (pairs, len(mine), len(theirs)) == (0, 1, 1)


def test_names_in_latin_letters_have_no_chinese_brand() -> None:
    one, other = (list_readings(name)[0] for name in ("Zyxomatic", "Zyxo"))
    assert pair_brands(["zyxomatic"], ["zyxo"], one, other) == []


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("hongda", "hongfa", True),
        ("zesuo", "zesuo", False),
        ("zesuo", "zesuodi", False),
        ("zyxomatic", "zyxomatik", False),
        ("", "", False),
    ],
)
def test_one_letter_of_pinyin_is_another_name(one: str, other: str, told: bool) -> None:
    assert are_other_pinyin(one, other) is told


def test_a_brand_by_sound_says_less_than_one_by_spelling() -> None:
    chinese = "杭州泽索数字技术有限公司"
    free = compare_names(chinese, "Hangzhou Zesotech Digital Technology Co., Ltd.")
    exact = compare_names(chinese, "Hangzhou Zesuo Digital Technology Co., Ltd.")
    assert 0.5 <= free.probability < exact.probability
