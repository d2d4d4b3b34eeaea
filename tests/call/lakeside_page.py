"""An invented case as its public page knows it: cameras, a seller, a city, and their answers."""

from dataclasses import replace
from typing import Any

from answerable.model.call import (
    Approval,
    Ask,
    CallPage,
    Correction,
    Imprint,
    Letter,
    Occasion,
    OpinionBlock,
    PageTranslation,
)
from answerable.model.claim import Grade, Party, ReplyRequest, Retraction
from answerable.model.dossier import (
    AnswerEntry,
    ClaimEntry,
    DecisionEntry,
    Document,
    Dossier,
    FigureEntry,
    FigureSet,
    Quotation,
)
from answerable.model.passage import Translation

OFFICE = Party("Lakeside City Procurement Office", kind="agency")
NORTHWIND = Party("Northwind Vision Ltd", kind="company")
UNION = Party("Lakeside Street Union", kind="union", interest="It speaks for street traders.")
PAPER = Party("湖畔日报", kind="media")
GRADE = Grade("B", 2, "A. Editor", "2026-01-05", "It is the buyer's own notice.")
REVIEWED = "2026-10-01"


def digest(letter: str) -> str:
    return f"sha256:{letter * 64}"


DOCUMENTS = (
    Document(
        1,
        "tender",
        "Award notice 118/2024",
        OFFICE.name,
        url="https://procurement.lakeside.example/118-2024",
        published="2024-03-05",
        language="en",
        capture=digest("a"),
        sha256=digest("b"),
        collected="2026-01-04T10:00:00Z",
    ),
    Document(
        2,
        "daily",
        "湖畔市采购摄像头",
        PAPER.name,
        url="https://daily.example/8.html",
        published="2024-04",
        language="zh-Hans",
        capture=digest("c"),
        sha256=digest("d"),
        collected="2026-01-04T10:05:00Z",
        note="It names no author.",
    ),
    Document(
        3,
        "letter",
        "Letter of 20 January 2026",
        NORTHWIND.name,
        pending="It came on paper and is not scanned yet.",
    ),
    Document(
        4,
        "count",
        "Counting cameras",
        UNION.name,
        url="https://union.example/count",
        published="2025",
        language="en",
        capture=digest("e"),
        sha256=digest("f"),
        collected="2026-01-06T08:00:00Z",
    ),
)
ANSWER = AnswerEntry(
    "northwind-answer",
    NORTHWIND,
    "The company says that it sold to a reseller and knew of no other buyer.",
    said_on="2026-01-20",
    documents=(3,),
    as_received=True,
)
OFFICE_ANSWER = AnswerEntry(
    "office-answer",
    OFFICE,
    "The office says that it counts cameras of the police only; the union adds doorbells.",
    said_on="2026-02-02",
    quotations=(Quotation(1, "cameras in the care of the police", "en", page=2, start=9, end=42),),
    documents=(1,),
)
CLAIMS = (
    ClaimEntry(
        "claim:1",
        "northwind-supply",
        "lakeside",
        OFFICE,
        "fact",
        NORTHWIND,
        "supplied",
        "supplied",
        "The office gave Northwind the contract for the cameras of the police.",
        "states",
        object=Party("Lakeside City Police", kind="police"),
        place="Lakeside",
        when="2024-03-05",
        quotations=(
            Quotation(1, "the contract is awarded to Northwind Vision Ltd", "en", 1, 100, 147),
        ),
        documents=(1,),
        grade=GRADE,
        reviewed=REVIEWED,
        answer="answered",
        answers=(ANSWER,),
        requests=(
            ReplyRequest(
                NORTHWIND,
                ("northwind-supply",),
                "2026-01-06",
                "letter to the press office",
                "2026-01-20",
                "answered",
                "northwind-answer",
            ),
        ),
    ),
    ClaimEntry(
        "claim:2",
        "northwind-test",
        "lakeside",
        PAPER,
        "fact",
        NORTHWIND,
        "tested",
        "tested",
        "The paper says that Northwind tried out its cameras at the market in the spring of 2024.",
        "reports",
        place="湖畔市场",
        when="2024-02/2024-04",
        quotations=(
            Quotation(
                2,
                "北风公司于今年春季在市场试用了摄像头。",
                "zh-Hans",
                translation=Translation(
                    "Northwind tried out cameras at the market this spring.",
                    "en",
                    "A. Translator",
                ),
            ),
        ),
        documents=(2, 3),
        reviewed=REVIEWED,
        answer="requested",
        requests=(
            ReplyRequest(
                NORTHWIND,
                ("northwind-test",),
                "2026-01-06",
                "letter to the press office",
                "2026-01-20",
                "awaiting",
            ),
        ),
    ),
    ClaimEntry(
        "claim:3",
        "office-count",
        "lakeside",
        OFFICE,
        "fact",
        Party("Lakeside City Police"),
        "estimated_number",
        "estimated a number",
        "The office puts the cameras in public streets at 900.",
        "estimates",
        when="2025",
        figure="900 cameras; in public streets, as of 2025",
        documents=(1,),
        grade=Grade("F", 6, "A. Editor", "2026-01-05", "The count is not explained."),
        reviewed=REVIEWED,
        contested_by=("union-count",),
    ),
    ClaimEntry(
        "claim:4",
        "union-count",
        "lakeside",
        UNION,
        "opinion",
        Party("Lakeside City Police"),
        "estimated_number",
        "estimated a number",
        "The union counts up to 1,800 cameras in public streets.",
        "estimates",
        when="2025",
        figure="900 to 1,800 cameras; in public streets, as of 2025",
        quotations=(Quotation(4, "as many as 1,800 in the streets", "en", start=1, end=32),),
        documents=(4,),
        reviewed=REVIEWED,
        answer="answered",
        answers=(OFFICE_ANSWER,),
        contested_by=("office-count",),
    ),
    ClaimEntry(
        "claim:5",
        "union-night",
        "lakeside",
        UNION,
        "fact",
        NORTHWIND,
        "operates",
        "operates",
        "The union said that Northwind watches the market at night.",
        "alleges",
        documents=(4,),
        reviewed=REVIEWED,
        retraction=Retraction(
            "union-night", "2026-03-01", UNION.name, "Its witness took back what was said."
        ),
    ),
)
DECISIONS = (
    DecisionEntry(
        "council-pause",
        "Lakeside City Council",
        "2025-06-12",
        "The council paused the purchase of more cameras.",
        "The budget of the year was spent.",
        citation="Minutes 14/2025",
        not_ground="The minutes do not name what the cameras are used for.",
        documents=(1,),
    ),
    DecisionEntry(
        "office-award",
        OFFICE.name,
        "2024-03-05",
        "The contract went to Northwind Vision Ltd.",
        "It was the cheapest offer.",
        quotations=(Quotation(1, "as the most economical tender", "en", 1, 200, 229),),
        documents=(1,),
    ),
)
FIGURES = FigureSet(
    "Lakeside City Police",
    "cameras",
    False,
    (
        FigureEntry(
            "office-count",
            OFFICE.name,
            "estimates",
            "900 cameras",
            "in public streets",
            "2025",
            "no reply found in our sources",
        ),
        FigureEntry(
            "union-count",
            UNION.name,
            "estimates",
            "900 to 1,800 cameras",
            "in public streets; doorbells among them",
            "2025",
            "answered by the office",
        ),
    ),
)
SUMMARY = """# Cameras at Lakeside

The city buys cameras. **Who sold them, and what for, is contested.**

## How far it goes

- The notice is sealed.
- The company's letter is not yet: see [the notice](https://procurement.lakeside.example/118-2024).
"""
DOSSIER = Dossier(
    id="L4KE-S1DE-7",
    kind="case",
    title="Cameras at Lakeside",
    language="en",
    as_of="2026-11-24",
    sentence="Cameras at Lakeside: 5 claims of 3 claimants, with 2 decisions of public bodies.",
    standard="What named sources say, with their words in sealed copies.",
    not_said=(
        "It is not shown who ordered the cameras.",
        "It is not shown what they record.",
        "That a claim stands here says nothing about wrongdoing.",
    ),
    summary=SUMMARY,
    editors=("The Lakeside desk",),
    claims=CLAIMS,
    decisions=DECISIONS,
    documents=DOCUMENTS,
    method=("Everything here was filed.",),
    limits=("Only what was filed is here.",),
    figures=(FIGURES,),
)
ARABIC = PageTranslation(
    "ar",
    "مكتب الترجمة",
    parts=(
        ("title", "كاميرات ليكسايد"),
        ("sentence", "من باع الكاميرات للمدينة، وفيمَ تُستعمل، وماذا قررت المدينة."),
        ("summary", "تشتري المدينة كاميرات. **من باعها ولأي غرض: أمر متنازع فيه.**"),
        ("not_shown/0", "لا يتبيّن من طلب الكاميرات."),
        ("asks/publish/decision", "أن ينشر المجلس العقد وأن يوقف الشراء حتى يُعرف الغرض منه."),
        ("asks/publish/of", "مجلس مدينة ليكسايد"),
        ("claims/northwind-supply/statement", "منح المكتب شركة نورثويند عقد كاميرات الشرطة."),
        ("answers/northwind-answer/statement", "تقول الشركة إنها باعت لوسيط ولم تعرف مشتريًا آخر."),
        ("decisions/council-pause/decision", "أوقف المجلس شراء مزيد من الكاميرات."),
    ),
)
GERMAN = PageTranslation(
    "de",
    "Translator 2.1",
    machine=True,
    parts=(("title", "Kameras in Lakeside"), ("letter/subject", "Kameras")),
)
BODY = """Dear members of the council,

Before the city buys more cameras, please publish the contract of 2024 and say what they are for.

The notice of the Procurement Office and the company's answer are attached."""
PAGE = CallPage(
    dossier=DOSSIER,
    coverage=(
        "Four documents: three are sealed, one is pending.",
        "Claims are shown as they were filed up to 24 November 2026.",
    ),
    asks=(
        Ask(
            "publish",
            "That the council publishes the contract, and buys no more cameras until their purpose "
            "is known.",
            "Lakeside City Council",
            "The council voted to spend the money, and can ask what it was spent on.",
            by="2027-01-15",
            note="This ask is invented as an example.",
        ),
        Ask(
            "tell",
            "That the company says to whom its reseller sold.",
            NORTHWIND.name,
            "It alone can ask its reseller.",
            kind="company",
        ),
    ),
    letter=Letter(
        "Lakeside City Council",
        "The contract for the cameras of 2024",
        BODY,
        mail="council@lakeside.example",
        address=("Town Hall", "1 Lake Street", "Lakeside"),
        cites=("northwind-supply",),
    ),
    occasions=(
        Occasion(
            "hearing",
            "Public meeting of the council",
            "2026-12-03T18:30:00+00:00",
            place="Town Hall, Lakeside",
            url="https://council.lakeside.example/meetings",
            note="Questions can be handed in on the day.",
        ),
        Occasion("week", "Week of open offices", "2026-12-07", end="2026-12-11"),
    ),
    imprint=Imprint(
        "The Lakeside desk",
        ("1 Mill Lane", "Lakeside"),
        "desk@lakeside.example",
        responsible="A. Editor",
        registered="Lakeside register of associations, 17",
    ),
    approval=Approval("B. Chair", "2026-11-20", 412, digest("9"), role="chair of the board"),
    corrections=(
        Correction(
            "c1",
            "2026-11-22",
            "correction",
            "corrected",
            "The day of the award was given as 3 March; it is 5 March.",
            items=("northwind-supply",),
            before=digest("1"),
            after=digest("2"),
            entry=digest("3"),
        ),
    ),
    unmentioned=1,
    opinions=(
        OpinionBlock("A. Editor", "2026-11-01", "I think a city should know.\n\nSo should we."),
    ),
    translations=(ARABIC, GERMAN),
    share="Who watches Lakeside's market? Claims, answers, and what the council can decide.",
    as_of="2026-11-24",
    checkpoint=(412, digest("9")),
    key="lakeside+1a2b3c4d+AAAAinventedkey",
    files={
        "letter_text": "letter.txt",
        "calendar": "calendar.ics",
        "feed": "feed.xml",
        "corrections_json": "corrections.json",
        "case_json": "case.json",
        "manifest": "manifest.json",
        "signature": "manifest.sig",
    },
    mailto="mailto:council@lakeside.example?subject=The%20contract",
)
DRAFT_BANNER = ("Draft, not for publication: nobody approved it; there is no imprint.",)


