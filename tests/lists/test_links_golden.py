"""Golden pairs: what each reader of links makes of a small file, with its traps, in full."""

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from answerable.lists.cards import load_card
from answerable.lists.links.gathering import LinkReading
from answerable.lists.links.readers import read_links
from answerable.model import Card, Share

FIXTURES = Path(__file__).resolve().parent.parent / "fixtures" / "links"
CASES = {
    "bods/history": ("bods", ["bods/history.json"]),
    "bods/faults": ("bods", ["bods/faults.json"]),
    "bods/old": ("bods", ["bods/old.jsonl"]),
    "bods/direct": ("bods", ["bods_v04_fixtures/core/01-direct-ownership.json"]),
    "bods/circular": ("bods", ["bods_v04_fixtures/edge-cases/10-circular-ownership.json"]),
    "bods/anonymous": ("bods", ["bods_v04_fixtures/edge-cases/11-anonymous-person.json"]),
    "ftm/ties": ("ftm", ["ftm/ties.ftm.json"]),
    "gleif/alone": ("gleif_rr", ["gleif/rr.csv"]),
    "gleif/named": ("gleif_rr", ["gleif/repex.csv", "gleif/rr.csv", "gleif/lei.csv"]),
    "psc/snapshot": ("uk_psc", ["psc/snapshot.txt"]),
    "table/owners": ("links_table", ["table/owners.csv"]),
}


@pytest.mark.parametrize("case", CASES)
def test_reading_is_as_reviewed(case: str, golden: Callable[[str, Path], None]) -> None:
    reader, names = CASES[case]
    files = {f"file{place}": FIXTURES / name for place, name in enumerate(names)}
    text = show_links(read_links(files, _card(reader), "2026-01-01"))
    golden(text, FIXTURES / f"{case}-expected.json")
    assert text == show_links(read_links(files, _card(reader), "2026-01-01")), "twice the same"


def _card(reader: str) -> Card:
    card = load_card(FIXTURES / "table" / "card.yaml")
    return dataclasses.replace(card, id="my_links", reader=reader)


def show_links(reading: LinkReading) -> str:
    links, nodes, problems = reading
    content = {
        "links": [_shown(each) for each in links],
        "nodes": [_shown(each) for each in nodes],
        "problems": [each.as_dict() for each in problems],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _shown(noun: object) -> object:
    if isinstance(noun, Share):
        left, right = "(" if noun.low_open else "[", ")" if noun.high_open else "]"
        return f"{left}{noun.low:,}, {noun.high:,}{right}"
    if isinstance(noun, tuple):
        return [_shown(each) for each in noun]
    if not dataclasses.is_dataclass(noun):
        return noun
    parts = {each.name: getattr(noun, each.name) for each in dataclasses.fields(noun)}
    return {name: _shown(part) for name, part in parts.items() if part not in (None, (), "")}
