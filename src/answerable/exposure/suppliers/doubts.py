"""What makes one doubt that a supplier file was understood, said once for the whole file.

The loudest doubt comes first. A doubt changes no row: every row is kept and screened as read.
"""

import re
from collections.abc import Collection, Iterator, Sequence

from answerable.exposure.suppliers.cell_kinds import is_code, is_country, is_figure, is_total, share
from answerable.exposure.suppliers.columns import Columns
from answerable.exposure.suppliers.headings import is_answer, is_label, is_refused, read_heading
from answerable.lists.sheet_notes import Oddity, cell_name
from answerable.lists.tables import Row, Table
from answerable.model import Problem, Supplier

_MOST = 0.5
_FEWEST = 3
_SAMPLE = 1_000
_SHOWN = 3
_FORMS_WITHOUT_HEADINGS = frozenset({"json", "ocds"})
_MARKDOWN = re.compile(r"^(#{1,6} |```|:?-{3,})|\]\(|^\|? *:?-{3,}:? *\|")
_ADVICE = "Name the right column: `--columns name=HEADING`, or by its letter, as in `name=B`."


def doubt_names(
    table: Table, found: Columns, suppliers: Sequence[Supplier], named: Collection[str] = ()
) -> list[Problem]:
    """Return problems of the whole file that its names or its missing headings raise.

    Args:
        table: The file, read.
        found: How its columns were understood.
        suppliers: Its rows.
        named: Headings that its owner gave.

    Returns:
        Most rows without a readable name, names that are mostly numbers or countries, a column
        whose heading says something else, and headings that were not found, in this order; empty
        if nothing is doubtful.
    """
    place = found.places["name"]
    return [
        *_nameless(table, place, suppliers),
        *_unlikely(table, place, [each.name for each in suppliers if each.name]),
        *_misheaded(table, place, found),
        *_without_headings(table, place, named),
    ]


def _nameless(table: Table, place: int, suppliers: Sequence[Supplier]) -> Iterator[Problem]:
    blank = sum(1 for each in suppliers if not any(map(str.isalnum, each.name)))
    if blank > _MOST * len(suppliers):
        yield Problem(
            f"{blank:,} of {len(suppliers):,} rows have no readable name in {_shown(table, place)}."
            f" {_ADVICE}",
            column=table.headings[place],
            sheet=table.sheet,
        )


