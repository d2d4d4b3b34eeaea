"""Changes as one HTML file: opens offline, asks for nothing, needs no script, prints well."""

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import BinaryIO

from jinja2 import Environment
from markupsafe import Markup

from answerable.engine.templates import open_templates
from answerable.exposure.changes.words import (
    KIND_WORDS,
    PART_WORDS,
    SAYS_NOT,
    list_absent,
    list_attributions,
    list_searched,
    list_shown,
    say_counts,
    say_side,
    say_status,
)
from answerable.model.change import Changes

MOST_ROWS = 5_000
"""Rows that are shown; the others are in the other forms."""


def write_page(changes: Changes, file: BinaryIO) -> None:
    """Write the changes as one HTML page in UTF-8, the coverage of both screenings first.

    Args:
        changes: The changes; of very many rows the first, with a sentence on the others.
        file: A binary file.
    """
    style = _read_style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    chunks = (
        _environment()
        .get_template("changes.html")
        .generate(
            changes=changes,
            rows=changes.rows[:MOST_ROWS],
            more=max(0, len(changes.rows) - MOST_ROWS),
            counts=say_counts(changes),
            limits=SAYS_NOT,
            attributions=list_attributions((changes.old, changes.new)),
            style=Markup(style),  # noqa: S704 - our own file
            style_digest=digest,
        )
    )
    for chunk in chunks:
        file.write(chunk.encode())


@cache
def _environment() -> Environment:
    environment = open_templates("answerable.exposure.changes")
    environment.globals |= {
        "kind_words": KIND_WORDS,
        "part_words": PART_WORDS,
        "list_absent": list_absent,
        "list_searched": list_searched,
        "list_shown": list_shown,
        "say_side": say_side,
        "say_status": say_status,
    }
    return environment


@cache
def _read_style() -> str:
    """Return the style of reports, and what changes need besides."""
    places = ("answerable.exposure.outputs", "report"), ("answerable.exposure.changes", "changes")
    return "\n".join(
        (files(package) / "templates" / f"{name}.css").read_text(encoding="utf-8")
        for package, name in places
    )
