"""Filed claims as links and nodes: what a claimant says ties two parties becomes a link.

A link from a claim is what its claimant says, with the claim's id beside it. A denial, a plan, an
opinion and a retracted claim make no link.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from answerable.evidence.cases.filed import FiledClaim
from answerable.evidence.cases.vocabulary import predicates
from answerable.lists.persons import is_person
from answerable.lists.reading import hash_id
from answerable.model import (
    ANY_SHARE,
    WHOLE,
    Claim,
    ClaimNote,
    Company,
    Link,
    LinkSource,
    Name,
    Party,
    Share,
)
from answerable.model.link import Interest, LinkKind

_SCHEMATA = {
    "company": "Company",
    "government": "PublicBody",
    "parliament": "PublicBody",
    "court": "PublicBody",
    "agency": "PublicBody",
    "police": "PublicBody",
    "official": "Person",
    "spokesperson": "Person",
    "author": "Person",
    "petition": "Thing",
    "other": "Thing",
}
"""Kind of a party to FollowTheMoney schema; other kinds are organisations."""

_KINDS: Mapping[str, tuple[LinkKind, Interest | None, bool]] = {
    "owns": ("ownership", "shareholding", True),
    "controls": ("control", "otherInfluenceOrControl", True),
    "invests_in": ("unknown", None, True),
    "supplied": ("supply", None, True),
    "sources_from": ("supply", None, False),
    "provided_technology_to": ("provision", None, True),
    "built": ("provision", None, True),
    "installed": ("provision", None, True),
    "maintained": ("provision", None, True),
    "operates": ("operation", None, True),
    "operates_at": ("operation", None, True),
    "receives_transferred_workers": ("supply", None, False),
    "recruited_through": ("supply", None, False),
    "contracted_with": ("unknown", None, True),
    "cooperated_with": ("unknown", None, True),
    "researched_with": ("unknown", None, True),
    "is_member_of": ("unknown", None, True),
    "tied_to": ("unknown", None, True),
}
"""Predicate to kind of link, type of interest, and whether it runs from `about` to `object`."""

_ENDING = frozenset({"ownership", "control"})
"""Kinds that hold for a time; that something was supplied stays so ever after."""

_SAYS_SO = frozenset({"states", "alleges", "reports", "estimates"})
_NOT_NAMED = frozenset({"Person", "Thing"})
_OFFICIAL = frozenset({"decided", "listed", "legislated", "called_on", "advised"})
"""Predicates of public acts: who decides, lists or advises is not named in the matter by that."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What filed claims tell of companies.

    Args:
        links: One per claim that ties two parties.
        nodes: The parties that no id settles, each once per case.
        notes: Id of a company's node to the claims that name it, in the order of filing.
    """

    links: tuple[Link, ...] = ()
    nodes: tuple[Company, ...] = ()
    notes: Mapping[str, tuple[ClaimNote, ...]] = field(default_factory=dict)


def read_claimed(claims: Iterable[FiledClaim]) -> Claimed:
    """Return what filed claims tell of companies: links, nodes, and who is named where.

    A claim names those whom it is about and its object, not its claimant, nor a body that decides
    or lists. A natural person and a thing are ends of links and nothing more.

    Args:
        claims: As filed, retracted ones among them: they are passed over.

    Returns:
        Links of facts that are stated, alleged, reported or estimated; denials, plans, opinions
        and comparisons name a company but tie nothing. Two parties of one name in one case are
        one node, those of two cases are two.
    """
    links: list[Link] = []
    nodes: dict[str, Company] = {}
    notes: dict[str, dict[str, ClaimNote]] = {}
    for filed in claims:
        if filed.retraction is not None:
            continue
        for party in filter(None, (filed.claim.about, filed.claim.object)):
            node = _node(filed.case, party)
            if party.company is None:
                nodes.setdefault(node.id, node)
            acts = party is filed.claim.about and filed.claim.predicate in _OFFICIAL
            if node.schema not in _NOT_NAMED and not acts:
                notes.setdefault(node.id, {})[filed.id] = _note(filed, party)
        link = _link(filed)
        if link is not None:
            links.append(link)
    named = {node: tuple(found.values()) for node, found in notes.items()}
    return Claimed(tuple(links), tuple(nodes.values()), named)


def known_on(claims: Iterable[FiledClaim], day: date) -> tuple[list[FiledClaim], tuple[str, ...]]:
    """Return the claims that were filed by a day, and a sentence on those that were filed later.

    A claim that was corrected since is known by its first filing, and is told in its newest words.
    What answers or retracts it counts whenever it was filed: no claim goes without its answer, and
    none is told again once it was taken back.

    Example:
        >>> known_on([], date(2026, 11, 24))
        ([], ())
    """
    known, later = [], 0
    for filed in claims:
        if (filed.first_at or filed.at)[:10] <= day.isoformat():
            known.append(filed)
        else:
            later += 1
    if not later:
        return known, ()
    told = (
        "1 claim was left out: it was" if later == 1 else f"{later} claims were left out: they were"
    )
    return known, (f"{told} filed after {day.isoformat()}.",)


def _node(case: str, party: Party) -> Company:
    """Return the node of a party: the company that the editors settled it to be, or a name."""
    schema = _SCHEMATA.get(party.kind or "", "Organization")
    if party.kind is None:
        schema = "Person" if is_person(party.name) else "LegalEntity"
    plain = " ".join(party.name.casefold().split()).rstrip(" .,;")
    node_id = party.company or hash_id(f"case:{case}:name", plain)
    return Company(node_id, schema, (Name(party.name),))


def _link(filed: FiledClaim) -> Link | None:
    claim = filed.claim
    found = _KINDS.get(claim.predicate)
    if found is None or claim.object is None or claim.kind != "fact":
        return None
    if claim.modality not in _SAYS_SO:
        return None
    kind, interest, forward = found
    ends = [_node(filed.case, party).id for party in (claim.about, claim.object)]
    if ends[0] == ends[1]:
        return None
    owner, target = ends if forward else reversed(ends)
    start, end = read_span(claim.when)
    return Link(
        id=filed.id,
        kind=kind,
        owner=owner,
        target=target,
        source=LinkSource(f"case:{filed.case}", citation=claim.id, claim=filed.id),
        interest=interest,
        share=read_figure(claim.figure) if kind == "ownership" else None,
        role=_role(claim),
        start=start,
        end=end if kind in _ENDING else None,
    )


def _role(claim: Claim) -> str:
    """Return how the claimant is said to word it, such as `alleges: supplied (2019)`."""
    known = predicates().get(claim.predicate)
    label = known.label if known else claim.predicate
    return f"{claim.modality}: {label}" + (f" ({claim.when})" if claim.when else "")


def read_span(when: str | None) -> tuple[str | None, str | None]:
    """Return the date from which, and the one up to which, a claim says that it was so.

    A single date tells when it was so, not when it ended.

    Example:
        >>> read_span("2017/2019-06"), read_span("2020-01"), read_span("2017/.."), read_span(None)
        (('2017', '2019-06'), ('2020-01', None), ('2017', None), (None, None))
    """
    first, _, last = (when or "").partition("/")
    found = [text if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else None for text in (first, last)]
    return found[0], found[1]


def read_figure(figure: Mapping[str, Any] | None) -> Share:
    """Return the share that a claim's figure tells; of one in other units nothing is known.

    Example:
        >>> read_figure({"minimum": 30, "maximum": 40, "unit": "percent"}).words
        '30 % to 40 %'
        >>> read_figure({"minimum": 7, "unit": "persons"}) == ANY_SHARE
        True
    """
    if not figure or str(figure.get("unit", "")).casefold() not in ("percent", "per cent", "%"):
        return ANY_SHARE
    low, high = (int(figure.get(name, end)) for name, end in (("minimum", 0), ("maximum", 100)))
    if not 0 <= low <= high <= 100:
        return ANY_SHARE
    return Share(low * WHOLE // 100, high * WHOLE // 100)


def _note(filed: FiledClaim, party: Party) -> ClaimNote:
    claim = filed.claim
    return ClaimNote(
        id=filed.id,
        case=filed.case,
        company=party.name,
        claimant=claim.claimant.name,
        statement=claim.statement,
        predicate=claim.predicate,
        modality=claim.modality,
        about=claim.about.name,
        object=claim.object.name if claim.object else None,
        place=claim.place,
        when=claim.when,
        passages=tuple(
            {"source": each.source, "capture": each.capture, "start": each.start, "end": each.end}
            for each in claim.passages
        ),
        answer=filed.answer,
        rebuttals=tuple(
            {
                "id": f"rebuttal:{each.record}",
                "by": each.rebuttal.by.name,
                "statement": each.rebuttal.statement,
            }
            for each in filed.rebuttals
        ),
        pending=tuple(source.title for source in filed.pending),
    )
