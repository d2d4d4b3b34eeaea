"""Withdrawal: a notice in the place of a publication, which names nothing of the case."""

import html
from pathlib import Path

from answerable.call.files import POLICY, sign_manifest
from answerable.call.publication import refuse_strangers
from answerable.call.switching import switch_folder
from answerable.errors import UsageError
from answerable.evidence.capture_records import case_record
from answerable.evidence.packages.verifier import (
    PUBLICATION,
    PUBLICATION_KEY,
    PUBLICATION_MANIFEST,
    PUBLICATION_NOTE,
)
from answerable.ledger.canonical import digest, encode
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import Ledger, append_deed, read_deeds
from answerable.ledger.objects import keep_bytes

GROUNDS = {
    "correction": "because something on it was wrong",
    "court_order": "by order of a court",
    "legal_letter": "after a letter of a lawyer",
    "safety": "for the safety of a person",
}
"""Why a publication is withdrawn."""


def withdraw_case(ledger: Ledger, case: str, to: Path, ground: str) -> str:
    """Put a notice in the place of a publication, in one step, and log the withdrawal.

    The notice says when and on what ground, and names nothing of the case. Copies and mirrors that
    others hold are not reached. Publishing again is a new deed, and needs a new approval.

    Args:
        ledger: The ledger of a workspace.
        case: Name of the case.
        to: Folder of the publication.
        ground: One of `GROUNDS`.

    Returns:
        Digest of the notice's list of files.

    Raises:
        UsageError: The ground is not known, or the case was never published.
        OutputUnwritable: The folder holds other files, or the disk refused it.
    """
    if ground not in GROUNDS:
        raise UsageError(f"{ground!r} is no ground. Grounds are: {', '.join(GROUNDS)}.")
    record = case_record(ledger, case)
    if not any(e.act == "call.publish" and e.obj == record for e in read_deeds(ledger)):
        raise UsageError(f"The case {case!r} was never published: there is nothing to withdraw.")
    refuse_strangers(to)
    day = ledger.clock().date().isoformat()
    files = {
        "index.html": _write_notice(day, ground),
        PUBLICATION_KEY: f"{ledger.signer.verifier.text}\n".encode(),
    }
    listed = {
        name: {"bytes": len(content), "sha256": digest(content)[7:]}
        for name, content in files.items()
    }
    manifest = encode({"schema": PUBLICATION, "case": None, "files": listed})
    files[PUBLICATION_MANIFEST] = manifest
    files[PUBLICATION_NOTE] = sign_manifest(ledger.signer, manifest)
    with switch_folder(to, files):
        refs = {"case": record, "ground": ground, "manifest": keep_bytes(ledger.store, manifest)}
        append_deed(ledger, "call.withdraw", record, refs)
        seal_checkpoint(ledger)
    return digest(manifest)


def _write_notice(day: str, ground: str) -> bytes:
    return _NOTICE.format(
        day=day, ground=html.escape(GROUNDS[ground]), policy=html.escape(POLICY)
    ).encode()


_NOTICE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Withdrawn</title>
</head>
<body>
<main>
<h1>This page was withdrawn</h1>
<p>Its editors withdrew it on {day}, {ground}. That it was published, and that it was withdrawn,
says nothing about wrongdoing of anybody.</p>
</main>
</body>
</html>
"""
