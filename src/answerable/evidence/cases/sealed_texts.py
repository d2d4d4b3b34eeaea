"""Captures and their texts as the workspace holds them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from answerable.errors import CaptureUnknown
from answerable.evidence.capture_records import find_digest, list_captures
from answerable.evidence.cases.quotations import Captures, SealedText
from answerable.evidence.texts.sealed import read_pages, read_text
from answerable.evidence.texts.text import page_at
from answerable.ledger.log import Ledger
from answerable.model.capture import Capture

_FEWEST_DIGITS = 8


@dataclass(slots=True)
class _Shelf:
    """The captures of a workspace, listed when the first one is asked for."""

    ledger: Ledger
    listed: list[Capture] | None = field(default=None)

    def find(self, capture_id: str) -> Capture:
        if self.listed is None:
            self.listed = list_captures(self.ledger)
        return pick_capture(self.listed, capture_id)

    def read(self, capture: Capture) -> SealedText | None:
        part = capture.part("text")
        if part is None:
            return None
        pages = read_pages(self.ledger, capture)
        body = read_text(self.ledger, capture)
        return SealedText(part.object, body, lambda offset: page_at(pages, offset))


def open_captures(ledger: Ledger) -> Captures:
    """Return where the captures of a workspace and their texts come from.

    Cost:
        The captures are listed once, when the first is asked for.
    """
    shelf = _Shelf(ledger)
    return Captures(find=shelf.find, read=shelf.read)


def pick_capture(captures: Sequence[Capture], capture_id: str) -> Capture:
    """Return the capture of an id that may be shortened to eight digits or more.

    Raises:
        CaptureUnknown: None has this id, or several have.

    Example:
        >>> pick_capture([], "sha256:0123456789abcdef")
        Traceback (most recent call last):
        answerable.errors.CaptureUnknown: 'sha256:0123456789abcdef' names no capture: none ...
    """
    digits = capture_id.removeprefix("sha256:").lower()
    if len(digits) < _FEWEST_DIGITS:
        raise CaptureUnknown(capture_id, f"it has fewer than {_FEWEST_DIGITS} digits")
    found = [each for each in captures if each.id.removeprefix("sha256:").startswith(digits)]
    if len(found) != 1:
        why = f"{len(found)} captures begin with it" if found else find_digest(captures, digits)
        raise CaptureUnknown(capture_id, why)
    return found[0]
