"""Anonymous signatures of WACZ packages: that one key signed the manifest, and no more."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from answerable.ledger.disk import DISK, write_file

_FILE = "wacz.pem"
_HALF = 48
_MODE = 0o600


def wacz_key(folder: Path) -> ec.EllipticCurvePrivateKey:
    """Return the key that signs this workspace's packages, made on first use.

    Args:
        folder: Where keys are kept, outside the workspace.

    Raises:
        OutputUnwritable: The key cannot be written.
        ValueError: The file is there and holds no such key.
    """
    path = folder / _FILE
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return _make_key(path)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.key_size != 8 * _HALF:
        raise ValueError(f"{path} holds no P-384 key. Move it away, and a new one is made.")
    return key


def _make_key(path: Path) -> ec.EllipticCurvePrivateKey:
    key = ec.generate_private_key(ec.SECP384R1())
    data = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    write_file(DISK, path, data, _MODE)
    return key


def sign_manifest(
    key: ec.EllipticCurvePrivateKey, digest: str, created: str, software: str
) -> dict[str, str]:
    """Return the `signedData` of a package.

    It shows that this key signed the manifest; neither who holds the key nor when.

    Args:
        key: P-384.
        digest: Of `datapackage.json`, `sha256:` and 64 hexadecimal digits.
        created: As in the manifest.
        software: As in the manifest.

    Source:
        WACZ Signing and Verification 0.1.0, the anonymous shape; as ReplayWeb.page checks it:
        ECDSA over P-384 with SHA-256, r and s of 48 bytes each.
    """
    r, s = decode_dss_signature(key.sign(digest.encode(), ec.ECDSA(hashes.SHA256())))
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return {
        "hash": digest,
        "created": created,
        "software": software,
        "signature": base64.b64encode(r.to_bytes(_HALF) + s.to_bytes(_HALF)).decode(),
        "publicKey": base64.b64encode(public).decode(),
    }


def check_signature(signed: Mapping[str, Any]) -> bool:
    """Return whether an anonymous signature is by the key that stands beside it.

    Args:
        signed: `signedData` as read; anything may be in it.

    Returns:
        False also where it is of another shape, another curve, or unreadable.
    """
    try:
        public = serialization.load_der_public_key(
            base64.b64decode(str(signed["publicKey"]), validate=True)
        )
        raw = base64.b64decode(str(signed["signature"]), validate=True)
        if not isinstance(public, ec.EllipticCurvePublicKey) or len(raw) != 2 * _HALF:
            return False
        pair = encode_dss_signature(int.from_bytes(raw[:_HALF]), int.from_bytes(raw[_HALF:]))
        public.verify(pair, str(signed["hash"]).encode(), ec.ECDSA(hashes.SHA256()))
    except (KeyError, ValueError, InvalidSignature):
        return False
    return True
