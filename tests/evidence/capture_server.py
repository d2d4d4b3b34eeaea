"""A server on loopback that answers with exactly the bytes that a test gives it."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Answer = bytes | Callable[[socket.socket], None]


@dataclass
class Server:
    """What was asked, and where."""

    port: int
    answers: Mapping[str, Answer]
    requests: list[bytes] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


Greet = Callable[[socket.socket, Server], socket.socket]


def _as_it_is(connection: socket.socket, _: Server) -> socket.socket:
    return connection


@contextmanager
def serve(answers: Mapping[str, Answer], greet: Greet = _as_it_is) -> Iterator[Server]:
    """Answer each path with its bytes, or let its function write them; unknown paths give 404."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = Server(listener.getsockname()[1], answers)
        thread = threading.Thread(target=_listen, args=(listener, server, greet), daemon=True)
        thread.start()
        yield server
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _listen(listener: socket.socket, server: Server, greet: Greet) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_meet, args=(connection, server, greet), daemon=True).start()


def _meet(connection: socket.socket, server: Server, greet: Greet) -> None:
    with connection, contextlib.suppress(OSError):
        connection.settimeout(5)
        _answer(greet(connection, server), server)


def greet_socks(connection: socket.socket, server: Server) -> socket.socket:
    """Behave as a SOCKS 5 proxy that leads to this server, whatever name it is told."""
    count = connection.recv(2)[1]
    connection.recv(count)
    connection.sendall(b"\x05\x00")
    size = connection.recv(5)[4]
    server.names.append(connection.recv(size + 2)[:-2].decode())
    connection.sendall(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50")
    return connection


def greet_tls(context: ssl.SSLContext) -> Greet:
    """Speak TLS, and note which name was asked for."""

    def greet(connection: socket.socket, server: Server) -> socket.socket:
        context.sni_callback = lambda _, name, __: server.names.append(name)
        return context.wrap_socket(connection, server_side=True)

    return greet


def _answer(connection: socket.socket, server: Server) -> None:
    with connection:
        asked = b""
        while b"\r\n\r\n" not in asked:
            more = connection.recv(65_536)
            if not more:
                return
            asked += more
        server.requests.append(asked)
        path = asked.split(b" ", 2)[1].decode()
        answer = server.answers.get(path, page(b"<p>nothing here", status="404 Not Found"))
        if callable(answer):
            answer(connection)
        else:
            connection.sendall(answer)


def page(
    body: bytes, *headers: str, status: str = "200 OK", media_type: str = "text/html; charset=utf-8"
) -> bytes:
    """One whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + body


def redirect(place: str, status: str = "302 Found") -> bytes:
    return f"HTTP/1.1 {status}\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode("latin-1")
