"""FollowTheMoney JSON lines: companies, their listings (Sanction) and ties, as Aleph writes them.

Each line is an entity with `id`, `schema` and `properties`. Entities that are ties become links of
the companies they join; the other end is named, and given by id where it is in the same file.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from answerable.errors import ListUnreadable
from answerable.lists.grounds import classify
from answerable.lists.reading import Draft, Reading, number_repeats, read_date, tidy
from answerable.model import Card, Company, Listing, PrintedLink, Problem
from answerable.model.company import NameKind

_MOST_BYTES = 2_000_000_000
_LONGEST_LINE = 10_000_000
_NODES = {
    "Company": "Company",
    "Organization": "Organization",
    "LegalEntity": "LegalEntity",
    "PublicBody": "PublicBody",
    "Asset": "Asset",
    "Person": "Person",
    "Vessel": "Vessel",
    "Airplane": "Airplane",
}
_TIES = {
    "Ownership": ("owner", "asset", "owner of", "owned by"),
    "Directorship": ("director", "organization", "director of", "directed by"),
    "UnknownLink": ("subject", "object", "linked to", "linked to"),
}
"""Schema of a tie to the properties of its ends, and to the words that tell the two ways apart."""

_NAMES: dict[str, NameKind] = {
    "name": "name",
    "alias": "alias",
    "weakAlias": "weakAlias",
    "previousName": "previousName",
}
_IDENTIFIERS = {
    "leiCode": "LEI",
    "uscCode": "USCC",
    "isin": "ISIN",
    "isinCode": "ISIN",
    "swiftBic": "BIC",
    "registrationNumber": "registration",
    "taxNumber": "tax",
    "vatCode": "tax",
    "dunsCode": "DUNS",
    "imoNumber": "IMO",
}


@dataclass(slots=True)
class _Graph:
    """The entities of a file by what they are; nodes in their order, listings by who is listed."""

    nodes: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    ties: list[Mapping[str, Any]] = field(default_factory=list)
    listings: dict[str, list[Listing]] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)


def read_ftm(files: Mapping[str, Path], card: Card) -> Reading:
    """Return the companies of a FollowTheMoney file.

    Persons stay persons: they are kept as ends of ties, and never matched. A `Sanction` becomes a
    listing of the entity it names; a company without one has no listing, and is in the file for
    its ties alone. Schemata that are neither (payments, documents) are left out.

    Args:
        files: One role to the file of JSON lines.
        card: For the list's id and class of ground.

    Returns:
        Nodes in the order of the file, with the ids of the file behind the list's; problems: lines
        that are no entity, ties to what is not in the file. The editions are blank.

    Raises:
        ListUnreadable: It cannot be read, is too large, or no line is an entity.

    Source:
        FollowTheMoney, schemata and property names.

    Example:
        >>> import tempfile
        >>> from answerable.lists.cards import make_ftm_card
        >>> path = Path(tempfile.mkdtemp()) / "mill.ftm.json"
        >>> line = '{"id": "1", "schema": "Company", "properties": {"name": ["Invented Mill"]}}'
        >>> _ = path.write_text(line, encoding="utf-8")
        >>> companies, problems = read_ftm({"list": path}, make_ftm_card("mine"))
        >>> companies[0].id, companies[0].caption, problems
        ('mine:1', 'Invented Mill', ())
    """
    [path] = list(files.values())[:1]
    problems: list[Problem] = []
    graph = _gather(path, card, problems)
    if not graph.nodes and not graph.ties:
        raise ListUnreadable(path.name, "no line is an entity of FollowTheMoney")
    links = _links(graph, card, problems)
    companies = []
    for key in list(graph.nodes):
        entity = graph.nodes.pop(key)  # of millions, those that are read are held no longer
        company = _company(key, entity, graph, card, problems)
        if company is not None:
            own = tuple(graph.listings.get(key, ()))
            ties = tuple(links.get(key, ()))
            is_bare = not own and not ties
            companies.append(company if is_bare else replace(company, listings=own, links=ties))
    return number_repeats(companies), tuple(problems)


def _gather(path: Path, card: Card, problems: list[Problem]) -> _Graph:
    graph = _Graph()
    for row, entity in iterate_entities(path, problems):
        key, schema = str(entity["id"]), entity["schema"]
        if schema in _NODES:
            if key in graph.nodes:
                problems.append(Problem("The id repeats; the first was kept.", row=row, value=key))
            graph.nodes.setdefault(key, entity)
        elif schema in _TIES:
            graph.ties.append(entity)
        elif schema == "Sanction":
            listing = _listing(entity, card)
            for listed in values_of(entity, "entity"):
                graph.listings.setdefault(listed, []).append(listing)
        elif schema == "Address":
            graph.addresses[key] = next(iter(values_of(entity, "full")), "")
    return graph


def iterate_entities(
    path: Path, problems: list[Problem]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the line number and value of each entity; add a problem for each line that is none.

    Raises:
        ListUnreadable: The file cannot be read, or it or a line of it is too large.
    """
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ListUnreadable(path.name, f"it is over {_MOST_BYTES:,} bytes")
        with path.open("rb") as file:
            row = 0
            while line := file.readline(_LONGEST_LINE + 1):
                row += 1
                if len(line) > _LONGEST_LINE:
                    raise ListUnreadable(path.name, f"line {row} is over {_LONGEST_LINE:,} bytes")
                if line.strip():
                    yield from _entity(row, line, problems)
    except OSError as error:
        raise ListUnreadable(path.name, error.strerror or str(error)) from error


