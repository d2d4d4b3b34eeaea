import pytest
from hypothesis import given

from answerable.matching.inflections import INFLECTED, LEAST, level_letters, stem
from answerable.matching.lexicons import Entry, build_stems, find_entry, lexicon
from tests.strategies import names

ONE_WORD = [
    ("cyrillic", "металлургический", "металлургического"),
    ("cyrillic", "нефтяная", "нефтяной"),
    ("cyrillic", "техникалық", "техника"),
    ("arabic", "الصناعات", "صناعة"),
    ("arabic", "للعقارات", "عقارية"),
    ("arabic", "والمصارف", "المصارف"),
    ("persian", "بانک‌های", "بانک"),
    ("uyghur", "شىركىتى", "شىركەت"),
    ("uyghur", "ئىدارىسى", "ئىدارە"),
    ("uyghur", "ۋىلايەتلىك", "ۋىلايەت"),
]


@pytest.mark.parametrize(("group", "one", "other"), ONE_WORD)
def test_inflections_of_one_word_have_one_stem(group: str, one: str, other: str) -> None:
    one, other = (level_letters(word, group).replace("\u200c", "") for word in (one, other))
    assert stem(one, group) == stem(other, group)


@given(names)
def test_a_stem_begins_no_shorter_than_it_may(name: str) -> None:
    for group in INFLECTED:
        for word in name.split():
            assert len(stem(word, group)) >= min(len(word), LEAST - 2)


@given(names)
def test_levelling_twice_is_levelling_once(name: str) -> None:
    for group in (*INFLECTED, "han"):
        once = level_letters(name, group)
        assert level_letters(once, group) == once


def test_words_of_unlike_meaning_that_share_a_stem_are_found_by_none() -> None:
    bank, jar = Entry(("bank",), "trade"), Entry(("jar",), "trade")
    stems = build_stems({"банковый": bank, "банковая": bank, "банковое": jar}, "cyrillic")
    assert set(stems.values()) == {None}
    assert set(build_stems({"банковый": bank, "банковая": bank}, "cyrillic").values()) == {bank}


def test_a_name_of_its_own_gives_way_to_a_word_of_its_stem() -> None:
    place, brand = Entry(("zyxia",), "place"), Entry(("zyx",), "brand")
    assert build_stems({"зиксова": brand, "зиксовой": place}, "cyrillic") == {"зиксов": place}


@pytest.mark.parametrize("group", sorted(INFLECTED))
def test_every_word_of_a_lexicon_is_found_as_it_stands(group: str) -> None:
    entries = lexicon(group)
    assert all(find_entry(phrase, group) is entry for phrase, entry in entries.items())
    assert find_entry("зиксоматика", "cyrillic") is None
