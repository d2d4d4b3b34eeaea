"""Texts of captures: derived from what was sealed, kept as objects of their own, and read back."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from answerable.errors import LedgerError, TextMissing
from answerable.evidence.capture_records import (
    DERIVATIVE_SCHEMA,
    keep_any_record,
    keep_part,
    read_part,
)
from answerable.evidence.texts.reading import Reader
from answerable.evidence.texts.text import PROBLEMS, Page, Text, pages_from
from answerable.ledger.canonical import decode, encode
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.records import seal_fields
from answerable.model.capture import Capture, Part, Role

PAGES_SCHEMA = "answerable.pages/1"
TEXT_TYPE = "text/plain; charset=utf-8"
PAGES_TYPE = "application/json"


def derive_text(
    ledger: Ledger, capture: Capture, *, reader: Reader | None = None, again: bool = False
) -> Capture:
    """Extract the text of a capture, keep it, and log that it was derived.

    Two objects are kept: the text, and a map of it (`pages`) that says where its pages and lines
    stand, in which language most of it is, and what could not be read. Each names the object from
    which it was made and the program that made it. The text of a private capture goes into the
    vault. When this returns, all is on the disk; broken off in between, it is simply done again.

    Args:
        ledger: Where it is kept and logged.
        capture: The capture.
        reader: The process to read in, for many captures; by default one for this capture alone.
        again: Derive it anew although there is a text, such as with a newer program.

    Returns:
        The capture with its parts `text` and `pages`; as it was where it has them already. A
        capture without words has an empty text, and its map says why.

    Raises:
        ReaderFailed: No process can be started.
        ObjectMissing, ObjectFaulty: What was sealed is not there, or not as it was.
        KeyMissing, KeyRefused: The capture is private, and its key is missing or stays shut.
        OutputUnwritable: The disk refused it.

    Source:
        Berkeley Protocol on Digital Open Source Investigations (2022), paragraphs 153 and 154: a
        derived object names its original and the tool.
    """
    if has_text(capture) and not again:
        return capture
    source = capture.part("html") or capture.original
    data = read_part(ledger, capture, source)
    if reader is None:
        with Reader() as own:
            text = own.read(data, source.media_type)
    else:
        text = reader.read(data, source.media_type)
    return keep_text(ledger, capture, source, text)


def derive_texts(
    ledger: Ledger,
    captures: Iterable[Capture],
    *,
    tell: Callable[[Capture], None] = lambda _: None,
) -> list[Capture]:
    """Derive the texts of many captures with one process; those that cannot be opened stay as is.

    Args:
        ledger: Where they are kept and logged.
        captures: The captures, such as all of a workspace.
        tell: Called with each capture when it is done.
    """
    done = []
    with Reader() as reader:
        for capture in captures:
            try:
                made = derive_text(ledger, capture, reader=reader) if capture.parts else capture
            except LedgerError:  # missing, damaged, or private without its key: `verify` tells
                made = capture
            tell(made)
            done.append(made)
    return done


def has_text(capture: Capture) -> bool:
    """Tell whether a capture has a text with its map."""
    text, pages = capture.part("text"), capture.part("pages")
    return text is not None and pages is not None and pages.parent == text.object


def keep_text(ledger: Ledger, capture: Capture, source: Part, text: Text) -> Capture:
    """Keep a text that was extracted from a part of a capture, and log it."""
    body = _keep(ledger, capture, "text", text.body.encode(), TEXT_TYPE, source.object, text)
    about = _map(text, body.object)
    pages = _keep(ledger, capture, "pages", encode(about), PAGES_TYPE, body.object, text)
    return replace(capture, parts=(*capture.parts, body, pages))


def _keep(
    ledger: Ledger, capture: Capture, role: Role, data: bytes, kind: str, parent: str, text: Text
) -> Part:
    private = capture.private
    part = keep_part(ledger, role, data, kind, private=private, parent=parent, tool=text.tool)
    fields = {
        "schema": DERIVATIVE_SCHEMA,
        "capture": capture.id,
        "part": {
            "role": role,
            "object": part.object,
            "media_type": kind,
            "size": part.size,
            "parent": parent,
            "tool": text.tool,
        },
        "rule": text.rule,
        "problems": list(text.problems),
    }
    record = seal_fields(fields)
    keep_any_record(ledger, record, private=private)
    refs: dict[str, str | int] = {"capture": capture.id} | ({"private": 1} if private else {})
    append_deed(ledger, "source.derive", record.id, refs)
    return part


def _map(text: Text, text_id: str) -> dict[str, Any]:
    values = text.as_dict()
    del values["body"]
    return values | {"schema": PAGES_SCHEMA, "text": text_id, "problems": list(text.problems)}


def read_text(ledger: Ledger, capture: Capture) -> str:
    """Return the newest text of a capture.

    Raises:
        TextMissing: It has none yet, or no words; with what could not be read.
        ObjectMissing, ObjectFaulty: It is not there, or not as it was sealed.
        KeyMissing, KeyRefused: The capture is private, and its key is missing or stays shut.
    """
    part = capture.part("text")
    if part is None:
        raise TextMissing(capture.id)
    body = read_part(ledger, capture, part).decode("utf-8")
    if not body:
        raise TextMissing(capture.id, [PROBLEMS[each] for each in read_problems(ledger, capture)])
    return body


def read_pages(ledger: Ledger, capture: Capture) -> tuple[Page, ...]:
    """Return where the pages of the newest text of a capture stand; empty without pages.

    Raises:
        LedgerError: As for `read_text`.
    """
    return pages_from(_read_map(ledger, capture).get("pages", []))


def read_problems(ledger: Ledger, capture: Capture) -> tuple[str, ...]:
    """Return the codes of what is missing or doubtful about the newest text of a capture.

    Raises:
        LedgerError: As for `read_text`.
    """
    told = _read_map(ledger, capture).get("problems", [])
    return tuple(each for each in told if each in PROBLEMS)


def read_language(ledger: Ledger, capture: Capture) -> str | None:
    """Return the BCP 47 tag of the language of a capture's newest text, None where it is not told.

    Raises:
        LedgerError: As for `read_text`.
    """
    told = _read_map(ledger, capture).get("language")
    return told if isinstance(told, str) else None


def _read_map(ledger: Ledger, capture: Capture) -> dict[str, Any]:
    part = capture.part("pages")
    values = decode(read_part(ledger, capture, part)) if part else {}
    return values if isinstance(values, dict) else {}
