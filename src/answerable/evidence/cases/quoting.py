"""The quotations of a case, wherever they stand in it."""

from collections.abc import Iterator

from answerable.engine.yaml_text import Path
from answerable.model.case import Case, PublicDecision
from answerable.model.claim import Claim, Rebuttal
from answerable.model.passage import Passage

QUOTING = ("claims", "rebuttals", "decisions")
"""The lists of a case whose entries quote."""

Quoting = Claim | Rebuttal | PublicDecision


def each_quoting(case: Case) -> Iterator[tuple[Path, Quoting]]:
    """Give the entries that rest on sources, with their way in the case."""
    for section in QUOTING:
        for number, entry in enumerate(getattr(case, section)):
            yield (section, number), entry


def each_passage(case: Case) -> Iterator[tuple[Path, Passage]]:
    """Give every quotation with its way in the case, in the order of the files.

    Example:
        >>> claim = Claim("a", None, "fact", None, "owns", "It owns it.", "states",
        ...               passages=(Passage("s", "owns"),))
        >>> [way for way, _ in each_passage(Case("c", "C", (), claims=(claim,)))]
        [('claims', 0, 'passages', 0)]
    """
    for way, entry in each_quoting(case):
        for number, passage in enumerate(entry.passages):
            yield (*way, "passages", number), passage


def name_quoting(way: Path, entry: Quoting) -> str:
    """Name an entry for people, such as `Claim northwind-supply`."""
    word = {"claims": "Claim", "rebuttals": "Rebuttal", "decisions": "Decision"}[str(way[0])]
    return f"{word} {entry.id}"
