"""A workspace with a list, a register, the case of Lakeside and a screening, all of it invented."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from answerable import story
from answerable.engine.workspace import Workspace, open_workspace
from answerable.lists.cards import load_card, write_card
from tests.conftest import FIXTURES
from tests.evidence.sealed_case import Sealed, build_case
from tests.exposure.test_ties_whole import LISTED, RULE, entity, holding

DAY = date(2026, 11, 24)
REGISTER = [
    entity("group", "Zyxomatic Holding Group Limited", "549300XIVJCBIGMRUD48"),
    entity("north", "Northwind Vision"),
    entity("shop", "Vextrine Shops Ltd"),
    holding("r1", "group", "north", {"exact": 51}),
    holding("r2", "north", "shop", None),
]
ROWS = ("Northwind Vision", "Vextrine Shops Ltd", "Entirely Other Company", "???")


@dataclass(frozen=True)
class Lakeside:
    """The workspace, the case in it, and the ids of the findings, by the rows' names."""

    sealed: Sealed
    findings: dict[str, str]

    @property
    def workspace(self) -> Workspace:
        return open_workspace(self.sealed.root)

    def compose(self, what: str, *outputs: Path) -> story.Composed:
        return story.compose(self.workspace, self.findings.get(what, what), outputs)

    def screen(self) -> story.Screened:
        return screen_rows(self.workspace)

    def copy(self, to: Path, monkeypatch: pytest.MonkeyPatch) -> "Lakeside":
        copied = self.sealed.copy(to)
        monkeypatch.setenv("ANSWERABLE_KEYS", str(copied.keys))
        return Lakeside(copied, self.findings)


def screen_rows(workspace: Workspace) -> story.Screened:
    rows = "\n".join(["Supplier", *ROWS]) + "\n"
    return story.screen(workspace, rows.encode(), as_of=DAY)


def build_lakeside(folder: Path) -> Lakeside:
    """Make the workspace; the environment must name its keys."""
    sealed = build_case(folder)
    workspace = open_workspace(sealed.root)
    listed = folder / "listed.ftm.json"
    listed.write_text("".join(json.dumps(each) + "\n" for each in LISTED), encoding="utf-8")
    story.collect(workspace, "my_list", [str(listed)], edition="2026-11-20")
    register = folder / "register.json"
    register.write_text(json.dumps(REGISTER), encoding="utf-8")
    card = replace(load_card(FIXTURES / "links" / "table" / "card.yaml"), id="my_register")
    path = folder / "card.yaml"
    text = write_card(replace(card, reader="bods", columns={}, options={}))
    path.write_text(text, encoding="utf-8")
    story.collect(workspace, "my_register", [str(register)], card=path, edition="2026-11-01")
    (workspace.root / "rules").mkdir()
    (workspace.root / "rules" / "fund.yaml").write_text(RULE, encoding="utf-8")
    screened = screen_rows(workspace)
    ids = {each.supplier.name: each.id for each in screened.screening.findings}
    return Lakeside(sealed, ids)
