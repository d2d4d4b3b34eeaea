"""JSON read as a table: an array of objects, an object that holds one, or JSON lines."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from answerable.engine.text_encoding import decode
from answerable.errors import TableTooLarge, TableUnreadable
from answerable.lists.content import Content
from answerable.lists.delimited import MAX_CELLS
from answerable.lists.mending import mend_text
from answerable.lists.tables import MAX_COLUMNS, Row, Table
from answerable.model import Problem

MAX_JSON_BYTES = 200_000_000
_MAX_DEPTH = 6
_ADVICE = "Give an array of objects, an object that holds one, or one object a line."


def load_json(content: Content) -> tuple[Any, str] | None:
    """Return what a JSON file holds and its encoding, or None where the file is no JSON.

    Numbers are kept as they are printed. JSON lines give an array.

    Args:
        content: The file.

    Raises:
        TableUnreadable: It begins as JSON does, but is damaged, or is nested too deeply.
        TableTooLarge: It is over the limit for JSON.

    Example:
        >>> from answerable.lists.content import read_content
        >>> load_json(read_content(b'[{"name": "Invented Mill Ltd", "paid": 10.50}]'))
        ([{'name': 'Invented Mill Ltd', 'paid': '10.50'}], 'utf-8')
    """
    if content.size > MAX_JSON_BYTES:
        raise TableTooLarge(
            content.file_name, "its size as JSON in bytes", content.size, MAX_JSON_BYTES
        )
    text, encoding = decode(content.data, None, content.file_name)
    text = mend_text(text)
    try:
        return _parse(text), encoding
    except RecursionError as error:
        raise TableUnreadable(
            content.file_name, "its JSON is nested too deeply", _ADVICE
        ) from error
    except ValueError as error:
        lines = _parse_lines(text)
        if lines is not None:
            return lines, encoding
        if re.match(r"\s*(\{|\[\s*[{\[\"\]])", text):
            where = f" ({error})" if isinstance(error, json.JSONDecodeError) else ""
            raise TableUnreadable(
                content.file_name, f"its JSON is damaged{where}", "Save or download it again."
            ) from error
        return None


def _parse(text: str) -> Any:
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _parse_lines(text: str) -> list[Any] | None:
    """Read one JSON value a line; None if a line is none."""
    try:
        return [_parse(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None


def find_records(loaded: Any) -> list[Any]:
    """Return the records of a JSON file: its array, or the longest array of objects it holds.

    Arrays nearer the top are preferred; an object without any is one record itself.

    Example:
        >>> find_records({"about": {"top": [{"a": "1"}]}, "data": [{"name": "Invented Mill Ltd"}]})
        [{'name': 'Invented Mill Ltd'}]
    """
    if isinstance(loaded, list):
        return loaded
    level = [loaded]
    for _ in range(_MAX_DEPTH):
        values = [value for each in level for value in each.values()]
        arrays = [value for value in values if isinstance(value, list)]
        records = [each for each in arrays if any(isinstance(item, dict) for item in each)]
        if records:
            return max(records, key=len)
        level = [value for value in values if isinstance(value, dict)]
    return [loaded]


def tabulate(content: Content, records: Sequence[Any], encoding: str) -> Table:
    """Return records as a table: a column for each key, nested keys joined by a dot.

    Args:
        content: The file they are from.
        records: Objects, or plain values, which make one column.
        encoding: Of the file.

    Returns:
        The table; rows are numbered from 1 by their place among the records. A record that is no
        object where others are is a row with a problem.

    Raises:
        TableTooLarge: There are more columns or cells than can be held.
        TableUnreadable: There is no record.
    """
    if not records:
        raise TableUnreadable(content.file_name, "it holds no record", _ADVICE)
    has_objects = any(isinstance(each, dict) for each in records)
    flat = [dict(_flatten(each)) for each in records]
    headings = tuple(dict.fromkeys(key for each in flat for key in each)) or ("value",)
    _check_size(content, len(headings), len(flat))
    rows = tuple(
        Row(number, tuple(each.get(heading, "") for heading in headings))
        for number, each in enumerate(flat, 1)
    )
    problems = tuple(
        Problem("This record is no object: it has no fields to read.", row=number)
        for number, each in enumerate(records, 1)
        if has_objects and not isinstance(each, dict)
    )
    return Table(
        content.file_name,
        content.sha256,
        content.size,
        "json",
        headings,
        rows,
        problems,
        encoding=encoding,
    )


def _check_size(content: Content, width: int, length: int) -> None:
    if width > MAX_COLUMNS:
        raise TableTooLarge(content.file_name, "the number of its columns", width, MAX_COLUMNS)
    if width * length > MAX_CELLS:
        raise TableTooLarge(content.file_name, "the number of its cells", width * length, MAX_CELLS)


def _flatten(value: Any, path: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict) and depth < _MAX_DEPTH:
        for key, part in value.items():
            yield from _flatten(part, mend_text(f"{path}.{key}" if path else str(key)), depth + 1)
    else:
        yield path or "value", cell_text(value)


def cell_text(value: Any) -> str:
    """Return a JSON value as the text of a cell; lists of plain values divided by semicolons.

    Example:
        >>> cell_text(None), cell_text(True), cell_text(["a", "b"])
        ('', 'true', 'a; b')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return mend_text(value)
    if isinstance(value, list) and not any(isinstance(each, dict | list) for each in value):
        return "; ".join(map(cell_text, value))
    return json.dumps(value, ensure_ascii=False)
