"""How words of names are inflected in other scripts: letters levelled, endings taken off. Pure.

A stem is no word: it only tells that two words of a lexicon or a name may be one. Endings are those
that occur in names of organisations, and only long words lose them.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

INFLECTED = frozenset(("cyrillic", "arabic", "persian", "uyghur"))
"""Groups whose words are looked up by their stems as well."""

LEAST = 4
"""Letters that must be left of a word that loses an ending."""

_ARABIC_LETTERS = str.maketrans("أإآٱؤئةىکیگۀەھ", "اااا" + "ويهيكيكههه", "\u0640")
_PERSIAN_LETTERS = str.maketrans("أإآٱؤئةىكيۀەھ", "اااا" + "ویهیکیههه", "\u0640")
_UYGHUR_LETTERS = str.maketrans("هىیک", "ەييك", "ئ")
_LETTERS: dict[str, Mapping[int, int | None]] = {
    "arabic": _ARABIC_LETTERS,
    "persian": _PERSIAN_LETTERS,
    "uyghur": _UYGHUR_LETTERS,
}

_SLAVIC = re.compile(
    "(?:ыми|ими|ого|его|ому|ему|ями|ами|ией|иям|иях|ая|яя|ам|ям|ах|ях|ой|ей|ый|ий|ое|ее|ые|ие"
    "|ом|ем|ым|им|ых|их|ую|юю|ою|ею|ию|ия|ии|ов|ев|ів|їв|ої|ій|їй|іх|іи|а|я|о|е|ы|и|у|ю|ь|й|і|ї)$"
)
_KAZAKH = re.compile(
    "(?:ының|інің|ның|нің|дың|дің|тың|тің|сының|сінің|лары|лері|дары|дері|тары|тері|сы|сі|лық|лік"
    "|дық|дік|тық|тік|ндағы|ндегі|ғы|гі|ы|і)$"
)
_KAZAKH_ONLY = re.compile("[әғқңөұүһі]")
_ARTICLE = re.compile("^(?:و|ف)?(?:بال|كال|لل|ال)(?=...)|^و(?=ال|....)")
_ARABIC_END = re.compile("(?:يات|ات|ية|يه|ون|ين|ان|ه|ة|ي)$")
_PERSIAN_END = re.compile("(?:های|ها|هاي|یی|ان|ی)$")
_UYGHUR_END = re.compile("(?:نيڭ|ليرينيڭ|ليري|لار|لەر|ديكي|ليق|ليك|لۇق|لۈك|سي|ي)$")


def level_letters(text: str, group: str) -> str:
    """Return a text with the letters levelled that one language writes in several ways.

    Uyghur's carrier of vowels is dropped; Arabic and Persian forms of one letter become one.

    Example:
        >>> level_letters("ئۇيغۇر", "uyghur"), level_letters("إعمار", "arabic")
        ('ۇيغۇر', 'اعمار')
    """
    return text.translate(_LETTERS[group]) if group in _LETTERS else text


@lru_cache(maxsize=100_000)
def stem(word: str, group: str) -> str:
    """Return a word without article and endings, as far as `LEAST` letters are left.

    Example:
        >>> stem("нефтяная", "cyrillic") == stem("нефтяного", "cyrillic")
        True
        >>> stem("الصناعات", "arabic") == stem("صناعه", "arabic")
        True
    """
    if group == "cyrillic":
        return _stem_cyrillic(word)
    if group == "arabic":
        return _cut(_ARABIC_END, _ARTICLE.sub("", word))
    if group == "persian":
        return _cut(_PERSIAN_END, word)
    return _stem_uyghur(word) if group == "uyghur" else word


def _cut(ending: re.Pattern[str], word: str, least: int = LEAST) -> str:
    cut = ending.sub("", word)
    return cut if len(cut) >= least else word


def _stem_cyrillic(word: str) -> str:
    if _KAZAKH_ONLY.search(word):
        word = _cut(_KAZAKH, _cut(_KAZAKH, word))
    return _cut(_SLAVIC, word)


def _stem_uyghur(word: str) -> str:
    """Return a Uyghur word without endings; the vowels that they raise are one."""
    short = _cut(_UYGHUR_END, _cut(_UYGHUR_END, word, 3), 3)
    raised = re.sub("[اەې]", "ي", short)
    return raised.removesuffix("ي") if len(raised) > LEAST else raised
