"""Labelled pairs as numbers: how often each coefficient applies, for the likeliest reading.

A pair's score is the softer of two sums: one company against two strangers, and one company against
two of a family. Both are linear in the coefficients, so that they can be learned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from rapidfuzz import fuzz

from answerable.matching.evidence import EVIDENCE, Evidence, Side
from answerable.matching.families import FAMILY, soften, weigh_family
from answerable.matching.normal_form import normalise
from answerable.matching.readings import list_parts
from answerable.matching.weights import AGREEING, ASKED, find_evidence
from tools.training.pairs import LabelledPair

ALIKE = 80.0
"""Ratio of letters, of 100, from which on two names look alike."""

Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Features:
    """Pairs as rows.

    Args:
        strangers: What all words add, then how often each entry of `EVIDENCE` is among the
            reasons.
        family: A one for `one`, then how often each other entry of `FAMILY` applies.
        comparable: Whether somebody may ask about a pair: it shares a word that is not of the
            commonest, a spelling of one or a short form, and names in Latin letters look alike.
        strata: Stratum of each pair (see `stratum_of`).
    """

    strangers: Matrix
    family: Matrix
    comparable: np.ndarray[Any, np.dtype[np.bool_]]
    strata: tuple[str, ...]

    def rows(self, kept: Matrix) -> "Features":
        """Return the rows that are kept."""
        strata = tuple(each for each, keep in zip(self.strata, kept, strict=True) if keep)
        return Features(self.strangers[kept], self.family[kept], self.comparable[kept], strata)


STRANGER_NAMES = ("words", *sorted(EVIDENCE))
FAMILY_NAMES = tuple(FAMILY)


def count_features(pairs: Sequence[LabelledPair]) -> Features:
    """Return the features of the likeliest reading of each pair, in the order of the pairs.

    Cost:
        About 100 µs per pair of readings.
    """
    found = [_likeliest(pair.one, pair.other) for pair in pairs]
    return Features(
        strangers=np.array([_count_strangers(each) for each in found]),
        family=np.array([_count_family(each) for each in found]),
        comparable=np.array(
            [
                _shares(each) and look_alike(pair.one, pair.other)
                for each, pair in zip(found, pairs, strict=True)
            ]
        ),
        strata=tuple(stratum_of(pair.one, pair.other) for pair in pairs),
    )


def _likeliest(one: str, other: str) -> Evidence:
    readings = [
        find_evidence(Side(left), Side(right))
        for left in list_parts(one)
        for right in list_parts(other)
        if not (left.is_read and right.is_read)
    ]
    return max(readings, key=_score)


def _score(found: Evidence) -> float:
    score = ASKED + sum(reason.log_odds for reason in found.reasons)
    return score + soften(score, weigh_family(found.differences))


def stratum_of(one: str, other: str) -> str:
    """Return the stratum of a pair: `across` scripts, `latin`, or `within` another script.

    Example:
        >>> stratum_of("Zyxomatic", "Quorbel"), stratum_of("示例", "Shili")
        ('latin', 'across')
    """
    latin = _is_latin(one), _is_latin(other)
    return "latin" if all(latin) else "across" if any(latin) else "within"


def look_alike(one: str, other: str) -> bool:
    """Tell whether the words of one name are about those of the other, or some of them.

    By letters alone, so that it does not depend on what is learned. About a third of the names that
    share an identifier do not look alike: former names, translations, a brand for a company.

    Example:
        >>> look_alike("Zyxomatic Mills", "ZYXOMATIC"), look_alike("Zyxomatic Mills", "Quorbel")
        (True, False)
    """
    if stratum_of(one, other) != "latin":
        return True
    return fuzz.token_set_ratio(normalise(one), normalise(other)) >= ALIKE


def _is_latin(name: str) -> bool:
    return all(letter < "\u0250" for letter in name if letter.isalpha())


def _count_strangers(found: Evidence) -> list[float]:
    counted = sum(EVIDENCE[name] * times for name, times in found.counted.items())
    words = sum(reason.log_odds for reason in found.reasons) - counted
    return [words, *(found.counted.get(name, 0.0) for name in STRANGER_NAMES[1:])]


def _count_family(found: Evidence) -> list[float]:
    counted = dict.fromkeys(FAMILY_NAMES, 0.0) | found.differences | {"one": 1.0}
    return [counted[name] for name in FAMILY_NAMES]


def _shares(found: Evidence) -> bool:
    shares = any(each.reason in AGREEING for each in found.reasons)
    return shares and "generic_agrees" not in found.counted
