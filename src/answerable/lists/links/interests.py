"""Types of interest: the codes of BODS, old and new, and what kind of link each of them makes."""

import re
from typing import get_args

from answerable.model.link import Interest, LinkKind

INTERESTS: frozenset[str] = frozenset(get_args(Interest))

_OLD = {
    "settlor-of-trust": "settlor",
    "trustee-of-trust": "trustee",
    "protector-of-trust": "protector",
    "beneficiary-of-trust": "beneficiaryOfLegalArrangement",
    "other-influence-or-control-of-trust": "otherInfluenceOrControl",
    "influence-or-control": "otherInfluenceOrControl",
}
"""Codes of BODS 0.1 to 0.3 that are not the new ones with hyphens."""

_KINDS: dict[str, LinkKind] = {
    "shareholding": "ownership",
    "votingRights": "ownership",
    "rightsToSurplusAssetsOnDissolution": "ownership",
    "rightsToProfitOrIncome": "ownership",
    "unknownInterest": "ownership",
    "unpublishedInterest": "ownership",
    "boardMember": "directorship",
    "boardChair": "directorship",
    "seniorManagingOfficial": "directorship",
    "nominee": "unknown",
    "nominator": "unknown",
}
SHARED = frozenset(code for code, kind in _KINDS.items() if kind == "ownership")
"""Types of interest that have a size: where it is not stated, it is not known."""


def read_interest(code: str | None) -> tuple[Interest, bool]:
    """Return a type of interest of BODS 0.4, and whether the code was known.

    A code that is none, or one that no rule asks for, is an unknown interest: its size says nothing
    about shares or votes.

    Example:
        >>> read_interest("voting-rights"), read_interest("settlor-of-trust")
        (('votingRights', True), ('settlor', True))
        >>> read_interest("rightsGrantedByContract")
        ('unknownInterest', False)
    """
    text = (code or "").strip()
    spelt = _OLD.get(text) or re.sub(r"-([a-z])", lambda found: found[1].upper(), text)
    for interest in get_args(Interest):
        if interest == spelt:
            return interest, True
    return "unknownInterest", not text


def kind_of(interest: Interest) -> LinkKind:
    """Return the kind of link that an interest makes.

    Example:
        >>> kind_of("votingRights"), kind_of("appointmentOfBoard"), kind_of("boardChair")
        ('ownership', 'control', 'directorship')
    """
    return _KINDS.get(interest, "control")
