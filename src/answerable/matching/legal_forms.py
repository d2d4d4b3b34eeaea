"""Legal forms in names: what kind they are, and the names without them.

A form is not noise: an AG and a GmbH of one name are two companies. It is told apart from the rest
of a name, so that the weights can say what its agreement or difference is worth. Pure.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from answerable.matching.rarity import measure_rarity

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

LEAST_MISSPELLED = 7
"""Letters of a form from which one letter may be wrong."""

SEEN = 11.0
"""Rarity of words that the shipped table of word counts holds."""

LONGEST_SPELLED = 6
"""Letters of a form that may be spelled with blanks between them, as in S p A."""

UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of scripts that put no blank between a name and its form."""

LONGEST_UNSPACED = 14
"""Signs of the longest form of such a script that is looked for."""

_PARENT = re.compile("(?<=.)(?:股份有限公司|有限责任公司|有限公司|公司|株式会社)(?=.)")


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
class _Tables:
    """Forms by their words and by where they stand; and the longest phrase of each word."""

    inner: dict[str, Form]
    ends: dict[str, Form]
    starts: dict[str, Form]
    kept: dict[str, Form]
    longest_inner: dict[str, int]
    longest_end: dict[str, int]
    longest_start: dict[str, int]
    misspelled: dict[str, str]


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
def _tables() -> _Tables:
    inner = _placed("any")
    ends = inner | _placed("end", "ends")
    starts = _placed("start", "with", "ends")
    return _Tables(
        inner=inner,
        ends=ends,
        starts=starts,
        kept=_placed("kept"),
        longest_inner=_longest(inner, 0),
        longest_end=_longest(ends, -1),
        longest_start=_longest(starts, 0),
        misspelled=_misspell(form for form in ends if " " not in form),
    )


def _placed(*where: str) -> dict[str, Form]:
    return {words: form for words, form in list_forms() if form.where in where}


def _longest(phrases: Iterable[str], of: int) -> dict[str, int]:
    """Return the first or last word of phrases to the words of its longest phrase."""
    longest: dict[str, int] = {}
    for phrase in phrases:
        words = phrase.split(" ")
        longest[words[of]] = max(longest.get(words[of], 0), len(words))
    return longest


def _misspell(forms: Iterable[str]) -> dict[str, str]:
    """Return long forms, whole and with any one letter left out, to the form."""
    keys: dict[str, str] = {}
    for form in forms:
        if len(form) >= LEAST_MISSPELLED and form.isascii() and form.isalpha():
            keys.update((short, form) for short in _shorten(form))
    return keys


def _shorten(word: str) -> list[str]:
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def split_forms(words: Sequence[str]) -> tuple[list[str], list[Form]]:
    """Split the legal forms off the words of a name.

    Args:
        words: Words of a normalised name, in order.

    Returns:
        The other words, in order, at least one unless there was none; and the forms that were
        found. A noun that tells the kind, such as *foundation*, stays among the words.

    Example:
        >>> rest, forms = split_forms(["example", "gmbh", "co", "kg"])
        >>> rest, [form.kind for form in forms]
        (['example'], ['limited_partnership'])
        >>> rest, forms = split_forms(["example", "foundation"])
        >>> rest, [form.kind for form in forms]
        (['example', 'foundation'], ['foundation'])
        >>> split_forms(["limited"])
        (['limited'], [])
    """
    tables = _tables()
    rest, found = list(words), list[Form]()
    if rest:
        rest = _strip_end(rest, found, tables)
    if not tables.longest_inner.keys().isdisjoint(rest):
        rest = _strip_inner(rest, found, tables)
    if len(rest) > 1 and rest[0] in tables.longest_start:
        rest = _strip_start(rest, found, tables)
    if not "".join(rest).isascii():
        rest = [_strip_unspaced(word, found, tables) for word in rest]
    if not found and rest:
        found.extend(tables.kept[each] for each in (rest[-1], rest[0]) if each in tables.kept)
    return rest, found


def _strip_inner(words: list[str], found: list[Form], tables: _Tables) -> list[str]:
    at = 0
    while at < len(words):
        longest = tables.longest_inner.get(words[at])
        length = _find(words[at : at + longest], tables.inner) if longest else 0
        if length and length < len(words):
            found.append(tables.inner[" ".join(words[at : at + length])])
            words = words[:at] + words[at + length :]
        else:
            at += 1
    return words


def _find(words: list[str], forms: dict[str, Form]) -> int:
    """Return how many of the first words are a form, the most there are; 0 if none."""
    return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in forms), 0)


