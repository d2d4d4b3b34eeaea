"""Companies that were read are passed on as the lines under which they are kept."""

import json
from datetime import date
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.lists.cache import fold_line, read_cache, read_lines, write_cache
from answerable.lists.cards import make_ftm_card
from answerable.lists.editions import collect_edition, load_edition, load_lines
from answerable.model import Company, Name, Problem

MILLS = tuple(
    Company(f"x:{at}", "Company", (Name(name),), ("gb",))
    for at, name in enumerate(("Zyxomatic Mills", "Quorbel\u2028Works", "示例矿业"))
)
READING = (MILLS, (Problem("The line is no JSON; it was not read.", row=4),))


def test_lines_are_those_of_the_companies_alone(tmp_path: Path) -> None:
    write_cache(tmp_path / "kept.jsonl", READING)
    assert read_lines(tmp_path / "kept.jsonl") == list(map(fold_line, MILLS))
    assert read_cache(tmp_path / "kept.jsonl", "2026-01-01") == READING


@pytest.mark.parametrize("cut", [0, 1, 40, -1, -2, -60])
def test_lines_that_were_cut_short_are_none(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "kept.jsonl"
    write_cache(path, READING)
    path.write_bytes(path.read_bytes()[:cut])
    assert read_lines(path) is None
    assert read_lines(tmp_path / "absent.jsonl") is None


def test_an_edition_gives_the_same_lines_with_and_without_what_was_kept(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "ws")
    file = tmp_path / "mills.ftm.json"
    entities = [
        {"id": "a", "schema": "Company", "properties": {"name": ["Zyxomatic Mills"]}},
        {"id": "s", "schema": "Sanction", "properties": {"entity": ["a"], "reason": ["invented"]}},
        {"id": "b", "schema": "Company", "properties": {"name": ["Quorbel"], "country": ["gb"]}},
    ]
    file.write_text("\n".join(map(json.dumps, entities)), encoding="utf-8")
    card = make_ftm_card("mills")
    edition = collect_edition(workspace, card, [file], date(2026, 1, 1).isoformat())
    kept = load_lines(workspace, edition)
    for each in (workspace.build_folder / "lists").iterdir():
        each.unlink()
    assert load_lines(workspace, edition) == kept
    assert kept == list(map(fold_line, load_edition(workspace, edition)[0]))
    assert [json.loads(line)[0] for line in kept] == ["mills:a", "mills:b"]
