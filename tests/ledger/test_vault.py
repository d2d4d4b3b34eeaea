"""The vault: nothing readable on the disk, and every change of what is encrypted is found."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import KeyMissing, KeyRefused, ObjectFaulty, ObjectMissing
from answerable.ledger.canonical import digest
from answerable.ledger.objects import Store
from answerable.ledger.private_key import PRIVATE_KEY
from answerable.ledger.records import seal_fields
from answerable.ledger.vault import (
    MARK,
    check_private,
    copy_private,
    erase_private,
    erase_private_fields,
    has_private,
    keep_private,
    keep_private_record,
    list_private,
    private_path,
    private_record_path,
    read_private,
    read_private_record,
)

CHUNK = 1 << 16
HEAD = len(MARK) + 8 + 12 + 48
SECRET = b"the leaked letter of Zyxomatic"


def all_bytes(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 200_001])
def test_any_size_is_read_again(store: Store, tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    path = tmp_path / "letter"
    path.write_bytes(data)
    kept = keep_private(store, path)
    assert read_private(store, kept) == data
    assert read_private(store, keep_private(store, data)) == data
    assert digest(private_path(store, kept).read_bytes()) == kept
    chunks = max(1, -(-size // CHUNK))
    assert private_path(store, kept).stat().st_size == HEAD + size + 16 * chunks


def test_nothing_of_it_is_readable_in_the_workspace(store: Store) -> None:
    kept = keep_private(store, SECRET * 5_000)
    record = seal_fields({"schema": "answerable.capture/1", "title": SECRET.decode()})
    keep_private_record(store, record)
    stored = all_bytes(store.root.parent)
    assert b"leaked" not in stored
    assert record.opened["title"][0].encode() not in stored
    assert digest(SECRET * 5_000) not in kept
    assert not list(store.root.parent.rglob(PRIVATE_KEY))


def test_the_same_bytes_twice_are_two_objects(store: Store) -> None:
    one, other = keep_private(store, SECRET), keep_private(store, SECRET)
    assert one != other
    assert sorted(list_private(store)) == sorted([one, other])


def put(store: Store, data: bytes) -> str:
    """Place a changed file of the vault under the id that fits it, as an intruder might."""
    changed = digest(data)
    path = private_path(store, changed)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return changed


def three_chunks(store: Store) -> bytes:
    return private_path(store, keep_private(store, os.urandom(3 * CHUNK))).read_bytes()


STEP = CHUNK + 16
CHANGES: dict[str, Callable[[list[bytes], list[bytes]], list[bytes]]] = {
    "swapped": lambda one, _: [one[0], one[2], one[1], one[3]],
    "last cut": lambda one, _: one[:3],
    "all cut": lambda one, _: one[:1],
    "last doubled": lambda one, _: [*one, one[3]],
    "one left out": lambda one, _: [one[0], one[1], one[3]],
    "cut within": lambda one, _: [*one[:3], one[3][:-1]],
    "a chunk of another file": lambda one, other: [*one[:3], other[3]],
    "the head of another file": lambda one, other: [other[0], *one[1:]],
    "cut within the head": lambda one, _: [one[0][:-1]],
    "another mark": lambda one, _: [b"X" + one[0][1:], *one[1:]],
}


def pieces(store: Store) -> list[bytes]:
    sealed = private_path(store, keep_private(store, os.urandom(3 * CHUNK))).read_bytes()
    return [sealed[:HEAD], *(sealed[HEAD + n * STEP : HEAD + (n + 1) * STEP] for n in range(3))]


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_chunks_that_were_moved_cut_or_added_are_found(
    store: Store, change: Callable[[list[bytes], list[bytes]], list[bytes]]
) -> None:
    one, other = pieces(store), pieces(store)
    assert len(read_private(store, put(store, b"".join(one)))) == 3 * CHUNK
    with pytest.raises(ObjectFaulty):
        read_private(store, put(store, b"".join(change(one, other))))


@settings(max_examples=40)
@given(st.data())
def test_any_flipped_bit_is_found(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("vault")
    store = Store(folder / "evidence", keys=folder / "keys")
    sealed = bytearray(private_path(store, keep_private(store, SECRET)).read_bytes())
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((ObjectFaulty, KeyRefused)):
        read_private(store, put(store, bytes(sealed)))


def test_a_file_swapped_for_another_private_one_is_found(store: Store) -> None:
    one, other = keep_private(store, SECRET), keep_private(store, b"another")
    private_path(store, one).chmod(0o600)
    private_path(store, one).write_bytes(private_path(store, other).read_bytes())
    with pytest.raises(ObjectFaulty, match="not those that were sealed"):
        read_private(store, one)
    with pytest.raises(ObjectFaulty):
        check_private(store, one)


def test_private_records_are_read_again_and_erased(store: Store) -> None:
    record = seal_fields({"schema": "answerable.capture/1", "title": "letter", "url": "urn:x"})
    kept = keep_private_record(store, record)
    assert read_private_record(store, kept) == record
    assert erase_private_fields(store, kept, ["title"]).withheld == ("title",)
    keep_private_record(store, record)
    assert read_private_record(store, kept).values == {
        "schema": "answerable.capture/1",
        "url": "urn:x",
    }


def test_opened_fields_of_another_record_are_found(store: Store) -> None:
    one = seal_fields({"schema": "answerable.capture/1", "title": "one"})
    other = seal_fields({"schema": "answerable.capture/1", "title": "other"})
    keep_private_record(store, one)
    keep_private_record(store, other)
    sealed = private_record_path(store, other.id).read_bytes()
    private_record_path(store, one.id).write_bytes(sealed)
    with pytest.raises(ValueError, match="not the one that was sealed"):
        read_private_record(store, one.id)


def test_an_erased_private_object_is_missing(store: Store) -> None:
    kept = keep_private(store, SECRET)
    erase_private(store, kept)
    assert not has_private(store, kept)
    with pytest.raises(ObjectMissing):
        copy_private(store, kept, io.BytesIO())


def with_passphrase(folder: Path, passphrase: str | None) -> Store:
    return Store(folder / "evidence", keys=folder / "keys", passphrase=lambda: passphrase)


def test_a_passphrase_opens_and_no_other_does(tmp_path: Path) -> None:
    kept = keep_private(with_passphrase(tmp_path, "first long words"), SECRET)
    assert read_private(with_passphrase(tmp_path, "first long words"), kept) == SECRET
    with pytest.raises(KeyRefused, match="passphrase is wrong"):
        read_private(with_passphrase(tmp_path, "other long words"), kept)
    with pytest.raises(KeyRefused, match="ANSWERABLE_PASSPHRASE"):
        read_private(with_passphrase(tmp_path, None), kept)
    with pytest.raises(KeyRefused):
        keep_private(with_passphrase(tmp_path, "other long words"), SECRET)


def test_the_passphrase_may_come_from_the_environment(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANSWERABLE_PASSPHRASE", "words of the environment")
    kept = keep_private(store, SECRET)
    monkeypatch.setenv("ANSWERABLE_PASSPHRASE", "other words")
    with pytest.raises(KeyRefused):
        read_private(store, kept)


def test_another_key_is_told_apart_from_damage(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence", keys=tmp_path / "keys")
    kept = keep_private(store, SECRET)
    keep_private(Store(tmp_path / "elsewhere", keys=tmp_path / "others"), SECRET)
    with pytest.raises(KeyRefused, match="encrypted under the private key"):
        read_private(Store(store.root, keys=tmp_path / "others"), kept)


def test_a_missing_key_is_not_replaced_while_the_vault_holds_files(store: Store) -> None:
    kept = keep_private(store, SECRET)
    assert store.keys
    (store.keys / PRIVATE_KEY).unlink()
    for act in (lambda: read_private(store, kept), lambda: keep_private(store, SECRET)):
        with pytest.raises(KeyMissing, match="Put it back"):
            act()
    with pytest.raises(KeyMissing):
        keep_private(Store(store.root), SECRET)


@pytest.mark.parametrize("data", [b"", b"{}", b'{"key":"00","schema":"answerable.private-key/1"}'])
def test_a_faulty_key_file_is_told(store: Store, data: bytes) -> None:
    keep_private(store, SECRET)
    assert store.keys
    (store.keys / PRIVATE_KEY).write_bytes(data)
    with pytest.raises(KeyRefused, match="no private key"):
        keep_private(store, SECRET)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_keys_are_for_this_user_alone(store: Store) -> None:
    keep_private(store, SECRET)
    assert store.keys
    assert (store.keys / PRIVATE_KEY).stat().st_mode & 0o077 == 0
