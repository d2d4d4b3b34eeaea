"""Evidence at the command line: from a page to a package that verifies without us."""

import re
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.evidence.capture_server import Server, page, serve
from tests.ledger.authority import OPENSSL, make_authority

PLAIN = "<title>Award 118</title><p>The contract is awarded to Northwind Vision Ltd."
SCRIPT = (
    "<title>Answer</title><body><script>document.body.append("
    "'Northwind says ' + 'that it ' + 'delivered to a reseller.')</script>"
)
LEAK = "The ledger of Lakeside names the quorbel contractor."

SOURCES = """\
schema: answerable.sources/1
sources:
  - key: award
    title: Award 118
    publisher: Lakeside City Procurement Office
    url: {plain_url}
    capture: {plain}
  - key: answer
    title: Answer
    publisher: Northwind Vision Ltd
    url: {built_url}
    capture: {built}
"""
CLAIMS = """\
schema: answerable.claims/1
claims:
  - id: supply
    claimant: {name: Lakeside City Procurement Office, kind: agency}
    kind: fact
    about: {name: Northwind Vision Ltd, kind: company}
    predicate: supplied
    object: Lakeside City Police
    statement: The office says that Northwind won the contract for the cameras.
    modality: states
    passages:
      - {source: award, quote: awarded to Northwind Vision Ltd}
rebuttals:
  - id: reseller
    by: Northwind Vision Ltd
    answers: [supply]
    statement: The company says that its buyer was a dealer.
    passages:
      - {source: answer, quote: it delivered to a reseller}
replies: []
retractions: []
"""


@pytest.fixture
def site() -> Iterator[Server]:
    with serve({"/plain": page(PLAIN.encode()), "/built": page(SCRIPT.encode())}) as server:
        yield server


@contextmanager
def answer_posts(reply: Callable[[bytes], bytes]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join(5)


@pytest.fixture
def home(run: Run) -> Path:
    assert run("init", "ws").returncode == 0
    assert run("draft", "lakeside", "-w", "ws").returncode == 0
    return Path("ws")


def fill_in(home: Path, site: Server, plain: str, built: str) -> None:
    case = home / "cases" / "lakeside"
    urls = {"plain_url": site.url("/plain"), "built_url": site.url("/built")}
    text = SOURCES.format(plain=plain, built=built, **urls)
    (case / "sources.yaml").write_text(text, encoding="utf-8")
    (case / "claims.yaml").write_text(CLAIMS, encoding="utf-8")


@pytest.mark.skipif(not shutil.which("chromium"), reason="no Chromium: see .ci/tools")
def test_from_two_pages_to_a_package_that_verifies_alone(
    run: Run, home: Path, site: Server, tmp_path: Path
) -> None:
    at = ("-c", "lakeside", "-w", "ws", "--allow-private")
    plain = run("capture", site.url("/plain"), *at)
    built = run("capture", site.url("/built"), *at, "--browser")
    assert (plain.returncode, built.returncode) == (0, 0), plain.stderr + built.stderr
    fill_in(home, site, plain.stdout.strip(), built.stdout.strip())

    quoted = run("quote", built.stdout.strip()[:20], "delivered to a reseller", "-w", "ws")
    assert "quote: delivered to a reseller" in quoted.stdout

    filed = run("check", "lakeside", "--file", "-w", "ws")
    assert filed.returncode == 0, filed.stdout
    assert "3 filed" in filed.stderr

    assert run("verify", "ws").returncode == 0
    assert run("export", "lakeside", "-w", "ws").returncode == 0
    verified = run("verify", "lakeside.zip")
    assert verified.returncode == 0
    assert re.search(r"quotation +2", verified.stdout)

    alone = tmp_path / "alone"
    zipfile.ZipFile("lakeside.zip").extractall(alone)
    verifier = next(alone.rglob("verify.py"))
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(verifier)], capture_output=True, check=False, text=True
    )
    assert ran.returncode == 0, ran.stdout
    assert re.search(r"quotation +2", ran.stdout)


def test_an_edited_copy_is_named_and_the_exit_code_says_so(
    run: Run, home: Path, site: Server
) -> None:
    sealed = run("capture", site.url("/plain"), "-c", "lakeside", "-w", "ws", "--allow-private")
    objects = [each for each in (home / "evidence" / "objects").rglob("*") if each.is_file()]
    page_copy = next(each for each in objects if each.read_bytes() == PLAIN.encode())
    page_copy.chmod(0o600)
    page_copy.write_bytes(PLAIN.replace("Northwind", "Westwind").encode())
    broken = run("verify", "ws")
    assert sealed.returncode == 0
    assert broken.returncode == 1
    assert page_copy.name[:8] in broken.stdout


