"""A workspace and the editions of lists in it."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from answerable.engine.workspace import Workspace, make_workspace
from answerable.errors import CardFaulty, UsageError
from answerable.lists.cards import known_cards, load_card, make_ftm_card
from answerable.lists.editions import Edition, collect_edition, load_edition, tally_edition
from answerable.lists.links.readers import gives_links
from answerable.lists.reading import count_standing
from answerable.lists.selection import cover_editions
from answerable.lists.sources import gather_sources, has_addresses, shipped_lists
from answerable.model import Card, Coverage, Problem

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how many."""


@dataclass(frozen=True, slots=True)
class Collected:
    """An edition that was collected.

    Args:
        edition: The edition; `is_new` is False if the same was there already.
        companies: Legal persons that stand on it.
        problems: What is wrong with its rows; none of them was dropped.
        links: Links that its file states.
    """

    edition: Edition
    companies: int
    problems: tuple[Problem, ...]
    links: int = 0


def init(folder: Path, name: str | None = None) -> Workspace:
    """Make a workspace in a folder.

    Args:
        folder: Made if missing.
        name: Name of the workspace; by default the folder's.

    Raises:
        OutputUnwritable: The folder is a workspace already, or cannot be written.
    """
    return make_workspace(folder, name)


def collect(
    workspace: Workspace,
    list_id: str,
    sources: Sequence[str] = (),
    *,
    card: Path | None = None,
    edition: str | None = None,
    tell: Tell = lambda *_: None,
) -> Collected:
    """Take one more edition of a list into the workspace, held to its card's counts.

    Args:
        workspace: Where it goes; earlier editions stay.
        list_id: Id of a known list, or of your own with `card`.
        sources: Files, https addresses, or the word `shipped` for the small dated copy that
            comes with answerable; empty for the issuer's own addresses.
        card: A card of your own; by default the known one.
        edition: ISO date of the edition, if the files do not tell it.
        tell: Told about progress.

    Returns:
        The edition, and whether it is new.

    Raises:
        ListUnknown: No card has this id.
        ListChanged: Fewer or more companies than the card expects; nothing is stored.
        ListUnreadable, TableError: A file is not in the card's form.
        DownloadFailed: An address could not be fetched.
    """
    if card is not None:
        known: Card | None = load_card(card)
        if known and known.id != list_id:
            raise CardFaulty(str(card), "id", f"it is {known.id!r}, but {list_id!r} is collected")
    else:
        known = _known_card(list_id, sources)
    tell("Fetching", 0, 1)
    with tempfile.TemporaryDirectory() as folder:
        gathered = gather_sources(list_id, sources, Path(folder), known)
        tell("Reading", 0, 1)
        kept = collect_edition(workspace, gathered.card, gathered.files, edition)
    companies, problems = load_edition(workspace, kept)
    collected = Collected(kept, count_standing(companies), tuple(problems))
    del companies  # of millions, they are held no longer while links are counted
    links = tally_edition(workspace, kept).links if gives_links(kept.card) else 0
    return replace(collected, links=links)


def collect_all(
    workspace: Workspace, sources: Sequence[str] = (), *, tell: Tell = lambda *_: None
) -> list[Collected]:
    """Collect every list that can be had without a file: shipped copies, or from the issuers.

    Args:
        workspace: Where they go.
        sources: The one word `shipped`, or nothing for the issuers' own addresses.
        tell: Told about progress.

    Raises:
        UsageError: Files are given, which belong to one list.
        ListError: As `collect`; lists that were collected before the error stay.
    """
    if list(sources) not in ([], ["shipped"]):
        raise UsageError("Files belong to one list. Name it in place of `all`.")
    wanted = shipped_lists() if sources else tuple(sorted(fetchable_lists()))
    return [collect(workspace, list_id, sources, tell=tell) for list_id in wanted]


def fetchable_lists() -> frozenset[str]:
    """Return the ids of the lists whose issuers publish files at known addresses.

    Example:
        >>> "us_ofac_sdn" in fetchable_lists(), "us_fcc_covered_list" in fetchable_lists()
        (True, False)
    """
    return frozenset(card.id for card in known_cards().values() if has_addresses(card))


def _known_card(list_id: str, sources: Sequence[str]) -> Card | None:
    """Return the known card of a list; FollowTheMoney JSON lines need none of their own."""
    known = known_cards().get(list_id)
    if known is None and sources and all(each.endswith((".json", ".jsonl")) for each in sources):
        return make_ftm_card(list_id)
    return known


def lists(workspace: Workspace, as_of: date | None = None) -> Coverage:
    """Return what lists are there on a day, how old and how complete, and which are absent."""
    return cover_editions(workspace, as_of or today())


def known_lists() -> Sequence[str]:
    """Return the ids of the lists that have a card, sorted.

    Example:
        >>> "us_bis_entity_list" in known_lists()
        True
    """
    return sorted(known_cards())


def today() -> date:
    """Return the day it is, in UTC."""
    return datetime.now(UTC).date()
