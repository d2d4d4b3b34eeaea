"""Rules as data: what ships, what a file of one's own must have, what is said of its faults."""

import re
from datetime import date
from pathlib import Path

import pytest

from answerable.errors import RegimeFaulty
from answerable.exposure.regimes.pages import write_page
from answerable.exposure.regimes.reading import (
    find_window,
    known_regimes,
    load_regime,
    load_regimes,
    read_regime,
)
from answerable.exposure.regimes.seeds import find_gaps, find_seeds
from answerable.lists.cards import known_cards
from answerable.model import Company, Coverage, EditionCoverage, Listing, Name

DOCS = Path(__file__).parents[2] / "docs" / "regimes"

POLICY = """\
schema: answerable.regime/1
id: our-policy
version: 2026-11-24
title: Our policy
issuer: An invented fund
summary: What one listed company holds by a fifth.
seeds:
  - list: us_uflpa_entity_list
interests: [shareholding]
threshold_percent: 20
windows:
  - {from: 2026-01-01, until: 2026-06-30, status: in_force}
  - {from: 2026-07-01, status: suspended}
sources:
  - citation: Decision of the board
checked_on: 2026-11-24
"""

# what is changed in the policy: old, new; then line and words of the fault
FAULTS: dict[str, tuple[str, str, int, str]] = {
    "no YAML": ("title: Our", "title: @Our", 4, "This is no YAML"),
    "a field twice": ("issuer:", "title:", 5, "stands here a second time"),
    "an unknown field": ("threshold_percent", "treshold_percent", 10, "mean threshold_percent?"),
    "a missing field": ("issuer: An invented fund\n", "", 1, "The field issuer is missing."),
    "no id": ("our-policy", "Our Policy", 2, "small letters, digits and hyphens"),
    "an unknown word": ("in_force", "on", 12, "Words are: in_force, suspended"),
    "over the whole": ("20\n", "120\n", 10, "threshold_percent is 120"),
    "too fine a share": ("20\n", "20.1234567\n", 10, "at most six decimals"),
    "a negative share": ("20\n", "-20\n", 10, "-20"),
    "a share in words": ("20\n", "a fifth\n", 10, "a fifth"),
    "no list": ("list: us_uflpa_entity_list", "listing: x", 8, "no field 'listing'"),
    "no interests": ("interests: [shareholding]\n", "", 9, "Add interests."),
    "no threshold": ("threshold_percent: 20\n", "", 9, "Add threshold_percent."),
    "no such day": ("2026-06-30", "2026-06-31", 12, "no day of the calendar"),
    "windows overlap": ("2026-07-01", "2026-06-30", 13, "overlaps"),
    "a window reversed": ("from: 2026-01-01", "from: 2026-12-01", 12, "ends before it begins"),
    "another form": ("regime/1", "regime/2", 1, "answerable.regime/1"),
    "a reference": ("[shareholding]", "*all", 9, "References"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_line_and_mend(fault: str) -> None:
    old, new, line, words = FAULTS[fault]
    assert old in POLICY
    with pytest.raises(RegimeFaulty) as caught:
        read_regime(POLICY.replace(old, new, 1).encode(), "policy.yaml")
    assert (caught.value.line, caught.value.path) == (line, "policy.yaml")
    assert words in str(caught.value)


def test_a_rule_of_ones_own_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "policy.yaml").write_text(POLICY, encoding="utf-8")
    regimes = load_regimes(tmp_path)
    assert list(regimes) == [*known_regimes(), "our-policy"]
    assert regimes["our-policy"].threshold == 20_000_000
    (tmp_path / "second.yaml").write_text(POLICY, encoding="utf-8")
    with pytest.raises(RegimeFaulty, match="There is a rule our-policy already"):
        load_regimes(tmp_path)
    with pytest.raises(RegimeFaulty, match="cannot be read"):
        load_regime(tmp_path / "none.yaml")


@pytest.mark.parametrize(
    ("percent", "share"),
    [("0", 0), ("50", 50_000_000), ("33.3", 33_300_000), ("0.000001", 1), ("100", 100_000_000)],
)
def test_a_threshold_is_read_exactly(percent: str, share: int) -> None:
    text = POLICY.replace("threshold_percent: 20", f"threshold_percent: {percent}")
    assert read_regime(text.encode()).threshold == share


def test_what_ships() -> None:
    assert list(known_regimes()) == [
        "bis-affiliates", "eu-freeze", "fcc-covered", "ofac-50", "uflpa", "uk-connected",
        "uk-ofsi", "us-1260h",
    ]  # fmt: skip
    for regime in known_regimes().values():
        assert regime.not_computed
        assert regime.sources
        assert regime.windows


@pytest.mark.parametrize("name", known_regimes())
def test_the_lists_of_a_rule_have_cards(name: str) -> None:
    without = {"us_bis_meu_list", "uk_debarment_list"}  # told as not searched
    lists = {each["list"] for each in known_regimes()[name].seeds}
    assert lists <= set(known_cards()) | without


@pytest.mark.parametrize("name", known_regimes())
def test_a_page_tells_what_the_data_say(name: str) -> None:
    assert (DOCS / f"{name}.md").read_text(encoding="utf-8") == write_page(known_regimes()[name])
    assert f"({name}.md)" in (DOCS / "index.md").read_text(encoding="utf-8")


def test_the_example_of_the_docs_is_read() -> None:
    [block] = re.findall(r'policy = b"""\n(.*?)"""', (DOCS / "index.md").read_text("utf-8"), re.S)
    assert read_regime(block.encode()).id == "our-policy"


def test_pages_keep_to_the_words_of_the_house() -> None:
    never = re.compile(
        r"\b(guilty|complicit|clean|safe|cleared|suspect|blacklist|risk score)\b", re.I
    )
    for page in DOCS.glob("*.md"):
        assert not never.search(page.read_text(encoding="utf-8")), page


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2025, 12, 31), "scheduled"),
        (date(2026, 1, 1), "in_force"),
        (date(2026, 6, 30), "in_force"),
        (date(2026, 7, 1), "suspended"),
        (date(2036, 7, 1), "suspended"),
    ],
)
def test_the_standing_on_a_day(day: date, status: str) -> None:
    assert find_window(read_regime(POLICY.encode()), day).status == status


