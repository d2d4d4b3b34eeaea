"""Documents that are archives of XML: opened within bounds, parsed without entities."""

import io
import re
import zipfile
import zlib

from lxml import etree

MAX_MEMBERS = 20_000
MAX_PART_BYTES = 200_000_000
MAX_UNPACKED_BYTES = 600_000_000
MAX_RATIO = 400
RATIO_FROM_BYTES = 20_000_000

DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, etree.XMLSyntaxError, ValueError)
"""What a damaged archive or part raises; `KeyError` for a missing part is told apart."""


class TooLarge(Exception):
    """An archive unpacks to more than the limits of this module allow."""


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open an archive after a look at what it says that it unpacks to.

    Raises:
        TooLarge: It says that it unpacks to more than is allowed.
        zipfile.BadZipFile: It is none.
    """
    archive = zipfile.ZipFile(io.BytesIO(data))
    members = archive.infolist()
    unpacked = sum(each.file_size for each in members)
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED_BYTES:
        raise TooLarge
    for each in members:
        if each.file_size > RATIO_FROM_BYTES and each.file_size > MAX_RATIO * each.compress_size:
            raise TooLarge
    return archive


def read_part(archive: zipfile.ZipFile, name: str) -> etree._Element:
    """Return the root of a part of XML.

    Raises:
        KeyError: There is no such part.
        TooLarge: It unpacks to more than it says, or than is allowed.
        RuntimeError: It is locked with a password.
        lxml.etree.XMLSyntaxError: It is damaged.
    """
    with archive.open(name) as part:
        data = part.read(MAX_PART_BYTES + 1)
    if len(data) > MAX_PART_BYTES:
        raise TooLarge
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("office files declare no document type")
    return root


def names_in(archive: zipfile.ZipFile, pattern: str) -> list[str]:
    """Return the parts whose whole name fits, in the order of the numbers in their names.

    Example:
        >>> import io, zipfile
        >>> made = zipfile.ZipFile(io.BytesIO(), "w")
        >>> for name in ("s10.xml", "s9.xml", "t.xml"): made.writestr(name, "")
        >>> names_in(made, r"s[0-9]+[.]xml")
        ['s9.xml', 's10.xml']
    """
    found = [name for name in archive.namelist() if re.fullmatch(pattern, name)]
    return sorted(
        set(found), key=lambda name: ([int(each) for each in re.findall(r"[0-9]+", name)], name)
    )
