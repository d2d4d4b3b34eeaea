"""The call: the public page of a case. Who is asked to decide what, by when, and on what grounds.

It is drawn from a `Dossier` of kind `case`, in which each claim travels with its claimant and its
answers. Texts are as filed: who sets them escapes them.
"""

from dataclasses import dataclass, field
from typing import Literal

from answerable.model.dossier import Dossier

Mention = Literal["shown", "counted", "none"]
Ground = Literal["correction", "court_order", "legal_letter", "safety"]
Action = Literal["corrected", "removed", "restored"]
ChangeKind = Literal[
    "filed", "reworded", "retracted", "answered", "asked", "decided", "corrected", "withdrawn"
]


@dataclass(frozen=True, slots=True)
class Ask:
    """A decision that is sought, and from whom.

    Args:
        id: Its name within the case.
        decision: What is to be decided, in a sentence.
        of: The office or body that can decide it; never a private person.
        why: Why, in the editors' words.
        by: Day by which it is asked for, ISO, else None.
        kind: Whom it addresses: a `public_body`, a `company`, an `organisation`, a `community`.
        note: What a reader must know of it first, such as that it is invented as an example;
            shown wherever the ask is shown. Else None.
    """

    id: str
    decision: str
    of: str
    why: str
    by: str | None = None
    kind: str = "public_body"
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter to a decision maker, ready to adapt.

    Args:
        to: The office it is written to.
        subject: In a line.
        body: Plain text; blank lines part paragraphs. It ends before the signature.
        language: BCP 47 tag.
        mail: Public address of that office, else None.
        address: Its postal address, line by line.
        cites: Names of the claims that it rests on; they follow it, with answers and sources.
    """

    to: str
    subject: str
    body: str
    language: str = "en"
    mail: str | None = None
    address: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day to attend.

    Args:
        id: Its name within the case.
        title: What takes place.
        start: ISO day, or day and time with offset (`2026-12-03T18:30:00+00:00`).
        end: The same, else None. Of days, the last one.
        place: Where, else None.
        url: Where it is announced, else None.
        note: What to know, else None.
    """

    id: str
    title: str
    start: str
    end: str | None = None
    place: str | None = None
    url: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Imprint:
    """Who publishes, and where they can be reached, by letters of lawyers too.

    Args:
        name: The organisation, or who answers for the page.
        address: Line by line.
        contact: An e-mail address, telephone number or web address.
        responsible: Who answers for the content by press law, where the law asks for it.
        registered: Where the organisation is registered, and its number.
    """

    name: str
    address: tuple[str, ...]
    contact: str
    responsible: str | None = None
    registered: str | None = None


