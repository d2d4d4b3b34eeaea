"""What becomes of the browser's events, told from a talk that was written down."""

import base64
import json
import queue
from typing import Any

import pytest

from answerable.evidence.browsing.gate import Gate
from answerable.evidence.browsing.protocol import CommandRefused, Talk, TalkEnded
from answerable.evidence.browsing.records import Bounds, Recorder

Params = dict[str, Any]


class WrittenWire:
    """A wire whose other end gives written answers, in the order of what it is told."""

    def __init__(self, answers: dict[str, Params]) -> None:
        self.answers = answers
        self.told: list[tuple[str, Params]] = []
        self._out: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def send(self, message: bytes) -> None:
        asked = json.loads(message)
        self.told.append((asked["method"], asked["params"]))
        answer = self.answers.get(asked["method"], {"result": {}})
        self._out.put(json.dumps({"id": asked["id"], **answer}).encode())

    def say(self, event: str, **params: Any) -> None:
        self._out.put(json.dumps({"method": event, "params": params}).encode())

    def receive(self) -> bytes:
        return self._out.get()

    def close(self) -> None:
        self._out.put(b"")

    def list_told(self, method: str) -> list[Params]:
        return [params for name, params in self.told if name == method]


def begin(answers: dict[str, Params], bounds: Bounds | None = None) -> tuple[WrittenWire, Recorder]:
    wire = WrittenWire(answers)
    talk = Talk(wire)
    talk.begin()
    recorder = Recorder(talk, Gate(), bounds or Bounds())
    recorder.begin()
    return wire, recorder


def hear(wire: WrittenWire, recorder: Recorder) -> None:
    """Handle everything that was said until now."""
    recorder.talk.ask("Browser.getVersion")
    recorder.talk.ask("Browser.getVersion")


def pause(url: str, status: int | None, *heads: tuple[str, str], **more: Any) -> Params:
    listed = [{"name": name, "value": value} for name, value in heads]
    answer = {} if status is None else {"responseStatusCode": status, "responseHeaders": listed}
    request = {"url": url, "method": "GET", "headers": {"Accept": "*/*"}}
    number = {"requestId": f"held-{url}", "networkId": "n1", "resourceType": "Document"}
    return {**number, "frameId": "main", "request": request, **answer, **more}


def in_base64(body: bytes) -> Params:
    return {"result": {"body": base64.b64encode(body).decode(), "base64Encoded": True}}


WHOLE = {"Fetch.getResponseBody": in_base64(b"<p>words")}


