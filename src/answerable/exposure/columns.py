"""Which column of a supplier table holds what: told by its heading, checked against its cells.

A guess is always shown with its reason, and can be overruled by naming columns.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from answerable.errors import ColumnsUnclear, UsageError
from answerable.exposure.headings import (
    DOUBTFUL,
    WEAK,
    Reading,
    fold_heading,
    known_fields,
    read_heading,
)
from answerable.lists.tables import FindHeadings
from answerable.matching.names import take_apart
from answerable.model.countries import read_country
from answerable.model.identifiers import is_isin, is_lei, is_uscc

SAMPLE = 200
"""Rows from the top whose cells are looked at."""

_SCHEME = re.compile(r"[A-Z]{2}-[A-Z0-9]{2,12}")
_NUMBERED = re.compile(r"column \d+( \(\d+\))?")
Cells = Sequence[str]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands, and why.

    Args:
        places: Field to the column's place, counted from 0.
        why: Field to a sentence for the file's owner.
    """

    places: dict[str, int]
    why: dict[str, str]


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
    for field, wanted in (named or {}).items():
        known = _known_field(field)
        columns.places[known] = _named_place(known, wanted, headings, file_name)
        columns.why[known] = "You named this column."
    _take_by_heading(columns, headings, sample)
    _take_by_content(columns, headings, sample)
    if "name" not in columns.places:
        _take_only_column(columns, headings, file_name)
    order = {field: place for place, field in enumerate(known_fields())}
    fields = sorted(columns.places, key=lambda field: order.get(field, len(order)))
    return Columns(
        {field: columns.places[field] for field in fields},
        {field: columns.why[field] for field in fields},
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
            columns.places[reading.field] = place
            columns.why[reading.field] = reading.why


def _agreement(reading: Reading, cells: Cells) -> float:
    """Weigh how well the cells bear out a heading: 0 if they do, less if they do not."""
    if reading.field == "name":
        if not cells:
            return -25
        return -35 if _share(cells, _has_letters) < 0.2 else 0
    if reading.field == "country":
        readable = _share(cells, _is_country)
        if reading.strength <= DOUBTFUL:
            return 20 if readable > 0.5 else -20
        return -5 if readable < 0.3 else 0
    return 0


def _take_by_content(columns: Columns, headings: Cells, sample: Sequence[Cells]) -> None:
    """Give fields that no heading told to columns whose cells tell it."""
    for field, test, least, why in _CONTENT:
        if field in columns.places:
            continue
        best, best_share = None, least
        for place, heading in enumerate(headings):
            if place in columns.places.values() or _is_spoken_for(field, heading):
                continue
            share = _share(_column(sample, place), test)
            if share > best_share:
                best, best_share = place, share
        if best is not None:
            columns.places[field] = best
            columns.why[field] = f"{why} ({best_share:.0%} of the first {len(sample)} rows)."


def _is_spoken_for(field: str, heading: str) -> bool:
    """Tell whether a heading says that its column is something else."""
    return field in ("name", "country") and any(
        reading.field != field and reading.strength >= WEAK for reading in read_heading(heading)
    )


def _take_only_column(columns: Columns, headings: Cells, file_name: str) -> None:
    if len(headings) != 1 or 0 in columns.places.values():
        raise ColumnsUnclear(file_name, "name", headings)
    columns.places["name"] = 0
    columns.why["name"] = "It is the only column."


def _column(sample: Sequence[Cells], place: int) -> list[str]:
    return [row[place] for row in sample if place < len(row) and row[place].strip()]


def _share(cells: Cells, test: Callable[[str], bool]) -> float:
    return sum(map(test, cells)) / len(cells) if cells else 0.0


def _has_letters(cell: str) -> bool:
    return sum(1 for each in cell[:60] if each.isalpha()) >= 2


def _is_country(cell: str) -> bool:
    return read_country(cell) is not None


def _is_written_country(cell: str) -> bool:
    """Tell whether a cell names a country by more than two letters, which may be anything."""
    return len(cell.strip()) > 3 and _is_country(cell)


def _has_form(cell: str) -> bool:
    return 3 < len(cell) < 200 and bool(take_apart(cell).forms)


def _is_lei(cell: str) -> bool:
    return is_lei(cell.strip().upper())


def _is_uscc(cell: str) -> bool:
    return is_uscc(cell.strip().upper())


def _is_isin(cell: str) -> bool:
    return is_isin(cell.strip().upper())


_CONTENT: tuple[tuple[str, Callable[[str], bool], float, str], ...] = (
    ("LEI", _is_lei, 0.7, "Its cells are Legal Entity Identifiers"),
    ("USCC", _is_uscc, 0.7, "Its cells are Unified Social Credit Codes"),
    ("ISIN", _is_isin, 0.7, "Its cells are ISINs"),
    ("country", _is_written_country, 0.8, "Its cells read as countries"),
    ("name", _has_form, 0.25, "Its cells hold company forms such as Ltd or GmbH"),
)


def heading_finder(named: Mapping[str, str] | None = None) -> FindHeadings:
    """Return a function that finds the row of headings of a supplier table among its first rows.

    Args:
        named: Field to heading as the owner gives them: the row that holds them is taken.

    Returns:
        A function from rows to the place of the headings, or None where there are none, and how
        good they are: the sheet of a workbook with the best headings is the one to read.

    Example:
        >>> heading_finder()([("Our list", ""), ("Vendor", "Country"), ("Invented SA", "FR")])
        (1, 115.0)
        >>> heading_finder()([("Invented Mill Ltd",), ("Invented Wharf plc",)])[0] is None
        True
    """
    wanted = {heading.strip().casefold() for heading in (named or {}).values()}

    def find(rows: Sequence[tuple[str, ...]]) -> tuple[int | None, float]:
        usual = sorted(map(_filled, rows))[len(rows) // 2] if rows else 0
        places = [place for place, row in enumerate(rows) if _filled(row) >= min(usual, 2)]
        scores = {place: _heading_score(rows[place], wanted) for place in places}
        best = max(scores, key=lambda place: (scores[place], -place), default=None)
        if best is not None and scores[best] > 0:
            return best, scores[best]
        return _without_words(rows, places, usual)

    return find


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell.strip())


def _heading_score(row: Cells, wanted: set[str]) -> float:
    """Weigh a row as headings; 0 if it is none."""
    if wanted & {cell.strip().casefold() for cell in row}:
        return 300.0
    readings = [found[0] for cell in row if (found := read_heading(cell)) and _is_said(found, cell)]
    name = max((each.strength for each in readings if each.field == "name"), default=0)
    others = {each.field for each in readings if each.field != "name" and each.strength > DOUBTFUL}
    if name < DOUBTFUL and len(others) < 2:
        return 0.0
    return float(name + 15 * len(others))


def _is_said(found: Sequence[Reading], cell: str) -> bool:
    """Tell whether a cell is a heading, and not a company such as `Supplier Services Ltd`."""
    return found[0].strength >= WEAK - 5 or not _has_form(cell)


def _without_words(
    rows: Sequence[tuple[str, ...]], places: Sequence[int], usual: int
) -> tuple[int | None, float]:
    """Decide for rows whose words say nothing: the first is headings unless it looks like a row."""
    if not places:
        return None, 0.0
    forms = _share([cell for row in rows for cell in row if cell.strip()], _has_form)
    if usual < 2 or _looks_like_row(rows[places[0]]):
        return None, 10 * forms
    return places[0], 10 * forms


def _looks_like_row(row: Cells) -> bool:
    return any(_has_form(cell) or _is_written_country(cell) or _is_figure(cell) for cell in row)


def _is_figure(cell: str) -> bool:
    return bool(re.fullmatch(r"[\d.,\s£$€%-]+", cell.strip())) and any(map(str.isdigit, cell))
