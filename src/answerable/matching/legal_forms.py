"""Legal forms: what kind they are, how they are spelled, and what it means that two names differ.

A form is not noise: an AG and a GmbH of one name are two companies. Pure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

KINDS = frozenset(
    (
        *("limited", "public_limited", "corporation", "company", "unlimited", "guarantee"),
        *("partnership", "limited_partnership", "llp", "cooperative", "foundation", "association"),
        *("state_enterprise", "public_institution", "sole", "branch", "trust", "community"),
        "nominee",
    )
)
"""Kinds that forms of all countries are sorted into; `company` says nothing of the kind."""

COMPATIBLE = (
    frozenset(("limited", "corporation")),
    frozenset(("public_limited", "corporation")),
    frozenset(("partnership", "limited_partnership")),
    frozenset(("partnership", "llp")),
    frozenset(("limited", "guarantee")),
    frozenset(("association", "foundation")),
    frozenset(("association", "community")),
    frozenset(("public_limited", "state_enterprise")),
    frozenset(("state_enterprise", "public_institution")),
    frozenset(("trust", "limited")),
    frozenset(("trust", "public_limited")),
    frozenset(("trust", "corporation")),
)
"""Pairs of kinds that one company may be said to be of, in the terms of another country."""

LEAST_MISSPELLED = 7
"""Letters of a form from which one letter may be wrong."""

LEAST_PHRASE = 10
"""Letters and blanks of a form of several words from which one may be wrong."""


@dataclass(frozen=True, slots=True)
class Form:
    """A legal form, of which a table has all spellings.

    Args:
        kind: One of `KINDS`.
        where: Where in a name it stands (see `data/legal_forms.tsv`).
        designation: What all spellings of the form share.
        countries: Codes of countries that have it; empty for many.
    """

    kind: str
    where: str
    designation: str
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormTables:
    """Forms by their words and by where they stand; and the longest phrase of each word.

    `ahead` holds of the last word of forms the words that stand before it in forms: behind any
    other word it is the whole form. `behind` holds likewise of the first word of a form that may
    stand anywhere the words that follow it; of a word that is such a form, also "".
    """

    inner: dict[str, Form]
    ends: dict[str, Form]
    starts: dict[str, Form]
    kept: dict[str, Form]
    longest_inner: dict[str, int]
    longest_end: dict[str, int]
    longest_start: dict[str, int]
    misspelled: dict[str, str]
    phrases: dict[str, tuple[str, ...]]
    ahead: dict[str, frozenset[str]]
    behind: dict[str, frozenset[str]]


def list_forms() -> Iterator[tuple[str, Form]]:
    """Yield the spellings of the shipped table, normalised, and the forms that they are of.

    A spelling may occur twice: as a form at the start of names, and as another elsewhere.

    Example:
        >>> next(form.kind for words, form in list_forms() if words == "aktiengesellschaft")
        'public_limited'
    """
    text = files("answerable.matching").joinpath("data", "legal_forms.tsv").read_text("utf-8")
    for line in text.splitlines():
        if line and line[0] != "#":
            words, kind, where, designation, countries = line.split("\t")
            known = frozenset() if countries == "*" else frozenset(countries.split(","))
            yield words, Form(kind, where, designation, known)


@cache
def form_tables() -> FormTables:
    """Return the shipped forms by where they stand in names."""
    rows = list(list_forms())
    inner = _placed(rows, "any")
    ends = inner | _placed(rows, "end", "ends")
    starts = _placed(rows, "start", "with", "ends")
    return FormTables(
        inner=inner,
        ends=ends,
        starts=starts,
        kept=_placed(rows, "kept"),
        longest_inner=_longest(inner, 0),
        longest_end=_longest(ends, -1),
        longest_start=_longest(starts, 0),
        misspelled=_misspell(form.rpartition(" ")[2] for form in ends),
        phrases=_group_by_last(form for form in ends if len(form) >= LEAST_PHRASE),
        ahead=_list_neighbours([form.split(" ")[::-1] for form in ends]),
        behind=_list_neighbours([form.split(" ") for form in inner]),
    )


def _placed(rows: Iterable[tuple[str, Form]], *where: str) -> dict[str, Form]:
    return {words: form for words, form in rows if form.where in where}


def _longest(phrases: Iterable[str], of: int) -> dict[str, int]:
    """Return the first or last word of phrases to the words of its longest phrase."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        words = phrase.split(" ")
        longest[words[of]] = max(longest.get(words[of], 0), len(words))
    return longest


def _list_neighbours(phrases: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    """Return the first words of phrases to the second ones, "" for a phrase of one word."""
    found: dict[str, set[str]] = {}
    for words in phrases:
        found.setdefault(words[0], set()).add(words[1] if len(words) > 1 else "")
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _group_by_last(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the last words of forms of several words to the forms."""
    groups: dict[str, list[str]] = {}
    for form in forms:
        if " " in form:
            groups.setdefault(form.rpartition(" ")[2], []).append(form)
    return {last: tuple(each) for last, each in groups.items()}


def _misspell(words: Iterable[str]) -> dict[str, str]:
    """Return long words that end forms, whole and with any one letter left out, to the word."""
    keys: dict[str, str] = {}
    for word in words:
        if len(word) >= LEAST_MISSPELLED and word.isascii() and word.isalpha():
            keys.update((short, word) for short in shorten(word))
    return keys


def shorten(word: str) -> list[str]:
    """Return a word, and each word that is left without one of its letters."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def compare_forms(one: Iterable[str], other: Iterable[str]) -> str | None:
    """Tell how the kinds of two names' legal forms agree.

    Args:
        one: Kinds of the first name (`NameParts.forms`).
        other: Kinds of the second.

    Returns:
        `agree`, `compatible` or `differ`; None if one of the names tells no kind.

    Example:
        >>> compare_forms(["limited"], ["public_limited"]), compare_forms(["limited"], ["company"])
        ('differ', None)
        >>> compare_forms(["corporation"], ["limited"])
        'compatible'
    """
    mine, theirs = set(one) - {"company"}, set(other) - {"company"}
    if not mine or not theirs:
        return None
    if mine & theirs:
        return "agree"
    pairs = (frozenset((a, b)) for a in mine for b in theirs)
    return "compatible" if any(pair in COMPATIBLE for pair in pairs) else "differ"
