"""FollowTheMoney: its entities that are ties as links, with shares and dates."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from answerable.lists.ftm import iterate_entities, read_ftm, values_of
from answerable.lists.links.gathering import Item, read_day
from answerable.lists.links.shares import read_share
from answerable.model import ANY_SHARE, WHOLE, Card, Link, LinkSource, Problem, Share
from answerable.model.link import Interest, LinkKind

NO_END = "The tie lacks one of its two ends; it was not read as a link."
NOT_HERE = "A party of the tie is not in the file; the link was kept."
SEVERAL = "The tie states several shares; the range that holds all of them was taken."

_TIES: dict[str, tuple[str, str, LinkKind, Interest | None]] = {
    "Ownership": ("owner", "asset", "ownership", "shareholding"),
    "Directorship": ("director", "organization", "directorship", "boardMember"),
    "Family": ("person", "relative", "family", None),
    "Associate": ("person", "associate", "unknown", None),
    "Membership": ("member", "organization", "unknown", None),
    "Employment": ("employer", "employee", "unknown", None),
    "Representation": ("agent", "client", "unknown", None),
    "Succession": ("predecessor", "successor", "unknown", None),
    "UnknownLink": ("subject", "object", "unknown", None),
}
"""Schema to the properties of its ends, the kind of link, and the type of interest."""

_WORDS = {"Succession": "predecessor of", "Membership": "member of", "Employment": "employer of"}
_ROLES = ("role", "relationship", "status", "ownershipType", "sharesType")


def stream_ftm_links(files: Mapping[str, Path], card: Card) -> Iterator[Item]:
    """Yield the nodes of a FollowTheMoney file, and a link for each pair of ends of its ties.

    An `Ownership` without a percentage is one whose size is not known. Payments, documents and
    other schemata that tell nothing of ownership or control make no links.

    Args:
        files: One role to the file of JSON lines.
        card: For the list's id.

    Raises:
        ListUnreadable: It cannot be read, is too large, or no line is an entity.

    Source:
        FollowTheMoney, schemata of intervals and their properties.
    """
    companies, problems = read_ftm(files, card)
    yield from companies
    yield from problems
    here = {company.id for company in companies}
    [path] = list(files.values())[:1]
    for row, entity in iterate_entities(path, []):
        if entity["schema"] in _TIES:
            yield from _tie(row, entity, card, here)


def _tie(row: int, entity: Mapping[str, Any], card: Card, here: set[str]) -> Iterator[Item]:
    first, second, kind, interest = _TIES[entity["schema"]]
    owners, targets = values_of(entity, first), values_of(entity, second)
    if not owners or not targets:
        yield Problem(NO_END, row=row, value=str(entity["id"])[:200])
        return
    share, problems = _share(row, entity) if kind == "ownership" else (None, [])
    start, more = _day(row, entity, "startDate", min)
    end, others = _day(row, entity, "endDate", max)
    yield from (*problems, *more, *others)
    if not {f"{card.id}:{key}" for key in (*owners, *targets)} <= here:
        yield Problem(NOT_HERE, row=row, value=str(entity["id"])[:200])
    pairs = [(owner, target) for owner in owners for target in targets]
    for place, (owner, target) in enumerate(pairs):
        behind = f"#{place + 1}" if place else ""
        yield Link(
            id=f"{card.id}:{entity['id']}{behind}",
            kind=kind,
            owner=f"{card.id}:{owner}",
            target=f"{card.id}:{target}",
            source=_source(entity, card),
            interest=interest,
            share=share,
            role=_role(entity),
            start=start,
            end=end,
        )


def _share(row: int, entity: Mapping[str, Any]) -> tuple[Share, list[Problem]]:
    """Return the share of an ownership; of several that its sources state, the range around all."""
    texts = values_of(entity, "percentage")
    read = [(text, *read_share(text)) for text in texts]
    problems = [
        Problem(fault, row=row, column="percentage", value=text[:200])
        for text, _, fault in read
        if fault
    ]
    shares = {share for _, share, _ in read}
    if len(shares) < 2:
        return next(iter(shares), ANY_SHARE), problems
    problems.append(Problem(SEVERAL, row=row, column="percentage", value=", ".join(texts)[:200]))
    low, low_open = min((share.low, share.low_open) for share in shares)
    high, high_closed = max((share.high, not share.high_open) for share in shares)
    return Share(low, min(high, WHOLE), low_open, not high_closed), problems


def _day(
    row: int, entity: Mapping[str, Any], name: str, choose: Any
) -> tuple[str | None, list[Problem]]:
    """Return the earliest start or latest end of those stated, and what could not be read."""
    read = [read_day(value, row, name) for value in values_of(entity, name)]
    problems = [fault for _, faults in read for fault in faults]
    days = [day for day, faults in read if not faults] or [day for day, _ in read]
    return choose(days, default=None), problems


def _role(entity: Mapping[str, Any]) -> str | None:
    words = [_WORDS.get(entity["schema"], "")]
    words += [value for name in _ROLES for value in values_of(entity, name)]
    return "; ".join(filter(None, dict.fromkeys(words)))[:500] or None


def _source(entity: Mapping[str, Any], card: Card) -> LinkSource:
    urls = [
        url for url in values_of(entity, "sourceUrl") if url.startswith(("https://", "http://"))
    ]
    return LinkSource(card.id, citation=str(entity["id"])[:200], url=next(iter(urls), None))
