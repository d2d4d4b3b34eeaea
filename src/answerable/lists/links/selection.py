"""Links of a day: of the newest editions up to it, with what they come from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from answerable.engine.workspace import Workspace
from answerable.errors import EditionMissing
from answerable.lists.coverage import describe_edition
from answerable.lists.editions import (
    Edition,
    choose_edition,
    list_editions,
    load_links,
    tally_edition,
)
from answerable.lists.links.readers import gives_links, holds_links
from answerable.model import Company, EditionCoverage, Link, Problem


@dataclass(frozen=True, slots=True)
class LinkSelection:
    """The links of the editions chosen for a day.

    Args:
        links: As their sources state them, for all times: what holds on the day is for the graph.
        nodes: What they join, each once, by the ids of their editions.
        problems: What is wrong with the files.
        coverage: The editions that hold links alone, by list id.
        read: Ids of all lists whose ties are among the links, FollowTheMoney lists included.
    """

    links: tuple[Link, ...] = ()
    nodes: tuple[Company, ...] = ()
    problems: tuple[Problem, ...] = ()
    coverage: tuple[EditionCoverage, ...] = ()
    read: frozenset[str] = frozenset()


def select_links(
    workspace: Workspace, as_of: date, lists: Sequence[str] | None = None
) -> LinkSelection:
    """Return the links of the newest editions up to a day.

    Args:
        workspace: Where editions are kept.
        as_of: The day; editions that are newer are not used.
        lists: Ids of lists that are searched, by default all: a FollowTheMoney list that is not
            searched gives no links either. Editions that hold links alone are always read.

    Raises:
        CardFaulty: An edition's card cannot be read.
        ListUnreadable: A file of an edition is gone or was changed into another form.

    Cost:
        See `load_links`; about 1 kB of memory per link with its nodes.
    """
    editions = choose_links(workspace, as_of, lists)
    read = [load_links(workspace, each) for each in editions]
    return LinkSelection(
        tuple(link for links, _, _ in read for link in links),
        tuple(node for _, nodes, _ in read for node in nodes),
        tuple(problem for _, _, problems in read for problem in problems),
        tuple(_cover(workspace, each, as_of) for each in editions if holds_links(each.card)),
        frozenset(each.list for each in editions),
    )


def choose_links(
    workspace: Workspace, as_of: date, lists: Sequence[str] | None = None
) -> tuple[Edition, ...]:
    """Return the newest edition up to a day of each list whose file states links, by list id.

    Raises:
        CardFaulty: An edition's card cannot be read.
        ListUnreadable: An edition lacks a file.
    """
    asked = tuple(lists or workspace.lists)
    chosen = []
    for list_id in sorted({each.list for each in list_editions(workspace)}):
        try:
            edition = choose_edition(workspace, list_id, as_of)
        except EditionMissing:
            continue
        if not gives_links(edition.card) or not tally_edition(workspace, edition).links:
            continue
        if holds_links(edition.card) or not asked or list_id in asked:
            chosen.append(edition)
    return tuple(chosen)


def cover_links(workspace: Workspace, as_of: date) -> tuple[EditionCoverage, ...]:
    """Return the coverage of the editions of a day that hold links alone, by list id.

    Raises:
        CardFaulty: An edition's card cannot be read.
        ListUnreadable: An edition lacks a file.
    """
    editions = choose_links(workspace, as_of)
    return tuple(_cover(workspace, each, as_of) for each in editions if holds_links(each.card))


def _cover(workspace: Workspace, edition: Edition, as_of: date) -> EditionCoverage:
    tally = tally_edition(workspace, edition)
    described = describe_edition(workspace, edition, as_of)
    return replace(described, problems=len(tally.problems), links=tally.links)
