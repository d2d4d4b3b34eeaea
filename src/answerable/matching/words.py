"""What a word is worth: what it adds where both names hold it, and takes where only one does."""

from functools import lru_cache
from math import log

from rapidfuzz.distance import OSA, Prefix

from answerable.matching.rarity import measure_rarity
from answerable.matching.scripts import count_consonants, fold_sound, skeleton
from answerable.matching.syllables import are_other_pinyin

MEANING = 4.0
"""What a translated word of a trade adds at most, however rare it is among English names."""

LETTER = 1.5
"""What a letter of a word adds at most that agrees by sound: short sounds agree by chance."""

PHRASED = 9.0
"""Rarity below which words mostly come in phrases and agree together."""

COST_MOST, COST_RISE, COST_BEND = 6.0, 0.15, 0.03
"""What a word takes at most that stands in one name only; and how that rises with its rarity."""

TYPO, TYPO_SHORT = 4.0, 5.0
"""What one changed letter takes from a word's worth; more in a word of four letters."""

FOREIGN = 10.0
"""Rarity from which a word that could be pinyin is taken for it: *chase* is English."""

PART = 4.0
"""What it takes from a word's worth that it is only the beginning of a longer one by sound."""

SOUNDED = 3.0
"""What it takes from a word's worth that it is spelled otherwise, though it sounds the same."""

LEAST_SPELLED = 4
"""Letters that a word has at least which may be another one in another spelling."""

COINED = 11.5
"""Rarity of longer words that no counted name holds: one near a common word is misspelt."""

RARE_CUT = 10.0
"""Rarity of beginnings of words that are no words of their own, as hardly a name holds them."""

LEAST_CUT = 3
"""Letters of the shortest beginning that stands for a common word, such as *che* for *chemical*."""

KIN_LETTERS = 5
"""Letters that kin words of trades begin with at least, such as industry and industrial."""


@lru_cache(maxsize=500_000)
def credit_word(word: str) -> float:
    """Return what a word adds that both names hold: its rarity, less for the words of trades.

    Common words come in phrases ("air conditioning equipment"), so that two of them say little
    more than one; they are worth less than their rarity.

    Args:
        word: A core word.

    Example:
        >>> credit_word("zyxomatic") > 12, credit_word("services") < 2.5
        (True, True)
    """
    rarity = measure_rarity(word)
    return rarity if rarity > PHRASED else rarity**2 / PHRASED


@lru_cache(maxsize=500_000)
def cost_alone(word: str) -> float:
    """Return what a word takes from the score that stands in one name only: the rarer, the more.

    Args:
        word: A core word.

    Example:
        >>> cost_alone("services") < 1, cost_alone("zyxomatic")
        (True, 6.0)
    """
    rarity = measure_rarity(word)
    return min(COST_MOST, COST_RISE * rarity + COST_BEND * rarity**2)


def credit_alike(word: str, near: str, sounds: frozenset[str]) -> float:
    """Return what two words add that may be one in two spellings, or of which one is a sound.

    Args:
        word: A core word.
        near: Another one.
        sounds: Words that are written by sound alone.

    Example:
        >>> credit_alike("rostelekom", "rostelecom", frozenset({"rostelekom"})) > 8
        True
    """
    if word in sounds or near in sounds:
        return max(credit_sound(word, near), credit_spelling(word, near))
    return max(credit_spelling(word, near), _credit_transliterated(word, near))


def are_unlike(word: str, near: str) -> bool:
    """Tell at one look that two words are no kin and not one word in two spellings.

    Args:
        word: A core word that is not written by its sound alone.
        near: Another one.

    Returns:
        True only if `credit_alike` and `credit_kin` are 0 for sure.

    Example:
        >>> are_unlike("zyxomatic", "quorbel"), are_unlike("zyxomatic", "zyxomatik")
        (True, False)
    """
    if word[0] == near[0]:
        return False
    shorter = min(len(word), len(near))
    return shorter < LEAST_SPELLED or OSA.distance(word, near, score_cutoff=2) > 2


def _credit_transliterated(word: str, near: str) -> float:
    """Return what two Latin words add that sound alike, as two ways to write a foreign word do."""
    if min(len(word), len(near)) < 5 or not (word.isascii() and near.isascii()):
        return 0.0
    rarity = min(measure_rarity(word), measure_rarity(near))
    if word[0] != near[0] or rarity <= PHRASED or fold_sound(word) != fold_sound(near):
        return 0.0
    return max(0.0, rarity - SOUNDED)


