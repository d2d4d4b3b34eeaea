"""Names taken apart: core words, places, legal form, numbers. Pure: text in, parts out.

The same rules read a supplier's name and a listed name, so that comparing is symmetric. Nothing is
decided here; what the parts weigh stands in `answerable.matching.weights`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

LONGEST_NAME = 400
"""Characters of a name that are compared; what follows is kept in the finding but not compared."""

_APOSTROPHES = re.compile("['\u2018\u2019\u02bb\u02bc\u02b9\u0060\u00b4\uff07]")
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.\s?){2,})(?=\W|$)|\b((?:[^\W\d_]\.){1,}[^\W\d_])\b")
_WORD = re.compile(r"[^\W_]+(?:&[^\W_]+)*")
_HAN_BLANK = re.compile(
    r"(?<=[\u3040-\u30ff\u3400-\u9fff])[\s()\[\]]+(?=[\u3040-\u30ff\u3400-\u9fff])"
)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TRADING_AS = re.compile(
    r"[\s,;(\[]+(?:t/as?|t\\a|t\.a\.|d/b/a|dba|trading\s+as|doing\s+business\s+as|also\s+known\s+as"
    r"|a\.?k\.?a\.?|f\.?k\.?a\.?|formerly(?:\s+known\s+as)?|previously(?:\s+known\s+as)?)[\s:.,]+",
    re.IGNORECASE,
)
_BRACKET = re.compile(r"\(([^()]{1,80})\)")
_SPACED_AND = re.compile(r"\b(\w) & (\w)\b")
_CO_DASH = re.compile(r"\bco-(?=op)")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_VOICED = "\u3099\u309a"  # marks that make another kana, as ga of ka, and stay
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e"}
)
_ORDINALS = {
    word: str(number)
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth".split(),
        start=1,
    )
}
_UNITS = frozenset(
    "division regiment brigade corps institute academy research design factory plant bureau"
    " department office branch hospital school".split()
)
LEVELS = {
    **dict.fromkeys(("city", "municipal", "municipality"), "city"),
    **dict.fromkeys(("prefecture", "prefectural"), "prefecture"),
    **dict.fromkeys(("province", "provincial"), "province"),
    **{word: word for word in ("county", "district", "township", "village", "banner")},
}
"""Words of levels of administration, to the level they speak of."""
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
STOP = frozenset(
    (
        *(
            "no",
            "and",
            "the",
            "of",
            "for",
            "in",
            "a",
            "an",
            "de",
            "la",
            "le",
            "les",
            "du",
            "des",
            "del",
        ),
        *("der", "die", "das", "den", "und", "y", "et", "e", "i", "en", "van", "von"),
        *("da", "do", "dos", "di", "и"),
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a name: its words, its country (`zz` for several), its level, its own name.

    The levels are `continent`, `country`, `region` and `city`; spellings of one place share `name`.
    """

    words: str
    country: str
    level: str
    name: str = ""

    @property
    def key(self) -> str:
        """What two places must share to be the same, whatever their spelling."""
        return self.country if self.level == "country" else self.name or self.words


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart.

    Args:
        core: Words that are neither place, legal form nor number, in order, abbreviations
            written out; empty only if the name has no such word (see `take_apart`).
        places: Places, in order.
        forms: Kinds of legal form, such as `limited`, sorted.
        numbers: Numbers as decimal text, in order.
        key: All words but the legal forms, in order: equal keys are the same name but for form.
        slots: Of a name read in another script, the ways in which each part of the core may be
            put, the usual first, whose words make up the core; empty if there is but one way.
        sounds: Words of the core that are written by sound alone.
        meanings: Words of the core that are translated words of trades, not brands.
        is_read: Whether this is a reading in Latin letters of a name of another script.
        words: All words as written, levelled, in order: initials and short forms are made of them.
        levels: Levels of administration that the name speaks of, such as `city`: of two names that
            name one place, no level in common tells two bodies.
    """

    core: tuple[str, ...]
    places: tuple[Place, ...]
    forms: tuple[str, ...]
    numbers: tuple[str, ...]
    key: str
    slots: tuple[tuple[tuple[str, ...], ...], ...] = ()
    sounds: frozenset[str] = frozenset()
    meanings: frozenset[str] = frozenset()
    is_read: bool = False
    words: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset()


def normalise(text: str) -> str:
    """Return a name in one letter form: compatibility forms, case, accents and signs levelled.

    Args:
        text: Any text; at most `LONGEST_NAME` characters are read.

    Returns:
        Words separated by single blanks; empty if the text has no letter or digit. Normalising
        twice is normalising once.

    Example:
        >>> normalise("HUAWEI\u3000Technologies  (U.K.) Co., Ltd.")
        'huawei technologies uk co ltd'
        >>> normalise("Crédit d’Exemple S.A.")
        'credit dexemple sa'
        >>> normalise("新疆示例（集团）有限公司")
        '新疆示例集团有限公司'
    """
    return " ".join(_words(_letters(text)))


def split_words(text: str) -> list[str]:
    """Return the words of a name in one letter form, in order (see `normalise`).

    Example:
        >>> split_words("Example (Hangzhou) Co., Ltd.")
        ['example', 'hangzhou', 'co', 'ltd']
    """
    return list(_words(_letters(text)))


def _letters(text: str) -> str:
    text = text[:LONGEST_NAME]
    folded = text.casefold() if text.isascii() else _level(text)
    folded = _APOSTROPHES.sub("", folded)
    if "." in folded:
        folded = _DOTTED.sub(_close_up, folded)
    if "&" in folded:
        folded = _SPACED_AND.sub(r"\1&\2", folded)
    return _CO_DASH.sub("co", folded) if "co-op" in folded else folded


def _level(text: str) -> str:
    """Level what is no ASCII: compatibility forms, case, accents, invisible signs."""
    kept = (each for each in text if unicodedata.category(each) not in ("Cf", "Cs"))
    folded = unicodedata.normalize("NFKC", "".join(kept)).casefold().translate(_PLAIN)
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = (each for each in decomposed if not unicodedata.combining(each) or each in _VOICED)
    folded = unicodedata.normalize("NFC", "".join(plain))
    return _HAN_BLANK.sub("", folded)


def _close_up(dotted: re.Match[str]) -> str:
    """Write "s.a." as "sa": an abbreviation with dots is one word."""
    return " " + "".join(each for each in dotted.group() if each not in ". ") + " "


def _words(folded: str) -> Iterator[str]:
    for word in _WORD.findall(folded):
        yield from _expand(word) if "&" in word else (word,)


def _expand(word: str) -> tuple[str, ...]:
    if word == "r&d":
        return ("research", "development")
    letters = word.split("&")
    return ("".join(letters),) if all(len(each) < 3 for each in letters) else tuple(letters)


def list_variants(name: str) -> tuple[str, ...]:
    """Return the names that a cell holds: the parts around "t/a" and the like, brackets out.

    Args:
        name: A name as printed.

    Returns:
        At least one name, the whole first where it has no trading name; no repeats.

    Example:
        >>> list_variants("Invented Foods Ltd T/A The Example Bakery")
        ('Invented Foods Ltd', 'The Example Bakery')
        >>> list_variants("Example Airlines (EAL)")
        ('Example Airlines (EAL)', 'Example Airlines')
    """
    parts = [part.strip(" ,;()[]") for part in _TRADING_AS.split(name[:LONGEST_NAME])]
    variants = [name] if len(parts) == 1 else [part for part in parts if part]
    for variant in tuple(variants):
        found = _BRACKET.search(variant)
        if found and len(normalise(found.group(1))) > 1 and not _is_field(found.group(1)):
            variants.append(f"{variant[: found.start()].rstrip()}{variant[found.end() :]}")
    return tuple(dict.fromkeys(variants)) or (name,)


def _is_field(text: str) -> bool:
    """Tell whether a bracket holds only places, legal forms or numbers, which have fields."""
    words = normalise(text).split()
    rest, places, _ = _split_off(words)
    return not [word for word in rest if not _number(word)] or bool(places and not rest)


@lru_cache(maxsize=200_000)
def take_apart(name: str) -> NameParts:
    """Take a name apart into core words, places, legal forms and numbers.

    A name that consists only of places or legal forms keeps them as its core, so that no name
    ends up empty unless it has no letter or digit at all.

    Args:
        name: A name as printed, in any script.

    Returns:
        Its parts. For a name without letters and digits every part is empty.

    Example:
        >>> parts = take_apart("Example Tech (Hangzhou) Co., Ltd. No. 3")
        >>> parts.core, [place.words for place in parts.places], parts.forms, parts.numbers
        (('example', 'technology'), ['hangzhou'], ('limited',), ('3',))
        >>> take_apart("新疆示例股份有限公司").core
        ('示例',)
    """
    words = list(_words(_letters(name)))
    rest, places, forms = _split_off(words)
    rest = _write_ordinals(rest)
    numbers = tuple(number for word in rest if (number := _number(word)))
    dropped = {word for word in rest if _number(word)} if numbers else ()
    core = [word for word in rest if word not in STOP and word not in dropped]
    if not core:
        core = [word for word in words if word not in STOP] or words
        places = []
    expanded = tuple(abbreviations().get(word, word) for word in core)
    key = " ".join((*expanded, *(place.words for place in places), *numbers))
    kinds = tuple(sorted(set(forms)))
    levels = find_levels(expanded)
    return NameParts(
        expanded, tuple(places), kinds, numbers, key, words=tuple(words), levels=levels
    )


def find_levels(words: Iterable[str]) -> frozenset[str]:
    """Return the levels of administration that words speak of, such as `county`.

    Example:
        >>> sorted(find_levels(("kashgar", "municipal", "bureau")))
        ['city']
    """
    return frozenset(LEVELS[word] for word in words if word in LEVELS)


def _write_ordinals(words: list[str]) -> list[str]:
    """Write "first division" as "1 division": before a kind of unit an ordinal is a number."""
    following = [*words[1:], ""][: len(words)]
    return [
        _ORDINALS[word] if word in _ORDINALS and after in _UNITS else word
        for word, after in zip(words, following, strict=True)
    ]


def list_lead_pairs(parts: NameParts) -> tuple[str, ...]:
    """Return the pairs of words by which a name of common words is told from others.

    Returns:
        The two core words that lead, and each place with the first core word.

    Example:
        >>> list_lead_pairs(take_apart("China Example Mills Ltd"))
        ('example mills', 'china example')
    """
    if not parts.core:
        return ()
    lead = (" ".join(parts.core[:2]),) if len(parts.core) > 1 else ()
    return (*lead, *(f"{place.words} {parts.core[0]}" for place in parts.places))


def _number(word: str) -> str | None:
    if not word[0].isdecimal():
        return _ROMAN.get(word)
    if word.isdecimal():
        return str(int(word)) if len(word) < 20 else word
    found = _ORDINAL.fullmatch(word)
    return str(int(found.group(1))) if found else None


def _split_off(words: list[str]) -> tuple[list[str], list[Place], list[str]]:
    """Split legal forms, then places, off a name's words."""
    rest, forms = _split_forms(words)
    core: list[str] = []
    places: list[Place] = []
    starts = _starts("places")
    at = 0
    while at < len(rest):
        length, place = _place_at(rest, at) if rest[at] in starts else (1, None)
        if place:
            places.append(place)
        elif not rest[at].isascii() and _HAN.match(rest[at]):
            inner, found = _split_han(rest[at])
            places.extend(found)
            core.extend([inner] if inner else [])
            length = 1
        else:
            core.append(rest[at])
            length = 1
        at += length
    return core, places, forms


