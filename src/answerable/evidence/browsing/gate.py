"""The gate through which a captured page reaches the network, and nothing else does.

Chromium is told to send every connection to a SOCKS proxy, and resolves no name itself. The proxy
is this gate, on the loopback address of this machine: it looks a name up once, checks every IP
address that the name has, and connects to the very one it checked. So an image, a redirect, a
worker or a WebSocket meets the same rule as the page, and a name that answers differently the
second time does not matter.

It does not cover a program of this machine other than the browser: while a capture lasts, any of
them can connect through the gate, to what the capture itself may reach.
"""

import ipaddress
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from answerable.errors import AddressRefused
from answerable.evidence.addresses import Resolve, check_address, read_address, resolve_host
from answerable.evidence.browsing.upstream import Upstream

_CHUNK = 1 << 16
_MOST_CONNECTIONS = 512
_CONNECT_SECONDS = 15.0
_IDLE_SECONDS = 120.0

_GRANTED, _FAILED, _NOT_ALLOWED, _UNREACHABLE, _REFUSED, _NO_COMMAND = 0, 1, 2, 4, 5, 7
_NAME, _IPV4, _IPV6 = 3, 1, 4


@dataclass(slots=True)
class Gate:
    """What may be reached, and what was.

    Args:
        allow_private: Also addresses of this machine and of the network around it.
        upstream: A proxy that all connections go through, else None.
        most_bytes: What all connections together may bring before they are cut.
        resolve: Looks host names up.
    """

    allow_private: bool = False
    upstream: Upstream | None = None
    most_bytes: int = 200_000_000
    resolve: Resolve = resolve_host
    port: int = 0
    addresses: dict[tuple[str, int], str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    received: int = 0
    _open: dict[socket.socket, tuple[str, int]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    @property
    def exhausted(self) -> bool:
        """Whether connections were cut because they brought too much."""
        return self.received > self.most_bytes

    def address_of(self, host: str, port: int) -> str | None:
        """Return the IP address that a host was reached at, None where it was not, or by proxy."""
        return self.addresses.get((host, port))

    def find(self, host: str, port: int) -> str:
        """Return the one address of a host that is used during this capture.

        Raises:
            AddressRefused: The host may not be reached.
            OSError: It is not known.
        """
        if (known := self.addresses.get((host, port))) is not None:
            return known
        try:
            found = self._check(host, port)
        except AddressRefused:
            self.refused.add(host)
            raise
        return found if self.upstream else self.addresses.setdefault((host, port), found)

    def _check(self, host: str, port: int) -> str:
        shown = f"[{host}]" if ":" in host else host
        address = read_address(f"http://{shown}:{port}/")
        resolve = _leave_names if self.upstream else self.resolve
        try:
            return check_address(address, allow_private=self.allow_private, resolve=resolve)
        except _LeftToProxy:
            return host

    def dial(self, host: str, port: int) -> socket.socket:
        """Connect to a host that may be reached."""
        address = self.find(host, port)
        if self.upstream is not None:
            return self.upstream.dial(host, port)
        return socket.create_connection((address, port), timeout=_CONNECT_SECONDS)

    def count(self, size: int) -> bool:
        """Count what came in; False when it is too much."""
        with self._lock:
            self.received += size
        return not self.exhausted

    def hold(self, end: socket.socket, goal: tuple[str, int] = ("", 0)) -> bool:
        """Keep a socket in mind, to be closed at the end; False when the gate is closed already."""
        with self._lock:
            if self._closed or len(self._open) > 2 * _MOST_CONNECTIONS:
                return False
            self._open[end] = goal
        return True

    def drop(self, *ends: socket.socket) -> None:
        """Close sockets."""
        with self._lock:
            for end in ends:
                self._open.pop(end, None)
        for end in ends:
            _shut(end)

    def cut(self, host: str, port: int) -> None:
        """End the connections to a host, as if it had ended them."""
        with self._lock:
            ends = [end for end, goal in self._open.items() if goal == (host, port)]
        for end in ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Close everything that is open; threads that wait on it end."""
        with self._lock:
            self._closed = True
            ends = tuple(self._open)
        self.drop(*ends)


class _LeftToProxy(Exception):
    """A name that the proxy beyond looks up, not we."""


def _leave_names(host: str, _port: int) -> list[str]:
    """Give addresses spelled as such, also 127.1 and 2130706433; leave names to the proxy."""
    with suppress(ValueError):
        return [str(ipaddress.ip_address(host))]
    with suppress(OSError):
        return [socket.inet_ntoa(socket.inet_aton(host))]
    raise _LeftToProxy


@contextmanager
def open_gate(gate: Gate) -> Iterator[Gate]:
    """Listen on the loopback address until the block ends.

    Yields:
        The gate, with the port on which it listens.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        gate.port = listener.getsockname()[1]
        threading.Thread(
            target=_accept, args=(gate, listener), daemon=True, name="browser gate"
        ).start()
        try:
            yield gate
        finally:
            _shut(listener)
            gate.close()


def _accept(gate: Gate, listener: socket.socket) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        if gate.hold(near):
            threading.Thread(target=_serve, args=(gate, near), daemon=True).start()
        else:
            near.close()


def _serve(gate: Gate, near: socket.socket) -> None:
    """Serve one connection from the browser, from its greeting to its end."""
    far: socket.socket | None = None
    try:
        near.settimeout(_CONNECT_SECONDS)
        host, port = _read_request(near)
        code, far = _try_dial(gate, host, port)
        if far is not None and not gate.hold(far, (host, port)):
            code = _FAILED
        near.sendall(_reply(code))
        if far is not None and code == _GRANTED:
            _join(gate, near, far)
    except (OSError, ValueError):
        pass  # the browser learns it from the closed connection
    finally:
        gate.drop(near, *([far] if far else []))


def _try_dial(gate: Gate, host: str, port: int) -> tuple[int, socket.socket | None]:
    try:
        return _GRANTED, gate.dial(host, port)
    except AddressRefused:
        return _NOT_ALLOWED, None
    except ConnectionRefusedError:
        return _REFUSED, None
    except OSError:
        return _UNREACHABLE, None


def _reply(code: int) -> bytes:
    return bytes((5, code, 0, _IPV4, 0, 0, 0, 0, 0, 0))


def _read_request(near: socket.socket) -> tuple[str, int]:
    """Read a SOCKS 5 greeting and request to connect.

    Source:
        RFC 1928, sections 3 and 4.
    """
    version, methods = read_exactly(near, 2)
    if version != 5 or 0 not in read_exactly(near, methods):
        raise ValueError("no greeting of SOCKS 5")
    near.sendall(b"\x05\x00")
    version, command, _, kind = read_exactly(near, 4)
    if version != 5 or command != 1:
        near.sendall(_reply(_NO_COMMAND))
        raise ValueError("no request to connect")
    if kind == _NAME:
        host = read_exactly(near, read_exactly(near, 1)[0]).decode("ascii").lower()
    elif kind in (_IPV4, _IPV6):
        host = str(ipaddress.ip_address(read_exactly(near, 4 if kind == _IPV4 else 16)))
    else:
        raise ValueError("no kind of address of SOCKS 5")
    return host, int.from_bytes(read_exactly(near, 2), "big")


def read_exactly(end: socket.socket, size: int) -> bytes:
    """Read so many bytes from a socket; raises OSError where there are fewer."""
    found = b""
    while len(found) < size:
        chunk = end.recv(size - len(found))
        if not chunk:
            raise ConnectionError("the connection ended early")
        found += chunk
    return found


def _join(gate: Gate, near: socket.socket, far: socket.socket) -> None:
    """Carry bytes both ways until either end closes, is idle for long, or brings too much."""
    for end in (near, far):
        end.settimeout(_IDLE_SECONDS)
    outward = threading.Thread(target=_carry, args=(near, far), daemon=True)
    outward.start()
    _carry(far, near, gate.count)
    _shut(far)
    outward.join(timeout=1)


def _carry(
    source: socket.socket, sink: socket.socket, count: Callable[[int], bool] | None = None
) -> None:
    with suppress(OSError):
        while chunk := source.recv(_CHUNK):
            if count is not None and not count(len(chunk)):
                break
            sink.sendall(chunk)
        sink.shutdown(socket.SHUT_WR)


def _shut(end: socket.socket) -> None:
    """Close a socket so that a thread which waits on it learns it."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
