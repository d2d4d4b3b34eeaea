"""Files of a register as they are published: plain, packed with gzip, or alone in a ZIP.

They are read as a stream and never laid out on the disk. What a file unpacks to is bounded.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from answerable.errors import ListUnreadable

MOST_BYTES = 100_000_000_000
"""Greatest size of a file, packed or not."""

MOST_RATIO = 400
"""Greatest ratio of unpacked to packed size, from `RATIO_FROM_BYTES` on."""

RATIO_FROM_BYTES = 20_000_000
MOST_MEMBERS = 1_000

_GZIP, _ZIP = b"\x1f\x8b", (b"PK\x03\x04", b"PK\x05\x06")
_BUFFER = 1 << 18
_UNPACK = "Unpack it and give the files, each with --from."
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


class _Bounded(io.RawIOBase):
    """A stream of unpacked bytes that refuses to give more than it may."""

    def __init__(self, stream: BinaryIO, name: str, most: int) -> None:
        self._stream, self._name, self._left = stream, name, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self._stream.read(len(view))
        except _FAULTS as error:
            raise ListUnreadable(self._name, f"it is damaged: {error}") from error
        self._left -= len(data)
        if self._left < 0:
            raise ListUnreadable(self._name, "it unpacks to more than is read", _UNPACK)
        view[: len(data)] = data
        return len(data)


@contextmanager
def open_unpacked(path: Path) -> Iterator[io.BufferedReader]:
    """Open a file for reading its bytes, unpacked where it is packed.

    Args:
        path: A plain file, one packed with gzip, or a ZIP that holds one file.

    Raises:
        ListUnreadable: It is missing, too large, damaged, locked, or a ZIP of several files; or
            it unpacks to more than `MOST_BYTES`, or to more than `MOST_RATIO` times its size.

    Cost:
        Unpacks as it reads; 0.3 MB of memory.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     path = Path(folder, "register.txt.gz")
        ...     _ = path.write_bytes(gzip.compress(b"one record"))
        ...     with open_unpacked(path) as file:
        ...         file.read()
        b'one record'
    """
    with ExitStack() as held:
        try:
            size = path.stat().st_size
            file: BinaryIO = held.enter_context(path.open("rb"))
            start = file.read(4)
            file.seek(0)
        except OSError as error:
            raise ListUnreadable(path.name, error.strerror or str(error)) from error
        if size > MOST_BYTES:
            raise ListUnreadable(path.name, f"it is over {MOST_BYTES:,} bytes")
        packed = start[:2] == _GZIP or start in _ZIP
        if packed:
            file = held.enter_context(_unpack(file, path.name, zipped=start in _ZIP))
        most = min(MOST_BYTES, max(RATIO_FROM_BYTES, size * MOST_RATIO)) if packed else MOST_BYTES
        yield held.enter_context(io.BufferedReader(_Bounded(file, path.name, most), _BUFFER))


@contextmanager
def _unpack(file: BinaryIO, name: str, *, zipped: bool) -> Iterator[BinaryIO]:
    if not zipped:
        with gzip.GzipFile(fileobj=file) as stream:
            yield cast("BinaryIO", stream)
        return
    with ExitStack() as held:
        try:
            archive = held.enter_context(zipfile.ZipFile(file))
            member = _find_member(archive, name)
            opened = held.enter_context(archive.open(member))
        except _FAULTS as error:
            if isinstance(error, ListUnreadable):
                raise
            raise ListUnreadable(name, f"it is a damaged or locked ZIP: {error}") from error
        yield cast("BinaryIO", opened)


def _find_member(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """Return the one file of a ZIP; what a Mac adds to one does not count."""
    members = [
        each
        for each in archive.infolist()[: MOST_MEMBERS + 1]
        if not each.is_dir() and not each.filename.startswith("__MACOSX/")
    ]
    if len(members) != 1:
        raise ListUnreadable(name, f"it is a ZIP of {len(members):,} files, not of one", _UNPACK)
    return members[0]
