"""Objects: immutable bytes, each under the hash of its bytes; and the records about them."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from answerable.errors import ObjectFaulty, ObjectMissing, OutputUnwritable
from answerable.ledger.disk import DISK, PART, Disk, make_folders, write_file, write_part
from answerable.ledger.records import (
    Record,
    check_record,
    decode_record,
    encode_map,
    encode_opened,
    withhold,
)

OBJECT_ID = re.compile(r"sha256:[0-9a-f]{64}")
"""How every id of an object, record or line is written."""

_CHUNK = 1 << 20
_OBJECT_MODE = 0o444
_RECORD_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Store:
    """Where objects and records are kept.

    Args:
        root: The folder `evidence` of a workspace.
        keys: Folder of the keys; needed only for private ones, see `answerable.ledger.vault`.
        passphrase: Gives the passphrase of the private key when it is needed; by default it is
            taken from the environment variable `ANSWERABLE_PASSPHRASE`.
        disk: How to write.
    """

    root: Path
    keys: Path | None = None
    passphrase: Callable[[], str | None] | None = None
    disk: Disk = DISK


def keep_bytes(store: Store, data: bytes | Path) -> str:
    """Keep bytes, or the bytes of a file, and return their id.

    They are on the disk when this returns. Bytes that are there already are no error; a file
    under their id that holds other bytes is replaced.

    Args:
        store: Where.
        data: The bytes, or a file, which is read in pieces.

    Raises:
        OutputUnwritable: The disk refused it. Nothing was left half-written.

    Cost:
        Memory for 1 MiB, whatever the size of the file.

    Example:
        >>> import tempfile
        >>> store = Store(Path(tempfile.mkdtemp()))
        >>> id = keep_bytes(store, b"page")
        >>> read_bytes(store, id)
        b'page'
    """
    if isinstance(data, Path):
        with data.open("rb") as file:
            return keep_chunks(store.disk, store.root / "objects", read_chunks(file), _OBJECT_MODE)
    return keep_chunks(store.disk, store.root / "objects", [data], _OBJECT_MODE)


def read_chunks(file: BinaryIO, size: int = _CHUNK) -> Iterator[bytes]:
    """Read a file in pieces."""
    while chunk := file.read(size):
        yield chunk


def keep_chunks(disk: Disk, shelf: Path, chunks: Iterable[bytes], mode: int) -> str:
    """Keep bytes that come in pieces on a shelf, and return their id."""
    hashed = hashlib.sha256()

    def hashing() -> Iterator[bytes]:
        for chunk in chunks:
            hashed.update(chunk)
            yield chunk

    try:
        make_folders(disk, shelf)
        part = write_part(disk, shelf, hashing(), mode)
        try:
            return _shelve(disk, shelf, part, f"sha256:{hashed.hexdigest()}")
        finally:
            disk.remove(part)
    except OSError as error:
        if isinstance(error, OutputUnwritable):
            raise
        raise OutputUnwritable(str(shelf), error.strerror or str(error)) from error


def _shelve(disk: Disk, shelf: Path, part: Path, object_id: str) -> str:
    path = shelf_path(shelf, object_id)
    make_folders(disk, path.parent)
    if not path.exists() or digest_of(path) != object_id:
        disk.place(part, path)
    disk.sync_folder(path.parent)
    return object_id


def shelf_path(shelf: Path, object_id: str, ending: str = "") -> Path:
    """Return where the file of an id lies on a shelf: `ab/cdef…`.

    Raises:
        ObjectFaulty: That is no id.
    """
    if not OBJECT_ID.fullmatch(object_id):
        raise ObjectFaulty(
            f"{object_id[:80]!r}", "this is no id (`sha256:` and 64 hexadecimal digits)"
        )
    return shelf / object_id[7:9] / f"{object_id[9:]}{ending}"


def digest_of(path: Path) -> str:
    """Return the id of a file's bytes."""
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def object_path(store: Store, object_id: str) -> Path:
    """Return where an object lies, or would lie.

    Raises:
        ObjectFaulty: That is no id.
    """
    return shelf_path(store.root / "objects", object_id)


