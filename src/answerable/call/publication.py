"""Publication: the files of a page, put in place in one step and logged."""

from dataclasses import dataclass
from pathlib import Path

from answerable.call.composing import Material, compose_page, gather
from answerable.call.files import make_files, sign_manifest, write_manifest
from answerable.call.gates import Reason, find_reasons
from answerable.call.leaks import refuse_leaks
from answerable.call.switching import switch_folder
from answerable.errors import LedgerError, OutputUnwritable, PublicationRefused
from answerable.evidence.capture_records import case_record
from answerable.evidence.cases.checking import Checked
from answerable.evidence.packages.verifier import (
    DAMAGE,
    PUBLICATION,
    PUBLICATION_MANIFEST,
    PUBLICATION_NOTE,
    open_package,
    read_manifest,
)
from answerable.ledger.canonical import digest
from answerable.ledger.checkpoints import seal_checkpoint
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.objects import keep_bytes

MOST_STRANGERS = 3
"""Most foreign files that a refusal names."""

_PREVIEW = Reason("made as a preview", "")


@dataclass(frozen=True, slots=True)
class Published:
    """A page that was written.

    Args:
        path: Its folder.
        case: Name of the case.
        manifest: Digest of its list of files.
        files: How many files it holds.
        size: Their bytes together.
        reasons: For a draft, what stands against publication; else empty.
        approve: Number of deeds that an approval of what is shown has to name; None while
            something else has to be mended, and filed, before.
        draft: Whether it is a draft.
    """

    path: Path
    case: str
    manifest: str
    files: int
    size: int
    reasons: tuple[Reason, ...]
    approve: int | None
    draft: bool


def publish_case(
    ledger: Ledger,
    checked: Checked,
    to: Path,
    *,
    draft: bool = False,
    broken: int = 0,
    base: str | None = None,
) -> Published:
    """Write the public page of a case, in one step, and log it.

    That it was published says that it was checked, reviewed and approved as the case's files say;
    not that a claim is true or that publication is lawful.

    Args:
        ledger: The ledger of a workspace.
        checked: The case's files, checked.
        to: A folder; missing, empty, or an earlier publication, which is replaced.
        draft: Make a preview whatever stands against publication; it is not signed nor logged,
            and every page says what stands against it.
        broken: How many things `verify` found broken or lost.
        base: Address at which it will stand, ending in a slash.

    Returns:
        What was written. The same filings give the same bytes.

    Raises:
        PublicationRefused: Something stands against publication; it names all of it.
        UsageError, PackageRefused: Nothing of the case was filed.
        OutputUnwritable: The folder holds other files, or the disk refused it.
        LogFaulty, KeyRefused: The log or a key cannot be used.

    Cost:
        A case of 100 claims: about two seconds.
    """
    case = checked.case.name
    refuse_strangers(to)
    material = gather(ledger, case, case_record(ledger, case))
    reasons = find_reasons(ledger, checked, material.dossier, material.call, broken)
    if reasons and not draft:
        raise PublicationRefused(case, [str(each) for each in reasons])
    shown = (reasons or (_PREVIEW,)) if draft else ()
    page = compose_page(ledger, material, [each.says for each in shown], base=base)
    files = make_files(page, material.view)
    refuse_leaks(ledger, case, (each.correction for each in material.call.corrections), files)
    manifest = write_manifest(case, page, files)
    files[PUBLICATION_MANIFEST] = manifest
    if not draft:
        files[PUBLICATION_NOTE] = sign_manifest(ledger.signer, manifest)
    with switch_folder(to, files):
        if not draft:
            log_publication(ledger, material, manifest)
    return Published(
        path=to,
        case=case,
        manifest=digest(manifest),
        files=len(files),
        size=sum(map(len, files.values())),
        reasons=reasons,
        approve=_find_approvable(material) if all(e.last for e in reasons) else None,
        draft=draft,
    )


def _find_approvable(material: Material) -> int:
    """Return the number of deeds up to the last that an approval has to follow."""
    kept = [each.n for each in material.own if each.act not in _NO_CONTENT]
    return max(kept, default=-1) + 1


_NO_CONTENT = ("call.approve", "call.publish", "source.export")


def log_publication(ledger: Ledger, material: Material, manifest: bytes) -> None:
    """Log a publication, unless the last one was of the same files."""
    acts = ("call.publish", "call.withdraw")
    last = next((each for each in reversed(material.own) if each.act in acts), None)
    if last and last.act == "call.publish" and last.refs.get("manifest") == digest(manifest):
        return
    refs = {"case": material.record, "manifest": keep_bytes(ledger.store, manifest)}
    append_deed(ledger, "call.publish", material.record, refs)
    seal_checkpoint(ledger)


def refuse_strangers(to: Path) -> None:
    """Refuse a folder that holds anything but an earlier publication.

    Raises:
        OutputUnwritable: With what it holds.
    """
    if to.is_symlink() or (to.exists() and not to.is_dir()):
        raise OutputUnwritable(str(to), "it is no folder. Give another one with --to")
    if not to.exists() or not any(to.iterdir()):
        return
    try:
        package = open_package(to)
        listed = read_manifest(package, PUBLICATION_MANIFEST, PUBLICATION)["files"]
        strangers = {*package.sizes, *package.files.odd} - set(listed)
        strangers -= {PUBLICATION_MANIFEST, PUBLICATION_NOTE}
    except (*DAMAGE, LedgerError):
        why = "it holds files and is no publication. Give a new folder with --to"
        raise OutputUnwritable(str(to), why) from None
    if strangers:
        named = ", ".join(sorted(strangers)[:MOST_STRANGERS])
        why = f"it holds files that are none of a publication ({named}). Move them away"
        raise OutputUnwritable(str(to), why)
