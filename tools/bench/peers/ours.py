"""answerable itself: its index, and the matches of every supplier.

By default the nearest names however far, as the peers give them; with `--option screen` only those
that a screening would bring up.
"""

from race import Race, Ranked, read_names, run

from answerable.matching.comparison import compare_names
from answerable.matching.index import NameIndex
from answerable.matching.matches import POSSIBLE, match_suppliers
from answerable.model import Company, Name, Supplier

HOWEVER_FAR = 1e-12
"""Threshold at which the ten nearest come, however improbable."""


def search(race: Race) -> Ranked:
    """Rank listed names by score, the best of each supplier."""
    with race.phase("read"):
        suppliers = [Supplier(row, name) for row, name in enumerate(read_names(race.suppliers))]
        listed = read_names(race.listed)
    with race.phase("index"):
        index = NameIndex(
            Company(f"bench:{row}", "Company", (Name(name),)) for row, name in enumerate(listed)
        )
    with race.phase("query"):
        threshold = POSSIBLE if race.option == "screen" else HOWEVER_FAR
        found = match_suppliers(suppliers, index, threshold=threshold)
    return (
        (row, int(match.company.id.partition(":")[2]), match.score)
        for row, each in enumerate(found)
        for match in each.matches[: race.most]
    )


def compare(pairs: list[tuple[str, str]]) -> list[float]:
    """Score pairs by probability."""
    return [compare_names(one, other).probability for one, other in pairs]


if __name__ == "__main__":
    run(search, compare, ("answerable",))
