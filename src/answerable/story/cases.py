"""Cases: files in plain text are checked against the captures, and their claims filed."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from answerable.engine.workspace import Workspace
from answerable.errors import UsageError
from answerable.evidence.cases.checking import Checked, check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.faults import has_errors
from answerable.evidence.cases.filed import FiledClaim, filed_claims
from answerable.evidence.cases.filing import Filing, file_case
from answerable.evidence.cases.writing import draft_case
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import open_ledger
from answerable.story.editions import Tell


@dataclass(frozen=True, slots=True)
class CheckedCase:
    """A case that was checked, and perhaps filed.

    Args:
        checked: The case with its quotations located, and its faults.
        filing: What was filed; None where nothing was to be, or a fault kept it from being.
    """

    checked: Checked
    filing: Filing | None = None

    @property
    def has_errors(self) -> bool:
        """Whether a fault keeps it from being filed."""
        return has_errors(self.checked.faults)


def name_near(workspace: Workspace, name: str) -> str:
    """Return a sentence with the case whose name is nearest to a misspelt one, else nothing."""
    folder = workspace.cases_folder
    known = sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []
    near = get_close_matches(name, known, 1)
    return f" Did you mean {near[0]}?" if near else ""


def draft(workspace: Workspace, case: str, title: str | None = None) -> tuple[Path, ...]:
    """Write commented starting files for a new case, to be filled in with any editor.

    Args:
        workspace: Where it goes.
        case: Name of the case, which becomes its folder's.
        title: Title for people; by default the name.

    Raises:
        UsageError: The name cannot be that of a folder.
        OutputUnwritable: The case is there already, or the disk refused it.
    """
    return draft_case(workspace.cases_folder, case, title)


def check(
    workspace: Workspace,
    case: str | None = None,
    *,
    file: bool = False,
    today: date | None = None,
    tell: Tell = lambda *_: None,
) -> list[CheckedCase]:
    """Check the files of cases, every quotation against its sealed copy; and file their claims.

    Args:
        workspace: Whose cases.
        case: Name of one case; by default all.
        file: Also file: what is new or changed becomes a record and a deed, if no error is found.
        today: The day of the check; by default today.
        tell: Told about progress.

    Returns:
        For each case what was found, in the order of the names.

    Raises:
        UsageError: There is no such case, or none at all.
        LedgerError: The log was edited, or a key is missing.
    """
    names = [case] if case is not None else _list_cases(workspace)
    ledger = open_ledger(workspace)
    found = []
    for done, name in enumerate(names):
        tell("Checking the cases", done, len(names))
        folder = workspace.cases_folder / name
        if not folder.is_dir():
            raise UsageError(
                f"There is no case {name!r} in {workspace.cases_folder}."
                f"{name_near(workspace, name)} Begin one with `answerable draft CASE`."
            )
        checked = check_case(ledger, read_draft(folder), today=today)
        filing = None
        if file and not has_errors(checked.faults):
            filing = file_case(ledger, checked)
        found.append(CheckedCase(checked, filing))
    if any(each.filing for each in found):
        seal_checkpoint(ledger)
    return found


def list_claims(workspace: Workspace, case: str | None = None) -> list[FiledClaim]:
    """Return the claims that were filed, as they stand now, with what answers them."""
    return filed_claims(open_ledger(workspace), case)


def _list_cases(workspace: Workspace) -> list[str]:
    folder = workspace.cases_folder
    found = folder.iterdir() if folder.is_dir() else ()
    names = sorted(each.name for each in found if each.is_dir())
    if not names:
        raise UsageError(f"No case in {folder}. Begin one with `answerable draft CASE`.")
    return names
