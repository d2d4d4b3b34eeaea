"""Claims from the file to the ledger and back: filed once, superseded, retracted, answered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from answerable.engine.workspace import make_workspace
from answerable.errors import CaseFaulty
from answerable.evidence.captures import capture_file
from answerable.evidence.cases.checking import Checked, check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.entries import replay_filed
from answerable.evidence.cases.filed import (
    FiledClaim,
    filed_claims,
    filed_decisions,
    filed_opinions,
)
from answerable.evidence.cases.filing import Filing, file_case
from answerable.evidence.cases.writing import write_case
from answerable.evidence.texts import Page, Text, normalise
from answerable.evidence.texts.sealed import derive_text, keep_text
from answerable.ledger.log import Ledger, append_deed, open_ledger, read_deeds
from answerable.ledger.objects import erase_fields, read_record
from answerable.model.capture import Capture, Source
from answerable.model.case import Case, Opinion, PublicDecision
from answerable.model.claim import (
    Claim,
    Grade,
    Party,
    Rebuttal,
    ReplyRequest,
    Retraction,
    Review,
)
from answerable.model.passage import Passage

NOTICE = """\
Award notice 118/2024. The office awards the contract to Northwind Vision Ltd. Two bids came.
The contract runs to 2027. Two bids came from abroad. 合同授予北风公司。
"""


@dataclass(frozen=True)
class Desk:
    """A workspace with one sealed notice, and its case."""

    ledger: Ledger
    cases: Path
    notice: Capture

    def check(self, case: Case) -> Checked:
        folder = self.cases / case.name
        write_case(case, folder)
        return check_case(self.ledger, read_draft(folder))

    def file(self, case: Case) -> Filing:
        return file_case(self.ledger, self.check(case))

    def faults(self, case: Case, severity: str = "error") -> list[str]:
        return [fault.code for fault in self.check(case).faults if fault.severity == severity]

    def claims(self) -> dict[str, FiledClaim]:
        return {filed.claim.id: filed for filed in filed_claims(self.ledger, "lakeside")}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    ledger = open_ledger(
        make_workspace(tmp_path / "work"),
        keys=tmp_path / "keys",
        clock=lambda: datetime(2026, 11, 24, 14, 2, 3, tzinfo=UTC),
    )
    page = tmp_path / "notice.txt"
    page.write_text(NOTICE, encoding="utf-8")
    sealed = capture_file(ledger, page, "lakeside")
    text = Text(body=normalise(NOTICE), tool="this test")
    notice = keep_text(ledger, sealed, sealed.original, text)
    return Desk(ledger, tmp_path / "work" / "cases", notice)


OFFICE = Party("Lakeside City Procurement Office", kind="agency")
NORTHWIND = Party("Northwind Vision Ltd", kind="company")
GRADE = Grade("B", 2, "A. Editor", "2026-01-05", "The buyer's own notice.")
REVIEW = Review("Counsel", "2026-01-25", "It supplied cameras.", "A report of a notice.")
ANSWER = Rebuttal(
    "answer", NORTHWIND, ("supply",), "It says that it sold to a reseller.", sources=("letter",)
)
ASKED = ReplyRequest(
    NORTHWIND, ("supply",), "2026-01-06", "letter", "2026-01-20", "answered", "answer"
)


def make_case(desk: Desk, quote: str = "The office awards the contract to Northwind") -> Case:
    supply = Claim(
        "supply",
        OFFICE,
        "fact",
        NORTHWIND,
        "supplied",
        "The office gave Northwind the contract for cameras.",
        "states",
        passages=(Passage("notice", quote, capture=desk.notice.id),),
        sources=("notice",),
        object=Party("Lakeside City Police", kind="police"),
        grade=GRADE,
        review=REVIEW,
    )
    return Case(
        "lakeside",
        "Cameras at Lakeside",
        ("The Lakeside desk",),
        sources=(
            Source("notice", "Award notice", OFFICE.name, capture=desk.notice.id),
            Source("letter", "Letter", NORTHWIND.name, pending="It came on paper."),
        ),
        claims=(supply,),
        rebuttals=(ANSWER,),
        replies=(ASKED,),
        decisions=(
            PublicDecision(
                "halt",
                "City Council",
                "2026-01-12",
                "It stopped the purchase.",
                "It names the cost.",
                sources=("notice",),
            ),
        ),
        opinions=(Opinion("A. Writer", "2026-01-15", "I think it should publish the contract."),),
    )


def change(case: Case, **fields: object) -> Case:
    """Return a case whose first claim has other fields."""
    claim = replace(case.claims[0], **fields)  # type: ignore[arg-type]
    return replace(case, claims=(claim, *case.claims[1:]))


def acts(filing: Filing) -> list[str]:
    return [deed.act for deed in filing.filed]


def test_a_claim_that_is_filed_is_read_back_with_all_that_travels_with_it(desk: Desk) -> None:
    case = make_case(desk)
    assert acts(desk.file(case)) == [
        "case.describe",
        "rebuttal.file",
        "claim.file",
        "claim.grade",
        "claim.review",
        "rebuttal.request",
        "decision.file",
        "opinion.file",
    ]
    [filed] = filed_claims(desk.ledger)
    [passage] = filed.claim.passages
    assert filed.id == f"claim:{filed.record}"
    assert replace(filed.claim, passages=()) == replace(case.claims[0], passages=())
    assert (filed.case, filed.at, filed.answer) == ("lakeside", "2026-11-24T14:02:03Z", "answered")
    assert [each.rebuttal for each in filed.rebuttals] == [ANSWER]
    assert filed.requests == (ASKED,)
    assert filed.sources == (case.sources[0],)
    assert (passage.prefix, passage.suffix) == (
        "Award notice 118/2024. ",
        " Vision Ltd. Two bids came. The ",
    )
    assert passage.text == desk.notice.part("text").object  # type: ignore[union-attr]
    assert [each.decision for each in filed_decisions(desk.ledger)] == list(case.decisions)
    assert [each.opinion for each in filed_opinions(desk.ledger)] == list(case.opinions)


def test_filing_again_files_nothing(desk: Desk) -> None:
    desk.file(make_case(desk))
    before = len(list(read_deeds(desk.ledger)))
    again = desk.file(make_case(desk))
    assert (again.filed, again.unchanged) == ((), 8)
    assert len(list(read_deeds(desk.ledger))) == before


def test_a_changed_claim_supersedes_and_takes_its_grade_along(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    first = desk.claims()["supply"]
    filing = desk.file(change(case, statement="The office chose Northwind."))
    assert acts(filing) == ["claim.supersede", "claim.grade", "claim.review"]
    second = desk.claims()["supply"]
    assert second.claim.statement == "The office chose Northwind."
    assert second.before == (first.record,)
    assert (second.claim.grade, second.claim.review) == (GRADE, REVIEW)
    [event] = [event for event in read_deeds(desk.ledger) if event.act == "claim.supersede"]
    assert event.refs["before"] == first.record
    assert event.refs["captures"] == [desk.notice.id]
    assert (
        read_record(desk.ledger.store, first.record).values["statement"] != second.claim.statement
    )


def test_a_review_of_an_earlier_wording_is_told_before_and_after_filing(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    assert "review_outdated" not in desk.faults(case, "warning")
    [supply, *others] = case.claims
    reworded = replace(supply, statement="The office chose Northwind.")
    changed = replace(case, claims=(reworded, *others))
    for _ in range(2):
        assert "review_outdated" in desk.faults(changed, "warning")
        desk.file(changed)
    assert reworded.review
    anew = replace(reworded, review=replace(reworded.review, on="2026-02-01"))
    mended = replace(case, claims=(anew, *others))
    assert "review_outdated" not in desk.faults(mended, "warning")
    desk.file(mended)
    assert "review_outdated" not in desk.faults(mended, "warning")


def test_a_grade_or_review_of_an_earlier_wording_is_not_shown_with_a_new_one(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    desk.file(change(case, statement="The office chose Northwind.", grade=None, review=None))
    claim = desk.claims()["supply"].claim
    assert (claim.grade, claim.review) == (None, None)


def test_a_new_grade_leaves_the_claim_as_it_is(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    record = desk.claims()["supply"].record
    better = replace(GRADE, credibility=3, on="2026-02-01", why="The notice was corrected.")
    assert acts(desk.file(change(case, grade=better))) == ["claim.grade"]
    assert desk.claims()["supply"].record == record
    assert desk.claims()["supply"].claim.grade == better


def test_an_answer_that_comes_later_joins_the_claim(desk: Desk) -> None:
    case = make_case(desk)
    asked = replace(ASKED, outcome="awaiting", answer=None)
    silent = replace(case, rebuttals=(), replies=(asked,), sources=case.sources[:1])
    desk.file(silent)
    assert desk.claims()["supply"].answer == "requested"
    assert acts(desk.file(case)) == ["rebuttal.file", "rebuttal.request"]
    filed = desk.claims()["supply"]
    assert filed.answer == "answered"
    assert filed.requests == (ASKED,)


def test_where_nobody_was_asked_none_was_found(desk: Desk) -> None:
    case = replace(make_case(desk), rebuttals=(), replies=())
    assert "no_answer_sought" in desk.faults(case, "warning")
    desk.file(replace(case, sources=case.sources[:1]))
    assert desk.claims()["supply"].answer == "none_found"


def test_a_filed_claim_cannot_vanish(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    bare = replace(case, claims=(), rebuttals=(), replies=())
    checked = desk.check(bare)
    [vanished] = [f for f in checked.faults if f.severity == "error"]
    assert (vanished.code, vanished.sentence) == (
        "claim_vanished",
        "Claim supply was filed, and is no longer in the file.",
    )
    with pytest.raises(CaseFaulty, match="supply was filed"):
        file_case(desk.ledger, checked)


def test_a_retraction_stands_also_when_the_claim_leaves_the_file(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    gone = Retraction("supply", "2026-02-01", "The Lakeside desk", "The notice was withdrawn.")
    bare = replace(case, claims=(), rebuttals=(), replies=(), retractions=(gone,))
    assert acts(desk.file(bare)) == ["case.describe", "claim.retract"]  # its list is shorter
    filed = desk.claims()["supply"]
    assert filed.retraction == gone
    assert filed.answer == "answered"
    assert desk.faults(replace(bare, retractions=())) == ["retraction_vanished"]


@pytest.mark.parametrize(
    ("quote", "code", "mend"),
    [
        ("awards the contract to Southwind", "quotation_lost", "awards the contract to Northwind"),
        ("nothing of the kind is here", "quotation_lost", "Nothing there is much like it"),
        ("Two bids came", "quotation_ambiguous", "prefix"),
    ],
)
def test_a_quotation_that_does_not_resolve_keeps_a_case_from_being_filed(
    desk: Desk, quote: str, code: str, mend: str
) -> None:
    checked = desk.check(make_case(desk, quote))
    [fault] = [fault for fault in checked.faults if fault.severity == "error"]
    assert (fault.file, fault.code) == ("claims.yaml", code)
    assert mend in fault.mend
    lines = (desk.cases / "lakeside" / "claims.yaml").read_text(encoding="utf-8").splitlines()
    assert "quote:" in lines[fault.line - 1]
    with pytest.raises(CaseFaulty):
        file_case(desk.ledger, checked)
    assert filed_claims(desk.ledger) == []


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("The contract\n runs  to 2027", "The contract runs to 2027"),
        ("合同授予北风公司", "合同授予北风公司"),
    ],
)
def test_a_quotation_is_filed_as_it_stands_in_the_text(desk: Desk, quote: str, found: str) -> None:
    desk.file(make_case(desk, quote))
    [passage] = desk.claims()["supply"].claim.passages
    assert passage.quote == found


def test_words_before_it_tell_which_place_is_meant(desk: Desk) -> None:
    case = make_case(desk)
    passage = Passage("notice", "Two bids came", prefix="The contract runs to 2027.")
    desk.file(change(case, passages=(passage,)))
    [placed] = desk.claims()["supply"].claim.passages
    assert placed.suffix.startswith(" from abroad")


def test_a_quotation_that_was_located_before_is_held_to_its_place(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    [placed] = desk.claims()["supply"].claim.passages
    assert desk.faults(change(case, passages=(placed,))) == []
    shifted = replace(placed, start=(placed.start or 0) + 1, end=(placed.end or 0) + 1)
    assert desk.faults(change(case, passages=(shifted,))) == ["quotation_broken"]
    older = replace(placed, text=f"sha256:{'0' * 64}", start=3, end=9)
    moved = change(case, passages=(older,))
    assert "quotation_moved" in desk.faults(moved, "warning")
    assert acts(desk.file(moved)) == []


def test_the_page_of_a_quotation_is_told(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "paper.txt"
    page.write_text("One. Two.", encoding="utf-8")
    sealed = capture_file(desk.ledger, page, "lakeside")
    pages = (Page(1, 0, 4), Page(2, 5, 9))
    paper = keep_text(desk.ledger, sealed, sealed.original, Text("One. Two.", pages, tool="test"))
    case = make_case(desk)
    source = replace(case.sources[0], capture=paper.id)
    case = replace(case, sources=(source, case.sources[1]))
    case = change(case, passages=(Passage("notice", "Two.", page=1),))
    assert "other_page" in desk.faults(case, "warning")
    desk.file(case)
    assert desk.claims()["supply"].claim.passages[0].page == 2


def test_an_answer_cannot_leave_a_claim_unseen(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    second = replace(case.claims[0], id="second")
    elsewhere = replace(ANSWER, answers=("second",))
    case = replace(case, claims=(*case.claims, second), rebuttals=(elsewhere,))
    assert "answer_withdrawn" in desk.faults(case, "warning")
    assert "rebuttal_vanished" in desk.faults(replace(case, rebuttals=()), "warning")


def test_a_copy_of_another_address_is_told(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(NOTICE, encoding="utf-8")
    url = "https://mirror.example/118"
    sealed = capture_file(desk.ledger, page, "lakeside", url=url)
    keep_text(desk.ledger, sealed, sealed.original, Text(normalise(NOTICE), tool="test"))
    case = make_case(desk)
    source = replace(case.sources[0], capture=sealed.id, url="https://office.example/118")
    case = replace(case, sources=(source, case.sources[1]))
    assert "capture_elsewhere" in desk.faults(case, "warning")
    same = replace(source, url="http://mirror.example/118/#top")
    assert "capture_elsewhere" not in desk.faults(
        replace(case, sources=(same, case.sources[1])), "warning"
    )


def test_a_pending_source_is_shown_and_its_words_are_not_filed(desk: Desk) -> None:
    case = make_case(desk)
    pending = Passage("letter", "words that nobody can look up")
    case = change(case, passages=(pending,), sources=("letter",))
    assert "quotation_pending" in desk.faults(case, "warning")
    desk.file(case)
    filed = desk.claims()["supply"]
    assert filed.claim.passages == ()
    assert [source.key for source in filed.pending] == ["letter"]
    for path in (desk.cases.parent / "evidence").rglob("*"):
        assert not path.is_file() or b"nobody can look up" not in path.read_bytes()


def test_a_source_that_is_sealed_later_supersedes_the_claim(desk: Desk) -> None:
    case = make_case(desk)
    notice = replace(case.sources[0], capture=None, pending="The server was down.")
    waiting = replace(case, sources=(notice, case.sources[1]))
    desk.file(change(waiting, passages=()))
    assert acts(desk.file(case))[0] == "claim.supersede"
    assert desk.claims()["supply"].pending == ()


def test_words_of_a_private_capture_are_not_filed(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "leak.txt"
    page.write_text("The minutes say that Northwind delivered.", encoding="utf-8")
    leak = derive_text(desk.ledger, capture_file(desk.ledger, page, "lakeside", private=True))
    case = make_case(desk)
    source = Source("notice", "Minutes", "A source", capture=leak.id)
    passage = Passage("notice", "Northwind delivered")
    case = change(replace(case, sources=(source, case.sources[1])), passages=(passage,))
    assert desk.faults(case) == ["quotation_private"]


def test_a_capture_that_is_not_there_is_named(desk: Desk) -> None:
    case = make_case(desk)
    source = replace(case.sources[0], capture=f"sha256:{'0' * 64}")
    assert desk.faults(replace(case, sources=(source, case.sources[1]))) == ["unknown_capture"]


def test_a_capture_without_text_is_told(desk: Desk, tmp_path: Path) -> None:
    page = tmp_path / "picture.bin"
    page.write_bytes(b"\x00\x01")
    bare = capture_file(desk.ledger, page, "lakeside")
    case = make_case(desk)
    source = replace(case.sources[0], capture=bare.id[:20])
    assert desk.faults(replace(case, sources=(source, case.sources[1]))) == ["no_text"]


def test_nothing_but_ids_and_codes_gets_into_the_log(desk: Desk) -> None:
    desk.file(make_case(desk))
    log = desk.ledger.path.read_text(encoding="utf-8").casefold()
    for word in ("northwind", "lakeside", "supply", "answer", "editor", "counsel", "contract"):
        assert word not in log


def test_what_was_erased_does_not_bring_back_what_it_superseded(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    desk.file(change(case, statement="The office chose Northwind."))
    newest = desk.claims()["supply"].record
    erase_fields(desk.ledger.store, newest, ["statement"])
    assert desk.claims() == {}
    assert [entry.record for entry in replay_filed(desk.ledger).erased] == [newest]


@pytest.mark.parametrize("field", ["statement", "place", "claimant"])
def test_what_was_erased_is_not_filed_again_by_accident(desk: Desk, field: str) -> None:
    case = change(make_case(desk), place="Lakeside")
    desk.file(case)
    erase_fields(desk.ledger.store, desk.claims()["supply"].record, [field])
    assert desk.faults(case) == ["erased_before"]
    anew = replace(case.claims[0], id="supply-2", place=None)
    answers = replace(ANSWER, answers=("supply-2",))
    asked = replace(ASKED, about=("supply-2",))
    desk.file(replace(case, claims=(anew,), rebuttals=(answers,), replies=(asked,)))
    assert list(desk.claims()) == ["supply-2"]


def test_an_erased_first_wording_is_still_named_before_the_newest(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    first = desk.claims()["supply"].record
    desk.file(change(case, statement="The office chose Northwind."))
    erase_fields(desk.ledger.store, first, ["statement"])
    assert desk.claims()["supply"].before == (first,)
    assert desk.faults(change(case, statement="The office chose Northwind.")) == []


def test_an_erased_answer_or_retraction_still_tells_that_there_was_one(desk: Desk) -> None:
    gone = Retraction("supply", "2026-02-01", "The Lakeside desk", "The notice was withdrawn.")
    filing = desk.file(replace(make_case(desk), retractions=(gone,)))
    records = {deed.act: deed.record for deed in filing.filed}
    erase_fields(desk.ledger.store, records["rebuttal.file"], ["statement", "by"])
    erase_fields(desk.ledger.store, records["claim.retract"], ["why"])
    filed = desk.claims()["supply"]
    assert (filed.answer, filed.rebuttals) == ("answered", ())
    assert filed.erased == (records["rebuttal.file"],)
    assert filed.retraction is not None
    assert filed.retraction.why == "(erased)"


def test_a_filing_that_is_broken_off_is_finished_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(desk)
    for deeds in range(1, 8):
        with monkeypatch.context() as patch:
            patch.setattr("answerable.evidence.cases.filing.append_deed", break_after(deeds))
            with pytest.raises(KeyboardInterrupt):
                desk.file(replace(case, name=f"lakeside-{deeds}"))
        seen = {deed.obj for deed in read_deeds(desk.ledger)}
        filing = desk.file(replace(case, name=f"lakeside-{deeds}"))
        assert (len(filing.filed), filing.unchanged) == (8 - deeds, deeds)
        assert not seen & {deed.record for deed in filing.filed}


def break_after(deeds: int) -> Callable[..., object]:
    left = [deeds]

    def append(*given: object) -> object:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return append_deed(*given)  # type: ignore[arg-type]

    return append


def test_cases_keep_their_claims_apart(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    desk.file(replace(case, name="harbour"))
    assert len(filed_claims(desk.ledger)) == 2
    assert len(filed_claims(desk.ledger, "harbour")) == 1
    assert filed_claims(desk.ledger, "nowhere") == []


def test_what_a_case_says_of_itself_is_filed_anew_when_it_changes(desk: Desk) -> None:
    case = make_case(desk)
    desk.file(case)
    assert acts(desk.file(replace(case, title="Another title"))) == ["case.describe"]
    [described] = replay_filed(desk.ledger).of("description")
    assert described.values["title"] == "Another title"
    assert len(described.before) == 1
