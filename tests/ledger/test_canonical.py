"""Canonical JSON: one value, one sequence of bytes; everything else is refused."""

import json
import math
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import CanonicalFaulty
from answerable.ledger.canonical import MOST_DEPTH, decode, digest, encode
from tests.strategies import LETTERS

texts = st.text("".join(LETTERS.values()).replace("\ud800", ""), max_size=12) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=8
)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)

# Worked out by hand from RFC 8785, sections 3.2.2 and 3.2.3.
FORMS: list[tuple[Any, bytes]] = [
    ({"b": 1, "a": 2, "B": 3, "": 4}, b'{"":4,"B":3,"a":2,"b":1}'),
    ([None, True, False, -7, 0], b"[null,true,false,-7,0]"),
    ('"\\/\b\f\n\r\t\x00\x1f\x7f', b'"\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7f"'),
    ("新疆 \u2028😀", '"新疆 \u2028😀"'.encode()),
    (("a", ()), b'["a",[]]'),
    (2**53 - 1, b"9007199254740991"),
]

REFUSED = {
    "a duplicate key": b'{"a":1,"a":1}',
    "keys out of order": b'{"b":1,"a":1}',
    "a space": b'{"a": 1}',
    "a newline": b"1\n",
    "a float": b"1.0",
    "an exponent": b"1e3",
    "not a number": b"NaN",
    "infinity": b"-Infinity",
    "minus zero": b"-0",
    "a leading zero": b"01",
    "a big integer": b"9007199254740992",
    "a very big integer": b"9" * 5000,
    "a lone surrogate": b'"\\ud800"',
    "a surrogate pair, escaped": b'"\\ud83d\\ude00"',
    "a needless escape": b'"\\u0041"',
    "an escaped slash": b'"\\/"',
    "a key that is not ASCII": '{"é":1}'.encode(),
    "bytes that are no UTF-8": b'"\xff"',
    "a surrogate in UTF-8": b'"\xed\xa0\x80"',
    "a byte order mark": b"\xef\xbb\xbf1",
    "nothing": b"",
    "two values": b"1 2",
    "deep nesting": b"[" * 65 + b"]" * 65,
    "very deep nesting": b"[" * 200_000,
}


@pytest.mark.parametrize(("value", "form"), FORMS, ids=lambda each: repr(each)[:20])
def test_each_value_has_its_form(value: Any, form: bytes) -> None:
    assert encode(value) == form
    assert encode(decode(form)) == form


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED.keys())
def test_other_json_is_refused(data: bytes) -> None:
    with pytest.raises(CanonicalFaulty):
        decode(data)


@pytest.mark.parametrize(
    "value",
    [1.5, math.nan, 2**53, -(2**53), "\ud800", {1: 2}, {"é": 1}, b"bytes", {1, 2}, [Decimal(1)]],
    ids=repr,
)
def test_a_value_without_a_form_is_refused(value: Any) -> None:
    with pytest.raises(CanonicalFaulty):
        encode(value)


def test_the_deepest_nesting_is_read_again() -> None:
    value: Any = 1
    for _ in range(MOST_DEPTH):
        value = [value]
    assert decode(encode(value)) == value
    with pytest.raises(CanonicalFaulty, match="nested"):
        encode([value])


@given(values)
def test_what_is_written_is_read_again(value: Any) -> None:
    data = encode(value)
    assert decode(data) == value
    assert json.loads(data) == value


@given(values, values)
def test_equal_bytes_mean_equal_values(one: Any, other: Any) -> None:
    assert (encode(one) == encode(other)) == (json.dumps(one) == json.dumps(other) or one == other)


@given(st.binary(max_size=40) | values.map(lambda each: json.dumps(each).encode()))
def test_only_the_one_form_is_read(data: bytes) -> None:
    try:
        value = decode(data)
    except CanonicalFaulty:
        return
    assert encode(value) == data


def test_a_digest_is_that_of_the_standard() -> None:
    # FIPS 180-2, appendix B.1
    assert digest(b"abc") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )
