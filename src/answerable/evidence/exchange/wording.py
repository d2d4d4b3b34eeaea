"""The sentences in which a claim, its answers and its standing are told in every form."""

from collections.abc import Mapping
from typing import Any

from answerable.evidence.cases.filed import FiledClaim, FiledDecision, FiledRebuttal
from answerable.model.capture import Source
from answerable.model.passage import Passage

_HOW = {
    "states": "states",
    "alleges": "alleges",
    "reports": "reports",
    "estimates": "estimates",
    "plans": "says it plans",
    "denies": "denies",
}


def tell_claim(filed: FiledClaim) -> str:
    """Return who says what: a claim is never told without its claimant.

    Example:
        >>> from answerable.model.claim import Claim, Party
        >>> claim = Claim("supply", Party("Zyxomatic Watch"), "fact", Party("Northwind Ltd"),
        ...               "supplied", "Northwind supplied Lakeside.", "reports")
        >>> tell_claim(FiledClaim("claim:sha256:00", "sha256:00", "lakeside", "", claim, ()))
        'Zyxomatic Watch reports: Northwind supplied Lakeside.'
    """
    claim = filed.claim
    return f"{claim.claimant.name} {_HOW.get(claim.modality, 'says')}: {claim.statement}"


def tell_standing(filed: FiledClaim) -> str:
    """Return whether the claim stands, and whether an answer to it is known."""
    if filed.retraction is not None:
        by = filed.retraction
        follows = " and superseded" if by.superseded_by else ""
        return f"retracted{follows} on {by.on} by {by.by}: {by.why}"
    return {
        "answered": "claimed; answered",
        "requested": "claimed; reply requested",
        "none_found": "claimed; no reply found in our sources",
    }[filed.answer]


def tell_answers(filed: FiledClaim) -> list[str]:
    """Return the answers to a claim, and the requests for one, a sentence each."""
    told = [tell_rebuttal(each) for each in filed.rebuttals]
    for request in filed.requests:
        outcome = request.outcome.replace("_", " ")
        told.append(
            f"{request.to.name} was asked for an answer on {request.asked_on} by {request.way}, "
            f"by {request.deadline}: {outcome}."
        )
    return told or ["No reply was found in our sources."]


def tell_contested(filed: FiledClaim, shown: Mapping[str, FiledClaim]) -> list[str]:
    """Return what other claims say otherwise, a sentence each; those not shown by name alone."""
    return [
        f"Contested: {tell_claim(shown[name])}" if name in shown else f"Contested by claim {name}"
        for name in filed.claim.contested_by
    ]


def tell_rebuttal(filed: FiledRebuttal) -> str:
    """Return who answers what."""
    said = f" on {filed.rebuttal.said_on}" if filed.rebuttal.said_on else ""
    return f"{filed.rebuttal.by.name} answers{said}: {filed.rebuttal.statement}"


def tell_grade(filed: FiledClaim) -> str | None:
    """Return a person's grade of source and statement, None where there is none.

    The Admiralty code is a judgement; it is never turned into a number or a tag.
    """
    grade = filed.claim.grade
    if grade is None:
        return None
    code = f"{grade.reliability}{grade.credibility}"
    return f"Graded {code} (Admiralty code) by {grade.by} on {grade.on}: {grade.why}"


def tell_figure(figure: Mapping[str, Any] | None) -> str | None:
    """Return a figure as its claimant gives it, None where there is none.

    Example:
        >>> tell_figure({"minimum": 9, "unit": "percent", "of": "shares", "words": "as stated"})
        'Figure: at least 9 percent (shares; as stated)'
    """
    if not figure:
        return None
    told = f"{tell_range(figure) or 'not given'} {figure['unit']}"
    more = [figure[name] for name in ("of", "as_of", "words") if figure.get(name)]
    return f"Figure: {told}" + (f" ({'; '.join(more)})" if more else "")


def tell_range(figure: Mapping[str, Any]) -> str | None:
    """Return the numbers of a figure without their unit, None where none is given.

    Example:
        >>> tell_range({"minimum": 5, "maximum": 5}), tell_range({"maximum": 7})
        ('5', 'up to 7')
    """
    least, most = figure.get("minimum"), figure.get("maximum")
    if least is not None and most is not None:
        return f"{least:,}" if least == most else f"{least:,} to {most:,}"
    if least is not None:
        return f"at least {least:,}"
    return None if most is None else f"up to {most:,}"


def tell_quote(passage: Passage, sources: tuple[Source, ...]) -> str:
    """Return the words with where they stand, and their translation with its translator."""
    title = next((each.title for each in sources if each.key == passage.source), passage.source)
    page = f", page {passage.page}" if passage.page else ""
    told = f"“{passage.quote}” ({title}{page})"
    if passage.translation is not None:
        made = "machine translation" if passage.translation.machine else "translation"
        told += f" — {made} by {passage.translation.by}: “{passage.translation.text}”"
    return told


def tell_ground(filed: FiledDecision) -> list[str]:
    """Return the ground as the body states it, and what it did not state as a ground."""
    decision = filed.decision
    told = [f"Ground as stated by {decision.body}: {decision.ground}"]
    if decision.not_ground:
        told.append(f"Not stated as a ground: {decision.not_ground}")
    return told


def tell_pending(source: Source) -> str | None:
    """Return that there is no sealed copy yet and why, None where there is one."""
    if source.capture is not None:
        return None
    return f"No sealed copy yet: {source.pending or 'it was not captured'}"
