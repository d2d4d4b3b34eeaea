"""A dossier as FollowTheMoney JSON lines: the finding's entities, and those of its claims.

FollowTheMoney has no place for an answer beside a tie: answers stand in `description` of whatever
is made from a claim.
"""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, BinaryIO

from answerable.dossier.findings import Held
from answerable.dossier.kept_findings import read_screening
from answerable.dossier.standing import Standing
from answerable.evidence.cases.filed import FiledClaim
from answerable.evidence.exchange import ftm, wording
from answerable.evidence.exchange.views import CaseView
from answerable.exposure.outputs.entities import write_entities
from answerable.exposure.outputs.lines import write_line
from answerable.model.entity_ids import entity_id

Entity = dict[str, Any]


def write_case_entities(view: CaseView, file: BinaryIO) -> None:
    """Write a case as FollowTheMoney JSON lines, one entity per line, each id once."""
    ftm.write_ftm(view, file)


def write_finding_entities(manifest: Mapping[str, Any], held: Held, file: BinaryIO) -> None:
    """Write a finding and its claims as FollowTheMoney JSON lines.

    Ties are what sources state and claimants claim, not what is so.

    Args:
        manifest: Of the screening.
        held: The finding, as `hold_finding` gave it.
        file: UTF-8, one entity per line, each id once; empty where nothing was found.
    """
    standing, views = held.standing, held.views
    claims = {
        each.id: each
        for case, names in standing.claims.items()
        for each in _pick(views[case], names).claims
    }
    written: set[str] = set()
    for entity in (
        *_finding_entities(manifest, standing, claims),
        *(
            entity
            for case, names in standing.claims.items()
            for entity in ftm.list_entities(_pick(views[case], names))
        ),
    ):
        if entity["id"] not in written:
            written.add(entity["id"])
            file.write(write_line(entity))


def _pick(view: CaseView, names: tuple[str, ...]) -> CaseView:
    """Return a view of some claims of a case, without its decisions."""
    claims = tuple(view.named[name] for name in names if name in view.named)
    return replace(view, claims=claims, decisions=(), events=())


def _finding_entities(
    manifest: Mapping[str, Any], standing: Standing, claims: Mapping[str, FiledClaim]
) -> Iterator[Entity]:
    lines = io.BytesIO()
    write_entities(read_screening(manifest, standing.line), lines)
    claimed = {entity_id(name): filed for name, filed in claims.items()}
    for line in lines.getvalue().splitlines():
        entity: Entity = json.loads(line)
        filed = claimed.get(entity["id"])
        yield _tell(entity, filed) if filed else entity


def _tell(entity: Entity, filed: FiledClaim) -> Entity:
    """Return the tie of a claim with who claims it and what was answered."""
    told = {
        "publisher": [filed.claim.claimant.name],
        "summary": [wording.tell_claim(filed)],
        "description": wording.tell_answers(filed),
    }
    return {**entity, "properties": {**entity["properties"], **told}}
