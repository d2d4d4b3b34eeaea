"""CDXJ: the index by which a replay finds an address in a WARC, and its form for WACZ."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, quote_from_bytes, unquote_to_bytes, urlsplit

_PORTS = {"http": 80, "https": 443}
_WWW = re.compile(r"^www\d*\.")
_QUERY_SESSION = re.compile(r"^(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}$")
_KEPT = "".join(map(chr, range(0x21, 0x7F))).replace("%", "").replace("#", "")
_LINES_PER_BLOCK = 1_000
_MOST_DECODINGS = 4


@dataclass(frozen=True, slots=True)
class CdxLine:
    """Where one record of a WARC stands.

    Args:
        url: Address of the record.
        at: Its WARC-Date, `2026-11-24T14:02:03.125Z`.
        media_type: Of its content, such as `text/html`.
        status: HTTP status; None for what has none, such as a screenshot.
        digest: Of its payload, `sha256:` and 64 hexadecimal digits.
        filename: Of the WARC, without folder.
        offset: Of its first byte in that file.
        length: In that file, compressed.
    """

    url: str
    at: str
    media_type: str
    status: int | None
    digest: str
    filename: str
    offset: int
    length: int

    def __str__(self) -> str:
        """Return it as one line of CDXJ, without its end of line."""
        fields = {"url": self.url, "mime": self.media_type or "unk"}
        if self.status is not None:
            fields["status"] = str(self.status)
        fields |= {
            "digest": self.digest,
            "length": str(self.length),
            "offset": str(self.offset),
            "filename": self.filename,
        }
        stamp = re.sub(r"\D", "", self.at)[:14]
        return f"{sort_key(self.url)} {stamp} {json.dumps(fields, ensure_ascii=True)}"


def sort_key(url: str) -> str:
    """Return an address in its sort-friendly form (SURT), as replays look it up.

    Two addresses with one key are looked up alike; that does not say that they are one page.
    Ours follows the usual canonical form: no scheme, no `www.`, no default port, no user, no
    fragment, lower case, query in order, no session ids.

    Args:
        url: An address; what is none of http or https is only lowered.

    Returns:
        The key, ASCII, without spaces.

    Source:
        The CDXJ of pywb and the Internet Archive's SURT, compared with the package `surt`.

    Example:
        >>> sort_key("https://www.Example.org/News/?b=2&a=1#top")
        'org,example)/news?a=1&b=2'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return _escape(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        return _escape(url).rstrip("/")
    shown = f":{port}" if port and port != _PORTS[parts.scheme] else ""
    return f"{_turn_host(parts.hostname)}{shown}){_path_key(parts)}"


def _turn_host(host: str) -> str:
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            host = _escape(host)
    name = _WWW.sub("", host.lower()).strip(".")
    return name if ":" in name else ",".join(reversed(name.split(".")))


def _path_key(parts: SplitResult) -> str:
    path = _escape(_climb(_unescape(parts.path))).rstrip("/") or "/"
    asked = _escape(_unescape(parts.query)).split("&")
    kept = [each for each in asked if not _QUERY_SESSION.match(each)]
    query = "&".join(sorted(kept, key=lambda each: each.partition("=")))
    return f"{path}?{query}" if query else path


def _climb(path: str) -> str:
    """Resolve `.` and `..`, and drop empty steps."""
    steps: list[str] = []
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/" + "/".join(steps) + ("/" if path.endswith("/") else "")


def _unescape(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    for _ in range(_MOST_DECODINGS):
        once = unquote_to_bytes(data)
        if once == data:
            break
        data = once
    return data.decode("latin-1")


def _escape(text: str) -> str:
    coded = "latin-1" if all(ord(each) < 256 for each in text) else "utf-8"
    return quote_from_bytes(text.encode(coded, "replace"), safe=_KEPT).lower()


def write_index(lines: Iterable[CdxLine], filename: str) -> tuple[bytes, bytes]:
    """Return the compressed index and the summary that tells where its blocks begin.

    ReplayWeb.page reads a compressed index only with its summary; pywb reads no `index.cdxj`.
    Both read this pair.

    Args:
        lines: In any order.
        filename: Name of the compressed index, without folder.

    Returns:
        The index (gzip, one member per 1,000 lines, no time in it) and the summary (`.idx`).

    Source:
        ZipNum, `cdxj-gzip-1.0`, as written by py-wacz and read by wabac.js.
    """
    ordered = sorted(str(line) for line in lines)
    index, summary = (
        b"",
        ["!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": filename})],
    )
    for block in _blocks(ordered):
        member = gzip.compress("".join(f"{line}\n" for line in block).encode(), mtime=0)
        place = {
            "offset": len(index),
            "length": len(member),
            "digest": f"sha256:{hashlib.sha256(member).hexdigest()}",
            "filename": filename,
        }
        summary.append(f"{block[0].partition(' {')[0]} {json.dumps(place)}")
        index += member
    return index, "".join(f"{line}\n" for line in summary).encode()


def _blocks(lines: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(lines), _LINES_PER_BLOCK):
        yield lines[start : start + _LINES_PER_BLOCK]
