"""Families of names: companies that share a distinctive name, and are not one legal person.

A brand that two names share tells that they have to do with each other. Whether they are one legal
person or two of a family, such as a parent and its subsidiary, only the rest of the names can
tell: words of trades, places, numbers and legal forms that one name has and the other has not.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp, log1p

from answerable.lists.persons import is_personal
from answerable.matching.coefficients import coefficients
from answerable.matching.names import NameParts, pair_lead
from answerable.matching.rarity import measure_rarity
from answerable.matching.tiers import find_tiers

DISTINCTIVE = 10.6
"""Rarity from which a shared word makes a name distinctive: in fewer than 5 of 183,000 names."""

UNUSUAL, GENERIC, PAIR_LEAST = 9.7, 5.2, 11.0
"""Rarities of a lead that is nearly distinctive, of words that say little, of a pair's words."""

TIERS = frozenset(("group", "holding", "branch"))
"""Tiers that tell one company of a family from another (`tiers.find_tiers`)."""

LONGEST_REST = 5
"""Words that follow a lead at most that is not distinctive by itself."""

CORPORATION = frozenset(("corporation", "corp"))
"""Words of a Latin name that may translate the group of a name in another script."""

BODIES = {
    word: kind
    for kind, words in (
        ("learning", "university universities institute polytechnic academy college faculty"),
        ("hospital", "hospital hospitals clinic"),
        ("school", "school schools"),
        ("bank", "bank banking banks"),
        ("fund", "fund funds"),
        ("trust", "trust trusts"),
        ("insurance", "insurance assurance reinsurance"),
    )
    for word in words.split()
}
"""Words that tell kinds of bodies, and the kinds: a hospital of a university is another body."""

BRAND_CREDIT = 6.0
"""What a word adds at least that is the name rather than the trade: without one, trades are it."""

BRAND = 9.0
"""Rarity from which a word that stands in one name only is another brand rather than a trade."""

Lead = tuple[tuple[str, ...], tuple[str, ...]]
"""Core words of a name, and the words of each of its places."""

FAMILY: Mapping[str, float] = coefficients().family
"""What each difference says for one company (over 0) or for two of a family, in log-odds."""


def weigh_family(differences: Mapping[str, float]) -> float:
    """Return the log-odds of one company against two of a family, if the brand is the same.

    Args:
        differences: How often each kind of difference or agreement occurs; kinds of `FAMILY`.

    Example:
        >>> weigh_family({}) > 0 > weigh_family({"number_differs": 1})
        True
    """
    return FAMILY["one"] + sum(FAMILY[kind] * times for kind, times in differences.items())


def soften(score: float, family: float) -> float:
    """Return what the possibility of a family takes from a score: at most 0.

    The two ways of not being one company, being strangers and being of one family, add up; the
    likelier decides.

    Args:
        score: Log-odds of one company against strangers.
        family: Log-odds of one company against two of a family.

    Example:
        >>> soften(2.0, 40.0) > -0.01, round(soften(40.0, 2.0), 2)
        (True, -38.0)
    """
    gap = score - family
    return -(gap + log1p(exp(-gap))) if gap > 0 else -log1p(exp(gap))


def count_words(
    mine: Sequence[str], theirs: Sequence[str], *, agreed: int, branded: bool, style: str
) -> dict[str, float]:
    """Return the differences in words that stand in one name only, by kind.

    Args:
        mine: Words of the first name that are not in the second.
        theirs: The other way round.
        agreed: Words that agree.
        branded: Whether a word agrees that is the name rather than the trade.
        style: How the names are written: `read` if one is of another script, because translations
            differ more; `full` if both have a legal form and so are written out; else empty.
    """
    trades = [sum(is_trade(word) for word in words) for words in (mine, theirs)]
    brands = sum(measure_rarity(word) >= BRAND for word in (*mine, *theirs))
    read, full = ("_read" if style == "read" else "", f"_{style}" if style else "")
    counted = {
        "trade_agrees": min(3, max(0, agreed - 1)),
        f"trade_differs{read}": min(3, *trades),
        f"trade_absent{full}": min(3, abs(trades[0] - trades[1])),
        f"name_word{read}": 0 if branded else min(3, max(trades)),
        "brand_absent": min(2, brands),
    }
    return {kind: float(times) for kind, times in counted.items() if times}


