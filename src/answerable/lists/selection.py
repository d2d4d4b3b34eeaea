"""What is searched on a day: the editions chosen, their companies, and what is not there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from answerable.engine.workspace import Workspace
from answerable.errors import EditionMissing, ListUnknown
from answerable.lists.cards import known_cards
from answerable.lists.coverage import describe_edition
from answerable.lists.editions import Edition, choose_edition, list_editions, load_edition
from answerable.lists.links.readers import holds_links
from answerable.lists.links.selection import cover_links
from answerable.lists.reading import is_removed
from answerable.model import AbsentList, Card, Company, Coverage, EditionCoverage, Selection


def select_companies(
    workspace: Workspace, as_of: date, lists: Sequence[str] | None = None
) -> Selection:
    """Return the companies of the newest editions up to a day, with the coverage they make.

    A name that is not among them is not on these editions: that says nothing about lists that are
    absent, and an edition that is too old or a cut says little.

    Args:
        workspace: Where editions are kept.
        as_of: The day; editions that are newer are not used. A listing whose printed end lies
            before it has the status `removed`.
        lists: List ids; by default those of the workspace's settings, else all with an edition.

    Returns:
        All nodes, persons and vessels among them, by list id and row order; and the coverage. Known
        lists that are not searched are in it with the reason. Editions that hold links alone are
        none of either: see `answerable.lists.links.selection`.

    Raises:
        ListUnknown: A list asked for has neither a card nor an edition.
        EditionMissing: A list asked for by `lists` has no edition up to that day.
        CardFaulty: An edition's card cannot be read.
        ListUnreadable: An edition lacks a file.

    Cost:
        See `load_edition`.
    """
    cards = _all_cards(workspace)
    wanted = _wanted(workspace, cards, lists)
    editions: list[Edition] = []
    why: dict[str, str] = {}
    for list_id in sorted(cards):
        if holds_links(cards[list_id]):
            continue
        if list_id not in wanted:
            why[list_id] = "not asked for"
            continue
        try:
            editions.append(choose_edition(workspace, list_id, as_of))
        except EditionMissing as missing:
            if lists:
                raise
            why[list_id] = missing.why
    companies: list[Company] = []
    covered = []
    for edition in editions:
        found, problems = load_edition(workspace, edition)
        standing = [end_listings(company, as_of.isoformat()) for company in found]
        companies.extend(standing)
        covered.append(_cover(workspace, edition, standing, len(problems), as_of))
    absent = tuple(_absent(cards[list_id], reason) for list_id, reason in why.items())
    coverage = Coverage(as_of.isoformat(), tuple(covered), absent)
    return Selection(tuple(companies), coverage)


def cover_editions(workspace: Workspace, as_of: date) -> Coverage:
    """Return the coverage of all that a workspace holds on a day, as `answerable lists` shows it.

    Raises:
        CardFaulty: An edition's card cannot be read.
        ListUnreadable: An edition lacks a file.
    """
    everything = replace(workspace, lists=())
    coverage = select_companies(everything, as_of).coverage
    return replace(coverage, links=cover_links(everything, as_of))


def _all_cards(workspace: Workspace) -> dict[str, Card]:
    """Return the known cards, and of lists that only this workspace has the newest one's."""
    cards = dict(known_cards())
    own = {each.list: each.card for each in list_editions(workspace)}
    return {**own, **cards}


def _wanted(
    workspace: Workspace, cards: dict[str, Card], lists: Sequence[str] | None
) -> frozenset[str]:
    asked = tuple(lists or workspace.lists)
    for list_id in asked:
        if list_id not in cards:
            raise ListUnknown(list_id, sorted(cards))
    return frozenset(asked or cards)


def end_listings(company: Company, as_of: str) -> Company:
    """Return a company whose listings that ended before a day are removed ones."""
    ended = [each.until is not None and each.until < as_of for each in company.listings]
    if not any(ended):
        return company
    return replace(
        company,
        listings=tuple(
            replace(listing, status="removed") if over else listing
            for listing, over in zip(company.listings, ended, strict=True)
        ),
    )


def _cover(
    workspace: Workspace,
    edition: Edition,
    companies: Iterable[Company],
    problems: int,
    as_of: date,
) -> EditionCoverage:
    companies = tuple(companies)
    standing = [each for each in companies if each.is_legal_person and not is_removed(each)]
    return replace(
        describe_edition(workspace, edition, as_of),
        counts=dict(Counter(company.schema for company in companies)),
        names=sum(len(company.names) for company in standing),
        problems=problems,
        removed=sum(map(is_removed, companies)),
    )


def _absent(card: Card, why: str) -> AbsentList:
    return AbsentList(card.id, card.title, card.issuer, card.url, why)