def _entity(
    row: int, line: bytes, problems: list[Problem]
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError):
        problems.append(Problem("The line is no JSON; it was not read.", row=row))
        return
    fits = isinstance(entity, dict) and isinstance(entity.get("properties"), dict)
    if fits and entity.get("id") and isinstance(entity.get("schema"), str):
        yield row, entity
    else:
        sentence = "The line is no entity with id, schema and properties; it was not read."
        problems.append(Problem(sentence, row=row))


def values_of(entity: Mapping[str, Any], name: str) -> list[str]:
    """Return the values of a property; an entity nested in place of an id gives its id."""
    found = entity["properties"].get(name)
    if not found:  # most properties are not there
        return []
    values = found if isinstance(found, list) else [found]
    texts = [each.get("id") if isinstance(each, dict) else each for each in values]
    return [value for each in texts if isinstance(each, str) and (value := tidy(each))]


def _one(entity: Mapping[str, Any], *names: str) -> str | None:
    return next((value for name in names for value in values_of(entity, name)), None)


def _company(
    key: str, entity: Mapping[str, Any], graph: _Graph, card: Card, problems: list[Problem]
) -> Company | None:
    draft = Draft()
    for name, kind in _NAMES.items():
        for place, value in enumerate(values_of(entity, name)):
            draft.add_name(value, "alias" if kind == "name" and place else kind)
    if not draft.names:
        sentence = "The entity has no name; it was not read."
        problems.append(Problem(sentence, value=key[:200]))
        return None
    for name in ("jurisdiction", "country", "mainCountry", "nationality", "flag"):
        for value in values_of(entity, name):
            problems.extend(draft.add_country(value, None, name))
    for value in values_of(entity, "address"):
        draft.add_address(value)
    for value in values_of(entity, "addressEntity"):
        draft.add_address(graph.addresses.get(value, ""))
    _add_identifiers(entity, draft, problems)
    return draft.company(f"{card.id}:{key}", _NODES[entity["schema"]])


def _add_identifiers(entity: Mapping[str, Any], draft: Draft, problems: list[Problem]) -> None:
    if entity["schema"] == "Person":
        return
    country = next(iter(draft.countries), None) if len(draft.countries) == 1 else None
    if _IDENTIFIERS.keys().isdisjoint(entity["properties"]):
        return
    for name, scheme in _IDENTIFIERS.items():
        for value in values_of(entity, name):
            problems.extend(draft.add_identifier(scheme, value, country, None))


def _listing(sanction: Mapping[str, Any], card: Card) -> Listing:
    programs = tuple(values_of(sanction, "program") + values_of(sanction, "programId"))
    ground, citation = _one(sanction, "reason"), _one(sanction, "authorityId", "recordId")
    fields = {"ground": ground, "citation": citation, "programs": programs}
    return Listing(
        list=card.id,
        edition="",
        ground=ground,
        ground_class=classify(card, fields),
        programs=programs,
        citation=citation,
        since=read_date(_one(sanction, "startDate", "listingDate") or ""),
        until=read_date(_one(sanction, "endDate") or ""),
        remarks=_one(sanction, "summary"),
        url=_one(sanction, "sourceUrl") or card.url,
    )


def _links(graph: _Graph, card: Card, problems: list[Problem]) -> dict[str, list[PrintedLink]]:
    links: dict[str, list[PrintedLink]] = {}
    for tie in graph.ties:
        first, second, forth, back = _TIES[tie["schema"]]
        printed = _one(tie, "role")
        role = f" ({printed})" if printed else ""
        for one in values_of(tie, first):
            for other in values_of(tie, second):
                _join(links, tie, card, graph, (one, other, f"{forth}{role}"))
                _join(links, tie, card, graph, (other, one, f"{back}{role}"))
                if one not in graph.nodes or other not in graph.nodes:
                    sentence = "A tie joins what is not in the file; it was kept as far as it goes."
                    problems.append(Problem(sentence, value=str(tie["id"])[:200]))
    return links


def _join(
    links: dict[str, list[PrintedLink]],
    tie: Mapping[str, Any],
    card: Card,
    graph: _Graph,
    ends: tuple[str, str, str],
) -> None:
    one, other, role = ends
    known = graph.nodes.get(other)
    name = (_one(known, "name") if known else None) or other
    other_id = f"{card.id}:{other}" if known else None
    links.setdefault(one, []).append(
        PrintedLink(tie["schema"], role, name, other_id, list=card.id, edition="")
    )
