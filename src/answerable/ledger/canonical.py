"""Canonical JSON: one value, one sequence of bytes, so that a hash of it means something."""

import hashlib
import json
from typing import Any, NoReturn

from answerable.errors import CanonicalFaulty

MOST_DEPTH = 64
"""Deepest nesting of maps and lists."""

_MOST_INTEGER = 2**53
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)


def encode(value: Any) -> bytes:
    """Return the canonical JSON of a value.

    UTF-8, keys sorted, no spaces, nothing escaped that need not be.

    Args:
        value: Maps with ASCII keys, lists or tuples, text, whole numbers whose size is below
            2^53, true, false, None; nested at most `MOST_DEPTH` deep.

    Returns:
        The same bytes for equal values, on every machine. A tuple is written as a list.

    Raises:
        CanonicalFaulty: The value holds something else: a float, a lone surrogate, other keys.

    Source:
        RFC 8785 (JSON Canonicalization Scheme); this is the part of it that has no floats.

    Example:
        >>> encode({"b": [1, None], "a": "新疆"}).decode()
        '{"a":"新疆","b":[1,null]}'
    """
    _check(value, 0)
    try:
        return _ENCODER.encode(value).encode("utf-8")
    except UnicodeEncodeError as error:
        raise CanonicalFaulty("it holds a lone surrogate") from error


def decode(data: bytes) -> Any:
    """Return the value of canonical JSON, and nothing for any other JSON.

    What is accepted encodes to the same bytes again. So duplicate keys, floats, big numbers,
    lone surrogates, spaces and needless escapes are all refused.

    Args:
        data: Bytes, without a newline at the end.

    Raises:
        CanonicalFaulty: The bytes are no JSON, or not its canonical form.

    Example:
        >>> decode(b'{"a":1}')
        {'a': 1}
        >>> decode(b'{"a":1,"a":2}')
        Traceback (most recent call last):
        answerable.errors.CanonicalFaulty: This is not canonical JSON: it is not in the one form ...
    """
    try:
        value = _DECODER.decode(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise CanonicalFaulty(str(error) or "it is nested too deeply") from error
    if encode(value) != data:
        raise CanonicalFaulty(
            "it is not in the one form that its value has (keys, spaces, escapes)"
        )
    return value


def digest(data: bytes) -> str:
    """Return the id of bytes: `sha256:` and 64 hexadecimal digits.

    Example:
        >>> digest(b"")[:20]
        'sha256:e3b0c44298fc1'
    """
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def _check(value: Any, depth: int) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) >= _MOST_INTEGER:
            raise CanonicalFaulty(f"the number {value:.3e} is not within 2^53")
    elif depth >= MOST_DEPTH:
        raise CanonicalFaulty(f"it is nested over {MOST_DEPTH} deep")
    elif isinstance(value, dict):
        for key, each in value.items():
            _check_key(key)
            _check(each, depth + 1)
    elif isinstance(value, list | tuple):
        for each in value:
            _check(each, depth + 1)
    else:
        raise CanonicalFaulty(f"it holds a {type(value).__name__}")


def _check_key(key: object) -> None:
    if not isinstance(key, str) or not key.isascii():
        raise CanonicalFaulty(f"the key {key!r:.40} is not ASCII text")


def _refuse(text: str) -> NoReturn:
    raise CanonicalFaulty(f"it holds the number {text[:40]}, which is no whole number")


_DECODER = json.JSONDecoder(parse_float=_refuse, parse_constant=_refuse)
