"""Entries: a filed claim with its claimant and answers in one piece, a decision with its ground.

What is withheld, erased or private is out of the view that they are made from. Names of claims
that are not in that view are left out here too.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from answerable.dossier.documents import Shelf
from answerable.evidence.cases.contested import show_figure
from answerable.evidence.cases.filed import FiledClaim, FiledDecision, FiledRebuttal
from answerable.evidence.cases.vocabulary import predicates
from answerable.evidence.exchange.views import CaseView
from answerable.model.capture import Source
from answerable.model.claim import Grade, ReplyRequest, Retraction
from answerable.model.dossier import AnswerEntry, ClaimEntry, DecisionEntry, Quotation
from answerable.model.passage import Passage


def enter_claims(
    view: CaseView, shelf: Shelf, names: Iterable[str], prefix: str = ""
) -> tuple[ClaimEntry, ...]:
    """Return the entries of claims of a case, in the order of their names.

    Args:
        view: What may be shown of the case.
        shelf: Takes the documents they rest on.
        names: Names of claims within the case; those that may not be shown are passed over.
        prefix: What their names begin with in the dossier, where it holds claims of several cases.
    """
    found = (_claim(view.named[name], view, shelf) for name in names if name in view.named)
    return tuple(_rename(each, prefix) if prefix else each for each in found)


def _rename(entry: ClaimEntry, prefix: str) -> ClaimEntry:
    gone = entry.retraction
    if gone is not None and gone.superseded_by:
        gone = replace(gone, superseded_by=prefix + gone.superseded_by)
    return replace(
        entry,
        name=prefix + entry.name,
        contested_by=tuple(prefix + name for name in entry.contested_by),
        retraction=gone,
    )


def enter_decisions(view: CaseView, shelf: Shelf) -> tuple[DecisionEntry, ...]:
    """Return the entries of the decisions of public bodies, oldest first."""
    filed = sorted(view.decisions, key=lambda each: each.decision.decided_on)
    return tuple(_decision(each, view, shelf) for each in filed)


def _claim(filed: FiledClaim, view: CaseView, shelf: Shelf) -> ClaimEntry:
    claim = filed.claim
    numbers = _number(filed.sources, view, shelf)
    return ClaimEntry(
        id=filed.id,
        name=claim.id,
        case=filed.case,
        claimant=claim.claimant,
        kind=claim.kind,
        about=claim.about,
        predicate=claim.predicate,
        predicate_words=say_predicate(claim.predicate),
        statement=claim.statement,
        modality=claim.modality,
        object=claim.object,
        place=claim.place,
        when=claim.when,
        figure=say_figure(claim.figure),
        quotations=_quote(claim.passages, filed.sources, numbers),
        documents=tuple(numbers.values()),
        grade=_show_grade(claim.grade, numbers),
        reviewed=claim.review.on if claim.review else None,
        answer=filed.answer,
        answers=_answers(filed, view, shelf),
        requests=tuple(_show_request(each, filed) for each in filed.requests),
        contested_by=tuple(name for name in claim.contested_by if name in view.named),
        retraction=_show_retraction(filed.retraction, view.named),
        filed_at=filed.at,
        withheld=len(filed.erased),
    )


def say_predicate(word: str) -> str:
    """Return a word of the vocabulary as people read it.

    Example:
        >>> say_predicate("owns"), say_predicate("a_new_word")
        ('owns', 'a new word')
    """
    known = predicates().get(word)
    return known.label if known else word.replace("_", " ")


def say_figure(figure: dict[str, object] | None) -> str | None:
    """Return a figure in words, with what is counted and for when, None where there is none.

    Example:
        >>> say_figure({"minimum": 9, "unit": "cameras", "as_of": "2019", "words": "about"})
        'at least 9 cameras (about; as of 2019)'
    """
    if not figure:
        return None
    told = [figure[name] for name in ("of", "words") if figure.get(name)]
    told += [f"as of {figure['as_of']}"] if figure.get("as_of") else []
    return show_figure(figure) + (f" ({'; '.join(map(str, told))})" if told else "")


def _answers(filed: FiledClaim, view: CaseView, shelf: Shelf) -> tuple[AnswerEntry, ...]:
    sent = {each.answer for each in filed.requests}
    ordered = sorted(filed.rebuttals, key=lambda each: each.rebuttal.said_on or "9999")
    return tuple(_answer(each, view, shelf, each.rebuttal.id in sent) for each in ordered)


def _answer(filed: FiledRebuttal, view: CaseView, shelf: Shelf, sent: bool) -> AnswerEntry:
    rebuttal = filed.rebuttal
    numbers = _number(filed.sources, view, shelf)
    return AnswerEntry(
        id=rebuttal.id,
        by=rebuttal.by,
        statement=rebuttal.statement,
        said_on=rebuttal.said_on,
        quotations=_quote(rebuttal.passages, filed.sources, numbers),
        documents=tuple(numbers.values()),
        as_received=sent,
    )


def _decision(filed: FiledDecision, view: CaseView, shelf: Shelf) -> DecisionEntry:
    decision = filed.decision
    numbers = _number(filed.sources, view, shelf)
    return DecisionEntry(
        id=decision.id,
        body=decision.body,
        decided_on=decision.decided_on,
        decision=decision.decision,
        ground=decision.ground,
        citation=decision.citation,
        not_ground=decision.not_ground,
        quotations=_quote(decision.passages, filed.sources, numbers),
        documents=tuple(numbers.values()),
    )


def _number(sources: Iterable[Source], view: CaseView, shelf: Shelf) -> dict[str, int]:
    return {each.key: shelf.place_source(view.name, each, view.captures) for each in sources}


def _quote(
    passages: Iterable[Passage], sources: Collection[Source], numbers: dict[str, int]
) -> tuple[Quotation, ...]:
    """Return the words that stand in sealed copies; the view holds no others."""
    languages = {each.key: each.language for each in sources}
    return tuple(
        Quotation(
            document=numbers[each.source],
            quote=each.quote,
            language=each.language or languages.get(each.source),
            page=each.page,
            start=each.start,
            end=each.end,
            translation=each.translation,
        )
        for each in passages
        if each.source in numbers and not each.is_pending
    )


def _show_grade(grade: Grade | None, numbers: dict[str, int]) -> Grade | None:
    if grade is None:
        return None
    known = tuple(key for key in grade.corroborated_by if key in numbers)
    return replace(grade, corroborated_by=known)


def _show_request(request: ReplyRequest, filed: FiledClaim) -> ReplyRequest:
    """Return a request as far as it concerns this claim: what else it was about is told there."""
    answers = {each.rebuttal.id for each in filed.rebuttals}
    answer = request.answer if request.answer in answers else None
    return replace(request, about=(filed.claim.id,), answer=answer)


def _show_retraction(retraction: Retraction | None, shown: Collection[str]) -> Retraction | None:
    if retraction is None or retraction.superseded_by in (None, *shown):
        return retraction
    return replace(retraction, superseded_by=None)
