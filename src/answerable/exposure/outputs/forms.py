"""The forms of output, chosen by the ending of a file's name."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from answerable.engine.files import write_whole
from answerable.errors import OutputUnknown, OutputUnwritable
from answerable.exposure.outputs.entities import write_entities
from answerable.exposure.outputs.lines import write_findings
from answerable.exposure.outputs.page import write_page
from answerable.exposure.outputs.table import write_table
from answerable.exposure.outputs.workbook import write_workbook
from answerable.model import Screening

Writer = Callable[[Screening, BinaryIO, Path | None], None]

_WRITERS: dict[str, Writer] = {
    ".jsonl": lambda screening, file, _: write_findings(screening, file),
    ".csv": lambda screening, file, _: write_table(screening, file),
    ".xlsx": write_workbook,
    ".html": lambda screening, file, _: write_page(screening, file),
    ".ftm.json": lambda screening, file, _: write_entities(screening, file),
}

_ADVICE = "For an OpenDocument program take .xlsx: LibreOffice opens it and can save it as .ods."

OUTPUTS: tuple[str, ...] = tuple(_WRITERS)
"""Endings of the forms that can be written."""


def check_outputs(paths: Sequence[Path], source: Path | None = None) -> None:
    """Refuse, before any work is done, an output that could not be written later.

    Args:
        paths: Files to write; their endings say the form.
        source: The buyer's file, or None: it is never overwritten.

    Raises:
        OutputUnknown: An ending is none of `OUTPUTS`.
        OutputUnwritable: A folder is missing, or the output is the buyer's own file.

    Example:
        >>> check_outputs([Path("report.html")])
        >>> check_outputs([Path("report.pdf")])
        Traceback (most recent call last):
        answerable.errors.OutputUnknown: report.pdf: the ending says nothing about the form. ...
    """
    for path in paths:
        _find_ending(path)
        if path.is_dir():
            raise OutputUnwritable(str(path), "it is a folder")
        if not path.parent.is_dir():
            raise OutputUnwritable(str(path), f"there is no folder {path.parent}")
        if source is not None and path.exists() and path.samefile(source):
            why = "it is the supplier file itself, which is never overwritten; give another name"
            raise OutputUnwritable(str(path), why)


def write_outputs(
    screening: Screening, paths: Sequence[Path], source: Path | None, *, lines: Path | None = None
) -> None:
    """Write a screening in every form asked for; each file is there whole or not at all.

    The same screening gives the same bytes: nothing is taken from the clock.

    Args:
        screening: The screening.
        paths: Files to write; their endings say the form.
        source: The buyer's file, or None (standard input). From an XLSX or XLSM, an `.xlsx` is
            the buyer's own workbook with the answers in added columns.
        lines: A file that holds the screening's JSON lines already, so that they are copied.

    Raises:
        OutputUnknown: An ending is none of `OUTPUTS`; nothing was written.
        OutputUnwritable: The disk refused it, or the output is the buyer's own file.
    """
    check_outputs(paths, source)
    for path in paths:
        ending = _find_ending(path)
        with write_whole(path) as file:
            if lines is not None and ending == ".jsonl":
                with lines.open("rb") as kept:
                    shutil.copyfileobj(kept, file, 1 << 20)
            else:
                _WRITERS[ending](screening, file, source)


def _find_ending(path: Path) -> str:
    name = path.name.lower()
    for ending in OUTPUTS:
        if name.endswith(ending) and len(name) > len(ending):
            return ending
    raise OutputUnknown(str(path), OUTPUTS, _ADVICE if name.endswith(".ods") else "")
