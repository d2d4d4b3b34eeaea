from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given

from answerable.matching.comparison import compare_names
from answerable.matching.lexicons import lexicon
from answerable.matching.readings import list_parts, list_readings
from answerable.matching.scripts import fold_sound, romanise, simplify
from tests.strategies import names, plausible_names

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "readings.yml").read_text("utf-8"))
GROUPS = "han kana hangul cyrillic greek arabic persian uyghur hebrew".split()
KINDS = {"trade", "place", "form", "number", "filler", "brand"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"])
def test_names_are_told_apart_or_together_across_scripts(case: dict[str, Any]) -> None:
    there = compare_names(case["one"], case["two"])
    back = compare_names(case["two"], case["one"])
    reasons = [reason.as_dict() for reason in there.reasons]
    assert (there.probability >= 0.5) == (case["is"] == "same"), reasons
    assert there.score == pytest.approx(back.score)


@given(names | plausible_names)
def test_any_name_can_be_read(name: str) -> None:
    own, *readings = list_readings(name)
    assert not own.is_read
    assert all(reading.is_read and reading.core for reading in readings)
    assert list_parts(name)


@given(names)
def test_simplifying_twice_is_simplifying_once(name: str) -> None:
    assert simplify(simplify(name)) == simplify(name)


@given(names)
def test_what_is_romanised_is_in_latin_letters(name: str) -> None:
    assert romanise(simplify(name).casefold()).isascii()
    assert fold_sound(romanise(name)) is not None


def test_two_brands_of_one_sound_are_two_brands() -> None:
    assert compare_names("泽索科技有限公司", "择锁科技有限公司").probability < 0.5


@pytest.mark.parametrize("group", GROUPS)
def test_a_lexicon_is_well_formed(group: str) -> None:
    path = files("answerable.matching").joinpath("data", f"lexicon_{group}.tsv")
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    rows = [line.split("\t") for line in lines if line]
    assert len(rows) > 100
    assert {len(row) for row in rows} <= {3, 4}
    assert {row[2] for row in rows} <= KINDS
    assert all(row[1] and row[1] == row[1].lower() for row in rows)
    assert len({row[0] for row in rows}) == len(rows)
    assert len(lexicon(group)) > len(rows) * 0.7
