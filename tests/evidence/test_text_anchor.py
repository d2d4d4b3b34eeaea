"""The rule of anchor texts, as a table and as laws."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.evidence.texts.anchor import BLOCK, LINE, joint, normalise

CASES = [
    ("runs of whitespace", "a \t\n\r b", "a b"),
    ("ends", "\n a ", "a"),
    ("ideographic and no-break spaces", "公安\u3000局 a\u00a0b\u202fc", "公安 局 a b c"),
    ("NFC", "e\u0301 \u1100\u1161", "é 가"),
    ("no compatibility folding", "ＡＢＣ ﬁ №", "ＡＢＣ ﬁ №"),
    ("quotation marks and dashes stay", "“it’s” – it's", "“it’s” – it's"),
    ("invisible marks stay", "ab\u00adc\u200bd\u200fe", "ab\u00adc\u200bd\u200fe"),
    ("a wrapped line of Han is joined", "乌鲁木齐市公安\n局", "乌鲁木齐市公安局"),
    ("with the spaces around the break", "公安 \r\n  局", "公安局"),
    ("after punctuation of Han", "合作，\n双方", "合作，双方"),
    ("a wrapped line of Kana is joined", "トヨ\nタの", "トヨタの"),
    ("an empty line parts paragraphs", "公安\n\n局", "公安 局"),
    ("a block parts", f"公安{BLOCK}局", "公安 局"),
    ("a block parts, with breaks around it", f"公安\n{BLOCK}\n局", "公安 局"),
    ("a break of the author parts", f"公安{LINE}局", "公安 局"),
    ("Han beside Latin is parted", "华为\nHuawei", "华为 Huawei"),
    ("Hangul is parted", "공안\n국", "공안 국"),
    ("a broken word stays as printed", "surveil-\nlance", "surveil- lance"),
    ("signs beyond the first plane", "𠀀\n𠮷野家", "𠀀𠮷野家"),
    ("controls are dropped", "a\x00b\x1bc\x85d", "abc d"),
    ("noncharacters are dropped", "a\ufffeb\U0001ffffc", "abc"),
    ("half a surrogate pair", "a\ud842b", "a\ufffdb"),
    ("nothing", " \n ", ""),
]

LETTERS = (
    "aé'\u2019-\u00ad\u200b \n\r\t\u3000\u00a0\ufeff\u2028\u2029公"
    "安、局トﾄ가e\u0301が\u3099\U00020000\ud842\x00ئۇ"
)


@pytest.mark.parametrize(("why", "raw", "text"), CASES, ids=[case[0] for case in CASES])
def test_the_rule(why: str, raw: str, text: str) -> None:
    assert normalise(raw) == text


@given(st.text(LETTERS, max_size=40) | st.text(max_size=40))
def test_normalising_twice_is_normalising_once(raw: str) -> None:
    text = normalise(raw)
    assert normalise(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text == text.strip()
    assert "  " not in text
    text.encode()


@given(st.lists(st.text(LETTERS, max_size=8), max_size=6))
def test_lines_joined_one_by_one_are_the_text_of_the_whole(lines: list[str]) -> None:
    kept = [each for line in lines if (each := normalise(line))]
    body = ""
    for line in kept:
        body += joint(body, line) + line
    assert body == normalise("\n".join(kept))
