"""In which order findings are shown: the most telling first, then by what the listing is about."""

from collections.abc import Iterable, Sequence

from answerable.model import Finding, Match
from answerable.model.finding import STATUSES

GRAVITY: tuple[str, ...] = (
    "forced_labour",
    "human_rights",
    "sanctions",
    "debarment",
    "export_control",
    "national_security",
    "investment_ban",
    "other",
)
"""Classes of ground in the order in which a person is shown them."""

FOUND = ("confirmed", "match", "possible")
"""Statuses of a row for which something was found."""

_RANKS = {ground: place for place, ground in enumerate(GRAVITY)}


def rank_ground(ground: str) -> int:
    """Return the place of a class of ground among `GRAVITY`; an unknown class comes last.

    Example:
        >>> rank_ground("forced_labour"), rank_ground("unheard_of")
        (0, 8)
    """
    return _RANKS.get(ground, len(_RANKS))


def list_grounds(matches: Iterable[Match]) -> list[str]:
    """Return the classes of ground under which companies are listed, in the order of `GRAVITY`.

    Args:
        matches: Matches of a finding or of a whole screening.

    Returns:
        Each class once; empty if there is no listing.
    """
    used = {listing.ground_class for match in matches for listing in match.company.listings}
    return sorted(used, key=lambda ground: (rank_ground(ground), ground))


def sort_findings(findings: Sequence[Finding]) -> list[Finding]:
    """Return the findings in which something was found, in the order in which they are read.

    Args:
        findings: Findings in any order.

    Returns:
        Confirmed first, then matches, then possible ones; within each by the gravest class of
        ground, then by probability, then by row. Empty if nothing was found.
    """
    found = [finding for finding in findings if finding.status in FOUND]
    return sorted(found, key=_rank)


def _rank(finding: Finding) -> tuple[int, int, float, int]:
    listings = (each for match in finding.matches for each in match.company.listings)
    ground = min((rank_ground(each.ground_class) for each in listings), default=len(_RANKS))
    best = max((match.probability for match in finding.matches), default=0.0)
    return STATUSES.index(finding.status), ground, -best, finding.supplier.row
