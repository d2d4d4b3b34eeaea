"""The tables of the search index, and bringing them up to date with the log."""

import hashlib
import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from answerable.errors import KeyMissing, KeyRefused, LedgerError, OutputUnwritable
from answerable.evidence.capture_records import list_captures, read_part
from answerable.evidence.custody import list_unlocked
from answerable.evidence.search.words import split_words
from answerable.evidence.texts.sealed import read_language, read_pages
from answerable.ledger.log import Ledger
from answerable.ledger.objects import has_object
from answerable.ledger.vault import has_private
from answerable.model.capture import Capture

INDEX = "search.sqlite"
FORMAT = 1
_LOCK_SECONDS = 60.0
_TAIL = 4096
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)

_TABLES = (
    "CREATE TABLE captures (row INTEGER PRIMARY KEY, id TEXT UNIQUE, case_name TEXT, text TEXT,"
    " pages TEXT, title TEXT, url TEXT, captured_at TEXT, language TEXT, private INTEGER)",
    "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT)",
    "CREATE VIRTUAL TABLE words USING fts5(title, body, content='', tokenize='ascii')",
)
# Tokens are parted by spaces before they come here, so the simplest tokenizer is the right one:
# it takes every sign beyond ASCII for part of a word, whatever Unicode version SQLite knows.

Tell = Callable[[int, int], None]
"""Called with how many captures are indexed of how many."""


def stay_silent(_: int, __: int) -> None:
    """Tell nothing."""


def index_path(ledger: Ledger) -> Path:
    """Return where the index of a workspace lies."""
    return ledger.folder.parent / "build" / INDEX


def update_index(ledger: Ledger, *, tell: Tell = stay_silent) -> Path:
    """Bring the index up to date with the log, and return where it lies.

    What the log gained is added. Where a text was replaced, erased or closed again, the index is
    made anew, so that no word of it stays. An index that is damaged or of another version is made
    anew too. Broken off, nothing is half done.

    Raises:
        LogFaulty: The log is not as it was written.
        OutputUnwritable: It cannot be written.
    """
    path = index_path(ledger)
    mark = _log_mark(ledger)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            _update(ledger, path, mark, tell)
        except sqlite3.Error as error:
            if not is_damaged(error):
                raise
            path.unlink(missing_ok=True)
            _update(ledger, path, mark, tell)
    except (OSError, sqlite3.Error) as error:
        if isinstance(error, OutputUnwritable):
            raise
        raise OutputUnwritable(str(path), str(error)) from error
    return path


def is_damaged(error: sqlite3.Error) -> bool:
    """Tell whether an error says that the index is damaged, or is none."""
    return error.sqlite_errorcode in _DAMAGED


def _log_mark(ledger: Ledger) -> str:
    """Return what changes when the log does: its size and its end."""
    try:
        with ledger.path.open("rb") as log:
            size = log.seek(0, os.SEEK_END)
            log.seek(max(0, size - _TAIL))
            return f"{size}:{hashlib.sha256(log.read()).hexdigest()}"
    except FileNotFoundError:
        return "0:"


@contextmanager
def _writing(index: sqlite3.Connection) -> Iterator[None]:
    index.execute("BEGIN IMMEDIATE")
    try:
        yield
        index.execute("COMMIT")
    except BaseException:
        if index.in_transaction:
            index.execute("ROLLBACK")
        raise


def connect(path: Path) -> sqlite3.Connection:
    """Open the index."""
    index = sqlite3.connect(path, timeout=_LOCK_SECONDS, isolation_level=None)
    index.row_factory = sqlite3.Row
    index.execute("PRAGMA secure_delete = ON")
    return index


def _update(ledger: Ledger, path: Path, mark: str, tell: Tell) -> None:
    with closing(connect(path)) as index:
        if _state(index) == mark:
            return
        with _writing(index):
            if _state(index) == mark:  # another program did it meanwhile
                return
            wanted = _open_captures(ledger)
            held = _held(index)
            if any(wanted.get(each, (None, ""))[1] != text for each, text in held.items()):
                _clear(index)
                held = {}
            new = [each for name, (each, _) in wanted.items() if name not in held]
            all_read = _add(ledger, index, new, tell)
            index.execute(
                "INSERT OR REPLACE INTO state VALUES ('log', ?)", (mark if all_read else "",)
            )


def _state(index: sqlite3.Connection) -> str | None:
    """Return the mark of the log up to which the index goes, None for no index of this format."""
    (version,) = index.execute("PRAGMA user_version").fetchone()
    if version != FORMAT:
        return None
    row = index.execute("SELECT value FROM state WHERE name = 'log'").fetchone()
    return row[0] if row else None


def _held(index: sqlite3.Connection) -> dict[str, str]:
    (version,) = index.execute("PRAGMA user_version").fetchone()
    if version != FORMAT:
        _clear(index)
    return dict(index.execute("SELECT id, text FROM captures"))


def _clear(index: sqlite3.Connection) -> None:
    for name in ("words", "captures", "state"):
        index.execute(f"DROP TABLE IF EXISTS {name}")
    for statement in _TABLES:
        index.execute(statement)
    index.execute(f"PRAGMA user_version = {FORMAT}")


def _open_captures(ledger: Ledger) -> dict[str, tuple[Capture, str]]:
    """Return the captures that may be searched and have a text, each with the id of that text."""
    unlocked = list_unlocked(ledger)
    found = {}
    for capture in list_captures(ledger):
        text = capture.part("text")
        if text is None or (capture.private and capture.id not in unlocked):
            continue
        has = has_private if capture.private else has_object
        if has(ledger.store, text.object):
            found[capture.id] = (capture, text.object)
    return found


def _add(
    ledger: Ledger,
    index: sqlite3.Connection,
    captures: Sequence[Capture],
    tell: Tell,
) -> bool:
    """Index captures; tell whether all could be opened."""
    all_read = True
    for number, capture in enumerate(captures):
        tell(number, len(captures))
        try:
            _add_one(ledger, index, capture)
        except (KeyMissing, KeyRefused):
            all_read = False
        except LedgerError:  # damaged: `verify` tells
            continue
    return all_read


def _add_one(ledger: Ledger, index: sqlite3.Connection, capture: Capture) -> None:
    text = capture.part("text")
    if text is None:
        return
    body = read_part(ledger, capture, text).decode("utf-8", errors="replace")
    pages = [(page.number, page.start) for page in read_pages(ledger, capture)]
    values = {
        "id": capture.id,
        "case_name": capture.case,
        "text": text.object,
        "pages": json.dumps(pages),
        "title": capture.title,
        "url": capture.final_url or capture.url,
        "captured_at": capture.captured_at,
        "language": read_language(ledger, capture),
        "private": int(capture.private),
    }
    row = index.execute(
        "INSERT INTO captures (id, case_name, text, pages, title, url, captured_at, language,"
        " private) VALUES (:id, :case_name, :text, :pages, :title, :url, :captured_at, :language,"
        " :private)",
        values,
    ).lastrowid
    spelt = (" ".join(split_words(each)) for each in (capture.title or "", body))
    index.execute("INSERT INTO words (rowid, title, body) VALUES (?, ?, ?)", (row, *spelt))
