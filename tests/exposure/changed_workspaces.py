"""A small workspace of which every input can be changed, for tests of changes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from answerable import story
from answerable.engine.workspace import Workspace, make_workspace
from answerable.model.change import Changes, Difference, RowChange

DAY, LATER = date(2026, 11, 20), date(2026, 11, 24)

ROWS: tuple[Mapping[str, str], ...] = (
    {"Supplier": "Zyxomatic Mills Ltd", "Country": "gb", "LEI": ""},
    {"Supplier": "Quorbel Bakery Ltd", "Country": "gb", "LEI": ""},
    {"Supplier": "Vextrine Shops Ltd", "Country": "gb", "LEI": "549300XIVJCBIGMRUD48"},
)


def entry(key: str, name: str, **more: Any) -> dict[str, Any]:
    """Return a company and its listing as an FtM list holds them."""
    program = more.pop("program", "INV")
    return {
        "id": key,
        "name": name,
        "properties": {"name": [name, *more.pop("alias", [])], **more},
        "program": program,
    }


MILL = entry("mill", "Zyxomatic Mills Limited")
BAKERY = entry("bakery", "Quorbel Bakery")
LINDEN = entry("linden", "Lindentree Steel Works")


def collect(
    home: Workspace, edition: str, *entries: Mapping[str, Any], name: str = "my_list"
) -> None:
    """Collect an edition that holds some entries."""
    lines = []
    for each in entries:
        lines.append({"id": each["id"], "schema": "Company", "properties": each["properties"]})
        properties = {"entity": [each["id"]], "program": [each["program"]]}
        lines.append({"id": f"{each['id']}-s", "schema": "Sanction", "properties": properties})
    path = home.root.parent / f"{name}.ftm.json"
    path.write_text("".join(json.dumps(each) + "\n" for each in lines), encoding="utf-8")
    story.collect(home, name, [str(path)], edition=edition)


def make(folder: Path) -> Workspace:
    """Make a workspace with one list of one edition."""
    home = make_workspace(folder / "ws", "test", "0" * 32)
    collect(home, "2026-11-01", MILL, LINDEN)
    return home


def write_rows(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return a supplier file."""
    lines = ["Supplier,Country,LEI", *(",".join(row.values()) for row in rows)]
    return "\n".join(lines).encode()


def screen(
    home: Workspace, rows: Sequence[Mapping[str, str]] = ROWS, day: date = DAY, **options: Any
) -> story.Screened:
    """Screen rows on a day."""
    return story.screen(home, write_rows(rows), as_of=day, **options)


def compare(home: Workspace, old: story.Screened, new: story.Screened) -> Changes:
    """Compare two screenings that are kept."""
    return story.compare_screenings(home, old.screening.id, new.screening.id)


def tell(difference: Difference) -> tuple[str, str, str, tuple[str, ...]]:
    """Return what a difference is about, and the kinds of its causes."""
    kinds = tuple(cause.kind for cause in difference.causes)
    return difference.part, difference.kind, difference.about, kinds


def row_of(changes: Changes, name: str) -> RowChange:
    """Return the change of the row of a supplier."""
    [found] = [each for each in changes.rows if each.name.startswith(name)]
    return found
