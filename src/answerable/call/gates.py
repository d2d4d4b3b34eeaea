"""Gates: what stands against the publication of a case, and what to do about it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answerable.evidence.capture_records import case_record
from answerable.evidence.cases.checking import Checked
from answerable.evidence.cases.entries import ACTS
from answerable.evidence.cases.faults import has_errors
from answerable.evidence.cases.filed_calls import FiledCall
from answerable.evidence.cases.filing import find_unfiled
from answerable.evidence.cases.sealed import is_same
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_deeds
from answerable.ledger.objects import read_record
from answerable.model.dossier import ClaimEntry, Dossier

MOST_NAMED = 5
"""Most names that a reason lists."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that stands against publication.

    Args:
        says: What, as it stands in the banner of a draft; without a full stop.
        mend: What to do, with the names of what is meant; for the editors alone.
        last: Whether it can be mended only after all others: an approval is of what was filed.
    """

    says: str
    mend: str
    last: bool = False

    def __str__(self) -> str:
        return f"{self.says}. {self.mend}"


def find_reasons(
    ledger: Ledger, checked: Checked, dossier: Dossier, call: FiledCall, broken: int
) -> tuple[Reason, ...]:
    """Return everything that stands against the publication of a case, nothing where it may go out.

    That nothing does shows that a lawyer's review, an imprint and an approval are on file. It does
    not show that publication is lawful.

    Args:
        ledger: The ledger of the workspace.
        checked: The case's files, checked.
        dossier: What would be shown.
        call: What was filed of its page.
        broken: How many things `verify` found broken or lost.
    """
    case = checked.case.name
    events = [each for each in read_deeds(ledger) if each.act in ACTS]
    own = [each for each in events if _values(ledger, each).get("case") == case]
    others = (
        *_check_files(ledger, checked),
        *_check_reviews(ledger, own, dossier.claims, _list_unreviewed(checked)),
        *_check_imprint(call),
        *_check_seals(case, broken),
    )
    withdrawn = _find_withdrawal(ledger, case)
    return (*others, *_check_approval(call, own, withdrawn, is_next=not others))


def _values(ledger: Ledger, event: Event) -> Mapping[str, Any]:
    return read_record(ledger.store, event.obj).values


def _check_files(ledger: Ledger, checked: Checked) -> Iterator[Reason]:
    case = checked.case.name
    if has_errors(checked.faults):
        number = sum(fault.severity == "error" for fault in checked.faults)
        yield Reason(
            f"`check` finds {_count(number, 'error')}",
            f"Run `answerable check {case}` and mend what it names.",
        )
        return
    unfiled = find_unfiled(ledger, checked)
    if unfiled:
        one = len(unfiled) == 1
        says = f"{_count(len(unfiled), 'entry', 'entries')} of the files {'is' if one else 'are'}"
        named = _name([each.name or each.act for each in unfiled])
        yield Reason(
            f"{says} not filed as {'it stands' if one else 'they stand'}",
            f"Run `answerable check {case} --file` ({named}).",
        )


def _list_unreviewed(checked: Checked) -> frozenset[str]:
    """Return the claims whose review was taken out of the files: it counts no longer."""
    return frozenset(claim.id for claim in checked.case.claims if claim.review is None)


def _check_reviews(
    ledger: Ledger,
    events: Sequence[Event],
    claims: Iterable[ClaimEntry],
    unreviewed: Collection[str],
) -> Iterator[Reason]:
    """Give the claims without a legal review, and those reworded after it without another."""
    lacking = [claim.name for claim in claims if claim.reviewed is None or claim.name in unreviewed]
    stale = _find_stale(ledger, events)
    old = [claim.name for claim in claims if claim.id[6:] in stale and claim.name not in lacking]
    if lacking:
        yield Reason(
            f"{_count(len(lacking), 'claim')} {_have(lacking)} no legal review",
            f"Have each reviewed as it is worded, and write `review:` beside it in claims.yaml "
            f"({_name(lacking)}).",
        )
    if old:
        yield Reason(
            f"{_count(len(old), 'claim')} {_have(old)} a legal review of an earlier wording",
            f"Have the new wording reviewed, and write the new day into `review:` ({_name(old)}).",
        )


def _find_stale(ledger: Ledger, events: Sequence[Event]) -> set[str]:
    """Return the records of claims whose review was given, word for word, for an earlier record."""
    given: dict[str, tuple[Mapping[str, Any], str]] = {}
    stale: set[str] = set()
    for event in events:
        if event.act != "claim.review":
            continue
        values, claim = _values(ledger, event), str(event.refs.get("claim"))
        name = str(values.get("claim"))
        before = given.get(name)
        if before is not None and before[1] != claim and is_same(dict(before[0]), dict(values)):
            stale.add(claim)
        else:
            given[name] = (values, claim)
            stale.discard(claim)
    return stale


def _check_imprint(call: FiledCall) -> Iterator[Reason]:
    if call.imprint is None:
        yield Reason("there is no imprint", "Write `imprint:` into call.yaml, and file it.")


def _find_withdrawal(ledger: Ledger, case: str) -> int:
    """Return the number of the deed by which a case was last withdrawn, -1 where it never was."""
    record = case_record(ledger, case)
    deeds = (each for each in read_deeds(ledger) if each.act == "call.withdraw")
    return max((each.n for each in deeds if each.obj == record), default=-1)


def _check_approval(
    call: FiledCall, events: Sequence[Event], withdrawn: int, *, is_next: bool
) -> Iterator[Reason]:
    """Give what lacks of an approval; its number only where nothing is to be filed before it."""
    filed = max((each.n for each in events if each.act != "call.approve"), default=-1)
    last = max(filed, withdrawn) + 1
    if call.approval is None:
        says = "nobody approved it"
    elif call.approval.checkpoint <= withdrawn:
        says = "it was withdrawn after it was approved"
    elif call.approval.checkpoint < last:
        says = "something was filed after it was approved"
    else:
        return
    new = "`approval:`" if call.approval is None else "a new `approval:`"
    mend = f"Have somebody read the draft, write {new} with `checkpoint: {last}`, and file it."
    later = f"Leave it to the end: when the rest is filed, this says which number {new} names."
    yield Reason(says, mend if is_next else later, last=True)


def _check_seals(case: str, broken: int) -> Iterator[Reason]:
    if broken:
        yield Reason(
            f"`verify` finds {_count(broken, 'thing')} broken or lost",
            f"Run `answerable verify` and see to what it names before {case} is published.",
        )


def _count(number: int, word: str, many: str | None = None) -> str:
    return f"{number:,} {word if number == 1 else many or word + 's'}"


def _have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"


def _name(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
