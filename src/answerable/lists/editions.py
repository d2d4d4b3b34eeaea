"""Editions: a list as it was published on a day, kept whole and never changed.

`lists/<list>/<edition>/` in a workspace holds the files as published and `card.yaml`. An edition's
name is its day; a second one of the same day is called `2025-11-08.2`.
"""

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from answerable.engine.files import digest_file, place_folder
from answerable.engine.garbage import pause_collector
from answerable.engine.workspace import Workspace
from answerable.errors import EditionMissing, ListChanged, ListUnreadable, UsageError
from answerable.lists.cache import cache_key, fold_line, read_cache, read_lines, write_cache
from answerable.lists.cards import load_card, write_card
from answerable.lists.links.cache import read_kept, write_links
from answerable.lists.links.gathering import LinkReading
from answerable.lists.links.readers import Tally, holds_links, read_links, tally_links
from answerable.lists.links.tallies import read_tally, write_tally
from answerable.lists.readers import assign_roles, find_date, read_files
from answerable.lists.reading import Reading, count_standing, stamp_edition
from answerable.model import Card

CARD_NAME = "card.yaml"
_EDITION = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})(?:\.(?P<number>[2-9]|[1-9]\d{1,3}))?")
_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition in a workspace.

    Args:
        list: Id of the list.
        edition: Its name: a day, or a day and a number such as `2025-11-08.2`.
        folder: Where it lies.
        card: The card it was collected with.
        files: File role to the file.
        is_new: False where `collect_edition` found these bytes there already.
        is_guessed: Whether nothing told the day, so that `collect_edition` took today's.
    """

    list: str
    edition: str
    folder: Path
    card: Card
    files: dict[str, Path] = field(default_factory=dict)
    is_new: bool = False
    is_guessed: bool = False

    @property
    def day(self) -> date:
        """The day of the edition."""
        return date.fromisoformat(self.edition[:10])

    @property
    def number(self) -> int:
        """1 for the first edition of its day."""
        return int(self.edition[11:] or 1)

    def digest_files(self) -> dict[str, str]:
        """Return file name to SHA-256, of the bytes as they are now.

        Raises:
            ListUnreadable: A file is gone or cannot be read.
        """
        return {path.name: _digest(path) for path in self.files.values()}


def collect_edition(
    workspace: Workspace, card: Card, files: Sequence[Path], edition: str | None = None
) -> Edition:
    """Read the files of a list, hold them to the card's counts, and keep them as an edition.

    The files are kept as they are, byte by byte. Nothing is stored when anything fails, and an
    edition that is there is never changed.

    Args:
        workspace: Where the edition is kept.
        card: The list's card.
        files: As published; see `assign_roles`.
        edition: Day of the edition, ISO; by default the card's, else the day in the data, else the
            day in a file's name, else today, which is said in `is_guessed`.

    Returns:
        The edition; with `is_new` False if the same bytes with the same card were there.

    Raises:
        UsageError: The day is none.
        ListChanged: More or fewer companies than the card expects; both numbers are in the error.
        ListUnreadable: The files are not in the form that the card names.
        CardFaulty: The card does not fit the file.
        TableError: A file cannot be read as a table.
        OutputUnwritable: The workspace cannot be written.
    """
    roles = assign_roles(files, card)
    digests = {role: _digest(path) for role, path in roles.items()}
    with pause_collector():
        reading = None if holds_links(card) else read_files(roles, card)
    tally = tally_links(roles, card) if reading is None else None
    _check_counts(reading, tally, card)
    told = _find_day(roles, card, edition)
    day = told or date.today().isoformat()  # the day on the calendar of who collects
    kept_card = _card_of_edition(card, roles)
    there = [each for each in list_editions(workspace, card.id) if each.edition[:10] == day]
    same = next((each for each in there if _is_same(each, kept_card, digests)), None)
    if same is not None:
        return same
    name = _next_name(day, there)
    folder = workspace.lists_folder / card.id / name
    with place_folder(folder) as part:
        _fill(part, roles, digests, kept_card)
    kept = _open(folder, card.id)
    if reading is not None:
        write_cache(_cache_path(workspace, digests, kept_card), reading)
    if tally is not None:
        write_tally(_cache_path(workspace, digests, kept_card, "links"), tally)
    return replace(kept, is_new=True, is_guessed=told is None)


def list_editions(workspace: Workspace, list_id: str | None = None) -> list[Edition]:
    """Return the editions in a workspace, by list id, then by day and number.

    What does not look like an edition (a leftover of a run that was broken off) is passed over.

    Args:
        workspace: The workspace.
        list_id: One list; by default all.

    Raises:
        CardFaulty: An edition's card cannot be read.
        ListUnreadable: An edition lacks a file.
    """
    root = workspace.lists_folder
    names = [list_id] if list_id else sorted(each.name for each in _folders(root))
    editions = [
        _open(folder, name)
        for name in names
        for folder in _folders(root / name)
        if _EDITION.fullmatch(folder.name) and _is_day(folder.name[:10])
    ]
    return sorted(editions, key=lambda each: (each.list, each.day, each.number))


def choose_edition(workspace: Workspace, list_id: str, as_of: date) -> Edition:
    """Return the newest edition of a list up to a day; of one day, a complete one before a cut.

    Raises:
        EditionMissing: There is none up to that day.
        CardFaulty: An edition's card cannot be read.
    """
    editions = list_editions(workspace, list_id)
    past = [each for each in editions if each.day <= as_of]
    if past:
        return max(past, key=lambda each: (each.day, each.card.complete, each.number))
    advice = f"Get one with `answerable collect {list_id}`."
    if editions:
        why = f"no edition up to {as_of} is here, the earliest is of {editions[0].day}"
        raise EditionMissing(list_id, why, advice)
    raise EditionMissing(list_id, "no edition is here", advice)


def load_edition(workspace: Workspace, edition: Edition) -> Reading:
    """Return the companies of an edition and the problems found in it, from the cache if it can.

    An edition that holds links alone has no companies here; see `answerable.lists.links`.

    Raises:
        ListUnreadable: A file of the edition is gone or was changed into another form.

    Cost:
        From the cache 30,000 names in about 0.35 s; without it as the reader, then kept.
    """
    if holds_links(edition.card):
        return (), tally_edition(workspace, edition).problems
    digests = {role: _digest(path) for role, path in edition.files.items()}
    path = _cache_path(workspace, digests, edition.card)
    kept = read_cache(path, edition.edition)
    if kept is None:
        with pause_collector():
            write_cache(path, read_files(edition.files, edition.card))
        kept = read_cache(path, edition.edition)
    if kept is None:  # the build folder cannot be written
        companies, problems = read_files(edition.files, edition.card)
        return stamp_edition(companies, edition.edition), problems
    return kept


def load_lines(workspace: Workspace, edition: Edition) -> list[bytes]:
    """Return the companies of an edition as `fold_line` makes them, in order.

    For millions of companies: those that were read before are passed on as they are kept.

    Raises:
        ListUnreadable: A file of the edition is gone or was changed into another form.

    Cost:
        From the cache 3,000,000 companies in some seconds and 1 GB of memory.
    """
    if not holds_links(edition.card):
        digests = {role: _digest(path) for role, path in edition.files.items()}
        kept = read_lines(_cache_path(workspace, digests, edition.card))
        if kept is not None:
            return kept
    return list(map(fold_line, load_edition(workspace, edition)[0]))


def tally_edition(workspace: Workspace, edition: Edition) -> Tally:
    """Return how many links an edition holds and what is wrong with its file; counted once.

    Raises:
        ListUnreadable: A file of the edition is gone or was changed into another form.
    """
    digests = {role: _digest(path) for role, path in edition.files.items()}
    path = _cache_path(workspace, digests, edition.card, "links")
    kept = read_tally(path)
    if kept is None:
        with pause_collector():
            kept = tally_links(edition.files, edition.card)
        write_tally(path, kept)
    return kept


def load_links(workspace: Workspace, edition: Edition) -> LinkReading:
    """Return links, nodes and problems of an edition, from the cache if it can.

    Raises:
        ListUnreadable: A file of the edition is gone or was changed into another form.

    Cost:
        See `read_kept`; without the cache as the reader, then kept.
    """
    digests = {role: _digest(path) for role, path in edition.files.items()}
    path = _cache_path(workspace, digests, edition.card, "ties")
    kept = read_kept(path, edition.edition)
    if kept is None:
        with pause_collector():
            kept = read_links(edition.files, edition.card, edition.edition)
        write_links(path, kept)
    return kept


def _check_counts(reading: Reading | None, tally: Tally | None, card: Card) -> None:
    found = count_standing(reading[0]) if reading else 0
    found = tally.links if tally else found
    if not card.counts[0] <= found <= card.counts[1]:
        raise ListChanged(card.id, found, card.counts, "links" if tally else "companies")


def _find_day(roles: Mapping[str, Path], card: Card, edition: str | None) -> str | None:
    if edition is not None:
        if not _is_day(edition):
            raise UsageError(f"{edition!r} is no day. Write it as 2025-11-08.")
        return edition
    named = (_day_in_name(path.name) for path in roles.values())
    return card.edition or find_date(roles, card) or next((day for day in named if day), None)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _day_in_name(name: str) -> str | None:
    for match in _DAY_IN_NAME.finditer(name):
        day = "-".join(match.groups())
        if _is_day(day) and "1990" <= day[:4] <= "2100":
            return day
    return None


def _card_of_edition(card: Card, roles: Mapping[str, Path]) -> Card:
    """Return the card as kept with an edition: it names the files as they lie there."""
    files = {role: {**card.files.get(role, {}), "name": path.name} for role, path in roles.items()}
    return replace(card, files=files)


def _is_same(edition: Edition, card: Card, digests: Mapping[str, str]) -> bool:
    found = {role: _digest(path) for role, path in edition.files.items()}
    return found == dict(digests) and edition.card == card


def _next_name(day: str, there: Sequence[Edition]) -> str:
    number = max((each.number for each in there), default=0) + 1
    return day if number == 1 else f"{day}.{number}"


def _fill(folder: Path, roles: Mapping[str, Path], digests: Mapping[str, str], card: Card) -> None:
    for role, path in roles.items():
        if path.name == CARD_NAME:
            raise ListUnreadable(str(path), f"a list's file cannot be called {CARD_NAME}")
        copy = folder / path.name
        shutil.copyfile(path, copy)
        _sync(copy)
        if digest_file(copy) != digests[role]:
            raise ListUnreadable(str(path), "it changed while it was read", "Try again.")
    (folder / CARD_NAME).write_text(write_card(card), encoding="utf-8", newline="\n")
    _sync(folder / CARD_NAME)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _folders(root: Path) -> list[Path]:
    if not root.is_dir():
        return []
    return [each for each in root.iterdir() if each.is_dir() and not each.name.startswith(".")]


def _open(folder: Path, list_id: str) -> Edition:
    card = load_card(folder / CARD_NAME)
    files = {role: folder / spec["name"] for role, spec in card.files.items()}
    for path in files.values():
        if not path.is_file():
            raise ListUnreadable(str(path), "this file of the edition is gone", _GONE)
    return Edition(list_id, folder.name, folder, card, files)


_GONE = "Put it back from a copy, or delete the edition's folder and collect it again."


def _digest(path: Path) -> str:
    try:
        return digest_file(path)
    except OSError as error:
        raise ListUnreadable(str(path), error.strerror or str(error), "Check the path.") from error


def _cache_path(
    workspace: Workspace, digests: Mapping[str, str], card: Card, folder: str = "lists"
) -> Path:
    return workspace.build_folder / folder / f"{cache_key(digests, write_card(card))}.jsonl"
