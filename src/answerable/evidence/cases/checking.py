"""Checking a case: its files, how its entries fit, its quotations, and what was filed before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from answerable.evidence.cases.checks import CHECKS, check_call_days, check_dates
from answerable.evidence.cases.corrected import check_approval, check_corrections
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.entries import Entry, Filed, replay_filed
from answerable.evidence.cases.faults import Fault, sort_faults
from answerable.evidence.cases.quotations import Captures, hold_quotations
from answerable.evidence.cases.reviewed import check_reviewed
from answerable.evidence.cases.sealed_texts import open_captures
from answerable.ledger.log import Ledger
from answerable.model.case import Case


@dataclass(frozen=True, slots=True)
class Checked:
    """A case that was checked.

    Args:
        case: The case; quotations that resolve are located in it.
        faults: Everything that was found, in the order of the files. No `error` among them means
            that it can be filed; it says nothing about whether what is claimed is so.
        left_out: Ids and keys of the entries that could not be read; they are not in the case.
    """

    case: Case
    faults: tuple[Fault, ...]
    left_out: frozenset[str] = frozenset()


def check_case(
    ledger: Ledger, draft: Draft, *, today: date | None = None, captures: Captures | None = None
) -> Checked:
    """Check a case.

    Args:
        ledger: The ledger of the workspace in which its captures are.
        draft: What `read_draft` gave.
        today: The day of the check; by default the ledger's clock tells it.
        captures: Where captures and texts come from; by default the workspace.

    Returns:
        The case with its quotations located, and all faults, those of `draft` among them.

    Raises:
        LogFaulty: The log was edited.

    Cost:
        Reads the text of every capture that is quoted, once.
    """
    day = today or ledger.clock().date()
    found = list(draft.faults)
    for check in CHECKS:
        found.extend(check(draft))
    found.extend(check_dates(draft, day))
    found.extend(check_call_days(draft, day))
    found.extend(check_approval(draft, ledger))
    filed = replay_filed(ledger)
    found.extend(check_filed(draft, filed))
    found.extend(check_corrections(draft, filed))
    held = hold_quotations(draft, captures or open_captures(ledger))
    found.extend(check_reviewed(draft, held.case, filed, ledger))
    return Checked(held.case, sort_faults([*found, *held.faults]), draft.left_out)


def check_filed(draft: Draft, filed: Filed) -> Iterator[Fault]:
    """Give what was filed and is missing from the files now, and retractions of nothing.

    What was filed does not vanish: a claim is retracted, all else stays as it was filed.
    """
    if "claims" in draft.unread or "retractions" in draft.unread:
        return
    case = draft.case
    stands = {entry.values["id"] for entry in filed.of("claim", case.name)}
    gone = {entry.values["claim"] for entry in filed.of("retraction", case.name)}
    drafted = {claim.id for claim in case.claims} | draft.left_out
    retracted = {retraction.claim for retraction in case.retractions}
    for name in sorted(stands - drafted - gone - retracted):
        yield draft.fault(
            ("claims",),
            "claim_vanished",
            f"Claim {name} was filed, and is no longer in the file.",
            "Put it back, and add a retraction that says why it no longer stands.",
        )
    for name in sorted(gone - retracted):
        yield draft.fault(
            ("retractions",),
            "retraction_vanished",
            f"Claim {name} was retracted, and its retraction is no longer in the file.",
            "Put it back: a retraction is not undone. What is claimed anew gets an id of its own.",
        )
    for i, retraction in enumerate(case.retractions):
        if retraction.claim not in drafted | stands:
            yield draft.fault(
                ("retractions", i, "claim"),
                "unknown_claim",
                f"There is no claim {retraction.claim}.",
                "Name a claim of this case.",
            )
    yield from _find_vanished(draft, filed)
    yield from _find_erased(draft, filed)


def _find_vanished(draft: Draft, filed: Filed) -> Iterator[Fault]:
    case = draft.case
    for kind, section in (("rebuttal", "rebuttals"), ("decision", "decisions")):
        if section in draft.unread:
            continue
        drafted = {entry.id for entry in getattr(case, section)} | draft.left_out
        for entry in filed.of(kind, case.name):
            if kind == "rebuttal":
                yield from _find_withdrawn(draft, entry)
            if entry.values["id"] not in drafted:
                yield draft.fault(
                    (section,),
                    f"{kind}_vanished",
                    f"{kind.capitalize()} {entry.values['id']} was filed, and is no longer in the "
                    "file. It stays filed and is shown.",
                    "Put it back, or correct it there.",
                    "warning",
                )


def _find_withdrawn(draft: Draft, entry: Entry) -> Iterator[Fault]:
    """Give the claims that a rebuttal answered when it was filed, and now does not."""
    for i, rebuttal in enumerate(draft.case.rebuttals):
        if rebuttal.id == entry.values["id"]:
            for name in sorted({*entry.values["answers"]} - {*rebuttal.answers}):
                yield draft.fault(
                    ("rebuttals", i, "answers"),
                    "answer_withdrawn",
                    f"Rebuttal {rebuttal.id} was filed as an answer to {name}, and no longer is.",
                    f"Add {name} to its answers, unless it answers something else.",
                    "warning",
                )


def _find_erased(draft: Draft, filed: Filed) -> Iterator[Fault]:
    """Give the entries of which something was erased after an earlier filing."""
    gone = {
        (entry.kind, entry.values.get("id"))
        for entry in filed.erased
        if entry.values.get("case") == draft.case.name
    }
    for kind, section in (
        ("claim", "claims"),
        ("rebuttal", "rebuttals"),
        ("decision", "decisions"),
    ):
        for i, drafted in enumerate(getattr(draft.case, section)):
            anew = filed.find(kind, draft.case.name, drafted.id)
            if (kind, drafted.id) in gone and anew is None:
                yield draft.fault(
                    (section, i, "id"),
                    "erased_before",
                    f"Something of {kind} {drafted.id} was erased after it was filed; filing it "
                    "would write it down again.",
                    "Delete what was erased from the file, and give what is said now a new id.",
                )
