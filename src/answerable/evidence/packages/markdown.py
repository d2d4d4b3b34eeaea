"""Markdown of editors as HTML that can do nothing: no HTML of theirs, no pictures, no scripts."""

import re

from markdown_it import MarkdownIt
from markupsafe import Markup

_TITLE = re.compile(r"\A\s*#[^#][^\n]*\n")


def render_markdown(text: str) -> Markup:
    r"""Return a text in Markdown (CommonMark) as HTML.

    HTML in it is shown as it is written, pictures become what they say, and links lead only to
    web and mail addresses. A title at its beginning is left out: the page has one.

    Args:
        text: The text, of any origin.

    Example:
        >>> print(render_markdown("# Title\n\nIt *may* <b>be</b>.").strip())
        <p>It <em>may</em> &lt;b&gt;be&lt;/b&gt;.</p>
    """
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    return Markup(reader.render(_TITLE.sub("", text)))  # noqa: S704  it escapes what it does not know
