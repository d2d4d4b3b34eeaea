"""Shares as sources write them: case by case, and the laws that hold for any text or number."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from answerable.lists.links.bods import read_bods_share
from answerable.lists.links.psc_natures import read_nature
from answerable.lists.links.shares import (
    CONTRADICTION,
    EMPTY_RANGE,
    NOT_UNDERSTOOD,
    OUT_OF_RANGE,
    bound_share,
    read_share,
)
from answerable.model import ANY_SHARE, WHOLE, Share

UNDERSTOOD = {
    "50": "[50, 50]",
    " 50 % ": "[50, 50]",
    "50.1%": "[50.1, 50.1]",
    "50,1 %": "[50.1, 50.1]",
    "５０％": "[50, 50]",
    "0": "[0, 0]",
    "100 percent": "[100, 100]",
    "0.5": "[0.5, 0.5]",
    "25-50%": "[25, 50]",
    "25 – 50": "[25, 50]",
    "25% to 50%": "[25, 50]",
    "between 25 and 50 per cent": "[25, 50]",
    "from 25 to 50": "[25, 50]",
    "25..50": "[25, 50]",
    ">25-50": "(25, 50]",
    "> 25 % - < 50 %": "(25, 50)",
    "more than 25% but not more than 50%": "(25, 50]",
    "more than 50% but less than 75%": "(50, 75)",
    "75% or more": "[75, 100]",
    "75+": "[75, 100]",
    ">50": "(50, 100]",
    "≥ 50 %": "[50, 100]",
    "at least 50": "[50, 100]",
    "over 50%": "(50, 100]",
    "<25": "[0, 25)",
    "up to 25%": "[0, 25]",
    "25 or less": "[0, 25]",
    "(25, 50]": "(25, 50]",
    "[50; 75)": "[50, 75)",
    "1/2": "[50, 50]",
    "majority": "(50, 100]",
    "Minority": "[0, 50)",
    "wholly-owned": "[100, 100]",
}
UNKNOWN = ["", "  ", "-", "n/a", "Unknown", "not stated", "?", "%"]
FAULTY = {
    "140 %": OUT_OF_RANGE,
    "100.000001": OUT_OF_RANGE,
    "50-25": EMPTY_RANGE,
    ">100": EMPTY_RANGE,
    "<0": EMPTY_RANGE,
    "(50, 50]": EMPTY_RANGE,
    "about 50": NOT_UNDERSTOOD,
    "ca. 50 %": NOT_UNDERSTOOD,
    "-5": NOT_UNDERSTOOD,
    "50 50": NOT_UNDERSTOOD,
    "5 0": NOT_UNDERSTOOD,
    "25,000": NOT_UNDERSTOOD,
    "1/0": NOT_UNDERSTOOD,
    "3/2": OUT_OF_RANGE,
    "1e1": NOT_UNDERSTOOD,
    "from 25": NOT_UNDERSTOOD,
    "٥٠": NOT_UNDERSTOOD,
    "nan": NOT_UNDERSTOOD,
    "9" * 200: NOT_UNDERSTOOD,
}


def show(share: Share) -> str:
    low, high = (f"{Decimal(each) / 1_000_000:f}" for each in (share.low, share.high))
    return f"{'(' if share.low_open else '['}{low}, {high}{')' if share.high_open else ']'}"


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD.items())
def test_what_is_understood(text: str, expected: str) -> None:
    share, fault = read_share(text)
    assert (show(share), fault) == (expected, None)


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_blank_is_not_known_and_no_fault(text: str) -> None:
    assert read_share(text) == (ANY_SHARE, None)


@pytest.mark.parametrize(("text", "fault"), FAULTY.items())
def test_what_is_not_understood_is_not_known_and_named(text: str, fault: str) -> None:
    assert read_share(text) == (ANY_SHARE, fault)


def is_range(share: Share) -> bool:
    opens = share.low_open or share.high_open
    return 0 <= share.low <= share.high <= WHOLE and (share.low < share.high or not opens)


digits = st.sampled_from("0123456789.,%/<>=-–()[]; to≥~")


@given(st.text(max_size=40) | st.text(digits, max_size=12))
@example("0/1")
@example("0.0000000001")
def test_any_text_is_a_range_or_a_fault(text: str) -> None:
    share, fault = read_share(text)
    assert is_range(share)
    assert fault is None or share == ANY_SHARE


numbers = st.decimals(allow_nan=False) | st.fractions() | st.integers()


@given(numbers | st.decimals(0, 100, places=9), numbers, st.booleans(), st.booleans())
@example(Decimal("1E-999999"), Decimal("1E+999999"), False, False)
def test_any_two_numbers_are_a_range_or_a_fault(
    low: Decimal | Fraction | int, high: Decimal | Fraction | int, left: bool, right: bool
) -> None:
    share, fault = bound_share(low, high, left, right)
    assert is_range(share)
    assert fault is None or share == ANY_SHARE


@given(st.fractions(0, 100), st.fractions(0, 100))
def test_a_range_holds_the_numbers_stated_and_hardly_more(one: Fraction, two: Fraction) -> None:
    low, high = sorted((one, two))
    share, _ = bound_share(low, high)
    assert Fraction(share.low, 1_000_000) <= low <= high <= Fraction(share.high, 1_000_000)
    assert low * 1_000_000 - share.low < 1
    assert share.high - high * 1_000_000 < 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2),
    max_leaves=3,
)
SHARE_KEYS = ("exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


@given(st.dictionaries(st.sampled_from(SHARE_KEYS), json_values) | json_values)
def test_any_share_of_bods_is_a_range_or_a_fault(value: object) -> None:
    share, fault = read_bods_share(value)
    assert share is None or is_range(share)
    assert fault is None or share == ANY_SHARE


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ({"exact": 75}, "[75, 75]"),
        ({"exact": Decimal("23.5"), "minimum": Decimal("23.5")}, "[23.5, 23.5]"),
        ({"minimum": 25, "maximum": 50, "exclusiveMinimum": True}, "(25, 50]"),
        ({"exclusiveMinimum": 25, "maximum": 50}, "(25, 50]"),
        ({"exclusiveMinimum": 50, "exclusiveMaximum": 75}, "(50, 75)"),
        ({"minimum": 60, "exclusiveMinimum": 50}, "[60, 100]"),
        ({"maximum": 25}, "[0, 25]"),
        ({"exclusiveMinimum": True}, "[0, 100]"),
    ],
)
def test_shares_of_bods(share: dict[str, object], expected: str) -> None:
    read, fault = read_bods_share(share)
    assert read is not None
    assert (show(read), fault) == (expected, None)


def test_an_exact_share_outside_its_range_is_named() -> None:
    assert read_bods_share({"exact": 10, "minimum": 20}) == (ANY_SHARE, CONTRADICTION)


@pytest.mark.parametrize(
    ("nature", "interest", "band"),
    [
        ("ownership-of-shares-25-to-50-percent", "shareholding", "(25, 50]"),
        ("ownership-of-shares-50-to-75-percent-as-firm", "shareholding", "(50, 75)"),
        ("voting-rights-75-to-100-percent", "votingRights", "[75, 100]"),
        (
            "part-right-to-share-surplus-assets-75-to-100-percent",
            "rightsToSurplusAssetsOnDissolution",
            "[75, 100]",
        ),
        (
            "voting-rights-more-than-25-percent-as-control-over-trust-registered-overseas-entity",
            "votingRights",
            "(25, 100]",
        ),
        ("right-to-appoint-and-remove-members-limited-liability-partnership",
         "appointmentOfBoard", None),
        ("significant-influence-or-control-as-trust", "otherInfluenceOrControl", None),
        ("ownership-of-moons", "unknownInterest", "[0, 100]"),
    ],
)  # fmt: skip
def test_bands_of_the_register(nature: str, interest: str, band: str | None) -> None:
    found, share = read_nature(nature)
    assert (found, share and show(share)) == (interest, band)
