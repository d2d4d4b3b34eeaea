"""Parsed companies, kept as JSON lines in the workspace's build folder: delete them at will.

The name of a file is a digest of the list's files, its card and the software's version: what was
read from other bytes or by other rules is never taken. A file that cannot be used is as none.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from answerable.engine.files import write_whole
from answerable.engine.garbage import pause_collector
from answerable.lists.reading import Reading
from answerable.model import Company, Identifier, Listing, Name, PrintedLink, Problem

_FORM = "answerable.companies/1"
_PARSED = 5_000


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
            file.writelines(map(_write_line, entries))
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
        lines = list(filter(None, path.read_bytes().split(b"\n")))
        with pause_collector():
            return _unfold(lines, edition)
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None


def read_lines(path: Path) -> list[bytes] | None:
    """Return the companies of a reading that was kept as they are kept, a line each; None if none.

    Nothing is unfolded, so that millions of companies can be passed on.

    Args:
        path: The file.
    """
    try:
        lines = path.read_bytes().splitlines(keepends=True)
        head = json.loads(lines[0])
        end = head["companies"] + 1
        whole = head["form"] == _FORM and len(lines) == end + head["problems"]
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        return None
    return lines[1:end] if whole and lines[-1].endswith(b"\n") else None


def fold_line(company: Company) -> bytes:
    """Return a company as the line under which it is kept."""
    return _write_line(fold_company(company))


def _write_line(entry: Any) -> bytes:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _unfold(lines: Sequence[bytes], edition: str) -> Reading | None:
    head = json.loads(lines[0])
    end = head["companies"] + 1
    if head["form"] != _FORM or len(lines) != end + head["problems"]:
        return None
    companies = tuple([unfold_company(entry, edition) for entry in _parse(lines[1:end])])
    return companies, tuple(Problem(**entry) for entry in _parse(lines[end:]))


def _parse(lines: Sequence[bytes]) -> Iterator[Any]:
    """Yield the values of lines; some thousand are parsed at once, and no more are held."""
    for at in range(0, len(lines), _PARSED):
        yield from json.loads(b"[" + b",".join(lines[at : at + _PARSED]) + b"]")


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