@lru_cache(maxsize=100_000)
def _is_tier(word: str) -> bool:
    return bool(find_tiers((word,)))


def count_tiers(one: NameParts, other: NameParts) -> dict[str, float]:
    """Return whether two names mean different companies of a family, as one kind of difference.

    That one is a company of shares and the other is not is left to the legal form. A corporation
    of a name in Latin letters may translate the group of a name in another script.
    """
    mine, theirs = (TIERS.intersection(name.tiers) for name in (one, other))
    if one.is_read and CORPORATION.intersection(other.words):
        mine -= {"group"} - theirs
    if other.is_read and CORPORATION.intersection(one.words):
        theirs -= {"group"} - mine
    return {} if mine == theirs else {"tier_absent": 1.0}


def count_bodies(one: Sequence[str], other: Sequence[str]) -> dict[str, float]:
    """Return whether two names are of different kinds of bodies, as one kind of difference.

    Args:
        one: Core words of a name.
        other: Core words of another.
    """
    mine, theirs = ({BODIES[word] for word in core if word in BODIES} for core in (one, other))
    return {} if mine == theirs else {"body_differs": 1.0}


def is_body(word: str) -> bool:
    """Tell whether a word names a kind of body, such as a bank.

    Example:
        >>> is_body("bank"), is_body("steel")
        (True, False)
    """
    return word in BODIES


def is_trade(word: str) -> bool:
    """Tell whether a word says what a company does rather than which it is.

    Example:
        >>> is_trade("services"), is_trade("group"), is_trade("zyxomatic")
        (True, False, False)
    """
    return measure_rarity(word) < BRAND and not _is_tier(word)


def is_distinctive(word: str) -> bool:
    """Tell whether a word is so rare that two names that it leads look like one brand.

    Example:
        >>> is_distinctive("zyxomatic"), is_distinctive("services")
        (True, False)
    """
    return len(word) > 1 and measure_rarity(word) >= DISTINCTIVE


def shares_brand(one: NameParts, other: NameParts) -> bool:
    """Tell whether two names begin alike in a way that few names do, so that they may be kin.

    Args:
        one: A name taken apart.
        other: Another one.

    Places aside, the word that leads both is distinctive; or it is unusual, or makes with the next
    word or a shared place a pair that few names have, and one of the names holds nothing else but
    common words (both of them, where the lead is an acronym of three letters), and neither goes
    on long, as names do that begin with a usual word. A person's name is no brand.
    """
    return lead_alike(_lead_of(one), _lead_of(other))


def lead_alike(one: Lead, other: Lead) -> bool:
    """Tell whether two names share a brand (see `shares_brand`), by their words and places alone.

    Args:
        one: Core words of a name, and the words of each of its places.
        other: Those of another one.

    Example:
        >>> lead_alike((("zyxomatic", "mills"), ()), (("zyxomatic", "services"), ("hangzhou",)))
        True
    """
    core, other_core = one[0], other[0]
    if core[:1] != other_core[:1] or not core or is_personal(core[0]):
        return False
    lead = core[0]
    if is_distinctive(lead):
        return True
    length = _count_shared_lead(core, other_core)
    rests = (core[length:], other_core[length:])
    if max(map(len, rests)) > LONGEST_REST:
        return False
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


def _lead_of(parts: NameParts) -> Lead:
    return parts.core, tuple([place.words for place in parts.places])


def _shares_pair(one: Lead, other: Lead) -> bool:
    """Tell whether a leading pair is shared that is rare, though its words are not all common."""
    shared = set(pair_lead(*one)) & set(pair_lead(*other))
    return any(
        measure_rarity(pair) >= DISTINCTIVE and sum(map(measure_rarity, pair.split())) >= PAIR_LEAST
        for pair in shared
    )
