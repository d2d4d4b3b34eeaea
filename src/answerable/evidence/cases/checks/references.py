"""Names within a case: each stands for one entry, and each that is used is there."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from answerable.engine.yaml_text import Path
from answerable.evidence.cases.drafts import Draft
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.quoting import each_quoting

_NAMED = {"sources": "key", "claims": "id", "rebuttals": "id", "decisions": "id"}


def check_references(draft: Draft) -> Iterator[Fault]:
    """Give the names that stand twice, that name nothing, or are named by nothing."""
    yield from _find_doubles(draft)
    for way, wanted, name in _each_reference(draft):
        known = _names(draft, wanted)
        if name not in known and name not in draft.left_out and wanted not in draft.unread:
            yield _unknown(draft, way, wanted, name, known)
    yield from _find_unmutual(draft)
    yield from _find_unused(draft)


def _find_doubles(draft: Draft) -> Iterator[Fault]:
    seen: dict[tuple[str, str], Path] = {}
    for section, field in _NAMED.items():
        room = "sources" if section == "sources" else "entries"
        for number, entry in enumerate(getattr(draft.case, section)):
            name = getattr(entry, field)
            if (room, name) in seen:
                yield draft.fault(
                    (section, number, field),
                    "name_twice",
                    f"The name {name} is borne by an entry above.",
                    "Give each its own, and look at what refers to it.",
                )
            seen.setdefault((room, name), (section, number))
    yield from _find_same(draft, "replies", lambda e: (e.to.name, e.asked_on, e.way))
    yield from _find_same(draft, "opinions", lambda e: (e.by, e.on))


def _find_same(
    draft: Draft, section: str, tell: Callable[[Any], tuple[str, ...]]
) -> Iterator[Fault]:
    """Give entries without id that cannot be told apart when they are filed again."""
    seen: set[tuple[str, ...]] = set()
    for number, entry in enumerate(getattr(draft.case, section)):
        told = tell(entry)
        if told in seen:
            yield draft.fault(
                (section, number),
                "entry_twice",
                f"An entry above is the same by {', '.join(told)}.",
                "Put the two together.",
            )
        seen.add(told)


def _names(draft: Draft, section: str) -> Sequence[str]:
    field = _NAMED[section]
    return [getattr(entry, field) for entry in getattr(draft.case, section)]


def _each_reference(draft: Draft) -> Iterator[tuple[Path, str, str]]:
    """Give the way of every reference, the list it refers to, and the name."""
    case = draft.case
    for way, entry in each_quoting(case):
        passages = {passage.source for passage in entry.passages}
        for number, passage in enumerate(entry.passages):
            yield (*way, "passages", number, "source"), "sources", passage.source
        given = [key for key in entry.sources if key not in passages]
        yield from _each((*way, "sources"), "sources", given)
    for i, claim in enumerate(case.claims):
        yield from _each(("claims", i, "contested_by"), "claims", claim.contested_by)
        if claim.grade is not None:
            way = ("claims", i, "grade", "corroborated_by")
            yield from _each(way, "sources", claim.grade.corroborated_by)
    for i, rebuttal in enumerate(case.rebuttals):
        yield from _each(("rebuttals", i, "answers"), "claims", rebuttal.answers)
    for i, reply in enumerate(case.replies):
        yield from _each(("replies", i, "about"), "claims", reply.about)
        if reply.answer is not None:
            yield ("replies", i, "answer"), "rebuttals", reply.answer
    for i, retraction in enumerate(case.retractions):
        if retraction.superseded_by is not None:
            yield ("retractions", i, "superseded_by"), "claims", retraction.superseded_by


def _each(way: Path, wanted: str, names: Sequence[str]) -> Iterator[tuple[Path, str, str]]:
    for name in names:
        yield way, wanted, name


def _unknown(draft: Draft, way: Path, wanted: str, name: str, known: Sequence[str]) -> Fault:
    near = difflib.get_close_matches(name, known, 1)
    file = "sources.yaml" if wanted == "sources" else "claims.yaml"
    advice = f"Did you mean {near[0]}?" if near else f"Add it to {file}, or delete the name here."
    code = "unknown_source" if wanted == "sources" else f"unknown_{wanted[:-1]}"
    return draft.fault(way, code, f"There is no {wanted[:-1]} {name}.", advice)


def _find_unmutual(draft: Draft) -> Iterator[Fault]:
    contested = {claim.id: claim.contested_by for claim in draft.case.claims}
    for i, claim in enumerate(draft.case.claims):
        way = ("claims", i, "contested_by")
        for other in claim.contested_by:
            if other == claim.id:
                yield draft.fault(
                    way, "contests_itself", f"Claim {other} contests itself.", "Delete the name."
                )
            elif claim.id not in contested.get(other, (claim.id,)):
                yield draft.fault(
                    way,
                    "contested_one_way",
                    f"Claim {claim.id} is contested by {other}, but not the other way round.",
                    f"Add {claim.id} to contested_by of {other}.",
                    "warning",
                )


def _find_unused(draft: Draft) -> Iterator[Fault]:
    used = {name for _, wanted, name in _each_reference(draft) if wanted == "sources"}
    used |= {passage for _, entry in each_quoting(draft.case) for passage in entry.sources}
    if draft.left_out or draft.unread:
        return
    for i, source in enumerate(draft.case.sources):
        if source.key not in used:
            yield draft.fault(
                ("sources", i, "key"),
                "source_unused",
                f"Nothing rests on the source {source.key}.",
                "Name it where it is used, or delete it.",
                "warning",
            )


def index_by(entries: Sequence[Any], field: str) -> Mapping[str, Any]:
    """Return entries by a field; of several with one name, the first."""
    return {getattr(entry, field): entry for entry in reversed(entries)}
