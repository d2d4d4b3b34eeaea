"""Templates of pages: opened in one way, so that no page can forget to escape what others wrote."""

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from answerable.engine.shown_text import show_text


def open_templates(package: str, **names: Any) -> Environment:
    """Return the templates of a package's folder `templates`.

    Every value is escaped and made fit to be shown (`shown_text`), but for markup of our own; a
    name that is not given is an error, never an empty place.

    Args:
        package: Dotted name of the package.
        names: What templates of it may use besides what they are given.

    Example:
        >>> page = open_templates("answerable.dossier").from_string("<b>{{ name }}</b>")
        >>> page.render(name="<i>Mills")
        '<b>&lt;i&gt;Mills</b>'
    """
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_show,
    )
    environment.globals |= names
    return environment


def _show(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, Markup):
        return show_text(value)
    return value