@lru_cache(maxsize=100_000)
def credit_sound(word: str, near: str) -> float:
    """Return what two words add of which one is written by its sound in another script.

    They agree if they sound alike; less if only their consonants agree, for scripts that leave
    vowels out, or if one letter differs, or if one is the beginning of the other.

    Args:
        word: A word in Latin letters.
        near: Another one.

    Example:
        >>> credit_sound("rostelekom", "rostelecom") > 8, credit_sound("gazprom", "rosneft")
        (True, 0.0)
    """
    rarity = min(measure_rarity(word), measure_rarity(near))
    one, other = fold_sound(word), fold_sound(near)
    if one == other:
        return min(rarity, LETTER * len(one))
    if are_other_pinyin(word, near):
        return 0.0
    bones = skeleton(word)
    if bones == skeleton(near) and (count := min(map(count_consonants, (word, near)))) > 2:
        return min(rarity, 2.0 * count)
    if min(len(one), len(other)) > 4 and OSA.distance(one, other, score_cutoff=1) <= 1:
        return max(0.0, min(rarity, LETTER * len(one)) - 3.0)
    if min(len(one), len(other)) > 3 and (one.startswith(other) or other.startswith(one)):
        return max(0.0, min(rarity, LETTER * min(len(one), len(other))) - PART)
    return 0.0


@lru_cache(maxsize=200_000)
def credit_spelling(word: str, near: str) -> float:
    """Return what two words add if they are one word in two spellings; 0 if that is unlikely.

    Letters may be swapped, lost or changed: one in a word of 4 to 8, two in a longer one; or the
    shorter word is the other's beginning, of at least four letters. Words in Han, Kana or Hangul
    of three signs or fewer get no credit: one sign there is another word. Of a common word, a
    misspelling or a beginning that no name is known to hold adds half of what the word itself adds.

    Args:
        word: A core word.
        near: Another one.

    Example:
        >>> credit_spelling("zyxomatic", "zyxomatik") > 5, credit_spelling("ltd", "led")
        (True, 0.0)
        >>> credit_spelling("srevices", "services") > 0, credit_spelling("che", "chemical") > 0
        (True, True)
    """
    shorter = min(len(word), len(near))
    if shorter < LEAST_CUT or "\u3040" <= word[0] <= "\ud7ff" or word[0].isdecimal():
        return 0.0
    rarity = min(measure_rarity(word), measure_rarity(near))
    if word.startswith(near) or near.startswith(word):
        cut = max(0.0, rarity - 5.0) if shorter >= LEAST_SPELLED else 0.0
        return max(cut, _credit_cut(word, near))
    allowed = 1 if shorter < 9 else 2
    distance = OSA.distance(word, near, score_cutoff=allowed)
    if shorter < LEAST_SPELLED or distance > allowed:
        return 0.0
    if rarity > FOREIGN and are_other_pinyin(word, near):
        return 0.0
    typo = TYPO_SHORT if shorter < 5 else TYPO
    spelled = max(0.0, rarity - typo - 1.5 * (distance - 1))
    return max(spelled, _credit_misspelt(word, near))


def _credit_cut(word: str, near: str) -> float:
    """Return what two words add of which one is the beginning of a common one, and else no word."""
    short, long = sorted((word, near), key=len)
    unknown = measure_rarity(short) >= RARE_CUT
    return credit_word(long) / 2 if unknown and measure_rarity(long) <= PHRASED else 0.0


def _credit_misspelt(word: str, near: str) -> float:
    """Return what two words add of which one is common, and the other no word but near it."""
    common, coined = sorted((word, near), key=measure_rarity)
    if measure_rarity(common) > PHRASED or measure_rarity(coined) < COINED:
        return 0.0
    return credit_word(common) / 2


@lru_cache(maxsize=200_000)
def credit_kin(word: str, near: str) -> float:
    """Return what two words of a trade add that are of one stem, such as industry and industrial.

    They are half of what the commoner of them is worth; 0 for words that are no kin, and for
    uncommon words, which are brands as often as trades.

    Args:
        word: A core word.
        near: Another one.

    Example:
        >>> credit_kin("industries", "industrial") > 1, credit_kin("internet", "international")
        (True, 0.0)
    """
    longer = max(len(word), len(near))
    at = Prefix.similarity(word, near)
    if at < KIN_LETTERS or 2 * at < longer:
        return 0.0
    if max(measure_rarity(word), measure_rarity(near)) > PHRASED:
        return 0.0
    return min(credit_word(word), credit_word(near)) / 2


def rarity_of_letters(letters: int) -> float:
    """Return how rare it is that so many letters agree by chance, in log-odds, cautiously.

    Example:
        >>> rarity_of_letters(3) < rarity_of_letters(5)
        True
    """
    return letters * log(26.0) * 0.75 - 1.0
