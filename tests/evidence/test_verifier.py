"""The one-file verifier by itself: what it stands on, its proofs, its notes, hostile packages."""

import ast
import base64
import hashlib
import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from answerable.evidence.packages import verifier

FILE = Path(verifier.__file__)
OPENSSL = verifier.Openssl(verifier.find_openssl([]))

# The example of a signed note that the C2SP specification prints, with its key.
SPEC_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SPEC_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
    "qdngotpRZb6KE6RyyBwJnAM=\n"
).encode()


def old_pythons() -> list[Path]:
    roots = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"]
    return sorted(path for root in roots for path in root.glob("3.8*/bin/python"))


def test_it_imports_only_the_standard_library() -> None:
    tree = ast.parse(FILE.read_text(encoding="utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [each.name for each in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "?"]
        )
    }
    assert names <= sys.stdlib_module_names | {"__future__"}
    assert not names & {"urllib", "socket", "http", "ssl", "ftplib", "smtplib"}


@pytest.mark.parametrize("python", [Path(sys.executable), *old_pythons()], ids=str)
def test_it_starts_alone_in_an_empty_folder(python: Path, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(FILE.read_bytes())
    words = [str(python), "-I", "-S", "verify.py"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "package.json is missing" in ran.stdout
    assert ran.stderr == ""
    assert [each.name for each in tmp_path.iterdir()] == ["verify.py"]


def test_a_package_that_is_not_there_is_bad_use(tmp_path: Path) -> None:
    assert verifier.run([str(tmp_path / "none.zip")]) == 2


# --- Merkle proofs, against the recursion by which RFC 6962 defines them -------------------------


def root_of(leaves: list[bytes]) -> bytes:
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = split(len(leaves))
    return verifier.node_of(root_of(leaves[:k]), root_of(leaves[k:]))


def split(n: int) -> int:
    return 1 << (n - 1).bit_length() - 1


def inclusion(m: int, leaves: list[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*inclusion(m, leaves[:k]), root_of(leaves[k:])]
    return [*inclusion(m - k, leaves[k:]), root_of(leaves[:k])]


def consistency(m: int, leaves: list[bytes], whole: bool = True) -> list[bytes]:
    n = len(leaves)
    if m == n:
        return [] if whole else [root_of(leaves)]
    k = split(n)
    if m <= k:
        return [*consistency(m, leaves[:k], whole), root_of(leaves[k:])]
    return [*consistency(m - k, leaves[k:], False), root_of(leaves[:k])]


LEAVES = [verifier.leaf_of(f"line {n}".encode()) for n in range(40)]


@pytest.mark.parametrize("size", range(1, 40))
def test_an_inclusion_proof_fits_its_entry_and_no_other(size: int) -> None:
    leaves = LEAVES[:size]
    root = root_of(leaves)
    for m in range(size):
        path = inclusion(m, leaves)
        assert verifier.climb(leaves[m], m, size, path) == root
        assert verifier.climb(LEAVES[39], m, size, path) != root
        assert verifier.climb(leaves[m], m, size, [*path, root]) != root
        assert size == 1 or verifier.climb(leaves[m], m, size, path[:-1]) != root
        assert size == 1 or verifier.climb(leaves[m], (m + 1) % size, size, path) != root
    assert verifier.climb(leaves[0], size, size, inclusion(0, leaves)) is None


@pytest.mark.parametrize("new", range(1, 34))
def test_a_consistency_proof_fits_a_log_that_grew_and_no_other(new: int) -> None:
    roots = [root_of(LEAVES[:n]) for n in range(new + 1)]
    for old in range(1, new + 1):
        path = consistency(old, LEAVES[:new])
        fits = verifier.is_consistent(old, new, roots[old], roots[new], path)
        assert fits
        wrong = bytes(32)
        assert not verifier.is_consistent(old, new, wrong, roots[new], path)
        assert not verifier.is_consistent(old, new, roots[old], wrong, path)
        assert not verifier.is_consistent(old, new, roots[old], roots[new], [*path, wrong])
        assert not path or not verifier.is_consistent(old, new, roots[old], roots[new], path[:-1])
    assert verifier.is_consistent(0, new, roots[0], roots[new], [])


# --- signed notes --------------------------------------------------------------------------------


def judge(note: bytes, key: str = SPEC_KEY, openssl: verifier.Openssl = OPENSSL) -> dict[str, int]:
    report = verifier.Report()
    verifier.check_note("note", note, [verifier.read_key(key)], openssl, report)
    return report.counts["signature"]


def test_the_note_of_the_specification_verifies() -> None:
    assert judge(SPEC_NOTE) == {"ok": 1}


def test_a_signature_over_another_text_is_broken() -> None:
    assert judge(SPEC_NOTE.replace(b"answer", b"Answer")) == {"broken": 1}


def test_a_note_that_no_known_key_signed_is_broken() -> None:
    assert judge(SPEC_NOTE.replace(b"PeterNeumann", b"PeterNewmann")) == {"broken": 1}


def test_without_openssl_a_signature_cannot_be_checked() -> None:
    assert judge(SPEC_NOTE, openssl=verifier.Openssl(None)) == {"unverifiable": 1}


def test_a_key_whose_id_is_not_its_own_is_refused() -> None:
    with pytest.raises(verifier.Refused, match="another's id"):
        verifier.read_key(SPEC_KEY.replace("c74f20a3", "c74f20a4"))


@pytest.mark.parametrize(
    "note",
    [
        b"",
        b"text only\n",
        b"text\n\n",
        b"text\n\n\xe2\x80\x94 name\n",
        "text\n\n— name c29tZQ=x\n".encode(),
        b"text\n\n- name c29tZQ==\n",
    ],
)
def test_what_is_no_signed_note_is_refused(note: bytes) -> None:
    with pytest.raises(verifier.Refused):
        verifier.split_note(note)


def test_openssl_never_comes_out_of_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in (tmp_path / "package", tmp_path / "package/bin", tmp_path / "own"):
        folder.mkdir(exist_ok=True)
        (folder / "openssl").write_text("#!/bin/sh\nexit 0\n")
        (folder / "openssl").chmod(0o755)
    inside = [tmp_path / "package", tmp_path / "package/bin"]
    monkeypatch.setenv("PATH", os.pathsep.join([".", "package", *map(str, inside)]))
    assert verifier.find_openssl([tmp_path / "package"]) is None
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, [*inside, tmp_path / "own"])))
    assert verifier.find_openssl([tmp_path / "package"]) == str(tmp_path / "own/openssl")
    assert not verifier.Openssl("/bin/false").signs


