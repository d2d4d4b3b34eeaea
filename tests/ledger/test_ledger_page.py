"""The page on the ledger: what it shows to be typed by hand does what it says."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import checkpoint_path, seal_checkpoint
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.timestamps import ask_timestamp
from tests.conftest import ROOT
from tests.ledger.authority import OPENSSL, make_authority

PAGE = (ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")
SIGNATURE, CHAIN, TREE, STAMP, OBJECT = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.M | re.S)

pytestmark = pytest.mark.skipif(
    OPENSSL is None or os.name == "nt" or not shutil.which("python3"),
    reason="openssl, python3 or a shell is not here",
)


@pytest.fixture
def workspace(ledger: Ledger, tmp_path: Path) -> Path:
    for number in range(41):
        append_deed(ledger, "claim.file", digest(str(number).encode()))
    checkpoint = seal_checkpoint(ledger)
    authority = make_authority(tmp_path / "authority", "Zyxomatic")
    url = "https://stamps.invalid/plain"
    ask_timestamp(ledger, checkpoint, url, lambda _, request: authority.reply(request))
    (ledger.folder / "trust").mkdir()
    (ledger.folder / "trust" / "root.pem").write_bytes(authority.root)
    assert checkpoint_path(ledger, checkpoint).name == "000000042"
    return ledger.folder.parent


def type_in(workspace: Path, block: str) -> tuple[int, str]:
    ran = subprocess.run(
        ["sh", "-c", block], cwd=workspace, capture_output=True, text=True, check=False
    )
    return ran.returncode, ran.stdout


def edit(path: Path, old: bytes, new: bytes) -> None:
    path.chmod(0o644)
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))


def test_the_signature_is_checked_by_hand(workspace: Path) -> None:
    assert type_in(workspace, SIGNATURE)[0] == 0
    edit(workspace / "ledger/checkpoints/000000042", b"\n42\n", b"\n41\n")
    assert type_in(workspace, SIGNATURE)[0] == 1


def test_the_chain_is_checked_by_hand(workspace: Path) -> None:
    hashed, line = type_in(workspace, CHAIN)[1].splitlines()
    assert json.loads(line)["prev"] == f"sha256:{hashed.split()[0]}"


def test_the_root_is_checked_by_hand(workspace: Path) -> None:
    ours, signed = type_in(workspace, TREE)[1].split()
    assert ours == signed
    edit(workspace / "ledger/log.jsonl", b'"n":7', b'"n":8')
    ours, signed = type_in(workspace, TREE)[1].split()
    assert ours != signed


def test_the_timestamp_is_checked_by_hand(workspace: Path) -> None:
    assert type_in(workspace, STAMP)[0] == 0
    edit(workspace / "ledger/checkpoints/000000042", b"\n42\n", b"\n41\n")
    assert type_in(workspace, STAMP)[0] != 0


def test_an_object_is_checked_by_hand(workspace: Path) -> None:
    hashed, name = type_in(workspace, OBJECT)[1].split()
    assert name.lstrip("*").replace("/", "").endswith(hashed)
