"""A dossier as one HTML file: opens offline, asks for nothing from anywhere, needs no script.

Its content policy allows its own style and nothing else. Every text from outside is escaped, shown
without signs that turn the line about, and set apart in its own language and direction.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from answerable.dossier import words
from answerable.dossier.drawing import draw_path
from answerable.dossier.sections import find_citations, list_sections
from answerable.dossier.texts import direction_of, show_line, tag_of
from answerable.dossier.ties import SHARED_NAME, find_edition, list_ties, say_path
from answerable.engine.shown_text import show_text
from answerable.engine.templates import open_templates
from answerable.evidence.packages.markdown import render_markdown
from answerable.exposure.outputs import words as found_words
from answerable.exposure.outputs.cells import read_link
from answerable.exposure.outputs.tie_words import WINDOW_WORDS, say_status
from answerable.model.countries import country_name
from answerable.model.dossier import Document, Dossier
from answerable.model.judgement import STATE_WORDS, VERDICT_WORDS
from answerable.model.link import say_percent

LONGEST_HEADING = 300
"""Characters of a name in a heading; the whole stands in the text."""

_ANCHOR = re.compile(r"[^A-Za-z0-9._-]+")


def write_page(dossier: Dossier) -> bytes:
    """Return a dossier as one HTML page.

    Args:
        dossier: What `compose_case` or `compose_finding` gave.

    Returns:
        UTF-8; the same dossier gives the same bytes.

    Cost:
        98 claims: a tenth of a second.
    """
    page = _environment().get_template("dossier.html").render(**_context(dossier))
    return re.sub(r"\n\s*\n+", "\n", page).encode()


def anchor(name: str) -> str:
    """Return a name as it may stand in an anchor.

    Example:
        >>> anchor("claim-a b"), anchor("claim-supply.1")
        ('claim-a-b', 'claim-supply.1')
    """
    return _ANCHOR.sub("-", name)


def group_pending(
    numbers: Iterable[int], documents: Mapping[int, Document]
) -> dict[str, tuple[int, ...]]:
    """Return the documents that have no sealed copy by the reason for it.

    Example:
        >>> radio = Document(4, "radio", "A broadcast", "Radio Example", pending="Not recorded.")
        >>> group_pending([4], {4: radio})
        {'Not recorded.': (4,)}
    """
    found: dict[str, tuple[int, ...]] = {}
    for number in numbers:
        reason = documents[number].pending
        if reason is not None:
            found[reason] = (*found.get(reason, ()), number)
    return found


@cache
def _environment() -> Environment:
    environment = open_templates("answerable.dossier")
    environment.filters |= {"anchor": anchor, "line": show_line, "country": country_name}
    environment.globals |= {
        "words": words,
        "found_words": found_words,
        "say_status": say_status,
        "window_words": WINDOW_WORDS,
        "verdict_words": VERDICT_WORDS,
        "state_words": STATE_WORDS,
        "group_pending": group_pending,
        "shared_name": SHARED_NAME,
        "tag_of": tag_of,
        "direction_of": direction_of,
        "read_link": read_link,
        "say_percent": say_percent,
        "longest_heading": LONGEST_HEADING,
    }
    return environment


def _context(dossier: Dossier) -> dict[str, Any]:
    style = _read("dossier.css").strip()
    finding = dossier.finding or {}
    paths = finding.get("paths") or ()
    return {
        "dossier": dossier,
        "finding": finding,
        "sections": list_sections(dossier.kind),
        "documents": {each.number: each for each in dossier.documents},
        "citations": find_citations(dossier),
        "claims": {each.name: each for each in dossier.claims},
        "named": {each["id"]: each for each in finding.get("claims") or ()},
        "rules": dossier.header.get("rule_set") or {},
        "pictures": [
            (Markup(draw_path(each, dossier, f"path-{at}")), list_ties(each, dossier), each)  # noqa: S704 - escaped by ElementTree
            for at, each in enumerate(paths, 1)
        ],
        "say_path": lambda path: say_path(path, dossier),
        "edition_of": lambda listing: find_edition(dossier, listing["list"], listing["edition"]),
        "summary": render_markdown(show_text(dossier.summary)) if dossier.summary else "",
        "style": Markup(style),  # noqa: S704 - our own file
        "style_digest": base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
    }


def _read(name: str) -> str:
    return (files("answerable.dossier") / "templates" / name).read_text("utf-8")
