from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.matching.lexicons import lexicon
from answerable.matching.pinyin import cut_pinyin, find_pinyin, has_pinyin, level_umlaut
from answerable.matching.readings import list_readings
from answerable.matching.scripts import read_pinyin

ENGLISH = [
    "Zyxomatic Holdings Ltd",
    "Quorbel Engineering and Design Services",
    "Shanghai Quorbel Trading Co., Ltd.",
    "Da Costa Bakery",
    "Ji Woo Kitchen",
]


@pytest.mark.parametrize("name", ENGLISH)
def test_a_name_that_is_not_in_pinyin_has_one_reading(name: str) -> None:
    assert len(list_readings(name)) == 1


READ = [
    ("Zesuo Keji Youxian Gongsi", ("zesuo", "technology"), ()),
    ("Ze Suo Ke Ji", ("ze", "suo", "technology"), ()),
    ("Xinjiang Zesuo Fangzhi Jituan", ("zesuo", "textiles", "group"), ()),
    ("Zesuo Jituan Di Ba Shi", ("zesuo", "group", "division"), ("8",)),
    ("Zesuo Jituan Dibashi", ("zesuo", "group", "division"), ("8",)),
]


@pytest.mark.parametrize(("name", "core", "numbers"), READ, ids=lambda case: str(case)[:30])
def test_a_name_in_pinyin_is_read_by_its_meaning(
    name: str, core: tuple[str, ...], numbers: tuple[str, ...]
) -> None:
    _, reading = list_readings(name)
    assert [word.rstrip("s") for word in reading.core] == [word.rstrip("s") for word in core]
    assert reading.numbers == numbers
    assert not reading.is_read


@pytest.mark.parametrize("name", ["Zesuo Lvye", "Zesuo Lüye", "Zesuo Lyuye Gongsi", "Zesuo Luye"])
def test_the_umlaut_is_written_in_four_ways(name: str) -> None:
    words = {word for slot in list_readings(name)[-1].slots for way in slot for word in way}
    assert "aluminum" in words


@given(st.lists(st.sampled_from("ze suo ke ji di ba shi jituan daxue xinjiang mills".split())))
def test_no_letter_is_lost_or_added_by_cutting(words: list[str]) -> None:
    assert "".join(piece for piece, _ in cut_pinyin(words)) == "".join(words)


def test_the_table_spells_words_of_the_lexicon_as_their_signs_are_read() -> None:
    path = files("answerable.matching").joinpath("data", "pinyin_words.tsv")
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line[0] != "#"]
    words = {word: pinyin for pinyin, spelled in rows for word in spelled.split("|")}
    assert len(rows) > 2000
    assert words.keys() <= lexicon("han").keys()
    plain = [word for word in words if len(read_pinyin(word)) == 1]
    agreeing = [word for word in plain if level_umlaut(read_pinyin(word)[0]) == words[word]]
    assert len(agreeing) > 0.97 * len(plain)
    assert all(find_pinyin(pinyin) for pinyin, _ in rows[:50])


def test_words_that_english_names_hold_do_not_tell() -> None:
    assert not has_pinyin(("dating", "banana", "china"))
