"""The readers of links by the name that a card gives, and an edition's links with its day."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from answerable.lists.links.bods import stream_bods
from answerable.lists.links.ftm_edges import stream_ftm_links
from answerable.lists.links.gathering import Item, LinkReading, gather_items, settle_items
from answerable.lists.links.gleif import stream_gleif
from answerable.lists.links.link_tables import stream_link_table
from answerable.lists.links.psc import stream_psc
from answerable.model import Card, Link, Problem

LinkReader = Callable[[Mapping[str, Path], Card], Iterator[Item]]

LINK_READERS: dict[str, LinkReader] = {
    "bods": stream_bods,
    "gleif_rr": stream_gleif,
    "links_table": stream_link_table,
    "uk_psc": stream_psc,
}
"""Readers of files that hold links and no listing."""

_ALL: dict[str, LinkReader] = {**LINK_READERS, "ftm": stream_ftm_links}


@dataclass(frozen=True, slots=True)
class Tally:
    """How much a file holds, found without holding it.

    Args:
        links: Number of links.
        kinds: Kind of link to number.
        problems: What is wrong with the file; see `settle_items`.
    """

    links: int
    kinds: dict[str, int]
    problems: tuple[Problem, ...]


def holds_links(card: Card) -> bool:
    """Tell whether a list holds links alone: nobody is listed in it, and nobody matched against it.

    Example:
        >>> from answerable.lists.cards import known_cards
        >>> holds_links(known_cards()["us_ofac_sdn"])
        False
    """
    return card.reader in LINK_READERS


def gives_links(card: Card) -> bool:
    """Tell whether links are read from a list's own file; FollowTheMoney holds both."""
    return card.reader in _ALL


def stream_links(
    files: Mapping[str, Path], card: Card, edition: str | None = None
) -> Iterator[Item]:
    """Yield links, nodes and problems of a file, with the reader that its card names.

    A node may come several times; see `gather_items`. For files that are too large to be held.

    Raises:
        ListUnreadable: The files are not in the form that the card names.
        CardFaulty: The card does not fit the file.
        TableError: A file cannot be read as a table.
    """
    return settle_items(_ALL[card.reader](files, card), edition)


def read_links(files: Mapping[str, Path], card: Card, edition: str | None = None) -> LinkReading:
    """Return links, nodes and problems of a file as lists.

    Raises:
        ListUnreadable, CardFaulty, TableError: See `stream_links`.

    Cost:
        About 1 kB of memory per link with its nodes.
    """
    return gather_items(stream_links(files, card, edition))


def tally_links(files: Mapping[str, Path], card: Card) -> Tally:
    """Return how many links a file holds and what is wrong with it, without holding them.

    Raises:
        ListUnreadable, CardFaulty, TableError: See `stream_links`.
    """
    kinds: Counter[str] = Counter()
    problems: list[Problem] = []
    for item in stream_links(files, card):
        if isinstance(item, Link):
            kinds[item.kind] += 1
        elif isinstance(item, Problem):
            problems.append(item)
    return Tally(kinds.total(), dict(sorted(kinds.items())), tuple(problems))
