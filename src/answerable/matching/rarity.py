"""How rare a word is among company names: the measure of what its agreement is worth.

Two names that share "services" share nothing; two that share a coined word most likely have to
do with each other. Rarity is counted in names of companies at large, not in the list that is
searched, in which a brand may stand a hundred times.
"""

from functools import cache, lru_cache
from importlib.resources import files
from math import log

UNSEEN = {1: 60.0, 2: 30.0, 3: 8.0, 4: 3.0, 5: 1.5}
"""Length of a word that the table leaves out (fewer than five names) to its assumed count."""

UNSEEN_LONG = 0.7
"""Assumed count for longer words, most of which are coined."""

COMMON, UNCOMMON, RARE = 6.0, 8.0, 10.0
"""Bounds of rarity between *very common*, *common*, *uncommon* and *rare* words."""


@cache
def _counts() -> tuple[dict[str, int], int]:
    path = files("answerable.matching").joinpath("data", "word_counts.tsv")
    counts: dict[str, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            word, count = line.split("\t")
            counts[word] = int(count)
    return counts, counts.pop("")


def count_reference_names() -> int:
    """Return how many names the shipped word counts were made from.

    Example:
        >>> count_reference_names() > 100_000
        True
    """
    return _counts()[1]


@lru_cache(maxsize=500_000)
def measure_rarity(word: str) -> float:
    """Return how rare a word is: minus the logarithm of the share of names that hold it.

    Args:
        word: A word of `NameParts.core`.

    Returns:
        Natural logarithm, from about 3 (`group`) to 12.5 (a word never seen). It is what
        agreement on the word adds to the log-odds that two names are one, if words were drawn
        independently; it is an estimate from names in Latin script, most of them British,
        American and of listed companies (see `data/word_counts.tsv`).

    Example:
        >>> round(measure_rarity("services")), measure_rarity("zyxomatic") > 12
        (3, True)
    """
    counts, names = _counts()
    if word in counts:
        return log(names / counts[word])
    if not word.isascii():
        return _rarity_unspaced(word)
    return log(names / UNSEEN.get(len(word), UNSEEN_LONG))


def _rarity_unspaced(word: str) -> float:
    """Estimate the rarity of a word in a script for which no counts are shipped, by its length."""
    return min(12.5, 5.0 + 2.0 * len(word)) if "\u3040" <= word[0] <= "\ud7ff" else 10.0


def describe_rarity(rarity: float) -> str:
    """Return a rarity in words: `very common`, `common`, `uncommon` or `rare`.

    Example:
        >>> describe_rarity(3.4), describe_rarity(12.0)
        ('very common', 'rare')
    """
    if rarity < COMMON:
        return "very common"
    if rarity < UNCOMMON:
        return "common"
    return "uncommon" if rarity < RARE else "rare"
