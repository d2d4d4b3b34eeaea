"""The vault: private evidence, encrypted, under the hash of what is encrypted.

A file of the vault: a mark, the id of the private key, a fresh key for this file alone encrypted
under the private key, then the bytes in chunks of 64 KiB, each encrypted and authenticated with
its number and whether it is the last. So a chunk that was changed, moved, or cut off is found.
The size of what is in it stays visible.
"""

import io
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from answerable.errors import KeyMissing, KeyRefused, ObjectFaulty, ObjectMissing
from answerable.ledger.disk import write_file
from answerable.ledger.objects import (
    Store,
    digest_of,
    keep_bytes,
    keep_chunks,
    list_shelf,
    read_bytes,
    read_chunks,
    shelf_path,
)
from answerable.ledger.private_key import (
    PRIVATE_KEY,
    PrivateKey,
    make_private_key,
    passphrase_of_environment,
    read_private_key,
)
from answerable.ledger.records import (
    Record,
    check_record,
    decode_record,
    encode_map,
    encode_opened,
    withhold,
)

MARK = b"answerable.vault/1\n"
"""How every file of the vault begins."""

_CHUNK = 1 << 16
_TAG = 16
_KEY_ID = 8
_NONCE = 12
_HEAD = len(MARK) + _KEY_ID + _NONCE + 32 + _TAG
_MODE = 0o400
_RECORD_MODE = 0o600


def keep_private(store: Store, data: bytes | Path) -> str:
    """Encrypt bytes, or the bytes of a file, into the vault and return the id.

    They are on the disk when this returns. The private key is made on first use.

    Args:
        store: Where; its `keys` must be set.
        data: The bytes, or a file, which is read in pieces.

    Returns:
        Id of the *encrypted* bytes, so that nobody can look up whether a known document is there.
        The same bytes twice give two ids.

    Raises:
        KeyMissing, KeyRefused: The private key is missing although the vault holds files, or its
            passphrase is wrong.
        OutputUnwritable: The disk refused it.

    Source:
        Hoang, Reyhanitabar, Rogaway, Vizár (2015), the STREAM construction; ChaCha20-Poly1305 of
        RFC 8439.

    Cost:
        Memory for two chunks of 64 KiB, whatever the size of the file.
    """
    key = _writing_key(store)
    if isinstance(data, Path):
        with data.open("rb") as file:
            return _keep(store, key, read_chunks(file, _CHUNK))
    return _keep(store, key, read_chunks(io.BytesIO(data), _CHUNK))


def _keep(store: Store, key: PrivateKey, chunks: Iterable[bytes]) -> str:
    return keep_chunks(store.disk, _shelf(store), _encrypt(key, chunks), _MODE)


def read_private(store: Store, object_id: str) -> bytes:
    """Return the decrypted bytes of a private object, in memory.

    Raises:
        ObjectMissing: It is not there.
        ObjectFaulty: Its file is not the one that was sealed.
        KeyMissing, KeyRefused: The private key is missing, is another one, or stays shut.
    """
    file = io.BytesIO()
    copy_private(store, object_id, file)
    return file.getvalue()


def copy_private(store: Store, object_id: str, file: BinaryIO) -> None:
    """Decrypt a private object into an open file.

    Args:
        store: Where it is.
        object_id: Its id.
        file: Where to; where this raises, what was written so far must be thrown away.

    Raises:
        ObjectMissing: It is not there.
        ObjectFaulty: Its file is not the one that was sealed.
        KeyMissing, KeyRefused: The private key is missing, is another one, or stays shut.
    """
    check_private(store, object_id)
    key = _reading_key(store)
    with private_path(store, object_id).open("rb") as sealed:
        for chunk in _decrypt(key, sealed, object_id):
            file.write(chunk)


def check_private(store: Store, object_id: str) -> None:
    """Check, without any key, that the file of a private object is the one that was sealed.

    Raises:
        ObjectMissing: It is not there.
        ObjectFaulty: Its file is not the one that was sealed.
    """
    path = private_path(store, object_id)
    if not path.is_file():
        raise ObjectMissing(object_id, str(_shelf(store)))
    if digest_of(path) != object_id:
        raise ObjectFaulty(object_id, "its encrypted bytes are not those that were sealed")


def private_path(store: Store, object_id: str) -> Path:
    """Return where a private object lies, or would lie."""
    return shelf_path(_shelf(store), object_id)


def has_private(store: Store, object_id: str) -> bool:
    """Tell whether a private object is there."""
    return private_path(store, object_id).is_file()


def list_private(store: Store) -> Iterator[str]:
    """List the ids of all private objects, in order."""
    return list_shelf(_shelf(store))


def erase_private(store: Store, object_id: str) -> None:
    """Remove a private object and with it its own key for good; the caller logs the deed."""
    path = private_path(store, object_id)
    store.disk.remove(path)
    if path.parent.is_dir():
        store.disk.sync_folder(path.parent)


