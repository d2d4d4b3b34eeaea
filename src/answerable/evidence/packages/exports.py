"""Export: one case as a package that verifies without us, written whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files as resources
from pathlib import Path

from answerable.errors import LedgerError, PackageRefused
from answerable.evidence.capture_records import read_capture
from answerable.evidence.inventory import Inventory, take_inventory
from answerable.evidence.packages.contents import Choice, Contents, gather
from answerable.evidence.packages.deeds import find_case, find_deeds
from answerable.evidence.packages.pages import write_page
from answerable.evidence.packages.proofs import list_proofs, list_stamps, plain_name
from answerable.evidence.packages.quoted import drop_unquotable, find_quoted
from answerable.evidence.packages.verifier import MANIFEST, NOTE, SCHEMA, path_of
from answerable.evidence.packages.views import arrange
from answerable.evidence.packages.writing import Content, measure, write_files
from answerable.ledger.canonical import digest, encode
from answerable.ledger.checkpoints import Checkpoint, read_checkpoints, seal_checkpoint
from answerable.ledger.keys import Signer
from answerable.ledger.log import Ledger, append_deed
from answerable.ledger.notes import sign_note
from answerable.ledger.objects import keep_bytes
from answerable.ledger.records import Record, encode_opened


@dataclass(frozen=True, slots=True)
class Export:
    """A package that was written.

    Args:
        path: The zip or folder.
        case: Id of the case's record.
        manifest: Id of its list of files; the log and the package's signature name it.
        checkpoint: Size of the log at the checkpoint to which its proofs lead.
        files: How many files it holds.
        left_out: Id to the reason, of what is named and did not come along.
        withheld: Record to the names of its fields that are not shown.
        not_quoted: Records and numbers (from 1) of quotations that are not shown, with the state.
        held_back: How many claims and decisions are not in it at all, with their answers, because
            they rest on private captures alone.
        removed: How many records are not in it because a takedown removed what they are about.
    """

    path: Path
    case: str
    manifest: str
    checkpoint: int
    files: int
    left_out: Mapping[str, str]
    withheld: Mapping[str, tuple[str, ...]]
    not_quoted: tuple[tuple[str, int, str], ...]
    held_back: int = 0
    removed: int = 0


def export_case(
    ledger: Ledger,
    case: str,
    to: Path,
    *,
    choice: Choice | None = None,
) -> Export:
    """Write one case as a package that verifies without us.

    It shows what was filed, what was sealed, and that none of it was changed since. It does not
    show that a claim is true. Private evidence, and what rests on it alone, never comes along.

    A checkpoint is sealed first where none covers all deeds of the case; else the first that is
    stamped is used, or the first. That the case was handed on is logged (`source.export`) before
    the package takes its final name.

    Args:
        ledger: The ledger of a workspace.
        case: Name of the case.
        to: A path that ends in `.zip`, which is replaced if it is there, or a folder that must
            not exist.
        choice: What is withheld and left out; by default `Choice()`.

    Returns:
        What was written. The same state and choice give the same bytes.

    Raises:
        PackageRefused: There is no such case, something of it is not as it was sealed, or a field
            that is to be withheld is in no record.
        CaptureUnknown: A capture that is to be left out is not known.
        OutputUnwritable: The disk refused it; nothing was left half-written.
        LogFaulty, KeyMissing, KeyRefused: The log or a key cannot be used.

    Cost:
        Reads the log and every object of the case once; memory for the log and the case's
        records, not for captures.
    """
    choice = choice or Choice()
    without = tuple(read_capture(ledger, each).id for each in choice.without)
    choice = replace(choice, without=without)
    try:
        inventory, checkpoint = _fix_state(ledger, case)
        contents = gather(ledger, inventory, case, choice)
        files, not_quoted = _list_files(ledger, contents, checkpoint)
        manifest = _write_manifest(ledger, contents, files)
        sealed = {**files, MANIFEST: manifest, NOTE: _sign(ledger.signer, manifest)}
        with write_files(ledger.store, to, _name_folder(case), sealed):
            refs = {"case": contents.case, "checkpoint": checkpoint.size}
            refs |= {"package": keep_bytes(ledger.store, manifest)}
            append_deed(ledger, "source.export", contents.case, refs)
    except LedgerError as error:
        raise PackageRefused(case, error.message) from error
    return Export(
        path=to,
        case=contents.case,
        manifest=digest(manifest),
        checkpoint=checkpoint.size,
        files=len(sealed),
        left_out=contents.left_out,
        withheld={each.id: each.withheld for each in contents.records if each.withheld},
        not_quoted=not_quoted,
        held_back=contents.held_back,
        removed=contents.removed,
    )


def _fix_state(ledger: Ledger, case: str) -> tuple[Inventory, Checkpoint]:
    """Return what the log names up to a checkpoint that covers all deeds of a case."""
    inventory = take_inventory(ledger)
    deeds = find_deeds(inventory, find_case(inventory, case))
    last = max(each.n for each in deeds if each.act != "source.export")
    signer = ledger.signer.id  # who signs the list of files signs the checkpoint as well
    signed = [each for each in read_checkpoints(ledger) if signer in each.signed_by]
    covering = [each for each in signed if each.size > last]
    stamped = [each for each in covering if list_stamps(ledger, each)]
    # The first, not the newest: exporting again, which the log notes, then gives the same bytes.
    checkpoint = next(iter(stamped or covering), None) or seal_checkpoint(ledger)
    events = tuple(each for each in inventory.events if each.n < checkpoint.size)
    return replace(inventory, events=events), checkpoint


def _list_files(
    ledger: Ledger, contents: Contents, checkpoint: Checkpoint
) -> tuple[dict[str, Content], tuple[tuple[str, int, str], ...]]:
    """Return all files of a package but its list and the signature over it, sorted by name."""
    quoted = find_quoted(ledger, contents)
    records = [drop_unquotable(record, quoted) for record in contents.records]
    shown = replace(contents, records=tuple(_narrow(each, contents) for each in records))
    files: dict[str, Content] = {
        **{path_of("objects", each): each for each in contents.objects},
        **{path_of("records", each.id): encode_opened(each) for each in records},
        **list_proofs(ledger, contents, checkpoint),
        "README.txt": _write_readme(ledger, contents, checkpoint),
        "index.html": write_page(arrange(shown, quoted, checkpoint.size)),
        "verify.py": _read("verifier.py"),
    }
    faults = [(record, number + 1, state) for (record, number), state in quoted.items()]
    not_quoted = tuple(each for each in faults if each[2] not in ("ok", "unverifiable"))
    return dict(sorted(files.items())), not_quoted


def _narrow(record: Record, contents: Contents) -> Record:
    """Return a record as the page shows it: withheld names are missing, the others are there."""
    fields = {
        name: ("", value)
        for name, value in contents.narrowed.get(record.id, {}).items()
        if value is not None
    }
    return replace(record, opened={**record.opened, **fields}) if fields else record


def _name_folder(case: str) -> str:
    return f"{plain_name(case)[:80]}-package"


def _write_readme(ledger: Ledger, contents: Contents, checkpoint: Checkpoint) -> bytes:
    stamps = [name.rpartition("/")[2] for name in list_stamps(ledger, checkpoint)]
    lines = [
        f"    cat ledger/trust/*.pem > roots.pem\n"
        f"    openssl ts -verify -data ledger/checkpoint -in ledger/timestamps/{name} \\\n"
        f"        -CAfile roots.pem -untrusted roots.pem\n"
        for name in stamps
        if name.endswith(".tsr")
    ]
    told = "To check a time-stamp over it:\n\n" + "".join(lines)
    none = "No time-stamp over it came along: nobody outside vouches for when this was sealed.\n"
    return (
        _read("templates/README.txt")
        .decode()
        .format(
            name=contents.name,
            rule="=" * len(contents.name),
            key=ledger.signer.verifier.text,
            stamps=told if lines else none,
        )
        .encode()
    )


def _read(name: str) -> bytes:
    return (resources("answerable.evidence.packages") / name).read_bytes()


def _write_manifest(ledger: Ledger, contents: Contents, files: Mapping[str, Content]) -> bytes:
    return encode(
        {
            "schema": SCHEMA,
            "case": contents.case,
            "name": contents.name,
            "files": {name: measure(ledger.store, each) for name, each in files.items()},
            "left_out": dict(contents.left_out),
        }
    )


def _sign(signer: Signer, manifest: bytes) -> bytes:
    return sign_note(f"{SCHEMA}\n{digest(manifest)[7:]}\n".encode(), signer)
