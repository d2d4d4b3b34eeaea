"""The private key, under which private evidence is encrypted; never in the workspace."""

import hashlib
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from answerable.errors import CanonicalFaulty, KeyMissing, KeyRefused
from answerable.ledger.canonical import decode, encode
from answerable.ledger.disk import Disk, write_file
from answerable.ledger.keys import hold_lock

PRIVATE_KEY = "private.key"
PASSPHRASE_VARIABLE = "ANSWERABLE_PASSPHRASE"  # noqa: S105 - the name of a variable

_SCHEMA = "answerable.private-key/1"
_KEY_SIZE = 32
_COST = 1 << 16  # scrypt's n: 64 MiB and about a fifth of a second
_MOST_COST = 1 << 20
_MODE = 0o600


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key for private evidence.

    Args:
        id: Its name, by which a file says under which key it is encrypted.
        secret: Its 32 bytes.
    """

    id: bytes
    secret: bytes


def make_private_key(folder: Path, disk: Disk, passphrase: str | None) -> None:
    """Make the private key of a folder, if there is none.

    Args:
        folder: Where the keys of this workspace are kept.
        disk: How to write.
        passphrase: Without it, the key lies there as it is, readable by this user alone.

    Raises:
        OutputUnwritable: It cannot be kept.
    """
    with hold_lock(folder, disk):
        path = folder / PRIVATE_KEY
        if not path.exists():
            secret = secrets.token_bytes(_KEY_SIZE)
            sealed = _lock(secret, passphrase) if passphrase else {"key": secret.hex()}
            write_file(disk, path, encode({"schema": _SCHEMA, **sealed}) + b"\n", _MODE)


def read_private_key(
    folder: Path, passphrase: Callable[[], str | None] | None = None
) -> PrivateKey:
    """Return the private key of a folder.

    Args:
        folder: Where the keys of this workspace are kept.
        passphrase: Gives the passphrase when the key asks for one.

    Raises:
        KeyMissing: There is none.
        KeyRefused: The passphrase is wrong or missing, or the file is no such key.
    """
    path = folder / PRIVATE_KEY
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise KeyMissing(
            str(path),
            "private evidence is encrypted with it",
            "Put it back from your copy, or name its folder in ANSWERABLE_KEYS. Without it nobody "
            "can read what is in evidence/private; if it is lost for good, move that folder away.",
        ) from None
    sealed = _parse(path, data)
    if "key" in sealed:
        return _name(bytes.fromhex(sealed["key"]))
    given = (passphrase or passphrase_of_environment)()
    if not given:
        raise KeyRefused(str(path), "it asks for a passphrase", _ADVICE)
    return _unlock(data, given, str(path))


_ADVICE = f"Give it when asked, or in the environment variable {PASSPHRASE_VARIABLE}."


def passphrase_of_environment() -> str | None:
    """Return the passphrase of the environment variable, None where there is none."""
    return os.environ.get(PASSPHRASE_VARIABLE) or None


def _parse(path: Path, data: bytes) -> Mapping[str, Any]:
    try:
        sealed = decode(data.rstrip(b"\n"))
        known = sealed.pop("schema") == _SCHEMA
        sizes = {name: len(bytes.fromhex(sealed[name])) for name in sealed.keys() - {"cost"}}
        plain = sizes == {"key": _KEY_SIZE}
        locked = sizes == {"locked": _KEY_SIZE + 16, "nonce": 12, "salt": 16}
        fits = plain or (locked and _is_cost(sealed["cost"]))
    except (CanonicalFaulty, AttributeError, KeyError, TypeError, ValueError):
        known = fits = False
        sealed = {}
    if not known or not fits:
        raise KeyRefused(str(path), "it is no private key of answerable", "Restore it from a copy.")
    checked: Mapping[str, Any] = sealed
    return checked


def _is_cost(cost: Any) -> bool:
    return isinstance(cost, int) and 1 < cost <= _MOST_COST and cost & (cost - 1) == 0


def _name(secret: bytes) -> PrivateKey:
    return PrivateKey(hashlib.sha256(_SCHEMA.encode() + secret).digest()[:8], secret)


def _lock(secret: bytes, passphrase: str) -> dict[str, Any]:
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    locked = ChaCha20Poly1305(_stretch(passphrase, salt, _COST)).encrypt(nonce, secret, None)
    return {"cost": _COST, "locked": locked.hex(), "nonce": nonce.hex(), "salt": salt.hex()}


@lru_cache(maxsize=8)
def _unlock(data: bytes, passphrase: str, path: str) -> PrivateKey:
    sealed = decode(data.rstrip(b"\n"))
    nonce, salt, locked = (bytes.fromhex(sealed[name]) for name in ("nonce", "salt", "locked"))
    stretched = _stretch(passphrase, salt, sealed["cost"])
    try:
        return _name(ChaCha20Poly1305(stretched).decrypt(nonce, locked, None))
    except InvalidTag:
        raise KeyRefused(path, "the passphrase is wrong", _ADVICE) from None


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=_KEY_SIZE, n=cost, r=8, p=1).derive(passphrase.encode())
