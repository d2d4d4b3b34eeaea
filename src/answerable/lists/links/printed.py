"""Ties that lists print, as links: the list's own words decide what is claimed, and no more.

*Parent* and *subsidiary of* tell of ownership or control of unknown size; *Linked To* and
*Affiliated Entity* only that there is a tie.
"""

import re
from collections.abc import Collection, Iterable, Iterator

from answerable.lists.links.gathering import Item, LinkReading, gather_items, settle_items
from answerable.lists.persons import is_person
from answerable.lists.reading import hash_id
from answerable.model import ANY_SHARE, Company, Link, LinkSource, Name, PrintedLink, Problem
from answerable.model.link import Interest, LinkKind

SEVERAL = "Several entries of the list bear the name of the other end; it was kept as a name only."

_OWNED_BY = re.compile(
    r"((ultimate|direct|immediate) )?parent\b(?! of)|(vessel )?owner$|owned by|"
    r"owned or controlled by|controlled by|directed by|(wholly[- ]owned )?subsidiary of|"
    r"subordinate institution|and subordinate entity",
    re.IGNORECASE,
)
"""Roles that name the other end as the one above."""

_OWNER_OF = re.compile(r"owner of|owns|controls|director of|parent of|has subs", re.IGNORECASE)
_DIRECTS = re.compile(r"direct(ed by|or of)", re.IGNORECASE)
_CONTROLS = re.compile(r"control(led by|s)", re.IGNORECASE)
_OFAC_PERSON = re.compile(r"[^a-z,]{2,}, [A-Z]['’]?[a-z][^,]*")
"""A surname in capitals, a comma, given names in small letters; its entities are all capitals."""


def read_printed(companies: Iterable[Company], without: Collection[str] = ()) -> LinkReading:
    """Return the ties that lists print as links, and nodes for other ends that are only names.

    An other end that is printed as a name is taken for the one entry of the same list that bears
    exactly that name; else it becomes a node of its own, which nothing joins to others yet.

    Args:
        companies: Companies of any lists, such as a selection's.
        without: Ids of lists whose ties are read as links by a reader of their own.

    Returns:
        Links, nodes made for names, and problems; see `gather_items`.

    Example:
        >>> tie = PrintedLink("UnknownLink", "parent", "Invented Group", list="mine", edition="1")
        >>> mill = Company("mine:1", "Company", (Name("Invented Mill Ltd"),), links=(tie,))
        >>> [link], [group], _ = read_printed([mill])
        >>> link.kind, link.owner == group.id, link.target, link.share == ANY_SHARE
        ('ownership', True, 'mine:1', True)
    """
    kept = [company for company in companies if company.links]
    sought = {_plain(tie.other_name) for each in kept for tie in each.links if not tie.other_id}
    by_name = _by_name(companies, sought) if sought else {}
    return gather_items(settle_items(_links(kept, by_name, frozenset(without))))


def _by_name(
    companies: Iterable[Company], sought: Collection[str]
) -> dict[tuple[str, str], list[str]]:
    """Return list and name to the entries of that list that bear it, for the names sought."""
    begins = {name[:2] for name in sought}  # few names need more than a look at how they begin
    found: dict[tuple[str, str], list[str]] = {}
    for company in companies:
        near = [each.value for each in company.names if each.value.casefold()[:2] in begins]
        for name in dict.fromkeys(map(_plain, near)) if near else ():
            if name in sought:
                found.setdefault((company.id.partition(":")[0], name), []).append(company.id)
    return found


def _plain(name: str) -> str:
    return " ".join(name.casefold().split()).rstrip(" .,;")


def _links(
    companies: list[Company], by_name: dict[tuple[str, str], list[str]], without: frozenset[str]
) -> Iterator[Item]:
    seen: set[str] = set()
    for company in companies:
        for tie in company.links:
            origin = tie.list or company.id.partition(":")[0]
            if origin in without:
                continue
            other, items = _other_end(tie, origin, by_name)
            link = _link(company, tie, other, origin)
            if link.id not in seen:
                seen.add(link.id)
                yield from (*items, link)


def _other_end(
    tie: PrintedLink, origin: str, by_name: dict[tuple[str, str], list[str]]
) -> tuple[str, list[Item]]:
    """Return the id of the other end, and the node and problem that come with it."""
    if tie.other_id:
        return tie.other_id, []
    entries = by_name.get((origin, _plain(tie.other_name)), [])
    if len(entries) == 1:
        return entries[0], []
    node_id = hash_id(f"{origin}:name", _plain(tie.other_name))
    schema = "Person" if _names_person(tie.other_name) else "LegalEntity"
    items: list[Item] = [Company(node_id, schema, (Name(tie.other_name),))]
    if entries:
        items.append(Problem(SEVERAL, value=tie.other_name[:200]))
    return node_id, items


def _names_person(name: str) -> bool:
    """Tell whether a name is a natural person's: by its words, or as OFAC writes persons alone."""
    return bool(_OFAC_PERSON.fullmatch(name)) or is_person(name)


def _link(company: Company, tie: PrintedLink, other: str, origin: str) -> Link:
    above = bool(_OWNED_BY.match(tie.role))
    kind, interest = _kind(tie, above)
    owner, target = (other, company.id) if above else (company.id, other)
    return Link(
        id=hash_id(f"{origin}:link", kind, owner, target, tie.role if kind == "unknown" else ""),
        kind=kind,
        owner=owner,
        target=target,
        source=LinkSource(origin, edition=tie.edition or None, citation=company.id),
        interest=interest,
        share=ANY_SHARE if kind == "ownership" else None,
        role=tie.role,
    )


def _kind(tie: PrintedLink, above: bool) -> tuple[LinkKind, Interest | None]:
    if not above and not _OWNER_OF.match(tie.role):
        return "unknown", None
    if tie.schema == "Directorship" or _DIRECTS.match(tie.role):
        return "directorship", "boardMember"
    if _CONTROLS.match(tie.role):
        return "control", "otherInfluenceOrControl"
    return "ownership", "unknownInterest"
