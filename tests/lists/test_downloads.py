"""Fetching, against a server on this machine: whole or not at all, bounded, public only."""

import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from answerable.errors import DownloadFailed, OutputUnwritable
from answerable.lists.downloads import fetch

CONTENT = b"name\nInvented Mill\n" * 1000


class Office(BaseHTTPRequestHandler):
    """An issuer with good and bad days, by path."""

    def do_GET(self) -> None:
        kind, _, rest = self.path[1:].partition("/")
        if kind == "file":
            self.answer(200, CONTENT)
        elif kind == "redirect":
            self.answer(302, b"", Location=f"/redirect/{int(rest) - 1}" if int(rest) else "/file")
        elif kind == "away":
            self.answer(302, b"", Location="file:///etc/hostname")
        elif kind == "nowhere":
            self.answer(302, b"")
        elif kind == "status":
            self.answer(int(rest), b"sorry")
        elif kind == "cut":
            self.answer(200, CONTENT, promised=len(CONTENT) + 7)
        elif kind == "endless":
            self.answer(200, CONTENT, promised=None)
        elif kind == "empty":
            self.answer(200, b"")
        elif kind == "silent":
            self.server.stopped.wait(20)  # type: ignore[attr-defined]

    def answer(self, status: int, body: bytes, promised: int | None = -1, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if promised is not None:
            self.send_header("Content-Length", str(len(body) if promised < 0 else promised))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def office() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Office) as server:
        server.daemon_threads = True
        server.stopped = threading.Event()  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.stopped.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join(10)


def test_file_is_fetched_whole(office: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert fetch(f"{office}/file", path, allow_private=True) == f"{office}/file"
    assert path.read_bytes() == CONTENT


def test_few_redirects_are_followed(office: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    assert fetch(f"{office}/redirect/3", path, allow_private=True) == f"{office}/file"
    assert path.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("redirect/9", "redirects more than 5 times"),
        ("away", "only https"),
        ("nowhere", "redirects more than"),
        ("status/404", "answered 404"),
        ("status/500", "answered 500"),
        ("cut", "broke off"),
        ("empty", "empty"),
    ],
)
def test_bad_answers_leave_no_file(path: str, why: str, office: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=why) as raised:
        fetch(f"{office}/{path}", tmp_path / "list.csv", allow_private=True)
    assert "--from FILE" in str(raised.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["file", "endless"])
def test_size_is_bounded_whatever_is_promised(path: str, office: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="over the limit of 100"):
        fetch(f"{office}/{path}", tmp_path / "list.csv", most_bytes=100, allow_private=True)
    assert list(tmp_path.iterdir()) == []


def test_silence_is_bounded(office: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="in time"):
        fetch(f"{office}/silent", tmp_path / "list.csv", most_seconds=0.3, allow_private=True)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://198.51.100.7/list.csv", "only https"),
        ("ftp://198.51.100.7/list.csv", "only https"),
        ("file:///etc/hostname", "only https"),
        ("https:///list.csv", "no plain web address"),
        ("https://me:secret@198.51.100.7/", "no plain web address"),
        ("https://127.0.0.1/list.csv", "private address"),
        ("https://[::1]/list.csv", "private address"),
        ("https://10.0.0.1/list.csv", "private address"),
        ("https://169.254.169.254/latest", "private address"),
        ("https://0.0.0.0/", "private address"),
        ("https://127.0.0.1:99999/", "its port is none"),
        ("https://2130706433/", "private address"),
    ],
)
def test_addresses_that_are_not_asked(url: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match=why):
        fetch(url, tmp_path / "list.csv")


def test_redirect_to_this_machine_is_checked_again(office: str, tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="only https"):
        fetch(office + "/file", tmp_path / "list.csv")


def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(DownloadFailed, match="no connection"):
        fetch("http://127.0.0.1:1/list.csv", tmp_path / "list.csv", allow_private=True)


def test_folder_is_missing(office: str, tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritable):
        fetch(f"{office}/file", tmp_path / "no" / "list.csv", allow_private=True)


@pytest.fixture
def certificate(tmp_path: Path) -> tuple[Path, Path]:
    """Make a certificate for `localhost` alone, signed by itself."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here to make a certificate")
    folder = tmp_path / "certificate"
    folder.mkdir()
    paths = (folder / "certificate.pem", folder / "key.pem")
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(command, check=True, capture_output=True, timeout=30)
    return paths


@pytest.mark.parametrize(
    ("host", "is_trusted", "works"),
    [("localhost", True, True), ("localhost", False, False), ("127.0.0.1", True, False)],
)
def test_certificate_is_verified_for_the_name_asked(
    host: str,
    is_trusted: bool,
    works: bool,
    certificate: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate[0]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with ThreadingHTTPServer(("127.0.0.1", 0), Office) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url, path = f"https://{host}:{server.server_port}/file", tmp_path / "list.csv"
        try:
            if works:
                fetch(url, path, allow_private=True)
                assert path.read_bytes() == CONTENT
            else:
                with pytest.raises(DownloadFailed, match="certificate could not be verified"):
                    fetch(url, path, allow_private=True)
        finally:
            server.shutdown()
