"""The legal forms of a name split off its words. Pure.

Forms are told apart from the rest of a name, so that the weights can say what their agreement or
difference is worth.
"""

import re
from collections.abc import Sequence

from answerable.matching.form_spellings import correct_form, cut_glued, find_end, join_letters
from answerable.matching.legal_forms import LEAST_MISSPELLED, Form, FormTables, form_tables

SHORT = 4
"""Letters of a form that may as well be another word, or initials."""

UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Signs of scripts that put no blank between a name and its form."""

LONGEST_UNSPACED = 14
"""Signs of the longest form of such a script that is looked for."""

_PARENT = re.compile("(?<=.)(?:股份有限公司|有限责任公司|有限公司|公司|株式会社)(?=.)")


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
    tables = form_tables()
    rest = list(words)
    found: list[Form] = []
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


def _strip_inner(words: list[str], found: list[Form], tables: FormTables) -> list[str]:
    at = 0
    while at < len(words):
        if not _may_begin(words, at, tables):
            at += 1
            continue
        longest = tables.longest_inner[words[at]]
        length = _find(words[at : at + longest], tables.inner)
        phrase = " ".join(words[at : at + length])
        if 0 < length < len(words) and _may_stand(phrase, tables.inner[phrase], found, at):
            found.append(tables.inner[phrase])
            words = words[:at] + words[at + length :]
        else:
            at += 1
    return words


def _may_begin(words: list[str], at: int, tables: FormTables) -> bool:
    """Tell whether a word may be a form or begin one, by the word that follows it."""
    behind = tables.behind.get(words[at])
    if behind is None:
        return False
    return "" in behind or (at + 1 < len(words) and words[at + 1] in behind)


def _may_stand(phrase: str, form: Form, found: list[Form], at: int) -> bool:
    """Tell whether a form is one, beside the others of its name: short ones may be other words.

    A short form of few countries (SPA, AS, SIA) is none beside a form of other countries, as in
    *Example Spa Ltd*, nor as the first word; a branch may be of a company of any country.
    """
    if len(phrase) > SHORT or not form.countries or not phrase.isascii():
        return True
    others = [each for each in found if each.kind not in ("company", "branch")]
    return at > 0 and (not others or any(each.countries & form.countries for each in others))


def _find(words: list[str], forms: dict[str, Form]) -> int:
    """Return how many of the first words are a form, the most there are; 0 if none."""
    return next((n for n in range(len(words), 0, -1) if " ".join(words[:n]) in forms), 0)


def _strip_end(words: list[str], found: list[Form], tables: FormTables) -> list[str]:
    while len(words) > 1:
        last = words[-1]
        phrase = find_end(words, tables) if last in tables.longest_end else None
        if phrase and found and not _may_stand(phrase, tables.ends[phrase], found, len(words) - 1):
            break
        if phrase:
            found.append(tables.ends[phrase])
            words = words[: -phrase.count(" ") - 1]
        elif len(last) == 1 and (spelled := join_letters(words, tables)):
            found.append(tables.ends["".join(words[-spelled:])])
            words = words[:-spelled]
        elif len(last) >= LEAST_MISSPELLED - 1 and not found and (meant := correct_form(last)):
            corrected = [*words[:-1], meant]
            if not find_end(corrected, tables):
                break
            words = corrected
        else:
            break
    return cut_glued(words, found, tables)


def _strip_start(words: list[str], found: list[Form], tables: FormTables) -> list[str]:
    longest = min(tables.longest_start[words[0]], len(words) - 1)
    length = _find(words[:longest], tables.starts)
    if not length or not _may_start(" ".join(words[:length]), tables, found):
        return words
    found.append(tables.starts[" ".join(words[:length])])
    return words[length:]


def _may_start(phrase: str, tables: FormTables, found: list[Form]) -> bool:
    """Tell whether a form at the start is one: a Latin word may as well be a part of a name.

    It is a form if nothing else is one (but for those that only stand beside another), or if
    another form is of the same country: `PT … Tbk` is Indonesian, `PT … Ltd` has initials.
    """
    form = tables.starts[phrase]
    if form.where != "with" and (" " in phrase or not phrase.isascii()):
        return True
    others = [each for each in found if each.kind not in ("company", "branch")]
    if not others:
        return form.where != "with"
    return any(each.countries & form.countries for each in others)


def _strip_unspaced(word: str, found: list[Form], tables: FormTables) -> str:
    """Cut forms off both ends of a word of a script without blanks, the longest first."""
    if word in tables.ends:
        return word
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


def _cut_parent(word: str, found: list[Form], tables: FormTables) -> str:
    """Cut out the form of the company that a branch is of, which stands before its place."""
    inside = _PARENT.search(word)
    if not inside:
        return word
    found.append(tables.ends[inside.group()])
    return word[: inside.start()] + word[inside.end() :]
