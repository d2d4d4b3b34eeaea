"""Screenings made by hand: invented suppliers and companies, and two rows of the BIS list.

Source of the BIS rows: Entity List, 15 CFR part 744, supplement no. 4, edition 2025-11-08.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from answerable.model import (
    AbsentList,
    Company,
    Coverage,
    EditionCoverage,
    Finding,
    Identifier,
    Listing,
    Match,
    Name,
    Problem,
    Reason,
    Recognition,
    Screening,
    Supplier,
    SupplierList,
)

HEADINGS = ("Supplier", "Country", "Spend")

BIS = EditionCoverage(
    list="us_bis_entity_list",
    title="Entity List",
    issuer="US Department of Commerce, Bureau of Industry and Security",
    url="https://www.trade.gov/consolidated-screening-list",
    licence="US federal government work",
    edition="2025-11-08",
    age_days=381,
    max_age_days=90,
    complete=True,
    counts={"Company": 3300, "Person": 121},
    names=9120,
    sha256={"entity_list.csv": "a" * 64},
    ground_class="export_control",
    attribution="Contains a work of the US federal government.",
)
REGISTER = EditionCoverage(
    list="invented_forced_labour",
    title="Invented Register of Forced Labour",
    issuer="Office of Invented Affairs",
    url="https://register.example/forced-labour?a=1&b=2",
    licence="CC0-1.0",
    edition="2026-11-20",
    age_days=4,
    max_age_days=30,
    complete=False,
    counts={"Company": 12},
    names=40,
    sha256={"register.csv": "b" * 64},
    ground_class="forced_labour",
    note="A cut of twelve companies.",
)
ABSENT = (
    AbsentList(
        "us_fcc_covered_list",
        "FCC Covered List",
        "US Federal Communications Commission",
        "https://www.fcc.gov/supplychain/coveredlist",
        "no edition is here",
    ),
)
COVERAGE = Coverage("2026-11-24", (BIS, REGISTER), ABSENT)

HUAWEI_UK = Company(
    "us_bis:976",
    "Company",
    (
        Name("Huawei Technologies (UK) Co., Ltd."),
        Name("Huawei Software Technologies Co. Ltd.", "alias"),
    ),
    countries=("gb",),
    addresses=("300 South Oak Way, Green Park, Reading, RG2 6UF, Reading, GB",),
    listings=(
        Listing(
            "us_bis_entity_list",
            "2025-11-08",
            ground_class="national_security",
            citation="84 FR 22963, 85 FR 29852",
            since="2019-05-21",
            url="https://www.trade.gov/consolidated-screening-list",
        ),
    ),
)
COTTON = Company(
    "invented:7",
    "Company",
    (
        Name("Zavodnik Cotton Mills"),
        Name("扎沃德尼克棉纺厂", "alias"),
        Name("مصنع زافودنيك للقطن", "alias"),
        Name("Хлопкозавод Заводник", "alias"),
        Name("Zavodnik Gins", "previousName"),
        Name("ZCM", "weakAlias"),
    ),
    countries=("xa", "cn"),
    addresses=("1 Invented Road",),
    identifiers=(
        Identifier("LEI", "549300XIVJCBIGMRUD48"),
        Identifier("USCC", "914403001922038217", valid=False),
        Identifier("ISIN", "CNE100000PM8"),
        Identifier("GB-COH", "00445790"),
        Identifier("registration", "12345678", "cn"),
    ),
    listings=(
        Listing(
            "invented_forced_labour",
            "2026-11-20",
            ground='receives workers under a "transfer" scheme',
            ground_class="forced_labour",
            programs=("INV-1", "INV-2"),
            citation="Notice 12/2026",
            since="2024-03",
            until=None,
        ),
        Listing(
            "us_bis_entity_list",
            "2025-11-08",
            ground_class="human_rights",
            citation="85 FR 34503",
            since="2020-06-05",
        ),
    ),
)
HOSTILE_NAME = "<script>alert('x')</script>]]>\u202eevil\ud800\x00 & \"Sons\""
HOSTILE = Company(
    "invented:<8>",
    "LegalEntity",
    (Name(HOSTILE_NAME), Name('=HYPERLINK("https://x.example")', "alias")),
    listings=(
        Listing(
            "invented_forced_labour",
            "2026-11-20",
            ground="</style><img src=https://x.example/y>",
            ground_class="forced_labour",
            citation="-2+3",
            url="javascript:alert(1)",
        ),
    ),
)

TOKENS = (
    Reason("token", "huawei = huawei (rare)", 6.1),
    Reason("legal_form", "co ltd = co ltd", 0.4),
    Reason("country", "gb = gb", 1.2),
    Reason("unmatched", "technologies has no counterpart", -0.9),
    Reason("prior", "before any comparison", -4.2),
)


def judgement(verdict: str, why: str, state: str = "in_force", *changed: str) -> dict[str, Any]:
    """What a finding says of a judgement."""
    return {
        "verdict": verdict,
        "why": why,
        "by": "0a1b2c3d",
        "name": None,
        "at": "2026-01-05T10:00:00Z",
        "until": None,
        "agreed": [],
        "state": state,
        "changed": list(changed),
    }


def match(company: Company, probability: float, relation: str = "same", **more: object) -> Match:
    return Match(
        company,
        "name_shared" if relation == "name_shared" else "same",
        name=str(more.get("name", company.caption)),
        score=5.2,
        probability=probability,
        reasons=TOKENS,
        judgement=judgement("same", "same address") if more.get("judged") else None,
    )


def suppliers() -> tuple[Supplier, ...]:
    problem = Problem("The country is not known.", row=5, column="Country", value="Ruritania")
    empty = Problem("The name is empty.", row=6, column="Supplier", value="")
    rows = (
        Supplier(
            2,
            "HUAWEI TECHNOLOGIES (UK) CO LTD",
            "gb",
            identifiers=(Identifier("GB-COH", "04066499"),),
        ),
        Supplier(3, "扎沃德尼克棉纺厂有限公司", "cn", address="北京市"),
        Supplier(4, "Zavodnik Trading GmbH", "de"),
        Supplier(5, "Invented Bakery", problems=(problem,)),
        Supplier(6, "", problems=(empty,)),
        Supplier(7, "=cmd|' /C calc'!A0", "gb"),
        Supplier(8, HOSTILE_NAME),
        Supplier(9, "شركة القطن المخترعة", "eg"),
        Supplier(10, "Very " * 400 + "Long Invented Name", "gb"),
    )
    return tuple(
        replace(row, cells=(row.name, (row.country or "").upper(), "-12.50")) for row in rows
    )


def findings(rows: Sequence[Supplier]) -> tuple[Finding, ...]:
    many = tuple(match(HUAWEI_UK, 0.4 - place / 100) for place in range(3))
    found = {
        2: Finding(
            "F7K3-Q9XM-2",
            rows[0],
            "match",
            ("listed",),
            (match(HUAWEI_UK, 0.993), match(COTTON, 0.02, "name_shared"), *many),
        ),
        3: Finding(
            "A0",
            rows[1],
            "confirmed",
            ("listed",),
            (match(COTTON, 0.9999, judged=True, name="扎沃德尼克棉纺厂"),),
        ),
        4: Finding("B0", rows[2], "possible", ("listed",), (match(COTTON, 0.2, "name_shared"),)),
        6: Finding("C0", rows[4], "unreadable"),
        8: Finding("D0", rows[6], "match", ("listed",), (match(HOSTILE, 0.7),)),
    }
    return tuple(found.get(row.row) or Finding(f"N{row.row}", row, "none_found") for row in rows)


@pytest.fixture
def screening() -> Screening:
    rows = suppliers()
    recognition = Recognition(
        "csv",
        {"name": "Supplier", "country": "Country"},
        header_row=1,
        encoding="utf-8",
        delimiter=",",
    )
    manifest = {
        "software": {"name": "answerable", "version": "0.1.0"},
        "notes": ["This is a demonstration cut, not any buyer's supplier list."],
    }
    made = SupplierList("suppliers.csv", "c" * 64, 812, rows, HEADINGS, recognition)
    return Screening("S-0001", made, findings(rows), COVERAGE, 0.5, manifest)


@pytest.fixture
def screen_rows(screening: Screening) -> Callable[..., Screening]:
    """Screen other rows by hand: the first four get the statuses of the sample."""

    def make(rows: Sequence[Supplier], headings: Sequence[str], **recognition: object) -> Screening:
        given = screening.findings[:3]
        made = tuple(
            replace(given[place], supplier=row)
            if place < len(given)
            else Finding(f"N{row.row}", row, "none_found")
            for place, row in enumerate(rows)
        )
        how = replace(screening.suppliers.recognition, **recognition)  # type: ignore[arg-type]
        listed = replace(
            screening.suppliers, suppliers=tuple(rows), headings=tuple(headings), recognition=how
        )
        return replace(screening, suppliers=listed, findings=made)

    return make
