"""What is searched on a day, and what is said about what is not."""

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from answerable.engine.workspace import Workspace
from answerable.errors import EditionMissing, ListUnknown
from answerable.lists.cards import known_cards
from answerable.lists.editions import collect_edition
from answerable.lists.selection import cover_editions, select_companies
from answerable.model import Card

DAY = date(2025, 6, 1)


@pytest.fixture
def filled(
    workspace: Workspace, card_of: Callable[..., Card], fixture_file: Callable[[str], Path]
) -> Workspace:
    ofac = [fixture_file(f"ofac/{role}.csv") for role in ("prim", "alt", "add")]
    collect_edition(workspace, card_of("us_ofac_sdn"), ofac, "2025-05-20")
    military = [fixture_file("table/military.csv")]
    collect_edition(workspace, card_of("us_dod_1260h"), military)
    csl = [fixture_file("csl/new.csv")]
    collect_edition(workspace, card_of("us_csl", complete=False), csl, "2025-01-01")
    own = [fixture_file("ftm/mill.ftm.json")]
    collect_edition(workspace, card_of("my_ftm"), own, "2025-01-01")
    return workspace


def test_coverage_counts_all_kinds(filled: Workspace) -> None:
    coverage = select_companies(filled, DAY).coverage
    by_list = {each.list: each for each in coverage.editions}
    assert sorted(by_list) == ["my_ftm", "us_csl", "us_dod_1260h", "us_ofac_sdn"]
    sdn = by_list["us_ofac_sdn"]
    assert sdn.counts == {"LegalEntity": 2, "Person": 1, "Vessel": 1, "Airplane": 1}
    assert (sdn.names, sdn.age_days, sdn.too_old, sdn.complete) == (7, 12, False, True)
    assert len(sdn.sha256) == 3
    assert sdn.problems == 3
    military = by_list["us_dod_1260h"]
    assert (military.counts, military.removed, military.names) == ({"Company": 3}, 1, 5)
    assert by_list["us_csl"].complete is False
    assert by_list["us_csl"].too_old is True


def test_known_lists_without_an_edition_are_named(filled: Workspace) -> None:
    absent = {each.list: each for each in select_companies(filled, DAY).coverage.absent}
    assert set(absent) == set(known_cards()) - {"us_csl", "us_dod_1260h", "us_ofac_sdn"}
    fcc = absent["us_fcc_covered_list"]
    assert fcc.why == "no edition is here"
    assert fcc.as_dict()["status"] == "not_evaluated"


def test_lists_left_out_are_not_asked_for(filled: Workspace) -> None:
    selection = select_companies(filled, DAY, ["us_dod_1260h"])
    assert {each.listings[0].list for each in selection.companies} == {"us_dod_1260h"}
    why = {each.list: each.why for each in selection.coverage.absent}
    assert why["us_ofac_sdn"] == why["us_fcc_covered_list"] == why["my_ftm"] == "not asked for"


def test_settings_of_the_workspace_hold(filled: Workspace) -> None:
    narrow = dataclasses.replace(
        filled, lists=("us_ofac_sdn", "us_cbp_wro"), max_age_days={"us_ofac_sdn": 3}
    )
    coverage = select_companies(narrow, DAY).coverage
    [sdn] = coverage.editions
    assert (sdn.max_age_days, sdn.too_old) == (3, True)
    why = {each.list: each.why for each in coverage.absent}
    assert why["us_cbp_wro"].startswith("no edition is here")
    assert why["us_dod_1260h"] == "not asked for"
    assert len(cover_editions(narrow, DAY).editions) == 4


def test_day_before_an_edition(filled: Workspace) -> None:
    selection = select_companies(filled, date(2025, 1, 5))
    assert [each.list for each in selection.coverage.editions] == ["my_ftm", "us_csl"]
    why = {each.list: each.why for each in selection.coverage.absent}
    assert "the earliest is of 2025-05-20" in why["us_ofac_sdn"]


def test_list_asked_for_must_be_there(filled: Workspace) -> None:
    with pytest.raises(EditionMissing, match="us_cbp_wro"):
        select_companies(filled, DAY, ["us_cbp_wro"])
    with pytest.raises(ListUnknown, match="no_such_list"):
        select_companies(filled, DAY, ["no_such_list"])


def test_listing_that_ended_is_removed(filled: Workspace) -> None:
    selection = select_companies(filled, DAY, ["us_csl"])
    status = {each.id: each.listings[0].status for each in selection.companies}
    assert status["us_csl:abc2"] == "removed", "its end, 2020-10-13, lies before the day"
    assert status["us_csl:abc1"] == "listed"
    assert selection.coverage.editions[0].removed == 1


def test_empty_workspace_says_what_is_absent(workspace: Workspace) -> None:
    selection = select_companies(workspace, DAY)
    assert selection.companies == ()
    assert len(selection.coverage.absent) == len(known_cards())


def test_same_workspace_gives_the_same(filled: Workspace) -> None:
    assert select_companies(filled, DAY) == select_companies(filled, DAY)
