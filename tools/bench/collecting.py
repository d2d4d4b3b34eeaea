"""Listed names as a list that answerable collects: FollowTheMoney JSON lines."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from answerable import story
from answerable.engine.workspace import Workspace

DAY = date(2026, 1, 1)
"""Edition of the list, and the day for which it is searched."""


def collect_names(folder: Path, names: Iterable[str]) -> Workspace:
    """Return a workspace in which every name is a listed company of its own.

    Args:
        folder: Where the list is written and the workspace is made.
        names: The names; the company of row 7 has the id `bench:n-7`.
    """
    workspace = story.init(folder / "workspace")
    path = folder / "bench.ftm.json"
    with path.open("w", encoding="utf-8") as file:
        for row, name in enumerate(names):
            key = f"n-{row}"
            file.write(_write_entity(key, "Company", name=name))
            file.write(_write_entity(f"s-{row}", "Sanction", entity=key))
    story.collect(workspace, "bench", [str(path)], edition=DAY.isoformat())
    return workspace


def _write_entity(key: str, schema: str, **properties: str) -> str:
    content = {name: [value] for name, value in properties.items()}
    return json.dumps({"id": key, "schema": schema, "properties": content}) + "\n"
