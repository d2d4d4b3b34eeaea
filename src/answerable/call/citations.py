"""Claims as plain text, for letters, feeds and calendars: never without claimant and answers."""

import re
from collections.abc import Mapping

from answerable.dossier.words import MODALITIES, PENDING, say_answers, say_retraction
from answerable.model.call import CallPage
from answerable.model.dossier import ClaimEntry, Document, Dossier, Quotation

_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_LONGEST_QUOTE = 600


def make_inert(text: str) -> str:
    r"""Return a text without signs that steer a terminal or turn the direction of what follows.

    Example:
        >>> make_inert("Northwind\u202e Ltd\x1b[31m")
        'Northwind� Ltd�[31m'
    """
    return _UNFIT.sub("\ufffd", text)


def split_paragraphs(text: str) -> tuple[str, ...]:
    r"""Return the paragraphs of a text, which blank lines part; other breaks are blanks.

    Example:
        >>> split_paragraphs("Dear clerk,\n\nplease publish\nthe contract.")
        ('Dear clerk,', 'please publish the contract.')
    """
    parts = re.split(r"\n[ \t]*\n", make_inert(text))
    return tuple(" ".join(part.split()) for part in parts if part.strip())


def name_draft(page: CallPage) -> str:
    """Return in a few words that a page is a draft, empty where it is none."""
    return page.banner[0].partition(":")[0] if page.banner else ""


def tell_claim(claim: ClaimEntry, dossier: Dossier) -> tuple[str, ...]:
    """Return a claim with all that travels with it, a paragraph each, as plain text.

    Args:
        claim: The claim.
        dossier: The dossier in which it stands, for its documents and its day.

    Returns:
        Who claims what and in which words; what was answered, or that nothing was found; the
        documents with their numbers.
    """
    documents = {each.number: each for each in dossier.documents}
    told = [
        f"{claim.claimant.name} {MODALITIES.get(claim.modality, claim.modality)}: {claim.statement}"
    ]
    if claim.retraction is not None:
        told.append(say_retraction(claim.retraction))
    told += [_quote(each) for each in claim.quotations] or [PENDING]
    for answer in claim.answers:
        said = f" ({answer.said_on})" if answer.said_on else ""
        told.append(f"Answer of {answer.by.name}{said}: {answer.statement}")
        told += [_quote(each) for each in answer.quotations]
    told += say_answers(claim, dossier.as_of)
    told += [_cite(number, documents) for number in _numbers(claim)]
    return tuple(make_inert(each) for each in told)


def _quote(quotation: Quotation) -> str:
    words = quotation.quote
    cut = words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE].rstrip() + " …"
    told = f"In its words: “{cut}” [{quotation.document}]"
    if quotation.translation is None:
        return told
    by = f"{quotation.translation.by}{', a program' if quotation.translation.machine else ''}"
    return f"{told} In translation ({by}): “{quotation.translation.text}”"


def _numbers(claim: ClaimEntry) -> tuple[int, ...]:
    answered = (number for answer in claim.answers for number in answer.documents)
    return tuple(dict.fromkeys((*claim.documents, *answered)))


def _cite(number: int, documents: Mapping[int, Document]) -> str:
    found = documents[number]
    parts = [found.publisher, found.title, found.published, found.url]
    cited = ", ".join(part for part in parts if part)
    state = f"; sealed copy {found.sha256}" if found.sha256 else "; no sealed copy yet"
    return f"[{number}] {cited}{state}"
