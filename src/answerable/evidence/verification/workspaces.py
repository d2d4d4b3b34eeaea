"""Verification: is everything as it was sealed, in a workspace or in a package."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answerable.engine.workspace import Workspace, open_workspace
from answerable.evidence.packages import verifier
from answerable.evidence.packages.verifier import Check, Openssl, Report
from answerable.evidence.verification.log import check_chain
from answerable.evidence.verification.objects import Tell, check_content
from answerable.evidence.verification.passages import check_derivatives, check_quotations
from answerable.ledger.log import Ledger, open_ledger

STATES = verifier.STATES
"""In the order of a table: `ok`, `moved`, `ambiguous`, `lost`, `pending`, `unverifiable`, `erased`,
`broken`. docs/verify.md says what each means."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found.

    That all is `ok` shows that nothing was changed since it was sealed, and not more: not that a
    claim is true, nor that the log tells everything.

    Args:
        about: What was verified: its kind, and for a package name, log, size and root.
        counts: Kind of thing to state to number, in the order of the checks.
        checks: Every check that is not `ok`, with a sentence and what to do; of each kind and
            state the first 200, `counts` has all.
        withheld: For a package: records with the names of their fields that are not shown.
        keys: Public keys against which signatures were checked, as C2SP writes them.
    """

    about: Mapping[str, Any]
    counts: Mapping[str, Mapping[str, int]]
    checks: tuple[Check, ...]
    withheld: tuple[Mapping[str, Any], ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """1 if anything is broken or lost, or it is a draft that nobody signed, else 0."""
        return _fill(self).exit_code

    def count(self, state: str) -> int:
        """Return how many things are in a state.

        Example:
            >>> Verification({}, {"object": {"ok": 2}, "record": {"ok": 1}}, ()).count("ok")
            3
        """
        return sum(counts.get(state, 0) for counts in self.counts.values())

    def as_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it, in the schema `answerable.verification/1`."""
        return _fill(self).as_dict()

    def tell(self) -> str:
        """Return it as a table in plain words."""
        return verifier.tell(_fill(self))


FAULTS = verifier.FAULTS


def _fill(found: Verification) -> Report:
    report = Report()
    report.about = dict(found.about)
    report.counts = {kind: dict(counts) for kind, counts in found.counts.items()}
    report.checks = list(found.checks)
    report.withheld = [dict(each) for each in found.withheld]
    report.keys = list(found.keys)
    return report


def _finish(report: Report) -> Verification:
    return Verification(
        about=report.about,
        counts=report.counts,
        checks=tuple(report.checks),
        withheld=tuple(report.withheld),
        keys=tuple(report.keys),
    )


def verify_workspace(
    place: Workspace | Ledger | Path,
    *,
    checkpoint: Path | None = None,
    tell: Tell = lambda *_: None,
) -> Verification:
    """Check all evidence of a workspace, or all of a package.

    It reads everything and writes nothing.

    Args:
        place: A workspace, its ledger or its folder; or a package, as a folder or a zip.
        checkpoint: A checkpoint of the log that was kept elsewhere, as a file: it tells a log that
            was cut short or written anew from one that only grew.
        tell: Told about progress.

    Returns:
        What was found; nothing is raised for what is broken.

    Raises:
        WorkspaceMissing, WorkspaceFaulty: The folder is neither.
        OSError: A file cannot be read.

    Cost:
        Reads every object once, in pieces. The chain of 100,000 log lines takes about two seconds.
    """
    if isinstance(place, Path) and _is_package(place):
        return verify_package(place, checkpoint=checkpoint)
    if isinstance(place, Path):
        place = open_workspace(place)
    ledger = open_ledger(place) if isinstance(place, Workspace) else place
    report = Report()
    tell("Checking the log", 0, 1)
    names = check_chain(ledger, report, checkpoint)
    found = check_content(ledger, names, report, tell)
    check_derivatives(found, report)
    check_quotations(ledger, found, report, tell)
    return _finish(report)


def _is_package(place: Path) -> bool:
    """Tell a package, or a published page, from a workspace."""
    seals = (verifier.MANIFEST, verifier.PUBLICATION_MANIFEST)
    return place.is_file() or any((place / each).is_file() for each in seals)


def verify_package(
    path: Path, *, keys: tuple[str, ...] = (), checkpoint: Path | None = None
) -> Verification:
    """Check a package as its own `verify.py` does.

    Args:
        path: A folder or a zip.
        keys: Public keys that count; by default those that came along.
        checkpoint: A checkpoint of the log that was kept elsewhere.
    """
    report = Report()
    try:
        package = verifier.open_package(path)
        openssl = Openssl(verifier.find_openssl([path if path.is_dir() else Path.cwd()]))
        report = verifier.verify(package, openssl, keys, checkpoint)
    except verifier.DAMAGE as error:
        says = f"It cannot be read as a package: {verifier.plain(error)}."
        report.add("broken", "package", path.name, says, verifier.ASK)
    return _finish(report)
