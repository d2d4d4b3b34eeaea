"""Records: fields can be withheld or erased, and none can be changed, added or guessed."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import CanonicalFaulty, ObjectMissing, RecordFaulty
from answerable.ledger.canonical import decode
from answerable.ledger.objects import (
    Store,
    erase_fields,
    keep_record,
    opened_path,
    read_bytes,
    read_record,
)
from answerable.ledger.records import (
    Record,
    check_record,
    decode_record,
    encode_map,
    encode_opened,
    seal_fields,
    withhold,
)
from tests.ledger.test_canonical import keys, values

FIELDS: dict[str, Any] = {
    "schema": "answerable.example/1",
    "by": "Zyxomatic Ltd",
    "pages": [1, 2],
    "place": None,
}
fields = st.dictionaries(keys, values, max_size=5).map(lambda each: {**FIELDS, **each, **FIELDS})


@given(fields, st.data())
def test_any_fields_can_be_withheld(fields: dict[str, Any], data: st.DataObject) -> None:
    record = seal_fields(fields)
    hidden = data.draw(st.sets(st.sampled_from(sorted(fields))))
    shown = withhold(record, hidden)
    check_record(shown)
    assert shown.id == record.id
    assert set(shown.withheld) == hidden
    assert shown.values == {key: fields[key] for key in fields.keys() - hidden}
    assert decode_record(shown.id, encode_map(shown), encode_opened(shown)) == shown


def test_a_withheld_value_cannot_be_guessed() -> None:
    one, other = seal_fields(FIELDS), seal_fields(FIELDS)
    assert one.id != other.id
    assert not set(one.commitments.values()) & set(other.commitments.values())
    assert "Zyxomatic" not in encode_map(one).decode()


def edit(record: Record, key: str, salt: str | None = None, value: Any = None) -> Record:
    pair = (salt or record.opened[key][0], value)
    return replace(record, opened={**record.opened, key: pair})


RECORD = seal_fields(FIELDS)
CHANGES = {
    "another value": edit(RECORD, "by", value="Quorbel Mills"),
    "another type": edit(RECORD, "pages", value="[1,2]"),
    "another salt": edit(RECORD, "by", "0" * 32, FIELDS["by"]),
    "a faulty salt": edit(RECORD, "by", "00", FIELDS["by"]),
    "a field more": replace(RECORD, opened={**RECORD.opened, "new": ("0" * 32, 1)}),
    "a sealed field less": replace(
        RECORD, commitments={k: v for k, v in RECORD.commitments.items() if k != "place"}
    ),
    "another id": replace(RECORD, id="sha256:" + "0" * 64),
    "a faulty commitment": replace(RECORD, commitments={**RECORD.commitments, "by": "x"}),
    "fields swapped": replace(
        RECORD,
        opened={**RECORD.opened, "by": RECORD.opened["place"], "place": RECORD.opened["by"]},
    ),
}


@pytest.mark.parametrize("changed", CHANGES.values(), ids=CHANGES.keys())
def test_a_change_is_found(changed: Record) -> None:
    with pytest.raises(RecordFaulty):
        check_record(changed)


def test_a_record_says_what_it_is() -> None:
    with pytest.raises(RecordFaulty, match="schema"):
        seal_fields({"by": "Zyxomatic Ltd"})
    with pytest.raises(RecordFaulty, match="schema"):
        seal_fields({"schema": "no version"})
    with pytest.raises(CanonicalFaulty):
        seal_fields({"schema": "answerable.example/1", "share": 0.5})
    with pytest.raises(RecordFaulty, match="no such field"):
        withhold(RECORD, ["name"])


@pytest.mark.parametrize(
    ("commitments", "opened"),
    [(b"[]", b"{}"), (b"{}", b"[]"), (b'{"a":1}', b"{}"), (b"{}", b'{"a":1}'), (b"{", b"{}")],
)
def test_a_faulty_file_is_told_apart(commitments: bytes, opened: bytes) -> None:
    with pytest.raises(RecordFaulty):
        decode_record("sha256:" + "0" * 64, commitments, opened)


def test_a_kept_record_is_read_again(store: Store) -> None:
    record = seal_fields(FIELDS)
    assert keep_record(store, record) == record.id
    assert read_record(store, record.id) == record
    assert decode(read_bytes(store, record.id)) == record.commitments


def test_an_erased_field_leaves_no_trace_and_does_not_come_back(store: Store) -> None:
    record = seal_fields(FIELDS)
    keep_record(store, record)
    left = erase_fields(store, record.id, ["by"])
    assert left.withheld == ("by",)
    keep_record(store, record)
    assert read_record(store, record.id) == left
    salt = record.opened["by"][0]
    for path in store.root.rglob("*"):
        if path.is_file():
            assert b"Zyxomatic" not in path.read_bytes()
            assert salt.encode() not in path.read_bytes()


def test_an_edited_file_of_a_record_is_found(store: Store) -> None:
    record = seal_fields(FIELDS)
    keep_record(store, record)
    path = opened_path(store, record.id)
    path.write_bytes(path.read_bytes().replace(b"Zyxomatic", b"Quorbelic"))
    with pytest.raises(RecordFaulty, match="by"):
        read_record(store, record.id)


def test_a_record_that_is_not_there_is_missing(store: Store) -> None:
    with pytest.raises(ObjectMissing):
        read_record(store, "sha256:" + "0" * 64)
