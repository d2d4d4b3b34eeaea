"""Fixtures that all tests share: golden files, the shared data, a workspace, no network."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
FIXTURES = Path(__file__).resolve().parent / "fixtures"
SHARED_DATA = Path(os.environ.get("ANSWERABLE_DATA", ROOT.parent / "shared" / "data"))

settings.register_profile(
    "ours", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite golden files")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Path], None]:
    """Compare a text with a golden file, or rewrite the file under --golden."""

    def compare(text: str, path: Path) -> None:
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing: run `make golden` and review it"
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def shared_data() -> Callable[[str], Path]:
    """Give a file of the shared data, or skip the test with the reason where it is not there."""

    def find(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.exists():
            pytest.skip(f"shared/data/{name} is not here (it may not ship); see tests/README.md")
        return path

    return find


@pytest.fixture(autouse=True)
def own_keys(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every key that a test makes out of the user's configuration."""
    folder = tmp_path_factory.mktemp("keys")
    monkeypatch.setenv("ANSWERABLE_KEYS", str(folder))
    monkeypatch.delenv("ANSWERABLE_PASSPHRASE", raising=False)
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that does not stay on this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if self.family in (socket.AF_INET, socket.AF_INET6) and host not in ("127.0.0.1", "::1"):
            raise OSError(f"tests reach no network, tried {address!r}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name bytes by their argument: some hold the time at which they were made, or chance."""
    return argname if isinstance(val, bytes) else None
