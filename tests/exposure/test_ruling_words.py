"""What people are told of a ruling beside its status: bounds, warnings, who holds, and its note."""

from answerable.exposure.linking.network import Network
from answerable.exposure.outputs.tie_words import say_ruling, say_status
from answerable.exposure.regimes.reading import known_regimes
from answerable.exposure.rulings.hearing import Hearing
from answerable.exposure.rulings.ruling import rule
from answerable.model.company import Company, Listing, Name
from answerable.model.coverage import Coverage, EditionCoverage
from answerable.model.regime import Ruling
from tests.exposure.short_links import DAY, make_graph

SEEDS = dict.fromkeys("XYZ", ("an invented list",))


def ask(links: str, name: str, node: str = "A") -> Ruling:
    return rule(make_graph(links), known_regimes()[name], SEEDS, DAY)[node]


def test_a_stake_below_the_line_is_told_with_its_warning_and_not_as_none_found() -> None:
    said = say_ruling("ofac-50", ask("X49.99A", "ofac-50"), {})
    assert "none found" not in said
    assert "not reached by what these sources state. The rule does not reach it" in said
    assert "Warning: Listed holders" in said
    assert "X holds 49.99 % of A by shares (t)." in said
    assert say_status("none_found") == "none found in these sources"


def test_what_a_held_company_holds_is_not_said_of_a_listed_one() -> None:
    [warning] = ask("X60A A20B", "ofac-50", "B").warnings
    assert "or companies that count as held by them, have a share" in warning
    assert "A holds 20 % of B" in warning


def test_the_note_of_a_rule_stands_beside_what_it_says() -> None:
    regime = known_regimes()["us-1260h"]
    rules = {regime.id: {"title": regime.title, "note": regime.note}}
    said = say_ruling(regime.id, ask("X60A", regime.id), rules)
    assert "Note: Being on this list is no sanction" in said
    assert "binds the US Department of Defense" in said


def test_bounds_are_added_as_bounds() -> None:
    steps = ask("X50A Y(0-25]A", "bis-affiliates").steps
    assert any("50 % + more than 0 % = more than 50 %" in step for step in steps)
    steps = ask("X40A Y(0-25]A", "bis-affiliates").steps
    assert any("40 % + at most 25 % = at most 65 %" in step for step in steps)


def test_lists_are_told_by_their_titles() -> None:
    seeds = {"X": ("an_invented_list 2026-01-02",)}
    rulings = rule(
        make_graph("X60A"),
        known_regimes()["ofac-50"],
        seeds,
        DAY,
        titles={"an_invented_list": "Invented List"},
    )
    assert rulings["X"].why == "It is listed by Invented List 2026-01-02."
    assert rulings["A"].steps[0] == "X is listed by Invented List 2026-01-02."


def hear_owners(age_days: int) -> Ruling:
    """Return what is said of A, which X of an invented list holds by links of some age."""
    mill = Company(
        "X", "Company", (Name("Invented Mill"),), listings=(Listing("us_ofac_sdn", "2026-11-01"),)
    )
    about = ("t", "Invented Owners", "Invented Register", "", "", "2026-01-01")
    owners = EditionCoverage(*about, age_days, 100, complete=False, counts={}, names=0, sha256={})
    coverage = Coverage(DAY.isoformat(), links=(owners,))
    regimes = {"ofac-50": known_regimes()["ofac-50"]}
    network = Network(nodes={"X": mill})
    hearing = Hearing(regimes, coverage, DAY, make_graph("X60A"), network)
    return hearing.hear([], ["A"])["ofac-50"]["A"]


def test_links_of_an_edition_that_is_too_old_are_a_warning() -> None:
    words = "Invented Owners 2026-01-01 are 327 days old; at most 100 are allowed."
    assert words in " ".join(hear_owners(327).warnings)
    assert "days old" not in " ".join(hear_owners(100).warnings)
