"""Names in one letter form: case, accents, compatibility forms and invisible signs levelled."""

import re
import unicodedata
from collections.abc import Iterator

LONGEST_NAME = 400
"""Characters of a name that are compared; what follows is kept in the finding but not compared."""

_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bb\u02bc\u02b9\u0060\u00b4\uff07"))
_DOTTED = re.compile(r"\b((?:[^\W\d_]\.\s?){2,})(?=\W|$)|\b((?:[^\W\d_]\.){1,}[^\W\d_])\b")
_WORD = re.compile(
    "(?:[^\\W_]|[\u0900-\u0963\u0966-\u109f\u1780-\u17d3])+"
    "(?:&(?:[^\\W_]|[\u0900-\u0963\u0966-\u109f\u1780-\u17d3])+)*"
)
"""A word: letters and digits, and the vowel signs of scripts of India and South East Asia."""

_ASCII_BLANKS = str.maketrans({chr(code): " " for code in range(128) if not chr(code).isalnum()})
_HAN = "[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff]"
_HAN_BLANK = re.compile(rf"(?<={_HAN})[\W_]+(?={_HAN})")
"""Signs between two Han or kana signs: names are written with or without them."""

_SIGNED_FORM = re.compile(r"\((株|有|同|資|名|주|유)\)")
_SIGNED_FORMS = {
    "株": "株式会社",
    "有": "有限会社",
    "同": "合同会社",
    "資": "合資会社",
    "名": "合名会社",
    "주": "주식회사",
    "유": "유한회사",
}
"""Signs in brackets that stand for a legal form of Japan or Korea."""

_SPACED_AND = re.compile(r"\b(\w) & (\w)\b")
_CO_DASH = re.compile(r"\bco-(?=op)")
_VOICED = "\u3099\u309a"  # marks that make another kana, as ga of ka, and stay
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "ə": "e"}
)


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
    return " ".join(split_words(text))


def split_words(text: str) -> list[str]:
    """Return the words of a name in one letter form, in order (see `normalise`).

    Example:
        >>> split_words("Example (Hangzhou) Co., Ltd.")
        ['example', 'hangzhou', 'co', 'ltd']
    """
    folded = _letters(text[:LONGEST_NAME])
    if folded.isascii() and "&" not in folded:
        return folded.translate(_ASCII_BLANKS).split()
    return list(_words(folded))


def _letters(text: str) -> str:
    folded = text.lower() if text.isascii() else _level(text)
    if "'" in folded or "`" in folded or not folded.isascii():
        folded = folded.translate(_APOSTROPHES)
    if "." in folded and _has_initials(folded):
        folded = _DOTTED.sub(_close_up, folded)
    if "&" in folded:
        folded = _SPACED_AND.sub(r"\1&\2", folded)
    return _CO_DASH.sub("co", folded) if "co-op" in folded else folded


def _has_initials(folded: str) -> bool:
    """Tell whether a letter that stands alone is followed by a dot: quicker than `_DOTTED`."""
    ahead = folded.split(".")
    return any(len(each) == 1 or (each and not each[-2].isalnum()) for each in ahead[:-1])


def _level(text: str) -> str:
    """Level what is no ASCII: compatibility forms, case, accents, invisible signs."""
    kept = (each for each in text if unicodedata.category(each) not in ("Cf", "Cs"))
    folded = unicodedata.normalize("NFKC", "".join(kept)).casefold().translate(_PLAIN)
    decomposed = unicodedata.normalize("NFKD", folded)
    plain = (each for each in decomposed if not unicodedata.combining(each) or each in _VOICED)
    folded = unicodedata.normalize("NFC", "".join(plain))
    if "(" in folded:
        folded = _SIGNED_FORM.sub(lambda found: f" {_SIGNED_FORMS[found.group(1)]} ", folded)
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
