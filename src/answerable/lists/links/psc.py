"""The UK register of people with significant control (PSC), as Companies House publishes it.

Each line states what one person, company or other legal person holds in one company, in bands. Of
natural persons the name as stated is kept, and neither a date of birth nor an address.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from answerable.errors import ListUnreadable
from answerable.lists.links.bods_statements import text_of
from answerable.lists.links.gathering import Item, read_day, unknown_party
from answerable.lists.links.interests import kind_of
from answerable.lists.links.json_items import iterate_json
from answerable.lists.links.psc_natures import read_nature, tell_directness, widen_shares
from answerable.lists.reading import Draft, tidy
from answerable.model import ANY_SHARE, Card, Company, Link, LinkSource, Problem, Share
from answerable.model.countries import read_country
from answerable.model.identifiers import is_uscc
from answerable.model.link import Interest

NO_RECORD = "The line is no record of the register; it was not read."
NO_NATURE = "The nature of control is not known; it was kept as an unknown interest."
NO_DAY = "The record has ended without a day; it makes no link."
CUT = "The file ends without its line of totals: it may be cut."
OTHER_TOTAL = "The file holds another number of records than its line of totals says."
NOBODY = "The company states that nobody has significant control; it makes no link."

_ADDRESS = "https://find-and-update.company-information.service.gov.uk"
_NOBODY = ("no-individual-or-entity-with-signficant-control", "no-individual-or-entity-with-sig")
_UNIDENTIFIED = (
    "psc-exists-but-not-identified",
    "psc-details-not-confirmed",
    "steps-to-find-psc-not-yet-completed",
    "psc-contacted-but-no-response",
    "no-beneficial-owner-identified",
    "at-least-one-beneficial-owner-unidentified",
)
_OF_UK = re.compile(
    r"(companies house|united kingdom|great britain|england|wales|scotland|northern ireland|uk)\b",
    re.IGNORECASE,
)
_KINDS = {
    f"{who}-{what}": schema
    for what in ("person-with-significant-control", "beneficial-owner")
    for who, schema in (
        ("individual", "Person"),
        ("corporate-entity", "Company"),
        ("legal-person", "LegalEntity"),
        ("super-secure", ""),
    )
}
"""Kind of record to the schema of who holds; blank where it is protected."""

_TOTALS = "totals#persons-of-significant-control-snapshot"


@dataclass(frozen=True, slots=True)
class _Record:
    """A line: the number of the company it is about, what is held, and the record's own key."""

    row: int
    number: str
    kind: str
    data: Mapping[str, Any]
    key: str


def stream_psc(files: Mapping[str, Path], card: Card) -> Iterator[Item]:
    """Yield the nodes and links of a PSC snapshot.

    Whether a holding is direct the register does not tell (*directly or indirectly*). Where one
    record states an interest in several ways (as such, and through a trust), these may be the same
    shares: they make one link from the greatest least share to the sum of the greatest. A company
    that holds is a node of its own; that it is the company of that number is for others to join.

    Args:
        files: The JSON line files of one snapshot, as ZIP or unpacked: the whole, or all its parts.
        card: For the list's id.

    Yields:
        For each record the company (by its number: the register's snapshot has no names), the
        holder, and a link for each type of interest. Holders that are protected or that the
        company has not found are unknown parties.

    Raises:
        ListUnreadable: A file cannot be read, or holds no record.

    Source:
        Companies House, PSC snapshot; bands of the Register of People with Significant Control
        Regulations 2016 (SI 2016/339), Schedule 2.

    Cost:
        17,000 lines a second on one core of a busy machine; 36 MB however long the file is.
    """
    seen: Counter[str] = Counter()
    totals: list[Mapping[str, Any]] = []
    for path in files.values():
        for found in iterate_json(path):
            if isinstance(found, Problem):
                yield found
            else:
                yield from _line(*found, card, seen, totals)
        if not seen and not totals:
            raise ListUnreadable(path.name, "no line is a record of the register")
    yield from _compare(totals, seen)


