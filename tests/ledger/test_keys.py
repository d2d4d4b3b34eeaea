"""Signing keys: made on first use, one per workspace, readable by one user, checkable by all."""

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given
from hypothesis import strategies as st

from answerable.errors import KeyRefused
from answerable.ledger.keys import (
    SIGNING_KEY,
    Verifier,
    find_keys,
    name_origin,
    open_signer,
    parse_verifier,
    read_verifiers,
)

# The verifier key of the C2SP signed-note specification, and the one of Go's own tests.
KNOWN = [
    (
        "PeterNeumann",
        "c74f20a3",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    )
]


@pytest.mark.parametrize(("name", "key_id", "line"), KNOWN)
def test_a_known_key_is_read(name: str, key_id: str, line: str) -> None:
    verifier = parse_verifier(line + "\n")
    assert (verifier.name, verifier.id, verifier.text) == (name, key_id, line)


@given(st.binary(min_size=32, max_size=32))
def test_a_public_key_is_read_again(public: bytes) -> None:
    key = Verifier("example.invalid/log", public)
    assert parse_verifier(key.text) == key


@pytest.mark.parametrize(
    "line",
    [
        "",
        "name",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+BRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+éé",
    ],
)
def test_a_faulty_public_key_is_refused(line: str) -> None:
    with pytest.raises(KeyRefused):
        parse_verifier(line)


def test_a_key_is_made_once_and_signs(tmp_path: Path) -> None:
    signer = open_signer(tmp_path / "keys", "example.invalid/log")
    again = open_signer(tmp_path / "keys", "example.invalid/log")
    assert signer.verifier == again.verifier
    signature = signer.sign(b"text\n")
    assert again.verifier.approves(b"text\n", signature)
    assert not again.verifier.approves(b"text", signature)
    assert not again.verifier.approves(b"text\n", signature[:-1] + bytes([signature[-1] ^ 1]))
    other = open_signer(tmp_path / "others", "example.invalid/log").verifier
    assert not other.approves(b"text\n", signature)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_key_is_for_this_user_alone(tmp_path: Path) -> None:
    open_signer(tmp_path / "keys", "example.invalid/log")
    assert (tmp_path / "keys" / SIGNING_KEY).stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / SIGNING_KEY
    path.write_text("no key")
    with pytest.raises(KeyRefused, match="Ed25519"):
        open_signer(tmp_path, "example.invalid/log")
    other = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(other)
    with pytest.raises(KeyRefused, match="Ed25519"):
        open_signer(tmp_path, "example.invalid/log")


def test_each_workspace_has_keys_of_its_own(own_keys: Path) -> None:
    one, other = find_keys("0" * 32), find_keys("1" * 32)
    assert one != other
    assert one.parent == own_keys
    assert "0" * 32 not in str(one)
    assert name_origin("0" * 32) != name_origin("1" * 32)


def test_without_the_variable_keys_lie_with_the_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ANSWERABLE_KEYS")
    assert find_keys("0" * 32).parent.name == "keys"
    assert "answerable" in str(find_keys("0" * 32))


def test_a_file_of_public_keys_is_read(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    assert read_verifiers(path) == ()
    path.write_text(KNOWN[0][2] + "\n\n" + Verifier("b", bytes(32)).text + "\n")
    assert [each.name for each in read_verifiers(path)] == ["PeterNeumann", "b"]
