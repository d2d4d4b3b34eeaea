"""Suppliers: the rows of a buyer's file, and how its columns were understood."""

from dataclasses import dataclass, field

from answerable.model.identifiers import Identifier
from answerable.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Supplier:
    """One row of a buyer's list. Every row is one, also a row whose name cannot be read.

    Args:
        row: Row in the file as its owner counts it; for JSON, the position of the record from 1.
        name: The supplier's name as read, without surrounding blanks; empty if unreadable.
        country: ISO 3166-1 alpha-2 code, lower case, or None if blank or not known.
        address: Address as read, or None.
        identifiers: Identifiers of the row.
        sheet: Sheet of the workbook, or None.
        problems: What is wrong with this row.
        cells: The row as read, as text, in the order of `SupplierList.headings`.
    """

    row: int
    name: str
    country: str | None = None
    address: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    sheet: str | None = None
    problems: tuple[Problem, ...] = ()
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognition:
    """How a file was understood; shown to its owner, so that a wrong guess is seen at once.

    Args:
        form: What the file is: `csv`, `xlsx`, `ods`, `json`, `ocds` …
        columns: Field (`name`, `country`, `address`, an identifier scheme …) to heading.
        why: Field to a sentence on why that column was taken.
        header_row: Row of the headings as the owner counts, or None where there are none.
        sheet: The sheet that was read, or None.
        other_sheets: Sheets that were not read.
        encoding: Of a text file, such as `utf-8` or `gb18030`, else None.
        delimiter: Of a CSV, else None.
        unused: Headings that were not used.
    """

    form: str
    columns: dict[str, str]
    why: dict[str, str] = field(default_factory=dict)
    header_row: int | None = None
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SupplierList:
    """A buyer's file, read: every row is a supplier, in row order.

    Args:
        file_name: Name of the file without its folder, or `stdin`.
        sha256: Digest of the file's bytes.
        size: Its bytes.
        suppliers: One per row, in row order; empty only if the file has no row.
        headings: Headings of `Supplier.cells`, as read; made unique where they repeat.
        recognition: How the columns were understood.
        problems: What is wrong with the file as a whole; rows carry their own.
    """

    file_name: str
    sha256: str
    size: int
    suppliers: tuple[Supplier, ...]
    headings: tuple[str, ...]
    recognition: Recognition
    problems: tuple[Problem, ...] = ()
