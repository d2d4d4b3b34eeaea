"""What the parts of two names weigh: reasons in log-odds that add up to a score.

Every reason is the logarithm of how much more often it is seen between names of one company than
between names of two. The weights of this first engine were set by hand (`docs/matching.md` says
how they were tried); the form stays when they are learned.

Weighing is symmetric: swapping the two names swaps the words of the reasons and nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from math import exp, inf, log

from rapidfuzz.distance import OSA

from answerable.matching.names import NameParts, Place, list_lead_pairs, take_apart
from answerable.matching.rarity import COMMON, describe_rarity, measure_rarity
from answerable.matching.scripts import fold_sound, skeleton
from answerable.model import Reason
from answerable.model.countries import country_name

SHARE_LISTED = 0.02
"""Assumed share of suppliers that are on the lists searched; the prior divides it by the names."""

ASKED = -5.0
"""Prior of two names that somebody asks about: about one pair in 150 is one company."""

DISTINCTIVE = 10.6
"""Rarity from which a shared word makes a name distinctive: in fewer than 5 of 183,000 names."""

UNUSUAL, GENERIC, PAIR_LEAST = 9.7, 5.2, 11.0
"""Rarities of a lead that is nearly distinctive, of words that say little, of a pair's words."""

MEANING = 4.0
"""What a translated word of a trade adds at most, however rare it is among English names."""

LETTER = 1.5
"""What a letter of a word adds at most that agrees by sound: short sounds agree by chance."""

PHRASED = 9.0
"""Rarity below which words mostly come in phrases and agree together."""

LEGAL_FORM_AGREES, LEGAL_FORM_DIFFERS = 0.5, -1.5
# Numbers and places that differ outweigh any shared brand: sister companies share brands.
NUMBER_AGREES, NUMBER_DIFFERS, NUMBER_ABSENT = 2.0, -14.0, -3.0
PLACE_AGREES, PLACE_DIFFERS = 2.0, -14.0
COUNTRY_ABSENT, PLACE_ABSENT = -10.0, -2.5
PLACE_IN_COUNTRY, PLACE_OUT_OF_COUNTRY = 0.5, -12.0
WHOLE_NAME_AGREES = 1.5
COUNTRY_AGREES, COUNTRY_DIFFERS = 1.5, -3.0
IDENTIFIER_DIFFERS = -6.0


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a name taken apart, and what else is known of its bearer.

    Args:
        parts: The name.
        countries: Countries of the bearer, lower case; empty if not known, which is neutral.
        identifiers: Scheme to value of identifiers that identify.
    """

    parts: NameParts
    countries: tuple[str, ...] = ()
    identifiers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Weight:
    """What speaks for and against two names being one legal person's.

    Args:
        score: Sum of the reasons.
        reasons: The strongest first.
        shares_name: Whether a distinctive name is shared, so that the two may be affiliates.
    """

    score: float
    reasons: tuple[Reason, ...]
    shares_name: bool

    @property
    def shares_words(self) -> bool:
        """Whether the names share a core word, or two spellings of one."""
        return any(each.reason in ("token", "spelling") for each in self.reasons)

    @property
    def only_omits(self) -> bool:
        """Whether the first name just leaves out what the second has, and nothing else differs."""
        against = {each.reason for each in self.reasons if each.log_odds < 0}
        return against <= {"omitted", "prior"}

    @property
    def probability(self) -> float:
        """The score as a probability of one legal person, from 0 to 1."""
        return 1.0 / (1.0 + exp(-self.score)) if self.score > -700 else 0.0


def log_odds(probability: float) -> float:
    """Return a probability as natural log-odds; the way back is `Weight.probability`.

    Args:
        probability: Over 0; 1 gives infinity.

    Example:
        >>> log_odds(0.5)
        0.0
    """
    return log(probability / (1.0 - probability)) if probability < 1 else inf


def side_of(name: str, country: str | None = None) -> Side:
    """Return the side of a name as printed, with its bearer's country if known."""
    return Side(take_apart(name), (country,) if country else ())


def prior_among(names: int) -> Reason:
    """Return the reason that stands before any comparison: the odds of one pair among many.

    Args:
        names: Distinct names that are searched, at least 1. The more there are, the more often
            two agree by chance, and the more must speak for a match.

    Example:
        >>> prior_among(1_000).log_odds > prior_among(1_000_000).log_odds
        True
    """
    return Reason("prior", f"one of {names:,} names searched", log(SHARE_LISTED / max(1, names)))


