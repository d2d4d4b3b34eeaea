"""Names with nothing to take off but a legal form of one word: told by one look at their words.

Most companies are named by words that are nothing but words, and `Ltd`. Where no word may be, or
be a part of, a place, a number, another form, an abbreviation or the like, the searches for these
find nothing, and so need not be made. Pure.
"""

from functools import cache

from answerable.matching.form_spellings import GLUED_SUFFIXES, correct_form
from answerable.matching.legal_forms import Form, form_tables
from answerable.matching.lesser_words import LEVELS, STOP, abbreviations
from answerable.matching.numerals import MARKS, has_digits
from answerable.matching.places import place_starts
from answerable.matching.tiers import tier_words


def split_plain(words: list[str]) -> tuple[list[str], Form | None] | None:
    """Split the legal form off a plain name.

    Args:
        words: Words of a normalised name, in order.

    Returns:
        The words ahead of the form, at least one, and the form, or all words and None where there
        is none; None alone for a name that is not plain: one that is not of ASCII letters, or has
        a word that is more than a word (`special_words`).

    Example:
        >>> rest, form = split_plain(["zyxomatic", "mills", "gmbh"])
        >>> rest, form.kind
        (['zyxomatic', 'mills'], 'limited')
        >>> split_plain(["zyxomatic", "mills"])
        (['zyxomatic', 'mills'], None)
        >>> split_plain(["the", "zyxomatic", "mills"]) is None
        True
    """
    form = _sole_ends().get(words[-1]) if len(words) > 1 else None
    rest = words[:-1] if form else words
    if not rest or not special_words().isdisjoint(rest):
        return None
    if not "".join(rest).isascii() or has_digits(rest) or (form and _is_longer(words)):
        return None
    return None if _may_end_in_form(rest[-1], is_alone=form is None) else (rest, form)


def _is_longer(words: list[str]) -> bool:
    """Tell whether the form at the end may be of more words than the last."""
    return words[-2] in form_tables().ahead[words[-1]]


def _may_end_in_form(word: str, *, is_alone: bool) -> bool:
    """Tell whether a word may be a letter of a form, have one glued to it, or misspell one.

    A misspelled form is looked for only if a name has no other (`is_alone`).
    """
    if len(word) == 1 or word.endswith(GLUED_SUFFIXES):
        return True
    return is_alone and correct_form(word) is not None


@cache
def special_words() -> frozenset[str]:
    """Return the words that may be, begin or end what is taken off a name or written otherwise.

    Whatever `take_apart` comes to look for in names in Latin letters belongs here.
    """
    forms = form_tables()
    return frozenset().union(
        *(forms.longest_inner, forms.longest_end, forms.longest_start, forms.kept),
        *(place_starts(), MARKS, STOP, abbreviations(), LEVELS, tier_words()[0]),
    )


@cache
def _sole_ends() -> dict[str, Form]:
    """Return the forms of one word at the end of names that say nothing but the form."""
    tiers = tier_words()[0]
    return {
        word: form
        for word, form in form_tables().ends.items()
        if " " not in word and word.isascii() and word not in tiers
    }
