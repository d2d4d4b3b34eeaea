"""Linking: the links and nodes of a day, with what several sources call by one identifier joined.

Entries of two sources become one node only where they share an identifier. A name joins nothing
into one: it makes a link of the kind `same` with its probability (see `linking_names`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from answerable.lists.links.printed import read_printed
from answerable.model import ClaimNote, Company, Link, Name, Problem

SELF = "Two entries that a link ties share an identifier, so they are one; the link was left out."
DANGLING = "A link names a company that no source describes; its id was kept as its name."


@dataclass(frozen=True, slots=True)
class Sourced:
    """What one kind of source tells: links as stated, and the nodes that they tie.

    Args:
        links: As their sources state them.
        nodes: What they tie, beside listed companies.
        notes: Id of a node to the filed claims that name it.
        read: Ids of lists whose printed ties are among the links already.
    """

    links: Sequence[Link] = ()
    nodes: Sequence[Company] = ()
    notes: Mapping[str, tuple[ClaimNote, ...]] = field(default_factory=dict)
    read: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Network:
    """Who is tied to whom, as all sources of a day state it.

    Args:
        links: The links; their ends are nodes.
        nodes: Nodes at an end of a link or named in a claim, by id. A node of several entries has
            the id of its first listed one, and the names and identifiers of all.
        joined: Id of an entry to that of the node that it became part of; others are their own.
        notes: Id of a node to the filed claims that name it.
        printed: Ids of nodes of which a list prints no more than the name, at the end of a tie.
        problems: What is wrong with the links.
        limits: What was not done and why, in sentences.
    """

    links: tuple[Link, ...] = ()
    nodes: Mapping[str, Company] = field(default_factory=dict)
    joined: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, tuple[ClaimNote, ...]] = field(default_factory=dict)
    printed: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()
    limits: tuple[str, ...] = ()

    def node_of(self, entry: str) -> str:
        """Return the id of the node that an entry is part of."""
        return self.joined.get(entry, entry)

    @property
    def is_empty(self) -> bool:
        """Whether no source ties or names anybody, and nothing was left undone."""
        return not self.links and not self.notes and not self.limits


def link_entries(companies: Sequence[Company], *sources: Sourced) -> Network:
    """Return who is tied to whom: by ties that lists print, and by other sources.

    Args:
        companies: Companies of the selection's lists, persons among them.
        sources: Editions of links, and filed claims.

    Returns:
        Every link that was given, but for those from a node to itself; each with its own source,
        whatever others say. Nothing is added up here.

    Cost:
        One pass over the companies, some µs per link. Without ties only the pass.
    """
    read = frozenset[str]().union(*(each.read for each in sources))
    printed, named, problems = read_printed(companies, without=read)
    links = [*printed, *(link for each in sources for link in each.links)]
    notes = _gather_notes(sources)
    ends = {end for link in links for end in (link.owner, link.target)} | notes.keys()
    if not ends:
        return Network(problems=tuple(problems))
    others = {each.id: each for source in sources for each in source.nodes}
    others |= {each.id: each for each in named}
    entries = _pick_entries(companies, others, ends)
    joined = _join_by_identifier(entries)
    nodes = _make_nodes(entries, joined, ends)
    missing = [end for end in ends if joined.get(end, end) not in nodes]
    nodes |= {end: _unknown(end) for end in sorted(missing)}
    problems += [Problem(DANGLING, value=end[:200]) for end in sorted(missing)]
    kept, faults = _redirect(links, joined)
    return Network(
        links=tuple(kept),
        nodes=nodes,
        joined=joined,
        notes=_redirect_notes(notes, joined),
        printed=frozenset(each.id for each in named),
        problems=(*problems, *faults),
    )


def _gather_notes(sources: Iterable[Sourced]) -> dict[str, tuple[ClaimNote, ...]]:
    notes: dict[str, tuple[ClaimNote, ...]] = {}
    for source in sources:
        for node, found in source.notes.items():
            notes[node] = (*notes.get(node, ()), *found)
    return notes


def _pick_entries(
    companies: Iterable[Company], others: Mapping[str, Company], ends: set[str]
) -> list[Company]:
    """Return what is at an end of a link, listed entries first, and what shares an identifier."""
    at_ends = {node_id: each for node_id, each in others.items() if node_id in ends}
    keys = {key for each in at_ends.values() for key in keys_of(each)}
    picked = [
        each
        for each in companies
        if each.id in ends or (keys and not keys.isdisjoint(keys_of(each)))
    ]
    listed = {each.id for each in picked}
    return [*picked, *(each for each in at_ends.values() if each.id not in listed)]


def keys_of(company: Company) -> Iterator[tuple[str, str, str]]:
    """Yield the identifiers by which an entry is one with another."""
    for identifier in company.identifiers:
        if identifier.key is not None:
            yield identifier.key


def _join_by_identifier(entries: Sequence[Company]) -> dict[str, str]:
    """Return id to the id of the first entry that it shares an identifier with, by chains too."""
    first: dict[tuple[str, str, str], str] = {}
    above: dict[str, str] = {}

    def top(entry: str) -> str:
        while entry in above:
            entry = above[entry]
        return entry

    for place in sorted(entries, key=lambda each: not each.listings):
        for key in keys_of(place):
            one, other = top(first.setdefault(key, place.id)), top(place.id)
            if one != other:
                above[other] = one
    return {entry: top(entry) for entry in above}


def _make_nodes(
    entries: Iterable[Company], joined: Mapping[str, str], ends: set[str]
) -> dict[str, Company]:
    """Return nodes by id; one of several entries bears the names and identifiers of all."""
    wanted = {joined.get(end, end) for end in ends}
    nodes: dict[str, Company] = {}
    for entry in sorted(entries, key=lambda each: joined.get(each.id, each.id) != each.id):
        node_id = joined.get(entry.id, entry.id)
        if node_id in wanted:
            held = nodes.get(node_id)
            nodes[node_id] = entry if held is None else _merge(held, entry)
    return nodes


def _merge(one: Company, other: Company) -> Company:
    names = dict.fromkeys((*one.names, *other.names))
    if one.names[0].kind == "weakAlias":  # known by a number alone, until another names it
        names = dict.fromkeys(sorted(names, key=lambda each: each.kind == "weakAlias"))
    return replace(
        one,
        names=tuple(names),
        countries=tuple(dict.fromkeys((*one.countries, *other.countries))),
        identifiers=tuple(dict.fromkeys((*one.identifiers, *other.identifiers))),
        listings=tuple(dict.fromkeys((*one.listings, *other.listings))),
    )


def _unknown(node_id: str) -> Company:
    return Company(node_id, "Thing", (Name(node_id, "weakAlias"),))


def _redirect(links: Iterable[Link], joined: Mapping[str, str]) -> tuple[list[Link], list[Problem]]:
    kept: list[Link] = []
    faults: list[Problem] = []
    for link in links:
        owner, target = (joined.get(end, end) for end in (link.owner, link.target))
        if owner == target:
            faults.append(Problem(SELF, value=link.id[:200]))
        elif (owner, target) == (link.owner, link.target):
            kept.append(link)
        else:
            kept.append(replace(link, owner=owner, target=target))
    return kept, faults


def _redirect_notes(
    notes: Mapping[str, tuple[ClaimNote, ...]], joined: Mapping[str, str]
) -> dict[str, tuple[ClaimNote, ...]]:
    found: dict[str, tuple[ClaimNote, ...]] = {}
    for entry, each in notes.items():
        node = joined.get(entry, entry)
        found[node] = (*found.get(node, ()), *each)
    return found
