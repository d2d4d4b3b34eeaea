"""The parties of a case as FollowTheMoney entities, and the shape of an entity."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from answerable.evidence.cases.filed import FiledDecision
from answerable.evidence.exchange.ftm_values import party_schema, tidy_text
from answerable.evidence.exchange.views import CaseView
from answerable.model.claim import Party
from answerable.model.entity_ids import entity_id

Entity = dict[str, Any]

_UNKNOWN = frozenset({None, "other", "petition"})


class Parties:
    """The parties that become entities, each once, with the kind that any claim gives them."""

    def __init__(self, view: CaseView) -> None:
        self._case = view.name
        self._kinds: dict[str, str | None] = {}
        self._names: dict[str, dict[str, None]] = {}
        self._settled: dict[str, str] = {}
        for party in _parties_of(view):
            key = self.id_of(party)
            kind = "company" if party.company else party.kind
            self._kinds[key] = self._kinds.get(key) or kind
            self._names.setdefault(key, {})[party.name] = None
            if party.company:
                self._settled[key] = party.company

    def id_of(self, party: Party) -> str:
        """Return a settled company's own id; else one of this case alone: names never merge."""
        if party.company:
            return entity_id(party.company)
        name = " ".join(party.name.casefold().split())
        return f"{entity_id(self._case)}-{shorten(f'{self._case} {name}')}"

    def schema_of(self, party: Party) -> str:
        """Return its schema; what was settled to be a listed company is a company."""
        return party_schema(self._kinds[self.id_of(party)])

    def knows_kind(self, party: Party) -> bool:
        """Tell whether it is known what the party is, so that it may be an end of a tie."""
        return self._kinds[self.id_of(party)] not in _UNKNOWN

    def entities(self) -> Iterator[Entity]:
        """Give one entity per party, with every name that it is given."""
        for key, names in self._names.items():
            settled = self._settled.get(key)
            note = f"A person settled that this is {settled}" if settled else None
            properties = {"name": list(names), "notes": note}
            yield make_entity(key, party_schema(self._kinds[key]), properties)


def _parties_of(view: CaseView) -> Iterator[Party]:
    for filed in view.claims:
        yield filed.claim.about
        if filed.claim.object is not None:
            yield filed.claim.object
    for answer in view.rebuttals:
        yield answer.rebuttal.by
    for decided in view.decisions:
        yield deciding_body(decided)


def deciding_body(filed: FiledDecision) -> Party:
    """Return the body that took a decision."""
    return Party(filed.decision.body, kind="government")


def make_entity(key: str, schema: str, properties: Entity, origin: Iterable[str] = ()) -> Entity:
    """Return an entity with tidy values; properties without any are left out."""
    kept: dict[str, list[str]] = {}
    for name, value in properties.items():
        many = value if isinstance(value, list) else [value]
        tidied = [each for each in map(tidy_text, many) if each is not None]
        if tidied:
            kept[name] = list(dict.fromkeys(tidied))
    entity: Entity = {"id": key, "schema": schema, "properties": kept}
    return entity | ({"origin": list(origin)} if origin else {})


def shorten(text: str) -> str:
    """Return 20 hexadecimal digits that stand for a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:20]
