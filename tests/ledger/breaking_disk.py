"""Disks that break off: a process killed at a call, power that fails with it, a disk that is full.

Only the operating system's calls are stood in for, through the one seam that the ledger has; what
runs is the ledger's own code.
"""

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from answerable.ledger.disk import Disk

Undo = tuple[str, Path, Callable[[], object]]


class BreakingDisk(Disk):
    """A disk on which the process dies at the call of a number; nothing of ours runs after that.

    Args:
        at: Number of the call, from 0; None for never.
        half: Whether a write gets half of its bytes onto the disk first.
        power: Whether the power fails with it: then everything is undone that no `sync` or
            `sync_folder` had confirmed, which is the worst that a file system may do.
    """

    def __init__(self, at: int | None = None, *, half: bool = False, power: bool = False) -> None:
        self.at, self.half, self.power = at, half, power
        self.calls: list[str] = []
        self.names: dict[int, Path] = {}
        self.undo: list[Undo] = []

    def _count(self, call: str) -> bool:
        """Count a call, and tell whether the process is to die at it."""
        self.calls.append(call)
        return len(self.calls) - 1 == self.at

    def _die(self) -> None:
        if self.power:
            for _, _, undo in reversed(self.undo):
                with suppress(FileNotFoundError):
                    undo()
        os._exit(137)

    def _confirm(self, kind: str, path: Path) -> None:
        self.undo = [each for each in self.undo if each[:2] != (kind, path)]

    def open(self, path: Path, flags: int, mode: int = 0o644) -> int:
        if self._count("open"):
            self._die()
        new = not path.exists()
        descriptor = super().open(path, flags, mode)
        self.names[descriptor] = path
        if new:
            self.undo.append(("folder", path.parent, path.unlink))
        return descriptor

    def write(self, descriptor: int, data: bytes) -> None:
        path = self.names[descriptor]
        size = path.stat().st_size
        self.undo.append(("file", path, lambda: _set_size(path, size)))
        if self._count("write"):
            if self.half:
                super().write(descriptor, data[: len(data) // 2])
            self._die()
        super().write(descriptor, data)

    def sync(self, descriptor: int) -> None:
        if self._count("sync"):
            self._die()
        super().sync(descriptor)
        self._confirm("file", self.names[descriptor])

    def cut(self, descriptor: int, size: int) -> None:
        if self._count("cut"):
            self._die()
        path = self.names[descriptor]
        lost = path.read_bytes()[size:]
        self.undo.append(("file", path, lambda: _append(path, lost)))
        super().cut(descriptor, size)

    def place(self, part: Path, final: Path) -> None:
        if self._count("place"):
            self._die()
        before = final.read_bytes() if final.exists() else None
        super().place(part, final)
        self.undo.append(("folder", final.parent, lambda: _take_back(part, final, before)))

    def make_folder(self, folder: Path, mode: int = 0o777) -> None:
        if self._count("make_folder"):
            self._die()
        super().make_folder(folder, mode)
        self.undo.append(("folder", folder.parent, lambda: shutil.rmtree(folder)))

    def sync_folder(self, folder: Path) -> None:
        if self._count("sync_folder"):
            self._die()
        super().sync_folder(folder)
        self._confirm("folder", folder)

    def remove(self, path: Path) -> None:
        if self._count("remove"):
            self._die()
        super().remove(path)


def _set_size(path: Path, size: int) -> None:
    path.chmod(0o600)
    os.truncate(path, size)


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as file:
        file.write(data)


def _take_back(part: Path, final: Path, before: bytes | None) -> None:
    final.rename(part)
    if before is not None:
        final.write_bytes(before)


class FullDisk(Disk):
    """A disk that takes some bytes more, and is full then until it is given room."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, descriptor: int, data: bytes) -> None:
        fits = data[: self.room]
        super().write(descriptor, fits)
        self.room -= len(fits)
        if len(fits) < len(data):
            raise OSError(errno.ENOSPC, "No space left on device")
