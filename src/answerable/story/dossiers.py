"""Dossiers: what can be shown about one finding or one case, composed and written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from answerable.dossier.cases import compose_case
from answerable.dossier.entities import write_case_entities, write_finding_entities
from answerable.dossier.findings import Held, Reviews, compose_finding, hold_finding
from answerable.dossier.forms import WriteEntities, check_outputs, write_outputs
from answerable.engine.workspace import Workspace
from answerable.errors import FindingUnknown, UsageError
from answerable.evidence.cases import filed_description, is_case_name
from answerable.evidence.exchange.views import view_case
from answerable.exposure.changes.comparing import compare_kept
from answerable.exposure.changes.kept import KeptScreening as ComparedScreening
from answerable.exposure.changes.kept import read_kept
from answerable.exposure.judgements.filed import read_judgements, read_resolutions
from answerable.exposure.judgements.kept import (
    KeptScreening,
    Line,
    find_finding,
    list_screenings,
    open_screening,
)
from answerable.ledger.log import Ledger, open_ledger
from answerable.model.change import RowChange
from answerable.model.dossier import Dossier
from answerable.story.cases import name_near
from answerable.story.changes import look_up_entries
from answerable.story.editions import Tell

_HOW = (
    "Give the id of a finding, such as F7K3-Q9XM-2, the number of its row, or the name of a "
    "filed case."
)


@dataclass(frozen=True, slots=True)
class Composed:
    """A dossier and the files it was written to."""

    dossier: Dossier
    outputs: tuple[Path, ...] = ()


def compose(
    workspace: Workspace,
    what: str,
    outputs: Sequence[Path] = (),
    *,
    since: str | None = None,
    as_of: str | None = None,
    tell: Tell = lambda *_: None,
) -> Composed:
    """Compose the dossier of a finding or a case, and write it where asked.

    It shows who says what, with which words, and what was answered; who is listed where, and how
    that is tied to a supplier. It says nothing about wrongdoing. A finding of which none was found
    composes too, and says what was searched.

    Args:
        workspace: Holds the screening, or the ledger in which the case was filed.
        what: Name of a case; or a finding: its id, as much of it as no other begins with, or the
            number of its row, in the newest screening that has it; or `SCREENING/ID`.
        outputs: Files to write, their form by their ending: `.html`, `.pdf`, `.json`,
            `.ftm.json`; they are replaced.
        since: For a finding: the screening to tell changes from; by default the newest before it
            that has the row.
        as_of: For a case: the day for which it speaks, ISO; by default that of its last deed.
        tell: Told about progress.

    Returns:
        The dossier; the same inputs give the same bytes.

    Raises:
        FindingUnknown: There is no such finding or case, or several begin so.
        OutputError: An output cannot be written; known before any work is done where possible.
        LedgerError: The log was edited, or something is not as it was sealed.

    Cost:
        Half a second for 100 claims; a PDF takes a second more.
    """
    check_outputs(outputs)
    ledger = open_ledger(workspace)
    if is_filed(workspace, ledger, what):
        _refuse(since is not None, "--since is for a finding; a case has no screening before it.")
        dossier = compose_case(ledger, what, as_of=as_of, tell=tell)
        entities: WriteEntities = lambda file: write_case_entities(view_case(ledger, what), file)  # noqa: E731
    else:
        _refuse(as_of is not None, "--as-of is for a case; a finding has its screening's day.")
        kept, line = _choose_finding(workspace, what)
        held = hold_finding(line, ledger, tell)
        dossier = _compose_finding(workspace, ledger, kept, line, held, since)
        entities = partial(write_finding_entities, kept.manifest, held)
    write_outputs(dossier, outputs, entities, tell)
    return Composed(dossier, tuple(outputs))


def _refuse(wrong: bool, why: str) -> None:
    if wrong:
        raise UsageError(why)


def _compose_finding(
    workspace: Workspace,
    ledger: Ledger,
    kept: KeptScreening,
    line: Line,
    held: Held,
    since: str | None,
) -> Dossier:
    before = find_before(workspace, kept, line["id"], since)
    reviews = Reviews(
        judgements=[each for each in read_judgements(ledger) if each.finding == line["id"]],
        resolutions=[each for each in read_resolutions(ledger) if each.finding == line["id"]],
        change=_compare(workspace, before, (kept, line)) if before else None,
        before=before[0].id if before else None,
    )
    return compose_finding(kept, held, ledger, reviews, workspace=workspace.name)


def is_filed(workspace: Workspace, ledger: Ledger, name: str) -> bool:
    """Tell whether something is the name of a case: in its folder, or filed."""
    if not is_case_name(name):
        return False
    folder = workspace.cases_folder / name
    return folder.is_dir() or filed_description(ledger, name) is not None


def _choose_finding(workspace: Workspace, what: str) -> tuple[KeptScreening, Line]:
    named = what.rpartition("/")[2].strip()
    if not named.isdigit() and not named.upper().startswith("F"):
        how = f"{_HOW}{name_near(workspace, what)}"
        raise FindingUnknown(f"{what[:80]!r}", "it is no finding, and no such case was filed", how)
    return find_finding(workspace, what, shortened=True)


def find_before(
    workspace: Workspace, kept: KeptScreening, finding: str, since: str | None
) -> tuple[KeptScreening, Line] | None:
    """Return the newest earlier screening that has a row, or the one that is named; else None.

    Raises:
        FindingUnknown: The screening that is named is not there, or has no such row.
    """
    if since is not None:
        named = open_screening(workspace, since)
        for line in named.select([finding]):
            return named, line
        raise FindingUnknown(
            f"The finding {finding}", f"the screening {named.id} has no such row", _HOW
        )
    listed = list_screenings(workspace)
    place = next(at for at, each in enumerate(listed) if each.id == kept.id)
    for each in listed[place + 1 :]:
        for line in each.select([finding]):
            return each, line
    return None


def _compare(
    workspace: Workspace, old: tuple[KeptScreening, Line], new: tuple[KeptScreening, Line]
) -> RowChange | None:
    """Return what differs of one row, by comparing two screenings of that row alone."""
    changes = compare_kept(_narrow(*old), _narrow(*new), look_up_entries(workspace))
    return changes.of(new[1]["id"])


def _narrow(kept: KeptScreening, line: Line) -> ComparedScreening:
    counts = {**kept.manifest["counts"], "rows": 1}
    manifest = json.dumps({**kept.manifest, "counts": counts}).encode()
    return read_kept(str(kept.folder), manifest, [json.dumps(line).encode()])
