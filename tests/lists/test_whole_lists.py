"""Whole lists of the shared data: counts agree with its README. Skipped where they are not here."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from answerable.lists.cards import known_cards, make_ftm_card
from answerable.lists.readers import find_date, read_files
from answerable.lists.reading import Reading, count_standing

SharedData = Callable[[str], Path]
OFAC_2021 = {
    "prim": "ofac_sdn_2021/sdn.csv",
    "alt": "ofac_sdn_2021/alt.csv",
    "add": "ofac_sdn_2021/add.csv",
}
OFAC_2019 = {role: name.replace("2021", "2019") for role, name in OFAC_2021.items()}
CONSOLIDATED = {role: f"ofac_consolidated/cons_{role}.csv" for role in ("prim", "alt", "add")}
BIS = {"list": "bis/bis_entity_list_2025-11-08.csv"}
BIS_SUBSET = {"list": "bis/bis_huawei_and_xinjiang_subset.csv"}
MILITARY = {"list": "dod_1260h/section_1260h_2025-01-07.csv"}
UN = {"list": "un/UN_consolidated.xml"}
CSL_OLD = {"list": "csl_sample/csl_layout_2019-12-03.csv"}
CSL_NEW = {"list": "csl_sample/csl_layout_2025-12-23.csv"}


def read_shared(shared_data: SharedData, list_id: str, names: dict[str, str]) -> Reading:
    files = tuple((role, shared_data(f"lists/{name}")) for role, name in names.items())
    return read_once(list_id, files)


@cache
def read_once(list_id: str, files: tuple[tuple[str, Path], ...]) -> Reading:
    """Read a whole list once for all tests of this module."""
    return read_files(dict(files), known_cards()[list_id])


@pytest.mark.parametrize(
    ("list_id", "names", "persons", "legal_persons", "others"),
    [
        ("us_ofac_sdn", OFAC_2021, 4620, 3673, 406 + 277),
        ("us_ofac_sdn", OFAC_2019, 3845, 2994, 323 + 217),
        ("us_ofac_consolidated", CONSOLIDATED, 79, 363, 0),
        ("un_sc_consolidated", UN, 730, 273, 0),
        ("us_bis_entity_list", BIS, 248, 3421 - 248, 0),
        ("us_bis_entity_list", BIS_SUBSET, 1, 220, 0),
        ("us_dod_1260h", MILITARY, 0, 139, 0),
        ("us_csl", CSL_OLD, 32, 81, 2),
        ("us_csl", CSL_NEW, 4, 9, 0),
    ],
)
def test_counts_agree(
    list_id: str,
    names: dict[str, str],
    persons: int,
    legal_persons: int,
    others: int,
    shared_data: SharedData,
) -> None:
    companies, _ = read_shared(shared_data, list_id, names)
    assert len(companies) == persons + legal_persons + others
    assert sum(each.is_legal_person for each in companies) == legal_persons
    assert sum(each.schema == "Person" for each in companies) == persons
    assert len({each.id for each in companies}) == len(companies)


@pytest.mark.parametrize(
    ("list_id", "names"),
    [
        ("us_ofac_sdn", OFAC_2021),
        ("us_ofac_sdn", OFAC_2019),
        ("us_ofac_consolidated", CONSOLIDATED),
        ("un_sc_consolidated", UN),
        ("us_bis_entity_list", BIS),
        ("us_dod_1260h", MILITARY),
    ],
)
def test_whole_editions_lie_within_their_card(
    list_id: str, names: dict[str, str], shared_data: SharedData
) -> None:
    companies, _ = read_shared(shared_data, list_id, names)
    least, most = known_cards()[list_id].counts
    assert least <= count_standing(companies) <= most


def test_every_row_of_aliases_and_addresses_is_read(shared_data: SharedData) -> None:
    for names in (OFAC_2021, OFAC_2019, CONSOLIDATED):
        list_id = "us_ofac_consolidated" if names is CONSOLIDATED else "us_ofac_sdn"
        _, problems = read_shared(shared_data, list_id, names)
        assert not [each for each in problems if "not read" in each.sentence]


def test_two_editions_of_the_sdn_list_differ_as_known(shared_data: SharedData) -> None:
    new, _ = read_shared(shared_data, "us_ofac_sdn", OFAC_2021)
    old, _ = read_shared(shared_data, "us_ofac_sdn", OFAC_2019)
    names = [{each.id: each.caption for each in companies} for companies in (old, new)]
    assert len(names[1].keys() - names[0].keys()) == 1858
    assert len(names[0].keys() - names[1].keys()) == 261
    both = names[0].keys() & names[1].keys()
    assert sum(names[0][key] != names[1][key] for key in both) == 20


def test_xinjiang_bodies_stand_on_the_sdn_list(shared_data: SharedData) -> None:
    companies, _ = read_shared(shared_data, "us_ofac_sdn", OFAC_2021)
    by_id = {each.id: each for each in companies}
    assert by_id["us_ofac_sdn:29159"].caption == "XINJIANG PUBLIC SECURITY BUREAU"
    assert len(by_id["us_ofac_sdn:29159"].names) == 5
    assert by_id["us_ofac_sdn:29299"].listings[0].programs == ("GLOMAG",)


def test_identifiers_of_the_consolidated_list(shared_data: SharedData) -> None:
    companies, _ = read_shared(shared_data, "us_ofac_consolidated", CONSOLIDATED)
    military = [c for c in companies if "CMIC-EO13959" in c.listings[0].programs]
    assert len(military) == 68
    assert {c.listings[0].ground_class for c in military} == {"investment_ban"}
    assert all(c.listings[0].since for c in military)
    printed = [each for c in companies for each in c.identifiers]
    found = Counter(each.scheme for each in printed)
    assert (found["USCC"], found["LEI"], found["BIC"]) == (58, 14, 33)
    assert all(each.valid for each in printed if each.scheme in ("USCC", "LEI"))
    [huawei] = [c for c in companies if c.id == "us_ofac_consolidated:30947"]
    assert [each.value for each in huawei.identifiers] == ["914403001922038216"]


def test_traps_of_the_entity_list(shared_data: SharedData) -> None:
    companies, problems = read_shared(shared_data, "us_bis_entity_list", BIS)
    assert not problems
    assert not [c.caption for c in companies if c.caption.endswith(",")]
    assert not [c for c in companies if c.listings[0].ground], "a licence policy is no ground"
    assert sum(c.listings[0].since is None for c in companies) == 154
    assert sum(c.listings[0].citation is None for c in companies) == 24
    assert sum(not c.countries for c in companies) == 3
    classes = Counter(c.listings[0].ground_class for c in companies)
    assert (classes["forced_labour"], classes["human_rights"]) == (5, 56)
    mixed = [c for c in companies if c.listings[0].citation == "86 FR 36496"]
    assert {c.listings[0].ground_class for c in mixed} == {"export_control"}


def test_whole_list_1260h(shared_data: SharedData) -> None:
    companies, problems = read_shared(shared_data, "us_dod_1260h", MILITARY)
    status = Counter(each.listings[0].status for each in companies)
    assert status == {"listed": 133, "removed": 6}
    assert sum(bool(each.links) for each in companies) == 77
    assert not problems


@pytest.mark.parametrize(
    ("list_id", "name", "day"),
    [
        ("un_sc_consolidated", "un/UN_consolidated.xml", "2026-02-27"),
        ("us_bis_entity_list", "bis/bis_entity_list_2025-11-08.csv", "2025-11-08"),
        ("us_dod_1260h", "dod_1260h/section_1260h_2025-01-07.csv", "2025-01-07"),
    ],
)
def test_day_is_found_in_the_data(
    list_id: str, name: str, day: str, shared_data: SharedData
) -> None:
    path = shared_data(f"lists/{name}")
    assert find_date({"list": path}, known_cards()[list_id]) == day


def test_no_personal_facts_are_kept_of_persons(shared_data: SharedData) -> None:
    companies, _ = read_shared(shared_data, "us_ofac_sdn", OFAC_2021)
    persons = [each for each in companies if each.schema == "Person"]
    assert not [each for each in persons if each.addresses or each.identifiers]
    assert not [each for each in persons if each.listings[0].remarks]


def test_ftm_file_of_organisations(shared_data: SharedData) -> None:
    path = shared_data("ownership/ftm/parteispenden_organisations.ftm.json")
    companies, problems = read_files({"list": path}, make_ftm_card("parteispenden"))
    assert Counter(each.schema for each in companies) == {"Company": 54, "Organization": 18}
    assert not problems
