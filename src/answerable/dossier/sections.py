"""The sections of a dossier, numbered, and where each document is referred to."""

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.model.dossier import Dossier, DossierKind, Quotation


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its number from 1, its anchor, its heading."""

    number: int
    anchor: str
    title: str


_TITLES: dict[DossierKind, tuple[tuple[str, str], ...]] = {
    "finding": (
        ("made-from", "What this was made from"),
        ("finding", "The finding"),
        ("subject", "Who it is about"),
        ("listings", "Listings"),
        ("paths", "How it is tied to listed or named companies"),
        ("claims", "Claims, each with its answers"),
        ("replies", "Replies"),
        ("rules", "What rules say"),
        ("reviews", "Judgements and resolutions"),
        ("changes", "Timeline, and changes since the screening before"),
        ("documents", "Documents"),
        ("method", "Method and limits"),
    ),
    "case": (
        ("made-from", "What this was made from"),
        ("finding", "What the case is about"),
        ("subject", "Who the claims are about"),
        ("figures", "Figures side by side"),
        ("claims", "Claims, each with its answers"),
        ("replies", "Replies"),
        ("decisions", "Decisions of public bodies"),
        ("timeline", "Timeline"),
        ("documents", "Documents"),
        ("method", "Method and limits"),
    ),
}


def list_sections(kind: DossierKind) -> dict[str, Section]:
    """Return the sections of a dossier by anchor, in their order; all are always there.

    A section that has nothing says so in words: that it is empty is told, not left to be guessed.

    Example:
        >>> [each.number for each in list_sections("finding").values()] == list(range(1, 13))
        True
    """
    titles = enumerate(_TITLES[kind], 1)
    return {anchor: Section(number, anchor, title) for number, (anchor, title) in titles}


def find_citations(dossier: Dossier) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return for each document the entries that refer to it: anchor and label, in their order.

    Returns:
        By number of the document; one that no entry refers to has none.
    """
    found: dict[int, dict[tuple[str, str], None]] = {each.number: {} for each in dossier.documents}
    for number, anchor, label in _each_reference(dossier):
        found.setdefault(number, {})[anchor, label] = None
    return {number: tuple(entries) for number, entries in found.items()}


def _each_reference(dossier: Dossier) -> Iterator[tuple[int, str, str]]:
    for at, claim in enumerate(dossier.claims, 1):
        answers = [number for each in claim.answers for number in each.documents]
        quoted = _quoted(claim.quotations)
        for number in (*claim.documents, *quoted, *answers):
            yield number, f"claim-{claim.name}", f"claim {at}"
    for decision in dossier.decisions:
        for number in (*decision.documents, *_quoted(decision.quotations)):
            yield number, f"decision-{decision.id}", f"decision of {decision.decided_on}"
    for number in _listing_documents(dossier):
        yield number, "listings", "listings"
    for number in _path_documents(dossier):
        yield number, "paths", "paths"


def _quoted(quotations: tuple[Quotation, ...]) -> tuple[int, ...]:
    return tuple(each.document for each in quotations)


def _listing_documents(dossier: Dossier) -> Iterator[int]:
    editions = {(each.key, each.published): each.number for each in dossier.documents}
    for match in (dossier.finding or {}).get("matches", ()):
        for listing in match["company"]["listings"]:
            key = (listing["list"], listing["edition"])
            if key in editions:
                yield editions[key]


def _path_documents(dossier: Dossier) -> Iterator[int]:
    editions = {(each.key, each.published): each.number for each in dossier.documents}
    for path in (dossier.finding or {}).get("paths", ()):
        for link in path["links"]:
            key = (link["source"], link["edition"])
            if key in editions:
                yield editions[key]
