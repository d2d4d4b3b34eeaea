"""Media types of files, told from their bytes and not from their names."""

import io
import re
import zipfile
from pathlib import Path

_START = 65_536
_MOST_ENTRIES = 10_000
_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
    (b"WARC/1.", "application/warc"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
_INSIDE = (
    ("word/document.xml", f"{_OFFICE}wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
    ("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    ("ppt/presentation.xml", f"{_OFFICE}presentationml.presentation"),
)
_MEDIA_TYPE = re.compile(r"[a-z]{1,20}/[a-z0-9.+-]{1,100}")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("__substg1.0", "application/vnd.ms-outlook"),
)


def tell_media_type(path: Path) -> str:
    """Return the media type of a file as its bytes show it.

    It says what the file begins like, not that it is in order, nor that it is harmless.

    Args:
        path: A file; its name and ending are not looked at.

    Returns:
        Such as `application/pdf`; `text/plain` for text of no known kind, and
        `application/octet-stream` where nothing is recognised.

    Raises:
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(_START)
        if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return _tell_zip(file)
        if start.startswith(_OLE):
            file.seek(0)
            return _tell_ole(file.read(1 << 22))
    return tell_bytes(start)


def tell_bytes(start: bytes) -> str:
    r"""Return the media type of bytes that are no ZIP and no OLE container.

    Example:
        >>> tell_bytes(b"%PDF-1.7"), tell_bytes("华为".encode()), tell_bytes(b"\x00\x01")
        ('application/pdf', 'text/plain', 'application/octet-stream')
    """
    if b"%PDF-" in start[:1024]:
        return "application/pdf"
    for magic, media_type in _MAGIC:
        if start.startswith(magic):
            return media_type
    if start[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(start[8:12], "video/x-msvideo")
    if start[4:8] == b"ftyp":
        return "image/heic" if start[8:11] == b"hei" else "video/mp4"
    return _tell_text(start)


def _tell_text(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    if b"\x00" in start or not _is_text(start):
        return "application/octet-stream"
    head = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if b"<!doctype html" in head or b"<html" in head:
        return "text/html"
    if head.startswith(b"<svg") or (b"<svg" in head and head.startswith(b"<?xml")):
        return "image/svg+xml"
    if head.startswith(b"<?xml"):
        return "application/xml"
    return "application/json" if head.startswith((b"{", b"[")) else "text/plain"


def _is_text(start: bytes) -> bool:
    """Whether it is UTF-8 (cut anywhere), or another encoding without control letters."""
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(start) - 3:
            return True
        return not any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in start)
    return True


def _tell_zip(file: io.BufferedReader) -> str:
    try:
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist()[:_MOST_ENTRIES])
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                named = archive.read("mimetype").decode("ascii").strip().lower()
                return named if _MEDIA_TYPE.fullmatch(named) else "application/zip"
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        return "application/zip"
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return "application/wacz+zip"
    return next((kind for name, kind in _INSIDE if name in names), "application/zip")


def _tell_ole(start: bytes) -> str:
    for name, media_type in _OLE_STREAMS:
        if name.encode("utf-16-le") in start:
            return media_type
    return "application/x-ole-storage"
