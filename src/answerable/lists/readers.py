"""The readers by the name that a card gives, and how the files given are told apart."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from answerable.errors import ListUnreadable
from answerable.lists.csl import read_csl
from answerable.lists.ftm import read_ftm
from answerable.lists.ofac import read_ofac
from answerable.lists.reading import Reading
from answerable.lists.table_list import find_table_date, read_table_list
from answerable.lists.un import find_un_date, read_un
from answerable.model import Card

READERS: dict[str, Callable[[Mapping[str, Path], Card], Reading]] = {
    "csl": read_csl,
    "ftm": read_ftm,
    "ofac_legacy": read_ofac,
    "table": read_table_list,
    "un_xml": read_un,
}
DATE_FINDERS: dict[str, Callable[[Mapping[str, Path], Card], str | None]] = {
    "table": find_table_date,
    "un_xml": find_un_date,
}


def read_files(files: Mapping[str, Path], card: Card) -> Reading:
    """Return the companies of a list's files, with the reader that its card names.

    Raises:
        ListUnreadable: The files are not in the form that the card names.
        CardFaulty: The card does not fit the file.
        TableError: A file cannot be read as a table.
    """
    return READERS[card.reader](files, card)


def find_date(files: Mapping[str, Path], card: Card) -> str | None:
    """Return the day that the files themselves give as their edition's; None if they do not.

    Raises:
        ListUnreadable: The files are not in the form that the card names.
        TableError: A file cannot be read as a table.
    """
    finder = DATE_FINDERS.get(card.reader)
    return finder(files, card) if finder else None


def assign_roles(files: Sequence[Path], card: Card) -> dict[str, Path]:
    """Return which file plays which role of a card.

    A list of one file takes it whatever its name. Of several, each file is told by its name (case
    does not matter); files with other names are taken in the card's order.

    Args:
        files: The files as given.
        card: Its `files` give roles and names.

    Returns:
        Role to file, in the card's order.

    Raises:
        ListUnreadable: There are fewer or more files than roles.

    Example:
        >>> from answerable.lists.cards import known_cards
        >>> given = [Path("alt.csv"), Path("ADD.CSV"), Path("sdn.csv")]
        >>> list(assign_roles(given, known_cards()["us_ofac_sdn"]).values())
        [...Path('sdn.csv'), ...Path('alt.csv'), ...Path('ADD.CSV')]
    """
    roles = {role: spec["name"] for role, spec in (card.files or {"list": {"name": ""}}).items()}
    if len(files) != len(roles):
        wanted = ", ".join(name or role for role, name in roles.items())
        why = f"{len(files)} files were given, but this list has {len(roles)} ({wanted})"
        raise ListUnreadable(card.id, why, "Give each file with --from.")
    if len({file.name.lower() for file in files}) != len(files):
        raise ListUnreadable(card.id, "two files have one name", "Give files of different names.")
    by_name = {file.name.lower(): file for file in files}
    left = [file for file in files if file.name.lower() not in map(str.lower, roles.values())]
    return {role: by_name.get(name.lower()) or left.pop(0) for role, name in roles.items()}
