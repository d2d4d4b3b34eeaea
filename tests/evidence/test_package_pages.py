"""The page of a package, from the files of a case: what stands where, and in which words."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from answerable.evidence.cases.checking import check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.faults import Fault
from answerable.evidence.cases.filing import file_case
from answerable.evidence.packages.exports import Export, export_case
from answerable.evidence.verification.workspaces import verify_package
from tests.evidence.sealed_case import Sealed, build_case

SOURCES = """\
sources:
  - {{key: page, title: Lakeside, publisher: Example Watch, published: 2026-01, capture: {page}}}
  - {{key: minutes, title: Minutes of the board, publisher: A board, capture: {private}}}
  - {{key: radio, title: A broadcast, publisher: Radio Example, capture: pending, pending: Later.}}
"""


@dataclass(frozen=True)
class Desk:
    """A workspace in which a case is written, filed and handed on."""

    sealed: Sealed
    folder: Path

    def write(self, claims: str, summary: str = "One.\n\nTwo.") -> Path:
        folder = self.sealed.root / "cases" / "quarry"
        folder.mkdir(exist_ok=True)
        sources = SOURCES.format(page=self.sealed.page, private=self.sealed.private)
        (folder / "case.yaml").write_text("title: Quarry\neditors: [The desk]\n")
        (folder / "sources.yaml").write_text(sources)
        (folder / "claims.yaml").write_text(claims, encoding="utf-8")
        (folder / "summary.md").write_text(summary, encoding="utf-8")
        return folder

    def check(self, claims: str) -> tuple[Fault, ...]:
        return check_case(self.sealed.ledger, read_draft(self.write(claims))).faults

    def file(self, claims: str) -> None:
        ledger = self.sealed.ledger
        file_case(ledger, check_case(ledger, read_draft(self.write(claims))))

    def export(self) -> tuple[Export, str]:
        export = export_case(self.sealed.ledger, "quarry", self.folder / "package")
        assert verify_package(export.path).exit_code == 0
        return export, (export.path / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    return build_case(tmp_path_factory.mktemp("built"))


@pytest.fixture
def desk(built: Sealed, tmp_path: Path) -> Desk:
    return Desk(built.copy(tmp_path), tmp_path)


def claim(name: str, more: str = "sources: [radio]", predicate: str = "supplied") -> str:
    return (
        f"  - {{id: {name}, claimant: Example Watch, kind: fact, "
        "about: {name: Northwind Vision, kind: company}, object: Lakeside site, "
        f"predicate: {predicate}, statement: It says {name}., modality: states, {more}}}\n"
    )


def words_of(html: str, anchor: str) -> str:
    """Return the words of the article of a claim."""
    article = html.split(f'id="claim-{anchor}"', 1)[1].split('<article class="claim', 1)[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", article.partition(">")[2]))


def codes(faults: tuple[Fault, ...], severity: str = "warning") -> list[str]:
    return [fault.code for fault in faults if fault.severity == severity]


ASKED = """\
rebuttals:
  - {id: letter, by: Northwind Vision, answers: [first], statement: No., sources: [radio]}
replies:
  - to: Northwind Vision
    about: [first, second]
    asked_on: 2026-11-01
    way: letter
    deadline: 2026-11-15
    outcome: answered
    answer: letter
"""


def test_an_answer_to_one_of_two_claims_is_not_said_to_answer_the_other(desk: Desk) -> None:
    claims = "claims:\n" + claim("first") + claim("second") + ASKED
    told = [each for each in desk.check(claims) if each.code == "answers_other_claims"]
    assert [each.sentence.split(",")[0] for each in told] == [
        "Claim second was put to Northwind Vision"
    ]
    desk.file(claims)
    _, html = desk.export()
    asked = "Northwind Vision was asked on 2026-11-01, until 2026-11-15;"
    assert f"{asked} an answer came." in words_of(html, "first")
    assert f"{asked} it answered, but not on this claim." in words_of(html, "second")
    assert "an answer came" not in words_of(html, "second")
