"""An invented dossier with names and words in every script that our fonts are to set."""

from dataclasses import replace
from typing import Any

from answerable.model.claim import Grade, Party, ReplyRequest, Retraction
from answerable.model.dossier import (
    AnswerEntry,
    ClaimEntry,
    DecisionEntry,
    Document,
    Dossier,
    FigureEntry,
    FigureSet,
    Moment,
    Quotation,
    Subject,
)
from answerable.model.passage import Translation

SCRIPTS: dict[str, tuple[str, str | None]] = {
    "chinese": ("湖滨示例棉纺有限公司向该厂供应棉纱。", "zh"),
    "traditional": ("湖濱範例紡織股份有限公司（臺灣）", "zh-Hant"),
    "uyghur": ("كۆل بويى مىسال پاختا شىركىتى ئىشچىلارنى قوبۇل قىلدى", "ug"),
    "arabic": ("شركة البحيرة للمثال تنفي ما نسب إليها", "ar"),
    "persian": ("شرکت نمونهٔ دریاچه می‌گوید", "fa"),
    "hebrew": ("חברת האגם לדוגמה משיבה", "he"),
    "russian": ("Общество «Озеро Пример» отвечает", "ru"),
    "kazakh": ("Көл жағасы үлгі қоғамы", "kk"),
    "japanese": ("ミズウミ見本紡績株式会社のれい", "ja"),
    "korean": ("호숫가 보기 방적 주식회사 뷁", "ko"),
    "greek": ("Εταιρεία Παράδειγμα Λίμνης", "el"),
    "vietnamese": ("Công ty Ví dụ Hồ nước", "vi"),
    "tibetan": ("མཚོ་འགྲམ་དཔེ་ཚད་ཀུང་སི", "bo"),
    "mongolian": ("ᠨᠠᠭᠤᠷ ᠤᠨ ᠵᠢᠱᠢᠶ᠎ᠠ", "mn"),
    "hindi": ("झील उदाहरण कपड़ा कंपनी", "hi"),
    "bengali": ("হ্রদ উদাহরণ কোম্পানি", "bn"),
    "thai": ("บริษัท ทะเลสาบตัวอย่าง", "th"),
    "burmese": ("ရေကန် ဥပမာ ကုမ္ပဏီ", "my"),
    "khmer": ("ក្រុមហ៊ុនឧទាហរណ៍", "km"),
    "amharic": ("የሐይቅ ምሳሌ ድርጅት", "am"),
    "georgian": ("ტბის მაგალითი", "ka"),
    "armenian": ("Լճի օրինակ", "hy"),
}

WATCH = Party("Lakeside Watch", interest="campaigns against forced labour")
MILLS = Party("Northwind Invented Mills Ltd", company="invented:1")
GRADE = Grade("B", 3, "A. Editor", "2026-11-20", "One source that was right before.")
REVIEWED = "2026-10-01"


def invent_dossier(more_claims: int = 0, **more: Any) -> Dossier:
    """Return a dossier of a finding that quotes every script, with so many claims besides."""
    quoted = [_claim(f"in-{name}", text, tag) for name, (text, tag) in SCRIPTS.items()]
    plain = [
        _claim(f"more-{at}", f"It ran shift {at} of the mill.", "en") for at in range(more_claims)
    ]
    parts: dict[str, Any] = {
        "id": "DXAM-PLE0-0000-7",
        "kind": "finding",
        "title": "Northwind Invented Mills Ltd · 湖滨示例棉纺有限公司",
        "language": "en",
        "as_of": "2026-11-24",
        "sentence": "The row may be a company that an invented list names: to be confirmed.",
        "standard": "A name match: probable, not confirmed.",
        "not_said": ("A match says nothing about wrongdoing.",),
        "summary": "# Title\n\nA *mill*, see [here](https://example.org/a).\n\n- one\n- two",
        "editors": ("A. Editor",),
        "judgements": (JUDGEMENT,),
        "resolutions": (RESOLUTION,),
        "changes": (CHANGE,),
        "figures": (FIGURES,),
        "header": {
            "screening": "S1",
            "before": "S0",
            "software": {"name": "answerable", "version": "1"},
        },
        "finding": FINDING,
        "subjects": (_subject(),),
        "claims": (*quoted, PENDING, RETRACTED, *plain),
        "decisions": (_decision(),),
        "timeline": (
            Moment("2026-01-02", "claim", "Lakeside Watch", "It spoke.", "claim-in-arabic"),
        ),
        "documents": DOCUMENTS,
        "method": ("Made from what was filed.",),
        "limits": ("Only what was filed is here.",),
        "coverage": ("1 list searched, 2 known lists absent.",),
    }
    return Dossier(**parts | more)


def invent_small(*coverage: str) -> Dossier:
    """Return a dossier that has little more than these sentences."""
    return invent_dossier(
        coverage=coverage, claims=(), finding=None, subjects=(), judgements=(), timeline=()
    )


