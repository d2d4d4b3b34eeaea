"""Dossiers: what can be shown about one finding or one case, entry by entry, ready to be set.

Everything that is printed of a claim stands in one entry, with its claimant and with what was
answered, so that no page can show the one without the other. Texts are as filed: who sets them
escapes them.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from answerable.model.claim import Grade, Party, ReplyRequest, Retraction
from answerable.model.passage import Translation

DossierKind = Literal["finding", "case"]
AnswerState = Literal["answered", "requested", "none_found"]


@dataclass(frozen=True, slots=True)
class Document:
    """A source in the annotated list of documents.

    Args:
        number: Its number in this dossier, from 1; entries refer to it.
        key: Its key within the case, or the list's id.
        title, publisher: As published.
        url, published, language: As the source states them, else None.
        capture: Id of the sealed copy, else None.
        sha256: Digest of the sealed bytes, or of a list edition's file, else None.
        collected: UTC time at which it was sealed or collected, else None.
        pending: Why there is no sealed copy, else None. It is shown wherever the document is.
        note: What a reader must know of it, else None.
    """

    number: int
    key: str
    title: str
    publisher: str
    url: str | None = None
    published: str | None = None
    language: str | None = None
    capture: str | None = None
    sha256: str | None = None
    collected: str | None = None
    pending: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a sealed document. What is pending or not found again has none.

    Args:
        document: Number of its document.
        quote: The words, in the language of the document.
        language: BCP 47 tag, else None.
        page: Page on which it begins, from 1, else None.
        start, end: Its place in the anchor text, in code points.
        translation: A translation, with who made it, else None.
    """

    document: int
    quote: str
    language: str | None = None
    page: int | None = None
    start: int | None = None
    end: int | None = None
    translation: Translation | None = None


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """What was answered to a claim, in the editors' words, with its own words where sealed.

    Args:
        id: Name within the case.
        by: Who answers.
        statement: What it says.
        said_on: ISO date, else None.
        quotations: Its words.
        documents: Numbers of the documents it rests on.
        as_received: Whether the company sent it to the editors, rather than published it.
    """

    id: str
    by: Party
    statement: str
    said_on: str | None = None
    quotations: tuple[Quotation, ...] = ()
    documents: tuple[int, ...] = ()
    as_received: bool = False


@dataclass(frozen=True, slots=True)
class ClaimEntry:
    """A claim with all that travels with it: claimant, words, grade, answers, what contests it.

    Args:
        id: `claim:` and the id of its record.
        name: Its name within the case, for anchors.
        case: Name of its case.
        claimant: Who says it.
        kind: `fact`, `opinion` or `comparison`.
        about, object: The parties.
        predicate: Word of the vocabulary.
        predicate_words: The word as people read it.
        statement: What is claimed, in the editors' words.
        modality: How the claimant puts it.
        place, when: As the source says, else None.
        figure: The figure in words, else None.
        quotations: The words; empty where the source is pending.
        documents: Numbers of the documents it rests on.
        grade: A person's grade, else None.
        reviewed: Day of a legal review of it, else None. Who advised, and what, stays with the
            editors: a page that printed it could give up that it is privileged.
        answer: Whether an answer stands beside it, was asked for, or none was found.
        answers: The answers, oldest first.
        requests: Who was asked, when, by when, and what came.
        contested_by: Names of claims that say otherwise.
        retraction: That it no longer stands, else None.
        filed_at: When its newest record was filed, UTC.
        withheld: Answers of which something was erased or is withheld: how many.
    """

    id: str
    name: str
    case: str
    claimant: Party
    kind: str
    about: Party
    predicate: str
    predicate_words: str
    statement: str
    modality: str
    object: Party | None = None
    place: str | None = None
    when: str | None = None
    figure: str | None = None
    quotations: tuple[Quotation, ...] = ()
    documents: tuple[int, ...] = ()
    grade: Grade | None = None
    reviewed: str | None = None
    answer: AnswerState = "none_found"
    answers: tuple[AnswerEntry, ...] = ()
    requests: tuple[ReplyRequest, ...] = ()
    contested_by: tuple[str, ...] = ()
    retraction: Retraction | None = None
    filed_at: str | None = None
    withheld: int = 0