def prior_of_pair() -> Reason:
    """Return the prior of two names that somebody asks about, with no list to search."""
    return Reason("prior", "two names that were asked about", ASKED)


def weigh(one: Side, other: Side, prior: Reason) -> Weight:
    """Weigh what speaks for and against two names being one legal person's.

    Args:
        one: The supplier's side.
        other: The listed company's side.
        prior: What is assumed before looking (see `prior_among`).

    Returns:
        Score and reasons; a high score says that the names agree in what is rare, not that the
        companies are one, and nothing about either company's conduct.

    Example:
        >>> zy, zyu = side_of("Zyxomatic Ltd"), side_of("ZYXOMATIC LIMITED")
        >>> round(weigh(zy, zyu, prior_of_pair()).probability, 2)
        1.0
    """
    one = replace(one, parts=_settle(one.parts, other.parts))
    other = replace(other, parts=_settle(other.parts, one.parts))
    reasons = [
        *_weigh_words(one.parts, other.parts),
        *_weigh_whole(one.parts, other.parts),
        *_weigh_numbers(one.parts.numbers, other.parts.numbers),
        *_weigh_places(one, other),
        *_weigh_forms(one.parts.forms, other.parts.forms),
        *_weigh_identifiers(one.identifiers, other.identifiers),
    ]
    reasons.sort(key=lambda reason: (-abs(reason.log_odds), reason.reason, reason.detail))
    score = prior.log_odds + sum(reason.log_odds for reason in reasons)
    return Weight(score, (*reasons, prior), _shares_brand(one.parts, other.parts))


def _settle(parts: NameParts, other: NameParts) -> NameParts:
    """Return a name whose parts are put as the other name has them, where they may be."""
    if not parts.slots:
        return parts
    theirs = {*other.core, *(word for slot in other.slots for way in slot for word in way)}
    core = [word for slot in parts.slots for word in max(slot, key=lambda way: _meet(way, theirs))]
    return replace(parts, core=tuple(core), slots=())


def _meet(way: Sequence[str], theirs: set[str]) -> float:
    """Return how well one way of putting a part meets the words of another name."""
    return sum(1.0 if word in theirs else -0.3 for word in way)


def _weigh_words(one: NameParts, other: NameParts) -> list[Reason]:
    mine, theirs = list(one.core), list(other.core)
    meanings = one.meanings | other.meanings
    shared = [word for word in mine if word in other.core]
    reasons = []
    for word in dict.fromkeys(shared):
        rarity = measure_rarity(word)
        detail = f"{word} = {word} ({describe_rarity(rarity)})"
        credit = credit_word(word)
        if word in meanings:
            credit = min(credit, MEANING)
        reasons.append(Reason("token", detail, credit))
    mine = [word for word in mine if word not in shared]
    theirs = [word for word in theirs if word not in shared]
    reasons += _pair_whole(mine, theirs)
    reasons += _pair_joined(mine, theirs)
    reasons += _pair_spellings(mine, theirs, one.sounds | other.sounds)
    reasons += [_only(word, "unmatched") for word in dict.fromkeys(mine)]
    reasons += [_only(word, "omitted") for word in dict.fromkeys(theirs)]
    return reasons


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


def _pair_whole(mine: list[str], theirs: list[str]) -> list[Reason]:
    """Take out all words if they are the same letters with the blanks elsewhere."""
    whole = "".join(mine)
    if len(whole) < 6 or whole != "".join(theirs) or mine == theirs:
        return []
    detail = f"{' '.join(mine)} = {' '.join(theirs)}"
    mine.clear()
    theirs.clear()
    return [Reason("token", detail, min(measure_rarity(whole), LETTER * len(whole)))]


def _pair_joined(mine: list[str], theirs: list[str]) -> list[Reason]:
    """Take out neighbours that are one word on the other side, such as `hai ge` and `haige`."""
    reasons = []
    for split, whole in ((mine, theirs), (theirs, mine)):
        for first, second in tuple(pairwise(split)):
            if first + second in whole and first in split and second in split:
                whole.remove(first + second)
                split.remove(first)
                split.remove(second)
                rarity = measure_rarity(first + second) - 1.0
                reasons.append(Reason("token", f"{first} {second} = {first + second}", rarity))
    return reasons


