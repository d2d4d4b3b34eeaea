"""Corrections and approvals held against what was filed: they follow, they do not rewrite."""

from collections.abc import Iterable, Iterator

from answerable.evidence.cases import sealed
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.entries import Filed
from answerable.evidence.cases.faults import Fault
from answerable.ledger.log import Ledger, read_lines
from answerable.model.call import Correction

NAMED = ("claim", "rebuttal", "decision")
"""Kinds of entries that a correction can be about."""


def check_corrections(draft: Draft, filed: Filed) -> Iterator[Fault]:
    """Give the corrections that were filed and are gone or changed, and those of nothing.

    Only whether one is mentioned may change later, since a court may order so.
    """
    if "corrections" in draft.unread:
        return
    case = draft.case
    stand = {entry.values["id"]: entry for entry in filed.of("correction", case.name)}
    for name in stand.keys() - {each.id for each in case.corrections} - draft.left_out:
        yield draft.fault(
            ("corrections",),
            "correction_vanished",
            f"Correction {name} was filed, and is no longer in the file.",
            "Put it back; where a court forbids its mention, write `mention: none`.",
        )
    yield from _find_unanswered(draft, filed)
    known = _known_names(draft, filed)
    for i, correction in enumerate(case.corrections):
        entry = stand.get(correction.id)
        if entry is not None:
            before = dict(entry.values) | {"mention": correction.mention}
            if not sealed.is_same(before, sealed.seal_plain(case.name, correction)):
                yield draft.fault(
                    ("corrections", i),
                    "correction_changed",
                    f"Correction {correction.id} was filed in other words.",
                    "Put these back, and add another correction.",
                )
        for j, name in enumerate(correction.items):
            if name not in known:
                yield draft.fault(
                    ("corrections", i, "items", j),
                    "unknown_name",
                    f"There is no claim, rebuttal or decision {name}.",
                    "Name what it is about by its id.",
                )


def _find_unanswered(draft: Draft, filed: Filed) -> Iterator[Fault]:
    """Give the removals of an answer that leave a claim without it: no claim stands so."""
    case = draft.case
    removed = find_removed(case.corrections)
    answers = {e.values["id"]: e.values["answers"] for e in filed.of("rebuttal", case.name)}
    answers |= {each.id: each.answers for each in case.rebuttals}
    for i, correction in enumerate(case.corrections):
        for j, name in enumerate(correction.items):
            left = sorted(set(answers.get(name, ())) - removed)
            if correction.action == "removed" and name in removed and left:
                yield draft.fault(
                    ("corrections", i, "items", j),
                    "answer_removed_alone",
                    f"Without {name}, {', '.join(left)} would stand without its answer.",
                    "Remove what it answers as well, in this correction or another.",
                )


def find_removed(corrections: Iterable[Correction]) -> frozenset[str]:
    """Return the names of the entries that are removed as the log of corrections stands.

    Example:
        >>> gone = Correction("a", "2026-01-01", "court_order", "removed", "W.", ("cameras",))
        >>> sorted(find_removed([gone]))
        ['cameras']
        >>> back = Correction("b", "2026-02-01", "court_order", "restored", "W.", ("cameras",))
        >>> sorted(find_removed([gone, back]))
        []
    """
    removed: set[str] = set()
    for each in corrections:
        if each.action == "removed":
            removed.update(each.items)
        elif each.action == "restored":
            removed.difference_update(each.items)
    return frozenset(removed)


def _known_names(draft: Draft, filed: Filed) -> set[str]:
    case = draft.case
    drafted = {
        *(each.id for each in case.claims),
        *(each.id for each in case.rebuttals),
        *(each.id for each in case.decisions),
    }
    stand = {entry.values["id"] for kind in NAMED for entry in filed.of(kind, case.name)}
    gone = {entry.values["claim"] for entry in filed.of("retraction", case.name)}
    return drafted | stand | gone | draft.left_out


def check_approval(draft: Draft, ledger: Ledger) -> Iterator[Fault]:
    """Give an approval of what the log does not hold yet."""
    approval = draft.case.approval
    if approval is None:
        return
    size = sum(1 for _ in read_lines(ledger.path))
    if approval.checkpoint > size:
        yield draft.fault(
            ("approval", "checkpoint"),
            "checkpoint_to_come",
            f"The log holds {size:,} deeds, not {approval.checkpoint:,} yet.",
            "Write the number that `answerable publish --draft` tells.",
        )
