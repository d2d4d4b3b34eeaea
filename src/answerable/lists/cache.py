"""Parsed companies, kept as JSON lines in the workspace's build folder: delete them at will.

The name of a file is a digest of the list's files, its card and the software's version: what was
read from other bytes or by other rules is never taken. A file that cannot be used is as none.
"""

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from answerable.engine.files import write_whole
from answerable.lists.reading import Reading
from answerable.model import Company, Identifier, Listing, Name, PrintedLink, Problem

_FORM = "answerable.companies/1"


def cache_key(digests: Mapping[str, str], card_text: str) -> str:
    """Return the key of what is read from files with these digests and this card.

    Args:
        digests: File role to SHA-256.
        card_text: The card as YAML.
    """
    files = [f"{role}={digests[role]}" for role in sorted(digests)]
    parts = [_FORM, version("answerable"), card_text, *files]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def write_cache(path: Path, reading: Reading) -> None:
    """Keep a reading. That it cannot be kept (a full disk) is no fault: it is read anew then."""
    companies, problems = reading
    head = {"form": _FORM, "companies": len(companies), "problems": len(problems)}
    keep_lines(path, (head, *map(fold_company, companies), *(each.as_dict() for each in problems)))


def keep_lines(path: Path, entries: Iterable[Any]) -> None:
    """Keep entries as lines of JSON, or nothing at all if the disk refuses them."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with write_whole(path) as file:
            for entry in entries:
                text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
                file.write(text.encode("utf-8", "surrogatepass") + b"\n")
    except OSError:
        return


def read_cache(path: Path, edition: str) -> Reading | None:
    """Return a reading that was kept, its listings stamped with an edition; None if there is none.

    Args:
        path: The file.
        edition: Edition that listings and links are to carry.

    Cost:
        30,000 names (17,000 companies) in about 0.35 s.
    """
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return None
    collects = gc.isenabled()
    gc.disable()  # so many small objects, all of which stay: looking for waste only costs time
    try:
        return _unfold(json.loads(b"[" + b",".join(filter(None, lines)) + b"]"), edition)
    except (ValueError, TypeError, KeyError, IndexError):
        return None
    finally:
        if collects:
            gc.enable()


def _unfold(entries: list[Any], edition: str) -> Reading | None:
    head = entries[0]
    end = head["companies"] + 1
    if head["form"] != _FORM or len(entries) != end + head["problems"]:
        return None
    companies = tuple(unfold_company(entry, edition) for entry in entries[1:end])
    return companies, tuple(Problem(**entry) for entry in entries[end:])


def fold_company(company: Company) -> list[Any]:
    """Return a company as values of JSON, without the edition; the way back is `unfold_company`."""
    return [
        company.id,
        company.schema,
        [[name.value, name.kind] for name in company.names],
        company.countries,
        company.addresses,
        [[each.scheme, each.value, each.country, each.valid] for each in company.identifiers],
        [_fold_listing(listing) for listing in company.listings],
        [[e.schema, e.role, e.other_name, e.other_id, e.list] for e in company.links],
    ]


def _fold_listing(listing: Listing) -> list[Any]:
    return [
        listing.list,
        listing.ground,
        listing.ground_class,
        listing.programs,
        listing.citation,
        listing.since,
        listing.until,
        listing.remarks,
        listing.url,
        listing.status,
    ]


def unfold_company(entry: Sequence[Any], edition: str) -> Company:
    """Return a company from the values of `fold_company`, its listings stamped with an edition."""
    key, schema, names, countries, addresses, identifiers, listings, links = entry
    return Company(
        key,
        schema,
        tuple([Name(value, kind) for value, kind in names]),
        tuple(countries),
        tuple(addresses),
        tuple([Identifier(*each) for each in identifiers]),
        tuple(_listings(listings, edition)),
        tuple(
            [
                PrintedLink(kind, role, name, other, origin, edition)
                for kind, role, name, other, origin in links
            ]
        ),
    )


def _listings(entries: Sequence[Any], edition: str) -> Iterator[Listing]:
    for name, ground, ground_class, programs, *rest in entries:
        yield Listing(name, edition, ground, ground_class, tuple(programs), *rest)