def _split_forms(words: list[str]) -> tuple[list[str], list[str]]:
    forms: list[str] = []
    starts = _starts("forms")
    at = len(words) if starts.keys().isdisjoint(words) else 0
    rest = words[:at]
    while at < len(words):
        length, kind = _form_at(words, at) if words[at] in starts else (1, None)
        if kind and (rest or at + length < len(words)):
            forms.append(kind)
            at += length
        else:
            rest.append(words[at])
            at += 1
    rest = _strip_end(rest, forms)
    rest = _strip_start(rest, forms)
    return [word if word.isascii() else _strip_han_form(word, forms) for word in rest], forms


def _strip_end(words: list[str], forms: list[str]) -> list[str]:
    ends = _starts("ends")
    while len(words) > 1 and words[-1] in ends:
        for length in range(min(ends[words[-1]], len(words) - 1), 0, -1):
            kind = legal_forms().get(" ".join(words[-length:]))
            if kind and kind[1] in ("end", "ends", "any"):
                words = words[:-length]
                forms.append(kind[0])
                break
        else:
            break
    return words


def _strip_start(words: list[str], forms: list[str]) -> list[str]:
    longest = _starts("forms").get(words[0], 0) if words else 0
    for length in range(min(longest, len(words) - 1), 0, -1):
        kind = legal_forms().get(" ".join(words[:length]))
        if kind and kind[1] in ("start", "ends"):
            forms.append(kind[0])
            return words[length:]
    return words


