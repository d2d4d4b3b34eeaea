"""The text of a document: its body, where its pages and lines stand, and what could not be read."""

from bisect import bisect_right
from dataclasses import astuple, dataclass
from typing import Any

from answerable.evidence.texts.anchor import RULE

PROBLEMS = {
    "no_text": "no text was found in it",
    "scanned": "pages are pictures, and their text was not read; install the extra `ocr`",
    "read_by_ocr": "text was read from pictures by a program (OCR) and may be misread",
    "damaged": "it is damaged, or is not of the kind it claims to be",
    "locked": "it is locked with a password",
    "unread_type": "text cannot be read from this kind of file",
    "too_large": "it, or what it unpacks to, is over a limit that protects the machine",
    "cut_short": "the text is longer than what is kept, or reading stopped before the end",
    "timed_out": "reading it took longer than allowed, so it was stopped",
    "crashed": "the program that read it was stopped by the system or by its limits",
    "hidden_text": "it holds text that is hidden from readers, which was left out",
    "unmapped_letters": "some of its letters have no Unicode in the file; they stand as U+FFFD",
    "encoding_guessed": "it does not say in which encoding it is; the likeliest was taken",
}
"""Codes of what is missing or doubtful about a text, each with a sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page, and where it is printed.

    Args:
        start: Offset of its first code point in the body.
        end: Offset behind its last.
        left: Distance of its left edge from the page's left edge, in hundredths of a point.
        top: Distance of its upper edge from the page's upper edge, in hundredths of a point.
        right: Of its right edge from the page's left edge.
        bottom: Of its lower edge from the page's upper edge.
    """

    start: int
    end: int
    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or sheet.

    Args:
        number: From 1.
        start: Offset of its first code point in the body.
        end: Offset behind its last.
        width: In hundredths of a point as shown, 0 where a page has no size.
        height: As `width`.
        label: Name of a sheet, else None.
        read_by_ocr: Whether its text was read from a picture.
        lines: Its lines, in reading order; empty where it is not known where they stand.
    """

    number: int
    start: int
    end: int
    width: int = 0
    height: int = 0
    label: str | None = None
    read_by_ocr: bool = False
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """The text that was extracted from a document.

    It is what a program found in the bytes. What a reader sees on paper or on a screen may stand
    in another order, and pictures may hold more.

    Args:
        body: The text, by the rule `rule`.
        pages: Where its pages stand; empty for a document without pages.
        language: BCP 47 tag of the language most of it is in, None where it is too short to tell.
        tool: What extracted it, with its version.
        rule: The rule of `answerable.evidence.texts.anchor`.
        problems: Codes of `PROBLEMS`, each once.
        title: Title that the document gives itself, else None.
    """

    body: str
    pages: tuple[Page, ...] = ()
    language: str | None = None
    tool: str = ""
    rule: str = RULE
    problems: tuple[str, ...] = ()
    title: str | None = None

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page on which a code point stands, None without pages."""
        return page_at(self.pages, offset)

    def as_dict(self) -> dict[str, Any]:
        """Return it as values of JSON; a line as start, end, left, top, right, bottom."""
        names = ("body", "language", "tool", "rule", "problems", "title")
        values: dict[str, Any] = {name: getattr(self, name) for name in names}
        return values | {"pages": [_page_values(page) for page in self.pages]}


def _page_values(page: Page) -> dict[str, Any]:
    names = ("number", "start", "end", "width", "height", "label", "read_by_ocr")
    values: dict[str, Any] = {name: getattr(page, name) for name in names}
    return values | {"lines": [astuple(line) for line in page.lines]}


def page_at(pages: tuple[Page, ...], offset: int) -> int | None:
    """Return the number of the page on which a code point stands, None without pages.

    Example:
        >>> page_at((Page(1, 0, 10), Page(2, 11, 20)), 11)
        2
    """
    place = bisect_right(pages, offset, key=lambda page: page.start) - 1
    return pages[place].number if place >= 0 else None


def text_from(values: dict[str, Any]) -> Text:
    """Return the text that `as_dict` gave.

    Raises:
        KeyError, TypeError, ValueError: The values are none of a text.
    """
    return Text(
        body=_string(values["body"]),
        pages=pages_from(values["pages"]),
        language=values["language"],
        tool=_string(values["tool"]),
        rule=_string(values["rule"]),
        problems=tuple(each for each in values["problems"] if each in PROBLEMS),
        title=values["title"],
    )


def pages_from(entries: list[dict[str, Any]]) -> tuple[Page, ...]:
    """Return the pages of the entries of a `pages` object.

    Raises:
        TypeError: They are none.
    """
    return tuple(
        Page(**{**entry, "lines": tuple(Line(*each) for each in entry.get("lines", ()))})
        for entry in entries
    )


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
