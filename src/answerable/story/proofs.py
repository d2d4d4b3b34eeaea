"""Proofs: the whole chain is verified, handed on in a package, and erased where it must be."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from answerable.engine.files import write_whole
from answerable.engine.workspace import Workspace
from answerable.errors import UsageError
from answerable.evidence.captures import case_record, list_captures, read_capture
from answerable.evidence.exchange.annotations import write_annotations
from answerable.evidence.exchange.ftm import write_ftm
from answerable.evidence.exchange.jsonld import write_jsonld
from answerable.evidence.exchange.prov import write_prov
from answerable.evidence.exchange.views import CaseView, view_case
from answerable.evidence.fetching import post_bytes
from answerable.evidence.packages.contents import Choice
from answerable.evidence.packages.exports import Export, export_case
from answerable.evidence.redaction import Erasure
from answerable.evidence.redaction import erase as erase_evidence
from answerable.evidence.search.tables import update_index
from answerable.evidence.verification.workspaces import (
    Verification,
    verify_package,
    verify_workspace,
)
from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import Ledger, append_deed, open_ledger
from answerable.ledger.timestamps import (
    REQUEST_TYPE,
    Timestamp,
    stamp_checkpoint,
    was_asked,
)
from answerable.model import Capture
from answerable.story.editions import Tell

SHORTEST = 8
"""Digits of a capture's id that are enough, where no other begins so."""

FORMS: dict[str, tuple[str, Callable[[CaseView, BinaryIO], None]]] = {
    "ftm": ("ftm.json", write_ftm),
    "jsonld": ("jsonld", write_jsonld),
    "annotations": ("annotations.jsonld", write_annotations),
    "prov": ("prov.json", write_prov),
}
"""Forms of other programs: how the file's name ends, and what writes it."""


def verify(
    place: Workspace | Path,
    *,
    checkpoint: Path | None = None,
    keys: Sequence[str] = (),
    tell: Tell = lambda *_: None,
) -> Verification:
    """Check all evidence of a workspace, or of a package that was handed on.

    That nothing is broken shows that nothing was changed since it was sealed; not that a claim is
    true, nor that the log tells everything.

    Args:
        place: A workspace, or a package as zip or folder.
        checkpoint: A checkpoint of the log that was kept elsewhere.
        keys: For a package: public keys that count, from elsewhere than the package.
        tell: Told about progress.

    Returns:
        What was found; exit code 1 if anything is broken or lost.
    """
    if isinstance(place, Path) and (place.is_file() or keys):
        return verify_package(place, keys=tuple(keys), checkpoint=checkpoint)
    return verify_workspace(place, checkpoint=checkpoint, tell=tell)


def authorities(workspace: Workspace) -> tuple[str, ...]:
    """Return the addresses of the time-stamping authorities that the workspace names."""
    return open_ledger(workspace).authorities


def was_stamped(workspace: Workspace) -> bool:
    """Return whether an authority was ever asked, so that it knows of this workspace already."""
    return was_asked(open_ledger(workspace))


def stamp(
    workspace: Workspace, *, allow_private: bool = False, proxy: str | None = None
) -> tuple[Timestamp, ...]:
    """Ask every authority that the workspace names to stamp the newest checkpoint.

    It tells them that something exists here at this time, not what. A stamp shows that the
    checkpoint, and so every deed up to it, existed then.

    Args:
        workspace: Whose log.
        allow_private: Also authorities on this machine and on the network around it.
        proxy: `http://host:port` or `socks5h://host:port`; else None.

    Returns:
        What each says; `pending` where it could not be asked, never shown as stamped.
    """

    def post(url: str, request: bytes) -> bytes:
        headers = {"Content-Type": REQUEST_TYPE}
        return post_bytes(url, request, headers, allow_private=allow_private, proxy=proxy)

    ledger = open_ledger(workspace)
    return stamp_checkpoint(ledger, seal_checkpoint(ledger), post)