def _strip_han_form(word: str, forms: list[str]) -> str:
    if not _HAN.match(word[-1]):
        return word
    for form, kind in _han_forms():
        if len(word) > len(form) and word.endswith(form):
            forms.append(kind)
            return word.removesuffix(form)
        if len(word) > len(form) and word.startswith(form):
            forms.append(kind)
            return word.removeprefix(form)
    return word


def _split_han(word: str) -> tuple[str, list[Place]]:
    """Split a place off the start of an unspaced name, with the sign for city or province."""
    for length in range(min(6, len(word) - 1), 1, -1):
        found = places().get(word[:length])
        if found:
            rest = re.sub("^(?:维吾尔自治区|自治区|自治州|省|市|县|区)(?=.)", "", word[length:])
            return rest, [found]
    return word, []


def _form_at(words: list[str], at: int) -> tuple[int, str | None]:
    longest = _starts("forms")[words[at]]
    for length in range(min(longest, len(words) - at), 0, -1):
        kind = legal_forms().get(" ".join(words[at : at + length]))
        if kind and kind[1] == "any":
            return length, kind[0]
    return 1, None


def _place_at(words: list[str], at: int) -> tuple[int, Place | None]:
    longest = _starts("places")[words[at]]
    for length in range(min(longest, len(words) - at), 0, -1):
        place = places().get(" ".join(words[at : at + length]))
        if place:
            return length, place
    return 1, None