def _pair_spellings(mine: list[str], theirs: list[str], sounds: frozenset[str]) -> list[Reason]:
    """Take out words that are likely one word spelled in two ways, the likeliest first."""
    pairs = [
        (credit, word, near)
        for word in set(mine)
        for near in set(theirs)
        if (credit := credit_alike(word, near, sounds)) > 0
    ]
    reasons = []
    for credit, word, near in sorted(pairs, key=lambda pair: (-pair[0], *sorted(pair[1:]))):
        if word in mine and near in theirs:
            mine.remove(word)
            theirs.remove(near)
            reasons.append(Reason("spelling", f"{word} ~ {near}", credit))
    return reasons


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
    return credit_spelling(word, near)


@lru_cache(maxsize=100_000)
def credit_sound(word: str, near: str) -> float:
    """Return what two words add of which one is written by its sound in another script.

    They agree if they sound alike; less if only their consonants agree, for scripts that leave
    vowels out, or if one letter differs.

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
    bones = skeleton(word)
    if len(bones) > 2 and bones == skeleton(near):
        return min(rarity, 2.0 * len(bones))
    if min(len(one), len(other)) > 4 and OSA.distance(one, other, score_cutoff=1) <= 1:
        return max(0.0, min(rarity, LETTER * len(one)) - 3.0)
    return 0.0


@lru_cache(maxsize=200_000)
def credit_spelling(word: str, near: str) -> float:
    """Return what two words add if they are one word in two spellings; 0 if that is unlikely.

    Letters may be swapped, lost or changed: one in a word of 5 to 8, two in a longer one; or the
    shorter word is the other's beginning, of at least four letters. Words in Han, Kana or Hangul
    of three signs or fewer get no credit: one sign there is another word.

    Args:
        word: A core word.
        near: Another one.

    Example:
        >>> credit_spelling("zyxomatic", "zyxomatik") > 5, credit_spelling("ltd", "led")
        (True, 0.0)
    """
    shorter = min(len(word), len(near))
    rarity = min(measure_rarity(word), measure_rarity(near))
    if shorter < 4 or ("\u3040" <= word[0] <= "\ud7ff" and shorter < 4):
        return 0.0
    if word.startswith(near) or near.startswith(word):
        return max(0.0, rarity - 5.0)
    allowed = 1 if shorter < 9 else 2
    if shorter < 5 or word[0].isdecimal():
        return 0.0
    distance = OSA.distance(word, near, score_cutoff=allowed)
    return max(0.0, rarity - 2.5 - 1.5 * distance) if distance <= allowed else 0.0


def _only(word: str, kind: str) -> Reason:
    where = "first" if kind == "unmatched" else "second"
    return Reason(kind, f"{word} stands only in the {where} name", -cost_alone(word))


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
    return min(6.0, 0.15 * rarity + 0.03 * rarity**2)


def _weigh_whole(one: NameParts, other: NameParts) -> list[Reason]:
    uncommon = any(measure_rarity(word) >= COMMON for word in one.core)
    if one.key != other.key or not uncommon:
        return []
    return [Reason("exact", "the whole name agrees, but for legal form", WHOLE_NAME_AGREES)]


def _weigh_numbers(one: Sequence[str], other: Sequence[str]) -> list[Reason]:
    if not one and not other:
        return []
    if set(one) == set(other):
        return [Reason("number", f"the same number: {', '.join(one)}", NUMBER_AGREES)]
    shown = f"{', '.join(one) or 'none'} / {', '.join(other) or 'none'}"
    if one and other:
        return [Reason("number", f"different numbers: {shown}", NUMBER_DIFFERS)]
    return [Reason("number", f"a number on one side only: {shown}", NUMBER_ABSENT)]


def _weigh_places(one: Side, other: Side) -> list[Reason]:
    mine = {place.key: place for place in one.parts.places}
    theirs = {place.key: place for place in other.parts.places}
    reasons = [
        Reason("place", f"the same place: {place.words}", PLACE_AGREES)
        for key, place in mine.items()
        if key in theirs
    ]
    only_mine = [place for key, place in mine.items() if key not in theirs]
    only_theirs = [place for key, place in theirs.items() if key not in mine]
    if only_mine and only_theirs:
        reasons += _weigh_other_places(only_mine, only_theirs)
    else:
        reasons += [_weigh_place(place, other, "place") for place in only_mine]
        reasons += [_weigh_place(place, one, "omitted") for place in only_theirs]
    return reasons + _weigh_countries(one.countries, other.countries)


def _weigh_other_places(mine: list[Place], theirs: list[Place]) -> list[Reason]:
    shown = f"{mine[0].words} / {theirs[0].words}"
    ours = {place.country for place in mine}
    if ours & {place.country for place in theirs} and _is_whole(mine) != _is_whole(theirs):
        return [Reason("place", f"a place and its country: {shown}", PLACE_IN_COUNTRY)]
    return [Reason("place", f"different places: {shown}", PLACE_DIFFERS)]


def _is_whole(places: list[Place]) -> bool:
    return all(place.level == "country" for place in places)


def _weigh_place(place: Place, other: Side, kind: str) -> Reason:
    """Weigh a place that stands in one name only, against the countries of the other's bearer."""
    known = set(other.countries)
    detail = f"{place.words} stands only in the {'first' if kind == 'place' else 'second'} name"
    if place.country in known:
        detail += ", the other company is in that country"
        whole = place.level == "country"
        return Reason(kind, detail, PLACE_IN_COUNTRY if whole else PLACE_ABSENT)
    if known and place.country != "zz":
        detail += f"; the other company is in {_name_countries(known)}"
        return Reason("place", detail, PLACE_OUT_OF_COUNTRY)
    large = place.level in ("country", "continent")
    return Reason(kind, detail, COUNTRY_ABSENT if large else PLACE_ABSENT)


