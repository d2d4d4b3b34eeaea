"""The workbook part: which sheets there are, and one more in front of them."""

import re
from dataclasses import dataclass, field
from io import BytesIO

from lxml import etree

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
from answerable.exposure.outputs.preface import TITLE
from answerable.exposure.outputs.survey import read_cell

COVER_PART = "xl/worksheets/answerable-coverage{}.xml"
_NS = f"{{{MAIN}}}"
_RID = f"{{{OFFICE}}}id"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SELECTED = re.compile(
    rb"""(<(?:\w+:)?sheetView\b(?:[^>"']|"[^"]*"|'[^']*')*?)\s+tabSelected\s*=\s*["'](?:1|true)["']"""
)


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

    def add_cover(
        self, package: Package, cover: bytes, links: list[Relation], strings: list[str]
    ) -> tuple[dict[str, bytes], frozenset[str]]:
        """Put the Coverage sheet in front, or in place of that of an earlier answer.

        Args:
            package: The package.
            cover: The sheet's XML.
            links: Relationships of its links.
            strings: The workbook's shared strings.

        Returns:
            Changed parts, and the names of dropped ones.
        """
        earlier = self._earlier_cover(package, strings)
        part = earlier or _free_part(package)
        changed = {part: cover, relations_part(part): add_relations(None, links)}
        relations_name = relations_part(self.part)
        relations = _without(package, self.part, self.macro_parts)
        if not earlier:
            relations = add_relations(relations, [self._insert(package, part)])
        self._show_first()
        changed[relations_name] = relations
        changed[self.part] = serialise(self.root)
        changed[TYPES_PART] = self._types(package, part)
        return changed, frozenset(self.macro_parts)

    def _earlier_cover(self, package: Package, strings: list[str]) -> str | None:
        for name, part in self.sheets.items():
            if name.startswith("Coverage") and _first_text(package.read(part), strings) == TITLE:
                return part
        return None

    def _insert(self, package: Package, part: str) -> Relation:
        sheets = self.root.find(f"{_NS}sheets")
        relations = package.relations(self.part)
        if sheets is None:
            raise NotEditable("it names no sheets")
        id_ = _free_name("rIdCoverage", {each.id for each in relations})
        taken = {name.casefold() for name in self.sheets}
        number = max(int(sheet.get("sheetId", "1")) for sheet in sheets) + 1
        sheet = etree.Element(f"{_NS}sheet", name=_free_sheet(taken), sheetId=str(number))
        sheet.set(_RID, id_)
        sheets.insert(0, sheet)
        for name in self.root.iter(f"{_NS}definedName"):
            local = name.get("localSheetId")
            if local is not None:
                name.set("localSheetId", str(int(local) + 1))
        return Relation(id_, f"{OFFICE}/worksheet", f"/{part}", external=False)

    def _show_first(self) -> None:
        for view in self.root.iter(f"{_NS}workbookView"):
            view.set("activeTab", "0")
            view.set("firstSheet", "0")

    def _types(self, package: Package, part: str) -> bytes:
        root = parse(package.read(TYPES_PART))
        for element in list(root):
            name = element.get("PartName", "").lstrip("/")
            if name in self.macro_parts or name == part:
                root.remove(element)
            elif name == self.part:
                element.set("ContentType", _BOOK_TYPE)
        override = etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", _SHEET_TYPE)
        return serialise(root)


def open_tabs(package: Package) -> Tabs:
    """Return the sheets of a package's workbook.

    Raises:
        NotEditable: It has no workbook of the usual form, or its structure is protected.
    """
    part = _find(package.relations(""), "officeDocument")
    if part is None:
        raise NotEditable("its package names no workbook")
    root = parse(package.read(part))
    if root.tag != f"{_NS}workbook":
        raise NotEditable("it is not of the usual (transitional) form")
    protections = root.iter(f"{_NS}workbookProtection")
    if any(each.get("lockStructure") in ("1", "true") for each in protections):
        raise NotEditable("its structure is protected")
    relations = package.relations(part)
    by_id = {relation.id: relation.part for relation in relations}
    sheets = {
        sheet.get("name", ""): by_id[sheet.get(_RID, "")]
        for sheet in root.iterfind(f"{_NS}sheets/{_NS}sheet")
        if sheet.get(_RID, "") in by_id
    }
    tabs = Tabs(
        part,
        root,
        sheets,
        strings=_find(relations, "sharedStrings"),
        styles=_find(relations, "styles") or "",
        macro_parts=tuple(name for name in package.names if "vbaproject" in name.lower()),
    )
    tabs.notes += _notes(package, tabs)
    return tabs


def _notes(package: Package, tabs: Tabs) -> list[str]:
    notes = ["This is your own workbook: the answers stand to the right of your columns."]
    if tabs.macro_parts:
        notes.append("Your macros are left out: an .xlsx file cannot hold them.")
    if any(name.startswith("_xmlsignatures/") for name in package.names):
        notes.append(
            "Your workbook carries a digital signature. It was made for the workbook without the "
            "answers, and does not hold for this copy."
        )
    return notes


def _find(relations: list[Relation], kind: str) -> str | None:
    return next((each.part for each in relations if each.type.endswith(f"/{kind}")), None)


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


def _free_part(package: Package) -> str:
    taken = {name.lower() for name in package.names}
    numbers = ("", *(f"-{number}" for number in range(2, len(taken) + 3)))
    return next(part for part in map(COVER_PART.format, numbers) if part not in taken)


def _free_name(name: str, taken: set[str]) -> str:
    numbers = ("", *(str(number) for number in range(2, len(taken) + 3)))
    return next(name + number for number in numbers if name + number not in taken)


def _free_sheet(taken: set[str]) -> str:
    names = ("Coverage", *(f"Coverage ({number})" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in taken)
