"""A workspace is a folder, readable without us; `answerable.toml` marks it."""

import re
import secrets
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from answerable.engine.files import write_whole
from answerable.errors import OutputUnwritable, WorkspaceFaulty, WorkspaceMissing

MARK = "answerable.toml"
DEFAULT_THRESHOLD = 0.5
"""Probability from which a name match is a `match`; fixed on development pairs (docs/matching)."""

_TEMPLATE = """\
# The settings of this workspace. Lines that begin with # are explanations.

[workspace]
name = "{name}"
contact = ""        # who answers for what is screened here: a person or an office

# Finding ids are made with this key, so that a row keeps its id in this workspace and ids of
# different workspaces cannot be compared. Keep it; a new key gives new ids.
id_key = "{id_key}"

[screening]
lists = []          # list ids to screen against; empty: every list of which there is an edition
threshold = {threshold}     # probability from which a name match is a `match`

[review]
name = ""           # by which name your judgements are shown; empty: by the id of your key
second = false      # true: a judgement counts once a reviewer with another key agrees

[max_age_days]      # list id = days; overrides the age that a list's card allows

# Authorities that stamp the time over a checkpoint of the ledger (RFC 3161). Asking one tells it
# that something exists, and nothing of what. Their root certificates go into ledger/trust.
[timestamps]
authorities = []    # such as "https://stamps.example.org/"; empty: none is asked
"""

