"""Dossiers made of nouns alone, for golden files and hostile texts."""

import dataclasses
from dataclasses import replace
from typing import Any

from answerable.model.dossier import Document, Dossier, Moment, Subject
from tests.call.lakeside_page import CLAIMS, DOCUMENTS, PAGE

SOFTWARE = {"name": "answerable", "version": "0", "screened_with": "0"}
CASE = replace(PAGE.dossier, header={"case": "lakeside", "software": SOFTWARE, "ledger": None})

LISTING = {
    "list": "invented_list",
    "edition": "2026-01-05",
    "ground": "The office states: supply of cameras.",
    "ground_class": "human_rights",
    "programs": ["INV-1"],
    "citation": "Notice 7/2026",
    "since": "2025-12-01",
    "url": "https://office.example/list",
}
NO_LINK: dict[str, Any] = {
    "role": None,
    "interest": None,
    "share": None,
    "directness": "unknown",
    "start": None,
    "end": None,
    "edition": None,
    "citation": None,
    "url": None,
    "claim": None,
    "probability": None,
    "forward": True,
}
LINKS = [
    {**NO_LINK, "id": "l1", "kind": "same", "role": "a name match", "source": "match"}
    | {"probability": 0.91},
    {**NO_LINK, "id": "l2", "kind": "ownership", "source": "invented_list", "share": "51 %"}
    | {"edition": "2026-01-05", "interest": "shareholding", "role": "控股股东", "forward": False},
    {**NO_LINK, "id": "l3", "kind": "supply", "source": "case:lakeside", "claim": "claim:1"},
]
PATH = {
    "ends": "named",
    "probability": 0.91,
    "nodes": [
        {"id": "answerable:FYGT-BP6K-A", "caption": "Northwind Trading (UK) Ltd"},
        {"id": "invented_list:1", "caption": "北风示例影像有限公司"},
        {"id": "invented_list:2", "caption": "كۆل بويى مىسال شىركىتى"},
        {"id": "case:lakeside:name:1", "caption": "Lakeside City Police"},
    ],
    "links": LINKS,
}
LINE: dict[str, Any] = {
    "schema": "answerable.finding/1",
    "id": "FYGT-BP6K-A",
    "supplier": {
        "row": 7,
        "name": "Northwind Trading (UK) Ltd",
        "country": "gb",
        "identifiers": {"GB-COH": "01234567"},
    },
    "status": "match",
    "exposure": ["listed", "named"],
    "matches": [
        {
            "company": {
                "id": "invented_list:1",
                "schema": "Company",
                "caption": "北风示例影像有限公司",
                "names": ["北风示例影像有限公司", "Northwind Trading", "شركة الرياح"],
                "countries": ["cn"],
                "identifiers": [{"scheme": "USCC", "value": "91330000000000000X"}],
                "listings": [LISTING],
            },
            "name": "Northwind Trading",
            "relation": "same",
            "score": 3.1,
            "probability": 0.91,
            "reasons": [{"reason": "token", "detail": "northwind = northwind", "log_odds": 5.0}],
            "judgement": {
                "verdict": "unsure",
                "why": "The address differs.",
                "by": "01234567",
                "name": None,
                "at": "2026-01-20T09:00:00Z",
                "until": None,
                "agreed": [],
                "state": "reopened",
                "changed": ["The list gives another address."],
            },
        }
    ],
    "more_matches": 2,
    "paths": [PATH],
    "regimes": {
        "ofac-50": {"status": "not_evaluated", "why": "No edition is here."},
        "invented-50": {
            "status": "derived",
            "why": "It is owned by half or more.",
            "rule_version": "2026-01-01",
            "window": "suspended",
            "low": 51_000_000,
            "high": 60_000_000,
            "edges": ["l2"],
            "steps": ["The owner holds 51 % to 60 %."],
            "warnings": ["Control is not counted."],
        },
    },
    "claims": [
        {
            "id": "claim:1",
            "case": "lakeside",
            "name": "northwind-supply",
            "company": "Northwind Vision Ltd",
            "probability": 0.91,
        }
    ],
    "problems": [],
}
MANIFEST: dict[str, Any] = {
    "screening": "2026-02-01-0123456789",
    "as_of": "2026-02-01",
    "inputs": [{"name": "suppliers.csv", "sha256": "c" * 64, "bytes": 90, "rows": 9}],
    "recognition": {"form": "csv"},
    "settings": {"threshold": 0.5, "lists": []},
    "coverage": {
        "lists": [
            {
                "list": "invented_list",
                "title": "An invented list",
                "issuer": "Invented Office",
                "url": "https://office.example/list",
                "licence": "Open",
                "edition": "2026-01-05",
                "age_days": 27,
                "max_age_days": 30,
                "too_old": False,
                "complete": True,
                "counts": {"Company": 1},
                "names": 3,
                "sha256": {"a": "b" * 64},
                "ground_class": "human_rights",
            }
        ],
        "absent": [],
    },
}
EDITION = Document(
    len(DOCUMENTS) + 1,
    "invented_list",
    "An invented list, edition 2026-01-05",
    "Invented Office",
    url="https://office.example/list",
    published="2026-01-05",
    sha256="a" * 64,
)
FINDING = Dossier(
    id="DXAM-PLE0-0000-7",
    kind="finding",
    title="Northwind Trading (UK) Ltd: finding FYGT-BP6K-A",
    language="en",
    as_of="2026-02-01",
    sentence="“Northwind Trading (UK) Ltd” bears a name that agrees with another: name match, to "
    "be confirmed.",
    standard="By a comparison of names it is likely.",
    not_said=("A name match is not identity.",),
    header={
        "workspace": "Invented",
        "screening": "2026-02-01-0123456789",
        "before": "2026-01-01-0123456789",
        "software": SOFTWARE,
        "matching": {"model": "names", "coefficients": "2026"},
        "threshold": 0.5,
        "rule_set": {
            "invented-50": {"title": "An invented rule", "issuer": "An office", "version": "2"}
        }
        | {"ofac-50": {"title": "Another rule", "issuer": "An office", "version": "1"}},
        "lists": [{"list": "invented_list", "edition": "2026-01-05", "sha256": {"a": "b" * 64}}],
        "inputs": [{"name": "suppliers.csv", "sha256": "c" * 64, "rows": 9}],
        "ledger": {"origin": "answerable.invalid/log/1", "size": 3, "root": "d" * 64},
    },
    finding=LINE,
    subjects=(
        Subject(None, "Northwind Trading (UK) Ltd", (("Northwind Trading (UK) Ltd", None),)),
        Subject(
            "invented_list:1",
            "北风示例影像有限公司",
            (("北风示例影像有限公司", "und-Hani"), ("شركة الرياح", "und-Arab")),
            (("USCC", "91330000000000000X"),),
            ("cn",),
            ("1 Lake Road",),
        ),
    ),
    claims=CLAIMS,
    timeline=(Moment("2025-12-01", "listing", "Invented Office", "Listed it.", "listings"),),
    judgements=(
        {
            "id": "sha256:1",
            "company": "北风示例影像有限公司",
            "company_id": "invented_list:1",
            "verdict": "unsure",
            "words": "not to be told yet",
            "why": "The address differs.",
            "by": "A. Reviewer",
            "key": "01234567",
            "at": "2026-01-20T09:00:00Z",
            "until": "2026-06-01",
            "screening": "2026-01-01-0123456789",
            "agreed": [{"by": "B. Reviewer", "at": "2026-01-21T09:00:00Z", "why": "I see it so."}],
            "withdrawn": None,
            "replaced": False,
        },
    ),
    resolutions=(
        {
            "id": "sha256:2",
            "resolution": "Keep under conditions",
            "why": "It answers.",
            "conditions": ["Show the register of members."],
            "by": "A. Buyer",
            "key": "01234567",
            "at": "2026-01-22T09:00:00Z",
            "next_review": "2026-07-01",
            "screening": "2026-01-01-0123456789",
            "withdrawn": {"by": "A. Buyer", "at": "2026-01-23T09:00:00Z", "why": "Too soon."},
            "replaced": False,
        },
    ),
    changes=(
        {
            "part": "listing",
            "kind": "new",
            "about": "北风示例影像有限公司",
            "old": None,
            "new": "listed",
            "because": "The edition is another one.",
            "ref": None,
        },
    ),
    documents=(*DOCUMENTS, EDITION),
    method=("It was compared.",),
    limits=("Not all is known.",),
    coverage=("Searched: An invented list, edition 2026-01-05.", "Not evaluated: another list."),
    figures=CASE.figures,
)
DOSSIERS = {"case": CASE, "finding": FINDING}

HOSTILE = (
    "<script>alert(1)</script> \"'><img src=x onerror=alert(2)> =cmd|' /C calc'!A0 {{7*7}} "
    "]]> --> \u202egpj.exe\u2066 \x00\x1b[2J \ud800 \ufffe javascript:alert(3) " + "長い名" * 40
)
_KEYS = frozenset(
    "id name case list edition schema kind status ends relation scheme language reason state "
    "window ground_class predicate answer outcome credibility reliability by_name number key "
    "document ref contested_by claim root sha256 capture".split()
)
"""What is no text of people: ids, codes, numbers and tags, which are checked when they come in."""


def spoil(value: Any) -> Any:
    """Put hostile text into every text that people write, down to the line of the finding."""
    if isinstance(value, str):
        return value + HOSTILE
    if isinstance(value, tuple | list):
        return type(value)(spoil(each) for each in value)
    if isinstance(value, dict):
        return {k: each if k in _KEYS else spoil(each) for k, each in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        kept = _KEYS - {"name"} if type(value).__name__ == "Party" else _KEYS
        names = [each.name for each in dataclasses.fields(value) if each.name not in kept]
        return replace(value, **{name: spoil(getattr(value, name)) for name in names})
    return value
