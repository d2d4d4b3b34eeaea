"""Checking a signature by openssl, as docs/ledger.md shows it."""

import base64
import shutil
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from answerable.ledger.keys import Verifier

OPENSSL = shutil.which("openssl")


def write_public_key(folder: Path, key: Verifier, text: str, line: str) -> list[str]:
    """Write key, text and signature to files, and return the words that check them."""
    pem = Ed25519PublicKey.from_public_bytes(key.public).public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (folder / "key.pem").write_bytes(pem)
    (folder / "text").write_text(text, encoding="utf-8", newline="\n")
    (folder / "signature").write_bytes(base64.b64decode(line.split(" ")[2])[4:])
    files = {"-inkey": "key.pem", "-in": "text", "-sigfile": "signature"}
    words = [f"{OPENSSL}", "pkeyutl", "-verify", "-pubin", "-rawin"]
    return words + [str(each) for pair in files.items() for each in (pair[0], folder / pair[1])]
