"""The deeds of a case as PROV: what came from what, by which deed, signed with which key."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from answerable.evidence.exchange.views import CaseView
from answerable.evidence.inventory import find_ids
from answerable.ledger.events import Event
from answerable.model.capture import Capture

Records = dict[str, dict[str, Any]]

_PREFIXES = {
    "sha256": "urn:sha256:",
    "deed": "urn:answerable:deed:",
    "key": "urn:answerable:key:",
    "answerable": "urn:answerable:terms:",
}
_ENDS = frozenset({"source.dispose", "source.erase"})
_USES_ONLY = frozenset({"source.export", "key.add"})
"""Deeds whose object was there before them."""


def write_prov(view: CaseView, file: BinaryIO) -> None:
    """Write the deeds of a case as PROV-JSON.

    Entities are objects and records, activities are deeds of the log, agents are the keys that
    signed it: a key is no person, and whose it is stands nowhere here. Times are those of the
    clock that wrote the log. What is said in the records is not in it, and nothing private.

    A filed claim is a quotation of the texts in which its words stand, a later wording a revision
    of the earlier. What was erased or disposed of is invalidated by that deed.

    Args:
        view: Of the case.
        file: Where to write: UTF-8, indented.

    Source:
        PROV-DM (W3C, 2013); the PROV-JSON submission (W3C, 2013).

    Example:
        >>> import io
        >>> from answerable.evidence.exchange.views import make_view
        >>> file = io.BytesIO()
        >>> write_prov(make_view("lakeside", [], [], []), file)
        >>> list(json.loads(file.getvalue()))
        ['prefix']
    """
    text = json.dumps(trace_deeds(view), ensure_ascii=False, indent=2, sort_keys=True)
    file.write(text.encode() + b"\n")


def trace_deeds(view: CaseView) -> dict[str, Any]:
    """Return the PROV document of a case."""
    trace = _Trace(view)
    for event in view.events:
        trace.add_deed(event)
    for capture in view.captures.values():
        trace.add_capture(capture)
    for record, texts in _quoted(view):
        for text in texts:
            trace.derive(record, text, "prov:Quotation")
    return {"prefix": _PREFIXES, **{kind: each for kind, each in trace.kinds.items() if each}}


def _quoted(view: CaseView) -> Iterator[tuple[str, list[str]]]:
    quoting = (
        *((each.record, each.claim.passages) for each in view.claims),
        *((each.record, each.rebuttal.passages) for each in view.rebuttals),
        *((each.record, each.decision.passages) for each in view.decisions),
    )
    for record, passages in quoting:
        yield record, list(dict.fromkeys(each.text for each in passages if each.text))


class _Trace:
    """A PROV document that grows deed by deed."""

    def __init__(self, view: CaseView) -> None:
        self._captures = view.captures
        kinds = """
            entity activity agent wasGeneratedBy used wasAssociatedWith wasInvalidatedBy
            wasDerivedFrom hadMember
        """
        self.kinds: dict[str, Records] = {kind: {} for kind in kinds.split()}

    def add_deed(self, event: Event) -> None:
        deed, key = f"deed:{event.n}", f"key:{event.by}"
        self.kinds["activity"][deed] = {
            "prov:startTime": event.at,
            "prov:endTime": event.at,
            "prov:type": _name(f"answerable:{event.act}"),
            "answerable:line": event.id,
        }
        self.kinds["agent"].setdefault(key, {"prov:type": _name("answerable:key")})
        self._relate("wasAssociatedWith", activity=deed, agent=key)
        self.add_entity(event.obj, {})
        self._relate_object(event, deed)
        for role, named in _named(event):
            if role in ("capture", "captures") and named not in self._captures:
                continue  # private, or erased: its id is left out with it
            self.add_entity(named, {})
            self._relate("used", activity=deed, entity=named, more={"prov:role": role})
            if role == "before":
                self.derive(event.obj, named, "prov:Revision", deed)

    def _relate_object(self, event: Event, deed: str) -> None:
        times = {"prov:time": event.at}
        if event.act in _ENDS:
            self._relate("wasInvalidatedBy", entity=event.obj, activity=deed, more=times)
        elif event.act in _USES_ONLY:
            self._relate("used", activity=deed, entity=event.obj, more=times)
        else:
            self._relate("wasGeneratedBy", entity=event.obj, activity=deed, more=times)

    def add_capture(self, capture: Capture) -> None:
        self.add_entity(capture.id, {"prov:type": _name("answerable:capture")})
        for part in capture.parts:
            about: dict[str, Any] = {
                "prov:type": _name(f"answerable:{part.role}"),
                "answerable:mediaType": part.media_type,
                "answerable:size": part.size,
            }
            if part.tool:
                about["answerable:tool"] = part.tool
            self.add_entity(part.object, about)
            self._relate("hadMember", collection=capture.id, entity=part.object)
            if part.parent:
                self.derive(part.object, part.parent)

    def add_entity(self, named: str, about: Mapping[str, Any]) -> None:
        self.kinds["entity"].setdefault(named, {}).update(about)

    def derive(
        self, made: str, source: str, how: str | None = None, deed: str | None = None
    ) -> None:
        for each in (made, source):
            self.add_entity(each, {})
        more: dict[str, Any] = {"prov:type": _name(how)} if how else {}
        more |= {"prov:activity": deed} if deed else {}
        self._relate("wasDerivedFrom", generatedEntity=made, usedEntity=source, more=more)

    def _relate(self, kind: str, *, more: Mapping[str, Any] | None = None, **ends: str) -> None:
        number = len(self.kinds[kind])
        named = {f"prov:{role}": end for role, end in ends.items()}
        self.kinds[kind][f"_:{kind}{number}"] = {**named, **(more or {})}


def _named(event: Event) -> Iterator[tuple[str, str]]:
    """Give the role and id of everything that a deed refers to."""
    for role, value in sorted(event.refs.items()):
        for named in find_ids([value]):
            yield role, named


def _name(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