def test_each_request_of_a_chain_keeps_its_own_head() -> None:
    wire, recorder = begin(WHOLE)
    sent = [{":authority": "a.example", ":path": "/1", "x": "1"}, {"Host": "b.example", "x": "2"}]
    for nth, url in enumerate(("https://a.example/1", "https://b.example/2")):
        redirect = {"redirectResponse": {"protocol": "h2"}} if nth else {}
        wire.say(
            "Network.requestWillBeSent",
            requestId="n1",
            wallTime=1e9 + nth,
            request={"url": url},
            **redirect,
        )
        wire.say("Network.requestWillBeSentExtraInfo", requestId="n1", headers=sent[nth])
    wire.say(
        "Network.responseReceivedExtraInfo", requestId="n1", headers={"Set-Cookie": "a=1\nb=2"}
    )
    wire.say("Fetch.requestPaused", **pause("https://a.example/1", 302, ("Location", "/2")))
    wire.say("Fetch.requestPaused", **pause("https://b.example/2#part", 200, ("X", "y")))
    wire.say("Network.responseReceived", requestId="n1", response={"protocol": "http/1.1"})
    hear(wire, recorder)
    first, second = recorder.list_exchanges()
    assert first.request_headers == (("Host", "a.example"), ("x", "1"))
    assert first.response_headers == (
        ("Location", "/2"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
    )
    assert (first.protocol, second.protocol) == ("h2", "http/1.1")
    assert (second.url, second.body) == ("https://b.example/2", b"<p>words")
    assert second.request_headers == (("Host", "b.example"), ("x", "2"))
    assert (first.started_at, second.started_at) == (
        "2001-09-09T01:46:40.000Z",
        "2001-09-09T01:46:41.000Z",
    )
    page = recorder.find_page("main", "n1")
    assert page == second
    assert recorder.find_page("another", "n1") is None


def test_the_head_is_kept_as_it_came_where_it_is_told() -> None:
    wire, recorder = begin(WHOLE)
    text = "HTTP/1.1 200 Fine\r\nb-header: 1\r\nA-Header:  2:3 \r\nb-header: 4\r\n\r\n"
    told = {"requestId": "n1", "headers": {}, "headersText": text}
    wire.say("Network.responseReceivedExtraInfo", **told)
    wire.say("Fetch.requestPaused", **pause("http://a.example/", 200))
    hear(wire, recorder)
    [exchange] = recorder.list_exchanges()
    assert exchange.response_headers == (("b-header", "1"), ("A-Header", "2:3"), ("b-header", "4"))


LONG = ("Content-Length", "2000")
PACKED = ("Content-Encoding", "gzip")
PIECE = {"result": {"data": "p" * 600, "base64Encoded": False, "eof": False}}
STREAM = {"Fetch.takeResponseBodyAsStream": {"result": {"stream": "s"}}}
REFUSED = {"error": {"message": "no such thing"}}
EVENTS = ("Content-Type", "text/event-stream; x=y")
NO_BODY = {"Fetch.getResponseBody": REFUSED}
ENDLESS = {**STREAM, "IO.read": PIECE}
BROKEN = {**STREAM, "IO.read": REFUSED}
FATES = [
    ("whole", WHOLE, [[]], None, None, "continueRequest"),
    ("no body to be had", NO_BODY, [[]], "unspecified", "bodies_cut", "continueRequest"),
    ("too long by its head", WHOLE, [[LONG]], "length", "bytes_limit", "failRequest"),
    ("too long unpacked", ENDLESS, [[PACKED]], "length", "bodies_cut", "fulfillRequest"),
    ("broken while unpacked", BROKEN, [[PACKED]], "disconnect", "bodies_cut", "fulfillRequest"),
    ("a stream of events", {}, [[EVENTS]], "unspecified", "bodies_cut", "continueRequest"),
    ("too many requests", WHOLE, [[], [], []], None, "requests_limit", "failRequest"),
]


@pytest.mark.parametrize(("what", "answers", "heads", "cut", "problem", "end"), FATES)
def test_what_becomes_of_a_body(
    what: str,
    answers: dict[str, Params],
    heads: list[list[tuple[str, str]]],
    cut: str | None,
    problem: str | None,
    end: str,
) -> None:
    wire, recorder = begin(answers, Bounds(most_body_bytes=1_000, most_requests=2))
    for nth, each in enumerate(heads):
        wire.say("Fetch.requestPaused", **pause(f"http://a.example/{nth}", 200, *each))
    for _ in range(4):
        hear(wire, recorder)
    exchanges = recorder.list_exchanges()
    assert len(exchanges) == min(len(heads), 2)
    assert exchanges[-1].truncated == cut
    assert len(exchanges[-1].body) <= 1_000
    assert tuple(recorder.problems) == ((problem,) if problem else ())
    assert wire.list_told(f"Fetch.{end}")
    assert recorder.is_quiet(0)


def test_a_page_is_given_what_was_recorded() -> None:
    pieces = {"result": {"data": "cGFnZQ==", "base64Encoded": True, "eof": True}}
    wire, recorder = begin({**STREAM, "IO.read": pieces})
    heads = (PACKED, ("content-length", "9"), ("X-Kept", "yes"))
    wire.say("Fetch.requestPaused", **pause("http://a.example/", 200, *heads))
    hear(wire, recorder)
    hear(wire, recorder)
    [given] = wire.list_told("Fetch.fulfillRequest")
    assert given["body"] == "cGFnZQ=="
    assert given["responseHeaders"] == [{"name": "X-Kept", "value": "yes"}]
    [exchange] = recorder.list_exchanges()
    assert (exchange.body, exchange.decoded) == (b"page", True)
    assert PACKED in exchange.response_headers


BREAKS = [
    ("Network.loadingFailed", {"errorText": "net::ERR_INCOMPLETE_CHUNKED_ENCODING"}),
    ("Network.loadingFinished", {"encodedDataLength": 99}),
]


@pytest.mark.parametrize(("event", "told"), BREAKS)
def test_a_connection_that_ended_early_is_noticed(event: str, told: Params) -> None:
    end = {"result": {"data": "half", "base64Encoded": False, "eof": True}}
    wire, recorder = begin({**STREAM, "IO.read": end})
    heads = (PACKED, ("Content-Length", "100"))
    wire.say("Fetch.requestPaused", **pause("http://a.example/", 200, *heads))
    hear(wire, recorder)
    hear(wire, recorder)
    wire.say(event, requestId="n1", **told)
    hear(wire, recorder)
    assert recorder.list_exchanges()[0].truncated == "disconnect"


def test_what_failed_has_its_reason() -> None:
    wire, recorder = begin({})
    recorder.gate.refused.add("printer.local")
    for url in ("http://a.example/", "http://printer.local/"):
        failed = pause(url, None, responseErrorReason="ConnectionRefused")
        wire.say("Fetch.requestPaused", **failed)
    hear(wire, recorder)
    told = [(each.status, each.failed) for each in recorder.list_exchanges()]
    assert told == [(None, "net_connection_refused"), (None, "address_refused")]


def test_a_talk_tells_refusals_and_its_end() -> None:
    wire, recorder = begin({"Page.enable": REFUSED})
    with pytest.raises(CommandRefused, match="no such thing"):
        recorder.talk.ask("Page.enable")
    wire.close()
    recorder.talk.close()
    for _ in range(2):
        with pytest.raises(TalkEnded):
            recorder.talk.ask("Page.disable", seconds=1)
