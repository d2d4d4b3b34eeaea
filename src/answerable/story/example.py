"""The shipped example, end to end."""

from datetime import date
from importlib.resources import as_file, files
from pathlib import Path

from answerable.engine.workspace import MARK, make_workspace, open_workspace
from answerable.errors import UsageError
from answerable.story.editions import Tell, collect_all
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


def demo(folder: Path, *, as_of: date | None = None, tell: Tell = lambda *_: None) -> Screened:
    """Screen the shipped example in a workspace of its own, and write its report.

    Args:
        folder: Workspace of the example; made if missing, used again if it is the example's.
        as_of: Day of the screening; by default today.
        tell: Told about progress.

    Raises:
        UsageError: The folder is another workspace.
    """
    if (folder / MARK).exists():
        workspace = open_workspace(folder)
        if workspace.name != DEMO_NAME:
            raise UsageError(f"{folder} is a workspace of your own. Give another folder.")
    else:
        workspace = make_workspace(folder, DEMO_NAME, DEMO_KEY)
    collect_all(workspace, ["shipped"], tell=tell)
    outputs = [folder / "report.html", folder / "report.xlsx"]
    example = files("answerable.exposure").joinpath("example", "demo_suppliers.csv")
    with as_file(example) as suppliers:
        return screen(workspace, suppliers, outputs, as_of=as_of, notes=DEMO_NOTES, tell=tell)
