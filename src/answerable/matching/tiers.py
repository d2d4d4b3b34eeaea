"""Words that tell which company of a family a name means: the group, its holding, a branch."""

from collections.abc import Collection
from functools import cache
from importlib.resources import files

TIERS = ("group", "holding", "head_office", "branch", "share_company")
"""What the tiers are called: `share_company` is often the listed one."""


def find_tiers(words: Collection[str]) -> tuple[str, ...]:
    """Return the tiers of a family of companies that words of a name speak of.

    Of a family of companies the one called group, the holding, a branch and the listed company of
    shares are legal persons of their own. That one name speaks of a tier and another does not, is
    so between two such persons, and also where a name is cut short.

    Args:
        words: Words of a normalised name in any script; of those that put no blanks between words
            (Han, kana, Hangul, Thai) each is searched for the signs.

    Returns:
        Tiers (see `TIERS`), each once, sorted; empty if there are none.

    Example:
        >>> find_tiers(["example", "group", "holdings"]), find_tiers(["示例集团股份有限公司"])
        (('group', 'holding'), ('group', 'share_company'))
    """
    spaced, signs = tier_words()
    if spaced.keys().isdisjoint(words) and "".join(words).isascii():
        return ()
    found = {spaced[word] for word in words if word in spaced}
    for word in words:
        if not word.isascii() and word[0] >= "\u0e00":
            found.update(tier for sign, tier in signs if sign in word)
    return tuple(sorted(found)) if found else ()


@cache
def tier_words() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Return words to the tiers that they speak of; and signs of unspaced scripts with theirs."""
    text = files("answerable.matching").joinpath("data", "tiers.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]
    spaced = {row[0]: row[1] for row in rows}
    return spaced, tuple((word, tier) for word, tier in rows if word[0] >= "\u0e00")
