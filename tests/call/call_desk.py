"""A workspace with a case that may be published, made by the functions that users call."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from answerable.call.publication import Published, publish_case
from answerable.engine.workspace import make_workspace, open_workspace
from answerable.evidence.captures import capture_file, list_captures
from answerable.evidence.cases.checking import Checked, check_case
from answerable.evidence.cases.drafts import read_draft
from answerable.evidence.cases.filed_calls import filed_call
from answerable.evidence.cases.filing import file_case
from answerable.evidence.cases.writing import write_case
from answerable.evidence.texts import Text, normalise
from answerable.evidence.texts.sealed import keep_text
from answerable.ledger.log import Ledger, open_ledger, read_deeds
from answerable.model.call import Approval, Ask, Imprint, Letter, Occasion, PageTranslation
from answerable.model.capture import Capture, Source
from answerable.model.case import Case, Opinion, PublicDecision
from answerable.model.claim import Claim, Party, Rebuttal, ReplyRequest, Review
from answerable.model.passage import Passage, Translation

NOON = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
NOTICE = """\
Award notice 118/2024. The office awards the contract to Northwind Vision Ltd. Two bids came.
The contract runs to 2027. A guard post was built at Quarry Lane. 合同授予北风公司。
"""
OFFICE = Party("Lakeside City Procurement Office", kind="agency")
NORTHWIND = Party("Northwind Vision Ltd", kind="company")
REVIEW = Review("Counsel", "2026-01-25", "It supplied cameras.", "A report of a notice.")
HIDDEN = "guard-post"


@dataclass(frozen=True)
class Desk:
    """A workspace with one sealed notice."""

    ledger: Ledger
    root: Path
    notice: Capture

    def check(self, case: Case) -> Checked:
        folder = self.root / "work" / "cases" / case.name
        write_case(case, folder)
        return check_case(self.ledger, read_draft(folder), today=NOON.date())

    def file(self, case: Case) -> Checked:
        checked = self.check(case)
        file_case(self.ledger, checked)
        return checked

    def size(self) -> int:
        return sum(1 for _ in read_deeds(self.ledger))

    def approve(self, case: Case) -> Checked:
        """File a case, and an approval of it as it stands."""
        self.file(case)
        approval = Approval("Chair of the desk", "2026-11-24", self.size(), role="chair")
        return self.file(replace(case, approval=approval))

    def stand(self) -> Checked:
        """Check the case as it was filed and approved."""
        approval = filed_call(self.ledger, "lakeside").approval
        return self.check(replace(make_case(self), approval=approval))

    def read_case(self) -> Case:
        """Return the case as its files stand."""
        return read_draft(self.root / "work" / "cases" / "lakeside").case

    def publish(self, checked: Checked, *, draft: bool = False) -> Published:
        return publish_case(self.ledger, checked, self.site, draft=draft)

    @property
    def site(self) -> Path:
        return self.root / "site"

    def read(self) -> dict[str, bytes]:
        return {each.name: each.read_bytes() for each in sorted(self.site.iterdir())}

    def acts(self) -> list[str]:
        return [event.act for event in read_deeds(self.ledger)]


def make_desk(root: Path) -> Desk:
    make_workspace(root / "work", id_key="0" * 32)
    ledger = _open(root)
    page = root / "notice.txt"
    page.write_text(NOTICE, encoding="utf-8")
    sealed = capture_file(ledger, page, "lakeside")
    notice = keep_text(ledger, sealed, sealed.original, Text(body=normalise(NOTICE), tool="test"))
    return Desk(ledger, root, notice)


def copy_desk(desk: Desk, root: Path) -> Desk:
    """Return a copy of a desk with all that was filed there, but its publication."""
    shutil.copytree(desk.root / "work", root / "work")
    shutil.copytree(desk.root / "keys", root / "keys")
    return Desk(_open(root), root, desk.notice)


def _open(root: Path) -> Ledger:
    return open_ledger(open_workspace(root / "work"), keys=root / "keys", clock=lambda: NOON)


def open_desk(root: Path) -> Desk:
    """Return the desk of a folder in which one was made or copied."""
    ledger = _open(root)
    [notice] = list_captures(ledger)
    return Desk(ledger, root, notice)


def make_case(desk: Desk) -> Case:
    """Return a case with an answered claim, one that was asked about, and one without an answer."""
    return Case(
        "lakeside",
        "Cameras at Lakeside",
        ("The Lakeside desk",),
        summary="The office buys cameras.\n",
        not_shown=("That any camera was used.",),
        sources=(
            Source("notice", "Award notice", OFFICE.name, capture=desk.notice.id, language="en"),
            Source("letter", "Letter", NORTHWIND.name, pending="It came on paper."),
            Source("radio", "A broadcast", "Radio Example", pending="It could not be recorded."),
        ),
        claims=(_supply(desk), _chinese(desk), _guard_post(desk)),
        rebuttals=(
            Rebuttal(
                "answer",
                NORTHWIND,
                ("supply",),
                "It says that it sold to a reseller.",
                sources=("letter",),
                said_on="2026-01-18",
            ),
            Rebuttal(
                "post-answer", NORTHWIND, (HIDDEN,), "It calls it wrong.", sources=("radio",)
            ),
        ),
        replies=(
            ReplyRequest(NORTHWIND, ("supply", HIDDEN), "2026-01-06", "letter", "2026-01-20",
                         "answered", "answer"),
            ReplyRequest(NORTHWIND, ("contract",), "2026-01-06", "e-mail", "2026-01-20"),
        ),
        decisions=(
            PublicDecision("halt", "City Council", "2026-01-12", "It stopped the purchase.",
                           "It names the cost.", sources=("notice",), not_ground="No rights."),
        ),
        opinions=(Opinion("A. Writer", "2026-01-15", "I think it should publish the contract."),),
        asks=(
            Ask("contract", "That the council publishes the contract.", "The council of Lakeside",
                "Nobody outside has read it.", by="2026-12-15"),
        ),
        letter=Letter(
            "The clerk of the council", "The contract & the cameras", "Dear clerk,\n\nplease.",
            mail="clerk@council.example", address=("1 Example Street",), cites=("supply", HIDDEN),
        ),
        dates=(
            Occasion("meeting", "Council, public", "2026-12-03T18:30+01:00",
                     "2026-12-03T20:00+01:00", "Town hall; room 2, Lakeside"),
            Occasion("week", "Week of the cameras", "2026-12-07", "2026-12-11"),
        ),
        imprint=Imprint("The Lakeside desk", ("1 Example Street",), "desk@lakeside.example"),
        share="Who says what about the cameras.",
        translations=(
            PageTranslation("ug", "An office", parts=(("title", "كامېرالار"),
                                                      (f"claims/{HIDDEN}/statement", "پوست"))),
        ),
    )  # fmt: skip


def _supply(desk: Desk) -> Claim:
    return Claim(
        "supply", OFFICE, "fact", NORTHWIND, "supplied",
        "The office gave Northwind the contract for cameras.", "states",
        passages=(_quote(desk, "The office awards the contract to Northwind"),),
        sources=("notice",), object=Party("Lakeside City Police", kind="police"), review=REVIEW,
    )  # fmt: skip


def _chinese(desk: Desk) -> Claim:
    translation = Translation("The contract goes to Northwind.", "en", "An office")
    quote = replace(_quote(desk, "合同授予北风公司"), language="zh", translation=translation)
    return Claim(
        "contract", OFFICE, "fact", NORTHWIND, "supplied",
        "The notice names the company in Chinese.", "states", passages=(quote,),
        sources=("notice",), object=Party("Lakeside City"), review=REVIEW,
    )  # fmt: skip


def _guard_post(desk: Desk) -> Claim:
    return Claim(
        HIDDEN, Party("Radio Example", kind="news"), "fact", NORTHWIND, "operates_at",
        "The station says that the company guards Quarry Lane.", "reports",
        passages=(_quote(desk, "A guard post was built at Quarry Lane"),),
        sources=("notice", "radio"), object=Party("Quarry Lane site"), review=REVIEW,
    )  # fmt: skip


def _quote(desk: Desk, words: str) -> Passage:
    return Passage("notice", words, capture=desk.notice.id)
