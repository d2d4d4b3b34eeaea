"""Grades: judgements of persons, held to what they must rest on."""

from collections.abc import Iterator

from answerable.evidence.cases.checks.references import index_by
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault

_FEWEST = 2


def check_grades(draft: Draft) -> Iterator[Fault]:
    """Give the grades that say *confirmed* without two independent sources.

    Independent means: of different publishers. Whether one copied from the other is for the
    grader to see.

    Source:
        NATO AJP-2.1, the Admiralty code: credibility 1 is confirmed by other sources.
    """
    sources = index_by(draft.case.sources, "key")
    for i, claim in enumerate(draft.case.claims):
        grade = claim.grade
        if grade is None or grade.credibility != 1:
            continue
        keys = [key for key in (*claim.sources, *grade.corroborated_by) if key in sources]
        publishers = {" ".join(sources[key].publisher.casefold().split()) for key in keys}
        if len(publishers) < _FEWEST:
            yield draft.fault(
                ("claims", i, "grade", "credibility"),
                "not_corroborated",
                f"Claim {claim.id} is graded 1, confirmed, but rests on {len(publishers)} "
                "publisher.",
                "Name an independent source in corroborated_by, or grade it 2 or lower.",
            )
