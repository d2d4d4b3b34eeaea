"""Letters of right-to-left scripts in the order in which they are read.

A PDF places letters; in which order it names them is its own affair, and programs that put them
in order err in lines of mixed scripts. Where letters stand tells: in Arabic, Uyghur or Hebrew each
next letter stands further left.
"""

import re
from collections.abc import Callable

_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_WORD = re.compile(f"[{_LETTERS}]+")
_SPAN = re.compile(f"[{_LETTERS}]+(?: +[{_LETTERS}]+)+")


def order_line(line: str, middle: Callable[[int], float]) -> str:
    """Return a line whose right-to-left words run from right to left.

    Args:
        line: The line's letters as a program put them in order.
        middle: From a letter's place in `line` to the middle of its box, across the page.

    Example:
        >>> order_line("abc", lambda place: 0.0)
        'abc'
        >>> order_line("\u0628\u0627", lambda place: float(place)) == "\u0627\u0628"
        True
    """
    if not _WORD.search(line):
        return line
    order = list(range(len(line)))
    for word in _WORD.finditer(line):
        _turn(order, word.start(), word.end(), middle)
    for span in _SPAN.finditer(line):
        words = [slice(each.start(), each.end()) for each in _WORD.finditer(line, *span.span())]
        if middle(order[words[0]][0]) < middle(order[words[-1]][0]):
            order[span.start() : span.end()] = _reverse_words(order, line, span.start(), span.end())
    return "".join(line[place] for place in order)


def _turn(order: list[int], start: int, end: int, middle: Callable[[int], float]) -> None:
    """Reverse a word that runs from left to right."""
    if end - start > 1 and middle(start) < middle(end - 1):
        order[start:end] = order[start:end][::-1]


def _reverse_words(order: list[int], line: str, start: int, end: int) -> list[int]:
    pieces = [
        order[each.start() : each.end()]
        for each in re.compile(" +|[^ ]+").finditer(line, start, end)
    ]
    return [place for piece in reversed(pieces) for place in piece]
