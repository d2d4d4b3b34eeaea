"""Signing keys: who acted, by a key and not by a name.

The private half never lies in a workspace. The public halves lie in `ledger/keys`, so that what
was signed can be checked also after a key is lost.
"""

import base64
import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from filelock import FileLock, Timeout

from answerable.errors import KeyRefused, LogBusy, OutputUnwritable
from answerable.ledger.disk import DISK, Disk, make_folders, write_file

KEYS_VARIABLE = "ANSWERABLE_KEYS"
SIGNING_KEY = "signing.pem"
LOCK_SECONDS = 60.0
"""How long to wait for another program that writes to the same ledger or keys."""

_ED25519 = 1
_WITNESS = 4
_NAME = re.compile(r"[^\s+]{1,200}")
_SECRET_MODE = 0o600


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a signing key.

    It shows that whoever signed held the other half; it says nothing about who that was.

    Args:
        name: Name of the key; the log's origin.
        public: Its 32 bytes.
        kind: 1 for a log's key, 4 for that of a witness, whose signatures state a time.
    """

    name: str
    public: bytes
    kind: int = _ED25519

    @property
    def id(self) -> str:
        """Its key id: 8 hexadecimal digits."""
        head = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(head).hexdigest()[:8]

    @property
    def text(self) -> str:
        """Its one line, as C2SP writes verifier keys."""
        return (
            f"{self.name}+{self.id}+{base64.b64encode(bytes([self.kind]) + self.public).decode()}"
        )

    def approves(self, text: bytes, signature: bytes) -> bool:
        """Tell whether a signature over a text was made with the other half."""
        if self.kind == _WITNESS:
            time, signature = signature[:8], signature[8:]
            text = b"cosignature/v1\ntime %d\n" % int.from_bytes(time, "big") + text
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A signing key, and its public half."""

    key: Ed25519PrivateKey
    verifier: Verifier

    @property
    def id(self) -> str:
        """Its key id, as events bear it."""
        return self.verifier.id

    def sign(self, text: bytes) -> bytes:
        """Return the 64 bytes of its signature over a text."""
        return self.key.sign(text)


def parse_verifier(line: str) -> Verifier:
    """Return the public key of a line `<name>+<id>+<base64>`.

    Raises:
        KeyRefused: It is no such line, is of another kind than Ed25519, or its id does not fit.

    Source:
        C2SP signed-note (Ed25519 signatures) and tlog-cosignature (witnesses).

    Example:
        >>> key = Verifier("example.invalid/log", bytes(32))
        >>> parse_verifier(key.text) == key
        True
    """
    try:
        name, key_id, rest = line.strip().split("+", 2)
        data = base64.b64decode(rest, validate=True)
    except ValueError:
        raise _refuse(line, "it is not written <name>+<id>+<base64>") from None
    if len(data) != 33 or data[0] not in (_ED25519, _WITNESS) or not _NAME.fullmatch(name):
        raise _refuse(line, "it is no Ed25519 key")
    verifier = Verifier(name, data[1:], data[0])
    if verifier.id != key_id:
        raise _refuse(line, f"its id should be {verifier.id}")
    return verifier


def _refuse(line: str, why: str) -> KeyRefused:
    return KeyRefused(f"The public key {line[:80]!r}", why, "Copy the line again, whole.")


def read_verifiers(path: Path) -> tuple[Verifier, ...]:
    """Return the public keys of a file, one per line; none where there is no file.

    Raises:
        KeyRefused: A line is no public key.
    """
    if not path.is_file():
        return ()
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(parse_verifier(line) for line in lines if line.strip())


def find_keys(id_key: str) -> Path:
    """Return the folder of a workspace's keys: one of its own for each workspace.

    It lies in this user's configuration, or in the folder that the environment variable
    `ANSWERABLE_KEYS` names (such as a stick that is pulled out after work).

    Args:
        id_key: The workspace's key of ids; only its hash is used.
    """
    chosen = os.environ.get(KEYS_VARIABLE)
    base = Path(chosen) if chosen else Path(platformdirs.user_config_dir("answerable")) / "keys"
    return base / hashlib.sha256(f"answerable.keys/1 {id_key}".encode()).hexdigest()[:32]


def name_origin(id_key: str) -> str:
    """Return the name of a workspace's log, which tells nothing about it.

    Example:
        >>> name_origin("0" * 32)
        'answerable.invalid/log/209c3ae8495cc0ac'
    """
    named = hashlib.sha256(f"answerable.origin/1 {id_key}".encode()).hexdigest()
    return f"answerable.invalid/log/{named[:16]}"


def open_signer(folder: Path, name: str, disk: Disk = DISK) -> Signer:
    """Return the signing key of a folder; it is made on first use.

    Args:
        folder: Where the keys of this workspace are kept.
        name: Name of the key.
        disk: How to write.

    Raises:
        KeyRefused: The file is there, but is no such key.
        OutputUnwritable: The key cannot be kept.
    """
    path = folder / SIGNING_KEY
    if not path.exists():
        with hold_lock(folder, disk):
            if not path.exists():
                write_file(disk, path, _encode_key(Ed25519PrivateKey.generate()), _SECRET_MODE)
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise _unusable(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path)
    return Signer(key, Verifier(name, key.public_key().public_bytes_raw()))


def _encode_key(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _unusable(path: Path) -> KeyRefused:
    return KeyRefused(
        str(path),
        "it is no Ed25519 key in PEM form",
        "Restore it from a copy, or move it away: a new key is made then, and logged as one more.",
    )


@contextmanager
def hold_lock(folder: Path, disk: Disk, seconds: float = LOCK_SECONDS) -> Iterator[None]:
    """Let one program at a time write in a folder, which is made if missing.

    The lock goes with the program that holds it, also by kill -9.

    Raises:
        LogBusy: Another program holds it for too long.
        OutputUnwritable: The folder cannot be written.
    """
    try:
        make_folders(disk, folder)
        lock = FileLock(folder / ".lock", timeout=seconds)
        lock.acquire()
    except Timeout:
        raise LogBusy(str(folder), seconds) from None
    except OSError as error:
        raise OutputUnwritable(str(folder), error.strerror or str(error)) from error
    try:
        yield
    finally:
        lock.release()