@dataclass(frozen=True, slots=True)
class DecisionEntry:
    """What a public body decided, on the ground that the body itself states.

    Args:
        id: Name within the case.
        body, decided_on, decision, ground, citation, not_ground: As in `PublicDecision`.
        quotations: Its words.
        documents: Numbers of the documents it rests on.
    """

    id: str
    body: str
    decided_on: str
    decision: str
    ground: str
    citation: str | None = None
    not_ground: str | None = None
    quotations: tuple[Quotation, ...] = ()
    documents: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of a timeline.

    Args:
        when: ISO date, month, year or interval, as the source says.
        kind: `decision`, `claim`, `answer`, `request`, `listing`, `judgement` or `resolution`.
        who: Who decided, said, answered, was asked, listed.
        text: In a sentence.
        ref: Anchor of the entry it stands for.
    """

    when: str
    kind: str
    who: str
    text: str
    ref: str


@dataclass(frozen=True, slots=True)
class FigureEntry:
    """A number that somebody gives, as it stands beside others.

    Args:
        claim: Name of its claim, for anchors.
        claimant: Who gives it.
        modality: How the claimant puts it.
        shown: The number or range with its unit.
        more: What is counted, and how the claimant qualifies it; empty where it does not.
        as_of: The time for which it is given; empty where none is.
        reply: Whether it was answered, in words.
    """

    claim: str
    claimant: str
    modality: str
    shown: str
    more: str
    as_of: str
    reply: str


@dataclass(frozen=True, slots=True)
class FigureSet:
    """Numbers of several claimants on one matter, side by side; none is ours, none preferred.

    Args:
        about: Whom and where they concern.
        unit: What is counted.
        comparable: Whether all of them count the same by their own account.
        rows: In the order of the case.
    """

    about: str
    unit: str
    comparable: bool
    rows: tuple[FigureEntry, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A company, by every name its sources give it.

    Args:
        id: Its id in its list, or None where only a case names it.
        caption: The name it is shown by.
        names: Name and BCP 47 tag or script (such as `zh`, `Latn`), in the order of the sources.
        identifiers: Scheme and value.
        countries: ISO codes, lower case.
        addresses: As printed.
    """

    id: str | None
    caption: str
    names: tuple[tuple[str, str | None], ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    countries: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """What can be shown about one finding or one case; it pronounces nothing.

    Sections that have nothing to say are empty, and a page says in words that nothing was found in
    these sources, or that nothing was looked for.

    Args:
        id: Short id with a check character, made from its content.
        kind: `finding` or `case`.
        title: For people.
        language: BCP 47 tag of its own words.
        as_of: The day for which it speaks, ISO.
        sentence: The finding, or what the case is about, in one sentence.
        standard: The standard of proof of that sentence, in words.
        not_said: What it does not say, one sentence each.
        summary: Markdown of the case, else empty.
        editors: Who answers for it.
        header: What it was made from: `software`, `ledger` (origin, size and root, up to the last
            deed that concerns it); of a case its name (`case`); of a finding `workspace`,
            `screening`, `before` (the one compared with), `inputs`, `lists` (id, edition, sha256,
            age), `rule_set`, `matching`, `threshold`.
        finding: The line of `findings.jsonl`, for a finding; else None. Held to what is filed now:
            what rests on claims that no longer stand is out of it, and its claims are told by
            id, case and name alone, since what they say stands in their entries.
        subjects: The companies it is about.
        claims: With all that travels with them.
        decisions: Of public bodies.
        timeline: In the order of days.
        judgements: What reviewers judged: `company`, `verdict`, `words`, `why`, `by`, `key`, `at`,
            `until`, `agreed`, `withdrawn`, `replaced`.
        resolutions: What the buyer resolved, with reasons: `resolution`, `why`, `conditions`,
            `by`, `key`, `at`, `next_review`, `withdrawn`, `replaced`.
        changes: What differs from the screening before: `part`, `kind`, `about`, `old`, `new`,
            `because`, `ref`.
        documents: The annotated list; numbers in entries point here.
        method: How it was made, a paragraph each.
        limits: What it does not cover, a sentence each.
        coverage: What it rests on and what was not searched, a sentence each; stands first.
        figures: Numbers on one matter that several claimants give.
    """

    id: str
    kind: DossierKind
    title: str
    language: str
    as_of: str
    sentence: str
    standard: str
    not_said: tuple[str, ...]
    summary: str = ""
    editors: tuple[str, ...] = ()
    header: dict[str, Any] = field(default_factory=dict)
    finding: dict[str, Any] | None = None
    subjects: tuple[Subject, ...] = ()
    claims: tuple[ClaimEntry, ...] = ()
    decisions: tuple[DecisionEntry, ...] = ()
    timeline: tuple[Moment, ...] = ()
    judgements: tuple[dict[str, Any], ...] = ()
    resolutions: tuple[dict[str, Any], ...] = ()
    changes: tuple[dict[str, Any], ...] = ()
    documents: tuple[Document, ...] = ()
    method: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    figures: tuple[FigureSet, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Return it as written beside the pages (`answerable.dossier/1`)."""
        return {"schema": "answerable.dossier/1", **asdict(self)}
