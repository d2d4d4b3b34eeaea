"""Bodies: what an answer says, with chunks and compression undone, within bounds."""

import zlib

from answerable.evidence.exchanges import Exchange

MOST_BYTES = 20_000_000
"""How much of a body is undone for reading; what was recorded stays whole."""

_LONGEST_SIZE = 16


class BodyUnreadable(ValueError):
    """A body is coded in a way that cannot be undone here."""


def read_body(exchange: Exchange, most_bytes: int = MOST_BYTES) -> bytes:
    """Return the body of an answer as its media type means it.

    A compressed body that would grow beyond measure is cut at `most_bytes`; nothing beyond it is
    ever unpacked. A body that was broken off gives what can be had of it.

    Args:
        exchange: As recorded.
        most_bytes: Greatest size of what is returned.

    Raises:
        BodyUnreadable: Its coding is not known here (such as `br`), or its bytes are not of it.

    Source:
        RFC 9110, section 8.4 (content codings); RFC 9112, section 7.1 (chunks).
    """
    body = exchange.body
    if exchange.decoded:
        return body[:most_bytes]
    if "chunked" in exchange.header("transfer-encoding").lower():
        body = join_chunks(body)
    codings = exchange.header("content-encoding").lower().replace(" ", "").split(",")
    for coding in reversed([each for each in codings if each not in ("", "identity")]):
        body = _unpack(body, coding, most_bytes)
    return body[:most_bytes]


def join_chunks(body: bytes) -> bytes:
    """Return a body with its chunks undone; one that was broken off, up to there."""
    parts, place = [], 0
    while (end := body.find(b"\n", place, place + 4096)) >= 0:
        size = _chunk_size(body[place:end])
        if not size:
            break
        parts.append(body[end + 1 : end + 1 + size])
        place = end + 1 + size + len(b"\r\n")
    return b"".join(parts)


def _chunk_size(line: bytes) -> int:
    spelled = line.partition(b";")[0].strip()
    try:
        return int(spelled, 16) if len(spelled) <= _LONGEST_SIZE else 0
    except ValueError:
        return 0


def _unpack(body: bytes, coding: str, most_bytes: int) -> bytes:
    if coding in ("gzip", "x-gzip"):
        return _inflate(body, 16 + zlib.MAX_WBITS, most_bytes)
    if coding == "deflate":
        has_head = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0
        return _inflate(body, zlib.MAX_WBITS if has_head else -zlib.MAX_WBITS, most_bytes)
    raise BodyUnreadable(f"the content coding {coding[:40]!r} is not known here")


def _inflate(body: bytes, window: int, most_bytes: int) -> bytes:
    """Unpack member after member, never more than is wanted."""
    parts: list[bytes] = []
    left = most_bytes
    while body and left > 0:
        unpacking = zlib.decompressobj(window)
        try:
            part = unpacking.decompress(body, left)
        except zlib.error as error:
            if parts:
                break
            raise BodyUnreadable("its bytes are not of the content coding it names") from error
        parts.append(part)
        left -= len(part)
        body = unpacking.unused_data if unpacking.eof else b""
    return b"".join(parts)
