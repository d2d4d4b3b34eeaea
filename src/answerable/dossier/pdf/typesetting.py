"""Typesetting: the one door to Typst. Our own files and fonts go in, bytes come out.

Nothing is read from the disk but our fonts and templates: files are handed over in memory, system
fonts and those of Typst are left aside, and no template names a package, so none is fetched.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

import typst

from answerable.dossier.fonts import FONTS, coverage
from answerable.dossier.pdf.characters import spell
from answerable.errors import TypesettingFailed

TEMPLATES = Path(__file__).parent / "templates"
STANDARD: Literal["ua-1"] = "ua-1"

Files = dict[str, str | Path | bytes]


def set_pdf(
    template: str, data: Mapping[str, Any], as_of: str, pictures: Mapping[str, str]
) -> bytes:
    """Return a tagged PDF (PDF/UA-1) of data set by one of our templates.

    Args:
        template: Name of the template.
        data: Handed over as JSON; no text of it is ever read as markup.
        as_of: ISO date, the time of making that stands in the file.
        pictures: SVG files that the data names.

    Raises:
        TypesettingFailed: Typst could not set it.
    """
    return _compile(template, data, pictures, pdf_standards=[STANDARD], timestamp=_noon(as_of))


def set_picture(template: str, data: Mapping[str, Any]) -> bytes:
    """Return the one page of a template as PNG, a pixel for each point of its size."""
    return _compile(template, data, {}, format="png", ppi=72.0)


def _compile(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, str], **how: Any
) -> bytes:
    try:
        files = cast("bytes", _files(template, data, pictures))  # a mapping: its types lag behind
        compiler = typst.Compiler(files, font_paths=_fonts(), ignore_system_fonts=True)
        made = compiler.compile(**how)
    except typst.TypstError as error:
        raise TypesettingFailed(template, error.message) from error
    return made[0] if isinstance(made, list) else made or b""


def _files(template: str, data: Mapping[str, Any], pictures: Mapping[str, str]) -> Files:
    files: Files = {"main.typ": (TEMPLATES / template).read_bytes()}
    files |= {each.name: each.read_bytes() for each in TEMPLATES.glob("_*.typ")}
    files |= {name: spell(text).encode() for name, text in pictures.items()}
    files["data.json"] = json.dumps(_spell(data), ensure_ascii=True).encode()
    files["families.json"] = json.dumps(list(coverage())).encode()
    return files


def _spell(value: Any) -> Any:
    """Return data with every text in it spelled, so that none reaches a page as it came."""
    if isinstance(value, str):
        return spell(value)
    if isinstance(value, Mapping):
        return {key: _spell(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_spell(each) for each in value]
    return value


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _noon(as_of: str) -> datetime:
    return datetime.combine(date.fromisoformat(as_of), datetime.min.time(), UTC).replace(hour=12)
