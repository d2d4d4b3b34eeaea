"""Findings as CSV: the buyer's columns in her order, then the answer columns.

A CSV has no sheet on which the coverage could stand, and one that began with prose would be no
table. So two more columns say in every row what was searched and what was not.
"""

import csv
import io
from collections.abc import Iterator
from functools import lru_cache
from typing import BinaryIO

from answerable.exposure.outputs.answers import (
    ANSWERS,
    PREFIX,
    answer_rows,
    own_columns,
    read_answers,
)
from answerable.exposure.outputs.cells import fit, guard
from answerable.model import Screening

BOM = b"\xef\xbb\xbf"
_DELIMITERS = (",", ";", "\t", "|")
_BATCH = 1_000


def write_table(screening: Screening, file: BinaryIO) -> None:
    """Write a CSV in UTF-8 with a byte order mark, so that spreadsheet programs open it right.

    The delimiter is that of the buyer's own CSV where it is a usual one, else a comma. No cell
    can become a formula (see `cells.guard`): so a text that begins with `=` gains an apostrophe.

    Args:
        screening: The screening.
        file: A binary file.
    """
    found = screening.suppliers.recognition.delimiter
    file.write(BOM)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=found if found in _DELIMITERS else ",")
    for number, cells in enumerate(_rows(screening)):
        writer.writerow(map(_cell, cells))
        if number % _BATCH == 0:
            file.write(buffer.getvalue().encode())
            buffer.seek(0)
            buffer.truncate()
    file.write(buffer.getvalue().encode())


@lru_cache(maxsize=4_096)  # most cells are blank, a status, or the same coverage
def _cell(text: str) -> str:
    return guard(fit(text))


def _rows(screening: Screening) -> Iterator[list[str]]:
    own = own_columns(screening)
    searched, absent = _searched(screening), _not_searched(screening)
    titles = [answer.title for answer in ANSWERS]
    yield (
        [heading for heading, _ in own]
        + titles
        + [
            f"{PREFIX}searched",
            f"{PREFIX}not searched",
        ]
    )
    for row in answer_rows(screening):
        cells = [read(row.finding) for _, read in own]
        answers = ["" if value is None else str(value) for value in read_answers(row)]
        yield [*cells, *answers, searched, absent]


def _searched(screening: Screening) -> str:
    editions = screening.coverage.editions
    return "; ".join(f"{each.list} {each.edition}" for each in editions) or "no list"


def _not_searched(screening: Screening) -> str:
    return "; ".join(each.list for each in screening.coverage.absent)
