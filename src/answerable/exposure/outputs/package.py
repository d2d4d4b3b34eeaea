"""A workbook's package: the parts of its zip archive, how they relate, and how it is copied.

Parts that need no change are copied byte for byte. What could not be edited without harm is
refused with a sentence (`NotEditable`), and the caller then writes a plain workbook instead.
"""

import posixpath
import shutil
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from lxml import etree

MOST_PARTS = 10_000
MOST_BYTES = 2**30
MOST_PART_BYTES = 2**29

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES_PART = "[Content_Types].xml"
_FIXED = (1980, 1, 1, 0, 0, 0)


class NotEditable(Exception):
    """The workbook cannot be edited without harm; the text completes "because …"."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part, where it leads as a part name (or an address if `external`)."""

    id: str
    type: str
    part: str
    external: bool


class Package:
    """The parts of an open archive."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        infos = archive.infolist()
        names = [info.filename for info in infos]
        if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > MOST_BYTES:
            raise NotEditable("it unpacks to more than the limit that protects the machine")
        if len({name.lower() for name in names}) != len(names):
            raise NotEditable("its package holds two parts of one name")
        if any(info.flag_bits & 1 for info in infos):
            raise NotEditable("its package is encrypted")
        self.names = frozenset(names)

    def read(self, name: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            NotEditable: There is no such part, or it is too large.
        """
        if name not in self.names:
            raise NotEditable(f"its package has no part {name}")
        if self.archive.getinfo(name).file_size > MOST_PART_BYTES:
            raise NotEditable(f"its part {name} is too large")
        return self.archive.read(name)

    def relations(self, part: str) -> list[Relation]:
        """Return the relationships of a part; empty if it has none."""
        name = relations_part(part)
        if name not in self.names:
            return []
        return [_read_relation(element, part) for element in parse(self.read(name))]


def relations_part(part: str) -> str:
    """Return the name of the part that holds a part's relationships.

    Example:
        >>> relations_part("xl/worksheets/sheet1.xml")
        'xl/worksheets/_rels/sheet1.xml.rels'
    """
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _read_relation(element: etree._Element, part: str) -> Relation:
    leads_to = element.get("Target", "")
    external = element.get("TargetMode") == "External"
    if not external:
        folder = posixpath.dirname(part)
        leads_to = posixpath.normpath(posixpath.join("/", folder, leads_to)).lstrip("/")
    return Relation(element.get("Id", ""), element.get("Type", ""), leads_to, external)


def parse(data: bytes) -> etree._Element:
    """Return the root of a part's XML.

    Raises:
        NotEditable: It is not well-formed, or declares a document type or entities.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise NotEditable("a part of its XML is not well-formed") from error
    if b"<!DOCTYPE" in data or root.getroottree().docinfo.internalDTD is not None:
        raise NotEditable("a part of its XML declares a document type, which is refused")
    return root


def serialise(root: etree._Element) -> bytes:
    """Return a root as a part's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def add_relations(data: bytes | None, relations: list[Relation]) -> bytes:
    """Return a relationships part with more relationships at its end.

    Args:
        data: The part as it is, or None if there is none yet.
        relations: relationships, written as they stand.
    """
    root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})  # type: ignore[dict-item]
    if data is not None:
        root = parse(data)
    for relation in relations:
        element = etree.SubElement(root, f"{{{RELATIONS}}}Relationship")
        element.set("Id", relation.id)
        element.set("Type", relation.type)
        element.set("Target", relation.part)
        if relation.external:
            element.set("TargetMode", "External")
    return serialise(root)


def copy_package(
    package: Package, file: BinaryIO, changed: dict[str, bytes], dropped: frozenset[str]
) -> None:
    """Write the package again with some parts changed, added or left out.

    Args:
        package: The package to copy; other parts keep bytes, order and date.
        file: Where to write.
        changed: Part name to new bytes; names that are new come last.
        dropped: Names of parts to leave out.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in package.archive.infolist():
            if info.filename in dropped or info.is_dir():
                continue
            copy = zipfile.ZipInfo(info.filename, max(info.date_time, _FIXED))
            copy.compress_type = zipfile.ZIP_DEFLATED
            copy.external_attr = info.external_attr
            if info.filename in changed:
                archive.writestr(copy, changed[info.filename])
                continue
            copy.file_size = info.file_size
            with package.archive.open(info) as source, archive.open(copy, "w") as part:
                shutil.copyfileobj(source, part, 2**20)
        for name in sorted(changed.keys() - package.names):
            fresh = zipfile.ZipInfo(name, _FIXED)
            fresh.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(fresh, changed[name])
