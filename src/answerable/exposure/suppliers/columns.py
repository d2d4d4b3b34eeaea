"""Which column of a supplier table holds what: told by its heading, checked against its cells.

A guess is always shown with its reason, and can be overruled by naming columns. Answer columns of
an earlier screening are no supplier's fields.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from answerable.errors import ColumnsUnclear, UsageError
from answerable.exposure.screening.finding_ids import is_finding_id
from answerable.exposure.suppliers.cell_kinds import (
    has_form,
    has_letters,
    holds_isin,
    holds_lei,
    holds_uscc,
    is_country,
    is_figure,
    is_written_country,
    reads_as_name,
    share,
)
from answerable.exposure.suppliers.headings import (
    DOUBTFUL,
    WEAK,
    Reading,
    fold_heading,
    is_answer,
    is_refused,
    known_fields,
    read_heading,
)

SAMPLE = 200
"""Rows from the top whose cells are looked at."""

_SCHEME = re.compile(r"[A-Z]{2}-[A-Z0-9]{2,12}")
_NUMBERED = re.compile(r"column \d+( \(\d+\))?")
_NAMES = 0.75
"""Share of the cells of a column that must read as names, where no heading says that they are."""
_FIGURES = 0.8
"""Share of figures from which a column is not taken for the name, whatever its heading."""
_FILLED = 0.3
"""Share of the rows that must have a cell for the cells to tell what a column holds."""
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands, and why.

    Args:
        places: Field to the column's place, counted from 0.
        why: Field to a sentence for the file's owner.
        told_by: Field to what told it: `owner`, `heading`, `cells` or `only` (it is the only
            column).
    """

    places: dict[str, int]
    why: dict[str, str]
    told_by: dict[str, str] = field(default_factory=dict)

    def take(self, field_name: str, place: int, why: str, told_by: str) -> None:
        """Give a field its column."""
        self.places[field_name] = place
        self.why[field_name] = why
        self.told_by[field_name] = told_by


def recognise(
    headings: Cells,
    rows: Sequence[Cells],
    named: Mapping[str, str] | None = None,
    file_name: str = "",
) -> Columns:
    """Return which column holds which field.

    That a column was recognised does not mean that its cells are right: show the result.

    Args:
        headings: Headings of the table; `column 1` … where it has none.
        rows: Rows below them; the first 200 are looked at.
        named: Field to heading, column letter or column number, as the owner gives them.
        file_name: Name shown in errors.

    Returns:
        Columns with at least `name`; a column has one field at most.

    Raises:
        ColumnsUnclear: No column could be recognised as the name, or a named one is not there.
        UsageError: A field that is named does not exist.

    Example:
        >>> found = recognise(["Supplier ID", "Vendor", "Land"], [["7", "Invented GmbH", "DE"]])
        >>> found.places
        {'name': 1, 'country': 2}
    """
    sample = rows[:SAMPLE]
    columns = Columns({}, {})
    for each, wanted in (named or {}).items():
        known = _known_field(each)
        place = _named_place(known, wanted, headings, file_name)
        columns.take(known, place, "You named this column.", "owner")
    _take_by_heading(columns, headings, sample)
    answers = _answer_places(headings, sample)
    _take_by_content(columns, headings, sample, answers)
    if "name" not in columns.places:
        _take_only_column(columns, headings, sample, answers)
    if "name" not in columns.places:
        raise ColumnsUnclear(file_name, "name", headings, _why_unclear(headings, sample), sample)
    return _in_order(columns)


def _answer_places(headings: Cells, sample: Sequence[Cells]) -> set[int]:
    """Return the places of an earlier screening's answers, also where they have no headings.

    Where a file has none, its answers begin with the ids of findings, right of its own columns.
    """
    for place, heading in enumerate(headings):
        cells = _column(sample, place) if _NUMBERED.fullmatch(heading) else []
        if cells and all(map(is_finding_id, cells)):
            return set(range(place, len(headings)))
    return {place for place, heading in enumerate(headings) if is_answer(heading)}


def _in_order(columns: Columns) -> Columns:
    order = {each: place for place, each in enumerate(known_fields())}
    fields = sorted(columns.places, key=lambda each: order.get(each, len(order)))
    return Columns(
        {each: columns.places[each] for each in fields},
        {each: columns.why[each] for each in fields},
        {each: columns.told_by[each] for each in fields},
    )


def _known_field(field: str) -> str:
    for known in known_fields():
        if fold_heading(field) == fold_heading(known):
            return known
    if _SCHEME.fullmatch(field.strip().upper()):
        return field.strip().upper()
    raise UsageError(
        f"There is no field {field!r} to name a column for. Fields: {', '.join(known_fields())}, "
        "or the prefix of a register from org-id.guide, such as GB-COH."
    )


def _named_place(field: str, wanted: str, headings: Cells, file_name: str) -> int:
    folded = wanted.strip().casefold()
    for place, heading in enumerate(headings):
        if heading.casefold() == folded:
            return place
    for place, heading in enumerate(headings):
        if fold_heading(heading) == fold_heading(wanted) != "":
            return place
    counted = _counted(folded)
    if counted is not None and 0 <= counted < len(headings):
        return counted
    raise ColumnsUnclear(file_name, field, headings, f"there is no column {wanted.strip()!r}")


