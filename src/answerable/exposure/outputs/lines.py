"""Findings as JSON lines: one per supplier row, in row order, for other programs.

The form is `answerable.finding/1`; `schemas/finding.schema.json` describes every property.
"""

import json
from importlib.resources import files
from json.encoder import encode_basestring as _quote
from typing import Any, BinaryIO

from answerable.exposure.outputs.cells import make_legal
from answerable.model import Finding, Screening, Supplier
from answerable.model.finding import Status, supplier_dict

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_MARK = "\ufffe"  # no character: no text holds it

Frames = dict[tuple[Status, int], tuple[bytes, str, bytes]]
"""Status and whose rulings, to the texts of a line around its id and its supplier."""

SCHEMAS = ("finding", "manifest")
"""Names of the JSON Schemas that are shipped."""


def write_findings(screening: Screening, file: BinaryIO) -> None:
    """Write one JSON object per supplier row, UTF-8, each ended by a line feed.

    Args:
        screening: The screening; every row has a finding.
        file: A binary file.

    Example:
        >>> from io import BytesIO
        >>> from answerable.model import Coverage, Finding, Recognition, Supplier, SupplierList
        >>> mill = Supplier(2, "Invented Mill Ltd", "gb", cells=("Invented Mill Ltd",))
        >>> file = BytesIO()
        >>> write_findings(
        ...     Screening(
        ...         "S1",
        ...         SupplierList("a.csv", "0" * 64, 9, (mill,), ("Name",), Recognition("csv", {})),
        ...         (Finding("F7K3-Q9XM-2", mill, "none_found"),),
        ...         Coverage("2026-11-24"),
        ...         0.5,
        ...     ),
        ...     file,
        ... )
        >>> file.getvalue().decode()[:53]
        '{"schema": "answerable.finding/1", "id": "F7K3-Q9XM-2'
    """
    frames: Frames = {}
    file.writelines(_write_finding(each, frames) for each in screening.findings)


def _write_finding(finding: Finding, frames: Frames) -> bytes:
    """Return the line of a finding; where nothing was found, all but two values are known before.

    Most rows have no matches and the same rulings, and writing them by the general way takes
    thrice as long.
    """
    found = finding.matches or finding.exposure or finding.more_matches
    if found or finding.paths or finding.claims or finding.supplier.problems:
        return write_line(finding.as_dict())
    before, between, after = _frame(finding, frames)
    supplier = _encode_supplier(finding.supplier)
    row = make_legal(f"{finding.id}{between}{supplier}").encode()
    return before + row + after


def _encode_supplier(supplier: Supplier) -> str:
    """Return a supplier as JSON; one with no more than a name and a country is quickly put."""
    if supplier.identifiers or supplier.sheet is not None or supplier.address is not None:
        return _ENCODER.encode(supplier_dict(supplier))
    country = "null" if supplier.country is None else _quote(supplier.country)
    name = _quote(supplier.name)
    return f'{{"row": {supplier.row}, "name": {name}, "country": {country}, "identifiers": {{}}}}'


def _frame(finding: Finding, frames: Frames) -> tuple[bytes, str, bytes]:
    """Return what stands before the id, between id and supplier, and after the supplier."""
    key = finding.status, id(finding.regimes)
    if key not in frames:
        entry = Finding("", Supplier(0, ""), finding.status, regimes=finding.regimes).as_dict()
        text = _ENCODER.encode({**entry, "id": _MARK, "supplier": _MARK})
        before, between, after = text.split(_MARK)
        end = make_legal(after[1:]).encode() + b"\n"
        frames[key] = make_legal(before).encode(), between[:-1], end
    return frames[key]


def write_manifest(screening: Screening, file: BinaryIO) -> None:
    """Write the manifest of a screening as indented JSON, UTF-8 (`answerable.manifest/1`).

    Args:
        screening: The screening.
        file: A binary file.
    """
    text = json.dumps(screening.manifest, ensure_ascii=False, indent=2)
    file.write(make_legal(text).encode() + b"\n")


def write_line(entry: dict[str, Any]) -> bytes:
    """Return one JSON line in UTF-8; what UTF-8 cannot carry (lone surrogates) shows as U+FFFD."""
    text = _ENCODER.encode(entry)
    return make_legal(text).encode() + b"\n"


def read_schema(name: str) -> dict[str, Any]:
    """Return a shipped JSON Schema (2020-12).

    Args:
        name: One of `SCHEMAS`.

    Raises:
        FileNotFoundError: There is none of that name.

    Example:
        >>> read_schema("finding")["title"]
        'A finding'
    """
    path = files("answerable.exposure.outputs") / "schemas" / f"{name}.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return schema
