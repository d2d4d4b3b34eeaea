"""A ledger in a folder of its own, with a clock that stands still."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.ledger.log import Ledger, open_ledger
from answerable.ledger.objects import Store

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    workspace = make_workspace(tmp_path / "work", id_key="0" * 32)
    return open_ledger(workspace, keys=tmp_path / "keys", clock=lambda: NOON)


@pytest.fixture
def store(ledger: Ledger) -> Store:
    return ledger.store