def test_a_day_of_which_no_window_speaks_is_not_verified() -> None:
    text = POLICY.replace("  - {from: 2026-07-01, status: suspended}\n", "")
    assert find_window(read_regime(text.encode()), date(2026, 7, 1)).status == "not_verified"


def company(*listings: Listing, schema: str = "Company") -> Company:
    return Company("one:1", schema, (Name("Invented Mill"),), listings=listings)


SDN = "Specially Designated Nationals (SDN) - Treasury Department"

# rule, listing, whether it starts the rule
SEEDS: dict[str, tuple[str, Listing, bool]] = {
    "the list": ("ofac-50", Listing("us_ofac_sdn", "1"), True),
    "another list": ("ofac-50", Listing("us_ofac_consolidated", "1"), False),
    "instead of the list": ("ofac-50", Listing("us_csl", "1", programs=(SDN,)), True),
    "another part of it": ("ofac-50", Listing("us_csl", "1", programs=("Other",)), False),
    "a programme that counts": (
        "bis-affiliates", Listing("us_ofac_sdn", "1", programs=("X", "SDGT")), True,
    ),
    "a programme that does not": (
        "bis-affiliates", Listing("us_ofac_sdn", "1", programs=("X",)), False,
    ),
    "removed": ("ofac-50", Listing("us_ofac_sdn", "1", status="removed"), False),
    "ended": ("ofac-50", Listing("us_ofac_sdn", "1", until="2026-11-23"), False),
    "ends later": ("ofac-50", Listing("us_ofac_sdn", "1", until="2026-11-24"), True),
    "a class of ground": (
        "uk-connected", Listing("us_bis_entity_list", "1", ground_class="human_rights"), True,
    ),
    "another class of ground": (
        "uk-connected", Listing("us_bis_entity_list", "1", ground_class="export_control"), False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SEEDS)
def test_which_listings_start_a_rule(case: str) -> None:
    name, listing, starts = SEEDS[case]
    found = find_seeds(known_regimes()[name], [company(listing)], date(2026, 11, 23))
    assert bool(found) == starts


def test_a_listed_person_starts_a_rule() -> None:
    person = company(Listing("uk_sanctions_list", "1"), schema="Person")
    assert find_seeds(known_regimes()["uk-ofsi"], [person]) == {"one:1": ("uk_sanctions_list 1",)}


def edition(list_id: str, *, age: int = 1, complete: bool = True) -> EditionCoverage:
    return EditionCoverage(
        list_id, list_id, "Invented", "https://example.org", "none", "2026-11-01", age, 30,
        complete, {}, 0, {},
    )  # fmt: skip


GAPS: dict[str, tuple[str, list[EditionCoverage], list[str]]] = {
    "absent": ("ofac-50", [], ["us_ofac_sdn was not searched."]),
    "there": ("ofac-50", [edition("us_ofac_sdn")], []),
    "its stand-in": ("ofac-50", [edition("us_csl")], []),
    "partial": ("ofac-50", [edition("us_ofac_sdn", complete=False)], ["only a part of its list"]),
    "too old": ("ofac-50", [edition("us_ofac_sdn", age=31)], ["31 days old; at most 30"]),
    "old, and a fresh stand-in": (
        "ofac-50", [edition("us_ofac_sdn", age=31), edition("us_csl")], [],
    ),
    "one of three": (
        "bis-affiliates", [edition("us_bis_entity_list")], ["us_bis_meu_list", "us_ofac_sdn"],
    ),
    "one for all three": ("bis-affiliates", [edition("us_csl")], []),
    "what is not needed": ("uk-connected", [edition("us_uflpa_entity_list")], ["uk_debarment"]),
}  # fmt: skip


@pytest.mark.parametrize("case", GAPS)
def test_what_a_rule_lacks(case: str) -> None:
    name, editions, expected = GAPS[case]
    gaps = find_gaps(known_regimes()[name], Coverage("2026-11-23", tuple(editions)))
    assert len(gaps) == len(expected)
    for gap, words in zip(gaps, expected, strict=True):
        assert words in gap
