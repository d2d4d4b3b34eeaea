"""Text of web pages: a walk over the tree that keeps blocks apart and leaves out what is no text.

Unlike programs that look for the main text, it drops nothing a reader could be shown: a quotation
may stand in a caption, a footer or a box that opens on a click. Script is never run.
"""

import codecs
import re

from lxml import etree

from answerable.engine.text_encoding import decode
from answerable.errors import TableUnreadable
from answerable.evidence.texts.anchor import BLOCK, LINE, normalise
from answerable.evidence.texts.text import Text

BLOCKS = frozenset(
    "address article aside audio blockquote body button caption canvas center dd details dialog dir"
    " div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 header"
    " hgroup hr html iframe legend li main map menu nav object ol optgroup option p picture pre"
    " search section select summary table tbody td textarea tfoot th thead tr ul video".split()
)
"""Elements that begin and end a block."""
SKIPPED = frozenset("head noembed noframes noscript rp rt script style template".split())
"""Elements whose content is no text of the page; ruby (`rt`) says how a text is pronounced."""

_META = re.compile(rb"<meta\s[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_WEB_LABELS = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "cn-big5": "big5hkscs",
    "shift_jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252",
    "iso-8859-9": "cp1254", "tis-620": "cp874",
    "utf-16": "utf-16-le", "unicode": "utf-16-le", "x-user-defined": "cp1252",
}  # fmt: skip
"""What browsers take a label for, where it differs from what Python takes it for."""
_NO_PAGES = ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_WITHIN = 4096
MAX_TITLE = 1000
_STOPPING = (2, 114)
"""Errors of libxml2 after which it reads no further: no memory; deeper than 2,048 elements."""


def read_html(data: bytes, charset: str | None = None) -> Text:
    r"""Return the text of a web page.

    Args:
        data: The page's bytes.
        charset: Encoding that the server named, else None.

    Returns:
        The text; its title is kept apart from the body, where the heading mostly repeats it.

    Source:
        WHATWG Encoding Standard, "decode" and the labels of encodings: a byte-order mark comes
        before what the server says, and that before the page's own word.

    Cost:
        About 0.15 s for 1 MB.

    Example:
        >>> read_html(b"<title>News</title><p>One<p>two <b>th</b>ree<script>4</script>").body
        'One two three'
    """
    page, is_guessed = decode_page(data, charset)
    # Given as bytes, since lxml refuses a str that names an encoding of its own.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    clean = page.replace("\x00", "").encode("utf-8", errors="replace")
    root = etree.fromstring(clean, parser) if clean.strip() else None
    if root is None:
        return Text("", problems=("no_text",))
    body = normalise("".join(_walk(root)))
    is_cut = any(each.type in _STOPPING for each in parser.error_log)
    problems = _tell(body, is_guessed, is_cut)
    return Text(body, title=_title(root), problems=problems, tool=f"lxml {etree.__version__}")


def decode_page(data: bytes, charset: str | None) -> tuple[str, bool]:
    """Return a page's text, and whether its encoding had to be guessed."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, errors="replace"), False
    within = _META.search(data[:_META_WITHIN])
    for label in (charset, within.group(1).decode() if within else None):
        name = _codec(label, is_meta=label is not charset)
        if name:
            return data.decode(name, errors="replace"), False
    try:
        return data.decode("utf-8"), False
    except UnicodeDecodeError:
        return _guess(data), True


def _codec(label: str | None, is_meta: bool) -> str:
    """Return Python's name for a label, empty where it is no encoding of text."""
    if not label:
        return ""
    name = _WEB_LABELS.get(label.strip().strip("\"'").lower(), label.strip())
    if is_meta and name.lower().startswith("utf-16"):
        return "utf-8"  # a page that can be read to this word as ASCII is no UTF-16
    try:
        found = codecs.lookup(name)
        "".encode(found.name)  # not a codec of bytes, such as zlib: a bomb by its label
    except (LookupError, ValueError):
        return ""
    return "" if found.name in _NO_PAGES else found.name


def _guess(data: bytes) -> str:
    try:
        return decode(data)[0]
    except TableUnreadable:
        return data.decode("cp1252", errors="replace")


def _walk(root: etree._Element) -> list[str]:
    pieces: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = str(element.tag).lower()
        is_block = tag in BLOCKS or "-" in tag
        if event == "start":
            if is_block:
                pieces.append(BLOCK)
            if _is_skipped(element, tag):
                walk.skip_subtree()
            elif tag == "br":
                pieces.append(LINE)
            elif element.text:
                pieces.append(element.text)
        else:
            if is_block:
                pieces.append(BLOCK)
            if element.tail:
                pieces.append(element.tail)
    return pieces


def _is_skipped(element: etree._Element, tag: str) -> bool:
    if tag == "template":  # one with a shadow root is shown: a browser's snapshot holds such
        return not (element.get("shadowrootmode") or element.get("shadowroot"))
    return tag in SKIPPED


def _title(root: etree._Element) -> str | None:
    found = root.find(".//title")
    if found is None:
        return None
    return normalise("".join(map(str, found.itertext())))[:MAX_TITLE] or None


def _tell(body: str, is_guessed: bool, is_cut: bool) -> tuple[str, ...]:
    told = {"no_text": not body, "encoding_guessed": is_guessed, "cut_short": is_cut}
    return tuple(code for code, holds in told.items() if holds)
