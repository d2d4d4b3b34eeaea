"""Cases as plain text: claims with their words, the answers, the decisions, and their filing.

A case is a folder of YAML files. `read_draft` reads it with the place of every value, `check_case`
tells what is wrong with it and where its quotations stand, `file_case` seals and logs what is new,
`filed_claims` gives back what was filed, with what answers it.
"""

from answerable.evidence.cases.checking import Checked, check_case
from answerable.evidence.cases.contested import Figure, FigureTable, set_side_by_side, show_figure
from answerable.evidence.cases.drafts import Draft, read_case, read_draft
from answerable.evidence.cases.faults import Fault, has_errors
from answerable.evidence.cases.filed import (
    FiledClaim,
    FiledDecision,
    FiledDescription,
    FiledOpinion,
    FiledRebuttal,
    filed_claims,
    filed_decisions,
    filed_description,
    filed_opinions,
)
from answerable.evidence.cases.filing import FiledDeed, Filing, file_case
from answerable.evidence.cases.folders import is_case_name
from answerable.evidence.cases.vocabulary import Predicate, predicates
from answerable.evidence.cases.writing import draft_case, write_case

__all__ = [
    "Checked",
    "Draft",
    "Fault",
    "Figure",
    "FigureTable",
    "FiledClaim",
    "FiledDecision",
    "FiledDeed",
    "FiledDescription",
    "FiledOpinion",
    "FiledRebuttal",
    "Filing",
    "Predicate",
    "check_case",
    "draft_case",
    "file_case",
    "filed_claims",
    "filed_decisions",
    "filed_description",
    "filed_opinions",
    "has_errors",
    "is_case_name",
    "predicates",
    "read_case",
    "read_draft",
    "set_side_by_side",
    "show_figure",
    "write_case",
]