# --- canonical JSON ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b'{"a":1,"a":1}', b'{"b":1,"a":1}', b'{"a": 1}', b"[1.0]x", b'"\\u00e9"', b"\xff", b""]
)
def test_json_that_is_not_canonical_is_refused(data: bytes) -> None:
    with pytest.raises(verifier.Refused):
        verifier.decode(data)


# --- hostile packages ----------------------------------------------------------------------------


def pack(path: Path, entries: dict[str, bytes], mode: int = 0, store: bool = True) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED
            file.writestr(entry, data)
    return path


MANIFEST = verifier.encode({"schema": verifier.SCHEMA, "files": {}, "left_out": {}, "name": "x"})


def say(path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert verifier.run([str(path)]) == 1
    return capsys.readouterr().out


def test_a_zip_bomb_is_refused_before_it_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = pack(tmp_path / "p.zip", {"package.json": bytes(60 << 20)}, store=False)
    assert "zip bomb" in say(bomb, capsys)


def test_names_that_lead_out_of_the_package_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("../x", "/etc/x", "a/../../x", "a\\..\\x", "C:x", ".hidden", "a//b"):
        files = {name: {"bytes": 1, "sha256": "0" * 64}}
        manifest = {"schema": verifier.SCHEMA, "files": files, "left_out": {}, "name": "x"}
        path = pack(tmp_path / "p.zip", {"package.json": verifier.encode(manifest), name: b"x"})
        assert "faulty entry" in say(path, capsys)


def test_links_and_special_files_are_named_and_not_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("of this machine")
    folder = tmp_path / "package"
    folder.mkdir()
    (folder / "package.json").write_bytes(MANIFEST)
    (folder / "link").symlink_to(secret)
    (folder / "folder").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "pipe")
    report = verifier.Report()
    verifier.check_files(verifier.open_package(folder), verifier.decode(MANIFEST), report)
    assert sorted(check.about for check in report.checks) == ["folder", "link", "pipe"]
    assert {check.state for check in report.checks} == {"broken"}
    linked = pack(tmp_path / "p.zip", {"package.json": MANIFEST}, mode=stat.S_IFLNK | 0o777)
    assert "package.json is missing" in say(linked, capsys)


