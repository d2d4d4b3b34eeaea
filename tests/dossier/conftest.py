"""Fixtures of dossiers: one workspace for all that only read it, a copy for those that write."""

from pathlib import Path

import pytest

from tests.dossier.lakeside_work import Lakeside, build_lakeside


@pytest.fixture(scope="session")
def built_lakeside(tmp_path_factory: pytest.TempPathFactory) -> Lakeside:
    folder = tmp_path_factory.mktemp("lakeside")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANSWERABLE_KEYS", str(folder / "keys"))
        return build_lakeside(folder)


@pytest.fixture
def lakeside(built_lakeside: Lakeside, monkeypatch: pytest.MonkeyPatch) -> Lakeside:
    """The workspace, to be read."""
    monkeypatch.setenv("ANSWERABLE_KEYS", str(built_lakeside.sealed.keys))
    return built_lakeside


@pytest.fixture
def own_lakeside(
    built_lakeside: Lakeside, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Lakeside:
    """A copy of the workspace, to be written to."""
    return built_lakeside.copy(tmp_path / "copy", monkeypatch)
