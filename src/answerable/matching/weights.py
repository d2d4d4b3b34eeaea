"""What the parts of two names weigh: reasons in log-odds that add up to a score.

Every reason is the logarithm of how much more often it is seen between names of one company than
between names of two. What a shared word says comes from its rarity; the other coefficients, and the
calibration that makes a score a probability, are read from `data/weights.json`.

Weighing is symmetric: swapping the two names swaps the words of the reasons and nothing else.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import exp, inf, log

from answerable.matching.alignment import Alignment, align, credit_short_name, mend_places, settle
from answerable.matching.coefficients import coefficients
from answerable.matching.evidence import Evidence, Side
from answerable.matching.families import (
    BRAND_CREDIT,
    count_bodies,
    count_tiers,
    count_words,
    is_body,
    is_trade,
    shares_brand,
    soften,
    weigh_family,
)
from answerable.matching.fields import (
    most_of_fields,
    weigh_addresses,
    weigh_countries,
    weigh_forms,
    weigh_identifiers,
    weigh_numbers,
    weigh_places,
)
from answerable.matching.names import NameParts
from answerable.matching.words import cost_alone
from answerable.model import Reason

SHARE_LISTED = 0.02
"""Assumed share of suppliers that are on the lists searched; the prior divides it by the names."""

ASKED = coefficients().asked
"""Prior of two names that somebody asks about: about one pair in twenty is one company."""

AGREEING = ("token", "spelling", "kin", "short_form")
"""Reasons that a word agrees, in one way or another."""

LEAST_KIN = -0.01
"""What the possibility of a family must take to be given as a reason."""

ROUNDING = 1e-6
"""More than sums of reasons differ by the order in which they are added."""

TRANSLATED = 0.4  # share of its cost that a word of a trade takes across scripts
GENERIC_MOST = 4.0  # what a word adds at most that very many names hold


@dataclass(frozen=True, slots=True)
class Prior(Reason):
    """The reason that stands before any comparison.

    Args:
        use: Which calibration holds: `pair`, `search`, or none.
    """

    use: str = ""


@dataclass(frozen=True, slots=True)
class Weight:
    """What speaks for and against two names being one legal person's.

    Args:
        score: Sum of the reasons.
        reasons: The strongest first.
        shares_name: Whether a distinctive name is shared, so that the two may be affiliates.
        use: Which calibration makes the score a probability; none if it is log-odds as it is.
    """

    score: float
    reasons: tuple[Reason, ...]
    shares_name: bool
    use: str = ""

    @property
    def shares_words(self) -> bool:
        """Whether the names share a core word, or two spellings of one."""
        return any(each.reason in AGREEING for each in self.reasons)

    @property
    def only_omits(self) -> bool:
        """Whether the first name just leaves out what the second has, and nothing else differs."""
        against = {each.reason for each in self.reasons if each.log_odds < 0}
        return against <= {"omitted", "prior", "family"}

    @property
    def probability(self) -> float:
        """The calibrated score as a probability of one legal person, from 0 to 1."""
        odds = coefficients().curve_of(self.use).follow(self.score)
        return 1.0 / (1.0 + exp(-odds)) if odds > -700 else 0.0


def log_odds(probability: float) -> float:
    """Return a probability as natural log-odds; the way back is `Weight.probability`.

    Args:
        probability: Over 0; 1 gives infinity.

    Example:
        >>> log_odds(0.5)
        0.0
    """
    return log(probability / (1.0 - probability)) if probability < 1 else inf


def score_of(probability: float, use: str) -> float:
    """Return the score from which on a use has at least this probability.

    Args:
        probability: Over 0; 1 gives infinity.
        use: `pair` or `search`.

    Example:
        >>> score_of(0.1, "search") < score_of(0.5, "search") < score_of(0.9, "search")
        True
    """
    return coefficients().curve_of(use).reach(log_odds(probability))


def prior_among(names: int) -> Prior:
    """Return the reason that stands before any comparison: the odds of one pair among many.

    Args:
        names: Distinct names that are searched, at least 1. The more there are, the more often
            two agree by chance, and the more must speak for a match.

    Example:
        >>> prior_among(1_000).log_odds > prior_among(1_000_000).log_odds
        True
    """
    log_odds_of_one = log(SHARE_LISTED / max(1, names))
    return Prior("prior", f"one of {names:,} names searched", log_odds_of_one, "search")


def prior_of_pair() -> Prior:
    """Return the prior of two names that somebody asks about, with no list to search."""
    return Prior("prior", "two names that were asked about", ASKED, "pair")


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
        >>> from answerable.matching.evidence import side_of
        >>> zy, zyu = side_of("Zyxomatic Ltd"), side_of("ZYXOMATIC LIMITED")
        >>> weigh(zy, zyu, prior_of_pair()).probability > 0.9
        True
    """
    found = find_evidence(one, other)
    return _add_up(found, prior, shares_name=shares_brand(found.one, found.other))


def weigh_above(one: Side, other: Side, prior: Reason, floor: float) -> Weight | None:
    """Weigh two names as `weigh` does, unless they cannot reach a score and share no name.

    Most names that are laid side by side share too little. That is known from their words alone,
    before anything else is weighed, since what else may agree adds little.

    Args:
        one: The supplier's side.
        other: The listed company's side.
        prior: What is assumed before looking.
        floor: Score that matters, in log-odds.

    Returns:
        What `weigh` returns; None only where its score is under the floor and it shares no name.

    Example:
        >>> from answerable.matching.evidence import side_of
        >>> one, other = side_of("Zyxomatic Services Ltd"), side_of("Quorbel Services Ltd")
        >>> weigh_above(one, other, prior_of_pair(), -2.0) is None
        True
    """
    seen, aligned = _lay_words(one, other)
    shares_name = shares_brand(seen.one, seen.other)
    if not shares_name:
        words = sum([reason.log_odds for reason in seen.reasons])
        if prior.log_odds + words + _most_of_fields(seen, one, other) < floor - ROUNDING:
            return None
    _weigh_rest(seen, aligned, one, other)
    return _add_up(seen, prior, shares_name=shares_name)


