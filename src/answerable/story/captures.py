"""Captures: a page or a file is sealed, its text can be searched, its words quoted."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from answerable.engine.workspace import Workspace
from answerable.errors import UsageError
from answerable.evidence import captures as sealed
from answerable.evidence.browsing.rendering import render_page
from answerable.evidence.captures import capture_address, capture_file, read_capture
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.custody import Custody, Verb, list_custody, note_custody
from answerable.evidence.imports import import_archive, is_archive
from answerable.evidence.passages import make_passage, trim_passage
from answerable.evidence.search.index import Found, search_texts
from answerable.evidence.search.tables import update_index
from answerable.evidence.texts.sealed import derive_text, read_pages, read_text
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import Ledger, open_ledger
from answerable.model import Capture, Passage
from answerable.model.capture import Source
from answerable.story.cases import name_near
from answerable.story.editions import Tell

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]+:/{1,3}")

_FEWEST_DIGITS = 8
"""Digits of a capture's id that tell it from others."""

WEB = ("http://", "https://")
"""How an address begins; anything else is a file."""


def capture(
    workspace: Workspace,
    what: str,
    case: str,
    *,
    browser: bool = False,
    allow_private: bool = False,
    proxy: str | None = None,
    private: bool = False,
    url: str | None = None,
    title: str | None = None,
    tell: Tell = lambda *_: None,
) -> Capture:
    """Seal a page or a file for a case: hashed, logged, never edited; and take its text.

    A capture shows what this program recorded, then. It does not show that others were sent the
    same, who wrote it, or that it is true.

    Args:
        workspace: Where it is kept.
        what: An http or https address, or a path. A WACZ or WARC made by another tool is checked
            and kept as it is.
        case: Name of the case.
        browser: Show the page in a browser, which runs its scripts and takes its picture.
        allow_private: Also addresses of this machine and of the network around it.
        proxy: `http://host:port` or `socks5h://host:port` (Tor); else None.
        private: Encrypt it at rest, do not index it, and leave it out of every export.
        url: Of a file: where it was published, if that is known. Nothing is asked there.
        title: Of a file: its title; its name is not kept.
        tell: Told about progress.

    Returns:
        The capture with its text; look at its `problems`.

    Raises:
        EvidenceError: The address is refused, gave no answer, or the file cannot be taken.
        UsageError: The case's name or the proxy cannot be used.
    """
    ledger = open_ledger(workspace)
    _check_case(workspace, ledger, case)
    if what.lower().startswith(WEB):
        made = capture_address(
            ledger,
            what,
            case,
            allow_private=allow_private,
            proxy=proxy,
            private=private,
            browser=render_page if browser else None,
            tell=lambda sentence: tell(sentence, 0, 1),
        )
    elif _SCHEME.match(what) or what.lower().startswith("www."):
        raise UsageError(
            f"{what} is no address that can be captured: only those that begin with https:// or "
            "http://. A file is given by its path."
        )
    elif browser or proxy or allow_private:
        raise UsageError(
            f"{what} is a file: --browser, --proxy and --allow-private are for addresses, which "
            "begin with http:// or https://."
        )
    elif is_archive(Path(what)):
        made = import_archive(ledger, Path(what), case, private=private).capture
    else:
        made = capture_file(ledger, Path(what), case, private=private, url=url, title=title)
    tell("Taking its text", 0, 1)
    made = derive_text(ledger, made)
    update_index(ledger)
    seal_checkpoint(ledger)
    return made


def _check_case(workspace: Workspace, ledger: Ledger, case: str) -> None:
    """See that there is such a case, so that a misspelled name does not stay in the log for good.

    Raises:
        UsageError: There is none, neither as a folder nor in the log.
    """
    folder = workspace.cases_folder
    known = {each.name for each in folder.iterdir() if each.is_dir()} if folder.is_dir() else set()
    if case in known or any(each.case == case for each in sealed.list_captures(ledger)):
        return
    meant = name_near(workspace, case)
    raise UsageError(f"There is no case {case!r}.{meant} Begin one with `answerable draft CASE`.")


