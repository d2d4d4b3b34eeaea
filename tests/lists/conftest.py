"""What the tests of lists share: a workspace, a card for each fixture, readings as text."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.engine.workspace import Workspace, make_workspace
from answerable.lists.cards import known_cards, make_ftm_card
from answerable.lists.reading import Reading
from answerable.model import Card

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "lists"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return make_workspace(tmp_path / "workspace", "test", "0" * 32)


@pytest.fixture
def show() -> Callable[[Reading], str]:
    """Give a reading as JSON, blanks left out, for golden files."""

    def text(reading: Reading) -> str:
        companies, problems = reading
        content = {
            "companies": [_shown(dataclasses.asdict(each)) for each in companies],
            "problems": [each.as_dict() for each in problems],
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    return text


def _shown(value: object) -> object:
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items() if each not in (None, (), "")}
    if isinstance(value, list | tuple):
        return [_shown(each) for each in value]
    return value


@pytest.fixture
def card_of() -> Callable[..., Card]:
    """Give a known card with other values, such as counts that fit a fixture."""

    def make(list_id: str, **changes: object) -> Card:
        known = known_cards().get(list_id) or make_ftm_card(list_id)
        values = {"counts": (0, 1000), **changes}
        return dataclasses.replace(known, **values)  # type: ignore[arg-type]

    return make


@pytest.fixture
def fixture_file() -> Callable[[str], Path]:
    def find(name: str) -> Path:
        path = FIXTURES / name
        assert path.is_file(), path
        return path

    return find