def has_object(store: Store, object_id: str) -> bool:
    """Tell whether an object is there; its bytes are not checked."""
    return object_path(store, object_id).is_file()


def open_object(store: Store, object_id: str) -> BinaryIO:
    """Open an object for reading; its bytes are not checked.

    Raises:
        ObjectMissing: It is not there.
    """
    try:
        return object_path(store, object_id).open("rb")
    except FileNotFoundError:
        raise ObjectMissing(object_id, str(store.root / "objects")) from None


def read_bytes(store: Store, object_id: str, *, check: bool = True) -> bytes:
    """Return the bytes of an object.

    Args:
        store: Where.
        object_id: Its id.
        check: Whether the bytes must hash to the id.

    Raises:
        ObjectMissing: It is not there.
        ObjectFaulty: Its bytes are not those that were sealed.
    """
    with open_object(store, object_id) as file:
        data = file.read()
    if check and f"sha256:{hashlib.sha256(data).hexdigest()}" != object_id:
        raise ObjectFaulty(object_id, "its bytes are not those that were sealed")
    return data


def check_object(store: Store, object_id: str) -> None:
    """Check that an object's bytes hash to its id, whatever their size.

    Raises:
        ObjectMissing: It is not there.
        ObjectFaulty: Its bytes are not those that were sealed.
    """
    if not has_object(store, object_id):
        raise ObjectMissing(object_id, str(store.root / "objects"))
    if digest_of(object_path(store, object_id)) != object_id:
        raise ObjectFaulty(object_id, "its bytes are not those that were sealed")


def list_objects(store: Store) -> Iterator[str]:
    """List the ids under which there are objects, in order."""
    return list_shelf(store.root / "objects")


def list_shelf(shelf: Path) -> Iterator[str]:
    """List the ids under which there are files on a shelf, in order; others are passed over."""
    for path in sorted(shelf.glob("??/*")):
        object_id = f"sha256:{path.parent.name}{path.name}"
        if path.suffix != PART and OBJECT_ID.fullmatch(object_id):
            yield object_id


def erase_object(store: Store, object_id: str) -> None:
    """Remove the bytes of an object for good; that they are not there is no error.

    The deed must be logged by the caller (`source.erase`). Copies elsewhere are not reached, nor
    what the disk keeps of a removed file.
    """
    path = object_path(store, object_id)
    store.disk.remove(path)
    if path.parent.is_dir():
        store.disk.sync_folder(path.parent)


def keep_record(store: Store, record: Record) -> str:
    """Keep a record and return its id.

    Its map of commitments becomes an object, and its opened fields are kept beside. Where opened
    fields of this record are there already they stay, so that an erased field does not come back.

    Raises:
        RecordFaulty: Its fields are not those that were sealed.
        OutputUnwritable: The disk refused it.
    """
    check_record(record)
    path = opened_path(store, record.id)
    if not path.exists():
        write_file(store.disk, path, encode_opened(record), _RECORD_MODE)
    return keep_bytes(store, encode_map(record))


def opened_path(store: Store, object_id: str) -> Path:
    """Return where the opened fields of a record lie, or would lie."""
    return shelf_path(store.root / "records", object_id, ".json")


def read_record(store: Store, object_id: str) -> Record:
    """Return a record with the fields that are opened here, checked.

    A field may be withheld or erased: see `Record.withheld`.

    Raises:
        ObjectMissing: There is no such record.
        RecordFaulty: Its fields are not those that were sealed.
        ObjectFaulty: Its map is not the one that was sealed.
    """
    path = opened_path(store, object_id)
    opened = path.read_bytes() if path.is_file() else b""
    return decode_record(object_id, read_bytes(store, object_id), opened)


def erase_fields(store: Store, object_id: str, keys: Iterable[str]) -> Record:
    """Remove salt and value of some fields of a record for good, and return what is left.

    Without its salt a value can no longer be guessed from the commitment. The deed must be logged
    by the caller (`source.erase`).

    Raises:
        RecordFaulty: It has no such field.
    """
    record = withhold(read_record(store, object_id), keys)
    write_file(store.disk, opened_path(store, object_id), encode_opened(record), _RECORD_MODE)
    return record
