"""Comparisons: two names, a name and all listed ones, a file of pairs."""

import csv
import io
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from answerable.engine.files import write_whole
from answerable.engine.workspace import Workspace
from answerable.errors import ColumnsUnclear, UsageError
from answerable.lists.selection import select_companies
from answerable.lists.tables import Table, read_table
from answerable.matching.comparison import compare_names, explain
from answerable.matching.index import ListedName, NameIndex
from answerable.matching.index_store import open_index
from answerable.matching.nearest import find_nearest
from answerable.matching.weights import Weight
from answerable.model import Coverage
from answerable.model.countries import read_country
from answerable.story.editions import Tell, today
from answerable.story.screenings import prepare_index

PAIR_HEADINGS = "Give the two columns of names the headings name1 and name2."
"""What to do where a file of pairs has no such columns."""


def compare(
    one: str, other: str, *, country: str | None = None, other_country: str | None = None
) -> Weight:
    """Tell how alike two names are, and why (see `matching.comparison.compare_names`).

    Args:
        one: A name.
        other: Another name.
        country: Country of the first in any spelling, if known.
        other_country: Of the second.

    Raises:
        UsageError: A country is not known.

    Example:
        >>> compare("Zyxomatic Mills Ltd", "ZYXOMATIC MILLS LIMITED").probability > 0.9
        True
    """
    return compare_names(
        one, other, country=_country(country), other_country=_country(other_country)
    )


def _country(text: str | None) -> str | None:
    if not text:
        return None
    code = read_country(text)
    if code is None:
        raise UsageError(f"{text!r} is no country that is known. Give its ISO code, such as gb.")
    return code


def look_up(
    workspace: Workspace,
    name: str,
    *,
    country: str | None = None,
    as_of: date | None = None,
    most: int = 5,
) -> tuple[list[tuple[ListedName, Weight]], Coverage]:
    """Return the listed names that come nearest to a name, however far: why, and why not.

    Args:
        workspace: Whose lists are searched.
        name: A supplier's name.
        country: Its country in any spelling, if known.
        as_of: The newest editions up to this day; by default today.
        most: How many names at most.

    Returns:
        Names with their weights as a screening weighs them, the nearest first; and the coverage.
        Empty if no listed name shares a word with it.

    Raises:
        UsageError: The country is not known.
        ListError: A list cannot be used.
    """
    selection = select_companies(workspace, as_of or today(), workspace.lists or None)
    index = prepare_index(workspace, selection, lambda *_: None)
    opened = index if isinstance(index, NameIndex) else open_index(index)
    nearest = find_nearest(name, _country(country), opened, most=most)
    return nearest, selection.coverage


def compare_pairs(
    pairs: Path | bytes, out: Path | None, *, threshold: float = 0.5, tell: Tell = lambda *_: None
) -> int:
    """Compare the names of a CSV of pairs and write it again with three more columns.

    Args:
        pairs: CSV with columns `name1` and `name2`, and `country1` and `country2` if known;
            all its columns are kept.
        out: CSV to write, or None for stdout.
        threshold: Probability from which `same` is 1.
        tell: Told about progress.

    Returns:
        How many pairs were compared. A country that is not known counts as blank.

    Raises:
        TableError: The file cannot be read.
        ColumnsUnclear: `name1` or `name2` is missing.
    """
    table = read_table(pairs)
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([*table.headings, "probability", "same", "explanation"])
    for done, scored in enumerate(_score_pairs(table, threshold), start=1):
        writer.writerow(scored)
        if done % 1000 == 0:
            tell("Comparing", done, len(table.rows))
    _write_text(written.getvalue(), out)
    return len(table.rows)


def _score_pairs(table: Table, threshold: float) -> Iterable[list[Any]]:
    places = {heading.strip().casefold(): at for at, heading in enumerate(table.headings)}
    for needed in ("name1", "name2"):
        if needed not in places:
            raise ColumnsUnclear(table.file_name, needed, table.headings, advice=PAIR_HEADINGS)

    def cell(row: Sequence[str], name: str) -> str:
        return row[places[name]].strip() if name in places else ""

    for row in table.rows:
        weight = compare_names(
            cell(row.cells, "name1"),
            cell(row.cells, "name2"),
            country=read_country(cell(row.cells, "country1")),
            other_country=read_country(cell(row.cells, "country2")),
        )
        same = int(weight.probability >= threshold)
        yield [*row.cells, f"{weight.probability:.6f}", same, "; ".join(explain(weight))]


def _write_text(text: str, out: Path | None) -> None:
    data = text.encode("utf-8", "replace")
    if out is None:
        sys.stdout.buffer.write(data)
        return
    with write_whole(out) as file:
        file.write(data)
