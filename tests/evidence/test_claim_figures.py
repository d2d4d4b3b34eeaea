"""Contested figures side by side: grouped by matter, no number preferred, nothing averaged."""

from hypothesis import given
from hypothesis import strategies as st

from answerable.evidence.cases.contested import set_side_by_side, show_figure
from answerable.model.claim import Claim, Party

CITY = Party("Lakeside City Police", kind="police")


def make_claim(name: str, by: str, contested_by: tuple[str, ...] = (), **figure: object) -> Claim:
    return Claim(
        name,
        Party(by),
        "fact",
        CITY if not name.startswith("port") else Party("Port of Lakeside"),
        "estimated_number",
        f"{by} gives a number.",
        "estimates",
        figure={"unit": "cameras", **figure},
        contested_by=contested_by,
    )


def test_figures_of_one_matter_stand_in_one_table_each_with_its_claimant() -> None:
    claims = [
        make_claim("a", "The council", minimum=900, maximum=1800),
        make_claim("b", "The union", minimum=3000, of="in all streets"),
        make_claim("c", "The police", words="it confirms no number"),
        make_claim("port", "The port", maximum=40),
    ]
    city, port = set_side_by_side(claims)
    assert [(each.claimant.name, each.shown) for each in city.figures] == [
        ("The council", "900 to 1,800 cameras"),
        ("The union", "at least 3,000 cameras"),
        ("The police", "no number of cameras"),
    ]
    assert not city.comparable
    assert [each.shown for each in port.figures] == ["up to 40 cameras"]


def test_claims_that_contest_each_other_stand_together_whatever_they_call_it() -> None:
    claims = [
        make_claim("a", "The council", minimum=900, maximum=900),
        make_claim("port", "The port", ("a",), maximum=40),
    ]
    [table] = set_side_by_side(claims)
    assert [each.claim for each in table.figures] == ["a", "port"]


def test_retracted_figures_are_left_out() -> None:
    claims = [make_claim("a", "The council", minimum=1), make_claim("b", "The union", minimum=2)]
    [table] = set_side_by_side(claims, retracted=["a"])
    assert [each.claim for each in table.figures] == ["b"]


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b", "port"]), st.integers(0, 10**12)), max_size=8
    ).map(lambda drawn: [(f"{name}{i}", number) for i, (name, number) in enumerate(drawn)]),
    st.data(),
)
def test_every_figure_stands_in_one_table_and_keeps_its_number(
    drawn: list[tuple[str, int]], data: st.DataObject
) -> None:
    names = [name for name, _ in drawn]
    claims = [
        make_claim(
            name,
            "Somebody",
            tuple(data.draw(st.lists(st.sampled_from(names), max_size=2))),
            minimum=number,
        )
        for name, number in drawn
    ]
    tables = set_side_by_side(claims)
    shown = [(each.claim, each.shown) for table in tables for each in table.figures]
    expected = [(name, f"at least {number:,} cameras") for name, number in drawn]
    assert sorted(shown) == sorted(expected)


def test_one_number_is_shown_as_one() -> None:
    assert show_figure({"minimum": 1, "maximum": 1, "unit": "camera"}) == "1 camera"
