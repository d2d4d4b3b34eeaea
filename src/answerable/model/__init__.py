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
from answerable.model.company import Company, Listing, Name, PrintedLink
from answerable.model.coverage import AbsentList, Coverage, EditionCoverage, Selection
from answerable.model.finding import ClaimNote, Finding, Match, Reason, Screening
from answerable.model.identifiers import Identifier
from answerable.model.link import ANY_SHARE, WHOLE, Link, LinkSource, Share
from answerable.model.passage import Passage, Resolution, Translation
from answerable.model.path import Path
from answerable.model.problem import Problem
from answerable.model.regime import Regime, Ruling, Window
from answerable.model.supplier import Recognition, Supplier, SupplierList

__all__ = [
    "ANY_SHARE",
    "WHOLE",
    "AbsentList",
    "Capture",
    "Card",
    "Case",
    "Claim",
    "ClaimNote",
    "Company",
    "Coverage",
    "EditionCoverage",
    "Finding",
    "Grade",
    "Identifier",
    "Link",
    "LinkSource",
    "Listing",
    "Match",
    "Name",
    "Opinion",
    "Part",
    "Party",
    "Passage",
    "Path",
    "PrintedLink",
    "Problem",
    "PublicDecision",
    "Reason",
    "Rebuttal",
    "Recognition",
    "Regime",
    "ReplyRequest",
    "Resolution",
    "Retraction",
    "Review",
    "Ruling",
    "Screening",
    "Selection",
    "Share",
    "Source",
    "Supplier",
    "SupplierList",
    "Translation",
    "Window",
]
