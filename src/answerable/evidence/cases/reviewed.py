"""Reviews held against the wordings for which they were given: a new wording needs another one."""

from collections.abc import Iterator, Sequence

from answerable.evidence.cases import sealed
from answerable.evidence.cases.checks.references import index_by
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.entries import Entry, Filed
from answerable.evidence.cases.faults import Fault
from answerable.ledger.canonical import decode, encode
from answerable.ledger.events import Event
from answerable.ledger.log import Ledger, read_deeds
from answerable.ledger.objects import read_record
from answerable.model.case import Case
from answerable.model.claim import Claim


def check_reviewed(draft: Draft, case: Case, filed: Filed, ledger: Ledger) -> Iterator[Fault]:
    """Give the claims whose review was given, word for word, for another wording of them.

    Args:
        draft: The case as it was read.
        case: The same with its quotations located.
        filed: What was filed of all cases.
        ledger: The ledger, which tells for which wording a review was first filed.
    """
    sources = index_by(case.sources, "key")
    reviews = [each for each in read_deeds(ledger) if each.act == "claim.review"]
    for i, claim in enumerate(case.claims):
        if claim.review is None:
            continue
        entry = filed.find("review", case.name, claim.id)
        fields = decode(encode(sealed.seal_judgement(case.name, claim.id, claim.review)))
        if entry is None or not sealed.is_same(fields, dict(entry.values)):
            continue
        first = _first_reviewed(ledger, entry, reviews)
        if _says_otherwise(ledger, first, case.name, claim, sources):
            yield draft.fault(
                ("claims", i, "review"),
                "review_outdated",
                f"The review of claim {claim.id} is of an earlier wording.",
                "Have the new wording reviewed, and write the new day; it can be filed and "
                "screened, and is not published so.",
                "warning",
            )


def _first_reviewed(ledger: Ledger, entry: Entry, reviews: Sequence[Event]) -> str:
    """Return the record of the claim for which a review in these words was first filed."""
    claim = str(entry.refs.get("claim"))
    for event in reversed(reviews):
        if event.obj in entry.before:
            values = dict(read_record(ledger.store, event.obj).values)
            if not sealed.is_same(values, dict(entry.values)):
                break
            claim = str(event.refs.get("claim"))
    return claim


def _says_otherwise(
    ledger: Ledger, record: str, case: str, claim: Claim, sources: sealed.Sources
) -> bool:
    before = read_record(ledger.store, record)
    if before.withheld:
        return False
    fields = decode(encode(sealed.seal_claim(case, claim, sources)))
    return not sealed.is_same(fields, dict(before.values))
