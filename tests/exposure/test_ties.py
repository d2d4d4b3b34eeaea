"""What ties a supplier to listed and named companies: paths, rulings, claims; and how far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from answerable.exposure.linking.network import Network, Sourced, link_entries
from answerable.exposure.regimes.reading import known_regimes
from answerable.exposure.screening.screening import screen_suppliers
from answerable.exposure.screening.surroundings import Surroundings, survey_ties
from answerable.exposure.screening.ties import MOST_PATHS
from answerable.matching.index import NameIndex
from answerable.matching.matches import NO_MATCHES, SupplierMatches, match_suppliers
from answerable.model import (
    ANY_SHARE,
    WHOLE,
    ClaimNote,
    Company,
    Coverage,
    EditionCoverage,
    Finding,
    Identifier,
    Link,
    LinkSource,
    Listing,
    Name,
    Recognition,
    Regime,
    Selection,
    Share,
    Supplier,
    SupplierList,
)

DAY = date(2026, 11, 24)
LEI = Identifier("LEI", "549300XIVJCBIGMRUD48")
SDN = EditionCoverage(
    list="us_ofac_sdn",
    title="OFAC SDN list",
    issuer="Treasury",
    url="",
    licence="",
    edition="2026-11-20",
    age_days=4,
    max_age_days=30,
    complete=True,
    counts={},
    names=1,
    sha256={},
)
LISTING = Listing("us_ofac_sdn", "2026-11-20", programs=("INVENTED",), ground_class="sanctions")
GROUP = Company("us_ofac_sdn:1", "Company", (Name("Zyxomatic Holding"),), listings=(LISTING,))
OWNER = Company("us_ofac_sdn:2", "Person", (Name("SOMEBODY, Invented"),), listings=(LISTING,))
MILL = Company("r:mill", "Company", (Name("Quorbel Cotton Mills Ltd"),), identifiers=(LEI,))
NOTE = ClaimNote("claim:1", "c", "Quorbel", "Somebody", "Says so.", "supplied", "states", "Quorbel")
SHELL = Company("r:shell", "Company", (Name("Invented Shell Company"),))


def owns(owner: Company, target: Company, share: Share | None = ANY_SHARE, number: int = 1) -> Link:
    return Link(
        f"r:{number}", "ownership", owner.id, target.id, LinkSource("r"), "shareholding", share
    )


def exactly(percent: int) -> Share:
    return Share(percent * WHOLE // 100, percent * WHOLE // 100)


def look_around(
    *links: Link,
    nodes: tuple[Company, ...] = (MILL, SHELL),
    listed: tuple[Company, ...] = (GROUP, OWNER),
    notes: Mapping[str, tuple[ClaimNote, ...]] | None = None,
    regimes: Mapping[str, Regime] | None = None,
    complete: bool = True,
) -> Surroundings:
    network = link_entries(listed, Sourced(links, nodes, notes or {}))
    coverage = Coverage(DAY.isoformat(), (replace(SDN, complete=complete),))
    rules = {"ofac-50": known_regimes()["ofac-50"]} if regimes is None else regimes
    return survey_ties(network, rules, coverage, DAY, 0.5)


def match_unlisted(
    asked: Sequence[Supplier], index: NameIndex
) -> Iterator[tuple[SupplierMatches, SupplierMatches]]:
    """Find no listed company, and those of an index that are on no list."""
    found = match_suppliers(asked, index, threshold=0.5)
    return ((NO_MATCHES, each) for each in found)


def find(around: Surroundings, supplier: Supplier, *listed: Company) -> Finding:
    rows = SupplierList("a.csv", "0" * 64, 9, (supplier,), ("Name",), Recognition("csv", {}))
    index = NameIndex([MILL])
    selection = Selection(listed, Coverage(DAY.isoformat(), (SDN,)))
    screening = screen_suppliers(
        rows,
        selection,
        threshold=0.5,
        id_key="00" * 16,
        around=around,
        match=lambda asked: match_unlisted(asked, index),
    )
    [finding] = screening.findings
    return finding


ROW = Supplier(2, "Quorbel Cotton Mills Limited")


@pytest.mark.parametrize(
    ("share", "exposure", "status"),
    [
        (exactly(60), ("derived",), "derived"),
        (exactly(50), ("derived",), "derived"),
        (exactly(40), ("linked",), "none_found"),
        (ANY_SHARE, ("linked", "possible"), "possible"),
    ],
    ids=["over the line", "at the line", "below the line", "share not known"],
)
def test_a_supplier_that_a_listed_company_owns(
    share: Share, exposure: tuple[str, ...], status: str
) -> None:
    finding = find(look_around(owns(GROUP, MILL, share)), ROW)
    assert finding.status == "match"
    assert finding.matches == ()
    assert finding.exposure == exposure
    assert finding.regimes["ofac-50"].status == status
    [path] = finding.paths
    assert path.captions == (
        "Quorbel Cotton Mills Limited",
        "Quorbel Cotton Mills Ltd",
        "Zyxomatic Holding",
    )
    assert [link.kind for link in path.links] == ["same", "ownership"]
    assert path.links[0].source.probability == path.probability < 1


def test_shares_are_never_multiplied_on_the_way() -> None:
    around = look_around(owns(GROUP, SHELL, exactly(51)), owns(SHELL, MILL, exactly(51), 2))
    finding = find(around, ROW)
    ruling = finding.regimes["ofac-50"]
    assert (ruling.status, ruling.low) == ("derived", 51 * WHOLE // 100)
    assert ruling.edges == ("r:1", "r:2")


def test_a_listed_person_owns_and_is_never_matched() -> None:
    around = look_around(owns(OWNER, MILL, exactly(80)))
    assert find(around, ROW).exposure == ("derived",)
    assert find(around, Supplier(2, "Invented Somebody"), OWNER).status == "none_found"


def test_an_identifier_confirms_a_company_that_is_on_no_list() -> None:
    finding = find(
        look_around(owns(GROUP, MILL, exactly(60))), Supplier(2, "Other Words", identifiers=(LEI,))
    )
    assert finding.status == "confirmed"
    assert finding.paths[0].probability == 1
    assert finding.paths[0].links[0].role == "an identifier agrees"


def test_through_a_shared_name_everything_is_at_most_possible() -> None:
    supplier = Supplier(2, "Quorbel Bakeries of Norway AS", "no")
    listed = replace(MILL, names=(Name("Quorbel"), *MILL.names), countries=("cn",))
    around = look_around(
        owns(GROUP, listed, exactly(60)), nodes=(listed,), notes={MILL.id: (NOTE,)}
    )
    rows = SupplierList("a.csv", "0" * 64, 9, (supplier,), ("Name",), Recognition("csv", {}))
    index = NameIndex([listed])
    screening = screen_suppliers(
        rows,
        Selection((), Coverage(DAY.isoformat(), (SDN,))),
        threshold=0.5,
        id_key="00" * 16,
        around=around,
        match=lambda asked: match_unlisted(asked, index),
    )
    [finding] = screening.findings
    assert (finding.status, finding.exposure) == ("possible", ("possible",))
    assert finding.regimes["ofac-50"].status == "possible"
    assert "shares a distinctive name" in finding.regimes["ofac-50"].why


def test_a_company_that_leads_nowhere_is_not_brought_up() -> None:
    around = look_around(owns(SHELL, MILL, exactly(60)))
    finding = find(around, ROW)
    assert (finding.status, finding.exposure, finding.paths) == ("none_found", (), ())


def test_a_company_that_a_filed_claim_names() -> None:
    finding = find(look_around(notes={MILL.id: (NOTE,)}, regimes={}), ROW)
    assert (finding.status, finding.exposure) == ("match", ("named",))
    [claim] = finding.claims
    assert claim.statement == "Says so."
    assert 0.5 <= claim.probability < 1


def test_claims_that_name_a_company_on_the_path_come_along() -> None:
    around = look_around(owns(GROUP, MILL, exactly(40)), notes={GROUP.id: (NOTE,)})
    finding = find(around, ROW)
    assert "named" not in finding.exposure
    assert [claim.id for claim in finding.claims] == ["claim:1"]


def test_a_rule_without_its_whole_list_finds_but_never_says_that_it_does_not() -> None:
    around = look_around(owns(GROUP, MILL, exactly(60)), complete=False)
    assert find(around, ROW).regimes["ofac-50"].status == "derived"
    other = find(around, Supplier(2, "Nothing Alike")).regimes["ofac-50"]
    assert other.status == "not_evaluated"
    assert "only a part" in other.why


def test_links_and_listings_that_have_ended_do_not_count() -> None:
    ended = replace(owns(GROUP, MILL, exactly(60)), end="2026-01-01")
    gone = replace(GROUP, listings=(replace(LISTING, status="removed"),))
    assert find(look_around(ended), ROW).exposure == ()
    assert find(look_around(owns(gone, MILL, exactly(60)), listed=(gone,)), ROW).exposure == ()


def test_a_finding_carries_few_paths_the_nearest_first() -> None:
    owners = [
        replace(GROUP, id=f"us_ofac_sdn:{each}", names=(Name(f"Owner {each}"),))
        for each in range(3, 12)
    ]
    links = [owns(each, MILL, exactly(5), place) for place, each in enumerate(owners)]
    far = [owns(GROUP, SHELL, exactly(60), 98), owns(SHELL, MILL, exactly(60), 99)]
    finding = find(look_around(*far, *links, listed=(*owners, GROUP)), ROW)
    assert len(finding.paths) == MOST_PATHS
    assert {len(path.links) for path in finding.paths} == {2}


def test_without_ties_and_rules_a_finding_is_what_it_was() -> None:
    rows = SupplierList("a.csv", "0" * 64, 9, (ROW,), ("Name",), Recognition("csv", {}))
    selection = Selection((GROUP,), Coverage(DAY.isoformat(), (SDN,)))
    bare = screen_suppliers(rows, selection, threshold=0.5, id_key="00" * 16)
    around = Surroundings(Network(), threshold=0.5)
    same = screen_suppliers(rows, selection, threshold=0.5, id_key="00" * 16, around=around)
    assert bare == same
    assert "links" not in bare.manifest
    assert bare.manifest["rule_set"] is None
