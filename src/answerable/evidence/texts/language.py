"""Which language a text is in: by its script where that decides, else by how its words look."""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

LEAST_LETTERS = 20
"""Fewest letters of a script with several languages from which a language is told."""
LEAST_SIGNS = 4
"""Fewest Han, Kana or Hangul signs from which a language is told."""
LEAST_CERTAIN = 0.7
"""Least share of certainty that a language must have among all."""
SAMPLE = 20_000

_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003fffd]")
_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff]")
_LETTER = re.compile(r"[^\W\d_]")

_UYGHUR = re.compile("[\u06c7\u06c6\u06c8\u06d0\u06ad\u06cb\u06d5]")
"""ۇ ۆ ۈ ې ڭ ۋ ە, which together make up about a third of Uyghur letters."""
_NOT_UYGHUR = re.compile(
    "[\u06ce\u06b5\u0695\u06a4\u06cc\u06a9\u067c\u0689\u0693\u069a\u0696\u0681\u0685]"
)
"""Letters of Sorani (ێ ڵ ڕ ڤ), Persian (ی ک) and Pashto (ټ ډ ړ ښ ږ ځ څ) that Uyghur has not."""
_CARRIER = re.compile("\u0626")
"""ئ, with which a Uyghur word begins where it begins with a vowel; Kazakh has none."""
UYGHUR_SHARE = 0.12
CARRIER_SHARE = 0.015

_FOLDED = {
    "ary": "ar", "arz": "ar", "ars": "ar", "apc": "ar",
    "wuu": "zh", "gan": "zh", "cmn": "zh",
    "sdh": "ku", "ckb": "ku",
}  # fmt: skip
"""Codes that the model tells apart on little ground, and the wider one they are taken for."""


def tell_language(text: str) -> str | None:
    """Return the BCP 47 tag of the language that most of a text is in.

    Args:
        text: The text; of a long one its beginning, middle and end are looked at.

    Returns:
        A tag of a language alone, such as `zh` or `ug`, or None where the text is too short or
        too mixed to tell. It says nothing of who wrote it or where.

    Example:
        >>> tell_language("ئۇيغۇر ئاپتونوم رايونى ئۈرۈمچى شەھىرى")
        'ug'
        >>> tell_language("乌鲁木齐市公安局"), tell_language("OK")
        ('zh', None)
    """
    sample = _sample(text)
    letters = len(_LETTER.findall(sample))
    signs = [len(each.findall(sample)) for each in (_KANA, _HANGUL, _HAN)]
    if sum(signs) >= LEAST_SIGNS and 3 * sum(signs) > letters:
        return _east_asian(*signs)
    arabic = _ARABIC.findall(sample)
    if len(arabic) >= LEAST_LETTERS and 2 * len(arabic) > letters and _is_of_xinjiang(arabic):
        return (
            "ug" if len(_CARRIER.findall("".join(arabic))) > CARRIER_SHARE * len(arabic) else "kk"
        )
    return _by_words(sample) if letters >= LEAST_LETTERS else None


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    third, middle = SAMPLE // 3, len(text) // 2
    return " ".join((text[:third], text[middle : middle + third], text[-third:]))


def _east_asian(kana: int, hangul: int, han: int) -> str:
    if 2 * hangul > kana + hangul + han:
        return "ko"
    return "ja" if 20 * kana > kana + han else "zh"


def _is_of_xinjiang(letters: Iterable[str]) -> bool:
    """Tell by its letters whether a text in Arabic script is Uyghur or Kazakh."""
    joined = "".join(letters)
    own = len(_UYGHUR.findall(joined))
    return own > UYGHUR_SHARE * len(joined) and 20 * len(_NOT_UYGHUR.findall(joined)) < own


def _by_words(sample: str) -> str | None:
    certainties: dict[str, float] = {}
    for code, certainty in _model().rank(sample):
        folded = _FOLDED.get(code, code)
        certainties[folded] = certainties.get(folded, 0.0) + float(certainty)
    likeliest = max(certainties, key=lambda code: certainties[code])
    return likeliest if certainties[likeliest] >= LEAST_CERTAIN else None


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
