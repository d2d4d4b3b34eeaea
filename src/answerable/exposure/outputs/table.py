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
    own_columns,
    read_answers,
)
from answerable.exposure.outputs.cells import fit, guard
from answerable.exposure.outputs.readings import Value, answer_rows
from answerable.exposure.outputs.words import say_probability
from answerable.model import Screening

BOM = b"\xef\xbb\xbf"
_DELIMITERS = (",", ";", "\t", "|")
_BATCH = 1_000


def write_table(screening: Screening, file: BinaryIO) -> None:
    """Write a CSV in UTF-8 with a byte order mark, so that spreadsheet programs open it right.

    The delimiter is that of the buyer's own CSV where it is a usual one, else a comma. No cell
    can become a formula (see `cells.guard`): so a text that begins with `=` gains an apostrophe,
    and the row's problems say in which columns.

    Args:
        screening: The screening.
        file: A binary file.
    """
    found = screening.suppliers.recognition.delimiter
    file.write(BOM)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=found if found in _DELIMITERS else ",")
    for number, cells in enumerate(_rows(screening)):
        writer.writerow(cells)
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
    last = [_cell(_searched(screening)), _cell(_not_searched(screening))]
    titles = [heading for heading, _ in own] + [answer.title for answer in ANSWERS]
    heads = [*map(_cell, titles), f"{PREFIX}searched", f"{PREFIX}not searched"]
    problems = len(own) + [answer.heading for answer in ANSWERS].index("problems")
    yield heads
    for row in answer_rows(screening):
        texts = [read(row.finding) for _, read in own] + [*map(_text, read_answers(row))]
        cells = [*map(_cell, texts)]
        if cells != texts:
            changed = [titles[place] for place in _guarded(texts, cells) if place != problems]
            cells[problems] = _cell(_note_apostrophes(texts[problems], changed))
        yield [*cells, *last]


def _text(value: Value) -> str:
    """Return an answer as a text: the one number among them is a probability."""
    if value is None:
        return ""
    return value if isinstance(value, str) else say_probability(value)


def _guarded(texts: list[str], cells: list[str]) -> list[int]:
    """Return the places of cells that gained an apostrophe."""
    pairs = enumerate(zip(texts, cells, strict=True))
    return [place for place, (text, cell) in pairs if cell != text and cell != fit(text)]


def _note_apostrophes(problems: str, changed: list[str]) -> str:
    if not changed:
        return problems
    note = (
        f"{', '.join(changed)}: an apostrophe was added, so that no program takes the cell for a "
        "formula."
    )
    return f"{problems} {note}" if problems else note


def _searched(screening: Screening) -> str:
    coverage = screening.coverage
    lists = "; ".join(f"{each.title} {each.edition}" for each in coverage.editions)
    return f"as of {coverage.as_of}: {lists or 'no list'}"


def _not_searched(screening: Screening) -> str:
    return "; ".join(each.title for each in screening.coverage.absent)
