"""The workbook part: which sheets there are, and ours in front of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

from answerable.exposure.outputs.columns import Span
from answerable.exposure.outputs.filters import widen_area
from answerable.exposure.outputs.package import (
    CONTENT_TYPES,
    MAIN,
    OFFICE,
    TYPES_PART,
    NotEditable,
    Package,
    Relation,
    add_relations,
    parse,
    relations_part,
    serialise,
)
from answerable.exposure.outputs.survey import read_cell

FRESH_PART = "xl/worksheets/answerable-{}{}.xml"
_FILTER_NAME = "_xlnm._FilterDatabase"
_NS = f"{{{MAIN}}}"
_RID = f"{{{OFFICE}}}id"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SELECTED = re.compile(
    rb"""(<(?:\w+:)?sheetView\b(?:[^>"']|"[^"]*"|'[^']*')*?)\s+tabSelected\s*=\s*["'](?:1|true)["']"""
)


@dataclass(frozen=True, slots=True)
class Fresh:
    """A sheet of ours.

    Args:
        name: Its name, if that is free.
        title: Text of its first cell, by which it is known again.
        xml: The sheet.
        links: Relationships of its links.
    """

    name: str
    title: str
    xml: bytes
    links: list[Relation] = field(default_factory=list)


@dataclass(slots=True)
class Tabs:
    """The sheets of a workbook.

    Args:
        part: Name of the workbook part.
        root: Its XML.
        sheets: Sheet name to part, in the order of the tabs.
        strings: Part of the shared strings, or None.
        styles: Part of the styles.
        macro_parts: Parts that hold macros.
        notes: Sentences for the Coverage sheet.
    """

    part: str
    root: etree._Element
    sheets: dict[str, str]
    strings: str | None
    styles: str
    macro_parts: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)

    def part_of(self, sheet: str | None) -> str:
        """Return the part of a sheet.

        Raises:
            NotEditable: There is no sheet of that name.
        """
        if sheet is None or sheet not in self.sheets:
            raise NotEditable("the sheet that was read was not found in it")
        return self.sheets[sheet]

    def deselect(self, package: Package, changed: dict[str, bytes]) -> dict[str, bytes]:
        """Return the sheets that were shown first without that mark.

        Two sheets with the mark would be grouped, and typing into one would change both.

        Args:
            package: The package.
            changed: Parts that were changed already.
        """
        edited = {}
        for part in self.sheets.values():
            data = changed.get(part) or package.read(part)
            start = data.find(b"sheetData")
            head = data if start < 0 else data[:start]
            found = _SELECTED.search(head)
            if found:
                edited[part] = data[: found.end(1)] + data[found.end() :]
        return edited

    def add_sheets(
        self, package: Package, fresh: Sequence[Fresh], strings: list[str]
    ) -> tuple[dict[str, bytes], frozenset[str]]:
        """Put our sheets in front, or each in place of that of an earlier answer.

        Args:
            package: The package.
            fresh: Our sheets; the first is shown when the workbook is opened.
            strings: The workbook's shared strings.

        Returns:
            Changed parts, and the names of dropped ones.
        """
        changed: dict[str, bytes] = {}
        relations = _without(package, self.part, self.macro_parts)
        parts: list[str] = []
        for sheet in fresh:
            part = self._earlier(package, sheet, strings)
            if part is None:
                part = _free_part(package, sheet)
                after = self._place_of(parts[-1]) + 1 if parts else 0
                relations = add_relations(relations, [self._insert(package, sheet, part, after)])
            changed |= {part: sheet.xml, relations_part(part): add_relations(None, sheet.links)}
            parts.append(part)
        self._show(self._place_of(parts[0]))
        changed[relations_part(self.part)] = relations
        changed[self.part] = serialise(self.root)
        changed[TYPES_PART] = self._types(package, parts)
        return changed, frozenset(self.macro_parts)

    def widen_filter(self, sheet: str, span: Span) -> None:
        """Draw out the hidden name that goes with a sheet's filter over the added columns.

        Args:
            sheet: Name of the sheet.
            span: The added columns.
        """
        place = self._place_of(self.sheets[sheet])
        for name in self.root.iter(f"{_NS}definedName"):
            if name.get("name") == _FILTER_NAME and name.get("localSheetId") == str(place):
                name.text = widen_area(name.text or "", span)

    def _place_of(self, part: str) -> int:
        """Return a sheet's place among the tabs, from 0, also of those without a part of ours."""
        for place, sheet in enumerate(self.root.iterfind(f"{_NS}sheets/{_NS}sheet")):
            if self.sheets.get(sheet.get("name", "")) == part:
                return place
        return 0

    def _earlier(self, package: Package, fresh: Fresh, strings: list[str]) -> str | None:
        for name, part in self.sheets.items():
            known = name.startswith(fresh.name) and part in package.names
            if known and _first_text(package.read(part), strings) == fresh.title:
                return part
        return None

    def _insert(self, package: Package, fresh: Fresh, part: str, place: int) -> Relation:
        sheets = self.root.find(f"{_NS}sheets")
        if sheets is None:
            raise NotEditable("it names no sheets")
        ids = {each.id for each in package.relations(self.part)}
        id_ = _free_name(f"rIdAnswerable{fresh.name}", ids)
        name = _free_sheet(fresh.name, {name.casefold() for name in self.sheets})
        number = max(int(sheet.get("sheetId", "1")) for sheet in sheets) + 1
        sheet = etree.Element(f"{_NS}sheet", name=name, sheetId=str(number))
        sheet.set(_RID, id_)
        sheets.insert(place, sheet)
        self.sheets = {**self.sheets, name: part}
        for defined in self.root.iter(f"{_NS}definedName"):
            local = defined.get("localSheetId")
            if local is not None and int(local) >= place:
                defined.set("localSheetId", str(int(local) + 1))
        return Relation(id_, f"{OFFICE}/worksheet", f"/{part}", external=False)

    def _show(self, place: int) -> None:
        for view in self.root.iter(f"{_NS}workbookView"):
            view.set("activeTab", str(place))
            view.set("firstSheet", "0")

    def _types(self, package: Package, parts: Sequence[str]) -> bytes:
        root = parse(package.read(TYPES_PART))
        for element in list(root):
            name = element.get("PartName", "").lstrip("/")
            if name in self.macro_parts or name in parts:
                root.remove(element)
            elif name == self.part:
                element.set("ContentType", _BOOK_TYPE)
        for part in parts:
            override = etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override")
            override.set("PartName", f"/{part}")
            override.set("ContentType", _SHEET_TYPE)
        return serialise(root)


def _first_text(data: bytes, strings: list[str]) -> str | None:
    """Return the text of a sheet's first cell, reading no further than its first row."""
    events = etree.iterparse(
        BytesIO(data), tag=f"{_NS}row", resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, row in events:
            return read_cell(row[0], strings) if len(row) else None
    except etree.XMLSyntaxError:
        return None
    return None


def _without(package: Package, part: str, dropped: tuple[str, ...]) -> bytes:
    """Return a part's relationships without those that lead to dropped parts."""
    root = parse(package.read(relations_part(part)))
    gone = {each.id for each in package.relations(part) if each.part in dropped}
    for element in list(root):
        if element.get("Id") in gone:
            root.remove(element)
    return serialise(root)


def _free_part(package: Package, fresh: Fresh) -> str:
    taken = {name.lower() for name in package.names}
    numbers = ("", *(f"-{number}" for number in range(2, len(taken) + 3)))
    parts = (FRESH_PART.format(fresh.name.lower(), number) for number in numbers)
    return next(part for part in parts if part not in taken)


def _free_name(name: str, taken: set[str]) -> str:
    numbers = ("", *(str(number) for number in range(2, len(taken) + 3)))
    return next(name + number for number in numbers if name + number not in taken)


def _free_sheet(name: str, taken: set[str]) -> str:
    names = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 3)))
    return next(each for each in names if each.casefold() not in taken)
