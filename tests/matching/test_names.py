from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from answerable.matching.names import list_variants, take_apart
from answerable.matching.normal_form import normalise
from tests.strategies import names, plausible_names

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "names.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"] or "empty")
def test_a_name_is_taken_apart(case: dict[str, Any]) -> None:
    parts = take_apart(case["name"])
    core = sorted(parts.core) if case.get("any_order") else list(parts.core)
    assert core == case["core"]
    assert [place.words for place in parts.places] == case.get("places", [])
    assert list(parts.forms) == case.get("forms", [])
    assert list(parts.numbers) == case.get("numbers", [])


@given(names | plausible_names)
def test_normalising_twice_is_normalising_once(name: str) -> None:
    assert normalise(normalise(name)) == normalise(name)


@given(names | plausible_names)
def test_every_name_with_a_letter_keeps_a_core(name: str) -> None:
    parts = take_apart(name)
    assert bool(parts.core or parts.numbers) == bool(normalise(name))
    assert all(parts.core)


@given(names | plausible_names)
def test_a_name_has_at_least_one_variant(name: str) -> None:
    variants = list_variants(name)
    assert variants
    assert len(set(variants)) == len(variants)


@pytest.mark.parametrize(
    ("name", "variants"),
    [
        ("Invented Foods Ltd t/a The Mill", ("Invented Foods Ltd", "The Mill")),
        ("Invented Foods Ltd (trading as The Mill)", ("Invented Foods Ltd", "The Mill")),
        ("Invented Foods Ltd T/AS: Mill", ("Invented Foods Ltd", "Mill")),
        ("Invented (formerly Old Mill) Ltd", ("Invented", "Old Mill) Ltd")),
        ("Invented Foods (UK) Ltd", ("Invented Foods (UK) Ltd",)),
        ("Data Ltd", ("Data Ltd",)),
    ],
)
def test_trading_and_former_names_are_variants(name: str, variants: tuple[str, ...]) -> None:
    assert list_variants(name) == variants


def test_a_name_of_10_000_characters_is_cut_for_comparing() -> None:
    assert len(normalise("abcdefghi " * 1000)) <= 400
