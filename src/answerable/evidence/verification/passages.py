"""Derivatives and quotations: was it made from that capture, and do the words stand in it."""

from dataclasses import dataclass, field
from typing import Any

from answerable.errors import KeyMissing, KeyRefused, LedgerError
from answerable.evidence.inventory import find_record
from answerable.evidence.packages.verifier import Report, tell_pending
from answerable.evidence.passages import locate
from answerable.evidence.verification.objects import (
    FOREVER,
    NEEDS_KEY,
    RESTORE,
    Found,
    Tell,
)
from answerable.ledger.log import Ledger
from answerable.ledger.objects import read_bytes
from answerable.ledger.vault import has_private, read_private

MOST_TEXTS = 8
"""Texts that are held in memory at once."""

Verdict = tuple[str, str, str]
"""State, sentence, and what to do."""

ANEW = "Look at the passage, mend it in the case's file, and file it again."


@dataclass(slots=True)
class Texts:
    """Reads texts of captures, and holds the last few."""

    ledger: Ledger
    held: dict[str, str] = field(default_factory=dict)

    def read(self, text_id: str) -> str:
        """Return a text.

        Raises:
            LedgerError: It is missing, damaged, or private and cannot be opened.
        """
        if text_id not in self.held:
            private = has_private(self.ledger.store, text_id)
            data = (read_private if private else read_bytes)(self.ledger.store, text_id)
            while len(self.held) >= MOST_TEXTS:
                self.held.pop(next(iter(self.held)))
            self.held[text_id] = data.decode("utf-8", "replace")
        return self.held[text_id]


def check_derivatives(found: Found, report: Report) -> None:
    """See that what was made from a capture names a part of that capture."""
    for record_id, capture, part in found.derived:
        others = {each.get("object") for each in found.parts[capture] if each is not part}
        if capture not in found.seen:
            says = "It says that it was made from a capture that the log does not name."
            report.add("broken", "derivative", record_id, says, RESTORE)
        elif part.get("parent") in others:
            report.add("ok", "derivative", record_id)
        elif found.untold:
            says = "What tells from what it was made was erased."
            report.add("erased", "derivative", record_id, says, FOREVER)
        else:
            says = "It says that it was made from something that is no part of its capture."
            report.add("broken", "derivative", record_id, says, RESTORE)


def check_quotations(
    ledger: Ledger, found: Found, report: Report, tell: Tell = lambda *_: None
) -> None:
    """See that every filed quotation stands at its place in the sealed text of its capture."""
    texts = Texts(ledger)
    for number, record_id in enumerate(found.quoting):
        tell("Checking quotations", number, len(found.quoting))
        record = find_record(ledger.store, record_id)
        values = record.values if record else {}
        tell_pending(values, record_id, report)
        passages = values.get("passages")
        for place, passage in enumerate(passages if isinstance(passages, list) else [], 1):
            if passage.get("quote") is None and passage.get("capture") is None:
                continue  # told with its source
            about = f"{values.get('id', record_id)}, {place}"
            state, says, do = resolve(texts, passage, found)
            report.add(state, "quotation", about, says, do)


def resolve(texts: Texts, passage: dict[str, Any], found: Found) -> Verdict:
    """Tell what became of one filed quotation.

    Its words are looked for in the very text from which they were taken; where that is no longer
    there, in the newest text of the same capture.
    """
    capture, text_id, quote = passage.get("capture"), passage.get("text"), passage.get("quote")
    if capture is None or text_id is None or quote is None:
        return "pending", "Its source is not captured yet.", "Capture it, and file it again."
    recorded = [part.get("object") for part in found.parts.get(str(capture), [])]
    if text_id not in recorded and found.untold:
        return "erased", "From what its text was made was erased.", FOREVER
    if recorded and text_id not in recorded:
        return "broken", "The text it stands in was not made from its capture.", RESTORE
    try:
        return _hold_to(texts.read(str(text_id)), passage)
    except (KeyMissing, KeyRefused) as error:
        return "unverifiable", f"Its text is encrypted: {error.why}.", NEEDS_KEY
    except LedgerError:
        return _look_elsewhere(texts, passage, found)


def _hold_to(text: str, passage: dict[str, Any]) -> Verdict:
    start, end = passage.get("start"), passage.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
        if text[start:end] == passage["quote"]:
            return "ok", "", ""
        return "broken", "Other words stand at its place in the sealed text.", RESTORE
    return _find_in(text, passage)


def _find_in(text: str, passage: dict[str, Any]) -> Verdict:
    found = locate(
        text,
        passage["quote"],
        prefix=passage.get("prefix", ""),
        suffix=passage.get("suffix", ""),
    )
    if found.state in ("exact", "moved"):
        return "moved", "It stands in a newer text of the capture, at another place.", ANEW
    if found.state == "ambiguous":
        return "ambiguous", "It stands several times in a newer text of the capture.", ANEW
    return "lost", "It stands in no text of its capture that is here: do not quote it.", ANEW


def _look_elsewhere(texts: Texts, passage: dict[str, Any], found: Found) -> Verdict:
    text_id = passage["text"]
    for part in reversed(found.parts.get(str(passage["capture"]), [])):
        if part.get("role") == "text" and part.get("object") != text_id:
            try:
                return _find_in(texts.read(str(part["object"])), passage)
            except LedgerError:
                continue
    if text_id in found.erased:
        return "erased", "The text it stands in was erased: do not quote it.", FOREVER
    says = "The text it stands in is missing or changed, and no other text of its capture is here."
    return "lost", says, RESTORE
