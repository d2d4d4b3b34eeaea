"""Blocks: the few shapes of which a set page is made. Texts in them are texts, never markup."""

from collections.abc import Iterable, Sequence
from typing import Any

from answerable.dossier.texts import direction_of, tag_of
from answerable.model.dossier import Quotation

Block = dict[str, Any]
Speech = dict[str, Any]
Cell = Any


def tell(
    text: str | Speech,
    tone: str = "plain",
    documents: Iterable[int] = (),
    anchor: str | None = None,
) -> Block:
    """Return a paragraph, with the documents it refers to.

    Args:
        text: A text, shown as it is; or what `speak` gave, to have it run in its own direction.
        tone: `plain`, `lead`, `muted`, `warn`, `pending`, `strong`; or, kept with what follows,
            `label`, `entry`, `caption`.
        documents: Numbers of documents.
        anchor: Its name, by which others lead to it, else None.
    """
    numbers = list(documents)
    return {"kind": "text", "text": text, "tone": tone, "documents": numbers, "anchor": anchor}


def head(text: str, anchor: str | None = None, level: int = 3) -> Block:
    """Return a heading within a section; it stands in the bookmarks."""
    return {"kind": "heading", "text": text, "level": level, "anchor": anchor}


def enumerate_items(items: Iterable[str | Speech]) -> list[Block]:
    """Return a list, or nothing where there is no item."""
    found = list(items)
    return [{"kind": "list", "items": found}] if found else []


def pair(rows: Iterable[tuple[str, Cell]]) -> list[Block]:
    """Return names with their values as a table; those without a value are left out."""
    found = [[name, value] for name, value in rows if value not in (None, "", [], ())]
    return [{"kind": "fields", "rows": found}] if found else []


def note(rows: Iterable[tuple[str, Cell]]) -> list[Block]:
    """Return names with their values as small lines, of which a page may hold many."""
    return [{**each, "kind": "facts"} for each in pair(rows)]


def tabulate(head: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Cell]]) -> Block:
    """Return a table with a head that is repeated on each page."""
    return {"kind": "table", "head": list(head), "widths": list(widths), "rows": list(rows)}


def put_beside(left: list[Block], right: list[Block]) -> Block:
    """Return two columns, such as a claim and its answers."""
    return {"kind": "beside", "left": left, "right": right}


def speak(text: str, language: str | None = None) -> Speech:
    """Return a text of somebody in a language, with its direction.

    Example:
        >>> speak("شركة", "ar")
        {'text': 'شركة', 'language': 'ar', 'from_right': True}
    """
    tag = (tag_of(text, language) or "").split("-")[0].lower()
    known = tag.isascii() and tag.isalpha() and tag != "und" and len(tag) in (2, 3)
    turned = direction_of(text, language) == "rtl"
    return {"text": text, "language": tag if known else None, "from_right": turned}


def quote(quotation: Quotation) -> Block:
    """Return a quotation with its translation and who made it, and where it stands."""
    translation = quotation.translation
    made = "machine translation by" if translation and translation.machine else "translated by"
    return {
        "kind": "quotation",
        "quote": speak(quotation.quote, quotation.language),
        "translation": speak(translation.text, translation.language) if translation else None,
        "translator": f"{made} {translation.by}" if translation else "",
        "place": _say_place(quotation),
        "document": quotation.document,
    }


def _say_place(quotation: Quotation) -> str:
    start, end = quotation.start, quotation.end
    located = start is not None and end is not None
    told = (
        f"in {quotation.language}" if quotation.language else "",
        f"page {quotation.page}" if quotation.page else "",
        f"characters {start:,} to {end:,} of its sealed text" if located else "",
    )
    return ", ".join(part for part in told if part)
