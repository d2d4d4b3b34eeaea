"""A fault in a row: named, kept and shown, never an exception and never a dropped row."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one cell, one row or one file.

    Args:
        sentence: What is wrong and what can be done, as a sentence for the file's owner.
        row: Row in the file as its owner counts it (the heading row is row 1 where it stands
            first); None when the problem is the whole file's.
        column: Heading of the column, or None.
        value: The cell as read, cut to 200 characters, or None.
        sheet: Sheet of a workbook, or None.

    Example:
        >>> Problem("The country is not known.", row=7, column="Country", value="Ruritania").row
        7
    """

    sentence: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    sheet: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the parts that are set, in the order of the class, for JSON."""
        parts = {
            "sentence": self.sentence,
            "row": self.row,
            "column": self.column,
            "value": self.value if self.value is None else self.value[:200],
            "sheet": self.sheet,
        }
        return {name: part for name, part in parts.items() if part is not None}
