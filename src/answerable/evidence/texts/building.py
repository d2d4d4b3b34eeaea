"""Building a text page by page and line by line, so that places in it are known."""

from dataclasses import dataclass, field

from answerable.evidence.texts.anchor import joint, normalise
from answerable.evidence.texts.text import Line, Page, Text

MAX_LETTERS = 20_000_000
"""Longest text that is kept of one document, in code points."""


@dataclass(slots=True)
class Builder:
    """Collects pages into a text.

    Every page and every block is set apart by a space; a line follows the one before as the rule
    of anchor texts says.
    """

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[Page] = field(default_factory=list)
    problems: set[str] = field(default_factory=set)

    @property
    def is_full(self) -> bool:
        """Whether no more text is kept."""
        return self.length >= MAX_LETTERS

    def add_page(
        self,
        lines: list[tuple[str, tuple[int, int, int, int] | None]],
        *,
        width: int = 0,
        height: int = 0,
        label: str | None = None,
        read_by_ocr: bool = False,
    ) -> None:
        """Append a page.

        Args:
            lines: Each line as found, with its left, top, right and lower edge where known.
            width: In hundredths of a point.
            height: In hundredths of a point.
            label: Name of a sheet.
            read_by_ocr: Whether a program read it from a picture.
        """
        kept: list[Line] = []
        before = ""
        begin = self.length
        for raw, box in lines:
            line = normalise(raw)[: max(0, MAX_LETTERS - self.length)]
            if not line:
                continue
            self._add(joint(before, line) if before else " " if self.length else "")
            begin = begin if before else self.length
            start = self.length
            self._add(line)
            before = line
            if box:
                kept.append(Line(start, self.length, *box))
        self.pages.append(
            Page(
                len(self.pages) + 1,
                begin,
                self.length,
                width,
                height,
                label,
                read_by_ocr,
                tuple(kept),
            )
        )

    def _add(self, piece: str) -> None:
        self.pieces.append(piece)
        self.length += len(piece)

    def finish(self, tool: str = "", title: str | None = None) -> Text:
        """Return the text."""
        if self.is_full:
            self.problems.add("cut_short")
        if not self.length:
            self.problems.add("no_text")
        body = "".join(self.pieces)
        title = normalise(title)[:1000] if title else None
        return Text(
            body,
            tuple(self.pages),
            tool=tool,
            problems=tuple(sorted(self.problems)),
            title=title or None,
        )
