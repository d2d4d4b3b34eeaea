"""Natures of control of the UK register: the interest that each is, and the band of its share."""

import re
from functools import lru_cache

from answerable.model import ANY_SHARE, WHOLE, Share
from answerable.model.link import Directness, Interest

_PART = WHOLE // 4
_BANDS = {
    "25-to-50-percent": Share(_PART, 2 * _PART, low_open=True),
    "50-to-75-percent": Share(2 * _PART, 3 * _PART, low_open=True, high_open=True),
    "75-to-100-percent": Share(3 * _PART, WHOLE),
    "more-than-25-percent": Share(_PART, WHOLE, low_open=True),
}
_HOLDINGS: dict[str, Interest] = {
    "ownership-of-shares": "shareholding",
    "voting-rights": "votingRights",
    "right-to-share-surplus-assets": "rightsToSurplusAssetsOnDissolution",
    "part-right-to-share-surplus-assets": "rightsToSurplusAssetsOnDissolution",
}
_RIGHTS: dict[str, Interest] = {
    "right-to-appoint-and-remove-": "appointmentOfBoard",
    "significant-influence-or-control": "otherInfluenceOrControl",
    "registered-owner-as-nominee-": "nominator",
}
_HOLDING = re.compile(
    rf"(?P<what>{'|'.join(_HOLDINGS)})-(?P<band>{'|'.join(_BANDS)})(?P<how>-as-.+|-.+)?"
)


@lru_cache(maxsize=1024)
def read_nature(nature: str) -> tuple[Interest, Share | None]:
    """Return the type of interest and the band of a nature of control.

    Source:
        SI 2016/339, Schedule 2: over 25 up to and with 50; over 50 and under 75; 75 or more.

    Example:
        >>> read_nature("voting-rights-50-to-75-percent-as-trust")[1]
        Share(low=50000000, high=75000000, low_open=True, high_open=True)
        >>> read_nature("significant-influence-or-control")
        ('otherInfluenceOrControl', None)
    """
    if found := _HOLDING.fullmatch(nature):
        return _HOLDINGS[found["what"]], _BANDS[found["band"]]
    for start, interest in _RIGHTS.items():
        if nature.startswith(start):
            return interest, None
    return "unknownInterest", ANY_SHARE


def widen_shares(shares: list[Share]) -> Share | None:
    """Return the range of shares that one record states in several ways and that may be the same.

    At least the greatest least share is held; at most all of them together.
    """
    if len(shares) < 2:
        return shares[0] if shares else None
    low, low_open = max((share.low, share.low_open) for share in shares)
    high = sum(share.high for share in shares)
    return Share(low, min(high, WHOLE), low_open, high <= WHOLE and shares[0].high_open)


def tell_directness(natures: list[str]) -> Directness:
    """Return `indirect` where all is held through a trust or firm; the register tells no more."""
    return "indirect" if natures and all("-as-" in nature for nature in natures) else "unknown"
