"""What Browsertrix and auto-archiver make is imported whole, with its pages and its words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.evidence.captures import read_part
from answerable.evidence.imports import import_archive
from answerable.evidence.texts.sealed import derive_text
from answerable.ledger.log import Ledger, open_ledger, read_deeds
from tests.evidence.foreign_archives import (
    CRAWLER,
    OTHER,
    SEED,
    Files,
    auto_archiver,
    browsertrix,
    zip_crawl,
)

SHAPES = pytest.mark.parametrize(
    ("shape", "pages"), [(browsertrix, [SEED, OTHER]), (auto_archiver, [SEED])]
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")


@SHAPES
def test_it_is_sealed_as_it_is(
    ledger: Ledger, tmp_path: Path, shape: Callable[[], Files], pages: list[str]
) -> None:
    path = zip_crawl(shape(), tmp_path / "crawl.wacz")
    imported = import_archive(ledger, path, "mill")
    capture = imported.capture
    assert capture.problems == ("no_profile",)
    assert sorted(each.url for each in imported.pages) == sorted(pages)
    assert (capture.url, capture.title) == (SEED, "The mill 磨坊")
    assert capture.captured_at == "2025-03-04T05:06:07Z"
    assert CRAWLER in capture.software
    assert read_part(ledger, capture, capture.original) == path.read_bytes()
    assert [each.act for each in read_deeds(ledger)][-1] == "source.import"


@SHAPES
def test_its_words_can_be_quoted(
    ledger: Ledger, tmp_path: Path, shape: Callable[[], Files], pages: list[str]
) -> None:
    imported = import_archive(ledger, zip_crawl(shape(), tmp_path / "crawl.wacz"), "mill")
    capture = derive_text(ledger, imported.capture)
    text = capture.part("text")
    assert text is not None
    assert "The mill has 340 looms." in read_part(ledger, capture, text).decode()


@SHAPES
def test_a_changed_word_is_found(
    ledger: Ledger, tmp_path: Path, shape: Callable[[], Files], pages: list[str]
) -> None:
    path = zip_crawl(shape(), tmp_path / "crawl.wacz")
    data = path.read_bytes().replace("The mill 磨坊".encode(), "The hill 磨坊".encode())
    path.write_bytes(data)
    problems = import_archive(ledger, path, "mill").capture.problems
    assert {"wrong_hash", "pages_faulty", "broken_entry"} & set(problems)
