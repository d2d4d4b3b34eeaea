"""Where `collect` takes a list from: files, its issuer's address, or the dated copy that ships."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urlsplit

from answerable.errors import EditionMissing, ListUnknown, ListUnreadable, TableMissing, UsageError
from answerable.lists.cards import known_cards, load_card
from answerable.lists.downloads import fetch
from answerable.model import Card

SHIPPED = "shipped"
"""The word for the copy that ships, in place of a file or address."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What an edition is to be made from.

    Args:
        card: The card to hold the files to; a shipped copy has its own.
        files: The files, in the order given.
    """

    card: Card
    files: tuple[Path, ...]


def shipped_lists() -> tuple[str, ...]:
    """Return the ids of the lists of which a dated copy ships, in alphabetical order.

    Shipped copies are for the example and for trying things out. They are old, and some are cuts:
    their cards say so.

    Example:
        >>> "us_dod_1260h" in shipped_lists()
        True
    """
    root = _shipped_root()
    return tuple(sorted(each.name for each in root.iterdir() if (each / "card.yaml").is_file()))


def shipped_files(list_id: str) -> Sources:
    """Return the copy of a list that ships, with its own card.

    Raises:
        EditionMissing: No copy of this list ships.

    Example:
        >>> shipped_files("us_dod_1260h").card.edition
        '2025-01-07'
    """
    if list_id not in shipped_lists():
        why = f"no copy ships (there are copies of {', '.join(shipped_lists())})"
        raise EditionMissing(list_id, why, "Give a file with --from FILE.")
    folder = _shipped_root() / list_id
    card = load_card(folder / "card.yaml")
    return Sources(card, tuple(folder / spec["name"] for spec in card.files.values()))


def gather_sources(
    list_id: str, places: Sequence[str], folder: Path, card: Card | None = None
) -> Sources:
    """Return the files of a list from where a user says they are.

    Args:
        list_id: The list.
        places: Paths and `https://` addresses, one per file; or the one word `shipped`; or nothing
            for the issuer's own addresses.
        folder: An empty folder for files that are fetched.
        card: The card; by default the known one.

    Raises:
        ListUnknown: No card is given, and none is known.
        UsageError: `shipped` is given together with others.
        EditionMissing: No copy ships, or no address of the issuer is known.
        TableMissing: There is no such file.
        DownloadFailed: A file could not be fetched.
    """
    if SHIPPED in places and len(places) > 1:
        raise UsageError("`shipped` stands alone: it is the whole copy.")
    if SHIPPED in places:
        return shipped_files(list_id)
    card = card or known_cards().get(list_id)
    if card is None:
        raise ListUnknown(list_id, sorted(known_cards()))
    wanted = places or _official(card)
    return Sources(card, tuple(_bring(place, folder) for place in wanted))


def _official(card: Card) -> list[str]:
    if not has_addresses(card):
        why = "the issuer publishes no file at an address that is known"
        advice = f"See {card.url} and give the file with --from FILE."
        raise EditionMissing(card.id, why, advice)
    return [spec["url"] for spec in card.files.values()]


def has_addresses(card: Card) -> bool:
    """Tell whether every file of a list has an address at its issuer, so that it can be fetched.

    Example:
        >>> has_addresses(known_cards()["us_ofac_sdn"])
        True
    """
    return bool(card.files) and all("url" in spec for spec in card.files.values())


def _bring(place: str, folder: Path) -> Path:
    if place.lower().startswith(("https://", "http://")):
        name = unquote(urlsplit(place).path.rpartition("/")[2])
        path = folder / (
            "".join(c for c in name if c.isalnum() or c in "._- ").strip(". ") or "list"
        )
        if path.exists():
            raise ListUnreadable(place, "two addresses end in one name", "Fetch one by hand.")
        fetch(place, path)
        return path
    path = Path(place)
    if not path.is_file():
        raise TableMissing(place)
    return path


def _shipped_root() -> Path:
    """Return the folder of the copies; wheels are unpacked when installed, so it is a real one."""
    return Path(str(resources.files("answerable.lists") / "shipped"))
