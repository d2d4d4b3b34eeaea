"""Make `matching/data/pinyin_words.tsv`: the words of the Chinese lexicon by their pinyin.

Readings: pypinyin (MIT), which knows how words are read whose signs have several readings.
"""

from pathlib import Path

from pypinyin import lazy_pinyin

from answerable.matching.lexicons import Entry, lexicon
from answerable.matching.pinyin import level_umlaut

PATH = Path("src/answerable/matching/data/pinyin_words.tsv")
KINDS = ("trade", "filler", "number", "form", "place", "brand")
"""Kinds of words, those first that a spelling stands for likelier."""

HEADER = """\
# Words of the Chinese lexicon by their pinyin, the umlaut as u. pinyin <TAB> words, | between
# Made by tools/make_pinyin_words.py. Readings: pypinyin (MIT).
"""


def _spells() -> dict[str, list[str]]:
    spelled: dict[str, list[str]] = {}
    entries = lexicon("han")
    for word in sorted(entries, key=lambda each: _rank(entries[each])):
        pinyin = "".join(lazy_pinyin(word))
        if 1 < len(word) < 9 and pinyin.isascii() and pinyin.isalpha():
            spelled.setdefault(level_umlaut(pinyin), []).append(word)
    return spelled


def _rank(entry: Entry) -> int:
    return KINDS.index(entry.kind)


def make_pinyin_words() -> str:
    """Return the text of `pinyin_words.tsv`; of one spelling, words of the likeliest kind."""
    entries = lexicon("han")
    lines = []
    for pinyin, words in sorted(_spells().items()):
        kind = entries[words[0]].kind
        kept = [word for word in words if entries[word].kind == kind]
        lines.append(f"{pinyin}\t{'|'.join(kept)}")
    return HEADER + "\n".join(lines) + "\n"


if __name__ == "__main__":
    PATH.write_text(make_pinyin_words(), encoding="utf-8")
