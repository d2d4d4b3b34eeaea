"""Brands of companies in Han signs and in Latin letters, taken from their names in both."""

import csv
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from answerable.matching.lexicons import lexicon
from answerable.matching.names import take_apart
from answerable.matching.scripts import HAN, simplify
from answerable.matching.segments import cut
from answerable.matching.syllables import read_sign

SHORT_NAMES = Path("names/cn_listed_bilingual/cn_listed_bilingual_short_dev.csv")
"""Where the names of listed companies are in the shared data."""

_MARKS = re.compile(r"^(?:\*?ST|退市|XD|XR|DR|[NC](?=[^A-Z]))|(?:退|-U|-W|-UW|[ABUW])$")


@dataclass(frozen=True, slots=True)
class BrandPair:
    """The brand of one company: simplified Han signs, and words in Latin letters."""

    signs: str
    words: tuple[str, ...]
    half: int

    @property
    def latin(self) -> str:
        """The words in one."""
        return "".join(self.words)


def read_pairs(path: Path) -> list[BrandPair]:
    """Return the brands of a table of names; companies that have none in either are left out.

    Args:
        path: A table with the columns `symbol`, `name_zh_short` and `name_en`.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = []
    for row in rows:
        signs, words = find_signs(row["name_zh_short"]), find_words(row["name_en"])
        if signs and words:
            found.append(BrandPair(signs, words, _half_of(row["symbol"])))
    return found


def _half_of(symbol: str) -> int:
    return hashlib.sha256(f"brands 1 {symbol}".encode()).digest()[0] % 2


def find_signs(short_name: str) -> str:
    """Return what is left of a Chinese short name without marks of the exchange, places, trades."""
    level = unicodedata.normalize("NFKC", short_name).replace(" ", "")
    pieces = cut([simplify(_MARKS.sub("", level).lower())], "han")
    kept = "".join(word for word, entry in pieces if entry is None or entry.kind == "brand")
    signs = kept if HAN.fullmatch(kept) else ""
    return signs if all(read_sign(sign) for sign in signs) else ""


def find_words(name: str) -> tuple[str, ...]:
    """Return what is left of an English name without places, words of trades and forms."""
    known = _trade_words()
    core = take_apart(name).core
    return tuple(word for word in core if word not in known and word.isascii() and word.isalpha())


@cache
def _trade_words() -> frozenset[str]:
    entries = (entry for entry in lexicon("han").values() if entry.kind in ("trade", "filler"))
    return frozenset(
        word for entry in entries for each in entry.english for word in take_apart(each).core
    ) | {"co", "ltd", "limited", "corporation"}
