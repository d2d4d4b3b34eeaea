"""Golden pairs: what each reader makes of a small file, with its traps, in full."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.lists.readers import read_files
from answerable.lists.reading import Reading
from answerable.model import Card

CASES = {
    "ofac": ("us_ofac_consolidated", {"prim": "prim.csv", "alt": "alt.csv", "add": "add.csv"}),
    "un": ("un_sc_consolidated", {"list": "list.xml"}),
    "csl-old": ("us_csl", {"list": "old.csv"}),
    "csl-new": ("us_csl", {"list": "new.csv"}),
    "csl-interface": ("us_csl", {"list": "interface.json"}),
    "ftm": ("invented_mill", {"list": "mill.ftm.json"}),
    "table-entity_list": ("us_bis_entity_list", {"list": "entity_list.csv"}),
    "table-military": ("us_dod_1260h", {"list": "military.csv"}),
    "table-uk": ("uk_sanctions_list", {"list": "uk.csv"}),
}


@pytest.mark.parametrize("case", CASES)
def test_reading_is_as_reviewed(
    case: str,
    card_of: Callable[..., Card],
    fixture_file: Callable[[str], Path],
    show: Callable[[Reading], str],
    golden: Callable[[str, Path], None],
) -> None:
    list_id, names = CASES[case]
    folder = case.partition("-")[0]
    files = {role: fixture_file(f"{folder}/{name}") for role, name in names.items()}
    card = card_of(list_id, url="https://invented.example/")
    if case == "table-entity_list":
        columns = {name: column for name, column in card.columns.items() if name != "url"}
        card = dataclasses.replace(card, columns=columns)
    text = show(read_files(files, card))
    golden(text, next(iter(files.values())).parent / f"{case}-expected.json")
    assert text == show(read_files(files, card)), "reading twice gives the same"
