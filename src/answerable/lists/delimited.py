"""Rows of delimited text: which sign divides the cells, and what is wrong with the quoting."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from answerable.errors import TableTooLarge
from answerable.model import Problem

DELIMITERS = (",", ";", "\t", "|", "^", "~", "\x1f")
"""Signs that are tried, in order of preference."""

MAX_CELLS = 50_000_000
MAX_CELL = 131_072
"""Greatest number of characters of a quoted cell (the limit of Python's `csv`)."""

_LOOKED_AT = 100
_MANY_LINES = 50
_UNCLOSED_LIMIT = 20
_NONE = "\x1f"

Record = tuple[int, tuple[str, ...]]
"""A row's number as a spreadsheet program shows it, and its cells."""

_NAME_TAIL = re.compile(
    r"\s*((co|company|ltd|limited|inc|llc|llp|plc|corp|corporation|s\.?\s?a|s\.?r\.?l|s\.?p\.?a|gmbh|"
    r"b\.?v|n\.?v|a\.?s|s\.?a\.?s|s\.?l|lda|pte|pty|jsc|ojsc|k\.?s|a/s|the)[.\s]*)+",
    re.IGNORECASE,
)
_SHORTENED = re.compile(r"\b(co|corp|company|inc|pte|pty)\.?\s*$", re.IGNORECASE)


def split_rows(
    text: str, delimiter: str | None = None
) -> tuple[list[Record], str | None, list[Problem]]:
    r"""Return the rows of a delimited text with their numbers, the delimiter, and problems.

    Args:
        text: The whole text.
        delimiter: The sign between cells; by default it is told from the text.

    Returns:
        Rows in order, wholly blank ones too; the delimiter, or None where each line is one cell;
        and a problem for each row whose quoting is broken. A quotation mark that is never closed
        swallows nothing: its line is read as it stands.

    Raises:
        TableTooLarge: There are more cells than can be held.

    Example:
        >>> split_rows('name;country\n"Invented; Ltd";gb')[0]
        [(1, ('name', 'country')), (2, ('Invented; Ltd', 'gb'))]
    """
    lines = list(io.StringIO(text, newline=""))
    if lines and (said := re.fullmatch(r'"?sep=(.)"?\s*', lines[0], re.IGNORECASE)):
        delimiter = delimiter or said[1]
        lines = lines[1:]
    delimiter = delimiter or find_delimiter(lines)
    problems: list[Problem] = []
    rows = list(_records(lines, delimiter or _NONE, problems))
    return rows, delimiter, problems


def _records(lines: Sequence[str], delimiter: str, problems: list[Problem]) -> Iterator[Record]:
    start, number, unclosed, cells = 0, 0, 0, 0
    while start < len(lines):
        reader = csv.reader(lines[start:] if start else lines, delimiter=delimiter, strict=True)
        ended = 0
        try:
            for cells_read in reader:
                number += 1
                cells += len(cells_read)
                if cells > MAX_CELLS:
                    raise TableTooLarge("The file", "the number of its cells", cells, MAX_CELLS)
                if reader.line_num - ended > _MANY_LINES:
                    problems.append(_many_lines(number, reader.line_num - ended))
                ended = reader.line_num
                yield number, tuple(cells_read)
            return
        except csv.Error:
            number += 1
            unclosed += 1
            problems.append(_badly_quoted(number, lines[start + ended]))
            yield number, _as_it_stands(lines[start + ended], delimiter)
            start += ended + 1
            if unclosed >= _UNCLOSED_LIMIT:
                break
    yield from _unquoted(lines[start:], delimiter, number, problems)


def _as_it_stands(line: str, delimiter: str) -> tuple[str, ...]:
    """Read one line without letting a quotation mark reach into the next."""
    try:
        [cells] = csv.reader([line], delimiter=delimiter, strict=True)
    except (csv.Error, ValueError):
        cells = line.rstrip("\r\n").split(delimiter)
    return tuple(cells)


def _unquoted(
    lines: Sequence[str], delimiter: str, number: int, problems: list[Problem]
) -> Iterator[Record]:
    if lines:
        problems.append(
            Problem(
                "Quotation marks are broken in many rows: from here on each line is read as one "
                "row, with its quotation marks as they stand.",
                row=number + 1,
            )
        )
    for offset, line in enumerate(lines, 1):
        yield number + offset, _as_it_stands(line, delimiter)


def _many_lines(number: int, lines: int) -> Problem:
    return Problem(
        f"One row takes {lines:,} lines of the file: a quotation mark may be missing. "
        "Look at the row in the file.",
        row=number,
    )


def _badly_quoted(number: int, line: str) -> Problem:
    return Problem(
        "A quotation mark in this row is not closed, or stands in the middle of a cell: the line "
        "was read as it stands. Compare the row with the file.",
        row=number,
        value=line.rstrip("\r\n")[:200],
    )


def find_delimiter(lines: Sequence[str]) -> str | None:
    r"""Return the sign that divides a text into the most even rows, or None for one cell a line.

    Example:
        >>> find_delimiter(["name\tcountry\n", "Invented Co., Ltd\tCN\n"])
        '\t'
        >>> find_delimiter(["Invented Co., Ltd\n", "Second Invented Mill\n"]) is None
        True
    """
    looked_at = [line for line in lines[: _LOOKED_AT * 4] if line.strip()][: _LOOKED_AT * 2]
    best, best_score = None, 0.0
    for delimiter in DELIMITERS:
        score = _evenness(looked_at, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _evenness(lines: Sequence[str], delimiter: str) -> float:
    read = islice(_records(lines, delimiter, []), _LOOKED_AT * 2)
    rows = [cells for _, cells in read if cells][:_LOOKED_AT]
    width, count = Counter(map(len, rows)).most_common(1)[0] if rows else (1, 0)
    if width < 2:
        return 0.0
    share = count / len(rows)
    if delimiter == "," and _commas_belong_to_names(rows):
        return 0.0
    if share < (0.5 if width > 2 else 0.8):
        return 0.0
    return share * share * (1 - 1 / width)


def _commas_belong_to_names(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether what follows the commas are company forms, as in `Invented Co., Ltd`.

    `Invented Mill,Ltd` without a blank is a name and its legal form, in two columns.
    """
    tails = [pair for row in rows for pair in pairwise(row) if pair[1].strip()]
    forms = sum(1 for before, cell in tails if _continues(before, cell))
    return bool(tails) and forms > 0.5 * len(tails)


def _continues(name: str, cell: str) -> bool:
    is_spaced = cell[0].isspace() or _SHORTENED.search(name) is not None
    return is_spaced and _NAME_TAIL.fullmatch(cell) is not None
