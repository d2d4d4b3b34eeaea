"""A line of `findings.jsonl` as the noun that it was written from, for what is written of nouns."""

import re
from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any

from answerable.dossier.finding_words import read_edition
from answerable.model import (
    AbsentList,
    Company,
    Coverage,
    Finding,
    Link,
    Listing,
    Match,
    Name,
    Path,
    Reason,
    Recognition,
    Screening,
    Supplier,
    SupplierList,
)
from answerable.model.identifiers import Identifier
from answerable.model.link import ANY_SHARE, LinkSource, Share

Line = Mapping[str, Any]

_SHARE = re.compile(r"(over )?([\d.]+)(?: %)?(?: to (under )?([\d.]+) %)?")


def read_screening(manifest: Line, line: Line) -> Screening:
    """Return a kept screening with one finding, as far as outputs of findings need it.

    Args:
        manifest: Its manifest.
        line: A finding; rulings and claims are left out: they have outputs of their own.
    """
    finding = read_finding(line)
    inputs = manifest["inputs"][0] if manifest["inputs"] else {}
    coverage = manifest["coverage"]
    absent = {each.name for each in fields(AbsentList)}
    return Screening(
        id=manifest["screening"],
        suppliers=SupplierList(
            file_name=inputs.get("name", ""),
            sha256=inputs.get("sha256", ""),
            size=inputs.get("bytes", 0),
            suppliers=(finding.supplier,),
            headings=(),
            recognition=Recognition(manifest["recognition"]["form"], {}),
        ),
        findings=(finding,),
        coverage=Coverage(
            as_of=manifest["as_of"],
            editions=tuple(map(read_edition, coverage["lists"])),
            absent=tuple(
                AbsentList(**{name: each[name] for name in absent}) for each in coverage["absent"]
            ),
            links=tuple(map(read_edition, coverage.get("links", ()))),
        ),
        threshold=manifest["settings"]["threshold"],
        manifest=dict(manifest),
    )


def read_finding(line: Line) -> Finding:
    """Return a finding of its line, without rulings and claims."""
    supplier = line["supplier"]
    return Finding(
        id=line["id"],
        supplier=Supplier(
            row=supplier["row"],
            name=supplier["name"],
            country=supplier["country"],
            address=supplier.get("address"),
            identifiers=tuple(Identifier(*each) for each in supplier["identifiers"].items()),
            sheet=supplier.get("sheet"),
        ),
        status=line["status"],
        exposure=tuple(line["exposure"]),
        matches=tuple(map(_match, line["matches"])),
        more_matches=line["more_matches"],
        paths=tuple(map(_path, line["paths"])),
    )


def _match(entry: Line) -> Match:
    company = entry["company"]
    return Match(
        company=Company(
            id=company["id"],
            schema=company["schema"],
            names=tuple(map(Name, company["names"])),
            countries=tuple(company["countries"]),
            identifiers=tuple(_identifier(each) for each in company["identifiers"]),
            listings=tuple(_listing(each) for each in company["listings"]),
        ),
        relation=entry["relation"],
        name=entry["name"],
        score=entry["score"],
        probability=entry["probability"],
        reasons=tuple(Reason(**each) for each in entry["reasons"]),
        judgement=entry["judgement"],
    )


def _identifier(entry: Line) -> Identifier:
    known = {each.name for each in fields(Identifier)}
    return Identifier(**{name: value for name, value in entry.items() if name in known})


def _listing(entry: Line) -> Listing:
    return Listing(**{**entry, "programs": tuple(entry["programs"])})


def _path(entry: Line) -> Path:
    nodes = [each["id"] for each in entry["nodes"]]
    ends = zip(entry["links"], nodes, nodes[1:], strict=False)
    return Path(
        nodes=tuple(nodes),
        captions=tuple(each["caption"] for each in entry["nodes"]),
        links=tuple(_link(link, *pair) for link, *pair in ends),
        forward=tuple(each["forward"] for each in entry["links"]),
        ends=entry["ends"],
        probability=entry["probability"],
    )


def _link(entry: Line, before: str, behind: str) -> Link:
    owner, target = (before, behind) if entry["forward"] else (behind, before)
    names = ("edition", "citation", "url", "claim", "probability")
    return Link(
        id=entry["id"],
        kind=entry["kind"],
        owner=owner,
        target=target,
        source=LinkSource(entry["source"], **{name: entry[name] for name in names}),
        interest=entry["interest"],
        share=read_share(entry["share"]) if entry["share"] else None,
        directness=entry["directness"],
        role=entry["role"],
        start=entry["start"],
        end=entry["end"],
    )


def read_share(words: str) -> Share:
    """Return a share of the words in which findings tell it; `Share.words` the other way round.

    Example:
        >>> read_share("over 25 % to under 50 %").words, read_share("share not known").words
        ('over 25 % to under 50 %', 'share not known')
    """
    found = _SHARE.fullmatch(words)
    if found is None:
        return ANY_SHARE
    low = _millionths(found[2])
    if found[4] is None:
        return Share(low, low)
    return Share(low, _millionths(found[4]), low_open=bool(found[1]), high_open=bool(found[3]))


def _millionths(percent: str) -> int:
    return int(Fraction(percent) * 1_000_000)
