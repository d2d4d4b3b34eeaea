"""The forms in which changes are written, chosen by the ending of a file's name."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from answerable.engine.files import write_whole
from answerable.errors import OutputUnknown, OutputUnwritable
from answerable.exposure.changes.page import write_page
from answerable.exposure.changes.tables import write_book, write_csv, write_lines
from answerable.model.change import Changes

_WRITERS: dict[str, Callable[[Changes, BinaryIO], None]] = {
    ".jsonl": write_lines,
    ".csv": write_csv,
    ".xlsx": write_book,
    ".html": write_page,
}

OUTPUTS: tuple[str, ...] = tuple(_WRITERS)
"""Endings of the forms that can be written."""


def check_outputs(paths: Sequence[Path]) -> None:
    """Refuse, before any work is done, an output that could not be written later.

    Args:
        paths: Files to write; their endings say the form.

    Raises:
        OutputUnknown: An ending is none of `OUTPUTS`.
        OutputUnwritable: A folder is missing.

    Example:
        >>> check_outputs([Path("changes.html")])
    """
    for path in paths:
        if path.suffix.lower() not in _WRITERS or path.name.lower() in _WRITERS:
            raise OutputUnknown(str(path), OUTPUTS)
        if path.is_dir():
            raise OutputUnwritable(str(path), "it is a folder")
        if not path.parent.is_dir():
            raise OutputUnwritable(str(path), f"there is no folder {path.parent}")


def write_outputs(changes: Changes, paths: Sequence[Path]) -> None:
    """Write changes in every form asked for; each file is there whole or not at all.

    Args:
        changes: The changes; the same give the same bytes.
        paths: Files to write; their endings say the form.

    Raises:
        OutputUnknown: An ending is none of `OUTPUTS`; nothing was written.
        OutputUnwritable: The disk refused it.
    """
    check_outputs(paths)
    for path in paths:
        with write_whole(path) as file:
            _WRITERS[path.suffix.lower()](changes, file)
