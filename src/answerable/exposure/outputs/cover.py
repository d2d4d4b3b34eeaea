"""The Coverage sheet as XML, to stand first in the buyer's own workbook."""

from collections.abc import Sequence

from answerable.exposure.outputs.columns import Cell, letters_of, write_cell
from answerable.exposure.outputs.package import MAIN, OFFICE, Relation
from answerable.exposure.outputs.preface import WIDTHS, Line, height_of
from answerable.exposure.outputs.styles import Styles

HYPERLINK = f"{OFFICE}/hyperlink"


def write_cover(lines: Sequence[Line], styles: Styles) -> tuple[bytes, list[Relation]]:
    """Return the sheet's XML, and the relationships of its links.

    Args:
        lines: The coverage in words.
        styles: Numbers of the workbook's appended styles.
    """
    last = letters_of(len(WIDTHS))
    merged = [
        f'<mergeCell ref="{letters_of(len(line.cells))}{row}:{last}{row}"/>'
        for row, line in enumerate(lines, start=1)
        if line.merged
    ]
    relations, links = _links(lines)
    rows = "".join(_row(row, line, styles) for row, line in enumerate(lines, start=1))
    columns = "".join(
        f'<col min="{place}" max="{place}" width="{width}" customWidth="1"/>'
        for place, width in enumerate(WIDTHS, start=1)
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}" '
        f'xmlns:r="{OFFICE}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{len(lines)}"/>'
        '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>'
        f"<cols>{columns}</cols><sheetData>{rows}</sheetData>"
        f'<mergeCells count="{len(merged)}">{"".join(merged)}</mergeCells>{links}'
        '<pageMargins left="0.5" right="0.5" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )
    return xml.encode(), relations


def _row(row: int, line: Line, styles: Styles) -> str:
    cells = "".join(
        write_cell(f"{letters_of(column)}{row}", Cell(value, _style(line, value, styles)))
        for column, value in enumerate(line.cells, start=1)
        if value != "" or line.form == "table_head"
    )
    return f'<row r="{row}" ht="{height_of(line):g}" customHeight="1">{cells}</row>'


def _style(line: Line, value: str | int, styles: Styles) -> int:
    return styles["number" if isinstance(value, int) else line.form]


def _links(lines: Sequence[Line]) -> tuple[list[Relation], str]:
    relations: list[Relation] = []
    tags: list[str] = []
    for row, line in enumerate(lines, start=1):
        if line.link:
            id_ = f"rId{len(relations) + 1}"
            relations.append(Relation(id_, HYPERLINK, line.link, external=True))
            tags.append(f'<hyperlink ref="{letters_of(len(line.cells))}{row}" r:id="{id_}"/>')
    return relations, f"<hyperlinks>{''.join(tags)}</hyperlinks>" if tags else ""
