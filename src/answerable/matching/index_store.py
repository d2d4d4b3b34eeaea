"""Indexes kept in a workspace's build folder: made once, opened by any process, extended.

A list's edition has an index of one segment, or of segments of earlier editions less the companies
that are gone and a small one of those that are new. The name of all is made from what was read and
from the code and data that read names, so that nothing stale is ever opened. Delete it at will.
"""

import contextlib
import hashlib
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np

from answerable.engine.files import write_whole
from answerable.engine.runners import run_batches
from answerable.engine.workspace import Workspace
from answerable.errors import OutputUnwritable
from answerable.lists.cache import fold_line, unfold_company
from answerable.lists.editions import list_editions, load_lines
from answerable.matching.chunks import Chunk, pack_chunk, read_chunk, unpack_chunk
from answerable.matching.index import NameIndex
from answerable.matching.index_segments import (
    LINE_DIGESTS,
    Segment,
    digest_lines,
    is_whole,
    join_chunks,
    open_array,
    open_segment,
    write_segment,
)
from answerable.matching.shelves import Shelf
from answerable.matching.weights import Prior
from answerable.matching.word_hashes import Numbers
from answerable.model import Coverage
from answerable.model.coverage import EditionCoverage

FORM = "answerable.index/1"

CHUNK, CHUNK_MOST = 2_000, 20_000
"""Companies that are read at a time: the more there are, the larger the chunks."""

MOST_CHANGED = 0.2
"""Share of companies, new or gone, from which an index is made anew rather than extended."""

HELD = "held"
"""Folder of indexes that belong to no edition."""

MOST_PARTS = 6
"""Segments of one edition."""

Advance = Callable[[int, int], None]
"""Told how many companies are read, and of how many."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment in an edition's index.

    Args:
        segment: Name of its folder.
        gone: Name of the file that says which of its companies are gone, or None.
    """

    segment: str
    gone: str | None = None


@cache
def version_of_reading() -> str:
    """Return a digest of all that decides how names are read: another one, another index.

    Example:
        >>> len(version_of_reading())
        12
    """
    digest = hashlib.sha256()
    for each in _walk(files("answerable.matching")):
        digest.update(each.name.encode() + b"\0" + each.read_bytes())
    return digest.hexdigest()[:12]


def _walk(folder: Traversable) -> Sequence[Traversable]:
    found: list[Traversable] = []
    for each in sorted(folder.iterdir(), key=lambda each: each.name):
        if each.is_dir() and each.name != "__pycache__":
            found.extend(_walk(each))
        elif each.name.endswith((".py", ".tsv", ".json")):
            found.append(each)
    return found


def keep_index(
    workspace: Workspace, coverage: Coverage, *, advance: Advance = lambda *_: None
) -> Path:
    """Make what is missing of the index of some editions, and return where it is.

    Args:
        workspace: Holds the editions; the index goes into its build folder.
        coverage: The editions to be searched, and the day.
        advance: Told about progress.

    Returns:
        A file that `open_index` opens, in this process or any other.

    Raises:
        OutputUnwritable: The build folder cannot be written.
        ListError: An edition cannot be read.

    Cost:
        About 70 µs per name that is new, less with several cores.
    """
    folder = workspace.build_folder / "index" / version_of_reading()
    shelves = []
    for each in coverage.editions:
        parts = _keep_edition(workspace, folder / each.list, each, advance)
        shelves += [
            {
                "segment": f"{each.list}/{part.segment}",
                "gone": part.gone and f"{each.list}/{part.gone}",
                "edition": each.edition,
            }
            for part in parts
        ]
    return _keep_plan(folder, {"form": FORM, "as_of": coverage.as_of, "shelves": shelves})


def _keep_plan(folder: Path, plan: Mapping[str, Any]) -> Path:
    """Keep what an index consists of, under a name made from it."""
    data = json.dumps(plan, indent=1).encode()
    path = folder / f"{hashlib.sha256(data).hexdigest()[:16]}.json"
    if not path.is_file():
        _write(path, data)
        _prune(folder)
    return path


def keep_held(workspace: Workspace, index: NameIndex) -> Path:
    """Keep an index that was made of companies here, and return where it is.

    Args:
        workspace: The index goes into its build folder.
        index: As `NameIndex(companies)`, perhaps with another prior; all its companies count.

    Returns:
        A file that `open_index` opens, in this process or any other: the same names in the same
        places, the same prior.

    Raises:
        OutputUnwritable: The build folder cannot be written.

    Cost:
        Some tens of milliseconds where it is not there yet.
    """
    folder = workspace.build_folder / "index" / version_of_reading()
    [shelf] = index.shelves
    lines = [fold_line(shelf.companies[place]) for place in range(len(shelf.companies))]
    name = f"{HELD}/{hashlib.sha256(b''.join(lines)).hexdigest()[:16]}"
    if not is_whole(folder / name):
        _place(folder / name, shelf.segment, lines)
    told = {"segment": name, "gone": None, "edition": "", "standing": "all"}
    plan = {"form": FORM, "as_of": "", "prior": asdict(index.prior), "shelves": [told]}
    return _keep_plan(folder, plan)


