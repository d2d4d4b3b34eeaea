"""The columns of a table as a card names them: which field stands where, how cells are split."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable.errors import CardFaulty
from answerable.lists.reading import split_cell, tidy
from answerable.lists.tables import Row, Table, read_table
from answerable.model import Card

_SINGLE = (
    "name", "name_kind", "ground", "citation", "since", "until", "status", "parent", "remarks",
    "url", "id", "schema", "edition",
)  # fmt: skip
_SEVERAL = ("aliases", "weak_aliases", "previous_names", "countries", "addresses", "programs")


@dataclass(frozen=True, slots=True)
class Columns:
    """A card's columns, found in a table.

    Args:
        several: Field to its columns, each with place, mark of the split (or None) and heading.
        identifiers: Scheme, place, mark of the split and country code of identifiers.
    """

    several: Mapping[str, tuple[tuple[int, str | None, str], ...]]
    identifiers: tuple[tuple[str, int, str | None, str | None], ...]

    def cell(self, row: Row, field_name: str) -> str:
        """Return the cell of a field that has one column; blank if the card has none."""
        for place, _, _ in self.several.get(field_name, ()):
            return tidy(row.cells[place])
        return ""

    def first(self, rows: Sequence[Row], field_name: str) -> str:
        """Return the first cell of a field that is not blank, of rows that are one listing."""
        return next(filter(None, (self.cell(row, field_name) for row in rows)), "")

    def cells(self, row: Row, field_name: str) -> Iterator[tuple[str, str]]:
        """Yield each value of a field with the heading of its column."""
        for place, mark, heading in self.several.get(field_name, ()):
            for value in split_cell(row.cells[place], mark):
                yield value, heading


def open_table(files: Mapping[str, Path], card: Card) -> Table:
    """Return the table of a list, read with the card's options.

    Raises:
        TableError: The file cannot be read as a table.
    """
    [path] = list(files.values())[:1]
    wanted = set(_headings(card))

    def find_headings(rows: Sequence[tuple[str, ...]]) -> tuple[int | None, float]:
        found = [len(wanted & {" ".join(cell.split()) for cell in row}) for row in rows]
        best = max(found, default=0)
        return found.index(best) if found else None, float(best)

    is_text = path.suffix.lower() not in (".xlsx", ".ods", ".xls")
    return read_table(
        path,
        sheet=card.options.get("sheet"),
        encoding=card.options.get("encoding") if is_text else None,
        delimiter=card.options.get("delimiter") if is_text else None,
        find_headings=find_headings,
    )


def find_columns(table: Table, card: Card) -> Columns:
    """Return where a card's columns stand in a table.

    Raises:
        CardFaulty: The card maps no name, or a column that the table does not have.
    """
    if "name" not in card.columns:
        raise CardFaulty(card.id, "columns.name", "the reader table needs the column of the names")
    places = {heading.strip(): place for place, heading in enumerate(table.headings)}

    def place_of(heading: str, field_name: str) -> int:
        if heading.strip() not in places:
            shown = ", ".join(repr(each) for each in table.headings[:40])
            why = f"{table.file_name} has no column {heading!r}; it has {shown}"
            raise CardFaulty(card.id, f"columns.{field_name}", why)
        return places[heading.strip()]

    several = {
        name: tuple(
            (place_of(heading, name), mark, heading)
            for heading, mark, _ in _specs(card.columns.get(name))
        )
        for name in (*_SINGLE, *_SEVERAL)
    }
    identifiers = tuple(
        (scheme, place_of(heading, f"identifiers.{scheme}"), mark, country)
        for scheme, spec in card.columns.get("identifiers", {}).items()
        for heading, mark, country in _specs(spec)
    )
    return Columns(several, identifiers)


def _headings(card: Card) -> Iterator[str]:
    for spec in card.columns.values():
        nested = spec.values() if isinstance(spec, dict) and "heading" not in spec else [spec]
        for each in nested:
            yield from (heading for heading, _, _ in _specs(each))


def _specs(spec: Any) -> Iterator[tuple[str, str | None, str | None]]:
    """Yield heading, split and country of what a card says of a field's columns."""
    if isinstance(spec, list):
        for each in spec:
            yield from _specs(each)
    elif isinstance(spec, dict):
        yield spec["heading"], spec.get("split"), spec.get("country")
    elif spec is not None:
        yield spec, None, None
