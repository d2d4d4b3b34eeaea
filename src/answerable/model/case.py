"""A case: sources, claims, answers and decisions in one matter; opinions stand apart."""

from dataclasses import dataclass

from answerable.model.call import (
    Approval,
    Ask,
    Correction,
    Imprint,
    Letter,
    Occasion,
    PageTranslation,
)
from answerable.model.capture import Source
from answerable.model.claim import Claim, Rebuttal, ReplyRequest, Retraction
from answerable.model.passage import Passage


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """What a public body decided, and on what ground as the body itself states it.

    Args:
        id: Its name within the case.
        body: Who decided.
        decided_on: ISO date.
        decision: What was decided, in our own words.
        ground: The ground as the body states it, in our own words; never ours.
        citation: As cited, else None.
        passages: Its words.
        sources: Keys of the sources it rests on.
        not_ground: What the body did not state as a ground and readers may suppose, else None.
    """

    id: str
    body: str
    decided_on: str
    decision: str
    ground: str
    citation: str | None = None
    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
    not_ground: str | None = None


@dataclass(frozen=True, slots=True)
class Opinion:
    """An author's own view under a by-line; it is never a claim and never screened.

    Args:
        by: The author.
        on: ISO date.
        text: The view.
    """

    by: str
    on: str
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """All that a case folder holds.

    Args:
        name: The folder's name.
        title: For people.
        editors: Who answers for it, by the names they choose to be known by.
        language: BCP 47 tag in which it is written.
        summary: What it is about, in Markdown.
        not_shown: What the material does not show, one sentence each.
        sources, claims, rebuttals, replies, retractions, decisions, opinions: As filed, in order.
        asks, letter, dates, imprint, approval, share: What its public page asks for, and what
            publishing needs (`call.yaml`).
        corrections: What was corrected or taken down (`corrections.yaml`).
        translations: Of its public page.
    """

    name: str
    title: str
    editors: tuple[str, ...]
    language: str = "en"
    summary: str = ""
    not_shown: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    claims: tuple[Claim, ...] = ()
    rebuttals: tuple[Rebuttal, ...] = ()
    replies: tuple[ReplyRequest, ...] = ()
    retractions: tuple[Retraction, ...] = ()
    decisions: tuple[PublicDecision, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    asks: tuple[Ask, ...] = ()
    letter: Letter | None = None
    dates: tuple[Occasion, ...] = ()
    imprint: Imprint | None = None
    approval: Approval | None = None
    share: str | None = None
    corrections: tuple[Correction, ...] = ()
    translations: tuple[PageTranslation, ...] = ()