def _name_countries(codes: Iterable[str]) -> str:
    return ", ".join(country_name(code) for code in sorted(codes))


def _weigh_countries(one: Sequence[str], other: Sequence[str]) -> list[Reason]:
    if not one or not other:
        return []
    both = sorted(set(one) & set(other))
    if both:
        return [Reason("country", f"the same country: {_name_countries(both)}", COUNTRY_AGREES)]
    shown = f"{_name_countries(one)} / {_name_countries(other)}"
    return [Reason("country", f"different countries: {shown}", COUNTRY_DIFFERS)]


def _weigh_forms(one: Sequence[str], other: Sequence[str]) -> list[Reason]:
    mine, theirs = set(one) - {"company"}, set(other) - {"company"}
    if not mine or not theirs:
        return []
    if mine & theirs:
        shown = f"the same kind of legal form: {sorted(mine & theirs)[0]}"
        return [Reason("legal_form", shown, LEGAL_FORM_AGREES)]
    shown = f"different legal forms: {sorted(mine)[0]} / {sorted(theirs)[0]}"
    return [Reason("legal_form", shown, LEGAL_FORM_DIFFERS)]


def _weigh_identifiers(one: dict[str, str], other: dict[str, str]) -> list[Reason]:
    return [
        Reason(
            "identifier", f"different {scheme}: {one[scheme]} / {other[scheme]}", IDENTIFIER_DIFFERS
        )
        for scheme in sorted(one.keys() & other.keys())
        if one[scheme] != other[scheme]
    ]


def is_distinctive(word: str) -> bool:
    """Tell whether a word is so rare that two names that it leads look like one brand.

    Example:
        >>> is_distinctive("zyxomatic"), is_distinctive("services")
        (True, False)
    """
    return len(word) > 1 and measure_rarity(word) >= DISTINCTIVE


def _shares_brand(one: NameParts, other: NameParts) -> bool:
    """Tell whether two names begin alike in a way that few names do, so that they may be kin.

    Places aside, the word that leads both is distinctive; or it is unusual, or makes with the next
    word or a shared place a pair that few names have, and one of the names holds nothing else but
    common words (both of them, where the lead is an acronym of three letters).
    """
    length = _count_shared_lead(one.core, other.core)
    if length == 0:
        return False
    lead = one.core[0]
    if is_distinctive(lead):
        return True
    rests = (one.core[length:], other.core[length:])
    plain = [all(measure_rarity(word) < GENERIC for word in rest) for rest in rests]
    if not any(plain):
        return False
    unusual = is_unusual(lead) and (len(lead) > 3 or all(plain))
    return unusual or _shares_pair(one, other)


def is_unusual(word: str) -> bool:
    """Tell whether a word is so rare that names it leads may be one brand, if little else differs.

    Example:
        >>> is_unusual("zyxomatic"), is_unusual("services"), is_unusual("zy")
        (True, False, False)
    """
    return len(word) > 2 and measure_rarity(word) >= UNUSUAL


def _count_shared_lead(one: Sequence[str], other: Sequence[str]) -> int:
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _shares_pair(one: NameParts, other: NameParts) -> bool:
    """Tell whether a leading pair is shared that is rare, though its words are not all common."""
    shared = set(list_lead_pairs(one)) & set(list_lead_pairs(other))
    return any(
        measure_rarity(pair) >= DISTINCTIVE and sum(map(measure_rarity, pair.split())) >= PAIR_LEAST
        for pair in shared
    )