def _rows(name: str) -> Iterator[list[str]]:
    text = files("answerable.matching").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _pair(row: list[str]) -> tuple[str, str]:
    return row[0], row[1]


@cache
def legal_forms() -> dict[str, tuple[str, str]]:
    """Return the shipped legal forms: words to kind and place in the name."""
    return {form: (kind, where) for form, kind, where in _rows("legal_forms.tsv")}


@cache
def places() -> dict[str, Place]:
    """Return the shipped places by their words."""
    return {row[0]: Place(*row) for row in _rows("places.tsv")}


@cache
def abbreviations() -> dict[str, str]:
    """Return the shipped abbreviations: short form to long form."""
    return dict(_pair(row) for row in _rows("abbreviations.tsv"))


@cache
def _han_forms() -> tuple[tuple[str, str], ...]:
    forms = [(form, kind[0]) for form, kind in legal_forms().items() if _HAN.search(form)]
    return tuple(sorted(forms, key=lambda each: -len(each[0])))


@cache
def _starts(of: str) -> dict[str, int]:
    """Return first (for `ends`: last) word of each phrase to the length of its longest phrase."""
    longest: dict[str, int] = {}
    for phrase in places() if of == "places" else legal_forms():
        words = phrase.split(" ")
        word = words[-1] if of == "ends" else words[0]
        longest[word] = max(longest.get(word, 0), len(words))
    return longest
