import pytest
from hypothesis import given

from answerable.matching.lexicons import lexicon
from answerable.matching.normal_form import split_words
from answerable.matching.scripts import simplify
from answerable.matching.segments import cut
from tests.strategies import names

CUTS = [
    ("新疆泽索纺织有限公司", "新疆 泽索* 纺织 有限公司"),
    ("泽索光学与物理研究所", "泽索* 光学 与 物理研究所"),
    ("第八师", "第八 师"),
    ("农八师一四三团", "农* 八 师 一四三 团"),
    ("泽索三六零科技", "泽索* 三六零 科技"),
    ("新疆大泽新能源", "新疆 大泽* 新能源"),
    ("广东东泽光科技", "广东 东泽光* 科技"),
    ("新疆新泽和纺织", "新疆 新泽和* 纺织"),
    ("喀什市公安局", "喀什 市 公安局"),
]


@pytest.mark.parametrize(("name", "pieces"), CUTS)
def test_an_unspaced_name_is_cut_into_words_and_what_is_unknown(name: str, pieces: str) -> None:
    found = [piece + ("" if entry else "*") for piece, entry in cut([name], "han")]
    assert " ".join(found) == pieces


@given(names)
def test_no_sign_is_lost_or_added_by_cutting(name: str) -> None:
    words = [simplify(word) for word in split_words(name)]
    for group in ("han", "kana", "hangul", "cyrillic"):
        pieces = [piece for piece, _ in cut(words, group)]
        assert "".join(pieces).replace(" ", "") == "".join(words)


def test_numbers_that_are_said_digit_by_digit_are_numbers() -> None:
    found = {piece: entry for piece, entry in cut(["一四三团"], "han") if entry}
    assert found["一四三"].english == ("143",)
    assert found["团"] is lexicon("han")["团"]
