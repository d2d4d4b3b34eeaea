"""The matches of suppliers: the listed companies that each may be, or may share a name with."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import TypeVar

from answerable.matching.alignment import are_comparable
from answerable.matching.evidence import Side
from answerable.matching.fields import most_of_fields
from answerable.matching.index import ListedName, NameIndex, Origin
from answerable.matching.names import NameParts
from answerable.matching.prospects import most_of_words, outline
from answerable.matching.readings import list_parts
from answerable.matching.weights import ROUNDING, Weight, score_of, weigh, weigh_above
from answerable.model import Company, Match, Reason, Supplier

POSSIBLE = 0.1
"""Probability of one legal person below which a pair of names is not worth a look."""

MOST_MATCHES = 10
"""Matches that a finding carries; how many more there were is counted."""

GRAVEST = ("forced_labour", "human_rights")
"""Classes of ground that come first among companies that only share a name."""

BATCH = 4_000
"""Names that are searched in one product, which bounds memory."""

IDENTIFIER_AGREES = 12.0
"""What an identifier that agrees adds: two companies do not share one, but rows are mistyped."""


@dataclass(frozen=True, slots=True)
class SupplierMatches:
    """The matches of one supplier.

    Args:
        matches: The best per company, those with an identifier first, then by probability;
            at most `MOST_MATCHES`.
        more: How many more companies there were.
        identified: Ids of those of them that share an identifier.
        origins: Where in the index the companies of `matches` stand.
    """

    matches: tuple[Match, ...] = ()
    more: int = 0
    identified: frozenset[str] = frozenset()
    origins: tuple[Origin, ...] = ()


Near = tuple[NameParts, Sequence[int]]
"""A supplier's name, and the positions of listed names that were found for it."""

NO_MATCHES = SupplierMatches()
"""What most suppliers have."""

Found = TypeVar("Found")
"""What is found for a supplier: its matches with one index, or with each of several."""


def match_suppliers(
    suppliers: Sequence[Supplier],
    index: NameIndex,
    *,
    threshold: float,
    advance: Callable[[int], None] = lambda _: None,
) -> list[SupplierMatches]:
    """Find for every supplier the listed companies that it may be, or share a name with.

    A match says that names, places and identifiers agree. It does not say that two companies
    are one, and nothing about their conduct.

    Args:
        suppliers: Rows to match; rows that repeat another in name, country, address and
            identifiers are scored once.
        index: The listed names.
        threshold: Probability from which a name match is a `match`; below it, and from
            `POSSIBLE` on, or with a distinctive name in common, it is brought up as possible.
        advance: Told after each batch how many suppliers are done.

    Returns:
        One entry per supplier, in order; without matches where nothing was found.

    Cost:
        100 to 200 µs per distinct supplier; most of it is taking its name apart.
    """
    found = match_distinct(
        suppliers,
        lambda batches: (match_batch(batch, index, threshold) for batch in batches),
        advance=advance,
    )
    return list(found)


def match_distinct(
    suppliers: Sequence[Supplier],
    match: Callable[[Iterable[Sequence[Supplier]]], Iterable[Sequence[Found]]],
    *,
    advance: Callable[[int], None] = lambda _: None,
) -> Iterator[Found]:
    """Match suppliers in batches, those that repeat another only once.

    Args:
        suppliers: Rows to match.
        match: From batches of different suppliers to their matches, batch by batch.
        advance: Told after each batch how many rows are done.

    Yields:
        One entry per supplier, in order, each as soon as its batch is done.
    """
    contents = [_content(each) for each in suppliers]
    first: dict[object, Supplier] = {}
    for content, supplier in zip(contents, suppliers, strict=True):
        first.setdefault(content, supplier)
    distinct = list(first)
    batches = (
        [first[content] for content in distinct[at : at + BATCH]]
        for at in range(0, len(distinct), BATCH)
    )
    done: dict[object, Found] = {}
    given = 0
    for found in match(batches):
        done.update(zip(distinct[len(done) : len(done) + len(found)], found, strict=True))
        start = given
        while given < len(contents) and contents[given] in done:
            given += 1
        advance(given - start)
        yield from (done[content] for content in contents[start:given])


