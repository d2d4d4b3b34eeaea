"""From a workbook, the buyer's own workbook: her sheets stay, the answers stand beside her rows.

Only the screened sheet gains columns, to the right of what it uses (her filter is drawn out over
them), and two sheets, "Coverage" and "Findings", are put in front. All else is copied byte for
byte: other sheets (but for which one is shown first), charts, pictures, formulas, shared strings.
Macros of an XLSM are the one exception, because an XLSX cannot hold them. Screening an answered
workbook again replaces the earlier answers and our earlier sheets. Where an edit could do harm (a
protected or strict-form sheet, XML with a document type, rows that do not hold the supplier read
from them), a plain workbook is written and its Coverage sheet says why.
"""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from answerable.exposure.outputs.answers import (
    ANSWERS,
    measure_height,
    name_style,
    read_answers,
)
from answerable.exposure.outputs.book import open_tabs
from answerable.exposure.outputs.columns import (
    Cell,
    RowCells,
    Span,
    count_links,
    extend_rows,
    letters_of,
    set_dimension,
    set_links,
    set_widths,
)
from answerable.exposure.outputs.cover import HYPERLINK, write_cover
from answerable.exposure.outputs.filters import extend_filter, is_extended
from answerable.exposure.outputs.overview import FINDINGS_TITLE, Place, write_overview
from answerable.exposure.outputs.package import (
    NotEditable,
    Package,
    Relation,
    add_relations,
    copy_package,
    relations_part,
)
from answerable.exposure.outputs.preface import TITLE, describe_coverage
from answerable.exposure.outputs.readings import Row, answer_rows
from answerable.exposure.outputs.room import place_answers
from answerable.exposure.outputs.sheet import MOST_LINKS, write_sheet
from answerable.exposure.outputs.styles import Styles, add_styles
from answerable.exposure.outputs.survey import Survey, range_of, read_strings, survey_sheet
from answerable.exposure.outputs.tabs import Fresh, Tabs
from answerable.model import Finding, Screening

_FORMS = ("xlsx", "xlsm")


@dataclass(frozen=True, slots=True)
class _Edit:
    """What an edit works on: the package, its tabs, the screened sheet, and where answers go."""

    package: Package
    tabs: Tabs
    part: str
    data: bytes
    survey: Survey
    span: Span
    styles: Styles