def test_a_page_on_this_machine_is_refused_unless_it_is_meant(
    run: Run, home: Path, site: Server
) -> None:
    ran = run("capture", site.url("/plain"), "-c", "lakeside", "-w", str(home))
    assert ran.returncode == 2
    assert "--allow-private" in ran.stderr
    assert site.requests == []


def test_what_is_private_is_found_only_once_a_person_unlocks_it(run: Run, home: Path) -> None:
    Path("leak.txt").write_text(LEAK, encoding="utf-8")
    sealed = run("capture", "leak.txt", "-c", "lakeside", "-w", "ws", "--private").stdout.strip()
    stored = [each.read_bytes() for each in home.rglob("*") if each.is_file()]
    assert not any(b"quorbel" in data or b"leak.txt" in data for data in stored)
    assert "None of the captures" in run("search", "quorbel", "-w", "ws").stderr
    unlocked = run(
        *("custody", sealed, "unlock", "--by", "A. Editor", "--reason", "no source is named in it"),
        *("-w", "ws"),
    )
    assert unlocked.returncode == 0
    assert "unlock by A. Editor" in unlocked.stdout
    assert sealed.removeprefix("sha256:")[:12] in run("search", "quorbel", "-w", "ws").stdout


def test_a_wrong_quotation_is_told_with_the_nearest_that_stands_there(
    run: Run, home: Path, site: Server
) -> None:
    at = ("-c", "lakeside", "-w", "ws", "--allow-private")
    sealed = run("capture", site.url("/plain"), *at).stdout.strip()
    ran = run("quote", sealed, "awarded to Northwind Visions Ltd", "-w", str(home))
    assert ran.returncode == 2
    assert "'awarded to Northwind Vision Ltd" in " ".join(ran.stderr.split())


def test_erasing_asks_first_and_the_log_keeps_that_it_was_done(
    run: Run, home: Path, site: Server
) -> None:
    at = ("-c", "lakeside", "-w", "ws", "--allow-private")
    sealed = run("capture", site.url("/plain"), *at).stdout.strip()
    asked = run("erase", sealed, "--reason", "court_order", "-w", "ws")
    assert asked.returncode == 2
    assert "--yes" in asked.stderr
    done = run("erase", sealed, "--reason", "court_order", "--yes", "-w", "ws")
    assert done.returncode == 0, done.stderr
    verified = run("verify", str(home))
    assert verified.returncode == 0
    assert "erased" in verified.stdout


@pytest.mark.skipif(OPENSSL is None, reason="no openssl: see .ci/tools")
def test_authorities_stamp_the_log_once_they_may_be_asked(
    run: Run, home: Path, tmp_path: Path
) -> None:
    authority = make_authority(tmp_path / "authority", "Lakeside")
    with answer_posts(authority.reply) as url:
        none_named = run("stamp", "-w", "ws")
        settings = (home / "answerable.toml").read_text("utf-8")
        named = settings.replace("authorities = []", f'authorities = ["{url}"]')
        (home / "answerable.toml").write_text(named, encoding="utf-8")
        not_asked = run("stamp", "-w", "ws")
        stamped = run("stamp", "-w", "ws", "--allow-private", "--yes")
    assert (none_named.returncode, not_asked.returncode) == (2, 2)
    assert "--yes" in not_asked.stderr
    assert stamped.returncode == 0
    assert "could not verify" in stamped.stdout  # its root is not trusted here yet
    (home / "ledger" / "trust").mkdir(exist_ok=True)
    (home / "ledger" / "trust" / "lakeside.pem").write_bytes(authority.root)
    verified = run("verify", "ws")
    assert verified.returncode == 0
    assert re.search(r"timestamp +1", verified.stdout)