def export(workspace: Workspace, case: str, to: Path, *, choice: Choice | None = None) -> Export:
    """Make a package of a case that verifies without us.

    Args:
        workspace: Whose case.
        case: Its name.
        to: A `.zip` to write, or a folder to make.
        choice: What to withhold and leave out; by default nothing private and no personal field.

    Raises:
        ExportRefused: The case is not there, or nothing of it was filed.
        OutputUnwritable: The place is taken, or the disk refused it.
    """
    ledger = open_ledger(workspace)
    if to.is_file() and not _is_package(to):
        raise UsageError(f"{to} is there and is no package. Give another name with --to.")
    made = export_case(ledger, case, to, choice=choice)
    seal_checkpoint(ledger)
    return made


def _is_package(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as package:
            return any(name.endswith("/package.json") for name in package.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def translate(
    workspace: Workspace, case: str, form: str, to: Path, *, without: Sequence[str] = ()
) -> CaseView:
    """Write what was filed of a case in a form that other programs read, and log that it was.

    Args:
        workspace: Whose case.
        case: Its name.
        form: One of `FORMS`.
        to: File to write.
        without: Ids of captures to leave out, which may be shortened.

    Returns:
        What it holds; nothing private is in it, and `withheld` says how many entries that cost.

    Raises:
        UsageError: The form is not known.
        PackageRefused: There is no such case.
        OutputUnwritable: The disk refused it.
    """
    if form not in FORMS:
        raise UsageError(f"A case can be written as {', '.join(FORMS)} or package, not {form!r}.")
    ledger = open_ledger(workspace)
    left_out = [read_capture(ledger, each).id for each in without]
    view = view_case(ledger, case, without=left_out)
    written = io.BytesIO()
    FORMS[form][1](view, written)
    refs = {"form": form, "file": digest(written.getvalue())}
    append_deed(ledger, "source.export", case_record(ledger, case), refs)
    with write_whole(to) as file:
        file.write(written.getvalue())
    seal_checkpoint(ledger)
    return view


def ending_of(form: str) -> str:
    """Return how the name of a file of a form ends.

    Example:
        >>> ending_of("ftm")
        'ftm.json'
    """
    return FORMS[form][0] if form in FORMS else form


def erase(
    workspace: Workspace,
    what: str,
    reason: str,
    *,
    fields: Sequence[str] = (),
    shared: bool = False,
) -> list[Erasure]:
    """Destroy the sealed copies of a capture, an object, or fields of a record, for good.

    **This cannot be undone.** Ask before. The log keeps that it was done, and why, in a code.

    Args:
        workspace: Whose evidence.
        what: Id of a capture, which may be shortened: all its copies and texts are destroyed,
            and its record stays. Or the whole id of an object or a record.
        reason: A code such as `court_order` or `source_protection`; it names nobody.
        fields: Destroy these fields of a record, a capture's too, and nothing else.
        shared: Whether to destroy an object also where several captures hold it.

    Returns:
        What was destroyed, one for each object or record.

    Raises:
        ErasureRefused: Nothing of that id is there, or other captures hold the object.
    """
    ledger = open_ledger(workspace)
    found = () if fields else _find_parts(ledger, what)
    made = [
        erase_evidence(ledger, each, reason, fields=fields, shared=shared)
        for each in found or (_whole_id(ledger, what),)
    ]
    update_index(ledger)
    seal_checkpoint(ledger)
    return made


def _find_parts(ledger: Ledger, what: str) -> tuple[str, ...]:
    """Return the objects of a capture, what was made from others first; none of anything else."""
    capture = _find_capture(ledger, what)
    parts = reversed(capture.parts) if capture else ()
    return tuple(dict.fromkeys(part.object for part in parts))


def _whole_id(ledger: Ledger, what: str) -> str:
    capture = _find_capture(ledger, what)
    return capture.id if capture else what


def _find_capture(ledger: Ledger, what: str) -> Capture | None:
    digits = what.removeprefix("sha256:")
    found = [each for each in list_captures(ledger) if each.id[7:].startswith(digits)]
    return found[0] if len(found) == 1 and len(digits) >= SHORTEST else None
