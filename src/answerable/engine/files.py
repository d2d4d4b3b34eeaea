"""Files that are there whole or not at all, also after kill -9 or on a full disk.

Everything is written beside its final place under a name that begins with a dot and ends in
`.part`, synced, and then renamed. A reader never sees half a file under a final name; a leftover
`.part` says only that a run was broken off, and may be deleted.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from answerable.errors import AnswerableError, OutputUnwritable

PART = ".part"


@contextmanager
def write_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing that takes its final name only when the block ends well.

    Args:
        path: The final name; its folder must exist. A file that is there is replaced.

    Yields:
        A binary file, to be written from the start.

    Raises:
        OutputUnwritable: The folder is missing, not writable, or the disk is full.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> with write_whole(folder / "answer.txt") as file:
        ...     _ = file.write(b"whole")
        >>> [each.name for each in folder.iterdir()]
        ['answer.txt']
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        with part.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except AnswerableError:
        raise
    except OSError as error:
        raise OutputUnwritable(str(path), error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def place_folder(path: Path) -> Iterator[Path]:
    """Give an empty folder that takes its final name only when the block ends well.

    Args:
        path: The final name, which must not exist; folders above it are made.

    Yields:
        The folder to fill.

    Raises:
        OutputUnwritable: The folder exists already, or the disk refused it.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}{PART}")
    try:
        part.mkdir(parents=True)
        yield part
        if path.exists():
            raise FileExistsError(None, "it exists already")
        part.rename(path)
    except AnswerableError:
        raise
    except OSError as error:
        raise OutputUnwritable(str(path), error.strerror or str(error)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def digest_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in lower-case hexadecimal.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
