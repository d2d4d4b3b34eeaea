"""A screening with paths as FollowTheMoney entities, judged by that library."""

import json
from pathlib import Path
from typing import Any

import pytest

from answerable.engine.workspace import make_workspace
from answerable.story import collect, screen
from answerable.story.example import lay_out_invented
from tests.oracles.asking import Oracle

ROWS = b"""supplier
Brackwater Optics (UK) Limited (invented)
Sallowmere Lighting (UK) Limited (invented)
Exampleford Group (invented)
Chengdu Dahua Wisdom Information Technology Co Ltd
"""


@pytest.fixture(scope="module")
def entities(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("screening")
    workspace = make_workspace(folder / "w", "example", "00" * 16)
    lay_out_invented(workspace)
    collect(workspace, "us_dod_1260h", ["shipped"])
    screen(workspace, ROWS, [folder / "out.ftm.json"])
    return [json.loads(line) for line in (folder / "out.ftm.json").read_text("utf-8").splitlines()]


def test_followthemoney_takes_every_value_of_paths(
    followthemoney: Oracle, entities: list[dict[str, Any]]
) -> None:
    assert followthemoney.ask("check", entities=entities) == []
    assert {"Ownership", "Sanction", "UnknownLink"} <= {each["schema"] for each in entities}


def test_no_company_loses_what_is_known_of_it_to_a_path(entities: list[dict[str, Any]]) -> None:
    """A path tells the name of a company alone; a match of another row tells more of it."""
    [group] = [each for each in entities if each["id"].startswith("invented-list")]
    assert group["properties"]["leiCode"] == ["0000EXAMPLEFORD00048"]


def test_every_end_of_a_link_is_an_entity(entities: list[dict[str, Any]]) -> None:
    ids = {each["id"] for each in entities}
    ends = [
        end
        for each in entities
        for name in ("owner", "asset", "subject", "object", "entity")
        for end in each["properties"].get(name, ())
    ]
    assert len(ends) > 8
    assert ids.issuperset(ends)