def _line(
    row: int, raw: Any, card: Card, seen: Counter[str], totals: list[Mapping[str, Any]]
) -> Iterator[Item]:
    data = raw.get("data") if isinstance(raw, dict) else None
    kind = data.get("kind") if isinstance(data, dict) else None
    if isinstance(data, dict) and kind == _TOTALS:
        totals.append(data)
        return
    number = tidy(text_of(raw, "company_number") or "").upper() if isinstance(raw, dict) else ""
    if not isinstance(data, dict) or not isinstance(kind, str) or not number:
        yield Problem(NO_RECORD, row=row)
        return
    record = _Record(row, number, kind, data, _key(data, row))
    if kind == "persons-with-significant-control-statement":
        seen["statements"] += 1
        yield from _statement(record, card)
    elif kind == "exemptions":
        seen["exemptions"] += 1
        yield from _unknown(record, card, "exempt-from-disclosure", _exemption(data))
    elif (schema := _KINDS.get(kind)) is not None:
        seen["records"] += 1
        yield from _holder(record, schema, card)
    else:
        yield Problem(NO_RECORD, row=row, column="kind", value=kind[:200])


def _key(data: Mapping[str, Any], row: int) -> str:
    """Return the last part of a record's own address, which lasts; else its line."""
    links = data.get("links")
    own = links.get("self") if isinstance(links, dict) else None
    return own.rstrip("/").rpartition("/")[2][:100] if isinstance(own, str) else f"line-{row}"


def _compare(totals: list[Mapping[str, Any]], seen: Counter[str]) -> Iterator[Problem]:
    """Tell a file that holds fewer or more records than its last line says."""
    if not totals:
        yield Problem(CUT)
    for total in totals[-1:]:
        told = {
            "records": total.get("persons_of_significant_control_count"),
            "statements": total.get("statements_count"),
            "exemptions": total.get("exemptions_count"),
        }
        for what, count in told.items():
            if isinstance(count, int) and count != seen[what]:
                yield Problem(OTHER_TOTAL, value=f"{what}: {seen[what]:,} of {count:,}")


@lru_cache(maxsize=1024)
def _company(number: str, list_id: str) -> tuple[str, Company, tuple[Problem, ...]]:
    """Return the company that a record is about, by its number, its id first."""
    draft = Draft()
    draft.add_name(f"GB-COH {number}", "weakAlias")
    draft.countries["gb"] = None
    problems = draft.add_identifier("GB-COH", number, None, None)
    node_id = f"{list_id}:{number}"
    return node_id, draft.company(node_id, "Company"), tuple(problems)


def _holder(record: _Record, schema: str, card: Card) -> Iterator[Item]:
    if not schema:
        yield from _unknown(record, card, record.kind, "protected from disclosure")
        return
    target, company, problems = _company(record.number, card.id)
    owner = f"{target}/{record.key}"
    yield company
    yield from problems
    yield from _node(record, owner, schema)
    yield from _links(record, card, owner, target)


def _node(record: _Record, node_id: str, schema: str) -> Iterator[Item]:
    draft = Draft()
    draft.add_name(_name(record.data), "name")
    if not draft.names:
        yield unknown_party(node_id, record.kind, "no name stated")
        return
    known = record.data.get("identification")
    if schema != "Person" and isinstance(known, dict):
        yield from _identify(draft, known, record.row)
    yield draft.company(node_id, schema)


def _name(data: Mapping[str, Any]) -> str:
    name = data.get("name")
    if isinstance(name, str) and name.strip():
        return name
    parts = data.get("name_elements")
    if not isinstance(parts, dict):
        return ""
    found = (parts.get(part) for part in ("forename", "middle_name", "surname"))
    return " ".join(each for each in found if isinstance(each, str))