_IGNORE = """\
# Kept out of git: encrypted and private evidence, unpublished cases, and what can be rebuilt.
evidence/private/
cases/
build/
*.part
"""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A workspace folder and its settings.

    Args:
        root: The folder.
        name: Its name.
        contact: Who answers for it; may be empty.
        id_key: Key of finding ids, 32 hexadecimal characters.
        lists: List ids to screen against; empty for all.
        threshold: Probability from which a name match is a `match`.
        max_age_days: List id to greatest age in days.
        authorities: Addresses of the authorities that stamp checkpoints; empty for none.
        reviewer: Name by which whoever judges here is shown; empty for the id of the key.
        needs_second: Whether a judgement counts only once a reviewer with another key agrees.
    """

    root: Path
    name: str
    contact: str
    id_key: str
    lists: tuple[str, ...] = ()
    threshold: float = DEFAULT_THRESHOLD
    max_age_days: dict[str, int] = field(default_factory=dict)
    authorities: tuple[str, ...] = ()
    reviewer: str = ""
    needs_second: bool = False

    @property
    def cases_folder(self) -> Path:
        """Where cases lie as plain text, each in a folder of its own."""
        return self.root / "cases"

    @property
    def lists_folder(self) -> Path:
        """Where list editions are kept, never changed."""
        return self.root / "lists"

    @property
    def screenings_folder(self) -> Path:
        """Where screenings are kept, never changed."""
        return self.root / "screenings"

    @property
    def build_folder(self) -> Path:
        """Working tables, to be deleted at will."""
        return self.root / "build"


def make_workspace(root: Path, name: str | None = None, id_key: str | None = None) -> Workspace:
    """Make a workspace in a folder and return it.

    Args:
        root: The folder; made if missing. What else is in it stays.
        name: Name of the workspace; by default the folder's.
        id_key: Key of the finding ids; by default a new random one.

    Raises:
        OutputUnwritable: It is a workspace already, or cannot be written.
    """
    mark = root / MARK
    if mark.exists():
        raise OutputUnwritable(str(mark), "this folder is a workspace already")
    try:
        for folder in (root, root / "lists", root / "screenings", root / "build"):
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(str(root), error.strerror or str(error)) from error
    shown = re.sub(r'["\\\x00-\x1f\x7f]', " ", name or root.resolve().name)
    text = _TEMPLATE.format(
        name=shown,
        id_key=id_key or secrets.token_hex(16),
        threshold=DEFAULT_THRESHOLD,
    )
    if not (root / ".gitignore").exists():
        with write_whole(root / ".gitignore") as file:
            file.write(_IGNORE.encode())
    with write_whole(mark) as file:
        file.write(text.encode())
    return open_workspace(root)


def find_workspace(start: Path) -> Workspace:
    """Return the workspace at a folder or at the nearest folder above it.

    Raises:
        WorkspaceMissing: There is none.
        WorkspaceFaulty: Its `answerable.toml` cannot be used.
    """
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / MARK).is_file():
            return open_workspace(folder)
    raise WorkspaceMissing(str(start))


def open_workspace(root: Path) -> Workspace:
    """Return the workspace of a folder that holds `answerable.toml`.

    Raises:
        WorkspaceMissing: The folder holds none.
        WorkspaceFaulty: It cannot be used, with the field and why.
    """
    mark = root / MARK
    try:
        content = tomllib.loads(mark.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WorkspaceMissing(str(root)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceFaulty(str(mark), str(error)) from error
    about = _table(content, "workspace", mark)
    screening = _table(content, "screening", mark)
    ages = _table(content, "max_age_days", mark)
    stamps = _table(content, "timestamps", mark)
    review = _table(content, "review", mark)
    return Workspace(
        root=root,
        name=str(about.get("name", root.name)),
        contact=str(about.get("contact", "")),
        id_key=_id_key(about, mark),
        lists=_lists(screening, mark),
        threshold=_threshold(screening, mark),
        max_age_days=_ages(ages, mark),
        authorities=_authorities(stamps, mark),
        reviewer=_reviewer(review, mark),
        needs_second=_needs_second(review, mark),
    )


def _table(content: dict[str, Any], name: str, mark: Path) -> dict[str, Any]:
    table = content.get(name, {})
    if not isinstance(table, dict):
        raise WorkspaceFaulty(str(mark), f"[{name}] is not a table")
    return table


def _id_key(about: dict[str, Any], mark: Path) -> str:
    key = about.get("id_key")
    if not isinstance(key, str) or not re.fullmatch(r"[0-9a-f]{32}", key):
        raise WorkspaceFaulty(str(mark), "id_key must be 32 hexadecimal characters")
    return key


def _lists(screening: dict[str, Any], mark: Path) -> tuple[str, ...]:
    lists = screening.get("lists", [])
    if not isinstance(lists, list) or not all(isinstance(each, str) for each in lists):
        raise WorkspaceFaulty(str(mark), "lists must be a list of list ids")
    return tuple(lists)


def _threshold(screening: dict[str, Any], mark: Path) -> float:
    threshold = screening.get("threshold", DEFAULT_THRESHOLD)
    if isinstance(threshold, bool) or not isinstance(threshold, int | float):
        raise WorkspaceFaulty(str(mark), "threshold must be a number")
    if not 0 < threshold <= 1:
        raise WorkspaceFaulty(str(mark), f"threshold must be over 0 and at most 1, not {threshold}")
    return float(threshold)


def _ages(ages: dict[str, Any], mark: Path) -> dict[str, int]:
    for name, days in ages.items():
        if isinstance(days, bool) or not isinstance(days, int) or days < 0:
            raise WorkspaceFaulty(str(mark), f"max_age_days.{name} must be a number of days")
    return ages


def _authorities(stamps: dict[str, Any], mark: Path) -> tuple[str, ...]:
    found = stamps.get("authorities", [])
    if not isinstance(found, list) or not all(
        isinstance(each, str) and re.match(r"https?://[^\s]+\Z", each) for each in found
    ):
        raise WorkspaceFaulty(
            str(mark), "timestamps.authorities must be a list of http:// or https:// addresses"
        )
    return tuple(found)


def _reviewer(review: dict[str, Any], mark: Path) -> str:
    name = review.get("name", "")
    if not isinstance(name, str) or len(name) > 200:
        raise WorkspaceFaulty(str(mark), "review.name must be a text of at most 200 characters")
    return name.strip()


def _needs_second(review: dict[str, Any], mark: Path) -> bool:
    second = review.get("second", False)
    if not isinstance(second, bool):
        raise WorkspaceFaulty(str(mark), "review.second must be true or false")
    return second
