"""answerable itself, as its command works: a list collected, its index kept, matched on all cores.

By default the nearest names however far, as the peers give them; with `--option screen` only those
that a screening would bring up.
"""

import sys
import tempfile
from pathlib import Path

from race import Race, Ranked, read_names, run

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from answerable import story
from answerable.matching.comparison import compare_names
from answerable.matching.index_store import keep_index
from answerable.matching.kernel import match_kept
from answerable.matching.nearest import measure_nearness
from answerable.matching.readings import list_parts
from answerable.model import Match, Supplier
from tools.bench.collecting import DAY, collect_names


def search(race: Race) -> Ranked:
    """Rank listed names by score, the best of each supplier."""
    with tempfile.TemporaryDirectory() as folder:
        with race.phase("read"):
            suppliers = [Supplier(row, name) for row, name in enumerate(read_names(race.suppliers))]
            workspace = collect_names(Path(folder), read_names(race.listed))
        with race.phase("index"):
            index = keep_index(workspace, story.lists(workspace, DAY))
        with race.phase("query"):
            nearest = race.option != "screen"
            found = match_kept(suppliers, index, threshold=0.5, nearest=nearest)
            return [
                (row, int(match.company.id.rpartition("-")[2]), rank(suppliers[row], match))
                for row, each in enumerate(found)
                for match in each.matches[: race.most]
            ]


def rank(supplier: Supplier, match: Match) -> float:
    """Return by what matches are ordered: the score, and how alike the names are written."""
    one, other = (list_parts(name)[0] for name in (supplier.name, match.name))
    return measure_nearness(match.score, one, other)


def compare(pairs: list[tuple[str, str]]) -> list[float]:
    """Score pairs by probability."""
    return [compare_names(one, other).probability for one, other in pairs]


if __name__ == "__main__":
    run(search, compare, ("answerable",))
