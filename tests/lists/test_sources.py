"""Where lists come from: files, addresses, and the copies that ship, as their cards say."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from answerable.engine.workspace import Workspace
from answerable.errors import (
    DownloadFailed,
    EditionMissing,
    ListUnknown,
    TableMissing,
    UsageError,
)
from answerable.lists.cards import known_cards
from answerable.lists.editions import collect_edition
from answerable.lists.selection import select_companies
from answerable.lists.sources import gather_sources, shipped_files, shipped_lists
from answerable.model import Card
from tools.cut_shipped_lists import cut_all

SHIPPED = {
    "us_bis_entity_list": ("2025-11-08", False, 221, {"LegalEntity": 221}),
    "us_dod_1260h": ("2025-01-07", True, 133, {"Company": 139}),
    "us_ofac_consolidated": ("2025-12-19", False, 68, {"LegalEntity": 68}),
    "us_ofac_sdn": ("2021-07-07", False, 2, {"LegalEntity": 2}),
}


def test_shipped_lists_are_these() -> None:
    assert set(shipped_lists()) == set(SHIPPED)


@pytest.mark.parametrize("list_id", SHIPPED)
def test_shipped_copy_is_honest(list_id: str, workspace: Workspace) -> None:
    edition, complete, standing, counts = SHIPPED[list_id]
    sources = shipped_files(list_id)
    known = known_cards()[list_id]
    assert sources.card.counts == (standing, standing)
    assert sources.card.ground_class_by == known.ground_class_by
    assert sources.card.complete is complete
    assert sources.card.note
    collected = collect_edition(workspace, sources.card, sources.files)
    assert collected.edition == edition
    selection = select_companies(workspace, date(2026, 11, 24))
    assert selection.coverage.editions[0].counts == counts, "no natural person ships"


def test_huawei_uk_is_read_as_printed(workspace: Workspace) -> None:
    sources = shipped_files("us_bis_entity_list")
    collect_edition(workspace, sources.card, sources.files)
    companies = select_companies(workspace, date(2026, 11, 24)).companies
    [uk] = [each for each in companies if each.caption == "Huawei Technologies (UK) Co., Ltd."]
    [listing] = uk.listings
    assert uk.countries == ("gb",)
    assert (listing.ground, listing.ground_class) == (None, "national_security")
    assert listing.citation is not None
    assert listing.citation.startswith("84 FR 22963")


def test_no_affiliated_entity_keeps_its_head_s_name(workspace: Workspace) -> None:
    sources = shipped_files("us_bis_entity_list")
    collect_edition(workspace, sources.card, sources.files)
    companies = select_companies(workspace, date(2026, 11, 24)).companies
    affiliated = [each for each in companies if each.links]
    assert len(affiliated) == 22
    for company in affiliated:
        assert "Affiliated Entity" not in company.caption
        assert any("Affiliated Entity" in name.value for name in company.names)
        assert company.links[0].other_name == "Huawei Technologies Co., Ltd. (Huawei)"


def test_cuts_can_be_made_again(shared_data: Callable[[str], Path]) -> None:
    for path, content in cut_all(shared_data("lists")):
        assert path.read_bytes() == content, f"{path.name} differs from its cut"


def test_file_wins_over_the_issuer(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name\n", encoding="utf-8")
    sources = gather_sources("us_section_889", [str(path)], tmp_path)
    assert (sources.card.id, sources.files) == ("us_section_889", (path,))


def test_own_card_is_taken(tmp_path: Path, card_of: Callable[..., Card]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("name\n", encoding="utf-8")
    card = card_of("my_own_list")
    assert gather_sources("my_own_list", [str(path)], tmp_path, card).card is card


def test_shipped_is_taken(tmp_path: Path) -> None:
    assert gather_sources("us_ofac_sdn", ["shipped"], tmp_path).card.complete is False


@pytest.mark.parametrize(
    ("list_id", "places", "error"),
    [
        ("no_such_list", ["x.csv"], ListUnknown),
        ("no_such_list", ["shipped"], EditionMissing),
        ("uk_sanctions_list", ["shipped"], EditionMissing),
        ("us_ofac_sdn", ["shipped", "x.csv"], UsageError),
        ("us_ofac_sdn", ["no-such-file.csv"], TableMissing),
        ("us_section_889", [], EditionMissing),
        ("us_ofac_sdn", ["https://127.0.0.1/sdn.csv"], DownloadFailed),
        ("us_ofac_sdn", ["http://198.51.100.7/sdn.csv"], DownloadFailed),
    ],
)
def test_sources_that_are_none(
    list_id: str, places: list[str], error: type[Exception], tmp_path: Path
) -> None:
    with pytest.raises(error):
        gather_sources(list_id, places, tmp_path)
