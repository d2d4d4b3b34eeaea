"""A web site on the loopback address, whose pages try what pages try."""

import gzip
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = Callable[[http.server.BaseHTTPRequestHandler], None]

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8"
    "cfc0f01f0005000 1ff89993d1d0000000049454e44ae426082".replace(" ", "")
)


def say(body: bytes | str, media_type: str = "text/html; charset=utf-8", **headers: str) -> Answer:
    """Answer 200 with a body."""
    content = body.encode() if isinstance(body, str) else body

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", media_type)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    return answer


def say_packed(body: str, media_type: str = "text/html; charset=utf-8") -> Answer:
    """Answer 200 with a body in gzip."""
    return say(gzip.compress(body.encode()), media_type, Content_Encoding="gzip")


def send_on(place: str) -> Answer:
    """Answer 302."""

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", place)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def drip(first: str, seconds: float) -> Answer:
    """Answer 200 with a body that goes on and on."""

    def answer(request: http.server.BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "text/html; charset=utf-8")
        request.end_headers()
        request.wfile.write(first.encode())
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            request.wfile.write(b"<p>and on</p>")
            request.wfile.flush()
            time.sleep(0.05)

    return answer


@dataclass(slots=True)
class Site:
    """What a site answers, and which paths it was asked for."""

    port: int
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@contextmanager
def open_site() -> Iterator[Site]:
    """Serve a site until the block ends."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            answer = site.pages.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                try:
                    answer(self)
                except OSError:
                    self.close_connection = True

        do_POST = do_GET  # noqa: N815 - the names are http.server's

        def log_message(self, *_: object) -> None:
            pass

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass

    with Server(("127.0.0.1", 0), Handler) as server:
        site = Site(server.server_port)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()
