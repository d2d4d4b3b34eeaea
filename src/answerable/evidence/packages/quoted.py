"""Which quotations a package may show: those that stand in the sealed text."""

from collections.abc import Mapping
from typing import Any

from answerable.evidence.packages.contents import Contents
from answerable.ledger.log import Ledger
from answerable.ledger.objects import read_bytes
from answerable.ledger.records import Record, withhold


def find_quoted(ledger: Ledger, contents: Contents) -> dict[tuple[str, int], str]:
    """Return what became of each quotation: `ok`, `unverifiable` (text left out), or a fault."""
    found = {}
    texts: dict[str, str | None] = {}
    for record in contents.records:
        passages = record.values.get("passages")
        for number, passage in enumerate(passages if isinstance(passages, list) else []):
            if passage.get("quote"):
                found[record.id, number] = _judge(ledger, contents, passage, texts)
    return found


def _judge(
    ledger: Ledger, contents: Contents, passage: Mapping[str, Any], texts: dict[str, str | None]
) -> str:
    text_id = str(passage.get("text"))
    if contents.left_out.get(text_id) == "erased":
        return "erased"
    if text_id not in contents.objects:
        return "unverifiable"
    if text_id not in texts:
        texts.clear()  # one text at a time is held
        texts[text_id] = read_bytes(ledger.store, text_id).decode("utf-8", "replace")
    text, start, end = texts[text_id] or "", passage.get("start"), passage.get("end")
    placed = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    return "ok" if placed and text[start:end] == passage.get("quote") else "lost"


def drop_unquotable(record: Record, quoted: Mapping[tuple[str, int], str]) -> Record:
    """Withhold the passages of a record of which one no longer stands in its text."""
    states = {state for (record_id, _), state in quoted.items() if record_id == record.id}
    return withhold(record, ["passages"]) if states & {"lost", "erased"} else record
