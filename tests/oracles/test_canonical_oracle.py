"""Canonical JSON against rfc8785, an implementation of RFC 8785 by others."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.ledger.canonical import decode, encode
from tests.oracles.asking import Oracle

INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
AWKWARD = st.sampled_from(
    ["\x00\x1f\x7f\u2028\u2029", '"\\/', "𠀀é", "e\u0301", "\ufeff", "\b\f\n\r\t"]
)
KEYS = st.text(st.characters(max_codepoint=127))
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | TEXTS | AWKWARD,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    max_leaves=20,
)


@settings(max_examples=40)
@given(values=st.lists(VALUES, max_size=20))
def test_the_bytes_are_those_of_rfc_8785(formats: Oracle, values: list[Any]) -> None:
    theirs = [bytes.fromhex(each) for each in formats.ask("canonical", values=values)]
    assert [encode(each) for each in values] == theirs
    assert [decode(each) for each in theirs] == values
