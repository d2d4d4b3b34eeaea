"""Records: what we say about objects, sealed field by field.

Each field has its own random salt, and a commitment to salt, key and value. The id of the record
is that of the map of commitments. So a field can be withheld or erased, and whoever holds the
record still sees that the other fields are those that were sealed, and that a field is missing.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from answerable.errors import CanonicalFaulty, RecordFaulty
from answerable.ledger.canonical import decode, digest, encode

MOST_FIELDS = 1_000
"""Greatest number of fields of a record."""

_COMMITMENT = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_SCHEMA = re.compile(r"[a-z0-9._-]{1,64}/[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class Record:
    """A map of fields, sealed field by field.

    Args:
        id: Id of the canonical map of commitments.
        commitments: Field name to commitment, 64 hexadecimal digits; never secret. The names of
            fields stay visible even where their values are withheld.
        opened: Field name to salt (32 hexadecimal digits) and value, for the fields that are shown.
    """

    id: str
    commitments: dict[str, str]
    opened: dict[str, tuple[str, Any]]

    @property
    def values(self) -> dict[str, Any]:
        """The fields that are shown."""
        return {key: value for key, (_, value) in self.opened.items()}

    @property
    def withheld(self) -> tuple[str, ...]:
        """Names of the fields that are not shown, in order."""
        return tuple(sorted(self.commitments.keys() - self.opened.keys()))


def seal_fields(fields: Mapping[str, Any]) -> Record:
    """Seal a map of fields.

    Sealing the same fields twice gives two ids, since the salts are random: nobody can guess a
    withheld value and confirm it.

    Args:
        fields: Name to a value that canonical JSON can hold; `schema` among them, such as
            `answerable.capture/1`.

    Raises:
        CanonicalFaulty: A value has no canonical form.
        RecordFaulty: There is no `schema`, or there are too many fields.

    Example:
        >>> record = seal_fields({"schema": "answerable.example/1", "by": "Zyxomatic Ltd"})
        >>> check_record(withhold(record, ["by"]))
        >>> withhold(record, ["by"]).id == record.id
        True
    """
    opened = {key: (secrets.token_hex(16), decode(encode(fields[key]))) for key in sorted(fields)}
    commitments = {key: commit(salt, key, value) for key, (salt, value) in opened.items()}
    record = Record(id=digest(encode(commitments)), commitments=commitments, opened=opened)
    if "schema" not in fields:
        raise RecordFaulty(record.id, "schema", "it is missing")
    check_record(record)
    return record


def withhold(record: Record, keys: Iterable[str]) -> Record:
    """Return the record without the salts and values of some fields; its id stays.

    Args:
        record: A record.
        keys: Names of fields; those that are withheld already make no difference.

    Raises:
        RecordFaulty: It has no such field.
    """
    hidden = set(keys)
    for key in sorted(hidden - record.commitments.keys()):
        raise RecordFaulty(record.id, key, "there is no such field")
    opened = {key: pair for key, pair in record.opened.items() if key not in hidden}
    return replace(record, opened=opened)


def check_record(record: Record) -> None:
    """Check that the opened fields are those that were sealed.

    It says nothing about withheld fields but their names, nor about the truth of any.

    Raises:
        RecordFaulty: With the first field that departs.
    """
    if len(record.commitments) > MOST_FIELDS:
        raise RecordFaulty(record.id, "fields", f"there are over {MOST_FIELDS:,}")
    for key, commitment in record.commitments.items():
        if not _COMMITMENT.fullmatch(commitment):
            raise RecordFaulty(record.id, key, "its commitment is not 64 hexadecimal digits")
    if digest(encode(record.commitments)) != record.id:
        raise RecordFaulty(record.id, "id", "the commitments are not those of this id")
    for key, (salt, value) in record.opened.items():
        _check_field(record, key, salt, value)


def _check_field(record: Record, key: str, salt: str, value: Any) -> None:
    if key not in record.commitments:
        raise RecordFaulty(record.id, key, "it was not sealed with this record")
    if not _SALT.fullmatch(salt):
        raise RecordFaulty(record.id, key, "its salt is not 32 hexadecimal digits")
    if commit(salt, key, value) != record.commitments[key]:
        raise RecordFaulty(record.id, key, "its value is not the one that was sealed")
    if key == "schema" and not (isinstance(value, str) and _SCHEMA.fullmatch(value)):
        raise RecordFaulty(record.id, key, "it is no name of a schema")


def commit(salt: str, key: str, value: Any) -> str:
    """Return the commitment to a field: SHA-256 of the canonical `[salt, key, value]`."""
    return hashlib.sha256(encode([salt, key, value])).hexdigest()


def encode_map(record: Record) -> bytes:
    """Return the bytes of the record's object: its map of commitments."""
    return encode(record.commitments)


def encode_opened(record: Record) -> bytes:
    """Return the bytes of its opened fields, name to salt and value."""
    return encode({key: [salt, value] for key, (salt, value) in record.opened.items()})


def decode_record(record_id: str, commitments: bytes, opened: bytes) -> Record:
    """Return the record of its two files, checked.

    Args:
        record_id: The record's id.
        commitments: Bytes of the map of commitments.
        opened: Bytes of the opened fields, or empty where all are withheld.

    Raises:
        RecordFaulty: They do not fit each other, or the id.
    """
    try:
        sealed = _text_map(decode(commitments))
        pairs = {key: _pair(each) for key, each in decode(opened or b"{}").items()}
    except (CanonicalFaulty, AttributeError, TypeError, ValueError) as error:
        raise RecordFaulty(record_id, "form", "it is not written as records are") from error
    record = Record(id=record_id, commitments=sealed, opened=pairs)
    check_record(record)
    return record


def _text_map(value: Any) -> dict[str, str]:
    if not all(isinstance(each, str) for each in value.values()):
        raise TypeError
    return dict(value)


def _pair(value: Any) -> tuple[str, Any]:
    salt, opened = value
    if not isinstance(value, list) or not isinstance(salt, str):
        raise TypeError
    return salt, opened
