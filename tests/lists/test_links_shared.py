"""The official BODS examples and the FollowTheMoney sample: read whole, never added up wrongly."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from answerable.lists.cards import load_card, make_ftm_card
from answerable.lists.links.readers import read_links
from answerable.model import ANY_SHARE, WHOLE, Link

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "links"
CARD = replace(load_card(FIXTURES / "table" / "card.yaml"), id="examples", reader="bods")
EXAMPLES = {
    "bods_v04_fixtures/core/01-direct-ownership.json": (2, 2),
    "bods_v04_fixtures/edge-cases/10-circular-ownership.json": (2, 2),
    "bods_v04_fixtures/edge-cases/11-anonymous-person.json": (1, 2),
    "data_standard_examples/bods-package-fi-soe.json": (5, 4),
    "data_standard_examples/fermcat.json": (7, 4),
    "data_standard_examples/joint-ownership.json": (3, 4),
    "data_standard_examples/multiple-indirect-ownership.json": (5, 4),
    "data_standard_examples/tecido.json": (15, 3),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_reads(name: str, shared_data: Callable[[str], Path]) -> None:
    links, nodes, _ = read_links({"list": shared_data(f"ownership/bods/{name}")}, CARD)
    assert (len(links), len(nodes)) == EXAMPLES[name]
    known = {node.id for node in nodes}
    assert all({link.owner, link.target} <= known for link in links)
    components = {each for link in links for each in link.components}
    assert components <= {link.id for link in links}


def on(links: list[Link], day: str, interest: str = "shareholding") -> dict[str, int]:
    """Add up the least shares of each company that hold on a day, as any user would."""
    sums: dict[str, int] = defaultdict(int)
    for link in links:
        holds = (link.start or "") <= day < (link.end or "9999")
        if holds and link.interest == interest and link.share and link.directness == "direct":
            sums[link.target] += link.share.low
    return sums


@pytest.mark.parametrize(
    "day", ["2019-10-01", "2021-01-01", "2021-06-01", "2021-12-01", "2024-01-01"]
)
def test_shares_before_and_after_never_add(day: str, shared_data: Callable[[str], Path]) -> None:
    path = shared_data("ownership/bods/data_standard_examples/fermcat.json")
    links, _, _ = read_links({"list": path}, CARD)
    assert on(links, day) == {"examples:ent-93c75c87ab28f889": WHOLE}


def test_every_day_of_a_long_history_adds_up(shared_data: Callable[[str], Path]) -> None:
    """The example's own overlap of two days in 2023, 80 and 30 percent, is all that is over 100."""
    path = shared_data("ownership/bods/data_standard_examples/tecido.json")
    links, _, _ = read_links({"list": path}, CARD)
    days = [date(2002, 3, 9) + timedelta(days=n) for n in range(9_000)]
    over = [day for day in days if on(links, day.isoformat())["examples:01B68D7633"] > WHOLE]
    assert over == [date(2023, 3, 1), date(2023, 3, 2)]


def test_a_company_that_owns_its_owner_is_kept_on_both_sides(
    shared_data: Callable[[str], Path],
) -> None:
    name = "ownership/bods/bods_v04_fixtures/edge-cases/10-circular-ownership.json"
    links, _, problems = read_links({"list": shared_data(name)}, CARD)
    assert {(each.owner, each.target) for each in links} == {
        ("examples:rec-alpha-corp", "examples:rec-beta-corp"),
        ("examples:rec-beta-corp", "examples:rec-alpha-corp"),
    }
    assert not problems


def test_an_unknown_owner_stays_unknown(shared_data: Callable[[str], Path]) -> None:
    name = "ownership/bods/bods_v04_fixtures/edge-cases/11-anonymous-person.json"
    [link], nodes, _ = read_links({"list": shared_data(name)}, CARD)
    owner = next(node for node in nodes if node.id == link.owner)
    assert link.share == ANY_SHARE
    assert link.role == "subjectUnableToConfirmOrIdentifyBeneficialOwner"
    assert not owner.is_legal_person
    assert owner.schema != "Person"


def test_components_stand_beside_the_whole(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("ownership/bods/data_standard_examples/bods-package-fi-soe.json")
    links, _, _ = read_links({"list": path}, CARD)
    [whole] = [link for link in links if link.components]
    assert whole.directness == "indirect"
    assert len(whole.components) == 4


def test_donations_are_no_links(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("ownership/ftm/parteispenden_organisations.ftm.json")
    links, nodes, _ = read_links({"list": path}, make_ftm_card("donations"))
    assert (len(links), len(nodes)) == (0, 72)
