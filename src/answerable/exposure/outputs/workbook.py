"""From a workbook, the buyer's own workbook: her sheets stay, the answers stand beside her rows.

Only the screened sheet gains columns, to the right of what it uses, and one sheet "Coverage" is
put in front. All else is copied byte for byte: other sheets (but for which one is shown first),
charts, pictures, formulas, shared strings, macros of an XLSM are the one exception, because an
XLSX cannot hold them. Screening an answered workbook again replaces the earlier answers and the
earlier Coverage sheet. Where an edit could do harm (a protected or strict-form sheet, XML with
a document type, rows that do not hold the supplier read from them), a plain workbook is written
and its Coverage sheet says why.
"""

import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from answerable.exposure.outputs.answers import (
    ANSWERS,
    Row,
    answer_rows,
    is_answer,
    measure_height,
    read_answers,
)
from answerable.exposure.outputs.columns import (
    LAST_COLUMN,
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
from answerable.exposure.outputs.package import (
    NotEditable,
    Package,
    Relation,
    add_relations,
    copy_package,
    parse,
    relations_part,
)
from answerable.exposure.outputs.preface import describe_coverage
from answerable.exposure.outputs.sheet import MOST_LINKS, write_sheet
from answerable.exposure.outputs.styles import Styles, add_styles
from answerable.exposure.outputs.survey import Survey, range_of, read_strings, survey_sheet
from answerable.exposure.outputs.tabs import Tabs, open_tabs
from answerable.model import Screening

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
        100,000 rows of ten columns: about eight seconds and 300 MB.
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
    span = _place(package, part, survey, heading_row)
    edit = _Edit(package, tabs, part, data, survey, span, styles)
    changed = {tabs.styles: styles_data, **_extend(screening, edit)}
    changed |= tabs.deselect(package, changed)
    notes = tuple(tabs.notes)
    cover, relations = write_cover(describe_coverage(screening, notes), styles)
    more, dropped = tabs.add_cover(package, cover, relations, strings)
    copy_package(package, file, changed | more, dropped)


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


def _place(package: Package, part: str, survey: Survey, heading_row: int | None) -> Span:
    """Return where the answers go: over earlier ones, else to the right of all that is used."""
    count = len(ANSWERS)
    earlier = sorted(column for column, text in survey.headings.items() if is_answer(text))
    run = range(earlier[0], earlier[-1] + 1) if earlier else range(0)
    whole = len(run) == len(earlier) > 0
    if whole and (len(run) >= count or earlier[-1] >= survey.last_value):
        first = earlier[0]
        return _span(first, max(earlier[-1], first + count - 1))
    used = max([survey.last_value, *_merged_columns(survey, heading_row or 1)])
    used = max([used, *_table_columns(package, part), *_drawn_columns(package, part)])
    return _span(used + 1, used + count)


def _span(first: int, wiped: int) -> Span:
    if wiped > LAST_COLUMN:
        raise NotEditable("its sheet has no room for more columns")
    return Span(first, first + len(ANSWERS) - 1, wiped)


def _merged_columns(survey: Survey, heading_row: int) -> list[int]:
    ranges = [
        range_of(child.get("ref", "A1"))
        for block in survey.tops.get("mergeCells", [])
        for child in block
    ]
    return [right for _, _, right, bottom in ranges if bottom >= heading_row]


def _table_columns(package: Package, part: str) -> list[int]:
    parts = [each.part for each in package.relations(part) if each.type.endswith("/table")]
    return [range_of(parse(package.read(each)).get("ref", "A1"))[2] for each in parts]


def _drawn_columns(package: Package, part: str) -> list[int]:
    """Return where charts and pictures end, so that the answers do not lie under them."""
    columns = []
    for relation in package.relations(part):
        if relation.type.endswith("/drawing") and not relation.external:
            root = parse(package.read(relation.part))
            ends = root.iterfind("{*}twoCellAnchor/{*}to/{*}col")
            columns += [int(end.text or 0) + 1 for end in ends]
    return [column for column in columns if column <= 200]


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

    data = extend_rows(edit.data, edit.survey, edit.span, read)
    data = set_links(data, edit.survey, edit.span, links)
    data = set_widths(data, edit.survey, edit.span, [answer.width for answer in ANSWERS])
    data = set_dimension(data, edit.span, edit.survey.rows[-1])
    relations = relations_part(edit.part)
    old = edit.package.read(relations) if relations in edit.package.names else None
    new = [Relation(id_, HYPERLINK, url, external=True) for url, id_ in urls.items()]
    return {edit.part: data, relations: add_relations(old, new)}


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
        cells.append(None if value is None else Cell(value, edit.styles[answer.form]))
        if answer.form == "link" and isinstance(value, str) and len(links) < room:
            id_ = urls.setdefault(value, f"rIdAnswerable{len(urls) + 1}")
            links[f"{letters_of(column)}{number}"] = id_
    return cells