def _content(supplier: Supplier) -> object:
    return supplier.name, supplier.country, supplier.identifiers, supplier.address


def match_batch(
    suppliers: Sequence[Supplier], index: NameIndex, threshold: float
) -> list[SupplierMatches]:
    """Match suppliers at once, in one search.

    Args:
        suppliers: Some thousand; what they hold bounds the memory that is needed.
        index: The listed names.
        threshold: As `match_suppliers`.

    Returns:
        One entry per supplier, in order.
    """
    [found] = match_batch_with_each(suppliers, [index], threshold)
    return found


def match_batch_with_each(
    suppliers: Sequence[Supplier], indexes: Sequence[NameIndex], threshold: float
) -> list[list[SupplierMatches]]:
    """Match suppliers with each of several indexes; their names are taken apart once.

    Args:
        suppliers: Some thousand; what they hold bounds the memory that is needed.
        indexes: Each is searched by itself, as if there were no other.
        threshold: As `match_suppliers`.

    Returns:
        Of each index one entry per supplier, in order.
    """
    parts = [[each for each in list_parts(row.name) if each.core] for row in suppliers]
    return [_search(suppliers, parts, each, threshold) for each in indexes]


def _search(
    suppliers: Sequence[Supplier],
    parts: Sequence[Sequence[NameParts]],
    index: NameIndex,
    threshold: float,
) -> list[SupplierMatches]:
    """Return the matches of suppliers whose names are taken apart, in order."""
    floor = score_of(min(POSSIBLE, threshold), "search")
    queries = [each for variants in parts for each in variants]
    found = iter(index.search(queries, floor=floor))
    matched = []
    for supplier, variants in zip(suppliers, parts, strict=True):
        near = [(each, positions) for each in variants if (positions := next(found))]
        likely = near and any(_list_likely(supplier, near, index, floor))
        if likely or supplier.identifiers:
            pairs = _pair_up(supplier, near, index)
            matched.append(_gather(supplier, pairs, index, threshold))
        else:
            matched.append(NO_MATCHES)
    return matched


def _list_likely(
    supplier: Supplier, near: Sequence[Near], index: NameIndex, floor: float
) -> Iterator[bool]:
    """Tell of each pair of names whether it may reach a score or share a name, at a quick look."""
    for parts, positions in near:
        mine = outline(parts)
        for position in positions:
            theirs = index.names.outline(position)
            if mine is None or theirs is None:
                yield True
                continue
            fields = most_of_fields(
                (len(mine.places), len(theirs.places)),
                whole=mine.core == theirs.core,
                numbers=bool(parts.numbers),
                countries=supplier.country is not None,
                addresses=supplier.address is not None,
            )
            most = index.prior.log_odds + fields + most_of_words(mine, theirs)
            yield most >= floor - ROUNDING


def _pair_up(
    supplier: Supplier, near: Iterable[Near], index: NameIndex
) -> list[tuple[Side, ListedName]]:
    """Return the pairs of a supplier's names and the listed names that were found for each."""
    pairs: list[tuple[Side, ListedName]] = []
    for parts, positions in near:
        side = side_of_supplier(supplier, parts)
        pairs += [(side, index.names[at]) for at in positions]
    return pairs


def side_of_supplier(supplier: Supplier, parts: NameParts) -> Side:
    """Return a supplier as a side of a comparison.

    Args:
        supplier: The supplier.
        parts: One of the ways in which its name may be compared.
    """
    countries = (supplier.country,) if supplier.country else ()
    identifiers = {each.scheme: each.value for each in supplier.identifiers if each.key}
    addresses = (supplier.address,) if supplier.address else ()
    return Side(parts, countries, identifiers, addresses)


