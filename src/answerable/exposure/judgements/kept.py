"""Kept screenings, read again: their findings as the lines that were written."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable.engine.workspace import Workspace
from answerable.errors import FindingUnknown
from answerable.exposure.screening.finding_ids import is_finding_id

Line = dict[str, Any]

_ID = re.compile(rb'"id": "([^"]+)"')

SHORTEST = 3
"""Fewest characters by which a finding may be named, where its id may be shortened."""

_AGAIN = "`answerable screen SUPPLIERS` makes one; its id is the name of a folder in screenings/."


@dataclass(frozen=True, slots=True)
class KeptScreening:
    """A screening that is kept in a workspace.

    Args:
        id: Its id.
        folder: Its folder.
        manifest: Its manifest.
    """

    id: str
    folder: Path
    manifest: dict[str, Any]

    def lines(self) -> Iterator[Line]:
        """Give its findings, in row order."""
        with (self.folder / "findings.jsonl").open("rb") as file:
            for line in file:
                yield json.loads(line)

    def ids(self) -> frozenset[str]:
        """Return the ids of its findings."""
        with (self.folder / "findings.jsonl").open("rb") as file:
            heads = (_ID.search(line, 0, 120) for line in file)
            return frozenset(head[1].decode() for head in heads if head)

    def select(self, findings: Collection[str]) -> Iterator[Line]:
        """Give those of its findings that have one of these ids; only they are read as JSON."""
        wanted = {each.encode() for each in findings}
        with (self.folder / "findings.jsonl").open("rb") as file:
            for line in file:
                head = _ID.search(line, 0, 120)
                if head and head[1] in wanted:
                    yield json.loads(line)


def list_screenings(workspace: Workspace) -> list[KeptScreening]:
    """Return the screenings of a workspace, the newest first: by day, then by when they were kept.

    Example:
        >>> import tempfile
        >>> from answerable.engine.workspace import make_workspace
        >>> list_screenings(make_workspace(Path(tempfile.mkdtemp()) / "work"))
        []
    """
    folder = workspace.screenings_folder
    manifests = list(folder.glob("*/manifest.json")) if folder.is_dir() else []
    manifests.sort(key=lambda path: (path.parent.name[:10], path.stat().st_mtime_ns), reverse=True)
    return [
        KeptScreening(path.parent.name, path.parent, json.loads(path.read_bytes()))
        for path in manifests
    ]


def open_screening(workspace: Workspace, screening: str | None = None) -> KeptScreening:
    """Return a screening by its id, or the newest.

    Args:
        workspace: Where it is kept.
        screening: Its id, or the beginning of it; None for the newest.

    Raises:
        FindingUnknown: There is none, or more than one begins so.
    """
    kept = list_screenings(workspace)
    if not kept:
        raise FindingUnknown("A screening", "none is kept here yet", _AGAIN)
    if screening is None:
        return kept[0]
    named = [each for each in kept if each.id.startswith(screening)]
    exact = [each for each in named if each.id == screening]
    if len(exact or named) != 1:
        why = "several begin so" if named else "none is kept here under that id"
        raise FindingUnknown(f"The screening {screening}", why, _AGAIN)
    return (exact or named)[0]


def find_finding(
    workspace: Workspace, what: str, screening: str | None = None, *, shortened: bool = False
) -> tuple[KeptScreening, Line]:
    """Return a finding as the newest screening that has it says, with that screening.

    Args:
        workspace: Where screenings are kept.
        what: Its id, in either case, with or without dashes; or the number of its row, which is
            looked for in the newest screening; either may stand behind `SCREENING/`.
        screening: Look only in this one.
        shortened: Whether as much of an id will do as no other begins with.

    Raises:
        FindingUnknown: It is misspelt, or no screening has it, or several begin so.
    """
    named, _, wanted = what.strip().rpartition("/")
    if wanted.isascii() and wanted.isdigit():
        return _find_row(open_screening(workspace, named or screening), int(wanted))
    if not shortened and not is_finding_id(wanted):
        raise FindingUnknown(
            f"The finding {wanted[:40]!r}",
            "its check character does not fit, so it is misspelt",
            "Copy it from the column `answerable: finding` or from the report.",
        )
    only = named or screening
    kept = [open_screening(workspace, only)] if only else list_screenings(workspace)
    plain = wanted.replace("-", "").upper()
    for each in kept:
        found = _begin_with(each, plain) if shortened else [spell(wanted)]
        for line in each.select(found if len(found) == 1 else ()):
            return each, line
        if len(found) > 1:
            why = f"{len(found):,} begin so: {', '.join(found[:5])}"
            raise FindingUnknown(f"The finding {wanted[:40]}", why, "Give more of its letters.")
    raise FindingUnknown(
        f"The finding {wanted[:40]}",
        "no screening that is kept here has it",
        "Its id stands in the column `answerable: finding`, in the report and in findings.jsonl; "
        "the number of its row will do too.",
    )


def _find_row(kept: KeptScreening, row: int) -> tuple[KeptScreening, Line]:
    for line in kept.lines():
        if line["supplier"]["row"] == row:
            return kept, line
    why = f"the screening {kept.id} has no such row"
    raise FindingUnknown(f"Row {row}", why, "Rows have the numbers of the supplier file.")


def _begin_with(kept: KeptScreening, plain: str) -> list[str]:
    """Return the ids that begin so; the one that is just that, if there is one."""
    if len(plain) < SHORTEST:
        return []
    found = sorted(each for each in kept.ids() if each.replace("-", "").startswith(plain))
    return [each for each in found if each.replace("-", "") == plain] or found


def gather_findings(
    workspace: Workspace, findings: Iterable[str]
) -> dict[str, tuple[KeptScreening, Line]]:
    """Return findings as the newest screening that has each says, by id; none where none has it.

    Cost:
        Each screening is read once, until all are found.
    """
    wanted = set(findings)
    found: dict[str, tuple[KeptScreening, Line]] = {}
    for kept in list_screenings(workspace):
        if not wanted:
            break
        for line in kept.select(wanted):
            found[line["id"]] = (kept, line)
        wanted -= found.keys()
    return found


def spell(finding: str) -> str:
    """Return the id of a finding in its own spelling.

    Example:
        >>> spell("fyg3sb7j3")
        'FYG3-SB7J-3'
    """
    plain = finding.replace("-", "").strip().upper()
    body = plain[:-1]
    return "-".join([*(body[at : at + 4] for at in range(0, len(body), 4)), plain[-1]])
