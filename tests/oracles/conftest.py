"""Oracles as fixtures: programs of others, each in its own environment, that judge our files."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.oracles.asking import Oracle
from tools.oracles.environments import find
from tools.oracles.oracles import ORACLES


def _run(name: str) -> Iterator[Oracle]:
    oracle = Oracle(name)
    try:
        yield oracle
    finally:
        oracle.close()


@pytest.fixture(scope="session")
def formats() -> Iterator[Oracle]:
    """Canonical JSON, Merkle trees, PROV, JSON-LD."""
    yield from _run("formats")


@pytest.fixture(scope="session")
def feeds() -> Iterator[Oracle]:
    """Reads Atom feeds and calendars."""
    yield from _run("feeds")


@pytest.fixture(scope="session")
def html5() -> Iterator[Oracle]:
    """Parses HTML and tells every error."""
    yield from _run("pages")


@pytest.fixture(scope="session")
def pywb() -> Iterator[Oracle]:
    """Replays a WACZ."""
    yield from _run("pywb")


@pytest.fixture(scope="session")
def followthemoney() -> Iterator[Oracle]:
    """Checks entities of FollowTheMoney."""
    yield from _run("followthemoney")


@pytest.fixture(scope="session")
def wacz_tool() -> Path:
    """The program `wacz` of py-wacz, which makes and validates WACZ files."""
    python = find(ORACLES["wacz"])
    if python is None:
        pytest.skip("the oracle wacz is not here: make oracles")
    return python.with_name("wacz.exe" if python.suffix else "wacz")