def _identify(draft: Draft, known: Mapping[str, Any], row: int) -> Iterator[Problem]:
    """Add the number of a company that holds, in the register in which it says that it stands."""
    told = {name: value for name, value in known.items() if isinstance(value, str)}
    number = told.get("registration_number", "")
    places = (told.get("country_registered", ""), told.get("place_registered", ""))
    codes = [code for code in map(read_country, places) if code]
    of_uk = any(_OF_UK.match(place.strip()) for place in places) and set(codes) <= {"gb"}
    country = "gb" if of_uk else next(iter(codes), None)
    if country:
        draft.countries[country] = None
    scheme = "GB-COH" if of_uk else "registration"
    if country == "cn" and is_uscc(number.strip().upper()):
        scheme = "USCC"
    yield from draft.add_identifier(scheme, number, country, row)


def _links(record: _Record, card: Card, owner: str, target: str) -> Iterator[Item]:
    start, end, problems = _period(record)
    yield from problems
    if end is None and _has_ended(record.data):
        yield Problem(NO_DAY, row=record.row, value=record.key)
        return
    held: dict[Interest, list[tuple[str, Share | None]]] = {}
    for nature in _natures(record.data):
        interest, share = read_nature(nature)
        if interest == "unknownInterest" and nature:
            yield Problem(NO_NATURE, row=record.row, value=nature[:200])
        held.setdefault(interest, []).append((nature, share))
    source = _source(record, card)
    for place, (interest, found) in enumerate(held.items()):
        natures = [nature for nature, _ in found if nature]
        yield Link(
            id=f"{owner}#{place + 1}",
            kind=kind_of(interest),
            owner=owner,
            target=target,
            source=source,
            interest=interest,
            share=widen_shares([share for _, share in found if share]),
            directness=tell_directness(natures),
            role=", ".join(natures)[:500] or None,
            start=start,
            end=end,
        )


def _natures(data: Mapping[str, Any]) -> list[str]:
    found = data.get("natures_of_control")
    natures = [each for each in found if isinstance(each, str)] if isinstance(found, list) else []
    return natures or [""]


def _period(record: _Record) -> tuple[str | None, str | None, list[Problem]]:
    start, problems = read_day(record.data.get("notified_on"), record.row, "notified_on")
    end, more = read_day(record.data.get("ceased_on"), record.row, "ceased_on")
    return start, end, [*problems, *more]


def _has_ended(data: Mapping[str, Any]) -> bool:
    return data.get("ceased") is True or bool(data.get("ceased_on"))


def _statement(record: _Record, card: Card) -> Iterator[Item]:
    """Yield what a company states of persons whom it has not found."""
    code = record.data.get("statement")
    if isinstance(code, str) and code.startswith(_UNIDENTIFIED):
        yield from _unknown(record, card, code, None)
    elif isinstance(code, str) and code.startswith(_NOBODY) and not _has_ended(record.data):
        yield Problem(NOBODY, row=record.row, value=record.number)


def _unknown(record: _Record, card: Card, reason: str, words: str | None) -> Iterator[Item]:
    start, end, problems = _period(record)
    yield from problems
    if end is None and _has_ended(record.data):
        yield Problem(NO_DAY, row=record.row, value=record.key)
        return
    target, company, more = _company(record.number, card.id)
    owner = unknown_party(f"{target}/{record.key}", reason, words)
    yield company
    yield from more
    yield owner
    yield Link(
        id=f"{owner.id}#1",
        kind="ownership",
        owner=owner.id,
        target=target,
        source=_source(record, card),
        interest="unknownInterest",
        share=ANY_SHARE,
        role=reason[:500],
        start=start,
        end=end,
    )


def _exemption(data: Mapping[str, Any]) -> str:
    found = data.get("exemptions")
    return ", ".join(map(str, found))[:300] if isinstance(found, dict) else ""


def _source(record: _Record, card: Card) -> LinkSource:
    url = f"{_ADDRESS}/company/{record.number}/persons-with-significant-control"
    safe = record.number.isascii() and record.number.isalnum()
    return LinkSource(card.id, citation=record.key, url=url if safe else None)
