"""The shipped example, end to end."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from answerable.engine.workspace import MARK, Workspace, make_workspace, open_workspace
from answerable.errors import UsageError
from answerable.evidence.example import EXAMPLE_CASE, lay_out_example
from answerable.evidence.verification.workspaces import Verification
from answerable.ledger.log import open_ledger
from answerable.story.cases import CheckedCase, check
from answerable.story.dossiers import compose
from answerable.story.editions import Tell, collect, collect_all
from answerable.story.proofs import export, verify
from answerable.story.publication import publish
from answerable.story.screenings import Screened, screen
from answerable.story.ties import RULES

DEMO_NAME = "answerable demo"
DEMO_KEY = "64656d6f64656d6f64656d6f64656d6f"  # public on purpose: the demo's ids are in the docs
DEMO_BRANDS = ("huawei", "hikvision", "dahua", "hytera", "zte", "brackwater", "sallowmere")
"""How the names begin that the example keeps on purpose; the demo shows what became of them."""

DEMO_DOSSIER = "Huawei Technologies (UK) Co., Ltd"
"""The supplier whose finding the example composes as a dossier."""

INVENTED_LISTS = ("invented_list", "invented_owners")
"""A list and a register of owners that exist in the example alone."""

INVENTED_RULE = "invented-policy.yaml"
"""A buyer's own rule on them: it shows where rules of one's own lie, and what they say."""

DEMO_NOTES = (
    "This is an example. The supplier file is a cut of the UK register of licensed sponsors, with "
    "six names kept on purpose; it is not any buyer's supplier list. Being on that register, or "
    "in this example, says nothing about wrongdoing.",
    "What bears the word invented does not exist: the last two suppliers, the list and the owners "
    "of that name, and the buyer's policy. They show how a rule reads ownership, once with shares "
    "that are stated and once with one that is not.",
    "Contains public sector information licensed under the Open Government Licence v3.0.",
)


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the shipped example shows.

    Args:
        screened: The screening of the example's suppliers, with its report and workbook.
        case: The shipped case, checked and filed.
        package: The case as a package that verifies without us.
        dossier: The dossier of one finding, as HTML and as PDF.
        page: The folder of the case's public page, a draft: no lawyer has reviewed its claims.
        verified: What verifying the whole workspace found.
    """

    screened: Screened
    case: CheckedCase
    package: Path
    dossier: tuple[Path, ...]
    page: Path
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
    lay_out_invented(workspace, tell)
    outputs = [folder / "report.html", folder / "report.xlsx"]
    with as_file(_example_file("demo_suppliers.csv")) as suppliers:
        screened = screen(workspace, suppliers, outputs, as_of=as_of, notes=DEMO_NOTES, tell=tell)
    dossier = _compose_dossier(workspace, screened, tell)
    page = folder / "case-page"
    publish(workspace, EXAMPLE_CASE, page, draft=True, tell=tell)
    tell("Verifying", 0, 1)
    return Demonstration(screened, case, package, dossier, page, verify(workspace))


def _compose_dossier(workspace: Workspace, screened: Screened, tell: Tell) -> tuple[Path, ...]:
    findings = screened.screening.findings
    [chosen] = [each for each in findings if each.supplier.name == DEMO_DOSSIER]
    outputs = [workspace.root / "dossier.html", workspace.root / "dossier.pdf"]
    return compose(workspace, f"{screened.folder.name}/{chosen.id}", outputs, tell=tell).outputs


def lay_out_invented(workspace: Workspace, tell: Tell = lambda *_: None) -> None:
    """Collect the invented list and owners, and put the invented rule where rules lie."""
    for name in INVENTED_LISTS:
        with (
            as_file(_example_file(f"{name}.csv")) as rows,
            as_file(_example_file(f"{name}.yaml")) as card,
        ):
            collect(workspace, name, [str(rows)], card=card, tell=tell)
    folder = workspace.root / RULES
    folder.mkdir(exist_ok=True)
    (folder / INVENTED_RULE).write_bytes(_example_file(INVENTED_RULE).read_bytes())


def _example_file(name: str) -> Traversable:
    return files("answerable.exposure").joinpath("example", name)


def _open_demo(folder: Path) -> Workspace:
    if not (folder / MARK).exists():
        return make_workspace(folder, DEMO_NAME, DEMO_KEY)
    workspace = open_workspace(folder)
    if workspace.name != DEMO_NAME:
        raise UsageError(f"{folder} is a workspace of your own. Give another folder.")
    return workspace
