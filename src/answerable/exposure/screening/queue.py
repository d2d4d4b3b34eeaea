"""The queue: in which order a reviewer looks at findings. It is apart from the probability.

A probability tells how likely two names are one company; many exact names are equally likely. What
is worth a reviewer's next minute is another question: whether an identifier agrees, what the list
or the claim is about, how rare the shared name is, and how near the listed company stands.
"""

from collections.abc import Iterable

from answerable.model import Finding, Match, Path
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

CLAIMED = GRAVITY.index("human_rights")
"""Where a filed claim stands among the classes of ground."""

_WORDS = frozenset({"exact", "token", "spelling", "short_form"})
_RANKS = {ground: place for place, ground in enumerate(GRAVITY)}

Place = tuple[int, int, int, int, int, int, int, str]
"""What findings are ordered by: the smallest first; the row and the finding's id come last."""


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


def sort_findings(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in which something was found, in the order in which they are read.

    Args:
        findings: Findings in any order.

    Returns:
        By `place_finding`; empty if nothing was found.
    """
    return sorted((each for each in findings if each.status in FOUND), key=place_finding)


def list_judged_apart(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings of which every match was judged, in force, to be another company.

    They have no place in the queue; they are shown apart, so that it can be seen and undone.
    """
    return [each for each in findings if each.matches and each.status not in FOUND]


def place_finding(finding: Finding) -> Place:
    """Return where a finding stands in the queue; no two rows have the same place.

    Returns:
        In this order: whether an identifier agrees (0) or not (1); the status, confirmed first;
        the gravest class of ground of a listing, a filed claim counted as human rights; how rare
        the shared name is, the rarest first, in whole units of log-odds; how many links lie
        between the supplier and the nearest listed or named company, 0 where it may be that one
        itself; whether a judgement is open again (0) or not (1); the row, and the id. The
        probability is not among them.
    """
    return (
        0 if any(map(agrees_by_identifier, finding.counted)) else 1,
        STATUSES.index(finding.status),
        _weigh_grounds(finding),
        -max(map(measure_rarity, finding.counted), default=0),
        _distance(finding),
        0 if any(map(_is_reopened, finding.matches)) else 1,
        finding.supplier.row,
        finding.id,
    )


def sort_queue(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in the order in which a reviewer looks at them: judged ones last.

    Args:
        findings: Findings in any order.

    Returns:
        Those with matches: first those of which a match is still to be judged, then those left
        unsure, then those that are judged, each part by `place_finding`.
    """
    found = (each for each in findings if each.matches)
    return sorted(found, key=lambda each: (_count_looks(each), place_finding(each)))


def _count_looks(finding: Finding) -> int:
    """Return 2 where all is judged, 1 where a reviewer was unsure of what is left, else 0."""
    return 2 if is_judged(finding) else int(all(each.verdict for each in finding.matches))


def is_judged(finding: Finding) -> bool:
    """Tell whether a reviewer judged all matches same or different, in force, and none is left."""
    verdicts = {match.verdict for match in finding.matches}
    settled = bool(verdicts) and verdicts <= {"same", "different"}
    return settled and ("same" in verdicts or not finding.more_matches)


def _is_reopened(match: Match) -> bool:
    return match.judgement is not None and match.judgement["state"] in ("reopened", "expired")


def agrees_by_identifier(match: Match) -> bool:
    """Tell whether an identifier speaks for a match."""
    return any(each.reason == "identifier" and each.log_odds > 0 for each in match.reasons)


def measure_rarity(match: Match) -> int:
    """Return how much the words that a supplier and a company share tell, in whole log-odds.

    A word that every second company bears tells nothing; one that only these two bear tells much.
    """
    shared = (each.log_odds for each in match.reasons if each.reason in _WORDS)
    return round(sum(each for each in shared if each > 0))


def _weigh_grounds(finding: Finding) -> int:
    listings = (each for match in finding.counted for each in match.company.listings)
    ranks = [rank_ground(each.ground_class) for each in listings]
    return min([*ranks, CLAIMED] if finding.claims else ranks, default=len(_RANKS))


def _distance(finding: Finding) -> int:
    if any(match.relation == "same" or match.verdict == "same" for match in finding.counted):
        return 0
    return min(map(count_ties, finding.paths), default=1)


def count_ties(path: Path) -> int:
    """Return how many links of a path tie two companies, name matches not counted."""
    return sum(link.kind != "same" for link in path.links)
