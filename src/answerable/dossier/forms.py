"""The forms in which a dossier is written, chosen by the ending of a file's name."""

import json
import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

from answerable.engine.files import write_whole
from answerable.engine.shown_text import NO_SHAPE
from answerable.errors import OutputUnknown, OutputUnwritable
from answerable.model.dossier import Dossier

OUTPUTS = (".html", ".pdf", ".ftm.json", ".json")
"""Endings of the forms that can be written."""

WriteEntities = Callable[[BinaryIO], None]

_LONE = re.compile("[\ud800-\udfff]")


def write_json(dossier: Dossier) -> bytes:
    """Return a dossier as JSON (`answerable.dossier/1`), UTF-8, indented.

    Signs without a shape, such as those of direction, are written as escapes, so that an editor
    shows the text as it is; a lone surrogate, which UTF-8 cannot carry, likewise.
    """
    text = json.dumps(dossier.as_dict(), ensure_ascii=False, indent=1)
    for signs in (NO_SHAPE, _LONE):
        text = signs.sub(_escape, text)
    return text.encode() + b"\n"


def _escape(found: re.Match[str]) -> str:
    return json.dumps(found[0])[1:-1]


def read_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of `answerable.dossier/1`.

    Example:
        >>> read_schema()["title"]
        'A dossier'
    """
    path = files("answerable.dossier") / "schemas" / "dossier.schema.json"
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema


def check_outputs(paths: Sequence[Path]) -> None:
    """Refuse, before any work is done, an output that could not be written later.

    Raises:
        OutputUnknown: An ending is none of `OUTPUTS`.
        OutputUnwritable: It is a folder, or its folder is missing.

    Example:
        >>> check_outputs([Path("dossier.docx")])
        Traceback (most recent call last):
        answerable.errors.OutputUnknown: dossier.docx: the ending says nothing about the form. ...
    """
    for path in paths:
        find_ending(path)
        if path.is_dir():
            raise OutputUnwritable(str(path), "it is a folder")
        if not path.parent.is_dir():
            raise OutputUnwritable(str(path), f"there is no folder {path.parent}")


def find_ending(path: Path) -> str:
    """Return which of `OUTPUTS` a name ends in.

    Raises:
        OutputUnknown: None of them.
    """
    name = path.name.lower()
    for ending in OUTPUTS:
        if name.endswith(ending) and len(name) > len(ending):
            return ending
    raise OutputUnknown(str(path), OUTPUTS)


def write_outputs(
    dossier: Dossier,
    paths: Sequence[Path],
    write_entities: WriteEntities,
    tell: Callable[[str, int, int], None] = lambda *_: None,
) -> None:
    """Write a dossier in every form asked for; each file is there whole or not at all.

    Args:
        dossier: The dossier.
        paths: Files to write; those that are there are replaced.
        write_entities: Writes it as FollowTheMoney entities.
        tell: Told about progress.

    Raises:
        OutputUnknown: An ending is none of `OUTPUTS`; nothing was written.
        OutputUnwritable: The disk refused it.
        TypesettingFailed: The PDF could not be set.
    """
    check_outputs(paths)
    for done, path in enumerate(paths):
        tell("Writing", done, len(paths))
        ending = find_ending(path)
        with write_whole(path) as file:
            if ending == ".ftm.json":
                write_entities(file)
            else:
                file.write(render(dossier, ending))


def render(dossier: Dossier, ending: str) -> bytes:
    """Return a dossier in the form of an ending: `.html`, `.pdf` or `.json`."""
    if ending == ".json":
        return write_json(dossier)
    if ending == ".html":
        from answerable.dossier.page import write_page

        return write_page(dossier)
    from answerable.dossier.pdf.pages import render_pdf

    return render_pdf(dossier)
