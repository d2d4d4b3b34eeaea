"""A buyer's file read: every row a supplier, and how the file was understood.

CSV, XLSX, ODS, XLS, JSON, JSON lines and OCDS are told apart by content. No row is lost: a row
without a name is a supplier with a problem.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from answerable.errors import ColumnsUnclear
from answerable.exposure.suppliers import ocds, records
from answerable.exposure.suppliers.columns import SAMPLE, Columns, recognise
from answerable.exposure.suppliers.doubts import doubt_names, doubt_total, is_prose, sum_oddities
from answerable.exposure.suppliers.heading_rows import heading_finder, is_supplier_like
from answerable.exposure.suppliers.headings import fold_heading
from answerable.lists.content import Content, detect_form, read_content
from answerable.lists.tables import Row, Table, read_table
from answerable.model import Identifier, Problem, Recognition, Supplier, SupplierList
from answerable.model.countries import read_country
from answerable.model.identifiers import read_identifier

ADDRESS_FIELDS = ("address", "address 2", "address 3", "city", "region", "postcode")
_OTHER_FIELDS = frozenset({"name", "country", *ADDRESS_FIELDS})
_COMPANY_WORDS = frozenset({"co", "comp", "company", "companies", "ltd", "limited", "crn"})
_NOTHING = frozenset({"", "-", "--", "n/a", "na", "#n/a", "none", "null", "nil", "unknown", "?"})


def read_suppliers(
    source: Path | bytes,
    *,
    columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
    file_name: str | None = None,
) -> SupplierList:
    r"""Return the suppliers of a buyer's file, one for each row, in row order.

    How the file was understood is part of the result and must be shown. A country or identifier
    that cannot be read is a problem of its row, with the cell kept as it was.

    Args:
        source: Path of the file, or its bytes (for what came by stdin).
        columns: Field (`name`, `country`, `LEI` …) to heading, column letter or column number;
            by default columns are recognised by heading and cells.
        sheet: Sheet of a workbook; by default the one with the best headings.
        file_name: Name to be shown; by default the path's, or `stdin`.

    Returns:
        The list; a row whose name is blank is a supplier with name "" and a problem. Only a row
        that is blank throughout is none, and that is said in the list's problems.

    Raises:
        TableMissing: There is no such file.
        TableUnreadable: No table can be read from it.
        TableTooLarge: It is over a limit that protects the machine.
        ColumnsUnclear: No column could be recognised as the name.
        UsageError: `columns` names a field that does not exist.

    Cost:
        About a second for 120,000 rows of CSV; the file and its rows are held in memory.

    Example:
        >>> found = read_suppliers(b"Lieferant;Land\nErfundene Werke GmbH;DE\n;FR\n")
        >>> [(each.row, each.name, each.country) for each in found.suppliers]
        [(2, 'Erfundene Werke GmbH', 'de'), (3, '', 'fr')]
        >>> found.recognition.columns
        {'name': 'Lieferant', 'country': 'Land'}
    """
    content = read_content(source, file_name)
    table = _read(content, columns, sheet)
    return _understand(table, columns)


def _read(content: Content, columns: Mapping[str, str] | None, sheet: str | None) -> Table:
    if detect_form(content) == "json":
        loaded = records.load_json(content)
        if loaded and ocds.is_ocds(loaded[0]):
            return ocds.tabulate_ocds(content, *loaded)
        if loaded and isinstance(loaded[0], dict | list):
            return records.tabulate(content, records.find_records(loaded[0]), loaded[1])
    return read_table(content, sheet=sheet, find_headings=heading_finder(columns))


def _understand(table: Table, columns: Mapping[str, str] | None) -> SupplierList:
    if not columns and is_prose(table):
        first = [row.cells for row in (*table.titles, *table.rows[:SAMPLE])]
        why = "it looks like a text in Markdown, not like a table"
        raise ColumnsUnclear(table.file_name, "name", table.headings, why, first)
    found = recognise(
        table.headings, [row.cells for row in table.rows[:SAMPLE]], columns, table.file_name
    )
    about_rows, about_file = _divide_problems(table, found)
    suppliers = tuple(_supplier(row, table, found, about_rows) for row in table.rows)
    return SupplierList(
        table.file_name,
        table.sha256,
        table.size,
        suppliers,
        table.headings,
        _recognition(table, found),
        (*doubt_names(table, found, suppliers, (columns or {}).values()), *about_file),
    )


def _divide_problems(
    table: Table, found: Columns
) -> tuple[dict[int, list[Problem]], list[Problem]]:
    """Return the problems of rows, by row, and those of the file.

    Odd cells are told row by row only where their column is used.
    """
    used = set(found.places.values())
    numbers = {row.number for row in table.rows}
    unused = {
        each.problem
        for each in table.oddities
        if each.column not in used and each.problem.row in numbers
    }
    about_rows: dict[int, list[Problem]] = {}
    about_file = [_title(row) for row in table.titles if is_supplier_like(row.cells)]
    for problem in table.problems:
        if problem in unused:
            continue
        if problem.row in numbers:
            about_rows.setdefault(problem.row, []).append(problem)
        else:
            about_file.append(problem)
    return about_rows, [*about_file, *sum_oddities(table, used)]


def _title(row: Row) -> Problem:
    return Problem(
        "This row stands above the headings and was taken as a title. If it is a supplier, move "
        "it below the headings.",
        row=row.number,
        value=" ".join(" ".join(row.cells).split())[:200],
    )


def _recognition(table: Table, columns: Columns) -> Recognition:
    used = set(columns.places.values())
    if table.form == "ocds":
        used |= {ocds.HEADINGS.index(each) for each in _OCDS_IDENTIFIERS}
    return Recognition(
        table.form,
        {field: table.headings[place] for field, place in columns.places.items()},
        columns.why,
        table.header_row,
        table.sheet,
        table.other_sheets,
        table.encoding,
        table.delimiter,
        tuple(name for place, name in enumerate(table.headings) if place not in used),
    )


def _supplier(
    row: Row, table: Table, columns: Columns, about_rows: Mapping[int, list[Problem]]
) -> Supplier:
    problems = list(about_rows.get(row.number, ()))
    places = columns.places
    name = row.cells[places["name"]].strip()
    if not any(map(str.isalnum, name)):
        problems.append(_nameless(row, table, name, places["name"]))
    problems += doubt_total(row, table, places["name"])
    country = _country(row, table, places, problems)
    prints_some = table.form == "ocds" or not places.keys() <= _OTHER_FIELDS
    identifiers = tuple(_identifiers(row, table, places, country, problems)) if prints_some else ()
    printed = [row.cells[places[field]].strip() for field in ADDRESS_FIELDS if field in places]
    address = ", ".join(filter(None, printed)) if printed else None
    return Supplier(
        row.number,
        name,
        country,
        address or None,
        identifiers,
        table.sheet,
        tuple(replace(each, sheet=table.sheet) for each in problems) if problems else (),
        row.cells,
    )


def _nameless(row: Row, table: Table, name: str, place: int) -> Problem:
    sentence = (
        "The name has no letter or digit, so it cannot be compared."
        if name
        else "The name is blank, so the row cannot be compared."
    )
    return Problem(sentence, row.number, table.headings[place], name or None)


def _country(
    row: Row, table: Table, places: Mapping[str, int], problems: list[Problem]
) -> str | None:
    if "country" not in places:
        return None
    cell = row.cells[places["country"]].strip()
    if cell.casefold() in _NOTHING:
        return None
    code = read_country(cell)
    if code is None:
        problems.append(
            Problem(
                "The country is not known, so the row is compared without one. "
                "Write its English name or its ISO code.",
                row.number,
                table.headings[places["country"]],
                cell,
            )
        )
    return code


def _identifiers(
    row: Row,
    table: Table,
    places: Mapping[str, int],
    country: str | None,
    problems: list[Problem],
) -> Iterator[Identifier]:
    for scheme, text, heading in _printed_identifiers(row, table, places, country):
        if not any(map(str.isalnum, text)):
            continue
        identifier = read_identifier(scheme, text, country)
        if not identifier.valid:
            problems.append(
                Problem(
                    f"The identifier does not have the form, or the check digits, of {scheme}: it "
                    "is kept, but confirms nothing. Check it against its register.",
                    row.number,
                    heading,
                    text,
                )
            )
        yield identifier


_OCDS_IDENTIFIERS = ("identifier scheme", "identifier", "additional identifiers")


def _printed_identifiers(
    row: Row, table: Table, places: Mapping[str, int], country: str | None
) -> Iterator[tuple[str, str, str]]:
    """Give scheme, text and heading of each identifier that a row prints."""
    if table.form == "ocds":
        scheme, text, others = (row.cells[ocds.HEADINGS.index(each)] for each in _OCDS_IDENTIFIERS)
        pairs = [(scheme, text), *(each.partition(":")[::2] for each in others.split("; "))]
        for printed, number in pairs:
            yield printed or "registration", number, "identifier"
        return
    for field, place in places.items():
        text = row.cells[place].strip()
        if field not in _OTHER_FIELDS and text.casefold() not in _NOTHING:
            heading = table.headings[place]
            yield _scheme(field, text, country, heading), text, heading


def _scheme(field: str, text: str, country: str | None, heading: str) -> str:
    """Return the scheme of a number: a company number is Companies House's only where that holds.

    Elsewhere the heading `Company number` may mean any register. Without a country, a number that
    has not the eight characters of Companies House proves nothing. A `Co. Reg. No.` of the United
    Kingdom is a company number; its `Reg. No.` may be a charity's.
    """
    if field == "registration" and country == "gb":
        return "GB-COH" if _COMPANY_WORDS & set(fold_heading(heading).split()) else field
    if field != "GB-COH" or country == "gb":
        return field
    if country is None and len(text) == 8:
        return field
    return "registration"
