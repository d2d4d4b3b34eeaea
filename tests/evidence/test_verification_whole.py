"""The whole way: a page is asked for, quoted, filed, verified, handed on, and verified alone."""

import json
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from answerable.engine.workspace import make_workspace
from answerable.evidence.captures import capture_address
from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.filed import filed_claims
from answerable.evidence.cases.filing import file_case
from answerable.evidence.imports import import_archive
from answerable.evidence.packages.contents import Choice
from answerable.evidence.packages.exports import export_case
from answerable.evidence.texts.sealed import derive_texts
from answerable.evidence.verification.workspaces import verify_package, verify_workspace
from answerable.ledger.log import Ledger, open_ledger
from tests.evidence.capture_server import page, serve
from tests.evidence.foreign_archives import browsertrix, zip_crawl

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
HTML = (
    "<!doctype html><html lang=zh><head><title>湖边</title><link rel=stylesheet href=/s.css></head>"
    "<body><p>北风视觉公司向湖边工厂提供了三百四十台摄像机。</p>"
    "<p>Northwind Vision delivered them by rail in March.</p></body></html>"
).encode()


def make_ledger(folder: Path) -> Ledger:
    workspace = make_workspace(folder / "work")
    return open_ledger(workspace, keys=folder / "keys", clock=lambda: NOON)


def write_case(folder: Path, capture: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "case.yaml").write_text("title: The lake\neditors: [The editors of this test]\n")
    (folder / "sources.yaml").write_text(
        f"""
sources:
  - {{key: page, title: 湖边, publisher: Example Watch, capture: "{capture}", language: zh}}
""",
        encoding="utf-8",
    )
    (folder / "claims.yaml").write_text(
        """
claims:
  - id: cameras
    claimant: Example Watch
    kind: fact
    about: Northwind Vision
    predicate: supplied
    object: the lakeside plant
    statement: The page says that the company equipped the plant.
    modality: states
    passages:
      - source: page
        quote: 向湖边工厂提供了三百四十台摄像机
        language: zh
        translation: {text: provided 340 cameras to the plant, language: en, by: A. Translator}
""",
        encoding="utf-8",
    )
    return folder


def test_a_page_goes_all_the_way_to_a_package_that_verifies_alone(tmp_path: Path) -> None:
    ledger = make_ledger(tmp_path)
    answers = {"/": page(HTML), "/s.css": page(b"p{color:#123}", media_type="text/css")}
    with serve(answers) as server:
        capture = capture_address(ledger, server.url(), "lake", allow_private=True)
    derive_texts(ledger, [capture])
    folder = write_case(tmp_path / "work" / "cases" / "lake", capture.id)
    checked = check_case(ledger, read_draft(folder))
    assert [fault.sentence for fault in checked.faults if fault.severity == "error"] == []
    file_case(ledger, checked)
    [claim] = filed_claims(ledger, "lake")
    assert claim.claim.passages[0].capture == capture.id

    workspace = verify_workspace(ledger)
    assert (workspace.exit_code, workspace.counts["quotation"]) == (0, {"ok": 1})

    export = export_case(ledger, "lake", tmp_path / "lake.zip")
    (tmp_path / "empty").mkdir()
    with zipfile.ZipFile(export.path) as file:
        file.extractall(tmp_path / "empty")
    [package] = (tmp_path / "empty").iterdir()
    words = [sys.executable, "-I", "-S", "verify.py", "--json"]
    ran = subprocess.run(words, cwd=package, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    counts = json.loads(ran.stdout)["counts"]
    assert counts["WACZ"] == counts["quotation"] == {"ok": 1}
    assert counts["derivative"] == {"ok": 2}
    html = (package / "index.html").read_text(encoding="utf-8")
    assert "向湖边工厂提供了三百四十台摄像机" in html
    assert "provided 340 cameras to the plant" in html
    assert "none found in our sources" in html, "nobody was asked, and the page says so"


def test_a_foreign_archive_that_was_faulty_when_it_was_sealed_is_told_as_that(
    tmp_path: Path,
) -> None:
    ledger = make_ledger(tmp_path)
    good = zip_crawl(browsertrix(), tmp_path / "good.wacz")
    import_archive(ledger, good, "lake")
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(tmp_path / "bad.wacz", "w") as new:
        for entry in old.infolist():
            more = b"\n" if entry.filename == "pages/pages.jsonl" else b""
            new.writestr(entry.filename, old.read(entry) + more)
    faulty = import_archive(ledger, tmp_path / "bad.wacz", "lake")
    assert faulty.capture.problems
    found = verify_package(
        export_case(ledger, "lake", tmp_path / "p", choice=Choice(uncited=True)).path
    )
    assert found.counts["WACZ"] == {"ok": 1, "unverifiable": 1}
    [told] = [each for each in found.checks if each.kind == "WACZ"]
    assert told.about == faulty.capture.original.object
    assert "pages/pages.jsonl has another digest" in told.says