def open_index(path: Path) -> NameIndex:
    """Open an index that was kept; its arrays are mapped into memory and shared by processes.

    Args:
        path: As `keep_index` gave it.

    Returns:
        The index; opened once per process.

    Cost:
        3,000,000 names in well under a second; some memory is read as it is searched.
    """
    return _open(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _open(path: Path, _: int) -> NameIndex:
    plan = json.loads(path.read_text(encoding="utf-8"))
    shelves: list[Shelf] = []
    offset = 0
    for each in plan["shelves"]:
        folder = path.parent / each["segment"]
        segment, companies = open_segment(folder, each["edition"], plan["as_of"])
        all_count = each.get("standing") == "all"
        standing = all_count | (segment.last_days > plan["as_of"].encode())
        if each["gone"]:
            standing = standing & ~open_array(path.parent / each["gone"])
        shelf = Shelf(segment, companies, None if standing.all() else standing, offset)
        shelves.append(shelf)
        offset += segment.size
    index = NameIndex(shelves=shelves)
    if "prior" in plan:
        index.prior = Prior(**plan["prior"])
    return index


def _keep_edition(
    workspace: Workspace, folder: Path, edition: EditionCoverage, advance: Advance
) -> list[Part]:
    """Return the parts of an edition's index, made if they are not there or are damaged."""
    key = hashlib.sha256(edition.reading.encode()).hexdigest()[:16]
    parts = _read_card(folder / f"{key}.json")
    if parts and all(is_whole(folder / part.segment) for part in parts):
        return parts
    lines = _fold_edition(workspace, edition)
    parts = _extend(folder, key, lines, advance) or [_build(folder, key, lines, advance)]
    card = {"form": FORM, "parts": [[part.segment, part.gone] for part in parts]}
    _write(folder / f"{key}.json", json.dumps(card).encode())
    return parts


def _fold_edition(workspace: Workspace, edition: EditionCoverage) -> list[bytes]:
    """Return the companies of an edition as JSON lines, those that are there twice once."""
    kept = next(
        each for each in list_editions(workspace, edition.list) if each.edition == edition.edition
    )
    return list(dict.fromkeys(load_lines(workspace, kept)))


def _read_card(path: Path) -> list[Part]:
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
        found = [Part(*each) for each in card["parts"]] if card["form"] == FORM else []
    except (OSError, ValueError, TypeError, KeyError):
        return []
    there = (each.gone is None or (path.parent / each.gone).is_file() for each in found)
    return found if all(there) else []


def _extend(folder: Path, key: str, lines: Sequence[bytes], advance: Advance) -> list[Part] | None:
    """Return parts that take an earlier edition's segments for what has not changed.

    None if there is no earlier edition, or if so much has changed that a new segment is better.
    """
    cards = sorted(folder.glob("*.json"), key=lambda each: each.stat().st_mtime_ns, reverse=True)
    wanted = digest_lines(lines)
    for card in cards:
        parts = _read_card(card)
        if not parts or not all(is_whole(folder / part.segment) for part in parts):
            continue
        digests = [open_array(folder / part.segment / LINE_DIGESTS) for part in parts]
        found = np.isin(wanted, np.concatenate(digests))
        gone = [~np.isin(each, wanted) for each in digests]
        changed = int((~found).sum()) + sum(int(each.sum()) for each in gone)
        if changed > MOST_CHANGED * len(lines) or len(parts) >= MOST_PARTS:
            return None
        kept = [_keep_gone(folder, key, part, each) for part, each in zip(parts, gone, strict=True)]
        fresh = [lines[at] for at in np.flatnonzero(~found).tolist()]
        return [*kept, _build(folder, key, fresh, advance)] if fresh else kept
    return None


def _keep_gone(folder: Path, key: str, part: Part, gone: Numbers) -> Part:
    if not gone.any():
        return Part(part.segment)
    name = f"{key}-{part.segment}.gone.npy"
    with write_whole(folder / name) as file:
        np.save(file, gone, allow_pickle=False)
    return Part(part.segment, name)


def _build(folder: Path, key: str, lines: Sequence[bytes], advance: Advance) -> Part:
    """Make a segment of companies, unless the very same is there."""
    digest = hashlib.sha256(digest_lines(lines).tobytes()).hexdigest()
    name = f"{key}-{digest[:8]}"
    if is_whole(folder / name):
        return Part(name)
    size = min(CHUNK_MOST, max(CHUNK, len(lines) // 100))
    batches = (b"".join(lines[at : at + size]) for at in range(0, len(lines), size))
    work = f"{__name__}:read_lines"
    chunks: list[Chunk] = []
    for data in run_batches(work, {}, batches, helpers=0 if len(lines) <= CHUNK else None):
        chunks.append(unpack_chunk(data))
        advance(min(len(lines), len(chunks) * size), len(lines))
    _place(folder / name, join_chunks(chunks), lines)
    return Part(name)


def _place(folder: Path, segment: Segment, lines: Sequence[bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # what is there is damaged
    try:
        write_segment(folder, segment, lines)
    except OutputUnwritable:
        if not is_whole(folder):  # another process may have been faster
            raise


def read_lines(options: Mapping[str, Any], lines: bytes) -> bytes:
    """Return the chunk of companies given as JSON lines: the work of helper processes."""
    del options
    entries = json.loads(b"[" + b",".join(lines.split(b"\n")[:-1]) + b"]")
    return pack_chunk(read_chunk([unfold_company(entry, "") for entry in entries]))


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputUnwritable(str(path.parent), error.strerror or str(error)) from error
    with write_whole(path) as file:
        file.write(data)


def _prune(folder: Path) -> None:
    """Delete indexes that were made by other code or data; in use elsewhere, they stay."""
    for each in folder.parent.iterdir():
        if each != folder:
            with contextlib.suppress(OSError):
                shutil.rmtree(each)
