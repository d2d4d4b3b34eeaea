"""The invented part of the example: a row by stated shares, and one whose share is unknown."""

from datetime import date
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.model import Finding
from answerable.story import collect, screen
from answerable.story.example import INVENTED_LISTS, lay_out_invented

DAY = date(2026, 11, 24)
ROWS = b"""supplier
Brackwater Optics (UK) Limited (invented)
Sallowmere Lighting (UK) Limited (invented)
Some Other Works Ltd
"""


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> tuple[Finding, ...]:
    folder: Path = tmp_path_factory.mktemp("example")
    workspace = make_workspace(folder / "w", "example", "00" * 16)
    lay_out_invented(workspace)
    screened = screen(workspace, ROWS, as_of=DAY)
    shown = {each["list"] for each in screened.screening.manifest["coverage"]["lists"]}
    shown |= {each["list"] for each in screened.screening.manifest["coverage"]["links"]}
    assert shown == set(INVENTED_LISTS)
    return tuple(screened.screening.findings)


def test_shares_that_are_stated_reach_the_line_without_being_multiplied(
    findings: tuple[Finding, ...],
) -> None:
    finding = findings[0]
    ruling = finding.regimes["invented-policy"]
    assert (finding.exposure, ruling.status, ruling.low) == (("derived",), "derived", 51_000_000)
    assert "holds 60 % of Larkstone Holding (invented)" in " ".join(ruling.steps)


def test_a_share_that_is_not_known_is_possible_and_says_so(findings: tuple[Finding, ...]) -> None:
    finding = findings[1]
    ruling = finding.regimes["invented-policy"]
    assert finding.exposure == ("linked", "possible")
    assert (ruling.status, ruling.low, ruling.high) == ("possible", 0, 100_000_000)
    assert "a share that is not known" in ruling.why
    [path] = finding.paths
    [link] = [each for each in path.links if each.kind == "ownership"]
    assert link.source.citation == "invented register, entry 3"


def test_a_debarment_list_that_names_nobody_lets_its_rule_say_none_found(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "w", "example", "00" * 16)
    table = tmp_path / "debarment_list.csv"
    table.write_text("name,country,company_number,ground,from,until\n")
    collect(workspace, "uk_debarment_list", [str(table)], edition="2026-11-20")
    [finding, *_] = screen(workspace, ROWS, as_of=DAY).screening.findings
    assert finding.regimes["uk-connected"].status == "none_found"
    assert finding.regimes["ofac-50"].status == "not_evaluated"


def test_a_rule_with_its_whole_list_says_none_found(findings: tuple[Finding, ...]) -> None:
    assert findings[2].regimes["invented-policy"].status == "none_found"
