"""Texts: the words of sealed documents, by one rule, so that quotations can be anchored."""

from answerable.evidence.texts.anchor import RULE, normalise
from answerable.evidence.texts.reading import Reader, extract_text
from answerable.evidence.texts.text import PROBLEMS, Line, Page, Text, page_at, pages_from

__all__ = [
    "PROBLEMS",
    "RULE",
    "Line",
    "Page",
    "Reader",
    "Text",
    "extract_text",
    "normalise",
    "page_at",
    "pages_from",
]
