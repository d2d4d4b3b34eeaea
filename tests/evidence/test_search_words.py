"""Words as the index knows them: folding, pairs of signs, questions that mean nothing else."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import SearchRefused
from answerable.evidence.search.excerpts import take_excerpt
from answerable.evidence.search.words import (
    fold,
    phrase_pattern,
    read_question,
    spell_phrase,
    split_words,
)
from tools.make_han_variants import PATH, make_variants

FOLDED = [
    ("traditional signs", "湖邊 維吾爾", "湖边 维吾尔"),
    ("signs of Japan", "鉄道 図書", "铁道 图书"),
    ("full width", "ＡＢＣ１２", "abc12"),
    ("case and accents", "ÉCOLE Łódź Straße", "ecole łodz strasse"),
    ("Cyrillic", "ЁЛКИ", "елки"),
    ("presentation forms", "\ufee3\ufee2 \ufefb", "مم لا"),
    ("vowel signs and stretching", "مُحَمَّـــد", "محمد"),
    ("forms of one Arabic letter", "على کتاب", "علي كتاب"),
    ("Uyghur letters stay apart", "ئۇ ئۈ ئۆ ې ە", "يۇ يۈ يۆ ې ە"),
    ("without width", "ta\u200bble so\u00adft", "table soft"),
    ("Hangul stays whole", "한국", "한국"),
    ("Kana keeps its marks", "ガギ ｶﾞ", "ガギ ガ"),
]


@pytest.mark.parametrize(("why", "text", "folded"), FOLDED, ids=[case[0] for case in FOLDED])
def test_what_tells_no_words_apart(why: str, text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text.encode(errors="ignore").decode())
    assert split_words(fold(once)) == split_words(once)


SPLIT = [
    ("公安局", ["公安", "安局", "局"]),
    ("公", ["公"]),
    ("公安 局", ["公安", "安局", "局"]),
    ("公安，局", ["公安", "安", "局"]),
    ("2019年3月", ["2019", "年", "3", "月"]),
    ("한국말", ["한국", "국말", "말"]),
    ("don't e-mail_x", ["don", "t", "e", "mail", "x"]),
    ("surveil- lance", ["surveil", "lance", "surveillance"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "words"), SPLIT, ids=range(len(SPLIT)))
def test_what_a_text_is_indexed_under(text: str, words: list[str]) -> None:
    assert split_words(text) == words


REFUSED = ["", "  ", '""', "***", "- + ^", "，。", '"' * 50, "a " * 33]


@pytest.mark.parametrize("words", REFUSED, ids=range(len(REFUSED)))
def test_a_question_without_words_is_refused(words: str) -> None:
    with pytest.raises(SearchRefused):
        read_question(words)


def index_of(*texts: str) -> sqlite3.Connection:
    index = sqlite3.connect(":memory:")
    index.execute("CREATE VIRTUAL TABLE words USING fts5(body, content='', tokenize='ascii')")
    for text in texts:
        index.execute("INSERT INTO words VALUES (?)", (" ".join(split_words(text)),))
    return index


def found(index: sqlite3.Connection, words: str) -> list[int]:
    asked = " ".join(spell_phrase(*phrase) for phrase in read_question(words))
    return [
        row for (row,) in index.execute("SELECT rowid FROM words WHERE words MATCH ?", (asked,))
    ]


SYNTAX = [
    '"', "a OR b", "NEAR(a b)", "body: a", "a*b", "-a", "a AND NOT b", "(a", "{a}", "^a", "a + b",
    "'; DROP TABLE words; --", "a\x00b", "\ud800a", "*", 'a"b', "“a", "col:*",
]  # fmt: skip


@pytest.mark.parametrize("words", SYNTAX)
def test_nothing_in_a_question_is_syntax(words: str) -> None:
    try:
        found(index_of("a b"), words)
    except SearchRefused:
        return


@given(st.text(max_size=30))
def test_no_question_breaks_the_index(words: str) -> None:
    try:
        found(index_of("a b"), words)
    except SearchRefused:
        return


WORDS = "ab é 公安局 湖邊 가나 ئۇ x1 . ，".replace(" ", "")


@given(st.text(WORDS + "  ", min_size=1, max_size=30), st.data())
def test_every_stretch_of_words_is_found_and_shown(text: str, data: st.DataObject) -> None:
    pieces = text.split() or [""]
    start = data.draw(st.integers(0, len(pieces) - 1))
    end = data.draw(st.integers(start + 1, len(pieces)))
    words = '"' + " ".join(pieces[start:end]) + '"'
    if not split_words(words):
        return
    assert found(index_of("nothing", text), words) == [2]
    patterns = [phrase_pattern(*phrase) for phrase in read_question(words)]
    assert take_excerpt(text, patterns).marks


def test_what_does_not_stand_there_is_not_found() -> None:
    index = index_of("公安局", "安公局", "公，安", "Lakeside")
    assert found(index, "公安") == [1]
    assert found(index, "安公") == [2]
    assert found(index, "公") == [1, 2, 3]
    assert found(index, "Lake") == []
    assert found(index, "Lake*") == [4]


def test_the_excerpt_is_the_text_as_it_is_with_the_words_marked() -> None:
    text = "x" * 300 + " before Ｌａｋｅｓｉｄｅ and 湖邊 after " + "y " * 300 + "lakeside"
    patterns = [phrase_pattern(*each) for each in read_question("lakeside 湖边")]
    excerpt = take_excerpt(text, patterns)
    assert text[excerpt.start : excerpt.start + len(excerpt.text)] == excerpt.text
    assert [excerpt.text[start:end] for start, end in excerpt.marks] == ["Ｌａｋｅｓｉｄｅ", "湖邊"]
    assert len(excerpt.text) <= 240


def test_an_excerpt_far_behind_is_found() -> None:
    text = "ﬁne words " * 100_000 + "the lakeside"
    excerpt = take_excerpt(text, [phrase_pattern(["lakeside"], False)])
    [(start, end)] = excerpt.marks
    assert excerpt.text[start:end] == "lakeside"


def test_the_table_of_signs_is_as_it_would_be_made() -> None:
    assert PATH.read_text(encoding="utf-8") == make_variants()
