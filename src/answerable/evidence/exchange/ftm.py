"""A case as FollowTheMoney entities, one JSON line each, as Aleph and its relatives read them."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from answerable.evidence.cases.filed import FiledClaim, FiledDecision, FiledRebuttal
from answerable.evidence.cases.vocabulary import predicates
from answerable.evidence.exchange import ftm_values as values
from answerable.evidence.exchange import wording
from answerable.evidence.exchange.ftm_documents import document_id, make_document
from answerable.evidence.exchange.ftm_parties import (
    Entity,
    Parties,
    deciding_body,
    make_entity,
    shorten,
)
from answerable.evidence.exchange.views import CaseView
from answerable.model.capture import Source
from answerable.model.entity_ids import entity_id

_EDGES = {
    "owns": ("Ownership", "owner", "asset"),
    "is_member_of": ("Membership", "member", "organization"),
}
"""Predicates that a schema of FollowTheMoney means; the other ties are `UnknownLink`."""

_NO_TIES = frozenset(
    "decided legislated called_on treated_persons estimated_number denies detains_at".split()
)
"""Predicates that do not tie two parties."""

_TYING = frozenset({"states", "alleges", "reports", "estimates"})
_TARGETS = {
    "Ownership": {"Company"},
    "Membership": {"Company", "PublicBody", "Organization"},
}
"""Schemata that the far end of a tie may have."""


def write_ftm(view: CaseView, file: BinaryIO) -> None:
    """Write what may be shown of a case as FollowTheMoney JSON lines.

    Documents stand for sealed copies and pending sources, `Documentation` for each claim in each
    of its sources, with the words, the answers, its standing and its grade in `description`. A
    claim of fact that stands also gives a tie between its parties (`Ownership`, `Membership`,
    `UnknownLink`), with the documents as `proof`. Every entity made from a claim names it in
    `recordId` and `origin`. The ties say what was claimed, not what is so: FollowTheMoney has no
    place for an answer beside a tie but its `description`, and none for a grade but that either.

    A claim gives no tie where it is retracted, denies or plans, is an opinion or a comparison, or
    where it is not known what kind of party its object is. `contentHash` holds SHA-256, as our
    ids do; Aleph looks files up by SHA-1.

    Args:
        view: Of the case.
        file: Where to write: UTF-8, one entity per line, each id once.

    Source:
        FollowTheMoney 4.11, schemata and property names.

    Example:
        >>> import io
        >>> from answerable.evidence.exchange.views import make_view
        >>> file = io.BytesIO()
        >>> write_ftm(make_view("lakeside", [], [], []), file)
        >>> file.getvalue()
        b''
    """
    for entity in list_entities(view):
        file.write(json.dumps(entity, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def list_entities(view: CaseView) -> list[Entity]:
    """Return the entities of a case: parties, documents, claims, answers, decisions."""
    parties = Parties(view)
    found: dict[str, Entity] = {}
    for entity in (
        *parties.entities(),
        *(make_document(view, source) for source in view.sources),
        *(each for filed in view.claims for each in _claim(view, filed, parties)),
        *(each for filed in view.rebuttals for each in _rebuttal(view, filed, parties)),
        *(each for filed in view.decisions for each in _decision(view, filed, parties)),
    ):
        found.setdefault(entity["id"], entity)
    return list(found.values())


def _claim(view: CaseView, filed: FiledClaim, parties: Parties) -> Iterator[Entity]:
    told = {
        "role": _role(filed),
        "status": wording.tell_standing(filed),
        "summary": wording.tell_claim(filed),
        "description": [
            *(wording.tell_quote(each, filed.sources) for each in filed.claim.passages),
            wording.tell_figure(filed.claim.figure),
            *wording.tell_contested(filed, view.named),
            *wording.tell_answers(filed),
            wording.tell_grade(filed),
        ],
        "recordId": filed.id,
        **values.date_span(filed.claim.when),
    }
    for source in filed.sources:
        yield _documentation(view, source, parties.id_of(filed.claim.about), filed.record, told)
    if _ties(filed, parties):
        yield _edge(view, filed, parties, told)


def _role(filed: FiledClaim) -> str:
    """Return the label of the predicate, never without that it is denied, planned or retracted."""
    label = predicates()[filed.claim.predicate].label
    if filed.retraction is not None:
        return f"retracted: {label}"
    return label if filed.claim.modality in _TYING else f"{filed.claim.modality}: {label}"


def _ties(filed: FiledClaim, parties: Parties) -> bool:
    claim = filed.claim
    return (
        claim.object is not None
        and filed.retraction is None
        and claim.kind == "fact"
        and claim.modality in _TYING
        and claim.predicate not in _NO_TIES
        and parties.knows_kind(claim.object)
        and parties.id_of(claim.object) != parties.id_of(claim.about)
    )


def _edge(view: CaseView, filed: FiledClaim, parties: Parties, told: Entity) -> Entity:
    about, other = filed.claim.about, filed.claim.object
    assert other is not None  # noqa: S101 - _ties has seen to it
    schema, source, target = _EDGES.get(filed.claim.predicate, ("UnknownLink", "subject", "object"))
    if parties.schema_of(other) not in _TARGETS.get(schema, {parties.schema_of(other)}):
        schema, source, target = "UnknownLink", "subject", "object"
    properties = {
        **told,
        source: parties.id_of(about),
        target: parties.id_of(other),
        "proof": [document_id(view, each) for each in filed.sources],
        "publisher": filed.claim.claimant.name,
    }
    if schema == "Ownership":
        properties["percentage"] = _percentage(filed)
    key = entity_id(f"{view.name}-tie-{shorten(filed.record)}")
    return make_entity(key, schema, properties, [filed.id])


def _percentage(filed: FiledClaim) -> str | None:
    figure = filed.claim.figure or {}
    return wording.tell_range(figure) if figure.get("unit") in ("percent", "%") else None


def _documentation(
    view: CaseView, source: Source, entity: str, record: str, told: Entity
) -> Entity:
    capture = view.capture_of(source)
    document = document_id(view, source)
    properties = {
        **told,
        "document": document,
        "entity": entity,
        "publisher": source.publisher,
        "sourceUrl": values.web_address(source.url),
        "retrievedAt": values.date_moment(capture.captured_at if capture else None),
        "proof": document,
    }
    key = entity_id(f"{view.name}-said-{shorten(f'{record} {source.key} {entity}')}")
    return make_entity(key, "Documentation", properties, [told["recordId"]])


def _rebuttal(view: CaseView, filed: FiledRebuttal, parties: Parties) -> Iterator[Entity]:
    told = {
        "role": "answers",
        "summary": wording.tell_rebuttal(filed),
        "description": [
            f"Answers the claims: {', '.join(filed.rebuttal.answers)}",
            *(wording.tell_quote(each, filed.sources) for each in filed.rebuttal.passages),
        ],
        "recordId": f"rebuttal:{filed.record}",
        "date": values.date_day(filed.rebuttal.said_on),
    }
    for source in filed.sources:
        yield _documentation(view, source, parties.id_of(filed.rebuttal.by), filed.record, told)


def _decision(view: CaseView, filed: FiledDecision, parties: Parties) -> Iterator[Entity]:
    decision = filed.decision
    told = {
        "role": "decides",
        "summary": f"{decision.body} decided: {decision.decision}",
        "description": [
            *wording.tell_ground(filed),
            decision.citation,
            *(wording.tell_quote(each, filed.sources) for each in decision.passages),
        ],
        "recordId": f"decision:{filed.record}",
        "date": values.date_day(decision.decided_on),
    }
    for source in filed.sources:
        yield _documentation(view, source, parties.id_of(deciding_body(filed)), filed.record, told)
