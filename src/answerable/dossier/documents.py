"""The annotated list of documents: each gets its number when an entry first refers to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from answerable.model.capture import Capture, Source
from answerable.model.dossier import Document

Key = tuple[str, ...]

NOT_CAPTURED = "It was not captured."


@dataclass(slots=True)
class Shelf:
    """Documents of one dossier, numbered from 1 in the order in which they are first named.

    Example:
        >>> shelf = Shelf()
        >>> radio = Source("radio", "A broadcast", "Radio Example", pending="Not recorded.")
        >>> shelf.place_source("lakeside", radio, {}), shelf.place_source("lakeside", radio, {})
        (1, 1)
        >>> shelf.documents[0].pending
        'Not recorded.'
    """

    _found: dict[Key, Document] = field(default_factory=dict)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents, by number."""
        return tuple(self._found.values())

    def place_source(self, case: str, source: Source, captures: Mapping[str, Capture]) -> int:
        """Return the number of a source of a case.

        Args:
            case: Name of the case.
            source: The source.
            captures: Sealed copies that may be shown, by id.
        """
        key = ("case", case, source.key)
        if key not in self._found:
            number = len(self._found) + 1
            self._found[key] = _describe(number, source, captures.get(source.capture or ""))
        return self._found[key].number

    def place_edition(self, edition: Mapping[str, Any], why: str = "searched") -> int:
        """Return the number of an edition of a list, or of links.

        Args:
            edition: As the manifest of a screening describes it.
            why: What was done with it, for its note.
        """
        key = ("list", str(edition["list"]), str(edition.get("edition")))
        if key not in self._found:
            self._found[key] = _describe_edition(len(self._found) + 1, edition, why)
        return self._found[key].number

    def place_file(self, name: str, sha256: str, rows: int) -> int:
        """Return the number of a supplier file."""
        key = ("file", name, sha256)
        if key not in self._found:
            number, note = len(self._found) + 1, f"The supplier file, {rows:,} rows."
            self._found[key] = Document(
                number, "suppliers", name, "the buyer", sha256=sha256, note=note
            )
        return self._found[key].number

    def number_of(self, list_id: str, edition: str | None) -> int | None:
        """Return the number of an edition that was placed, else None."""
        found = self._found.get(("list", list_id, str(edition)))
        return found.number if found else None


def _describe(number: int, source: Source, capture: Capture | None) -> Document:
    sealed = capture is not None and bool(capture.parts)
    return Document(
        number=number,
        key=source.key,
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        published=source.published,
        language=source.language,
        capture=capture.id if capture else None,
        sha256=capture.original.object.removeprefix("sha256:") if capture and sealed else None,
        collected=capture.captured_at if capture else None,
        pending=None if sealed else source.pending or NOT_CAPTURED,
        note=source.note,
    )


def _describe_edition(number: int, edition: Mapping[str, Any], why: str) -> Document:
    digests = edition.get("sha256") or {}
    state = "complete" if edition.get("complete") else "partial"
    more = " ".join(str(edition[name]) for name in ("note", "attribution") if edition.get(name))
    return Document(
        number=number,
        key=str(edition["list"]),
        title=f"{edition.get('title') or edition['list']}, edition {edition.get('edition')}",
        publisher=str(edition.get("issuer") or "issuer not stated"),
        url=edition.get("url"),
        published=edition.get("edition"),
        sha256=_join(digests),
        note=f"{why[:1].upper()}{why[1:]}; {state}. {more}".strip(),
    )


def _join(digests: Mapping[str, str]) -> str | None:
    """Return the digest of one file, of several their names with them, None for none."""
    if len(digests) == 1:
        return next(iter(digests.values()))
    return ", ".join(f"{name} {value}" for name, value in sorted(digests.items())) or None