def _most_of_fields(seen: Evidence, one: Side, other: Side) -> float:
    mine, theirs = seen.one, seen.other
    return most_of_fields(
        (len(mine.places), len(theirs.places)),
        whole=mine.key == theirs.key,
        numbers=bool(mine.numbers and theirs.numbers),
        countries=bool(one.countries and other.countries),
        addresses=bool(one.addresses and other.addresses),
    )


def find_evidence(one: Side, other: Side) -> Evidence:
    """Return what agrees and differs between two sides, before any prior or family is weighed.

    Args:
        one: The supplier's side.
        other: The listed company's side.

    Example:
        >>> from answerable.matching.evidence import side_of
        >>> found = find_evidence(side_of("Zyxomatic 3 Ltd"), side_of("Zyxomatic 4 Limited"))
        >>> sorted(found.counted)
        ['legal_form_agrees', 'number_differs']
    """
    seen, aligned = _lay_words(one, other)
    _weigh_rest(seen, aligned, one, other)
    return seen


def _lay_words(one: Side, other: Side) -> tuple[Evidence, Alignment | None]:
    """Return what the words of two names say, and how they lie; None where one is a short form."""
    mine, theirs = settle(one.parts, other.parts), settle(other.parts, one.parts)
    mine, theirs = mend_places(mine, theirs), mend_places(theirs, mine)
    seen = Evidence(mine, theirs)
    if _weigh_short_name(seen, mine, theirs):
        return seen, None
    aligned = align(mine, theirs)
    is_read = mine.is_read or theirs.is_read
    seen.reasons += [*aligned.agreed, *_leave(aligned, is_read=is_read)]
    return seen, aligned


def _weigh_rest(seen: Evidence, aligned: Alignment | None, one: Side, other: Side) -> None:
    """Add all that is not said by the words alone."""
    mine, theirs = seen.one, seen.other
    if aligned:
        _weigh_kin(seen, aligned)
        weigh_numbers(seen, mine.numbers, theirs.numbers)
        weigh_places(seen, one, other)
    weigh_forms(seen, mine, theirs)
    weigh_countries(seen, one.countries, other.countries)
    weigh_addresses(seen, one.addresses, other.addresses)
    weigh_identifiers(seen, one.identifiers, other.identifiers)


def _add_up(seen: Evidence, prior: Reason, *, shares_name: bool) -> Weight:
    score = prior.log_odds + sum(reason.log_odds for reason in seen.reasons)
    kin = soften(score, weigh_family(seen.differences))
    if kin < LEAST_KIN:
        detail = "what differs may tell another company of the same name or family"
        seen.reasons.append(Reason("family", detail, kin))
        score += kin
    reasons = sorted(seen.reasons, key=lambda each: (-abs(each.log_odds), each.reason, each.detail))
    use = prior.use if isinstance(prior, Prior) else ""
    return Weight(score, (*reasons, prior), shares_name, use)


def _weigh_short_name(seen: Evidence, one: NameParts, other: NameParts) -> bool:
    """Weigh that one whole name is a short form of the other, and tell whether it is."""
    short = credit_short_name(one, other)
    if short > 0:
        shown = f"{' '.join(one.words)} ~ {' '.join(other.words)}"
        seen.reasons.append(Reason("short_form", shown, short))
    return short > 0


def _weigh_kin(seen: Evidence, aligned: Alignment) -> None:
    """Count by which words, tiers and bodies two of a family differ, and weigh the whole name."""
    one, other = seen.one, seen.other
    is_read = one.is_read or other.is_read
    body = any(is_body(word) and word in other.core for word in one.core)
    seen.differences |= count_words(
        aligned.mine,
        aligned.theirs,
        agreed=len(aligned.agreed),
        branded=not body and any(each.log_odds >= BRAND_CREDIT for each in aligned.agreed),
        style=_style_of(one, other, is_read=is_read and not body),
    )
    near = sum(each.reason == "kin" for each in aligned.agreed)
    seen.differences |= {"trade_near": float(near)} if near else {}
    seen.differences |= count_bodies(aligned.mine, aligned.theirs) | count_tiers(one, other)
    whole = one.key == other.key
    if aligned.agreed and all(map(_is_generic, aligned.agreed)) and not (whole and one.places):
        seen.add("generic", "only words agree that very many names hold", "generic_agrees")
    elif whole:
        shown = "the whole name agrees, but for legal form"
        seen.add("exact", shown, "whole_name_agrees", "whole")


def _style_of(one: NameParts, other: NameParts, *, is_read: bool) -> str:
    if is_read:
        return "read"
    return "full" if one.forms and other.forms else ""


def _is_generic(agreed: Reason) -> bool:
    return agreed.reason == "token" and agreed.log_odds < GENERIC_MOST


def _leave(aligned: Alignment, *, is_read: bool) -> list[Reason]:
    """Return what the words take that stand in one name only; translations differ more."""
    return [
        *[_leave_word(word, "unmatched", "first", is_read) for word in aligned.mine],
        *[_leave_word(word, "omitted", "second", is_read) for word in aligned.theirs],
    ]


@lru_cache(maxsize=100_000)
def _leave_word(word: str, kind: str, where: str, is_read: bool) -> Reason:
    cost = cost_alone(word)
    if is_read and is_trade(word):
        cost *= TRANSLATED
    return Reason(kind, f"{word} stands only in the {where} name", -cost)