def find_same(workspace: Workspace, capture: Capture) -> list[Capture]:
    """Return the other captures of a case that hold the very same original, the oldest first."""
    original = capture.part("original")
    return [
        each
        for each in list_captures(workspace, capture.case)
        if original is not None
        and each.id != capture.id
        and original.object in {part.object for part in each.parts}
    ]


def list_captures(workspace: Workspace, case: str | None = None) -> list[Capture]:
    """Return the captures of a workspace, or of one case, in the order in which they were made."""
    found = sealed.list_captures(open_ledger(workspace))
    return [each for each in found if case is None or each.case == case]


def search(
    workspace: Workspace,
    words: str,
    *,
    case: str | None = None,
    most: int = 20,
    tell: Tell = lambda *_: None,
) -> list[Found]:
    """Find words in the texts of all captures that may be indexed.

    Args:
        workspace: Whose captures.
        words: All of them must stand in a text; words in quotation marks stand together.
        case: Only captures of this case.
        most: How many texts at most.
        tell: Told about progress, where captures are new to the index.

    Returns:
        Texts with the words in their surroundings, the best first, by their own title or that of
        their case's sources; private captures are found
        only once a person has unlocked them.
    """
    found = search_texts(
        open_ledger(workspace),
        words,
        case,
        most,
        tell=lambda done, of: tell("Indexing the captures", done, of),
    )
    return _name_found(workspace, found)


def _name_found(workspace: Workspace, found: list[Found]) -> list[Found]:
    """Give captures without a title of their own the one that `sources.yaml` of their case has."""
    folders = {each.case: workspace.cases_folder / each.case for each in found if not each.title}
    sources = {
        case: read_draft(folder).case.sources if folder.is_dir() else ()
        for case, folder in folders.items()
    }
    return [
        replace(each, title=_title_of(each.capture, sources[each.case])) if not each.title else each
        for each in found
    ]


def _title_of(capture: str, sources: Sequence[Source]) -> str | None:
    digits = capture.removeprefix("sha256:")
    for each in sources:
        named = (each.capture or "").removeprefix("sha256:").lower()
        if len(named) >= _FEWEST_DIGITS and digits.startswith(named):
            return each.title
    return None


def read(workspace: Workspace, capture_id: str) -> str:
    """Return the text of a capture, as quotations are anchored in it.

    Raises:
        TextMissing: It has none, or no words.
    """
    ledger = open_ledger(workspace)
    return read_text(ledger, read_capture(ledger, capture_id))


def quote(
    workspace: Workspace, capture_id: str, words: str, *, source: str, prefix: str = ""
) -> Passage:
    """Locate a quotation in a capture.

    Args:
        workspace: Whose captures.
        capture_id: Id of the capture, which may be shortened.
        words: The quotation; line breaks and runs of blanks are levelled.
        source: Key of the source within its case.
        prefix: Words before it, where it stands in the text more than once.

    Raises:
        QuotationLost: The words do not stand there, with the nearest that do.
    """
    ledger = open_ledger(workspace)
    held = read_capture(ledger, capture_id)
    text = held.part("text")
    body = read_text(ledger, held)
    made = make_passage(
        body,
        words,
        source=source,
        capture=held.id,
        text_id=text.object if text else None,
        pages=read_pages(ledger, held),
        prefix=prefix,
    )
    return trim_passage(body, made)


def note(
    workspace: Workspace,
    capture_id: str,
    verb: Verb,
    *,
    by: str,
    to: str | None = None,
    reason: str | None = None,
    remark: str | None = None,
) -> Custody:
    """Note what was done with a capture besides making it, for the chain of custody.

    Args:
        workspace: Whose capture.
        capture_id: Its id, which may be shortened.
        verb: `transfer`, `review`, `unlock` or `dispose`.
        by: Who did it, by the name they choose to be known by.
        to: To whom or where it went; needed for `transfer`.
        reason: Why; needed for `unlock` and `dispose`.
        remark: What else is to be said.
    """
    ledger = open_ledger(workspace)
    made = note_custody(ledger, capture_id, verb, by=by, to=to, reason=reason, note=remark)
    if verb == "unlock":
        update_index(ledger)
    seal_checkpoint(ledger)
    return made


def custody(workspace: Workspace, capture_id: str) -> Sequence[Custody]:
    """Return what was done with a capture, in the order of the log."""
    return list_custody(open_ledger(workspace), capture_id)
