"""The folder that a browser of ours lives in: fresh for every capture, and deleted after it."""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX = "answerable-browser-"
_OWNER = "owner.lock"
_LONGEST_ROOM = 40
TOLD = "told.txt"
"""File in that folder to which the browser's complaints go."""


@contextmanager
def own_profile() -> Iterator[Path]:
    """Give a fresh folder, held by a lock as long as we live, and delete it in the end."""
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_find_room()))
    lock = FileLock(folder / _OWNER)
    lock.acquire()
    try:
        yield folder
    finally:
        lock.release()
        _delete(folder)


def _find_room() -> Path:
    """Return the system's folder for such things, or a shorter one: sockets' names are short."""
    room = Path(tempfile.gettempdir())
    shorter = Path("/tmp")  # noqa: S108 - what is made in it is ours alone
    return shorter if len(str(room)) > _LONGEST_ROOM and os.access(shorter, os.W_OK) else room


def _delete(folder: Path) -> None:
    """Delete a folder in which ending processes may still write for a moment."""
    for _ in range(20):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


def sweep_profiles(older_than_seconds: float = 60.0) -> list[Path]:
    """Delete profiles whose capture was ended by force.

    Args:
        older_than_seconds: Leave younger ones alone: their owner may be about to lock them.

    Returns:
        What was deleted.
    """
    swept = []
    for folder in _find_room().glob(f"{_PREFIX}*"):
        if _is_abandoned(folder, older_than_seconds):
            _delete(folder)
            swept.append(folder)
    return swept


def _is_abandoned(folder: Path, older_than_seconds: float) -> bool:
    try:
        told = folder.lstat()
        ours = sys.platform == "win32" or told.st_uid == os.geteuid()
        if folder.is_symlink() or not ours or time.time() - told.st_mtime < older_than_seconds:
            return False
        with FileLock(folder / _OWNER, timeout=0):
            return True
    except (OSError, Timeout):
        return False
