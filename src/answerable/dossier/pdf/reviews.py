"""What people judged and resolved, and what differs from the screening before."""

from collections.abc import Iterator, Mapping
from typing import Any

from answerable.dossier.pdf.blocks import Block, Cell, enumerate_items, head, tabulate, tell
from answerable.model.dossier import Dossier

Record = Mapping[str, Any]

NO_CHANGE_MEANT = (
    "A change says that a line of ours reads otherwise, not that a company did anything."
)


def set_reviews(dossier: Dossier) -> list[Block]:
    """Return judgements and resolutions, each with who made it, when and why."""
    judged = [block for each in dossier.judgements for block in _judgement(each)]
    resolved = [block for each in dossier.resolutions for block in _resolution(each)]
    return [
        head("Judgements: is it that company?"),
        *(judged or [tell("Nobody has judged a match of this finding.")]),
        head("Resolutions: what the buyer resolved, with the reasons"),
        *(resolved or [tell("Nothing was resolved about this finding.")]),
    ]


def _judgement(record: Record) -> list[Block]:
    until = f", until {record['until']}" if record.get("until") else ""
    agreed = [
        f"Agreed by {each['by']} at {each['at']}: {each['why']}"
        for each in record.get("agreed") or ()
    ]
    return [
        tell(f"{record['company']}: {record['words']}{until}.", "strong"),
        tell(f"Why: {record['why']}"),
        tell(" ".join([_say_made("Judged", record), *agreed, *_say_after(record)]), "muted"),
    ]


def _resolution(record: Record) -> list[Block]:
    again = record.get("next_review")
    review = [f"To be looked at again on {again}."] if again else []
    made = [_say_made("Resolved", record), *review, "These are the buyer's words."]
    return [
        tell(str(record["resolution"]), "strong"),
        tell(f"Why: {record['why']}"),
        *enumerate_items(record.get("conditions") or ()),
        tell(" ".join([*made, *_say_after(record)]), "muted"),
    ]


def _say_made(verb: str, record: Record) -> str:
    key = f" (key {record['key']})" if record.get("key") else ""
    screening = f", on screening {record['screening']}" if record.get("screening") else ""
    return f"{verb} by {record['by']}{key} at {record['at']}{screening}."


def _say_after(record: Record) -> Iterator[str]:
    """Give what became of it: it was withdrawn, or a later one took its place."""
    withdrawn = record.get("withdrawn")
    if withdrawn:
        yield f"Withdrawn by {withdrawn['by']} at {withdrawn['at']}: {withdrawn['why']}"
    elif record.get("replaced"):
        yield "A later one took its place."


def set_changes(dossier: Dossier) -> list[Block]:
    """Return what differs from the screening before, and because of what."""
    before = dossier.header.get("before")
    title = head("Changes since the screening before")
    if not before:
        none = "There is no earlier screening with this row to compare with."
        return [title, tell(none)]
    if not dossier.changes:
        return [title, tell(f"Nothing of this finding differs from screening {before}.")]
    heads = ("What", "Before", "Now", "Because of what")
    rows = map(_change, dossier.changes)
    lead = tell(f"Compared with screening {before}. {NO_CHANGE_MEANT}", "muted")
    return [title, lead, tabulate(heads, (1.4, 1.4, 1.4, 2), rows)]


def _change(change: Record) -> list[Cell]:
    what = f"{change['part']}, {change['kind']}"
    about = change.get("about")
    text = f"{what}: {about}" if about else what
    first = {"anchor": change["ref"], "text": text} if change.get("ref") else text
    return [first, change.get("old") or "–", change.get("new") or "–", change["because"]]
