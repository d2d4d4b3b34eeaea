"""The page of a package: what was filed, as its sealed records have it, to be read anywhere.

It is one static file without script, whose content policy allows its own style and nothing else.
"""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from jinja2 import Environment
from markupsafe import Markup

from answerable.engine.templates import open_templates
from answerable.evidence.packages.views import Values


def write_page(view: Values) -> bytes:
    """Return `index.html` of a package from what `arrange` gave.

    Returns:
        UTF-8; the same contents give the same bytes.
    """
    style = _read("page.css")
    template = _environment().get_template("page.html")
    page = template.render(view=view, style=Markup(style), style_digest=_policy_digest(style))  # noqa: S704
    return re.sub(r"\n\s*\n+", "\n", page).encode()


@cache
def _environment() -> Environment:
    return open_templates("answerable.evidence.packages")


def _read(name: str) -> str:
    return (files("answerable.evidence.packages") / "templates" / name).read_text("utf-8")


def _policy_digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
