"""An invented case as it may be shown; one source is pending, one copy is private."""

from dataclasses import replace
from typing import Any

from answerable.evidence.cases.filed import FiledClaim, FiledDecision, FiledRebuttal
from answerable.evidence.exchange.views import CaseView, make_view
from answerable.ledger.events import Event
from answerable.model.capture import Capture, Part, Source
from answerable.model.case import PublicDecision
from answerable.model.claim import (
    Claim,
    Grade,
    Party,
    Rebuttal,
    ReplyRequest,
    Retraction,
    Review,
)
from answerable.model.passage import Passage, Translation


def object_id(number: int) -> str:
    return f"sha256:{number:064x}"


def capture(number: int, url: str, *parts: Part, private: bool = False) -> Capture:
    return Capture(
        id=object_id(number),
        case="lakeside",
        url=url,
        captured_at="2026-11-24T14:02:03Z",
        via="http",
        parts=parts,
        private=private,
        software="answerable 0.1",
    )


REPORT = capture(
    0x10,
    "https://watch.example/report",
    Part("original", object_id(0x11), "application/wacz+zip", 5120),
    Part("html", object_id(0x12), "text/html", 900, object_id(0x11), "answerable 0.1"),
    Part("text", object_id(0x13), "text/plain", 300, object_id(0x12), "answerable.text/1"),
)
FILING = capture(
    0x20,
    "urn:sha256:" + f"{0x21:064x}",
    Part("original", object_id(0x21), "application/pdf", 70_000),
    Part("text", object_id(0x22), "text/plain", 5000, object_id(0x21), "pypdfium2 5"),
)
LEAK = capture(
    0x30,
    "urn:sha256:" + f"{0x31:064x}",
    Part("original", object_id(0x31), "application/pdf", 4000),
    private=True,
)

SOURCES = {
    each.key: each
    for each in (
        Source(
            "watch-2025",
            "A  report on the lake",
            "Zyxomatic Watch",
            "https://watch.example/report",
            "2025-03",
            "en",
            REPORT.id,
        ),
        Source(
            "filing", "Annual filing", "Registry of Lakeside", None, "2024", "zh-Hans", FILING.id
        ),
        Source(
            "statement",
            "Our answer",
            "Northwind Ltd",
            "https://northwind.example",
            "2025-04-01",
            "en",
            None,
            "the site refuses captures",
        ),
        Source("memo", "Secret memo", "Nobody", None, None, "en", LEAK.id),
    )
}

NORTHWIND = Party("Northwind Ltd", kind="company")
BUREAU = Party("Lakeside Public Security Bureau", kind="police")
WATCH = Party("Zyxomatic Watch", kind="ngo", interest="funded by the Lakeside Fund")

SUPPLY = Claim(
    id="supply",
    claimant=WATCH,
    kind="fact",
    about=NORTHWIND,
    predicate="provided_technology_to",
    statement="Northwind provided cameras to the bureau.",
    modality="reports",
    passages=(
        Passage(
            "watch-2025",
            "cameras 𠀀 made by Northwind",
            REPORT.id,
            object_id(0x13),
            "saw the ",
            " at the gate",
            40,
            67,
            language="en",
        ),
        Passage("memo", "the words of the leak", LEAK.id, object_id(0x32)),
    ),
    sources=("watch-2025", "memo"),
    object=BUREAU,
    place="Lakeside",
    when="2017/2019",
    grade=Grade("B", 2, "A. Editor", "2025-05-01", "two visits", ("filing",)),
    review=Review("Counsel Ltd", "2025-05-02", "that it sold cameras", "public interest"),
    contested_by=("denial",),
)
OWNS = Claim(
    id="owns",
    claimant=Party("Registry of Lakeside", kind="agency"),
    kind="fact",
    about=NORTHWIND,
    predicate="owns",
    statement="Northwind holds shares of Southwind.",
    modality="states",
    passages=(
        Passage(
            "filing",
            "北风公司",
            FILING.id,
            object_id(0x22),
            start=10,
            end=14,
            page=3,
            language="zh-Hans",
            translation=Translation("Northwind company", "en", "B. Reader"),
        ),
    ),
    sources=("filing",),
    object=Party("Southwind GmbH", company="my_list:42", kind="company"),
    figure={"minimum": 51, "maximum": 51, "unit": "percent"},
)
DENIAL = replace(
    SUPPLY,
    id="denial",
    claimant=Party("A spokesperson of the bureau", kind="spokesperson"),
    statement="No cameras of Northwind stand there.",
    modality="denies",
    passages=(),
    sources=("statement",),
    grade=None,
    review=None,
    contested_by=("supply",),
)
OLD = replace(
    SUPPLY, id="old", statement="Northwind built the gate.", predicate="built", review=None
)
LEAKED = replace(SUPPLY, id="leaked", statement="Known from the memo alone.", sources=("memo",))

REBUTTAL = Rebuttal(
    "northwind-answer",
    NORTHWIND,
    ("supply",),
    "Northwind says that it left the market in 2016.",
    (),
    ("statement",),
    "2025-04-01",
)
REQUEST = ReplyRequest(BUREAU, ("owns",), "2025-04-02", "letter", "2025-04-20", "no_answer")
DECISION = PublicDecision(
    "ban",
    "Ministry of Lakeside",
    "2025-06-01",
    "Northwind may not tender.",
    "network security",
    "LGN 12/2025",
    (Passage("watch-2025", "may not tender", REPORT.id, object_id(0x13), start=90, end=104),),
    ("watch-2025",),
    "human rights",
)


def filed(number: int, claim: Claim, **more: Any) -> FiledClaim:
    record = object_id(number)
    sources = tuple(SOURCES[key] for key in claim.sources)
    return FiledClaim(
        f"claim:{record}", record, "lakeside", "2026-11-24T15:00:00Z", claim, sources, **more
    )


ANSWER = FiledRebuttal(object_id(0x50), "2026-11-24T15:10:00Z", REBUTTAL, (SOURCES["statement"],))
RETRACTION = Retraction("old", "2026-01-02", "the editors", "the source withdrew it", "supply")
BY = "a1b2c3d4"


def event(number: int, act: str, obj: str, **refs: Any) -> Event:
    at = f"2026-11-24T14:{number:02}:00Z"
    return Event(number, at, BY, act, obj, refs, None, object_id(0x90 + number))


CASE = object_id(0x1)
EVENTS = (
    event(0, "case.open", CASE),
    event(1, "source.collect", REPORT.id, case=CASE),
    event(2, "source.import", FILING.id, case=CASE),
    event(3, "source.collect", LEAK.id, case=CASE, private=1),
    event(4, "source.derive", object_id(0x19), capture=REPORT.id),
    event(5, "claim.file", object_id(0x40), case=CASE, captures=[REPORT.id, LEAK.id]),
    event(6, "claim.retract", object_id(0x60), claim=object_id(0x43)),
)
MINISTRY = FiledDecision(
    object_id(0x70), "2026-11-24T15:20:00Z", "lakeside", DECISION, (SOURCES["watch-2025"],)
)


def show_lakeside() -> CaseView:
    """The case, with the leak among its captures: the view leaves it out."""
    return make_view(
        "lakeside",
        [
            filed(0x40, SUPPLY, rebuttals=(ANSWER,)),
            filed(0x41, OWNS, requests=(REQUEST,)),
            filed(0x42, DENIAL),
            filed(0x43, OLD, retraction=RETRACTION),
            filed(0x44, LEAKED),
        ],
        [MINISTRY],
        [REPORT, FILING, LEAK],
        EVENTS,
    )
