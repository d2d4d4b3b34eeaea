"""Passages: a quotation located in the text of a sealed capture."""

from dataclasses import dataclass
from typing import Any, Literal

ResolutionState = Literal["exact", "moved", "ambiguous", "lost", "broken"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a quotation stands in a text.

    Args:
        state: `exact`: in the very text it was taken from, at its place. `moved`: found once, or
            best by its surroundings, in another text of the same source. `ambiguous`: found
            several times and nothing tells which. `lost`: not found; it may not be shown as a
            quotation. `broken`: the text is the one it was taken from, but other words stand at
            its place: something was edited.
        start: Offset of its first code point, None where it was not found.
        end: Offset behind its last code point.
    """

    state: ResolutionState
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation of a quotation.

    Args:
        text: The translation.
        language: BCP 47 tag of its language.
        by: Who translated: a person, an office, or a program with its version.
        machine: Whether a program did.
    """

    text: str
    language: str
    by: str
    machine: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as filed."""
        return {
            "text": self.text,
            "language": self.language,
            "by": self.by,
            "machine": self.machine,
        }


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotation located in a capture's text.

    Source:
        W3C Web Annotation Data Model (2017), sections 4.2.4 (TextQuoteSelector) and 4.2.5
        (TextPositionSelector). Positions are Unicode code points, as in Python; JavaScript
        counts UTF-16 units.

    Args:
        source: Key of the source within its case.
        quote: The words, as they stand in the text.
        capture: Id of the capture; None while it is pending.
        text: Id of the text object in which it was located; None while it is pending.
        prefix: Up to 32 code points before it.
        suffix: Up to 32 code points after it.
        start: Offset of its first code point in the text, else None.
        end: Offset behind its last, else None.
        page: Page of a paged document on which it begins, from 1, else None.
        language: BCP 47 tag of the quotation, else None.
        translation: A translation, else None.
    """

    source: str
    quote: str
    capture: str | None = None
    text: str | None = None
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    page: int | None = None
    language: str | None = None
    translation: Translation | None = None

    @property
    def is_pending(self) -> bool:
        """Whether its source has no capture yet."""
        return self.capture is None

    def as_dict(self) -> dict[str, Any]:
        """Return it as filed, without what is None or empty."""
        names = ("source", "quote", "capture", "text", "prefix", "suffix", "start", "end", "page")
        values = {name: getattr(self, name) for name in (*names, "language")}
        entry = {name: value for name, value in values.items() if value not in (None, "")}
        if self.translation is not None:
            entry["translation"] = self.translation.as_dict()
        return entry
