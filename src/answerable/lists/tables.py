"""Any table, read: CSV in any encoding and with any delimiter, XLSX, ODS, XLS.

This is the one home of reading tables, for lists and for suppliers alike. What a file is, is told
by its content. No row is dropped in silence: what is odd travels with the table as problems.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from answerable.engine.text_encoding import decode
from answerable.errors import TableTooLarge, TableUnreadable
from answerable.lists.content import Content, detect_form, read_content
from answerable.lists.delimited import MAX_CELLS, Record, split_rows
from answerable.lists.mending import mend_rows
from answerable.lists.sheet_notes import Oddity
from answerable.lists.workbooks import Sheet, read_sheets
from answerable.model import Problem

HEADER_ROWS = 20
"""The headings are looked for in so many rows from the top."""

MAX_COLUMNS = 16_384

FindHeadings = Callable[[Sequence[tuple[str, ...]]], tuple[int | None, float]]
"""Given the first rows: which of them holds the headings (None: none does), and how good it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Args:
        number: Its number as a spreadsheet program shows it when the file is opened.
        cells: Its cells as text, as many as the table has headings.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A file of rows, read.

    Args:
        file_name: Name without the folder, or `stdin`.
        sha256: Digest of the file's bytes.
        size: Their number.
        form: `csv`, `xlsx`, `ods` or `xls`, by content.
        headings: One per column, unique; `column 3` where the file has none.
        rows: The rows below the headings that are not wholly blank, in order.
        problems: What is wrong with rows (with their number) or with the whole file.
        sheet: The sheet that was read, or None.
        other_sheets: Sheets that were not read.
        encoding: Of a text file, else None.
        delimiter: Of a text file with several columns, else None.
        header_row: Number of the row of headings; None where there is none.
        titles: Rows above the headings, taken as titles and not as rows.
        oddities: What is odd about single cells; each is among the problems, too.
    """

    file_name: str
    sha256: str
    size: int
    form: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    problems: tuple[Problem, ...] = ()
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    header_row: int | None = None
    titles: tuple[Row, ...] = ()
    oddities: tuple[Oddity, ...] = field(default=(), repr=False)


def read_table(
    source: Path | bytes | Content,
    *,
    file_name: str | None = None,
    sheet: str | None = None,
    header: bool = True,
    encoding: str | None = None,
    delimiter: str | None = None,
    find_headings: FindHeadings | None = None,
) -> Table:
    r"""Return the rows of a CSV, XLSX, ODS or XLS file as text.

    The guesses made on the way (form, encoding, delimiter, sheet, row of headings) are part of the
    result, to be shown to the file's owner. That a file could be read does not mean that it was
    understood.

    Args:
        source: Path of the file, its bytes (for what came by stdin), or its content already read.
        file_name: Name to be shown; by default the path's, or `stdin`.
        sheet: Sheet of a workbook; by default the one with the best headings, else the first with
            rows.
        header: Whether the file has headings. They are looked for in the first 20 rows.
        encoding: Of a text file; by default it is told from the bytes.
        delimiter: Of a text file; by default it is told from the text.
        find_headings: Tells which of the first rows holds the headings, and how good they are; by
            default the first row that is as wide as most.

    Returns:
        The table. Rows keep the file's own numbers; a wholly blank row counts, but is no row.

    Raises:
        TableMissing: There is no such file.
        TableUnreadable: No table can be read from it.
        TableTooLarge: It is over a limit that protects the machine.

    Cost:
        121,374 rows of CSV: see docs/benchmarks; the whole file is held in memory.

    Example:
        >>> table = read_table(b"Supplier;Country\nInvented Mill Ltd;GB\n", file_name="mine.csv")
        >>> table.headings, table.rows[0]
        (('Supplier', 'Country'), Row(number=2, cells=('Invented Mill Ltd', 'GB')))
    """
    content = source if isinstance(source, Content) else read_content(source, file_name)
    form = detect_form(content)
    if form in ("csv", "json"):
        table, rows = _from_text(content, encoding, delimiter)
        find = (find_headings or _find_widest) if header else _find_none
        return _arrange(table, rows, find)
    sheets, names = read_sheets(content, form, sheet)
    return _from_workbook(content, form, sheets, names, find_headings, header)


def _from_text(
    content: Content, encoding: str | None, delimiter: str | None
) -> tuple[Table, list[Record]]:
    text, taken = decode(content.data, encoding, content.file_name)
    rows, sign, problems = split_rows(text, delimiter)
    mend_rows(rows, problems)
    if rows and rows[-1][1] == ("\x1a",):
        rows.pop()
    return (
        Table(
            content.file_name,
            content.sha256,
            content.size,
            "csv",
            (),
            (),
            tuple(problems),
            encoding=taken,
            delimiter=sign,
        ),
        rows,
    )


def _from_workbook(
    content: Content,
    form: str,
    sheets: list[Sheet],
    names: list[str],
    find_headings: FindHeadings | None,
    header: bool,
) -> Table:
    if not sheets:
        raise TableUnreadable(
            content.file_name,
            "none of its sheets holds a row",
            "Check that the right file was given.",
        )
    find = (find_headings or _find_widest) if header else _find_none
    best = max(sheets, key=lambda each: find(_first_rows(each.rows))[1])
    others = tuple(name for name in names if name != best.name)
    table = Table(
        content.file_name, content.sha256, content.size, form, (), (), tuple(best.problems),
        sheet=best.name, other_sheets=others, oddities=tuple(best.oddities),
    )  # fmt: skip
    return _arrange(table, best.rows, find)


def _first_rows(rows: Sequence[Record]) -> list[tuple[str, ...]]:
    return [cells for _, cells in rows[: HEADER_ROWS * 10] if _is_filled(cells)][:HEADER_ROWS]


def _is_filled(cells: Sequence[str]) -> bool:
    return bool("".join(cells).strip())


def _find_none(_: Sequence[tuple[str, ...]]) -> tuple[int | None, float]:
    return None, 0.0


def _find_widest(rows: Sequence[tuple[str, ...]]) -> tuple[int | None, float]:
    """Take the first row with three fifths of the filled cells that half of the rows have."""
    widths = [sum(1 for cell in row if cell.strip()) for row in rows]
    if not widths:
        return None, 0.0
    usual = sorted(widths)[len(widths) // 2]
    return next(place for place, width in enumerate(widths) if width >= 0.6 * usual), 0.0


def _arrange(table: Table, records: Sequence[Record], find: FindHeadings) -> Table:
    """Split headings from rows, make all rows as wide as the headings, note what is odd."""
    filled = [record for record in records if _is_filled(record[1])]
    problems = list(table.problems)
    place, _ = find([cells for _, cells in filled[:HEADER_ROWS]])
    header_row = None if place is None else filled[place][0]
    printed = () if place is None else filled[place][1]
    body = filled if place is None else filled[place + 1 :]
    width = _width(table, printed, body)
    headings = _unique(printed, width, problems, header_row)
    oddities = tuple(_under_heading(each, headings) for each in table.oddities)
    problems += [each.problem for each in oddities]
    rows = tuple(Row(number, cells + ("",) * (width - len(cells))) for number, cells in body)
    if table.form == "csv":
        problems += _ragged(body, len(printed) or _usual_width(body))
    problems += _blank(records, filled, header_row or 0)
    return replace(
        table,
        headings=headings,
        rows=rows,
        problems=tuple(problems),
        header_row=header_row,
        titles=tuple(Row(number, cells) for number, cells in filled[: place or 0]),
        oddities=oddities,
    )


def _under_heading(oddity: Oddity, headings: Sequence[str]) -> Oddity:
    if oddity.column >= len(headings):
        return oddity
    return replace(oddity, problem=replace(oddity.problem, column=headings[oddity.column]))


def _width(table: Table, printed: Sequence[str], body: Sequence[Record]) -> int:
    width = max([len(printed), *(len(cells) for _, cells in body)])
    if width > MAX_COLUMNS:
        raise TableTooLarge(table.file_name, "the number of its columns", width, MAX_COLUMNS)
    if width * len(body) > MAX_CELLS:
        raise TableTooLarge(
            table.file_name, "the number of its cells", width * len(body), MAX_CELLS
        )
    return width


def _usual_width(body: Sequence[Record]) -> int:
    widths = Counter(len(cells) for _, cells in body)
    return widths.most_common(1)[0][0] if widths else 0


def _unique(
    printed: Sequence[str], width: int, problems: list[Problem], row: int | None
) -> tuple[str, ...]:
    """Name every column: blanks by their place, repeats by a number in brackets."""
    taken: set[str] = set()
    headings: list[str] = []
    for place in range(width):
        heading = " ".join(printed[place].split()) if place < len(printed) else ""
        name = unnamed = heading or f"column {place + 1}"
        times = 1
        while name in taken:
            times += 1
            name = f"{unnamed} ({times})"
        if times > 1:
            problems.append(
                Problem(
                    f"This heading stands over several columns: this one is called {name!r} here.",
                    row=row,
                    column=name,
                    value=heading,
                )
            )
        taken.add(name)
        headings.append(name)
    return tuple(headings)


def _ragged(body: Sequence[Record], width: int) -> list[Problem]:
    return [
        Problem(_ragged_sentence(len(cells), width), row=number)
        for number, cells in body
        if len(cells) != width
    ]


def _ragged_sentence(found: int, width: int) -> str:
    if found < width:
        return f"The row has {found} cells where {width} belong: the last ones are taken as blank."
    return (
        f"The row has {found} cells where {width} belong: a delimiter may stand inside a name. "
        "The cells beyond are kept, but cells may stand under the wrong heading."
    )


def _blank(records: Sequence[Record], filled: Sequence[Record], above: int) -> list[Problem]:
    """Say which rows from the headings to the last filled one are wholly blank."""
    if not filled:
        return []
    last = filled[-1][0]
    kept = {number for number, _ in filled}
    blank = [number for number, _ in records if above < number < last and number not in kept]
    if not blank:
        return []
    shown = ", ".join(map(str, blank[:10])) + (" …" if len(blank) > 10 else "")
    return [
        Problem(
            f"Wholly blank rows were skipped, but count in the numbering: {shown}"
            + (f" ({len(blank):,} in all)." if len(blank) > 10 else "."),
            row=blank[0],
        )
    ]
