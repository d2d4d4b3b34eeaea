"""A timestamping authority of invented name: its certificates, and replies by openssl."""

import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

OPENSSL = shutil.which("openssl")

_SETTINGS = """\
[tsa]
default_tsa = ours
[ours]
serial = {folder}/serial
crypto_device = builtin
signer_cert = {folder}/signer.pem
signer_key = {folder}/signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
{more}
"""


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority, by the folder of its files."""

    folder: Path

    @property
    def root(self) -> bytes:
        """Its root certificate, in PEM form."""
        return (self.folder / "root.pem").read_bytes()

    def reply(self, request: bytes) -> bytes:
        """Return the reply to a request."""
        query, answer = self.folder / "query.tsq", self.folder / "answer.tsr"
        query.write_bytes(request)
        self.run("-reply", "-config", "tsa.cnf", "-queryfile", query.name, "-out", answer.name)
        return answer.read_bytes()

    def verify(self, data: bytes, reply: bytes) -> bool:
        """Tell whether openssl accepts a reply over some bytes."""
        (self.folder / "data").write_bytes(data)
        (self.folder / "given.tsr").write_bytes(reply)
        words = ["-verify", "-data", "data", "-in", "given.tsr", "-CAfile", "root.pem"]
        return self.run(*words, check=False) == 0

    def run(self, *words: str, check: bool = True) -> int:
        """Run `openssl ts` in its folder."""
        ran = subprocess.run(
            [f"{OPENSSL}", "ts", *words], cwd=self.folder, capture_output=True, check=check
        )
        return ran.returncode


def make_authority(folder: Path, name: str, *, chain: bool = False) -> Authority:
    """Make an authority; with a chain, its replies hold two certificates in the chain's order."""
    folder.mkdir()
    top = _issue(folder, "root", f"{name} Root", None, authority=True)
    if chain:
        top = _issue(folder, "middle", f"{name} Middle", top, authority=True)
    _issue(folder, "signer", f"{name} Time " + "and long name " * 3, top, authority=False)
    more = f"certs = {folder}/middle.pem" if chain else ""
    settings = _SETTINGS.format(folder=folder.as_posix(), more=more)
    (folder / "tsa.cnf").write_text(settings, encoding="utf-8")
    (folder / "serial").write_text("01\n", encoding="utf-8")
    return Authority(folder)


_Issuer = tuple[x509.Name, ec.EllipticCurvePrivateKey]


def _issue(
    folder: Path, file: str, name: str, issuer: _Issuer | None, *, authority: bool
) -> _Issuer:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    by, signing = issuer or (subject, key)
    day = datetime.now(UTC) - timedelta(days=1)
    usage = dict.fromkeys(
        ["content_commitment", "key_encipherment", "data_encipherment", "key_agreement"], False
    )
    builder = (
        x509.CertificateBuilder(by, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(day)
        .not_valid_after(day + timedelta(days=1_000))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
                **usage,
            ),
            critical=True,
        )
    )
    if not authority:
        purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(purpose, critical=True)
    certificate = builder.sign(signing, hashes.SHA256())
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / f"{file}.pem").write_bytes(pem)
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    (folder / f"{file}.key").write_bytes(secret)
    return subject, key
