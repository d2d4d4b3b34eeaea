"""Lines of kept findings as nouns again, as far as a reviewer needs them. Pure."""

from typing import Any

from answerable.model import (
    ClaimNote,
    Company,
    Finding,
    Identifier,
    Link,
    LinkSource,
    Listing,
    Match,
    Name,
    Path,
    Reason,
    Supplier,
)

Line = dict[str, Any]


def reread_finding(line: Line) -> Finding:
    """Return the finding of a line of `findings.jsonl`.

    What a line does not hold stays empty: kinds of names, printed remarks, shares as numbers, what
    rules say. Written as a match again, each match says the same as in the line.

    Args:
        line: A line, as read from JSON.
    """
    return Finding(
        id=line["id"],
        supplier=_supplier(line["supplier"]),
        status=line["status"],
        exposure=tuple(line["exposure"]),
        matches=tuple(map(_match, line["matches"])),
        more_matches=line["more_matches"],
        paths=tuple(map(_path, line["paths"])),
        claims=tuple(map(_claim, line["claims"])),
    )


def _supplier(entry: Line) -> Supplier:
    return Supplier(
        row=entry["row"],
        name=entry["name"],
        country=entry["country"],
        address=entry.get("address"),
        identifiers=tuple(Identifier(*each) for each in entry["identifiers"].items()),
        sheet=entry.get("sheet"),
    )


def _match(entry: Line) -> Match:
    return Match(
        company=_company(entry["company"]),
        relation=entry["relation"],
        name=entry["name"],
        score=entry["score"],
        probability=entry["probability"],
        reasons=tuple(Reason(**each) for each in entry["reasons"]),
        judgement=entry["judgement"],
    )


def _company(entry: Line) -> Company:
    return Company(
        id=entry["id"],
        schema=entry["schema"],
        names=tuple(map(Name, entry["names"])),
        countries=tuple(entry["countries"]),
        identifiers=tuple(Identifier(**each) for each in entry["identifiers"]),
        listings=tuple(
            Listing(**{**each, "programs": tuple(each["programs"])}) for each in entry["listings"]
        ),
    )


def _path(entry: Line) -> Path:
    nodes = entry["nodes"]
    ids = [each["id"] for each in nodes]
    return Path(
        nodes=tuple(ids),
        captions=tuple(each["caption"] for each in nodes),
        links=tuple(
            Link(
                id=each["id"],
                kind=each["kind"],
                owner=ids[place] if each["forward"] else ids[place + 1],
                target=ids[place + 1] if each["forward"] else ids[place],
                source=LinkSource(each["source"], probability=each["probability"]),
                role=each["role"],
            )
            for place, each in enumerate(entry["links"])
        ),
        forward=tuple(each["forward"] for each in entry["links"]),
        ends=entry["ends"],
        probability=entry["probability"],
    )


def _claim(entry: Line) -> ClaimNote:
    lists = ("passages", "rebuttals", "pending")
    return ClaimNote(**{**entry, **{name: tuple(entry[name]) for name in lists}})
