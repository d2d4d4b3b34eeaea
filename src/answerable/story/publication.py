"""Publication: the public page of a case, with its gates; and its withdrawal."""

from pathlib import Path

from answerable.call.publication import Published, publish_case
from answerable.call.withdrawal import GROUNDS, withdraw_case
from answerable.engine.workspace import Workspace
from answerable.errors import UsageError
from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.verification.workspaces import FAULTS, verify_workspace
from answerable.ledger.log import open_ledger
from answerable.story.cases import name_near
from answerable.story.editions import Tell

__all__ = ["GROUNDS", "Published", "publish", "unpublish"]


def publish(
    workspace: Workspace,
    case: str,
    to: Path,
    *,
    draft: bool = False,
    base: str | None = None,
    tell: Tell = lambda *_: None,
) -> Published:
    """Write the public page of a case as static files, signed and mirrorable.

    Published only if the case is checked without an error, is filed as it stands, each claim that
    is shown has a legal review of its very wording, an imprint and an approval are there, and the
    whole workspace verifies. That they are there does not show that publication is lawful.

    Args:
        workspace: Whose case.
        case: Its name.
        to: A folder; missing, empty, or an earlier publication, which is replaced in one step.
        draft: Make a preview all the same: every page says what stands against publication, and
            it is neither signed nor logged.
        base: Address at which it will stand, such as `https://call.example/`.
        tell: Told about progress.

    Raises:
        PublicationRefused: It names all that stands against publication, and what to do.
        UsageError: There is no such case, nothing of it was filed, or the address is none.
        OutputUnwritable: The folder holds other files, or the disk refused it.
    """
    folder = workspace.cases_folder / case
    if not folder.is_dir():
        raise UsageError(
            f"There is no case {case!r} in {workspace.cases_folder}."
            f"{name_near(workspace, case)} Begin one with `answerable draft CASE`."
        )
    ledger = open_ledger(workspace)
    tell("Checking the case", 0, 3)
    checked = check_case(ledger, read_draft(folder))
    tell("Verifying the workspace", 1, 3)
    found = verify_workspace(ledger)
    broken = sum(map(found.count, FAULTS))
    tell("Making the page", 2, 3)
    return publish_case(ledger, checked, to, draft=draft, broken=broken, base=_check_address(base))


def _check_address(base: str | None) -> str | None:
    if base is None:
        return None
    if not base.startswith(("https://", "http://")) or set(base) & set(" \"'<>?#\\"):
        raise UsageError(f"{base[:200]!r} is no address of a page. Write it as https://….")
    return base if base.endswith("/") else f"{base}/"


def unpublish(workspace: Workspace, case: str, to: Path, ground: str) -> str:
    """Put a notice in the place of a publication, and log that it was withdrawn.

    Args:
        workspace: Whose case.
        case: Its name.
        to: Folder of the publication.
        ground: One of `GROUNDS`.

    Returns:
        Digest of the notice's list of files.

    Raises:
        UsageError: The ground is not known, or the case was never published.
        OutputUnwritable: The folder holds other files, or the disk refused it.
    """
    return withdraw_case(open_ledger(workspace), case, to, ground)
