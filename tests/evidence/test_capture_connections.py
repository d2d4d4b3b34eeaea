"""Connections that are more than plain: TLS to a checked address, and SOCKS as Tor speaks it."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from answerable.errors import AddressRefused, FetchFailed
from answerable.evidence.fetching import fetch_page
from tests.evidence.capture_server import greet_socks, greet_tls, page, redirect, serve

HOST = "mill.example"


def make_certificate(folder: Path, host: str) -> Path:
    """Write a key and a certificate by itself for a host into one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{host}.pem"
    path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


def speak(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_tls_asks_for_the_name_at_the_address_that_was_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serve({"/": page(b"sealed")}, greet_tls(speak(certificate))) as it:
        url = f"https://{HOST}:{it.port}/"
        [exchange] = fetch_page(url, allow_private=True, resolve=here)
        assert it.names == [HOST]
        assert f"Host: {HOST}:{it.port}".encode() in it.requests[0]
    assert (exchange.body, exchange.address, exchange.url) == (b"sealed", "127.0.0.1", url)


@pytest.mark.parametrize("trusted", [False, True])
def test_a_certificate_that_is_unknown_or_of_another_name_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    trusted: bool,
) -> None:
    certificate = make_certificate(tmp_path, "other.example" if trusted else HOST)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serve({"/": page(b"x")}, greet_tls(speak(certificate))) as it:
        with pytest.raises(FetchFailed, match="certificate could not be verified"):
            fetch_page(f"https://{HOST}:{it.port}/", allow_private=True, resolve=here)
        assert it.requests == []


def never(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was looked up here")


def test_socks_is_told_the_name_and_looks_it_up(tmp_path: Path) -> None:
    answers = {"/a": redirect("http://next.example/b"), "/b": page(b"far")}
    with serve(answers, greet_socks) as it:
        proxy = f"socks5h://127.0.0.1:{it.port}"
        chain = fetch_page("http://mill.example/a", proxy=proxy, resolve=never)
        assert it.names == ["mill.example", "next.example"]
        assert it.requests[0].startswith(b"GET /a HTTP/1.1\r\nHost: mill.example\r\n")
    assert [each.body for each in chain] == [b"", b"far"]
    assert {each.address for each in chain} == {None}


def test_socks_carries_tls_to_the_host_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = make_certificate(tmp_path, HOST)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    tls = greet_tls(speak(certificate))
    with serve({"/": page(b"onion")}, lambda end, it: tls(greet_socks(end, it), it)) as it:
        proxy = f"socks5h://127.0.0.1:{it.port}"
        [exchange] = fetch_page(f"https://{HOST}/", proxy=proxy, resolve=never)
        assert it.names == [HOST, HOST]
    assert exchange.body == b"onion"


def test_a_proxy_that_is_not_there_or_refuses_is_said() -> None:
    with serve({}) as it:
        port = it.port
    with pytest.raises(FetchFailed, match="proxy could not be reached"):
        fetch_page("http://mill.example/", proxy=f"socks5h://127.0.0.1:{port}")
    with (
        serve({"/": page(b"x")}) as it,
        pytest.raises(FetchFailed, match="proxy could not be reached, or refused"),
    ):
        fetch_page("https://mill.example/", proxy=f"http://127.0.0.1:{it.port}")


def test_socks_is_not_asked_for_what_is_plainly_private() -> None:
    with serve({}, greet_socks) as it:
        with pytest.raises(AddressRefused):
            fetch_page("http://192.168.0.1/", proxy=f"socks5h://127.0.0.1:{it.port}")
        assert it.names == []
