"""The bytes of a file, their digest, and what they are by content and not by name.

A buyer's `.xlsx` is often a CSV or a web page, and the reverse. So the form is read from the
first bytes; the ending of a name decides nothing.
"""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from answerable.errors import TableMissing, TableTooLarge, TableUnreadable

MAX_FILE_BYTES = 500_000_000
"""Greatest size of a file that is read as a table."""

MAX_LINE_BYTES = 4_000_000
"""Greatest length of one line of a text file; a longer one is no table of companies."""

_CHUNK = 1 << 20
_LINE_END = re.compile(rb"[\r\n]")

_BINARY = {
    b"%PDF-": "it is a PDF",
    b"\x89PNG": "it is a PNG picture",
    b"\xff\xd8\xff": "it is a JPEG picture",
    b"GIF8": "it is a GIF picture",
    b"\x1f\x8b": "it is packed with gzip",
    b"BZh": "it is packed with bzip2",
    b"\xfd7zXZ": "it is packed with xz",
    b"7z\xbc\xaf": "it is a 7-Zip archive",
    b"Rar!": "it is a RAR archive",
    b"\x7fELF": "it is a program",
    b"MZ\x90": "it is a program",
    b"SQLite format 3": "it is an SQLite database",
    b"PAR1": "it is a Parquet file",
    b"{\\rtf": "it is an RTF document",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "Open it in its own program and save the rows as CSV (UTF-8) or XLSX."


@dataclass(frozen=True, slots=True)
class Content:
    """A file, read whole.

    Args:
        file_name: Its name without the folder, or `stdin`.
        data: Its bytes.
        sha256: Their digest, lower-case hexadecimal.
        size: Their number.
    """

    file_name: str
    data: bytes = field(repr=False)
    sha256: str
    size: int


def read_content(source: Path | bytes, file_name: str | None = None) -> Content:
    """Return the bytes of a file with their digest, within the limits of this module.

    Args:
        source: Path of the file, or its bytes (for what came by stdin).
        file_name: Name to be shown; by default the path's, or `stdin`.

    Returns:
        The content; never empty.

    Raises:
        TableMissing: There is no such file.
        TableUnreadable: It is empty, a folder, or may not be read.
        TableTooLarge: It, or one of its lines where it is a text, is over a limit.

    Cost:
        A file over the limit is refused without being held in memory.

    Example:
        >>> read_content(b"name", "suppliers.csv").size
        4
    """
    if isinstance(source, bytes):
        name = file_name or "stdin"
        return _hold(io.BytesIO(source), len(source), name)
    name = file_name or source.name
    try:
        with source.open("rb") as file:
            return _hold(file, source.stat().st_size, name)
    except FileNotFoundError:
        raise TableMissing(str(source)) from None
    except OSError as error:
        why = "it is a folder" if source.is_dir() else (error.strerror or "it cannot be opened")
        raise TableUnreadable(name, why, "Give the path of a file that you may read.") from error


def _hold(file: BinaryIO, size: int, name: str) -> Content:
    if size > MAX_FILE_BYTES:
        raise TableTooLarge(name, "its size in bytes", size, MAX_FILE_BYTES)
    digest = hashlib.sha256()
    chunks: list[bytes] = []
    unended = 0
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
        chunks.append(chunk)
        longest, unended = _line_lengths(chunk, unended)
        if longest > MAX_LINE_BYTES and _has_lines(chunks[0]):
            raise TableTooLarge(name, "the length of one line in bytes", longest, MAX_LINE_BYTES)
    data = b"".join(chunks)
    if not data.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n\x1a"):
        raise TableUnreadable(name, "it is empty", "Check that the right file was given.")
    return Content(name, data, digest.hexdigest(), len(data))


def _line_lengths(chunk: bytes, unended: int) -> tuple[int, int]:
    """Return the longest line seen so far in a chunk, and the length of the one still open."""
    first, *others = _LINE_END.split(chunk)
    if not others:
        return unended + len(chunk), unended + len(chunk)
    return max(unended + len(first), *map(len, others)), len(others[-1])


def _has_lines(start: bytes) -> bool:
    return not start.startswith((b"PK", _OLE, *_BINARY)) and not _opens_json(start)


def _opens_json(start: bytes) -> bool:
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def detect_form(content: Content) -> str:
    """Return what a file is by its content: `xlsx`, `ods`, `xls`, `json`, or `csv` for other text.

    Raises:
        TableUnreadable: It is something that holds no table which could be read here: a web page,
            a PDF, a picture, a program, an encrypted workbook … with what to do.

    Example:
        >>> detect_form(read_content(b"name;country", "really_text.xlsx"))
        'csv'
    """
    data, name = content.data, content.file_name
    if data.startswith(b"PK"):
        return _zip_form(content)
    if data.startswith(_OLE):
        return _ole_form(content)
    for magic, why in _BINARY.items():
        if data.startswith(magic):
            raise TableUnreadable(name, why, _SAVE_AS)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head")):
        raise TableUnreadable(name, "it is a web page (HTML), whatever its name says", _SAVE_AS)
    if start.startswith((b"<?xml", b"<!doctype")):
        raise TableUnreadable(name, "it is XML, whatever its name says", _SAVE_AS)
    return "json" if _opens_json(data[:4096]) else "csv"


def _zip_form(content: Content) -> str:
    name = content.file_name
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            members = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise TableUnreadable(
            name, "it is a damaged or cut workbook (its zip directory is broken)", _SAVE_AS
        ) from error
    if "xl/workbook.xml" in members:
        return "xlsx"
    if "content.xml" in members:
        return "ods"
    if "xl/workbook.bin" in members:
        raise TableUnreadable(name, "it is an XLSB workbook", "Save it as XLSX or CSV.")
    if "word/document.xml" in members:
        raise TableUnreadable(name, "it is a Word document", _SAVE_AS)
    raise TableUnreadable(
        name, "it is a zip archive and no workbook", "Unpack it and give the file inside."
    )


def _ole_form(content: Content) -> str:
    if (
        b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"
        in content.data
    ):
        raise TableUnreadable(
            content.file_name,
            "it is a workbook locked with a password",
            "Open it, remove the password, and save it again.",
        )
    return "xls"
