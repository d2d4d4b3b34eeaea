"""Editors' Markdown as blocks: paragraphs, lists, headings; what else it says is shown as text."""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from answerable.dossier.pdf.blocks import Block, Speech, enumerate_items, speak, tell

_TITLE = re.compile(r"\A\s*#[^#][^\n]*\n")


def set_markdown(text: str, language: str | None = None) -> list[Block]:
    r"""Return a text in Markdown (CommonMark) as blocks, its title left out: the page has one.

    Example:
        >>> [(each["kind"], each["text"]["text"]) for each in set_markdown("# T\n\nIt *may* be.")]
        [('text', 'It may be.')]
    """
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    return list(_blocks(reader.parse(_TITLE.sub("", text)), language))


def _blocks(tokens: list[Token], language: str | None) -> Iterator[Block]:
    items: list[Speech] = []
    depth, tone = 0, "plain"
    for token in tokens:
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            tone = "label"
        elif token.type in ("inline", "code_block", "fence"):
            if depth:
                items.append(speak(_plain(token), language))
                continue
            yield from enumerate_items(items)
            items.clear()
            text = _plain(token)
            yield tell(text if tone == "label" else speak(text, language), tone)
            tone = "plain"
    yield from enumerate_items(items)


def _plain(token: Token) -> str:
    """Return the words of a line, the address of a link behind it in brackets."""
    if token.children is None:
        return token.content
    shown: list[str] = []
    links: list[str] = []
    for child in token.children:
        if child.type == "link_open":
            links.append(str(child.attrs.get("href", "")))
        elif child.type == "link_close":
            address = links.pop()
            shown.append("" if shown and shown[-1] == address else f" ({address})")
        else:
            shown.append("\n" if child.type == "hardbreak" else child.content or _gap(child))
    return "".join(shown)


def _gap(token: Token) -> str:
    return " " if token.type == "softbreak" else ""