def keep_private_record(store: Store, record: Record) -> str:
    """Keep a record whose opened fields are private, and return its id.

    The map of commitments becomes a plain object: it tells the names of the fields and nothing
    of their values. Opened fields that are there already stay.

    Raises:
        RecordFaulty: Its fields are not those that were sealed.
        KeyMissing, KeyRefused: See `keep_private`.
        OutputUnwritable: The disk refused it.
    """
    check_record(record)
    if not private_record_path(store, record.id).exists():
        _keep_opened(store, record)
    return keep_bytes(store, encode_map(record))


def _keep_opened(store: Store, record: Record) -> None:
    chunks = read_chunks(io.BytesIO(encode_opened(record)), _CHUNK)
    sealed = b"".join(_encrypt(_writing_key(store), chunks))
    write_file(store.disk, private_record_path(store, record.id), sealed, _RECORD_MODE)


def private_record_path(store: Store, object_id: str) -> Path:
    """Return where the encrypted opened fields of a private record lie, or would lie."""
    return shelf_path(_shelf(store) / "records", object_id)


def read_private_record(store: Store, object_id: str) -> Record:
    """Return a private record with its opened fields decrypted, checked.

    Raises:
        ObjectMissing: There is no such record.
        RecordFaulty: Its fields are not those that were sealed.
        ObjectFaulty: Its file was changed.
        KeyMissing, KeyRefused: The private key is missing, is another one, or stays shut.
    """
    path = private_record_path(store, object_id)
    opened = b""
    if path.is_file():
        with path.open("rb") as sealed:
            opened = b"".join(_decrypt(_reading_key(store), sealed, object_id))
    return decode_record(object_id, read_bytes(store, object_id), opened)


def erase_private_fields(store: Store, object_id: str, keys: Iterable[str]) -> Record:
    """Remove salt and value of some fields of a private record for good; the caller logs it.

    Raises:
        RecordFaulty: It has no such field.
    """
    record = withhold(read_private_record(store, object_id), keys)
    _keep_opened(store, record)
    return record


def _shelf(store: Store) -> Path:
    return store.root / "private"


def _reading_key(store: Store) -> PrivateKey:
    return read_private_key(_keys(store), store.passphrase)


def _writing_key(store: Store) -> PrivateKey:
    folder = _keys(store)
    if not (folder / PRIVATE_KEY).exists() and not _holds_files(store):
        passphrase = (store.passphrase or passphrase_of_environment)()
        make_private_key(folder, store.disk, passphrase)
    return read_private_key(folder, store.passphrase)


def _holds_files(store: Store) -> bool:
    kept = (*_shelf(store).glob("??/*"), *_shelf(store).glob("records/??/*"))
    return any(not path.name.startswith(".") for path in kept)


def _keys(store: Store) -> Path:
    if store.keys is None:
        raise KeyMissing(
            str(store.root), "this store was opened without keys", "Open it as part of a workspace."
        )
    return store.keys


def _encrypt(key: PrivateKey, chunks: Iterable[bytes]) -> Iterator[bytes]:
    file_key, nonce = secrets.token_bytes(32), secrets.token_bytes(_NONCE)
    mark = MARK + key.id
    yield mark + nonce + ChaCha20Poly1305(key.secret).encrypt(nonce, file_key, mark)
    cipher = ChaCha20Poly1305(file_key)
    for number, (chunk, last) in enumerate(_mark_last(chunks)):
        yield cipher.encrypt(_chunk_nonce(number, last=last), chunk, None)


def _decrypt(key: PrivateKey, file: BinaryIO, object_id: str) -> Iterator[bytes]:
    cipher = ChaCha20Poly1305(_file_key(key, file.read(_HEAD), object_id))
    chunks = read_chunks(file, _CHUNK + _TAG)
    for number, (chunk, last) in enumerate(_mark_last(chunks)):
        try:
            yield cipher.decrypt(_chunk_nonce(number, last=last), chunk, None)
        except InvalidTag:
            why = f"its encrypted bytes were changed, moved or cut from chunk {number} on"
            raise ObjectFaulty(object_id, why) from None


def _file_key(key: PrivateKey, head: bytes, object_id: str) -> bytes:
    mark, rest = head[: len(MARK) + _KEY_ID], head[len(MARK) + _KEY_ID :]
    if not mark.startswith(MARK) or len(head) != _HEAD:
        raise ObjectFaulty(object_id, "this is no file of the vault")
    if mark[len(MARK) :] != key.id:
        raise KeyRefused(
            object_id,
            f"it is encrypted under the private key {mark[len(MARK) :].hex()}, not {key.id.hex()}",
            "Name the folder of the right key in the environment variable ANSWERABLE_KEYS.",
        )
    try:
        return ChaCha20Poly1305(key.secret).decrypt(rest[:_NONCE], rest[_NONCE:], mark)
    except InvalidTag:
        raise ObjectFaulty(object_id, "its head was changed") from None


def _chunk_nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_NONCE - 1, "big") + (b"\x01" if last else b"\x00")


def _mark_last(chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Give each chunk with whether it is the last; of none, one that is empty and the last."""
    before = None
    for chunk in chunks:
        if before is not None:
            yield before, False
        before = chunk
    yield before or b"", True
