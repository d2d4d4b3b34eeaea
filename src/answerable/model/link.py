"""Links between companies, persons and places: who owns, controls, supplies, operates, provides.

The vocabulary is FollowTheMoney's for the kind of a link and BODS' for an interest. A link is what
its source states for a time; nothing here multiplies or adds.
"""

from dataclasses import dataclass
from typing import Literal

WHOLE = 100_000_000
"""100 %, in millionths of a percent: the unit of every share."""

LinkKind = Literal[
    "ownership",
    "control",
    "directorship",
    "family",
    "joint_arrangement",
    "supply",
    "operation",
    "provision",
    "unknown",
    "same",
]
"""What a link is. `joint_arrangement` ties two owners who hold together; `same` joins two entries
that are one legal person, by an identifier, a judgement or a name match."""

Interest = Literal[
    "shareholding",
    "votingRights",
    "appointmentOfBoard",
    "otherInfluenceOrControl",
    "controlViaCompanyRulesOrArticles",
    "controlByLegalFramework",
    "boardMember",
    "boardChair",
    "seniorManagingOfficial",
    "nominee",
    "nominator",
    "rightsToSurplusAssetsOnDissolution",
    "rightsToProfitOrIncome",
    "settlor",
    "trustee",
    "protector",
    "beneficiaryOfLegalArrangement",
    "unknownInterest",
    "unpublishedInterest",
]
"""Types of interest of BODS 0.4 that rules ask for; others are read as `unknownInterest`."""

Directness = Literal["direct", "indirect", "unknown"]


@dataclass(frozen=True, slots=True)
class Share:
    """A share as a range, in millionths of a percent, each end open or closed.

    Args:
        low: Least share, 0 to `WHOLE`.
        high: Greatest share, `low` to `WHOLE`.
        low_open: Whether it is more than `low` (and not `low` itself).
        high_open: Whether it is less than `high`.

    Example:
        >>> band = Share(25_000_000, 50_000_000, low_open=True)
        >>> band.is_exact, ANY_SHARE.high == WHOLE
        (False, True)
    """

    low: int
    high: int
    low_open: bool = False
    high_open: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def words(self) -> str:
        """It in words, each end as exact as it is known.

        Example:
            >>> Share(50_000_000, 50_000_000).words, ANY_SHARE.words
            ('50 %', 'share not known')
            >>> Share(25_000_000, 50_000_000, low_open=True).words
            'over 25 % to 50 %'
            >>> Share(50_000_000, 75_000_000, low_open=True, high_open=True).words
            'over 50 % to under 75 %'
        """
        if self == ANY_SHARE:
            return "share not known"
        if self.is_exact:
            return say_percent(self.low)
        low = f"{'over ' if self.low_open else ''}{say_percent(self.low)}"
        return f"{low} to {'under ' if self.high_open else ''}{say_percent(self.high)}"


ANY_SHARE = Share(0, WHOLE)
"""What is known of a share of which nothing is known: never 0, never a guess."""


def say_percent(millionths: int) -> str:
    """Return a number of millionths of a percent as per cent, exactly.

    Example:
        >>> say_percent(14_200_000), say_percent(100_000_000), say_percent(1)
        ('14.2 %', '100 %', '0.000001 %')
    """
    whole, rest = divmod(millionths, 1_000_000)
    return f"{whole}.{rest:06d}".rstrip("0").rstrip(".") + " %"


@dataclass(frozen=True, slots=True)
class LinkSource:
    """Who states a link.

    Args:
        origin: Id of the list, register or case, such as `us_dod_1260h` or `case:huawei-uk`.
        edition: Edition or statement date, else None.
        citation: Statement id, page or row as printed, else None.
        url: Where it is published, else None.
        claim: Id of the filed claim it comes from, else None.
        probability: For a link that a name match made: that both ends are one legal person.
    """

    origin: str
    edition: str | None = None
    citation: str | None = None
    url: str | None = None
    claim: str | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A tie from one node to another, as one source states it for a time.

    Args:
        id: Its id, which carries its origin.
        kind: What it is.
        owner: Id of the node that owns, controls, directs, supplies, operates or provides.
        target: Id of the node that is owned, controlled, supplied ….
        source: Who states it.
        interest: Type of interest, for ownership and control; else None.
        share: Its size; None where the kind has none. Not known is `ANY_SHARE`.
        directness: Whether the source calls it direct.
        role: How the source words it, else None.
        start: ISO date (or year, or year and month) from which it holds, else None. What its
            source states and is no date is kept as stated, and counts as any day.
        end: ISO date from which it no longer holds, likewise; None where none is stated.
        components: Ids of the links of which this one is the sum, for an indirect holding that
            the source states beside its parts.
    """

    id: str
    kind: LinkKind
    owner: str
    target: str
    source: LinkSource
    interest: Interest | None = None
    share: Share | None = None
    directness: Directness = "unknown"
    role: str | None = None
    start: str | None = None
    end: str | None = None
    components: tuple[str, ...] = ()