def _claim(name: str, words: str, tag: str | None) -> ClaimEntry:
    english = Translation("It supplied yarn to that mill.", "en", "T. Ranslator")
    letter = ReplyRequest(MILLS, (name,), "2026-10-01", "letter", "2026-10-20", "answered", "no")
    answer = AnswerEntry(
        "no", MILLS, "It denies it.", "2026-10-12", (Quotation(2, words, tag),), (2,)
    )
    asked = name.endswith(("n", "1"))
    return ClaimEntry(
        id=f"claim:{name}",
        name=name,
        case="lakeside",
        claimant=WATCH,
        kind="fact",
        about=MILLS,
        predicate="supplied",
        predicate_words="supplied",
        statement=f"Northwind supplied yarn ({name}).",
        modality="reports",
        quotations=(Quotation(1, words, tag, page=3, translation=english),),
        documents=(1,),
        grade=GRADE,
        reviewed=REVIEWED,
        answer="answered" if asked else "none_found",
        answers=(answer,) if asked else (),
        requests=(letter,) if asked else (),
        filed_at="2026-11-22T10:00:00Z",
    )


def _subject() -> Subject:
    names = tuple(SCRIPTS.values())
    return Subject(
        "invented:1", MILLS.name, names, (("GB-COH", "00000001"),), ("gb",), ("1 Lake Rd",)
    )


def _decision() -> DecisionEntry:
    return DecisionEntry(
        "lakeside", "Lakeside Council", "2026-05-01", "It ended a contract.", "Late delivery.",
        not_ground="Labour.", documents=(2,),
    )  # fmt: skip


DOCUMENTS = (
    Document(
        1, "report", "A report: 湖滨", "Lakeside Watch", "https://example.org/report.pdf",
        "2026-01-02", "zh", "capture:1", "ab" * 32, "2026-11-01T00:00:00Z",
    ),
    Document(
        2, "reply", "A reply", "Northwind Invented Mills Ltd", capture="capture:2",
        sha256="cd" * 32, collected="2026-11-02T00:00:00Z",
    ),
    Document(3, "radio", "A broadcast", "Radio Example", pending="It was not recorded."),
)  # fmt: skip

PENDING = replace(
    _claim("pending", "", "en"),
    name="pending",
    documents=(3,),
    quotations=(),
    answers=(),
    requests=(),
)
RETRACTED = replace(
    _claim("retracted", "It said so once.", "en"),
    contested_by=("pending",),
    retraction=Retraction(
        "retracted", "2026-11-23", "Lakeside Watch", "It was mistaken.", "pending"
    ),
)
FIGURES = FigureSet(
    "Northwind Invented Mills Ltd", "workers", False,
    (FigureEntry("pending", "Lakeside Watch", "estimates", "100 workers", "", "2026", "no reply"),),
)  # fmt: skip
JUDGEMENT = {
    "company": "湖滨示例棉纺有限公司", "words": "the same company", "why": "The numbers agree.",
    "by": "R. Eviewer", "key": "k1", "at": "2026-11-01T00:00:00Z", "until": "2027-11-01",
    "screening": "S0", "withdrawn": None, "replaced": False,
    "agreed": [{"by": "S. Econd", "at": "2026-11-02T00:00:00Z", "why": "Seen, too."}],
}  # fmt: skip
RESOLUTION = {
    "resolution": "Ask the supplier.", "why": "It may not know.", "by": "B. Uyer", "key": "k2",
    "at": "2026-11-03T00:00:00Z", "next_review": "2027-01-01", "screening": "S0",
    "conditions": ["An answer in writing."], "replaced": False,
    "withdrawn": {"by": "B. Uyer", "at": "2026-11-04T00:00:00Z", "why": "It answered."},
}  # fmt: skip
CHANGE = {
    "part": "listing", "kind": "new", "about": "invented", "old": None, "new": "2026-01-01",
    "because": "The edition is newer.", "ref": None,
}  # fmt: skip

FINDING: dict[str, Any] = {
    "status": "match",
    "matches": [
        {
            "company": {
                "caption": "湖滨示例棉纺有限公司",
                "listings": [
                    {
                        "list": "invented",
                        "edition": "2026-01-01",
                        "ground": None,
                        "ground_class": "national_security",
                        "citation": "EX 12345",
                        "since": "2019-08-21",
                    }
                ],
            },
            "name": "NORTHWIND INVENTED MILLS",
            "relation": "same",
            "probability": 0.993,
            "reasons": [{"reason": "token", "detail": "northwind = northwind", "log_odds": 6.1}],
        }
    ],
    "paths": [
        {
            "ends": "listed",
            "probability": 0.993,
            "nodes": [
                {"id": "a", "caption": MILLS.name},
                {"id": "b", "caption": "湖滨示例棉纺有限公司"},
            ],
            "links": [
                {
                    "id": "l1", "kind": "ownership", "role": None, "interest": "shareholding",
                    "share": "51 %", "directness": "direct", "start": "2020-01-01", "end": None,
                    "source": "invented", "edition": "2026-01-01", "citation": None, "url": None,
                    "claim": None, "probability": None, "forward": False,
                }
            ],
        }
    ],
    "regimes": {
        "ofac-50": {
            "status": "derived", "why": "Half or more is held.", "rule_version": "1",
            "window": "in_force", "low": 51_000_000, "high": 51_000_000,
            "steps": ["51 % by 湖滨"], "warnings": [],
        },
        "uflpa": {"status": "not_evaluated", "why": "no complete list loaded"},
    },
}  # fmt: skip