@dataclass(frozen=True, slots=True)
class Approval:
    """That somebody read what had been filed by then, and approves that it is published.

    Args:
        by: Who approved.
        on: ISO day.
        checkpoint: Size of the log that was read: nothing of the case was filed since.
        root: Root of the log at that size, `sha256:…`, else None.
        role: In what function, else None.
    """

    by: str
    on: str
    checkpoint: int
    root: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A line of the log of corrections and takedowns.

    Args:
        id: Its name within the case.
        on: ISO day.
        ground: Why.
        action: What was done.
        what: What changed, in words. It repeats nothing that was removed.
        items: Names of the claims, answers, decisions it is about; those that were removed are
            not named here.
        before, after: Digests of the publication before it and of the first with it (its
            manifest), else None.
        entry: Digest that chains it to the line before: SHA-256 of that digest and of this line.
        mention: Whether the page tells of it: `shown`, `counted` (a number and nothing else) or
            `none`. What is not shown is in no page.
    """

    id: str
    on: str
    ground: Ground
    action: Action
    what: str
    items: tuple[str, ...] = ()
    before: str | None = None
    after: str | None = None
    entry: str | None = None
    mention: Mention = "shown"


@dataclass(frozen=True, slots=True)
class OpinionBlock:
    """An author's own view under a by-line; it stands apart from claims.

    Args:
        by: The author.
        on: ISO day.
        text: The view; blank lines part paragraphs.
    """

    by: str
    on: str
    text: str


@dataclass(frozen=True, slots=True)
class PageTranslation:
    """Parts of the page in another language; what is not in it is shown in the original.

    Args:
        language: BCP 47 tag.
        by: Who translated.
        machine: Whether a program did. It is shown.
        parts: Place and text, in the order of the file. Places: `title`, `summary`, `sentence`,
            `not_shown/<n>` (from 0), `asks/<id>/decision|of|why|note`, `letter/subject|body`,
            `dates/<id>/title|place|note`, `claims/<id>/statement`, `answers/<id>/statement`,
            `decisions/<id>/decision|ground|not_ground`, `share`.
    """

    language: str
    by: str
    machine: bool = False
    parts: tuple[tuple[str, str], ...] = ()

    def text(self, place: str) -> str | None:
        """Return the translation of a part, None where there is none.

        Example:
            >>> page = PageTranslation("de", "An office", parts=(("title", "Kameras"),))
            >>> page.text("title"), page.text("summary")
            ('Kameras', None)
        """
        return next((text for name, text in self.parts if name == place), None)


@dataclass(frozen=True, slots=True)
class Change:
    """One change to the case, as the feed tells it.

    Args:
        id: Stable id, `urn:uuid:…`.
        at: When it was filed, UTC.
        kind: What happened.
        title: In a line.
        text: In a sentence or two, with claimant and state of the answer where it is a claim.
        ref: Anchor on the page (`claim-<name>`, `answer-<id>`, `decision-<id>`), else None.
    """

    id: str
    at: str
    kind: ChangeKind
    title: str
    text: str
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class CallPage:
    """All that the public page of a case shows; it pronounces nothing.

    Args:
        dossier: The case: claims with their claimants and answers, decisions, timeline, documents.
        banner: Why it is a draft and not for publication, a sentence each; empty where it is
            published. Where it is not empty every page and file begins with it.
        coverage: What it rests on and leaves out, a sentence each; stands first.
        asks: What is sought, and from whom. Empty: the case seeks no decision, and says so.
        letter: Ready to adapt, else None.
        occasions: Days to attend, in their order.
        imprint, approval: Who publishes, who approved; None in drafts only.
        corrections: The log, oldest first.
        unmentioned: How many further lines a court forbids to mention; None where even the number
            is not told.
        opinions: Authors' own views.
        translations: Parts of the page in other languages, in the order of their tags.
        share: A short text to pass on, else None.
        changes: Changes to the case, newest first.
        as_of: Day of the newest entry it holds, ISO.
        checkpoint: Size and root of the log it was made from.
        key: Public key line with which the folder's manifest is signed, else None.
        files: What stands beside the pages: role (`letter_text`, `calendar`, `feed`,
            `corrections_json`, `case_json`, `ftm`, `dossier_pdf`, `dossier_html`, `picture`,
            `package`, `manifest`, `signature`) to file name. What is not made is not in it.
        mailto: The letter as a `mailto:` address, else None (no address, or too long).
        base: Address where it is published, ending in a slash, else None: used for nothing but
            the link to itself in feed and sharing data.
    """

    dossier: Dossier
    banner: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    asks: tuple[Ask, ...] = ()
    letter: Letter | None = None
    occasions: tuple[Occasion, ...] = ()
    imprint: Imprint | None = None
    approval: Approval | None = None
    corrections: tuple[Correction, ...] = ()
    unmentioned: int | None = None
    opinions: tuple[OpinionBlock, ...] = ()
    translations: tuple[PageTranslation, ...] = ()
    share: str | None = None
    changes: tuple[Change, ...] = ()
    as_of: str = ""
    checkpoint: tuple[int, str] = (0, "")
    key: str | None = None
    files: dict[str, str] = field(default_factory=dict)
    mailto: str | None = None
    base: str | None = None

    @property
    def is_draft(self) -> bool:
        """Whether it is a preview, not for publication."""
        return bool(self.banner)
