"""Links that were read, kept as JSON lines in the workspace's build folder: delete them at will.

As with companies, the name of a file is a digest of the list's files, its card and the software's
version; a file that cannot be used is as none.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from answerable.engine.garbage import pause_collector
from answerable.lists.cache import fold_company, keep_lines, unfold_company
from answerable.lists.links.gathering import LinkReading
from answerable.model import Link, LinkSource, Problem, Share

MOST_KEPT = 5_000_000
"""More links than that are read from their own file each time: the copy would fill the disk."""

_FORM = "answerable.links/1"


def write_links(path: Path, reading: LinkReading) -> None:
    """Keep links, nodes and problems. That they cannot be kept (a full disk) is no fault."""
    links, nodes, problems = reading
    if len(links) > MOST_KEPT:
        return
    head = {"form": _FORM, "links": len(links), "nodes": len(nodes), "problems": len(problems)}
    told = (each.as_dict() for each in problems)
    keep_lines(path, (head, *map(_fold, links), *map(fold_company, nodes), *told))


def read_kept(path: Path, edition: str) -> LinkReading | None:
    """Return links that were kept, stamped with an edition; None if there are none to be used.

    Cost:
        400,000 links with 300,000 nodes in 6 s on one core of a busy machine, before 20 s.
    """
    try:
        with pause_collector(), path.open(encoding="utf-8", errors="surrogatepass") as lines:
            return _unfold(map(json.loads, lines), edition)
    except (OSError, ValueError, TypeError, KeyError, IndexError, StopIteration):
        return None


def _fold(link: Link) -> list[Any]:
    share, source = link.share, link.source
    return [
        link.id,
        link.kind,
        link.owner,
        link.target,
        [source.origin, source.citation, source.url],
        link.interest,
        [share.low, share.high, share.low_open, share.high_open] if share else None,
        link.directness,
        link.role,
        link.start,
        link.end,
        link.components,
    ]


def _unfold(entries: Iterator[Any], edition: str) -> LinkReading | None:
    head = next(entries)
    if head["form"] != _FORM:
        return None
    shares: dict[tuple[Any, ...], Share] = {}
    links = [_link(next(entries), edition, shares) for _ in range(head["links"])]
    nodes = [unfold_company(next(entries), edition) for _ in range(head["nodes"])]
    problems = [Problem(**next(entries)) for _ in range(head["problems"])]
    return links, nodes, problems


def _link(entry: Sequence[Any], edition: str, shares: dict[tuple[Any, ...], Share]) -> Link:
    key, kind, owner, target, source, interest, share, how, role, start, end, components = entry
    origin, citation, url = source
    held = None
    if share is not None:
        bounds = tuple(share)
        held = shares.get(bounds) or shares.setdefault(bounds, Share(*bounds))
    return Link(
        key,
        kind,
        owner,
        target,
        LinkSource(origin, edition, citation, url),
        interest,
        held,
        how,
        role,
        start,
        end,
        tuple(components),
    )