def _counted(text: str) -> int | None:
    """Read a column's number from 1, or its letters as in a spreadsheet, as a place from 0."""
    if re.fullmatch(r"[0-9]{1,5}", text):
        return int(text) - 1
    if not re.fullmatch(r"[a-z]{1,3}", text):
        return None
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("a") + 1
    return number - 1


def _take_by_heading(columns: Columns, headings: Cells, sample: Sequence[Cells]) -> None:
    """Give each field the column whose heading says it best; the name first."""
    weighed: list[tuple[float, int, Reading]] = []
    for place, heading in enumerate(headings):
        if _NUMBERED.fullmatch(heading):
            continue
        for reading in read_heading(heading):
            cells = _column(sample, place)
            strength = reading.strength + (_agreement(reading, cells) if sample else 0)
            if strength >= DOUBTFUL:
                weighed.append((strength, place, reading))
    weighed.sort(key=lambda each: (each[2].field != "name", -each[0], each[1]))
    for _, place, reading in weighed:
        if reading.field not in columns.places and place not in columns.places.values():
            columns.take(reading.field, place, reading.why, "heading")


def _agreement(reading: Reading, cells: Cells) -> float:
    """Weigh how well the cells bear out a heading: 0 if they do, less if they do not."""
    if reading.field == "name":
        if not cells:
            return -25
        if share(cells, is_figure) > _FIGURES:
            return -reading.strength
        if reading.strength < WEAK - 5 and share(cells, reads_as_name) < 0.5:
            return -reading.strength
        return -35 if share(cells, has_letters) < 0.2 else 0
    if reading.field == "country":
        readable = share(cells, is_country)
        if reading.strength <= DOUBTFUL:
            return 20 if readable > 0.5 else -20
        return -5 if readable < 0.3 else 0
    return 0


def _take_by_content(
    columns: Columns, headings: Cells, sample: Sequence[Cells], answers: set[int]
) -> None:
    """Give fields that no heading told to columns whose cells tell it.

    A column whose heading says something else, such as `Parent Company`, comes last.
    """
    for known, test, least, why in _CONTENT:
        if known in columns.places:
            continue
        free = [
            place
            for place, heading in enumerate(headings)
            if place not in answers
            and place not in columns.places.values()
            and not _is_spoken_for(known, heading)
        ]
        refused = {place for place in free if known == "name" and is_refused(headings[place])}
        for places in ([each for each in free if each not in refused], sorted(refused)):
            found = _best_by_content(known, places, sample, test, least)
            if found is not None and known not in columns.places:
                place, held = found
                told = f"{why} ({held:.0%} of the first {len(sample)} rows)."
                columns.take(known, place, told, "cells")


def _best_by_content(
    known: str,
    places: Sequence[int],
    sample: Sequence[Cells],
    test: Callable[[str], bool],
    least: float,
) -> tuple[int, float] | None:
    """Return the column with the most different cells for which a test holds, and their share.

    A parent company repeats, its suppliers do not.
    """
    best, most, held = None, 0, 0.0
    for place in places:
        cells = _column(sample, place)
        part = share(cells, test)
        if part <= least or not _tells(known, cells, len(sample)):
            continue
        different = sum(map(test, set(cells)))
        if different > most:
            best, most, held = place, different, part
    return None if best is None else (best, held)


def _tells(known: str, cells: Cells, rows: int) -> bool:
    """Tell whether a column's cells can speak for it: a checksum always can, a word may not."""
    if known not in ("name", "country"):
        return True
    if len(cells) < _FILLED * rows:
        return False
    return known != "name" or share(cells, reads_as_name) >= _NAMES


def _is_spoken_for(known: str, heading: str) -> bool:
    """Tell whether a heading says that its column is something else."""
    return known in ("name", "country") and any(
        reading.field != known and reading.strength >= WEAK for reading in read_heading(heading)
    )


def _take_only_column(
    columns: Columns, headings: Cells, sample: Sequence[Cells], answers: set[int]
) -> None:
    places = [place for place in range(len(headings)) if place not in answers]
    if len(places) != 1 or places[0] in columns.places.values():
        return
    cells = _column(sample, places[0])
    if not sample or (cells and share(cells, reads_as_name) >= _NAMES):
        columns.take("name", places[0], "It is the only column.", "only")


def _why_unclear(headings: Cells, sample: Sequence[Cells]) -> str:
    """Say what stood in the way, where one thing did."""
    for place, heading in enumerate(headings):
        says_name = any(reading.field == "name" for reading in read_heading(heading))
        if says_name and share(_column(sample, place), is_figure) > _FIGURES:
            return f"the column {heading!r} holds numbers"
    if len(headings) == 1 and sample:
        return "most of its lines do not read as names"
    return ""


def _column(sample: Sequence[Cells], place: int) -> list[str]:
    return [row[place] for row in sample if place < len(row) and row[place].strip()]


_CONTENT: tuple[tuple[str, Callable[[str], bool], float, str], ...] = (
    ("LEI", holds_lei, 0.7, "Its cells are Legal Entity Identifiers"),
    ("USCC", holds_uscc, 0.7, "Its cells are Unified Social Credit Codes"),
    ("ISIN", holds_isin, 0.7, "Its cells are ISINs"),
    ("country", is_written_country, 0.8, "Its cells read as countries"),
    ("name", has_form, 0.25, "Its cells hold company forms such as Ltd or GmbH"),
)
