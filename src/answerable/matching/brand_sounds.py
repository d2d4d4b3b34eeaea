"""How much a Chinese brand and a brand in Latin letters look like one company's. Pure.

海康威视 (hai kang wei shi) is *Hikvision*: no pinyin, but parts of the sound agree. The table
`data/brand_sounds.tsv` holds how beginnings and ends of syllables are spelled in brands of listed
companies, learned by `tools/learn_brand_sounds.py`. What two brands say is a sum of what is
measured of them, each with a coefficient of the same table.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answerable.matching.brand_alignment import SoundModel, align_brand, brand_model
from answerable.matching.scripts import HAN, read_pinyin, simplify
from answerable.matching.syllables import (
    NOTHING,
    Syllable,
    cut_syllables,
    join_syllable,
    read_sign,
)

MOST, LEAST = 9.0, -3.0
"""What two brands may say at most for one company and at most against it, in log-odds."""

LONGEST_SIGNS, LONGEST_LATIN = 8, 32
"""Signs and letters that are read of a brand; what follows tells no more."""

NEAR = 12.0  # alignment score up to which brands in other pinyin are judged by how near they are
INITIALS = range(2, 6)  # letters of a word that may be made of initials


@dataclass(frozen=True, slots=True)
class HeardBrand:
    """A Chinese brand as it is read.

    Args:
        signs: Simplified, all of them known.
        readings: Its pinyin in one word, usual and second readings.
        syllables: Its usual reading by syllables.
        letters: The letters that its syllables begin with.
        firsts: The letters that the first may begin with.
    """

    signs: str
    readings: frozenset[str]
    syllables: tuple[str, ...]
    letters: str
    firsts: frozenset[str]


def credit_brand(signs: str, latin: str) -> float:
    """Return what a Chinese brand and one in Latin letters say for being one company's.

    It says how often the two would be seen together as one company's brand against how often by
    chance, from sound and initials alone. A high value does not say that they are one company:
    brands of one sound are many. A low one does not say that they are two: many brands share no
    sound, such as 浪潮 and *Inspur*, so that little speaks against.

    Args:
        signs: The brand in Han signs, simplified or not, without places, trades and legal forms.
        latin: The brand in Latin letters, likewise; blanks, case and signs are levelled.

    Returns:
        Natural log-odds from `LEAST` to `MOST`; 0 where nothing is known: one of the two is empty,
        has letters of another script, or signs that are not in the table.

    Source:
        Learned from names of companies listed in China (`tools/learn_brand_sounds.py`).

    Example:
        >>> credit_brand("海康威视", "Hikvision") > 1 > 0 > credit_brand("海康威视", "Inspur")
        True
        >>> credit_brand("天业", "Tian Ye") == credit_brand("天业", "tianye")
        True
        >>> credit_brand("ТМК", "tmk")
        0.0
    """
    return _credit(signs, latin)


@lru_cache(maxsize=50_000)
def hear_brand(signs: str) -> HeardBrand | None:
    """Return how a Chinese brand is read; None if it is empty or has signs that are not known.

    Example:
        >>> hear_brand("海康").letters, hear_brand("海康ABC")
        ('hk', None)
    """
    known = simplify("".join(signs.split()))[:LONGEST_SIGNS]
    if not HAN.fullmatch(known) or not all(read_sign(sign) for sign in known):
        return None
    usual = tuple(read_sign(sign)[0] for sign in known)
    return HeardBrand(
        signs=known,
        readings=frozenset(read_pinyin(known)),
        syllables=tuple(join_syllable(each) for each in usual),
        letters="".join(_first_letter(each) for each in usual),
        firsts=frozenset(_first_letter(each) for each in read_sign(known[0])),
    )


@lru_cache(maxsize=200_000)
def _credit(signs: str, latin: str) -> float:
    brand, words = hear_brand(signs), split_latin(latin)
    if not words or brand is None:
        return 0.0
    model = brand_model()
    features = list_features(model, brand, words)
    found = sum(model.weights[name] * value for name, value in features.items())
    return max(LEAST, min(MOST, found))


def split_latin(latin: str) -> tuple[str, ...]:
    """Return the words of a brand in Latin letters, lower case; empty if other letters are in it.

    Numbers are left out; a digit in a word stays, and spells no sign.

    Example:
        >>> split_latin("Tian-Ye 3"), split_latin("X2Y"), split_latin("Тянь")
        (('tian', 'ye'), ('x2y',), ())
    """
    if not latin.isascii():
        return ()
    level = "".join(each if each.isalnum() else " " for each in latin.lower()[:LONGEST_LATIN])
    return tuple(word for word in level.split() if not word.isdecimal())


def list_features(model: SoundModel, brand: HeardBrand, words: Sequence[str]) -> dict[str, float]:
    """Return what is measured of two brands, by the names of the coefficients.

    Args:
        model: The model.
        brand: The Chinese brand.
        words: Words in Latin letters, at least one.
    """
    latin = "".join(words)
    score, spelled, letters = align_brand(model, brand.signs, latin)
    features = {"bias": 1.0, "initials": credit_initials(model, brand.letters, words)}
    for name, low, high in zip("abcdefgh", model.knots, model.knots[1:], strict=False):
        features[name] = max(0.0, min(score, high) - low)
    is_other = _is_other_pinyin(brand, latin)
    features["first"] = float(words[0][0] in brand.firsts)
    features["signs_spelled"] = spelled / len(brand.signs)
    features["letters_spelled"] = letters / len(latin)
    features["wholly"] = float(letters == len(latin) and spelled == len(brand.signs))
    features["other_pinyin"] = float(is_other)
    features["other_pinyin_near"] = max(0.0, min(score, NEAR)) if is_other else 0.0
    features["single"] = float(len(brand.signs) == 1)
    return features


def _is_other_pinyin(brand: HeardBrand, latin: str) -> bool:
    """Tell whether letters are pinyin, but neither of these signs nor of a part of them.

    Many more syllables than signs are no pinyin, but English that could be: *sensetime*.
    """
    written = cut_syllables(latin)
    if not 0 < len(written) <= len(brand.signs) + 1 or latin in brand.readings:
        return False
    few, many = sorted((written, brand.syllables), key=len)
    return all(few != many[at : at + len(few)] for at in range(len(many) - len(few) + 1))


def _first_letter(syllable: Syllable) -> str:
    return syllable[1][0] if syllable[0] == NOTHING else syllable[0][0]


def credit_initials(model: SoundModel, letters: str, words: Iterable[str]) -> float:
    """Return how unlikely it is that a word holds the first letters of syllables by chance.

    Args:
        model: The model.
        letters: The letters that the syllables of a brand begin with.
        words: The words, lower case.

    Returns:
        Natural logarithm, positive; 0 if no word of two to five letters is how they begin.

    Example:
        >>> credit_initials(brand_model(), "byd", ["byd"]) > 0
        True
    """
    held = [word for word in words if len(word) in INITIALS and letters.startswith(word)]
    return max((-sum(model.letters[NOTHING, each] for each in word) for word in held), default=0.0)
