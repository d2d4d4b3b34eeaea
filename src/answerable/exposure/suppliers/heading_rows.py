"""Which of the first rows of a supplier table holds its headings."""

from collections.abc import Mapping, Sequence

from answerable.exposure.screening.finding_ids import is_finding_id
from answerable.exposure.suppliers.cell_kinds import (
    is_code,
    is_company,
    is_country,
    is_figure,
    is_written_country,
    share,
)
from answerable.exposure.suppliers.headings import (
    DOUBTFUL,
    NAMED,
    WEAK,
    Reading,
    is_answer,
    is_label,
    read_heading,
)
from answerable.lists.tables import FindHeadings

Cells = Sequence[str]


def heading_finder(named: Mapping[str, str] | None = None) -> FindHeadings:
    """Return a function that finds the row of headings of a supplier table among its first rows.

    Known headings decide, whatever else stands in their row. Where no row has any, the first row
    of the usual width is taken, unless it looks like a supplier.

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
        if rows and _filled(rows[0]) == 1 and any(map(is_answer, rows[0])):
            return None, -1.0  # a sheet that answerable wrote: its coverage or its findings
        usual = sorted(map(_filled, rows))[len(rows) // 2] if rows else 0
        places = [place for place, row in enumerate(rows) if _filled(row) >= min(usual, 2)]
        scores = {place: _heading_score(rows[place], wanted) for place in places}
        best = max(scores, key=lambda place: (scores[place], -place), default=None)
        if best is not None and scores[best] > 0:
            lower = best + 1 if _is_subdivided(rows, best) else best
            return lower, scores[best]
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
    answers = 100 if sum(map(is_answer, row)) > 1 else 0
    if name < DOUBTFUL and len(others) < 2:
        return float(answers)
    return float(name + 15 * len(others) + answers)


def _is_said(found: Sequence[Reading], cell: str) -> bool:
    """Tell whether a cell is a heading, and not a company such as `Supplier Services Ltd`."""
    return found[0].strength >= WEAK - 5 or not is_company(cell)


def _without_words(
    rows: Sequence[tuple[str, ...]], places: Sequence[int], usual: int
) -> tuple[int | None, float]:
    """Decide for rows that no two known headings tell: the first, unless it looks like a row.

    A wider row of labels such as `Country` or `Spend inc VAT` is preferred to what stands above.
    """
    if not places:
        return None, 0.0
    forms = share([cell for row in rows for cell in row if cell.strip()], is_company)
    for at, place in enumerate(places):
        if _is_labelled(rows[place]) and _is_wider(rows, place, places[:at]):
            return place, 10 * forms + 5
    first = places[0]
    if usual < 2 or _looks_like_row(rows[first]) or _fits(rows[first], rows[first + 1 :]):
        return None, 10 * forms
    return first, 10 * forms


def _is_labelled(row: Cells) -> bool:
    """Tell whether a row holds a known heading or several labels, and no company or country."""
    cells = [cell for cell in row if cell.strip()]
    if len(cells) < 2 or any(is_company(cell) or is_written_country(cell) for cell in cells):
        return False
    labels = sum(map(is_label, cells))
    known = any(found[0].strength >= NAMED for cell in cells if (found := read_heading(cell)))
    return (labels >= 2 and labels * 2 >= len(cells)) or known


def _is_subdivided(rows: Sequence[Cells], place: int) -> bool:
    """Tell whether the row below holds nothing but labels, more of them: headings in two rows."""
    below = rows[place + 1] if place + 1 < len(rows) else ()
    cells = [cell for cell in below if cell.strip()]
    return len(cells) > max(1, _filled(rows[place])) and all(
        is_label(cell) or bool(read_heading(cell)) for cell in cells
    )


def _is_wider(rows: Sequence[Cells], place: int, above: Sequence[int]) -> bool:
    return all(_filled(rows[each]) < _filled(rows[place]) for each in above)


def _looks_like_row(row: Cells) -> bool:
    return any(
        is_company(cell) or is_written_country(cell) or is_figure(cell) or is_finding_id(cell)
        for cell in row
    )


def _fits(row: Cells, below: Sequence[Cells]) -> bool:
    """Tell whether a row holds a country or code where all rows below it do, and is one of them."""
    for place, cell in enumerate(row):
        others = [each[place] for each in below if place < len(each) and each[place].strip()]
        for test in (is_country, is_code):
            if test(cell) and others and all(map(test, others)):
                return True
    return False


def is_supplier_like(row: Cells) -> bool:
    """Tell whether a row above the headings may be a supplier and no title.

    Example:
        >>> is_supplier_like(("Invented Mill Ltd", "GB")), is_supplier_like(("Our list", ""))
        (True, False)
    """
    return _filled(row) > 1 and any(is_company(cell) or is_written_country(cell) for cell in row)
