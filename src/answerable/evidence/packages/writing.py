"""Files of a package, written as a folder or a zip; the same files give the same bytes."""

import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from answerable.engine.files import place_folder, write_whole
from answerable.errors import ObjectFaulty
from answerable.ledger.objects import Store, open_object, read_chunks

_DATE = (1980, 1, 1, 0, 0, 0)
_REGULAR = 0o100644
_UNIX = 3

Content = bytes | str
"""Bytes, or the id of an object whose bytes are meant."""


def measure(store: Store, content: Content) -> dict[str, str | int]:
    """Return size and SHA-256 of a file, as the list of a package has them.

    Raises:
        ObjectMissing: The object is not there.
    """
    if isinstance(content, bytes):
        return {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    with open_object(store, content) as file:
        return {"bytes": Path(file.name).stat().st_size, "sha256": content[7:]}


@contextmanager
def write_files(store: Store, to: Path, top: str, files: Mapping[str, Content]) -> Iterator[None]:
    """Write the files of a package; they take their final name only when the block ends well.

    Args:
        store: Where the objects are.
        to: A path that ends in `.zip`, or a folder, which must not exist.
        top: Name of the folder in which the files lie in a zip.
        files: Name to content, in the order in which they are written.

    Raises:
        ObjectMissing, ObjectFaulty: An object is not there, or not as it was sealed.
        OutputUnwritable: The disk refused it, or the folder exists already.
    """
    if to.suffix.lower() == ".zip":
        with write_whole(to) as file:
            _write_zip(store, file, top, files)
            yield
    else:
        with place_folder(to) as folder:
            _write_folder(store, folder, files)
            yield


def _write_zip(store: Store, file: BinaryIO, top: str, files: Mapping[str, Content]) -> None:
    # Nothing is compressed: what compression gives differs between builds of zlib.
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
        for name, content in files.items():
            entry = zipfile.ZipInfo(f"{top}/{name}", _DATE)
            entry.create_system = _UNIX
            entry.external_attr = _REGULAR << 16
            large = not isinstance(content, bytes)
            with packed.open(entry, "w", force_zip64=large) as member:
                for chunk in _read(store, content):
                    member.write(chunk)


def _write_folder(store: Store, folder: Path, files: Mapping[str, Content]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            for chunk in _read(store, content):
                file.write(chunk)


def _read(store: Store, content: Content) -> Iterator[bytes]:
    """Give bytes in pieces, and refuse an object at its end if it is not as it was sealed."""
    if isinstance(content, bytes):
        yield content
        return
    digest = hashlib.sha256()
    with open_object(store, content) as file:
        for chunk in read_chunks(file):
            digest.update(chunk)
            yield chunk
    if digest.hexdigest() != content[7:]:
        raise ObjectFaulty(content, "its bytes are not those that were sealed")
