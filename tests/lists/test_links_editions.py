"""Links as editions: collected, counted, chosen for a day, and held apart from listed companies."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from answerable import story
from answerable.engine.workspace import Workspace
from answerable.errors import ListChanged
from answerable.lists.cards import load_card, write_card
from answerable.lists.editions import list_editions, load_links
from answerable.lists.links.printed import read_printed
from answerable.lists.links.readers import read_links
from answerable.lists.links.selection import choose_links, cover_links, select_links
from answerable.lists.selection import select_companies
from answerable.lists.sources import shipped_lists
from answerable.model import Company, Name, PrintedLink

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "links"
TABLE = FIXTURES / "table" / "owners.csv"
DAY = date(2026, 1, 1)


@pytest.fixture
def collect(workspace: Workspace, tmp_path: Path) -> Callable[..., story.Collected]:
    """Collect a file of links with a card made for its reader."""

    def run(
        list_id: str, reader: str, name: str, edition: str = "2025-06-01", **more: object
    ) -> story.Collected:
        card = replace(load_card(FIXTURES / "table" / "card.yaml"), id=list_id, reader=reader)
        if reader != "links_table":
            card = replace(card, columns={}, options={})
        path = tmp_path / f"{list_id}.yaml"
        path.write_text(write_card(replace(card, **more)), encoding="utf-8")  # type: ignore[arg-type]
        return story.collect(workspace, list_id, [str(FIXTURES / name)], card=path, edition=edition)

    return run


def test_a_file_of_links_is_an_edition_with_its_count(
    collect: Callable[..., story.Collected], workspace: Workspace
) -> None:
    collected = collect("my_owners", "links_table", "table/owners.csv")
    assert (collected.links, collected.companies) == (6, 0)
    assert len(collected.problems) == 8
    assert collected.edition.folder.joinpath("owners.csv").read_bytes() == TABLE.read_bytes()
    again = collect("my_owners", "links_table", "table/owners.csv")
    assert not again.edition.is_new
    assert (again.links, again.problems) == (collected.links, collected.problems)


def test_the_count_of_links_is_held_to_the_card(
    collect: Callable[..., story.Collected], workspace: Workspace
) -> None:
    with pytest.raises(ListChanged, match="6 links were read, but its card expects between 7"):
        collect("my_owners", "links_table", "table/owners.csv", counts=(7, 9))
    assert list_editions(workspace) == []


def test_links_are_read_for_a_day_and_nobody_is_listed_in_them(
    collect: Callable[..., story.Collected], workspace: Workspace
) -> None:
    collect("my_owners", "links_table", "table/owners.csv", "2025-06-01")
    collect("my_owners", "links_table", "table/owners.csv", "2025-12-01", counts=(1, 30))
    collect("my_register", "bods", "bods/history.json", "2026-06-01")
    selection = select_links(workspace, DAY)
    assert {link.source.origin for link in selection.links} == {"my_owners"}
    assert {link.source.edition for link in selection.links} == {"2025-12-01"}
    assert [(each.list, each.links) for each in selection.coverage] == [("my_owners", 6)]
    later = select_links(workspace, date(2026, 7, 1))
    assert later.read == {"my_owners", "my_register"}
    assert select_companies(workspace, DAY).companies == ()
    assert select_companies(workspace, DAY, None).coverage.editions == ()


def test_a_list_that_is_not_searched_gives_no_links_but_a_register_does(
    collect: Callable[..., story.Collected], workspace: Workspace
) -> None:
    collect("my_entities", "ftm", "ftm/ties.ftm.json")
    collect("my_register", "bods", "bods/history.json")
    story.collect(workspace, "us_dod_1260h", ["shipped"])
    everything = {each.list for each in choose_links(workspace, DAY)}
    assert everything == {"my_entities", "my_register"}
    some = {each.list for each in choose_links(workspace, DAY, ["us_dod_1260h"])}
    assert some == {"my_register"}


def test_followthemoney_gives_companies_and_links(
    collect: Callable[..., story.Collected], workspace: Workspace
) -> None:
    collected = collect("my_entities", "ftm", "ftm/ties.ftm.json")
    assert (collected.companies, collected.links) == (2, 7)
    companies = select_companies(workspace, DAY).companies
    selection = select_links(workspace, DAY)
    assert {node.id for node in selection.nodes} == {company.id for company in companies}
    assert selection.coverage == ()
    assert read_printed(companies, without=selection.read)[0] == []


def test_a_tally_that_is_lost_is_counted_anew(
    collect: Callable[..., story.Collected], workspace: Workspace
) -> None:
    collected = collect("my_register", "bods", "bods/history.json")
    [kept] = list((workspace.build_folder / "links").iterdir())
    kept.write_text("{")
    assert [each.links for each in cover_links(workspace, DAY)] == [collected.links]
    kept.unlink()
    assert story.lists(workspace, DAY).links[0].links == collected.links


@pytest.mark.parametrize(
    ("reader", "name"),
    [
        ("bods", "bods/history.json"),
        ("bods", "bods/faults.json"),
        ("ftm", "ftm/ties.ftm.json"),
        ("uk_psc", "psc/snapshot.txt"),
        ("links_table", "table/owners.csv"),
    ],
)
def test_links_from_the_cache_are_those_of_the_file(
    reader: str, name: str, collect: Callable[..., story.Collected], workspace: Workspace
) -> None:
    edition = collect("my_links", reader, name).edition
    read = load_links(workspace, edition)
    [kept] = list((workspace.build_folder / "ties").iterdir())
    assert (
        load_links(workspace, edition)
        == read
        == read_links(edition.files, edition.card, edition.edition)
    )
    whole = kept.read_bytes()
    for damage in (b"", b"{}\n", whole[: len(whole) // 2], b"\xff" + whole):
        kept.write_bytes(damage)
        assert load_links(workspace, edition) == read
        assert kept.read_bytes() == whole


def test_the_ties_that_shipped_lists_print(workspace: Workspace) -> None:
    """1260H prints parents; OFAC and BIS print ties of which they say no more."""
    for list_id in shipped_lists():
        story.collect(workspace, list_id, ["shipped"])
    companies = select_companies(workspace, DAY).companies
    links, nodes, problems = read_printed(companies)
    kinds = {(link.source.origin, link.kind, link.interest) for link in links}
    assert kinds == {
        ("us_dod_1260h", "ownership", "unknownInterest"),
        ("us_bis_entity_list", "unknown", None),
        ("us_ofac_consolidated", "unknown", None),
        ("us_ofac_sdn", "unknown", None),
    }
    ids = {company.id for company in companies}
    assert all(link.owner in ids and link.target in ids for link in links if link.kind != "unknown")
    assert all(link.share is None or link.share.low == 0 for link in links)
    assert {node.schema for node in nodes} <= {"LegalEntity", "Person"}
    assert problems == []


@pytest.mark.parametrize(
    ("role", "kind", "owner"),
    [
        ("parent", "ownership", "mine:other"),
        ("Parent, as printed by indentation", "ownership", "mine:other"),
        ("subsidiary of", "ownership", "mine:other"),
        ("wholly-owned subsidiary of", "ownership", "mine:other"),
        ("owned by (shareholder)", "ownership", "mine:other"),
        ("owned or controlled by", "ownership", "mine:other"),
        ("controlled by", "control", "mine:other"),
        ("parent of", "ownership", "mine:one"),
        ("owner of", "ownership", "mine:one"),
        ("directed by", "directorship", "mine:other"),
        ("director of (chair)", "directorship", "mine:one"),
        ("Linked To", "unknown", "mine:one"),
        ("Affiliated Entity", "unknown", "mine:one"),
        ("parental advice from", "unknown", "mine:one"),
    ],
)
def test_the_words_of_a_list_decide(role: str, kind: str, owner: str) -> None:
    tie = PrintedLink("UnknownLink", role, "Invented Other", list="mine", edition="2025-01-01")
    one = Company("mine:one", "Company", (Name("Invented One"),), links=(tie,))
    other = Company("mine:other", "Company", (Name("INVENTED  OTHER."),))
    [link], nodes, _ = read_printed([one, other])
    assert (link.kind, link.owner, link.role) == (kind, owner, role)
    assert nodes == []


def test_a_name_that_several_entries_bear_is_a_name_only() -> None:
    tie = PrintedLink("UnknownLink", "parent", "Invented Other", list="mine", edition="2025-01-01")
    one = Company("mine:one", "Company", (Name("Invented One"),), links=(tie, tie))
    others = [Company(f"mine:{n}", "Company", (Name("Invented Other"),)) for n in (1, 2)]
    [link], [node], [problem] = read_printed([one, *others])
    assert link.owner == node.id
    assert "Several entries" in problem.sentence


def test_a_person_is_no_company_that_could_be_matched() -> None:
    tie = PrintedLink("UnknownLink", "Linked To", "INVENTED, Anna", list="mine", edition="1")
    one = Company("mine:one", "Company", (Name("INVENTED ONE CO., LTD"),), links=(tie,))
    _, [node], _ = read_printed([one])
    assert node.schema == "Person"
