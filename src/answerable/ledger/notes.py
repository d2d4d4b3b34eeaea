"""Signed notes: a text, and below it who signed it."""

import base64
from collections.abc import Sequence

from answerable.errors import CheckpointFaulty
from answerable.ledger.keys import Signer, Verifier

MOST_NOTE = 1 << 18
"""Greatest size of a note in bytes; room for far more signatures than anyone gathers."""

_DASH = "\u2014"


def sign_note(text: bytes, signer: Signer) -> bytes:
    """Return a text with a signature over it.

    Args:
        text: UTF-8 without control characters but newlines; its last byte is a newline.
        signer: Whose key signs.

    Source:
        C2SP signed-note.
    """
    signature = bytes.fromhex(signer.id) + signer.sign(text)
    line = f"{_DASH} {signer.verifier.name} {base64.b64encode(signature).decode()}\n"
    return text + b"\n" + line.encode()


def open_note(
    note: bytes, keys: Sequence[Verifier], name: str = "note"
) -> tuple[bytes, tuple[str, ...]]:
    """Return the text of a note and the ids of the keys that signed it.

    Signatures of unknown keys are passed over. A signature of a known key must be good.

    Args:
        note: The whole note.
        keys: Public keys that count.
        name: How an error calls the note.

    Raises:
        CheckpointFaulty: It is no note, a known key's signature is not good, or no known key has
            signed it.

    Source:
        C2SP signed-note, section "Signatures".
    """
    text, lines = _split(note, name)
    known = {(key.name, key.id): key for key in keys}
    signed = []
    for line in lines:
        signer, signature = _parse_signature(line, name)
        key = known.get((signer, signature[:4].hex()))
        if key is None:
            continue
        if not key.approves(text, signature[4:]):
            why = f"the signature of the key {key.id} is not over this text: one of them was edited"
            raise CheckpointFaulty(name, why)
        signed.append(key.id)
    if not signed:
        raise CheckpointFaulty(name, "no key that is known here has signed it")
    return text, tuple(signed)


def _split(note: bytes, name: str) -> tuple[bytes, list[str]]:
    if len(note) > MOST_NOTE:
        raise CheckpointFaulty(name, f"it is over {MOST_NOTE:,} bytes long")
    text, gap, tail = note.rpartition(b"\n\n")
    try:
        lines = tail.decode("utf-8").split("\n")
        plain = text.decode("utf-8")
    except UnicodeDecodeError:
        raise CheckpointFaulty(name, "it is no UTF-8") from None
    if not gap or lines.pop() != "" or any(ord(each) < 32 and each != "\n" for each in plain):
        raise CheckpointFaulty(name, "it is not written as signed notes are")
    return text + b"\n", lines


def _parse_signature(line: str, name: str) -> tuple[str, bytes]:
    parts = line.split(" ")
    signature = decode_base64(parts[-1])
    if len(parts) != 3 or parts[0] != _DASH or signature is None or len(signature) < 5:
        raise CheckpointFaulty(name, "one of its signature lines is not written as they are")
    return parts[1], signature


def decode_base64(text: str) -> bytes | None:
    """Return the bytes of base64 in its one form, None for anything else."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        return None
    return data if base64.b64encode(data).decode() == text else None
