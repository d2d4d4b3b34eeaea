"""One folder put in the place of another in one step, so that nobody ever sees half of either."""

import ctypes
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from answerable.engine.files import PART
from answerable.errors import AnswerableError, OutputUnwritable

_HERE = -100  # AT_FDCWD: paths are as the program sees them
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_OLD = ".old"


@contextmanager
def switch_folder(to: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Write a folder beside its final place, and put it there when the block ends well.

    Where the system can exchange two names (Linux, macOS), whoever looks, and whatever breaks off,
    finds the old folder or the new one. Elsewhere there is a moment without either: what breaks
    off there leaves the old one beside, and the next call puts it back first.

    Args:
        to: The final place. What is there is replaced, whole.
        files: Name within the folder to content.

    Raises:
        OutputUnwritable: The disk refused it; the old folder stands.
    """
    part = to.with_name(f".{to.name}.{secrets.token_hex(4)}{PART}")
    try:
        _restore(to)
        _write(part, files)
        yield
        if to.exists():
            _replace(part, to)
        else:
            part.rename(to)
        _sync_folder(to.parent)
    except AnswerableError:
        raise
    except OSError as error:
        raise OutputUnwritable(str(to), error.strerror or str(error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _write(part: Path, files: Mapping[str, bytes]) -> None:
    part.mkdir(parents=True)
    for name, content in files.items():
        path = part / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    _sync_folder(part)


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(part: Path, to: Path) -> None:
    if exchange(part, to):
        return
    old = to.with_name(f".{to.name}{_OLD}")
    to.rename(old)
    try:
        part.rename(to)
    except OSError:
        old.rename(to)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _restore(to: Path) -> None:
    """Put back a folder that a switch of two steps had moved aside when it was broken off."""
    old = to.with_name(f".{to.name}{_OLD}")
    if old.is_dir() and not to.exists():
        old.rename(to)
    elif old.is_dir():
        shutil.rmtree(old)


def exchange(one: Path, other: Path) -> bool:
    """Exchange two names of one file system in one step; False where the system cannot.

    Source:
        Linux renameat2(2) with RENAME_EXCHANGE; macOS renamex_np(2) with RENAME_SWAP.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(system.renamex_np(*names, _EXCHANGE) == 0)
        return bool(system.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE) == 0)
    except (AttributeError, OSError, TypeError):
        return False
