"""Judgements and resolutions as fields of sealed records, and back."""

from collections.abc import Mapping
from typing import Any

from answerable.model.judgement import Agreement, Basis, Judgement, Resolution, Withdrawal

JUDGEMENT = "answerable.judgement/1"
AGREEMENT = "answerable.agreement/1"
WITHDRAWAL = "answerable.withdrawal/1"
RESOLUTION = "answerable.resolution/1"

Fields = dict[str, Any]

ERASED = "(erased)"
"""What stands for words that were erased or are withheld."""


def seal_basis(basis: Basis) -> Fields:
    """Return what a judgement rested on, for its record: each side a field of its own.

    Maps of identifiers become pairs, since a scheme may be any word of a buyer's heading.
    """
    return {
        "supplier": seal_supplier(basis.supplier),
        "listed": dict(basis.company),
        "screening": basis.screening,
        "as_of": basis.as_of,
        "matching": {name: str(value) for name, value in basis.matching.items()},
        "compared": basis.compared,
        "score": basis.score,
        "probability": basis.probability,
    }


def seal_supplier(supplier: Mapping[str, Any]) -> Fields:
    """Return a row as in findings, its identifiers as pairs."""
    pairs = [[scheme, value] for scheme, value in sorted(supplier["identifiers"].items())]
    return {**supplier, "identifiers": pairs}


def open_supplier(fields: Mapping[str, Any]) -> Fields:
    """Return a row as in findings."""
    return {**fields, "identifiers": dict(fields.get("identifiers", ()))}


def open_judgement(record: str, by: str, at: str, values: Mapping[str, Any]) -> Judgement:
    """Return the judgement of a record whose verdict, finding and basis are opened."""
    basis = Basis(
        supplier=open_supplier(values["supplier"]),
        company=values["listed"],
        screening=values.get("screening", ""),
        as_of=values.get("as_of", ""),
        matching=values.get("matching", {}),
        compared=values.get("compared", ""),
        score=values.get("score", ""),
        probability=values.get("probability", ""),
    )
    return Judgement(
        id=record,
        finding=values["finding"],
        company=values["company"],
        verdict=values["verdict"],
        why=values.get("why", ERASED),
        by=by,
        at=at,
        basis=basis,
        name=values.get("name"),
        until=values.get("until"),
    )


def open_agreement(record: str, by: str, at: str, values: Mapping[str, Any]) -> Agreement:
    """Return the agreement of a record."""
    return Agreement(record, by, at, values.get("why", ERASED), values.get("name"))


def open_withdrawal(record: str, by: str, at: str, values: Mapping[str, Any]) -> Withdrawal:
    """Return the withdrawal of a record; one that was erased still says that it was."""
    return Withdrawal(record, by, at, values.get("why", ERASED), values.get("name"))


def open_resolution(record: str, by: str, at: str, values: Mapping[str, Any]) -> Resolution:
    """Return the resolution of a record whose finding is opened."""
    return Resolution(
        id=record,
        finding=values["finding"],
        resolution=values.get("resolution", ERASED),
        why=values.get("why", ERASED),
        by=by,
        at=at,
        supplier=open_supplier(values.get("supplier", {"name": ERASED})),
        conditions=tuple(values.get("conditions", ())),
        next_review=values.get("next_review"),
        name=values.get("name"),
        screening=values.get("screening", ""),
    )
