"""How legal forms at the end of a name are misspelled, spelled out or glued to a word. Pure."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from answerable.matching.legal_forms import LEAST_MISSPELLED, Form, FormTables, form_tables, shorten
from answerable.matching.rarity import measure_rarity

GLUED_FORMS = (
    *("AG", "GmbH", "mbH", "LLC", "PLC", "Ltd", "Ltd.", "Inc", "Inc."),
    *("NV", "BV", "SpA", "SRL", "SARL", "SAS"),
)
"""Forms whose capitals tell them from the word that they are glued to, at the end of a name."""

GLUED = re.compile(f"(?<=[a-z]{{3}})(?=(?:{'|'.join(map(re.escape, GLUED_FORMS))})$)")
"""Where such a form is glued to a word: a blank belongs there."""

GLUED_SUFFIXES = ("gmbh", "ltd", "llc", "plc")
"""Forms that no word ends with."""

LEAST_GLUED = 4
"""Letters that must be left of a word that a form is glued to."""

SEEN = 11.0
"""Rarity of words that the shipped table of word counts holds."""

SPELLED_PAIRS = frozenset(("sa", "as", "ag", "ab", "bv", "nv", "oy", "kk", "ae", "kg"))
"""Forms of two letters that may be spelled so; other pairs are initials."""

LONGEST_SPELLED = 6
"""Letters of a form that may be spelled with blanks between them, as in S p A."""


def find_end(words: list[str], tables: FormTables) -> str | None:
    """Return the longest form at the end, or else one that a letter is wrong in.

    Args:
        words: At least two words, of which the last one ends forms.
        tables: The forms.

    Returns:
        The words of the form, fewer than the name's; None if it ends in none.
    """
    last = words[-1]
    if last in tables.ends and words[-2] not in tables.ahead[last]:
        return last
    longest = min(tables.longest_end[last], len(words) - 1)
    for length in range(longest, 0, -1):
        phrase = " ".join(words[-length:])
        if phrase in tables.ends:
            return phrase
    for phrase in tables.phrases.get(last, ()):
        length = phrase.count(" ") + 1
        if length >= len(words):
            continue
        tail = words[-length:]
        if OSA.distance(" ".join(tail), phrase, score_cutoff=1) == 1:
            return phrase
    return None


def join_letters(words: list[str], tables: FormTables) -> int:
    """Return how many letters at the end spell a form, such as `s p a`; 0 if none."""
    run = 0
    while run < min(LONGEST_SPELLED, len(words) - 1) and len(words[-run - 1]) == 1:
        run += 1
    spelled = ((n, "".join(words[-n:])) for n in range(run, 1, -1))
    return next(
        (n for n, form in spelled if form in tables.ends and (n > 2 or form in SPELLED_PAIRS)), 0
    )


def cut_glued(words: list[str], found: list[Form], tables: FormTables) -> list[str]:
    """Cut a form off the last word that no word ends with, as in `examplegmbh`."""
    last = words[-1]
    if not last.endswith(GLUED_SUFFIXES):
        return words
    form = next(each for each in GLUED_SUFFIXES if last.endswith(each))
    if len(last) < len(form) + LEAST_GLUED:
        return words
    found.append(tables.ends[form])
    return [*words[:-1], last.removesuffix(form)]


@lru_cache(maxsize=50_000)
def correct_form(word: str) -> str | None:
    """Return the word of a legal form that a word is a misspelling of by one letter, if it is.

    Args:
        word: The last word of a name.

    Returns:
        A word that ends legal forms. None for a word that is spelled right, or ends no form; and
        for a word that names have often enough to be in the table of rarity.

    Example:
        >>> correct_form("aktiengeselschaft"), correct_form("limetid"), correct_form("example")
        ('aktiengesellschaft', None, None)
    """
    keys = form_tables().misspelled
    if len(word) < LEAST_MISSPELLED - 1 or not word.isascii() or measure_rarity(word) < SEEN:
        return None
    meant = {keys[short] for short in shorten(word) if short in keys}
    near = [each for each in meant if OSA.distance(word, each, score_cutoff=1) == 1]
    ends = form_tables().ends
    return min(near, key=lambda each: (each not in ends, each), default=None)
