"""The Beneficial Ownership Data Standard (BODS) 0.4, 0.3 and 0.2: links, and the nodes they join.

A statement holds until a later one of its record, so that earlier shares never add to later ones.
Parties that nobody names stay unknown, each by itself, with the reason as stated.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from answerable.errors import ListUnreadable
from answerable.lists.links.bods_nodes import read_node
from answerable.lists.links.bods_statements import (
    Span,
    Statement,
    Survey,
    iterate_statements,
    survey_statements,
    text_of,
)
from answerable.lists.links.gathering import Item, is_reversed, read_day, unknown_party
from answerable.lists.links.interests import SHARED, kind_of, read_interest
from answerable.lists.links.shares import CONTRADICTION, NOT_UNDERSTOOD, bound_share
from answerable.lists.reading import tidy
from answerable.model import ANY_SHARE, Card, Link, LinkSource, Problem, Share
from answerable.model.link import Directness

NOBODY = "The statement says that there is no owner to be disclosed; it makes no link."
NO_PARTY = "The statement lacks one of its two parties; it was not read as a link."
NOT_HERE = "The record of a party is not in the file; the link was kept."
NO_COMPONENT = "A component is not in the file; the link was kept without it."
NO_INTEREST = "No rule asks for this type of interest; it was kept as an unknown one."


def stream_bods(files: Mapping[str, Path], card: Card) -> Iterator[Item]:
    """Yield the nodes and links of a BODS file, each statement as long as it was the last word.

    Args:
        files: One role to the file: a JSON array or JSON lines; packed with gzip or ZIP, too.
        card: For the list's id.

    Yields:
        Nodes with their identifiers (of persons the name alone), a link for each interest, and
        problems. A closed record's links end on the day of the closing statement at the latest.

    Raises:
        ListUnreadable: It cannot be read, or no item is a statement.

    Source:
        Beneficial Ownership Data Standard 0.4, 0.3 and 0.2: statements, records, interests, share,
        unspecified records, component records.

    Cost:
        The file is read twice: 100,000 statements of 700 bytes in 13 s on one core of a busy
        machine; 1 kB of memory per statement.
    """
    [path] = list(files.values())[:1]
    survey = survey_statements(path)
    if not survey.kinds:
        raise ListUnreadable(path.name, "no item is a statement of BODS 0.2, 0.3 or 0.4")
    for statement in iterate_statements(path):
        if isinstance(statement, Problem):
            yield statement
        elif statement.row not in survey.spans:
            continue
        elif statement.kind == "relationship":
            yield from _relationship(statement, survey, card)
        else:
            yield from read_node(statement, card)


def _relationship(statement: Statement, survey: Survey, card: Card) -> Iterator[Item]:
    ends = []
    reason = None
    for name in ("interestedParty", "subject"):
        party = statement.details.get(name)
        unknown = _unspecified(party)
        key = _reference(party)
        if key is not None:
            key = survey.resolve(key)
            if key not in survey.kinds:
                yield Problem(NOT_HERE, row=statement.row, column=name, value=key[:200])
            ends.append(f"{card.id}:{key}")
        elif unknown is not None:
            code = text_of(unknown, "reason")
            if _says_nobody(code):
                yield Problem(NOBODY, row=statement.row, value=statement.key[:200])
                return
            reason = reason or code
            node = unknown_party(
                f"{card.id}:{survey.spans[statement.row].name}#{name}",
                code,
                text_of(unknown, "description"),
            )
            yield node
            ends.append(node.id)
    if len(ends) < 2:
        yield Problem(NO_PARTY, row=statement.row, value=statement.key[:200])
        return
    for place, interest in enumerate(statement.interests):
        yield from _link(statement, place, interest, (ends[0], ends[1]), reason, survey, card)


def _link(
    statement: Statement,
    place: int,
    raw: Any,
    ends: tuple[str, str],
    reason: str | None,
    survey: Survey,
    card: Card,
) -> Iterator[Item]:
    values = raw if isinstance(raw, dict) else {}
    interest, known = read_interest(text_of(values, "type"))
    if not known:
        yield Problem(NO_INTEREST, row=statement.row, value=text_of(values, "type"))
    share, fault = read_bods_share(values.get("share"))
    if fault:
        yield Problem(fault, row=statement.row, column="share", value=_shown(values["share"]))
    span = survey.spans[statement.row]
    start, end, problems = _period(statement, values, span)
    yield from problems
    components, missing = _components(statement, survey, card)
    if place == 0:
        yield from (Problem(NO_COMPONENT, row=statement.row, value=key[:200]) for key in missing)
    yield Link(
        id=_link_id(card, span.name, place),
        kind=kind_of(interest),
        owner=ends[0],
        target=ends[1],
        source=LinkSource(card.id, citation=statement.id, url=_address(statement.url)),
        interest=interest,
        share=share or (ANY_SHARE if interest in SHARED else None),
        directness=_directness(values),
        role=_role(reason, values, known),
        start=start,
        end=end,
        components=components,
    )


def _role(reason: str | None, values: Mapping[str, Any], known: bool) -> str | None:
    """Return how the source words a tie: why a party is unknown, an odd type, the details."""
    told = (reason, None if known else text_of(values, "type"), text_of(values, "details"))
    return "; ".join(tidy(each) for each in told if each)[:500] or None


def _link_id(card: Card, name: str, place: int) -> str:
    return f"{card.id}:{name}" if place == 0 else f"{card.id}:{name}#{place + 1}"


def _period(
    statement: Statement, values: Mapping[str, Any], span: Span
) -> tuple[str | None, str | None, list[Problem]]:
    """Return from when until when an interest holds, as far as its statement is the last word."""
    start, problems = read_day(values.get("startDate"), statement.row, "startDate")
    end, more = read_day(values.get("endDate"), statement.row, "endDate")
    closing = read_day(statement.day, None, "")[0] if statement.closed else None
    if start and end and is_reversed(start, end):
        return start, end, [*problems, *more]  # told as reversed, and left as stated
    start = max((each for each in (start, span.since) if each), default=None)
    end = min((each for each in (end, closing, span.until) if each), default=None)
    return start, end, [*problems, *more]


def _components(
    statement: Statement, survey: Survey, card: Card
) -> tuple[tuple[str, ...], list[str]]:
    """Return the ids of the links of components, and the keys of those that are not in the file."""
    found: list[str] = []
    missing: list[str] = []
    for named in statement.components:
        key = survey.resolve(named)
        if key not in survey.kinds:
            missing.append(named)
        elif survey.kinds[key] == "relationship":
            spans = [survey.spans[row] for row in survey.rows.get(key, ())]
            found += (
                _link_id(card, span.name, place)
                for span in spans
                for place in range(span.interests)
            )
    return tuple(found), missing


def _reference(party: Any) -> str | None:
    """Return the key that a party refers to, in the form of 0.4 or the one before."""
    if isinstance(party, str):
        return party.strip() or None
    if not isinstance(party, dict):
        return None
    return text_of(party, "describedByEntityStatement") or text_of(
        party, "describedByPersonStatement"
    )


def _unspecified(party: Any) -> Mapping[str, Any] | None:
    """Return what is said of a party that is not named; None if it is named or left out."""
    if not isinstance(party, dict):
        return None
    inner = party.get("unspecified")
    if isinstance(inner, dict):
        return inner
    return party if "reason" in party else None


def _says_nobody(code: str | None) -> bool:
    return (code or "").replace("-", "").lower() == "nobeneficialowners"


def _directness(values: Mapping[str, Any]) -> Directness:
    told = text_of(values, "directOrIndirect") or text_of(values, "interestLevel")
    if told == "direct":
        return "direct"
    return "indirect" if told == "indirect" else "unknown"


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("https://", "http://")) else None


def read_bods_share(share: Any) -> tuple[Share | None, str | None]:
    """Return the range of a BODS share, None where none is stated, and what is wrong with it.

    An exclusive bound is a number in 0.4, and a mark beside the bound in 0.2 and 0.3.

    Example:
        >>> read_bods_share({"minimum": 25, "maximum": 50, "exclusiveMinimum": True})[0]
        Share(low=25000000, high=50000000, low_open=True, high_open=False)
        >>> read_bods_share({"exclusiveMinimum": 50, "exclusiveMaximum": 75})[0].low_open
        True
    """
    if share is None or share == {}:
        return None, None
    if not isinstance(share, dict):
        return ANY_SHARE, NOT_UNDERSTOOD
    low, low_open = _bound(share, "minimum", "exclusiveMinimum")
    high, high_open = _bound(share, "maximum", "exclusiveMaximum")
    exact = share.get("exact")
    if not all(each is None or _is_number(each) for each in (low, high, exact)):
        return ANY_SHARE, NOT_UNDERSTOOD
    band, fault = bound_share(low, high, low_open, high_open)
    if fault or exact is None:
        return band, fault
    number, fault = bound_share(exact, exact)
    if fault is None and (number.low < band.low or number.high > band.high):
        return ANY_SHARE, CONTRADICTION
    return number, fault


def _shown(share: Any) -> str:
    """Return a share as its file states it, for a problem."""
    if not isinstance(share, dict):
        return str(share)[:200]
    return ", ".join(f"{name} {value}" for name, value in share.items())[:200]


def _bound(share: Mapping[str, Any], name: str, exclusive: str) -> tuple[Any, bool]:
    """Return a bound and whether it is open."""
    inner, outer = share.get(name), share.get(exclusive)
    if outer is None or isinstance(outer, bool):
        return inner, outer is True and inner is not None
    if inner is not None and _is_number(inner) and _is_number(outer):
        tighter = inner > outer if name == "minimum" else inner < outer
        return (inner, False) if tighter else (outer, True)
    return outer, True


def _is_number(value: object) -> bool:
    return isinstance(value, int | Decimal) and not isinstance(value, bool)