def write_workbook(screening: Screening, file: BinaryIO, source: Path | None) -> None:
    """Write an XLSX: the buyer's own workbook with answers, or a plain one where that cannot be.

    Args:
        screening: The screening of `source`.
        file: A binary file that can be rewound.
        source: The buyer's file, or None.

    Raises:
        OutputUnwritable: A plain workbook was needed and has too many columns.

    Cost:
        100,000 rows of ten columns: about thirteen seconds and 300 MB where one row in
        twenty has findings; its Findings sheet takes two of them.
    """
    if source is None or screening.suppliers.recognition.form not in _FORMS:
        write_sheet(screening, file, _explain_plain(screening))
        return
    try:
        with zipfile.ZipFile(source) as archive:
            _answer(screening, Package(archive), file)
    except (NotEditable, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        why = str(error) if isinstance(error, NotEditable) else "its package is damaged"
        note = (
            f"This is a new workbook, not a copy of {screening.suppliers.file_name}, because "
            f"{why}. Your columns are kept; your other sheets, styles and formulas are not."
        )
        file.seek(0)
        file.truncate()
        write_sheet(screening, file, (note,))


def _explain_plain(screening: Screening) -> tuple[str, ...]:
    form = screening.suppliers.recognition.form
    if form == "ods":
        return (
            "This is a new workbook: an OpenDocument file cannot be answered in place. Your "
            "columns are kept in their order. Save your file as XLSX to get the answers beside "
            "your own sheet.",
        )
    if form in _FORMS:
        return (
            "This is a new workbook, because yours came through a pipe. Give its path to get the "
            "answers beside your own sheet.",
        )
    return ()


def _answer(screening: Screening, package: Package, file: BinaryIO) -> None:
    tabs = open_tabs(package)
    part = tabs.part_of(screening.suppliers.recognition.sheet)
    data = package.read(part)
    strings = read_strings(package.read(tabs.strings)) if tabs.strings else []
    heading_row = screening.suppliers.recognition.header_row
    names = {finding.supplier.row: finding.supplier.name for finding in screening.findings}
    survey = survey_sheet(data, strings, heading_row, names)
    _check_survey(survey, names, heading_row)
    styles_data, styles = add_styles(package.read(tabs.styles))
    span = place_answers(package, part, survey, heading_row)
    edit = _Edit(package, tabs, part, data, survey, span, styles)
    changed = {tabs.styles: styles_data, **_extend(screening, edit)}
    changed |= tabs.deselect(package, changed)
    more, dropped = tabs.add_sheets(package, _write_fresh(screening, edit), strings)
    copy_package(package, file, changed | more, dropped)


def _write_fresh(screening: Screening, edit: _Edit) -> list[Fresh]:
    """Return the Coverage and the Findings sheet."""
    sheet = screening.suppliers.recognition.sheet or ""
    heading = screening.suppliers.recognition.columns.get("name")
    headings = edit.survey.headings.items()
    column = letters_of(next((place for place, text in headings if text == heading), 1))

    def place_of(finding: Finding) -> Place:
        return sheet, f"{column}{finding.supplier.row}"

    lines = describe_coverage(screening, tuple(edit.tabs.notes))
    cover, relations = write_cover(lines, edit.styles)
    overview = write_overview(screening, edit.styles, place_of)
    return [
        Fresh("Coverage", TITLE, cover, relations),
        Fresh("Findings", FINDINGS_TITLE, overview),
    ]


def _check_survey(survey: Survey, names: dict[int, str], heading_row: int | None) -> None:
    if "sheetProtection" in survey.tops:
        raise NotEditable("its sheet is protected")
    wanted = set(names) | ({heading_row} if heading_row is not None else set())
    missing = wanted - set(survey.rows)
    merged = _merged_rows(survey)
    faulty = missing | {row for row in survey.misplaced if row not in merged}
    if faulty:
        raise NotEditable(f"row {min(faulty)} of its sheet is not the row that was read")


def _merged_rows(survey: Survey) -> set[int]:
    rows: set[int] = set()
    for element in (child for block in survey.tops.get("mergeCells", []) for child in block):
        _, top, _, bottom = range_of(element.get("ref", "A1"))
        rows.update(range(top, min(bottom, survey.rows[-1]) + 1) if bottom > top else ())
    return rows


def _extend(screening: Screening, edit: _Edit) -> dict[str, bytes]:
    """Return the screened sheet with its answers, and its relationships."""
    rows = {row.finding.supplier.row: row for row in answer_rows(screening)}
    urls: dict[str, str] = {}
    links: dict[str, str] = {}
    room = MOST_LINKS - count_links(edit.survey)
    headings = _headings(edit, screening.suppliers.recognition.header_row)

    def read(number: int) -> RowCells:
        if number in headings:
            return RowCells(headings[number])
        if number not in rows:
            return RowCells()
        cells = _cells(rows[number], number, edit, urls, links, room)
        return RowCells(cells, measure_height(rows[number]))

    data = _extend_filter(screening, edit)
    data = extend_rows(data, edit.survey, edit.span, read)
    data = set_links(data, edit.survey, edit.span, links)
    data = set_widths(data, edit.survey, edit.span, [answer.width for answer in ANSWERS])
    data = set_dimension(data, edit.span, edit.survey.rows[-1])
    relations = relations_part(edit.part)
    old = edit.package.read(relations) if relations in edit.package.names else None
    new = [Relation(id_, HYPERLINK, url, external=True) for url, id_ in urls.items()]
    return {edit.part: data, relations: add_relations(old, new)}


def _extend_filter(screening: Screening, edit: _Edit) -> bytes:
    """Return the sheet with her filter, and the name that goes with it, over our columns too."""
    recognition = screening.suppliers.recognition
    where = (edit.survey, edit.span, recognition.header_row)
    if recognition.sheet is not None and is_extended(edit.data, *where):
        edit.tabs.widen_filter(recognition.sheet, edit.span)
        edit.tabs.notes.append("Your filter now runs over the answer columns too.")
    return extend_filter(edit.data, *where)


def _headings(edit: _Edit, heading_row: int | None) -> dict[int, list[Cell]]:
    """Return our headings, each with a number where she has one of that name already."""
    if heading_row is None:
        return {}
    span = edit.span
    hers = {
        text.strip()
        for column, text in edit.survey.headings.items()
        if not span.first <= column <= span.wiped
    }
    style = edit.styles["head"]
    cells = []
    for answer in ANSWERS:
        title, number = answer.title, 2
        while title in hers:
            title, number = f"{answer.title} ({number})", number + 1
        cells.append(Cell(title, style))
    return {heading_row: cells}


def _cells(
    row: Row,
    number: int,
    edit: _Edit,
    urls: dict[str, str],
    links: dict[str, str],
    room: int,
) -> list[Cell | None]:
    cells: list[Cell | None] = []
    values = zip(ANSWERS, read_answers(row), strict=True)
    for column, (answer, value) in enumerate(values, start=edit.span.first):
        cells.append(None if value is None else Cell(value, edit.styles[name_style(answer, row)]))
        if answer.form == "link" and isinstance(value, str) and len(links) < room:
            id_ = urls.setdefault(value, f"rIdAnswerable{len(urls) + 1}")
            links[f"{letters_of(column)}{number}"] = id_
    return cells
