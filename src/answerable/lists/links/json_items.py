"""Values of a JSON array or of JSON lines, one by one, with numbers as exact decimals."""

import codecs
import json
from collections.abc import Iterator
from decimal import Decimal
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO

from answerable.errors import ListUnreadable
from answerable.lists.links.packed import open_unpacked
from answerable.model import Problem

LONGEST_ITEM = 10_000_000
_CHUNK = 1 << 20
_BLANKS = " \t\r\n"


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no number")


_DECODER = json.JSONDecoder(parse_float=Decimal, parse_constant=_refuse)


def iterate_json(path: Path) -> Iterator[tuple[int, Any] | Problem]:
    """Yield the position and value of each item of a file, from 1; a line that is no JSON: why.

    Args:
        path: A JSON array, or JSON lines; packed with gzip or alone in a ZIP, too. Numbers with a
            point become `Decimal`.

    Raises:
        ListUnreadable: The file cannot be opened or unpacked (see `open_unpacked`); an item is
            over ten megabytes; an array is cut or broken, which leaves the rest of it unread.

    Cost:
        As much memory as one megabyte and the longest item.
    """
    with open_unpacked(path) as file:
        yield from _iterate_array(file, path) if _is_array(file) else _iterate_lines(file, path)


def _is_array(file: BufferedReader) -> bool:
    return file.peek(4096).removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"[")


def _iterate_lines(file: BinaryIO, path: Path) -> Iterator[tuple[int, Any] | Problem]:
    row = 0
    while line := file.readline(LONGEST_ITEM + 1):
        row += 1
        if len(line) > LONGEST_ITEM:
            raise ListUnreadable(path.name, f"line {row} is over {LONGEST_ITEM:,} bytes")
        if not line.strip():
            continue
        try:
            text = line.decode("utf-8-sig" if row == 1 else "utf-8").strip()
            yield row, _DECODER.decode(text)
        except (ValueError, RecursionError):
            yield Problem("The line is no JSON; it was not read.", row=row)


def _iterate_array(file: BinaryIO, path: Path) -> Iterator[tuple[int, Any] | Problem]:
    text = _Text(file, path)
    text.skip("[", 0)
    row = 0
    if text.peek() == "]":
        return
    while True:
        row += 1
        yield row, text.take(row)
        if text.peek() == "]":
            return
        text.skip(",", row)


class _Text:
    """The text of an array as far as it is read, and a place in it."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self._file, self._path = file, path
        self._decode = codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._place, self._ended = "", 0, False

    def peek(self) -> str:
        """Return the next sign that is no blank, empty at the end of the file."""
        while True:
            while self._place < len(self._text) and self._text[self._place] in _BLANKS:
                self._place += 1
            if self._place < len(self._text) or self._ended:
                return self._text[self._place : self._place + 1]
            self._read()

    def skip(self, sign: str, row: int) -> None:
        """Pass a sign that must stand next."""
        if self.peek() != sign:
            raise ListUnreadable(self._path.name, f"the array is broken or cut behind item {row}")
        self._place += 1

    def take(self, row: int) -> Any:
        """Return the value that stands next, reading on until it is whole."""
        self.peek()
        while True:
            try:
                value, self._place = _DECODER.raw_decode(self._text, self._place)
                return value
            except (ValueError, RecursionError) as error:
                if self._ended or len(self._text) - self._place > LONGEST_ITEM:
                    why = f"item {row} of the array is broken, cut, or over {LONGEST_ITEM:,} signs"
                    raise ListUnreadable(self._path.name, why) from error
                self._read()

    def _read(self) -> None:
        data = self._file.read(_CHUNK)
        self._ended = not data
        try:
            self._text = self._text[self._place :] + self._decode.decode(data, self._ended)
        except UnicodeDecodeError as error:
            raise ListUnreadable(self._path.name, "it is not UTF-8") from error
        self._place = 0
