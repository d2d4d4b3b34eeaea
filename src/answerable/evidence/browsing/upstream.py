"""A proxy beyond the gate, such as Tor's, that a captured page's connections go through.

Names are looked up by the proxy, so that no name server near the operator learns them. What a name
leads to can then not be checked here: only addresses spelled as such, and names of inner networks.
"""

import base64
import socket
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from answerable.errors import UsageError

_SECONDS = 30.0
_MOST_HEAD = 16_384
_PORTS = {"http": 8080, "socks5": 1080, "socks5h": 1080}


@dataclass(frozen=True, slots=True)
class Upstream:
    """Where a proxy is and how it is spoken to.

    Args:
        scheme: `http` (by CONNECT), or `socks5h` (a host's name goes to the proxy as it is).
        host: Of the proxy.
        port: Of the proxy.
        user: Name and password that the proxy asks for; empty where it asks for none.
    """

    scheme: str
    host: str
    port: int
    user: tuple[str, str] = ("", "")

    def dial(self, host: str, port: int) -> socket.socket:
        """Connect to a host through the proxy.

        Raises:
            OSError: The proxy or the host cannot be reached.
        """
        end = socket.create_connection((self.host, self.port), timeout=_SECONDS)
        try:
            if self.scheme == "http":
                _connect(end, host, port, self.user)
            else:
                _greet(end, self.user)
                _request(end, host, port)
        except BaseException:
            end.close()
            raise
        return end


def read_upstream(proxy: str | None) -> Upstream | None:
    """Take a proxy's address apart; None where there is none.

    Args:
        proxy: `http://host:port`, `socks5h://host:port` or `socks5://host:port`, each also with
            `user:password@` before the host. Host names always go to the proxy unresolved.

    Raises:
        UsageError: It is none of these.

    Example:
        >>> read_upstream("socks5h://127.0.0.1:9050")
        Upstream(scheme='socks5h', host='127.0.0.1', port=9050, user=('', ''))
    """
    if not proxy:
        return None
    try:
        parts = urlsplit(proxy)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port, parts = None, None, urlsplit("")
    if not host or parts.scheme not in _PORTS:
        raise UsageError(
            "The proxy's address cannot be used. Give http://HOST:PORT or socks5h://HOST:PORT, "
            "such as socks5h://127.0.0.1:9050 for Tor."
        )
    user = (unquote(parts.username or ""), unquote(parts.password or ""))
    return Upstream(parts.scheme, host, port or _PORTS[parts.scheme], user)


def _connect(end: socket.socket, host: str, port: int, user: tuple[str, str]) -> None:
    """Ask an HTTP proxy for a tunnel.

    Source:
        RFC 9110, section 9.3.6.
    """
    goal = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {goal} HTTP/1.1", f"Host: {goal}"]
    if user[0]:
        secret = base64.b64encode(":".join(user).encode()).decode()
        lines.append(f"Proxy-Authorization: Basic {secret}")
    end.sendall("\r\n".join((*lines, "", "")).encode("ascii"))
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        letter = end.recv(1)  # one by one: what follows belongs to the browser
        if not letter or len(head) > _MOST_HEAD:
            raise ConnectionError("the proxy gave no answer")
        head += letter
    if head.split(b" ", 2)[1:2] != [b"200"]:
        raise ConnectionError("the proxy refused the connection")


def _greet(end: socket.socket, user: tuple[str, str]) -> None:
    """Greet a SOCKS proxy, with name and password where it wants them.

    Source:
        RFC 1928, section 3; RFC 1929.
    """
    end.sendall(b"\x05\x02\x00\x02" if user[0] else b"\x05\x01\x00")
    version, method = _read(end, 2)
    if version != 5 or method not in ((0, 2) if user[0] else (0,)):
        raise ConnectionError("the proxy wants another way to log in")
    if method == 2:
        name, password = (each.encode()[:255] for each in user)
        end.sendall(b"\x01" + bytes((len(name),)) + name + bytes((len(password),)) + password)
        if _read(end, 2)[1] != 0:
            raise ConnectionError("the proxy refused the name and password")


def _request(end: socket.socket, host: str, port: int) -> None:
    """Ask a SOCKS proxy to connect to a host by its name.

    Source:
        RFC 1928, sections 4 to 6.
    """
    name = host.encode("ascii")
    end.sendall(b"\x05\x01\x00\x03" + bytes((len(name),)) + name + port.to_bytes(2, "big"))
    _, code, _, kind = _read(end, 4)
    if code != 0:
        raise ConnectionError("the proxy refused the connection")
    size = {1: 4, 4: 16}.get(kind)
    _read(end, 2 + (size if size is not None else _read(end, 1)[0]))


def _read(end: socket.socket, size: int) -> bytes:
    found = b""
    while len(found) < size:
        chunk = end.recv(size - len(found))
        if not chunk:
            raise ConnectionError("the proxy ended the connection")
        found += chunk
    return found
