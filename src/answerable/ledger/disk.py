"""The few calls by which deeds and objects reach the disk, and files that are there whole.

Every write of the ledger goes through a `Disk`, so that a test can break off at each of them.
"""

import os
import secrets
import stat
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from answerable.errors import OutputUnwritable

if sys.platform != "win32":
    import fcntl

_BINARY = getattr(os, "O_BINARY", 0)  # Windows would otherwise translate newlines
PART = ".part"


class Disk:
    """The operating system's calls, each of which returns when it is done and not before."""

    def open(self, path: Path, flags: int, mode: int = 0o644) -> int:
        """Open a file and return its descriptor."""
        return os.open(path, flags | _BINARY, mode)

    def write(self, descriptor: int, data: bytes) -> None:
        """Write all of the bytes."""
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    def sync(self, descriptor: int) -> None:
        """Return when the file's bytes are on the disk."""
        if sys.platform == "darwin":  # there, fsync leaves bytes in the drive's cache
            with suppress(OSError):
                fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
                return
        os.fsync(descriptor)

    def cut(self, descriptor: int, size: int) -> None:
        """Cut an open file to a size in bytes."""
        os.ftruncate(descriptor, size)

    def place(self, part: Path, final: Path) -> None:
        """Give a file its final name; what had that name is replaced."""
        if sys.platform == "win32" and final.exists():
            final.chmod(stat.S_IWRITE)
        part.replace(final)

    def make_folder(self, folder: Path, mode: int = 0o777) -> None:
        """Make one folder; its parent must exist."""
        folder.mkdir(mode=mode, exist_ok=True)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder are on the disk (Windows has no such call)."""
        if sys.platform == "win32":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def remove(self, path: Path) -> None:
        """Remove a file; that it is not there is no error."""
        with suppress(FileNotFoundError):
            if sys.platform == "win32":
                path.chmod(stat.S_IWRITE)
            path.unlink()


DISK = Disk()
"""The disk of this machine."""


def make_folders(disk: Disk, folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it, each on the disk when this returns."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        disk.make_folder(each, mode)
        disk.sync_folder(each.parent)


def write_part(disk: Disk, folder: Path, chunks: Iterable[bytes], mode: int) -> Path:
    """Write bytes to a new file of a passing name in a folder, synced, and return its path."""
    part = folder / f".{secrets.token_hex(8)}{PART}"
    try:
        descriptor = disk.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            for chunk in chunks:
                disk.write(descriptor, chunk)
            disk.sync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        disk.remove(part)
        raise
    return part


def write_file(disk: Disk, path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a small file, whole or not at all; it is on the disk when this returns.

    Args:
        disk: Where to.
        path: Its final name; folders above it are made. What is there is replaced.
        data: Its bytes.
        mode: Its permissions.

    Raises:
        OutputUnwritable: The disk refused it; what was there is as it was.
    """
    try:
        make_folders(disk, path.parent)
        part = write_part(disk, path.parent, [data], mode)
        try:
            disk.place(part, path)
        finally:
            disk.remove(part)
        disk.sync_folder(path.parent)
    except OSError as error:
        raise OutputUnwritable(str(path), error.strerror or str(error)) from error