def test_two_files_of_one_name_are_named(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("x/README.txt", "one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            file.writestr("x/README.txt", "two")
        file.writestr("x/package.json", MANIFEST)
    report = verifier.Report()
    verifier.check_files(verifier.open_package(path), verifier.decode(MANIFEST), report)
    broken = [check.about for check in report.checks if check.state == "broken"]
    assert broken == ["x/README.txt"]


@given(st.binary(max_size=300))
def test_any_bytes_for_a_package_give_a_verdict_and_no_traceback(data: bytes) -> None:
    files = {"package.json": data, "ledger/checkpoint": data, "ledger/keys": data}
    for package in (Memory(files), Memory({**files, "package.json": MANIFEST})):
        with pytest.raises(verifier.DAMAGE):
            verifier.verify(verifier.Package(package), OPENSSL)


class Memory:
    """Files of a package that were never on a disk."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.sizes = {name: len(data) for name, data in files.items()}
        self.odd: list[str] = []

    def open(self, name: str) -> io.BytesIO:
        return io.BytesIO(self.files[name])


def test_what_is_told_can_do_nothing_to_a_terminal() -> None:
    report = verifier.Report()
    report.add("broken", "file", "a\x1b[2Jb\u202ec\n", "says\r", "do")
    told = verifier.tell(report)
    assert not [c for c in told if c != "\n" and not c.isprintable()]
    assert "a\ufffd[2Jb\ufffdc\ufffd" in told


def test_many_faults_are_counted_and_told_up_to_a_bound() -> None:
    report = verifier.Report()
    for number in range(1_000):
        report.add("broken", "file", str(number), "It is missing.")
    assert report.counts == {"file": {"broken": 1_000}}
    assert len(report.checks) == verifier.LIMIT_SHOWN
    assert report.as_dict()["exit"] == 1


# --- WACZ ----------------------------------------------------------------------------------------


def wacz(**changes: bytes) -> dict[str, bytes]:
    """Give the files of a small WACZ; a change replaces bytes after the digests were taken."""
    files = {"archive/data.warc.gz": b"warc", "pages/pages.jsonl": b"{}"}
    resources = [
        {
            "path": path,
            "hash": "sha256:" + hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "name": path,
        }
        for path, data in files.items()
    ]
    listing = json.dumps({"resources": resources}).encode()
    digest = {"path": "datapackage.json", "hash": "sha256:" + hashlib.sha256(listing).hexdigest()}
    files["datapackage.json"] = listing
    files["datapackage-digest.json"] = json.dumps(digest).encode()
    return {**files, **{name.replace("__", "/"): data for name, data in changes.items()}}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"archive/data.warc.gz": b"warC"}, "another digest"),
        ({"pages/pages.jsonl": b"{} "}, "another digest"),
        ({"datapackage.json": b'{"resources":[]}'}, "digest of its list"),
        ({"datapackage-digest.json": b"{}"}, "cannot be read"),
        ({"pages/extra.jsonl": b"{}"}, "is not listed"),
    ],
)
def test_the_digests_inside_a_wacz_are_checked(
    changes: dict[str, bytes], fault: str, tmp_path: Path
) -> None:
    path = pack(tmp_path / "x.wacz", {**wacz(), **changes})
    package = verifier.Package(Memory({"x": path.read_bytes()}))
    found = verifier.find_wacz_fault(package, "x")
    assert fault in found
    assert bool(found) == bool(fault)


def test_a_key_of_ours_signs_what_the_verifier_accepts() -> None:
    signer = Ed25519PrivateKey.generate()
    body = b"\x01" + signer.public_key().public_bytes_raw()
    key_id = hashlib.sha256(b"log.example\n" + body).digest()[:4]
    text = b"log.example\n1\n" + base64.b64encode(bytes(32)) + b"\n"
    signature = base64.b64encode(key_id + signer.sign(text)).decode()
    note = text + f"\n— log.example {signature}\n".encode()
    key = f"log.example+{key_id.hex()}+{base64.b64encode(body).decode()}"
    assert judge(note, key) == {"ok": 1}
    assert verifier.read_checkpoint(text).size == 1
