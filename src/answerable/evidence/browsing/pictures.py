"""A picture of a whole page, under a band that says what was pictured and when.

The band stands above the page's own pixels, never over them. It is drawn by the same browser in a
page of its own, and the two pictures are joined line by line, so that the pixels of the page stay
as they were.
"""

import base64
import html
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from answerable.evidence.browsing.protocol import Talk

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_LONGEST_ADDRESS = 600
_BAND = """<!DOCTYPE html><html lang="en"><style>
html,body{{margin:0;background:#fff}}
dl{{margin:0;padding:8px 12px;font:14px/1.4 monospace;color:#000;border-bottom:3px solid #000;
display:grid;grid-template-columns:max-content 1fr;gap:0 12px}}
dd{{margin:0;overflow-wrap:anywhere;unicode-bidi:isolate;direction:ltr}}
</style><dl>{rows}</dl></html>"""


class PictureFaulty(ValueError):
    """A picture is none that can be joined."""


def picture_page(
    talk: Talk, session: str, *, width: int, most_height: int, seconds: float
) -> tuple[bytes, int, bool]:
    """Take a picture of a whole page.

    Args:
        talk: The talk with the browser.
        session: Of the page.
        width: Of the window, in pixels; a wider page is pictured up to twice that.
        most_height: Where a longer page is cut, in pixels.
        seconds: How long it may take.

    Returns:
        The PNG file, its width, and whether the page was cut.

    Raises:
        TimeoutError: The page did not let itself be pictured in time.
        CommandRefused: The browser cannot picture it.
    """
    size = talk.ask("Page.getLayoutMetrics", session=session, seconds=seconds)["cssContentSize"]
    wide = max(1, min(max(width, int(size["width"])), 2 * width))
    high = max(1, min(int(size["height"]), most_height))
    clip = {"x": 0, "y": 0, "width": wide, "height": high, "scale": 1}
    wanted = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    answer = talk.ask("Page.captureScreenshot", wanted, session, seconds)
    cut = size["height"] > most_height or size["width"] > 2 * width
    return base64.b64decode(answer["data"]), wide, cut


def draw_band(talk: Talk, context: str, width: int, rows: dict[str, str], seconds: float) -> bytes:
    """Draw lines of text as a picture, in a page of its own that runs no script.

    Args:
        talk: The talk with the browser.
        context: Browser context, other than that of the page.
        width: In pixels.
        rows: Heading and text of each line; long texts are shortened.
        seconds: How long it may take.

    Returns:
        A PNG file.
    """
    where = {"url": "about:blank", "browserContextId": context, "width": width, "height": 200}
    target = talk.ask("Target.createTarget", where, seconds=seconds)["targetId"]
    attached = talk.ask("Target.attachToTarget", {"targetId": target, "flatten": True})
    session = attached["sessionId"]

    def ask(command: str, **params: Any) -> dict[str, Any]:
        return talk.ask(command, params, session, seconds)

    ask("Emulation.setScriptExecutionDisabled", value=True)
    scale = {"width": width, "height": 200, "deviceScaleFactor": 1, "mobile": False}
    ask("Emulation.setDeviceMetricsOverride", **scale)
    frame = ask("Page.getFrameTree")["frameTree"]["frame"]["id"]
    ask("Page.setDocumentContent", frameId=frame, html=_BAND.format(rows=_spell_rows(rows)))
    root = ask("DOM.getDocument", depth=0)["root"]["nodeId"]
    band = ask("DOM.querySelector", nodeId=root, selector="dl")["nodeId"]
    height = ask("DOM.getBoxModel", nodeId=band)["model"]["height"]
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    answer = ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
    talk.tell("Target.closeTarget", {"targetId": target})
    return base64.b64decode(answer["data"])


def _spell_rows(rows: dict[str, str]) -> str:
    cells = ((name, _shorten(text)) for name, text in rows.items())
    return "".join(f"<dt>{html.escape(n)}</dt><dd>{html.escape(t)}</dd>" for n, t in cells)


def _shorten(text: str) -> str:
    more = len(text) - _LONGEST_ADDRESS
    return text if more <= 0 else f"{text[:_LONGEST_ADDRESS]} … ({more:,} more letters)"


def join_pictures(upper: bytes, lower: bytes) -> bytes:
    """Put one PNG picture above another without changing a pixel of either.

    Args:
        upper: A PNG file of 8 bits a channel, not interlaced.
        lower: Another, as wide, with the same kind of colours.

    Returns:
        A PNG file as wide, and as high as both.

    Raises:
        PictureFaulty: They are not such files, or do not fit.

    Source:
        W3C Portable Network Graphics, third edition, sections 9 (filtering) and 11.2.
    """
    (wide, high, *kind), above = _open_picture(upper)
    (wide_too, high_too, *kind_too), below = _open_picture(lower)
    if wide != wide_too or kind != kind_too:
        raise PictureFaulty("the two pictures are not as wide or not of one kind")
    step = _CHANNELS[kind[1]]
    row = 1 + wide * step
    if len(above) != row * high or len(below) != row * high_too:
        raise PictureFaulty("a picture has not as many lines as it says")
    first = _free_first_row(below[:row], step)
    head = struct.pack(">IIBBBBB", wide, high + high_too, *kind)
    lines = zlib.compress(b"".join((above, first, below[row:])), 6)
    return b"".join(
        (_SIGNATURE, _chunk(b"IHDR", head), _chunk(b"IDAT", lines), _chunk(b"IEND", b""))
    )


def _open_picture(data: bytes) -> tuple[tuple[int, ...], bytes]:
    """Return the numbers of a picture's head, and its filtered lines."""
    chunks = list(_list_chunks(data))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise PictureFaulty("it is no PNG file")
    head = struct.unpack(">IIBBBBB", chunks[0][1])
    wide, high, depth, colours, *_, interlaced = head
    if depth != 8 or colours not in _CHANNELS or interlaced:
        raise PictureFaulty("it is not 8 bits a channel, or interlaced")
    most = (1 + wide * _CHANNELS[colours]) * high
    try:
        body = b"".join(content for name, content in chunks if name == b"IDAT")
        lines = zlib.decompressobj().decompress(body, most + 1)
    except zlib.error:
        raise PictureFaulty("its lines are damaged") from None
    return head, lines


def _list_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not data.startswith(_SIGNATURE):
        raise PictureFaulty("it is no PNG file")
    at = len(_SIGNATURE)
    while at + 12 <= len(data):
        (size,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        at += 12 + size


def _chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def _free_first_row(row: bytes, step: int) -> bytes:
    """Spell a picture's first line so that it no longer leans on the line above, which was none.

    With nothing above, Up adds nothing and Paeth is Sub; only Average must be worked out.
    """
    kind, line = row[0], row[1:]
    if kind in (0, 1):
        return row
    if kind in (2, 4):
        return bytes((0 if kind == 2 else 1,)) + line
    if kind != 3:
        raise PictureFaulty("a line has an unknown filter")
    plain = bytearray(line)
    for at in range(step, len(plain)):
        plain[at] = (plain[at] + plain[at - step] // 2) & 0xFF
    return b"\0" + bytes(plain)
