"""Names whose only legal form is one word at their end, or none: told by one look at their words.

Most companies are named by words, and `Ltd`. Where no other word can be, begin or end a form, the
search for forms finds nothing, and so need not be made; where no word may be a place, a number, an
abbreviation or the like, neither need the search for these. Pure.
"""

from functools import cache
from itertools import pairwise

from answerable.matching.form_spellings import GLUED_SUFFIXES, correct_form
from answerable.matching.legal_forms import Form, form_tables
from answerable.matching.lesser_words import LEVELS, STOP, abbreviations
from answerable.matching.numerals import MARKS, has_digits
from answerable.matching.places import place_starts
from answerable.matching.tiers import tier_words


def split_sole_form(words: list[str]) -> tuple[list[str], Form | None] | None:
    """Split the legal form off a name that has no other.

    Args:
        words: Words of a normalised name, in order.

    Returns:
        The words ahead of the form, at least one, and the form, or all words and None where there
        is none: what `split_forms` returns. None alone for a name that is not of ASCII letters, or
        has another word that may be, begin or end a form.

    Example:
        >>> rest, form = split_sole_form(["zyxomatic", "mills", "gmbh"])
        >>> rest, form.kind
        (['zyxomatic', 'mills'], 'limited')
        >>> split_sole_form(["zyxomatic", "mills"])
        (['zyxomatic', 'mills'], None)
        >>> split_sole_form(["zyxomatic", "co", "ltd"]) is None
        True
    """
    form = _sole_ends().get(words[-1]) if len(words) > 1 else None
    rest = words[:-1] if form else words
    if not rest or not "".join(rest).isascii() or (form and _is_longer(words)):
        return None
    if _may_end_in_form(rest[-1], is_alone=form is None) or _may_start_or_hold_form(rest):
        return None
    kept = form_tables().kept
    return None if form is None and (rest[0] in kept or rest[-1] in kept) else (rest, form)


def is_plain(words: list[str]) -> bool:
    """Tell whether ASCII words ahead of a form are nothing but words, and written as compared.

    Example:
        >>> is_plain(["zyxomatic", "mills"]), is_plain(["the", "mills"]), is_plain(["mills", "38"])
        (True, False, False)
    """
    return lesser_words().isdisjoint(words) and not has_digits(words)


def _is_longer(words: list[str]) -> bool:
    """Tell whether the form at the end may be of more words than the last."""
    return words[-2] in form_tables().ahead[words[-1]]


def _may_end_in_form(word: str, *, is_alone: bool) -> bool:
    """Tell whether a last word may end a form, be a letter of one, hold one or misspell one.

    A misspelled form is looked for only if a name has no other (`is_alone`).
    """
    if word in form_tables().longest_end or len(word) == 1 or word.endswith(GLUED_SUFFIXES):
        return True
    return is_alone and correct_form(word) is not None


def _may_start_or_hold_form(words: list[str]) -> bool:
    """Tell whether words may begin with a form, or hold one that may stand anywhere.

    A word such as `uk` is one only ahead of others (`uk branch`).
    """
    tables = form_tables()
    if words[0] in tables.longest_start:
        return True
    if tables.behind.keys().isdisjoint(words):
        return False
    ahead = tables.behind.get
    return not _sole_inner().isdisjoint(words) or any(
        word in ahead(before, ()) for before, word in pairwise(words)
    )


@cache
def lesser_words() -> frozenset[str]:
    """Return the words that are taken off a name as something else, or written otherwise.

    Whatever `take_apart` comes to look for behind the forms of names in Latin letters belongs here.
    """
    return frozenset().union(place_starts(), MARKS, STOP, abbreviations(), LEVELS, tier_words()[0])


@cache
def _sole_inner() -> frozenset[str]:
    """Return the forms of one word that may stand anywhere."""
    return frozenset(word for word, behind in form_tables().behind.items() if "" in behind)


@cache
def _sole_ends() -> dict[str, Form]:
    """Return the forms of one word at the end of names that say nothing but the form."""
    tiers = tier_words()[0]
    return {
        word: form
        for word, form in form_tables().ends.items()
        if " " not in word and word.isascii() and word not in tiers
    }
