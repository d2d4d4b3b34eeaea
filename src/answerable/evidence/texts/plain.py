"""Text of files that are text: plain, CSV, JSON, XML, subtitles."""

import json
from collections.abc import Iterator
from typing import Any

from lxml import etree

from answerable.engine.text_encoding import decode
from answerable.errors import TableUnreadable, UsageError
from answerable.evidence.texts.anchor import BLOCK, normalise
from answerable.evidence.texts.building import MAX_LETTERS
from answerable.evidence.texts.text import Text


def read_plain(data: bytes, charset: str | None = None) -> Text:
    """Return the text of a file of text.

    Args:
        data: Its bytes.
        charset: Encoding that the server named, else None.

    Returns:
        The text; `unread_type` where the bytes are no text. An encoding that is neither named nor
        marked nor UTF-8 is the likeliest one, with the problem `encoding_guessed`.
    """
    try:
        raw, name = decode(data, charset)
    except UsageError:
        return read_plain(data)
    except TableUnreadable:
        return Text("", problems=("no_text", "unread_type"))
    guessed = not charset and not name.startswith("utf")
    return _finish(raw, ("encoding_guessed",) if guessed else ())


def read_json(data: bytes, charset: str | None = None) -> Text:
    """Return the names and values of a JSON file, or of JSON lines, each a block.

    What is not JSON after all is read as plain text.
    """
    try:
        raw = data.decode("utf-8-sig")
        values = _parse(raw)
    except (ValueError, RecursionError):
        return read_plain(data, charset)
    return _finish(BLOCK.join(_spell(values)))


def read_xml(data: bytes) -> Text:
    """Return the text of an XML file, each element a block; entities are left alone."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return read_plain(data)
    return _finish(BLOCK.join(str(each) for each in root.itertext()))


def _finish(raw: str, problems: tuple[str, ...] = ()) -> Text:
    body = normalise(raw)
    if len(body) > MAX_LETTERS:
        body, problems = body[:MAX_LETTERS].rstrip(), (*problems, "cut_short")
    return Text(body, problems=problems if body else (*problems, "no_text"))


def _parse(raw: str) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return [json.loads(line) for line in raw.splitlines() if line.strip()]


def _spell(value: Any) -> Iterator[str]:
    left = [value]
    while left:
        value = left.pop()
        if isinstance(value, dict):
            left += [each for pair in reversed(value.items()) for each in reversed(pair)]
        elif isinstance(value, list):
            left += reversed(value)
        elif value is not None:
            yield value if isinstance(value, str) else json.dumps(value)
