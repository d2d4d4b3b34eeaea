"""Pictures joined line by line, read back by a decoder of the tests' own."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.evidence.browsing.pictures import PictureFaulty, join_pictures

Lines = list[bytes]
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


def predict(kind: int, left: int, up: int, corner: int) -> int:
    """Predict a byte as PNG's five filters do."""
    if kind == 4:
        guess = left + up - corner
        return min((left, up, corner), key=lambda each: abs(guess - each))
    return (0, left, up, (left + up) // 2)[kind]


def write_picture(lines: Lines, colours: int, kinds: list[int]) -> bytes:
    step = CHANNELS[colours]
    above = bytes(len(lines[0]))
    rows = bytearray()
    for line, kind in zip(lines, kinds, strict=True):
        rows.append(kind)
        for at, value in enumerate(line):
            left, corner = (line[at - step], above[at - step]) if at >= step else (0, 0)
            rows.append((value - predict(kind, left, above[at], corner)) & 0xFF)
        above = line
    head = struct.pack(">IIBBBBB", len(lines[0]) // step, len(lines), 8, colours, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"tEXt", b"a\0b"), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


def read_picture(data: bytes) -> tuple[int, Lines]:
    at, rows, wide, colours = 8, b"", 0, 0
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + size]
        assert zlib.crc32(name + body) == struct.unpack_from(">I", data, at + 8 + size)[0]
        if name == b"IHDR":
            wide, _, _, colours, *_ = struct.unpack(">IIBBBBB", body)
        rows += body if name == b"IDAT" else b""
        at += 12 + size
    plain, step = zlib.decompress(rows), CHANNELS[colours]
    length = wide * step
    lines: Lines = []
    above = bytes(length)
    for start in range(0, len(plain), length + 1):
        line = bytearray()
        for here, value in enumerate(plain[start + 1 : start + 1 + length]):
            left, corner = (line[here - step], above[here - step]) if here >= step else (0, 0)
            line.append((value + predict(plain[start], left, above[here], corner)) & 0xFF)
        lines.append(bytes(line))
        above = bytes(line)
    return wide, lines


@st.composite
def pictures(draw: st.DrawFn, wide: int, colours: int) -> tuple[Lines, list[int]]:
    length = wide * CHANNELS[colours]
    lines = draw(st.lists(st.binary(min_size=length, max_size=length), min_size=1, max_size=4))
    kinds = st.lists(st.integers(0, 4), min_size=len(lines), max_size=len(lines))
    return lines, draw(kinds)


@given(st.data(), st.integers(1, 5), st.sampled_from(sorted(CHANNELS)))
def test_no_pixel_changes(data: st.DataObject, wide: int, colours: int) -> None:
    upper, upper_kinds = data.draw(pictures(wide, colours))
    lower, lower_kinds = data.draw(pictures(wide, colours))
    joined = join_pictures(
        write_picture(upper, colours, upper_kinds), write_picture(lower, colours, lower_kinds)
    )
    assert read_picture(joined) == (wide, upper + lower)


ONE = write_picture([b"abc"], 2, [0])
FAULTY = [
    (b"", "no PNG"),
    (b"GIF89a", "no PNG"),
    (ONE[:40], "not as many lines"),
    (ONE.replace(b"\x08\x02", b"\x10\x02", 1), "8 bits"),
    (write_picture([b"abcdef"], 2, [0]), "not as wide"),
    (write_picture([b"abcd"], 6, [0]), "one kind"),
]


@pytest.mark.parametrize(("other", "why"), FAULTY)
def test_pictures_that_do_not_fit_are_refused(other: bytes, why: str) -> None:
    with pytest.raises(PictureFaulty, match=why):
        join_pictures(ONE, other)
