"""nomenklatura: candidates of its own index (`match_entities`), scored by logic-v2.

Whole, as its enrichment runs it: entities in its memory store, the index at its defaults (up to 75
candidates), every candidate scored.
"""

import csv
import tempfile
from heapq import nlargest
from pathlib import Path

from followthemoney import Dataset, StatementEntity
from nomenklatura.blocker import Index
from nomenklatura.matching import ScoringConfig, get_algorithm
from nomenklatura.resolver import Linker
from nomenklatura.store import MemoryStore
from race import Race, Ranked, read_names, run

DATASET = Dataset.make({"name": "listed", "title": "Listed"})


def search(race: Race) -> Ranked:
    """Rank the candidates of the index by logic-v2, the best of each supplier."""
    with race.phase("read"):
        suppliers, listed = read_names(race.suppliers), read_names(race.listed)
    with race.phase("index"), tempfile.TemporaryDirectory() as folder:
        view = _store(listed).default_view()
        index = Index(view, Path(folder))
        index.build()
        with race.phase("query"):
            found = _score(race, suppliers, index, view)
        index.close()
    race.seconds["index"] -= race.seconds["query"]
    return found


def _store(listed: list[str]) -> MemoryStore:
    store = MemoryStore(DATASET, Linker({}))
    with store.writer() as writer:
        for row, name in enumerate(listed):
            writer.add_entity(_entity(f"l{row}", name))
    return store


def _entity(entity_id: str, name: str) -> StatementEntity:
    content = {"id": entity_id, "schema": "Organization", "properties": {"name": [name]}}
    return StatementEntity.from_data(DATASET, content, cleaned=False)


def _score(race: Race, suppliers: list[str], index: Index, view) -> list[tuple[int, int, float]]:
    asked = {f"s{row}": _entity(f"s{row}", name) for row, name in enumerate(suppliers)}
    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()
    found = []
    for identifier, candidates in index.match_entities(asked.values()):
        one = asked[identifier.id]
        scored = (
            (algorithm.compare(one, view.get_entity(each.id), config).score, each.id)
            for each, _ in candidates
        )
        row = int(identifier.id[1:])
        found += [(row, int(at[1:]), score) for score, at in nlargest(race.most, scored)]
    return found


def compare(pairs: list[tuple[str, str]]) -> list[float]:
    """Score pairs by logic-v2, every entity with an id of its own."""
    algorithm, config = get_algorithm("logic-v2"), ScoringConfig.defaults()
    return [
        algorithm.compare(_entity(f"a{at}", one), _entity(f"b{at}", other), config).score
        for at, (one, other) in enumerate(pairs)
    ]


if __name__ == "__main__":
    csv.field_size_limit(1 << 24)
    run(search, compare, ("nomenklatura", "followthemoney", "rigour", "pyicu", "duckdb"))
