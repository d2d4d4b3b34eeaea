"""The proofs of a package: entries of the log, the checkpoint, keys and time-stamps."""

import base64
import re
from collections.abc import Iterator
from itertools import islice

from answerable.evidence.packages.contents import Contents
from answerable.evidence.packages.verifier import CHECKPOINT, KEYS
from answerable.evidence.packages.writing import Content
from answerable.ledger.checkpoints import Checkpoint, read_checkpoints
from answerable.ledger.log import Ledger, read_lines
from answerable.ledger.merkle import grow_tree, prove_consistency
from answerable.ledger.proofs import write_proof

MOST_CONSISTENCY = 1_000
"""Earlier checkpoints to which a package carries a proof; the newest ones."""


def list_proofs(ledger: Ledger, contents: Contents, checkpoint: Checkpoint) -> dict[str, Content]:
    """Return what proves that the deeds of a case stand in the log, name to content.

    Cost:
        Reads the log once; 100 bytes of memory per line.
    """
    wanted = {event.n for event in contents.events}
    lines: dict[int, bytes] = {}
    tree = grow_tree(_keep_wanted(ledger, checkpoint.size, wanted, lines))
    files: dict[str, Content] = {CHECKPOINT: checkpoint.note}
    keys = sorted(ledger.verifiers, key=lambda key: key.id not in checkpoint.signed_by)
    files[KEYS] = "".join(f"{key.text}\n" for key in keys).encode()
    for number, line in lines.items():
        files[f"ledger/events/{number:012d}.json"] = line
        files[f"ledger/proofs/{number:012d}.tlog-proof"] = write_proof(tree, number, checkpoint)
    for old in read_checkpoints(ledger)[-MOST_CONSISTENCY:]:
        if 0 < old.size < checkpoint.size:
            hashes = prove_consistency(tree, old.size, checkpoint.size)
            proof = "".join(f"{base64.b64encode(each).decode()}\n" for each in hashes)
            files[f"ledger/consistency/{old.size:012d}"] = proof.encode()
    return files | list_stamps(ledger, checkpoint)


def _keep_wanted(
    ledger: Ledger, size: int, wanted: set[int], lines: dict[int, bytes]
) -> Iterator[bytes]:
    for number, line in enumerate(islice(read_lines(ledger.path), size)):
        if number in wanted:
            lines[number] = line
        yield line


def list_stamps(ledger: Ledger, checkpoint: Checkpoint) -> dict[str, Content]:
    """Return the time-stamps over a checkpoint, and with them the roots to check them."""
    stamps = sorted((ledger.folder / "checkpoints").glob(f"{checkpoint.name}*.tsr"))
    trust = sorted((ledger.folder / "trust").glob("*.pem")) if stamps else []
    return {
        **{f"ledger/timestamps/{plain_name(path.name)}": path.read_bytes() for path in stamps},
        **{f"ledger/trust/{plain_name(path.name)}": path.read_bytes() for path in trust},
    }


def plain_name(name: str) -> str:
    """Return a name in the letters that names of files in a package have.

    Example:
        >>> plain_name("Lakeside / 2026")
        'Lakeside-2026'
    """
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.") or "package"