def make_page(**changes: Any) -> CallPage:
    """Return the invented page with some parts changed; those of its dossier as `dossier_…`."""
    inner = {name[8:]: value for name, value in changes.items() if name.startswith("dossier_")}
    outer = {name: value for name, value in changes.items() if not name.startswith("dossier_")}
    return replace(PAGE, dossier=replace(PAGE.dossier, **inner), **outer)


def make_draft() -> CallPage:
    """Return it as a draft that seeks nothing and has neither imprint nor approval."""
    return make_page(
        banner=DRAFT_BANNER, asks=(), letter=None, imprint=None, approval=None, translations=()
    )


def make_large(number: int = 120) -> CallPage:
    """Return it with so many claims that they take pages of their own."""
    claims = [
        replace(
            CLAIMS[n % 4],
            id=f"claim:{n}",
            name=f"claim-{n}",
            contested_by=tuple(f"claim-{m}" for m in (n - 1, n + 1) if 0 <= m < number)
            if CLAIMS[n % 4].figure
            else (),
        )
        for n in range(number)
    ]
    rows = tuple(replace(FIGURES.rows[n % 2], claim=f"claim-{n}") for n in range(min(number, 13)))
    figures = (replace(FIGURES, rows=rows),)
    return make_page(dossier_claims=tuple(claims), dossier_figures=figures)