def _gather(
    supplier: Supplier,
    pairs: Sequence[tuple[Side, ListedName]],
    index: NameIndex,
    threshold: float,
) -> SupplierMatches:
    """Keep the best pair of names per company, and put identifiers first."""
    least = min(POSSIBLE, threshold)
    weighed = weigh_pairs(pairs, index, score_of(least, "search"))
    if not weighed and not supplier.identifiers:
        return NO_MATCHES
    best: dict[str, tuple[Weight, ListedName]] = {}
    for _, listed, weight in weighed:
        held = best.get(listed.company.id)
        if held is None or _rank(weight) > _rank(held[0]):
            best[listed.company.id] = (weight, listed)
    identified = dict(_identify(supplier, index)) if supplier.identifiers else {}
    matches = [
        match_name(weight, listed, threshold)
        for weight, listed in best.values()
        if listed.company.id not in identified
        and (weight.probability >= least or weight.shares_name)
    ]
    origins = {key: listed.origin for key, (_, listed) in best.items()}
    origins |= {key: origin for key, (_, origin) in identified.items()}
    matches = [*(match for match, _ in identified.values()), *sorted(matches, key=_order)]
    carried = tuple(matches[:MOST_MATCHES])
    return SupplierMatches(
        carried,
        len(matches) - len(carried),
        frozenset(match.company.id for match in carried if match.company.id in identified),
        tuple(origins[match.company.id] for match in carried),
    )


def weigh_pairs(
    pairs: Iterable[tuple[Side, ListedName]], index: NameIndex, floor: float = -inf
) -> list[tuple[Side, ListedName, Weight]]:
    """Return the pairs that may be compared, weighed.

    Those that neither reach the floor nor share a name are left out, unless another pair of their
    company does: the best of a company decides.

    Args:
        pairs: Suppliers and listed names.
        index: The listed names, whose prior counts.
        floor: Score that matters, in log-odds.
    """
    compared = [each for each in pairs if are_comparable(each[0].parts, each[1].side.parts)]
    weights = [weigh_above(one, other.side, index.prior, floor) for one, other in compared]
    rows = list(zip(compared, weights, strict=True))
    kept = {listed.company.id for (_, listed), weight in rows if weight}
    return [
        (side, listed, weight or weigh(side, listed.side, index.prior))
        for (side, listed), weight in rows
        if listed.company.id in kept
    ]


def _rank(weight: Weight) -> tuple[float, bool]:
    return weight.score, weight.shares_name


def _order(match: Match) -> tuple[bool, int, float, str]:
    """Put the likeliest first; among companies that share a name, forced labour and human rights.

    Several lists may name one company: a reader who looks at the first match alone should not
    miss that one of them does so for human rights.
    """
    same = match.relation == "same"
    classes = {listing.ground_class for listing in match.company.listings}
    grave = next((at for at, each in enumerate(GRAVEST) if each in classes), len(GRAVEST))
    return not same, 0 if same else grave, -match.score, match.company.id


def match_name(weight: Weight, listed: ListedName, threshold: float) -> Match:
    """Return a weighed listed name as a match.

    Args:
        weight: What it weighs.
        listed: The name.
        threshold: Probability from which a name match is a match.
    """
    same = weight.probability >= threshold or not weight.shares_name or weight.only_omits
    reasons = weight.reasons if same else (_shared_name(), *weight.reasons)
    return Match(
        company=listed.company,
        relation="same" if same else "name_shared",
        name=listed.printed,
        score=weight.score,
        probability=weight.probability,
        reasons=reasons,
    )


def _shared_name() -> Reason:
    detail = "a distinctive name is shared, but the rest differs: another company, perhaps related"
    return Reason("name_shared", detail, 0.0)


def _identify(supplier: Supplier, index: NameIndex) -> Iterable[tuple[str, tuple[Match, Origin]]]:
    for company, shown, origin in index.find_identified(supplier.identifiers):
        reason = Reason("identifier", f"the same {shown}", IDENTIFIER_AGREES - index.prior.log_odds)
        weight = Weight(IDENTIFIER_AGREES, (reason, index.prior), shares_name=False)
        yield company.id, (_identified_match(company, weight), origin)


def _identified_match(company: Company, weight: Weight) -> Match:
    return Match(
        company=company,
        relation="same",
        name=company.caption,
        score=weight.score,
        probability=weight.probability,
        reasons=weight.reasons,
    )
