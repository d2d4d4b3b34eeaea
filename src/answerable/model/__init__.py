"""The nouns that the steps hand to each other. They hold values and do nothing else.

Nothing here reads a file, a table or the network. Every noun is frozen: what was once said
is not edited, it is followed by another.
"""

from answerable.model.capture import Capture, Part, Source
from answerable.model.card import Card
from answerable.model.case import Case, Opinion, PublicDecision
from answerable.model.claim import (
    Claim,
    Grade,
    Party,
    Rebuttal,
    ReplyRequest,
    Retraction,
    Review,
)
from answerable.model.company import Company, Link, Listing, Name
from answerable.model.coverage import AbsentList, Coverage, EditionCoverage, Selection
from answerable.model.finding import Finding, Match, Reason, Screening
from answerable.model.identifiers import Identifier
from answerable.model.passage import Passage, Resolution, Translation
from answerable.model.problem import Problem
from answerable.model.supplier import Recognition, Supplier, SupplierList

__all__ = [
    "AbsentList",
    "Capture",
    "Card",
    "Case",
    "Claim",
    "Company",
    "Coverage",
    "EditionCoverage",
    "Finding",
    "Grade",
    "Identifier",
    "Link",
    "Listing",
    "Match",
    "Name",
    "Opinion",
    "Part",
    "Party",
    "Passage",
    "Problem",
    "PublicDecision",
    "Reason",
    "Rebuttal",
    "Recognition",
    "ReplyRequest",
    "Resolution",
    "Retraction",
    "Review",
    "Screening",
    "Selection",
    "Source",
    "Supplier",
    "SupplierList",
    "Translation",
]