def _unlikely(table: Table, place: int, names: Sequence[str]) -> Iterator[Problem]:
    """Tell of names that are mostly numbers or countries, by an even sample of them."""
    sample = names[:: max(1, len(names) // _SAMPLE)]
    if len(sample) < _FEWEST:
        return
    for test, what in ((_is_number, "numbers or codes"), (is_country, "countries")):
        if share(sample, test) > _MOST:
            first = next(name for name in sample if test(name))
            column = _shown(table, place)
            yield Problem(
                f"Most names in {column} are {what}, such as {first[:40]!r}. {_ADVICE}",
                column=table.headings[place],
                value=first,
                sheet=table.sheet,
            )


def _is_number(name: str) -> bool:
    return is_figure(name) or is_code(name)


def _misheaded(table: Table, place: int, found: Columns) -> Iterator[Problem]:
    heading = table.headings[place]
    if found.told_by["name"] == "cells" and is_refused(heading):
        yield Problem(
            f"No column is headed as the supplier's name: {_shown(table, place)} was taken, as its "
            f"cells hold company forms. {_ADVICE}",
            column=heading,
            sheet=table.sheet,
        )


def _without_headings(table: Table, place: int, named: Collection[str]) -> Iterator[Problem]:
    if table.form in _FORMS_WITHOUT_HEADINGS or not table.rows:
        return
    if table.header_row is not None:
        yield from _guessed_headings(table, named)
        return
    first = table.rows[0].number
    yield Problem(
        f"No row of headings was recognised; {_shown(table, place)} was taken as the supplier's "
        f"name, and row {first} as a supplier. If row {first} holds headings, name one: "
        "`--columns name=HEADING`.",
        column=table.headings[place],
        sheet=table.sheet,
    )


def _guessed_headings(table: Table, named: Collection[str]) -> Iterator[Problem]:
    """Tell of a row that was taken for headings though none of its words is known as one."""
    wanted = {each.strip().casefold() for each in named}
    for heading in table.headings:
        if heading.casefold() in wanted or is_answer(heading):
            return
        if read_heading(heading) or is_label(heading) or is_refused(heading):
            return
    printed = ", ".join(repr(each[:40]) for each in table.headings[:_SHOWN])
    yield Problem(
        f"Row {table.header_row} was taken for headings, though none of them is known: {printed}. "
        "If it is a supplier, write headings above it.",
        row=table.header_row,
        sheet=table.sheet,
    )


def _shown(table: Table, place: int) -> str:
    """Name a column as its owner sees it."""
    heading = table.headings[place]
    return heading if heading == f"column {place + 1}" else f"column {heading[:80]!r}"


def is_prose(table: Table) -> bool:
    """Tell whether a text file is written in Markdown, and is no table.

    Args:
        table: The file, read.

    Returns:
        True where two lines or more hold signs of Markdown: headings, rules, links. A lone
        `# comment` above the headings does not make a table a text.
    """
    if table.form != "csv" or table.delimiter not in (None, "|"):
        return False
    lines = ["|".join(row.cells).strip() for row in (*table.titles, *table.rows[:_SAMPLE])]
    return sum(1 for line in lines if _MARKDOWN.search(line)) >= 2


def sum_oddities(table: Table, used: Collection[int]) -> list[Problem]:
    """Return one problem for all odd cells of a kind in a column that is not used.

    Args:
        table: The file, read.
        used: Places of the columns that are used, whose cells are told one by one.

    Returns:
        Problems of the whole file, by column; empty if every odd cell stands in a used column.
    """
    rows = {row.number for row in table.rows}
    groups: dict[tuple[int, str], list[Oddity]] = {}
    for each in table.oddities:
        if each.column not in used and each.problem.row in rows:
            groups.setdefault((each.column, each.kind), []).append(each)
    return [_sum(table, kind, column, groups[column, kind]) for column, kind in sorted(groups)]


def _sum(table: Table, kind: str, column: int, oddities: Sequence[Oddity]) -> Problem:
    rows = [each.problem.row for each in oddities if each.problem.row is not None]
    cells = ", ".join(cell_name(row, column + 1) for row in rows[:_SHOWN])
    cells += " …" if len(rows) > _SHOWN else ""
    one, many = _KINDS[kind]
    told = f"1 cell {one}" if len(rows) == 1 else f"{len(rows):,} cells {many}"
    heading = table.headings[column] if column < len(table.headings) else None
    return Problem(
        f"{told} ({cells}). The column is not used for the screening: nothing is missed.",
        column=heading,
        value=oddities[0].problem.value,
        sheet=table.sheet,
    )


_KINDS = {
    "error": ("holds an error and is read as blank", "hold errors and are read as blank"),
    "formula": (
        "holds a formula without a stored value and is read as blank",
        "hold formulas without a stored value and are read as blank",
    ),
    "digits": (
        "holds a number of more than 15 digits, of which 15 are kept",
        "hold numbers of more than 15 digits, of which 15 are kept",
    ),
    "merged": (
        "was given the value of the merged cell above",
        "were given the value of the merged cell above",
    ),
}


def doubt_total(row: Row, table: Table, place: int) -> list[Problem]:
    """Return a problem if a row looks like a sum of other rows: only figures beside such a word.

    Args:
        row: The row.
        table: Its table.
        place: Place of the name, from 0.
    """
    at: int | None = place
    if not row.cells[place].strip():
        at = next((other for other, cell in enumerate(row.cells) if is_total(cell)), None)
    elif not is_total(row.cells[place]):
        return []
    if at is None or not all(
        other == at or not cell.strip() or is_figure(cell) or is_answer(table.headings[other])
        for other, cell in enumerate(row.cells)
    ):
        return []
    kept = "It is kept as a row. " if at == place else ""
    return [
        Problem(
            f"This row looks like a total, not a supplier. {kept}Delete it if it is one.",
            row.number,
            table.headings[at],
            row.cells[at].strip(),
        )
    ]
