"""Names as links: an entry whose name agrees with another's gets a link `same` with a probability.

It joins nothing into one. Such a link is shown as one link of a path, and what is reached through
it is at most as sure as it is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from answerable.exposure.linking.network import Network
from answerable.lists.links.gathering import is_numbered
from answerable.matching.index import NameIndex
from answerable.matching.matches import match_suppliers
from answerable.model import Company, Link, LinkSource, Match, Supplier

MOST_NAMES = 200_000
"""Names of entries that are on no list up to which names are compared at all."""

MOST_JOINS = 3
"""Links that names make from one entry, the likeliest."""

NAME_MATCH = "name match"
"""Origin of a link that a comparison of names made."""


def unlisted_companies(network: Network) -> list[Company]:
    """Return the legal persons of editions of links and of claims that are on no list.

    Suppliers are matched with these too: they are companies that are only owners, owned, or named
    in a claim. Persons, things, entries known by a number alone, and names that a list prints at
    the end of a tie and nowhere else, are never among them.
    """
    return [each for each in _named_companies(network) if each.id not in network.printed]


def _named_companies(network: Network) -> list[Company]:
    return [
        node
        for node in network.nodes.values()
        if node.is_legal_person and not node.listings and not is_numbered(node)
    ]


def index_unlisted(companies: Sequence[Company], listed: NameIndex) -> NameIndex | None:
    """Return the index of companies that are on no list; None without any, or with too many.

    Its prior is no greater than that of the listed names: that few companies are named in a case
    makes no supplier likelier to be one of them.

    Args:
        companies: See `unlisted_companies`.
        listed: The index of the listed names.
    """
    if not 0 < count_names(companies) <= MOST_NAMES:
        return None
    index = NameIndex(companies)
    index.prior = min(index.prior, listed.prior, key=lambda each: each.log_odds)
    return index


def count_names(companies: Iterable[Company]) -> int:
    """Return how many names companies have in all."""
    return sum(len(company.names) for company in companies)


def join_by_name(network: Network, indexes: Sequence[NameIndex], threshold: float) -> Network:
    """Return the network with a link `same` wherever the names of two entries agree.

    Args:
        network: Who is tied to whom.
        indexes: Names to compare with: of listed companies, and of those on no list.
        threshold: Least probability of one legal person.

    Returns:
        With at most `MOST_JOINS` such links from each entry that is on no list; none between two
        entries of one source, which would know. With over `MOST_NAMES` names of such entries none
        at all, which `limits` says: then only identifiers join.
    """
    asked = _named_companies(network)
    count = count_names(asked)
    if count > MOST_NAMES:
        limit = (
            f"The links name {count:,} names of companies that are on no list, over "
            f"{MOST_NAMES:,}: they were joined by identifiers only, and suppliers were compared "
            "with the listed names alone."
        )
        return replace(network, limits=(*network.limits, limit))
    found = _compare(network, asked, indexes, threshold)
    made: dict[frozenset[str], Link] = {}
    nodes = dict(network.nodes)
    for node in asked:
        best = found.get(node.id, {})
        ranked = sorted(best.values(), key=lambda each: (-each[1], each[0].id))
        for other, probability in ranked[:MOST_JOINS]:
            link = _same(node.id, network.node_of(other.id), probability)
            made.setdefault(frozenset((link.owner, link.target)), link)
            nodes.setdefault(link.target, other)
    return replace(network, links=(*network.links, *made.values()), nodes=nodes)


def _compare(
    network: Network, asked: Sequence[Company], indexes: Sequence[NameIndex], threshold: float
) -> dict[str, dict[str, tuple[Company, float]]]:
    """Return for each node the nodes whose names agree with one of its own, and how surely."""
    pairs = [(node, name.value) for node in asked for name in node.names]
    rows = [
        Supplier(row, name, node.countries[0] if node.countries else None)
        for row, (node, name) in enumerate(pairs)
    ]
    found: dict[str, dict[str, tuple[Company, float]]] = {}
    for index in indexes:
        matched = match_suppliers(rows, index, threshold=threshold)
        for (node, _), each in zip(pairs, matched, strict=True):
            best = found.setdefault(node.id, {})
            for match in each.matches:
                other = network.node_of(match.company.id)
                if not _joins(match, threshold) or origin_of(other) == origin_of(node.id):
                    continue
                if other not in best or best[other][1] < match.probability:
                    best[other] = (match.company, match.probability)
    return found


def _joins(match: Match, threshold: float) -> bool:
    return match.relation == "same" and match.probability >= threshold


def origin_of(node: str) -> str:
    """Return what an entry's id says of its source.

    Example:
        >>> origin_of("us_dod_1260h:8f82388b5973"), origin_of("case:huawei-uk:name:1234567890ab")
        ('us_dod_1260h', 'case:huawei-uk')
    """
    first, _, rest = node.partition(":")
    return f"{first}:{rest.partition(':')[0]}" if first == "case" else first


def _same(one: str, other: str, probability: float) -> Link:
    return Link(
        id=f"same:{one}={other}",
        kind="same",
        owner=one,
        target=other,
        source=LinkSource(NAME_MATCH, probability=probability),
        role="the names agree",
    )
