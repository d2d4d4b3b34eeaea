"""Addresses that a capture may connect to: public ones, unless it is told otherwise.

A page that is captured may name any address, by link, redirect or name server, also one of this
machine or of the network around it. A capture must neither reach those nor bring home what they
answer.
"""

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit, urlunsplit

from answerable.errors import AddressRefused

Resolve = Callable[[str, int], Sequence[str]]
"""Gives the IP addresses of a host name and port; raises OSError where there are none."""

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_INNER_NAMES = ("localhost", "local", "internal", "intranet", "lan", "home.arpa", "corp", "home")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An http or https address, taken apart and found in order.

    Args:
        url: Without user, password and fragment; host in ASCII.
        scheme: `http` or `https`.
        host: In lower case and ASCII; an IPv6 address without brackets.
        port: 1 to 65535.
        request: Path and query as they are asked for.
        had_credentials: Whether a user or password stood in it; they are dropped.
    """

    url: str
    scheme: str
    host: str
    port: int
    request: str
    had_credentials: bool = False

    @property
    def authority(self) -> str:
        """Host and, where it is not the default, port, as the Host header names them."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return shown if self.port == _PORTS[self.scheme] else f"{shown}:{self.port}"


def read_address(url: str) -> WebAddress:
    """Take an address apart, and refuse what is none of http or https.

    A user and a password in it are dropped and never kept: they would be secrets in a record.

    Args:
        url: As typed or as a redirect gave it.

    Returns:
        The address; nothing was asked of the network.

    Raises:
        AddressRefused: It is no http or https address, or is spelled so that programs disagree
            about what it names.

    Example:
        >>> read_address("HTTPS://Example.org:443/a b#top").url
        'https://example.org/a%20b'
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        raise AddressRefused(url, "it cannot be read as an address") from None
    if parts.scheme not in _PORTS:
        raise AddressRefused(url, "only http and https addresses are captured")
    if len(url) > _LONGEST:
        raise AddressRefused(url[:80] + "…", f"it is over {_LONGEST:,} letters long")
    host = _plain_host(url, parts)
    if port == 0:
        raise AddressRefused(url, "its port is none")
    return _address(parts, host, port or _PORTS[parts.scheme])


def _address(parts: SplitResult, host: str, port: int) -> WebAddress:
    path, query = (_quote(part) for part in (parts.path or "/", parts.query))
    request = f"{path}?{query}" if query else path
    bare = WebAddress("", parts.scheme, host, port, request)
    url = urlunsplit((parts.scheme, bare.authority, path, query, ""))
    secret = "@" in parts.netloc
    return WebAddress(url, parts.scheme, host, port, request, secret)


def _quote(text: str) -> str:
    """Spell what may not stand in a request in percent form, and leave the rest as it is."""
    kept = (each if "!" <= each <= "~" else _percent(each) for each in text)
    return "".join(kept)


def _percent(letter: str) -> str:
    return "".join(f"%{byte:02X}" for byte in letter.encode("utf-8", "replace"))


def _plain_host(url: str, parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host or any(each in host for each in "%\\ \t\r\n\x00"):
        raise AddressRefused(url, "it names no host")
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            raise AddressRefused(url, "its host name is none that can be asked") from None
    return host.lower()


def is_public(ip: str) -> bool:
    """Return whether an IP address is one of the public internet.

    Not public: private, loopback, link-local, multicast, reserved, unspecified and shared
    addresses, IPv4 addresses wrapped in IPv6 (mapped, 6to4, Teredo, NAT64) that are not public
    themselves, and what is no IP address.

    Source:
        IANA special-purpose address registries, as Python's `ipaddress` knows them.

    Example:
        >>> [is_public(each) for each in ("8.8.8.8", "10.0.0.1", "::ffff:127.0.0.1", "224.0.0.1")]
        [True, False, False, False]
    """
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner_ipv4(address)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inner_ipv4(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address.teredo is not None:
        return address.teredo[1]
    if address in ipaddress.ip_network("64:ff9b::/96") or address in _COMPATIBLE:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


_COMPATIBLE = ipaddress.ip_network("::/96")


def resolve_host(host: str, port: int) -> list[str]:
    """Ask the system for a host's IP addresses, IPv4 first: it is reached from more places.

    Raises:
        OSError: There are none, or there is no network.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from error
    addresses = dict.fromkeys(str(entry[4][0]) for entry in found)
    return sorted(addresses, key=lambda each: ":" in each)


def check_address(
    address: WebAddress, *, allow_private: bool = False, resolve: Resolve = resolve_host
) -> str:
    """Return the IP address to connect to, after checking every one that the host has.

    Connect to this very address: a name asked twice may answer differently.

    Args:
        address: As `read_address` gave it.
        allow_private: Also addresses of this machine and of the network around it.
        resolve: Looks host names up.

    Raises:
        AddressRefused: Any of the host's addresses is not public, whatever its spelling.
        OSError: The host is not known, or there is no network.
    """
    check_spelling(address, allow_private=allow_private)
    found = [each.partition("%")[0] for each in resolve(address.host, address.port)]
    if not found:
        raise OSError(f"no address for {address.host}")
    if not allow_private and not all(is_public(each) for each in found):
        raise AddressRefused(address.url, "its host has an address that is not public")
    return found[0]


def check_spelling(address: WebAddress, *, allow_private: bool = False) -> None:
    """Refuse what an address says by itself: inner names, private numbers, odd spellings.

    It asks nobody; where a name leads is not checked.

    Args:
        address: As `read_address` gave it.
        allow_private: Refuse nothing.

    Raises:
        AddressRefused: The host is a name or number of this machine or of the network around it,
            or a number in another spelling than four decimal ones (`0x7f.1`, `2130706433`).

    Example:
        >>> check_spelling(read_address("http://0177.0.0.1/"))
        Traceback (most recent call last):
        answerable.errors.AddressRefused: http://0177.0.0.1/ was not asked for: its host is a ...
    """
    if allow_private:
        return
    host = address.host
    if _is_inner_name(host):
        raise AddressRefused(address.url, "its host is a name of this machine or network")
    if ":" in host or _NUMBER.fullmatch(host.rpartition(".")[2]):
        if not _is_ip(host):
            raise AddressRefused(address.url, "its host is a number in an unusual spelling")
        if not is_public(host):
            raise AddressRefused(address.url, "its host has an address that is not public")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_inner_name(host: str) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in _INNER_NAMES)
