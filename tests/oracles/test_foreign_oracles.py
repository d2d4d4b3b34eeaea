"""Archives of other tools: py-wacz makes or accepts them, pywb replays them, we import them."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.evidence.imports import import_archive
from answerable.evidence.texts.sealed import derive_text, read_text
from answerable.ledger.log import open_ledger
from tests.evidence.foreign_archives import (
    HTML,
    OTHER,
    SEED,
    STAMP,
    Files,
    auto_archiver,
    browsertrix,
    zip_crawl,
)
from tests.oracles.asking import Oracle


def run(wacz_tool: Path, *words: str) -> int:
    command = [str(wacz_tool), *words]
    return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode


@pytest.mark.parametrize("shape", [browsertrix, auto_archiver])
def test_our_samples_of_other_tools_replay(
    shape: Callable[[], Files], pywb: Oracle, tmp_path: Path
) -> None:
    """pywb reads no `index.cdxj` (as Browsertrix writes small indexes): it is renamed for it."""
    files = {name.replace("index.cdxj", "index.cdx"): data for name, data in shape().items()}
    path = zip_crawl(files, tmp_path / "crawl.wacz")
    [page] = pywb.ask("replay", wacz=str(path), pages=[(STAMP[:14], SEED)])
    assert bytes.fromhex(page["body"]) == HTML


def test_what_py_wacz_makes_of_a_warc_is_imported(wacz_tool: Path, tmp_path: Path) -> None:
    """With its own index, manifest and digests; the page lists are the crawl's."""
    files = browsertrix()
    given = {}
    for part in ("archive/rec-", "pages/pages.jsonl", "pages/extraPages.jsonl"):
        name = next(each for each in files if each.startswith(part))
        given[part] = tmp_path / Path(name).name
        given[part].write_bytes(files[name])
    warc, pages, more = (str(each) for each in given.values())
    path = tmp_path / "made.wacz"
    words = ["create", "--output", str(path), "--pages", pages, "--extra-pages", more]
    assert run(wacz_tool, *words, "--hash-type", "sha256", warc) == 0
    ledger = open_ledger(make_workspace(tmp_path / "work"), keys=tmp_path / "keys")
    imported = import_archive(ledger, path, "mill")
    assert imported.capture.problems == ()
    assert [each.url for each in imported.pages] == [SEED, OTHER]
    capture = derive_text(ledger, imported.capture)
    assert "The mill has 340 looms." in read_text(ledger, capture)
