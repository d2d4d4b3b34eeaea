"""Timestamps: authorities state that a checkpoint existed at a time (RFC 3161).

A checkpoint is sent nowhere: an authority gets a hash of it. Still it learns that something was
sealed here; so none is asked unless its address stands in `answerable.toml`.
"""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path
from typing import Literal

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from answerable.errors import AnswerableError, StampFaulty
from answerable.ledger.checkpoints import Checkpoint, checkpoint_path
from answerable.ledger.disk import write_file
from answerable.ledger.log import Ledger
from answerable.ledger.stamp_replies import order_certificates

StampState = Literal["stamped", "pending", "unverified_here", "broken"]
Post = Callable[[str, bytes], bytes]

MOST_REPLY = 1 << 20
"""Greatest size of a reply in bytes."""

REQUEST_TYPE = "application/timestamp-query"
"""Type with which a request is sent."""

_MODE = 0o444
_SIGNED_OTHERWISE = re.compile(r'reason: "(signature|digest) failure"')
_DIGESTS = {
    "2.16.840.1.101.3.4.2.1": hashlib.sha256,
    "2.16.840.1.101.3.4.2.2": hashlib.sha384,
    "2.16.840.1.101.3.4.2.3": hashlib.sha512,
}


@dataclass(frozen=True, slots=True)
class Timestamp:
    """What one authority says, or has yet to say, about a checkpoint.

    `stamped` shows that the checkpoint existed at that time, if the authority is honest. It says
    nothing about when anything in the log was captured, nor that it is authentic.

    Args:
        state: `stamped`: checked here. `pending`: there is no reply yet; nothing is shown.
            `unverified_here`: there is a reply that may be good, and `check` says how to see.
            `broken`: it is over another text, or was changed.
        authority: Short name of the authority in file names: 8 hexadecimal digits.
        at: UTC, as the authority states it; None while there is nothing to read it from.
        why: What is wrong or missing; empty where it is stamped.
        check: The line for openssl, to be run in the folder of the workspace.
    """

    state: StampState
    authority: str
    at: str | None = None
    why: str = ""
    check: str = ""


def stamp_checkpoint(ledger: Ledger, checkpoint: Checkpoint, post: Post) -> tuple[Timestamp, ...]:
    """Ask every authority of the workspace that has not stamped a checkpoint yet.

    Args:
        ledger: The ledger; none is asked where it names no authorities.
        checkpoint: A checkpoint of it.
        post: Sends a request, of type `REQUEST_TYPE`, to an address and returns the reply.

    Returns:
        One for each authority, in their order. Being offline is no error: it is `pending`.
    """
    return tuple(ask_timestamp(ledger, checkpoint, url, post) for url in ledger.authorities)


