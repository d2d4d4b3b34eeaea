"""What a workbook unpacks to, looked at before anything unpacks it, and what its cells hide."""

import io
import zipfile

from answerable.errors import TableTooLarge, TableUnreadable
from answerable.lists.content import Content
from answerable.model import Problem

MAX_MEMBERS = 5_000
MAX_UNPACKED_BYTES = 1_000_000_000
MAX_RATIO = 250
"""Greatest ratio of unpacked to packed size for members over a megabyte."""


def look_into(content: Content, form: str) -> dict[str, list[Problem]]:
    """Refuse a workbook that unpacks to too much; return what is odd, by sheet.

    Raises:
        TableTooLarge: It unpacks to more than the limits allow.
        TableUnreadable: Its parts are damaged.
    """
    if form in ("xlsx", "ods"):
        _check_archive(content)
    return {}


def _check_archive(content: Content) -> None:
    name = content.file_name
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
        raise TableUnreadable(
            name, "it is a damaged workbook", "Save it again from its own program."
        ) from error
    if len(members) > MAX_MEMBERS:
        raise TableTooLarge(name, "the number of its parts", len(members), MAX_MEMBERS)
    unpacked = sum(each.file_size for each in members)
    if unpacked > MAX_UNPACKED_BYTES:
        raise TableTooLarge(name, "its unpacked size in bytes", unpacked, MAX_UNPACKED_BYTES)
    for each in members:
        ratio = each.file_size // max(1, each.compress_size)
        if each.file_size > 1_000_000 and ratio > MAX_RATIO:
            raise TableTooLarge(name, "how many times a part of it unpacks", ratio, MAX_RATIO)
