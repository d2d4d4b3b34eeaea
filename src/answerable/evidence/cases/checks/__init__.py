"""How the entries of a case must fit together, one module for each kind of question.

Every check takes a draft and gives faults; none looks at a file, the ledger or a capture.
"""

from collections.abc import Callable, Iterable

from answerable.evidence.cases.checks.answers import check_answers
from answerable.evidence.cases.checks.calls import check_call_days, check_calls
from answerable.evidence.cases.checks.dates import check_dates
from answerable.evidence.cases.checks.grades import check_grades
from answerable.evidence.cases.checks.references import check_references
from answerable.evidence.cases.checks.statements import check_statements
from answerable.evidence.cases.checks.support import check_support
from answerable.evidence.cases.checks.wording import check_wording
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault

CHECKS: tuple[Callable[[Draft], Iterable[Fault]], ...] = (
    check_references,
    check_support,
    check_statements,
    check_grades,
    check_answers,
    check_wording,
    check_calls,
)
"""The checks that need nothing but the draft."""

__all__ = ["CHECKS", "check_call_days", "check_dates"]
