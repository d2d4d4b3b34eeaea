"""Replies of timestamping authorities, read by one client although they come in several orders.

Many authorities send their certificates in the order of the chain, where the encoding asks for
the order of their bytes; strict readers refuse that. The certificates stand outside of what is
signed, so they may be put in order for reading. What is kept is the reply as it came.
"""

from collections.abc import Iterator

_SEQUENCE = 0x30
_TAGGED_0 = 0xA0
_MOST_LENGTH = 4


def order_certificates(reply: bytes) -> bytes:
    """Return a reply with its certificates in the order that strict readers ask for.

    Args:
        reply: A DER-encoded `TimeStampResp`.

    Returns:
        As many bytes; the same where there is nothing to put in order, or where it is no reply.

    Source:
        RFC 3161, section 2.4.2; RFC 5652, section 5.1; X.690, section 11.6 (order of a set).
    """
    try:
        start, end = _find_certificates(reply)
        parts = [reply[first:last] for _, first, _, last in _walk(reply, start, end)]
    except (ValueError, StopIteration):
        return reply
    return reply[:start] + b"".join(sorted(parts)) + reply[end:]


def _find_certificates(reply: bytes) -> tuple[int, int]:
    """Return where the certificates of the signed data begin and end."""
    start, end = _enter(reply, 0, len(reply), _SEQUENCE)  # TimeStampResp
    _, start, end = _child(reply, start, end, 1)  # ContentInfo, after the status
    _, start, end = _child(reply, start, end, 1)  # [0], after the type
    start, end = _enter(reply, start, end, _SEQUENCE)  # SignedData
    tag, start, end = _child(reply, start, end, 3)  # after version, digests, content
    if tag != _TAGGED_0:
        raise ValueError
    return start, end


def _enter(data: bytes, start: int, end: int, tag: int) -> tuple[int, int]:
    found, inner, last = _child(data, start, end, 0)
    if found != tag:
        raise ValueError
    return inner, last


def _child(data: bytes, start: int, end: int, number: int) -> tuple[int, int, int]:
    """Return tag, start and end of the content of the child of a number, from 0."""
    children = _walk(data, start, end)
    for _ in range(number):
        next(children)
    tag, _, inner, last = next(children)
    return tag, inner, last


def _walk(data: bytes, start: int, end: int) -> Iterator[tuple[int, int, int, int]]:
    """Give tag, start, start of the content and end of each value, one after the other."""
    while start < end:
        inner, last = _measure(data, start)
        if last > end:
            raise ValueError
        yield data[start], start, inner, last
        start = last


def _measure(data: bytes, start: int) -> tuple[int, int]:
    """Return where a value's content begins and ends."""
    if start + 2 > len(data):
        raise ValueError
    length, inner = data[start + 1], start + 2
    if length >= 0x80:
        count = length - 0x80
        if not 0 < count <= _MOST_LENGTH or inner + count > len(data):
            raise ValueError
        length, inner = int.from_bytes(data[inner : inner + count], "big"), inner + count
    return inner, inner + length
