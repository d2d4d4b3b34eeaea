"""The shipped example, end to end."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from answerable.engine.workspace import MARK, Workspace, make_workspace, open_workspace
from answerable.errors import UsageError
from answerable.evidence.example import EXAMPLE_CASE, lay_out_example
from answerable.evidence.verification.workspaces import Verification
from answerable.ledger.log import open_ledger
from answerable.story.cases import CheckedCase, check
from answerable.story.editions import Tell, collect_all
from answerable.story.proofs import export, verify
from answerable.story.screenings import Screened, screen

DEMO_NAME = "answerable demo"
DEMO_KEY = "64656d6f64656d6f64656d6f64656d6f"  # public on purpose: the demo's ids are in the docs
DEMO_BRANDS = ("huawei", "hikvision", "dahua", "hytera", "zte")
"""How the names begin that the example keeps on purpose; the demo shows what became of them."""


DEMO_NOTES = (
    "This is an example. The supplier file is a cut of the UK register of licensed sponsors, with "
    "six names kept on purpose; it is not any buyer's supplier list. Being on that register, or "
    "in this example, says nothing about wrongdoing.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the shipped example shows.

    Args:
        screened: The screening of the example's suppliers, with its report and workbook.
        case: The shipped case, checked and filed.
        package: The case as a package that verifies without us.
        verified: What verifying the whole workspace found.
    """

    screened: Screened
    case: CheckedCase
    package: Path
    verified: Verification


def demo(folder: Path, *, as_of: date | None = None, tell: Tell = lambda *_: None) -> Demonstration:
    """Tell the whole story with what ships: a case is filed, suppliers are screened.

    Args:
        folder: Workspace of the example; made if missing, used again if it is the example's.
        as_of: Day of the screening; by default today.
        tell: Told about progress.

    Raises:
        UsageError: The folder is another workspace.
    """
    workspace = _open_demo(folder)
    tell("Sealing the sources", 0, 1)
    lay_out_example(open_ledger(workspace), workspace.cases_folder)
    [case] = check(workspace, EXAMPLE_CASE, file=True, tell=tell)
    package = folder / f"{EXAMPLE_CASE}.zip"
    tell("Packing the case", 0, 1)
    export(workspace, EXAMPLE_CASE, package)
    collect_all(workspace, ["shipped"], tell=tell)
    outputs = [folder / "report.html", folder / "report.xlsx"]
    example = files("answerable.exposure").joinpath("example", "demo_suppliers.csv")
    with as_file(example) as suppliers:
        screened = screen(workspace, suppliers, outputs, as_of=as_of, notes=DEMO_NOTES, tell=tell)
    tell("Verifying", 0, 1)
    return Demonstration(screened, case, package, verify(workspace))


def _open_demo(folder: Path) -> Workspace:
    if not (folder / MARK).exists():
        return make_workspace(folder, DEMO_NAME, DEMO_KEY)
    workspace = open_workspace(folder)
    if workspace.name != DEMO_NAME:
        raise UsageError(f"{folder} is a workspace of your own. Give another folder.")
    return workspace
