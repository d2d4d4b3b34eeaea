"""The buyer's workbook opened: which of its parts are its sheets, styles, strings and macros."""

from answerable.exposure.outputs.package import MAIN, OFFICE, NotEditable, Package, Relation, parse
from answerable.exposure.outputs.tabs import Tabs

_NS = f"{{{MAIN}}}"
_RID = f"{{{OFFICE}}}id"


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