def _strip_end(words: list[str], found: list[Form], tables: _Tables) -> list[str]:
    while len(words) > 1:
        last = words[-1]
        length = _find_end(words, tables) if last in tables.longest_end else 0
        if length:
            found.append(tables.ends[" ".join(words[-length:])])
            words = words[:-length]
        elif len(last) == 1 and (spelled := _join_letters(words, tables)):
            found.append(tables.ends["".join(words[-spelled:])])
            words = words[:-spelled]
        elif len(last) >= LEAST_MISSPELLED - 1 and not found and (meant := correct_form(last)):
            found.append(tables.ends[meant])
            words = words[:-1]
        else:
            break
    return _cut_glued(words, found, tables)


def _find_end(words: list[str], tables: _Tables) -> int:
    longest = min(tables.longest_end[words[-1]], len(words) - 1)
    return next((n for n in range(longest, 0, -1) if " ".join(words[-n:]) in tables.ends), 0)


def _join_letters(words: list[str], tables: _Tables) -> int:
    """Return how many letters at the end spell a form, such as `s p a`; 0 if none."""
    run = 0
    while run < min(LONGEST_SPELLED, len(words) - 1) and len(words[-run - 1]) == 1:
        run += 1
    return next((n for n in range(run, 1, -1) if "".join(words[-n:]) in tables.ends), 0)


def _cut_glued(words: list[str], found: list[Form], tables: _Tables) -> list[str]:
    """Cut a form off the last word that no word ends with, as in `examplegmbh`."""
    last = words[-1]
    if not last.endswith(GLUED_SUFFIXES):
        return words
    form = next(each for each in GLUED_SUFFIXES if last.endswith(each))
    if len(last) < len(form) + LEAST_GLUED:
        return words
    found.append(tables.ends[form])
    return [*words[:-1], last.removesuffix(form)]


def _strip_start(words: list[str], found: list[Form], tables: _Tables) -> list[str]:
    longest = min(tables.longest_start[words[0]], len(words) - 1)
    length = _find(words[:longest], tables.starts)
    if not length or not _may_start(" ".join(words[:length]), tables, found):
        return words
    found.append(tables.starts[" ".join(words[:length])])
    return words[length:]


def _may_start(phrase: str, tables: _Tables, found: list[Form]) -> bool:
    """Tell whether a form at the start is one: two Latin letters may as well be initials.

    They are a form if nothing else is one (but for those that only stand beside another), or if
    another form is of the same country: `PT … Tbk` is Indonesian, `PT … Ltd` has initials.
    """
    form = tables.starts[phrase]
    if form.where != "with" and (len(phrase) > 2 or not phrase.isascii()):
        return True
    others = [each for each in found if each.kind != "company"]
    if not others:
        return form.where != "with"
    return any(each.countries & form.countries for each in others)


def _strip_unspaced(word: str, found: list[Form], tables: _Tables) -> str:
    """Cut forms off both ends of a word of a script without blanks, the longest first."""
    while UNSPACED.match(word[-1]):
        length = _find_affix(word[::-1], tables.ends, -1)
        if not length:
            break
        form = tables.ends[word[-length:]]
        found.append(form)
        word = word[:-length]
        if form.kind == "branch":
            word = _cut_parent(word, found, tables)
    length = _find_affix(word, tables.starts, 1) if UNSPACED.match(word[0]) else 0
    if length:
        found.append(tables.starts[word[:length]])
    return word[length:]


def _find_affix(word: str, forms: dict[str, Form], step: int) -> int:
    """Return how many first signs are a form, the most there are, leaving one; 0 if none.

    Args:
        word: A word; read backwards for forms at its end.
        forms: Forms by their signs.
        step: 1, or -1 for a word that is read backwards.
    """
    longest = min(LONGEST_UNSPACED, len(word) - 1)
    return next((n for n in range(longest, 1, -1) if word[:n][::step] in forms), 0)


def _cut_parent(word: str, found: list[Form], tables: _Tables) -> str:
    """Cut out the form of the company that a branch is of, which stands before its place."""
    inside = _PARENT.search(word)
    if not inside:
        return word
    found.append(tables.ends[inside.group()])
    return word[: inside.start()] + word[inside.end() :]


@lru_cache(maxsize=50_000)
def correct_form(word: str) -> str | None:
    """Return the long form that a word is a misspelling of by one letter, if it is.

    Args:
        word: The last word of a name.

    Returns:
        None for a word that is spelled right, or is no form; and for a word that names have often
        enough to be in the table of rarity, which is a word of its own.

    Example:
        >>> correct_form("aktiengeselschaft"), correct_form("limetid"), correct_form("example")
        ('aktiengesellschaft', None, None)
    """
    keys = _tables().misspelled
    if len(word) < LEAST_MISSPELLED - 1 or not word.isascii() or measure_rarity(word) < SEEN:
        return None
    meant = {keys[short] for short in _shorten(word) if short in keys}
    near = sorted(form for form in meant if OSA.distance(word, form, score_cutoff=1) == 1)
    return near[0] if near else None


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
