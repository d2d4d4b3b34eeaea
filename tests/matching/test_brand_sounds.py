"""Chinese brands and how they are spelled: by part of their sound, by initials, in other pinyin."""

import csv
from collections.abc import Callable
from itertools import product
from math import inf, isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.matching.brand_alignment import align_brand, brand_model, list_chunks
from answerable.matching.brand_sounds import LEAST, MOST, credit_brand, hear_brand, list_features
from tools.brands.odds import list_strangers
from tools.brands.pairs import find_signs, find_words, read_pairs
from tools.learn_brand_sounds import write_model

BY_SOUND = [
    ("海康威视", "Hikvision"),
    ("合盛", "Hoshine"),
    ("大全", "Daqo"),
    ("国轩", "Gotion"),
    ("美的", "Midea"),
    ("隆基", "LONGi"),
    ("晶澳", "JA"),
    ("比亚迪", "BYD"),
    ("天业", "Tian Ye"),
    ("清华", "Tsinghua"),
    ("新兴", "Hsin Hsing"),
    ("荣华", "Wing Wah"),
    ("永福", "Wing Fook"),
    ("鸿海", "Hon Hai"),
]
UNLIKE = [
    ("浪潮", "Inspur"),
    ("科大讯飞", "iFLYTEK"),
    ("旷视", "Megvii"),
    ("宁德", "CATL"),
    ("云从", "CloudWalk"),
]
signs_of_brands = st.text(
    "海康威视商汤合盛大全国轩美的隆基晶澳比亚迪重华新荣", min_size=1, max_size=6
)
letters_of_brands = st.text("abcdefghijklmnopqrstuvwxyz -&", max_size=16)


@pytest.mark.parametrize(("signs", "latin"), BY_SOUND)
def test_parts_of_the_sound_and_initials_speak_for(signs: str, latin: str) -> None:
    assert credit_brand(signs, latin) > 1.5


@pytest.mark.parametrize(("signs", "latin"), UNLIKE)
def test_brands_that_agree_in_nothing_give_nothing(signs: str, latin: str) -> None:
    assert LEAST < credit_brand(signs, latin) < 0


@pytest.mark.parametrize(
    ("signs", "own", "others"),
    [("天业", "tianye", "tiankang"), ("华为", "huawei", "huarun"), ("正业", "zhengye", "zhenyu")],
)
def test_other_pinyin_is_less_than_a_spelling(signs: str, own: str, others: str) -> None:
    assert credit_brand(signs, own) > credit_brand(signs, others) + 4


@pytest.mark.parametrize(
    ("signs", "latin"),
    [
        ("", "Hikvision"),
        ("海康", ""),
        ("海康", "Хик"),
        ("ソニー", "Sony"),
        ("海A", "Hai"),
        ("海", "3"),
    ],
)
def test_what_is_not_known_is_neutral(signs: str, latin: str) -> None:
    assert credit_brand(signs, latin) == 0.0


def test_a_digit_in_a_word_spells_nothing() -> None:
    assert credit_brand("海康", "h2k") < credit_brand("海康", "hk")


def test_traditional_signs_and_blanks_change_nothing() -> None:
    assert credit_brand("華 為", "HUA-WEI") == credit_brand("华为", "huawei")


@given(st.one_of(signs_of_brands, st.text(max_size=40)), st.one_of(letters_of_brands, st.text()))
def test_credit_is_bounded_for_any_text(signs: str, latin: str) -> None:
    assert LEAST <= credit_brand(signs, latin) <= MOST


@settings(max_examples=60)
@given(st.text("海康威合", min_size=1, max_size=3), st.text("haikngw", max_size=4))
def test_the_alignment_is_the_best_of_all(signs: str, latin: str) -> None:
    score, spelled, letters = align_brand(brand_model(), signs, latin)
    assert isclose(score, _best_by_trial(signs, latin), abs_tol=1e-9)
    assert 0 <= spelled <= len(signs)
    assert 0 <= letters <= len(latin)


def _best_by_trial(signs: str, latin: str) -> float:
    """Score every way of putting spans of letters under signs: an oracle, slow and plain."""
    model, size = brand_model(), len(latin)
    costs, chunks = model.costs, {sign: list_chunks(model, sign) for sign in signs}
    spans = [None, *((a, b) for a in range(size) for b in range(a + 1, size + 1))]
    best = -inf
    for choice in product(spans, repeat=len(signs)):
        score, at = 0.0, 0
        for index, (sign, span) in enumerate(zip(signs, choice, strict=True)):
            if span is None:
                score += costs["left_out"]
                continue
            score += chunks[sign].get(latin[span[0] : span[1]], -inf)
            score += _put_in(span[0] - at, costs["put_in" if index else "put_before"])
            at = span[1]
        best = max(best, score + _put_in(size - at, costs["put_behind"]))
    return best


def _put_in(letters: int, opened: float) -> float:
    if letters < 0:
        return -inf
    return opened + letters * brand_model().costs["more"] if letters else 0.0


def test_the_probabilities_of_spellings_add_up_to_one_at_most() -> None:
    model = brand_model()
    for spellings in (*model.initials.values(), *model.finals.values()):
        assert sum(2.718281828**value for value in spellings.values()) < 1.01


def test_the_shipped_table_is_written_as_it_is_read() -> None:
    path = Path("src/answerable/matching/data/brand_sounds.tsv")
    assert write_model(brand_model()) == path.read_text(encoding="utf-8")


def test_every_feature_has_its_coefficient() -> None:
    brand = hear_brand("海康")
    assert brand is not None
    assert list_features(brand_model(), brand, ["hik"]).keys() == brand_model().weights.keys()


@pytest.mark.parametrize(
    ("short", "name", "signs", "words"),
    [
        ("*ST示天科技", "Shitian Technology Co., Ltd.", "示天", ("shitian",)),
        ("万  例Ａ", "China Vanli Co., Ltd.", "万例", ("vanli",)),
        ("中国国际", "China International Group Limited", "", ()),
    ],
)
def test_brands_are_what_is_left_of_names(
    short: str, name: str, signs: str, words: tuple[str, ...]
) -> None:
    assert (find_signs(short), find_words(name)) == (signs, words)


def test_halves_are_apart_and_strangers_are_other_companies(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines)
        rows.writerow(["symbol", "name_zh_short", "name_en"])
        rows.writerows(
            [[str(at), f"海{sign}", f"Hai{at}x Ltd"] for at, sign in enumerate("康威视")]
        )
        rows.writerows([["9", "海康", "Haikang"], ["8", "大全", "Daqo"]])
    pairs = read_pairs(path)
    assert {pair.latin for pair in pairs} == {"haikang", "daqo"}
    assert {pair.half for pair in pairs} <= {0, 1}
    assert set(list_strangers(pairs)) == {("海康", ("daqo",)), ("大全", ("haikang",))}


def test_brands_of_one_company_are_told_from_others(shared_data: Callable[[str], Path]) -> None:
    pairs = read_pairs(shared_data("names/cn_listed_bilingual/cn_listed_bilingual_short_dev.csv"))
    others = sorted(
        credit_brand(one.signs, other.latin)
        for one, other in zip(pairs, [*pairs[7:], *pairs[:7]], strict=True)
    )
    bound = others[int(len(others) * 0.99)]
    same = [credit_brand(pair.signs, " ".join(pair.words)) for pair in pairs]
    assert sum(credit > bound for credit in same) > 0.6 * len(same)
