"""A small case, from files to filed claims, made by the functions that users call.

Two captures (one quoted, one private), a claim with its answer, a claim whose source is pending,
a decision, and a second case whose content belongs in no package of the first.
"""

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from answerable.engine.workspace import make_workspace, open_workspace
from answerable.evidence.capture_records import read_capture
from answerable.evidence.captures import capture_file
from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.filing import file_case
from answerable.evidence.custody import note_custody
from answerable.evidence.texts.sealed import derive_text
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import Ledger, open_ledger
from answerable.model.capture import Capture

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
PAGE = """<!doctype html><title>Lakeside</title>
<p>Northwind Vision supplied 340 cameras to the Lakeside site in 2019, Example Watch found.</p>
<p>Northwind Vision says that it sold no cameras to that site. 𠀀 湖边公司</p>"""
LEAKED = "the tangerine ledger lists every shipment"
OTHER = "a matter of another case, about Zyxomatic"

CASE = """\
schema: answerable.case/1
title: Lakeside <script>alert(1)</script>
editors: [The editors of this test]
not_shown: [That any camera was used.]
"""
SOURCES = """\
sources:
  - key: page
    title: Lakeside & its cameras
    publisher: Example Watch
    url: https://watch.example/lakeside
    published: 2026-01-05
    capture: {capture}
  - key: radio
    title: A broadcast
    publisher: Radio Example
    url: https://radio.example/
    capture: pending
    pending: It could not be recorded here.
"""
CLAIMS = """\
claims:
  - id: cameras
    claimant: Example Watch
    kind: fact
    about: Northwind Vision
    object: Lakeside site
    predicate: supplied
    statement: {statement}
    modality: states
    when: 2019
    passages:
      - source: page
        quote: Northwind Vision supplied 340 cameras to the Lakeside site
    grade: {{reliability: C, credibility: 3, by: Ada Grader, on: 2026-11-20, why: One source.}}
  - id: broadcast
    claimant: Radio Example
    kind: fact
    about: Northwind Vision
    predicate: operates_at
    object: Lakeside site
    statement: The station says that the company keeps staff at the site.
    modality: reports
    sources: [radio]
rebuttals:
  - id: no-sale
    by: Northwind Vision
    answers: [cameras]
    statement: The company says that it made no such sale.
    passages:
      - source: page
        quote: it sold no cameras to that site. 𠀀 湖边
replies:
  - to: Northwind Vision
    about: [broadcast]
    asked_on: 2026-11-01
    way: letter
    deadline: 2026-11-15
    outcome: no_answer
"""
DECISIONS = """\
decisions:
  - id: contract-ended
    body: Lakeside Council
    decided_on: 2026-02-03
    decision: The council ended the contract.
    ground: The council gave cost as its ground.
    sources: [radio]
"""
FIRST = "The report says that the company delivered cameras to the site."


@dataclass(frozen=True)
class Sealed:
    """A workspace with a filed case."""

    root: Path
    keys: Path
    page: str
    private: str

    @property
    def ledger(self) -> Ledger:
        return open_ledger(open_workspace(self.root), keys=self.keys, clock=lambda: NOON)

    @property
    def capture(self) -> Capture:
        return read_capture(self.ledger, self.page)

    @property
    def text(self) -> str:
        part = self.capture.part("text")
        assert part is not None
        return part.object

    def object_path(self, object_id: str, folder: str = "objects") -> Path:
        ending = ".json" if folder == "records" else ""
        return self.root / "evidence" / folder / object_id[7:9] / f"{object_id[9:]}{ending}"

    def copy(self, to: Path) -> "Sealed":
        shutil.copytree(self.root, to / "work")
        shutil.copytree(self.keys, to / "keys")
        return Sealed(to / "work", to / "keys", self.page, self.private)


def build_case(folder: Path) -> Sealed:
    """Make the workspace, from files to filed claims and a checkpoint."""
    workspace = make_workspace(folder / "work", id_key="0" * 32)
    ledger = open_ledger(workspace, keys=folder / "keys", clock=lambda: NOON)
    for name, words in (("page.html", PAGE), ("secret.html", LEAKED), ("other.html", OTHER)):
        (folder / name).write_text(f"<p>{words}</p>" if words != PAGE else PAGE, encoding="utf-8")
    page = derive_text(ledger, capture_file(ledger, folder / "page.html", "lakeside"))
    secret = capture_file(ledger, folder / "secret.html", "lakeside", private=True)
    derive_text(ledger, secret)
    derive_text(ledger, capture_file(ledger, folder / "other.html", "another-case"))
    note_custody(ledger, page.id, "review", by="Ada Grader", note="Looked at it in the kitchen.")
    sealed = Sealed(workspace.root, folder / "keys", page.id, secret.id)
    file_again(sealed)
    seal_checkpoint(ledger)
    return sealed


def file_again(sealed: Sealed, statement: str = FIRST) -> None:
    """Write the files of the case, check them, and file what is new."""
    folder = sealed.root / "cases" / "lakeside"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "case.yaml").write_text(CASE, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES.format(capture=sealed.page), encoding="utf-8")
    (folder / "claims.yaml").write_text(CLAIMS.format(statement=statement), encoding="utf-8")
    (folder / "decisions.yaml").write_text(DECISIONS, encoding="utf-8")
    (folder / "summary.md").write_text("What it is about.\n\nIn two paragraphs.", encoding="utf-8")
    checked = check_case(sealed.ledger, read_draft(folder))
    file_case(sealed.ledger, checked)
