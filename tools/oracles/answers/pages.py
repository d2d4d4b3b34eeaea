"""Answers about HTML (html5lib, strict)."""

import html5lib
from lines import answer


def parse(text):
    """Return the errors of a page's HTML, each with line and column."""
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(text)
    return [[list(position), code] for position, code, _ in parser.errors]


answer({"parse": parse})