@pytest.mark.parametrize("form", ["ftm", "jsonld", "annotations", "prov"])
def test_a_case_is_written_in_the_forms_of_other_programs(
    run: Run, home: Path, site: Server, form: str
) -> None:
    at = ("-c", "lakeside", "-w", "ws", "--allow-private")
    plain = run("capture", site.url("/plain"), *at).stdout.strip()
    case = home / "cases" / "lakeside"
    urls = {"plain_url": site.url("/plain"), "built_url": site.url("/built")}
    sources = SOURCES.format(plain=plain, built="pending\n    pending: not asked yet", **urls)
    claims = CLAIMS.replace(
        "    passages:\n      - {source: answer, quote: it delivered to a reseller}\n",
        "    sources: [answer]\n",
    )
    (case / "sources.yaml").write_text(sources, encoding="utf-8")
    (case / "claims.yaml").write_text(claims, encoding="utf-8")
    assert run("check", "--file", "-w", "ws").returncode == 0
    ran = run("export", "lakeside", "--as", form, "--to", f"out.{form}", "-w", "ws")
    assert ran.returncode == 0, ran.stderr
    held = "wasGeneratedBy" if form == "prov" else "Northwind"
    assert held in Path(f"out.{form}").read_text("utf-8")
    verified = run("verify", "ws")
    assert (verified.returncode, "missing" in verified.stdout) == (0, False)
    assert run("export", "lakeside", "-w", "ws").returncode == 0
    assert run("verify", "lakeside.zip").returncode == 0


def test_a_file_has_an_id_and_its_bytes_a_digest_and_neither_is_taken_for_the_other(
    run: Run, home: Path
) -> None:
    Path("award.txt").write_text("The cameras came in March. Two bids came in May.\n" * 2)
    first = run("capture", "award.txt", "-c", "lakeside", "-w", "ws")
    [digest] = re.findall(r"digest of the file, which is not its id:\s+(\S+)", first.stderr)
    assert digest.startswith("sha256:")
    assert digest != first.stdout.strip()
    assert "urn:" not in first.stderr
    again = run("capture", "award.txt", "-c", "lakeside", "-w", "ws", "--title", "Award")
    assert "the same bytes were sealed already" in again.stderr
    case = home / "cases" / "lakeside"
    sources = SOURCES.format(
        plain=digest,
        built="pending\n    pending: Later",
        plain_url="https://a.example.org/",
        built_url="https://b.example.org/",
    )
    (case / "sources.yaml").write_text(sources, encoding="utf-8")
    told = run("check", "-w", "ws").stdout
    assert "it is the digest of a file; the id of its capture is sha256:" in " ".join(told.split())
    refused = run("quote", digest, "Two bids", "-w", "ws")
    assert "it is the digest of a file" in " ".join(refused.stderr.split())


def test_a_passage_is_printed_with_what_is_needed_to_find_it(run: Run, home: Path) -> None:
    Path("award.txt").write_text("The cameras came in March. Two bids came in May. More of both.")
    name = run("capture", "award.txt", "-c", "lakeside", "-w", "ws").stdout.strip()
    once = run("quote", name, "Two bids", "-w", "ws").stdout
    assert ("prefix" in once, "suffix" in once) == (False, False)
    twice = run("quote", name, "came in", "--prefix", "bids", "-w", "ws").stdout
    assert "prefix: 'came in March. Two bids '" in twice


def test_whole_words_are_searched_and_it_says_how_to_find_beginnings(run: Run, home: Path) -> None:
    Path("award.txt").write_text("x " * 80 + "The cameras came.")
    run("capture", "award.txt", "-c", "lakeside", "-w", "ws")
    none = run("search", "camera", "-w", "ws")
    assert none.stdout == ""
    assert "`answerable search 'camera*'` finds words that begin so" in none.stderr
    found = run("search", "camera*", "-w", "ws").stdout
    assert "    … " in found
    assert ("  a file\n" in found, "urn:" in found) == (True, False)
    (home / "cases" / "lakeside" / "sources.yaml").write_text(
        "sources:\n  - {key: award, title: The award as printed, publisher: Lakeside, "
        f"capture: {found[:12]}}}\n"
    )
    assert f"{found[:12]}  The award as printed\n" in run("search", "camera*", "-w", "ws").stdout


def test_a_misspelt_case_is_told_with_the_nearest(run: Run, home: Path) -> None:
    for words in (
        ("check", "lakesid"),
        ("publish", "lakesid", "--to", "page"),
        ("compose", "lakesid"),
    ):
        ran = run(*words, "-w", "ws")
        assert ran.returncode != 0
        assert "Did you mean lakeside?" in " ".join(ran.stderr.split()), words


def test_an_entry_that_cannot_be_read_is_named_where_the_others_are_counted(
    run: Run, home: Path
) -> None:
    case = home / "cases" / "lakeside"
    (case / "sources.yaml").write_text("sources: []\n")
    (case / "claims.yaml").write_text(CLAIMS.replace("modality: states", "modality: swears"))
    told = run("check", "-w", "ws").stderr
    assert "lakeside: 0 claims," in told
    assert "Not read, and not counted here: supply." in told
