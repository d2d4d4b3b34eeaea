"""Cards: the shipped ones hold, faulty ones are refused with the field, YAML tricks do no harm."""

import json
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from answerable.errors import CardFaulty
from answerable.lists.cards import known_cards, load_card, make_ftm_card, read_card, write_card
from answerable.lists.grounds import classify

PLAIN = """\
schema: answerable.card/1
id: my_list
title: My List
issuer: An Office
url: https://invented.example/list
licence: free
ground_class: other
cadence: monthly
max_age_days: 40
complete: true
counts: {min: 1, max: 9}
reader: table
columns: {name: Name}
"""


def test_plain_card_reads() -> None:
    card = read_card(PLAIN)
    assert (card.id, card.counts, card.columns) == ("my_list", (1, 9), {"name": "Name"})
    assert card.legal_basis is None


@pytest.mark.parametrize("list_id", sorted(known_cards()))
def test_known_card_is_whole(list_id: str) -> None:
    card = known_cards()[list_id]
    assert card.id == list_id
    assert read_card(write_card(card)) == card
    assert card.url.startswith("https://")
    may_be_empty = list_id == "uk_debarment_list"  # it may name nobody, and that is an answer
    assert (0 if may_be_empty else 1) <= card.counts[0] <= card.counts[1]
    assert card.note or card.reader != "table", "a card for any table says how it was tried"


def test_lists_of_the_first_issue_are_known() -> None:
    wanted = {
        "us_bis_entity_list", "us_dod_1260h", "us_ofac_sdn", "us_ofac_consolidated",
        "un_sc_consolidated", "us_csl", "us_uflpa_entity_list", "uk_sanctions_list",
        "eu_consolidated_list", "us_fcc_covered_list", "us_cbp_wro", "us_section_889",
    }  # fmt: skip
    assert wanted <= set(known_cards())


def test_every_rule_has_its_source() -> None:
    rules = [rule for card in known_cards().values() for rule in card.ground_class_by]
    assert rules
    assert all(rule["source"] for rule in rules)


@pytest.mark.parametrize(
    ("line", "becomes", "field"),
    [
        ("id: my_list", "id: My List", "id"),
        ("id: my_list\n", "", "the whole card"),
        ("counts: {min: 1, max: 9}", "counts: {min: 1}", "counts"),
        ("counts: {min: 1, max: 9}", "counts: {min: 9, max: 1}", "counts"),
        ("counts: {min: 1, max: 9}", "counts: {min: many, max: 9}", "counts.min"),
        ("ground_class: other", "ground_class: bad", "ground_class"),
        ("reader: table", "reader: magic", "reader"),
        ("max_age_days: 40", "max_age_days: -1", "max_age_days"),
        ("complete: true", "complete: perhaps", "complete"),
        ("columns: {name: Name}", "columns: {surname: Name}", "columns"),
        ("columns: {name: Name}", "columns: {name: 7}", "columns.name"),
        ("title: My List", "title: T\nfiles: {list: {name: ../etc/passwd}}", "files.list.name"),
        ("title: My List", "title: T\nfiles: {list: {name: a, url: 'http://x'}}", "files.list.url"),
        ("title: My List", "title: My List\nedition: 2025-13", "edition"),
        ("title: My List", "title: My List\nunknown: 1", "the whole card"),
    ],
)  # fmt: skip
def test_faulty_card_names_its_field(line: str, becomes: str, field: str) -> None:
    assert line in PLAIN
    with pytest.raises(CardFaulty) as raised:
        read_card(PLAIN.replace(line, becomes), "my.yaml")
    assert raised.value.field == field
    assert "my.yaml" in str(raised.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a list",
        "just words",
        "a: [1, 2",
        "\tbad: tab",
        "a: &x [1]\nb: *x",
        "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]",
        "[" * 500 + "]" * 500,
        "!!python/object/apply:os.system ['true']",
        "\x00",
        "a: 2025-99-99",
    ],
)
def test_strange_yaml_is_a_faulty_card(text: str) -> None:
    with pytest.raises(CardFaulty):
        read_card(text)


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"title: \x80", b"\x00" * 10, b"x" * 1_000_001]
)
def test_strange_bytes_are_a_faulty_card(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "card.yaml"
    path.write_bytes(content)
    with pytest.raises(CardFaulty):
        load_card(path)


def test_missing_card(tmp_path: Path) -> None:
    with pytest.raises(CardFaulty, match="No such file"):
        load_card(tmp_path / "card.yaml")


def test_card_for_ftm_needs_an_id() -> None:
    with pytest.raises(CardFaulty):
        make_ftm_card("Not An Id")


def test_schema_describes_every_property() -> None:
    file = resources.files("answerable.lists") / "card.schema.json"
    missing = list(_undescribed(json.loads(file.read_text(encoding="utf-8")), "card"))
    assert not missing


def _undescribed(schema: dict[str, Any], path: str) -> list[str]:
    found = []
    for name, spec in schema.get("properties", {}).items():
        if "description" not in spec:
            found.append(f"{path}.{name}")
        found += _undescribed(spec, f"{path}.{name}")
    if isinstance(schema.get("items"), dict):
        found += _undescribed(schema["items"], f"{path}[]")
    return found


@pytest.mark.parametrize(
    ("citation", "ground_class"),
    [
        ("84 FR 54002; 85 FR 44159", "human_rights"),
        ("86 FR 33120", "forced_labour"),
        ("84 FR 22961, 85 FR 29852, 85 FR 36720", "national_security"),
        ("84 FR 43495", "national_security"),
        ("86 FR 36496", "export_control"),
        ("86 FR 331201", "export_control"),
        ("186 FR 33120", "export_control"),
        ("", "export_control"),
        (None, "export_control"),
    ],
)
def test_class_follows_the_citation(citation: str | None, ground_class: str) -> None:
    card = known_cards()["us_bis_entity_list"]
    assert classify(card, {"citation": citation}) == ground_class


def test_class_by_program_wants_the_whole_code() -> None:
    card = known_cards()["us_ofac_consolidated"]
    assert classify(card, {"programs": ("SDGT", "CMIC-EO13959")}) == "investment_ban"
    assert classify(card, {"programs": ("CMIC-EO139591",)}) == "sanctions"
    assert classify(known_cards()["us_ofac_sdn"], {"programs": ("GLOMAG",)}) == "sanctions"
