"""Suppliers on no list that are brought up: how many of 1,000 at each threshold, and for what.

The register of sponsors is searched among the full lists. A sponsor whose first match is listed
with an address in the United Kingdom is counted apart; everybody else who is brought up is counted
as a false alarm, unread. So the figures are bounds from above: some of them are listed companies,
and many that share a name are their affiliates.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.engine.workspace import Workspace
from answerable.exposure.screening.screening import is_listed
from answerable.lists.selection import select_companies
from answerable.matching.index import NameIndex
from answerable.matching.matches import SupplierMatches, match_suppliers
from answerable.model import Company, Match, Name, Supplier
from tools.bench.commands import AS_OF
from tools.bench.labels import Pair
from tools.bench.scoring import SEED, bound_of_budget, find_mean_interval
from tools.bench.tables import lay_out

THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)

BUDGETS = (1, 5, 20)
"""Suppliers on no list that a reviewer has time for, per 1,000."""

HOME = "gb"
OTHERS = 20_000
"""Sponsors that stand for suppliers on no list where budgets are measured."""

AFFILIATES = (
    "Cosco Shipping (UK) Company Limited",
    "China Mobile International (UK) Limited",
    "China Unicom (Europe) Operations Limited",
    "China Telecom (Europe) Limited",
    "CRRC Times Electric UK Limited",
)
"""UK companies that bear the distinctive name of a listed group and are to be brought up."""

NAMESAKES = ("Experian Ltd", "Ministry of Defence")
"""UK bodies that are not to be taken for companies of their name on the lists."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sponsor that was brought up.

    Args:
        probability: Of the likeliest match that says it is the company; 0 if a name is only
            shared.
        at_home: Whether that company is listed with an address in the United Kingdom.
    """

    probability: float
    at_home: bool


def list_companies(workspace: Workspace, without: Sequence[str] = ()) -> list[Company]:
    """Return the companies that stand on the lists of a workspace, without those of some lists."""
    selection = select_companies(workspace, AS_OF)
    return [
        each
        for each in selection.companies
        if is_listed(each, selection) and each.id.partition(":")[0] not in without
    ]


def search_sponsors(names: Sequence[str], index: NameIndex) -> list[Alarm]:
    """Return the sponsors that are brought up, in the order of the register."""
    rows = [Supplier(row, name) for row, name in enumerate(names)]
    found = match_suppliers(rows, index, threshold=THRESHOLDS[0])
    return [_alarm(each) for each in found if each.matches]


def _alarm(found: SupplierMatches) -> Alarm:
    best = max(found.matches, key=_likelihood)
    return Alarm(_likelihood(best), HOME in best.company.countries)


def _likelihood(match: Match) -> float:
    return match.probability if match.relation == "same" else 0.0


def tabulate_alarms(alarms: Sequence[Alarm], sponsors: int) -> str:
    """Return how many of 1,000 sponsors are a match, and how many possible, at each threshold."""
    rows = []
    for threshold in THRESHOLDS:
        above = [each for each in alarms if each.probability >= threshold]
        home = sum(each.at_home for each in above)
        false, below = len(above) - home, len(alarms) - len(above)
        counts = (len(above), home, false)
        shares = (_per_thousand(false, sponsors), _per_thousand(below, sponsors))
        rows.append([f"{threshold:g}", *(f"{count:,}" for count in counts), *shares])
    headings = ["threshold", "match", "listed in the UK", "others", "others per 1,000"]
    return lay_out([*headings, "possible per 1,000"], rows)


def _per_thousand(count: int, of: int) -> str:
    return f"{1000 * count / max(1, of):.2f}"


def count_expected(index: NameIndex, threshold: float = 0.5) -> tuple[int, int]:
    """Return how many of `AFFILIATES` are brought up, and how many of `NAMESAKES` are a match."""
    names = (*AFFILIATES, *NAMESAKES)
    rows = [Supplier(row, name, country=HOME) for row, name in enumerate(names)]
    found = match_suppliers(rows, index, threshold=threshold)
    raised = sum(bool(each.matches) for each in found[: len(AFFILIATES)])
    taken = sum(
        any(_likelihood(match) >= threshold for match in each.matches)
        for each in found[len(AFFILIATES) :]
    )
    return raised, taken


def measure_budgets(
    pairs: Sequence[Pair], companies: Sequence[Company], sponsors: Sequence[str]
) -> str:
    """Return the recall when only so many suppliers on no list may be brought up.

    One pair per group: the other name stands for a listed company, the first for its supplier.

    Args:
        pairs: Labelled pairs; those that are not the same are passed over.
        companies: Companies that are listed besides, which hold none of the groups.
        sponsors: Names that stand for suppliers on no list; a sample is drawn.
    """
    chosen = {pair.group: pair for pair in reversed(pairs) if pair.same}
    planted = [Company(f"pair:{group}", "Company", (Name(p.other),)) for group, p in chosen.items()]
    index = NameIndex([*planted, *companies])
    drawn = random.Random(SEED).sample(list(sponsors), min(OTHERS, len(sponsors)))  # noqa: S311
    others = [max((m.score for m in each.matches), default=-99.0) for each in _find(drawn, index)]
    right: dict[str, list[float]] = {}
    found = _find([pair.one for pair in chosen.values()], index)
    for (group, pair), each in zip(chosen.items(), found, strict=True):
        best = max(each.matches, key=lambda match: match.score, default=None)
        is_right = best is not None and best.company.id == f"pair:{group}"
        right.setdefault(pair.section, []).append(best.score if best and is_right else -100.0)
    rows = [_budget_row(section, right[section], others) for section in sorted(right)]
    rows.append(
        _budget_row("**all**", [score for each in right.values() for score in each], others)
    )
    return lay_out(["source", "companies", *(f"{budget} per 1,000" for budget in BUDGETS)], rows)


def _find(names: Sequence[str], index: NameIndex) -> list[SupplierMatches]:
    rows = [Supplier(row, name) for row, name in enumerate(names)]
    return match_suppliers(rows, index, threshold=0.001)


def _budget_row(section: str, right: Sequence[float], others: Sequence[float]) -> list[str]:
    cells = []
    for budget in BUDGETS:
        bound = bound_of_budget(others, budget)
        found = {str(at): [float(score > bound)] for at, score in enumerate(right)}
        low, high = find_mean_interval(found)
        recall = sum(score > bound for score in right) / len(right)
        cells.append(f"{recall:.3f} ({low:.3f} to {high:.3f})")
    return [section, f"{len(right):,}", *cells]
