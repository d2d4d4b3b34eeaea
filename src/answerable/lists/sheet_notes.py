"""What is known of a sheet besides the values of its cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from lxml import etree

from answerable.model import Problem

Range = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each as row and column from 0."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """What is odd about one cell.

    Args:
        kind: `error`, `formula` (without a stored value), `digits` (too many) or `merged`.
        column: Place of its column, from 0.
        problem: What is odd, as a sentence.
    """

    kind: str
    column: int
    problem: Problem


@dataclass(slots=True)
class SheetNotes:
    """What a sheet hides: errors, formulas without a stored value, hidden rows, merged cells.

    Args:
        name: The sheet's name.
        height: Rows up to the last filled cell.
        width: Columns up to the last filled cell.
        oddities: One for each odd cell.
        problems: One for all hidden rows.
        merged: Merged ranges, where the reader of values does not tell them.
    """

    name: str
    height: int = 0
    width: int = 0
    oddities: list[Oddity] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)

    @property
    def grid(self) -> int:
        """Cells from the first corner to the last filled cell."""
        return self.height * self.width

    def note_error(self, row: int, column: int, value: str) -> None:
        """Note a cell that holds an error such as #N/A; it is read as blank."""
        sentence = f"Cell {cell_name(row, column)} holds the error {value}, and is read as blank."
        self._note("error", row, column, sentence, value)

    def note_formula(self, row: int, column: int) -> None:
        """Note a formula whose value was never stored; it is read as blank."""
        sentence = (
            f"Cell {cell_name(row, column)} holds a formula without a stored value, and is read as "
            "blank. Open the workbook in a spreadsheet program and save it again."
        )
        self._note("formula", row, column, sentence)

    def _note(
        self, kind: str, row: int, column: int, sentence: str, value: str | None = None
    ) -> None:
        problem = Problem(sentence, row=row, value=value, sheet=self.name)
        self.oddities.append(Oddity(kind, column - 1, problem))

    def note_hidden(self, rows: list[tuple[int, int]]) -> None:
        """Note hidden rows, given as first and last; they are read like all others."""
        if rows:
            shown = ", ".join(f"{a}" if a == b else f"{a} to {b}" for a, b in rows[:10])
            shown += " …" if len(rows) > 10 else ""
            self.problems.append(
                Problem(
                    f"Hidden rows are read like all others: {shown}.",
                    sheet=self.name,
                )
            )


def cell_name(row: int, column: int) -> str:
    """Return a cell's name from its row and column, both from 1.

    Example:
        >>> cell_name(4, 28)
        'AB4'
    """
    letters = ""
    while column > 0:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return f"{letters}{row}"


def column_number(letters: str) -> int:
    """Return a column's number from 1.

    Example:
        >>> column_number("AB")
        28
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def walk_xml(part: IO[bytes], *tags: str) -> Iterator[Any]:
    """Give elements of an XML part as they end, emptied once they were looked at.

    No entity is resolved and nothing outside the part is read.
    """
    walker = etree.iterparse(
        part, events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False
    )
    for _, element in walker:
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
