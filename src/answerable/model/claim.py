"""Claims: who says what about whom, with which words, and what was answered.

A claim is what its claimant says. Nothing here says that it is true.
"""

from dataclasses import dataclass
from typing import Any, Literal

from answerable.model.passage import Passage

Kind = Literal["fact", "opinion", "comparison"]
Modality = Literal["states", "alleges", "reports", "estimates", "plans", "denies"]
Outcome = Literal["awaiting", "answered", "no_answer", "refused", "unreachable"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Credibility = Literal[1, 2, 3, 4, 5, 6]


@dataclass(frozen=True, slots=True)
class Party:
    """Who claims, who is claimed about, or what a claim is about, as its source names it.

    Args:
        name: As the source names it.
        company: Id of a listed or known company that a person settled it to be, else None: not
            yet resolved.
        kind: What it is, in a word of `PARTY_KINDS` of the schema, else None.
        interest: What a reader should know of its interest in the matter, else None.
    """

    name: str
    company: str | None = None
    kind: str | None = None
    interest: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return it as filed, without what is None."""
        names = ("name", "company", "kind", "interest")
        values = {name: getattr(self, name) for name in names}
        return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Grade:
    """A person's judgement of a source and of what it says, apart from each other.

    F and 6 mean *cannot be judged*; they are no lower rungs. A grade is no probability.

    Source:
        NATO AJP-2.1, the Admiralty code.

    Args:
        reliability: Of the source, A to F.
        credibility: Of what it says, 1 to 6; 1 asks for at least two independent sources.
        by: Who graded.
        on: ISO date.
        why: The reason.
        corroborated_by: Keys of the independent sources that say the same.
    """

    reliability: Reliability
    credibility: Credibility
    by: str
    on: str
    why: str
    corroborated_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """A legal review of a claim as it would be published.

    Args:
        by: The reviewer.
        on: ISO date.
        meaning: The meaning that was considered: what an ordinary reader would take from it.
        basis: What publication relies on, such as truth, honest opinion, public interest, or a
            report of proceedings.
    """

    by: str
    on: str
    meaning: str
    basis: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What a claimant says about a company, with the words and where they stand.

    Args:
        id: Its name within the case, such as `huawei-urumqi-supply`.
        claimant: Who says it; never the analyst.
        kind: `fact`, `opinion` or `comparison`.
        about: Whom it is about.
        predicate: A word of the vocabulary, such as `provided_technology_to`.
        statement: What is claimed, in our own words.
        modality: How the claimant puts it.
        passages: The words. Empty where the source is pending and nothing is quoted.
        sources: Keys of the sources it rests on; those of the passages among them.
        object: To whom or what, else None.
        place: Where, as the source says, else None.
        when: ISO date, year or interval (`2017/2019`), else None.
        figure: Number or range with unit for contested figures, else None.
        grade: A person's grade, else None.
        review: A legal review, else None.
        contested_by: Ids of claims that say otherwise and stand beside it.
    """

    id: str
    claimant: Party
    kind: Kind
    about: Party
    predicate: str
    statement: str
    modality: Modality
    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
    object: Party | None = None
    place: str | None = None
    when: str | None = None
    figure: dict[str, Any] | None = None
    grade: Grade | None = None
    review: Review | None = None
    contested_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rebuttal:
    """What a company or state answers; it always travels with the claims that it answers.

    Args:
        id: Its name within the case.
        by: Who answers.
        answers: Ids of the claims it answers.
        statement: What it says, in our own words.
        passages: Its words.
        sources: Keys of the sources it rests on.
        said_on: ISO date, else None.
    """

    id: str
    by: Party
    answers: tuple[str, ...]
    statement: str
    passages: tuple[Passage, ...] = ()
    sources: tuple[str, ...] = ()
    said_on: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyRequest:
    """That a company was asked for its answer: the right-of-reply log.

    Args:
        to: Who was asked.
        about: Ids of the claims that were put to it.
        asked_on: ISO date.
        way: By what way, such as `letter`, `press office e-mail`.
        deadline: ISO date by which an answer was asked for.
        outcome: What came of it.
        answer: Id of the rebuttal that came, else None.
    """

    to: Party
    about: tuple[str, ...]
    asked_on: str
    way: str
    deadline: str
    outcome: Outcome = "awaiting"
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class Retraction:
    """That a claim no longer stands, as a new record: by whom, when, why, and what follows it.

    Args:
        claim: Id of the claim.
        on: ISO date.
        by: Who retracts: its claimant, or this case's editors.
        why: The reason.
        superseded_by: Id of the claim that takes its place, else None.
    """

    claim: str
    on: str
    by: str
    why: str
    superseded_by: str | None = None
