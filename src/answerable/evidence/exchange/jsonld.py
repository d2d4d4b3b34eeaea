"""A case as JSON-LD in the words of schema.org: Claim, ClaimReview, Quotation."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from answerable.evidence.cases.filed import FiledClaim, FiledDecision, FiledRebuttal
from answerable.evidence.exchange import wording
from answerable.evidence.exchange.jsonld_parts import (
    CONTEXT,
    Node,
    make_node,
    name_party,
    node_id,
    quote,
    show_source,
    source_ids,
)
from answerable.evidence.exchange.views import CaseView

_ABOUT = (
    "Who says what, with which words, and what was answered. A claim is what its claimant says; "
    "nothing here says that it is true, and no review here rates its truth."
)


def write_jsonld(view: CaseView, file: BinaryIO) -> None:
    """Write what may be shown of a case as one JSON-LD document.

    Each claim is a `Claim` with its claimant as `author`, its words as `Quotation` in `citation`,
    its answers, and `creativeWorkStatus` that tells whether it stands. What schema.org has no
    words for (answers, modality, predicate, figures, grade) stands under `answerable:`.

    A `ClaimReview` is written only where somebody reviewed how a claim may be published. It has
    no `reviewRating`: that would say how true the claim is, which nobody here judges; so search
    engines do not show it as a fact check, and that is meant. What the reviewer advised to rely
    on is not written: it is advice to the editors.

    Args:
        view: Of the case.
        file: Where to write: UTF-8, indented.

    Source:
        schema.org, Claim and ClaimReview; JSON-LD 1.1 (W3C, 2020).

    Example:
        >>> import io
        >>> from answerable.evidence.exchange.views import make_view
        >>> file = io.BytesIO()
        >>> write_jsonld(make_view("lakeside", [], [], []), file)
        >>> json.loads(file.getvalue())["@graph"][0]["@type"]
        'Collection'
    """
    text = json.dumps(show_case(view), ensure_ascii=False, indent=2)
    file.write(text.encode() + b"\n")


def show_case(view: CaseView) -> Node:
    """Return the document: the case, its sources, claims, answers, reviews and decisions."""
    claims = [_claim(view, each) for each in view.claims]
    reviews = [_review(view, each) for each in view.claims if each.claim.review is not None]
    answers = [_rebuttal(view, each) for each in view.rebuttals]
    decisions = [_decision(view, each) for each in view.decisions]
    case = make_node(
        f"urn:answerable:case:{view.name}",
        "Collection",
        {
            "name": view.name,
            "description": _ABOUT,
            "hasPart": [{"@id": each["@id"]} for each in (*claims, *answers, *decisions)],
        },
    )
    sources = [show_source(view, each) for each in view.sources]
    return {
        "@context": CONTEXT,
        "@graph": [case, *sources, *claims, *answers, *reviews, *decisions],
    }


def _claim(view: CaseView, filed: FiledClaim) -> Node:
    claim = filed.claim
    others = _claim_ids(view, claim.contested_by)
    answers = [{"@id": node_id(f"rebuttal:{each.record}")} for each in filed.rebuttals]
    return make_node(
        node_id(filed.id),
        "Claim",
        {
            "name": claim.id,
            "text": claim.statement,
            "author": name_party(claim.claimant),
            "about": name_party(claim.about),
            "creativeWorkStatus": wording.tell_standing(filed),
            "spatialCoverage": claim.place,
            "temporalCoverage": claim.when,
            "appearance": source_ids(view, filed.sources),
            "citation": [quote(view, each) for each in claim.passages],
            "correction": _correction(view, filed),
            "answerable:kind": claim.kind,
            "answerable:modality": claim.modality,
            "answerable:predicate": claim.predicate,
            "answerable:object": name_party(claim.object) if claim.object else None,
            "answerable:figure": wording.tell_figure(claim.figure),
            "answerable:grade": wording.tell_grade(filed),
            "answerable:answered": filed.answer,
            "answerable:answeredBy": answers,
            "answerable:asked": _requests(filed),
            "answerable:contestedBy": others,
            "answerable:filedAt": filed.at,
        },
    )


def _claim_ids(view: CaseView, names: Iterable[str]) -> list[Node]:
    """Return references to those of the named claims that are shown."""
    return [{"@id": node_id(view.named[name].id)} for name in names if name in view.named]


def _correction(view: CaseView, filed: FiledClaim) -> Node | None:
    retraction = filed.retraction
    if retraction is None:
        return None
    follows = _claim_ids(view, (retraction.superseded_by or "",))
    return {
        "@type": "CorrectionComment",
        "text": wording.tell_standing(filed),
        "dateCreated": retraction.on,
    } | ({"answerable:supersededBy": follows[0]} if follows else {})


def _requests(filed: FiledClaim) -> list[Node]:
    return [
        {
            "answerable:to": name_party(request.to),
            "answerable:askedOn": request.asked_on,
            "answerable:way": request.way,
            "answerable:deadline": request.deadline,
            "answerable:outcome": request.outcome,
        }
        for request in filed.requests
    ]


def _review(view: CaseView, filed: FiledClaim) -> Node:
    review = filed.claim.review
    assert review is not None  # noqa: S101 - the caller has seen to it
    return make_node(
        node_id(f"review:{filed.record}"),
        "ClaimReview",
        {
            "claimReviewed": filed.claim.statement,
            "itemReviewed": {"@id": node_id(filed.id)},
            "author": {"name": review.by},
            "datePublished": review.on,
            "reviewAspect": "how the claim may be published; not whether it is true",
            "reviewBody": f"Meaning considered: {review.meaning}",
            "isPartOf": {"@id": f"urn:answerable:case:{view.name}"},
        },
    )


def _rebuttal(view: CaseView, filed: FiledRebuttal) -> Node:
    rebuttal = filed.rebuttal
    return make_node(
        node_id(f"rebuttal:{filed.record}"),
        "Claim",
        {
            "name": rebuttal.id,
            "text": rebuttal.statement,
            "author": name_party(rebuttal.by),
            "datePublished": rebuttal.said_on,
            "appearance": source_ids(view, filed.sources),
            "citation": [quote(view, each) for each in rebuttal.passages],
            "answerable:answers": _claim_ids(view, rebuttal.answers),
            "answerable:filedAt": filed.at,
        },
    )


def _decision(view: CaseView, filed: FiledDecision) -> Node:
    decision = filed.decision
    properties: dict[str, Any] = {
        "name": decision.id,
        "text": decision.decision,
        "author": {"@type": "GovernmentOrganization", "name": decision.body},
        "dateCreated": decision.decided_on,
        "citation": [quote(view, each) for each in decision.passages],
        "isBasedOn": source_ids(view, filed.sources),
        "answerable:ground": decision.ground,
        "answerable:notGround": decision.not_ground,
        "answerable:cited": decision.citation,
        "answerable:filedAt": filed.at,
    }
    return make_node(node_id(f"decision:{filed.record}"), "CreativeWork", properties)
