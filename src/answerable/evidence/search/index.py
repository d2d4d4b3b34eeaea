"""Searching the texts of all captures for words.

The index is derived and may be deleted: `build/search.sqlite` of the workspace, which holds no
text, only which words stand where. What is private stays out of it until a person has marked the
capture as open (`source.unlock`).
"""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from re import Pattern

from answerable.errors import LedgerError, OutputUnwritable
from answerable.evidence.capture_records import read_part
from answerable.evidence.search.excerpts import Excerpt, take_excerpt
from answerable.evidence.search.tables import (
    Tell,
    connect,
    index_path,
    is_damaged,
    stay_silent,
    update_index,
)
from answerable.evidence.search.words import phrase_pattern, read_question, spell_phrase
from answerable.evidence.texts.text import Page, page_at
from answerable.ledger.log import Ledger
from answerable.model.capture import Capture, Part

TITLE_WEIGHT, BODY_WEIGHT = 4.0, 1.0

_QUESTION = """\
SELECT captures.* FROM (SELECT rowid, bm25(words, :title, :body) AS score FROM words
    WHERE words MATCH :asked) JOIN captures ON captures.row = rowid
WHERE :case IS NULL OR case_name = :case ORDER BY score, row LIMIT :most"""


@dataclass(frozen=True, slots=True)
class Found:
    """A capture in whose text the words stand.

    That words stand there says nothing about anybody: names are shared, and texts also deny.

    Args:
        capture: Its id.
        case: Name of its case.
        title: Its title, else None.
        url: Its address.
        captured_at: When it was captured, UTC.
        excerpt: What stands around the first of the words; empty where the text cannot be read.
        page: Page on which that is, from 1, None without pages.
        language: BCP 47 tag of the text's language, else None.
        private: Whether the capture is private, and was opened for searching by a person.
    """

    capture: str
    case: str
    title: str | None
    url: str
    captured_at: str
    excerpt: Excerpt
    page: int | None = None
    language: str | None = None
    private: bool = False


def search_texts(
    ledger: Ledger,
    words: str,
    case: str | None = None,
    most: int = 20,
    *,
    tell: Tell = stay_silent,
) -> list[Found]:
    """Return the captures whose title or text holds all the words, the best first.

    Full-width letters, accents, case, vowel signs, traditional and simplified signs make no
    difference; no words are translated, and pictures are searched only where their text was read.

    Args:
        ledger: The ledger; its index is brought up to date first.
        words: Words, in any order; `"a phrase"` as it stands, `begin*` for all that begin so.
        case: Only captures of this case.
        most: At most so many.
        tell: Called with how many captures were indexed of how many, while that is done.

    Returns:
        Captures by how often and how near the words stand (BM25); of equals the first captured.

    Raises:
        SearchRefused: There is no word among them.
        LogFaulty: The log is not as it was written.
        OutputUnwritable: The index cannot be written.

    Cost:
        About 30 ms among 10,000 captures, and 4 s for each 1,000 that are new.
    """
    phrases = read_question(words)
    asked = " ".join(spell_phrase(runs, is_beginning) for runs, is_beginning in phrases)
    values: dict[str, str | float | None] = {
        "title": TITLE_WEIGHT,
        "body": BODY_WEIGHT,
        "asked": asked,
        "case": case,
        "most": most,
    }
    update_index(ledger, tell=tell)
    try:
        rows = _ask(ledger, values)
    except sqlite3.Error as error:
        if not is_damaged(error):
            raise OutputUnwritable(str(index_path(ledger)), str(error)) from error
        index_path(ledger).unlink(missing_ok=True)
        update_index(ledger, tell=tell)
        rows = _ask(ledger, values)
    patterns = [phrase_pattern(runs, is_beginning) for runs, is_beginning in phrases]
    return [_to_found(ledger, row, patterns) for row in rows]


def _ask(ledger: Ledger, values: dict[str, str | float | None]) -> list[sqlite3.Row]:
    with closing(connect(index_path(ledger))) as index:
        return index.execute(_QUESTION, values).fetchall()


def _to_found(ledger: Ledger, row: sqlite3.Row, patterns: Sequence[Pattern[str]]) -> Found:
    excerpt = _excerpt(ledger, row, patterns)
    place = excerpt.start + (excerpt.marks[0][0] if excerpt.marks else 0)
    starts = tuple(Page(number, start, start) for number, start in json.loads(row["pages"]))
    return Found(
        capture=row["id"],
        case=row["case_name"],
        title=row["title"],
        url=row["url"],
        captured_at=row["captured_at"],
        excerpt=excerpt,
        page=page_at(starts, place),
        language=row["language"],
        private=bool(row["private"]),
    )


def _excerpt(ledger: Ledger, row: sqlite3.Row, patterns: Sequence[Pattern[str]]) -> Excerpt:
    part = Part("text", row["text"], "text/plain", 0)
    capture = Capture(row["id"], row["case_name"], "", "", "file", (part,), private=row["private"])
    try:
        return take_excerpt(read_part(ledger, capture, part).decode("utf-8"), patterns)
    except LedgerError:  # erased or damaged since: `verify` tells; the capture is still named
        return Excerpt("", 0)
