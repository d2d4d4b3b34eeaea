"""Sources and captures: where a text was published, and the sealed copy that was made of it."""

from dataclasses import dataclass
from typing import Any, Literal

Via = Literal["http", "browser", "file", "import"]
Role = Literal["original", "html", "screenshot", "text", "pages", "metadata"]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a capture holds, or that was made from it.

    Args:
        role: `original` (the file, or the WACZ that holds request, response and resources),
            `html` (source of the page as received or, with a browser, as it stood), `screenshot`,
            `text` (extracted), `pages` (where pages begin in the text), `metadata`.
        object: Id of its bytes, `sha256:` and 64 hexadecimal digits.
        media_type: Its type, such as `application/wacz+zip`.
        size: In bytes.
        parent: For what was made from another part: that part's object, else None.
        tool: What made it, with its version, such as `pypdfium2 5.15`; None for the original.

    Source:
        Berkeley Protocol on Digital Open Source Investigations (2022), paragraphs 153 to 155.
    """

    role: Role
    object: str
    media_type: str
    size: int
    parent: str | None = None
    tool: str | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """A sealed copy of what was published: hashed, logged, never edited.

    It shows what our client recorded at that time. It does not show that the server sent it to
    others, who wrote it, or that it is true.

    Args:
        id: Id of its record.
        case: Name of the case for which it was made.
        url: Address that was asked for; for a file `urn:sha256:…` of its bytes, or as given.
        captured_at: UTC, `2026-11-24T14:02:03Z`.
        via: How it was made.
        parts: The original first. What was made later is appended by later deeds.
        title: Title as the document gives it, else None.
        final_url: Address after redirects, where it differs.
        private: Whether it is encrypted at rest, left out of every export and not indexed.
        problems: Codes of what is missing or doubtful, such as `no_screenshot`, `login_wall`,
            `empty_shell`; empty where nothing is.
        software: What made it, with its version.
    """

    id: str
    case: str
    url: str
    captured_at: str
    via: Via
    parts: tuple[Part, ...]
    title: str | None = None
    final_url: str | None = None
    private: bool = False
    problems: tuple[str, ...] = ()
    software: str = ""

    @property
    def original(self) -> Part:
        """The part that was sealed first."""
        return self.parts[0]

    def part(self, role: Role) -> Part | None:
        """Return the newest part of a role, None where there is none."""
        return next((each for each in reversed(self.parts) if each.role == role), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was published, as a case names it (`sources.yaml`).

    Args:
        key: Its name within the case, such as `hansard-2020-07-14`.
        title: As published.
        publisher: Who published it.
        url: Where, else None.
        published: ISO date (or year, or year and month), else None.
        language: BCP 47 tag of the original, else None.
        capture: Id of its capture; None where it is pending.
        pending: Why there is no capture yet; None where there is one.
        note: What a reader must know, such as that a third party reproduces it.
    """

    key: str
    title: str
    publisher: str
    url: str | None = None
    published: str | None = None
    language: str | None = None
    capture: str | None = None
    pending: str | None = None
    note: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as filed, without what is None."""
        names = ("key", "title", "publisher", "url", "published", "language", "capture", "pending")
        values = {name: getattr(self, name) for name in (*names, "note")}
        return {name: value for name, value in values.items() if value is not None}