def ask_timestamp(ledger: Ledger, checkpoint: Checkpoint, authority: str, post: Post) -> Timestamp:
    """Ask one authority to stamp a checkpoint, and keep its whole reply beside the note.

    Args:
        ledger: The ledger.
        checkpoint: A checkpoint of it.
        authority: Address of the authority.
        post: Sends a request to an address and returns the reply.

    Returns:
        What came of it. Where a reply is kept already, none is asked for. A reply is kept only if
        it bears the nonce of the request and is over this note, or cannot be read here at all.

    Raises:
        OutputUnwritable: The disk refused it.

    Source:
        RFC 3161, sections 2.4.1 and 2.4.2.
    """
    name = name_authority(authority)
    reply_path = stamp_path(ledger, checkpoint, name)
    if reply_path.exists():
        return read_timestamp(ledger, checkpoint, name)
    builder = TimestampRequestBuilder(data=checkpoint.note, hash_algorithm=HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    write_file(ledger.disk, reply_path.with_suffix(".tsq"), request.as_bytes())
    try:
        reply = post(authority, request.as_bytes())
    except (OSError, AnswerableError) as error:
        return Timestamp("pending", name, why=f"the authority could not be asked: {error}")
    if why := _refuse(reply, checkpoint.note, request.nonce):
        return Timestamp("pending", name, why=why)
    write_file(ledger.disk, reply_path, reply, _MODE)
    return read_timestamp(ledger, checkpoint, name)


def name_authority(url: str) -> str:
    """Return the short name of an authority: 8 hexadecimal digits of the hash of its address."""
    return hashlib.sha256(url.encode()).hexdigest()[:8]


def stamp_path(ledger: Ledger, checkpoint: Checkpoint, authority: str) -> Path:
    """Return where an authority's reply lies, or would lie; its request has the ending `.tsq`."""
    note = checkpoint_path(ledger, checkpoint)
    return note.with_name(f"{note.name}.{authority}.tsr")


def was_asked(ledger: Ledger) -> bool:
    """Return whether any authority was ever asked, and so knows that something is sealed here."""
    return any((ledger.folder / "checkpoints").glob("*.ts[qr]"))


def _refuse(reply: bytes, note: bytes, nonce: int | None) -> str:
    """Return why a reply is not worth keeping, empty where it is."""
    if not reply.startswith(b"\x30") or len(reply) > MOST_REPLY:
        return "what the authority sent is no reply to a request for a timestamp"
    response = _decode(reply)
    if response is None:
        return ""
    if response.status != 0:
        reason = "; ".join(response.status_string)[:200]
        return f"the authority refused (status {response.status}): {reason}"
    if response.tst_info.nonce != nonce:
        return "the reply does not bear the number of our request: it is not the reply to it"
    return "" if _is_over(response, note) else "the reply is over another text"


def _decode(reply: bytes) -> TimeStampResponse | None:
    try:
        response = decode_timestamp_response(order_certificates(reply))
        if response.status == 0:
            _ = response.tst_info.gen_time  # read only now, and refused where it is damaged
    except ValueError:
        return None
    return response


def _is_over(response: TimeStampResponse, note: bytes) -> bool | None:
    imprint = response.tst_info.message_imprint
    hashed = _DIGESTS.get(imprint.hash_algorithm.dotted_string)
    return None if hashed is None else hashed(note).digest() == imprint.message


def read_timestamps(ledger: Ledger, checkpoint: Checkpoint) -> tuple[Timestamp, ...]:
    """Return what every authority that was asked, or is to be asked, says about a checkpoint.

    Returns:
        In the order of their short names; none where no authority is named and none was asked.
    """
    note = checkpoint_path(ledger, checkpoint)
    asked = {path.name.split(".")[1] for path in note.parent.glob(f"{note.name}.*.ts[qr]")}
    names = asked | {name_authority(url) for url in ledger.authorities}
    return tuple(read_timestamp(ledger, checkpoint, name) for name in sorted(names))


def read_timestamp(ledger: Ledger, checkpoint: Checkpoint, authority: str) -> Timestamp:
    """Return what one authority says about a checkpoint, checked with the roots of the ledger.

    Raises:
        StampFaulty: A file in `ledger/trust` holds no certificates.
    """
    path = stamp_path(ledger, checkpoint, authority)
    if not path.is_file():
        return Timestamp("pending", authority, why="no reply has come yet")
    found = check_timestamp(checkpoint.note, path.read_bytes(), read_roots(ledger))
    return replace(found, authority=authority, check=_openssl_line(ledger, path))


def check_timestamp(note: bytes, reply: bytes, roots: Sequence[x509.Certificate]) -> Timestamp:
    """Check an authority's reply over a note.

    Certificates must have been valid at the time that the reply states; whether one was revoked
    is not looked up.

    Args:
        note: The checkpoint's note.
        reply: The whole reply, as it came.
        roots: Certificates that are trusted.

    Returns:
        `stamped`, `unverified_here` or `broken`, with why.

    Source:
        RFC 3161, section 2.4.2.
    """
    response = _decode(reply)
    if response is None:
        return Timestamp("unverified_here", "", why="this client cannot read the reply")
    if response.status != 0 or _is_over(response, note) is False:
        return Timestamp("broken", "", why="the reply is over another text")
    at = response.tst_info.gen_time.astimezone(UTC)
    found = Timestamp("stamped", "", at=f"{at:%Y-%m-%dT%H:%M:%SZ}")
    if not roots:
        why = "there is no root certificate to check it with: put the authority's into ledger/trust"
        return replace(found, state="unverified_here", why=why)
    return _verify(found, response, note, roots)


# Two roots of one name hide each other from the client, so each is also tried alone.
def _verify(
    found: Timestamp,
    response: TimeStampResponse,
    note: bytes,
    roots: Sequence[x509.Certificate],
) -> Timestamp:
    said = [
        _ask_client(response, note, trusted) for trusted in (roots, *([each] for each in roots))
    ]
    if None in said:
        return found
    if all(each and _SIGNED_OTHERWISE.search(each) for each in said):
        return replace(found, state="broken", why="its signature is not over what it states")
    why = f"this client does not accept it: {_shorten(said[0] or '')}"
    return replace(found, state="unverified_here", why=why)


def _ask_client(
    response: TimeStampResponse, note: bytes, roots: Sequence[x509.Certificate]
) -> str | None:
    """Return what the client says against a reply, None where it accepts it."""
    try:
        VerifierBuilder(roots=list(roots)).build().verify_message(response, note)
    except (VerificationError, ValueError) as error:
        return str(error)
    return None


def _shorten(said: str) -> str:
    """Return the last words of what the client said: before them stands where in its code."""
    if 'data: "' in said:
        said = said.rsplit('data: "', 1)[1].split('"', 1)[0]
    return said[:200]


def add_root(ledger: Ledger, pem: bytes) -> Path:
    """Keep certificates as trusted roots of authorities, and return their file.

    Trusting a root is a person's choice: none is taken out of a reply.

    Args:
        ledger: The ledger.
        pem: One or more certificates in PEM form.

    Raises:
        StampFaulty: There are none in it.
        OutputUnwritable: The disk refused it.
    """
    _load_roots(pem, "root")
    path = ledger.folder / "trust" / f"{hashlib.sha256(pem).hexdigest()[:16]}.pem"
    write_file(ledger.disk, path, pem)
    return path


def read_roots(ledger: Ledger) -> tuple[x509.Certificate, ...]:
    """Return the trusted roots of authorities, none where there are none.

    Raises:
        StampFaulty: A file in `ledger/trust` holds no certificates.
    """
    files = sorted((ledger.folder / "trust").glob("*.pem"))
    return tuple(each for path in files for each in _load_roots(path.read_bytes(), path.name))


def _load_roots(pem: bytes, name: str) -> list[x509.Certificate]:
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError:
        raise StampFaulty(
            name,
            "it holds no certificates in PEM form",
            "Get the root certificate from the authority, or convert it: "
            "openssl x509 -inform der -in ROOT -out ROOT.pem",
        ) from None


def _openssl_line(ledger: Ledger, reply: Path) -> str:
    files = sorted((ledger.folder / "trust").glob("*.pem"))
    roots = f"ledger/trust/{files[0].name}" if len(files) == 1 else "ROOTS.pem"
    join = f"cat ledger/trust/*.pem > {roots} && " if len(files) > 1 else ""
    folder = f"ledger/{reply.parent.name}"
    note = reply.name.split(".")[0]
    data = f"-data {folder}/{note} -in {folder}/{reply.name}"
    return f"{join}openssl ts -verify {data} -CAfile {roots}"
