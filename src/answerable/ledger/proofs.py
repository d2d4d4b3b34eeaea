"""Proofs: that one line stands in the log of a checkpoint, without the other lines."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from answerable.errors import ProofFaulty
from answerable.ledger.checkpoints import Checkpoint, check_note
from answerable.ledger.keys import Verifier
from answerable.ledger.merkle import MOST_HASHES, Tree, check_inclusion, prove_inclusion
from answerable.ledger.notes import decode_base64

FORM = "c2sp.org/tlog-proof@v1"

_INDEX = re.compile(r"index (0|[1-9][0-9]{0,14})")


@dataclass(frozen=True, slots=True)
class Proof:
    """The place of a line, the hashes up to the root, and the checkpoint that signs the root.

    Args:
        index: Number of the line, from 0.
        hashes: From the leaf's sibling up.
        note: The checkpoint's note.
    """

    index: int
    hashes: tuple[bytes, ...]
    note: bytes


def write_proof(tree: Tree, index: int, checkpoint: Checkpoint) -> bytes:
    """Return the proof that a line stands in the log of a checkpoint, as a text to hand on.

    Args:
        tree: Tree over the log's lines, from `answerable.ledger.merkle.grow_tree`.
        index: Number of the line, from 0.
        checkpoint: Of this log, not over more lines than the tree.

    Raises:
        ProofFaulty: There is no such line.

    Source:
        C2SP tlog-proof.
    """
    hashes = prove_inclusion(tree, index, checkpoint.size)
    lines = [FORM, f"index {index}", *(base64.b64encode(each).decode() for each in hashes), "", ""]
    return "\n".join(lines).encode() + checkpoint.note


def read_proof(data: bytes) -> Proof:
    """Return the parts of a proof's text; nothing is proved by this yet.

    Raises:
        ProofFaulty: It is not written as proofs are.
    """
    head, gap, note = data.partition(b"\n\n")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise ProofFaulty("it is not written as proofs are") from None
    if lines and lines[0].startswith("extra "):
        lines.pop(0)  # for applications; nobody vouches for it
    index = _INDEX.fullmatch(lines[0]) if lines else None
    if not gap or first != FORM or index is None or len(lines) > MOST_HASHES:
        raise ProofFaulty("it is not written as proofs are")
    hashes = [decode_base64(line) for line in lines[1:]]
    found = tuple(each for each in hashes if each is not None and len(each) == 32)
    if len(found) != len(hashes):
        raise ProofFaulty("one of its hashes is not of 32 bytes in base64")
    return Proof(int(index[1]), found, note)


def check_proof(data: bytes, line: bytes, keys: Sequence[Verifier]) -> Checkpoint:
    """Check a proof's text for a line, and return the checkpoint in which the line stands.

    Args:
        data: The text.
        line: The line of the log, without its newline.
        keys: Public keys that count.

    Raises:
        ProofFaulty: It does not show that this line stands there.
        CheckpointFaulty: The checkpoint in it is not signed by a key that counts.
    """
    proof = read_proof(data)
    checkpoint = check_note(proof.note, keys, "in the proof")
    check_inclusion(line, proof.index, checkpoint.size, proof.hashes, checkpoint.root)
    return checkpoint
