"""Recording what a browser asks for and is answered, before its pages get to see it.

Every answer is held up in the browser's network layer, over all its pages, frames and workers, and
let go when its body was read: so the bytes are those that came, not what a page made of them, in
their own character set. A body without an end is cut, recorded as cut, and given to the page as
recorded.
"""

import base64
import binascii
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urldefrag, urlsplit

from answerable.evidence.browsing.gate import Gate
from answerable.evidence.browsing.protocol import Talk
from answerable.evidence.exchanges import Exchange, Headers

Params = dict[str, Any]

_PIECE = 1 << 18
_GRACE_SECONDS = 1.0
_ENDLESS = ("text/event-stream", "multipart/x-mixed-replace")
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BREAKS = ("MISMATCH", "INCOMPLETE", "CONNECTION", "SOCKET", "TIMED_OUT", "HTTP2", "DECODING")
_UNDONE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_BY_NETWORK = (
    "requestWillBeSent",
    "requestWillBeSentExtraInfo",
    "responseReceived",
    "responseReceivedExtraInfo",
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is recorded.

    Args:
        most_bytes: Bodies of all answers together.
        most_body_bytes: Body of one answer; a longer one is cut.
        most_body_seconds: How long one answer may take to come in; then it is cut.
        most_requests: Requests that are let through.
    """

    most_bytes: int = 100_000_000
    most_body_bytes: int = 50_000_000
    most_body_seconds: float = 10.0
    most_requests: int = 2_000


@dataclass(slots=True, eq=False)
class _Hop:
    """One request and what came of it, while it goes on."""

    paused: Params
    at: float
    network: str
    nth: int
    body: bytearray = field(default_factory=bytearray)
    truncated: str | None = None
    failed: str | None = None
    done: bool = False
    stream: str = ""
    cut: str | None = None
    since: float = 0.0


@dataclass(slots=True)
class Recorder:
    """All exchanges of one capture, as they come.

    Args:
        talk: The talk with the browser.
        gate: Where the browser reaches the network.
        bounds: How much is recorded.
        problems: Codes of what is missing; added to.
    """

    talk: Talk
    gate: Gate
    bounds: Bounds
    problems: dict[str, None] = field(default_factory=dict)
    hops: list[_Hop] = field(default_factory=list)
    moved_at: float = 0.0
    _told: dict[str, defaultdict[str, list[Params]]] = field(default_factory=dict)
    _seen: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    _going: set[_Hop] = field(default_factory=set)
    _newest: dict[str, _Hop] = field(default_factory=dict)
    _waiting: set[str] = field(default_factory=set)
    _size: int = 0

    def begin(self) -> None:
        """Listen, and have every answer held up."""
        self.moved_at = time.monotonic()
        for name in _BY_NETWORK:
            self._told[name] = defaultdict(list)
            self.talk.listen(f"Network.{name}", self._keep(name))
        self.talk.listen("Network.requestWillBeSent", self._start_waiting)
        self.talk.listen("Network.loadingFinished", self._stop_waiting)
        self.talk.listen("Network.loadingFailed", self._stop_waiting)
        self.talk.listen("Network.loadingFailed", self._note_break)
        self.talk.listen("Network.loadingFinished", self._compare)
        self.talk.listen("Network.webSocketCreated", self._note("websocket_not_recorded"))
        self.talk.listen("Fetch.requestPaused", self._hold)
        self.talk.ask("Fetch.enable", {"patterns": [{"requestStage": "Response"}]})

    def is_quiet(self, seconds: float) -> bool:
        """Return whether nothing is under way, and was not for so long."""
        busy = self._waiting or self._going
        return not busy and time.monotonic() - self.moved_at >= seconds

    def tick(self) -> None:
        """Cut the connections of bodies that take too long, then do without those bodies."""
        now = time.monotonic()
        for hop in tuple(self._going):
            late = now - hop.since - self.bounds.most_body_seconds
            if late > 0 and hop.cut is None:
                hop.cut = "time"
                self.gate.cut(*_host_and_port(hop.paused["request"]["url"]))
            elif late > _GRACE_SECONDS:
                self._refuse(hop, "bodies_cut")

    def _keep(self, name: str) -> Callable[[Params, str], None]:
        kept = self._told[name]

        def keep(params: Params, _session: str) -> None:
            kept[params["requestId"]].append(params)

        return keep

    def _note(self, code: str) -> Callable[[Params, str], None]:
        def note(_params: Params, _session: str) -> None:
            self.problems[code] = None

        return note

    def _start_waiting(self, params: Params, _session: str) -> None:
        self.moved_at = time.monotonic()
        if params["request"]["url"].startswith("http"):
            self._waiting.add(params["requestId"])

    def _stop_waiting(self, params: Params, _session: str) -> None:
        self.moved_at = time.monotonic()
        self._waiting.discard(params["requestId"])

    def _compare(self, params: Params, _session: str) -> None:
        """Compare what came in, head and packed body, with what the head had announced."""
        came = int(params.get("encodedDataLength", 0))
        hop = self._newest.get(params["requestId"])
        if hop is not None and hop.stream and not hop.truncated:
            length = _length(hop.paused)
            if length is not None and 0 < came < length:
                self._end(hop, truncated="disconnect")

    def _note_break(self, params: Params, _session: str) -> None:
        """Learn after the answer that its connection had ended early."""
        broken = any(word in params.get("errorText", "") for word in _BREAKS)
        hop = self._newest.get(params["requestId"])
        if broken and hop is not None and hop.done and "responseStatusCode" in hop.paused:
            cut = "length" if self.gate.exhausted else "disconnect"
            self._end(hop, truncated=hop.truncated or cut)

    # What is done with an answer that is held up.

    def _hold(self, params: Params, _session: str) -> None:
        self.moved_at = now = time.monotonic()
        network = params.get("networkId", "")
        hop = _Hop(params, time.time(), network, self._seen[network], since=now)
        self._seen[network] += 1
        self._newest[network] = hop
        if len(self.hops) >= self.bounds.most_requests:
            self._refuse(hop, "requests_limit")
            return
        self.hops.append(hop)
        self._going.add(hop)
        if "responseErrorReason" in params:
            self._let_go(hop, failed=self._say_failure(params))
        elif params.get("responseStatusCode") in _REDIRECTS:
            self._let_go(hop, truncated=None if _length(params) == 0 else "unspecified")
        elif _media_type(params) in _ENDLESS:
            self._let_go(hop, truncated="unspecified")
            self._waiting.discard(network)
        else:
            self._take_body(hop)

    def _say_failure(self, params: Params) -> str:
        if _host_and_port(params["request"]["url"])[0] in self.gate.refused:
            self.problems["address_refused"] = None
            return "address_refused"
        return _spell_code(str(params["responseErrorReason"]))

    def _take_body(self, hop: _Hop) -> None:
        length = _length(hop.paused)
        left = self.bounds.most_bytes - self._size
        if left <= 0 or (length is not None and length > min(self.bounds.most_body_bytes, left)):
            self._refuse(hop, "bytes_limit")
        elif _header(hop.paused, "content-encoding").lower() in ("", "identity"):
            self._take_whole(hop)
        else:
            self._take_piecewise(hop)

    def _take_whole(self, hop: _Hop) -> None:
        """Wait until the body has come in; the gate bounds how much that can be."""

        def keep(answer: Params) -> None:
            if hop.done:
                return
            got = answer.get("result", {})
            self._add(hop, got.get("body", ""), got.get("base64Encoded", False))
            self._let_go(hop, truncated="unspecified" if "error" in answer else hop.cut)

        self._tell(hop, "Fetch.getResponseBody", then=keep)

    def _take_piecewise(self, hop: _Hop) -> None:
        """Unpack a packed body piece by piece: little that came in may be very much unpacked."""

        def begin(answer: Params) -> None:
            hop.stream = answer.get("result", {}).get("stream", "")
            if hop.stream:
                self._read_on(hop)
            else:
                self._let_go(hop, truncated="unspecified")

        self._tell(hop, "Fetch.takeResponseBodyAsStream", then=begin)

    def _read_on(self, hop: _Hop) -> None:
        wanted = {"handle": hop.stream, "size": _PIECE}
        self.talk.tell("IO.read", wanted, then=lambda answer: self._take_piece(hop, answer))

    def _take_piece(self, hop: _Hop, answer: Params) -> None:
        if hop.done:
            return
        got = answer.get("result", {"eof": True})
        self._add(hop, got.get("data", ""), got.get("base64Encoded", False))
        if "error" in answer:
            self._give_back(hop, "disconnect")
        elif len(hop.body) > self.bounds.most_body_bytes or self._size > self.bounds.most_bytes:
            del hop.body[self.bounds.most_body_bytes :]
            self._give_back(hop, "length")
        elif got.get("eof"):
            self._give_back(hop, hop.cut)
        else:
            self._read_on(hop)

    def _add(self, hop: _Hop, text: str, in_base64: bool) -> None:
        self.moved_at = time.monotonic()
        data = base64.b64decode(text) if in_base64 else text.encode("utf-8", "surrogatepass")
        hop.body += data
        self._size += len(data)

    def _give_back(self, hop: _Hop, truncated: str | None) -> None:
        """Give the page what was recorded of a stream, no more and no less."""
        self.talk.tell("IO.close", {"handle": hop.stream})
        heads = [each for each in hop.paused["responseHeaders"] if not _is_undone(each)]
        answer = {
            "responseCode": hop.paused["responseStatusCode"],
            "responseHeaders": heads,
            "body": base64.b64encode(hop.body).decode(),
        }
        if hop.paused.get("responseStatusText"):
            answer["responsePhrase"] = hop.paused["responseStatusText"]
        self._tell(hop, "Fetch.fulfillRequest", answer)
        self._end(hop, truncated=truncated)

    def _refuse(self, hop: _Hop, problem: str) -> None:
        self.problems[problem] = None
        cut = (hop.cut or "length") if "responseStatusCode" in hop.paused else None
        self._tell(hop, "Fetch.failRequest", {"errorReason": "BlockedByClient"})
        self._end(hop, truncated=cut, problem=problem)

    def _let_go(
        self, hop: _Hop, *, truncated: str | None = None, failed: str | None = None
    ) -> None:
        self._tell(hop, "Fetch.continueRequest")
        self._end(hop, truncated=truncated, failed=failed)

    def _end(
        self,
        hop: _Hop,
        *,
        truncated: str | None = None,
        failed: str | None = None,
        problem: str = "bodies_cut",
    ) -> None:
        hop.done, hop.truncated, hop.failed = True, truncated, failed
        self._going.discard(hop)
        if truncated and hop.paused.get("responseStatusCode") not in _REDIRECTS:
            self.problems[problem] = None

    def _tell(
        self,
        hop: _Hop,
        command: str,
        more: Params | None = None,
        then: Callable[[Params], None] | None = None,
    ) -> None:
        self.talk.tell(command, {"requestId": hop.paused["requestId"], **(more or {})}, then=then)

    # What is handed over.

    def list_exchanges(self) -> tuple[Exchange, ...]:
        """Return all exchanges in the order of their answers."""
        return tuple(self._make_exchange(hop) for hop in self.hops)

    def find_page(self, frame: str, loader: str) -> Exchange | None:
        """Return the exchange that brought the document of a frame.

        Args:
            frame: The frame.
            loader: What loaded the document that it shows; empty where it shows none, then the
                last one that was asked for is meant.
        """
        for hop in reversed(self.hops):
            paused = hop.paused
            ours = paused.get("resourceType") == "Document" and paused.get("frameId") == frame
            if ours and loader in ("", hop.network):
                return self._make_exchange(hop)
        return None

    def _make_exchange(self, hop: _Hop) -> Exchange:
        request = hop.paused["request"]
        started = self._told_of("requestWillBeSent", hop).get("wallTime", hop.at)
        sent = self._told_of("requestWillBeSentExtraInfo", hop).get("headers", request["headers"])
        answered = "responseStatusCode" in hop.paused
        place = _host_and_port(request["url"])
        return Exchange(
            url=urldefrag(request["url"])[0],
            method=request["method"],
            request_headers=_list_sent(sent),
            request_body=_join_entries(request),
            status=hop.paused["responseStatusCode"] if answered else None,
            reason=hop.paused.get("responseStatusText", ""),
            response_headers=self._list_answered(hop),
            body=bytes(hop.body),
            address=self.gate.address_of(*place) if answered else None,
            started_at=spell_time(started),
            truncated=_say_cut(hop),
            decoded=True,
            failed=hop.failed,
            protocol=self._find_protocol(hop),
        )

    def _told_of(self, name: str, hop: _Hop) -> Params:
        told = self._told[name][hop.network]
        return told[hop.nth] if hop.nth < len(told) else {}

    def _find_protocol(self, hop: _Hop) -> str:
        """Find what an answer was spoken in: told with the next request where it sent us on."""
        told = self._told["requestWillBeSent"][hop.network][hop.nth + 1 :]
        sent = self._told_of("requestWillBeSentExtraInfo", hop).get("headers", {})
        if ":authority" in sent:  # HTTP/3 is off; what we gave back ourselves is told as HTTP/1.1
            return "h2"
        told = told or self._told["responseReceived"][hop.network]
        answers = (each.get("redirectResponse") or each.get("response") for each in told)
        return str((next(answers, None) or {}).get("protocol") or "http/1.1").lower()

    def _list_answered(self, hop: _Hop) -> Headers:
        """Prefer the head as it came over the wire, then the list, which may lack Set-Cookie."""
        told = self._told_of("responseReceivedExtraInfo", hop)
        if text := told.get("headersText"):
            return _read_head(text)
        listed = tuple((e["name"], e["value"]) for e in hop.paused.get("responseHeaders", ()))
        names = {name.lower() for name, _ in listed}
        more = _list_headers(told.get("headers", {}))
        return listed + tuple(each for each in more if each[0].lower() not in names)


def _say_cut(hop: _Hop) -> str | None:
    if hop.done:
        return hop.truncated
    return "time" if "responseStatusCode" in hop.paused else None


def _host_and_port(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def spell_time(seconds: float) -> str:
    """Spell a time as UTC with milliseconds."""
    at = datetime.fromtimestamp(seconds, UTC)
    return at.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def _spell_code(reason: str) -> str:
    words = "".join(f"_{each.lower()}" if each.isupper() else each for each in reason)
    return "net" + (words if words.startswith("_") else f"_{words}")


def _header(params: Params, name: str) -> str:
    heads = params.get("responseHeaders", ())
    return next((str(each["value"]) for each in heads if each["name"].lower() == name), "")


def _media_type(params: Params) -> str:
    return _header(params, "content-type").partition(";")[0].strip().lower()


def _length(params: Params) -> int | None:
    told = _header(params, "content-length").strip()
    return int(told) if told.isdecimal() and len(told) < 16 else None


def _is_undone(head: dict[str, str]) -> bool:
    return head["name"].lower() in _UNDONE


def _list_headers(headers: dict[str, str]) -> Headers:
    """Take a map of headers apart; values of a repeated name stand in lines of their own."""
    return tuple((name, line) for name, text in headers.items() for line in text.split("\n"))


def _list_sent(headers: dict[str, str]) -> Headers:
    """List what was sent; what HTTP/2 sends in fields of its own as HTTP/1.1 would."""
    host = (("Host", headers[":authority"]),) if ":authority" in headers else ()
    return host + tuple(each for each in _list_headers(headers) if not each[0].startswith(":"))


def _read_head(text: str) -> Headers:
    lines = (line.partition(":") for line in text.split("\r\n")[1:] if ":" in line)
    return tuple((name, value.strip()) for name, _, value in lines)


def _join_entries(request: Params) -> bytes:
    try:
        entries = [base64.b64decode(e.get("bytes", "")) for e in request.get("postDataEntries", ())]
    except (binascii.Error, ValueError):
        entries = []
    return b"".join(entries) or str(request.get("postData", "")).encode()
