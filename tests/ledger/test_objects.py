"""Objects: whole, under the hash of their bytes, and checked when read."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.errors import ObjectFaulty, ObjectMissing, OutputUnwritable
from answerable.ledger.canonical import digest
from answerable.ledger.objects import (
    Store,
    check_object,
    erase_object,
    has_object,
    keep_bytes,
    list_objects,
    object_path,
    open_object,
    read_bytes,
)


@settings(max_examples=25)
@given(st.binary(max_size=200))
def test_bytes_are_read_again(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    store = Store(tmp_path_factory.mktemp("evidence"))
    kept = keep_bytes(store, data)
    assert kept == digest(data)
    assert read_bytes(store, kept) == data
    assert keep_bytes(store, data) == kept
    assert list(list_objects(store)) == [kept]


def test_a_file_is_kept_in_pieces(store: Store, tmp_path: Path) -> None:
    data = os.urandom(1_000) * 2_500
    path = tmp_path / "page.pdf"
    path.write_bytes(data)
    kept = keep_bytes(store, path)
    assert kept == digest(data)
    with open_object(store, kept) as file:
        assert file.read() == data
    check_object(store, kept)


def test_nothing_but_the_object_is_left(store: Store) -> None:
    kept = keep_bytes(store, b"page")
    names = [path for path in store.root.rglob("*") if path.is_file()]
    assert names == [object_path(store, kept)]
    assert object_path(store, kept).relative_to(store.root).as_posix() == (
        f"objects/{kept[7:9]}/{kept[9:]}"
    )
    assert not stat.S_IMODE(names[0].stat().st_mode) & 0o222


def test_a_swapped_object_is_found_and_mended_by_the_right_bytes(store: Store) -> None:
    kept = keep_bytes(store, b"page")
    path = object_path(store, kept)
    path.chmod(0o644)
    path.write_bytes(b"pagf")
    with pytest.raises(ObjectFaulty, match="not those that were sealed"):
        read_bytes(store, kept)
    with pytest.raises(ObjectFaulty):
        check_object(store, kept)
    assert read_bytes(store, kept, check=False) == b"pagf"
    keep_bytes(store, b"page")
    assert read_bytes(store, kept) == b"page"


def test_an_erased_object_is_missing(store: Store) -> None:
    kept = keep_bytes(store, b"page")
    erase_object(store, kept)
    erase_object(store, kept)
    assert not has_object(store, kept)
    for read in (read_bytes, open_object, check_object):
        with pytest.raises(ObjectMissing):
            read(store, kept)


@pytest.mark.parametrize(
    "name", ["", "sha256:", "sha256:../../../x", "sha256:" + "A" * 64, "sha1:" + "0" * 64, "x\n"]
)
def test_what_is_no_id_is_refused(store: Store, name: str) -> None:
    with pytest.raises(ObjectFaulty, match="no id"):
        object_path(store, name)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_bytes(b"a file where a folder should be")
    with pytest.raises(OutputUnwritable, match="half-written"):
        keep_bytes(Store(tmp_path / "evidence"), b"page")
