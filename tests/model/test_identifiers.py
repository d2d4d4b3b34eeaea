import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.model.identifiers import is_isin, is_lei, is_uscc, read_identifier

RIGHT = [
    ("USCC", "914403001922038216"),
    ("USCC", "91330000733796106P"),
    ("LEI", "300300PV91RY9GH3CT16"),
    ("ISIN", "CNE100000PM8"),
    ("ISIN", "US1694261033"),
]
CHECKS = {"USCC": is_uscc, "LEI": is_lei, "ISIN": is_isin}


@pytest.mark.parametrize(("scheme", "value"), RIGHT)
def test_identifiers_printed_by_ofac_hold(scheme: str, value: str) -> None:
    assert CHECKS[scheme](value)


@given(st.sampled_from(RIGHT), st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_seen(case: tuple[str, str], place: int, digit: str) -> None:
    scheme, value = case
    place %= len(value)
    typed = value[:place] + digit + value[place + 1 :]
    if value[place].isdigit():
        assert CHECKS[scheme](typed) == (typed == value)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    if any(character.isalnum() for character in text):
        assert read_identifier("LEI", text).scheme == "LEI"
    else:
        with pytest.raises(ValueError, match="letter or digit"):
            read_identifier("LEI", text)


@pytest.mark.parametrize(
    ("scheme", "text", "country", "key"),
    [
        ("GB-COH", "00445790", None, ("GB-COH", "00445790", "")),
        ("GB-COH", "sc 123456", None, ("GB-COH", "SC123456", "")),
        ("XI-LEI", "549300XIVJCBIGMRUD48", None, ("LEI", "549300XIVJCBIGMRUD48", "")),
        ("registration", "HRB 12345", "de", ("registration", "HRB12345", "de")),
        ("registration", "HRB 12345", None, None),
        ("registration", "123", "de", None),
        ("LEI", "549300XIVJCBIGMRUD49", None, None),
    ],
)
def test_only_what_identifies_has_a_key(
    scheme: str, text: str, country: str | None, key: tuple[str, str, str] | None
) -> None:
    assert read_identifier(scheme, text, country).key == key
