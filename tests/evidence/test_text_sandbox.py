"""The process in which documents are read: what it may not do, and what its end means."""

import os
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from answerable.errors import ReaderFailed
from answerable.evidence.texts import reading
from answerable.evidence.texts.reading import Reader, extract_text
from tests.evidence.small_office import make_docx
from tests.evidence.small_pdf import make_pdf, write_lines


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader() as opened:
        opened.read(b"start", "text/plain")
        yield opened


def confined(attempt: str, *arguments: str) -> str:
    """Return what a confined process prints of an attempt, past Python's own guard."""
    code = (
        "import ctypes, os, socket, subprocess, sys\n"
        "from answerable.evidence.texts.confinement import confine\n"
        "libc = ctypes.CDLL(None, use_errno=True)\n"
        "held = confine()\n" + textwrap.dedent(attempt)
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, timeout=60
    )
    return done.stdout.strip()


def guarded(guard: str) -> None:
    if guard not in confined("print(*held)").split():
        pytest.skip(f"this system has no guard {guard!r}")


def test_the_kernel_refuses_a_connection_that_machine_code_asks_for() -> None:
    guarded("system_calls")
    assert confined("print(libc.socket(2, 1, 0), ctypes.get_errno())") == "-1 1"


def test_the_kernel_refuses_a_new_process() -> None:
    guarded("system_calls")
    assert confined("print(libc.fork(), ctypes.get_errno())") == "-1 1"
    assert confined("print(libc.execl(b'/bin/true', b'true', None))") == "-1"


def test_the_kernel_refuses_changes_to_files(tmp_path: Path) -> None:
    guarded("system_calls")
    kept = tmp_path / "kept"
    kept.write_text("kept")
    attempt = """
        name = sys.argv[1].encode()
        print(libc.open(name, os.O_WRONLY), libc.open(name, os.O_TRUNC | os.O_RDWR),
              libc.unlink(name), libc.rename(name, name + b"2"), libc.open(name + b"2", os.O_CREAT))
    """
    assert confined(attempt, str(kept)) == "-1 -1 -1 -1 -1"
    assert [each.name for each in tmp_path.iterdir()] == ["kept"]
    assert kept.read_text() == "kept"


def test_the_kernel_refuses_to_read_what_is_not_pythons(tmp_path: Path) -> None:
    guarded("paths")
    (tmp_path / "signing.pem").write_text("a key")
    attempt = "print(libc.open(sys.argv[1].encode(), 0), libc.open(os.__file__.encode(), 0) > 0)"
    assert confined(attempt, str(tmp_path / "signing.pem")) == "-1 True"


ATTEMPTS = [
    "socket.create_connection(('127.0.0.1', 9))",
    "subprocess.run(['true'])",
    "os.system('true')",
    "open('made', 'w')",
    "os.remove(os.__file__)",
]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_python_refuses_it_too_on_every_system(attempt: str) -> None:
    told = confined(f"try: {attempt}\nexcept PermissionError as error: print(error)")
    assert told.endswith("is refused while documents are read")


def test_threads_still_run() -> None:
    attempt = (
        "import threading; t = threading.Thread(target=print, args=('ran',)); t.start(); t.join()"
    )
    assert confined(attempt) == "ran"


def test_memory_is_bounded() -> None:
    guarded("limits")
    if sys.platform != "linux":
        pytest.skip("only Linux bounds it")
    attempt = "try: bytearray(4_000_000_000)\nexcept MemoryError: print('refused')"
    assert confined(attempt) == "refused"


def test_the_environment_does_not_reach_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANSWERABLE_PASSPHRASE", "do not tell")
    assert "ANSWERABLE_PASSPHRASE" not in reading._ENVIRONMENT
    with Reader() as reader:
        reader.read(b"x", "text/plain")
        process = reader._process
        assert process is not None
        environment = Path(f"/proc/{process.pid}/environ")
        if not environment.exists():
            pytest.skip("this system does not show it")
        assert b"do not tell" not in environment.read_bytes()


def test_many_documents_share_one_process(reader: Reader) -> None:
    before = reader._process
    kinds = [
        (b"<p>a<p>b", "text/html", "a b"),
        (make_pdf([write_lines("printed")]), "application/pdf", "printed"),
        (make_docx("<w:p><w:r><w:t>typed</w:t></w:r></w:p>"), "application/zip", "typed"),
    ]
    for data, media_type, body in kinds:
        assert reader.read(data, media_type).body == body
    assert reader._process is before
    assert "limits" in reader.guards or sys.platform == "win32"


def test_a_file_is_read_as_its_bytes(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "page"
    path.write_bytes(b"<p>on disk")
    assert reader.read(path, "text/html").body == "on disk"
    with pytest.raises(FileNotFoundError):
        reader.read(tmp_path / "missing", "text/html")


def test_tool_and_language_are_told(reader: Reader) -> None:
    text = reader.read("<p>新河市公安局表示，这将有助于维护社会稳定。".encode(), "text/html")
    assert text.language == "zh"
    assert text.tool.startswith("lxml ")
    assert reader.read(b"plain", "text/plain").tool.startswith("answerable ")


def test_a_process_that_ends_is_named_and_the_next_document_is_read() -> None:
    with Reader() as reader:
        reader.read(b"x", "text/plain")
        assert reader._process is not None
        os.kill(reader._process.pid, 9)
        assert reader.read(b"first", "text/plain").problems in ((), ("no_text", "crashed"))
        assert reader.read(b"second", "text/plain").body == "second"


def test_a_document_that_takes_too_long_is_named() -> None:
    with Reader(seconds=0.3) as reader:
        started = time.monotonic()
        text = reader.read(b"words \n" * 8_000_000, "text/plain")
        assert time.monotonic() - started < 20
        assert text.problems == ("no_text", "timed_out")
        assert reader.read(b"after", "text/plain").body == "after"


def test_a_document_over_the_limit_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_DOCUMENT_BYTES", 10)
    with Reader() as reader:
        assert reader.read(b"x" * 11, "text/plain").problems == ("no_text", "too_large")
        assert reader._process is None


def test_an_answer_over_the_limit_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ANSWER_BYTES", 2_000)
    with Reader() as reader:
        assert reader.read(b"x" * 5_000, "text/plain").problems == ("no_text", "crashed")
        assert reader._process is None


def test_no_process_can_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(ReaderFailed, match="free memory"):
        extract_text(b"x", "text/plain")


def test_it_starts_within_a_second_and_a_half() -> None:
    """On a quiet machine a quarter of a second; this only notices if it grows tenfold."""
    started = time.monotonic()
    with Reader() as reader:
        reader.read(b"<p>x", "text/html")
    assert time.monotonic() - started < 5
