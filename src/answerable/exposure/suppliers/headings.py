"""What one heading of a supplier table says, in many languages: the field it stands for.

First the whole heading is looked up (`data/headings.tsv`), then its parts (a second language, what
stands in brackets), then its words. A heading says what its column should hold; whether it does is
for `answerable.exposure.suppliers.columns` to see.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

ANSWER_PREFIX = "answerable: "
"""The answer columns of an earlier screening begin so, and are never a supplier's."""

_LONGEST = 120
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ß": "ss"})
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
_BETWEEN = re.compile(r"[\W_]+")
_PATH = re.compile(r"^[\w/]+[./](?=\w+$)")
_BRACKETS = re.compile(r"[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_DIVIDED = re.compile(r"\s*[/|\n\r\\]\s*|\s+-\s+|(?<=[\u3040-\u9fff])\s+(?=[A-Za-z])")
_SCRIPT_ENDS = re.compile(r"(?<=[\u3040-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z)])(?=[\u3040-\u9fff])")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_SENTENCE = re.compile(r"[。！？]\s*$|(?:\S+\s+){3}.*[.!?…]\s*$|:\s+(?:\S+\s+){2}\S")
_FILLERS = frozenset(
    (
        *("of", "the", "s", "for", "a", "de", "du", "des", "d", "la", "le", "del", "dei", "della"),
        *("do", "da", "der", "die", "das", "van", "den"),
    )
)

_CODES = frozenset(("id", "code", "no", "no.", "nr", "nr.", "number", "type", "kod", "codigo"))

SURE, WEAK, NAMED, COMPANY, LIKELY, DOUBTFUL = 100, 80, 70, 60, 55, 40
"""How much a heading says, from the whole phrase down to a word that needs the cells to agree."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a heading may stand for.

    Args:
        field: `name`, `country`, `address`, `city` …, or an identifier's scheme.
        strength: How much the heading says, from `DOUBTFUL` to `SURE`.
        why: A sentence for the file's owner.
    """

    field: str
    strength: int
    why: str


def fold_heading(text: str) -> str:
    """Return a heading without case, accents, punctuation and underscores.

    Example:
        >>> fold_heading("SupplierName"), fold_heading("Nom_du fournisseur :")
        ('supplier name', 'nom du fournisseur')
    """
    spaced = _POSSESSIVE.sub("", _CAMEL.sub(" ", text[:_LONGEST]))
    decomposed = unicodedata.normalize("NFKD", spaced.casefold().translate(_PLAIN))
    plain = "".join(each for each in decomposed if unicodedata.category(each) not in ("Mn", "Cf"))
    return unicodedata.normalize("NFC", " ".join(_BETWEEN.sub(" ", plain).split()))


@lru_cache(maxsize=4096)
def read_heading(heading: str) -> tuple[Reading, ...]:
    """Return what a heading may stand for, the strongest first; empty if it says nothing known.

    Args:
        heading: As printed; a longer text than 120 characters is no heading.

    Returns:
        At most one reading for each field.

    Example:
        >>> [reading.field for reading in read_heading("Supplier Name")]
        ['name']
        >>> read_heading("Supplier ID"), read_heading("Contact name")
        ((), ())
        >>> read_heading("Lieferant / 供应商")[0].field
        'name'
    """
    if len(heading) > _LONGEST or not heading.strip() or is_answer(heading):
        return ()
    found: dict[str, Reading] = {}
    for reading in _readings(heading):
        known = found.get(reading.field)
        if known is None or reading.strength > known.strength:
            found[reading.field] = reading
    return tuple(sorted(found.values(), key=lambda reading: -reading.strength))


def is_answer(heading: str) -> bool:
    """Tell whether a heading is that of an answer column of an earlier screening.

    Example:
        >>> is_answer("answerable: company"), is_answer("Company")
        (True, False)
    """
    return heading.strip().casefold().startswith(ANSWER_PREFIX.strip())


@lru_cache(maxsize=4096)
def is_label(cell: str) -> bool:
    """Tell whether a cell holds nothing but words of headings, as `Spend inc VAT` does.

    A company form in it does not make it a company, if a word stands beside it that says what
    the column holds, or if it holds only forms.

    Example:
        >>> is_label("Parent Company"), is_label("Type (Ltd PLC LLP)"), is_label("Spend inc VAT")
        (True, True, True)
        >>> is_label("Company Vendor SA"), is_label("Invented Mill Ltd")
        (False, False)
    """
    words = fold_heading(cell).split() if 0 < len(cell) <= _LONGEST else []
    rest = [word for word in words if not word.isdigit() and word not in _FILLERS]
    if not rest or len(words) > 8:
        return False
    if any(reading.strength >= WEAK for reading in _whole(cell)):
        return True
    forms = [word in _words("form") for word in rest]
    if not all(form or word in _vocabulary() for word, form in zip(rest, forms, strict=True)):
        return False
    return all(forms) or not any(forms) or any(word in _words("label") for word in rest)


def is_refused(heading: str) -> bool:
    """Tell whether a heading says that its column is not the supplier's name.

    Example:
        >>> is_refused("Parent Company"), is_refused("Ultimate holding"), is_refused("Bezug")
        (True, True, False)
    """
    folded = fold_heading(heading)
    return _contains(folded, _words("refused") | _words("label") | _single_words())


def _readings(heading: str) -> Iterator[Reading]:
    yield from _whole(heading)
    last = _PATH.sub("", heading.strip())
    if last != heading.strip():
        yield from _whole(last)
    for part in _parts(heading):
        for reading in _whole(part):
            yield replace(reading, strength=reading.strength - 3)
    yield from _about_supplier(heading)
    yield from _by_words(heading)


def _whole(heading: str) -> Iterator[Reading]:
    folded = fold_heading(heading)
    for field, kind in _phrases().get(folded) or _phrases().get(fold_heading(heading.lower()), ()):
        strength = {"sure": SURE, "weak": WEAK, "doubtful": DOUBTFUL}[kind]
        if field == "name":
            strength += 2 if _contains(folded, _words("naming")) else 0
            strength -= 4 if kind == "weak" and folded in _words("naming") else 0
        yield Reading(field, strength, f"The heading {heading.strip()!r} says so.")


def _parts(heading: str) -> Iterator[str]:
    """Give the parts of a heading in two languages, or with an explanation in brackets."""
    bare = _BRACKETS.sub(" ", heading).strip()
    pieces = [bare, *_BRACKETS.findall(heading), *_DIVIDED.split(bare), *_SCRIPT_ENDS.split(bare)]
    if any(word in _CODES for each in _BRACKETS.findall(heading) for word in each.lower().split()):
        return
    for piece in dict.fromkeys(pieces):
        if piece.strip() and piece.strip() != heading.strip():
            yield piece


def _about_supplier(heading: str) -> Iterator[Reading]:
    """Read `Vendor town` or `Land des Lieferanten`: a field, said of the supplier."""
    words = fold_heading(heading).split()
    rest = [each for each in words if each not in _words("supplier") and each not in _FILLERS]
    shorter = " ".join(rest)
    for each in _words("supplier"):
        if _UNSPACED.search(each) and shorter.startswith(each):
            shorter = shorter.removeprefix(each).strip()
    if shorter == " ".join(words):
        return
    for field, kind in _phrases().get(shorter, ()):
        if field != "name" and kind == "sure":
            yield Reading(field, NAMED, f"The heading {heading.strip()!r} says so of the supplier.")


def _by_words(heading: str) -> Iterator[Reading]:
    """Read a heading by its words: one for a supplier or company, and none that refuses it."""
    folded = fold_heading(heading)
    if len(folded.split()) > 8 or _SENTENCE.search(heading):
        return
    is_name = _contains(folded, _words("naming"))
    if _contains(folded, _words("refused") | _single_words()):
        return
    if len(folded.split()) > 5 and not is_name:
        return
    shown = repr(heading.strip())
    if _contains(folded, _words("supplier")):
        strength = NAMED if is_name else LIKELY
        yield Reading("name", strength, f"The heading {shown} holds a word for suppliers.")
    elif is_name and _contains(folded, _words("company")):
        yield Reading("name", COMPANY, f"The heading {shown} holds words for a company's name.")


def _contains(folded: str, words: Iterable[str]) -> bool:
    padded = f" {folded} "
    return any(
        each in folded if _UNSPACED.search(each) else f" {each} " in padded for each in words
    )


@cache
def _rows() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    text = files("answerable.exposure").joinpath("data/headings.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        (field, kind, tuple(map(fold_heading, phrases.split("|")))) for field, kind, phrases in rows
    )


@cache
def _phrases() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, dict[tuple[str, str], None]] = {}
    for field, kind, phrases in _rows():
        if kind in ("sure", "weak", "doubtful"):
            for phrase in phrases:
                found.setdefault(phrase, {})[(field, kind)] = None
    return {phrase: tuple(readings) for phrase, readings in found.items()}


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(
        phrase
        for field, kind, phrases in _rows()
        if field == group and kind in ("word", "cjk")
        for phrase in phrases
    )


@cache
def _vocabulary() -> frozenset[str]:
    """Words of which headings are made, one by one."""
    groups = ("supplier", "company", "naming", "refused", "label")
    words = {word for group in groups for each in _words(group) for word in each.split()}
    fields = {
        word
        for field, kind, phrases in _rows()
        if kind == "sure" and field != "name"
        for each in phrases
        for word in each.split()
    }
    return frozenset(words | fields) - _words("form")


@cache
def _single_words() -> frozenset[str]:
    """Words that by themselves say another field than the name, such as `address`."""
    return frozenset(
        phrase
        for field, kind, phrases in _rows()
        if field != "name" and kind == "sure"
        for phrase in phrases
        if " " not in phrase and len(phrase) > 2
    )


@cache
def known_fields() -> tuple[str, ...]:
    """Return the fields that a column can be recognised as, in the order of the data.

    Example:
        >>> known_fields()[:3]
        ('name', 'country', 'address')
    """
    return tuple(
        dict.fromkeys(field for field, kind, _ in _rows() if kind in ("sure", "weak", "doubtful"))
    )
