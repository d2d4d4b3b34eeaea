"""Links and nodes of a day: what several sources state of one company comes together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.exposure.linking.names import (
    index_unlisted,
    join_by_name,
    origin_of,
    unlisted_companies,
)
from answerable.exposure.linking.network import Network, Sourced, link_entries
from answerable.matching.index import NameIndex
from answerable.model import (
    ANY_SHARE,
    ClaimNote,
    Company,
    Identifier,
    Link,
    LinkSource,
    Listing,
    Name,
    PrintedLink,
)

LEI = Identifier("LEI", "549300XIVJCBIGMRUD48")
NUMBER = Identifier("GB-COH", "00445790")
BROKEN = Identifier("LEI", "549300XIVJCBIGMRUD49", valid=False)


def company(node: str, name: str, *identifiers: Identifier, listed: bool = False) -> Company:
    listings = (Listing("a_list", "2026-01-01"),) if listed else ()
    return Company(node, "Company", (Name(name),), identifiers=identifiers, listings=listings)


def owns(owner: str, target: str, number: int = 1) -> Link:
    return Link(
        f"r:{number}", "ownership", owner, target, LinkSource("r"), "shareholding", ANY_SHARE
    )


def test_entries_become_one_node_by_an_identifier_alone() -> None:
    listed = company("a_list:1", "Zyxomatic Mills", LEI, listed=True)
    same = company("r:9", "Zyxomatic Mills Limited", LEI, NUMBER)
    namesake = company("r:8", "Zyxomatic Mills")
    shop = company("r:7", "Quorbel Shops")
    links = [owns("r:9", "r:7"), owns("r:8", "r:7", 2)]
    network = link_entries([listed], Sourced(links, [same, namesake, shop]))
    assert network.joined == {"r:9": "a_list:1"}
    assert [link.owner for link in network.links] == ["a_list:1", "r:8"]
    node = network.nodes["a_list:1"]
    assert [name.value for name in node.names] == ["Zyxomatic Mills", "Zyxomatic Mills Limited"]
    assert node.identifiers == (LEI, NUMBER)
    assert node.listings == listed.listings


def test_a_company_known_by_its_number_takes_the_name_that_another_record_states() -> None:
    bare = (Name("GB-COH 00445790", "weakAlias"),)
    number = Company("r:00445790", "Company", bare, identifiers=(NUMBER,))
    owner = company("r:1/key", "Zyxomatic Mills Limited", NUMBER)
    shop = company("r:1", "Quorbel Shops")
    network = link_entries(
        [], Sourced([owns("r:9", "r:00445790"), owns("r:1/key", "r:1", 2)], [number, owner, shop])
    )
    node = network.nodes[network.node_of("r:1/key")]
    assert node.id == network.node_of("r:00445790")
    assert [name.value for name in node.names] == ["Zyxomatic Mills Limited", "GB-COH 00445790"]


def test_a_chain_of_identifiers_joins_all() -> None:
    entries = [
        company("r:1", "A", LEI),
        company("r:2", "B", LEI, NUMBER),
        company("r:3", "C", NUMBER),
    ]
    network = link_entries(
        [], Sourced([owns("r:1", "r:4"), owns("r:3", "r:4", 2), owns("r:2", "r:4", 3)], entries)
    )
    assert {network.node_of(each) for each in ("r:1", "r:2", "r:3")} == {"r:1"}


def test_an_identifier_that_does_not_check_joins_nothing() -> None:
    listed = company("a_list:1", "Zyxomatic Mills", BROKEN, listed=True)
    network = link_entries([listed], Sourced([owns("r:9", "r:7")], [company("r:9", "Z", BROKEN)]))
    assert network.joined == {}


def test_a_link_between_two_entries_of_one_company_is_named_and_left_out() -> None:
    entries = [company("r:1", "A", LEI), company("r:2", "B", LEI)]
    network = link_entries([], Sourced([owns("r:1", "r:2")], entries))
    assert network.links == ()
    assert "share an identifier" in network.problems[0].sentence


def test_an_end_that_no_source_describes_keeps_its_id_and_is_named() -> None:
    network = link_entries([], Sourced([owns("r:gone", "r:1")], [company("r:1", "A")]))
    assert network.nodes["r:gone"].caption == "r:gone"
    assert not network.nodes["r:gone"].is_legal_person
    assert [each.value for each in network.problems] == ["r:gone"]


def test_ties_that_lists_print_are_links_but_not_where_a_reader_of_links_read_them() -> None:
    tie = PrintedLink(
        "UnknownLink", "parent", "Zyxomatic Group", "a_list:2", "a_list", "2026-01-01"
    )
    mill = Company("a_list:1", "Company", (Name("Zyxomatic Mills"),), links=(tie,))
    group = company("a_list:2", "Zyxomatic Group", listed=True)
    [link] = link_entries([mill, group]).links
    assert (link.owner, link.target, link.share) == ("a_list:2", "a_list:1", ANY_SHARE)
    assert link_entries([mill, group], Sourced(read=frozenset({"a_list"}))).is_empty


def test_without_ties_there_is_nothing() -> None:
    assert link_entries([company("a_list:1", "A", listed=True)]) == Network()


def test_claims_follow_the_company_that_they_name() -> None:
    note = ClaimNote("claim:1", "c", "Z", "Somebody", "Says so.", "supplied", "states", "Z")
    listed = company("a_list:1", "Zyxomatic Mills", LEI, listed=True)
    party = company("case:c:name:1", "Zyxomatic", LEI)
    network = link_entries([listed], Sourced(nodes=[party], notes={"case:c:name:1": (note,)}))
    assert dict(network.notes) == {"a_list:1": (note,)}


@given(st.permutations(range(5)))
def test_the_order_of_links_changes_no_node(order: list[int]) -> None:
    entries = [
        company("r:1", "A", LEI),
        company("r:2", "B", LEI, NUMBER),
        company("r:3", "C", NUMBER),
    ]
    links = [owns(f"r:{1 + each % 4}", "r:5", each) for each in order]
    network = link_entries([], Sourced(links, entries))
    assert set(network.nodes) == {"r:1", "r:4", "r:5"}
    assert {link.id for link in network.links} == {f"r:{each}" for each in order}


MILL = company("a_list:1", "Zyxomatic Cotton Mills", listed=True)


def named(*entries: Company) -> Network:
    others = [owns(each.id, "r:0", place) for place, each in enumerate(entries)]
    return link_entries([MILL], Sourced(others, [*entries, company("r:0", "Quorbel Shops")]))


def test_names_make_a_link_with_a_probability_and_no_single_node() -> None:
    network = join_by_name(
        named(company("r:1", "Zyxomatic Cotton Mills Ltd")), [NameIndex([MILL])], 0.5
    )
    [link] = [each for each in network.links if each.kind == "same"]
    assert (link.owner, link.target) == ("r:1", "a_list:1")
    assert link.source.probability is not None
    assert 0.5 <= link.source.probability < 1
    assert "a_list:1" in network.nodes
    assert network.joined == {}


@pytest.mark.parametrize(
    "entry",
    [
        company("r:1", "Entirely Other Words"),
        Company("r:1", "Person", (Name("Zyxomatic Cotton Mills"),)),
        Company("r:1", "Thing", (Name("Zyxomatic Cotton Mills"),)),
        Company("r:1", "Company", (Name("Zyxomatic Cotton Mills", "weakAlias"),)),
        company("a_list:9", "Zyxomatic Cotton Mills"),
    ],
    ids=["another name", "a person", "a thing", "known by a number", "an entry of the same list"],
)
def test_what_names_do_not_join(entry: Company) -> None:
    network = join_by_name(named(entry), [NameIndex([MILL])], 0.5)
    assert [each for each in network.links if each.kind == "same"] == []


def test_with_too_many_names_only_identifiers_join_and_the_limit_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("answerable.exposure.linking.names.MOST_NAMES", 1)
    network = named(company("r:1", "Zyxomatic Cotton Mills"))
    listed = NameIndex([MILL])
    joined = join_by_name(network, [listed], 0.5)
    assert joined.links == network.links
    assert "joined by identifiers only" in joined.limits[0]
    assert index_unlisted(unlisted_companies(network), listed) is None


def test_few_names_in_a_case_make_no_supplier_likelier_to_be_one() -> None:
    listed = NameIndex(
        [company(f"a_list:{each}", f"Zyx{each} Quorbel{each}") for each in range(300)]
    )
    few = index_unlisted([company("r:1", "Zyxomatic")], listed)
    assert few is not None
    assert few.prior == listed.prior


def test_an_id_tells_its_source() -> None:
    assert origin_of("uk_psc:1:2") == "uk_psc"
