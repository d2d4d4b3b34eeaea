"""Countries: the ISO code of a country however it is written, and its English name."""

import re
import unicodedata
from functools import lru_cache
from importlib import resources

_DROPPED = re.compile(r"[.’'`´\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BETWEEN = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s*[,(/;|\[–—]\s*|\s+-\s+|[)\]]")
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_LONGEST = 100


def read_country(text: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country, lower case, or None where it is not known.

    It reads codes of two and three letters and names in many languages, in any case. It never
    guesses: `Korea` and `Congo` alone, which may be two countries, are not known. `Georgia` is
    read as the country, since the text is taken to name one.

    Args:
        text: A country as written in a cell.

    Returns:
        The code as FollowTheMoney writes it, such as `gb`; None for a blank or unknown text.

    Source:
        ISO 3166-1; Unicode CLDR; spellings of OFAC, BIS and the United Nations.

    Example:
        >>> [read_country(each) for each in ("UK", "P.R. China", "Korea, North", "Ruritania")]
        ['gb', 'cn', 'kp', None]
    """
    if len(text) > _LONGEST or not text.strip():
        return None
    return _read(" ".join(text.split()))


@lru_cache(maxsize=4096)
def _read(text: str) -> str | None:
    known = _codes()
    found = known.get(fold_country(text))
    if found:
        return found
    parts = [part for part in _PARTS.split(text) if part]
    if len(parts) == 2 and (turned := known.get(fold_country(f"{parts[1]} {parts[0]}"))):
        return turned
    codes = {known.get(fold_country(part)) for part in parts}
    if len(codes) == 1:
        return codes.pop()
    return _without_brackets(text, known)


def _without_brackets(text: str, known: dict[str, str]) -> str | None:
    """Read `Iran (Islamic Republic of)`; but of `China (Hong Kong)` what is in brackets counts."""
    said = _BRACKETED.findall(text)
    if not said or any(known.get(fold_country(each)) for each in said):
        return None
    return known.get(fold_country(_BRACKETED.sub(" ", text)))


def fold_country(text: str) -> str:
    """Return a country's name without case, accents and punctuation, to be looked up.

    Example:
        >>> fold_country("Côte d’Ivoire"), fold_country("  U.S.A. ")
        ('cote divoire', 'usa')
    """
    decomposed = unicodedata.normalize("NFKD", _DROPPED.sub("", text).casefold())
    plain = "".join(each for each in decomposed if unicodedata.category(each) != "Mn")
    return " ".join(_BETWEEN.sub(" ", plain).split())


def country_name(code: str) -> str:
    """Return the English short name of a country, or the code in capitals where it is not known.

    Example:
        >>> country_name("gb"), country_name("zz")
        ('United Kingdom', 'ZZ')
    """
    return _names().get(code.lower(), code.upper())


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str, str], ...]:
    text = resources.files("answerable.model").joinpath("data/countries.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return tuple((code, name, spellings) for code, name, spellings in rows)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {each: code for code, _, spellings in _rows() for each in spellings.split("|")}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {code: name for code, name, _ in _rows()}
